// Which input cells feed an output cell: one rule for each pattern, not for each operation.

import { operations } from "./evaluate.js";
import { stretchedCell } from "./grid.js";
import { along } from "./reduce.js";

/** @import {Feeder, Feeds, Grid, Node, Table} from "./types.js" */
/** @typedef {{input: number, cell: number}} Fed */
/** @typedef {(node: Node, inputs: Grid[], out: Grid, cell: number) => Fed[]} Rule */

/**
 * The cells that one cell of a node is computed from, in the order in which they are written.
 *
 * Givens and constants have none.
 * @param {Node[]} nodes
 * @param {Grid[]} values a value for each node
 * @param {Table} table
 * @param {number} node
 * @param {number} cell
 * @returns {Feeder[]}
 */
export function feeders(nodes, values, table, node, cell) {
  const { op, inputs = [] } = nodes[node];
  if (!Object.hasOwn(table, op)) return [];
  const rule = rules[table[op].feeds];
  const fed = rule(nodes[node], inputs.map((i) => values[i]), values[node], cell);
  return fed.map(({ input, cell: source }) => ({ node: inputs[input], cell: source, input }));
}

/** @type {Rule} */
function each(_, inputs, out, cell) {
  return inputs.map((x, input) => ({ input, cell: stretchedCell(cell, out.shape, x.shape) }));
}

/** @type {Rule} */
function product(_, [a, b], __, cell) {
  const inner = a.shape[a.shape.length - 1];
  const columns = b.shape.length === 2 ? b.shape[1] : 1;
  const [row, column] = [Math.floor(cell / columns), cell % columns];
  /** @type {Fed[]} */
  const fed = [];
  for (let k = 0; k < inner; k++) {
    fed.push({ input: 0, cell: row * inner + k }, { input: 1, cell: k * columns + column });
  }
  return fed;
}

/** @type {Rule} */
function line(node, [x], out, cell) {
  const { length, inner } = along(x.shape, node.attributes?.axis);
  // a mask is as large as its input, a reduction has one cell for each line
  const perLine = out.data.length === x.data.length ? length : 1;
  const start = Math.floor(cell / (inner * perLine)) * inner * length + (cell % inner);
  return Array.from({ length }, (_, i) => ({ input: 0, cell: start + i * inner }));
}

/**
 * The grid with its cells' own numbers, from `start`, in place of its values.
 * @param {Grid} x
 * @param {number} start
 * @returns {Grid}
 */
function numbered(x, start) {
  return { shape: x.shape, data: x.data.map((_, i) => start + i) };
}

/** @type {Rule} */
function moved(node, inputs, _, cell) {
  let start = 0;
  const starts = inputs.map((x) => (start += x.data.length) - x.data.length);
  const marked = inputs.map((x, input) => numbered(x, starts[input]));
  const origin = operations[node.op](marked, node.attributes ?? {}).data[cell];
  const input = inputs.findIndex((x, i) => origin < starts[i] + x.data.length);
  return [{ input, cell: origin - starts[input] }];
}

/** @type {Rule} */
function taken(node, [table, indices], _, cell) {
  const { inner } = along(table.shape, node.attributes?.axis ?? 0);
  const origin = operations[node.op]([numbered(table, 0), indices], node.attributes ?? {}).data[cell];
  const index = { input: 1, cell: Math.floor(cell / inner) % indices.data.length };
  return Number.isNaN(origin) ? [index] : [{ input: 0, cell: origin }, index];
}

/** @type {Rule} */
function column(_, [indices], __, cell) {
  return [{ input: 0, cell: cell % indices.data.length }];
}

/** @type {Record<Feeds, Rule>} */
const rules = { each, product, line, moved, taken, column };
