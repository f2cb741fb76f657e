/**
 * What is made of the exponentials of a row, less its largest element: softmax, its logarithm, the
 * logarithm of the sum, cross-entropy.
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
  select,
  v128,
  type V128,
  type Value,
} from "../assembler/index.ts";
import type { Variant } from "../variant.ts";
import { roundOf, writeRow } from "./elementwise.ts";
import { findMax } from "./extremes.ts";
import { sumsOf } from "./layer-norm.ts";
import { log } from "./logarithm.ts";
import { halves, treeOf } from "./row-sums.ts";
import { VectorMath } from "./vector-math.ts";

/** Vectors whose exponentials are summed in f32 before f64. */
const BUNCH = 4;
/** Below, a power is nothing beside the largest one, which is 1. */
const NOTHING = -87;

/** eˣ for x <= 0, or 0 below `NOTHING`. */
function shareOf(math: VectorMath, x: Local<"v128">): V128 {
  const { rest, bits } = math.power(x);
  const scale = math.local(math.scaleOf(bits));
  const power = math.madd(rest, scale, scale);
  return v128.andNot(power, f32x4.lt(x, math.number(NOTHING)));
}

/**
 * A function `(x, out, n, peak, ahead)` that sums e^(x - peak) of `n` f32 to f64, and writes them to `out`
 * if `isKept`. What lies `ahead` bytes behind `x` is brought near then: exponentials take longer than
 * memory does, and the search for the largest of the next row would wait for it.
 */
function writeShares(
  writer: ModuleWriter,
  variant: Variant,
  name: string,
  isKept: boolean,
): Callee {
  return writer.function(
    name,
    { x: "i32", out: "i32", n: "i32", peak: "f32", ahead: "i32" },
    (f, { x, out, n, peak, ahead }) => {
      const math = new VectorMath(f, variant);
      const top = f.local(f32x4.splat(peak));
      const [low, high] = [f.local("v128"), f.local("v128")];
      const i = f.local("i32");
      const bytes = f.local(i32.shl(n, 2));
      const from = i32.add(x, i);
      const to = i32.add(out, i);
      const share = (given: V128) => f.local(shareOf(math, f.local(f32x4.sub(given, top))));
      const add = (sum: V128) => {
        const [first, last] = halves(f, sum);
        f.set(low, f64x2.add(low, first));
        f.set(high, f64x2.add(high, last));
      };
      const some = (count: number) => {
        // A bunch is a line.
        if (isKept && count === BUNCH) f.touch(i32.add(from, ahead));
        const shares: V128[] = [];
        f.weave(
          Array.from({ length: count }, (_, k) => () => {
            shares.push(share(v128.load(from, 16 * k)));
          }),
        );
        if (isKept) shares.forEach((four, k) => f.emit(v128.store(to, four, 16 * k)));
        add(treeOf(shares, f32x4.add));
      };
      f.upTo(i, f.local(i32.and(bytes, -16 * BUNCH)), 16 * BUNCH, () => some(BUNCH));
      f.upTo(i, f.local(i32.and(bytes, -16)), 16, () => some(1));
      const sum = f.local(f64x2.add(low, high));
      const total = f.local(f64.add(f64x2.lane(sum, 0), f64x2.lane(sum, 1)));
      f.upTo(i, bytes, 4, () => {
        const one = share(v128.load32Zero(from));
        if (isKept) f.emit(v128.store32Lane(to, one, 0));
        f.set(total, f64.add(total, f64.fromF32(f32x4.lane(one, 0))));
      });
      f.return(total);
    },
    "f64",
  );
}

/** Bytes from row `r` to the next one; 0 for the last. */
const aheadOf = (rows: Value<"i32">, r: Local<"i32">, n: Value<"i32">): Value<"i32"> =>
  select(i32.lt(i32.add(r, 1), rows), i32.shl(n, 2), i32.const(0));

/** Changes `n` f32 from `x` to `out`, four by four. */
function eachFour(
  f: FunctionBody,
  x: Local<"i32">,
  out: Local<"i32">,
  n: Local<"i32">,
  change: (x: V128) => V128,
): void {
  const i = f.local("i32");
  const bytes = f.local(i32.shl(n, 2));
  const [from, to] = [i32.add(x, i), i32.add(out, i)];
  f.set(i, 0);
  f.upTo(i, f.local(i32.and(bytes, -64)), 64, () => {
    for (const at of [0, 16, 32, 48]) f.emit(v128.store(to, change(v128.load(from, at)), at));
  });
  f.upTo(i, f.local(i32.and(bytes, -16)), 16, () =>
    f.emit(v128.store(to, change(v128.load(from)))),
  );
  f.upTo(i, bytes, 4, () => f.emit(v128.store32Lane(to, change(v128.load32Zero(from)), 0)));
}

/**
 * `softmaxRows(x, out, rows, n)`, `logSoftmaxRows(x, out, rows, n)`, `logsumexpRows(x, rows, n, out)`.
 * Gives the first, for others to call.
 */
export function writeSoftmax(writer: ModuleWriter, variant: Variant): Callee {
  const kept = writeShares(writer, variant, "shares", true);
  const summed = writeShares(writer, variant, "shareSum", false);
  const places = { x: "i32", out: "i32", rows: "i32", n: "i32" } as const;
  const logOf = (f: FunctionBody, sum: Value<"f64">): Value<"f32"> => {
    const math = new VectorMath(f, variant);
    return f32x4.lane(log(math, f.local(f32x4.splat(f32.fromF64(sum)))), 0);
  };
  const normalise = (f: FunctionBody, out: Local<"i32">, n: Local<"i32">, sum: Value<"f64">) => {
    const scale = f.local(f32x4.splat(f32.fromF64(f64.div(f64.const(1), sum))));
    eachFour(f, out, out, n, (four) => f32x4.mul(four, scale));
  };
  const eachRow = (
    f: FunctionBody,
    rows: Value<"i32">,
    pointers: readonly Local<"i32">[],
    n: Value<"i32">,
    body: (ahead: Value<"i32">) => void,
  ) => {
    const r = f.local("i32");
    f.upTo(r, rows, 1, () => {
      body(aheadOf(rows, r, n));
      for (const pointer of pointers) f.advance(pointer, i32.shl(n, 2));
    });
  };

  const softmaxRows = writer.function("softmaxRows", places, (f, { x, out, rows, n }) => {
    const peak = f.local("f32");
    eachRow(f, rows, [x, out], n, (ahead) => {
      findMax(f, x, n, peak);
      normalise(f, out, n, f.local(f.result("f64", kept, x, out, n, peak, ahead)));
    });
  });

  writer.function("logSoftmaxRows", places, (f, { x, out, rows, n }) => {
    const peak = f.local("f32");
    eachRow(f, rows, [x, out], n, () => {
      findMax(f, x, n, peak);
      const log = logOf(f, f.result("f64", summed, x, out, n, peak, i32.const(0)));
      const [top, rest] = [f.local(f32x4.splat(peak)), f.local(f32x4.splat(log))];
      eachFour(f, x, out, n, (four) => f32x4.sub(f32x4.sub(four, top), rest));
    });
  });

  // y (g - Σ g y) for a softmax y, g - eʸ Σ g for its logarithm.
  const slopePlaces = { g: "i32", y: "i32", out: "i32", rows: "i32", n: "i32" } as const;
  for (const isLog of [false, true])
    writer.function(
      isLog ? "logSoftmaxSlopeRows" : "softmaxSlopeRows",
      slopePlaces,
      (f, { g, y, out, rows, n }) => {
        const math = new VectorMath(f, variant);
        eachRow(f, rows, [g, y, out], n, () => {
          const [sum] = sumsOf(f, variant, n, 1, (read) => [
            isLog ? read(g) : f32x4.mul(read(g), read(y)),
          ]) as [Local<"f64">];
          const total = f.local(f32x4.splat(f32.fromF64(sum)));
          writeRow(f, n, roundOf(!isLog), (i, load, store, offset) => {
            const slope = load(i32.add(g, i), offset);
            const given = f.local(load(i32.add(y, i), offset));
            const change = isLog
              ? variant.nmadd(math.expBelowZero(given), total, slope)
              : f32x4.mul(given, f32x4.sub(slope, total));
            f.emit(store(i32.add(out, i), f.local(change), offset));
          });
        });
      },
    );

  writer.function("logsumexpRows", { x: "i32", rows: "i32", n: "i32", out: "i32" }, (f, args) => {
    const { x, rows, n, out } = args;
    const peak = f.local("f32");
    eachRow(f, rows, [x], n, () => {
      findMax(f, x, n, peak);
      // Infinite, it is the result itself: nothing can be taken from it.
      f.if(f32.lt(f32.abs(peak), f32.const(Infinity)), () => {
        const log = logOf(f, f.result("f64", summed, x, x, n, peak, i32.const(0)));
        f.set(peak, f32.add(peak, log));
      });
      f.emit(f32.store(out, peak));
      f.advance(out, 4);
    });
  });

  // The number of the first row whose label is no class, or -1.
  const parameters = { ...places, labels: "i32", losses: "i32" } as const;
  writer.function(
    "crossEntropyRows",
    parameters,
    (f, { x, out, rows, n, labels, losses }) => {
      const [peak, label] = [f.local("f32"), f.local("i32")];
      const r = f.local("i32");
      f.upTo(r, rows, 1, () => {
        f.set(label, i32.load(labels));
        f.if(i32.geU(label, n), () => f.return(r));
        findMax(f, x, n, peak);
        const sum = f.local(f.result("f64", kept, x, out, n, peak, aheadOf(rows, r, n)));
        normalise(f, out, n, sum);
        const hit = f32.load(i32.add(x, i32.shl(label, 2)));
        f.emit(f32.store(losses, f32.add(f32.sub(peak, hit), logOf(f, sum))));
        for (const pointer of [labels, losses]) f.advance(pointer, 4);
        for (const pointer of [x, out]) f.advance(pointer, i32.shl(n, 2));
      });
      f.return(i32.const(-1));
    },
    "i32",
  );

  // (p - onehot(labels)) scale
  const residual = { ...places, labels: "i32", scale: "i32" } as const;
  writer.function("softmaxResidualRows", residual, (f, { x, out, rows, n, labels, scale }) => {
    eachRow(f, rows, [x, out], n, () => {
      const factor = f.local(f32.load(scale));
      const four = f.local(f32x4.splat(factor));
      eachFour(f, x, out, n, (p) => f32x4.mul(p, four));
      const hit = f.local(i32.shl(i32.load(labels), 2));
      const less = f32.sub(f32.load(i32.add(x, hit)), f32.const(1));
      f.emit(f32.store(i32.add(out, hit), f32.mul(less, factor)));
      for (const pointer of [labels, scale]) f.advance(pointer, 4);
    });
  });
  return softmaxRows;
}
