// The colours of weights, taken from the design's tokens as they are in the theme now shown.

/** @typedef {[number, number, number]} Colour */

/**
 * How dark a weight is drawn: its square root, so that a weight of 0.04 still shows.
 * @param {number} weight
 */
export const depth = (weight) => Math.sqrt(Math.min(1, Math.max(0, weight)));

const LEVELS = 256;
/** How opaque the places are that no weight can have: keys after their query. */
const OUTSIDE = 140;

/** From no weight to all: names of colours in view.css, as the live page has them. */
const RAMP = ["ramp-0", "ramp-1", "ramp-2", "ramp-3"];

export class Colours {
  /** @param {HTMLElement} probe an element of the page, to ask it what a name means in this theme */
  constructor(probe) {
    /** @param {string} name @returns {Colour} */
    const colour = (name) => {
      probe.style.color = `var(--${name})`;
      const [r, g, b] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? ["0", "0", "0"]).map(Number);
      probe.style.color = "";
      return [r, g, b];
    };
    this.ramp = ramp(RAMP.map(colour));
    this.ink = colour("ink");
    this.mute = colour("mute");
    this.query = colour("query-ink");
    this.key = colour("key-ink");
    this.outside = pixels([[...colour("line"), OUTSIDE]])[0];
  }
}

/**
 * LEVELS colours as pixels, evenly from the first colour over those between to the last.
 * @param {Colour[]} stops
 */
function ramp(stops) {
  return pixels(Array.from({ length: LEVELS }, (_, i) => {
    const place = (i / (LEVELS - 1)) * (stops.length - 1);
    const below = Math.min(Math.floor(place), stops.length - 2);
    /** @param {0 | 1 | 2} c */
    const channel = (c) => stops[below][c] + (stops[below + 1][c] - stops[below][c]) * (place - below);
    return [channel(0), channel(1), channel(2), 255];
  }));
}

/**
 * Colours as the words that an image is made of.
 * @param {number[][]} colours red, green, blue, alpha, each to 255
 */
const pixels = (colours) => new Uint32Array(Uint8ClampedArray.from(colours.flat()).buffer);

/** @param {Colour} colour @param {number} [alpha] */
export const css = ([r, g, b], alpha = 1) => `rgb(${r} ${g} ${b} / ${alpha})`;

/**
 * A map as an image, a pixel a place.
 * @param {number} side
 * @param {(row: number, column: number) => number} weight
 * @param {Colours} colours
 * @returns {HTMLCanvasElement}
 */
export function image(side, weight, colours) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const data = new ImageData(side, side);
  const words = new Uint32Array(data.data.buffer).fill(colours.outside);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column <= row; column++) {
      words[row * side + column] = colours.ramp[Math.round(depth(weight(row, column)) * (LEVELS - 1))];
    }
  }
  canvas.getContext("2d")?.putImageData(data, 0, 0);
  return canvas;
}
