// The drawing of a map: an image of its weights, texts or numbers at its edges, and the crosshair.

import { shown } from "../../browser/tokens.js";
import { css, image } from "./colours.js";

/** @import {Capture} from "./capture.js" */
/** @import {Colour, Colours} from "./colours.js" */
/** @import {Cell} from "./types.js" */

// CSS pixels.
const TEXTS = 84; // at most, for the tokens' texts at an edge
const NUMBERS = 42; // for their numbers, where the texts have no room
const ROW = 10; // that a text needs
const CELL = 64; // at most
const APART = 44; // numbers at an edge
const PAD = 5;

/** Tokens from one number at the edge to the next. */
const EVERY = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];

export class Plot {
  /**
   * @param {Capture} capture
   * @param {HTMLCanvasElement} canvas
   */
  constructor(capture, canvas) {
    this.capture = capture;
    this.canvas = canvas;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.font = getComputedStyle(document.body).fontFamily;
    this.labels = capture.pooled ? [] : capture.tokens.map((token) => shown(token));
    this.context.font = this.style(true, ROW + 3);
    this.room = Math.min(TEXTS, 2 * PAD + Math.max(...this.labels.map((label) => this.context.measureText(label).width)));
    this.labelled = false;
    this.margin = 0;
    this.size = 0;
    /** @type {{head: number, colours: Colours, pixels: HTMLCanvasElement} | null} */
    this.image = null;
  }

  /** CSS pixels of a cell. */
  get step() {
    return this.size / this.capture.side;
  }

  /**
   * The cell under the pointer.
   * @param {MouseEvent} event
   * @returns {Cell | null}
   */
  at(event) {
    const box = this.canvas.getBoundingClientRect();
    const { side } = this.capture;
    const row = Math.floor((event.clientY - box.top - this.margin) / this.step);
    const column = Math.floor((event.clientX - box.left - this.margin) / this.step);
    return row >= 0 && row < side && column >= 0 && column < side ? { row, column } : null;
  }

  /**
   * @param {number} head
   * @param {Cell} cell
   * @param {Colours} colours
   * @param {number} width what the page has room for
   */
  draw(head, cell, colours, width) {
    const { capture, context } = this;
    if (width <= TEXTS) return;
    this.labelled = !capture.pooled && width - this.room >= ROW * capture.side;
    this.margin = this.labelled ? this.room : NUMBERS;
    this.size = Math.min(width - this.margin, CELL * capture.side);
    this.resize(this.margin + this.size);
    if (this.image?.head !== head || this.image.colours !== colours) {
      const pixels = image(capture.side, (row, column) => capture.weight(head, row, column), colours);
      this.image = { head, colours, pixels };
    }
    context.imageSmoothingEnabled = false;
    context.drawImage(this.image.pixels, this.margin, this.margin, this.size, this.size);
    this.crosshair(cell, colours);
    this.edge(cell.row, false, colours.query, colours.mute);
    this.edge(cell.column, true, colours.key, colours.mute);
  }

  /**
   * Clear the canvas, and fit its pixels to the screen's.
   * @param {number} total CSS pixels
   */
  resize(total) {
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = this.canvas.height = Math.round(total * ratio);
    this.canvas.style.width = this.canvas.style.height = `${total}px`;
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  /**
   * @param {Cell} cell
   * @param {Colours} colours
   */
  crosshair({ row, column }, colours) {
    const { context, margin, size, step } = this;
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
   * @param {number} chosen
   * @param {boolean} upper
   * @param {Colour} strong the colour of the chosen one
   * @param {Colour} colour
   */
  edge(chosen, upper, strong, colour) {
    const { edges, tokens } = this.capture;
    if (this.labelled) {
      this.labels.forEach((label, i) => this.write(label, i, upper, i === chosen ? strong : colour, i === chosen));
      return;
    }
    const scale = this.size / tokens.length;
    const every = EVERY.find((count) => count * scale >= APART) ?? tokens.length;
    const here = edges[chosen];
    for (let token = 0; token < tokens.length; token += every) {
      const clear = Math.abs(token - here) * scale >= (upper ? 30 : 14);
      if (clear) this.write(String(token), this.capture.block(token), upper, colour, false);
    }
    this.write(String(here), chosen, upper, strong, true);
  }

  /**
   * A text or a number beside its row, or above its column: texts stand upright there.
   * @param {string} label
   * @param {number} place
   * @param {boolean} upper
   * @param {Colour} colour
   * @param {boolean} strong
   */
  write(label, place, upper, colour, strong) {
    const { context, labelled, margin, size, step } = this;
    context.save();
    context.font = this.style(strong, step - 1);
    // a number at the far end stays inside
    const half = labelled ? 0 : upper ? context.measureText(label).width / 2 : 6;
    const middle = Math.min(margin + (place + 0.5) * step, margin + size - half);
    if (upper) context.translate(middle, margin - PAD);
    else context.translate(margin - PAD, middle);
    if (upper && labelled) context.rotate(-Math.PI / 2);
    context.textAlign = upper ? (labelled ? "left" : "center") : "right";
    context.textBaseline = upper && !labelled ? "bottom" : "middle";
    context.direction = "ltr";
    context.fillStyle = css(colour);
    context.fillText(this.clipped(label, margin - 2 * PAD), 0, 0);
    context.restore();
  }

  /**
   * @param {boolean} strong
   * @param {number} size CSS pixels, if it can be read so
   */
  style(strong, size) {
    return `${strong ? "600 " : ""}${Math.min(ROW + 3, Math.max(ROW, size))}px ${this.font}`;
  }

  /**
   * @param {string} label
   * @param {number} width
   */
  clipped(label, width) {
    const fits = (/** @type {string} */ text) => this.context.measureText(text).width <= width;
    if (fits(label)) return label;
    let letters = [...label].slice(0, 30);
    while (letters.length > 1 && !fits(`${letters.join("")}…`)) letters = letters.slice(0, -1);
    return `${letters.join("")}…`;
  }
}
