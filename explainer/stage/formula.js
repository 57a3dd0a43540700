// How a cell came to its value, written with its numbers.

import { feeders } from "./feeds.js";
import { constant, formatCell } from "./format.js";
import { markup } from "./markup.js";
import { along } from "./reduce.js";
import { bracketed, finish, joined, substitute } from "./writing.js";

/** @import {Cell, Explanation, Feeder, Grid, Part} from "./types.js" */
/** @import {Sheet} from "./sheet.js" */

/**
 * A formula still open: `terms` to be joined and put at `$` in `around`; `binds` of the whole.
 * @typedef {{terms: Part[][], join: string, around: Part[], binds: number}} Line
 * @typedef {{sheet: Sheet, sources: Map<string, Cell>, left: number}} Context
 */

/** How many operations one formula folds in; further ones are written as their numbers. */
const MOST = 400;
const UNKNOWN = "□";

/**
 * Formulas that have been written: a motion asks for the same one at every frame. An edit makes
 * values anew, and so forgets them; so does a number that is hidden or shown.
 * @type {WeakMap<Grid[], {concealed: unknown, told: Map<string, Explanation>}>}
 */
const written = new WeakMap();

/**
 * The formula of one cell of a named array (or of the array at a place).
 *
 * Arrays without a name or a place in the layout are folded in; `sources` are the cells of the
 * placed arrays that then remain. A given has no formula.
 * @param {Sheet} sheet
 * @param {string} name
 * @param {number} cell
 * @returns {Explanation}
 */
export function explain(sheet, name, cell) {
  const { values, concealed } = sheet;
  let known = written.get(values);
  if (known?.concealed !== concealed) written.set(values, (known = { concealed, told: new Map() }));
  const key = `${name} ${cell}`;
  let told = known.told.get(key);
  if (!told) known.told.set(key, (told = formulate(sheet, name, cell)));
  return told;
}

/** @param {Sheet} sheet @param {string} name @param {number} cell @returns {Explanation} */
function formulate(sheet, name, cell) {
  const node = sheet.node(name);
  const { op } = sheet.graph.nodes[node];
  const result = (sheet.tells(name, cell) === 3 && formatCell(sheet, name, cell)) || UNKNOWN;
  if (op === "given" || op === "constant") {
    return { given: true, terms: [], join: "", parts: [], result, sources: [], node, op };
  }
  const context = start(sheet);
  const { terms, join, around } = write(context, node, cell);
  return {
    given: false,
    terms: terms.map((term, i) => finish(term, i ? join : "")),
    join,
    parts: finish(joined(terms, join, around), ""),
    result,
    sources: [...context.sources.values()],
    node,
    op,
  };
}

/** @param {Sheet} sheet @returns {Context} */
function start(sheet) {
  return { sheet, sources: new Map(), left: MOST };
}

/**
 * The left side of the formula of any node's cell, whether it stands on the sheet or not.
 * @param {Sheet} sheet
 * @param {number} node
 * @param {number} cell
 * @returns {Part[]}
 */
export function formula(sheet, node, cell) {
  const { terms, join, around } = write(start(sheet), node, cell);
  return finish(joined(terms, join, around), "");
}

/**
 * How many terms the formula of a cell writes one by one, without writing it.
 * @param {Sheet} sheet
 * @param {string} name
 * @param {number} cell
 * @returns {number}
 */
export function countTerms(sheet, name, cell) {
  const { nodes } = sheet.graph;
  const worked = core(sheet, sheet.node(name));
  for (let node = sheet.node(name), at = cell; node !== worked; ) {
    const next = (nodes[node].inputs ?? [])[finished(sheet, node)];
    const fed = feeders(nodes, sheet.values, sheet.document.operations, node, at);
    const from = fed.find((feeder) => feeder.node === next);
    if (!from) return 1; // of another part that was joined to the worked one
    [node, at] = [from.node, from.cell];
  }
  const { op, inputs = [], attributes } = nodes[worked];
  const feeds = sheet.document.operations[op]?.feeds;
  if (feeds !== "product" && feeds !== "line") return 1;
  const { shape } = sheet.values[inputs[0]];
  return feeds === "line" ? along(shape, attributes?.axis).length : shape[shape.length - 1];
}

/**
 * The cell of an array on the sheet that says a number is left out; null where none stands there.
 * @param {Sheet} sheet
 * @param {{node: number, cell: number}} cause
 * @returns {Cell | null}
 */
export function maskOf(sheet, { node, cell }) {
  const { graph: { nodes }, values, document: { operations } } = sheet;
  let [, from] = feeders(nodes, values, operations, node, cell);
  while (!isPlaced(sheet, from.node)) {
    if (operations[nodes[from.node].op]?.feeds !== "moved") return null;
    [from] = feeders(nodes, values, operations, from.node, from.cell);
  }
  return { name: nodes[from.node].name ?? "", cell: from.cell };
}

/**
 * Whether a node is an array that stands on the sheet.
 * @param {Sheet} sheet
 * @param {number} node
 * @returns {boolean}
 */
export function isPlaced(sheet, node) {
  const { name } = sheet.graph.nodes[node];
  return name !== undefined && sheet.node(name) === node && sheet.places.some((p) => p.name === name);
}

/**
 * The operation that a person works through: a folded product or reduction within operations
 * that only finish its numbers (rounding, a constant factor, cutting off below zero), or the
 * node itself.
 * @param {Sheet} sheet
 * @param {number} node
 * @returns {number}
 */
export function core(sheet, node) {
  const { nodes } = sheet.graph;
  for (let at = node; ; ) {
    const feeds = sheet.document.operations[nodes[at].op]?.feeds;
    if (feeds === "product" || feeds === "line") return at;
    const input = finished(sheet, at);
    if (input < 0) return node;
    at = (nodes[at].inputs ?? [])[input];
  }
}

/**
 * Which input an operation only finishes: the one folded input that its formula shows.
 * @param {Sheet} sheet
 * @param {number} node
 * @returns {number} −1 for none
 */
function finished(sheet, node) {
  const { op, inputs = [] } = sheet.graph.nodes[node];
  const { feeds, formula } = sheet.document.operations[op] ?? {};
  if (feeds !== "each" && feeds !== "moved") return -1;
  const worked = [...inputs.keys()].filter(
    (i) =>
      sheet.graph.nodes[inputs[i]].op !== "constant" &&
      (feeds === "moved" || formula?.term.includes(`$${i}`)),
  );
  return worked.length === 1 && !isPlaced(sheet, inputs[worked[0]]) ? worked[0] : -1;
}

/** @param {Context} context @param {number} node @param {number} cell @returns {Line} */
function write(context, node, cell) {
  context.left -= 1;
  const { sheet } = context;
  const { nodes } = sheet.graph;
  const { feeds, formula } = sheet.document.operations[nodes[node].op];
  const { term, join = "", around = "$", binds = 0 } = formula;
  const fed = feeders(nodes, sheet.values, sheet.document.operations, node, cell);
  if (feeds === "product" || feeds === "line") {
    const group = feeds === "product" ? 2 : 1;
    // within a list of arguments nothing needs brackets
    const inner = feeds === "product" ? 2 : join.trim() === "+" ? 3 : Infinity;
    const terms = [];
    for (let i = 0; i < fed.length; i += group) {
      terms.push(fill(context, term, fed.slice(i, i + group), inner));
    }
    const outer = markup(around.replaceAll("$n", String(terms.length)));
    return { terms, join, around: outer, binds };
  }
  if (feeds === "moved" || feeds === "taken" || term === "$0") {
    const blank = feeds !== "moved" && Number.isNaN(sheet.values[node].data[cell]);
    if (!blank) return carry(context, node, fed[0], fed.slice(1));
    return carry(context, node, null, fed.filter(({ input }) => input > 0));
  }
  const at = finished(sheet, node);
  if (core(sheet, node) === node || context.left <= 0) {
    return { terms: [fill(context, term, fed, binds)], join: "", around: ["$"], binds };
  }
  const line = write(context, fed[at].node, fed[at].cell);
  const open = bracketed(line.around, term, at, line.binds, binds);
  return { ...line, around: fill(context, term, fed, binds, { at, parts: open }), binds };
}

/**
 * The formula of a cell that came here unchanged, or of a blank one.
 * @param {Context} context
 * @param {number} node
 * @param {Feeder | null} from the cell it was; null for a blank
 * @param {Feeder[]} others what decided that: an index, a mask
 * @returns {Line}
 */
function carry(context, node, from, others) {
  const { sheet } = context;
  /** @type {Line} */
  let line = { terms: [[{ name: "", cell: 0, text: UNKNOWN }]], join: "", around: ["$"], binds: 0 };
  if (from) {
    const folded = core(sheet, node) !== node && sheet.graph.nodes[from.node].op !== "constant";
    if (folded && context.left > 0) {
      line = write(context, from.node, from.cell);
    } else {
      const { parts, binds } = operand(context, from);
      line = { ...line, terms: [parts], binds };
    }
  }
  for (const feeder of others) operand(context, feeder);
  return line;
}

/**
 * A term with its operands written in.
 * @param {Context} context
 * @param {string} term
 * @param {Feeder[]} fed
 * @param {number} binds
 * @param {{at: number, parts: Part[]}} [open] an operand that is written already
 * @returns {Part[]}
 */
function fill(context, term, fed, binds, open) {
  const operands = fed.map((feeder, i) => {
    if (open && open.at === i) return open.parts;
    const { parts, binds: own } = operand(context, feeder);
    return bracketed(parts, term, i, own, binds);
  });
  return substitute(markup(term), /\$(\d)/, (i) => operands[i] ?? []);
}

/**
 * One operand: the cell of a placed array, a constant, or the formula of a folded operation.
 * @param {Context} context
 * @param {Feeder} feeder
 * @returns {{parts: Part[], binds: number}}
 */
function operand(context, { node, cell }) {
  const { sheet } = context;
  const { op, name } = sheet.graph.nodes[node];
  if (name !== undefined && isPlaced(sheet, node)) {
    context.sources.set(`${name}.${cell}`, { name, cell });
    return { parts: [{ name, cell, text: formatCell(sheet, name, cell) || UNKNOWN }], binds: 0 };
  }
  if (op === "constant" || op === "given" || context.left <= 0) {
    const text = constant(sheet.values[node].data[cell]);
    return { parts: [{ name: "", cell, text }], binds: text.includes("/") ? 2 : 0 };
  }
  if (fillsBlank(sheet, node, cell)) {
    return { parts: [{ name: "", cell, text: constant(sheet.values[node].data[cell]) }], binds: 0 };
  }
  const { terms, join, around, binds } = write(context, node, cell);
  return { parts: joined(terms, join, around), binds };
}

/**
 * Whether a number stands where its only input is blank: then there is nothing to write but it.
 * @param {Sheet} sheet
 * @param {number} node
 * @param {number} cell
 */
function fillsBlank(sheet, node, cell) {
  const { nodes } = sheet.graph;
  const { inputs = [] } = nodes[node];
  if (inputs.length !== 1 || Number.isNaN(sheet.values[node].data[cell])) return false;
  const [fed, ...more] = feeders(nodes, sheet.values, sheet.document.operations, node, cell);
  return !more.length && Number.isNaN(sheet.values[fed.node].data[fed.cell]);
}
