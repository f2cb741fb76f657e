/** A matrix of which every row lies side by side, times a vector: a dot product for each row. */
import {
  f32,
  f32x4,
  i32,
  type ModuleWriter,
  select,
  v128,
  type V128,
} from "../../assembler/index.ts";
import type { Variant } from "../../variant.ts";
import { smaller, sum } from "./parts.ts";
import { writeRoutine } from "./routine.ts";
import { vectorParameters, type VectorProduct } from "./vector.ts";

/** Products that are added up before their sum is added to others, so that errors stay small. */
const STEPS = 1024;
/** Rows at once. */
const TOGETHER = 4;

export function writeDots(writer: ModuleWriter, { madd }: Variant): VectorProduct {
  return writeRoutine(writer, "dots", vectorParameters, (f, args) => {
    const { matrix, row, x, out, rows, columns, from, fromStep, floor } = args;
    const number = () => f.local("i32");
    const [p, r, at, xAt, here] = [number(), number(), number(), number(), number()];
    const [bytes, inPairs, start, target] = [number(), number(), number(), number()];
    const vector = () => f.local("v128");
    const [x0, x1, least, result] = [vector(), vector(), vector(), vector()];
    // Eight sums, so that each is finished before its turn comes again.
    const pair = () => [vector(), vector()] as const;
    const [a, b, c, d] = [pair(), pair(), pair(), pair()];

    /** As many rows as there are pairs; the sums of a row are in its first part then. */
    const multiply = (...used: readonly (typeof a)[]) => {
      for (const part of used.flat()) f.set(part, f32x4.splat(0));
      f.set(xAt, i32.add(x, i32.shl(p, 2)));
      f.set(at, sum(matrix, i32.mul(r, row), i32.shl(p, 2)));
      f.set(inPairs, i32.add(xAt, i32.and(bytes, -32)));
      f.upTo(xAt, inPairs, 32, () => {
        f.set(x0, v128.load(xAt));
        f.set(x1, v128.load(xAt, 16));
        f.set(here, at);
        for (const [part0, part1] of used) {
          f.set(part0, madd(v128.load(here), x0, part0));
          f.set(part1, madd(v128.load(here, 16), x1, part1));
          f.advance(here, row);
        }
        f.advance(at, 32);
      });
      f.upTo(xAt, sum(x, i32.shl(p, 2), bytes), 4, () => {
        f.set(x0, v128.load32Zero(xAt));
        f.set(here, at);
        for (const [part] of used) {
          f.set(part, madd(v128.load32Zero(here), x0, part));
          f.advance(here, row);
        }
        f.advance(at, 4);
      });
      for (const [part0, part1] of used) f.set(part0, f32x4.add(part0, part1));
    };
    /** Where sums begin: what was given first, what the steps before left later. */
    const place = () => {
      f.set(target, i32.add(out, i32.shl(r, 2)));
      f.set(start, select(p, target, i32.add(from, i32.mul(r, fromStep))));
    };

    f.repeat(
      () => {
        f.set(bytes, i32.shl(smaller(i32.sub(columns, p), STEPS), 2));
        const isLast = i32.ge(i32.add(p, STEPS), columns);
        f.set(least, f32x4.splat(select(isLast, floor, f32.const(-Infinity))));
        f.set(r, 0);
        f.upTo(r, i32.and(rows, -TOGETHER), TOGETHER, () => {
          multiply(a, b, c, d);
          place();
          f.set(x0, addPairs(a[0], b[0]));
          f.set(x1, addPairs(c[0], d[0]));
          f.if(
            i32.or(p, fromStep),
            () => f.set(result, v128.load(start)),
            () => f.set(result, v128.load32Splat(start)),
          );
          const low = v128.shuffle32(x0, x1, [0, 1, 4, 5]);
          const high = v128.shuffle32(x0, x1, [2, 3, 6, 7]);
          f.set(result, f32x4.add(f32x4.add(low, high), result));
          f.emit(v128.store(target, f32x4.pmax(result, least)));
        });
        f.upTo(r, rows, 1, () => {
          multiply(a);
          place();
          f.set(x0, addPairs(a[0], a[0]));
          f.set(x0, f32x4.add(x0, v128.shuffle32(x0, x0, [2, 3, 0, 1])));
          f.set(result, f32x4.add(x0, v128.load32Zero(start)));
          f.emit(v128.store32Lane(target, f32x4.pmax(result, least), 0));
        });
        f.advance(p, STEPS);
      },
      i32.lt(p, columns),
    );
  });
}

/** Lanes 0 and 2, 1 and 3 of both added up, in turn. */
function addPairs(a: V128, b: V128): V128 {
  return f32x4.add(v128.shuffle32(a, b, [0, 4, 1, 5]), v128.shuffle32(a, b, [2, 6, 3, 7]));
}
