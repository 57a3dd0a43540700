// What is chosen on the page, and the same as the address's hash.

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
 * The state that a hash asks for; what it does not say, or cannot mean, is as the page opens.
 * @param {string} hash
 * @param {Capture} capture
 * @param {State} opens
 * @returns {State}
 */
export function read(hash, capture, opens) {
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  /** @param {string} name @param {number} below */
  const place = (name, below) => {
    const text = params.get(name) ?? "";
    return /^\d+$/.test(text) && Number(text) < below ? Number(text) : null;
  };
  /** @template {string} T @param {string} name @param {T[]} known @param {T} otherwise @returns {T} */
  const choice = (name, known, otherwise) => known.find((one) => one === params.get(name)) ?? otherwise;
  const head = capture.heads.findIndex(({ layer, head }) => `${layer}.${head}` === params.get("head"));
  const token = place("token", capture.tokens.length) ?? opens.token;
  return {
    head: head < 0 ? opens.head : head,
    token,
    key: place("key", token + 1),
    sort: choice("sort", SORTS, opens.sort),
    language: choice("lang", LANGUAGES, opens.language),
    theme: choice("theme", THEMES, opens.theme),
  };
}

/**
 * The hash that leads back to a state: only what differs from how the page opens.
 * @param {State} state
 * @param {Capture} capture
 * @param {State} opens
 * @returns {string}
 */
export function write(state, capture, opens) {
  const params = new URLSearchParams();
  const { layer, head } = capture.heads[state.head];
  if (state.head !== opens.head) params.set("head", `${layer}.${head}`);
  if (state.token !== opens.token) params.set("token", String(state.token));
  if (state.key !== null) params.set("key", String(state.key));
  if (state.sort !== opens.sort) params.set("sort", state.sort);
  if (state.language !== opens.language) params.set("lang", state.language);
  if (state.theme !== opens.theme) params.set("theme", state.theme);
  return params.toString();
}
