/** A column times a row: every element of one by every element of the other. */
import {
  f32,
  f32x4,
  i32,
  type I32,
  type ModuleWriter,
  v128,
  type V128,
  type Value,
} from "../../assembler/index.ts";
import type { Variant } from "../../variant.ts";
import { type Routine, whole, writeRoutine } from "./routine.ts";

const parameters = {
  ...whole("a", "aRow", "b", "c", "m", "n", "from", "fromMask"),
  floor: "f32",
} as const;
export type OuterProduct = Routine<typeof parameters>;

/** Vectors in one round, where the products alone are wanted. */
const UNROLLED = 4;

/**
 * `c [m, n] = max(from + a [m, 1] b [1, n], floor)`; elements of `b` lie side by side. `fromMask` is -1
 * where `from` has n f32, 0 where it has four zeros for all columns.
 */
export function writeOuter(writer: ModuleWriter, { madd }: Variant): OuterProduct {
  return writeRoutine(writer, "outer", parameters, (f, args) => {
    const { a, aRow, b, c, m, n, from, fromMask } = args;
    const j = f.local("i32");
    const bytes = f.local(i32.shl(n, 2));
    const inFours = f.local(i32.and(bytes, -16));
    const factor = f.local("v128");
    const least = f.local(f32x4.splat(args.floor));
    const isBare = f.local(i32.eqz(i32.or(fromMask, f32.gt(args.floor, -Infinity))));
    const zero = f.constant(f32x4.const(0));
    const inRounds = f.local(i32.and(bytes, -16 * UNROLLED));
    const upTo = (
      end: I32,
      step: number,
      load: (address: Value<"i32">) => V128,
      store: (value: V128) => void,
    ) =>
      f.upTo(j, end, step, () => {
        const given = load(i32.add(from, i32.and(j, fromMask)));
        store(f32x4.pmax(madd(factor, load(i32.add(b, j)), given), least));
      });
    f.while(m, () => {
      f.set(factor, v128.load32Splat(a));
      f.set(j, 0);
      const here = i32.add(c, j);
      f.if(isBare, () => {
        const bare = (offset: number) =>
          f.emit(v128.store(here, madd(factor, v128.load(i32.add(b, j), offset), zero), offset));
        f.upTo(j, inRounds, 16 * UNROLLED, () => {
          for (let k = 0; k < UNROLLED; k++) bare(16 * k);
        });
        f.upTo(j, inFours, 16, () => bare(0));
      });
      upTo(inFours, 16, v128.load, (value) => f.emit(v128.store(here, value)));
      upTo(bytes, 4, v128.load32Zero, (value) => f.emit(v128.store32Lane(here, value, 0)));
      f.advance(a, aRow);
      f.advance(c, bytes);
      f.advance(m, -1);
    });
  });
}
