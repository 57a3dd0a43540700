// What a pupil is to do in each step: which cells, from which matrices, and how, with an example.

import { core, explain, isPlaced } from "./formula.js";
import { isBare } from "./worksheet-cells.js";

/** @import {Inspector} from "./inspector.js" */
/** @import {Explanation} from "./types.js" */
/** @import {Sheet} from "./sheet.js" */
/** @import {Open} from "./worksheet-cells.js" */

/**
 * A matrix with cells to fill in. `from` are the arrays that they are computed from, `sign` stands
 * between these, `leads` before the matrix itself. `told`: how the `first` of them came about, or,
 * where that would give away a number, what all of them come from (`loose`), the one that `by` says;
 * `decimals`: what is rounded to; `example`: a cell that is given.
 * @typedef {{name: string, cells: number[], first: number, from: string[], sign: string, leads: string,
 *   told: Explanation, loose: boolean, by: string[], decimals: number[], example: {cell: number, told: Explanation} | null}} Task
 */

/** A line is read from so many of a matrix's blanks, at most: they are alike. */
const ASKED = 16;
/** Two operands with a sign between them. */
const BINARY = /^\$0 (\S) \$1$/;

/**
 * The tasks of a step, in the order in which its matrices appear.
 * @param {Sheet} sheet
 * @param {Open} open
 * @param {number} step
 * @param {Inspector} inspector that knows which arrays a formula names first
 * @returns {Task[]}
 */
export function tasks(sheet, open, step, inspector) {
  return sheet.steps[step].shows.flatMap((place) => {
    const cells = [...(open.blanks.get(place) ?? [])];
    return cells.length && sheet.arrivesAt(place) === step ? task(sheet, open, place, cells, inspector) : [];
  });
}

/**
 * @param {Sheet} sheet
 * @param {Open} open
 * @param {string} name
 * @param {number[]} cells
 * @param {Inspector} inspector
 * @returns {Task}
 */
function task(sheet, open, name, cells, inspector) {
  const first = cells.find((cell) => !Number.isNaN(sheet.value(name).data[cell])) ?? cells[0];
  const told = explain(sheet, name, first);
  const asked = [first, ...cells.slice(0, ASKED)];
  const read = asked.flatMap((cell) => inspector.groups(explain(sheet, name, cell)).map(({ array }) => array));
  const all = [...new Set(before(sheet, told.node))];
  const picks = sheet.document.operations[told.op]?.feeds === "taken";
  const [taken, ...indices] = sheet.graph.nodes[told.node].inputs ?? [];
  const by = picks ? indices.flatMap((index) => placed(sheet, index)) : [];
  // what is picked, or left out, by numbers to be found must not be told by what it comes from
  const hidden = (/** @type {string[]} */ arrays) =>
    arrays.some((array) => sheet.value(array).data.some((_, cell) => open.hides(array, cell)));
  const varies = sheet.value(name).data.some(Number.isNaN) || all.some((array) => told.sources.every((one) => one.name !== array));
  const loose = picks ? hidden(by) : varies && hidden(all);
  const from = loose || picks ? all : [...new Set(read)];
  return {
    name, cells, first, from, ...signs(sheet, name, from), loose, by: loose ? by : [],
    told: loose ? whole(sheet, told, picks ? placed(sheet, taken) : all) : told,
    decimals: decimals(sheet, told.node), example: example(sheet, open, name),
  };
}

/**
 * An explanation that only says which matrices are needed.
 * @param {Sheet} sheet
 * @param {Explanation} told
 * @param {string[]} arrays
 * @returns {Explanation}
 */
function whole(sheet, told, arrays) {
  const sources = arrays.flatMap((name) => [...sheet.value(name).data.keys()].map((cell) => ({ name, cell })));
  return { ...told, op: "", parts: [], terms: [], sources };
}

/**
 * An array itself where it stands on the sheet, or those that it is computed from.
 * @param {Sheet} sheet
 * @param {number} node
 * @returns {string[]}
 */
function placed(sheet, node) {
  return isPlaced(sheet, node) ? [sheet.graph.nodes[node].name ?? ""] : before(sheet, node);
}

/**
 * To how many decimals a node is rounded on its way from arrays on the sheet.
 * @param {Sheet} sheet
 * @param {number} node
 * @returns {number[]}
 */
function decimals(sheet, node) {
  const { nodes } = sheet.graph;
  const { op, inputs = [], attributes } = nodes[node];
  const own = op === "round" ? [Number(attributes?.decimals ?? 0)] : [];
  return [...new Set([...own, ...inputs.flatMap((input) => (isPlaced(sheet, input) ? [] : decimals(sheet, input)))])];
}

/**
 * The arrays on the sheet that a node is computed from, whatever their numbers.
 * @param {Sheet} sheet
 * @param {number} node
 * @returns {string[]}
 */
function before(sheet, node) {
  return (sheet.graph.nodes[node].inputs ?? []).flatMap((input) => placed(sheet, input));
}

/**
 * What stands between the matrices: `A · B = C`, `A + B = C`, or `A, B → C`; `A · B → C` where the
 * product is not yet all.
 * @param {Sheet} sheet
 * @param {string} name
 * @param {string[]} from
 */
function signs(sheet, name, from) {
  const { graph: { nodes }, document: { operations } } = sheet;
  const node = sheet.node(name);
  const worked = core(sheet, node);
  const { op, inputs = [] } = nodes[worked];
  const { feeds, formula } = operations[op] ?? {};
  const [, sign] = feeds === "product" ? ["", "·"] : BINARY.exec(formula?.term ?? "") ?? [];
  const two = from.length === 2 && inputs.length === 2 && inputs.every((input) => isPlaced(sheet, input));
  if (!two || !sign) return { sign: ",", leads: "→" };
  return { sign, leads: worked === node ? "=" : "→" };
}

/**
 * A cell whose calculation may be shown: there is one, and all of it is given. One of many numbers
 * that are not 0, and not the same, says most.
 * @param {Sheet} sheet
 * @param {Open} open
 * @param {string} name
 */
function example(sheet, open, name) {
  const { data } = sheet.value(name);
  /** @type {{cell: number, told: Explanation} | null} */
  let best = null;
  let most = -1;
  for (const [cell, value] of data.entries()) {
    if (open.hides(name, cell) || Number.isNaN(value)) continue;
    const told = explain(sheet, name, cell);
    if (!told.sources.length || isBare(told.parts) || told.sources.some((source) => open.hides(source.name, source.cell))) continue;
    const numbers = told.sources.map((source) => sheet.value(source.name).data[source.cell]);
    const worth = (value ? 2 : 0) + (numbers.filter((number) => number).length + new Set(numbers).size / 2) / (numbers.length || 1);
    if (worth > most) [best, most] = [{ cell, told }, worth];
  }
  return best;
}
