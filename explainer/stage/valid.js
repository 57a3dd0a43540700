// Whether a document is a sheet: a stranger's document must not surprise the stage later.

import { SheetError } from "./errors.js";
import { operations } from "./evaluate.js";
import { grid } from "./grid.js";

/** @import {ArrayInfo, Graph, SheetDocument} from "./types.js" */

const FEEDS = ["each", "product", "line", "moved", "taken", "column"];

/**
 * The array that a place of the layout shows: the place without its primes.
 * @param {string} place
 * @returns {string}
 */
export function nameOf(place) {
  return place.replace(/'+$/, "");
}

/**
 * The same document, known to be a sheet of schema 1.
 *
 * Throws SheetError with the part that is wrong and what is wrong there.
 * @param {unknown} document
 * @returns {SheetDocument}
 */
export function valid(document) {
  if (!isRecord(document)) throw new SheetError("not-a-sheet");
  if (document.schema !== 1) throw new SheetError("schema", { schema: document.schema });
  if (typeof document.id !== "string") throw new SheetError("not-a-sheet", { missing: "id" });
  for (const part of ["arrays", "operations", "graphs", "texts"]) {
    if (!isRecord(document[part])) throw new SheetError("not-a-sheet", { missing: part });
  }
  if (!Array.isArray(document.pictures ?? [])) throw new SheetError("pictures");
  const sheet = /** @type {SheetDocument} */ (/** @type {unknown} */ (document));
  for (const [name, array] of Object.entries(sheet.arrays)) checkArray(name, array);
  checkLayout(sheet);
  for (const [op, { feeds, formula }] of Object.entries(sheet.operations)) {
    if (!FEEDS.includes(feeds) || typeof formula?.term !== "string") {
      throw new SheetError("operations", { op });
    }
  }
  for (const picture of sheet.pictures ?? []) {
    const known = Array.isArray(picture?.arrays) && Array.isArray(picture.steps);
    if (!known || !picture.arrays.every((name) => Object.hasOwn(sheet.arrays, name))) {
      throw new SheetError("pictures", { picture });
    }
  }
  if (sheet.papers !== undefined) checkPapers(sheet);
  if (!Object.keys(sheet.graphs).length) throw new SheetError("graphs", { missing: "any" });
  for (const [arithmetic, graph] of Object.entries(sheet.graphs)) checkGraph(sheet, arithmetic, graph);
  if (!Object.keys(sheet.texts).length) throw new SheetError("texts", { missing: "any" });
  for (const [language, text] of Object.entries(sheet.texts)) {
    if (!isRecord(text) || !isRecord(text.steps)) throw new SheetError("texts", { language });
  }
  return sheet;
}

/** @param {unknown} value @returns {value is Record<string, any>} */
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {unknown} value */
const isText = (value) => typeof value === "string";
/** @param {unknown} value */
const isDigits = (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 12;
/** @param {unknown} value */
const areTexts = (value) => Array.isArray(value) && value.every(isText);

/**
 * What each part of an array must be where it is there.
 * @type {Record<string, (value: unknown) => boolean>}
 */
const PARTS = {
  label: (value) => isRecord(value) && Object.values(value).every(isText),
  digits: (value) => isRecord(value) && Object.values(value).every(isDigits),
  role: isText,
  rows: areTexts,
  columns: areTexts,
  words: areTexts,
  updates: isText,
  bounds: (value) => Array.isArray(value) && value.length === 2 && value.every(Number.isFinite),
};

/** @param {string} name @param {ArrayInfo} array */
function checkArray(name, array) {
  if (!isRecord(array)) throw new SheetError("arrays", { name });
  for (const [part, fits] of Object.entries(PARTS)) {
    const value = /** @type {Record<string, unknown>} */ (array)[part];
    if (value !== undefined && !fits(value)) throw new SheetError("arrays", { name, part });
  }
  if (array.given === undefined) return;
  try {
    grid(array.given);
  } catch (error) {
    throw new SheetError("arrays", { name, message: message(error) });
  }
}

/** @param {SheetDocument} sheet */
function checkPapers({ papers, arrays }) {
  const { sets, shuffles, seeds } = /** @type {Record<string, unknown>} */ (isRecord(papers) ? papers : {});
  const shape = (/** @type {string} */ name) => (Object.hasOwn(arrays, name) && arrays[name].given !== undefined
    ? grid(/** @type {import("./types.js").Nested} */ (arrays[name].given)).shape : []);
  const size = (/** @type {string} */ name) => shape(name).reduce((all, each) => all * each, 1);
  const fits = (/** @type {unknown} */ set) => isRecord(set) && Object.entries(set).every(([name, flat]) =>
    shape(name).length && Array.isArray(flat) && flat.length === size(name) && flat.every(Number.isFinite));
  const moves = (/** @type {unknown} */ axes) => areTexts(axes) && /** @type {string[]} */ (axes).every((axis) =>
    /^\w+\.(rows|columns)$/.test(axis) && shape(axis.split(".")[0]).length === 2);
  const known = Array.isArray(sets) && sets.every(fits) && Array.isArray(shuffles) && shuffles.every(moves) &&
    isRecord(seeds) && Object.values(seeds).every(Number.isInteger);
  if (!known) throw new SheetError("papers");
}

/** @param {SheetDocument} sheet */
function checkLayout({ layout, arrays }) {
  if (!Array.isArray(layout) || !layout.every(Array.isArray)) throw new SheetError("layout");
  for (const place of new Set(layout.flat())) {
    if (place === ".") continue;
    if (typeof place !== "string" || !Object.hasOwn(arrays, nameOf(place))) {
      throw new SheetError("layout", { place });
    }
  }
}

/** @param {SheetDocument} sheet @param {string} arithmetic @param {Graph} graph */
function checkGraph(sheet, arithmetic, graph) {
  /** @param {Record<string, unknown>} details */
  const wrong = (details) => new SheetError("graphs", { arithmetic, ...details });
  if (!isRecord(graph) || !Array.isArray(graph.nodes) || !Array.isArray(graph.steps)) throw wrong({});
  graph.nodes.forEach((node, i) => {
    if (!isRecord(node)) throw wrong({ node: i });
    const known = Object.hasOwn(operations, node.op) && Object.hasOwn(sheet.operations, node.op);
    if (!known && node.op !== "given" && node.op !== "constant") throw wrong({ node: i, op: node.op });
    const inputs = node.inputs ?? [];
    const back = (/** @type {unknown} */ at) => Number.isInteger(at) && Number(at) >= 0 && Number(at) < i;
    if (!Array.isArray(inputs) || !inputs.every(back)) throw wrong({ node: i, inputs });
    if (known && !inputs.length) throw wrong({ node: i, inputs });
    if (node.name !== undefined && !Object.hasOwn(sheet.arrays, node.name)) {
      throw wrong({ node: i, name: node.name });
    }
    if (node.op === "given" && sheet.arrays[node.name ?? ""]?.given === undefined) {
      throw wrong({ node: i, missing: "given" });
    }
  });
  const named = new Set(graph.nodes.map((node) => node.name));
  for (const place of new Set(sheet.layout.flat())) {
    if (place !== "." && !named.has(nameOf(place))) throw wrong({ place });
  }
  const ids = Object.values(sheet.graphs)[0].steps.map((step) => step?.id).join("\n");
  if (!graph.steps.length || graph.steps.map((step) => step?.id).join("\n") !== ids) {
    throw wrong({ steps: "the arithmetics have different steps" });
  }
  for (const { id, shows } of graph.steps) {
    if (typeof id !== "string" || !Array.isArray(shows)) throw wrong({ step: id });
  }
}

/** @param {unknown} error @returns {string} */
export function message(error) {
  return error instanceof Error ? error.message : String(error);
}
