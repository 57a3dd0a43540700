// What is said of an address that asks for what there is not.

import { text } from "./strings.js";

/** @import {Words} from "./strings.js" */
/** @import {Problem} from "./url.js" */

/**
 * Which parts of the address were ignored, and why.
 * @param {Problem[]} problems
 * @param {Words} words
 * @returns {string}
 */
export function complaint(problems, words) {
  /** @type {Record<string, string>} */
  const choices = {
    "unknown-step": words.urlStep,
    "unknown-arithmetic": words.urlArithmetic,
    "unknown-language": words.urlLanguage,
  };
  const what = problems.map(({ code, details: { name, row, column, entry, value } }) =>
    text(choices[code] ?? words.urlCell, { key: `${name}.${row}.${column}`, value: value ?? entry }),
  );
  return text(words.urlProblem, { what: what.join(words.semicolon) });
}
