// What is said of a number that was filled in, or helped with.

import { told } from "./choices.js";
import { h } from "./dom.js";
import { writing } from "./format.js";
import { isRougher } from "./judge.js";
import { markup, plain } from "./markup.js";
import { text } from "./strings.js";

/** @import {Child} from "./dom.js" */
/** @import {Practice} from "./practice.js" */

/** So many words are offered in place of one that is not there. */
const SOME = 8;
const MARKS = { right: "✓", own: "½", wrong: "✗", shown: "○", open: "" };

/** @param {keyof typeof MARKS} state */
export function mark(state) {
  return h("b", { class: "mark", "aria-hidden": "true" }, MARKS[state]);
}

export class Remarks {
  /** @param {Practice} practice */
  constructor(practice) {
    this.practice = practice;
    this.stage = practice.stage;
    this.sheet = practice.sheet;
  }

  /** What is said of the cell that was judged last. */
  told() {
    const { practice } = this;
    if (!practice.last) return "";
    const { name, cell } = practice.last;
    const state = practice.state(name, cell);
    if (state === "open") return "";
    const where = this.where(name, cell);
    if (state === "wrong") return `${MARKS.wrong} ${where}${practice.words.colon}${this.reasonText(name, cell)}`;
    return `${MARKS[state]} ${text(practice.words.told, { cell: where, verdict: this.verdict(name, cell) })}`;
  }

  /** @param {string} name @param {number} cell */
  reasonText(name, cell) {
    return this.reason(name, cell).map((child) => (child instanceof Node ? child.textContent : child)).join("");
  }

  /**
   * A verdict in words.
   * @param {string} name
   * @param {number} cell
   * @returns {string}
   */
  verdict(name, cell) {
    const { practice, sheet } = this;
    const { words } = practice;
    const state = practice.state(name, cell);
    if (state === "own") {
      const { of } = practice.judged.get(`${name} ${cell}`) ?? {};
      return of ? text(words.own, { array: plain(markup(sheet.label(of))) }) : words.ownSome;
    }
    if (state === "right") {
      const written = writing(sheet, name)(cell);
      const answer = practice.answer(practice.entry(name, cell).entry, sheet.document.arrays[name].words);
      if (answer !== null && isRougher(answer, written)) return text(words.rougher, { written });
    }
    return state === "open" ? "" : words[state];
  }

  /**
   * Which cell of which matrix, in plain words.
   * @param {string} name
   * @param {number} cell
   */
  where(name, cell) {
    const { sheet, stage } = this;
    const columns = stage.drawing.matrices.get(name)?.columns ?? 1;
    const row = text(stage.words.row, { i: Math.floor(cell / columns) + 1 });
    const where = text(stage.words.cell, { row, column: text(stage.words.column, { j: (cell % columns) + 1 }) });
    return text(stage.words.of, { where, array: plain(markup(sheet.label(name))) }).trim();
  }

  /**
   * What is said of a cell that is not right: the slip that it is, what is special about a blank,
   * or no more than that.
   * @param {string} name
   * @param {number} cell
   * @returns {Child[]}
   */
  reason(name, cell) {
    const { practice, sheet } = this;
    const { words } = practice;
    const slip = practice.slip(name, cell);
    if (slip !== null) return [h("span", {}, ...told(sheet, slip))];
    const answer = practice.answer(practice.entry(name, cell).entry, sheet.document.arrays[name].words);
    const blank = Number.isNaN(sheet.value(name).data[cell]);
    if (blank) return [answer === 0 ? words.zero : words.noNumber];
    return [Number.isNaN(answer) ? words.hasNumber : words.wrongAlone];
  }

  /** @param {string | undefined} code @param {string[]} [all] */
  complaint(code, all) {
    const { words } = this.practice;
    if (code === "grouped") return words.grouped;
    if (!all) return words.notAnAnswer;
    return text(words.notAWord, { words: all.slice(0, SOME).join(words.comma) + (all.length > SOME ? "…" : "") });
  }
}
