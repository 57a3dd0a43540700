// A pupil's numbers in the place of the sheet's: each is judged by what follows from those before it,
// so that a wrong number early does not make all after it wrong.

import { evaluate } from "./evaluate.js";
import { feeders } from "./feeds.js";
import { fits, styleOf } from "./judge.js";

/** @import {Style} from "./judge.js" */
/** @import {Grid} from "./types.js" */
/** @import {Sheet} from "./sheet.js" */

/**
 * right: as the sheet has it. own: right from the pupil's own numbers, of which those of the array
 * `of` are not right. wrong: neither.
 * @typedef {{verdict: "right" | "own" | "wrong", of?: string}} Judged
 * @typedef {Map<string, Map<number, number>>} Answers of each array: numbers by cell, NaN for blank
 */

/**
 * Judge all answers at once, and give the values that the graph has with them: those that are
 * right as the sheet has them, others as the pupil does.
 * @param {Sheet} sheet
 * @param {Answers} answers
 * @returns {{judged: Map<string, Judged>, values: Grid[]}} by "A 3"
 */
export function judge(sheet, answers) {
  try {
    return follow(sheet, answers);
  } catch {
    // with such numbers nothing can be computed: each is compared with the sheet's alone
    /** @type {Map<string, Judged>} */
    const judged = new Map();
    for (const [name, cells] of answers) {
      for (const [cell, answer] of cells) {
        judged.set(`${name} ${cell}`, { verdict: isRight(sheet, name, cell, answer) ? "right" : "wrong" });
      }
    }
    return { judged, values: sheet.values };
  }
}

/** @param {Sheet} sheet @param {Answers} answers */
function follow(sheet, answers) {
  const { nodes } = sheet.graph;
  /** @type {Map<string, Judged>} */
  const judged = new Map();
  /** @type {Grid[]} */
  const values = [];
  evaluate(nodes, sheet.givens, (value, i) => {
    const { name = "" } = nodes[i];
    const cells = answers.get(name);
    values[i] = value;
    if (!cells || sheet.node(name) !== i) return value;
    const data = value.data.slice();
    const [own, real] = [comparing(sheet, i, value, values), comparing(sheet, i, sheet.values[i], sheet.values)];
    for (const [cell, answer] of cells) {
      const right = real(cell, answer);
      const follows = !right && own(cell, answer);
      data[cell] = right ? sheet.values[i].data[cell] : follows ? value.data[cell] : answer;
      judged.set(`${name} ${cell}`, right ? { verdict: "right" } : { verdict: follows ? "own" : "wrong" });
    }
    return (values[i] = { shape: value.shape, data });
  });
  for (const [key, one] of judged) {
    if (one.verdict === "own") one.of = culprit(sheet, values, judged, key);
  }
  return { judged, values };
}

/**
 * How the answers into a node's cells are compared with a value of it.
 * @param {Sheet} sheet
 * @param {number} node
 * @param {Grid} value
 * @param {Grid[]} values of all nodes before it
 * @returns {(cell: number, answer: number) => boolean}
 */
function comparing(sheet, node, value, values) {
  const { nodes } = sheet.graph;
  const style = styleFor(sheet, node, value);
  const from = nodes[node].op === "round" ? values[(nodes[node].inputs ?? [])[0]] : value;
  return (cell, answer) => fits(answer, value.data[cell], style, from.data[cell]);
}

/** @param {Sheet} sheet @param {number} node @param {Grid} value @returns {Style} */
export function styleFor(sheet, node, value) {
  const { arithmetic, document, graph } = sheet;
  const digits = document.arrays[graph.nodes[node].name ?? ""]?.digits?.[arithmetic] ?? 2;
  return styleOf(graph.nodes[node], value, arithmetic, digits);
}

/** @param {Sheet} sheet @param {string} name @param {number} cell @param {number} answer */
function isRight(sheet, name, cell, answer) {
  const node = sheet.node(name);
  return comparing(sheet, node, sheet.values[node], sheet.values)(cell, answer);
}

/**
 * The nearest array before a cell in which the pupil has a wrong number that the cell follows from.
 * @param {Sheet} sheet
 * @param {Grid[]} values
 * @param {Map<string, Judged>} judged
 * @param {string} key
 * @returns {string | undefined}
 */
function culprit(sheet, values, judged, key) {
  const { graph: { nodes }, document: { operations } } = sheet;
  const [name, cell] = key.split(" ");
  let front = [{ node: sheet.node(name), cell: Number(cell) }];
  /** @type {Set<string>} */
  const seen = new Set();
  while (front.length) {
    const fed = front.flatMap((at) => feeders(nodes, values, operations, at.node, at.cell));
    front = [];
    for (const { node, cell } of fed) {
      if (seen.has(`${node} ${cell}`)) continue;
      seen.add(`${node} ${cell}`);
      const { name: array } = nodes[node];
      if (judged.get(`${array} ${cell}`)?.verdict === "wrong") return array;
      front.push({ node, cell });
    }
  }
  return undefined;
}
