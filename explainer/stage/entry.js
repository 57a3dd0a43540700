// What a person types into a cell, and the number that it means.

import { EditError } from "./errors.js";

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const INFINITE = /^[+-]?(∞|inf(inity)?)$/i;
/** Thousands with a sign between them, which may as well be a decimal one: 1,234.5 and 1.234.567. */
const GROUPED = /^[+-]?\d+([.,]\d+){2,}$/;

/**
 * What was typed, with a plain character for each that a keyboard may have in its place: full-width
 * digits and signs, any minus or hyphen, a decimal comma; spaces between thousands are left out.
 * `plain` of explainer/numbers.py is its twin.
 * @param {string | number} entry
 */
export function plainNumber(entry) {
  const text = String(entry)
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u2010-\u2015\u2212\ufe63]/g, "-")
    .replace(/[\u3002\uff61]/g, ".")
    .trim();
  const close = /^([+-]?)\s*(\d{1,3}(?:\s\d{3})+(?!\d)|\d*)(.*)$/s.exec(text);
  const together = close ? close[1] + close[2].replace(/\s/g, "") + close[3] : text;
  return GROUPED.test(together) ? together : together.replace(",", ".");
}

/**
 * The place of a word among `words`; a number is taken as the place itself.
 *
 * Throws EditError "empty" or "not-a-word".
 * @param {string | number} entry
 * @param {string[]} words
 * @returns {number}
 */
export function parseWord(entry, words) {
  const text = String(entry).normalize("NFKC").trim();
  if (!text) throw new EditError("empty");
  if (/^\d+$/.test(text) && Number(text) < words.length) return Number(text);
  // v₃ is v3 to whoever types it
  const plain = words.map((word) => word.normalize("NFKC"));
  const exact = plain.indexOf(text);
  const place = exact >= 0 ? exact : plain.findIndex((word) => word.toLowerCase() === text.toLowerCase());
  if (place < 0) throw new EditError("not-a-word", { entry: text, words });
  return place;
}

/**
 * The finite number of an entry within bounds (both included).
 *
 * Full-width digits, a decimal comma and any minus are read as well. Throws EditError "empty",
 * "not-a-number", "grouped", "not-finite" or "out-of-bounds".
 * @param {string | number} entry
 * @param {[number, number]} bounds
 * @returns {number}
 */
export function parse(entry, [low, high]) {
  const text = plainNumber(entry);
  if (!text) throw new EditError("empty");
  if (INFINITE.test(text)) throw new EditError("not-finite", { entry: text });
  if (GROUPED.test(text)) throw new EditError("grouped", { entry: text });
  if (!NUMBER.test(text)) throw new EditError("not-a-number", { entry: text });
  const value = Number(text);
  if (!Number.isFinite(value)) throw new EditError("not-finite", { entry: text });
  if (value < low || value > high) throw new EditError("out-of-bounds", { entry: text, low, high });
  return value === 0 ? 0 : value;
}
