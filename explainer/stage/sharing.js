// What is passed on of a lesson, as somebody chooses it, and the addresses that lead there.

import * as snippets from "./snippets.js";
import { attributes, given, read, write } from "./state.js";

/** @import {Stage} from "./stage.js" */
/** @import {State} from "./state.js" */

/**
 * `paper`: null while what stands in its field is none.
 * @typedef {{begin: boolean, fixed: boolean, edits: boolean, paper: number | null, practice: string, help: boolean,
 *   answers: boolean, narration: boolean, switches: boolean, playback: boolean, editable: boolean}} Choice
 */

const SWITCHES = "arithmetic language size theme reset practice paper print share keys";
const PLAYBACK = "play steps speed";
/** What need not be said. @type {State} */
const USUAL = { narration: true, editable: true, help: true, answers: true };

export class Sharing {
  /** @param {Stage} stage that has an address */
  constructor({ sheet, host }) {
    const address = /** @type {NonNullable<typeof host.address>} */ (host.address);
    this.sheet = sheet;
    this.address = address;
    const file = host.element.getAttribute("file-href");
    /** where the server has the lesson as one file; empty: nowhere */
    this.file = file ? new URL(file, document.baseURI).href : "";
    this.now = address.state();
    const { controls, narration = true, editable = true, help = true, answers = true } = read(given(host.element)).state;
    this.controls = controls;
    const some = (/** @type {string} */ group) => controls === undefined || group.split(" ").some((one) => controls.split(" ").includes(one));
    const { paper, practice } = sheet;
    /** @type {Choice} */
    this.choice = {
      begin: false, fixed: true, edits: true, paper, practice, help, answers, narration, editable,
      switches: some(SWITCHES), playback: some(PLAYBACK),
    };
    this.before = this.choice;
  }

  /** @param {Partial<Choice>} choice */
  choose(choice) {
    this.choice = { ...this.choice, ...choice };
  }

  /** Whether what is chosen leads somewhere. */
  get holds() {
    return this.choice.paper !== null;
  }

  /** Whether there are numbers of the reader's own, which are on top of this paper only. */
  get hasEdits() {
    return this.sheet.edits.length > 0 && this.choice.paper === this.sheet.paper;
  }

  /** @returns {State} */
  get state() {
    const { now, sheet } = this;
    const { begin, fixed, edits, practice, help, answers, narration, editable, switches, playback } = this.choice;
    const paper = this.choice.paper ?? sheet.paper;
    const same = switches === this.before.switches && playback === this.before.playback;
    const controls = [switches && SWITCHES, playback && PLAYBACK].filter(Boolean).join(" ") || "none";
    return {
      ...now,
      step: begin ? sheet.defaults.step : now.step,
      language: fixed ? now.language : undefined,
      paper,
      practice,
      edits: edits && paper === now.paper ? now.edits : {},
      controls: same ? this.controls : controls,
      narration,
      editable,
      ...(practice && { help, answers }),
    };
  }

  /** A link to this page. */
  get link() {
    return this.address.href(this.state, { ...USUAL, ...this.address.opens, language: undefined });
  }

  /** Where the lesson is as one file, or this page where the server has none. */
  get source() {
    return this.file ? `${this.file}?${write(this.state, this.#elsewhere)}` : this.link;
  }

  get frame() {
    return snippets.frame(this.source, this.sheet.text().title);
  }

  get element() {
    return snippets.element(this.sheet.id, attributes(this.state, this.#elsewhere));
  }

  /** How a page opens the lesson that says nothing of it. @returns {State} */
  get #elsewhere() {
    return { ...USUAL, ...this.sheet.defaults, language: undefined };
  }
}
