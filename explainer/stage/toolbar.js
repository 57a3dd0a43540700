// The switches at the top: arithmetic, language, size, theme, and what is done with the numbers.

import { afterPaint, attribute, fill, h, rest, say } from "./dom.js";
import { icon } from "./icons.js";
import { languageName } from "./strings.js";

/** @import {History} from "./history.js" */
/** @import {Icon} from "./icons.js" */
/** @import {Sheet} from "./sheet.js" */
/** @import {Words} from "./strings.js" */

/** @typedef {"auto" | "light" | "dark"} Theme */
/** @type {Theme[]} */
export const THEMES = ["auto", "light", "dark"];

/**
 * @typedef {{arithmetic: (value: string) => void, language: (value: string) => void,
 *   theme: (value: Theme) => void, size: (step: 1 | -1) => void, turn: (way: "undo" | "redo") => void,
 *   practice: () => void, reset: () => void, share: () => void, keys: () => void}} Actions
 */

export class Toolbar {
  /**
   * @param {Sheet} sheet
   * @param {History} history
   * @param {Actions} actions
   */
  constructor(sheet, history, actions) {
    this.sheet = sheet;
    this.history = history;
    /** @type {Theme} */
    this.theme = "auto";
    this.arithmetic = segments(sheet.arithmetics, actions.arithmetic);
    this.arithmetic.element.classList.add("arithmetics");
    this.language = segments(sheet.languages, actions.language);
    this.language.element.classList.add("languages");
    for (const [language, button] of this.language.buttons) button.lang = language;
    this.smaller = h("button", { type: "button", class: "button", onclick: () => actions.size(-1) }, "−");
    this.larger = h("button", { type: "button", class: "button", onclick: () => actions.size(1) }, "+");
    this.sizes = h("div", { class: "tools sizes", role: "group" }, this.smaller, this.larger);
    this.themeButton = h("button", {
      type: "button",
      class: "button theme",
      onclick: () => actions.theme(THEMES[(THEMES.indexOf(this.theme) + 1) % THEMES.length]),
    });
    const button = (/** @type {Icon} */ picture, /** @type {() => void} */ act) =>
      h("button", { type: "button", class: `button ${picture}`, onclick: act }, icon(picture));
    this.undo = button("undo", () => actions.turn("undo"));
    this.redo = button("redo", () => actions.turn("redo"));
    this.resetWord = h("span", { class: "words-only" });
    this.reset = h("button", { type: "button", class: "button reset", onclick: actions.reset },
      icon("again"), this.resetWord);
    this.practiceWord = h("span", { class: "words-only" });
    this.practice = h("button", { type: "button", class: "button practice", onclick: actions.practice },
      icon("practice"), this.practiceWord);
    this.numbers = h("div", { class: "tools numbers", role: "group" }, this.undo, this.redo, this.reset);
    this.keys = h("button", { type: "button", class: "button keys", onclick: actions.keys }, "?");
    this.shareWord = h("span", { class: "words-only" });
    this.share = h("button", { type: "button", class: "button share", onclick: actions.share },
      icon("link"), this.shareWord);
    // where there is little room, a menu
    this.menu = h("div", { class: "tools menu", onfocusout: (/** @type {FocusEvent} */ event) => this.left(event) },
      this.language.element, this.sizes, this.share, this.themeButton, this.keys);
    this.more = button("more", () => this.unfold(!this.menu.classList.contains("open")));
    this.group = h("div", { class: "tools", role: "group" }, this.numbers, this.practice, this.arithmetic.element, this.more, this.menu);
    this.element = h("div", { class: "top", role: "region", onkeydown: (/** @type {KeyboardEvent} */ event) => this.escape(event) },
      h("div", { class: "nav" }, h("slot", { name: "nav" })), this.group);
    this.unfold(false);
  }

  /** @param {boolean} open whether the menu is to be seen, where it is one */
  unfold(open) {
    this.menu.classList.toggle("open", open);
    attribute(this.more, "aria-expanded", String(open));
  }

  /** @param {FocusEvent} event */
  left({ relatedTarget: to }) {
    if (!(to instanceof Node && (this.menu.contains(to) || this.more.contains(to)))) this.unfold(false);
  }

  /** @param {KeyboardEvent} event */
  escape(event) {
    if (event.key !== "Escape" || !this.menu.classList.contains("open")) return;
    event.preventDefault();
    event.stopPropagation();
    this.more.focus();
    this.unfold(false);
  }

  /**
   * Name each language in its own script. To find a font for a script that nothing else on the
   * page is in takes a browser longer than the rest of the toolbar, so the page is painted first.
   */
  nameLanguages() {
    for (const [language, button] of this.language.buttons) say(button, languageName(language));
  }

  /**
   * @param {Words} text
   * @param {Theme} theme
   */
  update(text, theme) {
    this.theme = theme;
    attribute(this.element, "aria-label", text.settings);
    attribute(this.group, "aria-label", text.settings);
    attribute(this.arithmetic.element, "aria-label", text.arithmetic);
    attribute(this.language.element, "aria-label", text.language);
    attribute(this.sizes, "aria-label", text.size);
    for (const [arithmetic, button] of this.arithmetic.buttons) {
      say(button, text[/** @type {keyof Words} */ (arithmetic)] ?? arithmetic);
      attribute(button, "aria-pressed", String(arithmetic === this.sheet.arithmetic));
    }
    for (const [language, button] of this.language.buttons) {
      attribute(button, "aria-pressed", String(language === this.sheet.language));
    }
    name(this.smaller, text.smaller);
    name(this.larger, text.larger);
    if (this.themeButton.dataset.theme !== theme) {
      this.themeButton.dataset.theme = theme;
      fill(this.themeButton, [icon(theme)]);
    }
    name(this.themeButton, text[theme]);
    const { undo, redo } = this.history.states;
    const own = this.sheet.edits.length === 0;
    say(this.resetWord, text.reset);
    say(this.practiceWord, text.practice);
    name(this.practice, text.practice);
    attribute(this.practice, "aria-pressed", String(this.sheet.practice !== ""));
    name(this.undo, text.undo);
    name(this.redo, text.redo);
    name(this.reset, text.reset);
    name(this.more, text.more);
    name(this.keys, text.keys);
    rest(this.undo, !undo.length);
    rest(this.redo, !redo.length);
    rest(this.reset, own);
    this.numbers.hidden = own && !undo.length && !redo.length;
    say(this.shareWord, text.share);
    name(this.share, text.shareLong);
    this.arithmetic.element.hidden = this.sheet.arithmetics.length < 2;
    this.language.element.hidden = this.sheet.languages.length < 2;
  }

}

/**
 * A row of buttons of which one is pressed.
 * @param {string[]} values
 * @param {(value: string) => void} choose
 */
function segments(values, choose) {
  /** @type {Map<string, HTMLButtonElement>} */
  const buttons = new Map();
  for (const value of values) {
    const onclick = () => {
      choose(value);
      // where there is room for one only, the focus goes on to the one that is there now
      afterPaint(() => button.offsetParent ?? [...buttons.values()].find((other) => other.offsetParent)?.focus());
    };
    const button = h("button", { type: "button", "data-value": value, onclick });
    buttons.set(value, button);
  }
  return { element: h("div", { class: "segments", role: "group" }, ...buttons.values()), buttons };
}

/** @param {HTMLElement} button @param {string} label */
function name(button, label) {
  attribute(button, "aria-label", label);
  attribute(button, "title", label);
}
