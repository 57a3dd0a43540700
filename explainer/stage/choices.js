// What a prediction is chosen from: rows, columns or cells of an array, or some words.

import { marked } from "./dom.js";
import { dims } from "./grid.js";
import { markup } from "./markup.js";
import { narrate } from "./narrate.js";
import { result } from "./programs.js";
import { text } from "./strings.js";

/** @import {Child} from "./dom.js" */
/** @import {PracticeWords} from "./practice-strings.js" */
/** @import {Sheet} from "./sheet.js" */
/** @import {Prediction} from "./types.js" */

/**
 * How many there are to choose from.
 * @param {Sheet} sheet
 * @param {Prediction} prediction
 */
export function countOf(sheet, { choose }) {
  if (choose.options) return choose.options.length;
  if (!("array" in choose) || !sheet.has(choose.array)) return 0;
  const { rows, columns } = dims(sheet.value(choose.array));
  return choose.by === "rows" ? rows : choose.by === "columns" ? columns : rows * columns;
}

/**
 * Which of them are right with the numbers as they are, and whether several may be; null where
 * that cannot be computed.
 * @param {Sheet} sheet
 * @param {Prediction} prediction
 * @returns {{several: boolean, right: Set<number>} | null}
 */
export function truth(sheet, prediction) {
  const data = result(prediction.answer, sheet)?.data;
  if (!data) return null;
  const count = countOf(sheet, prediction);
  const right = data.length === 1 ? [...data] : [...data.keys()].filter((i) => data[i]);
  const known = right.filter((i) => Number.isInteger(i) && i >= 0 && i < count);
  return { several: data.length > 1, right: new Set(known) };
}

/**
 * What one of them is called.
 * @param {Sheet} sheet
 * @param {Prediction} prediction
 * @param {number} i
 * @param {PracticeWords} words
 * @returns {Child[]}
 */
export function named(sheet, { id, choose }, i, words) {
  if (choose.options) return told(sheet, `${id}/${choose.options[i]}`, choose.options[i]);
  const { by, array } = choose;
  const { rows = [], columns = [] } = sheet.document.arrays[array];
  const size = dims(sheet.value(array));
  const [row, column] = by === "cells" ? [Math.floor(i / size.columns), i % size.columns] : [i, i];
  const head = (/** @type {string[]} */ heads, /** @type {number} */ at, /** @type {number} */ of) =>
    (heads.length === of && at < of ? marked(markup(heads[at]), () => "plain") : null);
  const inRow = head(rows, row, size.rows) ?? [text(words.row, { i: row + 1 })];
  const inColumn = head(columns, column, size.columns) ?? [text(words.column, { j: column + 1 })];
  if (by === "rows" || size.columns === 1) return inRow;
  return by === "columns" || size.rows === 1 ? inColumn : [...inRow, words.comma, ...inColumn];
}

/**
 * A text of the lesson's practice.
 * @param {Sheet} sheet
 * @param {string} id
 * @param {string} [otherwise] where it has none
 * @returns {Child[]}
 */
export function told(sheet, id, otherwise = id) {
  const tree = sheet.text().practice?.[id];
  return tree ? narrate(sheet, tree, () => null).nodes : [otherwise];
}

/**
 * The choice that a cell belongs to.
 * @param {"rows" | "columns" | "cells"} by
 * @param {number} cell
 * @param {number} columns
 */
export function choiceAt(by, cell, columns) {
  return by === "rows" ? Math.floor(cell / columns) : by === "columns" ? cell % columns : cell;
}
