// The heads as small maps, by layer or by a score; arrow keys move from one to the next.

import { attribute, fill, h, say } from "../../../stage/dom.js";
import { image } from "./colours.js";
import { SORTS } from "./state.js";
import { text, words } from "./strings.js";

/** @import {Capture} from "./capture.js" */
/** @import {Colours} from "./colours.js" */
/** @import {Store} from "./state.js" */
/** @import {Words} from "./strings.js" */
/** @import {Scores, State} from "./types.js" */

const PIXELS = 32;
const COLUMNS = 8; // at most
const SORTED = 6; // where each has a score below it

/**
 * @param {Capture} capture
 * @param {Store} store
 * @param {() => Colours} colours
 */
export function chooser(capture, store, colours) {
  const small = capture.heads.map((_, head) => pooled(capture, head));
  const canvases = capture.heads.map(() => h("canvas", { width: PIXELS, height: PIXELS, "aria-hidden": "true" }));
  const scores = capture.heads.map(() => h("span", { class: "score" }));
  const radios = capture.heads.map(({ layer, head }, i) =>
    h("button", { type: "button", role: "radio", class: "head", "data-head": `${layer}.${head}`,
      onclick: () => store.set({ head: i }) },
    canvases[i], h("span", { "aria-hidden": "true" }, `${layer}.${head}`), scores[i]));
  const title = h("h2", { id: "heads-title" });
  const sort = h("select", { class: "button", id: "sort",
    onchange: () => store.set({ sort: sort.value }) },
  ...SORTS.map((name) => h("option", { value: name })));
  const sortName = h("label", { for: "sort", class: "mute" });
  const about = h("p", { class: "mute" });
  const list = h("div", { class: "heads", role: "radiogroup", "aria-labelledby": "heads-title",
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      const to = neighbour(radios, event.key);
      if (!to) return;
      event.preventDefault();
      to.click();
      to.focus();
    } });

  /** @type {Partial<State> & {colours?: Colours}} */
  let drawn = {};
  store.listen((state) => {
    const said = words(state.language);
    const now = colours();
    if (now !== drawn.colours) small.forEach((weights, i) => draw(canvases[i], weights, now));
    if (state.sort !== drawn.sort || state.language !== drawn.language) {
      say(title, said.heads);
      say(sortName, said.sort);
      [...sort.options].forEach((option, i) => say(option, said[/** @type {keyof Words} */ (SORTS[i])]));
      sort.value = state.sort;
      const unmeasured = state.sort !== "layer" && order(capture, state.sort).every((i) => score(capture, i, state.sort) === null);
      say(about, said[/** @type {keyof Words} */ (`${state.sort}About`)] + (unmeasured ? ` (${said.unmeasured})` : ""));
      fill(list, arranged(capture, radios, state.sort, said));
      list.style.setProperty("--columns", String(state.sort === "layer" ? widest(capture) : SORTED));
      capture.heads.forEach(({ layer, head, scores: all }, i) => {
        const name = text(said.headName, { layer, head });
        attribute(radios[i], "aria-label", `${name}: ${text(said.headScores, written(all))}`);
        attribute(radios[i], "title", `${name}\n${text(said.headScores, written(all))}`);
        say(scores[i], state.sort === "layer" ? "" : number(score(capture, i, state.sort)));
      });
    }
    radios.forEach((radio, i) => {
      attribute(radio, "aria-checked", String(i === state.head));
      attribute(radio, "tabindex", i === state.head ? 0 : -1);
    });
    if (state.head !== drawn.head) inView(list, radios[state.head]);
    drawn = { ...state, colours: now };
  });
  return h("section", { class: "chooser" },
    h("div", { class: "line" }, title, h("span", { class: "tools" }, sortName, sort)), about, list);
}

/**
 * The heads in the order of a score, highest first, but the sharpest first; what has none comes last.
 * @param {Capture} capture
 * @param {string} sort
 * @returns {number[]}
 */
function order(capture, sort) {
  const places = capture.heads.map((_, i) => i);
  if (sort === "layer") return places;
  const sign = sort === "entropy" ? -1 : 1;
  /** @param {number} head */
  const rank = (head) => sign * (score(capture, head, sort) ?? -sign * Infinity);
  return places.sort((a, b) => (rank(b) - rank(a) || 0) || a - b);
}

/** @param {Capture} capture @param {number} head @param {string} sort */
const score = (capture, head, sort) => capture.heads[head].scores[/** @type {keyof Scores} */ (sort)];

/** @param {number | null} value */
const number = (value) => (value === null ? "–" : value.toFixed(2));

/** @param {Scores} all */
const written = (all) => Object.fromEntries(Object.entries(all).map(([name, value]) => [name, number(value)]));

/**
 * The buttons in rows: one row a layer, or one for all.
 * @param {Capture} capture
 * @param {HTMLButtonElement[]} radios
 * @param {string} sort
 * @param {Words} said
 * @returns {HTMLElement[]}
 */
function arranged(capture, radios, sort, said) {
  const sorted = order(capture, sort);
  if (sort !== "layer") return [h("div", { class: "row", role: "presentation" }, ...sorted.map((i) => radios[i]))];
  return [...new Set(capture.heads.map(({ layer }) => layer))].map((layer) =>
    h("div", { class: "row", role: "presentation" },
      h("span", { class: "layer mute", "aria-hidden": "true" }, text(said.layerName, { layer })),
      ...sorted.filter((i) => capture.heads[i].layer === layer).map((i) => radios[i])));
}

/**
 * How many heads stand beside each other in the layer that has most.
 * @param {Capture} capture
 */
function widest({ heads }) {
  const counts = heads.map((one) => heads.filter(({ layer }) => layer === one.layer).length);
  return Math.min(COLUMNS, Math.max(SORTED, ...counts));
}

/**
 * Which button an arrow key leads to, as they stand on the page.
 * @param {HTMLButtonElement[]} radios
 * @param {string} key
 */
function neighbour(radios, key) {
  const boxes = radios.map((radio) => ({ radio, box: radio.getBoundingClientRect() }))
    .sort((a, b) => a.box.top - b.box.top || a.box.left - b.box.left);
  const at = boxes.findIndex(({ radio }) => radio.tabIndex === 0);
  if (key === "ArrowRight") return boxes[at + 1]?.radio;
  if (key === "ArrowLeft") return boxes[at - 1]?.radio;
  if (key === "Home") return boxes[0].radio;
  if (key === "End") return boxes[boxes.length - 1].radio;
  if (key !== "ArrowDown" && key !== "ArrowUp") return undefined;
  const { top, left } = boxes[at].box;
  const beyond = boxes.filter(({ box }) => (key === "ArrowDown" ? box.top > top + 1 : box.top < top - 1));
  const nearest = (key === "ArrowDown" ? beyond[0] : beyond[beyond.length - 1])?.box.top;
  return beyond.filter(({ box }) => Math.abs(box.top - nearest) <= 1)
    .sort((a, b) => Math.abs(a.box.left - left) - Math.abs(b.box.left - left))[0]?.radio;
}

/**
 * A head's map by the largest weight of each block, PIXELS on a side at most.
 * @param {Capture} capture
 * @param {number} head
 */
function pooled(capture, head) {
  const side = Math.min(PIXELS, capture.side);
  const weights = new Float32Array(side * side);
  for (let row = 0; row < capture.side; row++) {
    const line = Math.floor((row * side) / capture.side) * side;
    for (let column = 0; column <= row; column++) {
      const place = line + Math.floor((column * side) / capture.side);
      weights[place] = Math.max(weights[place], capture.weight(head, row, column));
    }
  }
  return weights;
}

/** @param {HTMLCanvasElement} canvas @param {Float32Array} weights @param {Colours} colours */
function draw(canvas, weights, colours) {
  const side = Math.sqrt(weights.length);
  const context = canvas.getContext("2d");
  if (!context) return;
  context.imageSmoothingEnabled = false;
  context.clearRect(0, 0, PIXELS, PIXELS);
  context.drawImage(image(side, (row, column) => weights[row * side + column], colours), 0, 0, PIXELS, PIXELS);
}

/**
 * Scroll a list, and only it, so that one of its elements shows.
 * @param {HTMLElement} list
 * @param {HTMLElement} element
 */
function inView(list, element) {
  const [outer, inner] = [list.getBoundingClientRect(), element.getBoundingClientRect()];
  if (inner.top < outer.top) list.scrollTop += inner.top - outer.top;
  if (inner.bottom > outer.bottom) list.scrollTop += inner.bottom - outer.bottom;
}
