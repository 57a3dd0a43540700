// The style sheets of every element, made once.

import print from "./print.css";
import sheet from "./sheet.css";
import stage from "./stage.css";
import tokens from "./tokens.css";

/** @type {CSSStyleSheet[] | null} */
let made = null;

/** @returns {CSSStyleSheet[]} */
export function styles() {
  made ??= [tokens, stage, sheet, print].map((css) => {
    const style = new CSSStyleSheet();
    style.replaceSync(css);
    return style;
  });
  return made;
}
