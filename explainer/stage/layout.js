// Where the places of a layout stand: grid areas for CSS, neighbours, and the nearest of several.

/** @typedef {{top: number, bottom: number, left: number, right: number}} Box */

export class Layout {
  /** @param {string[][]} rows place names, "." where nothing stands */
  constructor(rows) {
    /** @type {Map<string, Box>} */
    this.boxes = new Map();
    rows.forEach((row, r) =>
      row.forEach((place, c) => {
        if (place === ".") return;
        const box = this.boxes.get(place);
        if (box) {
          box.bottom = Math.max(box.bottom, r);
          box.right = Math.max(box.right, c);
        } else {
          this.boxes.set(place, { top: r, bottom: r, left: c, right: c });
        }
      }),
    );
    const order = [...this.boxes.keys()];
    /** Quotes are no part of a CSS name, so areas are numbered. */
    this.areas = rows
      .map((row) => `"${row.map((p) => (p === "." ? "." : `p${order.indexOf(p)}`)).join(" ")}"`)
      .join(" ");
    /** @type {(place: string) => string} */
    this.area = (place) => `p${order.indexOf(place)}`;
  }

  /** @param {string} place @returns {Box} */
  box(place) {
    return this.boxes.get(place) ?? { top: 0, bottom: 0, left: 0, right: 0 };
  }

  /**
   * The candidate that stands nearest to a place.
   * @param {string} place
   * @param {string[]} candidates
   * @returns {string | undefined}
   */
  nearest(place, candidates) {
    const here = this.box(place);
    const far = (/** @type {string} */ other) => {
      const there = this.box(other);
      return (
        Math.max(0, there.left - here.right, here.left - there.right) +
        Math.max(0, there.top - here.bottom, here.top - there.bottom)
      );
    };
    return candidates.reduce(
      (/** @type {string | undefined} */ best, other) =>
        best === undefined || far(other) < far(best) ? other : best,
      undefined,
    );
  }

  /**
   * The next place in a direction that shares a row (left, right) or a column (up, down).
   * @param {string} place
   * @param {number} down -1, 0 or 1
   * @param {number} across -1, 0 or 1
   * @param {string[]} candidates
   * @returns {string | undefined}
   */
  beside(place, down, across, candidates) {
    const here = this.box(place);
    const ahead = candidates.filter((other) => {
      const there = this.box(other);
      if (other === place) return false;
      if (across) {
        const clear = across > 0 ? there.left > here.right : there.right < here.left;
        return clear && there.top <= here.bottom && there.bottom >= here.top;
      }
      const clear = down > 0 ? there.top > here.bottom : there.bottom < here.top;
      return clear && there.left <= here.right && there.right >= here.left;
    });
    return this.nearest(place, ahead);
  }
}
