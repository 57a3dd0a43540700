// Where names stand in a picture: beside their points, and on nothing else if there is any room.

import { HEIGHT, s, WIDTH } from "./svg.js";

/** @typedef {{x: number, y: number}} Point */
/** @typedef {[Point, Point]} Line */
/** @typedef {{left: number, right: number, top: number, bottom: number}} Box */

/** Text of 11 px: how wide a letter is and how high a line, and how far a name is from its point. */
const [LETTER, WIDE, LINE] = [6.7, 11.5, 13];
const NEAR = 8;
const RINGS = [0, 9, 20, 34, 52];
const DIRECTIONS = 16;
/** Half of a point's dot, with a little air. */
const DOT = 6;

/**
 * The names of some points. Each is tried around its point, the near places before the far and
 * those away from `from` before the others, and stands where it covers least; a line leads to one
 * that had to go far. Same points, same places.
 * @param {(Point & {name: string})[]} points
 * @param {Line[]} lines what else is drawn
 * @param {Point} from
 * @returns {SVGElement[]}
 */
export function names(points, lines, from) {
  /** @type {Box[]} */
  const taken = [];
  return points.flatMap(({ x, y, name }) => {
    const width = [...name].reduce((sum, letter) => sum + (letter > "\u2e80" ? WIDE : LETTER), 0);
    const outwards = Math.atan2(y - from.y, x - from.x);
    let best = { cost: Infinity, box: { left: 0, right: 0, top: 0, bottom: 0 }, far: false };
    for (const ring of RINGS) {
      for (let turn = 0; turn < DIRECTIONS; turn++) {
        // 0, 1, −1, 2, −2 … steps aside
        const aside = ((turn % 2 ? 1 : -1) * Math.ceil(turn / 2) * 2 * Math.PI) / DIRECTIONS;
        const [cos, sin] = [Math.cos(outwards + aside), Math.sin(outwards + aside)];
        const [midX, midY] = [x + cos * (NEAR + ring + width / 2), y + sin * (NEAR + ring + LINE / 2)];
        const box = { left: midX - width / 2, right: midX + width / 2, top: midY - LINE / 2, bottom: midY + LINE / 2 };
        let cost = ring / 10 + turn / 100;
        // a place that costs more already is not looked at: a curve has a hundred lines
        if (cost >= best.cost) continue;
        const [dotted, lined] = [grown(box, DOT), grown(box, 2)];
        if (box.left < 0 || box.right > WIDTH || box.top < 0 || box.bottom > HEIGHT) cost += 30;
        cost += 20 * taken.filter((other) => meet(box, other)).length;
        cost += 20 * points.filter((point) => crosses([point, point], dotted)).length;
        if (cost < best.cost) cost += 10 * lines.filter((line) => crosses(line, lined)).length;
        if (cost < best.cost) best = { cost, box, far: ring > RINGS[1] };
      }
    }
    const { box, far } = best;
    taken.push(box);
    const within = (/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ high) =>
      Math.min(high, Math.max(low, value));
    const end = `${within(x, box.left, box.right).toFixed(1)} ${within(y, box.top, box.bottom).toFixed(1)}`;
    return [
      ...(far ? [s("path", { class: "rule", d: `M${x.toFixed(1)} ${y.toFixed(1)}L${end}` })] : []),
      s("text", { class: "name", x: (box.left + box.right) / 2, y: box.bottom - 3, "text-anchor": "middle" }, name),
    ];
  });
}

/** @param {Box} box @param {number} by */
function grown({ left, right, top, bottom }, by) {
  return { left: left - by, right: right + by, top: top - by, bottom: bottom + by };
}

/** @param {Box} a @param {Box} b */
function meet(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/**
 * Whether any of a line lies in a box: what is left of it when each side has cut off its part.
 * @param {Line} line
 * @param {Box} box
 */
function crosses([a, b], { left, right, top, bottom }) {
  let [start, end] = [0, 1];
  for (const [from, way, low, high] of [[a.x, b.x - a.x, left, right], [a.y, b.y - a.y, top, bottom]]) {
    if (way === 0) {
      if (from < low || from > high) return false;
    } else {
      const ends = [(low - from) / way, (high - from) / way];
      start = Math.max(start, Math.min(...ends));
      end = Math.min(end, Math.max(...ends));
    }
  }
  return start <= end;
}
