/**
 * The inner loops of elementwise kernels. Each op has a loop of its own: a shared loop that calls a
 * function for each element is ten times slower, since V8 cannot inline what changes.
 *
 * `x` is read from `at` in steps of `by`; `out` is dense from `start`. Index reads are in bounds
 * because `rowsOf` made the rows.
 */
import type { BinaryKernel, CompareKernel, UnaryKernel } from "../../backend.ts";
import type { TypedArray } from "../../dtype.ts";

type UnaryRow = (
  x: TypedArray,
  at: number,
  by: number,
  out: TypedArray,
  start: number,
  n: number,
) => void;

export const copyRow: UnaryRow = (x, at, by, out, start, n) => {
  for (let i = 0; i < n; i++) out[start + i] = x[at + i * by]!;
};

export const truthRow: UnaryRow = (x, at, by, out, start, n) => {
  for (let i = 0; i < n; i++) out[start + i] = x[at + i * by] === 0 ? 0 : 1;
};

export const unaryRows: Record<UnaryKernel, UnaryRow> = {
  neg: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = -x[at + i * by]!;
  },
  exp: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = Math.exp(x[at + i * by]!);
  },
  log: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = Math.log(x[at + i * by]!);
  },
  sqrt: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = Math.sqrt(x[at + i * by]!);
  },
  abs: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = Math.abs(x[at + i * by]!);
  },
  sign: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = Math.sign(x[at + i * by]!);
  },
  sin: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = Math.sin(x[at + i * by]!);
  },
  cos: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = Math.cos(x[at + i * by]!);
  },
  tanh: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = Math.tanh(x[at + i * by]!);
  },
  sigmoid: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = 1 / (1 + Math.exp(-x[at + i * by]!));
  },
  relu: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) {
      const v = x[at + i * by]!;
      // NaN must come through, so not `v > 0 ? v : 0`.
      out[start + i] = v < 0 ? 0 : v;
    }
  },
  gelu: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) {
      const v = x[at + i * by]!;
      out[start + i] = v * normalBelow(v);
    }
  },
  geluSlope: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) {
      const v = x[at + i * by]!;
      out[start + i] = normalBelow(v) + v * Math.exp(-0.5 * v * v) * inverseSqrtTwoPi;
    }
  },
  square: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) {
      const v = x[at + i * by]!;
      out[start + i] = v * v;
    }
  },
  reciprocal: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = 1 / x[at + i * by]!;
  },
  softplus: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) {
      const v = x[at + i * by]!;
      // log(1 + eᵛ) without overflow: v⁺ + log(1 + e^-|v|).
      out[start + i] = Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));
    }
  },
  not: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = x[at + i * by] === 0 ? 1 : 0;
  },
};

type BinaryRow = (
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

export const binaryRows: Record<BinaryKernel | CompareKernel, BinaryRow> = {
  add: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = a[atA + i * byA]! + b[atB + i * byB]!;
  },
  sub: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = a[atA + i * byA]! - b[atB + i * byB]!;
  },
  mul: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = a[atA + i * byA]! * b[atB + i * byB]!;
  },
  div: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = a[atA + i * byA]! / b[atB + i * byB]!;
  },
  pow: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = Math.pow(a[atA + i * byA]!, b[atB + i * byB]!);
  },
  maximum: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = Math.max(a[atA + i * byA]!, b[atB + i * byB]!);
  },
  minimum: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = Math.min(a[atA + i * byA]!, b[atB + i * byB]!);
  },
  eq: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = a[atA + i * byA]! === b[atB + i * byB]! ? 1 : 0;
  },
  ne: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = a[atA + i * byA]! !== b[atB + i * byB]! ? 1 : 0;
  },
  lt: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = a[atA + i * byA]! < b[atB + i * byB]! ? 1 : 0;
  },
  le: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = a[atA + i * byA]! <= b[atB + i * byB]! ? 1 : 0;
  },
  gt: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = a[atA + i * byA]! > b[atB + i * byB]! ? 1 : 0;
  },
  ge: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = a[atA + i * byA]! >= b[atB + i * byB]! ? 1 : 0;
  },
};

const inverseSqrtTwoPi = 1 / Math.sqrt(2 * Math.PI);

/**
 * Φ(v), the share of a standard normal distribution below `v`, to double precision:
 * Φ(v) = 1/2 + φ(v) (v + v³/3 + v⁵/15 + ...), whose terms all have one sign, so nothing cancels.
 */
function normalBelow(v: number): number {
  if (v > 9) return 1;
  if (v < -9) return 0;
  let term = v;
  let sum = v;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (v * v) / k;
    sum += term;
  }
  return 0.5 + sum * Math.exp(-0.5 * v * v) * inverseSqrtTwoPi;
}
