// A token's text as something to look at: no character of it is invisible, none moves its neighbours.

/** @typedef {{text: string, sign: boolean}} Piece a sign stands for a character that has no shape */

/** As in spelled.py. @type {Record<string, string>} */
const SIGNS = { " ": "␣", "\n": "⏎", "\r": "␍", "\t": "⇥", "\u3000": "□" };

// Controls, separators, format characters (joiners and directions among them), lone surrogates.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Zs}\p{Cs}\p{Co}\p{Cn}]/u;
const EMOJI_JOINERS = /^[\u200d\ufe0f]$/;
const EMOJI = /\p{Extended_Pictographic}/u;
// How explainer.live writes a part of a character; it is shown as it is.
const BYTES = /^⟨[0-9A-F]{2}(?: [0-9A-F]{2})*⟩$/;

/**
 * The pieces of a token's text; neighbours of one kind are one piece.
 * @param {string} token
 * @returns {Piece[]}
 */
export function pieces(token) {
  if (BYTES.test(token)) return [{ text: token, sign: true }];
  /** @type {Piece[]} */
  const found = [];
  const joined = EMOJI.test(token);
  for (const character of token) {
    const plain = !HIDDEN.test(character) || (joined && EMOJI_JOINERS.test(character));
    const text = plain ? (!found.length && /\p{M}/u.test(character) ? "◌" : "") + character : sign(character);
    const last = found.at(-1);
    if (last && last.sign === !plain) last.text += text;
    else found.push({ text, sign: !plain });
  }
  return found;
}

/**
 * The same as one string, cut to a length in characters.
 * @param {string} token
 * @param {number} [longest]
 */
export function shown(token, longest = Infinity) {
  const text = pieces(token).map((piece) => piece.text).join("");
  const characters = [...text];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : text;
}

/**
 * A token as a name in a sentence, isolated so that its direction stays its own.
 * @param {string} token
 * @param {number} place
 */
export function named(token, place) {
  return `${place} “\u2068${shown(token, 24)}\u2069”`;
}

/**
 * What stands for a character that has no shape.
 * @param {string} character
 */
export function sign(character) {
  if (character in SIGNS) return SIGNS[character];
  const code = /** @type {number} */ (character.codePointAt(0));
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "␡"; // by its number: a built page must not hold the character itself
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}
