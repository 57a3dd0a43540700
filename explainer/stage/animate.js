// Matrices on their way. The numbers themselves fly, from where they come from to their place:
// nothing is made for a flight that would have to be styled and laid out. Each moment says where
// they are, so that scrubbing works both ways.

import { feeders } from "./feeds.js";
import { afterPaint } from "./dom.js";
import { cellBox } from "./measure.js";

/** @import {Drawing} from "./draw.js" */
/** @import {Matrix} from "./matrix.js" */
/** @import {Flight} from "./scene.js" */
/** @import {Box} from "./measure.js" */

/** From so many cells on, a matrix flies as one and not cell by cell. */
const SWARM = 100;
/** How far below its place, in px, a matrix that fades in begins. */
const RISE = 8;
/** What slides out of another matrix is opaque after this part of its way. */
const FADED = 0.3;

/**
 * An element in flight: how far from its place it begins, in px, and after which part of the
 * way it is opaque.
 * @typedef {{element: HTMLElement, x: number, y: number, faded: number}} Path
 */

export class Flights {
  /** @param {Drawing} drawing */
  constructor(drawing) {
    this.drawing = drawing;
    /** @type {Map<string, Path[]>} */
    this.aloft = new Map();
    /** @type {Map<string, Box>} of each matrix, once it is measured */
    this.boxes = new Map();
    this.clear();
  }

  /**
   * Show the flights of one moment.
   * @param {Flight[]} flights
   */
  apply(flights) {
    for (const [place, paths] of this.aloft) {
      if (flights.some((flight) => flight.place === place)) continue;
      for (const { element } of paths) land(element);
      this.aloft.delete(place);
    }
    for (const flight of flights) {
      let paths = this.aloft.get(flight.place);
      if (!paths) this.aloft.set(flight.place, (paths = this.launch(flight)));
      for (const path of paths) move(path, flight.progress);
    }
  }

  /** Land all; where the matrices stand is measured anew. */
  clear() {
    this.apply([]);
    this.boxes.clear();
    // not in the middle of a step, where asking would lay out the whole sheet
    afterPaint(() => this.boxes.size || this.measure());
  }

  measure() {
    for (const [place, { box }] of this.drawing.matrices) {
      if (!box.isConnected) continue;
      const { offsetLeft: x, offsetTop: y, offsetWidth: width, offsetHeight: height } = box;
      this.boxes.set(place, { x, y, width, height });
    }
  }

  /**
   * @param {Matrix} matrix
   * @returns {Box} on the sheet
   */
  boxOf({ place }) {
    if (!this.boxes.has(place)) this.measure();
    return /** @type {Box} */ (this.boxes.get(place));
  }

  /**
   * @param {Flight} flight
   * @returns {Path[]}
   */
  launch({ place, from, kind }) {
    const to = this.drawing.matrices.get(place);
    const start = this.drawing.matrices.get(from ?? "");
    if (!to) return [];
    if (!start) return [{ element: to.box, x: 0, y: RISE, faded: 1 }];
    if (kind === "move" && to.rows * to.columns <= SWARM) return this.swarm(to);
    const [a, b] = [this.boxOf(start), this.boxOf(to)];
    const [x, y] = [a.x + a.width - b.x - b.width, a.y + a.height - b.y - b.height];
    return [{ element: to.body, x, y, faded: kind === "each" ? FADED : 0 }];
  }

  /**
   * Every cell flies by itself from where its number stands; so a transpose is seen to turn.
   * @param {Matrix} to
   * @returns {Path[]}
   */
  swarm(to) {
    const { sheet, matrices } = this.drawing;
    const { nodes } = sheet.graph;
    const node = sheet.node(to.name);
    return to.cells.flatMap((element, cell) => {
      const [fed] = feeders(nodes, sheet.values, sheet.document.operations, node, cell);
      const source = fed && matrices.get(nodes[fed.node].name ?? "");
      if (!source) return [];
      const start = cellBox(source, this.boxOf(source), fed.cell);
      const end = cellBox(to, this.boxOf(to), cell);
      return [{ element, x: start.x - end.x, y: start.y - end.y, faded: 0 }];
    });
  }
}

/** @param {Path} path @param {number} progress */
function move({ element: { style }, x, y, faded }, progress) {
  const left = (1 - progress) ** 3; // fast at first, then slower
  style.transform = `translate(${x * left}px, ${y * left}px)`;
  if (faded) style.opacity = String(Math.min(1, progress / faded));
  style.transition = "none";
}

/** @param {HTMLElement} element */
function land({ style }) {
  style.transform = style.opacity = style.transition = "";
}
