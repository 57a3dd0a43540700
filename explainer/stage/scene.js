// What the sheet looks like at one moment: a pure function of the step's plan, the time, and
// the cell that somebody points at.

import { feeders } from "./feeds.js";
import { explain } from "./formula.js";
import { Layout } from "./layout.js";
import { nearest } from "./origins.js";
import { frame } from "./schedule.js";

/** @import {Plan, Kind} from "./types.js" */
/** @import {Sheet} from "./sheet.js" */

/** @typedef {{place: string, cell: number}} Spot a cell as drawn */
/** @typedef {Spot & {terms: number | null}} Focus `terms` written so far; null: all, and the result */
/**
 * How a matrix looks. `landed` cells show their number; the others show those of the matrix
 * `before`, which it slid out of, or nothing. One that is `played` keeps its light in the motion.
 * @typedef {{landed: number, before: string | null, todo: boolean, coming: boolean,
 *   active: boolean, played: boolean}} Look
 * @typedef {{place: string, from: string | null, kind: Kind, progress: number}} Flight
 */

/**
 * One moment of the sheet.
 * @typedef {{looks: Map<string, Look>, flights: Flight[], focus: Focus | null, sources: Spot[],
 *   moving: boolean}} Picture
 */

export class Scene {
  /** @param {Sheet} sheet */
  constructor(sheet) {
    this.sheet = sheet;
    this.layout = new Layout(sheet.document.layout);
    this.names = new Map(sheet.places.map(({ place, name }) => [place, name]));
    this.copies = new Set(sheet.places.filter(({ copy }) => copy).map(({ place }) => place));
  }

  /**
   * @param {Plan} plan of the sheet's current step
   * @param {number} time in ms
   * @param {Spot | null} pointed
   * @returns {Picture}
   */
  picture(plan, time, pointed) {
    const { sheet } = this;
    const moving = time < plan.duration;
    const now = moving ? frame(plan, time) : null;
    const tracks = new Map(now?.tracks.map((track) => [track.place, track]));
    const inPlay = new Set(plan.tracks.flatMap(({ place, sources }) => [place, ...sources]));
    /** @type {Flight[]} */
    const flights = [];
    /** @type {Map<string, string>} */
    const slid = new Map();
    for (const { place, from, kind, start, slideEnd } of plan.tracks) {
      if (!moving || time < start) continue;
      const progress = tracks.get(place)?.progress ?? 1;
      const slides = kind === "each" && from !== undefined && this.alike(place, from);
      if (slides) slid.set(place, from);
      if (time < slideEnd && (kind === "each" ? slides : from || kind === "show")) {
        flights.push({ place, from: from ?? null, kind, progress });
      }
    }
    const airborne = new Set(flights.filter(({ from }) => from).map(({ place }) => place));
    const focus = this.focus(plan, moving ? now?.focus ?? null : null, pointed, moving);
    /** @type {Map<string, Look>} */
    const looks = new Map();
    for (const { place, name } of sheet.places) {
      const arrives = sheet.arrivesAt(place);
      const track = tracks.get(place);
      const todo = arrives < 0 || arrives > sheet.step || track?.begun === false;
      const cells = sheet.value(name).data.length;
      looks.set(place, {
        landed: todo ? 0 : track ? track.landed : cells,
        before: slid.get(place) ?? null,
        todo,
        coming: airborne.has(place),
        active: focus?.place === place,
        played: inPlay.has(place),
      });
    }
    const sources = focus && sheet.tells(this.names.get(focus.place) ?? "", focus.cell) ? this.sources(focus, looks) : [];
    return { looks, flights, focus, sources, moving };
  }

  /**
   * Whether two places have the same shape, so that a cell of one stands for that of the other.
   * @param {string} a
   * @param {string} b
   */
  alike(a, b) {
    return String(this.sheet.value(a).shape) === String(this.sheet.value(b).shape);
  }

  /**
   * The cell whose calculation is told: of the motion while there is one, else the one pointed
   * at, else the step's own.
   * @param {Plan} plan
   * @param {{place: string, cell: number, terms: number} | null} worked
   * @param {Spot | null} pointed
   * @param {boolean} moving
   * @returns {Focus | null}
   */
  focus(plan, worked, pointed, moving) {
    if (moving) return worked;
    if (pointed) return { ...pointed, terms: null };
    const own = this.example(plan);
    return own && { ...own, terms: null };
  }

  /**
   * The cell that stands for a step while nobody points: a weight that it changes, else the
   * first that its text names with a live number, else one a little inside the last matrix to
   * arrive.
   * @param {Plan} plan
   * @returns {Spot | null}
   */
  example(plan) {
    const { sheet } = this;
    const computed = plan.tracks.filter(({ kind }) => kind !== "show");
    const worked = computed.filter(({ place }) => !this.copies.has(place));
    const track = worked[worked.length - 1] ?? computed[computed.length - 1];
    if (!track) return null;
    const learned = this.changedWeight(worked.map(({ name }) => name));
    if (learned) return learned;
    const body = sheet.text().steps[sheet.steps[sheet.step].id]?.body;
    for (const { array, cell } of references(body)) {
      const arrived = worked.find(({ name }) => name === array);
      if (arrived && cell) {
        const flat = flatIndex(cell, sheet.value(array).shape);
        if (flat !== null && !Number.isNaN(sheet.value(array).data[flat])) {
          return { place: arrived.place, cell: flat };
        }
      }
    }
    const { shape, data } = sheet.value(track.name);
    const inside = shape.map((length, axis) => Math.min(length - 1, axis === shape.length - 1 ? 2 : 1));
    const cell = flatIndex(inside, shape) ?? 0;
    const filled = Number.isNaN(data[cell]) ? data.findIndex((value) => !Number.isNaN(value)) : cell;
    return { place: track.place, cell: Math.max(0, filled) };
  }

  /**
   * The first number that an update among some arrays has changed; null for none.
   * @param {string[]} names
   * @returns {Spot | null}
   */
  changedWeight(names) {
    for (const name of names) {
      const { updates } = this.sheet.document.arrays[name];
      if (!updates || !this.sheet.has(updates)) continue;
      const [old, now] = [this.sheet.value(updates).data, this.sheet.value(name).data];
      const cell = now.findIndex((value, i) => value !== old[i]);
      if (cell >= 0) return { place: name, cell };
    }
    return null;
  }

  /**
   * Whether a place hangs from the matrix above it, as a row of sums does; others stand on the
   * line of their row, so that the rows of a product meet.
   * @param {string} place
   */
  hangs(place) {
    const { sheet, layout } = this;
    const node = sheet.node(place);
    if (this.copies.has(place) || sheet.document.operations[sheet.graph.nodes[node].op]?.feeds !== "line") return false;
    const here = layout.box(place);
    const above = layout.boxes.get(this.origin(node) ?? "");
    return above !== undefined && above.bottom === here.top - 1 && above.left === here.left;
  }

  /**
   * The array on the sheet that the first number of a node comes from, through all that is
   * computed in between without a place; undefined for a given.
   * @param {number} node
   * @returns {string | undefined}
   */
  origin(node) {
    const { graph, values, document } = this.sheet;
    const [first] = feeders(graph.nodes, values, document.operations, node, 0);
    if (!first) return undefined;
    const { name } = graph.nodes[first.node];
    return name !== undefined && this.layout.boxes.has(name) ? name : this.origin(first.node);
  }

  /**
   * The cells that a cell is computed from, each at the place that stands nearest.
   * @param {Spot} spot
   * @param {Map<string, Look>} looks
   * @returns {Spot[]}
   */
  sources({ place, cell }, looks) {
    const name = this.names.get(place) ?? place;
    if (this.copies.has(place)) return [{ place: name, cell }];
    const here = new Set([...looks].filter(([, look]) => !look.todo).map(([other]) => other));
    /** @type {Map<string, string | undefined>} */
    const places = new Map();
    const spots = explain(this.sheet, name, cell).sources.map((source) => {
      if (!places.has(source.name)) {
        places.set(source.name, nearest(this.sheet, source.name, place, here));
      }
      return { place: places.get(source.name), cell: source.cell };
    });
    return /** @type {Spot[]} */ (spots.filter((spot) => spot.place !== undefined));
  }
}

/**
 * The references to arrays in a text tree, in reading order.
 * @param {unknown} tree
 * @returns {Generator<{array: string, cell?: number[]}>}
 */
function* references(tree) {
  if (Array.isArray(tree)) {
    for (const child of tree) yield* references(child);
  } else if (typeof tree === "object" && tree !== null) {
    if ("array" in tree) yield /** @type {{array: string, cell?: number[]}} */ (tree);
    else if ("children" in tree) yield* references(tree.children);
  }
}

/**
 * The place in C order of an index such as [1, 2]; null when it lies outside.
 * @param {unknown} index
 * @param {number[]} shape
 * @returns {number | null}
 */
export function flatIndex(index, shape) {
  if (!Array.isArray(index) || index.length !== shape.length) return null;
  let flat = 0;
  for (let axis = 0; axis < shape.length; axis++) {
    const at = index[axis];
    if (!Number.isInteger(at) || at < 0 || at >= shape[axis]) return null;
    flat = flat * shape[axis] + at;
  }
  return flat;
}
