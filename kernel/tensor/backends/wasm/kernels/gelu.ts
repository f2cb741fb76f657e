/**
 * The Gaussian error linear unit and its tanh approximation, with their slopes, four f32 at a time.
 * Both are x times a share that falls like e^(-x²/2) for negative x, so the exponent is computed to
 * twice the digits of f32.
 *
 * The Gaussian's tail Q(a) is e^(-a²/2) g(a), where g is a quotient of polynomials with positive
 * coefficients, fitted by weighted least squares in relative error (2⁻²⁷) for a from 0 to 14.6.
 */
import { exponentOf, scaled } from "../../../elementary/index.ts";
import { f32x4, f64x2, i32x4, type Local, v128, type V128 } from "../assembler/index.ts";
import type { Power, VectorMath } from "./vector-math.ts";

type Four = Local<"v128">;

/** From here on Q(a) a is 0 in f32. */
const TAIL_END = 14.5;
const ABOVE = [0.500000002994, 0.438496819158, 0.183384896997, 0.0406837703186, 0.0041238280717];
const BELOW = [1, 1.67487862476, 1.20312474568, 0.469866034222, 0.101985467564, 0.0103367859848];
const INVERSE_SQRT_TWO_PI = 1 / Math.sqrt(2 * Math.PI);

/** tanh's argument is c (x + k x³), and the share σ of twice that. */
const C = Math.sqrt(2 / Math.PI);
const K = 0.044715;
/** From here on the share times x is 0 in f32. */
const TANH_END = 10.9;
/** And from here on the slope is 0 or 1. */
const SLOPE_END = 9.9;

/** Powers of 2 this much larger are no subnormal ones. */
const BOOST = 64;

/** (erf x - x) / x of x² for |x| < 0.84, error 2⁻²⁷ of the result, by the same means. */
const ERF = [0.128379166, -0.376125902, 0.11282865, -0.0268072877, 0.0050577037, -0.000634851865];
const ERF_SMALL = 0.84;

/** x + x p(x²) near 0, and 1 - 2 Q(√2 |x|) with the sign of x elsewhere. */
export function erf(math: VectorMath, x: Local<"v128">): V128 {
  const square = math.local(f32x4.mul(x, x));
  const near = math.madd(x, math.polynomial(square, ERF), x);
  const a = sizeOf(math, f32x4.mul(x, math.number(Math.SQRT2)));
  const share = f32x4.div(math.polynomial(a, ABOVE), math.polynomial(a, BELOW));
  const half = f32x4.mul(share, math.expBelowZero(f32x4.neg(square)));
  const far = math.withSign(math.nmadd(half, math.number(2), math.number(1)), x);
  return math.choose(near, far, f32x4.lt(f32x4.abs(x), math.number(ERF_SMALL)));
}

/** e^(-a²/2) */
function bell(math: VectorMath, a: Local<"v128">): Power {
  const { high, low } = math.product(a, a);
  const half = math.number(-0.5);
  return math.power(math.local(f32x4.mul(high, half)), math.local(f32x4.mul(low, half)));
}

function sizeOf(math: VectorMath, x: V128): Local<"v128"> {
  return math.local(f32x4.pmin(f32x4.abs(x), math.number(TAIL_END)));
}

/** x Φ(x): x Q(|x|) below 0 and x - x Q(x) above, which is x+ - |x| Q(|x|). */
export function gelu(math: VectorMath, x: Local<"v128">): Local<"v128"> {
  const a = sizeOf(math, x);
  // In f64, two by two: in f32 the quotient alone would cost three units in the last place.
  const upper = f64x2.fromF32(v128.shuffle32(a, a, [2, 3, 2, 3]));
  const [first, second] = [f64x2.fromF32(a), upper].map((two) => {
    const y = math.local(two);
    const sum = ([last, ...rest]: readonly V128[]) =>
      rest.reduce((all, next) => math.variant.madd64(all, y, next), last ?? y);
    const numbers = (values: readonly number[]) =>
      values.toReversed().map((value) => math.f.constant(f64x2.splat(value)));
    return f32x4.fromF64(f64x2.div(f64x2.mul(sum(numbers(ABOVE)), y), sum(numbers(BELOW))));
  }) as [V128, V128];
  const share = math.local(v128.shuffle32(first, second, [0, 1, 4, 5]));
  const tail = math.scaled(bell(math, a), share);
  const result = f32x4.sub(f32x4.pmax(x, math.number(0)), tail);
  // Where nothing is left the sign is lost, and -∞ times 0 is nothing.
  return math.local(math.undefinedAt(-Infinity, x, math.withSign(result, x)));
}

/** Φ(x) + x φ(x). */
export function geluSlope(math: VectorMath, x: Local<"v128">): Local<"v128"> {
  const a = sizeOf(math, x);
  const share = f32x4.div(math.polynomial(a, ABOVE), math.polynomial(a, BELOW));
  const factor = math.nmadd(a, math.number(INVERSE_SQRT_TWO_PI), share);
  const below = math.scaled(bell(math, a), math.local(factor));
  const above = f32x4.sub(math.number(1), below);
  return math.local(math.choose(below, above, math.isNegative(x)));
}

/** x σ(2c (x + k x³)): x z / (1 + z) below 0 and x - x z / (1 + z) above, z = e^-|2c (x + k x³)|. */
export function geluTanh(math: VectorMath, x: Local<"v128">): Local<"v128"> {
  const a = math.local(f32x4.pmin(f32x4.abs(x), math.number(TANH_END)));
  const { high, lost } = tanhExponent(math, a);
  const { rest, scale } = powerOfTwo(math, high, BOOST, lost);
  const small = math.number(2 ** -BOOST);
  const one = math.number(1);
  const unit = math.local(f32x4.mul(scale, small));
  const z = math.local(math.madd(rest, unit, unit));
  const sum = math.local(f32x4.add(z, one));
  const factor = math.local(f32x4.mul(a, scale));
  const above = math.local(math.madd(rest, factor, factor));
  // What both were rounded by is put back.
  const sumLost = math.local(f32x4.sub(z, f32x4.sub(sum, one)));
  const aboveLost = math.local(math.madd(rest, factor, f32x4.sub(factor, above)));
  const share = math.local(f32x4.div(above, sum));
  const inverse = math.local(math.nearInverse(sum));
  const missing = math.local(math.nmadd(share, sumLost, aboveLost));
  const whole = math.local(math.madd(missing, inverse, share));
  // -0 below 0, for the sign where nothing is left.
  const result = math.nmadd(whole, small, f32x4.pmax(x, math.number(-0)));
  // -∞ times 0 is nothing.
  return math.local(math.undefinedAt(-Infinity, x, result));
}

/** The power of 2 that is z: a (A + B a²). */
const [A, B] = [-2 * C * Math.LOG2E, -2 * C * K * Math.LOG2E];
const [A_HIGH, B_HIGH] = [highOf(A), Math.fround(B)];

/** `value` in sixteen bits, so that nothing is lost where it is taken away again. */
function highOf(value: number): number {
  const unit = scaled(1, exponentOf(value) - 15);
  return Math.round(value / unit) * unit;
}

/** a (A + B a²) to twice the digits, `high - lost`. */
function tanhExponent(math: VectorMath, a: Local<"v128">): { high: Four; lost: Four } {
  const square = math.local(f32x4.mul(a, a));
  const bend = math.number(B_HIGH);
  const start = math.number(A_HIGH);
  const sum = math.local(math.madd(square, bend, start));
  const ofSum = math.shortfall(square, bend, f32x4.sub(sum, start));
  const ofSquare = math.madd(math.shortfall(a, a, square), bend, ofSum);
  const ofNumbers = math.madd(square, math.number(B - B_HIGH), math.number(A - A_HIGH));
  const high = math.local(f32x4.mul(a, sum));
  const ofProduct = math.shortfall(a, sum, high);
  return { high, lost: math.local(math.madd(a, f32x4.sub(ofSquare, ofNumbers), ofProduct)) };
}

/** `2^(x - lost) = (1 + rest) 2ⁿ` for x from -158 to 0; `scale` is 2^(n + boost), a normal number. */
function powerOfTwo(
  math: VectorMath,
  x: Four,
  boost: number,
  lost?: Four,
): { rest: Four; scale: Four } {
  // A sum with 1.5 · 2²³ has no room for a fraction; the rest is the exponent's bias.
  const rounder = math.number(1.5 * 2 ** 23 + 127 + boost);
  const bits = math.local(f32x4.add(x, rounder));
  const near = f32x4.sub(x, f32x4.sub(bits, rounder));
  const r = math.local(lost === undefined ? near : f32x4.sub(near, lost));
  return { rest: math.expm1OfTwo(r), scale: math.local(i32x4.shl(bits, 23)) };
}

/** σ + x σ (1 - σ) 2c (1 + 3k x²), and 1 less that of -x. */
export function geluTanhSlope(math: VectorMath, x: Local<"v128">): Local<"v128"> {
  const a = math.local(f32x4.pmin(f32x4.abs(x), math.number(SLOPE_END)));
  const square = math.local(f32x4.mul(a, a));
  const exponent = f32x4.mul(a, math.madd(square, math.number(B), math.number(A)));
  const { rest, scale } = powerOfTwo(math, math.local(exponent), 0);
  const z = math.local(math.madd(rest, scale, scale));
  const one = math.number(1);
  const upper = math.local(f32x4.div(one, f32x4.add(one, z)));
  const lower = math.local(f32x4.mul(z, upper));
  // σ'(2u) (2u)' |x|, and σ of -|x|.
  const inner = math.madd(square, math.number(-6 * C * K), math.number(-2 * C));
  const below = math.local(math.madd(f32x4.mul(lower, upper), f32x4.mul(a, inner), lower));
  return math.local(math.choose(below, f32x4.sub(one, below), math.isNegative(x)));
}
