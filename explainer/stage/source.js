// Where an element's sheet comes from, when no script hands it one: its own text, or an address.

import { SheetError } from "./errors.js";

/**
 * The document written inside an element, as JSON in a script that does not run. More such scripts
 * may follow with the texts of one language each, which their `lang` names.
 *
 * Throws SheetError "not-a-sheet" where it is no JSON.
 * @param {Element} element
 * @returns {unknown} null where there is none
 */
export function written(element) {
  const scripts = [...element.querySelectorAll(":scope > script[type='application/json']")];
  const [document = null, ...texts] = scripts.map(({ textContent }) => parsed(textContent ?? ""));
  if (!texts.length) return document;
  return { .../** @type {object} */ (document), texts: Object.fromEntries(texts.map((text, i) => [scripts[i + 1].getAttribute("lang"), text])) };
}

/**
 * The document at an address.
 *
 * Throws SheetError "missing" where nothing comes from there, "not-a-sheet" where it is no JSON;
 * and the signal's own error when it is called off.
 * @param {string} address relative to the page
 * @param {AbortSignal} signal
 * @returns {Promise<unknown>}
 */
export async function fetched(address, signal) {
  let text;
  try {
    const answer = await fetch(new URL(address, document.baseURI), { signal });
    if (!answer.ok) throw new Error(String(answer.status));
    text = await answer.text();
  } catch (error) {
    signal.throwIfAborted();
    throw new SheetError("missing", { src: address, message: String(error) });
  }
  return parsed(text);
}

/** @param {string} text @returns {unknown} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new SheetError("not-a-sheet", { is: "not JSON" });
  }
}

/**
 * Whether all that stands within an element is there: the page is read, or at least as far as the
 * script that runs now, further down. To wait for the rest would cost a reader two frames.
 * @param {Element} element
 */
export function isParsed(element) {
  const script = document.currentScript;
  if (document.readyState !== "loading" || !script) return document.readyState !== "loading";
  const follows = element.compareDocumentPosition(script) & Node.DOCUMENT_POSITION_FOLLOWING;
  return Boolean(follows) && !element.contains(script);
}
