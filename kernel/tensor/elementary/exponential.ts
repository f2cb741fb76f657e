/**
 * eˣ: x = n ln 2 + r with ln 2 in two parts, then eʳ = 1 + 2r / (R - r), where R = r coth(r/2) is even
 * and nearly 2 + r²/6 (the form of Sun's fdlibm). Coefficients by Remez's exchange.
 */
import { scaled } from "./powers-of-two.ts";

/** 42 digits of ln 2, so that their product with an exponent is exact, and the rest. */
export const LN2_HIGH = 0.6931471805598903;
export const LN2_LOW = 5.497923018708371e-14;

/** `e^(high - low) - 1` of what is at most ln 2 / 2, error 2⁻⁶⁰ before rounding. */
export function expm1OfRest(high: number, low: number): number {
  const r = high - low;
  const z = r * r;
  const even =
    0.16666666666666602 +
    z *
      (-0.002777777777700973 +
        z * (6.613756319818075e-5 + z * (-1.6533900427584475e-6 + z * 4.1380697470914814e-8)));
  const c = r - z * even;
  return high - (low - (r * c) / (2 - c));
}

export function exp(x: number): number {
  if (!(x > -746)) return x === x ? 0 : x;
  if (x > 710) return Infinity;
  const n = Math.round(x * Math.LOG2E);
  return scaled(1 + expm1OfRest(x - n * LN2_HIGH, n * LN2_LOW), n);
}

/** eˣ - 1. */
export function expm1(x: number): number {
  // Of 0 the sum would lose its sign.
  if (Math.abs(x) < 2 ** -54) return x;
  if (!(x > -40)) return x === x ? -1 : x;
  if (x > 40) return exp(x);
  const n = Math.round(x * Math.LOG2E);
  const rest = expm1OfRest(x - n * LN2_HIGH, n * LN2_LOW);
  // 2ⁿ (1 + rest) - 1 without taking 1 from nearly 1.
  return n === 0 ? rest : scaled(rest + (1 - scaled(1, -n)), n);
}
