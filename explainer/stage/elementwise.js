// Elementwise operations, cell by cell as NumPy computes them in float64, with broadcasting.

import { broadcastShape, stretch, zeros } from "./grid.js";
import { rint } from "./rint.js";

/** @import {Attributes, Grid} from "./types.js" */
/** @typedef {(inputs: Grid[], attributes: Attributes) => Grid} Forward */

const LARGEST = Number.MAX_VALUE;

/**
 * NumPy's quotient and remainder: taken from fmod, so that they fit each other to the last bit.
 * @param {number} a
 * @param {number} b not zero
 * @returns {{quotient: number, remainder: number}}
 */
function divmod(a, b) {
  let remainder = a % b;
  let quotient = (a - remainder) / b;
  if (remainder !== 0 && b < 0 !== remainder < 0) {
    remainder += b;
    quotient -= 1;
  }
  if (remainder === 0) remainder = b < 0 ? -0 : 0;
  if (quotient === 0) return { quotient: a / b < 0 ? -0 : 0, remainder };
  const floor = Math.floor(quotient);
  return { quotient: quotient - floor > 0.5 ? floor + 1 : floor, remainder };
}

/**
 * `below`, or the integer that x is but for rounding errors, so that the floor of a cell is that
 * of the number which a person reads there.
 * @param {number} x
 * @param {number} below
 * @returns {number}
 */
function whole(x, below) {
  const near = rint(x);
  const tolerance = Math.min(1e-9 * Math.max(1, Math.abs(near)), 1e-6);
  return Math.abs(x - near) <= tolerance ? near : below;
}

/**
 * C's pow, which JavaScript leaves at 1 and −1 to the power of NaN or infinity.
 * @param {number} a
 * @param {number} b
 * @returns {number}
 */
function power(a, b) {
  if (a === 1 || (a === -1 && Math.abs(b) === Infinity)) return 1;
  return a ** b;
}

/** @param {boolean} truth */
const bit = (truth) => (truth ? 1 : 0);

/** @param {(a: number) => number} f @returns {Forward} */
function unary(f) {
  return ([x]) => {
    const out = zeros(x.shape);
    for (let i = 0; i < out.data.length; i++) out.data[i] = f(x.data[i]);
    return out;
  };
}

/** @param {(a: number, b: number) => number} f @returns {Forward} */
function binary(f) {
  return ([x, y]) => {
    const out = zeros(broadcastShape([x.shape, y.shape]));
    const [a, b] = [stretch(x.shape, out.shape), stretch(y.shape, out.shape)];
    for (let i = 0; i < out.data.length; i++) {
      out.data[i] = f(x.data[a ? a[i] : i], y.data[b ? b[i] : i]);
    }
    return out;
  };
}

/** @type {Forward} */
function where([condition, yes, no]) {
  const out = zeros(broadcastShape([condition.shape, yes.shape, no.shape]));
  const [c, y, n] = [condition, yes, no].map((x) => stretch(x.shape, out.shape));
  for (let i = 0; i < out.data.length; i++) {
    const chosen = condition.data[c ? c[i] : i] !== 0;
    out.data[i] = chosen ? yes.data[y ? y[i] : i] : no.data[n ? n[i] : i];
  }
  return out;
}

/** @type {Forward} */
function round(inputs, { decimals = 0 }) {
  const scale = 10 ** Math.abs(decimals);
  if (decimals < 0) return unary((x) => rint(x / scale) * scale)(inputs, {});
  return unary((x) => rint(x * scale) / scale)(inputs, {});
}

/** @type {Record<string, Forward>} */
export const elementwise = {
  add: binary((a, b) => a + b),
  subtract: binary((a, b) => a - b),
  multiply: binary((a, b) => a * b),
  divide: binary((a, b) => a / b),
  floor_divide: binary((a, b) => (b === 0 ? a / b : whole(a / b, divmod(a, b).quotient))),
  remainder: binary((a, b) => (b === 0 ? NaN : divmod(a, b).remainder)),
  power: binary(power),
  negative: unary((a) => -a),
  absolute: unary(Math.abs),
  exp: unary(Math.exp),
  log: unary(Math.log),
  sqrt: unary(Math.sqrt),
  square: unary((a) => a * a),
  sigmoid: unary((a) => 1 / (1 + Math.exp(-a))),
  tanh: unary(Math.tanh),
  sin: unary(Math.sin),
  cos: unary(Math.cos),
  maximum: binary(Math.max),
  minimum: binary(Math.min),
  floor: unary((x) => whole(x, Math.floor(x))),
  ceil: unary(Math.ceil),
  sign: unary(Math.sign),
  equal: binary((a, b) => bit(a === b)),
  not_equal: binary((a, b) => bit(a !== b)),
  less: binary((a, b) => bit(a < b)),
  less_equal: binary((a, b) => bit(a <= b)),
  greater: binary((a, b) => bit(a > b)),
  greater_equal: binary((a, b) => bit(a >= b)),
  logical_and: binary((a, b) => bit(a !== 0 && b !== 0)),
  logical_or: binary((a, b) => bit(a !== 0 || b !== 0)),
  logical_not: unary((a) => bit(a === 0)),
  // blank where it is not computed at all, and zero in place of blanks
  only: binary((a, mask) => (mask !== 0 ? a : NaN)),
  nan_to_num: unary((a) => Math.max(Math.min(Number.isNaN(a) ? 0 : a, LARGEST), -LARGEST)),
  where,
  round,
};
