// The dialog that puts a lesson into other pages: as a frame, as an element, as a file.

import { attribute, h, say } from "./dom.js";
import css from "./embed.css";
import { icon } from "./icons.js";
import { element, frame, state } from "./snippets.js";
import { text } from "./strings.js";
import { dress } from "./styles.js";

/** @import {Parts} from "./snippets.js" */
/** @import {ExplainerLesson} from "./element.js" */
/** @import {Sheet} from "./sheet.js" */

/** @typedef {"frame" | "element" | "file"} Way */
/** @type {Way[]} */
const WAYS = ["frame", "element", "file"];
/** @type {(keyof Parts)[]} */
const PARTS = ["narration", "switches", "playback", "editable"];

const en = {
  title: "Put this into a page of your own",
  ways: "Ways to embed",
  frame: "iframe",
  element: "Element",
  file: "File",
  frameHow: "Works wherever a page may hold an iframe, as long as this server runs. It opens at the step, the language and the numbers that you see now.",
  elementHow: "For a site of your own, with no server of ours: put the two files that “explainer build --out site {id}” writes beside your page.",
  fileHow: "One file that needs nothing else, offline too: for an LMS, an e-mail or a slide. It opens at what you see now.",
  commandHow: "This command writes one file that needs nothing else, offline too: for an LMS, an e-mail or a slide.",
  parts: "With",
  narration: "the explanation",
  switches: "the switches above",
  playback: "the playback below",
  editable: "numbers that can be changed",
  code: "Code to paste",
  copy: "Copy",
  copied: "Copied",
  byHand: "The browser did not let us copy. The text is selected: press Ctrl+C, or ⌘C.",
  failed: "The server did not give us the file.",
  save: "Save the file",
  close: "Close",
};

/** @type {Record<string, typeof en>} */
const LANGUAGES = {
  en,
  zh: {
    title: "放进你自己的网页",
    ways: "嵌入方式",
    frame: "iframe",
    element: "元素",
    file: "文件",
    frameHow: "凡是能放 iframe 的网页都可以用，只要本服务器在运行。打开时就是你现在看到的步骤、语言和数字。",
    elementHow: "用于你自己的网站，不依赖我们的服务器：把“explainer build --out site {id}”写出的两个文件放在网页旁边。",
    fileHow: "一个独立的文件，离线也能用：适合教学平台、电子邮件或幻灯片。打开时就是你现在看到的画面。",
    commandHow: "这条命令写出一个独立的文件，离线也能用：适合教学平台、电子邮件或幻灯片。",
    parts: "包含",
    narration: "讲解",
    switches: "上方的开关",
    playback: "下方的播放控件",
    editable: "可修改的数字",
    code: "要粘贴的代码",
    copy: "复制",
    copied: "已复制",
    byHand: "浏览器不允许自动复制。文字已选中，请按 Ctrl+C 或 ⌘C。",
    failed: "服务器没有给出文件。",
    save: "保存文件",
    close: "关闭",
  },
};

/**
 * Open the dialog for what a lesson shows now.
 * @param {ExplainerLesson} lesson
 * @param {string} file where the server gives the lesson as one file; empty: nowhere
 */
export function embed(lesson, file) {
  const root = lesson.shadowRoot;
  if (!lesson.sheet || !root) return;
  dress(root, [css]);
  const { element: dialog } = new Dialog(lesson.sheet, file);
  root.append(dialog);
  dialog.showModal();
}

class Dialog {
  /** @param {Sheet} sheet @param {string} file */
  constructor(sheet, file) {
    this.sheet = sheet;
    this.file = file && new URL(file, document.baseURI).href;
    this.words = LANGUAGES[sheet.language] ?? en;
    const { words } = this;
    this.tabs = WAYS.map((way) =>
      h("button", { type: "button", role: "tab", id: `embed-${way}`, "aria-controls": "embed-panel", onclick: () => this.choose(way) }, words[way]));
    const tablist = h("div", { class: "segments", role: "tablist", "aria-label": words.ways,
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.turn(event) }, ...this.tabs);
    this.code = h("textarea", { readonly: true, spellcheck: "false", "aria-label": words.code });
    this.how = h("p");
    this.status = h("p", { role: "status" });
    this.copyButton = h("button", { type: "button", class: "button main", onclick: () => void this.copy() }, words.copy);
    this.save = h("a", { class: "button", download: `${sheet.id}.html` }, words.save);
    /** @type {Parts} */
    this.parts = { narration: true, switches: true, playback: true, editable: true };
    this.chosen = h("fieldset", { class: "row" }, h("legend", {}, words.parts), ...PARTS.map((part) =>
      h("label", {}, h("input", { type: "checkbox", checked: true, onchange: (/** @type {Event} */ event) => {
        this.parts[part] = /** @type {HTMLInputElement} */ (event.target).checked;
        this.choose(this.way);
      } }), words[part])));
    this.panel = h("div", { role: "tabpanel", id: "embed-panel" }, this.how, this.chosen, this.code,
      h("div", { class: "row" }, h("div", { class: "row" }, this.copyButton, this.save), this.status));
    const close = h("button", { type: "button", class: "button", "aria-label": words.close, title: words.close,
      onclick: () => this.element.close() }, icon("close"));
    this.element = h("dialog", {
      class: "embedding", "aria-labelledby": "embed-title",
      onclose: () => this.element.remove(),
      // its keys are its own, and not the stage's
      onkeydown: (/** @type {KeyboardEvent} */ event) => event.stopPropagation(),
      onclick: (/** @type {MouseEvent} */ event) => event.target === this.element && this.element.close(),
    }, h("div", { class: "row" }, h("h2", { id: "embed-title" }, words.title), close), tablist, this.panel);
    /** @type {Way} */
    this.way = "frame";
    this.choose("frame");
  }

  /** @param {Way} way */
  choose(way) {
    const { sheet, words, file, parts } = this;
    this.way = way;
    for (const [i, tab] of this.tabs.entries()) {
      const chosen = WAYS[i] === way;
      attribute(tab, "aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    attribute(this.panel, "aria-labelledby", `embed-${way}`);
    const isFile = way === "file" && file !== "";
    this.chosen.hidden = way === "file" && !isFile;
    this.save.hidden = !isFile;
    this.code.hidden = isFile;
    say(this.status, "");
    say(this.how, text(way === "file" && !file ? words.commandHow : words[`${way}How`], { id: sheet.id }));
    if (isFile) this.save.href = `${file}?${state(sheet, parts)}`;
    else if (way === "file") this.code.value = `explainer build --single --out files ${sheet.id}`;
    else this.code.value = way === "frame" ? frame(sheet, file || location.href, parts) : element(sheet, parts);
  }

  /** @param {KeyboardEvent} event */
  turn(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const to = (WAYS.indexOf(this.way) + step + WAYS.length) % WAYS.length;
    this.choose(WAYS[to]);
    this.tabs[to].focus();
  }

  async copy() {
    const { words } = this;
    let copied = this.code.value;
    try {
      if (this.code.hidden) {
        const answer = await fetch(this.save.href);
        if (!answer.ok) throw new Error(String(answer.status));
        copied = await answer.text();
      }
    } catch {
      say(this.status, words.failed);
      return;
    }
    try {
      await navigator.clipboard.writeText(copied);
      say(this.status, words.copied);
    } catch {
      this.code.value = copied;
      this.code.hidden = false;
      this.code.select();
      say(this.status, words.byHand);
    }
  }
}
