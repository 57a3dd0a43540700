// The stage as Panel's JSComponent draws it: parameters in, parameters out, nothing else.

import "./element.js";
import { h } from "./dom.js";
import { stateOf } from "./opening.js";
import { EditError, Sheet, SheetError } from "./sheet.js";

/** @import {ExplainerLesson} from "./element.js" */
/** @import {Edit} from "./types.js" */

/** ms */
const PAUSE = 120;
/** Parameters by which Python steers a stage and follows it; `edits` is one more. @type {(keyof Sheet["defaults"])[]} */
const STEERING = ["step", "arithmetic", "language", "paper", "practice"];

/**
 * @typedef {{sheet: Record<string, unknown>, step: string, arithmetic: string, language: string,
 *   paper: number, practice: string, theme: string, edits: Edit[], url: string, lesson_href: string,
 *   file_href: string, practice_src: string,
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
  if (model.file_href) lesson.setAttribute("file-href", model.file_href);

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
      sheet.go(model);
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
  for (const name of STEERING) model.on(name, () => lesson.sheet?.go({ [name]: model[name] }));
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
  const now = stateOf(sheet);
  for (const name of STEERING) {
    const told = model[name] === "" ? sheet.defaults[name] : model[name];
    if (told !== now[name]) Object.assign(model, { [name]: now[name] });
  }
  if (!same(model.edits, sheet.edits)) model.edits = sheet.edits;
}

/** @param {Edit[]} a @param {Edit[]} b */
function same(a, b) {
  const key = (/** @type {Edit} */ { name, cell, value }) => `${name} ${cell} ${value}`;
  return a.map(key).sort().join() === b.map(key).sort().join();
}
