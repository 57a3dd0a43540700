// The logit lens of the chosen token, and what the model expects after the prompt.

import { attribute, fill, h, say, sentence } from "../../../stage/dom.js";
import { shown } from "../../browser/tokens.js";
import { text, words } from "./strings.js";
import { percent } from "./writing.js";

/** @import {Capture} from "./capture.js" */
/** @import {Store} from "./state.js" */

/**
 * @param {Capture} capture
 * @param {Store} store
 */
export function lens(capture, store) {
  const { tokens, document: made } = capture;
  const title = h("h2", { id: "lens-title" });
  const about = h("p", { class: "mute" });
  const head = h("tr", {});
  const body = h("tbody", {});
  const came = h("p", { class: "mute" });
  const table = h("div", { class: "scroller", role: "region", tabindex: 0, "aria-labelledby": "lens-title" },
    h("table", { class: "lens" }, h("thead", {}, head), body));

  store.listen(({ token, language }) => {
    const said = words(language);
    const named = h("em", { class: "query" }, text(said.one, { i: token, text: `\u2068${shown(tokens[token])}\u2069` }));
    const kept = token >= capture.lens.first;
    say(title, said.lens);
    fill(about, kept ? sentence(said.lensAbout, { token: named })
      : [text(said.lensMissing, { n: tokens.length - capture.lens.first })]);
    attribute(table, "hidden", !kept);
    attribute(came, "hidden", !kept || token + 1 === tokens.length);
    say(came, said.lensCame);
    if (!kept) return;
    fill(head, [
      h("th", { scope: "col" }, said.lensLayer),
      ...Array.from({ length: capture.lens.top }, (_, i) => h("th", { scope: "col" }, text(said.lensPlace, { i: i + 1 }))),
      h("th", { scope: "col" }, said.lensNorm),
    ]);
    fill(body, Array.from({ length: made.model.layers + 1 }, (_, layer) => h("tr", {},
      h("th", { scope: "row" }, layer === made.model.layers ? said.lensEnd : layer),
      ...(capture.predictions(layer, token) ?? []).map((one) => {
        const cell = h("td", { class: one.came ? "came" : null },
          h("bdi", {}, shown(one.text)), " ", h("span", { class: "mute" }, percent(one.share)));
        cell.style.setProperty("--share", `${100 * one.share}%`);
        return cell;
      }),
      h("td", { class: "norm" }, capture.norm(layer, token).toPrecision(3)))));
  });
  return h("section", {}, title, about, table, came);
}

/**
 * @param {Capture} capture
 * @param {Store} store
 */
export function next(capture, store) {
  const title = h("h2", {});
  const about = h("p", { class: "mute" });
  const [{ probability: largest }] = capture.document.next;
  const rows = capture.document.next.map((one) => {
    const bar = h("span", { class: "bar" });
    bar.style.setProperty("--share", `${(100 * one.probability) / largest}%`);
    return h("li", { title: `id ${one.id}` }, h("bdi", { class: "what" }, shown(one.text)),
      h("span", { class: "rail", "aria-hidden": "true" }, bar), h("span", { class: "percent" }, percent(one.probability)));
  });
  store.listen(({ language }) => {
    say(title, words(language).next);
    say(about, words(language).nextAbout);
  });
  return h("section", {}, title, about, h("ol", { class: "next" }, ...rows));
}
