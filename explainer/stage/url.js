// The state of a sheet as URL parameters, so that a link reopens exactly what was shared.

import { EditError } from "./errors.js";
import { dims } from "./grid.js";

/** @import {Edit} from "./types.js" */
/** @import {Sheet} from "./sheet.js" */

/** @typedef {{step?: string, arithmetic?: string, language?: string}} State */
/** @typedef {{code: string, details: Record<string, unknown>}} Problem */

/** No longer part of an address is repeated to its reader. */
const LONGEST = 40;

/**
 * What of a lesson there is to be seen: attributes of its element that an address may give.
 * @type {Record<string, RegExp>}
 */
export const SHOWN = {
  controls: /^(none|((play|steps|speed|arithmetic|language|size|theme|reset|share|keys)( |$))+)$/,
  narration: /^(on|off)$/,
  editable: /^(true|false)$/,
  theme: /^(auto|light|dark)$/,
};

/** An edited cell is `X.0.1=3`: name, row and column counted from 0, as NumPy does. */
const CELL = /^([^.]+)\.(\d+)\.(\d+)$/;

/**
 * What parameters ask for, for `sheet.go` and `sheet.editAll`.
 *
 * Never throws: each thing that cannot be is a problem, and the rest still holds. Codes are
 * "unknown-step", "unknown-arithmetic", "unknown-language", "unknown" (a value of `SHOWN`), "twice"
 * (the last one counts), and those of EditError. Parameters of others are ignored.
 * @param {URLSearchParams} params
 * @param {Sheet} sheet
 * @returns {{state: State, edits: Edit[], problems: Problem[]}}
 */
export function read(params, sheet) {
  /** @type {State} */
  const state = {};
  /** @type {Problem[]} */
  const problems = [];
  /** @param {string} key @param {string[]} known @param {string} what */
  const choice = (key, known, what) => {
    const value = params.getAll(key).pop();
    if (value === undefined || known.includes(value)) return value;
    problems.push({ code: `unknown-${what}`, details: { value: short(value), known } });
    return undefined;
  };
  for (const key of new Set(params.keys())) {
    const [value, ...others] = params.getAll(key).reverse();
    const fits = Object.hasOwn(SHOWN, key) ? SHOWN[key] : null;
    if (others.length && (fits || isOurs(key, sheet))) problems.push({ code: "twice", details: { key } });
    if (fits && !fits.test(value)) problems.push({ code: "unknown", details: { key, value: short(value) } });
  }
  const step = choice("step", sheet.steps.map(({ id }) => id), "step");
  const arithmetic = choice("arithmetic", sheet.arithmetics, "arithmetic");
  const language = choice("lang", sheet.languages, "language");
  if (step !== undefined) state.step = step;
  if (arithmetic !== undefined) state.arithmetic = arithmetic;
  if (language !== undefined) state.language = language;

  /** @type {Map<string, Edit>} */
  const edits = new Map();
  for (const [key, entry] of new Map(params)) {
    const match = CELL.exec(key);
    if (!match) continue;
    const [name, row, column] = [match[1], Number(match[2]), Number(match[3])];
    try {
      const cell = cellAt(sheet, name, row, column);
      edits.set(key, { name, cell, value: sheet.check({ name, cell, value: entry }) });
    } catch (error) {
      if (!(error instanceof EditError)) throw error;
      problems.push({ code: error.code, details: { key: short(key), value: short(entry) } });
    }
  }
  return { state, edits: [...edits.values()], problems };
}

/**
 * The parameters that lead back here: only what differs from how the lesson opens.
 * @param {Sheet} sheet
 * @returns {URLSearchParams}
 */
export function write(sheet) {
  const params = new URLSearchParams();
  const { step, arithmetic, language } = sheet.defaults;
  if (sheet.step !== step) params.set("step", sheet.steps[sheet.step].id);
  if (sheet.arithmetic !== arithmetic) params.set("arithmetic", sheet.arithmetic);
  if (sheet.language !== language) params.set("lang", sheet.language);
  for (const { name, cell, value } of sheet.edits) {
    const { columns } = dims(sheet.value(name));
    params.set(`${name}.${Math.floor(cell / columns)}.${cell % columns}`, String(value));
  }
  return params;
}

/**
 * Whether a parameter is the sheet's own, to be replaced when the sheet's state is written.
 * @param {string} key
 * @param {Sheet} sheet
 * @returns {boolean}
 */
export function isOurs(key, sheet) {
  const match = CELL.exec(key);
  return match ? Object.hasOwn(sheet.document.arrays, match[1]) : ["step", "arithmetic", "lang"].includes(key);
}

/** @param {string} text */
function short(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/**
 * The flat index of a cell; −1 outside the matrix, which `check` then reports.
 * @param {Sheet} sheet
 * @param {string} name
 * @param {number} row
 * @param {number} column
 */
function cellAt(sheet, name, row, column) {
  if (!sheet.has(name)) return -1;
  const { rows, columns } = dims(sheet.value(name));
  return row < rows && column < columns ? row * columns + column : -1;
}
