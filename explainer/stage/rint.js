// Rounding as C and NumPy do it.

/**
 * The nearest integer; a tie goes to the even one.
 * @param {number} x
 * @returns {number}
 */
export function rint(x) {
  if (!Number.isFinite(x)) return x;
  const floor = Math.floor(x);
  const above = x - floor;
  const nearest = above < 0.5 || (above === 0.5 && floor % 2 === 0) ? floor : floor + 1;
  return nearest === 0 && x < 0 ? -0 : nearest;
}
