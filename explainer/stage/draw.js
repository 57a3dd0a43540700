// The matrices on stage: a moment changes classes and text, and only those that differ from the
// moment before.

import { caption, entitle } from "./caption.js";
import { attribute, h } from "./dom.js";
import { formatCells, writing } from "./format.js";
import { furnish, inCell, outline, resize } from "./matrix.js";
import { cellWidth, isTight, labelWidth, leftOf, settle, size, tracks } from "./measure.js";
import { words } from "./strings.js";

/** @import {Matrix} from "./matrix.js" */
/** @import {Tracks} from "./measure.js" */
/** @import {Scene, Picture, Look, Spot} from "./scene.js" */
/** @import {Words} from "./strings.js" */

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
      this.matrices.set(place, outline(scene, place, name, copy));
    }
    /** @type {Tracks} */
    this.tracks = { columns: [], rows: [] };
    this.template = "";
    this.words = words(this.sheet.language);
    /** @type {Set<Element>} */
    this.lit = new Set();
    /** @type {Element | null} */
    this.target = null;
    /** @type {string | null} */
    this.shining = null;
    /** @type {((matrix: Matrix) => void) | null} what practice makes of a matrix once it is written */
    this.dress = null;
    this.retext();
  }

  /**
   * Write numbers anew; where only some have `changed`, cells keep still: see `widen`.
   * @param {Set<string>} [changed] names of arrays
   */
  retext(changed) {
    for (const matrix of this.matrices.values()) {
      const { updates } = this.sheet.document.arrays[matrix.name];
      if (!changed || changed.has(matrix.name) || changed.has(updates ?? "")) this.rewrite(matrix);
    }
    return this.widen(changed !== undefined);
  }

  /**
   * Make cells as wide as their longest number.
   * @param {boolean} [still] whether they stay as wide as they are if they can
   * @returns {boolean} whether all is as it would be if it were drawn anew
   */
  widen(still = false) {
    let settled = true;
    /** @type {Map<string, number>} */
    const widths = new Map();
    const key = (/** @type {Matrix} */ { place, columns }) => {
      const { left, right } = this.scene.layout.box(place);
      return `${left} ${right} ${columns}`;
    };
    for (const matrix of this.matrices.values()) {
      widths.set(key(matrix), Math.max(widths.get(key(matrix)) ?? 0, matrix.needed));
    }
    for (const matrix of this.matrices.values()) {
      const needed = widths.get(key(matrix)) ?? 0;
      const width = still ? settle(matrix.cell, needed) : needed;
      if (width !== needed) settled = false;
      if (width !== matrix.cell) {
        matrix.cell = width;
        if (matrix.cells.length) resize(matrix);
      }
      this.tighten(matrix);
    }
    this.arrange();
    return settled;
  }

  /**
   * Numbers that have become too long for their cells are small until the sheet is drawn anew.
   * @param {Matrix} matrix
   */
  tighten(matrix) {
    const { needed, cell: width, cells } = matrix;
    const tight = needed > width;
    if (!tight && !matrix.tight) return;
    matrix.tight = tight;
    cells.forEach((cell, i) => cell.classList.toggle("tight", tight && isTight(inCell(matrix, i), width)));
  }

  /**
   * Tell the grid how large its tracks are, so that it need not ask the matrices, and they stand
   * where they will whether the others are there or not.
   */
  arrange() {
    this.tracks = tracks(this.scene.layout, this.matrices.values());
    const em = (/** @type {number[]} */ lengths) => lengths.map((length) => `${length.toFixed(3)}em`).join(" ");
    const [columns, rows] = [em(this.tracks.columns), em(this.tracks.rows)];
    if (this.template === `${rows} / ${columns}`) return;
    this.template = `${rows} / ${columns}`;
    const { style } = this.element;
    style.gridTemplateColumns = columns;
    style.gridTemplateRows = rows;
    // on paper the style sheet makes it as large as the page
    const { width, height } = this.size();
    style.setProperty("--wide", width.toFixed(1));
    style.setProperty("--high", height.toFixed(1));
  }

  /**
   * Write the numbers that have changed, and see how wide a cell they need.
   * @param {Matrix} matrix
   */
  rewrite(matrix) {
    const { sheet } = this;
    const { name, copy, texts, numbers, landed } = matrix;
    const { columns, updates } = sheet.document.arrays[name];
    const written = formatCells(sheet, name);
    const old = updates && !copy && sheet.has(updates) ? formatCells(sheet, updates) : [];
    let longest = 0;
    for (let cell = 0; cell < written.length; cell++) {
      const number = written[cell];
      matrix.was[cell] = cell in old && old[cell] !== number ? old[cell] : "";
      if (number !== numbers[cell]) {
        numbers[cell] = number;
        if (cell < landed) texts[cell].data = number;
      }
      longest = Math.max(longest, inCell(matrix, cell));
    }
    // a box is as wide as what belongs there, so that nothing moves when it is filled in
    const open = sheet.hidden(name) && writing(sheet, name);
    if (open) written.forEach((_, cell) => (longest = Math.max(longest, open(cell).length)));
    matrix.needed = cellWidth(longest, matrix.head ? (columns ?? []) : []);
    this.mark(matrix);
  }

  /**
   * Mark the given numbers that somebody has changed, and the weights that an update has.
   * @param {Matrix} matrix
   */
  mark(matrix) {
    const { name, cells, was } = matrix;
    const { updates } = this.sheet.document.arrays[name];
    if (this.sheet.editable(name) && cells.length) {
      const edited = new Set(this.sheet.edits.filter((edit) => edit.name === name).map(({ cell }) => cell));
      cells.forEach((element, cell) => element.classList.toggle("changed", edited.has(cell)));
    }
    if (updates) cells.forEach((element, cell) => attribute(element, "data-was", was[cell] || null));
    if (cells.length) this.dress?.(matrix);
  }

  /** The size of the whole in em. */
  size() {
    return size(this.tracks);
  }

  /**
   * How far from the left an array stands, in em.
   * @param {string} place
   */
  left(place) {
    const matrix = this.matrices.get(place);
    return matrix ? leftOf(this.tracks, this.scene.layout.box(place), matrix) : 0;
  }

  /**
   * Captions, and the names that are read aloud.
   * @param {Words} words
   */
  relabel(words) {
    this.words = words;
    for (const matrix of this.matrices.values()) {
      matrix.least = labelWidth(this.sheet.label(matrix.name)) + matrix.side;
      if (!matrix.cells.length) continue;
      resize(matrix);
      caption(matrix, this.sheet);
      entitle(matrix, this.sheet, words);
    }
    this.arrange();
  }

  /**
   * Show a moment.
   * @param {Picture} picture
   */
  apply(picture) {
    this.element.classList.toggle("veiled", picture.moving);
    for (const [place, look] of picture.looks) {
      const matrix = this.matrices.get(place);
      if (matrix) this.applyLook(matrix, look);
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
   */
  applyLook(matrix, { landed, before, todo, coming, active, played }) {
    const { box, name, copy, cells, texts, numbers } = matrix;
    if (todo !== matrix.todo) {
      matrix.todo = todo;
      if (cells.length) this.open(matrix);
    }
    if (!todo || played) this.furnish(matrix);
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
    const array = this.sheet.document.arrays[name];
    const [editable, updated] = [!copy && this.sheet.editable(name), Boolean(array.updates)];
    const classes = { copy, editable, updated, todo, coming, active, played, lit: name === this.shining };
    const look = Object.entries(classes).reduce((all, [one, is]) => (is ? `${all} ${one}` : all), "matrix");
    if (look !== matrix.look) box.className = matrix.look = look;
  }

  /**
   * Put a matrix in its place, unless it is there.
   * @param {Matrix} matrix
   */
  furnish(matrix) {
    if (matrix.cells.length) return;
    const all = [...this.matrices.values()];
    const next = all.slice(all.indexOf(matrix)).find(({ cells }) => cells.length);
    this.element.insertBefore(matrix.box, next?.box ?? null);
    furnish(matrix, this.scene);
    this.tighten(matrix);
    this.mark(matrix);
    caption(matrix, this.sheet);
    this.open(matrix);
  }

  /**
   * Let Tab reach a matrix unless it is still to come, and say which it is.
   * @param {Matrix} matrix
   */
  open(matrix) {
    matrix.cells[matrix.stop].tabIndex = matrix.todo ? -1 : 0;
    entitle(matrix, this.sheet, this.words);
  }

  /**
   * Put what is still to come in its place, one matrix at least and then as long as there is time
   * for more. A sheet can be used without, so it is painted first.
   * @param {() => boolean} more
   * @returns {boolean} whether all are there
   */
  complete(more) {
    const missing = [...this.matrices.values()].filter(({ cells }) => !cells.length);
    return missing.every((matrix, i) => (i === 0 || more()) && (this.furnish(matrix), true));
  }

  /**
   * Let a cell be the one of its matrix that Tab reaches.
   * @param {Spot} spot
   */
  stopAt({ place, cell }) {
    const matrix = this.matrices.get(place);
    if (!matrix || matrix.stop === cell) return;
    this.furnish(matrix);
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
