/**
 * Sine and cosine, four f32 at a time: less multiples of π/2 in f64, the angle goes into one of two
 * polynomials, whose coefficients are from Lawson's iterated least squares in relative error.
 */
import {
  f32x4,
  f64x2,
  i32,
  i32x4,
  type Local,
  type ModuleWriter,
  v128,
} from "../assembler/index.ts";
import type { Variant } from "../variant.ts";
import { writeRow } from "./elementwise.ts";
import { halves } from "./row-sums.ts";
import { VectorMath } from "./vector-math.ts";

/** (sin r - r) / r³ and (cos r - 1 + r²/2) / r⁴ of r², errors 2⁻²⁸ and 2⁻³³ of the result. */
const SINE = [-0.166666552, 0.00833218824, -0.000195180983];
const COSINE = [0.0416666456, -0.00138873095, 2.44323273e-5];
/** π/2 in thirty bits, so that its product with a number of quarter turns is exact, and the rest. */
const QUARTER_HIGH = 1686629713 / 2 ** 30;
const QUARTER_LOW = 6.077100506506192e-11;
/** A sum with 1.5 · 2⁵² has no room for a fraction; its low bits are the whole number. */
const ROUNDER = 1.5 * 2 ** 52;
/** Beyond, quarter turns are no longer counted exactly. */
const FAR = 2 ** 22;

/** Those that have a kernel, by its name. */
export const angleNames = ["sin", "cos"] as const;

/** The sine of `x` and `turns` quarter turns. */
function sine(math: VectorMath, x: Local<"v128">, turns: number): Local<"v128"> {
  const { f } = math;
  const number = (value: number) => f.constant(f64x2.splat(value));
  const [first, second] = halves(f, x).map((half) => {
    const two = f.local(half);
    const bits = f.local(f64x2.add(f64x2.mul(two, number(2 / Math.PI)), number(ROUNDER)));
    const count = f.local(f64x2.sub(bits, number(ROUNDER)));
    const near = f64x2.sub(two, f64x2.mul(count, number(QUARTER_HIGH)));
    const rest = f.local(f32x4.fromF64(f64x2.sub(near, f64x2.mul(count, number(QUARTER_LOW)))));
    return { bits, rest };
  }) as [Half, Half];
  const r = math.local(v128.shuffle32(first.rest, second.rest, [0, 1, 4, 5]));
  const counts = v128.shuffle32(first.bits, second.bits, [0, 2, 4, 6]);
  const quarter = math.local(turns === 0 ? counts : i32x4.add(counts, math.bits(turns)));
  const square = math.local(f32x4.mul(r, r));
  const odd = math.madd(f32x4.mul(r, square), math.polynomial(square, SINE), r);
  const fourth = f32x4.mul(f32x4.mul(square, square), math.polynomial(square, COSINE));
  const even = f32x4.add(math.nmadd(square, math.number(0.5), math.number(1)), fourth);
  const isEven = i32x4.ne(v128.and(quarter, math.bits(1)), math.bits(0));
  const size = math.choose(even, odd, isEven);
  // Two quarters turn the sign.
  return math.local(v128.xor(size, i32x4.shl(i32x4.shrU(quarter, 1), 31)));
}

interface Half {
  readonly bits: Local<"v128">;
  readonly rest: Local<"v128">;
}

/**
 * Kernels `sin(x, out, n)` and `cos(x, out, n)`, which give 0 where there is an angle too large for
 * them, else -1.
 */
export function writeAngles(writer: ModuleWriter, variant: Variant): void {
  angleNames.forEach((name, turns) => {
    writer.function(
      name,
      { x: "i32", out: "i32", n: "i32" },
      (f, { x, out, n }) => {
        const math = new VectorMath(f, variant);
        const far = f.local("v128");
        writeRow(f, n, "single", (i, load, store) => {
          const angle = f.local(load(i32.add(x, i), 0));
          const size = math.local(f32x4.abs(angle));
          const isFar = v128.and(
            f32x4.gt(size, math.number(FAR)),
            f32x4.lt(size, math.number(Infinity)),
          );
          f.set(far, v128.or(far, isFar));
          const result = sine(math, angle, turns);
          // Of -0 the difference has lost the sign.
          const isZero = f32x4.eq(angle, math.number(0));
          const value = turns === 0 ? math.choose(angle, result, isZero) : result;
          f.emit(store(i32.add(out, i), f.local(value), 0));
        });
        f.return(i32.sub(v128.anyTrue(far), 1));
      },
      "i32",
    );
  });
}
