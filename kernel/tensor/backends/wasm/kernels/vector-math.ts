/**
 * Exponentials and what is made of them, four f32 at a time: emitters for kernels of any
 * kind. At most 2 units in the last place from the truth, subnormal results and both zeros included.
 *
 * eˣ by Cody and Waite's reduction: x = n ln 2 + r with ln 2 in two parts, then a minimax polynomial in
 * |r| <= ln 2 / 2, whose coefficients are from Lawson's iterated least squares in relative error.
 */
import {
  f32x4,
  type FunctionBody,
  i32x4,
  type Local,
  v128,
  type V128,
} from "../assembler/index.ts";
import type { Variant } from "../variant.ts";

const LOG2_E = Math.LOG2E;
/** ln 2 in nine bits, so that its product with a whole number is exact, and what is left of it. */
export const LN2_HIGH = 355 / 512;
export const LN2_LOW = Math.LN2 - LN2_HIGH;
/** A sum with 1.5 · 2²³ has no room for a fraction; the rest is twice the exponent's bias. */
const ROUNDER = 1.5 * 2 ** 23 + 254;
const BIAS = 127 << 23;

/** (eʳ - 1 - r) / r², error 2⁻²⁸ of eʳ. */
const EXP = [0.49999994, 0.1666652, 0.041668393, 0.008368781, 0.0013814467];
/** (2ʳ - 1) / r for |r| <= 1/2, error 2⁻²⁸ of 2ʳ. */
const EXP2 = [0.693147182, 0.240226477, 0.0555035956, 0.00961850304, 0.00133909972, 0.000153278379];
/** No result is left below: e⁻¹¹⁰ times 110 is 0. */
export const LOWEST = -110;

type Four = Local<"v128">;

/** `e^x = (1 + rest) 2ⁿ`, the power of two still to be made. */
export interface Power {
  readonly rest: Local<"v128">;
  /** The two parts of which `rest` is the rounded sum. */
  readonly r: Local<"v128">;
  readonly bend: Local<"v128">;
  /** n + 254 in the low bits. */
  readonly bits: Local<"v128">;
}

/** The unevaluated sum of two numbers. */
interface Pair {
  readonly high: Local<"v128">;
  readonly low: Local<"v128">;
}

export class VectorMath {
  readonly f: FunctionBody;
  readonly variant: Variant;
  /** Constants by value; a map takes both zeros for one. */
  private readonly numbers = new Map<number, Local<"v128">>();

  constructor(f: FunctionBody, variant: Variant) {
    this.f = f;
    this.variant = variant;
  }

  /** `value` in all lanes. */
  number(value: number): Local<"v128"> {
    const known = this.numbers.get(value);
    if (known !== undefined && value !== 0) return known;
    const made = this.f.constant(f32x4.const(value));
    this.numbers.set(value, made);
    return made;
  }

  bits(value: number): Local<"v128"> {
    return this.f.constant(i32x4.const(value));
  }

  /** `value`, computed once. */
  local(value: V128): Local<"v128"> {
    return this.f.local(value);
  }

  madd(x: V128, y: V128, z: V128): V128 {
    return this.variant.madd(x, y, z);
  }

  nmadd(x: V128, y: V128, z: V128): V128 {
    return this.variant.nmadd(x, y, z);
  }

  /** `c[0] + c[1] x + c[2] x² + ...` */
  polynomial(x: V128, coefficients: readonly number[]): V128 {
    const [last, ...rest] = coefficients.toReversed().map((value) => this.number(value));
    if (last === undefined) return this.number(0);
    return rest.reduce<V128>((sum, next) => this.madd(sum, x, next), last);
  }

  /** `a` where `mask`, a comparison's result, is true, else `b`. */
  choose(a: V128, b: V128, mask: V128): V128 {
    return this.variant.choose(a, b, mask);
  }

  abs(x: V128): V128 {
    return f32x4.abs(x);
  }

  /**
   * x y to twice the digits, `high + low`: with a fused instruction, or of halves of twelve bits, whose
   * products are exact (Dekker).
   */
  product(x: Local<"v128">, y: Local<"v128">): Pair {
    const high = this.local(f32x4.mul(x, y));
    if (this.variant.name === "relaxed")
      return { high, low: this.local(this.madd(x, y, f32x4.neg(high))) };
    const split = (value: Local<"v128">) => {
      const upper = this.local(v128.and(value, this.bits(0xffff_f000 | 0)));
      return [upper, this.local(f32x4.sub(value, upper))] as const;
    };
    const [x1, x2] = split(x);
    const [y1, y2] = x === y ? [x1, x2] : split(y);
    const ofUpper = f32x4.sub(f32x4.mul(x1, y1), high);
    const ofBoth = f32x4.add(f32x4.add(ofUpper, f32x4.mul(x1, y2)), f32x4.mul(x2, y1));
    return { high, low: this.local(f32x4.add(ofBoth, f32x4.mul(x2, y2))) };
  }

  /** `from - x y`, where that is small beside them: rounded once. */
  shortfall(x: Local<"v128">, y: Local<"v128">, from: V128): Local<"v128"> {
    if (this.variant.name === "relaxed") return this.local(this.nmadd(x, y, from));
    const { high, low } = this.product(x, y);
    return this.local(f32x4.sub(f32x4.sub(from, high), low));
  }

  /** `size` with the sign of `x`, where it has none or that one. */
  withSign(size: V128, x: V128): V128 {
    return v128.or(size, v128.and(x, this.bits(0x8000_0000 | 0)));
  }

  isNegative(x: V128): V128 {
    return f32x4.lt(x, this.number(0));
  }

  /** NaN where `x` is `value`, else `result`. */
  undefinedAt(value: number, x: V128, result: V128): V128 {
    return v128.or(result, f32x4.eq(x, this.number(value)));
  }

  /** `e^(x + low)`, `x` from -110 to 89, `low` of no more than a hundredth. */
  power(x: Local<"v128">, low?: Local<"v128">): Power {
    const rounder = this.number(ROUNDER);
    const bits = this.local(this.madd(x, this.number(LOG2_E), rounder));
    const n = this.local(f32x4.sub(bits, rounder));
    const high = this.nmadd(n, this.number(LN2_HIGH), x);
    const exact = this.nmadd(n, this.number(LN2_LOW), high);
    const r = this.local(low === undefined ? exact : f32x4.add(exact, low));
    const square = this.local(f32x4.mul(r, r));
    const [a, b, c, d, e] = EXP.map((value) => this.number(value)) as [
      Four,
      Four,
      Four,
      Four,
      Four,
    ];
    // Estrin's order: what waits for what is the longest wait of all that is made of powers.
    const late = this.madd(square, e, this.madd(r, d, c));
    const bend = this.local(f32x4.mul(square, this.madd(square, late, this.madd(r, b, a))));
    return { rest: this.local(f32x4.add(r, bend)), r, bend, bits };
  }

  /**
   * The power times `factor`, in two steps, as 2ⁿ alone may lie beyond what f32 holds.
   */
  scaled({ rest, bits }: Pick<Power, "rest" | "bits">, factor?: Local<"v128">): Local<"v128"> {
    const { first, second } = this.scales(bits);
    const mantissa =
      factor === undefined ? f32x4.add(rest, this.number(1)) : this.madd(rest, factor, factor);
    return this.local(f32x4.mul(f32x4.mul(mantissa, first), second));
  }

  /** Two powers of 2 whose product is 2ⁿ. */
  scales(bits: Local<"v128">): { readonly first: V128; readonly second: V128 } {
    const half = this.local(i32x4.shr(bits, 1));
    return { first: i32x4.shl(half, 23), second: i32x4.shl(i32x4.sub(bits, half), 23) };
  }

  /** 2ʳ - 1 for |r| <= 1/2. */
  expm1OfTwo(r: Local<"v128">): Local<"v128"> {
    const square = this.local(f32x4.mul(r, r));
    const [a, b, c, d, e, f] = EXP2.map((value) => this.number(value)) as [
      Four,
      Four,
      Four,
      Four,
      Four,
      Four,
    ];
    const late = this.madd(square, this.madd(r, f, e), this.madd(r, d, c));
    return this.local(f32x4.mul(r, this.madd(square, late, this.madd(r, b, a))));
  }

  /** 1 / x for x from 1 to 2, to a tenth: what it is multiplied with was lost by rounding. */
  nearInverse(x: V128): V128 {
    return this.nmadd(x, this.number(0.5), this.number(1.457));
  }

  exp(x: V128): Local<"v128"> {
    const least = f32x4.pmax(x, this.number(LOWEST));
    return this.scaled(this.power(this.local(f32x4.pmin(least, this.number(89)))));
  }

  /** `e^x` for x <= 0. */
  expBelowZero(x: V128): Local<"v128"> {
    return this.scaled(this.power(this.local(f32x4.pmax(x, this.number(LOWEST)))));
  }

  expm1(x: V128): Local<"v128"> {
    const most = f32x4.pmin(f32x4.pmax(x, this.number(LOWEST)), this.number(89));
    const clamped = this.local(most);
    const { rest, bits } = this.power(clamped);
    const { first, second } = this.scales(bits);
    const a = this.local(first);
    const b = this.local(second);
    // 2ⁿ (1 + rest) - 1 without taking 1 from nearly 1.
    const ofRest = f32x4.mul(f32x4.mul(rest, a), b);
    const near = f32x4.add(ofRest, f32x4.sub(f32x4.mul(a, b), this.number(1)));
    // Far above, 1 does not count and 2ⁿ may be too large.
    const far = f32x4.mul(f32x4.mul(f32x4.add(rest, this.number(1)), a), b);
    const sum = this.choose(far, near, f32x4.gt(clamped, this.number(60)));
    // Of 0 the sum would lose its sign.
    return this.local(this.choose(x, sum, f32x4.eq(x, this.number(0))));
  }

  /** expm1(2|x|) / (expm1(2|x|) + 2), and the sign. */
  tanh(x: V128): Local<"v128"> {
    const given = this.local(x);
    // tanh 10 is 1 in f32.
    const size = f32x4.pmin(f32x4.abs(given), this.number(10));
    const { rest, r, bend, bits } = this.power(this.local(f32x4.add(size, size)));
    const scale = this.local(this.scaleOf(bits));
    const expm1 = this.local(this.madd(rest, scale, f32x4.sub(scale, this.number(1))));
    const two = this.number(2);
    const sum = this.local(f32x4.add(expm1, two));
    const share = this.local(f32x4.div(expm1, sum));
    // What both were rounded by is put back, times the slope 1 / sum = (1 - share) / 2. Above 2 it
    // does not count.
    const sumLost = f32x4.sub(expm1, f32x4.sub(sum, two));
    const expm1Lost = f32x4.mul(f32x4.sub(bend, f32x4.sub(rest, r)), scale);
    const lost = this.nmadd(sumLost, share, expm1Lost);
    const isSmall = f32x4.lt(expm1, two);
    const half = this.number(0.5);
    const change = f32x4.mul(v128.and(lost, isSmall), this.nmadd(share, half, half));
    return this.local(this.withSign(f32x4.add(share, change), given));
  }

  /** 2ⁿ for n from -126 to 127. */
  scaleOf(bits: V128): V128 {
    return i32x4.sub(i32x4.shl(bits, 23), this.bits(BIAS));
  }

  /** 1 / (1 + e⁻ˣ). */
  sigmoid(x: V128): Local<"v128"> {
    const given = this.local(x);
    return this.logistic(
      this.isNegative(given),
      this.power(this.downOf(given)),
      this.local(this.number(1)),
    );
  }

  /** x σ(x). */
  silu(x: V128): Local<"v128"> {
    const given = this.local(x);
    return this.gated(given, this.power(this.downOf(given)));
  }

  /** -|x|, but not so low that the power is 0 for long. */
  private downOf(x: V128): Local<"v128"> {
    return this.local(f32x4.pmax(f32x4.neg(f32x4.abs(x)), this.number(LOWEST)));
  }

  /** x / (1 + z), or x z / (1 + z) below 0, for a power z of at most 1. */
  gated(x: Local<"v128">, power: Power): Local<"v128"> {
    const most = this.number(-LOWEST);
    const factor = this.local(f32x4.pmin(f32x4.pmax(x, this.number(LOWEST)), most));
    const gate = this.logistic(this.isNegative(x), power, factor);
    // Large numbers are what they were, and -∞ times 0 is nothing.
    const result = this.choose(x, gate, f32x4.gt(x, most));
    // A sum of -0 and 0 has lost its sign.
    return this.local(this.withSign(this.undefinedAt(-Infinity, x, result), x));
  }

  /**
   * `factor / (1 + z)`, or `factor z / (1 + z)` where `negative`, for a power z of at most 1. What
   * numerator and divisor were rounded by is put back: the quotient may lie in a lower binade, where
   * it counts twice.
   */
  private logistic(negative: V128, power: Power, factor: Local<"v128">): Local<"v128"> {
    const { rest, bits } = power;
    const one = this.number(1);
    const isNegative = this.local(negative);
    const { first, second } = this.scales(bits);
    const [begin, end] = [this.local(first), this.local(second)];
    const scale = this.local(f32x4.mul(begin, end));
    const z = this.local(this.madd(rest, scale, scale));
    const sum = this.local(f32x4.add(z, one));
    const sumLost = f32x4.sub(z, f32x4.sub(sum, one));
    const grown = this.local(this.madd(rest, factor, factor));
    const grownLost = this.madd(rest, factor, f32x4.sub(factor, grown));
    const start = this.local(this.choose(begin, one, isNegative));
    const above = f32x4.mul(this.choose(grown, factor, isNegative), start);
    const aboveLost = f32x4.mul(v128.and(grownLost, isNegative), start);
    const share = this.local(f32x4.div(above, sum));
    const inverse = this.nearInverse(sum);
    const whole = this.madd(this.nmadd(share, sumLost, aboveLost), inverse, share);
    // What ends subnormal is rounded here, once.
    return this.local(f32x4.mul(whole, this.choose(end, one, isNegative)));
  }
}
