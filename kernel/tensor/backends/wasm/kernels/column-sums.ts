/**
 * Sums down columns and what is made of them, of `[outer, length, inner]` over the middle: the same
 * sums as along rows, of a stripe of columns at a time, kept in memory.
 */
import {
  type Callee,
  f32,
  f32x4,
  f64,
  f64x2,
  type FunctionBody,
  i32,
  type Local,
  type ModuleWriter,
  v128,
  type V128,
  type Value,
} from "../assembler/index.ts";
import { BUNCH, halves, treeOf } from "./row-sums.ts";

/** Columns whose sums are kept at hand, in f64. */
const STRIPE = 512;

/**
 * A function `(x, length, row, n, scratch, mean)` that adds `terms` of `n` columns of `length` rows to
 * the f64 at `scratch`. `row` bytes lead from row to row; `mean` is where f64 lie for `terms` to use.
 */
function writeColumns(
  writer: ModuleWriter,
  name: string,
  bunch: number,
  terms: (f: FunctionBody, pair: V128, mean: V128) => V128,
): Callee {
  const parameters = {
    x: "i32",
    length: "i32",
    row: "i32",
    n: "i32",
    scratch: "i32",
    mean: "i32",
  } as const;
  return writer.function(name, parameters, (f, { x, length, row, n, scratch, mean }) => {
    const rows = f.local("i32");
    const c = f.local("i32");
    const d = f.local("i32");
    const bytes = f.local(i32.shl(n, 2));
    const whole = f.local(i32.and(bytes, -16));
    const starts = f.locals("i32", bunch);
    /** Adds `count` rows from `x` on to all sums. */
    const add = (count: number) => {
      // As many as there are rows in a bunch, or one.
      const used = starts.slice(0, count);
      used.forEach((start, k) => f.set(start, k === 0 ? x : i32.add(starts[k - 1]!, row)));
      const column = (load: typeof v128.load) =>
        treeOf(
          used.map((start) => load(i32.add(start, c))),
          f32x4.add,
        );
      f.set(c, 0);
      f.set(d, 0);
      f.upTo(c, whole, 16, () => {
        halves(f, column(v128.load)).forEach((pair, k) => {
          const at = i32.add(scratch, d);
          const term = terms(f, pair, v128.load(i32.add(mean, d), 16 * k));
          f.emit(v128.store(at, f64x2.add(v128.load(at, 16 * k), term), 16 * k));
        });
        f.advance(d, 32);
      });
      f.upTo(c, bytes, 4, () => {
        const at = i32.add(scratch, d);
        const pair = f64x2.fromF32(column(v128.load32Zero));
        const term = terms(f, pair, v128.load64Zero(i32.add(mean, d)));
        f.emit(v128.store64Lane(at, f64x2.add(v128.load64Zero(at), term), 0));
        f.advance(d, 8);
      });
      f.advance(x, i32.mul(row, count));
    };
    f.upTo(rows, f.local(i32.and(length, -bunch)), bunch, () => add(bunch));
    if (bunch > 1) f.upTo(rows, length, 1, () => add(1));
  });
}

/** Kernels `sumColumns`, `normColumns` ... `(x, outer, length, row, inner, out, divisor, scratch)`. */
export function writeColumnSums(writer: ModuleWriter): void {
  const sum = writeColumns(writer, "sumStripe", BUNCH, (_, pair) => pair);
  const exactly = writeColumns(writer, "exactStripe", 1, (_, pair) => pair);
  const sizes = writeColumns(writer, "sizeStripe", 1, (f, pair) =>
    v128.and(pair, f.constant(v128.not(f64x2.splat(-0)))),
  );
  const squares = writeColumns(writer, "squareStripe", 1, (f, pair, mean) => {
    const distance = f.local(f64x2.sub(pair, mean));
    return f64x2.mul(distance, distance);
  });
  const column = (name: string, stripe: Callee, isCentred: boolean, last: (x: V128) => V128) => {
    const parameters = {
      x: "i32",
      outer: "i32",
      length: "i32",
      row: "i32",
      inner: "i32",
      out: "i32",
      divisor: "f64",
      scratch: "i32",
    } as const;
    writer.function(name, parameters, (f, args) => {
      const { x, outer, length, row, inner, out, divisor, scratch } = args;
      const [o, c, n, i] = f.locals("i32", 4) as [
        Local<"i32">,
        Local<"i32">,
        Local<"i32">,
        Local<"i32">,
      ];
      const [pair, strange] = [f.local("v128"), f.local("v128")];
      const mean = f.local(i32.add(scratch, 8 * STRIPE));
      const scale = f.local(f64x2.splat(divisor));
      const count = f.local(f64x2.splat(f64.fromI32(length)));
      const eachPair = (change: (at: Value<"i32">) => void) => {
        f.set(i, 0);
        f.upTo(i, f.local(i32.shl(n, 3)), 16, () => change(i32.add(scratch, i)));
      };
      f.upTo(o, outer, 1, () => {
        f.set(c, 0);
        f.upTo(c, inner, STRIPE, () => {
          f.set(n, i32.sub(inner, c));
          f.if(i32.gt(n, STRIPE), () => f.set(n, i32.const(STRIPE)));
          f.fillMemory(scratch, 0, 16 * STRIPE);
          const add = () => {
            f.call(sum, x, length, row, n, scratch, scratch);
            f.set(strange, f.constant(f64x2.splat(0)));
            eachPair((at) => {
              f.set(pair, v128.load(at));
              f.set(strange, f64x2.add(strange, f64x2.sub(pair, pair)));
            });
            // Where sums of a bunch may have overflowed, all rows once more, one by one.
            f.if(v128.anyTrue(strange), () => {
              f.fillMemory(scratch, 0, 8 * STRIPE);
              f.call(exactly, x, length, row, n, scratch, scratch);
            });
          };
          if (isCentred) {
            add();
            eachPair((at) => {
              f.emit(v128.store(at, f64x2.div(v128.load(at), count), 8 * STRIPE));
              f.emit(v128.store(at, f.constant(f64x2.splat(0))));
            });
          }
          if (stripe === sum) add();
          else f.call(stripe, x, length, row, n, scratch, mean);
          eachPair((at) => f.emit(v128.store(at, last(f64x2.div(v128.load(at), scale)))));
          f.set(i, 0);
          f.upTo(i, n, 1, () => {
            f.emit(f32.store(out, f32.fromF64(f64.load(i32.add(scratch, i32.shl(i, 3))))));
            f.advance(out, 4);
          });
          f.advance(x, i32.shl(n, 2));
        });
        f.advance(x, i32.sub(i32.mul(row, length), i32.shl(inner, 2)));
      });
    });
  };
  column("sumColumns", sum, false, (x) => x);
  column("sizeColumns", sizes, false, (x) => x);
  column("normColumns", squares, false, f64x2.sqrt);
  column("varianceColumns", squares, true, (x) => x);
  column("deviationColumns", squares, true, f64x2.sqrt);
}
