// The colours of weights, taken from the design's tokens as they are in the theme now shown.

/** @typedef {[number, number, number]} Colour */

/**
 * How dark a weight is drawn: its square root, so that a weight of 0.04 still shows.
 * @param {number} weight
 */
export const depth = (weight) => Math.sqrt(Math.min(1, Math.max(0, weight)));

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
    this.ramp = RAMP.map(colour);
    this.ink = colour("ink");
    this.mute = colour("mute");
    this.query = colour("query-ink");
    this.key = colour("key-ink");
    this.outside = colour("line");
  }

  /**
   * @param {number} weight
   * @returns {Colour}
   */
  of(weight) {
    const place = depth(weight) * (this.ramp.length - 1);
    const below = Math.min(Math.floor(place), this.ramp.length - 2);
    return mixed(this.ramp[below], this.ramp[below + 1], place - below);
  }
}

/**
 * @param {Colour} a
 * @param {Colour} b
 * @param {number} share
 * @returns {Colour}
 */
function mixed(a, b, share) {
  /** @param {0 | 1 | 2} i */
  const channel = (i) => Math.round(a[i] + (b[i] - a[i]) * share);
  return [channel(0), channel(1), channel(2)];
}

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
  const pixels = new ImageData(side, side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const [r, g, b] = column > row ? colours.outside : colours.of(weight(row, column));
      pixels.data.set([r, g, b, column > row ? OUTSIDE : 255], 4 * (row * side + column));
    }
  }
  canvas.getContext("2d")?.putImageData(pixels, 0, 0);
  return canvas;
}
