// Practice on a stage: what is to be filled in, and how far a pupil has come.

/** @import {Stage} from "./stage.js" */

export class Practice {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
  }
}
