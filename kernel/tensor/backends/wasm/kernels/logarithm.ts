/**
 * Logarithms and what is made of them, four f32 at a time, as vector-math.ts: of the mantissa moved to
 * √½..√2 by a polynomial, whose coefficients are from Lawson's iterated least squares in relative error.
 */
import { f32x4, i32x4, type Local, v128, type V128 } from "../assembler/index.ts";
import { LN2_HIGH, LN2_LOW, type VectorMath } from "./vector-math.ts";

/** (log(1 + f) - f + f²/2) / f³, error 2⁻²⁷ of the logarithm. */
const LOG = [
  0.33333331, -0.25000823, 0.20001234, -0.16623299, 0.14201553, -0.13160583, 0.12763326,
  -0.07635652,
];

/** log 2 in two parts, the first of which times a whole number is exact, and log e. */
interface Base {
  readonly high: number;
  readonly low: number;
  readonly scale: number;
}
const LOG10_2 = 0.3010299956639812;
const NATURAL: Base = { high: LN2_HIGH, low: LN2_LOW, scale: 1 };

export function log(math: VectorMath, x: Local<"v128">): Local<"v128"> {
  return math.local(logOf(math, x, NATURAL));
}

export function log2(math: VectorMath, x: Local<"v128">): Local<"v128"> {
  return math.local(logOf(math, x, { high: 1, low: 0, scale: Math.LOG2E }));
}

export function log10(math: VectorMath, x: Local<"v128">): Local<"v128"> {
  const high = 77 / 256;
  return math.local(logOf(math, x, { high, low: LOG10_2 - high, scale: Math.LOG10E }));
}

/** log(1 + x): what 1 + x is rounded by is made good by its share of the slope. */
export function log1p(math: VectorMath, x: Local<"v128">): Local<"v128"> {
  const one = math.number(1);
  const sum = math.local(f32x4.add(x, one));
  const lost = f32x4.div(f32x4.sub(x, f32x4.sub(sum, one)), sum);
  const isFinite = f32x4.lt(x, math.number(Infinity));
  const log = logOf(math, sum, NATURAL, v128.and(lost, isFinite));
  // Of 0 the sum has lost the sign.
  return math.local(math.choose(x, log, f32x4.eq(x, math.number(0))));
}

/** `x = 2^exponent (1 + rest)`, `1 + rest` from √½ to √2, of a number above 0. */
export function partsOf(
  math: VectorMath,
  x: Local<"v128">,
): { readonly exponent: Local<"v128">; readonly rest: Local<"v128"> } {
  const tiny = math.local(f32x4.lt(x, math.number(2 ** -126)));
  const normal = math.local(math.choose(f32x4.mul(x, math.number(2 ** 24)), x, tiny));
  // The bits of √½ are taken away, so that the exponent is the mantissa's nearest power of 2.
  const root = math.bits(0x3f35_04f3);
  const shifted = math.local(i32x4.sub(normal, root));
  const exponent = i32x4.sub(i32x4.shr(shifted, 23), v128.and(tiny, math.bits(24)));
  const mantissa = i32x4.add(v128.and(shifted, math.bits(0x007f_ffff)), root);
  return {
    exponent: math.local(f32x4.fromI32(exponent)),
    rest: math.local(f32x4.sub(mantissa, math.number(1))),
  };
}

/** The logarithm of x, natural and plus `more`, which is small beside it, or to another base. */
function logOf(math: VectorMath, x: Local<"v128">, { high, low, scale }: Base, more?: V128): V128 {
  const { exponent: e, rest: f } = partsOf(math, x);
  const square = math.local(f32x4.mul(f, f));
  const cubic = f32x4.mul(f32x4.mul(square, f), math.polynomial(f, LOG));
  const bend = more === undefined ? cubic : f32x4.add(cubic, more);
  const half = math.number(0.5);
  // What is small is summed first.
  const ofMantissa =
    scale === 1
      ? f32x4.add(math.nmadd(square, half, math.madd(e, math.number(low), bend)), f)
      : math.madd(
          f32x4.add(math.nmadd(square, half, bend), f),
          math.number(scale),
          f32x4.mul(e, math.number(low)),
        );
  const log = math.madd(e, math.number(high), ofMantissa);
  // Above all numbers x itself, and NaN; at 0 -∞, below it NaN.
  const isProper = f32x4.lt(x, math.number(Infinity));
  const proper = math.local(math.choose(log, x, isProper));
  const atZero = math.choose(math.number(-Infinity), proper, f32x4.eq(x, math.number(0)));
  return v128.or(atZero, f32x4.lt(x, math.number(0)));
}

/** log(1 + eˣ) = x⁺ + log(1 + e^-|x|). */
export function softplus(math: VectorMath, x: V128): Local<"v128"> {
  const given = math.local(x);
  const more = log1p(math, math.expBelowZero(f32x4.neg(f32x4.abs(given))));
  return math.local(f32x4.add(f32x4.max(given, math.number(0)), more));
}
