// The operations of a sheet, twins of explainer/trace/ops.py, and a whole graph computed with them.

import { elementwise } from "./elementwise.js";
import { grid } from "./grid.js";
import { rearrange } from "./rearrange.js";
import { reduce } from "./reduce.js";

/** @import {Attributes, Grid, Node} from "./types.js" */

/**
 * For each name its forward function; the names are those of the Python table.
 * @type {Record<string, (inputs: Grid[], attributes: Attributes) => Grid>}
 */
export const operations = { ...elementwise, ...reduce, ...rearrange };

/**
 * A value for each node, in order.
 *
 * Throws an Error that names an operation that is not known, or a given that is missing.
 * @param {Node[]} nodes
 * @param {Record<string, Grid>} givens
 * @param {(value: Grid, node: number) => Grid} [goOn] what to go on with in place of a value:
 *   a pupil's own numbers, say
 * @returns {Grid[]}
 */
export function evaluate(nodes, givens, goOn = (value) => value) {
  /** @type {Grid[]} */
  const values = [];
  nodes.forEach((node, i) => values.push(goOn(valueOf(node, values, givens), i)));
  return values;
}

/** @type {WeakMap<Node, Grid>} */
const constants = new WeakMap();

/** @param {Node} node @param {Grid[]} values @param {Record<string, Grid>} givens @returns {Grid} */
function valueOf(node, values, givens) {
  if (node.op === "given") {
    const name = node.name ?? "";
    if (!Object.hasOwn(givens, name)) throw new Error(`no numbers for the given "${name}"`);
    return givens[name];
  }
  if (node.op === "constant") {
    let value = constants.get(node);
    if (!value) constants.set(node, (value = grid(node.value ?? null)));
    return value;
  }
  if (!Object.hasOwn(operations, node.op)) throw new Error(`unknown operation "${node.op}"`);
  return operations[node.op]((node.inputs ?? []).map((i) => values[i]), node.attributes ?? {});
}
