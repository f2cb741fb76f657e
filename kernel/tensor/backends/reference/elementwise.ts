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

export const unaryRows: Record<UnaryKernel, UnaryRow> = { ...functionRows, ...activationRows };
