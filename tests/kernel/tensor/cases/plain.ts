/** The plainest way to compute things, on nested arrays: what the ops' results are held against. */
import { type Tensor, tensor } from "../../../../kernel/tensor/index.ts";
import type { Numbers } from "./case.ts";

export const index = (...values: number[]): Tensor => tensor(Int32Array.from(values));
export const rows = (x: Numbers): readonly Numbers[] => (typeof x === "number" ? [x] : x);
export const flat = (x: Numbers): number[] => (typeof x === "number" ? [x] : x.flatMap(flat));
export const matrix = (x: Numbers): number[][] => rows(x).map(flat);
export const columns = (x: Numbers): number[][] => {
  const m = matrix(x);
  return (m[0] ?? []).map((_, j) => m.map((row) => row[j] ?? Number.NaN));
};
export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
export const dot = (a: readonly number[], b: readonly number[]): number =>
  sum(a.map((value, i) => value * (b[i] ?? Number.NaN)));
export const mean = (values: readonly number[]): number => sum(values) / values.length;
export const variance = (values: readonly number[], correction: number): number =>
  sum(values.map((value) => (value - mean(values)) ** 2)) / (values.length - correction);
export const times = (a: Numbers, b: Numbers): number[][] =>
  matrix(a).map((row) => columns(b).map((column) => dot(row, column)));
/** Rows with no 0, one and two, to multiply by: what a product's slope has to tell apart. */
export const withZeros = tensor([
  [1, 1, 1, 1],
  [1, 0, 1, 1],
  [0, 1, 0, 1],
]);
export const softmaxOf = (values: readonly number[]): number[] => {
  const exps = values.map((value) => Math.exp(value));
  return exps.map((value) => value / sum(exps));
};
