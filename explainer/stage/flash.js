// Cells whose number has changed light up for a moment. One drawing over the whole sheet does it
// and fades as one: to fade each cell would cost the browser more than to write the numbers.

import { cellBox } from "./measure.js";
import { s } from "./svg.js";

/** @import {Flights} from "./animate.js" */
/** @import {Drawing} from "./draw.js" */
/** @import {Matrix} from "./matrix.js" */

export class Flash {
  /**
   * @param {Drawing} drawing
   * @param {Flights} flights knows where the matrices stand
   */
  constructor(drawing, flights) {
    this.drawing = drawing;
    this.flights = flights;
    /** @type {SVGElement | null} */
    this.element = null;
  }

  /**
   * Light cells up, and no others.
   * @param {Map<string, number[]>} changed cells of each array
   */
  show(changed) {
    this.clear();
    const { element, matrices } = this.drawing;
    const paths = [...matrices.values()].flatMap((matrix) => {
      const cells = matrix.todo ? undefined : changed.get(matrix.name);
      if (!cells) return [];
      const { place, name } = matrix;
      return [s("path", { "data-place": place, "data-role": this.drawing.sheet.role(name), d: this.outline(matrix, cells) })];
    });
    this.element = s("svg", { class: "flash", "aria-hidden": "true" }, ...paths);
    this.element.addEventListener("animationend", () => this.clear());
    element.append(this.element);
  }

  /**
   * @param {Matrix} matrix
   * @param {number[]} cells
   * @returns {string} a path around each
   */
  outline(matrix, cells) {
    const box = this.flights.boxOf(matrix);
    return cells.map((cell) => {
      const { x, y, width, height } = cellBox(matrix, box, cell);
      return `M${x.toFixed(1)} ${y.toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}h${-width.toFixed(1)}z`;
    }).join("");
  }

  clear() {
    this.element?.remove();
    this.element = null;
  }
}
