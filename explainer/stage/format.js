// Numbers as text: in cells, and as the constants of a formula.

import { markup } from "./markup.js";
import { cause } from "./missing.js";
import { nameOf } from "./valid.js";

/** @import {Sheet} from "./sheet.js" */

export { markup };

const MINUS = "\u2212";
const NOISE = 1e-12;
/** No number as large as this is noise, whatever stands beside it. */
const SEEN = 1e-3;

/**
 * A number for a cell: at most `digits` decimals, or exactly as many where `fixed`.
 *
 * From 100000 on and below 0.001 numbers are compact (1.2e6); NaN is blank, zero has no sign.
 * Where it is `rough`, what is too small for its digits is 0.
 * @param {number} value
 * @param {{digits?: number, fixed?: boolean, rough?: boolean}} [style]
 * @returns {string}
 */
export function format(value, { digits = 2, fixed = false, rough = false } = {}) {
  if (Number.isNaN(value)) return "";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  const size = Math.abs(value);
  const tiny = !rough && size > 0 && size < 10 ** -digits;
  if (size >= 1e5 || (tiny && size < 1e-3)) return compact(value);
  // 0.004 is as short as 4e−3, and easier to read
  const text = tiny ? trim(value.toFixed(3)) : value.toFixed(digits);
  const shown = fixed ? text : trim(text);
  // rounding may leave a sign without a number
  return Number(shown) === 0 ? shown.replace("-", "") : shown.replace("-", MINUS);
}

/** @param {number} value @returns {string} */
function compact(value) {
  const [mantissa, exponent] = value.toExponential(1).split("e");
  return `${trim(mantissa)}e${Number(exponent)}`.replace(/-/g, MINUS);
}

/** @param {string} decimal @returns {string} */
const trim = (decimal) => (decimal.includes(".") ? decimal.replace(/\.?0+$/, "") : decimal);

/**
 * A cell of a named array as it is drawn.
 *
 * In place of a number that is not to be shown stands a pupil's own, or nothing. A place in a vocabulary is its word, and a number that cannot be is "?". By hand at most the array's digits, and a third as a
 * fraction; in exact arithmetic all cells alike, with exactly as many decimals, unless all are
 * integers.
 * @param {Sheet} sheet
 * @param {string} name
 * @param {number} cell
 * @returns {string}
 */
export function formatCell(sheet, name, cell) {
  return writer(sheet, name)(cell);
}

/**
 * All cells of a named array as they are drawn.
 * @param {Sheet} sheet
 * @param {string} name
 * @returns {string[]}
 */
export function formatCells(sheet, name) {
  return Array.from(sheet.value(name).data.keys(), writer(sheet, name));
}

/**
 * How the cells of a named array are shown.
 * @param {Sheet} sheet
 * @param {string} name
 * @returns {(cell: number) => string}
 */
function writer(sheet, name) {
  const write = writing(sheet, name);
  const hidden = sheet.hidden(name);
  return hidden ? (cell) => hidden.get(cell) ?? write(cell) : write;
}

/**
 * How the cells of a named array are written, which depends on all of them; those that are not to
 * be shown yet too.
 * @param {Sheet} sheet
 * @param {string} name
 * @returns {(cell: number) => string}
 */
export function writing(sheet, name) {
  const { data } = sheet.value(name);
  const { words, digits: styles } = sheet.document.arrays[nameOf(name)];
  const digits = styles?.[sheet.arithmetic] ?? 2;
  let largest = 0;
  for (const value of data) {
    const size = Math.abs(value);
    if (size < Infinity && size > largest) largest = size;
  }
  // what rounding errors leave of a difference is zero to a reader
  const noise = Math.min(NOISE * largest, SEEN);
  const whole = data.every((v) => !Number.isFinite(v) || Math.abs(v - Math.round(v)) <= noise);
  const rough = largest > 10 ** (1 - digits);
  return (cell) => {
    const value = data[cell];
    if (Number.isNaN(value)) return cause(sheet, sheet.node(name), cell)?.why === "left" ? "" : "?";
    if (words && Object.hasOwn(words, value)) return words[value];
    const clean = Math.abs(value) < noise ? 0 : value;
    if (whole) return format(Number.isFinite(clean) ? Math.round(clean) : clean, { digits: 0 });
    if (sheet.arithmetic === "hand") return fraction(clean) ?? format(clean, { digits });
    return format(clean, { digits, fixed: true, rough });
  };
}

/**
 * A number that no decimals can express, as a person writes it: 1/3, 5/6; null for others.
 * @param {number} value
 * @returns {string | null}
 */
function fraction(value) {
  const decimals = Math.abs(value) * 1e4;
  if (Math.abs(decimals - Math.round(decimals)) < 1e-6) return null;
  for (const below of [3, 6, 7, 9]) {
    const above = Math.abs(value * below);
    const whole = Math.round(above);
    const close = Math.abs(above - whole) < NOISE * whole;
    if (close && whole < 100) return `${value < 0 ? MINUS : ""}${whole}/${below}`;
  }
  return null;
}

/**
 * A constant of a formula, as short as it can be told exactly: 2, 0.5, 1/3, √3, e, π.
 * @param {number} value
 * @returns {string}
 */
export function constant(value) {
  if (!Number.isFinite(value)) return format(value) || "□";
  if (value < 0) return MINUS + constant(-value);
  if (value === Math.E) return "e";
  if (value === Math.PI) return "π";
  const decimal = String(value);
  if (Number.isInteger(value) && value < 1e7) return decimal;
  if (/^\d+\.\d{1,4}$/.test(decimal)) return decimal;
  const root = wholeSquare(value);
  if (root) return `√${root}`;
  const inverse = wholeSquare(1 / value);
  if (inverse) return `1/√${inverse}`;
  for (let below = 2; below < 100; below++) {
    const above = Math.round(value * below);
    if (above > 0 && above < 1000 && above / below === value) return `${above}/${below}`;
  }
  return value < 1e5 && value >= 0.01 ? trim(value.toFixed(4)) : compact(value);
}

/**
 * The integer below 10000 whose root a number is; 0 for none.
 * @param {number} value
 * @returns {number}
 */
function wholeSquare(value) {
  const square = Math.round(value * value);
  const close = Math.abs(value * value - square) <= 4e-16 * square;
  return close && square > 0 && square < 10000 && !Number.isInteger(value) ? square : 0;
}
