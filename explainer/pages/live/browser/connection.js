// When the server is gone: say so, wait until it answers, and come back by loading the page anew.
// What is looked at is in the address; what was typed is kept meanwhile. (Bokeh 3.9 could open its
// session again by itself, but loses the arrays of the document on the way.)

import { h } from "../../../stage/dom.js";
import { style } from "./frame.js";
import * as memory from "./memory.js";
import css from "./connection.css";

/** Until the server is asked again; ms. Each time twice as long, and never all readers at once. */
const SOON = 500;
const LATE = 4000;
const DRAFT = "draft";

/** @typedef {{on_event: (name: string, follow: () => void) => void}} BokehDocument */

export class Connection {
  /** @param {Record<string, string>} words */
  constructor(words) {
    /** @type {string | null} what was typed last */
    this.typed = null;
    this.timer = 0;
    this.pause = SOON;
    this.alert = h("div", { class: "lost", role: "alert", hidden: true });
    this.parts = [h("p", {}, words.lost), h("button", { type: "button", onclick: () => this.back() }, words.again)];
    this.element = h("div", {}, style(css), this.alert);
    this.listening = new AbortController();
    const { signal } = this.listening;
    document.addEventListener("input", (event) => {
      const field = event.composedPath()[0];
      if (field instanceof HTMLTextAreaElement) this.typed = field.value;
    }, { signal });
    addEventListener("online", () => this.timer && this.ask(), { signal });
    // a page that a browser has laid aside comes back without its connection
    addEventListener("pageshow", (event) => event.persisted && this.back(), { signal });
  }

  /** What was typed before the page was loaded anew, once. */
  draft() {
    const text = memory.recall(DRAFT);
    memory.forget(DRAFT);
    this.typed = text;
    return text;
  }

  /** @param {BokehDocument} bokeh */
  watch(bokeh) {
    bokeh.on_event("connection_lost", () => this.lost());
  }

  lost() {
    if (!this.alert.hidden) return;
    this.alert.hidden = false;
    this.alert.replaceChildren(...this.parts); // said when it comes into what is shown
    this.wait();
  }

  wait() {
    const pause = this.pause * (0.75 + Math.random() / 2);
    this.pause = Math.min(LATE, 2 * this.pause);
    this.timer = window.setTimeout(() => this.ask(), pause);
  }

  /** Come back if the server is there. A file of its own costs it no session. */
  async ask() {
    clearTimeout(this.timer);
    const script = /** @type {HTMLScriptElement | null} */ (document.querySelector("script[src]"));
    try {
      const answer = await fetch(script?.src ?? location.href, { method: "HEAD", cache: "no-store" });
      if (answer.ok) return this.back();
    } catch {
      // not yet
    }
    this.wait();
  }

  back() {
    clearTimeout(this.timer);
    if (this.typed !== null) memory.keep(DRAFT, this.typed);
    location.reload();
  }

  end() {
    clearTimeout(this.timer);
    this.listening.abort();
  }
}
