// A strip for what a person must know: what part of a link was ignored, what went wrong.

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";

/** @import {Child} from "./dom.js" */
/** @import {Words} from "./strings.js" */

/**
 * `say` gives the notice in the language in use, so that it can be translated while it shows.
 * @typedef {{kind: "note" | "wrong", say: (words: Words) => Child[], element: HTMLElement,
 *   body: HTMLElement, dismiss: HTMLElement}} Notice
 */

/** Older notices make room for new ones. */
const MOST = 3;

export class Notices {
  constructor() {
    this.element = h("div", { class: "notices" });
    /** @type {Notice[]} */
    this.all = [];
  }

  /**
   * @param {"note" | "wrong"} kind
   * @param {Words} words
   * @param {(words: Words) => Child[]} say
   */
  add(kind, words, say) {
    const body = h("p");
    const dismiss = h("button", { type: "button", class: "button" }, icon("close"));
    const role = kind === "wrong" ? "alert" : "status";
    const element = h("div", { class: `notice ${kind}`, role }, body, dismiss);
    const notice = { kind, say, element, body, dismiss };
    dismiss.addEventListener("click", () => this.remove(notice));
    this.all.push(notice);
    this.element.append(element);
    this.translate(words);
    while (this.all.length > MOST) this.remove(this.all[0]);
    return notice;
  }

  /** @param {Notice} notice */
  remove(notice) {
    notice.element.remove();
    this.all = this.all.filter((other) => other !== notice);
  }

  clear() {
    for (const notice of [...this.all]) this.remove(notice);
  }

  /** @param {Words} words */
  translate(words) {
    for (const { say, body, dismiss } of this.all) {
      fill(body, say(words));
      dismiss.setAttribute("aria-label", words.dismiss);
    }
  }
}
