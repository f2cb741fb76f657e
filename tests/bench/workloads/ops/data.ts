/** Operands of the single ops. */
import { Draw } from "../draw.ts";
import type { Op } from "../specs.ts";

export interface OpData {
  /** `[rows, columns]`, within ±3; of a sum between 0 and 1. */
  readonly x: Float32Array<ArrayBuffer>;
  /** The other summand, or the slope to begin with, of the same shape. */
  readonly other: Float32Array<ArrayBuffer>;
  /** Scale and shift of a normalisation, `[columns]`. */
  readonly gamma: Float32Array<ArrayBuffer>;
  readonly beta: Float32Array<ArrayBuffer>;
}

export function opData({ kind, rows, columns }: Op): OpData {
  const draw = new Draw();
  const x = draw.uniform(rows * columns, kind === "sum" ? 1 : 3);
  // All of one sign, so that a sum that loses digits shows it; below 1, so that 16 million of them stay
  // below 2^24, where adding one by one in single precision begins to lose whole summands.
  if (kind === "sum") for (let i = 0; i < x.length; i++) x[i] = Math.abs(x[i] ?? 0);
  return {
    x,
    other: kind === "sum" || kind === "softmax" ? x : draw.uniform(rows * columns),
    gamma: draw.uniform(columns),
    beta: draw.uniform(columns),
  };
}
