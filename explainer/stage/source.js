// Where an element's sheet comes from, when no script hands it one: its own text, or an address.

import { SheetError } from "./errors.js";

/** @import {Block} from "./types.js" */

/**
 * The document written inside an element, as JSON in a script that does not run. Texts of further
 * languages may follow in scripts of their own, which have its `lang`.
 *
 * What its steps say may be left to what is read without script: `<noscript lang="en">` with the
 * text of each in `<div data-step="match">`, so that a page has it once. Throws SheetError
 * "not-a-sheet" where it is no JSON.
 * @param {Element} element
 * @returns {unknown} null where there is none
 */
export function written(element) {
  const json = element.querySelector(":scope > script[type='application/json']")?.textContent;
  if (json == null) return null;
  const sheet = parsed(json);
  for (const array of Object.values(Object(Object(sheet).arrays))) unpack(Object(array));
  /** @type {NodeListOf<HTMLElement>} */
  const pages = element.querySelectorAll(":scope > noscript[lang]");
  for (const { lang, textContent } of pages) {
    const page = new DOMParser().parseFromString(textContent ?? "", "text/html");
    for (const told of page.querySelectorAll("[data-step]")) {
      const step = Object(sheet).texts?.[lang]?.steps?.[told.getAttribute("data-step") ?? ""];
      if (step) step.body ??= trees(told);
    }
  }
  return sheet;
}

/**
 * What a page has left out of an array: a label that is the same in both arithmetics stands once,
 * and the usual digits nowhere (`_packed` of explainer/site/pages.py).
 * @param {{label?: unknown, digits?: unknown}} array
 */
function unpack(array) {
  const { label } = array;
  if (typeof label === "string") array.label = { hand: label, exact: label };
  array.digits ??= { hand: 1, exact: 2 };
}

/**
 * The text trees that Python wrote as HTML (explainer/pages/text.py).
 * @param {Element} element
 * @returns {Block[]}
 */
function trees(element) {
  return [...element.childNodes].map((node) => {
    if (!(node instanceof HTMLElement)) return node.textContent ?? "";
    const { array, cell, href = node.getAttribute("href") ?? undefined } = node.dataset;
    if (array) return cell ? { array, cell: cell.split(",").map(Number) } : { array };
    return { tag: node.localName, children: trees(node), href, title: node.title || undefined };
  });
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
