// Putting a formula's parts together: operands into templates, brackets, negative numbers.
//
// A number without an array is a part with an empty name until `finish`, since brackets around a
// negative number depend on what stands beside it.

import { add } from "./markup.js";

/** @import {Part} from "./types.js" */

/** A longer sum is shortened to this many terms, the last among them. */
const LONGEST = 12;
const OPERATOR = /(^|\s)mod\s*$|[+\u2212×÷·/√¬]\s*$/;
const OPENS = /([([{⌊⌈|]|, )$/;
const CLOSES = /^[)\]}⌋⌉|,]/;

/**
 * The template with what belongs at each placeholder; the pattern's group is its number.
 * @param {Part[]} template
 * @param {RegExp} pattern
 * @param {(index: number) => Part[]} replacement
 * @returns {Part[]}
 */
export function substitute(template, pattern, replacement) {
  return template.flatMap((part) => {
    if (typeof part !== "string") {
      if ("sub" in part) return [{ sub: substitute(part.sub, pattern, replacement) }];
      if ("sup" in part) return [{ sup: substitute(part.sup, pattern, replacement) }];
      return [part];
    }
    /** @type {Part[]} */
    const parts = [];
    for (let rest = part; rest; ) {
      const found = pattern.exec(rest);
      if (!found) return [...parts, rest];
      if (found.index) parts.push(rest.slice(0, found.index));
      parts.push(...replacement(Number(found[1] ?? 0)));
      rest = rest.slice(found.index + found[0].length);
    }
    return parts;
  });
}

/**
 * All terms in one line, a long one with "…" for its middle, put at `$` in `around`.
 * @param {Part[][]} terms
 * @param {string} join
 * @param {Part[]} around
 * @returns {Part[]}
 */
export function joined(terms, join, around) {
  const all = terms.length > LONGEST ? [...terms.slice(0, LONGEST - 2), ["…"], ...terms.slice(-1)] : terms;
  const line = all.flatMap((term, i) => (i ? [join, ...term] : term));
  return substitute(around, /\$/, () => line);
}

/**
 * An operand, in brackets where it binds no more strongly than the operation around it.
 *
 * Between brackets, bars or commas of the template itself, and in a superscript, none are needed.
 * @param {Part[]} parts
 * @param {string} term the template
 * @param {number} index the operand's number there
 * @param {number} own how the operand binds: 0 as one number, 1 power, 2 times, 3 plus, 4 compared
 * @param {number} binds how the operation binds, by the same scale
 * @returns {Part[]}
 */
export function bracketed(parts, term, index, own, binds) {
  const [before, after = ""] = term.split(`$${index}`);
  const enclosed = OPENS.test(before) && CLOSES.test(after);
  // a function of several operands with signs between them, such as ⌊a ÷ b⌋
  // a + b + c and a − b − c are read from the left
  const leads = index === 0 && own === binds && (binds === 2 || binds === 3);
  const needed = own > 0 && !enclosed && !leads && own >= (binds || 2);
  return needed ? ["(", ...parts, ")"] : parts;
}

/**
 * The parts to show: negative numbers in brackets where a sign stands before them or a power
 * after, numbers without an array as text.
 * @param {Part[]} parts
 * @param {string} before what stands before them
 * @returns {Part[]}
 */
export function finish(parts, before) {
  /** @type {Part[]} */
  const shown = [];
  parts.forEach((part, i) => {
    if (typeof part === "string") {
      add(shown, part);
      before = part;
      return;
    }
    const next = parts[i + 1];
    if ("sub" in part) add(shown, { sub: finish(part.sub, "") });
    else if ("sup" in part) add(shown, { sup: finish(part.sup, "") });
    else {
      const raised = typeof next === "object" && "sup" in next;
      const negative = part.text.startsWith("\u2212") && (raised || OPERATOR.test(before));
      if (negative) add(shown, "(");
      add(shown, part.name ? part : part.text);
      if (negative) add(shown, ")");
    }
    before = "";
  });
  return shown;
}
