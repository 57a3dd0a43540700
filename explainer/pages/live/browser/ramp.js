// Colours of weights, and when the page changes between light and dark.

/** From nothing to the most, in light and in dark: the card, attention's amber, and its ink. */
const STOPS = {
  light: ["#ffffff", "#f4d56a", "#c08a00", "#5c3a00"],
  dark: ["#1d2027", "#5d4a12", "#c79a1e", "#fff0b8"],
};

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
    const at = (i / 255) * (stops.length - 1);
    const low = Math.min(Math.floor(at), stops.length - 2);
    for (let c = 0; c < 3; c++) {
      colours[4 * i + c] = stops[low][c] + (stops[low + 1][c] - stops[low][c]) * (at - low);
    }
    colours[4 * i + 3] = 255;
  }
  return new Uint32Array(colours.buffer);
}

/** The ramp as a CSS gradient, for its legend. */
export function gradient() {
  return `linear-gradient(to right, ${STOPS[isDark() ? "dark" : "light"].join(", ")})`;
}

/**
 * Paint bytes into a canvas of their own size.
 * @param {HTMLCanvasElement} canvas
 * @param {Uint8Array} bytes row by row
 * @param {number} rows
 * @param {number} columns
 * @param {Uint32Array} colours
 */
export function paint(canvas, bytes, rows, columns, colours) {
  canvas.width = columns;
  canvas.height = rows;
  const image = new ImageData(columns, rows);
  const words = new Uint32Array(image.data.buffer);
  for (let i = 0; i < words.length; i++) words[i] = colours[bytes[i]];
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}

/** @param {string} hex @returns {number[]} */
function rgb(hex) {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}
