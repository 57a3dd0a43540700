// The small programs of practice, and what of a stranger's practice makes sense.

import { evaluate, operations } from "./evaluate.js";

/** @import {Grid, Node, Practice, Programs, SheetDocument} from "./types.js" */
/** @import {Sheet} from "./sheet.js" */

/**
 * The result of a program from a sheet's arrays; null where it cannot be computed.
 * @param {Programs} programs
 * @param {Sheet} sheet
 * @param {Grid[]} [values] of the sheet's graph; a pupil's own, say
 * @returns {Grid | null}
 */
export function result(programs, sheet, values = sheet.values) {
  const nodes = Object.hasOwn(programs, sheet.arithmetic) ? programs[sheet.arithmetic] : programs.hand;
  try {
    /** @type {Record<string, Grid>} */
    const givens = {};
    for (const { op, name = "" } of nodes) if (op === "given") givens[name] = values[sheet.node(name)];
    return evaluate(nodes, givens)[nodes.length - 1];
  } catch {
    return null;
  }
}

/**
 * What a document has for practice, without what does not fit it.
 * @param {SheetDocument} document
 * @returns {Practice}
 */
export function practiceOf({ practice, arrays, graphs }) {
  const given = /** @type {Record<string, unknown>} */ (isRecord(practice) ? practice : {});
  const isArray = (/** @type {unknown} */ name) => typeof name === "string" && Object.hasOwn(arrays, name);
  /** @param {unknown} value @returns {any[]} */
  const list = (value) => (Array.isArray(value) ? value : []).filter(isRecord);
  const known = (/** @type {any} */ { id }) => typeof id === "string";
  const programs = (/** @type {unknown} */ value) => isRecord(value) && Array.isArray(value.hand) &&
    Object.values(value).every((nodes) => isProgram(nodes, isArray));
  const choice = (/** @type {any} */ choose) => isRecord(choose) && (isTexts(choose.options) ||
    (["rows", "columns", "cells"].includes(choose.by) && isArray(choose.array)));
  const steps = new Set(Object.values(graphs).flatMap((graph) => graph.steps.map(({ id }) => id)));
  const blanks = Object.entries(isRecord(given.blanks) ? given.blanks : {});
  return {
    blanks: Object.fromEntries(blanks.filter(([name, cells]) => isArray(name) && isCells(cells))),
    predictions: list(given.predictions).filter((one) =>
      known(one) && steps.has(one.before) && choice(one.choose) && programs(one.answer)),
    slips: list(given.slips).filter((one) => known(one) && isArray(one.array) && isCells(one.cells) && programs(one.wrong)),
    goals: list(given.goals).filter((one) => known(one) && isTexts(one.change) && one.change.length > 0 &&
      one.change.every((/** @type {string} */ name) => isArray(name) && arrays[name].given !== undefined) &&
      Number.isInteger(one.most) && one.most > 0 && programs(one.reached)),
  };
}

/** @param {unknown} nodes @param {(name: unknown) => boolean} isArray */
function isProgram(nodes, isArray) {
  return Array.isArray(nodes) && nodes.length > 0 && nodes.every((/** @type {Node} */ node, i) => {
    if (!isRecord(node)) return false;
    if (node.op === "given") return isArray(node.name);
    if (node.op === "constant") return true;
    const inputs = node.inputs ?? [];
    return Object.hasOwn(operations, node.op) && isCells(inputs) && inputs.every((input) => input < i);
  });
}

/** @param {unknown} value @returns {value is Record<string, any>} */
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {unknown} value */
function isTexts(value) {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

/** @param {unknown} value */
function isCells(value) {
  return Array.isArray(value) && value.every((cell) => Number.isInteger(cell) && cell >= 0);
}
