/**
 * The error function and the normal distribution, to double precision.
 *
 * Near 0 a series whose terms all have one sign, so that nothing cancels; further out
 * erfc(x) = exp(-x²) c(x), where c is smooth and is read off a Chebyshev expansion that is worked
 * out here, once, from the continued fraction.
 */
import { cos, exp } from "../../elementary/index.ts";

const inverseSqrtPi = 1 / Math.sqrt(Math.PI);
export const inverseSqrtTwoPi = 1 / Math.sqrt(2 * Math.PI);

/** Where the series ends and the expansion begins. */
const border = 1;
const middle = 3;
const terms = 26;

/** `x >= border` is mapped to -1..1. */
const place = (x: number): number => {
  const t = (x - middle) / (x + middle);
  const low = (border - middle) / (border + middle);
  return (2 * (t - low)) / (1 - low) - 1;
};

/** The other way round. */
const placed = (u: number): number => {
  const low = (border - middle) / (border + middle);
  const t = ((u + 1) / 2) * (1 - low) + low;
  return (middle * (1 + t)) / (1 - t);
};

/** exp(x²) erfc(x) = 1 / √π / (x + 1/2 / (x + 2/2 / (x + 3/2 / ...))) */
function scaledByFraction(x: number): number {
  let rest = x;
  for (let k = 500; k >= 1; k--) rest = x + k / 2 / rest;
  return inverseSqrtPi / rest;
}

const expansion = Float64Array.from({ length: terms }, (_, n) => {
  let sum = 0;
  for (let k = 0; k < terms; k++) {
    const angle = (Math.PI * (k + 0.5)) / terms;
    sum += scaledByFraction(placed(cos(angle))) * cos(n * angle);
  }
  return ((n === 0 ? 1 : 2) / terms) * sum;
});

/** 1 - erf(x) for x >= border, by Clenshaw's rule. */
function above(x: number): number {
  const u = 2 * place(x);
  let later = 0;
  let last = 0;
  for (let n = terms - 1; n >= 1; n--) {
    const next = u * later - last + expansion[n]!;
    last = later;
    later = next;
  }
  return exp(-x * x) * ((u / 2) * later - last + expansion[0]!);
}

/** 2/√π exp(-x²) (x + 2x³/3 + 4x⁵/15 + ...) for |x| < border. */
function near(x: number): number {
  let term = x;
  let sum = x;
  const square = 2 * x * x;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= square / k;
    sum += term;
  }
  return 2 * inverseSqrtPi * exp(-x * x) * sum;
}

/** The share of a normal distribution of variance 1/2 that lies within `x` of its mean. */
export function erf(x: number): number {
  if (x >= border) return x > 6 ? 1 : 1 - above(x);
  if (x <= -border) return x < -6 ? -1 : above(-x) - 1;
  return near(x);
}

/** Φ(v), the share of the standard normal distribution below `v`. */
export function normalBelow(v: number): number {
  const x = v * Math.SQRT1_2;
  if (x >= border) return x > 6 ? 1 : 1 - above(x) / 2;
  if (x <= -border) return x < -40 ? 0 : above(-x) / 2;
  return 0.5 + near(x) / 2;
}
