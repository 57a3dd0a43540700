// The form that prints worksheets out of a lesson's page: which papers, and whether with their keys.

import { attribute, h, say } from "./dom.js";
import { LAST } from "./papers.js";
import { said } from "./worksheet-words.js";

/** @import {Printing} from "./worksheet-print.js" */
/** @import {Sheet} from "./sheet.js" */

const RANGE = /^(\d{1,3})(?:[-–](\d{1,3}))?$/;
/** So many at a time: a page of more takes a browser long to draw. */
const MOST = 100;

export class PrintForm {
  /**
   * @param {Sheet} sheet
   * @param {Printing} printing
   */
  constructor(sheet, printing) {
    this.sheet = sheet;
    this.printing = printing;
    this.papers = h("input", { inputmode: "numeric", size: 5, maxlength: 60, autocomplete: "off", "aria-describedby": "no-papers" });
    this.which = h("label", {}, h("span"), this.papers);
    this.key = h("input", { type: "checkbox" });
    this.withKey = h("label", {}, this.key, h("span"));
    this.button = h("button", { class: "button" });
    this.wrong = h("p", { class: "error", role: "alert", id: "no-papers" });
    this.element = h("form", { class: "printing", onsubmit: (/** @type {Event} */ event) => this.print(event) },
      this.which, this.withKey, this.button, this.wrong);
    this.touched = false;
    this.papers.addEventListener("input", () => (this.touched = true));
  }

  /** Write it anew, for the paper that there is now. */
  update() {
    const { sheet } = this;
    const words = said(sheet.language);
    say(/** @type {Element} */ (this.which.firstElementChild), words.papers);
    say(/** @type {Element} */ (this.withKey.lastElementChild), words.withKey);
    say(this.button, words.print);
    this.which.hidden = !sheet.hasPaper(1);
    this.withKey.hidden = !sheet.allows.answers;
    if (!this.touched) this.papers.value = String(sheet.paper);
    if (this.wrong.textContent) say(this.wrong, words.noPapers);
  }

  /** @param {Event} event */
  print(event) {
    event.preventDefault();
    const papers = this.sheet.hasPaper(1) ? read(this.papers.value) : [this.sheet.paper];
    say(this.wrong, papers ? "" : said(this.sheet.language).noPapers);
    attribute(this.papers, "aria-invalid", papers ? null : "true");
    if (papers) this.printing.print({ papers, key: this.key.checked });
  }
}

/**
 * The papers that somebody has typed, as `1-30` or `1, 4, 9`; null where it makes no sense.
 * @param {string} typed
 * @returns {number[] | null}
 */
export function read(typed) {
  const found = typed.normalize("NFKC").split(/[,、]/).map((part) => RANGE.exec(part.trim()));
  const papers = found.flatMap((match) => {
    const [first, last] = match ? [Number(match[1]), Number(match[2] ?? match[1])] : [1, 0];
    return first <= last && last <= LAST ? Array.from({ length: last - first + 1 }, (_, i) => first + i) : [NaN];
  });
  return papers.includes(NaN) || papers.length > MOST ? null : [...new Set(papers)];
}
