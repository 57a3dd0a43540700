// Typing a number into a cell. An entry that is no number stays where it was typed, with the
// reason beside it, until it is mended or given up.

import { plainNumber } from "./entry.js";
import { EditError } from "./errors.js";
import { fill, h } from "./dom.js";
import { format } from "./format.js";
import { plain, markup } from "./markup.js";
import { dims } from "./grid.js";
import { text, words } from "./strings.js";

/** @import {Box} from "./box.js" */
/** @import {Child} from "./dom.js" */
/** @import {Drawing} from "./draw.js" */
/** @import {Spot} from "./scene.js" */

/** @typedef {"stay" | "down" | "up" | "right" | "left"} Onward where the focus goes after an entry */

/** So many words are offered in place of one that is not there. */
const SOME = 8;

let editors = 0;

export class Editing {
  /**
   * @param {Drawing} drawing
   * @param {(spot: Spot, onward: Onward) => void} leave is told when an entry is done with
   */
  constructor(drawing, leave) {
    this.drawing = drawing;
    this.sheet = drawing.sheet;
    this.leave = leave;
    /** @type {Map<HTMLTableCellElement, Editor>} */
    this.open = new Map();
    /** @type {((spot: Spot) => Box | null) | null} the box at a cell, while somebody practises */
    this.box = null;
  }

  /** @param {Spot} spot */
  allows(spot) {
    const matrix = this.drawing.matrices.get(spot.place);
    if (!matrix || matrix.copy || matrix.todo) return false;
    return this.sheet.editable(matrix.name) || Boolean(this.box?.(spot));
  }

  /**
   * Whether a key begins an entry into a cell: what a number begins with, or any letter of a word.
   * @param {Spot} spot
   * @param {string} key
   */
  begins(spot, key) {
    const name = this.drawing.matrices.get(spot.place)?.name ?? "";
    const { words } = this.sheet.document.arrays[name] ?? {};
    return /^[-+\d.,]$/.test(plainNumber(key)) || (words !== undefined && this.allows(spot) && /^\S$/u.test(key));
  }

  /**
   * Begin to edit a cell, with its number or with what was just typed.
   * @param {Spot} spot
   * @param {string} [typed]
   * @returns {boolean}
   */
  start(spot, typed) {
    const cell = this.drawing.cell(spot);
    if (!cell || !this.allows(spot)) return false;
    const open = this.open.get(cell);
    if (open) open.input.focus();
    else this.open.set(cell, new Editor(this, spot, cell, typed));
    return true;
  }

  /** Say what is wrong in the language now in use. */
  translate() {
    for (const editor of this.open.values()) editor.translate();
  }

  /** Give up what is being typed. */
  close() {
    for (const editor of [...this.open.values()]) editor.close();
  }
}

export class Editor {
  /**
   * @param {Editing} editing
   * @param {Spot} spot
   * @param {HTMLTableCellElement} cell
   * @param {string} [typed]
   */
  constructor(editing, spot, cell, typed) {
    this.editing = editing;
    this.sheet = editing.sheet;
    this.spot = spot;
    this.cell = cell;
    const matrix = editing.drawing.matrices.get(spot.place);
    this.name = matrix?.name ?? spot.place;
    this.columns = matrix?.columns ?? 1;
    this.matrix = matrix?.box;
    /** @type {EditError | null} */
    this.wrong = null;
    this.closed = false;
    this.words = this.sheet.document.arrays[this.name].words;
    /** @type {Box | null} practice has its own way with what is typed */
    this.box = editing.box?.(spot) ?? null;
    /** @type {Child[] | null} what is said of what was filled in */
    this.said = null;
    this.before = this.box ? this.box.before : this.entryText();
    const id = `entry-error-${++editors}`;
    this.input = h("input", {
      type: "text",
      inputmode: this.words ? "text" : "decimal",
      enterkeyhint: "next",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      "aria-describedby": id,
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event),
      oninput: () => this.retyped(),
      onblur: () => this.commit("stay", false),
    });
    this.sign = h("button", {
      type: "button",
      class: "sign",
      hidden: this.words !== undefined,
      tabindex: -1,
      onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
      onclick: () => this.changeSign(),
    }, "±");
    this.error = h("span", { class: "error", id, role: "alert" });
    this.element = h("span", { class: "editor" }, this.input, this.sign, this.error);
    this.translate();
    cell.append(this.element);
    this.matrix?.setAttribute("data-typing", "");
    this.input.value = typed ?? this.before;
    this.input.focus();
    if (typed === undefined) this.input.select();
    this.turn();
    this.box?.begin(this);
  }

  /** The cell's number in full, or its word, as a person would type it. */
  entryText() {
    const value = this.sheet.value(this.name).data[this.spot.cell];
    const word = this.words?.[value];
    if (word !== undefined) return word;
    return Number.isFinite(value) ? String(value) : format(value);
  }

  /** Keep the message on the sheet: leftwards and upwards where it would leave it. */
  turn() {
    const sheet = this.cell.closest(".sheet")?.getBoundingClientRect();
    const cell = this.cell.getBoundingClientRect();
    if (!sheet) return;
    this.element.classList.toggle("leftwards", cell.left + 210 > sheet.right);
    this.element.classList.toggle("upwards", cell.bottom + (this.box ? 150 : 70) > sheet.bottom);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      this.close();
      this.editing.leave(this.spot, "stay");
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.commit(event.shiftKey ? "up" : "down", true);
    } else if (event.key === "Tab") {
      event.preventDefault();
      this.commit(event.shiftKey ? "left" : "right", true);
    } else {
      this.box?.key(this, event);
    }
  }

  /**
   * Say something beside what is typed.
   * @param {Child[]} said
   * @param {boolean} [isWrong]
   */
  say(said, isWrong = false) {
    this.said = said;
    this.translate();
    if (isWrong) this.input.setAttribute("aria-invalid", "true");
  }

  retyped() {
    this.wrong = this.said = null;
    this.translate();
  }

  changeSign() {
    const value = plainNumber(this.input.value);
    this.input.value = value.startsWith("-") ? value.slice(1) : `-${value.replace("+", "")}`;
    this.retyped();
  }

  /**
   * @param {Onward} onward
   * @param {boolean} moves whether the focus goes on from here
   */
  commit(onward, moves) {
    if (this.closed) return;
    if (this.box) return this.box.commit(this, onward, moves);
    const change = { name: this.name, cell: this.spot.cell, value: this.input.value };
    try {
      if (change.value !== this.before) this.sheet.check(change);
    } catch (error) {
      if (!(error instanceof EditError)) throw error;
      this.wrong = error;
      this.translate();
      if (moves) this.input.select();
      return;
    }
    // the focus first: to move it, the browser lays out all that has changed until then
    this.closed = true;
    if (moves) this.editing.leave(this.spot, onward);
    this.remove();
    if (change.value !== this.before) this.sheet.editAll([change]);
  }

  close() {
    if (this.closed) return;
    this.closed = true;
    this.remove();
  }

  remove() {
    this.editing.open.delete(this.cell);
    this.element.remove();
    this.matrix?.toggleAttribute("data-typing", this.matrix.querySelector(".editor") !== null);
  }

  translate() {
    const language = this.sheet.language;
    const say = words(language);
    const [i, j] = [Math.floor(this.spot.cell / this.columns) + 1, (this.spot.cell % this.columns) + 1];
    const array = plain(markup(this.sheet.label(this.name)));
    const cell = text(say.of, { where: text(say.cell, { row: text(say.row, { i }), column: text(say.column, { j }) }), array }).trim();
    this.input.setAttribute("aria-label", this.box?.label() ?? text(say.entry, { cell }));
    this.sign.setAttribute("aria-label", say.sign);
    this.input.toggleAttribute("aria-invalid", false);
    fill(this.error, this.said ?? []);
    if (!this.wrong) return;
    this.input.setAttribute("aria-invalid", "true");
    const { low, high } = /** @type {{low?: number, high?: number}} */ (this.wrong.details);
    const number = (/** @type {number | undefined} */ value) =>
      (value ?? 0).toLocaleString(language).replace("-", "\u2212");
    const message = say[/** @type {keyof typeof say} */ (this.wrong.code)] ?? say["not-a-number"];
    const all = this.words ?? [];
    const some = all.slice(0, SOME).join(say.comma) + (all.length > SOME ? "\u2026" : "");
    this.error.textContent = text(message, { low: number(low), high: number(high), words: some });
  }
}
