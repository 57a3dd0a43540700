// What a mouse, a finger and the keyboard do with the map: point, choose, drag a window, zoom.

import { clamp } from "./frame.js";
import { LEFT, TOP, inner, zoomed } from "./window.js";

/** @import {Cell, Heatmap, Point} from "./heatmap.js" */

/** How far a pointer moves before it is a drag; px. */
const DRAG = 6;
/** Cells that an arrow key passes with Shift. */
const STRIDE = 8;
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export class Hands {
  /** @param {Heatmap} map */
  constructor(map) {
    this.map = map;
    /** @type {MouseEvent | null} where a mouse rests, for what is drawn under it later */
    this.resting = null;
    const { plot } = map;
    plot.addEventListener("pointermove", (event) => this.move(event));
    plot.addEventListener("pointerdown", (event) => this.press(event));
    plot.addEventListener("pointerup", (event) => this.release(event));
    plot.addEventListener("pointercancel", () => this.leave());
    // a finger leaves with every tap, and what it has shown stays
    plot.addEventListener("pointerleave", (event) => map.box || event.pointerType === "touch" || this.leave());
    plot.addEventListener("dblclick", () => map.seeAll());
    plot.addEventListener("keydown", (event) => this.key(event));
    plot.addEventListener("blur", () => this.leave());
    plot.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return; // the wheel alone scrolls the page
      event.preventDefault();
      map.cell = this.cellAt(event);
      this.zoom(event.deltaY > 0 ? 1.25 : 0.8);
    }, { passive: false });
  }

  /** The map has changed under a mouse that has not moved. */
  rest() {
    if (this.resting) this.map.cell = this.cellAt(this.resting);
  }

  /** @param {MouseEvent} event @returns {Cell | null} */
  cellAt(event) {
    const { view, side, grid } = this.map;
    const { x, y } = this.place(event);
    const [q0, q1, k0, k1] = view;
    const query = q0 + Math.floor(((y - TOP) / side) * (q1 - q0));
    const key = k0 + Math.floor(((x - LEFT) / side) * (k1 - k0));
    const row = grid.rows.findIndex(([start, stop]) => query >= start && query < stop);
    const column = grid.columns.findIndex(([start, stop]) => key >= start && key < stop);
    return x >= LEFT && y >= TOP && row >= 0 && column >= 0 ? { row, column } : null;
  }

  /** @param {MouseEvent} event @returns {Point} */
  place(event) {
    const box = this.map.plot.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  /** @param {PointerEvent} event */
  move(event) {
    const { map } = this;
    if (event.pointerType !== "touch") this.resting = event;
    if (map.box) map.box.to = this.place(event);
    map.cell = this.cellAt(event);
    map.point();
  }

  /** @param {PointerEvent} event */
  press(event) {
    const { map } = this;
    if (event.button !== 0) return;
    if (event.pointerType === "mouse") {
      map.box = { from: this.place(event), to: this.place(event) }; // a finger scrolls the page instead
      map.plot.setPointerCapture(event.pointerId);
    }
    map.cell = this.cellAt(event);
    map.point();
  }

  /** @param {PointerEvent} event */
  release(event) {
    const { map } = this;
    const from = map.box?.from;
    const to = this.place(event);
    map.box = null;
    if (from && Math.hypot(to.x - from.x, to.y - from.y) > DRAG) {
      const [q0, q1, k0, k1] = map.view;
      const at = (/** @type {number} */ p, /** @type {number} */ edge, /** @type {number} */ start, /** @type {number} */ stop) =>
        start + clamp((p - edge) / map.side, 0, 1) * (stop - start);
      map.see([
        ...inner(at(from.y, TOP, q0, q1), at(to.y, TOP, q0, q1)),
        ...inner(at(from.x, LEFT, k0, k1), at(to.x, LEFT, k0, k1)),
      ]);
      return;
    }
    map.cell = this.cellAt(event);
    map.take();
  }

  leave() {
    this.map.box = this.map.cell = this.resting = null;
    this.map.point();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { map } = this;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    /** @type {Record<string, () => void>} */
    const acts = {
      "+": () => this.zoom(0.5), "=": () => this.zoom(0.5), "-": () => this.zoom(2),
      "0": () => map.seeAll(), Enter: () => map.take(), " ": () => map.take(), Escape: () => this.leave(),
    };
    if (!(event.key in ARROWS) && !(event.key in acts)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key in acts) return acts[event.key]();
    const { rows, columns } = map.grid;
    const chosen = Math.max(0, rows.findIndex(([start, stop]) => map.model.token >= start && map.model.token < stop));
    const step = event.shiftKey ? STRIDE : 1;
    const [down, right] = ARROWS[event.key];
    this.resting = null;
    map.cell = map.cell
      ? { row: clamp(map.cell.row + down * step, 0, rows.length - 1), column: clamp(map.cell.column + right * step, 0, columns.length - 1) }
      : { row: chosen, column: 0 };
    map.point();
  }

  /** Show a share of the window, or several times as much, around the crosshair. @param {number} times */
  zoom(times) {
    const { view, grid, cell, count, model } = this.map;
    const [q0, q1, k0, k1] = view;
    const query = cell ? grid.rows[cell.row]?.[0] : clamp(model.token, q0, q1 - 1);
    const key = cell ? grid.columns[cell.column]?.[0] : Math.min(query ?? k0, k1 - 1);
    this.map.see([...zoomed([q0, q1], query ?? q0, times, count), ...zoomed([k0, k1], key ?? k0, times, count)]);
  }
}
