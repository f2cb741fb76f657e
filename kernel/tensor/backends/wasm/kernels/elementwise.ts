/**
 * The loops of kernels that work element by element, around what they do with four elements. The rest
 * of a row, up to three elements, goes the same way one by one, so that nothing beside it is touched.
 */
import {
  f32x4,
  type FunctionBody,
  i32,
  type Local,
  type ModuleWriter,
  v128,
  type V128,
} from "../assembler/index.ts";
import type { Variant } from "../variant.ts";
import { VectorMath } from "./vector-math.ts";

type Four = Local<"v128">;

/**
 * What a round of a loop does: four vectors one after the other, where the work is less than the loop's
 * own; four in turns, where results wait long for each other; one.
 */
export type Round = "unrolled" | "woven" | "single";
const TOGETHER = 4;

/** `isShort` where the work is less than the loop's own. */
export const roundOf = (isShort: boolean): Round => (isShort ? "unrolled" : "woven");

/**
 * Kernel `name(x, out, n, parameter)`: `out[i] = four(x[i])` for `n` f32. `isShort` where the work is
 * less than the loop's own.
 */
export function writeUnary(
  writer: ModuleWriter,
  variant: Variant,
  name: string,
  isShort: boolean,
  four: (math: VectorMath, x: Four, parameter: Four) => V128,
): void {
  writer.function(name, { x: "i32", out: "i32", n: "i32", parameter: "f32" }, (f, args) => {
    const math = new VectorMath(f, variant);
    const parameter = f.local(f32x4.splat(args.parameter));
    writeRow(f, args.n, roundOf(isShort), (i, load, store, offset) => {
      const x = f.local(load(i32.add(args.x, i), offset));
      f.emit(store(i32.add(args.out, i), f.local(four(math, x, parameter)), offset));
    });
  });
}

/** What a kernel of two operands is told. */
export const pairParameters = {
  a: "i32",
  aRow: "i32",
  aStep: "i32",
  b: "i32",
  bRow: "i32",
  bStep: "i32",
  out: "i32",
  rows: "i32",
  n: "i32",
  parameter: "f32",
} as const;

/**
 * Kernel `name(a, aRow, aStep, b, bRow, bStep, out, rows, n, parameter)`: `rows` rows of `n` results
 * side by side. `aRow` bytes lead from row to row of `a`; `aStep` is 0 where one element stands for a
 * whole row, else the row's elements lie side by side. At most one of the steps is 0.
 */
export function writeBinary(
  writer: ModuleWriter,
  variant: Variant,
  name: string,
  isShort: boolean,
  four: (math: VectorMath, a: Four, b: Four, parameter: Four) => V128,
): void {
  writer.function(name, pairParameters, (f, args) => {
    const { a, b, out, n } = args;
    const math = new VectorMath(f, variant);
    const parameter = f.local(f32x4.splat(args.parameter));
    const row = (aOne: Four | null, bOne: Four | null) =>
      writeRow(f, n, roundOf(isShort), (i, load, store, offset) => {
        const x = aOne ?? f.local(load(i32.add(a, i), offset));
        const y = bOne ?? f.local(load(i32.add(b, i), offset));
        f.emit(store(i32.add(out, i), f.local(four(math, x, y, parameter)), offset));
      });
    const r = f.local("i32");
    f.upTo(r, args.rows, 1, () => {
      f.if(
        i32.eqz(args.bStep),
        () => row(null, f.local(v128.load32Splat(b))),
        () =>
          f.if(
            i32.eqz(args.aStep),
            () => row(f.local(v128.load32Splat(a)), null),
            () => row(null, null),
          ),
      );
      f.advance(a, args.aRow);
      f.advance(b, args.bRow);
      f.advance(out, i32.shl(n, 2));
    });
  });
}

type Load = (address: Parameters<typeof v128.load>[0], offset: number) => V128;
type Store = (
  address: Parameters<typeof v128.store>[0],
  value: V128,
  offset: number,
) => ReturnType<typeof v128.store>;

const storeOne: Store = (address, value, offset) => v128.store32Lane(address, value, 0, offset);

/**
 * A row of `n` elements: `step` is written for four of them and for one, at byte `i` + `offset`, which is 0
 * in rounds of one.
 */
export function writeRow(
  f: FunctionBody,
  n: Local<"i32">,
  round: Round,
  step: (i: Local<"i32">, load: Load, store: Store, offset: number) => void,
): void {
  const bytes = f.local(i32.shl(n, 2));
  const i = f.local("i32");
  f.set(i, 0);
  if (round !== "single")
    f.upTo(i, f.local(i32.and(bytes, -16 * TOGETHER)), 16 * TOGETHER, () => {
      const steps = Array.from({ length: TOGETHER }, (_, k) => () => {
        step(i, v128.load, v128.store, 16 * k);
      });
      if (round === "woven") f.weave(steps);
      else for (const each of steps) each();
    });
  f.upTo(i, f.local(i32.and(bytes, -16)), 16, () => step(i, v128.load, v128.store, 0));
  f.upTo(i, bytes, 4, () => step(i, v128.load32Zero, storeOne, 0));
}
