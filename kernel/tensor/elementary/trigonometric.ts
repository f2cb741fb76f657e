/**
 * Sines and cosines: what is left of the angle after quarters of a turn lies within π/4, where their
 * series are short. Coefficients by Remez's exchange; the sums as in Sun's fdlibm.
 */
import { MANY, PARTS, quarters, SECOND } from "./quarters.ts";

/** sin(x + y) for |x| <= π/4 and y small beside it. */
function sinNearZero(x: number, y: number): number {
  const z = x * x;
  const late =
    0.008333333333322413 +
    z *
      (-0.00019841269829807854 +
        z * (2.7557313691929337e-6 + z * (-2.5050758117000025e-8 + z * 1.589679576457834e-10)));
  const cube = z * x;
  return x - (z * (0.5 * y - cube * late) - y - cube * -0.16666666666666632);
}

/** cos(x + y), as above. */
function cosNearZero(x: number, y: number): number {
  const z = x * x;
  const late =
    0.0416666666666666 +
    z *
      (-0.0013888888888874125 +
        z *
          (2.4801587289482066e-5 +
            z *
              (-2.7557314352303415e-7 +
                z * (2.0875723269613143e-9 + z * -1.1359647628290564e-11))));
  const half = 0.5 * z;
  const sum = 1 - half;
  return sum + (1 - sum - half + (z * z * late - x * y));
}

/** The sine of `count` quarters of a turn and what is left of x beyond them. */
function sineAt(count: number, high: number, low: number): number {
  const size = (count & 1) === 0 ? sinNearZero(high, low) : cosNearZero(high, low);
  return (count & 2) === 0 ? size : -size;
}

/** sin(x + `quarter` quarters of a turn). */
function sine(x: number, quarter: number): number {
  if (Math.abs(x) < Math.PI / 4) return sineAt(quarter, x, 0);
  if (Math.abs(x) < MANY) {
    const count = Math.round(x * (2 / Math.PI));
    const first = x - count * PARTS[0];
    const second = count * SECOND;
    const high = first - second;
    // Unless so little is left that the digits of π/2 do not suffice.
    if (Math.abs(high) > Math.abs(count) * 2e-5)
      return sineAt(quarter + count, high, first - high - second);
  }
  const { count, high, low } = quarters(x);
  return sineAt(quarter + count, high, low);
}

export function sin(x: number): number {
  return Math.abs(x) < 2 ** -27 ? x : sine(x, 0);
}

export function cos(x: number): number {
  return sine(x, 1);
}

export function tan(x: number): number {
  if (Math.abs(x) < 2 ** -27) return x;
  const { count, high, low } = quarters(x);
  const sine = sinNearZero(high, low);
  const cosine = cosNearZero(high, low);
  return (count & 1) === 0 ? sine / cosine : -cosine / sine;
}
