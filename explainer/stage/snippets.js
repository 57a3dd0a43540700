// What to paste into a page so that it shows a lesson as it is now.

import { write } from "./url.js";

/** @import {Sheet} from "./sheet.js" */

const ESCAPES = /** @type {Record<string, string>} */ ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" });
const HEIGHT = 640;

/**
 * The state in view as parameters, the language always among them.
 * @param {Sheet} sheet
 * @returns {URLSearchParams}
 */
export function state(sheet) {
  const params = write(sheet);
  params.set("lang", sheet.language);
  return params;
}

/**
 * A frame around the lesson at an address, which is served as long as this server is.
 * @param {Sheet} sheet
 * @param {string} address
 * @returns {string}
 */
export function frame(sheet, address) {
  const url = new URL(address);
  for (const [name, value] of state(sheet)) url.searchParams.set(name, value);
  return `<iframe${attributes({ src: url.href, title: sheet.text().title, width: "100%", height: String(HEIGHT), loading: "lazy" })} style="border: 0" allow="clipboard-write"></iframe>`;
}

/**
 * The custom element, with the two files beside the page.
 * @param {Sheet} sheet
 * @returns {string}
 */
export function element(sheet) {
  const { step, arithmetic, lang, ...cells } = Object.fromEntries(state(sheet));
  const numbers = new URLSearchParams(cells).toString();
  const given = { src: `${sheet.id}.json`, step, arithmetic, lang, numbers };
  return `<script type="module" src="explainer-lesson.js"></script>\n<explainer-lesson${attributes(given)} style="height: ${HEIGHT}px"></explainer-lesson>`;
}

/** @param {Record<string, string | undefined>} given those without a text are left out */
function attributes(given) {
  return Object.entries(given)
    .map(([name, value]) => (value ? ` ${name}="${value.replace(/[&<>"]/g, (sign) => ESCAPES[sign])}"` : ""))
    .join("");
}
