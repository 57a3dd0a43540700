// The prompt as tokens in a row, one of them chosen, with arcs to what it looks at.
// Only what is in view has elements: a prompt may have thousands of tokens.

import { attribute, fill, h, say } from "../../../stage/dom.js";
import { clamp, filled, onceAFrame, style } from "./frame.js";
import { named, pieces, shown } from "../../../live/browser/tokens.js";
import css from "./strip.css";

/** Pixels; as in strip.css. */
const PAD = 9;
const GAP = 4;
const NARROWEST = 30;
const WIDEST = 220;
const ARCS = 62;
/** Arcs drawn, and the least weight that gets one. */
const MOST = 40;
const LEAST = 0.01;
/** Keys that the sentence below names. */
const NAMED = 4;

/**
 * @typedef {{tokens: string[], token: number, weights: Float32Array, weights_of: number,
 *   words: Record<string, string>, problem: string, on: (names: string | string[], follow: () => void) => void}} Model
 */

/** @param {{model: Model}} context */
export function render({ model }) {
  const strip = new Strip(model);
  model.on(["tokens"], () => strip.measure());
  model.on(["token", "weights", "weights_of", "problem"], strip.draw);
  model.on("after_render", () => strip.measure());
  model.on("remove", () => strip.end());
  return strip.element;
}

class Strip {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    /** @type {number[]} the left edge of each token, and the right end of the last */
    this.edges = [0];
    this.followed = -1;
    this.draw = onceAFrame(() => this.update());
    this.arcs = svg("svg", { class: "arcs", "aria-hidden": "true", height: ARCS });
    this.row = h("div", { class: "row", role: "listbox", "aria-orientation": "horizontal", tabindex: 0 });
    this.inner = h("div", { class: "inner" }, this.arcs, this.row);
    this.scroller = h("div", { class: "scroller" }, this.inner);
    this.told = h("p", { class: "told", "aria-live": "polite" });
    this.element = h("div", { class: "strip" }, style(css), this.scroller, this.told);
    attribute(this.row, "aria-label", model.words.strip);
    this.scroller.addEventListener("scroll", this.draw, { passive: true });
    this.row.addEventListener("keydown", (event) => this.key(event));
    this.row.addEventListener("click", (event) => {
      const chip = /** @type {Element} */ (event.target).closest("[data-token]");
      if (chip instanceof HTMLElement) this.choose(Number(chip.dataset.token));
    });
    this.resized = new ResizeObserver(this.draw);
    this.resized.observe(this.scroller);
  }

  end() {
    this.draw.cancel();
    this.resized.disconnect();
  }

  /** Find the place of each token, without asking the browser for a layout. */
  measure() {
    const context = document.createElement("canvas").getContext("2d");
    if (!context) return;
    context.font = `15px ${getComputedStyle(this.element).fontFamily || "sans-serif"}`;
    let end = 0;
    this.edges = [0];
    for (const token of this.model.tokens) {
      const width = context.measureText(shown(token)).width + 2 * PAD;
      end += clamp(Math.ceil(width), NARROWEST, WIDEST) + GAP;
      this.edges.push(end);
    }
    this.inner.style.width = `${end}px`;
    this.followed = -1;
    this.draw();
  }

  /** @param {number} token */
  choose(token) {
    this.row.focus({ preventScroll: true });
    if (token !== this.model.token) this.model.token = token;
    this.draw();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const last = this.model.tokens.length - 1;
    const { token } = this.model;
    /** @type {Record<string, number>} */
    const ways = {
      ArrowLeft: token - 1, ArrowRight: token + 1, Home: 0, End: last, PageUp: token - 10, PageDown: token + 10,
    };
    if (!(event.key in ways)) return;
    event.preventDefault();
    this.choose(clamp(ways[event.key], 0, last));
  }

  update() {
    const { model, scroller, edges } = this;
    const count = model.tokens.length;
    if (count === 0 || edges.length !== count + 1) return;
    const token = Math.min(model.token, count - 1);
    if (this.followed !== token) this.follow(token);
    const known = model.weights_of === token && model.weights?.length === count;
    /** @param {number} key */
    const weight = (key) => (known && key <= token ? model.weights[key] : 0);

    const first = this.at(scroller.scrollLeft - 200);
    const last = this.at(scroller.scrollLeft + scroller.clientWidth + 200);
    const wanted = new Set([token]);
    for (let i = first; i <= last; i++) wanted.add(i);
    for (const chip of /** @type {HTMLElement[]} */ ([...this.row.children])) {
      if (!wanted.delete(Number(chip.dataset.token)) || !this.same(chip)) chip.remove();
    }
    for (const i of [...wanted, token]) if (!this.chip(i)) this.row.append(this.make(i));
    for (const chip of /** @type {HTMLElement[]} */ ([...this.row.children])) {
      const i = Number(chip.dataset.token);
      attribute(chip, "aria-selected", String(i === token));
      chip.style.setProperty("--w", String(Math.round(100 * weight(i))));
      const told = /** @type {Element} */ (chip.lastElementChild);
      say(told, weight(i) >= LEAST ? weight(i).toFixed(2).replace(/^0/, "") : "");
      chip.classList.toggle("later", i > token);
    }
    attribute(this.row, "aria-activedescendant", `token-${token}`);
    this.bend(token, known ? strongest(model.weights, token, MOST) : []);
    say(this.told, model.problem || (known ? this.sentence(token) : ""));
    this.told.classList.toggle("problem", Boolean(model.problem));
  }

  /** Bring the chosen token into view, when it is another than before. @param {number} token */
  follow(token) {
    const { scroller, edges } = this;
    const [left, right] = [edges[token], edges[token + 1]];
    const margin = Math.min(120, scroller.clientWidth / 4);
    if (this.followed < 0 || left < scroller.scrollLeft || right > scroller.scrollLeft + scroller.clientWidth) {
      scroller.scrollLeft = right - scroller.clientWidth + margin;
    }
    this.followed = token;
  }

  /** The token at a place. @param {number} x */
  at(x) {
    let [low, high] = [0, this.model.tokens.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.edges[middle + 1] <= x) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** @param {number} i @returns {HTMLElement | null} */
  chip(i) {
    return this.row.querySelector(`#token-${i}`);
  }

  /** Whether a chip is still that of its token. @param {HTMLElement} chip */
  same(chip) {
    const i = Number(chip.dataset.token);
    return chip.title === this.name(i) && chip.style.left === `${this.edges[i]}px`;
  }

  /** @param {number} i */
  name(i) {
    return filled(this.model.words.token, { token: named(this.model.tokens[i], i) });
  }

  /** @param {number} i */
  make(i) {
    const text = h("bdi", { class: "text" });
    fill(text, pieces(this.model.tokens[i]).map(({ text, sign }) => h("span", { class: sign ? "sign" : null }, text)));
    const chip = h("div", {
      id: `token-${i}`, class: "chip", role: "option", "data-token": i, title: this.name(i), "aria-label": this.name(i),
      "aria-setsize": this.model.tokens.length, "aria-posinset": i + 1,
    }, h("span", { class: "place" }, i), h("span", { class: "box" }, text), h("span", { class: "weight" }));
    chip.style.left = `${this.edges[i]}px`;
    chip.style.width = `${this.edges[i + 1] - this.edges[i] - GAP}px`;
    return chip;
  }

  /**
   * Draw an arc to each of some keys.
   * @param {number} token
   * @param {[number, number][]} keys with their weights
   */
  bend(token, keys) {
    const middle = (/** @type {number} */ i) => (this.edges[i] + this.edges[i + 1] - GAP) / 2;
    const from = middle(token);
    const paths = keys.map(([key, weight]) => {
      const to = middle(key);
      const height = Math.min(ARCS - 8, 16 + Math.abs(from - to) / 5);
      const path = key === token
        ? `M${from - 5},${ARCS} c-14,-26 24,-26 10,0`
        : `M${from},${ARCS} C${from},${ARCS - height * 1.3} ${to},${ARCS - height * 1.3} ${to},${ARCS}`;
      return svg("path", { d: path, "stroke-width": (1 + 5 * weight).toFixed(2), opacity: (0.25 + 0.75 * weight).toFixed(2) });
    });
    attribute(this.arcs, "width", this.edges.at(-1));
    this.arcs.replaceChildren(...paths);
  }

  /** @param {number} token */
  sentence(token) {
    const { tokens, weights, words } = this.model;
    const keys = strongest(weights, token, NAMED)
      .map(([key, weight]) => filled(words.share, { token: named(tokens[key], key), share: (100 * weight).toFixed(weight < 0.1 ? 1 : 0) }));
    return filled(words.looks, { token: named(tokens[token], token), keys: keys.join(words.comma) });
  }
}

/**
 * The keys with the largest weights, largest first.
 * @param {Float32Array} weights
 * @param {number} token
 * @param {number} most
 * @returns {[number, number][]}
 */
function strongest(weights, token, most) {
  /** @type {[number, number][]} */
  const keys = [];
  for (let i = 0; i <= token; i++) if (weights[i] >= LEAST) keys.push([i, weights[i]]);
  return keys.sort((a, b) => b[1] - a[1]).slice(0, most);
}

/**
 * @param {string} tag
 * @param {Record<string, unknown>} attributes
 */
function svg(tag, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) attribute(element, name, value);
  return element;
}
