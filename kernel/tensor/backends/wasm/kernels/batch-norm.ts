/**
 * Batch normalisation of images and its slopes, a channel at a time: its planes stay in the cache from
 * pass to pass. The moments are found as those of layer normalisation are.
 */
import {
  f32,
  f32x4,
  f64,
  type FunctionBody,
  i32,
  type Local,
  type ModuleWriter,
  type V128,
} from "../assembler/index.ts";
import type { Variant } from "../variant.ts";
import { writeRow } from "./elementwise.ts";
import { splat, sumsOf } from "./layer-norm.ts";
import { whole } from "./matmul/routine.ts";

/** Four elements of the array at an address. */
type Read = (array: Local<"i32">) => Local<"v128">;
type Sum = Local<"f64">;

/** `x - mean`, the mean in two parts. */
const centred = (x: V128, high: Local<"v128">, low: Local<"v128">): V128 =>
  f32x4.sub(f32x4.sub(x, high), low);

/** The planes of one channel: `n` elements in each of `images` images, `imageBytes` apart. */
interface Planes {
  readonly n: Local<"i32">;
  readonly images: Local<"i32">;
  readonly imageBytes: Local<"i32">;
}

/** Does `body` for each plane, with where it lies in each of `arrays`. */
function eachPlane(
  f: FunctionBody,
  { images, imageBytes }: Planes,
  arrays: readonly Local<"i32">[],
  body: (places: readonly Local<"i32">[]) => void,
): void {
  const image = f.local("i32");
  f.set(image, 0);
  const places = arrays.map((array) => f.local(i32.add(array, 0)));
  f.upTo(image, images, 1, () => {
    body(places);
    for (const place of places) f.advance(place, imageBytes);
  });
}

/** Sums over all planes, in f64, of the terms that four elements give. */
function totals(
  f: FunctionBody,
  variant: Variant,
  planes: Planes,
  arrays: readonly Local<"i32">[],
  count: number,
  terms: (read: Read, places: readonly Local<"i32">[]) => readonly V128[],
): readonly Sum[] {
  const sums = Array.from({ length: count }, () => f.local(f64.const(0)));
  eachPlane(f, planes, arrays, (places) => {
    const found = sumsOf(f, variant, planes.n, count, (read) => terms(read, places));
    sums.forEach((sum, t) => f.set(sum, f64.add(sum, found[t]!))); // one for each
  });
  return sums;
}

const size = (f: FunctionBody, { n, images }: Planes): Sum =>
  f.local(f64.mul(f64.fromI32(n), f64.fromI32(images)));

function writeForward(writer: ModuleWriter, variant: Variant): void {
  const { madd } = variant;
  const parameters = {
    ...whole("x", "weight", "bias", "out", "moments", "stride", "channels"),
    ...whole("n", "images", "imageBytes"),
    eps: "f64",
  } as const;
  writer.function("batchNorm", parameters, (f, args) => {
    const { x, weight, bias, out, moments, stride, channels, n, eps } = args;
    const bytes = f.local(i32.shl(n, 2));
    const count = size(f, args);
    f.while(channels, () => {
      const [sum] = totals(f, variant, args, [x], 1, (read, [plane]) => [read(plane!)]) as [Sum];
      const near = splat(f, f64.div(sum, count));
      const [rest, squares] = totals(f, variant, args, [x], 2, (read, [plane]) => {
        const distance = f.local(f32x4.sub(read(plane!), near));
        return [distance, f32x4.mul(distance, distance)];
      }) as [Sum, Sum];
      const low = f.local(f64.div(rest, count));
      const variance = f.local(
        f64.max(f64.sub(f64.div(squares, count), f64.mul(low, low)), f64.const(0)),
      );
      const rate = splat(f, f64.div(f64.const(1), f64.sqrt(f64.add(variance, eps))));
      const more = splat(f, low);
      const [scale, shift] = [weight, bias].map((at) => f.local(f32x4.splat(f32.load(at))));
      eachPlane(f, args, [x, out], ([from, to]) =>
        writeRow(f, n, "single", (i, load, store) => {
          const y = f32x4.mul(centred(load(i32.add(from!, i), 0), near, more), rate);
          f.emit(store(i32.add(to!, i), f.local(madd(f.local(y), scale!, shift!)), 0));
        }),
      );
      const place = f.local(i32.add(moments, 0));
      [near, more, rate, splat(f, variance)].forEach((each) => {
        f.emit(f32.store(place, f32x4.lane(each, 0)));
        f.advance(place, stride);
      });
      for (const each of [weight, bias, moments]) f.advance(each, 4);
      for (const each of [x, out]) f.advance(each, bytes);
      f.advance(channels, -1);
    });
  });
}

/** dx = w (g - mean(g) - y mean(g y)) / σ, and the sums of g y and g. */
function writeBackward(writer: ModuleWriter, variant: Variant): void {
  const { nmadd } = variant;
  const parameters = whole(
    ...([
      "g",
      "x",
      "weight",
      "moments",
      "stride",
      "out",
      "weightOut",
      "biasOut",
      "channels",
    ] as const),
    ...(["n", "images", "imageBytes"] as const),
  );
  writer.function("batchNormSlopes", parameters, (f, args) => {
    const { g, x, weight, moments, stride, out, weightOut, biasOut, channels, n } = args;
    const bytes = f.local(i32.shl(n, 2));
    const count = size(f, args);
    f.while(channels, () => {
      const place = f.local(i32.add(moments, 0));
      const [high, low, rate] = [0, 1, 2].map(() => {
        const found = f.local(f32x4.splat(f32.load(place)));
        f.advance(place, stride);
        return found;
      });
      const standard = (value: V128) => f32x4.mul(centred(value, high!, low!), rate!);
      const [sum, product] = totals(f, variant, args, [g, x], 2, (read, [slope, given]) => {
        const four = read(slope!);
        return [four, f32x4.mul(four, standard(read(given!)))];
      }) as [Sum, Sum];
      f.emit(f32.store(biasOut, f32.fromF64(sum)), f32.store(weightOut, f32.fromF64(product)));
      const level = splat(f, f64.div(sum, count));
      const tilt = splat(f, f64.div(product, count));
      const scale = f.local(f32x4.mul(rate!, f32x4.splat(f32.load(weight))));
      eachPlane(f, args, [g, x, out], ([slope, given, to]) =>
        writeRow(f, n, "single", (i, load, store) => {
          const y = f.local(standard(load(i32.add(given!, i), 0)));
          const change = nmadd(y, tilt, f32x4.sub(load(i32.add(slope!, i), 0), level));
          f.emit(store(i32.add(to!, i), f.local(f32x4.mul(change, scale)), 0));
        }),
      );
      for (const each of [weight, moments, weightOut, biasOut]) f.advance(each, 4);
      for (const each of [g, x, out]) f.advance(each, bytes);
      f.advance(channels, -1);
    });
  });
}

export function writeBatchNorm(writer: ModuleWriter, variant: Variant): void {
  writeForward(writer, variant);
  writeBackward(writer, variant);
}
