// Worksheets as a document: drawn into a page of their own, or printed out of a lesson's page.

import { h } from "./dom.js";
import { Sheet } from "./sheet.js";
import { dress } from "./styles.js";
import css from "./worksheet.css";
import { worksheet } from "./worksheet.js";

/** @import {Stage} from "./stage.js" */

/** Sizes of paper, and how wide the text on them is. */
const SIZES = /** @type {Record<string, {name: string, page: string}>} */ ({
  a4: { name: "A4", page: "186mm" },
  letter: { name: "letter", page: "192mm" },
});

/** Only what a page's own style sheet may say: its size, and that nothing else is printed. */
const PAGE = (/** @type {string} */ size) => `@page { size: ${size} portrait; margin: 12mm; }
@media print { body { margin: 0 !important; } }`;
const ALONE = `@media print { body > :not(.explainer-worksheets) { display: none !important; } }
@media screen { .explainer-worksheets { position: absolute; inset-inline-start: -9999px; } }`;

/** Names by which nobody else finds this machine. */
const HERE = /^(localhost|127\.[\d.]+|\[::1\])$/;

/**
 * What is to be printed: worksheets, and with `key` their keys; `only` nothing but the keys. `link`
 * is where a paper is on the web, with `{paper}` for its number, or nothing.
 * @typedef {{papers: number[], key?: boolean, only?: boolean, size?: string, link?: string}} Order
 */

/**
 * The worksheets of some papers, and then their keys.
 * @param {Sheet} sheet
 * @param {Order} order
 * @returns {HTMLElement}
 */
function drawn(sheet, { papers, key = false, only = false, size = "a4", link = "" }) {
  const each = (/** @type {boolean} */ filled) =>
    papers.map((paper) => worksheet(sheet, { paper, key: filled, link: link.replaceAll("{paper}", String(paper)) }));
  const element = h("div", { class: "worksheets" }, ...(only ? [] : each(false)), ...(key || only ? each(true) : []));
  element.style.setProperty("--page", (SIZES[size] ?? SIZES.a4).page);
  return element;
}

/**
 * Draw worksheets as the whole of a page; it is finished when this returns.
 * @param {{document: unknown, language: string} & Order} told
 */
export function worksheets({ document: content, language, ...order }) {
  const sheet = new Sheet(content);
  sheet.go({ language });
  const { name } = SIZES[order.size ?? "a4"] ?? SIZES.a4;
  document.head.append(h("style", {}, css, PAGE(name)));
  document.body.replaceChildren(drawn(sheet, order));
}

/**
 * Put worksheets in the place of a page's content while it is printed.
 * @param {Sheet} sheet
 * @param {Order} order
 * @returns {() => void} takes them away again
 */
function stand(sheet, order) {
  const host = h("div", { class: "explainer-worksheets" });
  const root = host.attachShadow({ mode: "open" });
  dress(root, [css]);
  root.append(drawn(sheet, order));
  const { name } = SIZES[order.size ?? "a4"] ?? SIZES.a4;
  const style = h("style", {}, PAGE(name), ALONE);
  document.head.append(style);
  document.body.append(host);
  return () => {
    host.remove();
    style.remove();
  };
}

/** Printing out of a lesson's page. In practice, what is printed is the worksheet of the paper. */
export class Printing {
  /** @type {(() => void) | null} takes away what stands there to be printed */
  #leave = null;

  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    const { signal } = stage.listening;
    addEventListener("beforeprint", () => stage.sheet.practice && stage.host.whole() && this.stand(), { signal });
    addEventListener("afterprint", () => this.leave(), { signal });
    signal.addEventListener("abort", () => this.leave());
  }

  /** @param {Partial<Order>} [order] of the sheet's own paper, unless others are named */
  print(order) {
    this.stand(order);
    window.print();
  }

  /** @param {Partial<Order>} [order] */
  stand(order) {
    const { sheet } = this.stage;
    this.#leave ??= stand(sheet, { papers: [sheet.paper], link: this.link(), ...order });
  }

  leave() {
    this.#leave?.();
    this.#leave = null;
  }

  /** Where others find the papers, with `{paper}` in it; nothing where they could not open it. */
  link() {
    const { sheet, host: { address } } = this.stage;
    if (!address || !/^https?:$/.test(location.protocol) || HERE.test(location.hostname)) return "";
    const url = new URL(location.href);
    url.hash = url.search = "";
    const mark = address.where === "search" ? "?" : "#";
    return `${url.href}${mark}paper={paper}&practice=${sheet.practice || "1"}&lang=${sheet.language}`;
  }
}
