// One matrix: first its outline, which is how large it is, then a table with all that it says.

import { attribute, h, marked } from "./dom.js";
import { markup } from "./format.js";
import { dims } from "./grid.js";
import { plain } from "./markup.js";
import { HEAD, sideWidth } from "./measure.js";

/** @import {Scene} from "./scene.js" */

/** Characters that are as wide as the arrow between an old and a new number. */
const ARROW = 1.5;

/**
 * A matrix as drawn. `numbers` are the texts of all its cells, of which `landed` show; there are
 * no `cells` while it is an outline. Widths (of a cell, as it is and as its numbers need it, of
 * the row labels, of all at least) and the height of column labels are in em.
 * @typedef {{place: string, name: string, copy: boolean, rows: number, columns: number,
 *   box: HTMLElement, table: HTMLTableElement, body: HTMLElement, label: HTMLElement, size: HTMLElement,
 *   cells: HTMLTableCellElement[], texts: Text[], heads: string[], sides: string[], numbers: string[], was: string[],
 *   landed: number, cell: number, needed: number, side: number, head: number, least: number, stop: number,
 *   todo: boolean | null, before: string | null, look: string, tight: boolean}} Matrix
 */

/**
 * The outline of the matrix at a place, for a sheet to know its size before it is drawn.
 * @param {Scene} scene
 * @param {string} place
 * @param {string} name
 * @param {boolean} copy
 * @returns {Matrix}
 */
export function outline(scene, place, name, copy) {
  const { sheet } = scene;
  const info = sheet.document.arrays[name];
  const { rows, columns } = dims(sheet.value(name));
  const heads = info.columns?.length === columns ? info.columns : [];
  const sides = info.rows?.length === rows ? info.rows : [];
  const [head, side] = [heads.length ? HEAD : 0, sideWidth(sides)];
  return {
    place, name, copy, rows, columns, heads, sides, head, side,
    box: h("div", { "data-place": place, "data-role": sheet.role(name) }),
    table: h("table"), body: h("tbody"), label: h("span", { class: "label" }), size: h("small", { class: "size" }),
    cells: [], texts: [], numbers: [], was: [], landed: 0, stop: 0,
    cell: 0, needed: 0, least: 0, todo: null, before: null, look: "", tight: false,
  };
}

/**
 * Draw a matrix in its outline, its cells still empty.
 * @param {Matrix} matrix
 * @param {Scene} scene
 */
export function furnish(matrix, scene) {
  const { place, rows, columns, heads, sides, head, box, table, body, label, size, cells, texts } = matrix;
  const { style } = box;
  style.gridArea = scene.layout.area(place);
  if (scene.hangs(place)) style.alignSelf = "start";
  style.setProperty("--rows", String(rows));
  style.setProperty("--columns", String(columns));
  style.setProperty("--head", `${head}em`);
  resize(matrix);
  table.dataset.place = place;
  table.append(h("caption", {}, label, size));
  if (heads.length) {
    const corner = sides.length ? [h("td", { class: "corner" })] : [];
    table.append(h("thead", {}, h("tr", {}, ...corner, ...heads.map((text) => header(text, "col")))));
  }
  const blank = h("td", { class: "empty", tabindex: -1 });
  for (let r = 0; r < rows; r++) {
    const row = h("tr");
    if (sides.length) row.append(header(sides[r], "row"));
    for (let c = 0; c < columns; c++) {
      const cell = /** @type {HTMLTableCellElement} */ (blank.cloneNode(false));
      const written = document.createTextNode("");
      cell.dataset.cell = String(r * columns + c);
      cell.append(written);
      if (r === 0 && c === 0) cell.classList.add("top-left");
      if (r === 0 && c === columns - 1) cell.classList.add("top-right");
      if (r === rows - 1 && c === 0) cell.classList.add("bottom-left");
      if (r === rows - 1 && c === columns - 1) cell.classList.add("bottom-right");
      cells.push(cell);
      texts.push(written);
      row.append(cell);
    }
    body.append(row);
  }
  table.append(body);
  box.append(table);
}

/**
 * Let a matrix be as wide as is known of it.
 * @param {Matrix} matrix
 */
export function resize({ box, columns, cell, side, least }) {
  box.style.setProperty("--cell", `${cell.toFixed(3)}em`);
  box.style.setProperty("--side", `${side.toFixed(3)}em`);
  box.style.setProperty("--least", `${least.toFixed(3)}em`);
  attribute(box, "data-narrow", least > side + columns * cell);
}

/**
 * How many characters stand in a cell: its number, and before an arrow the one that it replaced.
 * @param {Matrix} matrix
 * @param {number} cell
 */
export function inCell({ numbers, was }, cell) {
  return numbers[cell].length + (was[cell] ? was[cell].length + ARROW : 0);
}

/**
 * @param {string} label
 * @param {string} scope
 */
function header(label, scope) {
  const parts = markup(label);
  return h("th", { scope, title: plain(parts) }, ...marked(parts, () => "plain"));
}
