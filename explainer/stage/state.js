// What is being looked at of a lesson, and how an address says it. Twin of explainer/state.py.

import { meaning, named, NO, read as readAll, several, text, truth, whole, words, write as writeAll, YES } from "./fields.js";
import { LAST } from "./papers.js";

/** @import {Fields, Problem} from "./fields.js" */

/**
 * What it does not say is as the lesson opens. `practice`: "" nothing is to be filled in, "1" the
 * lesson's blanks, "all" whatever is computed. `edits`: by cell, what was typed there, on top of the
 * paper's numbers. `help`, `answers`: whether there is help in practice, and whether answers may be
 * shown. `size`: presses on the size buttons.
 * @typedef {{lesson?: string, step?: string, arithmetic?: string, language?: string, paper?: number,
 *   practice?: string, edits?: Record<string, string>, controls?: string, narration?: boolean,
 *   editable?: boolean, help?: boolean, answers?: boolean, theme?: string, size?: number}} State
 */

/** What there is to do and to see: an element's attributes, which an address may give. @type {Fields} */
export const OPTIONS = {
  controls: several("play steps speed arithmetic language size theme reset practice paper print share keys".split(" ")),
  narration: truth("on", "off"),
  editable: truth("true", "false"),
  help: truth("yes", "no"),
  answers: truth("yes", "no"),
  theme: words(["auto", "light", "dark"]),
  size: whole(-4, 6),
};

/** @type {Fields} */
export const FIELDS = {
  lesson: text,
  step: text,
  arithmetic: text,
  lang: { ...text, name: "language" },
  paper: whole(0, LAST),
  practice: named([["no", ""], ["1", "1"], ["all", "all"], ...meaning(YES, "1"), ...meaning(NO, "")]),
  ...OPTIONS,
};

/** The key of a number of the reader's own: `X.0.1`, by row and column from 0. */
export const CELL = /^([^.]+)\.(\d+)\.(\d+)$/;

/**
 * The state that parameters ask for, and what of them cannot be read; never throws. Whether a lesson
 * has such a step or such a cell, only its sheet can tell (opening.js).
 * @param {URLSearchParams} params
 * @returns {{state: State, problems: Problem[]}}
 */
export function read(params) {
  const { state, problems } = readAll(FIELDS, params);
  for (const [key, value] of params) {
    if (!CELL.test(key)) continue;
    state.edits ??= {};
    if (Object.hasOwn(state.edits, key)) problems.push({ code: "twice", key, value: state.edits[key] });
    state.edits[key] = value;
  }
  return { state, problems };
}

/**
 * The parameters that lead to a state from how a page opens, or from the lesson's own.
 * @param {State} state
 * @param {State} [opens]
 * @returns {URLSearchParams}
 */
export function write(state, opens = {}) {
  const params = writeAll(FIELDS, state, opens);
  const own = ((state.paper ?? 0) === (opens.paper ?? 0) && opens.edits) || {};
  for (const [cell, typed] of Object.entries(state.edits ?? {})) {
    if (own[cell] !== typed) params.set(cell, typed);
  }
  return params;
}

/**
 * What an element's attributes say, as parameters. Its language is a wish, and may be one that the
 * lesson has not.
 * @param {Element} element
 */
export function given(element) {
  const params = new URLSearchParams(element.getAttribute("numbers") ?? "");
  for (const key of Object.keys(FIELDS)) {
    const value = key === "lang" ? null : element.getAttribute(key);
    if (value) params.set(key, value);
  }
  return params;
}

/**
 * The attributes with which the element opens so.
 * @param {State} state
 * @param {State} [opens]
 * @returns {Record<string, string>}
 */
export function attributes({ lesson, edits = {}, ...state }, opens) {
  const numbers = new URLSearchParams(edits).toString();
  return { ...Object.fromEntries(write(state, opens)), ...(numbers && { numbers }) };
}
