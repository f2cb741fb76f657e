/**
 * The inner loops of functions of one number. Each has a loop of its own: a shared loop that calls a
 * function for each element is ten times slower, since V8 cannot inline what changes.
 */
import {
  acos,
  asin,
  atan,
  cos,
  cosh,
  exp,
  expm1,
  log,
  log10,
  log1p,
  log2,
  sin,
  sinh,
  tan,
  tanh,
} from "../../elementary/index.ts";
import type { FunctionKernel } from "../../backend.ts";
import type { UnaryRow } from "./elementwise.ts";
import { erf } from "./normal.ts";

export const functionRows: Record<FunctionKernel, UnaryRow> = {
  neg: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = -x[at + i * by]!;
  },
  abs: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = Math.abs(x[at + i * by]!);
  },
  sign: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) {
      const v = x[at + i * by]!;
      // As PyTorch's, 0 for NaN too.
      out[start + i] = v > 0 ? 1 : v < 0 ? -1 : 0;
    }
  },
  floor: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = Math.floor(x[at + i * by]!);
  },
  ceil: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = Math.ceil(x[at + i * by]!);
  },
  trunc: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = Math.trunc(x[at + i * by]!);
  },
  round: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = roundHalfToEven(x[at + i * by]!);
  },
  square: (x, at, by, out, start, n) => {
    // A double would round what 32 bits wrap.
    if (out instanceof Int32Array)
      for (let i = 0; i < n; i++) out[start + i] = Math.imul(x[at + i * by]!, x[at + i * by]!);
    else for (let i = 0; i < n; i++) out[start + i] = x[at + i * by]! * x[at + i * by]!;
  },
  exp: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = exp(x[at + i * by]!);
  },
  expm1: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = expm1(x[at + i * by]!);
  },
  log: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = log(x[at + i * by]!);
  },
  log1p: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = log1p(x[at + i * by]!);
  },
  log2: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = log2(x[at + i * by]!);
  },
  log10: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = log10(x[at + i * by]!);
  },
  sqrt: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = Math.sqrt(x[at + i * by]!);
  },
  rsqrt: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = 1 / Math.sqrt(x[at + i * by]!);
  },
  reciprocal: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = 1 / x[at + i * by]!;
  },
  sin: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = sin(x[at + i * by]!);
  },
  cos: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = cos(x[at + i * by]!);
  },
  tan: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = tan(x[at + i * by]!);
  },
  asin: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = asin(x[at + i * by]!);
  },
  acos: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = acos(x[at + i * by]!);
  },
  atan: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = atan(x[at + i * by]!);
  },
  sinh: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = sinh(x[at + i * by]!);
  },
  cosh: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = cosh(x[at + i * by]!);
  },
  tanh: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = tanh(x[at + i * by]!);
  },
  erf: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = erf(x[at + i * by]!);
  },
  logicalNot: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = x[at + i * by]! === 0 ? 1 : 0;
  },
};

/** From here on every double is a whole number. */
const wholeAbove = 2 ** 52;

/** 0.5 to 0, 1.5 and 2.5 to 2: adding 2⁵² leaves no room for a fraction, and the sum is rounded so. */
function roundHalfToEven(v: number): number {
  if (!(Math.abs(v) < wholeAbove)) return v;
  const rounded = v < 0 ? v - wholeAbove + wholeAbove : v + wholeAbove - wholeAbove;
  // -0.3 becomes -0.
  return rounded === 0 ? v * 0 : rounded;
}
