// A plane: the columns of an array as arrows from the origin, and a second array's as those that
// are asked about, with the angles to the first of them.

import { names } from "./labels.js";
import { text } from "./strings.js";
import { HEIGHT, s, scale, signed, WIDTH } from "./svg.js";

/** @import {Drawn, Shown} from "./figures.js" */
/** @import {Point} from "./labels.js" */
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
  const origin = { x: x(0), y: y(0) };
  const ends = named.map((arrow) => ({ ...arrow, x: x(arrow.x), y: y(arrow.y) }));
  return {
    told: text(say.figurePlane, {
      vectors: named.map(({ name, x, y }) => `${name} (${signed(round(x))}, ${signed(round(y))})`).join(say.semicolon),
    }),
    shapes: [
      s("path", { class: "rule", d: `M0 ${y(0).toFixed(1)}H${WIDTH}M${x(0).toFixed(1)} 0V${HEIGHT}` }),
      ...ends.map(({ x, y, which, role }) =>
        s("g", { class: which ? "vector asked" : "vector", "data-role": role },
          s("path", { d: `M${origin.x.toFixed(1)} ${origin.y.toFixed(1)}L${x.toFixed(1)} ${y.toFixed(1)}` }),
          s("circle", { cx: x, cy: y, r: 4 }))),
      ...names(ends, ends.map((end) => [origin, end]), origin),
    ],
  };
}

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
