// Pointing at cells: with a mouse, a finger, or the keyboard, from matrix to matrix.

import { afterPaint } from "./dom.js";

/** @import {Drawing} from "./draw.js" */
/** @import {Editing, Onward} from "./edit.js" */
/** @import {Spot} from "./scene.js" */

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** @type {Record<Onward, [number, number]>} */
const ONWARD = { stay: [0, 0], down: [1, 0], up: [-1, 0], right: [0, 1], left: [0, -1] };

export class Pointing {
  /**
   * @param {Drawing} drawing
   * @param {() => void} changed
   */
  constructor(drawing, changed) {
    this.drawing = drawing;
    this.changed = changed;
    /** @type {Editing | null} */
    this.editing = null;
    /** @type {Spot | null} */
    this.hovered = null;
    /** @type {Spot | null} */
    this.selected = null;
    /** @type {{x?: number, y?: number}} where the mouse was last, on the screen */
    this.at = {};
    this.touched = false;
    /** @type {Spot | null} the cell that was selected before the finger came down */
    this.before = null;
    const { element } = drawing;
    element.addEventListener("pointerover", (event) => this.hover(event));
    element.addEventListener("pointermove", ({ screenX: x, screenY: y }) => (this.at = { x, y }));
    element.addEventListener("pointerleave", () => this.setHovered(null));
    element.addEventListener("pointerdown", (event) => {
      this.touched = event.pointerType === "touch";
      this.before = this.selected;
    });
    element.addEventListener("focusin", (event) => this.focus(event));
    element.addEventListener("click", (event) => this.click(event));
    element.addEventListener("dblclick", (event) => this.edit(event));
    element.addEventListener("keydown", (event) => this.key(event));
  }

  /** @returns {Spot | null} */
  get spot() {
    return this.hovered ?? this.selected;
  }

  /** @param {PointerEvent} event */
  hover(event) {
    const { x, y } = this.at;
    this.at = { x: event.screenX, y: event.screenY };
    // what comes to lie under a mouse at rest is not pointed at: a number may have moved the focus on
    if (event.pointerType === "touch" || (x === event.screenX && y === event.screenY)) return;
    this.setHovered(this.drawing.spot(event.target));
  }

  /** @param {Spot | null} spot */
  setHovered(spot) {
    if (same(spot, this.hovered)) return;
    this.hovered = spot;
    this.changed();
  }

  /** @param {FocusEvent} event */
  focus(event) {
    const spot = this.drawing.spot(event.target);
    if (spot) this.select(spot);
  }

  /** @param {Spot | null} spot */
  select(spot) {
    if (spot) this.drawing.stopAt(spot);
    if (same(spot, this.selected)) return;
    this.selected = spot;
    this.hovered = null;
    this.changed();
  }

  /** A new step tells of its own cell until somebody points anew. */
  forget() {
    this.hovered = this.selected = null;
  }

  /** @param {MouseEvent} event */
  click(event) {
    const spot = this.drawing.spot(event.target);
    if (!spot) this.select(null);
    else if (this.touched && same(spot, this.before) && !isTyping(event)) this.editing?.start(spot);
  }

  /** @param {MouseEvent} event */
  edit(event) {
    const spot = this.drawing.spot(event.target);
    if (spot && !isTyping(event) && this.editing?.start(spot)) event.preventDefault();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const spot = this.drawing.spot(event.target);
    if (!spot || isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    let taken = true;
    if (key in ARROWS) this.step(spot, ...ARROWS[key]);
    else if (key === "Home" || key === "End") this.along(spot, key === "End");
    else if (key === "Enter" || key === "F2") taken = this.editing?.start(spot) ?? false;
    else if (this.editing?.begins(spot, key)) this.editing.start(spot, key); // or nothing: no step is meant
    else if (key === "Backspace" || key === "Delete") taken = this.editing?.start(spot, "") ?? false;
    else taken = false;
    if (!taken) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * Move the focus by one cell, on into the neighbouring matrix at an edge.
   * @param {Spot} spot
   * @param {number} down
   * @param {number} across
   */
  step({ place, cell }, down, across) {
    const { matrices, scene } = this.drawing;
    const matrix = matrices.get(place);
    if (!matrix) return;
    const [row, column] = [Math.floor(cell / matrix.columns) + down, (cell % matrix.columns) + across];
    if (row >= 0 && row < matrix.rows && column >= 0 && column < matrix.columns) {
      this.go({ place, cell: row * matrix.columns + column });
      return;
    }
    const shown = [...matrices.values()].filter(({ todo }) => !todo).map((other) => other.place);
    const beside = matrices.get(scene.layout.beside(place, down, across, shown) ?? "");
    if (!beside) return;
    const clamp = (/** @type {number} */ at, /** @type {number} */ length) => Math.min(Math.max(at, 0), length - 1);
    // matrices stand on a common line at the bottom and at the right
    const fromBottom = matrix.rows - 1 - row;
    const fromRight = matrix.columns - 1 - column;
    const r = across ? clamp(beside.rows - 1 - fromBottom, beside.rows) : down > 0 ? 0 : beside.rows - 1;
    const c = down ? clamp(beside.columns - 1 - fromRight, beside.columns) : across > 0 ? 0 : beside.columns - 1;
    this.go({ place: beside.place, cell: r * beside.columns + c });
  }

  /**
   * To the first or the last cell of a row.
   * @param {Spot} spot
   * @param {boolean} last
   */
  along({ place, cell }, last) {
    const columns = this.drawing.matrices.get(place)?.columns ?? 1;
    const row = Math.floor(cell / columns);
    this.go({ place, cell: row * columns + (last ? columns - 1 : 0) });
  }

  /**
   * After an entry: to the next cell of the same matrix, column by column or row by row.
   * @param {Spot} spot
   * @param {Onward} onward
   */
  leave({ place, cell }, onward) {
    const matrix = this.drawing.matrices.get(place);
    if (!matrix) return;
    const { rows, columns } = matrix;
    const [down, across] = ONWARD[onward];
    const [row, column] = [Math.floor(cell / columns), cell % columns];
    const along = down ? column * rows + row + down : row * columns + column + across;
    const at = Math.min(Math.max(along, 0), rows * columns - 1);
    this.go({ place, cell: down ? (at % rows) * columns + Math.floor(at / rows) : at });
  }

  /** @param {Spot} spot */
  go(spot) {
    const cell = this.drawing.cell(spot);
    this.drawing.stopAt(spot);
    // brought into view later, since the browser would lay out the sheet at once to see where it is
    cell?.focus({ preventScroll: true });
    afterPaint(() => cell?.matches(":focus") && cell.scrollIntoView({ block: "nearest", inline: "nearest" }));
  }
}

/** @param {Event} event */
function isTyping({ target }) {
  return target instanceof Element && target.closest(".editor") !== null;
}

/** @param {Spot | null} a @param {Spot | null} b */
function same(a, b) {
  return a?.place === b?.place && a?.cell === b?.cell;
}
