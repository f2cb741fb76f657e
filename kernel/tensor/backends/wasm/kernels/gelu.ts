/**
 * The Gaussian error linear unit and its tanh approximation, with their slopes, four f32 at a time.
 * Both are x times a share that falls like e^(-x²/2) for negative x, so the exponent is computed to
 * twice the digits of f32.
 *
 * The Gaussian's tail Q(a) is e^(-a²/2) g(a), where g is a quotient of polynomials with positive
 * coefficients, fitted by weighted least squares in relative error (2⁻²⁷) for a from 0 to 14.6.
 */
import { f32x4, f64x2, type Local, v128, type V128 } from "../assembler/index.ts";
import type { Pair, Power, VectorMath } from "./vector-math.ts";

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

/** e^(-a²/2) */
function bell(math: VectorMath, a: Local<"v128">): Power {
  const { high, low } = math.product(a, a);
  const half = math.number(-0.5);
  return math.power(math.local(f32x4.mul(high, half)), math.local(f32x4.mul(low, half)));
}

function sizeOf(math: VectorMath, x: V128): Local<"v128"> {
  return math.local(f32x4.pmin(f32x4.abs(x), math.number(TAIL_END)));
}

/** x Φ(x): x Q(|x|) below 0, and x - x Q(x) above. */
export function gelu(math: VectorMath, x: Local<"v128">): Local<"v128"> {
  const a = sizeOf(math, x);
  // In f64, two by two: in f32 the quotient alone would cost three units in the last place.
  const upper = f64x2.fromF32(v128.shuffle32(a, a, [2, 3, 2, 3]));
  const [first, second] = [f64x2.fromF32(a), upper].map((two) => {
    const y = math.local(two);
    const sum = ([last, ...rest]: readonly V128[]) =>
      rest.reduce((all, next) => f64x2.add(f64x2.mul(all, y), next), last ?? y);
    const numbers = (values: readonly number[]) =>
      values.toReversed().map((value) => math.f.constant(f64x2.splat(value)));
    return f32x4.fromF64(f64x2.div(f64x2.mul(sum(numbers(ABOVE)), y), sum(numbers(BELOW))));
  }) as [V128, V128];
  const share = math.local(v128.shuffle32(first, second, [0, 1, 4, 5]));
  const tail = math.scaled(bell(math, a), share);
  const result = v128.bitselect(f32x4.neg(tail), f32x4.sub(x, tail), math.isNegative(x));
  // Of -0 the difference has lost the sign, and -∞ times 0 is nothing.
  return math.local(math.undefinedAt(-Infinity, x, math.withSign(result, x)));
}

/** Φ(x) + x φ(x). */
export function geluSlope(math: VectorMath, x: Local<"v128">): Local<"v128"> {
  const a = sizeOf(math, x);
  const share = f32x4.div(math.polynomial(a, ABOVE), math.polynomial(a, BELOW));
  const factor = math.nmadd(a, math.number(INVERSE_SQRT_TWO_PI), share);
  const below = math.scaled(bell(math, a), math.local(factor));
  const above = f32x4.sub(math.number(1), below);
  return math.local(v128.bitselect(below, above, math.isNegative(x)));
}

/** x σ(2c (x + k x³)). */
export function geluTanh(math: VectorMath, x: Local<"v128">): Local<"v128"> {
  const a = math.local(f32x4.pmin(f32x4.abs(x), math.number(TANH_END)));
  const { high, low } = tanhExponent(math, a);
  return math.gated(x, math.power(high, low));
}

const [A, B] = [-2 * C, -2 * C * K];
const [A_HIGH, B_HIGH] = [highOf(A), Math.fround(B)];

/** `value` in sixteen bits, so that nothing is lost where it is taken away again. */
function highOf(value: number): number {
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(value))) - 15);
  return Math.round(value / unit) * unit;
}

/** a (A + B a²) */
function tanhExponent(math: VectorMath, a: Local<"v128">): Pair {
  const square = math.product(a, a);
  const bend = math.number(B_HIGH);
  const term = math.product(square.high, bend);
  const high = math.number(A_HIGH);
  const sum = math.local(f32x4.add(term.high, high));
  // The other part of the sum, exact since A_HIGH has few digits.
  const lost = f32x4.sub(term.high, f32x4.sub(sum, high));
  const small = math.madd(square.high, math.number(B - B_HIGH), math.number(A - A_HIGH));
  const rest = math.madd(square.low, bend, f32x4.add(f32x4.add(lost, term.low), small));
  const result = math.product(a, sum);
  return { high: result.high, low: math.local(math.madd(a, rest, result.low)) };
}

/** σ + x σ (1 - σ) 2c (1 + 3k x²). */
export function geluTanhSlope(math: VectorMath, x: Local<"v128">): Local<"v128"> {
  const a = math.local(f32x4.pmin(f32x4.abs(x), math.number(SLOPE_END)));
  const square = math.local(f32x4.mul(a, a));
  const exponent = f32x4.mul(a, math.madd(square, math.number(B), math.number(A)));
  const { rest, bits } = math.power(math.local(exponent));
  const scale = math.local(math.scaleOf(bits));
  const z = math.local(math.madd(rest, scale, scale));
  const one = math.number(1);
  const upper = math.local(f32x4.div(one, f32x4.add(one, z)));
  // σ'(2u) (2u)' |x|, and σ of -|x|.
  const inner = f32x4.mul(a, math.madd(square, math.number(3 * B), math.number(A)));
  const lower = math.local(f32x4.mul(z, upper));
  const change = math.local(f32x4.mul(f32x4.mul(lower, upper), inner));
  const below = f32x4.add(lower, change);
  const above = f32x4.sub(upper, change);
  return math.local(v128.bitselect(below, above, math.isNegative(x)));
}
