// A number that is dragged or typed: the browser's own inputs, which keyboards and screen readers
// know, in place of Bokeh's, which have no names. What is typed is read as in a lesson's cell; a
// field of the kind "number" would make 3 of −3, and 35 of 3,5.

import { attribute, h, say } from "../../../stage/dom.js";
import { parse } from "../../../stage/entry.js";
import { clamp, filled, style } from "./frame.js";
import css from "./dial.css";

/**
 * @typedef {{value: number, start: number, end: number, step: number, label: string, typed: boolean,
 *   words: Record<string, string>, on: (names: string | string[], follow: () => void) => void}} Model
 */

/** @type {Record<string, number>} */
const ARROWS = { ArrowUp: 1, ArrowDown: -1 };

/** @param {{model: Model}} context */
export function render({ model }) {
  const name = h("span");
  const input = h("input", model.typed ? { type: "text", inputmode: "numeric", autocomplete: "off" } : { type: "range" });
  const problem = h("span", { class: "problem", role: "alert", hidden: true });

  /** @param {string} text */
  const tell = (text) => {
    say(problem, text);
    problem.hidden = !text;
    attribute(input, "aria-invalid", text && "true");
  };
  const show = () => {
    if (!model.typed) Object.assign(input, { min: model.start, max: model.end, step: model.step });
    input.value = String(model.value);
    say(name, model.typed ? model.label : `${model.label}: ${input.value}`);
    tell("");
  };
  const take = () => {
    try {
      const number = parse(input.value, [model.start, model.end]);
      if (model.typed && !Number.isInteger(number)) throw new RangeError();
      model.value = number;
      show();
    } catch {
      // what makes no sense stays to be mended
      tell(filled(model.words.whole ?? "", { low: model.start, high: model.end.toLocaleString("en") }));
    }
  };
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.key === "Escape") return show();
    if (!(event.key in ARROWS)) return;
    event.preventDefault();
    model.value = clamp(model.value + ARROWS[event.key] * model.step, model.start, model.end);
    show();
  };

  input.addEventListener(model.typed ? "change" : "input", take);
  if (model.typed) input.addEventListener("keydown", key);
  model.on(["label", "value", "start", "end"], show);
  show();
  return h("label", {}, style(css), name, input, problem);
}
