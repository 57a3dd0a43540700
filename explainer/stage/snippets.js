// What to paste into a page so that it shows a lesson.

const ESCAPES = /** @type {Record<string, string>} */ ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" });
const HEIGHT = 640;

/**
 * A frame around the lesson at an address.
 * @param {string} src
 * @param {string} title
 * @returns {string}
 */
export function frame(src, title) {
  return `<iframe${attributes({ src, title, width: "100%", height: String(HEIGHT), loading: "lazy" })} style="border: 0" allow="clipboard-write"></iframe>`;
}

/**
 * The custom element, with its script and its sheet beside the page.
 * @param {string} id
 * @param {Record<string, string>} given its attributes
 * @returns {string}
 */
export function element(id, given) {
  return `<script type="module" src="explainer-lesson.js"></script>\n<explainer-lesson${attributes({ src: `${id}.json`, ...given })} style="height: ${HEIGHT}px"></explainer-lesson>`;
}

/** @param {Record<string, string>} given */
function attributes(given) {
  return Object.entries(given)
    .map(([name, value]) => ` ${name}="${value.replace(/[&<>"]/g, (sign) => ESCAPES[sign])}"`)
    .join("");
}
