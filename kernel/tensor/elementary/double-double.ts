/**
 * What sums and products are rounded by, exactly, by the rules of Dekker (1971) and Knuth: with it a
 * result has twice the digits. Numbers and no pairs of them, which would have to be allocated.
 */

/** `a + b - sum` for the rounded `sum`. */
export function sumError(a: number, b: number, sum: number): number {
  const ofB = sum - a;
  return a - (sum - ofB) + (b - ofB);
}

/** The upper 26 digits. */
function upper(x: number): number {
  const far = x * 0x8000001;
  return far - (far - x);
}

/** `a b - product` for the rounded `product`, unless it is tiny or huge. */
export function productError(a: number, b: number, product: number): number {
  const a1 = upper(a);
  const b1 = upper(b);
  const a2 = a - a1;
  const b2 = b - b1;
  return a2 * b2 - (product - a1 * b1 - a2 * b1 - a1 * b2);
}
