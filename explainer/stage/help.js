// The list of keys, and of what a finger does.

import { h } from "./dom.js";

/** @import {Words} from "./strings.js" */

/**
 * A dialog, to be put into the page and shown, that is gone when it closes.
 * @param {Words} words whose `keyList` has a line for each key: "key: what it does"
 * @param {boolean} whole whether the lesson has the keys of the whole page
 */
export function help(words, whole) {
  const rows = (words.keyList + (whole ? words.pageKeys : "")).split("\n").map((line) => {
    const [keys, does] = line.split(words.colon.trim());
    return h("tr", {}, h("th", { scope: "row" }, ...keys.split(" ").map((key) => h("kbd", {}, key))), h("td", {}, does));
  });
  const close = h("button", { type: "button", class: "button", onclick: () => dialog.close() }, words.dismiss);
  const dialog = h("dialog", {
    "aria-label": words.keys,
    onclose: () => dialog.remove(),
    // its keys are its own, and not the stage's
    onkeydown: (/** @type {KeyboardEvent} */ event) => event.stopPropagation(),
    onclick: (/** @type {MouseEvent} */ event) => event.target === dialog && dialog.close(),
  }, h("h2", {}, words.keys), h("table", {}, ...rows), close);
  return dialog;
}
