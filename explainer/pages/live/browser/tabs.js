// Tabs by the pattern of the ARIA guides: one of them is in the tab order, arrows go to the others.

import { attribute, fill, h } from "../../../stage/dom.js";
import { style } from "./frame.js";
import css from "./tabs.css";

/**
 * @typedef {{names: string[], active: number, tall: number[], words: Record<string, string>,
 *   on: (names: string | string[], follow: () => void) => void}} Model
 */

/** Where a key leads from a tab, of so many. @type {Record<string, (at: number, count: number) => number>} */
const KEYS = {
  ArrowLeft: (at, count) => (at + count - 1) % count,
  ArrowRight: (at, count) => (at + 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

const ACTS = ["wheel", "touchmove", "pointerdown", "keydown"];

/** @param {{model: Model}} context */
export function render({ model }) {
  const list = h("div", { class: "tabs", role: "tablist", onkeydown: press });
  /** @type {HTMLButtonElement[]} */
  let tabs = [];

  const draw = () => {
    tabs = model.names.map((name, at) => h("button", { type: "button", role: "tab", onclick: () => choose(at) }, name));
    fill(list, tabs);
    attribute(list, "aria-label", model.words.views_name);
    mark();
  };
  const mark = () => {
    for (const [at, tab] of tabs.entries()) {
      attribute(tab, "aria-selected", String(at === model.active));
      attribute(tab, "tabindex", at === model.active ? 0 : -1);
    }
  };
  // what fills the window gets it whole, once the page below is long enough for that
  /** @type {ResizeObserver | null} */
  let growing = null;
  const rest = () => growing?.disconnect(); // whoever does anything else goes where they will
  const bring = () => {
    rest();
    if (!model.tall.includes(model.active)) return;
    growing = new ResizeObserver(() => list.scrollIntoView({ block: "start" }));
    growing.observe(document.body);
  };
  /** @param {number} at */
  const choose = (at) => {
    model.active = at;
    tabs[at].focus({ preventScroll: true });
  };
  /** @param {KeyboardEvent} event */
  function press(event) {
    const to = Object.hasOwn(KEYS, event.key) ? KEYS[event.key](model.active, tabs.length) : -1;
    if (to < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    choose(to);
  }

  draw();
  bring();
  model.on(["names", "words"], draw);
  model.on("active", () => {
    mark();
    bring();
  });
  model.on("after_render", bring);
  for (const kind of ACTS) addEventListener(kind, rest, { passive: true, capture: true });
  model.on("remove", () => {
    rest();
    for (const kind of ACTS) removeEventListener(kind, rest, { capture: true });
  });
  return h("div", { class: "bar" }, style(css), list);
}
