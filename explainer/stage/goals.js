// Goals: something to make true on the sheet by changing a few of its given numbers.

import { result } from "./programs.js";

/** @import {Practice} from "./practice.js" */
/** @import {Edit, Goal} from "./types.js" */

export class Goals {
  /** @param {Practice} practice */
  constructor(practice) {
    this.practice = practice;
    this.sheet = practice.sheet;
    /** @type {Goal | null} the one that is aimed at */
    this.current = null;
    /** @type {Edit[]} what was changed before */
    this.before = [];
  }

  /** @returns {Goal[]} none where numbers may not be changed */
  get all() {
    return this.sheet.locked ? [] : this.practice.declared.goals;
  }

  /** The arrays whose numbers may be changed now. */
  get changeable() {
    return new Set(this.current?.change ?? []);
  }

  /** Whether all numbers are shown: they are, once they are no longer those that are asked for. */
  get open() {
    return this.current !== null && this.sheet.edits.length > 0;
  }

  /** How many numbers have been changed. */
  get changed() {
    return this.sheet.edits.length;
  }

  /** Whether what is aimed at is true now, with however many numbers changed. */
  get isTrue() {
    const { current } = this;
    return current !== null && this.changed > 0 && result(current.reached, this.sheet)?.data.every(Boolean) === true;
  }

  /**
   * Aim at a goal, from the paper's own numbers; or, when it is aimed at already, at none.
   * @param {Goal} goal
   */
  choose(goal) {
    const again = this.current === goal;
    this.leave();
    if (again) return;
    this.before = this.sheet.edits;
    this.current = goal;
    this.aim([]);
  }

  /** Go back to filling in, with the numbers as they were. */
  leave() {
    if (!this.current) return;
    this.current = null;
    this.sheet.changeable = null; // what was changed before may be of any array
    this.aim(this.before);
  }

  /** @param {Edit[]} edits */
  aim(edits) {
    const { stage } = this.practice;
    stage.editing.close();
    this.sheet.rewrite(edits);
    this.sheet.changeable = this.changeable;
    stage.history.forget();
    this.practice.edited();
  }

  /** Another paper has come, and no goal is aimed at any more. */
  drop() {
    this.current = null;
    this.before = [];
  }

  /** See whether the goal is reached, and say so. */
  edited() {
    const { current, practice } = this;
    if (!current || !this.isTrue || this.changed > current.most || practice.progress.goals.has(current.id)) return;
    practice.progress.goals.add(current.id);
    practice.card.reached(current);
    practice.report();
  }
}
