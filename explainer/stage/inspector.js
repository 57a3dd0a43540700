// The card that tells how one cell came to its number.

import { explain, maskOf } from "./formula.js";
import { dims } from "./grid.js";
import { beyond } from "./complaint.js";
import { fill, h, marked, sentence } from "./dom.js";
import { markup } from "./format.js";
import { cause } from "./missing.js";
import { text } from "./strings.js";

/** @import {Child} from "./dom.js" */
/** @import {Cell, Explanation, Part} from "./types.js" */
/** @import {Cause} from "./missing.js" */
/** @import {Focus, Scene, Spot} from "./scene.js" */
/** @import {Words} from "./strings.js" */

/** From so many terms on, a formula is set smaller. */
const LONG = 5;

export class Inspector {
  /** @param {Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.sheet = scene.sheet;
    this.where = h("p", { class: "kicker" });
    this.equation = h("div", { class: "equation" });
    this.how = h("p", { class: "how" });
    this.hint = h("p", { class: "hint" });
    this.shapes = h("p", { class: "shapes" });
    this.element = h("div", { class: "calc" }, this.where, this.equation, this.how, this.hint);
    this.shown = "";
    /** @type {Element[]} */
    this.terms = [];
    /** @type {Element | null} */
    this.result = null;
  }

  /** Forget what is shown, since numbers, labels or words have changed. */
  invalidate() {
    this.shown = "";
  }

  /**
   * @param {Focus | null} focus
   * @param {Words} words
   * @param {{hint: boolean, todo: boolean}} state
   */
  show(focus, words, { hint, todo }) {
    const key = focus ? `${focus.place} ${focus.cell} ${hint} ${todo}` : `none ${hint}`;
    if (key !== this.shown) {
      this.shown = key;
      fill(this.hint, hint ? [words.hint] : []);
      this.element.classList.toggle("told", focus !== null);
      this.element.classList.toggle("blank", focus === null && !hint);
      if (focus) this.write(focus, words, todo);
      else for (const part of [this.where, this.equation, this.how, this.shapes]) fill(part, []);
    }
    const written = focus?.terms ?? Infinity;
    this.terms.forEach((term, i) => term.classList.toggle("later", i >= written));
    this.result?.classList.toggle("later", written !== Infinity);
  }

  /**
   * @param {Spot} spot
   * @param {Words} words
   * @param {boolean} todo
   */
  write({ place, cell }, words, todo) {
    const name = this.scene.names.get(place) ?? place;
    const told = explain(this.sheet, name, cell);
    const copy = this.scene.copies.has(place);
    const open = this.sheet.tells(name, cell);
    this.terms = [];
    this.result = null;
    const what = this.sheet.told(name);
    fill(this.where, [this.label(name), " · ", what, what && " · ", ...this.position(name, cell, words)]);
    if (todo || open < 2) {
      fill(this.equation, []);
      fill(this.how, todo ? [words.notYet] : open ? this.sentence(name, told, words) : []);
      fill(this.shapes, []);
      return;
    }
    const missing = cause(this.sheet, told.node, cell);
    if (missing?.why === "left") {
      fill(this.equation, []);
      fill(this.how, this.leftOut(missing, words));
      fill(this.shapes, []);
      return;
    }
    this.result = h("span", { class: "result" }, h("em", { "data-role": this.sheet.role(name) }, told.result));
    const left = told.given || copy || isBare(told.parts) ? [] : this.left(told);
    if (left.length) this.result.prepend("= ");
    fill(this.equation, [...left, left.length > 0 && " ", this.result]);
    this.equation.classList.toggle("long", told.terms.length >= LONG);
    const how = copy ? this.copied(name, cell, words) : this.sentence(name, told, words);
    fill(this.how, missing ? [...how, words.stop, ...beyond(this.sheet, missing, words)] : how);
    fill(this.shapes, [this.shapesLine(name, told)]);
  }

  /**
   * The left side of the equation, with its terms apart so that they can be written one by one.
   * @param {Explanation} told
   * @returns {Child[]}
   */
  left({ terms, join, parts }) {
    const role = (/** @type {string} */ name) => this.sheet.role(name);
    const inner = terms.flatMap((term, i) => (i ? [join, ...term] : term));
    const around = terms.length > 1 ? split(parts, inner) : null;
    if (!around) return marked(parts, role);
    this.terms = terms.map((term) => h("span", { class: "term" }, ...marked(term, role)));
    // a line breaks before the sign of a term or after its comma, never inside the term
    const sign = join.startsWith(" ");
    this.terms.slice(sign ? 1 : 0, sign ? undefined : -1).forEach((term) =>
      sign ? term.prepend(join.trimStart()) : term.append(join.trimEnd()),
    );
    const line = this.terms.flatMap((term, i) => (i ? [" ", term] : [term]));
    return [...marked(around[0], role), ...line, ...marked(around[1], role)];
  }

  /**
   * How a cell came about, in words; told from which cells it needs.
   * @param {string} name
   * @param {Explanation} told
   * @param {Words} words
   * @returns {Child[]}
   */
  sentence(name, told, words) {
    if (told.given) {
      return [this.sheet.editable(name) ? words.givenEdit : words.given];
    }
    const groups = this.groups(told);
    if (!groups.length) return [];
    const phrases = groups.map(({ array, cells }) => this.phrase(array, cells, words));
    const feeds = this.sheet.document.operations[told.op]?.feeds;
    if (feeds === "product" && phrases.length === 2) {
      return sentence(words.product, { a: phrases[0], b: phrases[1] });
    }
    const listed = phrases.flatMap((phrase, i) => {
      if (!i) return phrase;
      if (i === phrases.length - 1) return [words.and, ...phrase];
      return [words.comma, ...(phrase[0] === " " ? phrase.slice(1) : phrase)]; // a Chinese comma has its space
    });
    if (feeds === "moved" && told.sources.length === 1) return sentence(words.moved, { a: listed });
    if (feeds === "taken") return sentence(words.taken, { a: listed });
    if (feeds === "line" && groups.length === 1) return sentence(words.line, { a: listed });
    return sentence(words.each, { a: listed });
  }

  /**
   * Why a cell is blank.
   * @param {Cause} cause
   * @param {Words} words
   */
  leftOut(cause, words) {
    const mask = maskOf(this.sheet, cause);
    return mask ? sentence(words.because, { a: this.phrase(mask.name, [mask.cell], words) }) : [words.leftOut];
  }

  /**
   * @param {string} name
   * @param {number} cell
   * @param {Words} words
   */
  copied(name, cell, words) {
    return sentence(words.copied, { a: this.phrase(name, [cell], words) });
  }

  /**
   * The cells that a cell needs, by array; the two sides of X·X apart.
   * @param {Explanation} told
   * @returns {{array: string, cells: number[]}[]}
   */
  groups({ sources, parts }) {
    /** @type {Map<string, Cell[]>} */
    const byArray = new Map();
    for (const source of sources) {
      byArray.set(source.name, [...(byArray.get(source.name) ?? []), source]);
    }
    const order = numbers(parts).map(({ name }) => name);
    return [...byArray]
      .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
      .map(([array, cells]) => ({ array, cells: cells.map(({ cell }) => cell) }));
  }

  /**
   * "row 2 of K", "column 3 of Q", "row 1, column 4 of S".
   * @param {string} name
   * @param {number[]} cells
   * @param {Words} words
   * @returns {Child[]}
   */
  phrase(name, cells, words) {
    const { rows, columns } = dims(this.sheet.value(name));
    const array = this.label(name);
    const inRow = new Set(cells.map((cell) => Math.floor(cell / columns)));
    const inColumn = new Set(cells.map((cell) => cell % columns));
    if (rows * columns === cells.length && (rows === 1 || columns === 1 || cells.length > 1)) {
      return sentence(words.whole, { array });
    }
    /** @type {Child[]} */
    let where = [text(words.numbers, { n: cells.length })];
    if (cells.length === 1) where = this.position(name, cells[0], words);
    else if (inRow.size === 1 && cells.length === columns) where = [text(words.row, { i: [...inRow][0] + 1 })];
    else if (inColumn.size === 1 && cells.length === rows) where = [text(words.column, { j: [...inColumn][0] + 1 })];
    return sentence(words.of, { where, array });
  }

  /**
   * Row and column of a cell, with their headers where the matrix has some.
   * @param {string} name
   * @param {number} cell
   * @param {Words} words
   * @returns {Child[]}
   */
  position(name, cell, words) {
    const { rows, columns } = dims(this.sheet.value(name));
    const info = this.sheet.document.arrays[name];
    const [i, j] = [Math.floor(cell / columns), cell % columns];
    if (rows === 1 && columns === 1) return [words.number];
    /** @param {string} where @param {string | false | undefined} head */
    const named = (where, head) =>
      head ? sentence(words.named, { where, name: marked(markup(head), () => "plain") }) : [where];
    const row = named(text(words.row, { i: i + 1 }), info.rows?.length === rows && info.rows[i]);
    const column = named(text(words.column, { j: j + 1 }), info.columns?.length === columns && info.columns[j]);
    if (rows === 1) return column;
    return columns === 1 ? row : sentence(words.cell, { row, column });
  }

  /**
   * "(4×3) · (3×4) → (4×4)".
   * @param {string} name
   * @param {Explanation} told
   */
  shapesLine(name, told) {
    if (told.given) return "";
    const shape = (/** @type {string} */ array) => {
      const { rows, columns } = dims(this.sheet.value(array));
      return `(${rows}×${columns})`;
    };
    const joint = this.sheet.document.operations[told.op]?.feeds === "product" ? " · " : ", ";
    const from = this.groups(told).map(({ array }) => shape(array));
    return from.length ? `${from.join(joint)} → ${shape(name)}` : "";
  }

  /** The card as one sentence, for a screen reader. */
  spoken() {
    const parts = [this.where, this.equation, this.how].map((part) => part.textContent);
    return parts.filter(Boolean).join(". ");
  }

  /** @param {string} name */
  label(name) {
    const role = this.sheet.role(name);
    return h("em", { "data-role": role }, ...marked(markup(this.sheet.label(name)), () => role));
  }
}

/**
 * The numbers of a formula that belong to cells, in the order in which they are written.
 * @param {Part[]} parts
 * @returns {Cell[]}
 */
function numbers(parts) {
  return parts.flatMap((part) => {
    if (typeof part === "string") return [];
    if ("sub" in part) return numbers(part.sub);
    return "sup" in part ? numbers(part.sup) : [part];
  });
}

/**
 * Whether a formula is one number that only came here, which needs no equation.
 * @param {Part[]} parts
 */
function isBare(parts) {
  return parts.length === 1 && typeof parts[0] === "object" && "name" in parts[0];
}

/**
 * What stands before and after some parts within others; null where they are not in there.
 * @param {Part[]} whole
 * @param {Part[]} inner
 * @returns {[Part[], Part[]] | null}
 */
function split(whole, inner) {
  const letters = (/** @type {Part[]} */ parts) =>
    parts.flatMap((part) => /** @type {Part[]} */ (typeof part === "string" ? [...part] : [part]));
  const [all, some] = [letters(whole), letters(inner)];
  const same = (/** @type {Part} */ a, /** @type {Part} */ b) => JSON.stringify(a) === JSON.stringify(b);
  for (let at = 0; at + some.length <= all.length; at++) {
    if (some.every((part, i) => same(part, all[at + i]))) {
      return [all.slice(0, at), all.slice(at + some.length)];
    }
  }
  return null;
}
