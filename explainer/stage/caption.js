// What is written above a matrix, and what it is called when it is read aloud.

import { attribute, fill, marked } from "./dom.js";
import { markup } from "./format.js";
import { plain } from "./markup.js";
import { dimensions } from "./measure.js";
import { text } from "./strings.js";

/** @import {Matrix} from "./matrix.js" */
/** @import {Sheet} from "./sheet.js" */
/** @import {Words} from "./strings.js" */

/**
 * Write a matrix's label, and its size where there is room.
 * @param {Matrix} matrix
 * @param {Sheet} sheet
 */
export function caption(matrix, sheet) {
  const { label, size, name, least, side } = matrix;
  fill(label, marked(markup(sheet.label(name)), (other) => sheet.role(other)));
  attribute(label, "title", sheet.told(name) || null);
  size.textContent = dimensions(matrix, least - side);
}

/**
 * Name a matrix for those who hear it.
 * @param {Matrix} matrix
 * @param {Sheet} sheet
 * @param {Words} words
 */
export function entitle({ name, copy, rows, columns, table, todo }, sheet, words) {
  const label = plain(markup(sheet.label(name)));
  const role = sheet.role(name);
  let title = text(words.tableName, { label, rows, columns });
  const told = sheet.told(name) || (role in words && words[/** @type {keyof Words} */ (role)]);
  if (told) title += words.comma + told;
  if (copy) title += words.tableCopy;
  if (todo) title += words.tableTodo;
  attribute(table, "aria-label", title);
}
