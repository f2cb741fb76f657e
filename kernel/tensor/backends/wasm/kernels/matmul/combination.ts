/** A matrix of which every column lies side by side, times a vector: a sum of multiples of columns. */
import {
  f32,
  f32x4,
  i32,
  type I32,
  type ModuleWriter,
  select,
  v128,
  type V128,
  type Value,
} from "../../assembler/index.ts";
import type { Variant } from "../../variant.ts";
import { writeRoutine } from "./routine.ts";
import { vectorParameters, type VectorProduct } from "./vector.ts";

/** Columns whose multiples are added up before their sum is added to the result; of the rest, half as many. */
const TOGETHER = 8;

export function writeCombination(writer: ModuleWriter, { madd }: Variant): VectorProduct {
  return writeRoutine(writer, "combination", vectorParameters, (f, args) => {
    const { matrix, column, x, out, rows, columns, from, fromStep, floor } = args;
    const number = () => f.local("i32");
    const [p, at, place, end] = [number(), number(), number(), number()];
    const first = number();
    const factors = f.locals("v128", TOGETHER);
    const sums = f.locals("v128", 2);
    f.set(end, i32.add(out, i32.shl(rows, 2)));

    f.set(place, out);
    f.if(i32.eqz(fromStep), () => {
      const given = f.local(v128.load32Splat(from));
      f.upTo(place, i32.add(out, i32.and(i32.shl(rows, 2), -16)), 16, () =>
        f.emit(v128.store(place, given)),
      );
    });
    f.upTo(place, end, 4, () => {
      f.emit(f32.store(place, f32.load(from)));
      f.advance(from, fromStep);
    });

    /** Adds the multiples of `count` columns from the p-th on. */
    const add = (count: number) => {
      const used = factors.slice(0, count);
      used.forEach((factor, i) =>
        f.set(factor, v128.load32Splat(i32.add(x, i32.shl(p, 2)), 4 * i)),
      );
      f.set(first, i32.add(matrix, i32.mul(p, column)));
      f.set(place, out);
      const rowsUntil = (
        last: I32,
        width: number,
        load: (address: Value<"i32">, offset: number) => V128,
        store: (value: V128, offset: number) => void,
      ) => {
        const offsets = width === 4 ? [0] : [0, 16];
        f.upTo(place, last, width, () => {
          f.set(at, first);
          used.forEach((factor, i) => {
            offsets.forEach((offset, v) => {
              const sum = sums[v]!; // as many as offsets
              const part = load(at, offset);
              f.set(sum, i === 0 ? f32x4.mul(factor, part) : madd(factor, part, sum));
            });
            f.advance(at, column);
          });
          offsets.forEach((offset, v) => {
            store(f32x4.add(load(place, offset), sums[v]!), offset);
          });
          f.advance(first, width);
        });
      };
      const wide = i32.add(out, i32.and(i32.shl(rows, 2), -32));
      rowsUntil(wide, 32, v128.load, (value, offset) => f.emit(v128.store(place, value, offset)));
      rowsUntil(end, 4, v128.load32Zero, (value) => f.emit(v128.store32Lane(place, value, 0)));
    };
    for (let count = TOGETHER; count >= 1; count /= 2)
      f.upTo(p, i32.and(columns, -count), count, () => add(count));

    f.if(f32.gt(floor, -Infinity), () => {
      f.set(place, out);
      const value = f.local("f32");
      f.upTo(place, end, 4, () => {
        f.set(value, f32.load(place));
        // NaN is not less than anything, and stays.
        f.emit(f32.store(place, select(f32.lt(value, floor), floor, value)));
      });
    });
  });
}
