// Steps in parts: `align/chain` is a part of the step `align`, and has its number with a letter.

/** @import {Step} from "./types.js" */

/** @param {Step} [step] */
const isFurther = (step) => step?.id.includes("/") ?? false;

/**
 * What each step is called by: 1, 2, and 3a, 3b where the third has parts.
 * @param {Step[]} steps
 * @returns {string[]}
 */
export function numbers(steps) {
  let [number, part] = [0, 0];
  return steps.map((step, i) => {
    if (isFurther(step)) part += 1;
    else [number, part] = [number + 1, 0];
    return number + (part || isFurther(steps[i + 1]) ? String.fromCharCode(97 + part) : "");
  });
}
