// Predictions and goals as questions on paper, and the answers that a key gives.

import { h, marked } from "./dom.js";
import { evaluate } from "./evaluate.js";
import { markup } from "./format.js";
import { dims } from "./grid.js";
import { narrate } from "./narrate.js";
import { text, words } from "./strings.js";
import { GAP } from "./worksheet-cells.js";
import { said } from "./worksheet-words.js";

/** @import {Child} from "./dom.js" */
/** @import {Inspector} from "./inspector.js" */
/** @import {Block, Goal, Prediction} from "./types.js" */
/** @import {Sheet} from "./sheet.js" */
/** @import {Open} from "./worksheet-cells.js" */

/**
 * A text on paper: its live numbers as they are printed, or gaps.
 * @param {Sheet} sheet
 * @param {Open} open
 * @param {Block[]} tree
 * @param {boolean} key
 * @returns {Node[]}
 */
export function told(sheet, open, tree, key) {
  const { nodes } = narrate(sheet, tree, () => null);
  const all = h("div", {}, ...nodes);
  for (const reference of all.querySelectorAll("button")) {
    const { array = "", cell } = reference.dataset;
    const hidden = !key && cell !== undefined && open.hides(array, Number(cell));
    reference.replaceWith(h("b", {}, ...(hidden ? [GAP] : reference.childNodes)));
  }
  for (const link of all.querySelectorAll("a")) link.replaceWith(...link.childNodes);
  return [...all.childNodes];
}

/**
 * What is to be guessed before a step, with a line for the answer or words to tick.
 * @param {Sheet} sheet
 * @param {Open} open
 * @param {Prediction} prediction
 * @param {Inspector} inspector
 * @param {boolean} key
 * @returns {HTMLElement}
 */
export function question(sheet, open, { id, choose, answer }, inspector, key) {
  const say = said(sheet.language);
  const texts = sheet.text().practice ?? {};
  const right = key ? answers(sheet, answer) : [];
  const element = h("div", { class: "question" },
    h("b", {}, say.before), " ", ...told(sheet, open, texts[id] ?? [id], key));
  if (choose.options) {
    element.append(h("p", { class: "options" }, ...choose.options.map((option, at) =>
      h("span", { class: right.includes(at) && "right" },
        h("i", { class: "tick" }, right.includes(at) ? "✓" : ""), ...told(sheet, open, texts[`${id}/${option}`] ?? [option], key)))));
    return element;
  }
  const { by, array } = choose;
  const found = right.flatMap((at, i) => [i ? words(sheet.language).comma : "", ...place(sheet, by, array, at, inspector)]);
  element.append(line(say.answer, found));
  return element;
}

/**
 * What is to be made true by changing numbers.
 * @param {Sheet} sheet
 * @param {Open} open
 * @param {Goal} goal
 * @param {boolean} key
 */
export function goal(sheet, open, { id, change, most }, key) {
  const say = said(sheet.language);
  const names = change.flatMap((name, i) => [i ? words(sheet.language).comma : "", ...marked(markup(sheet.label(name)), () => "plain")]);
  const [before, after = ""] = text(say.most, { n: most, what: "\0" }).split("\0");
  return h("div", { class: "question" }, ...told(sheet, open, (sheet.text().practice ?? {})[id] ?? [id], key),
    h("small", {}, " ", before, ...names, after), line("", []));
}

/**
 * A line to write on, or what a key has on it.
 * @param {string} label
 * @param {Child[]} written
 */
function line(label, written) {
  return h("p", { class: "line" }, label && h("span", {}, label), h("i", { class: "rule" }, ...written));
}

/**
 * Which of the choices are right.
 * @param {Sheet} sheet
 * @param {Prediction["answer"]} programs
 * @returns {number[]}
 */
function answers(sheet, programs) {
  const nodes = programs[sheet.arithmetic] ?? programs.hand;
  const given = Object.fromEntries(nodes.flatMap(({ op, name }) => (op === "given" && name ? [[name, sheet.value(name)]] : [])));
  const { data } = evaluate(nodes, given)[nodes.length - 1];
  return data.length === 1 ? [data[0]] : [...data.keys()].filter((at) => data[at]);
}

/**
 * What a choice is called: a row, a column, a cell.
 * @param {Sheet} sheet
 * @param {"rows" | "columns" | "cells"} by
 * @param {string} array
 * @param {number} at
 * @param {Inspector} inspector
 * @returns {Child[]}
 */
function place(sheet, by, array, at, inspector) {
  const say = words(sheet.language);
  if (by === "cells") return inspector.position(array, at, say);
  const info = sheet.document.arrays[array];
  const { rows, columns } = dims(sheet.value(array));
  const [heads, length] = by === "rows" ? [info.rows, rows] : [info.columns, columns];
  const where = by === "rows" ? text(say.row, { i: at + 1 }) : text(say.column, { j: at + 1 });
  if (heads?.length !== length) return [where];
  const [before, after = ""] = text(say.named, { where, name: "\0" }).split("\0");
  return [before, ...marked(markup(heads[at]), () => "plain"), after];
}
