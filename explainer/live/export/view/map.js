// The chosen head's map, with a crosshair that pointer, finger and arrow keys move.

import { attribute, fill, h, say, sentence } from "../../../stage/dom.js";
import { css, image } from "./colours.js";
import { text, words } from "./strings.js";
import { visible, withError } from "./writing.js";

/** @import {Capture} from "./capture.js" */
/** @import {Colours} from "./colours.js" */
/** @import {Store} from "./state.js" */
/** @import {Words} from "./strings.js" */
/** @import {State} from "./types.js" */

const LABEL = 84; // CSS pixels at most for the tokens' texts
const TICKS = 42; // or for their numbers
const ROOM = 10; // what a text needs, to stand beside its row
const CELL = 64; // at most for a cell
const JUMP = 10; // rows, with a Page key
const LEGEND = [0, 0.1, 0.25, 0.5, 1];

/** @typedef {{row: number, column: number}} Cell */

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
  const view = new View(capture, canvas);

  /** @type {Cell | null} */
  let hovered = null;
  const redraw = () => {
    const { state } = store;
    const said = words(state.language);
    const cell = hovered ?? chosen(capture, state);
    view.draw(state.head, cell, colours(), field.clientWidth);
    legend.style.marginInlineStart = `${view.margin}px`; // under the map itself
    fill(readout, told(capture, state, cell, said));
  };
  /** @param {PointerEvent} event */
  const point = (event) => {
    hovered = view.at(event);
    redraw();
  };
  field.addEventListener("pointermove", point);
  field.addEventListener("pointerdown", point);
  field.addEventListener("pointerleave", () => {
    hovered = null;
    redraw();
  });
  field.addEventListener("click", (event) => {
    const cell = view.at(event);
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
  const weight = h("b", {}, withError(capture.weight(state.head, row, column)));
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
  const shown = all.slice(i, end).map(visible).join("");
  const short = [...shown].length > 40 ? `${[...shown].slice(0, 39).join("")}…` : shown;
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

/** The drawing: an image of the weights, texts or numbers at its edges, and the crosshair. */
class View {
  /**
   * @param {Capture} capture
   * @param {HTMLCanvasElement} canvas
   */
  constructor(capture, canvas) {
    this.capture = capture;
    this.canvas = canvas;
    this.labels = capture.tokens.map((token) => visible(token).trim() || "␣");
    this.font = "";
    this.margin = 0;
    this.size = 0;
    /** @type {{head: number, colours: Colours, pixels: HTMLCanvasElement} | null} */
    this.image = null;
  }

  /**
   * The cell under the pointer.
   * @param {MouseEvent} event
   * @returns {Cell | null}
   */
  at(event) {
    const box = this.canvas.getBoundingClientRect();
    const { side } = this.capture;
    /** @param {number} place */
    const cell = (place) => Math.floor(((place - this.margin) / this.size) * side);
    const [row, column] = [cell(event.clientY - box.top), cell(event.clientX - box.left)];
    return row >= 0 && row < side && column >= 0 && column < side ? { row, column } : null;
  }

  /**
   * @param {number} head
   * @param {Cell} cell
   * @param {Colours} colours
   * @param {number} width what the page has room for
   */
  draw(head, cell, colours, width) {
    const { capture, canvas } = this;
    const context = canvas.getContext("2d");
    if (!context || width <= LABEL) return;
    this.font = getComputedStyle(canvas).fontFamily;
    const room = this.room(context);
    const labelled = (width - room) / capture.side >= ROOM;
    this.margin = labelled ? room : TICKS;
    this.size = Math.min(width - this.margin, CELL * capture.side);
    const ratio = window.devicePixelRatio || 1;
    const total = this.margin + this.size;
    canvas.width = canvas.height = Math.round(total * ratio);
    canvas.style.width = canvas.style.height = `${total}px`;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (this.image?.head !== head || this.image.colours !== colours) {
      const pixels = image(capture.side, (row, column) => capture.weight(head, row, column).weight, colours);
      this.image = { head, colours, pixels };
    }
    context.imageSmoothingEnabled = false;
    context.drawImage(this.image.pixels, this.margin, this.margin, this.size, this.size);
    this.crosshair(context, cell, colours);
    this.edge(context, cell.row, colours, colours.query, labelled, false);
    this.edge(context, cell.column, colours, colours.key, labelled, true);
  }

  /**
   * What the longest of the tokens' texts takes, if each token has a row.
   * @param {CanvasRenderingContext2D} context
   */
  room(context) {
    if (this.capture.pooled || this.capture.side * ROOM > this.canvas.ownerDocument.documentElement.clientWidth) return LABEL;
    context.font = `600 13px ${this.font}`;
    return Math.min(LABEL, 12 + Math.max(TICKS / 2, ...this.labels.map((label) => context.measureText(label).width)));
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Cell} cell
   * @param {Colours} colours
   */
  crosshair(context, { row, column }, colours) {
    const { margin, size } = this;
    const step = size / this.capture.side;
    const [x, y] = [margin + column * step, margin + row * step];
    context.lineWidth = 1;
    context.strokeStyle = css(colours.query, 0.75);
    context.strokeRect(margin, y, size, step);
    context.strokeStyle = css(colours.key, 0.75);
    context.strokeRect(x, margin, step, size);
    context.lineWidth = 2;
    context.strokeStyle = css(colours.ink);
    context.strokeRect(x - 1, y - 1, step + 2, step + 2);
  }

  /**
   * The tokens along the left or the upper edge: every text where there is room, else numbers.
   * @param {CanvasRenderingContext2D} context
   * @param {number} chosen
   * @param {Colours} colours
   * @param {import("./colours.js").Colour} colour of the chosen one
   * @param {boolean} labelled
   * @param {boolean} upper
   */
  edge(context, chosen, colours, colour, labelled, upper) {
    const { margin, size, capture } = this;
    const step = size / capture.side;
    /** @param {number} block @param {string} label @param {boolean} strong */
    const write = (block, label, strong) => {
      context.save();
      context.font = `${strong ? "600 " : ""}${Math.min(13, Math.max(10, step - 1))}px ${this.font}`;
      // a number at the far end stays inside
      const half = labelled ? 0 : upper ? context.measureText(label).width / 2 : 6;
      const middle = Math.min(margin + (block + 0.5) * step, margin + size - half);
      if (upper) context.translate(middle, margin - 5);
      else context.translate(margin - 5, middle);
      if (upper && labelled) context.rotate(-Math.PI / 2);
      context.textAlign = upper ? (labelled ? "left" : "center") : "right";
      context.textBaseline = upper && !labelled ? "bottom" : "middle";
      context.direction = "ltr";
      context.fillStyle = css(strong ? colour : colours.mute);
      context.fillText(clipped(context, label, margin - 10), 0, 0);
      context.restore();
    };
    if (labelled) {
      for (let block = 0; block < capture.side; block++) {
        write(block, this.labels[block], block === chosen);
      }
      return;
    }
    const every = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]
      .find((count) => (count / capture.tokens.length) * size >= 44) ?? 10000;
    const here = capture.edges[chosen];
    for (let token = 0; token < capture.tokens.length; token += every) {
      if (Math.abs(token - here) / capture.tokens.length * size >= (upper ? 30 : 14)) write(capture.block(token), String(token), false);
    }
    write(chosen, String(here), true);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} label
 * @param {number} width
 */
function clipped(context, label, width) {
  if (context.measureText(label).width <= width) return label;
  let letters = [...label].slice(0, 30);
  while (letters.length > 1 && context.measureText(`${letters.join("")}…`).width > width) letters = letters.slice(0, -1);
  return `${letters.join("")}…`;
}
