// <explainer-lesson>: a sheet on stage, wherever an element can stand.

import { Address, params } from "./address.js";
import { Autoplay } from "./autoplay.js";
import { broken } from "./broken.js";
import { attribute, fill, whenIdle } from "./dom.js";
import { tellSize } from "./framed.js";
import { extras, hasExtras } from "./extra.js";
import { write } from "./fields.js";
import { dims } from "./grid.js";
import { steer } from "./keys.js";
import * as memory from "./memory.js";
import { known, open, opened, preferred, stateOf } from "./opening.js";
import { Sheet } from "./sheet.js";
import { fetched, isParsed, written } from "./source.js";
import { Stage } from "./stage.js";
import { given, OPTIONS, read } from "./state.js";
import { THEMES } from "./toolbar.js";
import { dress, elements, STYLES } from "./styles.js";

/** @import {Problem} from "./fields.js" */
/** @import {State} from "./state.js" */
/** @import {Theme} from "./toolbar.js" */

/** Attributes by which a page leads a lesson that is there, and those that say what may be done. */
const STEERING = ["step", "arithmetic", "paper", "practice"];
const ALLOWING = ["editable", "help", "answers"];

/**
 * The sheet is the property `sheet` (a document or a Sheet), or the JSON at the address `src`, or
 * JSON within the element, in `<script type="application/json">` (further languages: source.js).
 *
 * Attributes for how it opens: `step` (an id), `arithmetic`, `lang`, `numbers` (`X.0.1=3&W.1.0=2`:
 * given numbers by row and column), `paper` (which numbers, 0 to 999), `practice` (1, all), `theme`
 * (auto, light, dark), `size` (−4 to 6), `autoplay`. For what is there: `controls` (some of play,
 * steps, speed, arithmetic, language, size, theme, reset, practice, paper, print, share, keys, or
 * none), `narration="off"`, `editable="false"`, `help="no"`, `answers="no"`. For its place in a page:
 * `url` ("search" or "hash": where the address keeps the state, and may say all of these), `keys`
 * ("page": the page is the lesson's, with keys that work while nothing on it has the focus),
 * `lesson-href` (where the page keeps another lesson, with `{id}` in it), `practice-src` (where
 * the script for practice is, if it is not beside the element's own), `file-href` (where the lesson
 * is as one file).
 *
 * Slots: `nav`; `onward`, for where to go after the last step. What the reader once chose wins over
 * `theme` and `lang`, and the address over all. Events, with detail: `step` {step, id}, `edit`
 * {edits}, `arithmetic` {arithmetic}, `language` {language}, `theme` {theme}, `key` {key, keyCode}:
 * one of the lesson's keys with which there was nothing to do; in practice `answer` {array, cell,
 * entry, verdict, help} and `progress` {right, alone, of, goals, goalsOf}. A page that is the lesson's
 * tells the page that frames it, as a message of type "explainer-key", that and each key that the
 * lesson does not know, and as "explainer-size" how high the frame should be. Parts: `toolbar`, `sheet`, `narration`, `calculation`, `footer`.
 */
export class ExplainerLesson extends HTMLElement {
  static observedAttributes = ["src", "theme", "lang", "url", "numbers", ...STEERING, ...ALLOWING];

  #root = this.attachShadow({ mode: "open" });
  /** @type {unknown} */
  #given = null;
  /** @type {Sheet | null} */
  #sheet = null;
  /** @type {Stage | null} */
  #stage = null;
  /** @type {Autoplay | null} */
  #autoplay = null;
  /** @type {AbortController | null} */
  #connected = null;
  /** @type {AbortController | null} */
  #fetching = null;
  /** @type {Sheet | null} the sheet that has been opened as the address asks */
  #opened = null;
  /** @type {State | null} what its attributes said at first */
  #said = null;
  /** @type {State} how the page opens that sheet, whatever the address says */
  #opens = {};
  #shapes = "";
  #still = matchMedia("(prefers-reduced-motion: reduce)");

  constructor() {
    super();
    dress(this.#root, STYLES);
  }

  /** @returns {Sheet | null} the sheet on stage; null while there is none, or a broken one */
  get sheet() {
    return this.#sheet;
  }

  /** @param {unknown} value a sheet document, or a Sheet */
  set sheet(value) {
    this.#fetching?.abort();
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
    this.#said ??= read(given(this)).state;
    this.#ask();
    this.addEventListener("keydown", (event) => this.#key(event), { signal });
    document.addEventListener("keydown", (event) => this.#pageKey(event), { signal });
    window.addEventListener("hashchange", () => this.#readAddress(), { signal });
    if (this.#given !== null) this.#mount();
    else if (this.hasAttribute("src")) void this.#fetch();
    else if (isParsed(this)) this.#read();
    else document.addEventListener("DOMContentLoaded", () => this.#read(), { signal });
  }

  disconnectedCallback() {
    this.#connected?.abort();
    this.#fetching?.abort();
    this.#unmount();
  }

  /** @param {string} name @param {string | null} _ @param {string | null} value */
  attributeChangedCallback(name, _, value) {
    if (name === "src" && this.isConnected) void this.#fetch();
    if (!this.#stage || !this.#sheet) return;
    if (STEERING.includes(name) && value) this.#sheet.go(read(new URLSearchParams({ [name]: value })).state);
    else if (name === "numbers") this.sheet = this.#given;
    else if (name === "lang" && value) this.#sheet.go({ language: known(this.#sheet, value) ?? undefined });
    else if (name === "theme") this.#stage.toolbar.update(this.#stage.words, this.theme);
    else if (ALLOWING.includes(name)) this.#mount();
    else if (name === "url") {
      this.#opened = null;
      this.#mount();
    }
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

  /** What there is: as the page's address says, or the reader once chose, or the attributes say. */
  #ask() {
    const where = this.#where;
    const chosen = new URLSearchParams({ theme: memory.theme.recall() ?? "", size: memory.size.recall() ?? "" });
    const every = [given(this), chosen, ...(where ? [params(where)] : [])].map((params) => read(params).state);
    for (const [name, value] of write(OPTIONS, Object.assign({}, ...every))) attribute(this, name, value);
  }

  /** @param {string} name @returns {unknown} the value of an attribute; null where it has none */
  #option(name) {
    return OPTIONS[name].read(this.getAttribute(name) ?? "");
  }

  get #where() {
    const url = this.getAttribute("url");
    return url === "search" || url === "hash" ? url : null;
  }

  get #whole() {
    return this.getAttribute("keys") === "page";
  }

  /** The sheet that is written within the element. */
  #read() {
    try {
      this.#given = written(this);
      if (this.#given !== null) this.#mount();
    } catch (error) {
      this.#break(error);
    }
  }

  /** The sheet at the address `src`; one that is asked for later calls it off. */
  async #fetch() {
    this.#fetching?.abort();
    this.#fetching = new AbortController();
    const { signal } = this.#fetching;
    try {
      const document = await fetched(this.getAttribute("src") ?? "", signal);
      if (!signal.aborted) this.sheet = document;
    } catch (error) {
      if (!signal.aborted) this.#break(error);
    }
  }

  #unmount() {
    this.#autoplay?.release();
    this.#autoplay = null;
    this.#stage?.release();
    this.#stage = null;
  }

  #mount() {
    this.#unmount();
    try {
      const there = this.#sheet ?? (this.#given instanceof Sheet ? this.#given : null);
      const { sheet, problems } = there ? { sheet: there, problems: [] } : opened(this.#given, this);
      if (!this.#sheet) this.#opens = { ...this.#said, ...(there ? sheet.defaults : stateOf(sheet)) };
      this.#sheet = sheet;
      this.#build(sheet, problems);
    } catch (error) {
      this.#break(error);
    }
  }

  /**
   * @param {Sheet} sheet
   * @param {Problem[]} problems of how it is to open
   */
  #build(sheet, problems) {
    const where = this.#where;
    const address = where && new Address(sheet, where, this.#opens, this);
    const asked = sheet === this.#opened ? null : address?.read(); // once: what comes later is newer
    this.#opened = sheet;
    const language = preferred(this).map((one) => known(sheet, one)).find(Boolean);
    sheet.go({ language: language ?? undefined });
    const vain = asked ? [...asked.problems, ...open(sheet, asked.state)] : [];
    sheet.locked = this.#option("editable") === false; // to its reader
    sheet.allows = { help: this.#option("help") !== false, answers: this.#option("answers") !== false };
    this.lang = sheet.language;
    this.#shapes = shapes(sheet);
    const stage = new Stage(sheet, {
      isStill: () => this.#still.matches,
      theme: () => this.theme,
      setTheme: (theme) => this.#setTheme(theme),
      size: () => Number(this.#option("size")),
      setSize: (size) => {
        memory.size.keep(size);
        this.#set("size", String(size));
      },
      chooseLanguage: (chosen) => {
        memory.language.keep(chosen);
        sheet.go({ language: chosen });
      },
      toLesson: (id, language) => this.#toLesson(id, language),
      address,
      element: this,
      whole: () => this.#whole,
      extras: hasExtras(this) ? () => extras(this) : null,
    });
    this.#stage = stage;
    const { signal } = stage.listening;
    sheet.addEventListener("change", (e) => this.#changed(/** @type {CustomEvent} */ (e)), { signal });
    sheet.addEventListener("edit", () => this.#emit("edit", { edits: sheet.edits }), { signal });
    stage.toolbar.element.part.add("toolbar");
    stage.area.part.add("sheet");
    stage.narration.element.part.add("narration");
    stage.inspector.element.part.add("calculation");
    stage.footer.element.part.add("footer");
    this.#fill(stage.element);
    stage.enter();
    if (this.#whole) tellSize(stage);
    whenIdle(() => this.#prove(sheet));
    if (problems.length && !this.#whole) console.warn("explainer-lesson: ignored", problems); // is its author's
    stage.complain([...(this.#whole ? problems : []), ...vain]);
    if (this.hasAttribute("autoplay") && !this.#still.matches) {
      this.#autoplay = new Autoplay(this, stage.transport);
    }
  }

  /**
   * What nobody has looked at yet is computed too, so that a sheet which cannot be says so now.
   * @param {Sheet} sheet
   */
  #prove(sheet) {
    try {
      if (sheet === this.#sheet) sheet.prove();
    } catch (error) {
      this.#break(error);
    }
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

  /**
   * Where the page keeps another lesson; null where it does not say.
   * @param {string} id
   * @param {string} language
   */
  #toLesson(id, language) {
    const href = this.getAttribute("lesson-href");
    if (!href) return null;
    const url = new URL(href.replaceAll("{id}", id), document.baseURI);
    if (this.getAttribute("url") === "hash") url.hash = `lang=${language}`;
    else url.searchParams.set("lang", language);
    return url.href;
  }

  /** @param {Theme} theme */
  #setTheme(theme) {
    memory.theme.keep(theme);
    this.#set("theme", theme);
    this.#emit("theme", { theme });
  }

  /** What a reader chooses, an address that says otherwise has to say too. @param {string} name @param {string} value */
  #set(name, value) {
    this.setAttribute(name, value);
    this.#stage?.host.address?.update();
  }

  #readAddress() {
    const sheet = this.#sheet;
    if (!sheet || this.#where !== "hash") return;
    this.#ask();
    const { state, problems } = read(params("hash"));
    this.#stage?.complain([...problems, ...open(sheet, state, this.#opens)]);
  }

  /** @param {unknown} error */
  #break(error) {
    this.#unmount();
    this.#sheet = null;
    this.#fill(broken(error, preferred(this)[0] ?? "en"));
  }

  /** @param {HTMLElement} content */
  #fill(content) {
    fill(this.#root, [...elements(this.#root), content]);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const fate = this.#stage ? steer(event, this.#stage, this.#whole) : "free";
    const { key, keyCode } = event;
    if (fate === "idle") this.#emit("key", { key, keyCode });
    const command = event.ctrlKey || event.metaKey || event.altKey || key === "Tab";
    // whoever frames the page may have a use for it: only the key's name is told, and never one of a field
    if (fate === "taken" || command || !this.#whole || window.parent === window) return;
    window.parent.postMessage({ type: "explainer-key", key, keyCode }, "*");
  }

  /** @param {KeyboardEvent} event */
  #pageKey(event) {
    const nowhere = document.activeElement === document.body || document.activeElement === null;
    if (this.#whole && nowhere && event.target === document.body) this.#key(event);
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
