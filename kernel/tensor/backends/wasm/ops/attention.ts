/** Attention. What is not f32, and heads of which not even a few scores fit the scratch, the heap computes. */
import type { Backend, Look } from "../../../backend.ts";
import { sizeAt, sizeOf } from "../../../shape.ts";
import type { View } from "../../../view.ts";
import { reference } from "../../reference.ts";
import { at, fresh, isFloats, storageOf } from "../floats.ts";
import { BEHIND } from "../kernels/matmul/product.ts";
import type { Layout } from "../layout.ts";
import type { Machine } from "../machine.ts";
import { SCRATCH } from "../memory.ts";
import type { Division } from "../threads/division.ts";

/** Scores that are made at once: what they and their slopes take fits second-level caches. */
const SCORES = 2 ** 16;
/** Fewer queries at once are not worth the sums of what they add to the slopes of keys. */
const FEWEST = 8;

/** Where queries look at earlier keys only, they are taken in so many blocks at least, of whole tiles. */
const BLOCKS = 4;
const TILE = 12;

/** A product of two numbers and its addition take about as long; a score's exponential as many of them. */
const NANOSECONDS = 0.07;
const SOFTMAX = 30;

/** By heads: the arguments `first`, `end` and `scratch`. */
const byHeads: Division = {
  steps: Array.from({ length: 24 }, (_, i) => (i === 23 ? 1 : 0)),
  end: 24,
  rooms: { 25: SCRATCH },
};

export function attentions(
  machine: Machine,
  layout: Layout,
): Pick<Backend, "attention" | "attentionSlopes"> {
  /** As `x`, with the elements of a row side by side. */
  const rowwise = (x: View) =>
    x.strides[3] === 1 || sizeAt(x.shape, 3) <= 1 ? x : layout.copied(x);
  const { arena } = machine;
  const forward = machine.kernel("attention");
  const backward = machine.kernel("attentionSlopes");

  return {
    attention(q, k, v, mask, look) {
      const block = blockOf(q, k, v, look);
      if (!isFloats(q) || block === 0) return reference.attention(q, k, v, mask, look);
      const [queries, keys, values] = [rowwise(q), rowwise(k), rowwise(v)];
      const added = mask === null ? null : rowwise(mask);
      const [n, h, l, e] = [...q.shape.slice(0, 3), sizeAt(v.shape, 3)] as [
        number,
        number,
        number,
        number,
      ];
      const out = fresh("f32", [n, l, h, e]);
      const all = [queries, keys, values, out].map(storageOf);
      arena.holdEach([...all, added === null ? null : storageOf(added)]);
      const parts = [...steps(queries), ...steps(keys), ...steps(values), ...steps(added)];
      const sizes = [h, l, sizeAt(k.shape, 2), sizeAt(q.shape, 3), e];
      const rest = [Number(look.isCausal), block, 0, n * h, machine.scratch, look.scale];
      const place = [at(out), 4 * l * h * e, 4 * e, 4 * h * e];
      const work = workOf(q, k) * (sizeAt(q.shape, 3) + e + SOFTMAX);
      machine.call(forward, [...parts, ...sizes, ...rest, ...place], n * h, byHeads, work);
      return out;
    },

    attentionSlopes(g, q, k, v, mask, look) {
      const block = blockOf(q, k, v, look);
      if (!isFloats(q) || block === 0) return reference.attentionSlopes(g, q, k, v, mask, look);
      const given = [q, k, v, g].map(rowwise) as [View, View, View, View];
      const added = mask === null ? null : rowwise(mask);
      const slopes = [q, k, v].map(({ shape: [n = 0, h = 0, rows = 0, width = 0] }) =>
        fresh("f32", [n, rows, h, width]),
      ) as [View, View, View];
      arena.holdEach(
        [...given, ...slopes].map(storageOf).concat(added === null ? [] : storageOf(added)),
      );
      const [queries, keys, values, outputs] = given;
      const [n = 0, h = 0, l = 0, d = 0] = q.shape;
      const parts = [...steps(queries), ...steps(keys), ...steps(values), ...steps(added)];
      const sizes = [h, l, sizeAt(k.shape, 2), d, sizeAt(v.shape, 3)];
      const rest = [Number(look.isCausal), block, 0, n * h, machine.scratch, look.scale];
      const places = [...steps(outputs), ...slopes.map(at)];
      const work = workOf(q, k) * (3 * d + 2 * sizeAt(v.shape, 3) + 2 * SOFTMAX);
      machine.call(backward, [...parts, ...sizes, ...rest, ...places], n * h, byHeads, work);
      const [dq, dk, dv] = slopes;
      return { q: dq, k: dk, v: dv };
    },
  };
}

/** Where it lies, and the steps of its first three dimensions in bytes. */
function steps(x: View | null): readonly number[] {
  if (x === null) return [0, 0, 0, 0];
  const [outer = 0, inner = 0, row = 0] = x.strides;
  return [at(x), 4 * outer, 4 * inner, 4 * row];
}

/** Nanoseconds, for each number of a row of queries, in all heads. */
function workOf(q: View, k: View): number {
  return NANOSECONDS * sizeOf(q.shape.slice(0, 3)) * sizeAt(k.shape, 2);
}

/** How many queries are taken at once; 0 where they do not fit, or nothing is to be looked at. */
function blockOf(q: View, k: View, v: View, { isCausal }: Look): number {
  const [l, s] = [sizeAt(q.shape, 2), sizeAt(k.shape, 2)];
  if (l === 0 || s === 0) return 0;
  const sums = s * Math.max(sizeAt(k.shape, 3), sizeAt(v.shape, 3));
  const fits = Math.floor(((SCRATCH - BEHIND) / 4 - sums) / (2 * s));
  // Of keys behind the last query of a block nothing is computed.
  const most = isCausal ? Math.min(l, TILE * Math.ceil(l / BLOCKS / TILE)) : l;
  const block = Math.min(most, fits, Math.max(FEWEST, Math.floor(SCORES / s)));
  return block < Math.min(l, FEWEST) ? 0 : block;
}
