/** Layer normalisation. What is not f32, and rows too long for the scratch, the heap computes. */
import type { Backend } from "../../../backend.ts";
import { sizeOf } from "../../../shape.ts";
import type { View } from "../../../view.ts";
import { reference } from "../../reference.ts";
import { at, fresh, isFloats, storageOf } from "../floats.ts";
import type { Layout } from "../layout.ts";
import type { Machine } from "../machine.ts";
import { SCRATCH } from "../memory.ts";
import type { Division } from "../threads/division.ts";

/** Two rows of so many elements fit into the scratch. */
const LONGEST = 2 ** 18;
/** Rows that the kernel adds up in one go. */
const BLOCK = 64;

/** An element takes about as long, there and back. */
const NANOSECONDS = 0.7;
const NANOSECONDS_BACK = 0.8;

/**
 * Rows whose sums go into the slopes of weight and bias on their own: of large inputs a sixteenth, so
 * that threads can share them and the slopes do not depend on how many there are.
 */
function rowsTogether(rows: number, n: number): number {
  const isLarge = rows * n >= 2 ** 15;
  return isLarge ? Math.ceil(rows / 16 / BLOCK) * BLOCK : Math.max(rows, 1);
}

export function layerNorms(
  machine: Machine,
  layout: Layout,
): Pick<Backend, "layerNorm" | "layerNormSlopes"> {
  const { arena, scratch } = machine;
  const forward = machine.kernel("layerNorm");
  const backward = machine.kernel("layerNormSlopes");
  const columns = machine.kernel("sumColumns");
  const dense = (x: View) => layout.dense(x);

  return {
    layerNorm(given, weight, bias, eps) {
      const n = sizeOf(weight.shape);
      if (!isFloats(given) || n === 0) return reference.layerNorm(given, weight, bias, eps);
      const [x, scale, shift] = [dense(given), dense(weight), dense(bias)];
      const rows = sizeOf(x.shape) / n;
      const values = fresh("f32", x.shape);
      const moments = fresh("f32", [3, rows]);
      const parts = [storageOf(scale), storageOf(shift)] as const;
      arena.hold(storageOf(x), ...parts, storageOf(values), storageOf(moments));
      const places = [at(x), at(scale), at(shift), at(values), at(moments)];
      const division: Division = { steps: [4 * n, 0, 0, 4 * n, 4], size: 6 };
      machine.call(
        forward,
        [...places, 4 * rows, rows, n, eps],
        rows,
        division,
        NANOSECONDS * rows * n,
      );
      return { values, moments };
    },

    layerNormSlopes(slope, given, weight, moments) {
      const n = sizeOf(weight.shape);
      if (!isFloats(given) || n === 0 || n > LONGEST)
        return reference.layerNormSlopes(slope, given, weight, moments);
      const [g, x, scale] = [dense(slope), dense(given), dense(weight)];
      const rows = sizeOf(x.shape) / n;
      const dx = fresh("f32", x.shape);
      const [dw, db] = [fresh("f32", weight.shape), fresh("f32", weight.shape)];
      const part = rowsTogether(rows, n);
      const parts = Math.max(1, Math.ceil(rows / part));
      const sums = parts === 1 ? [dw, db] : [fresh("f32", [parts, n]), fresh("f32", [parts, n])];
      const all = [g, x, scale, moments, dx, dw, db, ...sums].map(storageOf);
      arena.holdEach(all);
      machine.call(
        backward,
        [...[g, x, scale, moments].map(at), 4 * rows, ...[dx, ...sums].map(at), rows, n, scratch],
        rows,
        {
          steps: [4 * n, 4 * n, 0, 4, 0, 4 * n],
          size: 8,
          rooms: { 10: SCRATCH },
          part,
          partSteps: [0, 0, 0, 0, 0, 0, 4 * n, 4 * n],
        },
        NANOSECONDS_BACK * rows * n,
      );
      if (parts > 1)
        [dw, db].forEach((slope, i) => {
          const sum = sums[i] ?? slope;
          columns(at(sum), 1, parts, 4 * n, n, at(slope), 1, scratch);
          storageOf(sum).release();
        });
      return { x: dx, weight: dw, bias: db };
    },
  };
}
