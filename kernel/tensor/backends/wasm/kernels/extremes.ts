/**
 * The largest or smallest of each row or column. A NaN wins: it is what a row's mask of unordered
 * elements is for, as one comparison costs less than an instruction that looks for NaN itself.
 */
import {
  f32,
  f32x4,
  type FunctionBody,
  i32,
  type Local,
  type ModuleWriter,
  v128,
  type V128,
} from "../assembler/index.ts";
import { whole } from "./matmul/routine.ts";

const LANES = 4;

interface Extreme {
  readonly name: string;
  /** What every number is better than. */
  readonly worst: number;
  /** The better of two numbers; of a number and NaN the first. */
  readonly better: (best: V128, x: V128) => V128;
  /** The better of two, NaN if either is. */
  readonly four: (a: V128, b: V128) => V128;
  readonly one: typeof f32.max;
}

const extremes: readonly Extreme[] = [
  { name: "max", worst: -Infinity, better: f32x4.pmax, four: f32x4.max, one: f32.max },
  { name: "min", worst: Infinity, better: f32x4.pmin, four: f32x4.min, one: f32.min },
];

/** Puts the largest of `n` f32 side by side at `x` into `found`. */
export function findMax(
  f: FunctionBody,
  x: Local<"i32">,
  n: Local<"i32">,
  found: Local<"f32">,
): void {
  const at = f.local(x);
  // There are two.
  findExtreme(f, extremes[0]!, at, n, found);
}

/** As `findMax`, for either; `x` ends behind them. */
function findExtreme(
  f: FunctionBody,
  { worst, better, four, one }: Extreme,
  x: Local<"i32">,
  n: Local<"i32">,
  found: Local<"f32">,
): void {
  const end = f.local(i32.add(x, i32.shl(n, 2)));
  const whole = f.local(i32.add(x, i32.and(i32.shl(n, 2), -16 * LANES)));
  const bests = f.locals("v128", LANES);
  for (const best of bests) f.set(best, f.constant(f32x4.const(worst)));
  const unordered = f.local("v128");
  f.set(unordered, f.constant(f32x4.const(0)));
  f.upTo(x, whole, 16 * LANES, () =>
    bests.forEach((best, k) => {
      const value = f.local(v128.load(x, 16 * k));
      f.set(best, better(best, value));
      f.set(unordered, v128.or(unordered, f32x4.ne(value, value)));
    }),
  );
  // All bits of a NaN's lane are 1, which is NaN.
  const best = f.local(
    v128.or(
      bests.reduce<V128>((a, b) => four(a, b), bests[0]!),
      unordered,
    ),
  );
  f.set(found, f32x4.lane(best, 0));
  for (const lane of [1, 2, 3]) f.set(found, one(found, f32x4.lane(best, lane)));
  f.upTo(x, end, 4, () => f.set(found, one(found, f32.load(x))));
}

/** `maxRows(x, outer, n, out)`, `maxColumns(x, outer, length, row, inner, out)` and those of min. */
export function writeExtremes(writer: ModuleWriter): void {
  for (const extreme of extremes) {
    const { name, worst, four, one } = extreme;
    writer.function(
      `${name}Rows`,
      { x: "i32", outer: "i32", n: "i32", out: "i32" },
      (f, { x, outer, n, out }) => {
        const found = f.local("f32");
        f.upTo(out, f.local(i32.add(out, i32.shl(outer, 2))), 4, () => {
          findExtreme(f, extreme, x, n, found);
          f.emit(f32.store(out, found));
        });
      },
    );
    const parameters = whole("x", "outer", "length", "row", "inner", "out");
    writer.function(`${name}Columns`, parameters, (f, { x, outer, length, row, inner, out }) => {
      const [o, r, c] = [f.local("i32"), f.local("i32"), f.local("i32")];
      const width = f.local(i32.shl(inner, 2));
      const vectors = f.local(i32.and(width, -16));
      const [best, value] = [i32.add(out, c), i32.add(x, c)];
      f.upTo(o, outer, 1, () => {
        f.set(c, 0);
        f.upTo(c, width, 4, () => f.emit(f32.store(best, f32.const(worst))));
        f.set(r, 0);
        f.upTo(r, length, 1, () => {
          f.set(c, 0);
          f.upTo(c, vectors, 16, () =>
            f.emit(v128.store(best, four(v128.load(best), v128.load(value)))),
          );
          f.upTo(c, width, 4, () => f.emit(f32.store(best, one(f32.load(best), f32.load(value)))));
          f.advance(x, row);
        });
        f.advance(out, width);
      });
    });
  }
}
