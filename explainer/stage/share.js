// The dialog that passes a lesson on: as a link, as a frame, as an element, as a file.

import { dialog } from "./dialog.js";
import { attribute, h, rest, say } from "./dom.js";
import { plainNumber } from "./entry.js";
import css from "./share.css";
import { words } from "./share-strings.js";
import { Sharing } from "./sharing.js";
import { FIELDS } from "./state.js";
import { dress } from "./styles.js";
import { text } from "./template.js";

/** @import {Choice} from "./sharing.js" */
/** @import {Stage} from "./stage.js" */

/** @typedef {"link" | "frame" | "element" | "file"} Way */
/** @type {Way[]} */
const WAYS = ["link", "frame", "element", "file"];

/**
 * Open the dialog for what a stage shows now.
 * @param {Stage} stage that has an address
 */
export function share(stage) {
  const root = stage.element.getRootNode();
  if (root instanceof ShadowRoot) dress(root, [css]);
  const { words: said, content, copyButton } = new Form(stage);
  const element = dialog(stage.element, said.title, said.close, ...content);
  element.classList.add("sharing");
  copyButton.focus();
  element.addEventListener("close", () => {
    // the menu that the button is in is shut by now
    if (!stage.toolbar.share.offsetParent) stage.toolbar.more.focus();
  });
}

class Form {
  /** @param {Stage} stage */
  constructor(stage) {
    const { sheet, host } = stage;
    this.sharing = new Sharing(stage);
    const said = (this.words = words(sheet.language));
    // somebody else's page is passed on by its address alone
    this.ways = host.whole() ? WAYS : WAYS.slice(0, 1);
    this.tabs = this.ways.map((way) =>
      h("button", { type: "button", role: "tab", id: `share-${way}`, "aria-controls": "share-panel", onclick: () => this.choose(way) }, said[way]));
    const tablist = h("div", { class: "segments", role: "tablist", "aria-label": said.ways, hidden: this.ways.length < 2,
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.turn(event) }, ...this.tabs);
    this.code = h("textarea", { readonly: true, spellcheck: "false", "aria-label": said.code });
    this.how = h("p");
    this.status = h("p", { role: "status" });
    this.wrong = h("small", { id: "share-wrong", class: "wrong", role: "alert" });
    this.own = h("small", {}, said.paperHow);
    this.copyButton = h("button", { type: "button", class: "button main", onclick: () => void this.copy() }, said.copy);
    this.save = h("a", { class: "button", download: `${sheet.id}.html` }, said.save);
    const { papers, practice } = sheet.document;
    const fills = [["", said.none], ...(practice ? [["1", said.some]] : []), ["all", said.all]];
    this.edits = this.tick("edits");
    this.inPractice = h("span", { class: "row" }, this.tick("help"), this.tick("answers"));
    this.options = h("div", { class: "options" },
      this.select(said.begins, [["", said.here], ["1", said.begin]], "", (value) => ({ begin: value !== "" })),
      this.select(said.language, [["1", named(sheet.language)], ["", said.reader]], "1", (value) => ({ fixed: value !== "" })),
      papers && this.number(),
      this.select(said.practice, fills, sheet.practice, (practice) => ({ practice })),
      this.inPractice,
      h("fieldset", { class: "row" }, h("legend", {}, said.parts),
        this.edits, this.tick("narration"), this.tick("switches"), this.tick("playback"), this.tick("editable")));
    this.panel = h("div", { role: this.ways.length > 1 && "tabpanel", id: "share-panel" }, this.how, this.code,
      h("div", { class: "row" }, this.copyButton, this.save), this.status);
    this.content = [this.options, tablist, this.panel];
    /** @type {Way} */
    this.way = "link";
    this.choose("link");
  }

  /**
   * @param {string} label
   * @param {string[][]} options value and name of each
   * @param {string} now
   * @param {(value: string) => Partial<Choice>} choice
   */
  select(label, options, now, choice) {
    const field = h("select", { class: "button", onchange: () => this.change(choice(field.value)) },
      ...options.map(([value, name]) => h("option", { value, selected: value === now }, name)));
    return h("label", {}, h("span", {}, label), field);
  }

  /** The field for a paper's number. */
  number() {
    const { words: said, sharing } = this;
    const change = () => {
      const paper = /** @type {number | null} */ (FIELDS.paper.read(plainNumber(field.value)));
      attribute(field, "aria-invalid", paper === null && "true");
      this.change({ paper });
    };
    const field = h("input", { class: "button", type: "text", inputmode: "numeric", autocomplete: "off", value: String(sharing.choice.paper),
      "aria-describedby": "share-wrong", oninput: change });
    return h("label", {}, h("span", {}, said.paper), field, this.own, this.wrong);
  }

  /** @param {"edits" | "help" | "answers" | "narration" | "switches" | "playback" | "editable"} part */
  tick(part) {
    const box = h("input", { type: "checkbox", checked: this.sharing.choice[part], onchange: () => this.change({ [part]: box.checked }) });
    return h("label", {}, box, this.words[part]);
  }

  /** @param {Partial<Choice>} choice */
  change(choice) {
    this.sharing.choose(choice);
    this.choose(this.way);
  }

  /** @param {Way} way */
  choose(way) {
    const { sharing, words: said } = this;
    this.way = way;
    for (const [i, tab] of this.tabs.entries()) {
      const chosen = this.ways[i] === way;
      attribute(tab, "aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    if (this.ways.length > 1) attribute(this.panel, "aria-labelledby", `share-${way}`);
    const isFile = way === "file" && sharing.file !== "";
    const isCommand = way === "file" && !isFile;
    this.inPractice.hidden = sharing.choice.practice === "";
    this.edits.hidden = !sharing.hasEdits;
    this.options.hidden = isCommand;
    this.save.hidden = !isFile;
    this.code.hidden = isFile;
    say(this.status, "");
    say(this.wrong, sharing.holds ? "" : said.paperWrong);
    this.own.hidden = !sharing.holds;
    rest(this.copyButton, !sharing.holds);
    rest(this.save, !sharing.holds);
    say(this.how, text(isCommand ? said.commandHow : said[`${way}How`], { id: sharing.sheet.id }));
    attribute(this.save, "href", isFile && sharing.holds && sharing.source);
    if (way === "file") this.code.value = isFile ? "" : `explainer build --single --out files ${sharing.sheet.id}`;
    else this.code.value = sharing.holds ? sharing[way] : "";
  }

  /** @param {KeyboardEvent} event */
  turn(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const to = (this.ways.indexOf(this.way) + step + this.ways.length) % this.ways.length;
    this.choose(this.ways[to]);
    this.tabs[to].focus();
  }

  async copy() {
    const { words: said } = this;
    if (!this.sharing.holds) return;
    let copied = this.code.value;
    try {
      if (this.code.hidden) {
        const answer = await fetch(this.save.href);
        if (!answer.ok) throw new Error(String(answer.status));
        copied = await answer.text();
      }
    } catch {
      say(this.status, said.failed);
      return;
    }
    try {
      await navigator.clipboard.writeText(copied);
      say(this.status, said.copied);
    } catch {
      this.code.value = copied;
      this.code.hidden = false;
      this.code.select();
      say(this.status, said.byHand);
    }
  }
}

/** @param {string} language @returns {string} its name in itself */
function named(language) {
  return new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
}
