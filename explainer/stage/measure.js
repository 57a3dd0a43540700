// How large matrices are, in em: known from their numbers, so that nobody has to ask the
// browser, which would have to lay out the whole sheet to answer.

import { plain, markup } from "./markup.js";

/** @import {Layout} from "./layout.js" */

/** The width of digits, in a font whose digits are at most this wide. */
const DIGIT = 0.64;
const NARROWEST = 2.15;
/** Sizes that the style sheet gives: caption, row of cells, gaps between matrices. */
const CAPTION = 1.6;
const ROW = 2;
const [ROW_GAP, COLUMN_GAP] = [0.85, 1.2];
/** What a number has around it in its cell, in all, and what it can do with for a while. */
const [PADDING, LEAST_PADDING] = [0.8, 0.2];
/** The size of small text in a cell; the style sheet says so too. */
const SMALL = 0.75;

/** Height of a row of column labels, where there is one. */
export const HEAD = 1.45;

/** @typedef {{x: number, y: number, width: number, height: number}} Box in px */
/** @typedef {{place: string, rows: number, columns: number, cell: number, side: number, head: number, least: number}} Extent */
/** @typedef {{columns: number[], rows: number[]}} Tracks widths and heights in em */
/** @typedef {{first: number, last: number, length: number}} Stretch what must fit into some tracks */

/**
 * The width of a cell that must hold so many characters, under a label.
 * @param {number} longest
 * @param {string[]} heads labels of the columns
 */
export function cellWidth(longest, heads) {
  const head = Math.max(0, ...heads.map((label) => Math.min(9, plain(markup(label)).length)));
  return Math.max(NARROWEST, longest * DIGIT + PADDING, head * 0.75 * DIGIT + 0.4);
}

/**
 * The width that a column has while somebody types: what it had, unless not even small numbers
 * would fit.
 * @param {number} had
 * @param {number} needed
 */
export function settle(had, needed) {
  return (needed - PADDING) * SMALL + LEAST_PADDING <= had ? had : needed;
}

/**
 * Whether a number must be small to fit into its cell.
 * @param {number} length of its text, in characters
 * @param {number} width of the cell
 */
export function isTight(length, width) {
  return length * DIGIT + LEAST_PADDING > width;
}

/**
 * The width that row labels take beside a matrix.
 * @param {string[]} sides
 */
export function sideWidth(sides) {
  const longest = Math.max(0, ...sides.map((side) => plain(markup(side)).length));
  return longest ? Math.min(longest, 12) * 0.5 + 0.6 : 0;
}

/**
 * The width of a matrix's label.
 * @param {string} label
 */
export function labelWidth(label) {
  const letters = [...plain(markup(label)).replace(/[_^{}]/g, "")];
  return letters.reduce((width, letter) => width + letterWidth(letter), 0);
}

/**
 * The width of a bold letter, in a font as wide as they come. Chinese is square.
 * @param {string} letter
 */
function letterWidth(letter) {
  if (letter > "\u2e80") return 1;
  if (/[ijlI.,:′'| ]/.test(letter)) return 0.38;
  if (/[frt()[\]/-]/.test(letter)) return 0.5;
  return /[mwMW%]/.test(letter) ? 1.05 : /[A-Z−×=+]/.test(letter) ? 0.82 : 0.7;
}

/**
 * The dimensions that a caption says beside the label, or nothing where there is no room.
 * @param {Extent} extent
 * @param {number} label width of the label
 */
export function dimensions({ rows, columns, cell }, label) {
  const text = `${rows} × ${columns}`;
  return label + text.length * 0.42 + 0.6 <= columns * cell ? text : "";
}

/**
 * Where a cell stands: numbers are flush with the right and the bottom of their matrix.
 * @param {Extent} extent
 * @param {Box} box of the matrix
 * @param {number} cell
 * @returns {Box}
 */
export function cellBox({ rows, columns, head, cell: width }, box, cell) {
  const em = box.height / (CAPTION + head + rows * ROW);
  const [row, column] = [Math.floor(cell / columns), cell % columns];
  return {
    x: box.x + box.width - (columns - column) * width * em,
    y: box.y + box.height - (rows - row) * ROW * em,
    width: width * em,
    height: ROW * em,
  };
}

/**
 * The columns and rows of the grid that all matrices stand on.
 * @param {Layout} layout
 * @param {Iterable<Extent>} extents
 * @returns {Tracks}
 */
export function tracks(layout, extents) {
  /** @type {Stretch[]} */
  const across = [];
  /** @type {Stretch[]} */
  const down = [];
  for (const { place, rows, columns, cell, side, head, least } of extents) {
    const { top, bottom, left, right } = layout.box(place);
    across.push({ first: left, last: right, length: Math.max(least, side + columns * cell) });
    down.push({ first: top, last: bottom, length: CAPTION + head + rows * ROW });
  }
  return { columns: lengths(across, COLUMN_GAP), rows: lengths(down, ROW_GAP) };
}

/**
 * The size of such a grid.
 * @param {Tracks} tracks
 * @returns {{width: number, height: number}}
 */
export function size({ columns, rows }) {
  const sum = (/** @type {number[]} */ all, /** @type {number} */ gap) =>
    all.reduce((total, one) => total + one + gap, -gap);
  return { width: sum(columns, COLUMN_GAP), height: sum(rows, ROW_GAP) };
}

/**
 * How far from the left of such a grid a matrix stands, which is flush with the right of its own.
 * @param {Tracks} tracks
 * @param {{right: number}} box
 * @param {Extent} extent
 */
export function leftOf({ columns }, { right }, { least, side, columns: cells, cell }) {
  return size({ columns: columns.slice(0, right + 1), rows: [] }).width - Math.max(least, side + cells * cell);
}

/**
 * The lengths of tracks that hold all stretches: those within one track first, and what longer
 * ones still need in equal parts, as CSS does it (Grid Layout, 12.5).
 * @param {Stretch[]} stretches
 * @param {number} gap
 * @returns {number[]}
 */
function lengths(stretches, gap) {
  const tracks = Array(Math.max(0, ...stretches.map(({ last }) => last + 1))).fill(0);
  const spans = [...new Set(stretches.map(({ first, last }) => last - first))].sort((a, b) => a - b);
  for (const span of spans) {
    const more = tracks.map(() => 0);
    for (const { first, last, length } of stretches) {
      if (last - first !== span) continue;
      const held = tracks.slice(first, last + 1).reduce((sum, track) => sum + track, span * gap);
      for (let i = first; i <= last; i++) more[i] = Math.max(more[i], (length - held) / (span + 1));
    }
    more.forEach((length, i) => (tracks[i] += length));
  }
  return tracks;
}
