/**
 * Logarithms: x = 2ᵏ (1 + f) with 1 + f from √½ to √2, then the series of log(1 + f) = 2 artanh s in
 * s = f / (2 + f). Coefficients by Remez's exchange.
 */
import { productError, sumError } from "./double-double.ts";
import { LN2_HIGH, LN2_LOW } from "./exponential.ts";
import { nearestPower, scaled } from "./powers-of-two.ts";

/** log x + `more`, which is small beside it, for x between 0 and infinity. */
function logAnd(x: number, more: number): number {
  const k = nearestPower(x);
  const f = scaled(x, -k) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const series =
    z *
    (0.6666666666666734 +
      z *
        (0.3999999999941434 +
          z *
            (0.28571428742471966 +
              z *
                (0.22222198563755532 +
                  z *
                    (0.18183564853576265 + z * (0.15314036153064686 + z * 0.14796102402564523))))));
  // log(1 + f) = f - f²/2 + s (f²/2 + series): what is small is summed first.
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + series) + (k * LN2_LOW + more)) - f);
}

/** Where the logarithm is no finite number. */
function limit(x: number): number {
  return x > 0 ? Infinity : x === 0 ? -Infinity : NaN;
}

export function log(x: number): number {
  return x > 0 && x < Infinity ? logAnd(x, 0) : limit(x);
}

/** log(1 + x). */
export function log1p(x: number): number {
  const sum = 1 + x;
  if (sum === 1) return x;
  if (!(sum > 0 && sum < Infinity)) return limit(sum);
  // What the sum was rounded by, times the slope there.
  return logAnd(sum, (x < 1 ? x - (sum - 1) : 1 - (sum - x)) / sum);
}

const THIRD_LOW = 1.850371707708594e-17;

/** What the last `preciseLog` was rounded by. */
export const lost = new Float64Array(1);

/**
 * log x for x between 0 and infinity, with what is missing in `lost`, together true to 2⁻⁶⁴: each step
 * of the series that counts is summed with what it was rounded by.
 */
export function preciseLog(x: number): number {
  const k = nearestPower(x);
  const m = scaled(x, -k);
  const f = m - 1;
  const divisor = m + 1;
  const s = f / divisor;
  const back = s * divisor;
  const left = f - back - productError(s, divisor, back) - s * (m - (divisor - 1));
  const sLow = left / divisor;
  const z = s * s;
  const zLow = productError(s, s, z) + 2 * s * sLow;
  // log(1 + f) = 2s (1 + z/3 + late)
  const third = z * (1 / 3);
  const late =
    z *
    z *
    (0.2 +
      z *
        (0.1428571428571658 +
          z *
            (0.111111111100067 +
              z *
                (0.09090909302641596 +
                  z *
                    (0.07692286455861633 +
                      z *
                        (0.06667881283320015 +
                          z * (0.058425269610104705 + z * 0.05955433262633249)))))));
  const bend = third + late;
  const thirdLow = productError(z, 1 / 3, third) + (z * THIRD_LOW + zLow * (1 / 3));
  const bendLow = late - (bend - third) + thirdLow;
  const more = s * bend;
  const sum = s + more;
  const moreLow = productError(s, bend, more) + (s * bendLow + sLow * bend);
  const sumLow = more - (sum - s) + (sLow + moreLow);
  const ofPower = k * LN2_HIGH;
  const whole = ofPower + 2 * sum;
  const wholeLow = sumError(ofPower, 2 * sum, whole) + (2 * sumLow + k * LN2_LOW);
  const high = whole + wholeLow;
  lost[0] = wholeLow - (high - whole);
  return high;
}

/** The logarithm to the base whose log e is `high + low`: of its powers exactly. */
function toBase(x: number, high: number, low: number): number {
  if (!(x > 0 && x < Infinity)) return limit(x);
  const natural = preciseLog(x);
  const product = natural * high;
  return product + (productError(natural, high, product) + (natural * low + lost[0]! * high));
}

export function log2(x: number): number {
  return toBase(x, Math.LOG2E, 2.0355273740931033e-17);
}

export function log10(x: number): number {
  return toBase(x, Math.LOG10E, 1.098319650216765e-17);
}
