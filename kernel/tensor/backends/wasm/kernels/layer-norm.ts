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
  type Value,
} from "../assembler/index.ts";
import type { Variant } from "../variant.ts";
import { writeRow } from "./elementwise.ts";

type Four = Local<"v128">;

/** Bytes of a row that are summed in f32 before their sum goes into one in f64. */
const CHUNK = 4096;
/** Rows that go into the slopes of weight and bias at once. */
const TOGETHER = 2;
/** Rows whose sum, made in f32, goes into those slopes. */
const BLOCK = 64;

/** Four elements of the array at an address; at the end of a row one, and zeros. */
type Read = (array: Local<"i32">) => Four;

/** Sums over a row of `n` elements, in f64, of the `count` terms that four of them give. */
export function sumsOf(
  f: FunctionBody,
  n: Local<"i32">,
  count: number,
  terms: (read: Read) => readonly V128[],
): readonly Local<"f64">[] {
  const i = f.local("i32");
  const end = f.local("i32");
  const bytes = f.local(i32.shl(n, 2));
  const whole = f.local(i32.and(bytes, -32));
  const zero = f.constant(f32x4.const(0));
  const first = f.constant(v128.shuffle32(i32x4.const(-1), i32x4.const(0), [0, 4, 4, 4]));
  const totals = Array.from({ length: count }, () => f.local(f64.const(0)));
  // Two vectors a round, each with sums of its own.
  const sums = [f.locals("v128", count), f.locals("v128", count)] as const;
  const add = (to: readonly Four[], found: readonly V128[]) => {
    to.forEach((sum, t) => f.set(sum, f32x4.add(sum, found[t]!))); // one for each total
  };
  const gather = (run: () => void) => {
    for (const sum of sums.flat()) f.set(sum, zero);
    run();
    totals.forEach((total, t) => {
      const four = f.local(f32x4.add(sums[0][t]!, sums[1][t]!)); // as above
      const high = f64x2.fromF32(v128.shuffle32(four, four, [2, 3, 2, 3]));
      const two = f.local(f64x2.add(f64x2.fromF32(four), high));
      f.set(total, f64.add(total, f64.add(f64x2.lane(two, 0), f64x2.lane(two, 1))));
    });
  };
  f.set(i, 0);
  f.while(i32.lt(i, whole), () => {
    f.set(end, i32.add(i, CHUNK));
    f.set(end, select(i32.lt(end, whole), end, whole));
    gather(() =>
      f.upTo(i, end, 32, () =>
        sums.forEach((to, k) =>
          add(
            to,
            terms((array) => f.local(v128.load(i32.add(array, i), 16 * k))),
          ),
        ),
      ),
    );
  });
  gather(() =>
    f.upTo(i, bytes, 4, () => {
      const found = terms((array) => f.local(v128.load32Zero(i32.add(array, i))));
      // Beyond the one there are zeros, whose terms need not be 0.
      add(
        sums[0],
        found.map((term) => v128.and(term, first)),
      );
    }),
  );
  return totals;
}

export const splat = (f: FunctionBody, value: Value<"f64">): Four =>
  f.local(f32x4.splat(f32.fromF64(value)));

/** `x - mean`, the mean in two parts. */
export const centred = (x: V128, high: Four, low: Four): V128 => f32x4.sub(f32x4.sub(x, high), low);

function writeForward(writer: ModuleWriter, { madd }: Variant): void {
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
      const [sum] = sumsOf(f, n, 1, (read) => [read(x)]) as [Local<"f64">];
      const near = splat(f, f64.div(sum, count));
      const [rest, squares] = sumsOf(f, n, 2, (read) => {
        const distance = f.local(f32x4.sub(read(x), near));
        return [distance, f32x4.mul(distance, distance)];
      }) as [Local<"f64">, Local<"f64">];
      const low = f.local(f64.div(rest, count));
      const variance = f64.sub(f64.div(squares, count), f64.mul(low, low));
      const rate = splat(f, f64.div(f64.const(1), f64.sqrt(f64.add(f64.max(variance, 0), eps))));
      const more = splat(f, low);
      writeRow(f, n, "single", (i, load, store) => {
        const y = f.local(f32x4.mul(centred(load(i32.add(x, i), 0), near, more), rate));
        const shifted = madd(y, load(i32.add(weight, i), 0), load(i32.add(bias, i), 0));
        f.emit(store(i32.add(out, i), f.local(shifted), 0));
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

/** A row on the way back: where it lies and what it is scaled by. */
interface Row {
  readonly g: Local<"i32">;
  readonly x: Local<"i32">;
  readonly out: Local<"i32">;
  readonly high: Four;
  readonly low: Four;
  readonly rate: Four;
  /** mean(g w) and mean(g w y). */
  readonly level: Four;
  readonly tilt: Four;
}

/** dx = (g w - mean(g w) - y mean(g w y)) / σ, and the sums over all rows of g y and g. */
function writeBackward(writer: ModuleWriter, { madd, nmadd }: Variant): void {
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

    const rowAt = (k: number): Row => {
      const skip = f.local(i32.mul(bytes, k));
      const place = f.local(i32.add(moments, i32.shl(i32.add(r, k), 2)));
      const high = f.local(v128.load32Splat(place));
      const low = f.local(v128.load32Splat(i32.add(place, stride)));
      const rate = f.local(v128.load32Splat(i32.add(place, i32.shl(stride, 1))));
      const at = { g: f.local(i32.add(g, skip)), x: f.local(i32.add(x, skip)) };
      const [sum, product] = sumsOf(f, n, 2, (read) => {
        const slope = f.local(f32x4.mul(read(at.g), read(weight)));
        return [slope, f32x4.mul(slope, f32x4.mul(centred(read(at.x), high, low), rate))];
      }) as [Local<"f64">, Local<"f64">];
      const level = splat(f, f64.div(sum, count));
      const tilt = splat(f, f64.div(product, count));
      return { ...at, out: f.local(i32.add(out, skip)), high, low, rate, level, tilt };
    };

    const step = (together: number) => {
      const group = Array.from({ length: together }, (_, k) => rowAt(k));
      writeRow(f, n, "single", (i, load, store) => {
        const scale = f.local(load(i32.add(weight, i), 0));
        const [toWeight, toBias] = [i32.add(scratch, i), i32.add(biasScratch, i)];
        const weightSum = f.local(load(toWeight, 0));
        const biasSum = f.local(load(toBias, 0));
        for (const { g: from, x: given, out: to, high, low, rate, level, tilt } of group) {
          const slope = f.local(load(i32.add(from, i), 0));
          const y = f.local(f32x4.mul(centred(load(i32.add(given, i), 0), high, low), rate));
          const change = nmadd(y, tilt, f32x4.sub(f32x4.mul(slope, scale), level));
          f.emit(store(i32.add(to, i), f.local(f32x4.mul(change, rate)), 0));
          f.set(weightSum, madd(slope, y, weightSum));
          f.set(biasSum, f32x4.add(biasSum, slope));
        }
        f.emit(store(toWeight, weightSum, 0), store(toBias, biasSum, 0));
      });
      f.advance(r, together);
      for (const each of [g, x, out]) f.advance(each, i32.mul(bytes, together));
    };

    for (const each of [weightOut, biasOut]) f.fillMemory(each, 0, bytes);
    f.while(i32.lt(r, rows), () => {
      f.set(end, i32.add(r, BLOCK));
      f.set(end, select(i32.lt(end, rows), end, rows));
      f.fillMemory(scratch, 0, i32.shl(bytes, 1));
      f.while(i32.le(r, i32.sub(end, TOGETHER)), () => step(TOGETHER));
      f.while(i32.lt(r, end), () => step(1));
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
