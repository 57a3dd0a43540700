// The boxes on the sheet: how a cell to fill in looks, what happens when something is typed there,
// and which box is next.

import { Box } from "./box.js";
import { h, marked, sentence } from "./dom.js";
import { explain } from "./formula.js";
import { writing } from "./format.js";
import { parseAnswer } from "./judge.js";
import { cause } from "./missing.js";
import { mark } from "./remarks.js";
import { text } from "./strings.js";

/** @import {Child} from "./dom.js" */
/** @import {Onward} from "./edit.js" */
/** @import {Matrix} from "./matrix.js" */
/** @import {Judged} from "./own.js" */
/** @import {Practice} from "./practice.js" */
/** @import {Spot} from "./scene.js" */

export class Boxes {
  /** @param {Practice} practice */
  constructor(practice) {
    this.practice = practice;
    this.stage = practice.stage;
    this.sheet = practice.sheet;
    this.remarks = practice.remarks;
    /** @type {WeakMap<Element, string>} what each cell was dressed for */
    this.looks = new WeakMap();
    const { element } = this.stage.drawing;
    const { signal } = this.stage.listening;
    element.addEventListener("click", (event) => {
      const spot = this.stage.drawing.spot(event.target);
      const typing = event.target instanceof Element && event.target.closest(".editor");
      if (spot && !typing && this.at(spot)) this.stage.editing.start(spot);
    }, { signal });
    element.addEventListener("keydown", (event) => {
      const spot = this.stage.drawing.spot(event.target);
      if (event.key !== "?" || !spot || !this.at(spot)?.hasHelp || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      this.help(spot);
    }, { signal, capture: true });
  }

  /** @param {Spot} spot @returns {string | null} the array of the box at a cell; null for none */
  name({ place, cell }) {
    const name = this.stage.scene.names.get(place) ?? place;
    const { practice } = this;
    const open = practice.asked.get(name)?.has(cell) && !practice.isDone(name, cell) && !practice.goals.open;
    return open && !this.stage.scene.copies.has(place) ? name : null;
  }

  /**
   * The box at a cell, if there is one to be filled in now.
   * @param {Spot} spot
   * @returns {Box | null}
   */
  at(spot) {
    const name = this.name(spot);
    return name === null ? null : new Box(this, spot, name);
  }

  /**
   * What is wrong with an entry; null where nothing is.
   * @param {string} name
   * @param {number} cell
   * @param {string} entry
   * @param {boolean} isMeant
   */
  judge(name, cell, entry, isMeant) {
    const { practice, sheet } = this;
    const { words } = sheet.document.arrays[name];
    const before = practice.entry(name, cell);
    if (!entry.trim() && !(isMeant && this.hasBlanks(name))) {
      if (before.entry) {
        practice.progress.entries.set(`${name} ${cell}`, { ...before, entry: "" });
        practice.judge();
        practice.report();
      }
      return null;
    }
    try {
      parseAnswer(entry, words);
    } catch (error) {
      return { said: [this.remarks.complaint(/** @type {{code?: string}} */ (error).code, words)], isNone: true };
    }
    const kept = entry.trim() || "–";
    const again = kept === before.entry && practice.state(name, cell) !== "open";
    const judged = again ? /** @type {Judged} */ (practice.judged.get(`${name} ${cell}`)) : practice.fill(name, cell, kept);
    return judged?.verdict === "wrong" ? { said: [mark("wrong"), " ", ...this.remarks.reason(name, cell)], isNone: false } : null;
  }

  /**
   * Whether some cells of an array are never computed.
   * @param {string} name
   */
  hasBlanks(name) {
    const { sheet } = this;
    return sheet.value(name).data.some((value, cell) =>
      Number.isNaN(value) && cause(sheet, sheet.node(name), cell)?.why === "left");
  }

  /**
   * One more level of help with the box that is typed into.
   * @param {Spot} spot
   * @param {string} name
   * @returns {Child[]}
   */
  helped(spot, name) {
    const { practice, stage, sheet } = this;
    const { words } = practice;
    const level = practice.help(name, spot.cell);
    if (level === 3) {
      stage.editing.close();
      stage.pointing.go(spot);
      stage.announce(text(words.number, { number: writing(sheet, name)(spot.cell) || words.nothing }));
      practice.show();
      return [];
    }
    practice.show();
    return level === 1 ? [words.where] : this.formula(name, spot.cell);
  }

  /**
   * The formula of a cell with its numbers and without its result.
   * @param {string} name
   * @param {number} cell
   * @returns {Child[]}
   */
  formula(name, cell) {
    const { sheet, stage, practice } = this;
    const missing = cause(sheet, sheet.node(name), cell);
    if (missing?.why === "left") return stage.inspector.leftOut(missing, stage.words);
    const { parts } = explain(sheet, name, cell);
    const formula = h("span", {}, ...marked(parts, (other) => sheet.role(other)));
    return [...sentence(practice.words.how, { formula }), sheet.allows.answers && ` ${practice.words.thenNumber}`];
  }

  /** @param {Spot} spot */
  help(spot) {
    const { stage } = this;
    stage.editing.start(spot);
    const cell = stage.drawing.cell(spot);
    const editor = cell && stage.editing.open.get(cell);
    const box = this.at(spot);
    if (editor && box?.hasHelp) box.help(editor);
  }

  /** Help with the box that somebody is at, else with the first one. */
  helpHere() {
    const { selected } = this.stage.pointing;
    const spot = selected && this.at(selected) ? selected : this.open()[0];
    if (spot) this.help(spot);
  }

  /** Show what has been judged, and say it to those who hear. */
  paint() {
    const { practice } = this;
    practice.show();
    const { last } = practice;
    const cell = last && this.stage.drawing.cell({ place: last.name, cell: last.cell });
    // what is wrong stands beside what is typed, and is said there
    const said = cell && this.stage.editing.open.has(cell) ? "" : this.remarks.told();
    if (said) this.stage.announce(said);
  }

  /** @returns {Spot[]} the boxes that are on the sheet now and not done, in order */
  open() {
    const { practice, sheet } = this;
    return [...practice.asked].flatMap(([place, cells]) =>
      sheet.arrivesAt(place) > sheet.step ? [] : [...cells].map((cell) => ({ place, cell })).filter((spot) => this.name(spot)));
  }

  /**
   * To the next box, or back to the one before.
   * @param {Spot} from
   * @param {Onward} onward
   */
  next(from, onward) {
    const back = onward === "up" || onward === "left";
    const order = [...this.practice.asked].flatMap(([place, cells]) => [...cells].map((cell) => `${place} ${cell}`));
    const at = (/** @type {Spot} */ { place, cell }) => order.indexOf(`${place} ${cell}`);
    const others = this.open().filter((spot) => at(spot) !== at(from));
    if (back) others.reverse();
    const to = others.find((spot) => (back ? at(spot) < at(from) : at(spot) > at(from))) ?? others[0];
    if (!to) this.stage.pointing.go(from);
    else {
      this.stage.drawing.stopAt(to);
      if (!this.stage.editing.start(to)) this.stage.pointing.go(to);
    }
  }

  /**
   * How the cells of a matrix look.
   * @param {Matrix} matrix
   */
  dress({ name, copy, cells }) {
    const { practice } = this;
    const asked = practice.goals.open ? undefined : practice.asked.get(name);
    const write = writing(this.sheet, name);
    const { words } = practice;
    cells.forEach((element, cell) => {
      const state = asked?.has(cell) ? practice.state(name, cell) : null;
      const number = state && (practice.isDone(name, cell) ? write(cell) : practice.entry(name, cell).entry);
      const { of } = practice.judged.get(`${name} ${cell}`) ?? {};
      const look = state && [state, number, of, this.sheet.language].join();
      if ((this.looks.get(element) ?? null) === look) return;
      if (state === null || look === null) {
        this.looks.delete(element);
        delete element.dataset.box;
        element.removeAttribute("aria-label");
        return;
      }
      this.looks.set(element, look);
      element.dataset.box = copy && state !== "right" ? "copy" : state;
      const where = this.remarks.where(name, cell);
      const label = state === "open" ? text(words.toFill, { cell: where })
        : `${where}${words.colon}${number}${words.comma}${this.remarks.verdict(name, cell)}`;
      element.setAttribute("aria-label", label);
    });
  }

  /** Judge what is being typed, since the page goes. */
  commit() {
    for (const editor of [...this.stage.editing.open.values()]) if (editor.box) editor.commit("stay", false);
  }
}
