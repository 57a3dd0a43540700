// One sheet on stage: builds its parts, and lets each know what has changed.

import { Flights } from "./animate.js";
import { complaint } from "./complaint.js";
import { afterPaint, attribute, h, whenIdle } from "./dom.js";
import { Drawing } from "./draw.js";
import { Editing } from "./edit.js";
import { Fit } from "./fit.js";
import { Flash } from "./flash.js";
import { Footer } from "./footer.js";
import { History } from "./history.js";
import { Inspector } from "./inspector.js";
import { Narration } from "./narration.js";
import { Notices } from "./notices.js";
import { Transport } from "./play.js";
import { Pointing } from "./pointing.js";
import { Scene } from "./scene.js";
import { words } from "./strings.js";
import { Toolbar } from "./toolbar.js";

/** @import {Address} from "./address.js" */
/** @import {Extras} from "./practice.entry.js" */
/** @import {Practice} from "./practice.js" */
/** @import {Pointed} from "./narration.js" */
/** @import {Sheet} from "./sheet.js" */
/** @import {Spot} from "./scene.js" */
/** @import {Theme} from "./toolbar.js" */
/** @import {Problem} from "./fields.js" */

/**
 * @typedef {{isStill: () => boolean, theme: () => Theme, setTheme: (theme: Theme) => void,
 *   size: () => number, setSize: (size: number) => void,
 *   chooseLanguage: (language: string) => void, toLesson: (id: string, language: string) => string | null,
 *   address: Address | null, element: Element, whole: () => boolean,
 *   extras: (() => Promise<Extras>) | null}} Host the page around; `whole`: it is the lesson's; `extras`: null
 *   where there are none
 */

export class Stage {
  /**
   * @param {Sheet} sheet
   * @param {Host} host
   */
  constructor(sheet, host) {
    this.sheet = sheet;
    this.host = host;
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.scene = new Scene(sheet);
    this.drawing = new Drawing(this.scene);
    this.flights = new Flights(this.drawing);
    this.flash = new Flash(this.drawing, this.flights);
    this.inspector = new Inspector(this.scene);
    // before the transport's own, so that numbers are new when it shows the moment
    sheet.addEventListener("change", (event) => this.changed(/** @type {CustomEvent} */ (event)), { signal });
    sheet.addEventListener("edit", (event) => this.edited(/** @type {CustomEvent} */ (event)), { signal });
    this.transport = new Transport(sheet, host.isStill);
    this.transport.addEventListener("moment", () => this.show());
    this.transport.addEventListener("state", () => this.footer.state(this.words));
    // on paper nothing moves
    addEventListener("beforeprint", () => this.transport.finish(), { signal });
    this.footer = new Footer(sheet, this.transport);
    this.notices = new Notices();
    this.history = new History(sheet);
    this.toolbar = new Toolbar(sheet, this.history, {
      arithmetic: (arithmetic) => sheet.go({ arithmetic }),
      language: host.chooseLanguage,
      theme: host.setTheme,
      size: (step) => host.setSize(this.fit.resize(step)),
      turn: (way) => this.turn(way),
      practice: () => this.practise(),
      reset: () => this.reset(),
      keys: () => this.showKeys(),
      share: () => void this.withExtras(({ share }) => share(this)),
    });
    this.toolbar.share.hidden = !host.address || !host.extras;
    this.toolbar.keys.hidden = !host.extras;
    this.toolbar.practice.hidden = !host.extras || this.mustPractise;
    /** @type {Practice | null} once somebody practises */
    this.practice = null;
    this.pointing = new Pointing(this.drawing, () => this.pointed());
    this.editing = new Editing(this.drawing, (spot, onward) => this.pointing.leave(spot, onward));
    this.pointing.editing = this.editing;
    this.hasPointed = false;
    this.stale = false;
    /** whether all is as large as if it were drawn anew */
    this.settled = true;
    this.narration = new Narration(sheet, this.inspector, this.transport, {
      point: (to) => this.pointFromText(to),
      visit: (to) => this.visit(to),
      toLesson: (id) => host.toLesson(id, sheet.language),
    });
    this.area = h("div", { class: "sheet", role: "region", "aria-busy": "true" });
    this.fit = new Fit(this.area, this.drawing.element, () => this.drawing.size(), () => this.resized(), host.size());
    this.status = h("div", { class: "unseen", "aria-live": "polite" });
    this.element = h("div", { class: "stage" }, this.toolbar.element, this.notices.element, this.area,
      this.narration.element, this.footer.element, this.status);
    this.drawing.element.addEventListener("pointerover", (event) => {
      const box = event.target instanceof Element ? event.target.closest("[data-place]") : null;
      this.narration.light(this.scene.names.get(box?.getAttribute("data-place") ?? "") ?? null);
    });
    this.drawing.element.addEventListener("pointerleave", () => this.narration.light(null));
    /** @type {{step: number, moving: boolean, place: string | undefined}} what was shown last */
    this.told = { step: -1, moving: false, place: undefined };
    this.translate();
    this.show();
    if (sheet.practice && host.extras) this.practices();
  }

  /**
   * To be called once the stage is in the page. How much room there is is asked while the sheet is
   * not yet there: a browser would lay out all its cells to answer, and then anew at their size.
   */
  enter() {
    this.fit.measure();
    this.area.append(this.drawing.element);
    this.fit.watch();
    afterPaint(() => {
      this.toolbar.nameLanguages();
      this.complete();
    });
  }

  /** What is to come, a few matrices at a time and whenever the browser has nothing else to do. */
  complete() {
    whenIdle((more) => {
      if (this.listening.signal.aborted) return;
      if (this.drawing.complete(more)) this.area.removeAttribute("aria-busy");
      else this.complete();
    });
  }

  get words() {
    return words(this.sheet.language);
  }

  /** Whether practice cannot be left, since all answers would be seen. */
  get mustPractise() {
    return this.sheet.practice !== "" && !this.sheet.allows.answers;
  }

  /** Begin to practise, or leave off. */
  practise() {
    const can = this.host.extras !== null && !this.mustPractise;
    if (can) this.sheet.go({ practice: this.sheet.practice ? "" : "1" });
    return can;
  }

  /** Let there be practice, as the sheet says. */
  practices() {
    if (this.sheet.practice) void this.withExtras(({ Practice }) => (this.practice ??= new Practice(this)));
  }

  /** Everything that is written in a language. */
  translate() {
    const { words } = this;
    attribute(this.area, "aria-label", words.sheet);
    this.drawing.relabel(words);
    this.narration.update(words);
    this.toolbar.update(words, this.host.theme());
    this.footer.update(words);
    this.notices.translate(words);
    this.editing.translate();
    this.inspector.invalidate();
  }

  /** @param {CustomEvent} event */
  changed({ detail }) {
    const renumbered = "arithmetic" in detail || "paper" in detail;
    if (renumbered || "language" in detail) this.settle();
    if (renumbered) this.drawing.retext();
    else if ("step" in detail && !this.settled) this.tidy();
    if (renumbered || "language" in detail) {
      this.translate();
      if (renumbered) this.fit.update();
    } else {
      this.narration.update(this.words);
      this.footer.update(this.words);
    }
    if ("step" in detail) this.pointing.forget();
    if ("practice" in detail) this.practices();
    this.host.address?.update();
  }

  /** @param {CustomEvent} event */
  edited({ detail }) {
    this.history.note();
    this.settle();
    const { drawing, fit } = this;
    const [hand] = detail.changed.keys();
    const [left, { width }] = [drawing.left(hand), drawing.size()];
    // neither what a hand types into moves under it, nor does the size of the text change
    const settled = drawing.retext(new Set(detail.changed.keys()));
    const grown = drawing.size().width !== width;
    if (grown) fit.hold(left, drawing.left(hand), width);
    this.settled &&= settled && !grown;
    this.inspector.invalidate();
    this.host.address?.update();
    this.stale = false;
    // the numbers first, then what is said about them
    afterPaint(() => {
      if (this.listening.signal.aborted) return; // gone by now
      this.flash.show(detail.changed);
      this.narration.refresh(this.words);
      this.toolbar.update(this.words, this.host.theme());
      this.show();
    });
    this.tell();
  }

  /** Show the moment that the transport is at. */
  show() {
    const { transport, sheet, words, pointing } = this;
    this.stale = false;
    const picture = this.scene.picture(transport.plan, transport.time, pointing.spot);
    this.drawing.apply(picture);
    this.flights.apply(picture.flights);
    const { focus, moving, looks, sources } = picture;
    const todo = focus ? looks.get(focus.place)?.todo === true : false;
    this.inspector.show(focus, words, { hint: !moving && !this.hasPointed, todo });
    this.footer.moment();
    const { step } = sheet;
    if (this.told.step !== step || this.told.moving !== moving) this.footer.state(words);
    // what somebody points at is in view already
    const place = pointing.spot && !moving ? this.told.place : focus?.place;
    if (this.told.step !== step || this.told.place !== place) this.reveal(focus?.place, sources);
    this.told = { step, moving, place };
  }

  /**
   * Bring what is in play into view: the matrix that is worked on, else all that appear.
   * @param {string} [place]
   * @param {Spot[]} [sources]
   */
  reveal(place, sources = []) {
    const boxes = (/** @type {string[]} */ places) =>
      places.flatMap((one) => this.drawing.matrices.get(one)?.box ?? []);
    const { tracks } = this.transport.plan;
    const first = place ? [place] : tracks.map((track) => track.place);
    const from = place ? sources.map((spot) => spot.place) : tracks.flatMap((track) => track.sources);
    const smooth = this.told.step >= 0 && !this.host.isStill();
    // where to scroll is asked of a finished layout, which costs nothing
    afterPaint(() => this.fit.reveal(boxes(first), boxes([...first, ...from]), smooth));
  }

  /** After edits: every cell as wide as its numbers, and all as large as there is room for. */
  tidy() {
    this.settled = true;
    this.settle();
    this.drawing.widen();
    this.fit.update();
  }

  /** Nothing is on its way or alight: the matrices may now stand elsewhere. */
  settle() {
    this.flights.clear();
    this.flash.clear();
  }

  resized() {
    if (!this.drawing.element.isConnected) return; // nothing stands or flies anywhere yet
    this.settle();
    this.told.step = -1;
    this.show();
  }

  /** Shown once for all that an event does: it may move the focus and then change numbers. */
  pointed() {
    this.hasPointed = this.stale = true;
    queueMicrotask(() => {
      if (this.stale) this.show();
      const { spot } = this.pointing;
      this.narration.light(spot ? this.scene.names.get(spot.place) ?? null : null);
    });
    this.tell();
  }

  /** Say how the cell with the focus came about, once all about it is new. */
  tell() {
    afterPaint(() => {
      const { selected } = this.pointing;
      const cell = selected && this.drawing.cell(selected);
      if (cell?.matches(":focus-visible") && !this.transport.moving) this.announce(this.inspector.spoken());
    });
  }

  /** @param {Pointed | null} to */
  pointFromText(to) {
    this.drawing.light(to?.name ?? null);
    const spot = to && this.spotOf(to);
    this.pointing.setHovered(spot);
  }

  /** @param {Pointed} to */
  visit(to) {
    const spot = this.spotOf(to);
    if (spot) this.pointing.go(spot);
    const boxes = [...this.drawing.matrices.values()].filter(({ name }) => name === to.name);
    for (const matrix of boxes) this.drawing.furnish(matrix);
    this.fit.reveal(boxes.slice(-1).map(({ box }) => box), boxes.map(({ box }) => box), !this.host.isStill());
  }

  /**
   * Where a number of the text stands on the sheet, if it is there yet.
   * @param {Pointed} to
   */
  spotOf({ name, cell }) {
    const matrix = this.drawing.matrices.get(name);
    return cell !== null && matrix && !matrix.todo ? { place: name, cell } : null;
  }

  reset() {
    this.editing.close();
    this.sheet.reset();
    this.tidy();
    this.announce(this.words.resetDone);
  }

  /**
   * Take the last change of numbers back, or bring it again.
   * @param {"undo" | "redo"} way
   * @returns {boolean} whether there was one
   */
  turn(way) {
    this.editing.close();
    const turned = this.history.turn(way);
    if (turned) this.announce(this.words[`${way}Done`]);
    return turned;
  }

  /** Which keys there are. */
  showKeys() {
    void this.withExtras(({ keys }) => keys(this));
    return true;
  }

  /**
   * Do something with what a lesson does not need to open. Where that does not come, it is said,
   * and can be asked for again.
   * @param {(extras: Extras) => void} use
   */
  async withExtras(use) {
    const { host, notices, words } = this;
    const extras = await host.extras?.().catch(() => null);
    if (this.listening.signal.aborted) return;
    if (extras) return use(extras);
    const again = () => {
      notices.remove(notice);
      void this.withExtras(use);
    };
    const notice = notices.add("wrong", words, (say) =>
      [say.extrasLost, " ", h("button", { type: "button", class: "button", onclick: again }, say.tryAgain)]);
  }

  /**
   * Say which parts of the address were ignored, and why.
   * @param {Problem[]} problems
   */
  complain(problems) {
    if (problems.length) this.notices.add("wrong", this.words, (say) => [complaint(problems, say)]);
  }

  /** @param {string} message */
  announce(message) {
    this.status.textContent = message;
  }

  release() {
    this.listening.abort();
    this.practice?.release();
    this.transport.release();
    this.fit.release();
    this.host.address?.release();
  }
}
