// How a sheet opens: as an element's attributes and an address ask, in its reader's language.

import { EditError } from "./errors.js";
import { dims } from "./grid.js";
import * as memory from "./memory.js";
import { Sheet } from "./sheet.js";
import { CELL, FIELDS, given, read } from "./state.js";

/** @import {Problem} from "./fields.js" */
/** @import {State} from "./state.js" */
/** @import {Edit} from "./types.js" */

/** What of a state a sheet has itself; its edits are apart. */
const ITS_OWN = ["step", "arithmetic", "lang", "paper", "practice"];

/**
 * A document as the attributes of an element ask for it.
 *
 * Throws SheetError when it is no sheet.
 * @param {unknown} document
 * @param {Element} element
 * @returns {{sheet: Sheet, problems: Problem[]}} with what in them makes no sense
 */
export function opened(document, element) {
  const sheet = new Sheet(document);
  const { state, problems } = read(given(element));
  return { sheet, problems: [...problems, ...open(sheet, state)] };
}

/**
 * Bring a sheet to a state, as far as it has such a step, such cells; the paper first, since edits
 * are on top of its numbers.
 * @param {Sheet} sheet
 * @param {State} state
 * @param {State} [opens] when it is there already: all other numbers become those that it opens with
 * @returns {Problem[]} what it has not
 */
export function open(sheet, state, opens) {
  sheet.go(state);
  const is = /** @type {Record<string, unknown>} */ (stateOf(sheet));
  const asked = /** @type {Record<string, unknown>} */ (state);
  /** @type {Problem[]} */
  const problems = [];
  for (const key of ITS_OWN) {
    const { name = key, write } = FIELDS[key];
    if (asked[name] === undefined || asked[name] === is[name]) continue;
    // a number that a paper may have, but a lesson with one paper only
    problems.push({ code: name === "paper" ? "unfit" : `unknown-${name}`, key, value: write(asked[name]) });
  }
  const { locked, changeable } = sheet;
  Object.assign(sheet, { locked: false, changeable: null }); // to its reader only
  /** @type {Map<string, Edit>} */
  const edits = new Map();
  for (const [key, value] of Object.entries({ ...(opens && own(sheet, opens)), ...state.edits })) {
    const { name, cell } = cellOf(sheet, key);
    try {
      edits.set(`${name}.${cell}`, { name, cell, value: sheet.check({ name, cell, value }) });
    } catch (error) {
      if (!(error instanceof EditError)) throw error;
      problems.push({ code: error.code, key, value });
    }
  }
  const every = [...edits.values()];
  if (!opens) every.length && sheet.editAll(every);
  else if (JSON.stringify(every) !== JSON.stringify(sheet.edits)) sheet.rewrite(every);
  Object.assign(sheet, { locked, changeable });
  return problems;
}

/**
 * What is on a sheet now.
 * @param {Sheet} sheet
 * @param {State} [opens] how it opens: its cells are named even where they are the paper's again
 * @returns {State}
 */
export function stateOf(sheet, opens = {}) {
  const { arithmetic, language, paper, practice } = sheet;
  /** @type {Record<string, string>} */
  const edits = {};
  for (const key of Object.keys(own(sheet, opens))) {
    const { name, cell } = cellOf(sheet, key);
    edits[key] = String(sheet.givens[name].data[cell]);
  }
  for (const { name, cell, value } of sheet.edits) {
    const { columns } = dims(sheet.givens[name]);
    edits[`${name}.${Math.floor(cell / columns)}.${cell % columns}`] = String(value);
  }
  return { step: sheet.steps[sheet.step].id, arithmetic, language, paper, practice, edits };
}

/**
 * The numbers with which a sheet opens, if they are on top of the paper that is there now.
 * @param {Sheet} sheet
 * @param {State} opens
 */
function own(sheet, { paper, edits = {} }) {
  return paper === sheet.paper ? edits : {};
}

/**
 * The matrix and the flat cell of `X.0.1`; −1 outside the matrix, which `check` then reports.
 * @param {Sheet} sheet
 * @param {string} key
 */
function cellOf(sheet, key) {
  const [, name, row, column] = /** @type {RegExpExecArray} */ (CELL.exec(key));
  if (!sheet.has(name)) return { name, cell: -1 };
  const { rows, columns } = dims(sheet.value(name));
  return { name, cell: +row < rows && +column < columns ? +row * columns + +column : -1 };
}

/**
 * The reader's languages: as once chosen, as the author or the page says, as the browser does.
 * @param {Element} element
 * @returns {string[]}
 */
export function preferred(element) {
  const page = element.parentElement?.closest("[lang]")?.getAttribute("lang");
  const every = [memory.language.recall(), element.getAttribute("lang"), page, ...navigator.languages];
  return every.flatMap((one) => one || []);
}

/**
 * The sheet's own name of a language: "zh" for "zh-CN"; null where it has no such texts.
 * @param {Sheet | null} sheet
 * @param {string} language
 */
export function known(sheet, language) {
  const languages = sheet?.languages ?? [];
  return [language, language.split("-")[0]].find((one) => languages.includes(one)) ?? null;
}
