// How large the sheet is drawn, and which part of it is in view when it is larger than its area.

/** The sheet fills the free area between these sizes; 1 is 14 px text in the cells. */
const [SMALLEST, LARGEST] = [0.75, 1.8];
/** Whoever has to scroll in any case can at least read easily. */
const READABLE = 0.86;
/** But down to this size, rather than scroll sideways as well as down. */
const DOWNWARDS = 0.79;
/** What a browser's own bar takes of the width, where there is one. */
const SCROLLBAR = 15;
/** Text of this size, in px, is what scale 1 means; the style sheet says so too. */
const TEXT = 14;
/** On a phone cells must stay big enough for a finger. */
const READABLE_NARROW = 1.15;
const NARROW = 800;
/** One press on a size button. */
const STEP = 1.15;
const MARGIN = 12;

export class Fit {
  /**
   * @param {HTMLElement} area that scrolls
   * @param {HTMLElement} content that is as large as `--scale` makes it
   * @param {() => {width: number, height: number}} natural size of the content in em; asking
   *   the browser instead would make it lay out everything twice
   * @param {() => void} resized
   * @param {number} steps presses on the size buttons so far
   */
  constructor(area, content, natural, resized, steps) {
    this.area = area;
    this.content = content;
    this.natural = natural;
    this.resized = resized;
    this.room = { width: 0, height: 0, narrow: false };
    this.scale = 1;
    this.steps = within(steps);
    this.held = 0;
    this.observer = new ResizeObserver(() => this.measure());
  }

  watch() {
    if (this.steps) this.zoom();
    this.observer.observe(this.area);
  }

  release() {
    this.observer.disconnect();
  }

  /** @param {1 | -1} step @returns {number} presses so far */
  resize(step) {
    this.steps = within(this.steps + step);
    this.zoom();
    this.update();
    return this.steps;
  }

  /** The words beside the sheet grow with it, and shrink no further than they are. */
  zoom() {
    this.area.parentElement?.style.setProperty("--zoom", String(STEP ** Math.max(0, this.steps)));
  }

  /** The area itself has become larger or smaller. */
  measure() {
    const { area } = this;
    this.room = {
      width: area.offsetWidth - 2 * MARGIN,
      height: area.offsetHeight - 2 * MARGIN,
      narrow: (area.parentElement?.offsetWidth ?? 0) <= NARROW,
    };
    this.update();
  }

  /**
   * The content has become wider, which would move it, since it stands in the middle. But what
   * stood at `before` and is at `after` now stays where it is on the screen. All in em.
   * @param {number} before
   * @param {number} after
   * @param {number} width of the content before
   */
  hold(before, after, width) {
    const px = TEXT * this.scale;
    const aside = (/** @type {number} */ em) => Math.max(0, (this.room.width - em * px) / 2);
    const now = aside(this.natural().width);
    this.held = Math.max(-now, this.held + aside(width) - now + (before - after) * px);
    this.content.style.left = `${this.held}px`;
  }

  /** Choose the scale anew. */
  update() {
    const { width, height, narrow } = this.room;
    if (width <= 0 || height <= 0) return;
    if (this.held) this.content.style.left = `${(this.held = 0)}px`;
    const natural = this.natural();
    const room = Math.min(width / natural.width, height / natural.height) / TEXT;
    const fits = room >= (narrow ? READABLE_NARROW : SMALLEST);
    const across = (width - SCROLLBAR) / natural.width / TEXT;
    const readable = across >= DOWNWARDS ? Math.min(READABLE, across) : READABLE;
    const fitting = fits ? Math.min(LARGEST, room) : narrow ? READABLE_NARROW : readable;
    const scale = Math.floor(fitting * STEP ** (narrow ? 0 : this.steps) * 100 + 1e-6) / 100;
    if (scale === this.scale) return;
    this.scale = scale;
    this.content.style.setProperty("--scale", String(scale));
    this.resized();
  }

  /** Whether there is more than the area shows. */
  get overflows() {
    const { width, height } = this.natural();
    const px = TEXT * this.scale;
    return width * px > this.room.width || height * px > this.room.height;
  }

  /**
   * Scroll so that some boxes are in view: all of them, or at least the first ones.
   * @param {HTMLElement[]} first
   * @param {HTMLElement[]} all
   * @param {boolean} smooth
   */
  reveal(first, all, smooth) {
    if (!first.length || !this.overflows) return;
    const { area, content } = this;
    const [wide, high] = [area.clientWidth, area.clientHeight];
    const [every, large] = [around(first, content), around(all, content)];
    // of several that are too large together, the first in full rather than the corner of all
    const fit = every.right - every.left <= wide && every.bottom - every.top <= high;
    const small = fit ? every : around(first.slice(0, 1), content);
    const left = along(large.left, large.right, small.left, small.right, area.scrollLeft, wide);
    const top = along(large.top, large.bottom, small.top, small.bottom, area.scrollTop, high);
    if (left === area.scrollLeft && top === area.scrollTop) return;
    area.scrollTo({ left, top, behavior: smooth ? "smooth" : "instant" });
  }
}

/** @param {number} steps */
const within = (steps) => Math.min(6, Math.max(-4, Math.round(steps) || 0));

/**
 * The box around some elements, as the scrolling area counts.
 * @param {HTMLElement[]} elements
 * @param {HTMLElement} content
 */
function around(elements, content) {
  const [x, y] = [content.offsetLeft, content.offsetTop];
  return {
    left: x + Math.min(...elements.map((e) => e.offsetLeft)) - MARGIN,
    right: x + Math.max(...elements.map((e) => e.offsetLeft + e.offsetWidth)) + MARGIN,
    top: y + Math.min(...elements.map((e) => e.offsetTop)) - MARGIN,
    bottom: y + Math.max(...elements.map((e) => e.offsetTop + e.offsetHeight)) + MARGIN,
  };
}

/**
 * Where to scroll along one axis: not at all if all is in view; else all in the middle if it
 * fits, else the first in the middle, or its beginning where even that is too long.
 * @param {number} start
 * @param {number} end
 * @param {number} firstStart
 * @param {number} firstEnd
 * @param {number} now
 * @param {number} length
 */
function along(start, end, firstStart, firstEnd, now, length) {
  if (start >= now && end <= now + length) return now;
  if (end - start <= length) return Math.max(0, (start + end - length) / 2);
  if (firstEnd - firstStart > length) return Math.max(0, firstStart);
  // as much of the rest as there is room for, on the side where it lies
  const before = firstStart - start >= end - firstEnd;
  return Math.max(0, before ? firstEnd - length : firstStart);
}
