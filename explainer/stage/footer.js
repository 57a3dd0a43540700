// The transport's buttons, the scrubber with a tick for each step, and the speed.

import { attribute, fill, h, rest, say } from "./dom.js";
import { icon } from "./icons.js";
import { SPEEDS } from "./play.js";
import { text } from "./strings.js";

/** @import {Icon} from "./icons.js" */
/** @import {Transport} from "./play.js" */
/** @import {Sheet} from "./sheet.js" */
/** @import {Words} from "./strings.js" */

/** A press that moves less far than this many pixels is a click. */
const STEADY = 5;

export class Footer {
  /**
   * @param {Sheet} sheet
   * @param {Transport} transport
   */
  constructor(sheet, transport) {
    this.sheet = sheet;
    this.transport = transport;
    const button = (/** @type {Icon} */ picture, /** @type {string} */ kind, /** @type {() => void} */ act) =>
      h("button", { type: "button", class: `button ${kind}`, onclick: act }, icon(picture));
    this.first = button("first", "first", () => transport.jump(0));
    this.previous = button("previous", "previous", () => transport.previous());
    this.next = button("next", "next", () => transport.next());
    this.playIcon = h("span", { class: "play-icon" });
    this.playWord = h("span");
    this.play = h("button", { type: "button", class: "button main play", onclick: () => transport.toggle() },
      this.playIcon, this.playWord);
    this.bars = sheet.steps.map(() => h("i"));
    this.names = sheet.steps.map(() => h("span", { class: "name" }));
    this.ticks = sheet.steps.map((step, i) =>
      h("div", { class: step.id.includes("/") ? "tick part" : "tick", "data-step": step.id }, h("span", { class: "bar" }, this.bars[i]), this.names[i]));
    this.scrubber = h("div", {
      class: "ticks", role: "slider", tabindex: 0, "aria-valuemin": 1, "aria-valuemax": sheet.steps.length,
      onpointerdown: (/** @type {PointerEvent} */ event) => this.press(event),
      onpointermove: (/** @type {PointerEvent} */ event) => this.drag(event),
      onpointerup: () => this.drop(),
      onpointercancel: () => this.drop(),
    }, ...this.ticks);
    this.speed = h("select", {
      class: "button speed",
      onchange: () => transport.setSpeed(Number(this.speed.value)),
    }, ...SPEEDS.map((speed) => h("option", { value: speed, selected: speed === 1 }, `${speed}×`)));
    // where the page leads from here, if it says so
    this.onward = h("slot", { class: "onward", name: "onward", onslotchange: () => this.lead() });
    this.element = h("div", { class: "bottom", role: "region" },
      this.first, this.previous, this.play, this.next, this.onward, this.scrubber, this.speed);
    /** @type {{x: number, moved: boolean} | null} */
    this.held = null;
    this.shown = -1;
    this.filled = -1;
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.button !== 0) return;
    this.scrubber.setPointerCapture(event.pointerId);
    this.held = { x: event.clientX, moved: false };
    this.transport.jump(this.at(event).step);
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (!this.held) return;
    if (Math.abs(event.clientX - this.held.x) > STEADY) this.held.moved = true;
    if (!this.held.moved) return;
    const { step, fraction } = this.at(event);
    this.transport.seek(step, fraction);
  }

  drop() {
    this.held = null;
  }

  /**
   * The step, and how far into it, that a pointer is at.
   * @param {PointerEvent} event
   */
  at(event) {
    const { left, width } = this.scrubber.getBoundingClientRect();
    const steps = this.ticks.length;
    const along = Math.min(Math.max((event.clientX - left) / width, 0), 0.9999) * steps;
    return { step: Math.floor(along), fraction: Math.min(1, (along % 1) * 1.08) };
  }

  /**
   * Names, and which step is current.
   * @param {Words} words
   */
  update(words) {
    const { sheet } = this;
    const texts = sheet.text().steps;
    const step = sheet.step;
    this.element.setAttribute("aria-label", words.playback);
    name(this.first, words.first);
    name(this.previous, words.previous);
    name(this.next, words.next);
    attribute(this.speed, "aria-label", words.speed);
    attribute(this.scrubber, "aria-label", words.steps);
    attribute(this.scrubber, "aria-valuenow", step + 1);
    const short = (/** @type {number} */ i) => texts[sheet.steps[i].id]?.short ?? sheet.steps[i].id;
    attribute(this.scrubber, "aria-valuetext",
      text(words.stepValue, { ...sheet.position, name: short(step) }));
    this.ticks.forEach((tick, i) => {
      const called = sheet.numbers[i];
      const isWhole = called === String(parseInt(called));
      say(this.names[i], isWhole ? short(i) : called);
      attribute(tick, "title", isWhole ? short(i) : `${called} ${short(i)}`);
      attribute(tick, "data-current", i === step);
      tick.classList.toggle("done", i < step);
    });
    if (this.shown !== step) {
      if (this.shown >= 0) this.bars[this.shown].style.transform = "";
      this.shown = step;
      this.filled = -1;
    }
    this.state(words);
    this.moment();
  }

  /**
   * What the play button does now.
   * @param {Words} words
   */
  state(words) {
    const { playing, moving, isLast } = this.transport;
    const [picture, word, long] = playing
      ? /** @type {const} */ (["pause", words.pause, words.pauseLong])
      : isLast && !moving
        ? /** @type {const} */ (["again", words.again, words.againLong])
        : /** @type {const} */ (["play", words.play, words.playLong]);
    if (this.play.dataset.does !== picture) {
      this.play.dataset.does = picture;
      fill(this.playIcon, [icon(picture)]);
    }
    say(this.playWord, word);
    attribute(this.play, "title", long);
    const [isFirst, isEnd] = [this.sheet.step === 0, isLast && !moving];
    rest(this.first, isFirst);
    rest(this.previous, isFirst);
    rest(this.next, isEnd);
    this.lead();
  }

  /** Show where the page leads from here, once all is over. */
  lead() {
    const { moving, isLast } = this.transport;
    const hidden = !isLast || moving || !this.onward.assignedNodes().length;
    if (hidden && this.onward.matches(":focus-within")) this.play.focus(); // or the next key would go astray
    this.onward.hidden = hidden;
  }

  /** How far the current step has played. */
  moment() {
    const { time, plan } = this.transport;
    const share = plan.duration ? Math.min(1, time / plan.duration) : 1;
    if (share === this.filled) return;
    this.filled = share;
    // rounded down: a full bar says that the motion is over
    this.bars[this.sheet.step].style.transform = `scaleX(${Math.floor(share * 1000) / 1000})`;
  }
}

/** @param {HTMLElement} button @param {string} label */
function name(button, label) {
  attribute(button, "aria-label", label);
  attribute(button, "title", label);
}
