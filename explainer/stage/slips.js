// Known wrong ways, told by what they come to.

import { fits } from "./judge.js";
import { styleFor } from "./own.js";
import { result } from "./programs.js";

/** @import {Practice} from "./practice.js" */
/** @import {Grid} from "./types.js" */

/**
 * The slip that leads to an answer; null for none.
 * @param {Pick<Practice, "declared" | "sheet">} practice
 * @param {Grid[]} values of the graph, as the pupil has them
 * @param {string} name
 * @param {number} cell
 * @param {number | null} answer
 * @returns {string | null} its id
 */
export function slip({ declared, sheet }, values, name, cell, answer) {
  if (answer === null) return null;
  for (const { id, array, cells, wrong } of declared.slips) {
    if (array !== name || !cells.includes(cell)) continue;
    const found = result(wrong, sheet, values);
    const number = found?.data[found.data.length === 1 ? 0 : cell];
    if (!found || number === undefined || Number.isNaN(number)) continue;
    if (fits(answer, number, styleFor(sheet, sheet.node(name), found))) return id;
  }
  return null;
}
