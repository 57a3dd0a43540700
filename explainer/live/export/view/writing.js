// How prompts and numbers are written; tokens are in live/browser/tokens.js.

import { sign } from "../../browser/tokens.js";

/**
 * A prompt as it was typed, with a sign for each control character.
 * @param {string} prompt
 * @returns {string}
 */
export function printable(prompt) {
  return prompt.replace(/[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, sign);
}

/**
 * A weight with as many decimals as are sure, and by how much it may be off: "0.531 ± 0.002".
 * @param {{weight: number, error: number}} weight
 * @returns {string}
 */
export function withError({ weight, error }) {
  if (error === 0) return weight.toFixed(2);
  const digits = Math.min(6, Math.max(2, Math.ceil(-Math.log10(error))));
  // upwards: never less than it may be off
  const off = Math.ceil(error * 10 ** digits - 1e-9) / 10 ** digits;
  return `${weight.toFixed(digits)} ± ${off.toFixed(digits)}`;
}

/**
 * A probability in percent, two digits at least; none is quite 0.
 * @param {number} share
 * @returns {string}
 */
export function percent(share) {
  const value = 100 * share;
  if (value < 0.01) return "<0.01%";
  return `${value.toFixed(value >= 10 ? 0 : value >= 1 ? 1 : 2)}%`;
}
