// What is not needed to open a lesson is in a script of its own, loaded when it is first wanted.

/** @import {Extras} from "./practice.entry.js" */

const NAME = "explainer-practice.js";

/** The element's own script: while it runs a page says which; one that runs as a module is found by its name. */
const running = document.currentScript ?? document.querySelector("script[src*='explainer-lesson']");
const own = running instanceof HTMLScriptElement ? running.src : "";

/** @type {Promise<Extras> | null} */
let coming = null;

/**
 * Where an element finds that script: as its attribute `practice-src` says, else beside its own;
 * nothing where neither is known.
 * @param {Element} element
 * @returns {string}
 */
function address(element) {
  const src = element.getAttribute("practice-src");
  return src ? new URL(src, document.baseURI).href : own && new URL(NAME, own).href;
}

/**
 * Whether there is more than a lesson needs to open, or it is known where that is.
 * @param {Element} element
 */
export function hasExtras(element) {
  return "explainerPractice" in globalThis || Boolean(address(element));
}

/**
 * All that, loaded once. Fails where it does not come, and may then be asked for again.
 * @param {Element} element
 * @returns {Promise<Extras>}
 */
export function extras(element) {
  coming ??= new Promise((done, fail) => {
    const src = address(element);
    const script = document.createElement("script");
    const look = () => {
      const { explainerPractice: found } = /** @type {{explainerPractice?: Extras}} */ (globalThis);
      if (found) done(found);
      return found;
    };
    script.onload = script.onerror = () => {
      if (look()) return;
      script.remove();
      coming = null;
      fail();
    };
    if (look()) return;
    script.src = src;
    document.head.append(script);
  });
  return coming;
}
