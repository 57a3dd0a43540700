// Label markup: `x_1`, `K^T`, `W_{QK}` are text with subscripts and superscripts, nothing else.

/** @import {Part} from "./types.js" */

/**
 * The parts of a label or formula; a `_` or `^` with nothing to raise is an ordinary character.
 * @param {string} text
 * @returns {Part[]}
 */
export function markup(text) {
  if (!/[_^]/.test(text)) return text ? [text] : []; // as most are
  const characters = [...text];
  let at = 0;
  /** @param {boolean} inGroup @returns {Part[]} */
  const read = (inGroup) => {
    /** @type {Part[]} */
    const parts = [];
    while (at < characters.length && !(inGroup && characters[at] === "}")) {
      const character = characters[at++];
      const raises = (character === "_" || character === "^") && at < characters.length;
      if (!raises || !closes(characters, at)) {
        add(parts, character);
        continue;
      }
      /** @type {Part[]} */
      let inner;
      if (characters[at] === "{") {
        at += 1;
        inner = read(true);
        at += 1;
      } else {
        inner = [characters[at++]];
      }
      parts.push(character === "_" ? { sub: inner } : { sup: inner });
    }
    return parts;
  };
  return read(false);
}

/**
 * Whether what follows is one character, or a group that is closed somewhere.
 * @param {string[]} characters
 * @param {number} at
 */
function closes(characters, at) {
  if (characters[at] === "}") return false;
  if (characters[at] !== "{") return true;
  let depth = 0;
  for (let i = at; i < characters.length; i++) {
    if (characters[i] === "{") depth += 1;
    if (characters[i] === "}" && --depth === 0) return true;
  }
  return false;
}

/**
 * Append a part; text joins the text before it.
 * @param {Part[]} parts
 * @param {Part} part
 */
export function add(parts, part) {
  const last = parts[parts.length - 1];
  if (typeof part === "string" && typeof last === "string") parts[parts.length - 1] = last + part;
  else if (part !== "") parts.push(part);
}

/**
 * The parts as one line of plain text, for a screen reader or a title.
 * @param {Part[]} parts
 * @returns {string}
 */
export function plain(parts) {
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      if ("sub" in part) return `_${group(plain(part.sub))}`;
      return "sup" in part ? `^${group(plain(part.sup))}` : part.text;
    })
    .join("");
}

/** @param {string} text */
const group = (text) => ([...text].length > 1 ? `{${text}}` : text);
