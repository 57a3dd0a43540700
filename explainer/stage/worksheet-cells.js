// Which cells of a sheet a worksheet leaves open, and what may then be printed.

import { explain } from "./formula.js";

/** @import {Part} from "./types.js" */
/** @import {Sheet} from "./sheet.js" */

/** Stands for a number that is for the pupil to find. */
export const GAP = "___";

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
   * Whether a cell has the number of one that is to be filled in: it only came from there.
   * @param {string} name
   * @param {number} cell
   * @returns {boolean}
   */
  isCarried(name, cell) {
    if (this.isBlank(name, cell)) return false;
    const key = `${name} ${cell}`;
    let carried = this.known.get(key);
    if (carried === undefined) {
      const { parts } = explain(this.sheet, name, cell);
      const [only] = parts;
      carried = parts.length === 1 && typeof only === "object" && "name" in only && only.name !== "" && this.hides(only.name, only.cell);
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
