// The chosen head's map, with a crosshair that pointer, finger and arrow keys move.

import { attribute, fill, h, say, sentence } from "../../../stage/dom.js";
import { shown } from "../../browser/tokens.js";
import { Plot } from "./plot.js";
import { text, words } from "./strings.js";
import { printable, withError } from "./writing.js";

/** @import {Capture} from "./capture.js" */
/** @import {Colours} from "./colours.js" */
/** @import {Store} from "./state.js" */
/** @import {Words} from "./strings.js" */
/** @import {Cell, State} from "./types.js" */

const JUMP = 10; // rows, with a Page key
const LEGEND = [0, 0.1, 0.25, 0.5, 1];

/**
 * @param {Capture} capture
 * @param {Store} store
 * @param {() => Colours} colours
 */
export function map(capture, store, colours) {
  const title = h("h2", {});
  const canvas = h("canvas", {});
  const field = h("div", { class: "map", role: "application", tabindex: 0, "aria-describedby": "readout" }, canvas);
  const readout = h("p", { class: "readout", id: "readout", "aria-live": "polite" });
  const hint = h("p", { class: "mute" });
  const axes = h("p", { class: "axes" });
  const legend = h("div", { class: "legend" });
  const plot = new Plot(capture, canvas);

  /** @type {Cell | null} */
  let hovered = null;
  const redraw = () => {
    const { state } = store;
    const said = words(state.language);
    const cell = hovered ?? chosen(capture, state);
    plot.draw(state.head, cell, colours(), field.clientWidth);
    legend.style.marginInlineStart = `${plot.margin}px`; // under the map itself
    fill(readout, told(capture, state, cell, said));
  };
  /** @param {PointerEvent} event */
  const point = (event) => {
    hovered = plot.at(event);
    redraw();
  };
  field.addEventListener("pointermove", point);
  field.addEventListener("pointerdown", point);
  field.addEventListener("pointerleave", () => {
    hovered = null;
    redraw();
  });
  field.addEventListener("click", (event) => {
    const cell = plot.at(event);
    hovered = null;
    if (cell && cell.column <= cell.row) store.set(selecting(capture, cell));
  });
  field.addEventListener("keydown", (event) => {
    const cell = moved(chosen(capture, store.state), event.key, capture.side);
    if (!cell) return;
    event.preventDefault();
    hovered = null;
    store.set(selecting(capture, cell));
  });
  store.listen((state) => {
    const said = words(state.language);
    const { layer, head } = capture.heads[state.head];
    say(title, text(said.map, { layer, head }));
    say(hint, said.mapHint);
    attribute(field, "aria-label", said.mapName);
    fill(axes, [h("span", { class: "query" }, `↓ ${said.query}`), h("span", { class: "key" }, `→ ${said.key}`)]);
    fill(legend, [h("span", { class: "mute" }, said.legend), scale()]);
    redraw();
  });
  new ResizeObserver(redraw).observe(field);
  return h("section", { class: "attention" }, h("div", { class: "line" }, title, axes), readout, field, legend, hint);
}

/**
 * The cell that is chosen: the query's block, and the key's, or the row's largest weight.
 * @param {Capture} capture
 * @param {State} state
 * @returns {Cell}
 */
function chosen(capture, state) {
  const row = capture.block(state.token);
  const key = state.key ?? capture.strongest(state.head, state.token, 1)[0]?.key ?? 0;
  return { row, column: capture.block(key) };
}

/**
 * @param {Capture} capture
 * @param {Cell} cell
 * @returns {Partial<State>}
 */
const selecting = ({ edges }, { row, column }) => ({ token: edges[row], key: edges[column] });

/**
 * Where a key of the keyboard leads; a query's own column is the last.
 * @param {Cell} cell
 * @param {string} key
 * @param {number} side
 * @returns {Cell | null}
 */
function moved({ row, column }, key, side) {
  /** @type {Record<string, [number, number]>} */
  const targets = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    PageUp: [row - JUMP, column],
    PageDown: [row + JUMP, column],
    Home: [row, 0],
    End: [row, row],
  };
  if (!(key in targets)) return null;
  const to = Math.min(side - 1, Math.max(0, targets[key][0]));
  return { row: to, column: Math.min(to, Math.max(0, targets[key][1])) };
}

/**
 * Both tokens and the weight, in a sentence.
 * @param {Capture} capture
 * @param {State} state
 * @param {Cell} cell
 * @param {Words} said
 */
function told(capture, state, { row, column }, said) {
  const query = h("em", { class: "query" }, tokens(capture, row, said));
  const key = h("em", { class: "key" }, tokens(capture, column, said));
  if (column > row) return sentence(said.later, { query, key });
  const weight = h("b", {}, withError({
    weight: capture.weight(state.head, row, column),
    error: capture.error(state.head, row),
  }));
  const several = capture.edges[row + 1] - capture.edges[row] > 1 || capture.edges[column + 1] - capture.edges[column] > 1;
  return sentence(several ? said.readoutPooled : said.readout, { query, key, weight });
}

/**
 * A block's tokens: 3 “cat”, or 4–7 “cat sat on the”.
 * @param {Capture} capture
 * @param {number} block
 * @param {Words} said
 */
function tokens({ edges, tokens: all }, block, said) {
  const [i, end] = [edges[block], edges[block + 1]];
  const read = end - i > 1 ? [...printable(all.slice(i, end).join(""))] : [...shown(all[i])];
  const short = read.length > 40 ? `${read.slice(0, 39).join("")}…` : read.join("");
  // isolated, so that a text from right to left turns nothing around it
  return text(end - i > 1 ? said.several : said.one, { i, j: end - 1, text: `\u2068${short}\u2069` });
}

/** The colours of some weights, in words and in a bar. */
function scale() {
  return h("span", { class: "scale" }, h("span", { class: "bar" }), ...LEGEND.map((weight) => {
    const mark = h("span", { class: "mark" }, weight);
    mark.style.insetInlineStart = `${100 * Math.sqrt(weight)}%`;
    return mark;
  }));
}
