/** A tensor at a glance, as it travels beside its text: how its numbers are spread. */
import type { MimeBundle } from "../protocol.ts";
import { sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { countInto, equalEdges, spanOf } from "./bins.ts";
import { toJson } from "./numbers.ts";
import { isCount, isRecord } from "./sent.ts";

export const TENSOR_MIME = "application/vnd.descent.tensor+json";

export interface TensorGlance {
  readonly shape: readonly number[];
  readonly dtype: string;
  /** Of the finite numbers. */
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  readonly deviation: number;
  /** How many are not finite. */
  readonly odd: number;
  /** In equal bins from the lowest to the highest. */
  readonly counts: readonly number[];
}

const BINS = 32;
/** Fewer numbers are seen in the text itself; of more, reading all would hold the cell up. */
const FEWEST = 20;
const MOST = 4_000_000;

export function showTensor(tensor: Tensor): MimeBundle {
  const text = { "text/plain": tensor.toString() };
  const size = sizeOf(tensor.shape);
  if (size < FEWEST || size > MOST || tensor.dtype === "bool") return text;
  const glance = glanceAt(tensor);
  return glance === null ? text : { [TENSOR_MIME]: glance, ...text };
}

function glanceAt({ shape, dtype, innerData: data }: Tensor): TensorGlance | null {
  const finite = Float64Array.from(data).filter(Number.isFinite);
  if (finite.length === 0) return null;
  let [low, high, sum] = [Infinity, -Infinity, 0];
  for (const value of finite) {
    if (value < low) low = value;
    if (value > high) high = value;
    sum += value;
  }
  const mean = sum / finite.length;
  const squares = finite.reduce((all, value) => all + (value - mean) ** 2, 0);
  const [from, to] = spanOf(Float64Array.of(low, high));
  const number = (value: number) => toJson(value) ?? 0;
  return {
    shape,
    dtype,
    low: number(low),
    high: number(high),
    mean: number(mean),
    deviation: number(Math.sqrt(squares / finite.length)),
    odd: data.length - finite.length,
    counts: countInto(equalEdges(from, to, BINS), finite).counts,
  };
}

/** Null for what is none. */
export function parseGlance(sent: unknown): TensorGlance | null {
  if (!isRecord(sent)) return null;
  const { shape, dtype, low, high, mean, deviation, odd, counts } = sent;
  if (!isCounts(shape) || !isCounts(counts) || counts.length === 0 || counts.length > 1000)
    return null;
  if (typeof dtype !== "string" || !isCount(odd)) return null;
  if (!isFinite(low) || !isFinite(high) || !isFinite(mean) || !isFinite(deviation)) return null;
  return { shape, dtype, low, high, mean, deviation, odd, counts };
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(isCount);
}

function isFinite(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
