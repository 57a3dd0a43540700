// Predictions: a question before a step plays, answered on the sheet or by buttons; then the step
// plays, and what was chosen and what is true light up.

import { choiceAt, countOf, named, told, truth } from "./choices.js";
import { afterPaint, fill, h } from "./dom.js";

/** @import {Child} from "./dom.js" */
/** @import {Practice} from "./practice.js" */
/** @import {Prediction} from "./types.js" */

/** More cells than this are chosen on the sheet alone, or skipped. */
const MOST = 64;

export class Asking {
  /** @param {Practice} practice */
  constructor(practice) {
    this.practice = practice;
    this.sheet = practice.sheet;
    this.stage = practice.stage;
    /** @type {Prediction | null} */
    this.asked = null;
    /** @type {Prediction | null} that is answered, and to be told once its step has played */
    this.answered = null;
    this.isTold = false;
    /** @type {Set<number>} */
    this.chosen = new Set();
    /** @type {Set<number>} */
    this.truth = new Set();
    this.question = h("div", { class: "ask", tabindex: -1, role: "group", hidden: true });
    const { drawing, transport, listening: { signal } } = this.stage;
    drawing.element.addEventListener("click", (event) => this.pick(event), { signal, capture: true });
    drawing.element.addEventListener("pointerover", (event) => this.hover(event), { signal });
    drawing.element.addEventListener("pointerleave", () => this.lit([], "hovered"), { signal });
    transport.addEventListener("moment", () => this.reveal(), { signal });
    transport.addEventListener("state", () => this.reveal(), { signal });
  }

  /** Ask what stands before the step that a lesson opens with. */
  begin() {
    this.clear();
    if (this.practice.active && this.sheet.step === 0) this.waits(0);
  }

  /**
   * Whether a step must wait, since something is asked before it.
   * @param {number} step
   */
  waits(step) {
    const { id } = this.sheet.steps[step];
    const open = this.practice.declared.predictions.find((one) =>
      one.before === id && !this.practice.progress.predictions.has(one.id) && countOf(this.sheet, one) > 0 &&
      truth(this.sheet, one) !== null);
    if (!open) return false;
    if (open !== this.asked) this.ask(open);
    this.question.focus();
    return true;
  }

  /** Another step is shown: what was asked before it, or told of it, is over. */
  stepped() {
    const { asked, answered, sheet } = this;
    const { id } = sheet.steps[sheet.step];
    if (asked) this.clear();
    else if (answered && answered.before !== id) this.clear();
  }

  /** @param {Prediction} prediction */
  ask(prediction) {
    this.clear();
    this.asked = prediction;
    this.practice.card.update();
    const { choose } = prediction;
    const box = "array" in choose ? this.stage.drawing.matrices.get(choose.array)?.box : null;
    if (box) afterPaint(() => box.isConnected && this.stage.fit.reveal([box], [box], !this.stage.host.isStill()));
  }

  /** Write the question, or what became of it, in the language in use. */
  update() {
    const { asked, answered, question, practice: { words } } = this;
    question.hidden = !asked && !(answered && this.isTold);
    if (question.hidden) fill(question, []);
    else if (asked) this.write(asked);
    else if (answered) {
      const names = (/** @type {Set<number>} */ places) => this.listed(answered, places);
      const right = same(this.chosen, this.truth);
      fill(question, [
        h("p", { class: right ? "verdict right" : "verdict" }, h("b", { class: "mark", "aria-hidden": "true" }, right ? "✓" : "✗"), " ",
          right ? words.foreseen : words.unforeseen, " ", ...around(words.chosen, "chosen", names(this.chosen)), " ",
          ...(right ? [] : around(words.truth, "truth", names(this.truth)))),
        h("div", { class: "why" }, ...told(this.sheet, `${answered.id}/why`, "")),
      ]);
    }
    this.mark();
  }

  /** @param {Prediction} prediction */
  write(prediction) {
    const { question, chosen, practice: { words } } = this;
    const several = truth(this.sheet, prediction)?.several ?? false;
    const count = countOf(this.sheet, prediction);
    const buttons = Array.from({ length: count <= MOST ? count : 0 }, (_, i) =>
      h("button", { type: "button", class: "button choice", "aria-pressed": several ? String(chosen.has(i)) : null, onclick: () => this.choose(i) },
        h("span", {}, ...named(this.sheet, prediction, i, words))));
    const ends = h("div", { class: "ends" },
      several && h("button", { type: "button", class: "button main", onclick: () => this.answer() }, words.answer),
      h("button", { type: "button", class: "button", onclick: () => this.skip() }, words.skip));
    const hint = prediction.choose.options ? null : several ? words.several : words.choose;
    fill(question, [h("div", { class: "question" }, ...told(this.sheet, prediction.id)),
      hint && h("p", { class: "hint" }, hint), h("div", { class: "choices" }, ...buttons), ends]);
  }

  /** @param {number} i */
  choose(i) {
    const { asked } = this;
    if (!asked) return;
    if (!truth(this.sheet, asked)?.several) {
      this.chosen = new Set([i]);
      this.answer();
      return;
    }
    if (!this.chosen.delete(i)) this.chosen.add(i);
    const buttons = [...this.question.querySelectorAll(".choice")];
    buttons[i]?.setAttribute("aria-pressed", String(this.chosen.has(i)));
    this.mark();
  }

  /** It is answered: the step plays, and then both are told. */
  answer() {
    const { asked } = this;
    if (!asked) return;
    this.practice.progress.predictions.set(asked.id, [...this.chosen].sort((a, b) => a - b));
    this.practice.progress.save();
    this.answered = asked;
    this.play(asked);
  }

  skip() {
    const { asked } = this;
    if (!asked) return;
    this.practice.progress.predictions.set(asked.id, []);
    this.practice.progress.save();
    this.play(asked);
  }

  /** @param {Prediction} prediction */
  play(prediction) {
    const { transport } = this.stage;
    const step = this.sheet.steps.findIndex(({ id }) => id === prediction.before);
    this.asked = null;
    this.isTold = false;
    this.update();
    if (this.waits(step)) return; // more is asked before the same step
    this.stage.footer.play.focus();
    transport.enter(step);
    this.reveal();
  }

  /** Once the step has played: what was chosen, and what is true. */
  reveal() {
    const { answered, sheet, stage } = this;
    if (!answered || this.isTold || stage.transport.moving || sheet.steps[sheet.step].id !== answered.before) return;
    this.isTold = true;
    this.truth = truth(this.sheet, answered)?.right ?? new Set();
    this.update();
    stage.announce(this.question.textContent ?? "");
  }

  clear() {
    this.asked = this.answered = null;
    this.isTold = false;
    this.chosen = new Set();
    this.truth = new Set();
    this.update();
  }

  /** @param {Prediction} prediction @param {Set<number>} places @returns {Child[]} */
  listed(prediction, places) {
    const { comma, nothing } = this.practice.words;
    if (!places.size) return [nothing];
    return [...places].sort((a, b) => a - b).flatMap((place, i) => [i ? comma : "", ...named(this.sheet, prediction, place, this.practice.words)]);
  }

  // On the sheet --------------------------------------------------------------------------------

  /** Show on the sheet what is asked about, what is chosen, and what is true. */
  mark() {
    const shown = this.asked ?? (this.isTold ? this.answered : null);
    const about = shown && "array" in shown.choose ? shown.choose.array : null;
    for (const { name, copy, box } of this.stage.drawing.matrices.values()) {
      box.toggleAttribute("data-asked", name === about && !copy && this.asked !== null);
    }
    this.lit(shown ? [...this.chosen] : [], "chosen");
    this.lit(shown && this.isTold ? [...this.truth] : [], "truth");
    this.lit([], "hovered");
  }

  /**
   * Mark the cells of some choices, and no others.
   * @param {number[]} places
   * @param {"chosen" | "truth" | "hovered"} how
   */
  lit(places, how) {
    const { drawing } = this.stage;
    for (const cell of drawing.element.querySelectorAll(`[data-${how}]`)) cell.removeAttribute(`data-${how}`);
    const { choose } = this.asked ?? this.answered ?? {};
    const matrix = choose && "array" in choose ? drawing.matrices.get(choose.array) : null;
    if (!matrix || !choose || !("by" in choose)) return;
    const all = new Set(places);
    matrix.cells.forEach((cell, i) => {
      if (all.has(choiceAt(choose.by, i, matrix.columns))) cell.setAttribute(`data-${how}`, "");
    });
  }

  /**
   * The choice that an event on the sheet means; −1 for none.
   * @param {Event} event
   */
  at({ target }) {
    const { asked } = this;
    if (!asked || !("array" in asked.choose) || !(target instanceof Element)) return -1;
    const { by, array } = asked.choose;
    const matrix = this.stage.drawing.matrices.get(array);
    const spot = this.stage.drawing.spot(target);
    if (!matrix || !matrix.box.contains(target)) return -1;
    if (spot) return choiceAt(by, spot.cell, matrix.columns);
    const head = target.closest("th");
    if (!head || head.scope !== (by === "rows" ? "row" : "col") || by === "cells") return -1;
    if (by === "rows") return [...matrix.body.children].indexOf(/** @type {Element} */ (head.parentElement));
    return head.cellIndex - (matrix.sides.length ? 1 : 0);
  }

  /** @param {Event} event */
  pick(event) {
    const i = this.at(event);
    if (i < 0) return;
    event.stopPropagation();
    event.preventDefault();
    this.choose(i);
  }

  /** @param {Event} event */
  hover(event) {
    if (!this.asked) return;
    const i = this.at(event);
    this.lit(i < 0 ? [] : [i], "hovered");
  }
}

/**
 * A sentence with nodes at its only {name}.
 * @param {string} template
 * @param {string} name
 * @param {Child[]} children
 * @returns {Child[]}
 */
function around(template, name, children) {
  const [before, after = ""] = template.split(`{${name}}`);
  return [before, ...children, after];
}

/** @param {Set<number>} a @param {Set<number>} b */
function same(a, b) {
  return a.size === b.size && [...a].every((one) => b.has(one));
}
