// What an address may say, field by field: how each is read and written. Twin of explainer/fields.py.

/**
 * How a value stands in an address. `read`: null where a text has no value. `rest`: what of a text
 * is not read, though the rest of it is.
 * @typedef {{name?: string, read: (text: string) => unknown, write: (value: any) => string,
 *   rest?: (text: string) => string}} Field
 */

/** By its key in an address; `name` is what a state calls it, where that is another word. @typedef {Record<string, Field>} Fields */

/** What of an address is passed over: `unknown-NAME`, or `twice`. @typedef {{code: string, key: string, value: string}} Problem */

export const YES = ["yes", "on", "true", "1"];
export const NO = ["no", "off", "false", "0"];

/** @type {Field} */
export const text = { read: (text) => (/[^\t-\r \u3000]/.test(text) ? text : null), write: String };

/**
 * One of some values; of several texts for one, the first is written.
 * @param {[string, unknown][]} meanings
 * @returns {Field}
 */
export function named(meanings) {
  return {
    read: (text) => meanings.find(([word]) => word === text)?.[1] ?? null,
    write: (value) => String(meanings.find((one) => one[1] === value)?.[0]),
  };
}

/** @param {string[]} known @returns {Field} one of some words */
export const words = (known) => ({ read: (text) => (known.includes(text) ? text : null), write: String });

/**
 * Yes or no, in several words for each; written as these.
 * @param {string} yes
 * @param {string} no
 */
export const truth = (yes, no) => named([...meaning([yes, ...YES], true), ...meaning([no, ...NO], false)]);

/** @param {string[]} words @param {unknown} value @returns {[string, unknown][]} */
export const meaning = (words, value) => words.map((word) => [word, value]);

/**
 * A whole number within bounds, both included.
 * @param {number} low
 * @param {number} high
 * @returns {Field}
 */
export const whole = (low, high) => ({
  read: (text) => (/^-?\d{1,9}$/.test(text) && +text >= low && +text <= high ? +text || 0 : null),
  write: String,
});

/**
 * Some of the known words, each once, as one text with spaces between; or `none`.
 * @param {string[]} known
 * @returns {Field}
 */
export function several(known) {
  const none = ["none", ...NO];
  const some = (/** @type {string} */ text, /** @type {boolean} */ isKnown) =>
    [...new Set(text.split(" "))].filter((word) => word && known.includes(word) === isKnown).join(" ");
  return {
    read: (text) => (none.includes(text) ? "none" : some(text, true) || null),
    write: String,
    rest: (text) => (none.includes(text) ? "" : some(text, false)),
  };
}

/**
 * The values that parameters give, by name; what is not in the table is others' own.
 *
 * Of a parameter that is repeated, the last counts. Never throws: what cannot be read is a problem,
 * and the rest holds.
 * @param {Fields} fields
 * @param {URLSearchParams} params
 * @returns {{state: Record<string, any>, problems: Problem[]}}
 */
export function read(fields, params) {
  /** @type {Record<string, unknown>} */
  const state = {};
  /** @type {Problem[]} */
  const problems = [];
  for (const key of new Set(params.keys())) {
    if (!Object.hasOwn(fields, key)) continue;
    const { name = key, read, rest } = fields[key];
    const [last, ...before] = params.getAll(key).reverse();
    problems.push(...before.reverse().map((value) => ({ code: "twice", key, value })));
    const value = read(last);
    const left = value === null ? last : rest?.(last);
    if (value !== null) state[name] = value;
    if (value === null || left) problems.push({ code: `unknown-${name}`, key, value: left ?? "" });
  }
  return { state, problems };
}

/**
 * The parameters of a state; those values are left out that are there as a page opens.
 * @param {Fields} fields
 * @param {Record<string, any>} state
 * @param {Record<string, any>} [opens]
 * @returns {URLSearchParams}
 */
export function write(fields, state, opens = {}) {
  const params = new URLSearchParams();
  for (const [key, { name = key, write }] of Object.entries(fields)) {
    if (state[name] !== undefined && state[name] !== opens[name]) params.set(key, write(state[name]));
  }
  return params;
}
