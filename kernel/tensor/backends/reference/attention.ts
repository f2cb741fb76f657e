/** Attention and its slopes, one query after the other. */
import { exp } from "../../elementary/index.ts";
import type { Backend, Look } from "../../backend.ts";
import { type TypedArray, zerosOf } from "../../dtype.ts";
import { sizeAt } from "../../shape.ts";
import type { View } from "../../view.ts";
import { dense, unset } from "./host.ts";

interface Attended {
  /** The query's place `(n h l)`, and its head's `(n h)`. */
  readonly query: number;
  readonly head: number;
  /** As rows of `[n, rows, h]`: the query's, and that of key j. */
  readonly to: number;
  readonly keyTo: (j: number) => number;
  /** How much it looks at each key. */
  readonly weights: Float64Array;
}

/** Walks all queries, each with its weights, softmax of scores. */
function eachQuery(
  q: View,
  k: View,
  mask: View | null,
  { scale, isCausal }: Look,
  body: (attended: Attended) => void,
): void {
  const [n = 0, h = 0, l = 0, d = 0] = q.shape;
  const s = sizeAt(k.shape, 2);
  const [queries, keys] = [dense(q), dense(k)];
  const added = mask === null ? null : dense(mask);
  const weights = new Float64Array(s);
  for (let head = 0; head < n * h; head++)
    for (let i = 0; i < l; i++) {
      const query = head * l + i;
      weights.fill(0);
      const last = isCausal ? Math.min(i + 1, s) : s;
      let peak = -Infinity;
      for (let j = 0; j < last; j++) {
        let score = 0;
        for (let c = 0; c < d; c++)
          score += queries[query * d + c]! * keys[(head * s + j) * d + c]!;
        weights[j] = score * scale + (added === null ? 0 : added[query * s + j]!);
        if (weights[j]! > peak) peak = weights[j]!;
      }
      let sum = 0;
      for (let j = 0; j < last; j++) sum += weights[j] = exp(weights[j]! - peak);
      for (let j = 0; j < last; j++) weights[j]! /= sum;
      const [batch, index] = [Math.floor(head / h), head % h];
      const to = (batch * l + i) * h + index;
      body({ query, head, to, keyTo: (j) => (batch * s + j) * h + index, weights });
    }
}

/** `out[row] += factor from[place]`, rows of `width`. */
function addRow(
  out: Float64Array,
  row: number,
  factor: number,
  from: TypedArray,
  place: number,
  width: number,
): void {
  for (let c = 0; c < width; c++) out[row * width + c]! += factor * from[place * width + c]!;
}

function rounded(sums: Float64Array, like: View, rows: number): View {
  const [n = 0, h = 0, , width = 0] = like.shape;
  const { view, values } = unset(like.storage.dtype, [n, rows, h, width]);
  values.set(sums);
  return view;
}

export const attentions: Pick<Backend, "attention" | "attentionSlopes"> = {
  attention(q, k, v, mask, look) {
    const [l, s, e] = [sizeAt(q.shape, 2), sizeAt(v.shape, 2), sizeAt(v.shape, 3)];
    const heads = sizeAt(q.shape, 0) * sizeAt(q.shape, 1);
    const sums = zerosOf("f64", heads * l * e);
    const values = dense(v);
    eachQuery(q, k, mask, look, ({ head, to, weights }) => {
      for (let j = 0; j < s; j++) addRow(sums, to, weights[j]!, values, head * s + j, e);
    });
    return rounded(sums, v, l);
  },

  attentionSlopes(g, q, k, v, mask, look) {
    const [l, d] = [sizeAt(q.shape, 2), sizeAt(q.shape, 3)];
    const [s, e] = [sizeAt(v.shape, 2), sizeAt(v.shape, 3)];
    const heads = sizeAt(q.shape, 0) * sizeAt(q.shape, 1);
    const [dq, dk] = [zerosOf("f64", heads * l * d), zerosOf("f64", heads * s * d)];
    const dv = zerosOf("f64", heads * s * e);
    const [queries, keys, values, slopes] = [dense(q), dense(k), dense(v), dense(g)];
    const ofWeights = new Float64Array(s);
    eachQuery(q, k, mask, look, ({ query, head, to, keyTo, weights }) => {
      let level = 0;
      for (let j = 0; j < s; j++) {
        let slope = 0;
        for (let c = 0; c < e; c++)
          slope += slopes[query * e + c]! * values[(head * s + j) * e + c]!;
        ofWeights[j] = slope;
        level += weights[j]! * slope;
      }
      for (let j = 0; j < s; j++) {
        // dw = w (dp - Σ w dp)
        const slope = weights[j]! * (ofWeights[j]! - level) * look.scale;
        addRow(dv, keyTo(j), weights[j]!, slopes, query, e);
        addRow(dq, to, slope, keys, head * s + j, d);
        addRow(dk, keyTo(j), slope, queries, query, d);
      }
    });
    return { q: rounded(dq, q, l), k: rounded(dk, k, s), v: rounded(dv, v, s) };
  },
};
