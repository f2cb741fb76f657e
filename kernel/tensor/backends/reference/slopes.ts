/**
 * Slopes of functions of one number, times what comes back: a loop each, as in functions.ts. `v` is the
 * argument, or the result where that tells the slope with less work.
 */
import { exp } from "../../elementary/index.ts";
import type { Backend, SlopeKernel } from "../../backend.ts";
import type { TypedArray } from "../../dtype.ts";
import { unset } from "./host.ts";
import { inverseSqrtTwoPi, normalBelow } from "./normal.ts";
import { rowsOf } from "./rows.ts";

type SlopeRow = (
  g: TypedArray,
  atG: number,
  byG: number,
  v: TypedArray,
  atV: number,
  byV: number,
  out: TypedArray,
  start: number,
  n: number,
  p: number,
) => void;

const geluScale = Math.sqrt(2 / Math.PI);
const geluCube = 0.044715;

const slopeRows: Record<SlopeKernel, SlopeRow> = {
  relu: (g, atG, byG, y, atY, byY, out, start, n) => {
    // Nothing is not 0 times an infinite slope.
    for (let i = 0; i < n; i++) out[start + i] = y[atY + i * byY]! <= 0 ? 0 : g[atG + i * byG]!;
  },
  leakyRelu: (g, atG, byG, x, atX, byX, out, start, n, p) => {
    for (let i = 0; i < n; i++)
      out[start + i] = x[atX + i * byX]! > 0 ? g[atG + i * byG]! : g[atG + i * byG]! * p;
  },
  elu: (g, atG, byG, x, atX, byX, out, start, n, p) => {
    for (let i = 0; i < n; i++) {
      const v = x[atX + i * byX]!;
      out[start + i] = v <= 0 ? g[atG + i * byG]! * p * exp(v) : g[atG + i * byG]!;
    }
  },
  sigmoid: (g, atG, byG, y, atY, byY, out, start, n) => {
    for (let i = 0; i < n; i++) {
      const v = y[atY + i * byY]!;
      out[start + i] = g[atG + i * byG]! * v * (1 - v);
    }
  },
  tanh: (g, atG, byG, y, atY, byY, out, start, n) => {
    for (let i = 0; i < n; i++) {
      const v = y[atY + i * byY]!;
      out[start + i] = g[atG + i * byG]! * (1 - v * v);
    }
  },
  silu: (g, atG, byG, x, atX, byX, out, start, n) => {
    for (let i = 0; i < n; i++) {
      const v = x[atX + i * byX]!;
      const share = 1 / (1 + exp(-v));
      out[start + i] = g[atG + i * byG]! * share * (1 + v * (1 - share));
    }
  },
  softplus: (g, atG, byG, x, atX, byX, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = g[atG + i * byG]! / (1 + exp(-x[atX + i * byX]!));
  },
  logSigmoid: (g, atG, byG, x, atX, byX, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = g[atG + i * byG]! / (1 + exp(x[atX + i * byX]!));
  },
  gelu: (g, atG, byG, x, atX, byX, out, start, n) => {
    for (let i = 0; i < n; i++) {
      const v = x[atX + i * byX]!;
      const slope = normalBelow(v) + v * exp(-0.5 * v * v) * inverseSqrtTwoPi;
      out[start + i] = g[atG + i * byG]! * slope;
    }
  },
  geluTanh: (g, atG, byG, x, atX, byX, out, start, n) => {
    for (let i = 0; i < n; i++) {
      const v = x[atX + i * byX]!;
      const square = geluCube * v * v;
      const share = 1 / (1 + exp(-2 * geluScale * v * (1 + square)));
      const bend = 2 * geluScale * v * (1 + 3 * square) * (1 - share);
      out[start + i] = g[atG + i * byG]! * share * (1 + bend);
    }
  },
  square: (g, atG, byG, x, atX, byX, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = 2 * g[atG + i * byG]! * x[atX + i * byX]!;
  },
  abs: (g, atG, byG, x, atX, byX, out, start, n) => {
    for (let i = 0; i < n; i++) {
      const v = x[atX + i * byX]!;
      out[start + i] = g[atG + i * byG]! * (v > 0 ? 1 : v < 0 ? -1 : 0);
    }
  },
  sqrt: (g, atG, byG, y, atY, byY, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = g[atG + i * byG]! / (2 * y[atY + i * byY]!);
  },
  rsqrt: (g, atG, byG, y, atY, byY, out, start, n) => {
    for (let i = 0; i < n; i++) {
      const v = y[atY + i * byY]!;
      out[start + i] = -0.5 * g[atG + i * byG]! * v * v * v;
    }
  },
  reciprocal: (g, atG, byG, y, atY, byY, out, start, n) => {
    for (let i = 0; i < n; i++) {
      const v = y[atY + i * byY]!;
      out[start + i] = -g[atG + i * byG]! * v * v;
    }
  },
};

export const slopes: Pick<Backend, "slope"> = {
  slope(kernel, g, saved, parameter = 0) {
    const { view, values } = unset(g.storage.dtype, g.shape);
    const run = slopeRows[kernel];
    const [from, by] = [g.storage.host(), saved.storage.host()];
    const { rows, length, starts, steps } = rowsOf(g.shape, [g, saved]);
    // Two operands, so two entries each.
    for (let r = 0; r < rows; r++) {
      const [atG, atSaved] = [starts[0]![r]!, starts[1]![r]!];
      run(from, atG, steps[0]!, by, atSaved, steps[1]!, values, r * length, length, parameter);
    }
    return view;
  },
};
