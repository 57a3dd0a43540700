// The state in the page's address, read once and kept up to date, other parameters untouched.

import { isOurs, read, write } from "./url.js";

/** @import {Sheet} from "./sheet.js" */

/** Browsers refuse to rewrite an address many times a second. */
const PAUSE = 150;

export class Address {
  /**
   * @param {Sheet} sheet
   * @param {"search" | "hash"} where
   */
  constructor(sheet, where) {
    this.sheet = sheet;
    this.where = where;
    this.timer = 0;
  }

  params() {
    return new URLSearchParams(this.where === "hash" ? location.hash.slice(1) : location.search);
  }

  /** What the address asks for, and what in it makes no sense. */
  read() {
    return read(this.params(), this.sheet);
  }

  /**
   * The address that leads back to what is on the stage.
   * @param {boolean} whole name the language too, whatever the other reader's browser prefers
   * @returns {string}
   */
  href(whole = false) {
    const url = new URL(location.href);
    const own = write(this.sheet);
    if (whole) own.set("lang", this.sheet.language);
    const params = new URLSearchParams(
      [...this.params()].filter(([key]) => this.where === "search" && !isOurs(key, this.sheet)),
    );
    for (const [key, value] of own) params.set(key, value);
    if (this.where === "hash") url.hash = params.toString();
    else url.search = params.toString();
    return url.href;
  }

  /** Write the state into the address, soon. */
  update() {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.flush(), PAUSE);
  }

  flush() {
    clearTimeout(this.timer);
    const href = this.href();
    if (href === location.href) return;
    try {
      history.replaceState(history.state, "", href);
    } catch {
      // a sandboxed frame or a browser that limits it: the stage works without
    }
  }

  release() {
    clearTimeout(this.timer);
  }
}
