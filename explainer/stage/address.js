// The state in the page's address, read once and kept up to date, other parameters untouched.

import { isOurs, read, SHOWN, write } from "./url.js";

/** @import {Sheet} from "./sheet.js" */

/** Browsers refuse to rewrite an address many times a second. */
const PAUSE = 150;

/** @param {"search" | "hash"} where */
export function params(where) {
  return new URLSearchParams(location[where].slice(1));
}

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

  /** What the address asks for, and what in it makes no sense. */
  read() {
    return read(params(this.where), this.sheet);
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
    const kept = [...params(this.where)].filter(([key]) =>
      Object.hasOwn(SHOWN, key) || (this.where === "search" && !isOurs(key, this.sheet)));
    url[this.where] = new URLSearchParams([...kept, ...own]).toString();
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
