// A dialog over the lesson: its title, a button that closes it, and what it is about.

import css from "./dialog.css";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { dress } from "./styles.js";

/** @import {Child} from "./dom.js" */

/**
 * Open one; it is gone when it closes, and its keys are its own, not the stage's.
 * @param {HTMLElement} parent within the stage
 * @param {string} title
 * @param {string} close what the button says that closes it
 * @param {...Child} content
 */
export function dialog(parent, title, close, ...content) {
  const root = parent.getRootNode();
  if (root instanceof ShadowRoot) dress(root, [css]);
  const button = h("button", { type: "button", class: "button", "aria-label": close, title: close, onclick: () => element.close() }, icon("close"));
  const element = h("dialog", {
    "aria-label": title,
    onclose: () => element.remove(),
    onkeydown: (/** @type {KeyboardEvent} */ event) => event.stopPropagation(),
    onclick: (/** @type {MouseEvent} */ event) => event.target === element && element.close(),
  }, h("div", { class: "head" }, h("h2", {}, title), button), ...content);
  parent.append(element);
  element.showModal();
  return element;
}
