// Matrices on their way: copies that fly, and numbers that cross-fade, on a layer above the
// sheet. Each moment sets the animations' time, so that scrubbing works both ways.

import { feeders } from "./feeds.js";
import { h } from "./dom.js";

/** @import {Drawing, Matrix} from "./draw.js" */
/** @import {Flight} from "./scene.js" */

const EASE_OUT = "cubic-bezier(0.22, 0.8, 0.3, 1)";
/** From so many cells on, a matrix flies as one and not cell by cell. */
const SWARM = 100;
/** All animations last so long by their own clock; only its fractions matter. */
const LENGTH = 1000;

const ENTER = [{ opacity: 0, transform: "translateY(8px)" }, { opacity: 1, transform: "none" }];
const FADE = [{ opacity: 1 }, { opacity: 1, offset: 0.4 }, { opacity: 0 }];

/** @typedef {{x: number, y: number, width: number, height: number}} Box */

export class Flights {
  /** @param {Drawing} drawing */
  constructor(drawing) {
    this.drawing = drawing;
    /** @type {Map<string, {nodes: HTMLElement[], animations: Animation[]}>} */
    this.aloft = new Map();
    /** @type {Map<HTMLElement, Box>} measured once, since asking lays out the whole sheet */
    this.boxes = new Map();
  }

  /**
   * Show the flights of one moment.
   * @param {Flight[]} flights
   */
  apply(flights) {
    for (const [place, { nodes, animations }] of this.aloft) {
      if (flights.some((flight) => flight.place === place)) continue;
      for (const node of nodes) node.remove();
      for (const animation of animations) animation.cancel();
      this.aloft.delete(place);
    }
    for (const flight of flights) {
      let aloft = this.aloft.get(flight.place);
      if (!aloft) this.aloft.set(flight.place, (aloft = this.launch(flight)));
      const time = Math.min(flight.progress * LENGTH, LENGTH - 1);
      for (const animation of aloft.animations) animation.currentTime = time;
    }
  }

  /** Take everything off the layer; the next moment measures anew. */
  clear() {
    this.apply([]);
    this.boxes.clear();
  }

  /**
   * @param {HTMLElement} element
   * @returns {Box} within its offset parent
   */
  boxOf(element) {
    let box = this.boxes.get(element);
    if (!box) {
      const { offsetLeft: x, offsetTop: y, offsetWidth: width, offsetHeight: height } = element;
      this.boxes.set(element, (box = { x, y, width, height }));
    }
    return box;
  }

  /**
   * @param {Flight} flight
   * @returns {{nodes: HTMLElement[], animations: Animation[]}}
   */
  launch({ place, from, kind }) {
    const to = this.drawing.matrices.get(place);
    const start = this.drawing.matrices.get(from ?? "");
    if (!to) return { nodes: [], animations: [] };
    if (!start) return { nodes: [], animations: [still(to.box, ENTER, EASE_OUT)] };
    if (kind === "move" && to.cells.length <= SWARM) return this.swarm(to);
    const [a, b] = [this.boxOf(start.box), this.boxOf(to.box)];
    const away = `translate(${a.x + a.width - b.x - b.width}px, ${a.y + a.height - b.y - b.height}px)`;
    const path = [{ transform: away }, { transform: "none" }];
    const numbers = kind === "each" && start.cells.length === to.cells.length ? start.numbers : to.numbers;
    const arriving = this.ghost(to, numbers, b);
    const animations = [still(arriving, path, EASE_OUT)];
    if (kind !== "each") return { nodes: [arriving], animations };
    const leaving = this.ghost(start, start.numbers, b);
    animations.push(still(leaving, path, EASE_OUT), still(leaving, FADE));
    return { nodes: [arriving, leaving], animations };
  }

  /**
   * A likeness of a matrix with some numbers, right and bottom flush with `box`.
   * @param {Matrix} matrix
   * @param {string[]} numbers
   * @param {Box} box
   */
  ghost(matrix, numbers, box) {
    const node = /** @type {HTMLElement} */ (matrix.box.cloneNode(true));
    const own = this.boxOf(matrix.box);
    node.className = `matrix${matrix.copy ? " copy" : ""}`;
    node.style.gridArea = "auto";
    node.style.left = `${box.x + box.width - own.width}px`;
    node.style.top = `${box.y + box.height - own.height}px`;
    node.style.width = `${own.width}px`;
    node.removeAttribute("data-place");
    node.querySelector("table")?.removeAttribute("data-place");
    node.querySelectorAll("td[data-cell]").forEach((cell, i) => {
      cell.removeAttribute("tabindex");
      cell.removeAttribute("data-cell");
      cell.classList.remove("empty", "old", "source", "target", "changed", "flash-a", "flash-b");
      cell.textContent = numbers[i];
    });
    this.drawing.air.append(node);
    return node;
  }

  /**
   * Every cell flies by itself from where its number stood; so a transpose is seen to turn.
   * @param {Matrix} to
   */
  swarm(to) {
    const { sheet } = this.drawing;
    const { nodes } = sheet.graph;
    const { operations } = sheet.document;
    const node = sheet.node(to.name);
    const boxOf = (/** @type {Matrix} */ matrix, /** @type {number} */ cell) => {
      const [at, { x, y, width, height }] = [this.boxOf(matrix.box), this.boxOf(matrix.cells[cell])];
      return { x: at.x + x, y: at.y + y, width, height };
    };
    const paths = to.cells.map((_, cell) => {
      const [fed] = feeders(nodes, sheet.values, operations, node, cell);
      const source = fed && this.drawing.matrices.get(nodes[fed.node].name ?? "");
      const end = boxOf(to, cell);
      return { cell, end, start: source ? boxOf(source, fed.cell) : end };
    });
    const animations = [];
    const flying = [];
    for (const { cell, start, end } of paths) {
      const ghost = h("span", { class: "cell", "data-role": this.drawing.role(to.name) }, to.numbers[cell]);
      ghost.style.cssText = `left:${end.x}px;top:${end.y}px;width:${end.width}px;height:${end.height}px`;
      this.drawing.air.append(ghost);
      flying.push(ghost);
      const away = `translate(${start.x - end.x}px, ${start.y - end.y}px)`;
      animations.push(still(ghost, [{ transform: away }, { transform: "none" }], EASE_OUT));
    }
    return { nodes: flying, animations };
  }
}

/**
 * An animation that stands still until its time is set.
 * @param {HTMLElement} node
 * @param {Keyframe[]} keyframes
 * @param {string} [easing]
 */
function still(node, keyframes, easing = "linear") {
  const animation = node.animate(keyframes, { duration: LENGTH, easing, fill: "both" });
  animation.pause();
  return animation;
}
