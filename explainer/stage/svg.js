// SVG nodes from plain values, and the scale along an axis.

import { attribute } from "./dom.js";

/** The field that pictures are drawn on; CSS makes it as wide as there is room. */
export const [WIDTH, HEIGHT] = [330, 190];
const SPACE = "http://www.w3.org/2000/svg";

/**
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Node | string)} children
 * @returns {SVGElement}
 */
export function s(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) {
    attribute(element, name, typeof value === "number" ? Math.round(value * 100) / 100 : value);
  }
  element.append(...children);
  return element;
}

/**
 * Round numbers that span a range, about four of them.
 * @param {number} low
 * @param {number} high
 * @returns {number[]}
 */
export function ticks(low, high) {
  const span = high - low || 1;
  const rough = 10 ** Math.floor(Math.log10(span / 3));
  const step = rough * ([1, 2, 5, 10].find((each) => span / (rough * each) <= 4) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/**
 * A linear map from one range to another.
 * @param {[number, number]} from
 * @param {[number, number]} to
 * @returns {(value: number) => number}
 */
export function scale([low, high], [start, end]) {
  const span = high - low || 1;
  return (value) => start + ((value - low) / span) * (end - start);
}

/**
 * A number as text, with a typographic minus.
 * @param {number} value
 * @returns {string}
 */
export function signed(value) {
  return String(value).replace("-", "−");
}
