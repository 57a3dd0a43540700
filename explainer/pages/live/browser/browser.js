// What the page's session has to know of its browser, and do in it: the address, the shade, the keys.

import { nameParts } from "./names.js";
import { isDark, onShade } from "./ramp.js";

/**
 * @typedef {{query: Record<string, string | null>, dark: boolean, run: number,
 *   on: (names: string | string[], follow: () => void) => void}} Model
 */

/** @param {{model: Model}} context */
export function render({ model }) {
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
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const field = event.composedPath()[0];
    if (!(field instanceof HTMLTextAreaElement)) return;
    event.preventDefault();
    field.dispatchEvent(new Event("change", { bubbles: true })); // what was typed is told first
    model.run += 1;
  };

  write();
  model.on("query", write);
  model.on("after_render", shade);
  const ends = [onShade(shade), nameParts(document.querySelector("main") ?? document.body)];
  document.addEventListener("keydown", key);
  model.on("remove", () => {
    for (const end of ends) end();
    document.removeEventListener("keydown", key);
  });
  return document.createElement("span");
}
