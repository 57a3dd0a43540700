// The pictures on the buttons, drawn rather than typed: fonts turn some glyphs into emoji.

/** Outlines on a 16 × 16 field; a leading "." marks a filled one. */
const ICONS = {
  first: ["M3.5 3v10", ".M12.5 3.5v9L6 8z"],
  previous: [".M11.5 3v10L4 8z"],
  play: [".M4.5 2.8v10.4L13 8z"],
  pause: ["M5.5 3.5v9", "M10.5 3.5v9"],
  next: ["M5 3.2v9.6L12.2 8z"],
  again: ["M12.8 9.2a5 5 0 1 1-1.1-4.6L13 6", "M13.2 2.6V6H9.8"],
  auto: ["M8 2.2a5.8 5.8 0 1 0 0 11.6z", ".M8 2.2a5.8 5.8 0 0 1 0 11.6z"],
  light: ["M8 5.2a2.8 2.8 0 1 0 .01 0", "M8 1v1.4M8 13.6V15M1 8h1.4M13.6 8H15M3.1 3.1l1 1M11.9 11.9l1 1M3.1 12.9l1-1M11.9 4.1l1-1"],
  dark: ["M13 9.6A5.6 5.6 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6z"],
  link: ["M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.3-2.3a2.6 2.6 0 0 0-3.7-3.7L8.3 4", "M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.2 9.1a2.6 2.6 0 0 0 3.7 3.7l.8-.8"],
  undo: ["M6.2 2.6L3 5.8 6.2 9", "M3.4 5.8h5.4a3.8 3.8 0 0 1 0 7.6H6"],
  redo: ["M9.8 2.6L13 5.8 9.8 9", "M12.6 5.8H7.2a3.8 3.8 0 0 0 0 7.6H10"],
  more: [".M3 6.8h2v2.4H3zM7 6.8h2v2.4H7zM11 6.8h2v2.4h-2z"],
  practice: ["M3 13l.7-3 7-7 2.3 2.3-7 7z"],
  done: ["M3 8.6l3.4 3.4L13 4.6"],
  close: ["M4 4l8 8M12 4l-8 8"],
};

/** @typedef {keyof typeof ICONS} Icon */

/**
 * A small picture in the colour of the text around it, silent to screen readers.
 * @param {Icon} name
 * @returns {SVGElement}
 */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  for (const outline of ICONS[name]) {
    const path = document.createElementNS(space, "path");
    if (outline.startsWith(".")) path.setAttribute("class", "solid");
    path.setAttribute("d", outline.replace(/^\./, ""));
    svg.append(path);
  }
  return svg;
}
