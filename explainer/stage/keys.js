// Which key does what to the transport. Cells take the arrows for themselves while they have
// the focus; the other keys work everywhere but in a field that is typed into.

/** @import {Transport} from "./play.js" */

/** @type {Record<string, (transport: Transport) => void>} */
const ANYWHERE = {
  " ": (transport) => transport.toggle(),
  PageDown: (transport) => transport.next(),
  PageUp: (transport) => transport.previous(),
  "]": (transport) => transport.next(),
  "[": (transport) => transport.previous(),
  n: (transport) => transport.next(),
  p: (transport) => transport.previous(),
  r: (transport) => transport.replay(),
  Escape: (transport) => transport.skip(),
};

/** @type {Record<string, (transport: Transport) => void>} */
const OUTSIDE_CELLS = {
  ArrowRight: (transport) => transport.next(),
  ArrowLeft: (transport) => transport.previous(),
  Home: (transport) => transport.jump(0),
  End: (transport) => transport.jump(transport.sheet.steps.length - 1),
};

/**
 * Let the transport have a key, if it is one of its own where it was pressed.
 * @param {KeyboardEvent} event
 * @param {Transport} transport
 * @returns {boolean} whether it was taken
 */
export function steer(event, transport) {
  const target = event.composedPath()[0];
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (target instanceof Element) {
    if (target.closest("input, textarea, select, [contenteditable]")) return false;
    const isControl = target.closest("button, a, summary") !== null;
    if (isControl && (event.key === " " || event.key === "Enter")) return false;
  }
  const inCell = target instanceof Element && target.closest("td[data-cell]") !== null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const act = ANYWHERE[key] ?? (inCell ? undefined : OUTSIDE_CELLS[key]);
  if (act) {
    act(transport);
  } else {
    const step = /^[1-9]$/.test(key) ? transport.sheet.numbers.findIndex((called) => parseInt(called) === Number(key)) : -1;
    if (step < 0) return false;
    transport.jump(step);
  }
  event.preventDefault();
  return true;
}
