// A lesson on paper: what to do in each step, its matrices with boxes to write in; and the key.

import { h, marked, sentence } from "./dom.js";
import { markup } from "./format.js";
import { Inspector } from "./inspector.js";
import { Layout } from "./layout.js";
import { size, tracks } from "./measure.js";
import { qr } from "./qr.js";
import { Scene } from "./scene.js";
import { Sheet } from "./sheet.js";
import { text, words } from "./strings.js";
import { GAP, isBare, Open, withoutZeros } from "./worksheet-cells.js";
import { extent, matrix } from "./worksheet-matrix.js";
import { answer, goal, question, told } from "./worksheet-questions.js";
import { rules } from "./worksheet-rules.js";
import { tasks } from "./worksheet-tasks.js";
import { said } from "./worksheet-words.js";

/** @import {Child} from "./dom.js" */
/** @import {Block, Goal} from "./types.js" */
/** @import {Said} from "./worksheet-words.js" */
/** @import {Task} from "./worksheet-tasks.js" */

/** What a whole layout may be wide and high, in mm, for a page to have room for it and for words. */
const [WIDEST, HIGHEST] = [184, 120];
/** mm to an em of measure.js. */
const EM = 4.8;

/**
 * The worksheet of a paper, or its key: always by hand, in the sheet's language, with its edits
 * where it is the sheet's own paper. The sheet itself stays as it is.
 * @param {Sheet} sheet
 * @param {{paper?: number, key?: boolean, link?: string}} [options] link: where this paper is on the web
 * @returns {HTMLElement}
 */
export function worksheet(sheet, { paper = sheet.paper, key = false, link = "" } = {}) {
  const own = prepared(sheet, paper);
  return new Worksheet(own, new Open(own, sheet.practice === "all"), key, link).element;
}

/** @param {Sheet} sheet @param {number} paper */
function prepared(sheet, paper) {
  const own = new Sheet(sheet.document);
  own.go({ arithmetic: "hand", language: sheet.language, paper });
  if (paper === sheet.paper && sheet.edits.length) own.editAll(sheet.edits);
  return own;
}

class Worksheet {
  /**
   * @param {Sheet} sheet
   * @param {Open} open
   * @param {boolean} key
   * @param {string} link
   */
  constructor(sheet, open, key, link) {
    this.sheet = sheet;
    this.open = open;
    this.key = key;
    this.say = said(sheet.language);
    this.words = words(sheet.language);
    this.inspector = new Inspector(new Scene(sheet));
    const whole = this.whole();
    /** The matrices that stand on the paper. */
    this.stood = new Set(whole ? sheet.places.map(({ name }) => name) : []);
    const body = h("td", {}, this.margin(link), this.opening(), whole,
      ...sheet.steps.flatMap((_, step) => this.step(step, whole === null)), this.ending());
    // a table's head stands on every page
    this.element = h("article", { class: key ? "worksheet key" : "worksheet", lang: sheet.language, "data-paper": sheet.paper },
      h("table", { class: "pages" }, h("thead", {}, h("tr", {}, h("td", {}, this.head()))), h("tbody", {}, h("tr", {}, body))));
  }

  /** What stands on every page: which sheet it is, and whose. */
  head() {
    const { sheet, say, key } = this;
    const changed = sheet.edits.length ? `${this.words.comma}${say.changed}` : "";
    const blank = (/** @type {string} */ label) => h("span", { class: "field" }, label, h("i"));
    return h("div", { class: "head" }, key && h("strong", { class: "stamp" }, say.key),
      h("span", {}, sheet.text().title, " · ", h("b", {}, text(say.paper, { n: sheet.paper })), changed),
      ...(key ? [] : [blank(say.name), blank(say.date)]));
  }

  opening() {
    const { sheet, open, say, key } = this;
    const { title, summary } = sheet.text();
    return h("header", {}, !key && h("h1", {}, title), !key && h("div", { class: "summary" }, ...told(sheet, open, summary, key)),
      h("p", { class: "legend" }, key ? say.keyLegend : say.legend, !key && open.isEmptySomewhere && say.empty));
  }

  /** @param {string} link */
  margin(link) {
    if (this.key) return null;
    const { sheet, say } = this;
    const where = link && h("div", { class: "link" }, qr(link), h("p", {}, say.link, " ", h("span", {}, link)));
    return h("aside", {}, where, h("h2", {}, say.rules), h("ul", {}, ...rules(sheet).map((rule) => h("li", {}, ...rule))));
  }

  /** All matrices as they stand on the sheet, where a page has room for them; else null. */
  whole() {
    const { sheet, open, key } = this;
    const layout = new Layout(sheet.document.layout);
    const extents = sheet.places.map(({ place, name }) => {
      const { heads, side, widths, heights } = extent(sheet, open, name, false);
      const sum = (/** @type {number[]} */ lengths) => lengths.reduce((all, one) => all + one, 0) / EM;
      return { place, rows: sum(heights) / 2, columns: 1, cell: sum(widths), side: side / EM, head: heads.length ? 1 : 0, least: 26 / EM };
    });
    const { width, height } = size(tracks(layout, extents));
    if (width * EM > WIDEST || height * EM > HIGHEST) return null;
    const element = h("div", { class: "whole" });
    element.style.gridTemplateAreas = layout.areas;
    for (const { place, name, copy } of sheet.places) {
      const one = matrix(sheet, open, name, { asked: !copy, key });
      one.style.gridArea = layout.area(place);
      element.append(one);
    }
    return element;
  }

  /**
   * @param {number} step
   * @param {boolean} drawn whether its matrices stand beside what is to be done
   * @returns {Child[]}
   */
  step(step, drawn) {
    const { sheet, open, key, say } = this;
    const { id } = sheet.steps[step];
    const { title = id, body = [] } = sheet.text().steps[id] ?? {};
    const asked = tasks(sheet, open, step, this.inspector);
    const questions = (sheet.document.practice?.predictions ?? []).filter(({ before }) => before === id);
    const [first, ...others] = asked.map((task) => this.task(task, drawn));
    return [
      ...(key ? [] : questions.map((one) => question(sheet, open, one))),
      (first || !key) && h("section", { class: first ? "step" : "step idle" },
        h("div", { class: "together" },
          h("h2", {}, h("span", { class: "number" }, sheet.numbers[step]), title, !first && h("small", {}, ` ${say.nothing}`)),
          first && !key && h("div", { class: "why" }, ...told(sheet, open, paragraph(body), key)),
          first),
        ...others),
    ];
  }

  /**
   * One matrix to be filled in, with those that it comes from before it; in a key it stands alone.
   * @param {Task} task
   * @param {boolean} drawn
   */
  task(task, drawn) {
    const { sheet, open, key } = this;
    const { name, from, sign, leads } = task;
    if (key) return h("div", { class: "task" }, drawn && matrix(sheet, open, name, { asked: true, key }));
    if (drawn) for (const array of [...from, name]) this.stood.add(array);
    const one = (/** @type {string} */ array) => matrix(sheet, open, array, { asked: array === name, key });
    const between = (/** @type {string} */ mark) => h("span", { class: "sign" }, mark);
    const row = h("div", { class: "row" },
      ...from.flatMap((array, i) => (i ? [between(sign), one(array)] : [one(array)])),
      from.length > 0 && between(leads), one(name));
    return h("div", { class: "task" }, h("p", { class: "do" }, ...this.instruction(task)), drawn && row);
  }

  /**
   * What to fill in, from where, and an example: a cell that is given, or else how to begin.
   * @param {Task} task
   * @returns {Child[]}
   */
  instruction({ name, cells, first, told, loose, by, decimals, example }) {
    const { sheet, say, words, inspector, open } = this;
    const at = (/** @type {number} */ cell) => inspector.position(name, cell, words);
    const what = cells.length > 1 ? sentence(say.boxes, { array: inspector.label(name) }) : inspector.phrase(name, cells, words);
    const from = inspector.sentence(name, told, words);
    const how = by.length ? sentence(say.picked, { from, by: by.map((array) => inspector.label(array)) }) : from;
    const written = (/** @type {Task["told"]} */ one, /** @type {string} */ result) =>
      h("span", { class: "formula" }, ...marked(open.formula(withoutZeros(one.parts)), () => "plain"), ` = ${result}`);
    const begin = () => sentence(sheet.value(name).data.length > 1 ? say.begin : say.one, { where: at(first), formula: written(told, GAP) });
    const shown = example
      ? sentence(say.example, { where: at(example.cell), formula: written(example.told, example.told.result) })
      : loose || isBare(told.parts) ? [] : begin(); // that one number would be the answer
    const rounded = decimals.map((places) => say.rounded[places] ?? "");
    return tight([...sentence(cells.length > 1 && !loose ? say.doMany : say.do, { what, where: at(first), how }), ...rounded, ...shown]);
  }

  ending() {
    const { sheet, open, key, say } = this;
    const { goals = [], predictions = [] } = sheet.document.practice ?? {};
    const can = sheet.text().can ?? [];
    if (key) return h("footer", {}, ...predictions.map((one) => answer(sheet, open, one, this.inspector)));
    const tick = (/** @type {Block[]} */ one) => h("div", { class: "can" }, h("i", { class: "tick" }), h("div", {}, ...told(sheet, open, one, false)));
    return h("footer", {},
      goals.length > 0 && h("section", { class: "step" },
        ...goals.map((one, i) => h("div", { class: "together" }, !i && h("h2", {}, say.think), goal(sheet, open, one, this.needed(one))))),
      can.length > 0 && h("section", { class: "step together" }, h("h2", {}, say.can), ...can.map(tick)));
  }

  /**
   * The given matrices that a goal's changes are carried on with and that do not stand on the paper yet.
   * @param {Goal} goal
   * @returns {HTMLElement[]}
   */
  needed({ change, reached }) {
    const { sheet, open } = this;
    const names = new Set(change);
    const { nodes } = sheet.graph;
    /** @type {boolean[]} */
    const moves = [];
    for (const { op, name = "", inputs = [] } of nodes) {
      moves.push(op === "given" ? names.has(name) : inputs.some((input) => moves[input]));
    }
    const seen = new Set();
    const seek = (/** @type {number} */ node) => {
      const { op, name, inputs = [] } = nodes[node];
      if (seen.has(node) || (name && this.stood.has(name) && !moves[node])) return; // known, and stays
      seen.add(node);
      if (op === "given" && name) names.add(name);
      else for (const input of inputs) seek(input);
    };
    for (const { op, name } of reached.hand) if (op === "given" && name) seek(sheet.node(name));
    const missing = [...names].filter((name) => !this.stood.has(name) && sheet.places.some((place) => place.name === name));
    for (const name of missing) this.stood.add(name);
    return missing.map((name) => matrix(sheet, open, name, { asked: false, key: false }));
  }
}

/**
 * What a text begins with.
 * @param {Block[]} body
 * @returns {Block[]}
 */
function paragraph(body) {
  const first = body.find((block) => typeof block === "object" && "tag" in block && block.tag === "p");
  return first ? [first] : [];
}

/**
 * Text without the spaces that Chinese has around a label where it has a sign beside it.
 * @param {Child[]} children
 */
function tight(children) {
  return children.map((child, i) => {
    if (typeof child !== "string") return child;
    const [before, after] = [children[i - 1], children[i + 1]];
    const ends = typeof after === "string" && /^[，。：]/.test(after);
    const begins = typeof before === "string" && /[，。：]$/.test(before);
    return child.slice(begins ? child.search(/\S|$/) : 0, ends ? child.trimEnd().length : undefined);
  });
}
