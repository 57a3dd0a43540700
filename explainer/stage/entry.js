// What a person types into a cell, and the number that it means.

import { EditError } from "./errors.js";

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const INFINITE = /^[+-]?(∞|inf(inity)?)$/i;

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
  const lower = text.toLowerCase();
  const exact = words.indexOf(text);
  const place = exact >= 0 ? exact : words.findIndex((word) => word.toLowerCase() === lower);
  if (place < 0) throw new EditError("not-a-word", { entry: text, words });
  return place;
}

/**
 * The finite number of an entry within bounds (both included).
 *
 * Full-width digits and the typographic minus are read as well. Throws EditError "empty",
 * "not-a-number", "not-finite" or "out-of-bounds".
 * @param {string | number} entry
 * @param {[number, number]} bounds
 * @returns {number}
 */
export function parse(entry, [low, high]) {
  const text = String(entry).normalize("NFKC").replace(/\u2212/g, "-").trim();
  if (!text) throw new EditError("empty");
  if (INFINITE.test(text)) throw new EditError("not-finite", { entry: text });
  if (!NUMBER.test(text)) throw new EditError("not-a-number", { entry: text });
  const value = Number(text);
  if (!Number.isFinite(value)) throw new EditError("not-finite", { entry: text });
  if (value < low || value > high) throw new EditError("out-of-bounds", { entry: text, low, high });
  return value === 0 ? 0 : value;
}
