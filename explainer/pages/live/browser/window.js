// Runs of tokens: the window in view, and the blocks that its pixels stand for.

/** @typedef {[number, number]} Span the first token, and the one after the last */
/** @typedef {[number, number, number, number]} View queries, then keys */

/** Pixels left of the map and above it, for the tokens' names. */
export const LEFT = 66;
export const TOP = 58;
/** The fewest tokens that a window has on a side. */
const FEWEST = 4;

/**
 * The tokens of each pixel, as explainer/live/attention.py cuts them.
 * @param {number} start
 * @param {number} stop
 * @param {number} count
 * @returns {Span[]}
 */
export function blocks(start, stop, count) {
  const edge = (/** @type {number} */ i) => start + Math.floor((i * (stop - start)) / count);
  return Array.from({ length: count }, (_, i) => [edge(i), edge(i + 1)]);
}

/**
 * The tokens between two places of a drag, one at least.
 * @param {number} a
 * @param {number} b
 * @returns {Span}
 */
export function inner(a, b) {
  const start = Math.floor(Math.min(a, b));
  return [start, Math.max(Math.ceil(Math.max(a, b)), start + 1)];
}

/**
 * A span of another length around a token that stays in view.
 * @param {Span} span
 * @param {number} token
 * @param {number} times as long
 * @param {number} count tokens in all
 * @returns {Span}
 */
export function zoomed([start, stop], token, times, count) {
  const length = Math.min(count, Math.max(FEWEST, Math.round((stop - start) * times)));
  const share = (token + 0.5 - start) / (stop - start);
  const first = Math.max(0, Math.min(count - length, Math.round(token + 0.5 - share * length)));
  return [first, first + length];
}
