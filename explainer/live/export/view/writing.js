// How tokens and numbers are written.

/** What a reader could not see, or what would turn the text around it. */
const UNSEEN = /[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
/** @type {Record<string, string>} */
const PICTURES = { "\n": "⏎", "\t": "⇥" };

/**
 * A token's text with a picture, or the number, of each character that shows nothing by itself.
 * @param {string} token
 * @returns {string}
 */
export function visible(token) {
  if (/^ +$/.test(token)) return "␣".repeat(token.length);
  return token.replace(UNSEEN, picture);
}

/** @param {string} letter */
function picture(letter) {
  return PICTURES[letter] ?? `⟨U+${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

/**
 * A prompt as it was typed, with the number of each control character.
 * @param {string} prompt
 * @returns {string}
 */
export function printable(prompt) {
  return prompt.replace(/[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, picture);
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
