// Why a cell has no number: it is left out on purpose, or something that it follows from is more
// than a number can be, or is none.

import { feeders } from "./feeds.js";

/** @import {Grid} from "./types.js" */
/** @import {Sheet} from "./sheet.js" */

/**
 * Where a number is missing first. `left`: it is left out, where a mask says 0. `large`: it is
 * beyond the range of floating point. `none`: there is no such number, as of 0 ÷ 0.
 * @typedef {{why: "left" | "large" | "none", node: number, cell: number}} Cause
 */

/**
 * What has been found; an edit makes values anew, and so forgets it.
 * @type {WeakMap<Grid[], Map<string, Cause | null>>}
 */
const known = new WeakMap();

/**
 * Why a cell has no finite number; null for one that has. What is left out explains a cell only
 * where nothing worse does.
 * @param {Sheet} sheet
 * @param {number} node
 * @param {number} cell
 * @returns {Cause | null}
 */
export function cause(sheet, node, cell) {
  const { values, graph: { nodes }, document: { operations } } = sheet;
  const value = values[node].data[cell];
  if (Number.isFinite(value)) return null;
  let found = known.get(values);
  if (!found) known.set(values, (found = new Map()));
  const key = `${node} ${cell}`;
  if (found.has(key)) return found.get(key) ?? null;
  const fed = feeders(nodes, values, operations, node, cell);
  const numbers = fed.map((from) => values[from.node].data[from.cell]);
  /** @type {Cause | undefined} */
  let why;
  if (nodes[node].op === "only" && numbers[1] === 0) {
    why = { why: "left", node, cell };
  } else {
    const causes = fed.flatMap((from) => cause(sheet, from.node, from.cell) ?? []);
    why = causes.find((each) => each.why !== "left") ?? causes[0];
  }
  // of finite numbers; 1 ÷ 0 and ln 0 are infinite, but not because they are too large
  const pole = operations[nodes[node].op]?.feeds === "each" && numbers.includes(0);
  why ??= { why: Number.isNaN(value) || pole ? "none" : "large", node, cell };
  found.set(key, why);
  return why;
}

/**
 * The first place of a sheet where a number is missing that should be there; null if there is none.
 * @param {Sheet} sheet
 * @returns {Cause | null}
 */
export function trouble(sheet) {
  for (const [node, { data }] of sheet.values.entries()) {
    for (let cell = 0; cell < data.length; cell++) {
      const found = cause(sheet, node, cell);
      if (found && found.why !== "left") return found;
    }
  }
  return null;
}
