// DOM nodes from plain values; text stays text, whoever wrote it.

/** @import {Part} from "./types.js" */

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * An element. "onclick" and the like become listeners; null, undefined and false leave an
 * attribute out, true makes it empty.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    } else {
      attribute(element, name, value);
    }
  }
  fill(element, children);
  return element;
}

/**
 * Set or remove an attribute, and touch nothing when it already is so.
 * @param {Element} element
 * @param {string} name
 * @param {unknown} value
 */
export function attribute(element, name, value) {
  if (value === null || value === undefined || value === false) {
    if (element.hasAttribute(name)) element.removeAttribute(name);
  } else {
    const text = value === true ? "" : String(value);
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}

/**
 * Say that a button has nothing to do now. It keeps the focus, which a disabled one would drop: with
 * it the next key would go astray.
 * @param {Element} button
 * @param {boolean} idle
 */
export function rest(button, idle) {
  attribute(button, "aria-disabled", idle && "true");
}

/**
 * Replace what an element holds.
 * @param {Element | ShadowRoot} element
 * @param {Child[]} children
 */
export function fill(element, children) {
  element.replaceChildren(...nodes(children));
}

/**
 * Set the text of an element, and touch nothing when it already is so.
 * @param {Element} element
 * @param {string} text
 */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * @param {Child[]} children
 * @returns {(Node | string)[]}
 */
function nodes(children) {
  /** @type {(Node | string)[]} */
  const result = [];
  for (const child of children) {
    if (child instanceof Node) result.push(child);
    else if (child !== null && child !== undefined && child !== false) result.push(String(child));
  }
  return result;
}

/**
 * The nodes of label markup and formulas; the numbers in them take the colour of their array.
 * @param {Part[]} parts
 * @param {(name: string) => string} roleOf
 * @returns {Node[]}
 */
export function marked(parts, roleOf) {
  return parts.map((part) => {
    if (typeof part === "string") return document.createTextNode(part);
    if ("sub" in part) return h("sub", {}, ...marked(part.sub, roleOf));
    if ("sup" in part) return h("sup", {}, ...marked(part.sup, roleOf));
    return h("em", { "data-role": roleOf(part.name) }, part.text);
  });
}

/**
 * A sentence with nodes in the places of its {names}.
 * @param {string} template
 * @param {Record<string, Child | Child[]>} values
 * @returns {Child[]}
 */
export function sentence(template, values) {
  return template.split(/\{(\w+)\}/).flatMap((piece, i) => {
    if (i % 2 === 0) return piece ? [piece] : [];
    const value = values[piece];
    return Array.isArray(value) ? value : [value];
  });
}

/**
 * Do something once what has changed so far is on the screen.
 * @param {() => void} action
 */
export function afterPaint(action) {
  requestAnimationFrame(() => setTimeout(action));
}

/** No longer than so many ms, at most, does a page wait for what is done when it is idle. */
const PATIENCE = 300;
/** What one turn may take where a browser does not say how long it will be idle, in ms. */
const TURN = 8;

/**
 * Do something when the browser has nothing else to do.
 * @param {(more: () => boolean) => void} action is told whether there is time for more
 */
export function whenIdle(action) {
  const begin = (/** @type {number} */ patience) => {
    const end = performance.now() + patience;
    return () => performance.now() < end;
  };
  if (!("requestIdleCallback" in window)) {
    setTimeout(() => action(begin(TURN)), 30);
    return;
  }
  requestIdleCallback((left) => action(left.didTimeout ? begin(TURN) : () => left.timeRemaining() > 3), { timeout: PATIENCE });
}
