/**
 * The inner loops of activations. `p` is the one number some of them take. Written so that NaN comes
 * through and nothing overflows on the way.
 */
import { exp, expm1, log1p } from "../../elementary/index.ts";
import type { ActivationKernel } from "../../backend.ts";
import type { UnaryRow } from "./elementwise.ts";
import { inverseSqrtTwoPi, normalBelow } from "./normal.ts";

/** Of the tanh approximation of gelu: v/2 (1 + tanh(√(2/π) (v + 0.044715 v³))). */
const geluScale = Math.sqrt(2 / Math.PI);
const geluCube = 0.044715;

export const activationRows: Record<ActivationKernel, UnaryRow> = {
  sigmoid: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = 1 / (1 + exp(-x[at + i * by]!));
  },
  relu: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) {
      const v = x[at + i * by]!;
      // NaN must come through, so not `v > 0 ? v : 0`.
      out[start + i] = v < 0 ? 0 : v;
    }
  },
  leakyRelu: (x, at, by, out, start, n, p) => {
    for (let i = 0; i < n; i++) {
      const v = x[at + i * by]!;
      out[start + i] = v < 0 ? v * p : v;
    }
  },
  elu: (x, at, by, out, start, n, p) => {
    for (let i = 0; i < n; i++) {
      const v = x[at + i * by]!;
      out[start + i] = v < 0 ? p * expm1(v) : v;
    }
  },
  silu: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) {
      const v = x[at + i * by]!;
      out[start + i] = v / (1 + exp(-v));
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
      out[start + i] = normalBelow(v) + v * exp(-0.5 * v * v) * inverseSqrtTwoPi;
    }
  },
  geluTanh: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) {
      const v = x[at + i * by]!;
      // v/2 (1 + tanh u) = v / (1 + e⁻²ᵘ), where nothing cancels.
      out[start + i] = v / (1 + exp(-2 * geluScale * (v + geluCube * v * v * v)));
    }
  },
  softplus: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) {
      const v = x[at + i * by]!;
      // log(1 + eᵛ) without overflow: v⁺ + log(1 + e^-|v|).
      out[start + i] = Math.max(v, 0) + log1p(exp(-Math.abs(v)));
    }
  },
  logSigmoid: (x, at, by, out, start, n) => {
    for (let i = 0; i < n; i++) {
      const v = x[at + i * by]!;
      out[start + i] = Math.min(v, 0) - log1p(exp(-Math.abs(v)));
    }
  },
};
