// A curve: a function, with a point at each number of an array.

import { names } from "./labels.js";
import { text } from "./strings.js";
import { HEIGHT, s, scale, signed, ticks, WIDTH } from "./svg.js";

/** @import {Drawn, Shown} from "./figures.js" */
/** @import {Words} from "./strings.js" */

/** @type {Record<string, [string, (x: number) => number]>} */
const FUNCTIONS = {
  sigmoid: ["σ", (x) => 1 / (1 + Math.exp(-x))],
  relu: ["ReLU", (x) => Math.max(x, 0)],
  tanh: ["tanh", Math.tanh],
  exp: ["exp", Math.exp],
};
const [LEFT, TOP, FLOOR] = [34, 12, HEIGHT - 34];
/** Points that each get their number; more would cover each other. */
const TOLD = 4;
const POINTS = 96;

/**
 * @param {Shown} shown
 * @param {string} name of the function
 * @param {Words} say
 * @returns {Drawn}
 */
export function curve(shown, name, say) {
  const [sign, f] = FUNCTIONS[name] ?? FUNCTIONS.sigmoid;
  const given = shown.rows.flatMap((_, i) => shown.columns.map((_, j) => shown.at(i, j))).filter(Number.isFinite);
  const reach = Math.max(5, ...given.map((value) => 1.3 * Math.abs(value)));
  const along = Array.from({ length: POINTS + 1 }, (_, i) => reach * ((2 * i) / POINTS - 1));
  const [low, high] = [Math.min(0, ...along.map(f)), Math.max(...along.map(f))];
  const x = scale([-reach, reach], [LEFT, WIDTH - 6]);
  const y = scale([low, high], [FLOOR, TOP]);
  const point = (/** @type {number} */ at) => ({ x: x(at), y: y(f(at)) });
  const line = along.map(point);
  const path = line.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L");
  const told = given.map((at) => `${sign}(${signed(short(at))}) = ${signed(short(f(at)))}`);
  return {
    told: text(say.figureCurve, { name: sign, numbers: told.join(say.semicolon) }),
    shapes: [
      ...ticks(low, high).flatMap((tick) => [
        s("path", { class: "rule", d: `M${LEFT} ${y(tick).toFixed(1)}H${WIDTH - 6}` }),
        s("text", { x: LEFT - 5, y: y(tick) + 4, "text-anchor": "end" }, signed(tick)),
      ]),
      ...ticks(-reach, reach).map((tick) => s("text", { x: x(tick), y: FLOOR + 14, "text-anchor": "middle" }, signed(tick))),
      s("text", { class: "name", x: (LEFT + WIDTH) / 2, y: HEIGHT - 5, "text-anchor": "middle" }, shown.label),
      s("path", { class: "curve", d: `M${path}` }),
      ...given.map((at) => s("circle", { class: "point", "data-role": shown.role, cx: x(at), cy: y(f(at)), r: 5 })),
      ...(given.length > TOLD ? [] : names(
        given.map((at, i) => ({ ...point(at), name: told[i] })),
        line.slice(1).map((to, i) => [line[i], to]),
        { x: WIDTH, y: HEIGHT },
      )),
    ],
  };
}

/** @param {number} value */
function short(value) {
  return Number(value.toPrecision(2));
}
