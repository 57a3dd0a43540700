// The state in the page's address, read once and kept up to date, other parameters untouched.

import { stateOf } from "./opening.js";
import { CELL, FIELDS, OPTIONS, read, write } from "./state.js";

/** @import {Sheet} from "./sheet.js" */
/** @import {State} from "./state.js" */

/** Browsers refuse to rewrite an address many times a second. */
const PAUSE = 150;

/** @typedef {"search" | "hash"} Where */

/** @param {Where} where */
export function params(where) {
  return new URLSearchParams(location[where].slice(1));
}

export class Address {
  /**
   * @param {Sheet} sheet
   * @param {Where} where
   * @param {State} opens how the page opens with no such address
   * @param {Element} element whose attributes say what there is to see
   */
  constructor(sheet, where, opens, element) {
    this.sheet = sheet;
    this.where = where;
    this.opens = opens;
    this.element = element;
    this.timer = 0;
  }

  /** What the address asks for, and what in it cannot be read. */
  read() {
    return read(params(this.where));
  }

  /** What is on the stage; and of what there is to see, as much as the address says. @returns {State} */
  state() {
    const asked = params(this.where);
    const options = Object.entries(OPTIONS).flatMap(([name, { read }]) => {
      const value = asked.has(name) ? read(this.element.getAttribute(name) ?? "") : null;
      return value === null ? [] : [[name, value]];
    });
    return { ...stateOf(this.sheet, this.opens), ...Object.fromEntries(options) };
  }

  /**
   * The address that leads to a state.
   * @param {State} [state] or to what is on the stage
   * @param {State} [opens] of which nothing need be said
   * @returns {string}
   */
  href(state = this.state(), opens = this.opens) {
    const url = new URL(location.href);
    const others = [...params(this.where)].filter(([key]) => this.where === "search" && !this.isOurs(key));
    url[this.where] = new URLSearchParams([...others, ...write(state, opens)]).toString();
    return url.href;
  }

  /** @param {string} key */
  isOurs(key) {
    const cell = CELL.exec(key);
    return cell ? Object.hasOwn(this.sheet.document.arrays, cell[1]) : key !== "lesson" && Object.hasOwn(FIELDS, key);
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
