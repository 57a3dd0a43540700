// The tokens in a line, with arcs from the chosen one to those that it looks at.

import { attribute, fill, h, say } from "../../../stage/dom.js";
import { pieces, shown } from "../../browser/tokens.js";
import { depth } from "./colours.js";
import { text, words } from "./strings.js";
import { withError } from "./writing.js";

/** @import {Capture} from "./capture.js" */
/** @import {Store} from "./state.js" */
/** @import {State, Weight} from "./types.js" */

/** @typedef {{left: number, right: number}} Span where a token stands, in CSS pixels */

const ARCS = 8;
const HEIGHT = 84;
const WORTH = 0.005; // a weaker key gets no arc

/**
 * @param {Capture} capture
 * @param {Store} store
 */
export function strip(capture, store) {
  const { tokens } = capture;
  const title = h("h2", { id: "tokens-title" });
  const hint = h("p", { class: "mute", id: "tokens-hint" });
  const options = tokens.map((token, i) =>
    h("span", { role: "option", class: "token", "data-token": i }, h("bdi", {}, ...spelled(token))));
  const arcs = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  attribute(arcs, "class", "arcs");
  attribute(arcs, "aria-hidden", "true");
  attribute(arcs, "height", HEIGHT);
  const list = h("div", {
    class: "tokens",
    role: "listbox",
    "aria-labelledby": "tokens-title",
    "aria-describedby": "tokens-hint",
    onclick: (/** @type {MouseEvent} */ event) => {
      const option = event.target instanceof Element ? event.target.closest("[data-token]") : null;
      if (!(option instanceof HTMLElement)) return;
      store.set({ token: Number(option.dataset.token), key: null });
      option.focus({ preventScroll: true });
    },
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      const to = target(event.key, store.state.token, tokens.length);
      if (to === null) return;
      event.preventDefault();
      store.set({ token: to, key: null });
      options[to].focus({ preventScroll: true });
    },
  }, ...options);
  const scroller = h("div", { class: "scroller" }, h("div", { class: "track" }, arcs, list));
  const looks = h("span", {});
  const strongest = h("span", { class: "strongest" });
  const sum = h("span", { class: "mute" });

  /** @type {State | null} */
  let drawn = null;
  /** @type {number[]} */
  let lit = [];
  /** @type {Span[]} asked when the line is laid out, not at each change of its colours */
  let spans = [];
  const measure = () => {
    spans = options.map(({ offsetLeft, offsetWidth }) => ({ left: offsetLeft, right: offsetLeft + offsetWidth }));
    attribute(arcs, "width", spans[spans.length - 1].right);
  };
  /** @param {State} state */
  const update = (state) => {
    const said = words(state.language);
    if (spans.length === 0) measure();
    if (drawn?.token !== state.token) center(scroller, spans[state.token]);
    else if (state.key !== null && drawn.key !== state.key) center(scroller, spans[state.key]);
    say(title, said.tokens);
    say(hint, said.tokensHint);
    const weights = capture.strongest(state.head, state.token, ARCS).filter(({ weight }) => weight >= WORTH);
    const key = state.key ?? weights[0]?.key ?? null;
    for (const i of lit) {
      attribute(options[i], "data-key", null);
      options[i].style.removeProperty("--depth");
    }
    lit = weights.map(({ key: i }) => i);
    if (key !== null) lit.push(key);
    for (const { key: i, weight } of weights) options[i].style.setProperty("--depth", `${100 * depth(weight)}%`);
    if (key !== null) attribute(options[key], "data-key", true);
    for (const i of new Set([drawn?.token ?? 0, state.token])) {
      attribute(options[i], "aria-selected", String(i === state.token));
      attribute(options[i], "tabindex", i === state.token ? 0 : -1);
    }
    say(looks, text(said.arcs, { query: shown(tokens[state.token]) }));
    const focused = strongest.contains(document.activeElement);
    const chips = weights.map((one) => chip(one, key, capture, store));
    fill(strongest, chips);
    if (focused) chips.find((one) => one.getAttribute("aria-pressed") === "true")?.focus();
    say(sum, weights.length === 0 ? said.arcsNone : text(said.arcsSum, {
      sum: Math.min(1, weights.reduce((all, { weight }) => all + weight, 0)).toFixed(2),
    }));
    draw(arcs, spans, weights, state.token, key);
    drawn = state;
  };
  options.forEach((option) => attribute(option, "aria-selected", "false"));
  store.listen(update);
  new ResizeObserver(() => {
    measure();
    if (drawn) update(drawn);
  }).observe(list);
  return h("section", { class: "strip" }, h("div", { class: "line" }, title, hint), scroller,
    h("p", { class: "looks" }, looks, strongest, sum));
}

/**
 * A token's text, the signs in it in a quieter colour.
 * @param {string} token
 */
function spelled(token) {
  return pieces(token).map(({ text: piece, sign }) => h("span", { class: sign ? "mute" : null }, piece));
}

/**
 * One of the strongest keys, as a button.
 * @param {Weight} weight
 * @param {number | null} chosen
 * @param {Capture} capture
 * @param {Store} store
 */
function chip(weight, chosen, capture, store) {
  const { key } = weight;
  return h("button", { type: "button", class: "chip", "data-key": key, "aria-pressed": String(key === chosen),
    title: withError(weight), onclick: () => store.set({ key }) },
  h("span", { class: "mute" }, key), " ", h("bdi", {}, ...spelled(capture.tokens[key])), " ",
  h("b", {}, weight.weight.toFixed(2)));
}

/** @param {string} key @param {number} token @param {number} count */
function target(key, token, count) {
  /** @type {Record<string, number>} */
  const steps = { ArrowLeft: token - 1, ArrowRight: token + 1, PageUp: token - 10, PageDown: token + 10, Home: 0, End: count - 1 };
  return key in steps ? Math.min(count - 1, Math.max(0, steps[key])) : null;
}

/**
 * The arcs of a query, from token to token above the line.
 * @param {SVGSVGElement} arcs
 * @param {Span[]} spans
 * @param {Weight[]} weights
 * @param {number} query
 * @param {number | null} chosen
 */
function draw(arcs, spans, weights, query, chosen) {
  /** @param {number} token */
  const middle = (token) => (spans[token].left + spans[token].right) / 2;
  const from = middle(query);
  arcs.replaceChildren(...weights.map(({ key, weight }) => {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const to = middle(key);
    const wide = Math.abs(from - to);
    const rise = Math.min(1.3 * HEIGHT - 8, 26 + wide * 0.45);
    // a token that looks at itself: a loop as wide as a finger
    const [a, b] = key === query ? [from - 9, from + 9] : [from, to];
    const bend = key === query ? 14 : 0;
    attribute(path, "d", `M${a} ${HEIGHT} C${a - bend} ${HEIGHT - rise} ${b + bend} ${HEIGHT - rise} ${b} ${HEIGHT}`);
    attribute(path, "data-key", key);
    attribute(path, "class", key === chosen ? "chosen" : null);
    path.style.strokeWidth = `${1 + 6 * weight}px`;
    path.style.opacity = String(0.3 + 0.7 * depth(weight));
    return path;
  }));
}

/**
 * Scroll a line so that a token in it shows.
 * @param {HTMLElement} scroller
 * @param {Span} span
 */
function center(scroller, { left, right }) {
  if (left < scroller.scrollLeft + 40 || right > scroller.scrollLeft + scroller.clientWidth - 40) {
    scroller.scrollLeft = (left + right - scroller.clientWidth) / 2;
  }
}
