// The rules of arithmetic by hand that a lesson needs, from the operations in its graph.

import { h, marked } from "./dom.js";
import { format, markup } from "./format.js";
import { text } from "./strings.js";
import { said } from "./worksheet-words.js";

/** @import {Child} from "./dom.js" */
/** @import {Node} from "./types.js" */
/** @import {Sheet} from "./sheet.js" */

/** What powers and σ are listed for, at most. */
const [LOWEST, HIGHEST] = [-3, 5];

/**
 * The rules, each as nodes, in the order in which a lesson mostly needs them.
 * @param {Sheet} sheet
 * @returns {Child[][]}
 */
export function rules(sheet) {
  const say = said(sheet.language);
  const { nodes } = sheet.graph;
  const all = (/** @type {string} */ op) => nodes.filter((node) => node.op === op);
  const input = (/** @type {Node} */ node, /** @type {number} */ at) => sheet.values[node.inputs?.[at] ?? 0];
  const only = (/** @type {Node} */ node, /** @type {number} */ at) => {
    const { data } = input(node, at);
    return data.length === 1 ? data[0] : NaN;
  };
  /** @type {Child[][]} */
  const found = [];
  const add = (/** @type {string} */ rule) => found.push(marked(markup(rule), () => "plain"));
  if (all("matmul").length) add(say.product);
  if (all("transpose").length) add(say.transpose);
  if (all("floor").length || all("floor_divide").length) add(say.floor);
  if (all("maximum").some((node) => [0, 1].some((at) => only(node, at) === 0))) add(say.relu);
  const powers = all("power").filter((node) => Number.isInteger(only(node, 0)));
  for (const base of new Set(powers.map((node) => only(node, 0)))) {
    const exponents = powers.filter((node) => only(node, 0) === base).flatMap((node) => [...input(node, 1).data]);
    const [low, high] = [Math.max(LOWEST, Math.min(0, ...exponents)), Math.min(HIGHEST, Math.max(4, ...exponents))];
    const list = span(low, high).map((n) => `${base}^{${format(n)}} = ${n < 0 ? `1/${base ** -n}` : base ** n}`);
    add(text(say.powers, { powers: list.join(", ") }));
    const summed = all("sum").find((node) => (node.inputs ?? []).some((at) => powers.includes(nodes[at])));
    if (summed) add(text(summed.attributes?.axis === 0 ? say.softmax : say.softmaxRows, { base }));
  }
  if (all("sigmoid").length) {
    found.push([say.sigmoid, h("br"), span(-3, 3).map((n) => `σ(${format(n)}) = ${Math.round(10 / (1 + Math.exp(-n))) / 10}`).join(", ")]);
  }
  if (all("mean").length) add(say.mean);
  for (const decimals of new Set(all("round").map((node) => node.attributes?.decimals ?? 0))) {
    if (say.decimals[decimals]) add(say.decimals[decimals]);
  }
  if (all("argmax").length) add(say.argmax);
  for (const k of new Set(all("top_k_mask").map((node) => node.attributes?.k))) add(text(say.top, { k }));
  if (all("only").length) add(say.left);
  return found;
}

/** @param {number} low @param {number} high */
function span(low, high) {
  return Array.from({ length: Math.floor(high - low) + 1 }, (_, i) => low + i);
}
