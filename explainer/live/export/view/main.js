// A saved capture: reads the document that stands in the page, and shows it.

import { h } from "../../../stage/dom.js";
import { Capture } from "./capture.js";
import { chooser } from "./chooser.js";
import { Colours } from "./colours.js";
import { header } from "./header.js";
import { map } from "./map.js";
import { notes } from "./notes.js";
import { initial, read, Store, write } from "./state.js";
import { strip } from "./strip.js";
import { words } from "./strings.js";
import { lens, next } from "./tables.js";

/** @import {Document} from "./types.js" */

const VERSION = 1;
const root = document.documentElement;
const opensIn = root.lang.startsWith("zh") ? "zh" : "en";

/** @param {Capture} capture */
function show(capture) {
  const opens = initial(capture, opensIn);
  const store = new Store(read(location.hash, capture, opens));
  let colours = new Colours(document.body);
  const current = () => colours;
  const repaint = () => {
    colours = new Colours(document.body);
    store.set({});
  };

  let shown = store.state.theme;
  store.listen(({ theme, language }) => {
    root.lang = language === "zh" ? "zh-Hans" : language;
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    if (theme !== shown) colours = new Colours(document.body);
    shown = theme;
  });
  document.body.append(
    header(capture, store),
    h("main", {},
      strip(capture, store),
      chooser(capture, store, current),
      map(capture, store, current),
      h("div", { class: "side" }, next(capture, store), lens(capture, store))),
    notes(capture, store),
  );
  store.listen((state) => {
    const hash = write(state, capture, opens);
    if (hash !== location.hash.slice(1)) {
      history.replaceState(null, "", hash ? `#${hash}` : location.href.split("#")[0]);
    }
  });
  addEventListener("hashchange", () => store.set(read(location.hash, capture, opens)));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  // paper is white
  let { theme } = store.state;
  addEventListener("beforeprint", () => {
    ({ theme } = store.state);
    store.set({ theme: "light" });
  });
  addEventListener("afterprint", () => store.set({ theme }));
  repaint();
}

/** @param {unknown} error */
function fail(error) {
  const said = words(opensIn);
  const why = typeof DecompressionStream === "undefined" ? said.old : error instanceof RangeError ? said.newer : said.damaged;
  document.body.append(h("p", { class: "notice", role: "alert" }, said.broken.replace("{why}", why)));
}

try {
  /** @type {Document} */
  const made = JSON.parse(document.getElementById("capture")?.textContent ?? "");
  if (made.version > VERSION) throw new RangeError(`version ${made.version}`);
  Capture.open(made).then(show).catch(fail);
} catch (error) {
  fail(error);
}
