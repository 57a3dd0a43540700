// What the page's session has to know of its browser, and do in it: the address, the shade, the keys.

import { Connection } from "./connection.js";
import { Focus } from "./focus.js";
import * as memory from "./memory.js";
import { isDark, onShade } from "./ramp.js";

/** @import {BokehDocument} from "./connection.js" */

/**
 * @typedef {{query: Record<string, string | null>, dark: boolean, narrow: boolean, run: number, draft: string,
 *   keep: string[], recall: string, recalled: (string | null)[], words: Record<string, string>,
 *   on: (names: string | string[], follow: () => void) => void}} Model
 */

/** @param {{model: Model, view: {model: {document: BokehDocument}}}} context */
export function render({ model, view }) {
  document.querySelector(".loading")?.remove();

  const write = () => {
    const url = new URL(location.href);
    for (const [name, value] of Object.entries(model.query)) {
      if (value === null) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    if (url.href !== location.href) history.replaceState(history.state, "", url);
    // the way to another language leads to the same place
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-language]"))) {
      const there = new URL(url);
      there.searchParams.set("lang", link.dataset.language ?? "en");
      link.href = there.search;
    }
  };
  const shade = () => {
    if (model.dark !== isDark()) model.dark = isDark();
  };
  const small = matchMedia("(max-width: 600px)");
  const width = () => {
    if (model.narrow !== small.matches) model.narrow = small.matches;
  };
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const field = event.composedPath()[0];
    if (!(field instanceof HTMLTextAreaElement)) return;
    event.preventDefault();
    field.dispatchEvent(new Event("change", { bubbles: true })); // what was typed is told first
    model.run += 1;
  };

  // Panel's button of a file listens to the link within, which a keyboard does not reach
  const click = (/** @type {MouseEvent} */ event) => {
    const [button] = event.composedPath();
    if (button instanceof HTMLButtonElement) /** @type {HTMLElement | null} */ (button.querySelector(":scope > a"))?.click();
  };

  const keep = () => {
    const [name, text] = model.keep;
    if (name) memory.keep(name, text);
  };
  const connection = new Connection(model.words);
  const focus = new Focus();

  write();
  keep();
  model.on("query", write);
  model.on("keep", keep);
  let asked = false;
  model.on("after_render", () => {
    shade();
    width();
    if (asked) return;
    asked = true;
    if (model.recall) model.recalled = [memory.recall(model.recall)];
    model.draft = connection.draft() ?? "";
  });
  connection.watch(view.model.document);
  const end = onShade(shade);
  small.addEventListener("change", width);
  document.addEventListener("keydown", key);
  document.addEventListener("click", click, true);
  document.addEventListener("click", focus.press, true);
  model.on("remove", () => {
    end();
    small.removeEventListener("change", width);
    connection.end();
    document.removeEventListener("keydown", key);
    document.removeEventListener("click", click, true);
    document.removeEventListener("click", focus.press, true);
    focus.end();
  });
  return connection.element;
}
