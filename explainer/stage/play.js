// The transport: which step and which moment of its motion, and how time passes.

import { schedule } from "./schedule.js";

/** @import {Sheet} from "./sheet.js" */
/** @import {Plan} from "./types.js" */

/** What is left of a motion that is skipped plays out within so many ms. */
const SKIP = 400;
/** A longer gap between two frames is a page that was hidden. */
const LONGEST_FRAME = 250;

export const SPEEDS = [0.5, 1, 2, 4];

/**
 * Dispatches "moment" whenever the sheet must be shown anew, and "state" when it starts or stops.
 * What leads somewhere returns whether there was anything to do.
 */
export class Transport extends EventTarget {
  /**
   * @param {Sheet} sheet
   * @param {() => boolean} isStill whether motion is unwanted
   */
  constructor(sheet, isStill) {
    super();
    this.sheet = sheet;
    this.isStill = isStill;
    this.speed = 1;
    this.rate = 1;
    this.playing = false;
    this.request = 0;
    this.last = 0;
    /** @type {number | null} the time at which the next change of step shall begin; null: its end */
    this.entry = null;
    /** @type {Plan} */
    this.plan = schedule(sheet, sheet.step);
    this.time = this.plan.duration;
    /** @type {((step: number) => boolean) | null} whether a step must wait: something is asked before it */
    this.waits = null;
    /** Whether numbers have changed since the plan was made, while nothing moved. */
    this.stale = false;
    this.follow = (/** @type {Event} */ event) => this.changed(/** @type {CustomEvent} */ (event));
    sheet.addEventListener("change", this.follow);
    sheet.addEventListener("edit", this.follow);
  }

  get moving() {
    return this.time < this.plan.duration;
  }

  get isLast() {
    return this.sheet.step === this.sheet.steps.length - 1;
  }

  /** @param {CustomEvent} event */
  changed({ type, detail }) {
    const arrived = "step" in detail;
    const rest = !this.moving;
    if (type === "edit" && rest) {
      this.stale = true; // a motion that nobody sees is planned when somebody wants it
      return;
    }
    this.replan();
    const end = this.plan.duration;
    if (arrived) this.time = Math.min(this.entry ?? end, end);
    else this.time = rest ? end : Math.min(this.time, end);
    if (arrived && this.entry !== null && this.moving) return; // it begins at once
    if (arrived) this.stop();
    this.moment();
  }

  replan() {
    this.plan = schedule(this.sheet, this.sheet.step);
    this.stale = false;
  }

  /** Space: pause, go on, or play the next step; after the last one, start again. */
  toggle() {
    if (this.playing) this.stop();
    else if (this.moving) this.start();
    else this.enter(this.isLast ? 0 : this.sheet.step + 1);
    return true;
  }

  /**
   * On to the next step with its motion, whatever of the present one is left; the last one's rest
   * plays out quickly.
   */
  next() {
    if (this.isLast) return this.skip();
    this.enter(this.sheet.step + 1);
    return true;
  }

  previous() {
    return this.jump(Math.max(0, this.sheet.step - 1));
  }

  /** Play the current step's motion once more. */
  replay() {
    this.enter(this.sheet.step);
    return true;
  }

  /** Let the rest of a motion play out within half a second. */
  skip() {
    if (!this.moving) return false;
    this.rate = Math.max(this.speed, (this.plan.duration - this.time) / SKIP);
    this.start(this.rate);
    return true;
  }

  /** @param {number} step */
  jump(step) {
    if (step === this.sheet.step) return this.finish();
    this.entry = null;
    this.sheet.go({ step });
    return true;
  }

  finish() {
    if (!this.moving) return false;
    this.stop();
    this.time = this.plan.duration;
    this.moment();
    return true;
  }

  /**
   * Stand still at a fraction of a step's motion.
   * @param {number} step
   * @param {number} fraction 0 to 1
   */
  seek(step, fraction) {
    this.stop();
    this.entry = null;
    this.sheet.go({ step });
    if (this.stale) this.replan();
    this.time = this.isStill() ? this.plan.duration : fraction * this.plan.duration;
    this.moment();
  }

  /** @param {number} step */
  enter(step) {
    if (step !== this.sheet.step && this.waits?.(step)) return;
    if (this.isStill()) {
      this.jump(step);
      return;
    }
    if (this.stale) this.replan();
    this.entry = this.time = 0;
    if (step === this.sheet.step) this.moment();
    else this.sheet.go({ step });
    this.entry = null;
    this.start();
  }

  /** @param {number} speed */
  setSpeed(speed) {
    this.speed = this.rate = speed;
  }

  /**
   * Let time pass from the next frame but one: what a step says is painted before what it moves.
   * @param {number} [rate]
   */
  start(rate = this.speed) {
    this.rate = rate;
    if (!this.moving) return;
    if (!this.playing) {
      this.playing = true;
      this.request = requestAnimationFrame((now) => {
        this.last = now;
        this.request = requestAnimationFrame((next) => this.tick(next));
      });
    }
    this.dispatchEvent(new Event("state"));
  }

  stop() {
    cancelAnimationFrame(this.request);
    if (!this.playing) return;
    this.playing = false;
    this.dispatchEvent(new Event("state"));
  }

  /** @param {number} now */
  tick(now) {
    const passed = Math.min(Math.max(0, now - this.last), LONGEST_FRAME);
    this.last = now;
    this.time = Math.min(this.time + passed * this.rate, this.plan.duration);
    if (this.moving) this.request = requestAnimationFrame((next) => this.tick(next));
    else this.stop();
    this.moment();
  }

  moment() {
    this.dispatchEvent(new Event("moment"));
  }

  /** Let go of the sheet and of the clock. */
  release() {
    this.stop();
    this.sheet.removeEventListener("change", this.follow);
    this.sheet.removeEventListener("edit", this.follow);
  }
}
