// The stage as Panel's JSComponent draws it: parameters in, parameters out, nothing else.

import "./element.js";
import { h } from "./dom.js";
import { embed } from "./embed.js";
import { EditError, Sheet, SheetError } from "./sheet.js";

/** @import {ExplainerLesson} from "./element.js" */
/** @import {Edit} from "./types.js" */

/** ms */
const PAUSE = 120;

/**
 * @typedef {{sheet: Record<string, unknown>, step: string, arithmetic: string, language: string,
 *   theme: string, edits: Edit[], url: string, lesson_href: string,
 *   embeddable: boolean, file_href: string, practice_src: string,
 *   links: {label: string, href: string, kind?: "brand" | "extra" | "onward"}[],
 *   on: (names: string | string[], follow: () => void) => void}} Model
 */

/**
 * @param {{model: Model}} context
 * @returns {HTMLElement}
 */
export function render({ model }) {
  const lesson = /** @type {ExplainerLesson} */ (document.createElement("explainer-lesson"));
  lesson.setAttribute("keys", "page");
  if (model.theme !== "auto") lesson.setAttribute("theme", model.theme);
  if (model.language) lesson.setAttribute("lang", model.language);
  if (model.url) lesson.setAttribute("url", model.url);
  if (model.lesson_href) lesson.setAttribute("lesson-href", model.lesson_href);
  if (model.practice_src) lesson.setAttribute("practice-src", model.practice_src);

  if (model.embeddable) lesson.setAttribute("embed", "");
  lesson.addEventListener("embed", () => embed(lesson, model.file_href));

  let telling = 0;
  // once the reader has seen it: Python can wait for a frame, and several changes are told as one
  const tell = (/** @type {Sheet} */ sheet) => {
    clearTimeout(telling);
    telling = window.setTimeout(() => report(sheet, model), PAUSE);
  };
  const edit = () => lesson.sheet && rewrite(lesson.sheet, model.edits);
  const put = () => {
    if (!model.sheet || !Object.keys(model.sheet).length) return;
    const sheet = open(model.sheet);
    if (sheet instanceof Sheet) {
      steer(sheet, model);
      rewrite(sheet, model.edits);
      // what the address asks for comes later, and is told to Python like any other change
      sheet.addEventListener("change", () => tell(sheet));
      sheet.addEventListener("edit", () => tell(sheet));
    }
    lesson.sheet = sheet;
  };
  const links = () =>
    lesson.replaceChildren(
      ...(model.links ?? []).map(({ label, href, kind }) =>
        h("a", { slot: kind === "onward" ? kind : "nav", href, class: kind, title: kind === "onward" && label }, label)),
    );

  put();
  links();
  lesson.addEventListener("theme", () => (model.theme = lesson.theme));
  model.on("sheet", put);
  // one by one: while one is told to Python, the others in the model are still the old ones
  model.on("step", () => lesson.sheet?.go({ step: model.step || undefined }));
  model.on("arithmetic", () => lesson.sheet?.go({ arithmetic: model.arithmetic }));
  model.on("language", () => lesson.sheet?.go({ language: model.language }));
  model.on("edits", edit);
  model.on("links", links);
  model.on("theme", () => lesson.setAttribute("theme", model.theme));
  return lesson;
}

/**
 * @param {unknown} document
 * @returns {unknown} a Sheet; the document itself when it is none, for the element to say so
 */
function open(document) {
  try {
    return new Sheet(document);
  } catch (error) {
    if (error instanceof SheetError) return document;
    throw error;
  }
}

/** @param {Sheet} sheet @param {Model} model */
function steer(sheet, { step, arithmetic, language }) {
  sheet.go({ step: step || undefined, arithmetic, language });
}

/** @param {Sheet} sheet @param {unknown} given edits, or what a program has put in their place */
function rewrite(sheet, given) {
  /** @type {Edit[]} */
  const edits = (Array.isArray(given) ? given : []).filter((edit) => edit instanceof Object);
  if (same(edits, sheet.edits)) return;
  try {
    sheet.rewrite(edits);
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    console.warn(`edits are ignored: ${error.message}`);
  }
}

/** @param {Sheet} sheet @param {Model} model */
function report(sheet, model) {
  const step = sheet.steps[sheet.step].id;
  if ((model.step || sheet.steps[0].id) !== step) model.step = step;
  if (model.arithmetic !== sheet.arithmetic) model.arithmetic = sheet.arithmetic;
  if (model.language !== sheet.language) model.language = sheet.language;
  if (!same(model.edits, sheet.edits)) model.edits = sheet.edits;
}

/** @param {Edit[]} a @param {Edit[]} b */
function same(a, b) {
  const key = (/** @type {Edit} */ { name, cell, value }) => `${name} ${cell} ${value}`;
  return a.map(key).sort().join() === b.map(key).sort().join();
}
