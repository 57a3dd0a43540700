// How a sheet opens: as an element's attributes ask, in the language that its reader prefers.

import * as memory from "./memory.js";
import { Sheet } from "./sheet.js";
import { read } from "./url.js";

/** @import {Problem} from "./url.js" */

/**
 * A document as the attributes of an element ask for it.
 *
 * Throws SheetError when it is no sheet.
 * @param {unknown} document
 * @param {Element} element
 * @returns {{sheet: Sheet, problems: Problem[]}} with what in them makes no sense
 */
export function opened(document, element) {
  const sheet = new Sheet(document);
  const asked = new URLSearchParams(element.getAttribute("numbers") ?? "");
  for (const name of ["step", "arithmetic"]) {
    const value = element.getAttribute(name);
    if (value) asked.set(name, value);
  }
  const { state, edits, problems } = read(asked, sheet);
  sheet.go(state);
  if (edits.length) sheet.editAll(edits);
  return { sheet, problems };
}

/**
 * The reader's languages: as once chosen, as the author or the page says, as the browser does.
 * @param {Element} element
 * @returns {string[]}
 */
export function preferred(element) {
  const page = element.parentElement?.closest("[lang]")?.getAttribute("lang");
  const every = [memory.language.recall(), element.getAttribute("lang"), page, ...navigator.languages];
  return every.flatMap((one) => one || []);
}

/**
 * The sheet's own name of a language: "zh" for "zh-CN"; null where it has no such texts.
 * @param {Sheet | null} sheet
 * @param {string} language
 */
export function known(sheet, language) {
  const languages = sheet?.languages ?? [];
  return [language, language.split("-")[0]].find((one) => languages.includes(one)) ?? null;
}
