// The numbers of a paper: a set of the lesson's bank, shuffled. Twin of explainer/papers.py.

/** @import {Grid, Papers} from "./types.js" */

export const LAST = 999;

/**
 * The givens of a paper; those of paper 0 are the lesson's own.
 * @param {Papers | undefined} papers
 * @param {Record<string, Grid>} own
 * @param {number} paper from 0 to LAST
 * @returns {Record<string, Grid>}
 */
export function numbersOf(papers, own, paper) {
  if (!papers || !paper) return own;
  const found = { ...own };
  const { sets, shuffles, seeds } = papers;
  const set = sets.length ? sets[(paper - 1) % sets.length] : {};
  for (const [name, flat] of Object.entries(set)) {
    found[name] = { shape: own[name].shape, data: Float64Array.from(flat) };
  }
  const random = mulberry32(seeds[paper] ?? paper);
  for (const axes of shuffles) {
    const places = axes.map((axis) => axis.split("."));
    const length = (/** @type {string[]} */ [name, by]) => found[name].shape[by === "rows" ? 0 : 1];
    const order = shuffled(Math.min(...places.map(length)), random);
    for (const [name, by] of places) found[name] = taken(found[name], order, by === "rows");
  }
  return found;
}

/**
 * A matrix with its first rows, or columns, in another order.
 * @param {Grid} grid
 * @param {number[]} order
 * @param {boolean} rows
 * @returns {Grid}
 */
function taken({ shape, data }, order, rows) {
  const columns = shape[1] ?? 1;
  const from = (/** @type {number} */ place) => order[place] ?? place;
  return {
    shape,
    data: data.map((_, cell) => {
      const [i, j] = [Math.floor(cell / columns), cell % columns];
      return data[rows ? from(i) * columns + j : i * columns + from(j)];
    }),
  };
}

/**
 * Numbers from 0 to 1 from a seed; the generator is Tommy Ettinger's (public domain).
 * @param {number} seed
 * @returns {() => number}
 */
function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param {number} count @param {() => number} random */
function shuffled(count, random) {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}
