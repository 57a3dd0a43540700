// What is said of an address that asks for what there is not, and of numbers that there are not.

import { marked, sentence } from "./dom.js";
import { formula } from "./formula.js";
import { CELL } from "./state.js";
import { text } from "./strings.js";

/** @import {Child} from "./dom.js" */
/** @import {Cause} from "./missing.js" */
/** @import {Sheet} from "./sheet.js" */
/** @import {Words} from "./strings.js" */
/** @import {Problem} from "./fields.js" */

/** So many are told one by one. */
const MOST = 4;
/** No longer than this is what is repeated of an address. */
const LONGEST = 40;

/**
 * Which parts of the address were ignored, and why, in one line.
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
    "unknown-paper": words.urlPaper,
    twice: words.urlTwice,
  };
  const all = new Set(problems.map(({ code, key, value }) =>
    text(choices[code] ?? (CELL.test(key) ? words.urlCell : words.urlUnknown), { key: short(key), value: short(value) })));
  const what = [...all].slice(0, MOST);
  const more = all.size - what.length;
  if (more) what.push(text(words.urlMore, { n: more }));
  return text(words.urlProblem, { what: what.join(words.semicolon) });
}

/** @param {string} said */
function short(said) {
  return said.length > LONGEST ? `${said.slice(0, LONGEST)}…` : said;
}

/**
 * What is wrong where a number is missing, by its formula: "e^1000 is more than …".
 * @param {Sheet} sheet
 * @param {Cause} cause
 * @param {Words} words
 * @returns {Child[]}
 */
export function beyond(sheet, { why, node, cell }, words) {
  const what = marked(formula(sheet, node, cell), (name) => sheet.role(name));
  return sentence(words[why === "large" ? "large" : "none"], { what });
}
