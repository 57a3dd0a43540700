// How large the sheet is drawn, and which part of it is in view when it is larger than its area.

/** The sheet fills the free area between these sizes; 1 is 14 px text in the cells. */
const [SMALLEST, LARGEST] = [0.75, 1.8];
/** Text of this size, in px, is what scale 1 means; the style sheet says so too. */
const TEXT = 14;
/** On a phone cells must stay big enough for a finger. */
const SMALLEST_NARROW = 1.15;
const NARROW = 800;
/** One press on a size button. */
const STEP = 1.15;
const MARGIN = 18;
const SLACK = 1.25;

export class Fit {
  /**
   * @param {HTMLElement} area that scrolls
   * @param {HTMLElement} content that is as large as `--scale` makes it
   * @param {() => {width: number, height: number}} natural size of the content in em; asking
   *   the browser instead would make it lay out everything twice
   * @param {() => void} resized
   */
  constructor(area, content, natural, resized) {
    this.area = area;
    this.content = content;
    this.natural = natural;
    this.resized = resized;
    this.room = { width: 0, height: 0, narrow: false };
    this.scale = 1;
    this.steps = 0;
    this.observer = new ResizeObserver(() => this.measure());
  }

  watch() {
    this.observer.observe(this.area);
  }

  release() {
    this.observer.disconnect();
  }

  /** @param {1 | -1} step */
  resize(step) {
    this.steps = Math.min(6, Math.max(-4, this.steps + step));
    this.update();
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
   * Choose the scale anew.
   * @param {boolean} [calm] whether the sheet may stay a little smaller than it could be
   */
  update(calm = false) {
    const { width, height, narrow } = this.room;
    if (width <= 0 || height <= 0) return;
    const natural = this.natural();
    const room = Math.min(width / natural.width, height / natural.height) / TEXT;
    const fitting = Math.min(LARGEST, Math.max(narrow ? SMALLEST_NARROW : SMALLEST, room));
    const scale = Math.floor(fitting * STEP ** this.steps * 100 + 1e-6) / 100;
    if (scale === this.scale || (calm && scale > this.scale && scale < this.scale * SLACK)) return;
    this.scale = scale;
    this.content.style.setProperty("--scale", String(scale));
    this.resized();
  }

  /** Whether there is more than the area shows. */
  get overflows() {
    const { width, height } = this.natural();
    const size = TEXT * this.scale;
    return width * size > this.room.width || height * size > this.room.height;
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
