// The style sheets of every element, and how a browser that is some years old is dressed in them.

import print from "./print.css";
import sheet from "./sheet.css";
import stage from "./stage.css";
import tokens from "./tokens.css";

const PAIR = /light-dark\(([^,]+),\s*([^)]+)\)/g;

export const STYLES = [tokens, stage, sheet, print];

/** @type {Map<string, CSSStyleSheet>} made once, for all elements */
const made = new Map();

/**
 * Add style sheets to those of a shadow root, each once.
 * @param {ShadowRoot} root
 * @param {string[]} styles
 */
export function dress(root, styles) {
  for (const style of styles) {
    const css = CSS.supports("color", "light-dark(red, red)") ? style : paired(style);
    try {
      const sheet = adoptable(css);
      if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    } catch {
      // Safari before 16.4
      if (elements(root).some(({ textContent }) => textContent === css)) continue;
      const element = Object.assign(document.createElement("style"), { textContent: css });
      root.insertBefore(element, root.children[elements(root).length] ?? null);
    }
  }
}

/**
 * The style sheets that stand in a shadow root itself, before all else, where none can be adopted.
 * @param {ShadowRoot} root
 */
export function elements(root) {
  return [...root.children].filter(({ localName }) => localName === "style");
}

/** @param {string} css */
function adoptable(css) {
  const style = made.get(css) ?? new CSSStyleSheet();
  if (!made.has(css)) style.replaceSync(css);
  made.set(css, style);
  return style;
}

/**
 * The colours of both themes for a browser that cannot choose between them in one value (Safari
 * before 17.5): those of the system, or of the attribute `theme`.
 * @param {string} css
 */
function paired(css) {
  const [light, dark] = ["$1", "$2"].map((one) => css.replace(PAIR, one));
  if (light === dark) return css;
  const own = dark.replaceAll(":host{", ":host(:not([theme=light])){");
  return `${light}@media (prefers-color-scheme:dark){${own}}${dark.replaceAll(":host{", ":host([theme=dark]){")}`;
}
