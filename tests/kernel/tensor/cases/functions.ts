/** Cases of functions of one number, activations included. */
import type { OpName } from "../../../../kernel/tensor/ops/table.ts";
import { away, discrete, flat, type OpCases, unary } from "./case.ts";
import { sum } from "./plain.ts";

const normalDensity = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
/** Simpson's rule on the density: independent of the series the engine uses. */
function normalBelow(x: number): number {
  const steps = 2000;
  const width = x / steps;
  const inner = Array.from(
    { length: steps - 1 },
    (_, i) => (i % 2 === 0 ? 4 : 2) * normalDensity((i + 1) * width),
  );
  return 0.5 + ((normalDensity(0) + sum(inner) + normalDensity(x)) * width) / 3;
}

const shares = [-0.9, 0.9] as const;

export const functionCases = {
  neg: unary(
    (x) => x.neg(),
    (x) => -x,
  ),
  abs: unary((x) => x.abs(), Math.abs),
  square: unary(
    (x) => x.square(),
    (x) => x * x,
  ),
  relu: unary(
    (x) => x.relu(),
    (x) => Math.max(x, 0),
  ),
  exp: unary((x) => x.exp(), Math.exp),
  log: unary((x) => x.log(), Math.log, away),
  sqrt: unary((x) => x.sqrt(), Math.sqrt, away),
  reciprocal: unary(
    (x) => x.reciprocal(),
    (x) => 1 / x,
    away,
  ),
  sin: unary((x) => x.sin(), Math.sin),
  cos: unary((x) => x.cos(), Math.cos),
  tanh: unary((x) => x.tanh(), Math.tanh),
  sigmoid: unary(
    (x) => x.sigmoid(),
    (x) => 1 / (1 + Math.exp(-x)),
  ),
  softplus: unary(
    (x) => x.softplus(),
    (x) => Math.log(1 + Math.exp(x)),
  ),
  gelu: unary(
    (x) => x.gelu(),
    (x) => x * normalBelow(x),
  ),
  geluSlope: unary(
    (x) => x.geluSlope(),
    (x) => normalBelow(x) + x * normalDensity(x),
  ),
  sign: flat(unary((x) => x.sign(), Math.sign)),
  floor: flat(unary((x) => x.floor(), Math.floor)),
  ceil: flat(unary((x) => x.ceil(), Math.ceil)),
  round: flat(unary((x) => x.round(), Math.round)),
  trunc: flat(unary((x) => x.trunc(), Math.trunc)),
  expm1: unary(
    (x) => x.expm1(),
    (x) => Math.exp(x) - 1,
  ),
  log1p: unary(
    (x) => x.log1p(),
    (x) => Math.log(1 + x),
    away,
  ),
  log2: unary((x) => x.log2(), Math.log2, away),
  log10: unary((x) => x.log10(), Math.log10, away),
  rsqrt: unary(
    (x) => x.rsqrt(),
    (x) => 1 / Math.sqrt(x),
    away,
  ),
  tan: unary(
    (x) => x.tan(),
    (x) => Math.sin(x) / Math.cos(x),
    shares,
  ),
  asin: unary((x) => x.asin(), Math.asin, shares),
  acos: unary((x) => x.acos(), Math.acos, shares),
  atan: unary((x) => x.atan(), Math.atan),
  sinh: unary(
    (x) => x.sinh(),
    (x) => (Math.exp(x) - Math.exp(-x)) / 2,
  ),
  cosh: unary(
    (x) => x.cosh(),
    (x) => (Math.exp(x) + Math.exp(-x)) / 2,
  ),
  erf: unary(
    (x) => x.erf(),
    (x) => 2 * normalBelow(x * Math.SQRT2) - 1,
  ),
  leakyRelu: unary(
    (x) => x.leakyRelu(0.2),
    (x) => (x < 0 ? x * 0.2 : x),
  ),
  elu: unary(
    (x) => x.elu(1.5),
    (x) => (x < 0 ? 1.5 * (Math.exp(x) - 1) : x),
  ),
  silu: unary(
    (x) => x.silu(),
    (x) => x / (1 + Math.exp(-x)),
  ),
  logSigmoid: unary(
    (x) => x.logSigmoid(),
    (x) => -Math.log(1 + Math.exp(-x)),
  ),
  geluTanh: unary(
    (x) => x.gelu({ approximate: "tanh" }),
    (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
  ),
  logicalNot: discrete(
    unary(
      (x) => x.trunc().logicalNot(),
      (x) => Number(Math.trunc(x) === 0),
    ),
  ),
} satisfies Partial<Record<OpName, OpCases>>;
