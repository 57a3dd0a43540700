// One head's map: rows are queries, columns keys. What is under the pointer is told at once, from
// the numbers that are here; a window chosen in it is asked for and drawn exactly.

import { fill, h, rest, say } from "../../../stage/dom.js";
import { clamp, filled, onceAFrame, style, told } from "./frame.js";
import { Hands } from "./hands.js";
import { LEFT, TOP, blocks } from "./window.js";
import { MIDDLE, gradient, onShade, paint, ramp } from "./ramp.js";
import { named, shown } from "../../../live/browser/tokens.js";
import css from "./heatmap.css";

/** @import {Span, View} from "./window.js" */

/** Pixels that a token's name takes. */
const LINE = 14;

/**
 * @typedef {{tokens: string[], token: number, pixels: (Uint8Array & {shape: number[]}) | null,
 *   scale: number, shown: number[], view: number[], resolution: number, words: Record<string, string>,
 *   problem: string, on: (names: string | string[], follow: () => void) => void}} Model
 * @typedef {{row: number, column: number}} Cell a pixel of the map, counted from its top left
 * @typedef {{x: number, y: number}} Point in px, from the plot's top left
 */

/** @param {{model: Model}} context */
export function render({ model }) {
  const map = new Heatmap(model);
  model.on(["tokens", "pixels", "scale", "shown", "view"], map.draw);
  model.on("token", map.point);
  model.on("problem", () => map.tellProblem());
  model.on("after_render", () => map.resize());
  model.on("remove", () => map.end());
  return map.element;
}

export class Heatmap {
  /** @param {Model} model */
  constructor(model) {
    const { words } = model;
    this.model = model;
    this.size = 0;
    /** @type {Cell | null} */
    this.cell = null;
    /** @type {{from: Point, to: Point} | null} the box that is being dragged */
    this.box = null;
    this.image = document.createElement("canvas");
    this.under = h("canvas", { class: "under", "aria-hidden": "true" });
    this.over = h("canvas", { class: "over", "aria-hidden": "true" });
    this.tip = h("div", { class: "tip", hidden: true, "aria-hidden": "true" });
    this.said = h("div", { class: "unseen", "aria-live": "polite" });
    this.plot = h("div", { class: "plot stale", role: "application", tabindex: 0, "aria-label": words.map, "aria-roledescription": words.map_role },
      this.under, this.over, this.tip);
    this.closer = h("button", { type: "button", onclick: () => this.hands.zoom(0.5), "aria-label": words.closer, title: words.closer }, "+");
    this.farther = h("button", { type: "button", onclick: () => this.hands.zoom(2), "aria-label": words.farther, title: words.farther }, "−");
    this.whole = h("button", { type: "button", onclick: () => this.seeAll() }, words.whole);
    this.ramps = [h("i"), h("i")];
    this.middle = h("span");
    this.most = h("span");
    this.where = h("span", { class: "where" });
    this.problem = h("p", { class: "problem", role: "alert", hidden: true });
    const axes = h("p", { class: "axes" }, h("span", { class: "query" }, `↓ ${words.looks}`), h("span", { class: "key" }, `→ ${words.looked_at}`));
    this.element = h("div", { class: "heatmap" }, style(css), this.problem, axes, this.plot, this.said,
      h("div", { class: "bar" }, h("span", { class: "legend" }, "0", this.ramps[0], this.middle, this.ramps[1], this.most), this.where, this.farther, this.closer, this.whole),
      h("p", { class: "turned" }, words.turned));
    this.draw = onceAFrame(() => this.update());
    this.point = onceAFrame(() => this.cross());
    this.hands = new Hands(this);
    this.unshade = onShade(this.draw);
    this.come = () => this.element.scrollIntoView({ block: "nearest" });
    document.addEventListener("explainer-head", this.come);
    this.resized = new ResizeObserver(() => this.resize());
    this.resized.observe(this.plot);
  }

  end() {
    this.unshade();
    this.resized.disconnect();
    document.removeEventListener("explainer-head", this.come);
    this.draw.cancel();
    this.point.cancel();
  }

  tellProblem() {
    say(this.problem, this.model.problem);
    this.problem.hidden = !this.model.problem;
  }

  get count() {
    return this.model.tokens.length;
  }

  /** @returns {View} */
  get view() {
    const [q0, q1, k0, k1] = this.model.view;
    return q1 > q0 ? [q0, q1, k0, k1] : [0, this.count, 0, this.count];
  }

  /** Rows and columns of pixels, and the tokens of each. */
  get grid() {
    const [q0, q1, k0, k1] = this.model.shown;
    const [rows, columns] = this.model.pixels?.shape ?? [0, 0];
    return { rows: blocks(q0, q1, rows), columns: blocks(k0, k1, columns) };
  }

  resize() {
    const width = this.plot.clientWidth;
    if (!width || width === this.size) return;
    this.size = width;
    const sharp = clamp(Math.round((width - LEFT) * devicePixelRatio / 64) * 64, 64, 1024);
    if (sharp !== this.model.resolution) this.model.resolution = sharp;
    this.draw();
  }

  /** The side of the square that the map fills. */
  get side() {
    return Math.max(1, this.size - LEFT - 2);
  }

  /** Draw the map and the names along it. */
  update() {
    const { model, size, side } = this;
    const pixels = model.pixels;
    if (!size || !pixels?.shape || !this.count) return;
    const [rows, columns] = pixels.shape;
    const grid = this.grid;
    const unseen = (/** @type {number} */ row) => grid.columns.findIndex(([key]) => key >= grid.rows[row][1]);
    paint(this.image, pixels, rows, columns, ramp(), (row) => (unseen(row) < 0 ? columns : unseen(row)));
    for (const canvas of [this.under, this.over]) {
      canvas.width = size * devicePixelRatio;
      canvas.height = (side + TOP + 2) * devicePixelRatio;
      canvas.style.height = `${side + TOP + 2}px`;
    }
    const context = this.context(this.under);
    context.imageSmoothingEnabled = false;
    context.fillStyle = this.colour("--card");
    context.fillRect(LEFT, TOP, side, side);
    context.save();
    context.beginPath();
    context.rect(LEFT, TOP, side, side);
    context.clip();
    // what is here is drawn where it belongs, until the window asked for has come
    const [q0, q1, k0, k1] = this.view;
    const [sq0, sq1, sk0, sk1] = model.shown;
    const [perQuery, perKey] = [side / (q1 - q0), side / (k1 - k0)];
    context.drawImage(this.image, LEFT + (sk0 - k0) * perKey, TOP + (sq0 - q0) * perQuery, (sk1 - sk0) * perKey, (sq1 - sq0) * perQuery);
    context.restore();
    context.strokeStyle = this.colour("--edge");
    context.strokeRect(LEFT - 0.5, TOP - 0.5, side + 1, side + 1);
    this.names(context, [q0, q1], [k0, k1]);
    for (const half of this.ramps) half.style.backgroundImage = gradient();
    say(this.middle, told(MIDDLE * model.scale, 0.004));
    say(this.most, told(model.scale, 0.004));
    const all = q0 === 0 && k0 === 0 && q1 === this.count && k1 === this.count;
    for (const button of [this.whole, this.farther]) rest(button, all);
    rest(this.closer, Math.max(q1 - q0, k1 - k0) <= 4);
    say(this.where, all ? "" : filled(model.words.window, { q0, q1: q1 - 1, k0, k1: k1 - 1 }));
    this.plot.classList.toggle("stale", String(this.view) !== String(model.shown));
    this.hands.rest();
    this.cross();
  }

  /**
   * Name the tokens along the map, as many as there is room for.
   * @param {CanvasRenderingContext2D} context
   * @param {Span} queries
   * @param {Span} keys
   */
  names(context, queries, keys) {
    context.font = `12px ${getComputedStyle(this.element).fontFamily}`;
    context.textBaseline = "middle";
    context.direction = "ltr";
    const every = (/** @type {Span} */ [start, stop]) => Math.max(1, Math.ceil(LINE / (this.side / (stop - start))));
    const label = (/** @type {number} */ i, /** @type {number} */ step) => step > 1 ? `${i} ${shown(this.model.tokens[i], 5)}` : shown(this.model.tokens[i], 9);
    context.textAlign = "right";
    context.fillStyle = this.colour("--query-ink");
    for (let i = queries[0], step = every(queries); i < queries[1]; i += step) {
      context.fillText(label(i, step), LEFT - 5, TOP + (i - queries[0] + 0.5) * this.side / (queries[1] - queries[0]), LEFT - 6);
    }
    context.textAlign = "left";
    context.fillStyle = this.colour("--key-ink");
    for (let i = keys[0], step = every(keys); i < keys[1]; i += step) {
      context.save();
      context.translate(LEFT + (i - keys[0] + 0.5) * this.side / (keys[1] - keys[0]), TOP - 5);
      context.rotate(-Math.PI / 2);
      context.fillText(label(i, step), 0, 0, TOP - 6);
      context.restore();
    }
  }

  /** Draw the crosshair, the chosen query and the box that is being dragged; tell what is there. */
  cross() {
    const { model, side } = this;
    if (!this.size) return;
    const context = this.context(this.over);
    context.clearRect(0, 0, this.size, side + TOP + 2);
    const [q0, q1] = this.view;
    if (model.token >= q0 && model.token < q1) {
      const height = side / (q1 - q0);
      context.strokeStyle = this.colour("--query");
      context.lineWidth = 2;
      context.strokeRect(LEFT - 1, TOP + (model.token - q0) * height, side + 2, Math.max(height, 2));
    }
    if (this.box) {
      const { from, to } = this.box;
      context.strokeStyle = this.colour("--focus");
      context.setLineDash([5, 4]);
      context.strokeRect(from.x, from.y, to.x - from.x, to.y - from.y);
      context.setLineDash([]);
    }
    this.tip.hidden = !this.cell;
    if (this.cell) this.tell(context, this.cell);
  }

  /** @param {CanvasRenderingContext2D} context @param {Cell} cell */
  tell(context, { row, column }) {
    const { model, side } = this;
    const { rows, columns } = this.grid;
    if (row >= rows.length || column >= columns.length || !model.pixels) return;
    const [queries, keys] = [rows[row], columns[column]];
    const [q0, q1, k0, k1] = this.view;
    const x = LEFT + (keys[0] - k0) * side / (k1 - k0);
    const y = TOP + (queries[0] - q0) * side / (q1 - q0);
    const width = (keys[1] - keys[0]) * side / (k1 - k0);
    const height = (queries[1] - queries[0]) * side / (q1 - q0);
    context.strokeStyle = this.colour("--ink");
    context.lineWidth = 2;
    context.strokeRect(x, y, Math.max(width, 2), Math.max(height, 2));
    const weight = (model.pixels[row * columns.length + column] / 255) * model.scale;
    const single = queries[1] - queries[0] === 1 && keys[1] - keys[0] === 1;
    const later = keys[0] > queries[1] - 1;
    const number = told(weight, model.scale / 510);
    const value = later ? model.words.later : single ? number : filled(model.words.most, { weight: number });
    const [query, key] = [this.span(queries), this.span(keys)];
    fill(this.tip, [
      h("b", {}, value),
      h("div", { class: "query" }, filled(model.words.query, { token: query })),
      h("div", { class: "key" }, filled(model.words.key, { token: key })),
    ]);
    say(this.said, `${filled(model.words.query, { token: query })}, ${filled(model.words.key, { token: key })}: ${value}`);
    const right = x + width + 14 + this.tip.offsetWidth > this.size;
    this.tip.style.left = `${right ? Math.max(0, x - 14 - this.tip.offsetWidth) : x + width + 14}px`;
    this.tip.style.top = `${clamp(y + height / 2 - this.tip.offsetHeight / 2, 0, side + TOP - this.tip.offsetHeight)}px`;
  }

  /** @param {Span} span */
  span([start, stop]) {
    return stop - start === 1 ? named(this.model.tokens[start], start) : `${start}–${stop - 1}`;
  }

  /** Choose the query of the cell under the crosshair. */
  take() {
    const { rows } = this.grid;
    if (this.cell && rows[this.cell.row]) this.model.token = rows[this.cell.row][1] - 1;
    this.point();
  }

  /** @param {View} view */
  see(view) {
    this.model.view = view;
    this.cell = null;
    this.draw();
  }

  seeAll() {
    this.see([0, this.count, 0, this.count]);
  }

  /** @param {HTMLCanvasElement} canvas */
  context(canvas) {
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    return context;
  }

  /** @param {string} name of one of the page's colours */
  colour(name) {
    this.tip.style.outlineColor = `var(${name})`;
    return getComputedStyle(this.tip).outlineColor;
  }
}
