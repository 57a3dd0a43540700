// A QR code as a drawing: the library `uqr` (MIT) says which of its squares are dark.

import { encode } from "uqr";
import { s } from "./svg.js";

/** So many light squares belong around a code. */
const QUIET = 4;

/**
 * The QR code of a text, as an image that says what it leads to.
 * @param {string} text
 * @returns {SVGElement}
 */
export function qr(text) {
  const { size, data } = encode(text, { ecc: "M", border: QUIET });
  // a dark stretch of a row is one rectangle: no hairlines between squares
  const path = data.flatMap((row, y) =>
    row.flatMap((dark, x) => {
      if (!dark || row[x - 1]) return [];
      let length = 1;
      while (row[x + length]) length++;
      return `M${x} ${y}h${length}v1h-${length}z`;
    }));
  return s("svg", { viewBox: `0 0 ${size} ${size}`, class: "qr", role: "img", "shape-rendering": "crispEdges" },
    s("title", {}, text), s("path", { d: path.join("") }));
}
