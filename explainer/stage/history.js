// What was changed on a sheet, change by change, so that it can be taken back and brought again.

/** @import {Edit} from "./types.js" */
/** @import {Sheet} from "./sheet.js" */

/** So many changes are kept. */
const MOST = 100;

export class History {
  /** @param {Sheet} sheet how it opens is where its history begins */
  constructor(sheet) {
    this.sheet = sheet;
    /** @type {Record<"undo" | "redo", Edit[][]>} the numbers as they were, and as they will be again */
    this.states = { undo: [], redo: [] };
    /** @type {Edit[]} */
    this.now = [];
    this.forget();
  }

  /** Begin anew: what was changed for something else is not to be taken back now. */
  forget() {
    this.states = { undo: [], redo: [] };
    this.now = this.sheet.edits;
  }

  /** To be called after every edit, whoever made it; one that changes nothing is none. */
  note() {
    const { edits } = this.sheet;
    if (JSON.stringify(edits) === JSON.stringify(this.now)) return;
    this.states.undo = [...this.states.undo.slice(1 - MOST), this.now];
    this.states.redo = [];
    this.now = edits;
  }

  /**
   * @param {"undo" | "redo"} way
   * @returns {boolean} whether there was anything to do
   */
  turn(way) {
    const then = this.states[way].pop();
    if (!then) return false;
    this.states[way === "undo" ? "redo" : "undo"].push(this.now);
    this.now = then;
    this.sheet.rewrite(then);
    return true;
  }
}
