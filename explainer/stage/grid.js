// Float64 arrays of any number of dimensions, and the way NumPy stretches them to a common shape.

/** @import {Grid, Nested} from "./types.js" */

/**
 * A grid from a number or from nested lists of equal length; null becomes NaN.
 * @param {Nested} value
 * @returns {Grid}
 */
export function grid(value) {
  /** @type {number[]} */
  const shape = [];
  for (let level = value; Array.isArray(level); level = level[0]) shape.push(level.length);
  const result = zeros(shape);
  let at = 0;
  /** @param {Nested} item @param {number} depth */
  const fill = (item, depth) => {
    if (depth < shape.length) {
      if (!Array.isArray(item) || item.length !== shape[depth]) throw new Error("ragged lists");
      for (const child of item) fill(child, depth + 1);
    } else {
      if (typeof item !== "number" && item !== null) throw new Error("not a number in a list");
      result.data[at++] = item === null ? NaN : item;
    }
  };
  fill(value, 0);
  return result;
}

/**
 * The nested lists of a grid; a number for a grid without dimensions.
 * @param {Grid} g
 * @returns {Nested}
 */
export function nested(g) {
  let at = 0;
  /** @param {number} depth @returns {Nested} */
  const build = (depth) =>
    depth === g.shape.length
      ? g.data[at++]
      : Array.from({ length: g.shape[depth] }, () => build(depth + 1));
  return build(0);
}

/**
 * Rows and columns as drawn: a number is 1×1, a vector one row, further dimensions stack as rows.
 * @param {Grid} g
 * @returns {{rows: number, columns: number}}
 */
export function dims(g) {
  const columns = g.shape.length ? g.shape[g.shape.length - 1] : 1;
  return { rows: size(g.shape.slice(0, -1)), columns };
}

/**
 * A grid of zeros.
 * @param {number[]} shape
 * @returns {Grid}
 */
export function zeros(shape) {
  return { shape, data: new Float64Array(size(shape)) };
}

/**
 * Number of cells of a shape.
 * @param {number[]} shape
 * @returns {number}
 */
export function size(shape) {
  let cells = 1;
  for (const length of shape) cells *= length;
  return cells;
}

/**
 * How many cells apart neighbours along each axis are, in C order.
 * @param {number[]} shape
 * @returns {number[]}
 */
export function strides(shape) {
  const steps = new Array(shape.length);
  for (let axis = shape.length - 1, step = 1; axis >= 0; step *= shape[axis--]) steps[axis] = step;
  return steps;
}

/**
 * An axis counted from the front; negative ones count from the end, as in NumPy.
 * @param {number} axis
 * @param {number} dimensions
 * @returns {number}
 */
export function wrapAxis(axis, dimensions) {
  const wrapped = axis < 0 ? axis + dimensions : axis;
  if (!(wrapped >= 0 && wrapped < dimensions)) throw new Error(`no axis ${axis}`);
  return wrapped;
}

/**
 * The shape that several shapes broadcast to (NumPy's rule).
 * @param {number[][]} shapes
 * @returns {number[]}
 */
export function broadcastShape(shapes) {
  const length = Math.max(...shapes.map((shape) => shape.length));
  const out = new Array(length).fill(1);
  for (const shape of shapes) {
    const pad = length - shape.length;
    for (let axis = 0; axis < shape.length; axis++) {
      const have = shape[axis];
      if (have === 1 || have === out[pad + axis]) continue;
      if (out[pad + axis] !== 1) throw new Error(`shapes do not broadcast: ${shapes.join(" and ")}`);
      out[pad + axis] = have;
    }
  }
  return out;
}

/**
 * The strides with which `shape` is read as `out`: zero along every stretched axis.
 * @param {number[]} shape
 * @param {number[]} out
 * @returns {number[]}
 */
export function stretchedStrides(shape, out) {
  const own = strides(shape);
  const pad = out.length - shape.length;
  return out.map((_, axis) => (axis < pad || shape[axis - pad] === 1 ? 0 : own[axis - pad]));
}

/**
 * The cell of a grid of `shape` that stands behind `cell` once it is stretched to `out`.
 * @param {number} cell
 * @param {number[]} out
 * @param {number[]} shape
 * @returns {number}
 */
export function stretchedCell(cell, out, shape) {
  const steps = stretchedStrides(shape, out);
  let source = 0;
  for (let axis = out.length - 1, rest = cell; axis >= 0; axis--) {
    source += (rest % out[axis]) * steps[axis];
    rest = Math.floor(rest / out[axis]);
  }
  return source;
}

/**
 * Every cell of `out` as a cell of `shape`; null where the two are the same.
 * @param {number[]} shape
 * @param {number[]} out
 * @returns {Int32Array | null}
 */
export function stretch(shape, out) {
  if (shape.length === out.length && shape.every((length, axis) => length === out[axis])) {
    return null;
  }
  const steps = stretchedStrides(shape, out);
  return offsets(out, out.map((length, axis) => Array.from({ length }, (_, i) => i * steps[axis])));
}

/**
 * For each cell of `shape`, the sum of what each axis adds at that place.
 * @param {number[]} shape
 * @param {number[][]} added for each axis, one number for each place along it
 * @returns {Int32Array}
 */
export function offsets(shape, added) {
  const result = new Int32Array(size(shape));
  if (!result.length) return result;
  let filled = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    for (let place = shape[axis] - 1; place >= 0; place--) {
      const more = added[axis][place];
      for (let i = 0; i < filled; i++) result[place * filled + i] = result[i] + more;
    }
    filled *= shape[axis];
  }
  return result;
}
