// The matrices as tables: cells are made once; a moment changes classes and text, and only
// those that differ from the moment before.

import { attribute, fill, h, marked } from "./dom.js";
import { formatCell, formatCells, markup } from "./format.js";
import { dims } from "./grid.js";
import { plain } from "./markup.js";
import { HEAD, cellWidth, dimensions, labelWidth, settle, sideWidth, size } from "./measure.js";
import { text } from "./strings.js";

/** @import {Scene, Picture, Look, Spot} from "./scene.js" */
/** @import {Words} from "./strings.js" */

/**
 * A matrix as drawn. `numbers` are the texts of all its cells, of which `landed` show; widths
 * (of a cell, as it is and as its numbers need it, of the row labels, of all at least) and the
 * height of column labels are in em.
 * @typedef {{place: string, name: string, copy: boolean, rows: number, columns: number,
 *   box: HTMLElement, table: HTMLTableElement, body: HTMLElement, label: HTMLElement, size: HTMLElement,
 *   cells: HTMLTableCellElement[], texts: Text[], numbers: string[], landed: number,
 *   cell: number, needed: number, side: number, head: number, least: number, stop: number, todo: boolean | null, before: string | null, hang: boolean, look: string}} Matrix
 */

export class Drawing {
  /** @param {Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.sheet = scene.sheet;
    /** @type {Map<string, Matrix>} */
    this.matrices = new Map();
    this.element = h("div", { class: "matrices" });
    this.element.style.gridTemplateAreas = scene.layout.areas;
    for (const { place, name, copy } of this.sheet.places) {
      const matrix = this.build(place, name, copy);
      this.matrices.set(place, matrix);
      this.element.append(matrix.box);
    }
    /** @type {Set<Element>} */
    this.lit = new Set();
    /** @type {Element | null} */
    this.target = null;
    /** @type {string | null} */
    this.shining = null;
    this.retext();
  }

  /** @param {string} name */
  role(name) {
    return this.sheet.document.arrays[name]?.role ?? "plain";
  }

  /**
   * @param {string} place
   * @param {string} name
   * @param {boolean} copy
   * @returns {Matrix}
   */
  build(place, name, copy) {
    const info = this.sheet.document.arrays[name];
    const { rows, columns } = dims(this.sheet.value(name));
    const heads = info.columns?.length === columns ? info.columns : [];
    const sides = info.rows?.length === rows ? info.rows : [];
    const [label, size] = [h("span", { class: "label" }), h("small", { class: "size" })];
    /** @type {HTMLTableCellElement[]} */
    const cells = [];
    /** @type {Text[]} */
    const texts = [];
    const body = h("tbody");
    const blank = h("td", { class: "empty", tabindex: -1 });
    for (let r = 0; r < rows; r++) {
      const row = h("tr");
      if (sides.length) row.append(this.header(sides[r], "row"));
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
    const table = h("table", { "data-place": place }, h("caption", {}, label, size));
    if (heads.length) {
      const corner = sides.length ? [h("td", { class: "corner" })] : [];
      table.append(h("thead", {}, h("tr", {}, ...corner, ...heads.map((t) => this.header(t, "col")))));
    }
    const box = h("div", { "data-place": place, "data-role": this.role(name) }, table);
    box.style.gridArea = this.scene.layout.area(place);
    box.style.setProperty("--columns", String(columns));
    const [head, side] = [heads.length ? HEAD : 0, sideWidth(sides)];
    box.style.setProperty("--head", `${head}em`);
    box.style.setProperty("--rows", String(rows));
    box.style.setProperty("--side", `${side.toFixed(3)}em`);
    const numbers = new Array(cells.length).fill("");
    return {
      place, name, copy, rows, columns, box, table, body, label, size, cells, texts, numbers,
      cell: 0, needed: 0, side, head, least: 0, landed: 0, stop: 0, todo: null, before: null, hang: this.scene.hangs(place), look: "",
    };
  }

  /**
   * @param {string} label
   * @param {string} scope
   */
  header(label, scope) {
    const parts = markup(label);
    return h("th", { scope, title: plain(parts) }, ...marked(parts, () => "plain"));
  }

  /**
   * Write numbers anew, and make cells as wide as their longest number.
   * @param {boolean} [calm] whether cells may stay wider than they must be
   * @param {Set<string>} [changed] arrays whose numbers have changed; all if not given
   */
  retext(calm = false, changed) {
    /** @type {Map<string, number>} */
    const widths = new Map();
    const key = (/** @type {Matrix} */ { place, columns }) => {
      const { left, right } = this.scene.layout.box(place);
      return `${left} ${right} ${columns}`;
    };
    const edited = new Set(this.sheet.edits.map(({ name, cell }) => `${name} ${cell}`));
    for (const matrix of this.matrices.values()) {
      const { updates } = this.sheet.document.arrays[matrix.name];
      if (!changed || changed.has(matrix.name) || changed.has(updates ?? "")) this.rewrite(matrix, edited);
      widths.set(key(matrix), Math.max(widths.get(key(matrix)) ?? 0, matrix.needed));
    }
    for (const matrix of this.matrices.values()) {
      const width = settle(matrix.cell, widths.get(key(matrix)) ?? 0, calm);
      if (width === matrix.cell) continue;
      matrix.cell = width;
      matrix.box.style.setProperty("--cell", `${width.toFixed(3)}em`);
    }
  }

  /**
   * @param {Matrix} matrix
   * @param {Set<string>} edited cells that somebody has given another number, as "X 3"
   */
  rewrite(matrix, edited) {
    const { name, cells, texts, numbers, landed } = matrix;
    const { updates, editable, columns } = this.sheet.document.arrays[name];
    const written = formatCells(this.sheet, name);
    let longest = 0;
    for (let cell = 0; cell < cells.length; cell++) {
      const number = written[cell];
      if (number !== numbers[cell]) {
        numbers[cell] = number;
        if (cell < landed) texts[cell].data = number;
      }
      longest = Math.max(longest, number.length);
      if (editable) cells[cell].classList.toggle("changed", edited.has(`${name} ${cell}`));
      if (updates) attribute(cells[cell], "data-was", was(this.sheet, updates, cell, number));
    }
    matrix.needed = cellWidth(longest, matrix.head ? (columns ?? []) : []);
  }

  /** The size of the whole in em. */
  size() {
    return size(this.scene.layout, this.matrices.values());
  }

  /**
   * Captions, and the names that are read aloud.
   * @param {Words} words
   */
  relabel(words) {
    for (const matrix of this.matrices.values()) {
      const { label, size, box, name } = matrix;
      const parts = markup(this.sheet.label(name));
      fill(label, marked(parts, (other) => this.role(other)));
      matrix.least = labelWidth(this.sheet.label(name)) + matrix.side;
      size.textContent = dimensions(matrix, matrix.least - matrix.side);
      box.style.setProperty("--least", `${matrix.least.toFixed(3)}em`);
      attribute(box, "data-narrow", matrix.least > matrix.side + matrix.columns * matrix.cell);
      this.entitle(matrix, words);
    }
  }

  /**
   * @param {Matrix} matrix
   * @param {Words} words
   */
  entitle({ name, copy, rows, columns, table, todo }, words) {
    const label = plain(markup(this.sheet.label(name)));
    const role = this.role(name);
    let title = text(words.tableName, { label, rows, columns });
    if (role in words) title += text(words.tableRole, { role: words[/** @type {keyof Words} */ (role)] });
    if (copy) title += words.tableCopy;
    if (todo) title += words.tableTodo;
    attribute(table, "aria-label", title);
  }

  /**
   * Show a moment.
   * @param {Picture} picture
   * @param {Words} words
   */
  apply(picture, words) {
    this.element.classList.toggle("veiled", picture.moving);
    for (const [place, look] of picture.looks) {
      const matrix = this.matrices.get(place);
      if (matrix) this.applyLook(matrix, look, words);
    }
    const target = picture.focus ? this.cell(picture.focus) : null;
    if (target !== this.target) {
      this.target?.classList.remove("target");
      target?.classList.add("target");
      this.target = target;
    }
    /** @type {Set<Element>} */
    const lit = new Set();
    for (const spot of picture.sources) {
      const cell = this.cell(spot);
      if (cell) lit.add(cell);
    }
    for (const cell of this.lit) if (!lit.has(cell)) cell.classList.remove("source");
    for (const cell of lit) if (!this.lit.has(cell)) cell.classList.add("source");
    this.lit = lit;
  }

  /**
   * @param {Matrix} matrix
   * @param {Look} look
   * @param {Words} words
   */
  applyLook(matrix, { landed, before, todo, coming, active, played }, words) {
    const { box, name, copy, cells, texts, numbers } = matrix;
    if (!todo) this.furnish(matrix);
    const turned = before !== matrix.before;
    const old = before ? this.matrices.get(before)?.numbers : null;
    for (let i = matrix.landed; i < landed; i++) {
      texts[i].data = numbers[i];
      cells[i].classList.remove("empty", "old");
    }
    for (let i = landed; i < (turned ? cells.length : matrix.landed); i++) {
      texts[i].data = old?.[i] ?? "";
      cells[i].classList.toggle("empty", !old);
      cells[i].classList.toggle("old", Boolean(old));
    }
    matrix.landed = landed;
    matrix.before = before;
    if (todo !== matrix.todo) {
      matrix.todo = todo;
      cells[matrix.stop].tabIndex = todo ? -1 : 0;
      this.entitle(matrix, words);
    }
    const array = this.sheet.document.arrays[name];
    const [editable, updated] = [!copy && array.editable, Boolean(array.updates)];
    const classes = { copy, editable, updated, todo, coming, active, played, hang: matrix.hang, lit: name === this.shining };
    const look = Object.entries(classes).reduce((all, [one, is]) => (is ? `${all} ${one}` : all), "matrix");
    if (look !== matrix.look) box.className = matrix.look = look;
  }

  /**
   * Put a matrix's cells into its outline, unless they are there.
   * @param {Matrix} matrix
   */
  furnish({ table, body }) {
    if (!body.parentNode) table.append(body);
  }

  /**
   * Put the empty cells of what is still to come into place. A sheet can be used without, so it
   * is painted first.
   */
  complete() {
    for (const matrix of this.matrices.values()) this.furnish(matrix);
  }

  /**
   * Let a cell be the one of its matrix that Tab reaches.
   * @param {Spot} spot
   */
  stopAt({ place, cell }) {
    const matrix = this.matrices.get(place);
    if (!matrix || matrix.stop === cell) return;
    matrix.cells[matrix.stop].tabIndex = -1;
    matrix.stop = cell;
    matrix.cells[cell].tabIndex = matrix.todo ? -1 : 0;
  }

  /**
   * Light the matrices of an array as a whole; null for none.
   * @param {string | null} name
   */
  light(name) {
    this.shining = name;
    for (const matrix of this.matrices.values()) {
      matrix.box.classList.toggle("lit", matrix.name === name);
      matrix.look = matrix.box.className;
    }
  }

  /** @param {Spot} spot @returns {HTMLTableCellElement | null} */
  cell({ place, cell }) {
    return this.matrices.get(place)?.cells[cell] ?? null;
  }

  /**
   * The cell that an event happened in.
   * @param {EventTarget | null} target
   * @returns {Spot | null}
   */
  spot(target) {
    const cell = target instanceof Element ? target.closest("td[data-cell]") : null;
    const place = cell?.closest("[data-place]")?.getAttribute("data-place");
    return cell && place ? { place, cell: Number(cell.getAttribute("data-cell")) } : null;
  }
}

/**
 * The number that an update has replaced; null where it has not changed.
 * @param {import("./sheet.js").Sheet} sheet
 * @param {string} old
 * @param {number} cell
 * @param {string} now
 */
function was(sheet, old, cell, now) {
  const before = sheet.has(old) ? formatCell(sheet, old, cell) : now;
  return before === now ? null : before;
}
