// Which cells of a sheet a worksheet leaves open, and what may then be printed.

import { explain } from "./formula.js";

/** @import {Cell, Part} from "./types.js" */
/** @import {Sheet} from "./sheet.js" */

/** Stands for a number that is for the pupil to find. */
export const GAP = "___";

/** Operations that say where the largest number is. */
const CHOICES = new Set(["argmax", "argmin"]);

/** The cells that a pupil writes into, and those that would give them away. */
export class Open {
  /**
   * @param {Sheet} sheet
   * @param {boolean} all whether whatever is computed is to be filled in, and not the lesson's own blanks
   */
  constructor(sheet, all) {
    this.sheet = sheet;
    /** @type {Map<string, Set<number>>} */
    this.blanks = new Map();
    /** @type {Map<string, boolean>} */
    this.known = new Map();
    const own = all ? null : sheet.document.practice?.blanks;
    for (const [name, cells] of Object.entries(own ?? every(sheet, all))) {
      if (sheet.places.some((place) => place.name === name)) this.blanks.set(name, new Set(cells));
    }
  }

  /**
   * Whether a cell is to be filled in.
   * @param {string} name
   * @param {number} cell
   */
  isBlank(name, cell) {
    return this.blanks.get(name)?.has(cell) ?? false;
  }

  /**
   * Whether a cell gives away one that is to be filled in: its number only came from there, or says
   * which is the largest.
   * @param {string} name
   * @param {number} cell
   * @returns {boolean}
   */
  isCarried(name, cell) {
    if (this.isBlank(name, cell)) return false;
    const key = `${name} ${cell}`;
    let carried = this.known.get(key);
    if (carried === undefined) {
      const { parts, sources, op } = explain(this.sheet, name, cell);
      const hidden = sources.filter((source) => this.hides(source.name, source.cell));
      carried = CHOICES.has(op) ? hidden.length > 0 : isBare(parts) && hidden.some((source) => isFirst(parts, source));
      this.known.set(key, carried);
    }
    return carried;
  }

  /**
   * Whether a cell's number may not be printed.
   * @param {string} name
   * @param {number} cell
   */
  hides(name, cell) {
    return this.isBlank(name, cell) || this.isCarried(name, cell);
  }

  /**
   * Whether a cell's number, in a text, would tell too much: it may not be printed, or it was picked
   * by one that may not.
   * @param {string} name
   * @param {number} cell
   */
  tells(name, cell) {
    const { parts, sources } = explain(this.sheet, name, cell);
    return this.hides(name, cell) || (isBare(parts) && sources.some((source) => this.hides(source.name, source.cell)));
  }

  /**
   * What a cell is on paper: a box of its task, a box for a number that is known from before, or given.
   * @param {string} name
   * @param {number} cell
   * @param {boolean} asked whether its matrix stands where it is to be filled in
   * @returns {"blank" | "carried" | null}
   */
  kind(name, cell, asked) {
    if (this.isBlank(name, cell)) return asked ? "blank" : "carried";
    return this.isCarried(name, cell) ? "carried" : null;
  }

  /** Whether there are boxes that have to stay empty. */
  get isEmptySomewhere() {
    return [...this.blanks].some(([name, cells]) => [...cells].some((cell) => Number.isNaN(this.sheet.value(name).data[cell])));
  }

  /**
   * A formula with gaps for the numbers that may not be printed.
   * @param {Part[]} parts
   * @returns {Part[]}
   */
  formula(parts) {
    return parts.map((part) => {
      if (typeof part === "string") return part;
      if ("sub" in part) return { sub: this.formula(part.sub) };
      if ("sup" in part) return { sup: this.formula(part.sup) };
      return part.name && this.hides(part.name, part.cell) ? { ...part, text: GAP } : part;
    });
  }
}

/**
 * A sum without its zeros, which on paper stand for what is not there.
 * @param {Part[]} parts
 * @returns {Part[]}
 */
export function withoutZeros(parts) {
  /** @type {Part[]} */
  const joined = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === "string" && typeof last === "string") joined.splice(-1, 1, last + part);
    else joined.push(part);
  }
  return joined.map((part, i) => {
    if (typeof part !== "string") return part;
    const inner = part.replace(/( \+ 0)+(?= \+|$)/g, "");
    return i ? inner : inner.replace(/^(0 \+ )+/, "");
  });
}

/**
 * Whether a formula is a number that only came here.
 * @param {Part[]} parts
 */
export function isBare(parts) {
  return parts.length === 1 && typeof parts[0] === "object" && "name" in parts[0];
}

/**
 * Whether a formula begins with the number of a cell.
 * @param {Part[]} parts
 * @param {Cell} cell
 */
function isFirst([first], { name, cell }) {
  return typeof first === "object" && "name" in first && first.name === name && first.cell === cell;
}

/**
 * What is computed on a sheet, or of it what each step ends with. To move numbers is no exercise.
 * @param {Sheet} sheet
 * @param {boolean} all
 * @returns {Record<string, number[]>}
 */
function every(sheet, all) {
  const computed = sheet.steps.flatMap((step, at) => {
    const arrays = step.shows.filter((place) => sheet.arrivesAt(place) === at && works(sheet, place));
    return all ? arrays : arrays.slice(-1);
  });
  return Object.fromEntries(computed.map((name) => [name, [...sheet.value(name).data.keys()]]));
}

/**
 * Whether the numbers at a place are worked out there.
 * @param {Sheet} sheet
 * @param {string} place
 */
function works(sheet, place) {
  if (!sheet.places.some((one) => one.place === place && !one.copy)) return false;
  const { op } = sheet.graph.nodes[sheet.node(place)];
  return sheet.document.operations[op] !== undefined && sheet.document.operations[op].feeds !== "moved";
}
