// The pictures beside the sheet, drawn from its numbers: bars, vectors in a plane, a curve.

import { bars } from "./bars.js";
import { curve } from "./curve.js";
import { afterPaint, attribute, fill, h } from "./dom.js";
import { dims } from "./grid.js";
import { formatCells } from "./format.js";
import { markup } from "./markup.js";
import { plane } from "./plane.js";
import { words } from "./strings.js";
import { HEIGHT, s, WIDTH } from "./svg.js";

/** @import {Part, Picture} from "./types.js" */
/** @import {Sheet} from "./sheet.js" */
/** @import {Words} from "./strings.js" */

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/**
 * One array of a picture: its finite numbers by row and column, and what they are called.
 * @typedef {{label: string, role: string, rows: string[], columns: string[],
 *   at: (row: number, column: number) => number, told: (row: number, column: number) => string}} Shown
 */

/**
 * How a kind is drawn: its shapes, and in words what they show.
 * @typedef {{shapes: (SVGElement | null)[], told: string}} Drawn
 */

/** @type {Record<Picture["kind"], (shown: Shown[], picture: Picture, say: Words) => Drawn>} */
const KINDS = {
  bars: ([shown], _, say) => bars(shown, say),
  plane: (shown, _, say) => plane(shown, say),
  curve: ([shown], picture, say) => curve(shown, picture.function, say),
};

export class Figures {
  /** @param {Sheet} sheet */
  constructor(sheet) {
    this.sheet = sheet;
    this.element = h("div", { class: "figures" });
    /** @type {{picture: Picture, element: SVGElement}[]} */
    this.shown = [];
  }

  /** Make room for those of the current step; they are drawn once its words are on the screen. */
  update() {
    const { sheet } = this;
    const { id } = sheet.steps[sheet.step];
    const here = (sheet.document.pictures ?? []).filter(({ steps }) => steps.includes(id));
    const before = new Map(this.shown.map(({ picture, element }) => [picture, element]));
    this.shown = here.filter((picture) => drawable(sheet, picture))
      .map((picture) => ({ picture, element: before.get(picture) ?? empty() }));
    this.element.hidden = !this.shown.length;
    fill(this.element, this.shown.map(({ element }) => element));
    if (this.shown.length) afterPaint(() => this.draw());
  }

  /** Draw them from the sheet's numbers. */
  draw() {
    for (const { picture, element } of this.shown) {
      const arrays = picture.arrays.map((name) => read(this.sheet, name));
      const { shapes, told } = KINDS[picture.kind](arrays, picture, words(this.sheet.language));
      attribute(element, "aria-label", told);
      fill(element, shapes);
    }
  }
}

/** An image with nothing in it, as large as any. */
function empty() {
  return s("svg", { class: "figure", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" });
}

/**
 * Whether there is a picture: not while one of the numbers that it tells is not to be shown.
 * @param {Sheet} sheet
 * @param {Picture} picture
 */
function drawable(sheet, { kind, arrays }) {
  return Object.hasOwn(KINDS, kind) && arrays.length > 0 && arrays.every((name) => sheet.has(name) && !sheet.hidden(name));
}

/** @param {Sheet} sheet @param {string} name @returns {Shown} */
function read(sheet, name) {
  const value = sheet.value(name);
  const { rows, columns } = dims(value);
  const info = sheet.document.arrays[name];
  const told = formatCells(sheet, name);
  return {
    label: line(sheet.label(name)),
    role: info.role,
    rows: heads(info.rows, rows),
    columns: heads(info.columns, columns),
    at: (row, column) => value.data[row * columns + column],
    told: (row, column) => told[row * columns + column],
  };
}

/** @param {string[] | undefined} labels @param {number} count */
function heads(labels, count) {
  const given = labels?.length === count ? labels : null;
  return Array.from({ length: count }, (_, i) => (given ? line(given[i]) : String(i + 1)));
}

/** @param {string} label a label in one line: `x_{1}` as x₁ */
function line(label) {
  /** @param {Part[]} parts @param {boolean} [down] @returns {string} */
  const write = (parts, down = false) =>
    parts.map((part) => {
      if (typeof part === "string") return down ? part.replace(/\d/g, (digit) => SUBSCRIPTS[Number(digit)]) : part;
      return "sub" in part ? write(part.sub, true) : "sup" in part ? write(part.sup) : part.text;
    }).join("");
  return write(markup(label));
}
