/**
 * Angles of tangents, sines and cosines, four f32 at a time, by an odd polynomial of what is small. At most
 * 2 units in the last place from the truth; the polynomials' coefficients are from Lawson's iterated least
 * squares in relative error.
 */
import { f32x4, type Local, type V128 } from "../assembler/index.ts";
import type { VectorMath } from "./vector-math.ts";

/** (arctan t - t) / t³ of t² for |t| <= 1, error 2⁻²⁸ of the result. */
const ARCTANGENT = [
  -0.333332986, 0.199985489, -0.142642424, 0.109521858, -0.08403451, 0.0579576045, -0.031177856,
  0.0109146116, -0.00179362297,
];
/** (arcsin t - t) / t³ of t² for |t| <= 1/2, error 2⁻²⁷ of the result. */
const ARCSINE = [0.166667521, 0.0749529749, 0.0454703756, 0.0241795145, 0.0421663076];
/** π/2 as f32, and what that lacks. */
const QUARTER = Math.fround(Math.PI / 2);
const LACK = Math.PI / 2 - QUARTER;

/** `t³ c(t²)`: what is added to `t`. */
function bend(math: VectorMath, t: Local<"v128">, square: Local<"v128">, c: readonly number[]) {
  return math.local(f32x4.mul(f32x4.mul(t, square), math.polynomial(square, c)));
}

/** π/2 less `angle`. */
const fromQuarter = (math: VectorMath, angle: V128): V128 =>
  f32x4.sub(math.number(QUARTER), f32x4.sub(angle, math.number(LACK)));

export function atan(math: VectorMath, x: Local<"v128">): V128 {
  const size = math.local(f32x4.abs(x));
  const isSteep = math.local(f32x4.gt(size, math.number(1)));
  const t = math.local(math.choose(f32x4.div(math.number(1), size), size, isSteep));
  const rest = bend(math, t, math.local(f32x4.mul(t, t)), ARCTANGENT);
  const angle = math.local(f32x4.add(t, rest));
  return math.withSign(math.choose(fromQuarter(math, angle), angle, isSteep), x);
}

/**
 * The arcsine of |x|, or beyond 1/2 that of √((1 - |x|)/2), of which twice is missing to π/2; NaN
 * beyond 1.
 */
function arcsine(math: VectorMath, x: Local<"v128">) {
  const size = math.local(f32x4.abs(x));
  const half = math.number(0.5);
  const isLarge = math.local(f32x4.gt(size, half));
  const rest = f32x4.mul(f32x4.sub(math.number(1), size), half);
  const square = math.local(math.choose(rest, f32x4.mul(size, size), isLarge));
  const t = math.local(math.choose(f32x4.sqrt(square), size, isLarge));
  const bent = bend(math, t, square, ARCSINE);
  return { t, bent, angle: math.local(f32x4.add(t, bent)), isLarge };
}

export function asin(math: VectorMath, x: Local<"v128">): V128 {
  const { t, bent, angle, isLarge } = arcsine(math, x);
  // Of π/2 - 2 t - 2 bent nothing is lost before the end: doubled it would count as much as the result's own.
  const quarter = math.number(QUARTER);
  const twice = math.local(f32x4.add(t, t));
  const near = math.local(f32x4.sub(quarter, twice));
  const lost = f32x4.sub(f32x4.sub(quarter, near), twice);
  const rest = f32x4.sub(f32x4.add(bent, bent), f32x4.add(lost, math.number(LACK)));
  const large = f32x4.sub(near, rest);
  return math.withSign(math.choose(large, angle, isLarge), x);
}

export function acos(math: VectorMath, x: Local<"v128">): V128 {
  const { angle, isLarge } = arcsine(math, x);
  const signed = math.withSign(angle, x);
  const twice = math.local(f32x4.add(angle, angle));
  const isLeft = math.isNegative(x);
  const fromHalf = f32x4.sub(math.number(2 * QUARTER), f32x4.sub(twice, math.number(2 * LACK)));
  return math.choose(math.choose(fromHalf, twice, isLeft), fromQuarter(math, signed), isLarge);
}
