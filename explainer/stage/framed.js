// What a lesson's page tells the page that frames it: how high the frame should be.

/** @import {Stage} from "./stage.js" */

/** Text of 14 px in the cells, and the margin around the sheet on both sides: fit.js. */
const [TEXT, MARGINS] = [14, 24];
/** What the words have of the height where they stand below the sheet: stage.css. */
const BELOW = 0.46;

/**
 * Tell it whenever that changes, as `{type: "explainer-size", height}` in px: so high that neither
 * the sheet, in text of a plain size, nor the words scroll; but no higher than the screen, since
 * both belong together. A frame never becomes lower: nothing on the page around it jumps.
 * @param {Stage} stage
 */
export function tellSize(stage) {
  if (window.parent === window) return;
  const { area, fit, narration, drawing, inspector, listening } = stage;
  let told = 0;
  // asked of a finished layout, which costs nothing
  const observer = new ResizeObserver(() => {
    const { width, height } = fit.natural();
    const scale = Math.min(1, fit.room.width / width / TEXT);
    const below = height * TEXT * scale + MARGINS - area.clientHeight;
    const more = Math.max(0, below, beyond(narration.element) + beyond(narration.spoken));
    const wanted = innerHeight + Math.ceil(more / (fit.room.narrow ? BELOW : 1));
    const most = Math.max(innerHeight, Math.min(wanted, screen.availHeight));
    if (most !== told) window.parent.postMessage({ type: "explainer-size", height: (told = most) }, "*");
  });
  for (const one of [area, drawing.element, narration.words, inspector.element]) observer.observe(one);
  listening.signal.addEventListener("abort", () => observer.disconnect());
}

/** @param {Element} element how much of what it holds it does not show */
const beyond = ({ scrollHeight, clientHeight }) => scrollHeight - clientHeight;
