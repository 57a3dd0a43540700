// What to paste into a page so that it shows a lesson as it is now.

import { write } from "./url.js";

/** @import {Sheet} from "./sheet.js" */

const ESCAPES = /** @type {Record<string, string>} */ ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" });
const HEIGHT = 640;

/** What is to be seen of a lesson. @typedef {Record<"switches" | "playback" | "narration" | "editable", boolean>} Parts */

/** @type {{switches: string, playback: string}} */
const CONTROLS = { switches: "arithmetic language size theme reset share keys", playback: "play steps speed" };

/**
 * The attributes of an element that shows some parts only; an address takes the same.
 * @param {Parts} parts
 * @returns {Record<string, string>} those that have to be there
 */
export function shown({ switches, playback, narration, editable }) {
  const controls = switches ? CONTROLS.switches : playback ? CONTROLS.playback : "none";
  return {
    ...(!(switches && playback) && { controls }),
    ...(!narration && { narration: "off" }),
    ...(!editable && { editable: "false" }),
  };
}

/**
 * The state in view as parameters, the language always among them, and then the parts.
 * @param {Sheet} sheet
 * @param {Parts} parts
 * @returns {URLSearchParams}
 */
export function state(sheet, parts) {
  const params = write(sheet);
  params.set("lang", sheet.language);
  for (const [name, value] of Object.entries(shown(parts))) params.set(name, value);
  return params;
}

/**
 * A frame around the lesson at an address, which is served as long as this server is.
 * @param {Sheet} sheet
 * @param {string} address
 * @param {Parts} parts
 * @returns {string}
 */
export function frame(sheet, address, parts) {
  const url = new URL(address);
  for (const [name, value] of state(sheet, parts)) url.searchParams.set(name, value);
  return `<iframe${attributes({ src: url.href, title: sheet.text().title, width: "100%", height: String(HEIGHT), loading: "lazy" })} style="border: 0" allow="clipboard-write"></iframe>`;
}

/**
 * The custom element, with the two files beside the page.
 * @param {Sheet} sheet
 * @param {Parts} parts
 * @returns {string}
 */
export function element(sheet, parts) {
  const { step, arithmetic, lang, controls, narration, editable, ...cells } = Object.fromEntries(state(sheet, parts));
  const numbers = new URLSearchParams(cells).toString();
  const given = { src: `${sheet.id}.json`, step, arithmetic, lang, numbers, controls, narration, editable };
  return `<script type="module" src="explainer-lesson.js"></script>\n<explainer-lesson${attributes(given)} style="height: ${HEIGHT}px"></explainer-lesson>`;
}

/** @param {Record<string, string | undefined>} given those without a text are left out */
function attributes(given) {
  return Object.entries(given)
    .map(([name, value]) => (value ? ` ${name}="${value.replace(/[&<>"]/g, (sign) => ESCAPES[sign])}"` : ""))
    .join("");
}
