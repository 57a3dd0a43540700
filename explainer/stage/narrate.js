// A lesson's text as DOM nodes. It may come from a stranger: known tags only, as elements and
// text, and links only where they lead somewhere harmless.

import { h, marked, say } from "./dom.js";
import { formatCell, markup } from "./format.js";
import { flatIndex } from "./scene.js";

/** @import {Block} from "./types.js" */
/** @import {Sheet} from "./sheet.js" */

/** What must not begin a line, though it follows a button. */
const CLOSING = /^(?: ?%)?[,.;:!?)\u2019\u201d\u3002\uff0c\uff1b\uff1a\uff01\uff1f\uff09\u3001]|^ ?%/;
const TAGS = new Set(
  "p ul ol li blockquote h3 strong em code a br sub sup table thead tbody tr th td".split(" "),
);
/** `lesson:rlhf` leads to another lesson, wherever this page keeps it. */
const LESSON = /^lesson:([a-z0-9-]+)$/;
/** Nested deeper than any lesson is; a stranger's tree ends there. */
const DEEPEST = 40;

/**
 * A text, and a way to bring its live numbers up to date without touching the rest.
 * @param {Sheet} sheet
 * @param {unknown} tree
 * @param {(id: string) => string | null} toLesson the address of another lesson, where there is one
 * @returns {{nodes: Node[], refresh: () => void}}
 */
export function narrate(sheet, tree, toLesson) {
  /** @type {(() => void)[]} */
  const live = [];

  /** @param {unknown} block @param {number} depth @returns {Node[]} */
  const build = (block, depth) => {
    if (typeof block === "string") return [document.createTextNode(block)];
    if (typeof block !== "object" || block === null || depth > DEEPEST) return [];
    if (Array.isArray(block)) {
      /** @type {Node[]} */
      const nodes = [];
      for (const child of block) {
        const before = nodes[nodes.length - 1];
        const [closing] = (typeof child === "string" && isNumber(before) && CLOSING.exec(child)) || [""];
        if (closing) nodes.splice(-1, 1, h("span", { class: "joined" }, before, closing), ...build(child.slice(closing.length), depth));
        else nodes.push(...build(child, depth + 1));
      }
      return nodes;
    }
    if ("array" in block) return [reference(sheet, /** @type {any} */ (block), live)];
    const { tag, children, href, title } = /** @type {Record<string, unknown>} */ (block);
    const inside = build(Array.isArray(children) ? children : [], depth);
    if (typeof tag !== "string" || !TAGS.has(tag)) return inside;
    if (tag !== "a") return [h(/** @type {"p"} */ (tag), {}, ...inside)];
    const told = typeof title === "string" ? title : null;
    const lesson = typeof href === "string" ? LESSON.exec(href) : null;
    const to = lesson ? toLesson(lesson[1]) : isHarmless(href) && String(href);
    if (to) return [h("a", { ...(lesson ? { href: to } : link(to)), title: told }, ...inside)];
    // a term whose glossary is not here still tells what it means
    return told ? [h("span", { role: "note", tabindex: 0, title: told }, ...inside)] : inside;
  };

  const nodes = build(tree, 0);
  return { nodes, refresh: () => live.forEach((update) => update()) };
}

/** Whether a node is a button, or one in bold and nothing else. @param {Node | null | undefined} node @returns {boolean} */
function isNumber(node) {
  if (node instanceof HTMLButtonElement) return true;
  return node instanceof HTMLElement && node.childNodes.length === 1 && isNumber(node.firstChild);
}

/**
 * A matrix's label or one of its numbers, as a button that lights it.
 * @param {Sheet} sheet
 * @param {{array: unknown, cell?: unknown}} reference
 * @param {(() => void)[]} live
 * @returns {Node}
 */
function reference(sheet, { array, cell }, live) {
  const name = String(array);
  if (!sheet.has(name)) return document.createTextNode("?");
  const role = sheet.role(name);
  const { shape } = sheet.value(name);
  const title = sheet.told(name) || null;
  const button = h("button", { type: "button", class: "ref", "data-role": role, "data-array": name, title });
  if (cell === undefined) {
    button.append(...marked(markup(sheet.label(name)), () => role));
    return button;
  }
  const flat = flatIndex(cell, shape);
  if (flat === null) return document.createTextNode("?");
  button.setAttribute("data-cell", String(flat));
  // not even a pupil's own number, which a text would pass off as the right one
  const update = () => say(button, (!sheet.hidden(name)?.has(flat) && formatCell(sheet, name, flat)) || "□");
  update();
  live.push(update);
  return button;
}

/** @param {unknown} href @returns {boolean} */
function isHarmless(href) {
  if (typeof href !== "string" || !href) return false;
  try {
    const { protocol } = new URL(href, "https://relative.invalid/");
    return protocol === "https:" || protocol === "http:";
  } catch {
    return false;
  }
}

/** @param {string} href */
function link(href) {
  const leavesThePage = /^(https?:)?\/\//i.test(href);
  return leavesThePage ? { href, target: "_blank", rel: "noopener noreferrer" } : { href };
}
