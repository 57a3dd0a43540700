// What the components have in common: their style, words with gaps, and one drawing a frame.

import { h } from "../../../stage/dom.js";

/**
 * A function that does its work once before the next paint, however often it is called: Panel
 * tells parameters one by one, and they belong together.
 * @param {() => void} work
 * @returns {(() => void) & {cancel: () => void}}
 */
export function onceAFrame(work) {
  let asked = 0;
  const ask = () => {
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      work();
    });
  };
  ask.cancel = () => cancelAnimationFrame(asked);
  return ask;
}

/**
 * @param {string} template with {gaps}
 * @param {Record<string, string | number>} values
 */
export function filled(template, values) {
  return template.replace(/\{(\w+)\}/g, (gap, name) => String(values[name] ?? gap));
}

/** @param {string} css */
export function style(css) {
  return h("style", {}, css);
}

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export function clamp(value, low, high) {
  return Math.max(low, Math.min(high, value));
}

/**
 * A weight in as many digits as its error leaves.
 * @param {number} weight
 * @param {number} error the most by which it may be off
 */
export function told(weight, error) {
  const digits = error > 0 ? clamp(Math.floor(-Math.log10(2 * error)), 0, 6) : 3;
  return weight.toFixed(digits);
}
