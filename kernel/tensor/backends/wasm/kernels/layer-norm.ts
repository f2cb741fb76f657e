/**
 * Layer normalisation and its slopes. The mean is found twice, the second time from the distances to
 * the first, whose squares give the variance (Chan, Golub and LeVeque, 1983); it is kept in two parts,
 * so that rows far from 0 lose nothing.
 */
import {
  f32,
  f32x4,
  f64,
  f64x2,
  type FunctionBody,
  i32,
  i32x4,
  type Local,
  type ModuleWriter,
  select,
  v128,
  type V128,
  Value,
} from "../assembler/index.ts";
import type { Variant } from "../variant.ts";
import { writeRow } from "./elementwise.ts";
import { treeOf } from "./row-sums.ts";

type Four = Local<"v128">;

/** Bytes of a row that are summed in f32 before their sum goes into one in f64. */
const CHUNK = 4096;
/** Rows whose sum, made in f32, goes into those slopes. */
const BLOCK = 64;

/** Four elements of the array at an address; at the end of a row one, and zeros. */
type Read = (array: Local<"i32">) => Four;

/** What is added up: four numbers, or the products of two fours. */
type Term = V128 | readonly [V128, V128];

/** Vectors in a round, each with sums of its own, as an addition takes as long as several begin. */
const VECTORS = 4;

/** Sums over a row of `n` elements, in f64, of the `count` terms that four of them give. */
export function sumsOf(
  f: FunctionBody,
  { madd }: Variant,
  n: Local<"i32">,
  count: number,
  terms: (read: Read) => readonly Term[],
): readonly Local<"f64">[] {
  const i = f.local("i32");
  const end = f.local("i32");
  const bytes = f.local(i32.shl(n, 2));
  const inRounds = f.local(i32.and(bytes, -16 * VECTORS));
  const inFours = f.local(i32.and(bytes, -16));
  const zero = f.constant(f32x4.const(0));
  const first = f.constant(v128.shuffle32(i32x4.const(-1), i32x4.const(0), [0, 4, 4, 4]));
  const totals = Array.from({ length: count }, () => f.local(f64.const(0)));
  const sums = Array.from({ length: VECTORS }, () => f.locals("v128", count));
  const add = (to: readonly Four[], found: readonly Term[]) => {
    to.forEach((sum, t) => {
      const term = found[t]!; // one for each total
      f.set(sum, term instanceof Value ? f32x4.add(sum, term) : madd(...term, sum));
    });
  };
  const gather = (run: () => void) => {
    for (const sum of sums.flat()) f.set(sum, zero);
    run();
    totals.forEach((total, t) => {
      const parts = sums.map((each) => each[t]!); // as above
      const four = f.local(treeOf(parts, f32x4.add));
      const high = f64x2.fromF32(v128.shuffle32(four, four, [2, 3, 2, 3]));
      const two = f.local(f64x2.add(f64x2.fromF32(four), high));
      f.set(total, f64.add(total, f64.add(f64x2.lane(two, 0), f64x2.lane(two, 1))));
    });
  };
  f.set(i, 0);
  const take = (to: readonly Four[], offset: number) =>
    add(
      to,
      terms((array) => f.local(v128.load(i32.add(array, i), offset))),
    );
  f.while(i32.lt(i, inRounds), () => {
    f.set(end, i32.add(i, CHUNK));
    f.set(end, select(i32.lt(end, inRounds), end, inRounds));
    gather(() => f.upTo(i, end, 16 * VECTORS, () => sums.forEach((to, k) => take(to, 16 * k))));
  });
  const some = sums[0]!; // there are several
  f.if(i32.lt(i, bytes), () =>
    gather(() => {
      f.upTo(i, inFours, 16, () => take(some, 0));
      f.upTo(i, bytes, 4, () => {
        const found = terms((array) => f.local(v128.load32Zero(i32.add(array, i))));
        // Beyond the one there are zeros, whose terms need not be 0.
        const alone = (four: V128) => v128.and(four, first);
        add(
          some,
          found.map((term): Term =>
            term instanceof Value ? alone(term) : [alone(term[0]), term[1]],
          ),
        );
      });
    }),
  );
  return totals;
}

export const splat = (f: FunctionBody, value: Value<"f64">): Four =>
  f.local(f32x4.splat(f32.fromF64(value)));

/** What `(x - mean) rate` is where x is the mean's first part: its second part is taken away last. */
const startOf = (low: Four, rate: Four): V128 => f32x4.neg(f32x4.mul(low, rate));

function writeForward(writer: ModuleWriter, variant: Variant): void {
  const { madd } = variant;
  const parameters = {
    x: "i32",
    weight: "i32",
    bias: "i32",
    out: "i32",
    /** Three rows, `stride` bytes apart: the mean's two parts, and 1/√(σ² + ε). */
    moments: "i32",
    stride: "i32",
    rows: "i32",
    n: "i32",
    eps: "f64",
  } as const;
  writer.function("layerNorm", parameters, (f, args) => {
    const { x, weight, bias, out, moments, stride, rows, n, eps } = args;
    const r = f.local("i32");
    const bytes = f.local(i32.shl(n, 2));
    const count = f.local(f64.fromI32(n));
    f.upTo(r, rows, 1, () => {
      const [sum] = sumsOf(f, variant, n, 1, (read) => [read(x)]) as [Local<"f64">];
      const near = splat(f, f64.div(sum, count));
      const [rest, squares] = sumsOf(f, variant, n, 2, (read) => {
        const distance = f.local(f32x4.sub(read(x), near));
        return [distance, [distance, distance]];
      }) as [Local<"f64">, Local<"f64">];
      const low = f.local(f64.div(rest, count));
      const variance = f64.sub(f64.div(squares, count), f64.mul(low, low));
      const rate = splat(f, f64.div(f64.const(1), f64.sqrt(f64.add(f64.max(variance, 0), eps))));
      const more = splat(f, low);
      const start = f.local(startOf(more, rate));
      writeRow(f, n, "unrolled", (i, load, store, offset) => {
        const y = f.local(madd(f32x4.sub(load(i32.add(x, i), offset), near), rate, start));
        const [scale, shift] = [weight, bias].map((each) => load(i32.add(each, i), offset));
        f.emit(store(i32.add(out, i), f.local(madd(y, scale!, shift!)), offset));
      });
      [near, more, rate].forEach((each, k) => {
        const place = k === 0 ? moments : i32.add(moments, i32.mul(stride, k));
        f.emit(f32.store(place, f32x4.lane(each, 0)));
      });
      f.advance(moments, 4);
      f.advance(x, bytes);
      f.advance(out, bytes);
    });
  });
}

/** dx = (g w - mean(g w) - y mean(g w y)) / σ, and the sums over all rows of g y and g. */
function writeBackward(writer: ModuleWriter, variant: Variant): void {
  const { madd, nmadd } = variant;
  const parameters = {
    g: "i32",
    x: "i32",
    weight: "i32",
    moments: "i32",
    stride: "i32",
    out: "i32",
    weightOut: "i32",
    biasOut: "i32",
    rows: "i32",
    n: "i32",
    /** 8 n bytes. */
    scratch: "i32",
  } as const;
  writer.function("layerNormSlopes", parameters, (f, args) => {
    const { g, x, weight, moments, stride, out, weightOut, biasOut, rows, n, scratch } = args;
    const bytes = f.local(i32.shl(n, 2));
    const count = f.local(f64.fromI32(n));
    const biasScratch = f.local(i32.add(scratch, bytes));
    const r = f.local("i32");
    const end = f.local("i32");

    const step = () => {
      const high = f.local(v128.load32Splat(moments));
      const low = f.local(v128.load32Splat(i32.add(moments, stride)));
      const rate = f.local(v128.load32Splat(i32.add(moments, i32.shl(stride, 1))));
      const start = f.local(startOf(low, rate));
      const yOf = (given: V128) => f.local(madd(f32x4.sub(given, high), rate, start));
      const [sum, product] = sumsOf(f, variant, n, 2, (read) => {
        const slope = f.local(f32x4.mul(read(g), read(weight)));
        return [slope, [slope, yOf(read(x))]];
      }) as [Local<"f64">, Local<"f64">];
      // -mean(g w) / σ and mean(g w y) / σ.
      const share = f.local(f64.div(f64.fromF32(f32x4.lane(rate, 0)), count));
      const level = splat(f, f64.sub(0, f64.mul(sum, share)));
      const tilt = splat(f, f64.mul(product, share));
      writeRow(f, n, "single", (i, load, store, offset) => {
        const slope = f.local(load(i32.add(g, i), offset));
        const y = yOf(load(i32.add(x, i), offset));
        const straight = madd(f32x4.mul(slope, rate), load(i32.add(weight, i), offset), level);
        const change = f.local(nmadd(y, tilt, straight));
        f.emit(store(i32.add(out, i), change, offset));
        const [toWeight, toBias] = [i32.add(scratch, i), i32.add(biasScratch, i)];
        f.emit(store(toWeight, f.local(madd(slope, y, load(toWeight, offset))), offset));
        f.emit(store(toBias, f.local(f32x4.add(load(toBias, offset), slope)), offset));
      });
      f.advance(moments, 4);
      for (const each of [g, x, out]) f.advance(each, bytes);
    };

    for (const each of [weightOut, biasOut]) f.fillMemory(each, 0, bytes);
    f.while(i32.lt(r, rows), () => {
      f.set(end, i32.add(r, BLOCK));
      f.set(end, select(i32.lt(end, rows), end, rows));
      f.fillMemory(scratch, 0, i32.shl(bytes, 1));
      f.upTo(r, end, 1, step);
      writeRow(f, n, "single", (i, load, store) => {
        for (const [to, from] of [
          [weightOut, scratch],
          [biasOut, biasScratch],
        ] as const) {
          const place = i32.add(to, i);
          const sum = f.local(f32x4.add(load(place, 0), load(i32.add(from, i), 0)));
          f.emit(store(place, sum, 0));
        }
      });
    });
  });
}

export function writeLayerNorm(writer: ModuleWriter, variant: Variant): void {
  writeForward(writer, variant);
  writeBackward(writer, variant);
}
