// Matrix products, and operations along a whole line of cells.

import { size, wrapAxis, zeros } from "./grid.js";

/** @import {Grid} from "./types.js" */
/** @typedef {import("./elementwise.js").Forward} Forward */

/** @type {Forward} */
function matmul([a, b]) {
  if (![a, b].every((g) => g.shape.length === 1 || g.shape.length === 2)) {
    throw new Error("a product needs one or two dimensions");
  }
  const rows = a.shape.length === 2 ? a.shape[0] : 1;
  const columns = b.shape.length === 2 ? b.shape[1] : 1;
  const inner = a.shape[a.shape.length - 1];
  if (inner !== b.shape[0]) throw new Error(`no product of ${a.shape} and ${b.shape}`);
  const out = zeros([...a.shape.slice(0, -1), ...b.shape.slice(1)]);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) {
        sum += a.data[row * inner + k] * b.data[k * columns + column];
      }
      out.data[row * columns + column] = sum;
    }
  }
  return out;
}

/**
 * A shape seen along one axis: line number (outer, inner) has its `length` cells `inner` apart.
 * Without an axis the whole grid is one line.
 * @param {number[]} shape
 * @param {number | null | undefined} axis
 * @returns {{outer: number, length: number, inner: number, axis: number | null}}
 */
export function along(shape, axis) {
  if (axis === null || axis === undefined) {
    return { outer: 1, length: size(shape), inner: 1, axis: null };
  }
  const at = wrapAxis(axis, shape.length);
  return {
    outer: size(shape.slice(0, at)),
    length: shape[at],
    inner: size(shape.slice(at + 1)),
    axis: at,
  };
}

/**
 * A reduction from the one that reduces `length` cells beginning at `start`, `step` apart.
 * @param {(data: Float64Array, start: number, length: number, step: number) => number} f
 * @returns {Forward}
 */
function reduction(f) {
  return ([x], { axis, keepdims }) => {
    const line = along(x.shape, axis);
    const shape = x.shape
      .map((length, i) => (line.axis === null || i === line.axis ? 1 : length))
      .filter((_, i) => keepdims || !(line.axis === null || i === line.axis));
    const out = zeros(shape);
    for (let outer = 0, cell = 0; outer < line.outer; outer++) {
      for (let inner = 0; inner < line.inner; inner++) {
        const start = outer * line.length * line.inner + inner;
        out.data[cell++] = f(x.data, start, line.length, line.inner);
      }
    }
    return out;
  };
}

/** @param {Float64Array} data @param {number} start @param {number} length @param {number} step */
function sum(data, start, length, step) {
  let total = 0;
  for (let i = 0; i < length; i++) total += data[start + i * step];
  return total;
}

/**
 * The place of the first cell that `beats` the ones before it; a NaN beats everything.
 * @param {(a: number, b: number) => boolean} beats
 */
function winner(beats) {
  /** @param {Float64Array} data @param {number} start @param {number} length @param {number} step */
  return (data, start, length, step) => {
    if (!length) throw new Error("no winner among no cells");
    let best = 0;
    for (let i = 0; i < length; i++) {
      const value = data[start + i * step];
      if (Number.isNaN(value)) return i;
      if (beats(value, data[start + best * step])) best = i;
    }
    return best;
  };
}

const largest = winner((a, b) => a > b);
const smallest = winner((a, b) => a < b);

/**
 * What `f` makes of the places of each line, in the order of their numbers.
 * @param {1 | -1} way 1 from the smallest, −1 from the largest; NumPy sorts NaN last
 * @param {(order: number[], put: (place: number, value: number) => void, k: number) => void} f
 * @returns {Forward}
 */
function ordered(way, f) {
  return ([x], { axis, k = 0 }) => {
    const { outer, length, inner } = along(x.shape, axis);
    const out = zeros(x.shape);
    for (let line = 0; line < outer * inner; line++) {
      const start = Math.floor(line / inner) * length * inner + (line % inner);
      const order = Array.from({ length }, (_, place) => place).sort((a, b) => {
        const [u, v] = [x.data[start + a * inner], x.data[start + b * inner]];
        return Number(Number.isNaN(u)) - Number(Number.isNaN(v)) || (u < v ? -way : u > v ? way : a - b);
      });
      f(order, (place, value) => (out.data[start + place * inner] = value), k);
    }
    return out;
  };
}

/** @type {Record<string, Forward>} */
export const reduce = {
  matmul,
  sum: reduction(sum),
  mean: reduction((data, start, length, step) => sum(data, start, length, step) / length),
  max: reduction((data, start, length, step) => data[start + largest(data, start, length, step) * step]),
  min: reduction((data, start, length, step) => data[start + smallest(data, start, length, step) * step]),
  argmax: reduction(largest),
  argmin: reduction(smallest),
  argsort: ordered(1, (order, put) => order.forEach((place, rank) => put(rank, place))),
  top_k_mask: ordered(-1, (order, put, k) => order.slice(0, k).forEach((place) => put(place, 1))),
};
