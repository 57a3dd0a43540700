// <explainer-lesson>: a sheet on stage, wherever an element can stand.

import { Address } from "./address.js";
import { fill, h } from "./dom.js";
import * as memory from "./memory.js";
import { dims } from "./grid.js";
import { steer } from "./keys.js";
import { EditError, Sheet, SheetError } from "./sheet.js";
import { Stage } from "./stage.js";
import { text, words } from "./strings.js";
import { THEMES } from "./toolbar.js";
import sheetStyle from "./sheet.css";
import stageStyle from "./stage.css";
import tokens from "./tokens.css";

/** @import {Theme} from "./toolbar.js" */

/** @type {CSSStyleSheet[] | null} made once, shared by all elements */
let styles = null;

function sharedStyles() {
  styles ??= [tokens, stageStyle, sheetStyle].map((css) => {
    const style = new CSSStyleSheet();
    style.replaceSync(css);
    return style;
  });
  return styles;
}

/**
 * The property `sheet` takes a document or a Sheet. Attributes: `theme` (auto, light, dark),
 * `lang`, `url` ("search" or "hash": where the address keeps the state), `keys` ("page": keys
 * work while nothing on the page has the focus), `lesson-href` (where the page keeps another
 * lesson, with `{id}` in it). Slots: `nav`, and `picture`, for the steps that have one. What the reader once chose wins over `theme`
 * and `lang`, and the address over both. Events, with detail: `step` {step, id}, `edit` {edits},
 * `arithmetic` {arithmetic}, `language` {language}, `theme` {theme}.
 */
export class ExplainerLesson extends HTMLElement {
  static observedAttributes = ["theme", "lang", "url"];

  #root = this.attachShadow({ mode: "open" });
  /** @type {unknown} */
  #given = null;
  /** @type {Sheet | null} */
  #sheet = null;
  /** @type {Stage | null} */
  #stage = null;
  /** @type {AbortController | null} */
  #connected = null;
  #shapes = "";
  #still = matchMedia("(prefers-reduced-motion: reduce)");

  constructor() {
    super();
    this.#root.adoptedStyleSheets = sharedStyles();
  }

  /** @returns {Sheet | null} the sheet on stage; null while there is none, or a broken one */
  get sheet() {
    return this.#sheet;
  }

  /** @param {unknown} value a sheet document, or a Sheet */
  set sheet(value) {
    this.#given = value;
    this.#sheet = null;
    if (this.isConnected) this.#mount();
  }

  connectedCallback() {
    // a property that was set before the element was defined hides the one of the class
    if (Object.hasOwn(this, "sheet")) {
      const { sheet } = this;
      // @ts-expect-error the hiding property is the instance's own
      delete this.sheet;
      this.#given = sheet;
    }
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    const remembered = memory.theme.recall();
    if (isTheme(remembered)) this.setAttribute("theme", remembered);
    this.addEventListener("keydown", (event) => this.#key(event), { signal });
    document.addEventListener("keydown", (event) => this.#pageKey(event), { signal });
    window.addEventListener("hashchange", () => this.#readAddress(), { signal });
    if (this.#given !== null) this.#mount();
  }

  disconnectedCallback() {
    this.#connected?.abort();
    this.#unmount();
  }

  /** @param {string} name @param {string | null} _ @param {string | null} value */
  attributeChangedCallback(name, _, value) {
    if (!this.#stage || !this.#sheet) return;
    if (name === "lang" && value) this.#sheet.go({ language: this.#known(value) ?? undefined });
    else if (name === "theme") this.#stage.toolbar.update(this.#stage.words, this.theme);
    else if (name === "url") this.#mount();
  }

  /** @returns {Theme} */
  get theme() {
    const theme = this.getAttribute("theme");
    return isTheme(theme) ? theme : "auto";
  }

  /**
   * Stand still at a fraction (0 to 1) of a step's motion.
   * @param {number} step
   * @param {number} [fraction]
   */
  seek(step, fraction = 1) {
    this.#stage?.transport.seek(step, fraction);
  }

  #unmount() {
    this.#stage?.release();
    this.#stage = null;
  }

  #mount() {
    this.#unmount();
    try {
      this.#sheet ??= this.#given instanceof Sheet ? this.#given : new Sheet(this.#given);
      this.#build(this.#sheet);
    } catch (error) {
      this.#unmount();
      this.#sheet = null;
      this.#break(error);
    }
  }

  /** @param {Sheet} sheet */
  #build(sheet) {
    const url = this.getAttribute("url");
    const address = url === "search" || url === "hash" ? new Address(sheet, url) : null;
    const asked = address?.read();
    const preferred = [memory.language.recall(), this.getAttribute("lang"), ...navigator.languages];
    const language = preferred.map((one) => one && this.#known(one)).find(Boolean);
    sheet.go({ language: language ?? undefined, ...asked?.state });
    if (asked?.edits.length) sheet.editAll(asked.edits);
    this.lang = sheet.language;
    this.#shapes = shapes(sheet);
    const stage = new Stage(sheet, {
      isStill: () => this.#still.matches,
      theme: () => this.theme,
      setTheme: (theme) => this.#setTheme(theme),
      chooseLanguage: (chosen) => {
        memory.language.keep(chosen);
        sheet.go({ language: chosen });
      },
      toLesson: (id, language) => this.#toLesson(id, language),
      address,
    });
    this.#stage = stage;
    const { signal } = stage.listening;
    sheet.addEventListener("change", (e) => this.#changed(/** @type {CustomEvent} */ (e)), { signal });
    sheet.addEventListener("edit", () => this.#emit("edit", { edits: sheet.edits }), { signal });
    fill(this.#root, [stage.element]);
    stage.fit.measure();
    if (asked) stage.complain(asked.problems);
  }

  /** @param {CustomEvent} event */
  #changed({ detail }) {
    const sheet = /** @type {Sheet} */ (this.#sheet);
    if ("step" in detail) this.#emit("step", { step: sheet.step, id: sheet.steps[sheet.step].id });
    if ("arithmetic" in detail) {
      this.#emit("arithmetic", { arithmetic: sheet.arithmetic });
      if (shapes(sheet) !== this.#shapes) this.#mount();
    }
    if ("language" in detail) {
      this.lang = sheet.language;
      this.#emit("language", { language: sheet.language });
    }
  }

  /** @param {string} id @param {string} language */
  #toLesson(id, language) {
    const href = this.getAttribute("lesson-href") ?? "{id}";
    const url = new URL(href.replaceAll("{id}", id), document.baseURI);
    url.searchParams.set("lang", language);
    return url.href;
  }

  /** @param {Theme} theme */
  #setTheme(theme) {
    memory.theme.keep(theme);
    this.setAttribute("theme", theme);
    this.#emit("theme", { theme });
  }

  #readAddress() {
    const sheet = this.#sheet;
    if (!sheet || !this.#stage || this.getAttribute("url") !== "hash") return;
    const asked = new Address(sheet, "hash").read();
    sheet.go(asked.state);
    if (JSON.stringify(asked.edits) !== JSON.stringify(sheet.edits)) {
      sheet.reset();
      if (asked.edits.length) sheet.editAll(asked.edits);
    }
    this.#stage.complain(asked.problems);
  }

  /** @param {unknown} error */
  #break(error) {
    if (!(error instanceof SheetError) && !(error instanceof EditError)) console.warn(error);
    const code = error instanceof SheetError ? error.code : "unknown";
    const wanted = [memory.language.recall(), this.getAttribute("lang"), ...navigator.languages].find(Boolean);
    const say = words(wanted ?? "en");
    fill(this.#root, [
      h("div", { class: "stage" },
        h("div", { class: "top" }, h("div", { class: "nav" }, h("slot", { name: "nav" }))),
        h("div", { class: "broken", role: "alert" }, h("h2", {}, say.brokenTitle), h("p", {}, text(say.broken, { code })))),
    ]);
  }

  /**
   * The sheet's own name of a language: "zh" for "zh-CN".
   * @param {string} language
   */
  #known(language) {
    const languages = this.#sheet?.languages ?? [];
    return [language, language.split("-")[0]].find((one) => languages.includes(one)) ?? null;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (this.#stage) steer(event, this.#stage.transport);
  }

  /** @param {KeyboardEvent} event */
  #pageKey(event) {
    const nowhere = document.activeElement === document.body || document.activeElement === null;
    if (this.getAttribute("keys") === "page" && nowhere && event.target === document.body) this.#key(event);
  }

  /** @param {string} type @param {Record<string, unknown>} detail */
  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

/** @param {unknown} value @returns {value is Theme} */
function isTheme(value) {
  return THEMES.includes(/** @type {Theme} */ (value));
}

/** @param {Sheet} sheet @returns {string} the shapes of all that is drawn */
function shapes(sheet) {
  return JSON.stringify(sheet.places.map(({ name }) => dims(sheet.value(name))));
}

if (!customElements.get("explainer-lesson")) customElements.define("explainer-lesson", ExplainerLesson);
