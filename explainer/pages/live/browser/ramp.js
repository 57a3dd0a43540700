// Colours of weights, and when the page changes between light and dark.

/** From nothing to the most, in light and in dark: the card, attention's amber, and its ink. */
const STOPS = {
  light: ["#ffffff", "#f4d56a", "#c08a00", "#5c3a00"],
  dark: ["#1d2027", "#5d4a12", "#c79a1e", "#fff0b8"],
};

/** What a query cannot see, unlike what it gives no weight. */
const MASK = { light: "#e7e6e1", dark: "#2e333b" };
/** Weights as they are coloured: the small ones, which are most, are told apart. */
const depth = (/** @type {number} */ weight) => Math.sqrt(weight);
/** The weight that is in the middle of the ramp, as a share of the largest. */
export const MIDDLE = 0.25;

/** Whether the page is dark now. */
export function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

/**
 * Call follow after each change between light and dark; gives what ends it.
 * @param {() => void} follow
 * @returns {() => void}
 */
export function onShade(follow) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const observer = new MutationObserver(follow);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  system.addEventListener("change", follow);
  return () => {
    observer.disconnect();
    system.removeEventListener("change", follow);
  };
}

/** The 256 colours of the ramp as RGBA words, for a canvas. */
export function ramp() {
  const stops = STOPS[isDark() ? "dark" : "light"].map(rgb);
  const colours = new Uint8ClampedArray(1024);
  for (let i = 0; i < 256; i++) {
    const at = depth(i / 255) * (stops.length - 1);
    const low = Math.min(Math.floor(at), stops.length - 2);
    for (let c = 0; c < 3; c++) {
      colours[4 * i + c] = stops[low][c] + (stops[low + 1][c] - stops[low][c]) * (at - low);
    }
    colours[4 * i + 3] = 255;
  }
  return new Uint32Array(colours.buffer);
}

/** The colour of what is masked. */
export function mask() {
  return MASK[isDark() ? "dark" : "light"];
}

/** The ramp as a CSS gradient, for its legend. */
export function gradient() {
  return `linear-gradient(to right, ${STOPS[isDark() ? "dark" : "light"].join(", ")})`;
}

/**
 * Paint bytes into a canvas of their own size, and what queries cannot see in the mask's colour.
 * @param {HTMLCanvasElement} canvas
 * @param {Uint8Array} bytes row by row
 * @param {number} rows
 * @param {number} columns
 * @param {Uint32Array} colours
 * @param {(row: number) => number} seen how many columns a row's queries can see
 */
export function paint(canvas, bytes, rows, columns, colours, seen) {
  canvas.width = columns;
  canvas.height = rows;
  const image = new ImageData(columns, rows);
  const words = new Uint32Array(image.data.buffer);
  for (let i = 0; i < words.length; i++) words[i] = colours[bytes[i]];
  const context = canvas.getContext("2d");
  if (!context) return;
  context.putImageData(image, 0, 0);
  context.fillStyle = mask();
  for (let row = 0; row < rows; row++) context.fillRect(seen(row), row, columns, 1);
}

/** @param {string} hex @returns {number[]} */
function rgb(hex) {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}
