// A plane: the columns of an array as arrows from the origin, and a second array's as those that
// are asked about, with the angles to the first of them.

import { text } from "./strings.js";
import { HEIGHT, s, scale, signed, WIDTH } from "./svg.js";

/** @import {Drawn, Shown} from "./figures.js" */
/** @import {Words} from "./strings.js" */

/** Room around the arrows' ends, for their names. */
const [ASIDE, ABOVE] = [76, 18];

/**
 * @param {Shown[]} shown each with two rows
 * @param {Words} say
 * @returns {Drawn}
 */
export function plane(shown, say) {
  const arrows = shown.flatMap((group, which) =>
    group.columns.flatMap((name, j) => {
      const [x, y] = [group.at(0, j), group.at(1, j)];
      return Number.isFinite(x) && Number.isFinite(y) ? [{ name, x, y, which, role: group.role }] : [];
    }));
  const asked = arrows.find(({ which }) => which === 1);
  const named = arrows.map((arrow) => ({
    ...arrow,
    name: asked && arrow.which === 0 ? `${arrow.name} ${angle(arrow, asked).toFixed(0)}°` : arrow.name,
  }));
  const [xs, ys] = [[0, ...arrows.map(({ x }) => x)], [0, ...arrows.map(({ y }) => y)]];
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  // the same unit both ways, or an angle would not look as large as it is
  const unit = Math.min((WIDTH - 2 * ASIDE) / (right - left || 1), (HEIGHT - 2 * ABOVE) / (high - low || 1));
  const [midX, midY] = [(left + right) / 2, (low + high) / 2];
  const x = scale([midX, midX + 1], [WIDTH / 2, WIDTH / 2 + unit]);
  const y = scale([midY, midY + 1], [HEIGHT / 2, HEIGHT / 2 - unit]);
  return {
    told: text(say.figurePlane, {
      vectors: named.map(({ name, x, y }) => `${name} (${signed(round(x))}, ${signed(round(y))})`).join(say.semicolon),
    }),
    shapes: [
      s("path", { class: "rule", d: `M0 ${y(0).toFixed(1)}H${WIDTH}M${x(0).toFixed(1)} 0V${HEIGHT}` }),
      ...named.map((arrow) => {
        const [toX, toY] = [x(arrow.x), y(arrow.y)];
        const outwards = arrow.x >= 0 ? 7 : -7;
        return s("g", { class: arrow.which ? "vector asked" : "vector", "data-role": arrow.role },
          s("path", { d: `M${x(0).toFixed(1)} ${y(0).toFixed(1)}L${toX.toFixed(1)} ${toY.toFixed(1)}` }),
          s("circle", { cx: toX, cy: toY, r: 4 }),
          s("text", { class: "name", x: toX + outwards, y: toY + (arrow.y >= 0 ? -4 : 12),
            "text-anchor": arrow.x >= 0 ? "start" : "end" }, arrow.name));
      }),
    ],
  };
}

/** @typedef {{x: number, y: number}} Point */

/** @param {Point} a @param {Point} b @returns {number} degrees; 90 where one has no direction */
function angle(a, b) {
  const lengths = Math.hypot(a.x, a.y) * Math.hypot(b.x, b.y);
  const cosine = lengths ? (a.x * b.x + a.y * b.y) / lengths : 0;
  return (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI;
}

/** @param {number} value */
function round(value) {
  return Number(value.toPrecision(4));
}
