// Which key does what on the stage. Cells take the arrows, and what begins a number, for themselves
// while they have the focus; fields and buttons have their own keys. What is taken here reaches
// nobody else: around an embedded lesson a page or a slide deck has keys of its own.

/** @import {Transport} from "./play.js" */
/** @import {Stage} from "./stage.js" */

/** @typedef {(transport: Transport) => boolean} Act whether there was anything to do */

/** @type {Act} */
const next = (transport) => transport.next();
/** @type {Act} */
const previous = (transport) => transport.previous();

/** @type {Record<string, Act>} */
const ANYWHERE = {
  " ": (transport) => transport.toggle(),
  PageDown: next,
  PageUp: previous,
};

/** @type {Record<string, Act>} */
const OUTSIDE_CELLS = {
  ArrowRight: next,
  ArrowLeft: previous,
  Home: (transport) => transport.jump(0),
  End: (transport) => transport.jump(transport.sheet.steps.length - 1),
};

/** Of a page that is the lesson's: elsewhere they are a site's own shortcuts. @type {Record<string, Act>} */
const SIGNS = {
  "]": next,
  "[": previous,
  n: next,
  p: previous,
  r: (transport) => transport.replay(),
};

/**
 * Let the stage have a key, if it is one of its own where it was pressed.
 * @param {KeyboardEvent} event
 * @param {Stage} stage
 * @param {boolean} whole whether the page is the lesson's, and not somebody else's
 * @returns {"taken" | "idle" | "free"} idle: known here, but there was nothing to do
 */
export function steer(event, stage, whole) {
  const { transport } = stage;
  const target = event.composedPath()[0];
  const at = (/** @type {string} */ where) => target instanceof Element && target.closest(where) !== null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const command = event.ctrlKey || event.metaKey;
  const typing = at("input, textarea, select, [contenteditable]");
  if (event.defaultPrevented || event.altKey || (typing && command)) return "taken";
  /** @type {(() => boolean) | null} */
  let act = null;
  if (command) {
    if (key === "z" && !event.shiftKey) act = () => stage.turn("undo");
    else if (key === "y" || key === "z") act = () => stage.turn("redo");
  } else if (typing || (at("button, a, summary") && (key === " " || key === "Enter")) || scrolls(target, key)) {
    event.stopPropagation(); // the browser does with it what belongs there
    return "taken";
  } else if (key === "Escape") {
    if (transport.moving) act = () => transport.skip();
  } else if (whole && (key === "?" || event.key === "P")) {
    act = () => (key === "?" ? stage.showKeys() : stage.practise());
  } else {
    const step = /^[1-9]$/.test(key) ? transport.sheet.numbers.findIndex((called) => parseInt(called) === Number(key)) : -1;
    const does = ANYWHERE[key] ?? (at("td[data-cell]") ? undefined : OUTSIDE_CELLS[key]) ?? (whole ? SIGNS[key] : undefined);
    if (does) act = () => does(transport);
    else if (step >= 0) act = () => transport.jump(step);
  }
  if (!act) return "free";
  event.preventDefault();
  event.stopPropagation();
  if (event.repeat && transport.moving) return "taken"; // a key that is held down waits for the motion
  return act() ? "taken" : "idle";
}

/** @param {EventTarget | undefined} target @param {string} key */
function scrolls(target, key) {
  return /^Arrow(Up|Down)$/.test(key) && target instanceof Element && target.scrollHeight > target.clientHeight + 1;
}
