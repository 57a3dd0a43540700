// What counts as right: a pupil's entry, and the number that it is compared with.

import { parse, parseWord, plainNumber } from "./entry.js";
import { EditError } from "./errors.js";

/** @import {Grid, Node} from "./types.js" */

/**
 * How the numbers of an array are compared: whole ones exactly; by hand within half of the last
 * digit, either way; exact ones by two decimals or a hundredth.
 * @typedef {{whole: boolean, exact: boolean, digits: number}} Style
 */

const BOUNDS = /** @type {[number, number]} */ ([-1e9, 1e9]);
const SLASH = /[\u2044\u2215\u00f7\uff0f]/g;
const VULGAR = /[\u00bc-\u00be\u2150-\u215e]/g;
const FRACTION = /^([+-]?)(?:(\d+)\s+)?(\d+(?:\.\d+)?)\s*\/\s*([+-]?\d+(?:\.\d+)?)$/;
/** More than half of the last digit, so that a half may be rounded either way. */
const HALF = 0.51;
const [ABOUT, SHARE] = [0.006, 0.01];
const EQUAL = 1e-9;
/** Longer entries are no answers. */
export const LONGEST = 200;

/**
 * The number of an entry: 2, −0.5, .4, 3/8, 1½; of a vocabulary the place of a word. Nothing, or a
 * dash alone, is NaN: the cell stays blank. Throws EditError for what is neither.
 * @param {string} entry
 * @param {string[]} [words]
 * @returns {number}
 */
export function parseAnswer(entry, words) {
  const text = plainNumber(entry);
  if (text === "" || text === "-") return NaN;
  if (entry.trim().length > LONGEST) throw new EditError("not-a-number");
  if (words) return parseChoice(entry, words);
  const spelled = entry.replace(VULGAR, (one) => ` ${one.normalize("NFKC")}`).replace(SLASH, "/");
  const fraction = FRACTION.exec(plainSlash(spelled));
  if (!fraction) return parse(entry, BOUNDS);
  const [, sign, whole = "0", above, below] = fraction;
  const value = Number(whole) + Number(above) / Number(below);
  return parse(String(sign === "-" ? -value : value), BOUNDS); // 1/0 is not finite
}

/**
 * The place of a word; who counts from one may not mean a place from nought.
 * @param {string} entry
 * @param {string[]} words
 */
function parseChoice(entry, words) {
  const text = entry.normalize("NFKC").trim();
  if (/^\d+$/.test(text) && !words.includes(text)) throw new EditError("not-a-word");
  return words.includes(text) ? words.indexOf(text) : parseWord(entry, words);
}

/** Both sides of a fraction, each written plainly. @param {string} text */
function plainSlash(text) {
  return text.split("/").map(plainNumber).join("/");
}

/**
 * How an array's numbers are compared.
 * @param {Node} node
 * @param {Grid} value
 * @param {string} arithmetic
 * @param {number} digits that the array is written with
 * @returns {Style}
 */
export function styleOf(node, value, arithmetic, digits) {
  const rounded = node.op === "round" && (node.attributes?.decimals ?? 0) > 0;
  const whole = !rounded && value.data.every((one) => !Number.isFinite(one) || Math.abs(one - Math.round(one)) < EQUAL);
  return { whole, exact: arithmetic !== "hand", digits };
}

/**
 * Whether an answer is right where `value` stands; NaN for both means blank.
 * @param {number} answer
 * @param {number} value
 * @param {Style} style
 * @param {number} [unrounded] the number that `value` is rounded from
 * @returns {boolean}
 */
export function fits(answer, value, { whole, exact, digits }, unrounded = value) {
  if (Number.isNaN(answer) || Number.isNaN(value)) return Number.isNaN(answer) && Number.isNaN(value);
  const off = Math.abs(answer - value);
  if (whole) return off <= EQUAL * Math.max(1, Math.abs(value));
  if (exact) return off <= Math.max(ABOUT, SHARE * Math.abs(value));
  return Math.min(off, Math.abs(answer - unrounded)) <= HALF * 10 ** -digits;
}

/**
 * Whether a right answer is another number than the one that the sheet writes: .375 for .4.
 * @param {number} answer
 * @param {string} written
 */
export function isRougher(answer, written) {
  try {
    return Math.abs(parseAnswer(written) - answer) > EQUAL;
  } catch {
    return false; // a word
  }
}
