// All heads at a glance: a small map of each, in the model's order or by a score; one is chosen.

import { attribute, fill, h, say } from "../../../stage/dom.js";
import { clamp, filled, onceAFrame, style } from "./frame.js";
import { onShade, paint, ramp } from "./ramp.js";
import css from "./mosaic.css";

/**
 * @typedef {{layers: number, heads: number, maps: (Uint8Array & {shape: number[]}) | null,
 *   scores: Record<string, (number | null)[]>, order: string, chosen: number, silenced: number[], share: number, problem: string,
 *   words: Record<string, string>,
 *   on: (names: string | string[], follow: () => void) => void}} Model
 */

/** @param {{model: Model}} context */
export function render({ model }) {
  const mosaic = new Mosaic(model);
  model.on(["layers", "heads", "order", "scores"], mosaic.arrange);
  model.on(["maps"], mosaic.paint);
  model.on(["chosen", "silenced", "share", "problem"], mosaic.mark);
  model.on("remove", () => mosaic.end());
  return mosaic.element;
}

class Mosaic {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    /** @type {HTMLElement[]} of each head, in the model's order */
    this.tiles = [];
    /** @type {number[]} the heads as they stand */
    this.standing = [];
    /** what the grid holds, which is left alone while it stays so: a tile may be under a press */
    this.laid = "";
    this.across = 1;
    this.followed = -1;
    this.grid = h("div", { class: "grid", role: "radiogroup", "aria-label": model.words.heads });
    this.told = h("p", { class: "told" });
    this.scroller = h("div", { class: "scroller" }, this.grid);
    this.element = h("div", { class: "mosaic" }, style(css), this.scroller, this.told);
    this.arrange = onceAFrame(() => this.place());
    this.paint = onceAFrame(() => this.picture());
    this.mark = onceAFrame(() => this.choice());
    this.grid.addEventListener("keydown", (event) => this.key(event));
    this.grid.addEventListener("click", (event) => this.pick(event, (i) => {
      this.choose(i);
      // its map comes into view, unlike when somebody goes on from head to head by keyboard
      document.dispatchEvent(new CustomEvent("explainer-head"));
    }));
    this.grid.addEventListener("pointerover", (event) => this.pick(event, (i) => this.tell(i)));
    this.grid.addEventListener("pointerleave", () => this.tell(this.model.chosen));
    this.unshade = onShade(this.paint);
    this.resized = new ResizeObserver(() => this.follow(this.model.chosen));
    this.resized.observe(this.grid);
    this.arrange();
  }

  end() {
    this.unshade();
    this.resized.disconnect();
    for (const work of [this.arrange, this.paint, this.mark]) work.cancel();
  }

  /** @param {Event} event @param {(head: number) => void} use */
  pick(event, use) {
    const tile = /** @type {Element} */ (event.target).closest("[data-head]");
    if (tile instanceof HTMLElement) use(Number(tile.dataset.head));
  }

  /** @param {number} i @param {boolean} [focus] */
  choose(i, focus = false) {
    if (i !== this.model.chosen) this.model.chosen = i;
    this.choice();
    if (focus) this.tiles[i]?.focus();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const here = this.standing.indexOf(this.model.chosen);
    const last = this.standing.length - 1;
    /** @type {Record<string, number>} */
    const ways = {
      ArrowLeft: here - 1, ArrowRight: here + 1, ArrowUp: here - this.across, ArrowDown: here + this.across,
      Home: 0, End: last,
    };
    if (!(event.key in ways)) return;
    event.preventDefault();
    const there = ways[event.key];
    if (there >= 0 && there <= last) this.choose(this.standing[there], true);
  }

  /** Put the tiles where they belong. */
  place() {
    const { layers, heads, order, scores, words } = this.model;
    const count = layers * heads;
    while (this.tiles.length < count) this.tiles.push(this.tile(this.tiles.length));
    this.tiles.length = count;
    const by = scores[order];
    this.standing = [...this.tiles.keys()];
    // entropy: the sharpest first; what could not be measured comes last
    const rank = (/** @type {number} */ i) => by?.[i] ?? (order === "entropy" ? Infinity : -Infinity);
    if (by) this.standing.sort((a, b) => (order === "entropy" ? rank(a) - rank(b) : rank(b) - rank(a)) || a - b);
    this.grid.classList.toggle("sorted", Boolean(by));
    this.grid.style.setProperty("--heads", String(heads));
    this.tiles.forEach((tile, i) => {
      const caption = /** @type {Element} */ (tile.lastElementChild);
      say(caption, by ? `${Math.floor(i / heads)}·${i % heads} ${score(by[i])}` : "");
    });
    const laid = `${heads} ${Boolean(by)} ${this.standing}`;
    if (laid !== this.laid) this.lay(Boolean(by));
    this.laid = laid;
    this.picture();
    this.choice();
  }

  /** Fill the grid with the tiles as they stand. @param {boolean} sorted */
  lay(sorted) {
    const { heads, words } = this.model;
    /** @type {HTMLElement[]} */
    const parts = [];
    this.standing.forEach((i, at) => {
      if (!sorted && at % heads === 0) parts.push(h("span", { class: "layer", "aria-hidden": "true" }, `${words.layer_short}${i / heads}`));
      parts.push(this.tiles[i]);
    });
    if (!sorted && heads) {
      parts.push(h("span", { class: "layer" }), ...Array.from({ length: heads }, (_, i) => h("span", { class: "head", "aria-hidden": "true" }, i)));
    }
    const focused = this.tiles.find((tile) => tile.matches(":focus"));
    fill(this.grid, parts);
    focused?.focus({ preventScroll: true });
  }

  /** @param {number} i */
  tile(i) {
    return h("div", { class: "tile", role: "radio", "data-head": i, tabindex: -1 },
      h("canvas", { width: 1, height: 1, "aria-hidden": "true" }), h("span", { class: "caption", "aria-hidden": "true" }));
  }

  /** Paint the small maps. */
  picture() {
    const { maps } = this.model;
    const [count, rows, columns] = maps?.shape ?? [0, 0, 0];
    const colours = ramp();
    const size = rows * columns;
    for (let i = 0; maps && i < Math.min(count, this.tiles.length); i++) {
      const canvas = /** @type {HTMLCanvasElement} */ (this.tiles[i].firstElementChild);
      // not maps.subarray(): Bokeh's arrays have a constructor of their own
      paint(canvas, new Uint8Array(maps.buffer, maps.byteOffset + i * size, size), rows, columns, colours, (row) => row + 1);
    }
    this.grid.classList.toggle("waiting", count !== this.tiles.length);
  }

  /** Show which head is chosen, and which are silenced. */
  choice() {
    const { silenced } = this.model;
    this.across = this.grid.classList.contains("sorted")
      ? Math.max(1, getComputedStyle(this.grid).gridTemplateColumns.split(" ").length)
      : this.model.heads;
    this.tiles.forEach((tile, i) => {
      attribute(tile, "aria-checked", String(i === this.model.chosen));
      attribute(tile, "tabindex", i === this.model.chosen ? 0 : -1);
      attribute(tile, "aria-label", this.name(i));
      tile.classList.toggle("silenced", silenced.includes(i));
    });
    this.tell(this.model.chosen);
    if (this.followed !== this.model.chosen) this.follow(this.model.chosen);
  }

  /** Bring a head into view, within the overview: the page stays where it is. @param {number} i */
  follow(i) {
    const tile = this.tiles[i];
    const { scroller } = this;
    if (!tile?.offsetHeight) return;
    this.followed = i;
    const top = tile.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    if (top >= 0 && top + tile.offsetHeight <= scroller.clientHeight) return;
    scroller.scrollTop += top - (scroller.clientHeight - tile.offsetHeight) / 2;
  }

  /** @param {number} i */
  name(i) {
    const { heads, scores, words, silenced } = this.model;
    const where = filled(words.head, { layer: Math.floor(i / heads), head: i % heads });
    const told = Object.entries(scores).map(([name, values]) => `${words[name]} ${score(values[i])}`);
    return [where, ...told, ...(silenced.includes(i) ? [words.silenced] : [])].join(" · ");
  }

  /** @param {number} i */
  tell(i) {
    const { problem, share, words } = this.model;
    const sampled = share < 1 ? ` · ${filled(words.refining, { share: Math.ceil(100 * share) })}` : "";
    say(this.told, problem || (this.tiles.length > i ? this.name(i) + sampled : ""));
    this.told.classList.toggle("problem", Boolean(problem));
  }
}

/** @param {number | null | undefined} value */
function score(value) {
  return value === null || value === undefined ? "–" : clamp(value, 0, 1).toFixed(2);
}
