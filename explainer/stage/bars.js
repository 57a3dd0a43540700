// Bars: a group for each column of an array, a bar for each row.

import { text } from "./strings.js";
import { HEIGHT, s, scale, signed, ticks, WIDTH } from "./svg.js";

/** @import {Drawn, Shown} from "./figures.js" */
/** @import {Words} from "./strings.js" */

/** Letters that fit side by side below the bars; more are written upwards. */
const ACROSS = 34;
const [LEFT, TOP, LINE] = [34, 10, 14];
/** Bars between two groups. */
const GAP = 0.8;

/**
 * @param {Shown} shown
 * @param {Words} say
 * @returns {Drawn}
 */
export function bars(shown, say) {
  const { rows, columns } = shown;
  const cells = columns.flatMap((column, j) =>
    rows.flatMap((row, i) => (Number.isFinite(shown.at(i, j)) ? [{ i, j, row, column, value: shown.at(i, j) }] : [])));
  const named = columns.length > 1 || columns[0] !== "1";
  const upright = rows.length > 1 && columns.length * rows.join("").length > ACROSS;
  const longest = Math.max(...rows.map((row) => [...row].length));
  const below = (rows.length > 1 ? (upright ? 8 + 6 * longest : LINE) : 0) + (named ? LINE : 0);
  const floor = HEIGHT - below - 4;
  const values = cells.map(({ value }) => value);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const y = scale([low, high || (low ? 0 : 1)], [floor, TOP]);
  const width = (WIDTH - LEFT - 4) / (columns.length * (rows.length + GAP) - GAP);
  const x = (/** @type {number} */ i, /** @type {number} */ j) => LEFT + width * (j * (rows.length + GAP) + i);
  const told = cells.map(({ i, j, row, column }) => {
    const name = [named ? column : "", rows.length > 1 ? row : ""].filter(Boolean).join(" ");
    return `${name}${say.colon}${shown.told(i, j)}`;
  });
  return {
    told: text(say.figureBars, { label: shown.label, numbers: told.join(say.semicolon) }),
    shapes: [
      ...ticks(low, high || (low ? 0 : 1)).flatMap((tick) => [
        s("path", { class: "rule", d: `M${LEFT} ${y(tick).toFixed(1)}H${WIDTH}` }),
        s("text", { x: LEFT - 5, y: y(tick) + 4, "text-anchor": "end" }, signed(tick)),
      ]),
      ...cells.map(({ i, j, row, value }) =>
        s("rect", { class: "bar", "data-role": shown.role, x: x(i, j) + width * 0.06, width: width * 0.88,
          y: Math.min(y(0), y(value)), height: Math.abs(y(value) - y(0)) },
        s("title", {}, `${row} ${shown.told(i, j)}`))),
      ...(rows.length > 1 ? cells.map(({ i, j, row }) => {
        const [across, down] = [x(i, j) + width / 2, floor + 12];
        return upright
          ? s("text", { transform: `translate(${(across + 4).toFixed(1)} ${floor + 5}) rotate(-90)`, "text-anchor": "end" }, row)
          : s("text", { x: across, y: down, "text-anchor": "middle" }, row);
      }) : []),
      ...(named ? columns.map((column, j) =>
        s("text", { class: "name", x: x(0, j) + (width * rows.length) / 2, y: HEIGHT - 5, "text-anchor": "middle" }, column)) : []),
    ],
  };
}
