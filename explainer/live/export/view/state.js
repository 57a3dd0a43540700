// What is chosen on the page, and the same as the address's hash.

import { named, read as readAll, whole, words, write as writeAll } from "../../../stage/fields.js";

/** @import {Fields} from "../../../stage/fields.js" */
/** @import {Capture} from "./capture.js" */
/** @import {State} from "./types.js" */

export const SORTS = ["layer", "previous", "induction", "first", "entropy"];
export const LANGUAGES = ["en", "zh"];
/** @type {State["theme"][]} */
export const THEMES = ["auto", "light", "dark"];

/** Holds the state, and tells whoever listens of a change. */
export class Store {
  /**
   * @param {State} state
   */
  constructor(state) {
    this.state = state;
    /** @type {((state: State) => void)[]} */
    this.listeners = [];
  }

  /** @param {(state: State) => void} listener */
  listen(listener) {
    this.listeners.push(listener);
  }

  /** @param {Partial<State>} change */
  set(change) {
    const next = { ...this.state, ...change };
    // a key after its query has no weight
    if (next.key !== null && next.key > next.token) next.key = null;
    this.state = next;
    for (const listener of this.listeners) listener(next);
  }
}

/**
 * How a page opens: its first head, the last token.
 * @param {Capture} capture
 * @param {string} language
 * @returns {State}
 */
export function initial(capture, language) {
  return { head: 0, token: capture.tokens.length - 1, key: null, sort: "layer", language, theme: "auto" };
}

/**
 * What a hash may say.
 * @param {Capture} capture
 * @returns {Fields}
 */
function fields({ heads, tokens }) {
  const place = whole(0, tokens.length - 1);
  return {
    head: named(heads.map(({ layer, head }, i) => [`${layer}.${head}`, i])),
    token: place,
    key: place,
    sort: words(SORTS),
    lang: { ...words(LANGUAGES), name: "language" },
    theme: words(THEMES),
  };
}

/**
 * The state that a hash asks for; what it does not say, or cannot mean, is as the page opens.
 * @param {string} hash
 * @param {Capture} capture
 * @param {State} opens
 * @returns {State}
 */
export function read(hash, capture, opens) {
  const asked = readAll(fields(capture), new URLSearchParams(hash.replace(/^#/, "")));
  const state = { ...opens, ...asked.state };
  if (state.key !== null && state.key > state.token) state.key = null;
  return state;
}

/**
 * The hash that leads back to a state: only what differs from how the page opens.
 * @param {State} state
 * @param {Capture} capture
 * @param {State} opens
 * @returns {string}
 */
export function write(state, capture, opens) {
  return writeAll(fields(capture), state, opens).toString();
}
