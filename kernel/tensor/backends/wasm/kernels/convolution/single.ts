/**
 * Convolution by one filter, as each channel's of a depthwise one is: there is nothing to multiply patches
 * with a second time, so each is read where it lies and the sums of a few places stay in registers.
 */
import {
  f32,
  f32x4,
  i32,
  type ModuleWriter,
  v128,
  type V128,
  type Value,
} from "../../assembler/index.ts";
import type { Variant } from "../../variant.ts";
import { sum } from "../matmul/parts.ts";
import { type Routine, whole, writeRoutine } from "../matmul/routine.ts";
import { bytesOf } from "./geometry.ts";

/** Vectors of places, or taps, at once: each sum is finished before its turn comes again. */
const TOGETHER = 4;

const parameters = {
  ...whole("image", "taps", "rows", "rowEnd", "run", "k", "filter", "bias", "out"),
  floor: "f32",
} as const;
export type SingleFilter = Routine<typeof parameters>;

/** `out [places] = max(bias + Σ filter[t] patches[t], floor)`, as `Patches` lie; `bias` is 0 or an address. */
export function writeSingleFilter(writer: ModuleWriter, { madd }: Variant): SingleFilter {
  return writeRoutine(writer, "singleFilter", parameters, (f, args) => {
    const { image, taps, rows, rowEnd, run, k, filter, bias, out } = args;
    const number = () => f.local("i32");
    const [x, here, tap, weight, place] = [number(), number(), number(), number(), number()];
    const tapEnd = f.local(i32.add(taps, bytesOf(k)));
    const bytes = f.local(bytesOf(run));
    const sums = f.locals("v128", TOGETHER);
    const [start, factor] = [f.local("v128"), f.local("v128")];
    const least = f.local(f32x4.splat(args.floor));
    f.if(bias, () => f.set(start, v128.load32Splat(bias)));
    /** Places from byte x of the run on, `count` vectors or single ones of `step` bytes at once. */
    const places = (
      end: Value<"i32">,
      count: number,
      step: number,
      load: (address: Value<"i32">, offset: number) => V128,
      store: (value: V128, offset: number) => void,
    ) =>
      f.upTo(x, f.local(end), count * step, () => {
        const used = sums.slice(0, count);
        for (const each of used) f.set(each, start);
        f.set(here, i32.add(image, i32.add(i32.load(rows), x)));
        f.set(tap, taps);
        f.set(weight, filter);
        f.upTo(tap, tapEnd, 4, () => {
          f.set(place, i32.add(here, i32.load(tap)));
          f.set(factor, v128.load32Splat(weight));
          used.forEach((each, i) => f.set(each, madd(factor, load(place, step * i), each)));
          f.advance(weight, 4);
        });
        used.forEach((each, i) => store(f32x4.pmax(each, least), step * i));
      });
    f.upTo(rows, rowEnd, 4, () => {
      f.set(x, 0);
      const to = i32.add(out, x);
      const four = (value: V128, offset: number) => f.emit(v128.store(to, value, offset));
      for (let count = TOGETHER; count > 0; count >>= 1)
        places(i32.sub(bytes, 16 * count - 1), count, 16, v128.load, four);
      // The last four of a run, some of them for the second time.
      f.if(i32.and(i32.ge(bytes, 16), i32.lt(x, bytes)), () => {
        f.set(x, i32.sub(bytes, 16));
        places(bytes, 1, 16, v128.load, four);
      });
      places(sum(bytes), 1, 4, v128.load32Zero, (value, offset) =>
        f.emit(v128.store32Lane(to, value, 0, offset)),
      );
      f.advance(out, bytes);
    });
  });
}

const reverse = whole("image", "taps", "rows", "rowEnd", "run", "k", "g", "out");
export type SingleReverse = Routine<typeof reverse>;

/** `out[t] += Σ g patches[t]` over all places: the reverse in the filter. */
export function writeSingleReverse(writer: ModuleWriter, { madd }: Variant): SingleReverse {
  return writeRoutine(writer, "singleReverse", reverse, (f, args) => {
    const { image, taps, rows, rowEnd, run, k, g, out } = args;
    const number = () => f.local("i32");
    const [x, row, slope, place, here] = [number(), number(), number(), number(), number()];
    const bytes = f.local(bytesOf(run));
    const tapEnd = f.local(i32.add(taps, bytesOf(k)));
    const sums = f.locals("v128", TOGETHER);
    const offsets = f.locals("i32", TOGETHER);
    const value = f.local("v128");
    const several = (count: number) => {
      const used = sums.slice(0, count);
      used.forEach((each, i) => {
        f.set(each, f32x4.splat(0));
        f.set(offsets[i]!, i32.load(taps, 4 * i)); // as many offsets as sums
      });
      f.set(row, rows);
      f.set(slope, g);
      f.upTo(row, rowEnd, 4, () => {
        f.set(here, i32.add(image, i32.load(row)));
        f.set(x, 0);
        const along = (end: Value<"i32">, step: number, load: (at: Value<"i32">) => V128) =>
          f.upTo(x, f.local(end), step, () => {
            f.set(value, load(i32.add(slope, x)));
            f.set(place, i32.add(here, x));
            used.forEach((each, i) =>
              f.set(each, madd(value, load(i32.add(place, offsets[i]!)), each)),
            );
          });
        along(i32.and(bytes, -16), 16, v128.load);
        along(sum(bytes), 4, v128.load32Zero);
        f.advance(slope, bytes);
      });
      used.forEach((each, i) => {
        const lane = (n: number) => f32x4.lane(each, n);
        const total = f32.add(f32.add(lane(0), lane(1)), f32.add(lane(2), lane(3)));
        f.emit(f32.store(out, f32.add(f32.load(out, 4 * i), total), 4 * i));
      });
      f.advance(taps, 4 * count);
      f.advance(out, 4 * count);
    };
    f.while(i32.le(taps, i32.sub(tapEnd, 4 * TOGETHER)), () => several(TOGETHER));
    f.while(i32.lt(taps, tapEnd), () => several(1));
  });
}
