// Where on the sheet the numbers of a place come from, and by what kind of motion.

import { core, isPlaced } from "./formula.js";

/** @import {Kind} from "./types.js" */
/** @import {Sheet} from "./sheet.js" */

/**
 * The places whose arrays a place is computed from once folding is done, in the order of the
 * formula; of an array's several places the one nearest to it.
 * @param {Sheet} sheet
 * @param {string} place
 * @param {Set<string>} shown only these places count
 * @returns {string[]}
 */
export function origins(sheet, place, shown) {
  const { nodes } = sheet.graph;
  /** @type {Set<string>} */
  const names = new Set();
  const seen = new Set();
  /** @param {number} node */
  const visit = (node) => {
    for (const input of nodes[node].inputs ?? []) {
      if (seen.has(input)) continue;
      seen.add(input);
      if (isPlaced(sheet, input)) names.add(nodes[input].name ?? "");
      else visit(input);
    }
  };
  visit(sheet.node(place));
  return [...names].flatMap((name) => nearest(sheet, name, place, shown) ?? []);
}

/**
 * The place of an array, among those shown, that stands nearest to another place.
 * @param {Sheet} sheet
 * @param {string} name
 * @param {string} to
 * @param {Set<string>} shown
 * @returns {string | undefined}
 */
export function nearest(sheet, name, to, shown) {
  const here = middle(sheet, to);
  /** @param {string} place */
  const away = (place) => {
    const there = middle(sheet, place);
    return Math.abs(there.row - here.row) + Math.abs(there.column - here.column);
  };
  return sheet.places
    .filter((p) => p.name === name && p.place !== to && shown.has(p.place))
    .map((p) => p.place)
    .sort((a, b) => away(a) - away(b))[0];
}

/** @param {Sheet} sheet @param {string} place */
function middle(sheet, place) {
  let [row, column, cells] = [0, 0, 0];
  sheet.document.layout.forEach((areas, i) =>
    areas.forEach((area, j) => {
      if (area !== place) return;
      row += i;
      column += j;
      cells += 1;
    }),
  );
  return { row: row / cells, column: column / cells };
}

/**
 * How a place comes in, and from where: a copy flies from its original, a rearranged array from
 * the one that it shows anew, the result of an elementwise operation slides out of the first
 * array that it is computed from.
 * @param {Sheet} sheet
 * @param {string} place
 * @param {string[]} sources what `origins` gives
 * @returns {{kind: Kind, from?: string}}
 */
export function family(sheet, place, sources) {
  const { name, copy } = sheet.places.find((p) => p.place === place) ?? { name: place, copy: false };
  if (copy) {
    const original = [name, ...sheet.places.filter((p) => p.name === name).map((p) => p.place)].find(
      (p) => p !== place && sheet.arrivesAt(p) >= 0 && sheet.arrivesAt(p) <= sheet.arrivesAt(place),
    );
    return original === undefined ? { kind: "show" } : { kind: "copy", from: original };
  }
  const node = sheet.node(name);
  const { op } = sheet.graph.nodes[core(sheet, node)];
  const feeds = sheet.document.operations[op]?.feeds;
  if (feeds === "product" || feeds === "line") return { kind: feeds };
  const [from] = sources;
  if (feeds === undefined || from === undefined) return { kind: "show" };
  return { kind: feeds === "moved" || feeds === "taken" ? "move" : "each", from };
}
