// Practice on a stage: which cells are to be filled in, what a pupil has put there, and how it is judged.

import { Asking } from "./ask.js";
import { askedOf, carriedOf } from "./asked.js";
import { Boxes } from "./boxes.js";
import { Card } from "./card.js";
import { afterPaint } from "./dom.js";
import { Goals } from "./goals.js";
import { parseAnswer } from "./judge.js";
import { judge } from "./own.js";
import { practiceOf } from "./programs.js";
import { practiceWords } from "./practice-strings.js";
import css from "./practice.css";
import { Progress } from "./progress.js";
import { Remarks } from "./remarks.js";
import { slip } from "./slips.js";
import { dress } from "./styles.js";
import { Printing } from "./worksheet-print.js";

/** @import {Answers, Judged} from "./own.js" */
/** @import {Entry} from "./progress.js" */
/** @import {Stage} from "./stage.js" */
/** @import {Cell} from "./types.js" */

/** A pupil's own number is shown no longer than this. */
const LONGEST = 7;
/** @typedef {Judged["verdict"] | "shown" | "open"} State of a cell */

export class Practice {
  /** @param {Stage} stage */
  constructor(stage) {
    const { sheet } = stage;
    this.stage = stage;
    this.sheet = sheet;
    this.declared = practiceOf(sheet.document);
    this.progress = new Progress(sheet, () => stage.notices.add("note", stage.words, () => [this.words.notKept]));
    /** @type {Map<string, Set<number>>} the cells to fill in, by array */
    this.asked = new Map();
    /** @type {{to: Cell, from: Cell}[]} cells that would give away what others hide */
    this.carried = [];
    /** @type {Map<string, Judged>} by "A 3" */
    this.judged = new Map();
    /** @type {Map<string, string | null>} the slips that were looked for */
    this.slips = new Map();
    /** @type {Cell | null} the cell that was judged last, or helped with */
    this.last = null;
    this.reported = "";
    this.remarks = new Remarks(this);
    this.boxes = new Boxes(this);
    this.asking = new Asking(this);
    this.goals = new Goals(this);
    this.printing = new Printing(stage);
    this.card = new Card(this);
    const { signal } = stage.listening;
    const root = stage.element.getRootNode();
    if (root instanceof ShadowRoot) dress(root, [css]);
    sheet.addEventListener("change", (event) => this.changed(/** @type {CustomEvent} */ (event)), { signal });
    sheet.addEventListener("edit", () => this.edited(), { signal });
    // what is being typed when the page goes is an answer as well
    window.addEventListener("pagehide", () => this.boxes.commit(), { signal });
    window.addEventListener("storage", ({ key }) => this.elsewhere(key), { signal });
    this.begin();
  }

  get words() {
    return practiceWords(this.sheet.language);
  }

  get active() {
    return this.sheet.practice !== "";
  }

  /** With the numbers as they are now: which cells are asked, and what is known of them. */
  begin() {
    const { stage, sheet, active } = this;
    stage.toolbar.update(stage.words, stage.host.theme());
    stage.editing.close();
    stage.editing.box = active ? (spot) => this.boxes.at(spot) : null;
    stage.drawing.dress = (matrix) => this.boxes.dress(matrix);
    stage.transport.waits = active ? (step) => this.asking.waits(step) : null;
    sheet.changeable = active ? this.goals.changeable : null;
    if (active) stage.history.forget(); // for now they stay
    this.asked = active ? askedOf(sheet, this.declared) : new Map();
    this.carried = active ? carriedOf(sheet, this.asked) : [];
    this.last = null;
    this.progress.load();
    this.judge();
    this.conceal();
    stage.settle();
    stage.drawing.retext();
    stage.fit.update();
    if (active) stage.narration.element.prepend(this.card.element);
    else this.card.element.remove();
    this.asking.begin();
    this.shown();
    if (active) this.report(false);
  }

  /** @param {CustomEvent} event */
  changed({ detail }) {
    if ("practice" in detail || "paper" in detail || "arithmetic" in detail) {
      this.goals.drop();
      this.begin();
    } else if (this.active) {
      if ("step" in detail) this.asking.stepped();
      this.card.update();
    }
  }

  edited() {
    if (!this.active) return;
    this.goals.edited();
    if (!this.goals.current) {
      this.carried = carriedOf(this.sheet, this.asked);
      this.judge();
    }
    this.show();
  }

  /**
   * The same paper may be filled in on another page too: what was typed there stands here as well.
   * @param {string | null} key that has been kept
   */
  elsewhere(key) {
    if (!this.active || key !== this.progress.key) return;
    this.progress.load();
    this.judge();
    this.show();
  }

  judge() {
    this.slips.clear();
    this.judged = judge(this.sheet, this.answers()).judged;
  }

  /**
   * What the pupil has answered.
   * @param {string} [except] an array whose answers are left out
   * @returns {Answers}
   */
  answers(except) {
    const { arrays } = this.sheet.document;
    /** @type {Answers} */
    const answers = new Map();
    for (const [key, { entry, shown }] of this.progress.entries) {
      const { name, cell } = cellOf(key);
      if (shown || name === except || !this.asked.get(name)?.has(cell)) continue;
      const answer = this.answer(entry, arrays[name].words);
      if (answer === null) continue;
      if (!answers.has(name)) answers.set(name, new Map());
      answers.get(name)?.set(cell, answer);
    }
    return answers;
  }

  /**
   * The known slip that has led to what stands in a cell; null for none.
   * @param {string} name
   * @param {number} cell
   */
  slip(name, cell) {
    if (!this.sheet.allows.help) return null;
    const key = `${name} ${cell}`;
    let found = this.slips.get(key);
    if (found === undefined) {
      const answer = this.answer(this.entry(name, cell).entry, this.sheet.document.arrays[name].words);
      // a wrong way begins with what the pupil has, but not with what it has led to
      found = slip(this, judge(this.sheet, this.answers(name)).values, name, cell, answer);
      this.slips.set(key, found);
    }
    return found;
  }

  /**
   * What an entry that was kept means; null for one that has only been helped with.
   * @param {string} entry
   * @param {string[]} [words]
   */
  answer(entry, words) {
    if (entry === "") return null;
    try {
      return parseAnswer(entry, words);
    } catch {
      return null;
    }
  }

  /**
   * How it stands with a cell.
   * @param {string} name
   * @param {number} cell
   * @returns {State}
   */
  state(name, cell) {
    const key = `${name} ${cell}`;
    if (this.progress.entries.get(key)?.shown) return "shown";
    return this.judged.get(key)?.verdict ?? "open";
  }

  /** @param {string} name @param {number} cell */
  isDone(name, cell) {
    const state = this.state(name, cell);
    return state === "right" || state === "shown";
  }

  /** Let the sheet know which numbers are not to be shown, and what stands in their place. */
  conceal() {
    const { sheet, progress } = this;
    /** @type {Map<string, Map<number, string>>} */
    const concealed = new Map();
    for (const [name, cells] of this.goals.open ? [] : this.asked) {
      const hidden = [...cells].filter((cell) => !this.isDone(name, cell));
      const text = (/** @type {number} */ cell) => shortened(progress.entries.get(`${name} ${cell}`)?.entry ?? "");
      if (hidden.length) concealed.set(name, new Map(hidden.map((cell) => [cell, text(cell)])));
    }
    const helped = new Map([...progress.entries].map(([key, { help }]) => [key, help]));
    for (const { to, from } of this.carried) {
      const text = concealed.get(from.name)?.get(from.cell);
      if (text === undefined) continue;
      if (!concealed.has(to.name)) concealed.set(to.name, new Map());
      concealed.get(to.name)?.set(to.cell, text);
      helped.set(`${to.name} ${to.cell}`, 2); // nobody has to fill it in, so that all but the number is told
    }
    sheet.concealed = concealed;
    sheet.helped = helped;
  }

  /** Show what has been judged: the numbers first, then what is told of them. */
  show() {
    const { sheet, stage } = this;
    const before = sheet.concealed;
    this.conceal();
    const names = [...before.keys(), ...sheet.concealed.keys()].filter((name) => !alike(before.get(name), sheet.concealed.get(name)));
    stage.settle();
    stage.drawing.retext(new Set(names));
    for (const matrix of stage.drawing.matrices.values()) if (this.asked.has(matrix.name)) this.boxes.dress(matrix);
    this.shown();
  }

  shown() {
    const { stage } = this;
    stage.inspector.invalidate();
    stage.show();
    afterPaint(() => {
      if (stage.listening.signal.aborted) return;
      stage.narration.figures.update();
      stage.narration.refresh(stage.words);
      this.card.update();
    });
  }

  /**
   * What a pupil has put into a cell.
   * @param {string} name
   * @param {number} cell
   * @returns {Entry}
   */
  entry(name, cell) {
    return this.progress.entries.get(`${name} ${cell}`) ?? { entry: "", help: 0, shown: false };
  }

  /**
   * Judge an entry that means something.
   * @param {string} name
   * @param {number} cell
   * @param {string} entry
   * @returns {Judged}
   */
  fill(name, cell, entry) {
    const key = `${name} ${cell}`;
    this.progress.entries.set(key, { ...this.entry(name, cell), entry });
    this.judge();
    const judged = this.judged.get(key) ?? { verdict: "wrong" };
    this.last = { name, cell };
    this.tell(name, cell, judged.verdict);
    return judged;
  }

  /**
   * One more level of help with a cell.
   * @param {string} name
   * @param {number} cell
   * @returns {number} the level
   */
  help(name, cell) {
    const entry = this.entry(name, cell);
    const help = Math.min(entry.help + 1, this.sheet.allows.answers ? 3 : 2);
    this.progress.entries.set(`${name} ${cell}`, { ...entry, help, shown: help === 3 });
    this.last = { name, cell };
    if (help === 3) {
      this.judge();
      this.tell(name, cell, "shown");
    } else this.progress.save();
    return help;
  }

  /** @returns {{right: number, alone: number, of: number, goals: number, goalsOf: number}} how far the pupil has come */
  get score() {
    const every = [...this.asked].flatMap(([name, cells]) => [...cells].map((cell) => ({ name, cell })));
    const right = every.filter(({ name, cell }) => this.state(name, cell) === "right");
    const alone = right.filter(({ name, cell }) => this.entry(name, cell).help === 0);
    const goals = this.goals.all.filter(({ id }) => this.progress.goals.has(id));
    return { right: right.length, alone: alone.length, of: every.length, goals: goals.length, goalsOf: this.goals.all.length };
  }

  /**
   * Keep what has happened, and let the page know.
   * @param {string} name
   * @param {number} cell
   * @param {State} verdict
   */
  tell(name, cell, verdict) {
    const { entry, help } = this.entry(name, cell);
    this.emit("answer", { array: name, cell, entry, verdict, help });
    this.report();
  }

  /** @param {boolean} [keep] */
  report(keep = true) {
    if (keep) this.progress.save();
    const score = JSON.stringify(this.score);
    if (score !== this.reported) this.emit("progress", this.score);
    this.reported = score;
  }

  /** @param {string} type @param {Record<string, unknown>} detail */
  emit(type, detail) {
    this.stage.element.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  /** Forget all answers of this paper. */
  again() {
    this.goals.leave();
    this.progress.clear();
    this.begin();
    this.report();
  }

  release() {
    this.boxes.commit();
  }
}

/** @param {string} key @returns {Cell} */
function cellOf(key) {
  const [name, cell] = key.split(" ");
  return { name, cell: Number(cell) };
}

/** @param {string} entry */
function shortened(entry) {
  const text = entry.trim().replace("-", "\u2212");
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** @param {Map<number, string>} [a] @param {Map<number, string>} [b] */
function alike(a, b) {
  return a?.size === b?.size && [...(a ?? [])].every(([cell, text]) => b?.get(cell) === text);
}
