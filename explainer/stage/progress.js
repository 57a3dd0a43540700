// How far a pupil has come, kept in the browser for each lesson, paper and arithmetic.

import { LONGEST } from "./judge.js";

/** @import {Sheet} from "./sheet.js" */

/** What a pupil has put into a cell, how much help was used with it, and whether its number was shown. */
/** @typedef {{entry: string, help: number, shown: boolean}} Entry */

const VERSION = 1;
/** Whether a reader has been told that nothing can be kept. */
let told = false;

export class Progress {
  /**
   * @param {Sheet} sheet
   * @param {() => void} tell is called, once for a page, when the browser keeps nothing
   */
  constructor(sheet, tell) {
    this.sheet = sheet;
    this.tell = tell;
    /** @type {Map<string, Entry>} by "A 3" */
    this.entries = new Map();
    /** @type {Map<string, number[]>} what was chosen, of each question that has been asked; nothing: it was skipped */
    this.predictions = new Map();
    /** @type {Set<string>} the goals that were reached */
    this.goals = new Set();
    this.load();
  }

  get key() {
    const { id, paper, arithmetic } = this.sheet;
    return `explainer-practice ${id} ${paper} ${arithmetic}`;
  }

  /** What is kept of the sheet as it is now; nothing of another version, or of what makes no sense. */
  load() {
    const kept = this.read();
    const valid = kept?.version === VERSION ? kept : {};
    this.entries = new Map(listed(valid.entries).flatMap(([key, value]) => {
      const [entry, help, shown] = Array.isArray(value) ? value : [];
      const fits = typeof entry === "string" && entry.length <= LONGEST && [0, 1, 2, 3].includes(help);
      return fits ? [[key, { entry, help, shown: shown === true }]] : [];
    }));
    this.predictions = new Map(listed(valid.predictions).flatMap(([id, chosen]) =>
      Array.isArray(chosen) && chosen.every(Number.isInteger) ? [[id, chosen]] : []));
    this.goals = new Set((Array.isArray(valid.goals) ? valid.goals : []).filter((one) => typeof one === "string"));
  }

  /** @returns {Record<string, unknown> | null} */
  read() {
    try {
      const text = localStorage.getItem(this.key);
      return text === null ? null : Object(JSON.parse(text));
    } catch (error) {
      if (!(error instanceof SyntaxError)) this.lost();
      return null;
    }
  }

  save() {
    const entries = [...this.entries].map(([key, { entry, help, shown }]) => [key, [entry, help, shown]]);
    const kept = {
      version: VERSION,
      entries: Object.fromEntries(entries),
      predictions: Object.fromEntries(this.predictions),
      goals: [...this.goals],
    };
    try {
      localStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      this.lost();
    }
  }

  /** Forget it all. */
  clear() {
    this.entries.clear();
    this.predictions.clear();
    this.goals.clear();
    this.save();
  }

  lost() {
    if (told) return;
    told = true;
    this.tell();
  }
}

/** @param {unknown} value @returns {[string, any][]} */
function listed(value) {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
