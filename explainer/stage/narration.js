// The panel of words: where we are, the step's title and text, and below them the calculation.

import { beyond } from "./complaint.js";
import { attribute, fill, h, say } from "./dom.js";
import { Figures } from "./figures.js";
import { trouble } from "./missing.js";
import { narrate } from "./narrate.js";
import { text } from "./strings.js";

/** @import {Inspector} from "./inspector.js" */
/** @import {Transport} from "./play.js" */
/** @import {Sheet} from "./sheet.js" */
/** @import {Words} from "./strings.js" */

/** A finger that moves so far sideways, and less up or down, asks for the next or previous step. */
const SWIPE = 48;

/** What a reference of the text points at; `cell` only for a single number. */
/** @typedef {{name: string, cell: number | null}} Pointed */

export class Narration {
  /**
   * @param {Sheet} sheet
   * @param {Inspector} inspector
   * @param {Transport} transport
   * @param {{point: (to: Pointed | null) => void, visit: (to: Pointed) => void,
   *   toLesson: (id: string) => string | null}} actions
   */
  constructor(sheet, inspector, transport, { point, visit, toLesson }) {
    this.sheet = sheet;
    this.toLesson = toLesson;
    this.lesson = h("h1");
    this.position = h("span");
    this.title = h("h2");
    this.warning = h("p", { class: "wrong", role: "alert" });
    this.words = h("div", { class: "words" });
    const head = h("div", { class: "head" },
      h("div", { class: "kicker" }, this.lesson, " · ", this.position), this.title, this.warning);
    this.figures = new Figures(sheet);
    this.spoken = h("div", { class: "spoken", role: "group", tabindex: 0, "aria-live": "polite" },
      head, this.figures.element, this.words);
    this.element = h("div", { class: "text", role: "region", tabindex: 0 }, this.spoken,
      inspector.element, inspector.shapes);
    this.renumber = () => {};
    /** @type {Element[]} */
    this.references = [];

    const seen = (/** @type {Event} */ event) => point(pointed(event));
    this.words.addEventListener("pointerover", seen);
    this.words.addEventListener("focusin", seen);
    this.words.addEventListener("pointerleave", () => point(null));
    this.words.addEventListener("focusout", () => point(null));
    this.words.addEventListener("click", (event) => {
      const to = pointed(event);
      if (to) visit(to);
    });
    this.swipe(transport);
    // told, not asked: asking would lay out the page in the middle of a step
    this.scrolled = false;
    this.element.addEventListener("scroll", () => (this.scrolled = true), { capture: true, passive: true });
  }

  /** @param {Transport} transport */
  swipe(transport) {
    /** @type {{x: number, y: number} | null} */
    let from = null;
    this.element.addEventListener("pointerdown", (event) => {
      from = event.pointerType === "touch" ? { x: event.clientX, y: event.clientY } : null;
    });
    this.element.addEventListener("pointercancel", () => (from = null));
    this.element.addEventListener("pointerup", (event) => {
      if (!from) return;
      const [across, down] = [event.clientX - from.x, event.clientY - from.y];
      from = null;
      if (Math.abs(across) < SWIPE || Math.abs(down) > Math.abs(across)) return;
      if (across < 0) transport.next();
      else transport.previous();
    });
  }

  /**
   * Tell the current step anew.
   * @param {Words} words
   */
  update(words) {
    const { sheet } = this;
    const texts = sheet.text();
    const { id } = sheet.steps[sheet.step];
    const step = texts.steps[id];
    attribute(this.element, "aria-label", words.narration);
    attribute(this.spoken, "aria-label", words.narration);
    say(this.lesson, texts.title ?? sheet.id);
    say(this.position, text(words.stepOf, sheet.position));
    say(this.title, step?.title ?? id);
    this.figures.update();
    this.warn(words);
    const told = narrate(sheet, step?.body ?? [], this.toLesson);
    fill(this.words, told.nodes);
    this.renumber = told.refresh;
    this.references = [...this.words.querySelectorAll("[data-array]")];
    if (this.scrolled) this.element.scrollTop = this.spoken.scrollTop = 0;
    this.scrolled = false;
  }

  /**
   * Bring the numbers in what is told up to date.
   * @param {Words} words
   */
  refresh(words) {
    this.renumber();
    this.figures.draw();
    this.warn(words);
  }

  /**
   * Say where numbers have become too large, or none. It stands here, since above the sheet it
   * would push the sheet away from the hand that typed.
   * @param {Words} words
   */
  warn(words) {
    const found = trouble(this.sheet);
    this.warning.hidden = !found;
    fill(this.warning, found ? [...beyond(this.sheet, found, words), words.follows] : []);
  }

  /**
   * Light the words that name an array; null for none.
   * @param {string | null} name
   */
  light(name) {
    for (const reference of this.references) {
      reference.classList.toggle("lit", reference.getAttribute("data-array") === name);
    }
  }
}

/** @param {Event} event @returns {Pointed | null} */
function pointed({ target }) {
  const reference = target instanceof Element ? target.closest("[data-array]") : null;
  const name = reference?.getAttribute("data-array");
  const cell = reference?.getAttribute("data-cell") ?? null;
  return name ? { name, cell: cell === null ? null : Number(cell) } : null;
}
