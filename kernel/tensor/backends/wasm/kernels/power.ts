/**
 * xʸ, four f32 at a time: 2^(y log₂x) with the logarithm in f64, as it is multiplied by up to 2⁷ and
 * more. Exceptions are those of IEEE 754, which has 1 for 1 to any power.
 */
import { f32x4, f64x2, i32x4, type Local, v128, type V128 } from "../assembler/index.ts";
import { partsOf } from "./logarithm.ts";
import { halves } from "./row-sums.ts";
import type { VectorMath } from "./vector-math.ts";

type Four = Local<"v128">;

/** log₂((1 + s) / (1 - s)) / s of s², error 2⁻³⁸, by Lawson's iterated least squares. */
const LOG2 = [
  2.885390081790114, 0.9617966733297595, 0.5770835864697423, 0.4116726493438537, 0.3407311825089349,
];
/** Any number but 1 to this power is 0 or infinite in f32; 1 is not, as it is to infinity. */
const MOST = 1e10;
/** So is 2 to this. */
const END = 200;
/** As in angles.ts. */
const ROUNDER = 1.5 * 2 ** 52;

export function pow(math: VectorMath, x: Four, y: Four): V128 {
  const { f } = math;
  const number = (value: number) => f.constant(f64x2.splat(value));
  const between = (value: V128, most: number) =>
    f64x2.pmin(f64x2.pmax(value, number(-most)), number(most));
  const size = math.local(f32x4.abs(x));
  const { exponent, rest } = partsOf(math, size);
  const [exponents, rests, powers] = [exponent, rest, y].map((each) => halves(f, each)) as [
    Pair,
    Pair,
    Pair,
  ];
  const [first, second] = ([0, 1] as const).map((half) => {
    const above = f.local(rests[half]);
    const s = f.local(f64x2.div(above, f64x2.add(above, number(2))));
    const square = f.local(f64x2.mul(s, s));
    const series = LOG2.toReversed()
      .map(number)
      .reduce<V128>((sum, next) => math.variant.madd64(sum, square, next), number(0));
    const log = f64x2.add(exponents[half], f64x2.mul(s, series));
    const power = f.local(between(f64x2.mul(log, between(powers[half], MOST)), END));
    const bits = f.local(f64x2.add(power, number(ROUNDER)));
    const left = f64x2.sub(power, f64x2.sub(bits, number(ROUNDER)));
    return { bits, left: f.local(f32x4.fromF64(left)) };
  }) as [Half, Half];
  const left = math.local(v128.shuffle32(first.left, second.left, [0, 1, 4, 5]));
  const whole = v128.shuffle32(first.bits, second.bits, [0, 2, 4, 6]);
  const bits = math.local(i32x4.add(whole, math.bits(254)));
  const power = math.scaled({ rest: math.expm1OfTwo(left), bits });
  return excepted(math, x, y, size, power);
}

type Pair = readonly [V128, V128];

interface Half {
  readonly bits: Four;
  readonly left: Four;
}

/** `power`, which is |x|ʸ, where x is a positive number, and what the standard wants elsewhere. */
function excepted(math: VectorMath, x: Four, y: Four, size: Four, power: Four): V128 {
  const zero = math.number(0);
  const infinity = math.number(Infinity);
  const isInfinite = math.local(f32x4.eq(size, infinity));
  const isEdge = math.local(v128.or(f32x4.eq(size, zero), isInfinite));
  const grows = v128.xor(isInfinite, f32x4.lt(y, zero));
  const magnitude = v128.bitselect(v128.and(grows, infinity), power, isEdge);
  const half = math.local(f32x4.mul(y, math.number(0.5)));
  const isWhole = math.local(f32x4.eq(f32x4.trunc(y), y));
  const isOdd = v128.andNot(isWhole, f32x4.eq(f32x4.trunc(half), half));
  const sign = v128.and(v128.and(x, math.bits(0x8000_0000 | 0)), isOdd);
  // Of numbers below 0 there are whole powers only.
  const hasNone = v128.andNot(v128.andNot(f32x4.lt(x, zero), isWhole), isEdge);
  const isNaN = v128.or(f32x4.ne(x, x), f32x4.ne(y, y));
  const result = v128.or(v128.or(magnitude, sign), v128.or(hasNone, isNaN));
  const one = math.number(1);
  return math.choose(one, result, v128.or(f32x4.eq(y, zero), f32x4.eq(x, one)));
}
