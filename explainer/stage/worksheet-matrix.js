// A matrix on paper: its numbers, boxes where a pupil writes, what it is in words.

import { h, marked } from "./dom.js";
import { formatCells, markup } from "./format.js";
import { dims } from "./grid.js";
import { plain } from "./markup.js";
import { text, words } from "./strings.js";
import { EMPTY, said } from "./worksheet-words.js";

/** @import {Sheet} from "./sheet.js" */
/** @import {Words} from "./strings.js" */
/** @import {Open} from "./worksheet-cells.js" */

/** Lengths in mm: a box to write in, a given number, a line of them, a letter, a smaller one of a label. */
const [BOX, CELL, LINE, LETTER, SMALL] = [9.6, 7, 6.2, 2.1, 1.7];
/** What a matrix may be wide beside the margin; one with more columns stands in several parts. */
const WIDEST = 124;

/**
 * How a matrix stands on paper; lengths in mm. Only rows and columns with boxes are large.
 * @typedef {{name: string, columns: number, heads: string[], sides: string[],
 *   widths: number[], heights: number[], side: number, numbers: string[]}} Extent
 */

/**
 * @param {Sheet} sheet
 * @param {Open} open
 * @param {string} name
 * @param {boolean} key whether nobody has to write in it
 * @returns {Extent}
 */
export function extent(sheet, open, name, key) {
  const { rows, columns } = dims(sheet.value(name));
  const info = sheet.document.arrays[name];
  const heads = info.columns?.length === columns ? info.columns : [];
  const sides = info.rows?.length === rows ? info.rows : [];
  const numbers = formatCells(sheet, name);
  const longest = Math.max(1, ...numbers.map(length), ...(info.words ?? []).map(length));
  const side = sides.length ? 1.5 + SMALL * Math.max(...sides.map(length)) : 0;
  const given = Math.max(CELL, LETTER * longest + (key ? 2.4 : 1.4), SMALL * Math.max(0, ...heads.map(length)) + 1);
  const boxed = (/** @type {number[]} */ cells) => !key && cells.some((cell) => open.hides(name, cell));
  const row = [...Array(rows).keys()];
  const column = [...Array(columns).keys()];
  return {
    name, columns, heads, sides, side, numbers,
    widths: column.map((j) => (boxed(row.map((i) => i * columns + j)) ? Math.max(BOX, given) : given)),
    heights: row.map((i) => (boxed(column.map((j) => i * columns + j)) ? BOX : LINE)),
  };
}

/**
 * The letters that a label is wide; a Chinese one counts twice.
 * @param {string} label
 */
function length(label) {
  return [...plain(markup(label))].reduce((sum, letter) => sum + (letter > "\u2e80" ? 2 : 1), 0);
}

/**
 * @param {Sheet} sheet
 * @param {Open} open
 * @param {string} name
 * @param {{asked: boolean, key: boolean}} how `asked`: it stands where it is to be filled in;
 *   `key`: its boxes have their numbers
 * @returns {HTMLElement}
 */
export function matrix(sheet, open, name, how) {
  const form = extent(sheet, open, name, how.key);
  const room = Math.max(1, Math.floor((WIDEST - form.side) / Math.max(...form.widths)));
  const each = Math.ceil(form.columns / Math.ceil(form.columns / room)); // parts as wide as one another
  const starts = Array.from({ length: Math.ceil(form.columns / each) }, (_, i) => i * each);
  const broad = form.side + form.widths.slice(0, each).reduce((sum, width) => sum + width, 0);
  return h("div", { class: "matrix", "data-name": name }, caption(sheet, name, broad),
    ...starts.map((from) => part(sheet, open, form, [from, Math.min(form.columns, from + each)], how)));
}

/**
 * @param {Sheet} sheet
 * @param {Open} open
 * @param {Extent} form
 * @param {[number, number]} range the columns that it has
 * @param {{asked: boolean, key: boolean}} how
 */
function part(sheet, open, { name, columns, heads, sides, widths, heights, side, numbers }, [from, to], { asked, key }) {
  const say = said(sheet.language);
  const table = h("table", { "aria-label": plain(markup(sheet.label(name))) });
  if (to - from < columns) table.append(h("caption", {}, text(say.columns, { from: from + 1, to })));
  const lengths = widths.slice(from, to);
  table.append(h("colgroup", {}, ...[...(sides.length ? [side] : []), ...lengths].map((width) => sized(h("col"), { width }))));
  sized(table, { width: lengths.reduce((sum, width) => sum + width, sides.length ? side : 0) });
  const head = (/** @type {string} */ label) => marked(markup(label), () => "plain");
  if (heads.length) {
    const corner = sides.length ? [h("td", { class: "side" })] : [];
    table.append(h("tr", { class: "heads" }, ...corner, ...heads.slice(from, to).map((label) => h("th", { scope: "col" }, ...head(label)))));
  }
  for (const [row, height] of heights.entries()) {
    const line = sized(h("tr"), { height });
    if (sides.length) line.append(h("th", { scope: "row", class: "side" }, ...head(sides[row])));
    for (let column = from; column < to; column++) {
      const cell = row * columns + column;
      const kind = open.kind(name, cell, asked);
      const shown = kind && !key ? "" : numbers[cell] || (kind && EMPTY) || "";
      line.append(h("td", { class: kind, "data-cell": kind && cell }, shown));
    }
    table.append(line);
  }
  return table;
}

/**
 * @template {HTMLElement} E
 * @param {E} element
 * @param {Record<string, number>} lengths in mm
 * @returns {E}
 */
function sized(element, lengths) {
  for (const [name, mm] of Object.entries(lengths)) element.style.setProperty(name, `${mm.toFixed(1)}mm`);
  return element;
}

/**
 * The label, and in words what a matrix is: its name, or else its role.
 * @param {Sheet} sheet
 * @param {string} name
 * @param {number} width of the matrix
 */
function caption(sheet, name, width) {
  const { rows, columns } = dims(sheet.value(name));
  const label = h("b", {}, ...marked(markup(sheet.label(name)), () => "plain"));
  const role = sheet.role(name);
  const spoken = words(sheet.language);
  const told = sheet.told(name) || (role in spoken && spoken[/** @type {keyof Words} */ (role)]) || "";
  const size = rows * columns > 1 ? ` ${rows} × ${columns}` : "";
  const element = h("div", { class: "caption" }, label, h("small", {}, size), told && h("span", {}, told));
  return sized(element, { "max-width": Math.max(width, 26) });
}
