// How the numbers are kept, and how far each may be off.

import { fill, h } from "../../../stage/dom.js";
import { text, words } from "./strings.js";

/** @import {Capture} from "./capture.js" */
/** @import {Store} from "./state.js" */

/**
 * @param {Capture} capture
 * @param {Store} store
 */
export function notes(capture, store) {
  const largest = capture.heads.reduce((most, { largest: rows }) => rows.reduce((a, b) => Math.max(a, b), most), 0);
  const element = h("footer", {});
  store.listen(({ language }) => {
    const said = words(language);
    const made = Object.entries(capture.document.versions).map((pair) => pair.join(" ")).join(said.comma);
    fill(element, [
      h("h2", {}, said.kept),
      h("p", {}, [
        text(said.keptSteps, { error: (Math.ceil((largest / 510) * 1e4) / 1e4).toFixed(4) }),
        capture.pooled ? text(said.keptPooled, {
          tokens: capture.tokens.length.toLocaleString(language),
          side: capture.side,
          error: "0.00001",
        }) : "",
        said.keptProbabilities,
      ].filter(Boolean).join(" ")),
      h("p", {}, said.keptAlone, " ", text(said.versions, { versions: made })),
    ]);
  });
  return element;
}
