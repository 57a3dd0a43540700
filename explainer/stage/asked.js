// Which cells are to be filled in, and which others would give their numbers away.

import { explain } from "./formula.js";

/** @import {Cell, Practice} from "./types.js" */
/** @import {Sheet} from "./sheet.js" */

/**
 * The cells to fill in, by array in the order in which they appear: the lesson's blanks, or all that
 * is computed where that is asked for or there are none.
 * @param {Sheet} sheet
 * @param {Practice} declared
 * @returns {Map<string, Set<number>>}
 */
export function askedOf(sheet, { blanks }) {
  const own = Object.keys(blanks).length && sheet.practice === "1";
  const places = sheet.places.filter(({ name, copy }) => !copy && sheet.has(name) && sheet.arrivesAt(name) >= 0 &&
    !["given", "constant"].includes(sheet.graph.nodes[sheet.node(name)].op));
  places.sort((a, b) => sheet.arrivesAt(a.place) - sheet.arrivesAt(b.place));
  return new Map(places.flatMap(({ name }) => {
    const every = [...sheet.value(name).data.keys()];
    const cells = own ? every.filter((cell) => blanks[name]?.includes(cell)) : every;
    return cells.length ? [[name, new Set(cells)]] : [];
  }));
}

/**
 * The cells beside them that only carry a number on (transposed, picked, left in), with the cell that
 * each has it from; in the order in which they are computed.
 * @param {Sheet} sheet
 * @param {Map<string, Set<number>>} asked
 * @returns {{to: Cell, from: Cell}[]}
 */
export function carriedOf(sheet, asked) {
  const { graph: { nodes }, document: { operations } } = sheet;
  const carries = (/** @type {string} */ op) => {
    const { feeds, formula } = operations[op] ?? {};
    return feeds === "moved" || feeds === "taken" || formula?.term === "$0";
  };
  const names = new Set(sheet.places.map(({ name }) => name).filter((name) => sheet.has(name)));
  const arrays = [...names].filter((name) => carries(nodes[sheet.node(name)].op)).sort((a, b) => sheet.node(a) - sheet.node(b));
  return arrays.flatMap((name) => [...sheet.value(name).data.keys()].flatMap((cell) => {
    const { parts: [part, ...more] } = explain(sheet, name, cell);
    const isBare = !more.length && typeof part === "object" && "name" in part && part.name !== "";
    return isBare && !asked.get(name)?.has(cell) ? [{ to: { name, cell }, from: { name: part.name, cell: part.cell } }] : [];
  }));
}
