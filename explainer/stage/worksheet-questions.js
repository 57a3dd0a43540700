// Predictions and goals as questions on paper, and the answers that a key gives.

import { h, marked } from "./dom.js";
import { evaluate } from "./evaluate.js";
import { markup } from "./format.js";
import { dims } from "./grid.js";
import { narrate } from "./narrate.js";
import { text, words } from "./strings.js";
import { GAP } from "./worksheet-cells.js";
import { EMPTY, said } from "./worksheet-words.js";

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
    const hidden = !key && cell !== undefined && open.tells(array, Number(cell));
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
 * @returns {HTMLElement}
 */
export function question(sheet, open, { id, choose }) {
  const say = said(sheet.language);
  const options = choose.options?.map((option) =>
    h("span", {}, h("i", { class: "tick" }), ...spoken(sheet, open, `${id}/${option}`, option, false)));
  return h("div", { class: "question" }, h("b", {}, say.before), " ", ...spoken(sheet, open, id, id, false),
    options ? h("p", { class: "options" }, ...options) : line(say.answer));
}

/**
 * What is right, for the key.
 * @param {Sheet} sheet
 * @param {Open} open
 * @param {Prediction} prediction
 * @param {Inspector} inspector
 * @returns {HTMLElement}
 */
export function answer(sheet, open, { id, before, choose, answer: programs }, inspector) {
  const say = said(sheet.language);
  const i = sheet.numbers[sheet.steps.findIndex((step) => step.id === before)];
  const found = answers(sheet, programs).map((at) => choose.options
    ? spoken(sheet, open, `${id}/${choose.options[at]}`, choose.options[at], true)
    : place(sheet, choose.by, choose.array, at, inspector));
  const listed = found.flatMap((one, k) => [k ? words(sheet.language).comma : "", ...one]);
  return h("div", { class: "question" }, text(say.answers, { i }), " ", ...spoken(sheet, open, id, id, true), " ",
    h("b", { class: "right" }, ...(listed.length ? listed : [EMPTY])));
}

/**
 * What is to be made true by changing numbers.
 * @param {Sheet} sheet
 * @param {Open} open
 * @param {Goal} goal
 * @param {HTMLElement[]} matrices that are needed for it
 */
export function goal(sheet, open, { id }, matrices) {
  return h("div", { class: "question" }, ...spoken(sheet, open, id, id, false),
    matrices.length > 0 && h("div", { class: "row" }, ...matrices), line(""), line(""), line(""));
}

/**
 * A text of the practice by its id; where it is not written yet, what stands for it.
 * @param {Sheet} sheet
 * @param {Open} open
 * @param {string} id
 * @param {string} otherwise
 * @param {boolean} key
 */
function spoken(sheet, open, id, otherwise, key) {
  return told(sheet, open, (sheet.text().practice ?? {})[id] ?? [otherwise], key);
}

/**
 * A line to write on.
 * @param {string} label
 */
function line(label) {
  return h("p", { class: "line" }, label && h("span", {}, label), h("i"));
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
