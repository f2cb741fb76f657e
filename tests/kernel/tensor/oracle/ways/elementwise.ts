/** Ops of one element, or of two broadcast against each other. */
import { type DType, F, type Tensor, tensor, where } from "../../../../../kernel/tensor/index.ts";
import type { One, Two, Ways } from "./way.ts";

export const elementwise: Ways = {
  exp: ({ x }: One) => x.exp(),
  expm1: ({ x }: One) => x.expm1(),
  log: ({ x }: One) => x.log(),
  log1p: ({ x }: One) => x.log1p(),
  log2: ({ x }: One) => x.log2(),
  log10: ({ x }: One) => x.log10(),
  sqrt: ({ x }: One) => x.sqrt(),
  rsqrt: ({ x }: One) => x.rsqrt(),
  square: ({ x }: One) => x.square(),
  reciprocal: ({ x }: One) => x.reciprocal(),
  abs: ({ x }: One) => x.abs(),
  neg: ({ x }: One) => x.neg(),
  sign: ({ x }: One) => x.sign(),
  sin: ({ x }: One) => x.sin(),
  cos: ({ x }: One) => x.cos(),
  tan: ({ x }: One) => x.tan(),
  asin: ({ x }: One) => x.asin(),
  acos: ({ x }: One) => x.acos(),
  atan: ({ x }: One) => x.atan(),
  sinh: ({ x }: One) => x.sinh(),
  cosh: ({ x }: One) => x.cosh(),
  tanh: [({ x }: One) => x.tanh(), ({ x }: One) => F.tanh(x)],
  erf: ({ x }: One) => x.erf(),
  floor: ({ x }: One) => x.floor(),
  ceil: ({ x }: One) => x.ceil(),
  round: ({ x }: One) => x.round(),
  trunc: ({ x }: One) => x.trunc(),
  isNan: ({ x }: One) => x.isNan(),
  isInf: ({ x }: One) => x.isInf(),
  isFinite: ({ x }: One) => x.isFinite(),
  logicalNot: ({ x }: One) => x.logicalNot(),

  sigmoid: [({ x }: One) => x.sigmoid(), ({ x }: One) => F.sigmoid(x)],
  relu: [({ x }: One) => x.relu(), ({ x }: One) => F.relu(x)],
  gelu: [
    ({ x, approximate }: One & { approximate?: "none" | "tanh" }) =>
      approximate === undefined ? x.gelu() : x.gelu({ approximate }),
    ({ x, approximate }: One & { approximate?: "none" | "tanh" }) =>
      approximate === undefined ? F.gelu(x) : F.gelu(x, { approximate }),
  ],
  silu: [({ x }: One) => x.silu(), ({ x }: One) => F.silu(x)],
  softplus: [({ x }: One) => x.softplus(), ({ x }: One) => F.softplus(x)],
  leakyRelu: [
    ({ x, slope }: One & { slope?: number }) => x.leakyRelu(slope),
    ({ x, slope }: One & { slope?: number }) => F.leakyRelu(x, slope),
  ],
  elu: [
    ({ x, alpha }: One & { alpha?: number }) => x.elu(alpha),
    ({ x, alpha }: One & { alpha?: number }) => F.elu(x, alpha),
  ],
  logSigmoid: [({ x }: One) => x.logSigmoid(), ({ x }: One) => F.logSigmoid(x)],

  add: ({ x, other }: Two) => x.add(other),
  sub: ({ x, other }: Two) => x.sub(other),
  mul: ({ x, other }: Two) => x.mul(other),
  div: ({ x, other }: Two) => x.div(other),
  pow: ({ x, other }: Two) => x.pow(other),
  maximum: ({ x, other }: Two) => x.maximum(other),
  minimum: ({ x, other }: Two) => x.minimum(other),
  remainder: ({ x, other }: Two) => x.remainder(other),
  fmod: ({ x, other }: Two) => x.fmod(other),
  floorDivide: ({ x, other }: Two) => x.floorDivide(other),
  atan2: ({ x, other }: Two) => x.atan2(other),
  allclose: ({
    x,
    other,
    ...options
  }: Two & { rtol?: number; atol?: number; equalNan?: boolean }) =>
    tensor(x.allclose(other, options)),
  eq: ({ x, other }: Two) => x.eq(other),
  ne: ({ x, other }: Two) => x.ne(other),
  lt: ({ x, other }: Two) => x.lt(other),
  le: ({ x, other }: Two) => x.le(other),
  gt: ({ x, other }: Two) => x.gt(other),
  ge: ({ x, other }: Two) => x.ge(other),
  logicalAnd: ({ x, other }: Two & { other: Tensor }) => x.logicalAnd(other),
  logicalOr: ({ x, other }: Two & { other: Tensor }) => x.logicalOr(other),
  logicalXor: ({ x, other }: Two & { other: Tensor }) => x.logicalXor(other),
  lerp: ({ x, end, weight }: One & { end: Tensor; weight: Tensor | number }) => x.lerp(end, weight),
  clamp: ({ x, ...limits }: One & { min?: number | Tensor; max?: number | Tensor }) =>
    x.clamp(limits),
  where: [
    ({ x, condition, other }: Two & { condition: Tensor }) => x.where(condition, other),
    ({ x, condition, other }: Two & { condition: Tensor }) => where(condition, x, other),
  ],
  maskedFill: ({ x, mask, value }: One & { mask: Tensor; value: number }) =>
    x.maskedFill(mask, value),
  to: ({ x, dtype }: One & { dtype: DType }) => x.to(dtype),
};
