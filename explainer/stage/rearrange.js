// Operations that compute nothing: cells move, are repeated, or are picked by their number.

import { offsets, size, strides, stretchedStrides, wrapAxis, zeros } from "./grid.js";
import { rint } from "./rint.js";

/** @import {Attributes, Grid, IndexItem} from "./types.js" */
/** @typedef {import("./elementwise.js").Forward} Forward */

/**
 * A grid whose cells are those of `x` at the sums of what each axis adds.
 * @param {Grid} x
 * @param {number[]} shape
 * @param {number[][]} added
 * @param {number} [start]
 * @returns {Grid}
 */
function gather(x, shape, added, start = 0) {
  const sources = offsets(shape, added);
  const data = new Float64Array(sources.length);
  for (let i = 0; i < data.length; i++) data[i] = x.data[start + sources[i]];
  return { shape, data };
}

/**
 * What an axis adds when it is walked with a stride.
 * @param {number} length
 * @param {number} stride
 * @returns {number[]}
 */
const walk = (length, stride) => Array.from({ length }, (_, i) => i * stride);

/** @type {Forward} */
function transpose([x], { axes }) {
  const dimensions = x.shape.length;
  const order = axes
    ? axes.map((axis) => wrapAxis(axis, dimensions))
    : x.shape.map((_, axis) => dimensions - 1 - axis);
  if (new Set(order).size !== dimensions) throw new Error(`axes ${axes} of ${x.shape}`);
  const own = strides(x.shape);
  const shape = order.map((axis) => x.shape[axis]);
  return gather(x, shape, order.map((axis) => walk(x.shape[axis], own[axis])));
}

/** @type {Forward} */
function reshape([x], { shape = [] }) {
  const known = size(shape.filter((length) => length !== -1));
  const full = shape.map((length) => (length === -1 ? x.data.length / known : length));
  if (size(full) !== x.data.length) throw new Error(`${x.shape} does not fill ${shape}`);
  return { shape: full, data: x.data.slice() };
}

/** @type {Forward} */
function broadcastTo([x], { shape = [] }) {
  const pad = shape.length - x.shape.length;
  if (pad < 0 || x.shape.some((length, axis) => length !== 1 && length !== shape[pad + axis])) {
    throw new Error(`${x.shape} does not stretch to ${shape}`);
  }
  const steps = stretchedStrides(x.shape, shape);
  return gather(x, [...shape], shape.map((length, axis) => walk(length, steps[axis])));
}

/** @type {Forward} */
function concatenate(inputs, { axis = 0 }) {
  const first = inputs[0].shape;
  const at = wrapAxis(axis ?? 0, first.length);
  const shape = [...first];
  shape[at] = inputs.reduce((length, x) => length + x.shape[at], 0);
  for (const x of inputs) {
    if (x.shape.length !== first.length || x.shape.some((n, i) => i !== at && n !== first[i])) {
      throw new Error(`${x.shape} does not go with ${first}`);
    }
  }
  const out = zeros(shape);
  for (let outer = 0, cell = 0; outer < size(first.slice(0, at)); outer++) {
    for (const x of inputs) {
      const run = size(x.shape.slice(at));
      out.data.set(x.data.subarray(outer * run, (outer + 1) * run), cell);
      cell += run;
    }
  }
  return out;
}

/**
 * The places that a slice picks, by Python's rules.
 * @param {(number | null)[]} slice start, stop, step
 * @param {number} length
 * @returns {number[]}
 */
function sliced([start = null, stop = null, step = null], length) {
  const by = step ?? 1;
  if (by === 0) throw new Error("a slice with step 0");
  const [low, high] = by > 0 ? [0, length] : [-1, length - 1];
  /** @param {number | null} bound @param {number} missing @returns {number} */
  const clip = (bound, missing) =>
    bound === null ? missing : Math.min(Math.max(bound < 0 ? bound + length : bound, low), high);
  const places = [];
  const end = clip(stop, by > 0 ? high : low);
  for (let at = clip(start, by > 0 ? low : high); by > 0 ? at < end : at > end; at += by) {
    places.push(at);
  }
  return places;
}

/** @type {Forward} */
function getitem([x], { index = [] }) {
  const own = strides(x.shape);
  const used = index.filter((item) => item !== null).length;
  if (used > x.shape.length) throw new Error(`too many indices for ${x.shape}`);
  const full = [...index, ...new Array(x.shape.length - used).fill({ slice: [null, null, null] })];
  /** @type {number[][]} */
  const added = [];
  /** @type {number[][]} what each number, or list of numbers, adds */
  const lists = [];
  /** @type {number[]} places in the index of those lists */
  const at = [];
  let position = -1;
  let axis = 0;
  const withLists = full.some((item) => item !== null && typeof item === "object" && "take" in item);
  full.forEach((item, i) => {
    if (item === null) return added.push([0]);
    const [length, stride] = [x.shape[axis], own[axis]];
    axis += 1;
    if (typeof item === "object" && "slice" in item) {
      return added.push(sliced(item.slice, length).map((place) => place * stride));
    }
    if (position < 0) position = added.length;
    at.push(i);
    const numbers = typeof item === "number" ? [item] : item.take;
    return lists.push(numbers.map((/** @type {number} */ n) => wrapAxis(n, length) * stride));
  });
  let start = 0;
  if (withLists) {
    // NumPy walks the lists together, along one axis: where they stood, or first if parted
    const length = Math.max(...lists.map((list) => list.length));
    if (lists.some((list) => list.length !== 1 && list.length !== length)) {
      throw new Error("lists of indices of different lengths");
    }
    const joint = walk(length, 0).map((_, i) =>
      lists.reduce((sum, list) => sum + list[list.length === 1 ? 0 : i], 0),
    );
    const together = at[at.length - 1] - at[0] === at.length - 1;
    added.splice(together ? position : 0, 0, joint);
  } else {
    for (const [offset] of lists) start += offset;
  }
  return gather(x, added.map((places) => places.length), added, start);
}

/** @type {Forward} */
function take([table, indices], { axis = 0 }) {
  const at = wrapAxis(axis ?? 0, table.shape.length);
  const [before, length, after] = [table.shape.slice(0, at), table.shape[at], table.shape.slice(at + 1)];
  const out = zeros([...before, ...indices.shape, ...after]);
  const run = size(after);
  for (let outer = 0, cell = 0; outer < size(before); outer++) {
    for (const index of indices.data) {
      const place = rint(index);
      const wrapped = place < 0 ? place + length : place;
      const inside = wrapped >= 0 && wrapped < length;
      for (let inner = 0; inner < run; inner++) {
        out.data[cell++] = inside ? table.data[(outer * length + wrapped) * run + inner] : NaN;
      }
    }
  }
  return out;
}

/** @type {Forward} */
function oneHot([indices], { size: rows = 0 }) {
  const columns = indices.data.length;
  const out = zeros([rows, columns]);
  for (let column = 0; column < columns; column++) {
    const row = rint(indices.data[column]);
    if (row >= 0 && row < rows) out.data[row * columns + column] = 1;
  }
  return out;
}

/** @type {Record<string, Forward>} */
export const rearrange = {
  transpose,
  reshape,
  broadcast_to: broadcastTo,
  copy: ([x]) => ({ shape: x.shape, data: x.data.slice() }),
  concatenate,
  getitem,
  take,
  one_hot: oneHot,
};
