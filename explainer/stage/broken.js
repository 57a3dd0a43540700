// What stands in the place of a lesson that cannot be shown: the reason, and what helps.

import { h } from "./dom.js";
import { EditError, SheetError } from "./errors.js";
import { text, words } from "./strings.js";

/** The newest sheets that this script reads. */
const SCHEMA = 1;

/**
 * @param {unknown} error
 * @param {string} language
 * @returns {HTMLElement}
 */
export function broken(error, language) {
  if (!(error instanceof SheetError) && !(error instanceof EditError)) console.warn(error);
  return h("div", { class: "stage" },
    h("div", { class: "top" }, h("div", { class: "nav" }, h("slot", { name: "nav" }))),
    h("div", { class: "broken", role: "alert" },
      h("h2", {}, words(language).brokenTitle), h("p", {}, reason(error, language))));
}

/** @param {unknown} error @param {string} language */
function reason(error, language) {
  const say = words(language);
  if (!(error instanceof SheetError)) return text(say.broken, { code: "unknown" });
  const { code, details } = error;
  if (code === "missing") return text(say.brokenMissing, details);
  if (code === "schema" && Number(details.schema) > SCHEMA) return text(say.brokenNewer, details);
  return text(say.broken, { code });
}
