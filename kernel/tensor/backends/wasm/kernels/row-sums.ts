/**
 * Sums along rows and what is made of them. Eight terms at a time are summed pairwise in f32, and all
 * else in f64; squares are f64 from the beginning, so that nothing overflows that the result can hold.
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
import type { Arguments } from "../assembler/function.ts";

/** Vectors, or rows, that are summed in f32, two by two, before their sum goes into one in f64. */
export const BUNCH = 8;

type Change = (x: V128) => V128;

/** The first two, and the last two lanes of `x`, as f64. */
export const halves = (f: FunctionBody, x: V128): readonly [V128, V128] => {
  const four = f.local(x);
  return [f64x2.fromF32(four), f64x2.fromF32(v128.shuffle32(four, four, [2, 3, 2, 3]))];
};

const laneSum = (pair: Local<"v128">): Value<"f64"> =>
  f64.add(f64x2.lane(pair, 0), f64x2.lane(pair, 1));

/** Whether a sum is infinite or NaN. */
const isStrange = (sum: Local<"f64">): Value<"i32"> => i32.eqz(f64.lt(f64.sub(sum, sum), Infinity));

/** A function `(x, n)` that sums `change` of `n` f32 side by side, to f64. */
function writeSum(writer: ModuleWriter, name: string, change: Change): Callee {
  return writer.function(
    name,
    { x: "i32", n: "i32" },
    (f, { x, n }) => {
      const [low, high] = [f.local("v128"), f.local("v128")];
      const end = f.local(i32.add(x, i32.shl(n, 2)));
      const take = (sum: V128) => {
        const [first, last] = halves(f, sum);
        f.set(low, f64x2.add(low, first));
        f.set(high, f64x2.add(high, last));
      };
      f.upTo(x, f.local(i32.add(x, i32.and(i32.shl(n, 2), -16 * BUNCH))), 16 * BUNCH, () =>
        take(
          treeOf(
            Array.from({ length: BUNCH }, (_, k) => change(v128.load(x, 16 * k))),
            f32x4.add,
          ),
        ),
      );
      const takeRest = () => {
        f.upTo(x, f.local(i32.sub(end, 12)), 16, () => take(change(v128.load(x))));
        f.upTo(x, end, 4, () => take(change(v128.load32Zero(x))));
      };
      takeRest();
      const total = f.local(laneSum(f.local(f64x2.add(low, high))));
      // Where sums of a bunch may have overflowed, all terms once more, one by one.
      f.if(isStrange(total), () => {
        f.set(x, i32.sub(end, i32.shl(n, 2)));
        for (const sum of [low, high]) f.set(sum, f64x2.splat(0));
        takeRest();
        f.set(total, laneSum(f.local(f64x2.add(low, high))));
      });
      f.return(total);
    },
    "f64",
  );
}

/** `values` joined two by two, then the results. */
export function treeOf(values: readonly V128[], join: (a: V128, b: V128) => V128): V128 {
  const [first, second] = values;
  if (first === undefined) throw new Error("internal: nothing to join");
  if (second === undefined) return first;
  const middle = values.length >> 1;
  return join(treeOf(values.slice(0, middle), join), treeOf(values.slice(middle), join));
}

/** A function `(x, n, mean)` that sums (x - mean)² of `n` f32 side by side, in f64. */
function writeSquares(writer: ModuleWriter): Callee {
  return writer.function(
    "squares",
    { x: "i32", n: "i32", mean: "f64" },
    (f, { x, n, mean }) => {
      const centre = f.local(f64x2.splat(mean));
      const sums = f.locals("v128", 4);
      const end = f.local(i32.add(x, i32.shl(n, 2)));
      const whole = f.local(i32.add(x, i32.and(i32.shl(n, 2), -32)));
      const add = (sum: Local<"v128">, pair: V128) => {
        const distance = f.local(f64x2.sub(pair, centre));
        f.set(sum, f64x2.add(sum, f64x2.mul(distance, distance)));
      };
      f.upTo(x, whole, 32, () => {
        const pairs = [0, 16].flatMap((offset) => halves(f, v128.load(x, offset)));
        // Two vectors have four halves, one for each sum.
        pairs.forEach((pair, k) => add(sums[k]!, pair));
      });
      const total = f.local(laneSum(f.local(treeOf(sums, f64x2.add))));
      f.upTo(x, end, 4, () => {
        const distance = f.local(f64.sub(f64.fromF32(f32.load(x)), mean));
        f.set(total, f64.add(total, f64.mul(distance, distance)));
      });
      f.return(total);
    },
    "f64",
  );
}

/** Loops over `outer` rows of `n` f32 at `x`: `result` goes to `out`. */
function writeRows(
  writer: ModuleWriter,
  name: string,
  result: (
    f: FunctionBody,
    x: Local<"i32">,
    n: Local<"i32">,
    divisor: Local<"f64">,
  ) => Value<"f64">,
): void {
  const parameters = { x: "i32", outer: "i32", n: "i32", out: "i32", divisor: "f64" } as const;
  writer.function(name, parameters, (f, { x, outer, n, out, divisor }) => {
    const end = f.local(i32.add(out, i32.shl(outer, 2)));
    f.upTo(out, end, 4, () => {
      f.emit(f32.store(out, f32.fromF64(result(f, x, n, divisor))));
      f.advance(x, i32.shl(n, 2));
    });
  });
}

/** Kernels `sumRows`, `normRows` ... `(x, outer, n, out, divisor)`. */
export function writeRowSums(writer: ModuleWriter): void {
  const sum = writeSum(writer, "sum", (x) => x);
  const sizes = writeSum(writer, "sizes", f32x4.abs);
  const squares = writeSquares(writer);
  const zero = f64.const(0);
  writeRows(writer, "sumRows", (f, x, n, divisor) => f64.div(f.result("f64", sum, x, n), divisor));
  writeRows(writer, "sizeRows", (f, x, n) => f.result("f64", sizes, x, n));
  writeRows(writer, "normRows", (f, x, n) => f64.sqrt(f.result("f64", squares, x, n, zero)));
  const variance = (f: FunctionBody, x: Local<"i32">, n: Local<"i32">, divisor: Local<"f64">) => {
    const mean = f64.div(f.result("f64", sum, x, n), f64.fromI32(n));
    return f64.div(f.result("f64", squares, x, n, mean), divisor);
  };
  writeRows(writer, "varianceRows", variance);
  writeRows(writer, "deviationRows", (...args) => f64.sqrt(variance(...args)));
  writePart(writer, "sumPart", (f, { x, n }) => f.result("f64", sum, x, n));
  writePart(writer, "sizePart", (f, { x, n }) => f.result("f64", sizes, x, n));
  writePart(writer, "squarePart", (f, { x, n, mean }) => f.result("f64", squares, x, n, mean));
  writer.function(
    "total",
    { x: "i32", n: "i32" },
    (f, { x, n }) => {
      const total = f.local("f64");
      f.upTo(x, f.local(i32.add(x, i32.shl(n, 3))), 8, () =>
        f.set(total, f64.add(total, f64.load(x))),
      );
      f.return(total);
    },
    "f64",
  );
}

const part = { x: "i32", n: "i32", out: "i32", mean: "f64" } as const;

/** A kernel `(x, n, out, mean)`: a sum over `n` f32, as f64. Of `n` of those `total(x, n)` is the sum. */
function writePart(
  writer: ModuleWriter,
  name: string,
  sum: (f: FunctionBody, args: Arguments<typeof part>) => Value<"f64">,
): void {
  writer.function(name, part, (f, args) => f.emit(f64.store(args.out, sum(f, args))));
}
