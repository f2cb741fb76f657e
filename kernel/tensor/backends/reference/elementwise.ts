/**
 * What the inner loops of elementwise kernels look like, and the ones that convert.
 *
 * `x` is read from `at` in steps of `by`; `out` is dense from `start`. Index reads are in bounds
 * because `rowsOf` made the rows.
 */
import type { UnaryKernel } from "../../backend.ts";
import type { TypedArray } from "../../dtype.ts";
import { activationRows } from "./activations.ts";
import { functionRows } from "./functions.ts";

export type UnaryRow = (
  x: TypedArray,
  at: number,
  by: number,
  out: TypedArray,
  start: number,
  n: number,
  p: number,
) => void;

export type BinaryRow = (
  a: TypedArray,
  atA: number,
  byA: number,
  b: TypedArray,
  atB: number,
  byB: number,
  out: TypedArray,
  start: number,
  n: number,
) => void;

type ConvertRow = (
  x: TypedArray,
  at: number,
  by: number,
  out: TypedArray,
  start: number,
  n: number,
) => void;

export const copyRow: ConvertRow = (x, at, by, out, start, n) => {
  for (let i = 0; i < n; i++) out[start + i] = x[at + i * by]!;
};

export const truthRow: ConvertRow = (x, at, by, out, start, n) => {
  for (let i = 0; i < n; i++) out[start + i] = x[at + i * by] === 0 ? 0 : 1;
};

/** `pick ? a : b`, each in steps of its own. */
export function chooseRow(
  pick: TypedArray,
  a: TypedArray,
  b: TypedArray,
  [byPick = 0, byA = 0, byB = 0]: readonly number[],
) {
  return (
    atPick: number,
    atA: number,
    atB: number,
    out: TypedArray,
    start: number,
    n: number,
  ): void => {
    for (let i = 0; i < n; i++)
      out[start + i] = pick[atPick + i * byPick] === 0 ? b[atB + i * byB]! : a[atA + i * byA]!;
  };
}

export const unaryRows: Record<UnaryKernel, UnaryRow> = { ...functionRows, ...activationRows };
