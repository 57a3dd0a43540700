// The head of the page: the model, the prompt, when and with what it was made, and the switches.

import { attribute, fill, h, say } from "../../../stage/dom.js";
import { icon } from "../../../stage/icons.js";
import { LANGUAGES, THEMES } from "./state.js";
import { text, words } from "./strings.js";
import { printable } from "./writing.js";

/** @import {Capture} from "./capture.js" */
/** @import {Store} from "./state.js" */
/** @import {Words} from "./strings.js" */
/** @import {Ablated} from "./types.js" */

/** Characters of the prompt that always show. */
const SHORT = 280;

/**
 * @param {Capture} capture
 * @param {Store} store
 */
export function header(capture, store) {
  const { document: made } = capture;
  const buttons = LANGUAGES.map((language) =>
    h("button", { type: "button", lang: language, onclick: () => store.set({ language }) },
      words(language).languageName));
  const languages = h("div", { class: "segments", role: "group" }, ...buttons);
  const theme = h("button", {
    type: "button",
    class: "button",
    onclick: () => {
      const next = (THEMES.indexOf(store.state.theme) + 1) % THEMES.length;
      store.set({ theme: THEMES[next] });
    },
  });
  const facts = h("p", { class: "mute" });
  const notice = h("p", { class: "notice", hidden: made.ablated.length === 0 });
  const prompt = told(printable(made.prompt));

  store.listen(({ language, theme: shown }) => {
    const said = words(language);
    attribute(languages, "aria-label", said.language);
    buttons.forEach((button, i) => attribute(button, "aria-pressed", String(LANGUAGES[i] === language)));
    attribute(theme, "aria-label", said[shown]);
    attribute(theme, "title", said[shown]);
    fill(theme, [icon(shown)]);
    say(facts, text(said.facts, {
      tokens: capture.tokens.length.toLocaleString(language),
      continued: made.continued ? text(said.continued, { n: made.continued }) : "",
      kept: capture.heads.length.toLocaleString(language),
      all: (made.model.layers * made.model.heads).toLocaleString(language),
      date: new Date(made.saved).toLocaleDateString(language, { dateStyle: "long" }),
    }));
    say(notice, text(said.ablated, { what: made.ablated.map((one) => ablated(one, said)).join(said.comma) }));
    prompt.update(said);
  });
  return h("header", {},
    h("div", { class: "top" }, h("span", { class: "brand" }, "explainer"),
      h("h1", {}, made.model.name), h("div", { class: "tools" }, languages, theme)),
    h("div", { class: "about" }, prompt.element, facts, notice));
}

/**
 * A prompt, folded where it is long.
 * @param {string} prompt
 */
function told(prompt) {
  if (prompt.length <= SHORT && prompt.split("\n").length <= 4) {
    const element = h("p", { class: "prompt", dir: "auto" }, prompt);
    return { element, update: (/** @type {Words} */ said) => attribute(element, "title", said.prompt) };
  }
  const start = `${[...prompt.slice(0, SHORT)].slice(0, -1).join("").replace(/\s+/g, " ")}…`;
  const name = h("span", { class: "button" });
  const element = h("details", {},
    h("summary", {}, h("span", { class: "prompt start", dir: "auto" }, start), " ", name),
    h("p", { class: "prompt", dir: "auto" }, prompt));
  return { element, update: (/** @type {Words} */ said) => say(name, said.whole) };
}

/**
 * @param {Ablated} one
 * @param {Words} said
 */
function ablated({ layer, head, how }, said) {
  return text(head === undefined ? said.ablatedMlp : said.ablatedHead, { layer, head, how: said[how] });
}
