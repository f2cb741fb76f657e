/** Nodes that compute element by element. */
import { type Tensor, where, zerosLike } from "../../../../kernel/tensor/index.ts";
import { dtypeOf, NotMapped } from "../model.ts";
import type { Call, NodeRules } from "./node.ts";

const whole = (x: Tensor): boolean => x.dtype === "i32" || x.dtype === "u8";

function limit(given: Tensor | null, otherwise: number): number {
  return given === null ? otherwise : given.item();
}

/** Old opsets align the second operand with an `axis` of the first. */
function second(call: Call): Tensor {
  const other = call.input(1);
  if (call.opset >= 7 || call.number("broadcast", 0) === 0) return other;
  const axis = call.number("axis", call.x.ndim - other.ndim);
  return other.reshape([...other.shape, ...call.x.shape.slice(axis + other.ndim).map(() => 1)]);
}

function clip(call: Call): Tensor {
  const low = limit(call.optional(1), call.number("min", -Infinity));
  const high = limit(call.optional(2), call.number("max", Infinity));
  return call.x.clamp({ min: low, max: high });
}

/** Whole numbers are cut off towards zero. */
function divide(call: Call): Tensor {
  const [x, other] = [call.x, second(call)];
  return whole(x) ? x.to("f64").div(other).trunc().to(x.dtype) : x.div(other);
}

function power(call: Call): Tensor {
  const other = second(call);
  // The base's type is kept, whatever the exponent's.
  return call.x.pow(other).to(call.x.dtype);
}

function isInf(call: Call): Tensor {
  const { x } = call;
  const up = call.number("detect_positive", 1) === 1;
  const down = call.number("detect_negative", 1) === 1;
  if (up && down) return x.isInf();
  return up ? x.eq(Infinity) : x.eq(-Infinity);
}

/** One slope for each channel in old opsets. */
function prelu(call: Call): Tensor {
  const { x } = call;
  const slope = call.input(1);
  const old = call.opset < 7 && slope.ndim === 1;
  return where(
    x.lt(0),
    x.mul(old ? slope.reshape([-1, ...x.shape.slice(2).map(() => 1)]) : slope),
    x,
  );
}

/** Past `edge` in size what `kept` says, else 0. */
function beyond(x: Tensor, edge: number, kept: (side: 1 | -1) => Tensor): Tensor {
  const zero = zerosLike(x);
  return where(x.gt(edge), kept(1), where(x.lt(-edge), kept(-1), zero));
}

export const elementwise: NodeRules = {
  Identity: ({ x }) => x,
  Abs: ({ x }) => x.abs(),
  Neg: ({ x }) => x.neg(),
  Sign: ({ x }) => x.sign(),
  Ceil: ({ x }) => x.ceil(),
  Floor: ({ x }) => x.floor(),
  Round: ({ x }) => x.round(),
  Exp: ({ x }) => x.exp(),
  Log: ({ x }) => x.log(),
  Sqrt: ({ x }) => x.sqrt(),
  Reciprocal: ({ x }) => x.reciprocal(),
  Erf: ({ x }) => x.erf(),
  Sin: ({ x }) => x.sin(),
  Cos: ({ x }) => x.cos(),
  Tan: ({ x }) => x.tan(),
  Asin: ({ x }) => x.asin(),
  Acos: ({ x }) => x.acos(),
  Atan: ({ x }) => x.atan(),
  Sinh: ({ x }) => x.sinh(),
  Cosh: ({ x }) => x.cosh(),
  Tanh: ({ x }) => x.tanh(),
  Asinh: ({ x }) => x.abs().add(x.square().add(1).sqrt()).log().mul(x.sign()),
  Acosh: ({ x }) => x.add(x.square().sub(1).sqrt()).log(),
  Atanh: ({ x }) => x.add(1).div(x.neg().add(1)).log().div(2),
  Not: ({ x }) => x.logicalNot(),
  IsNaN: ({ x }) => x.isNan(),
  IsInf: isInf,

  Relu: ({ x }) => x.relu(),
  Sigmoid: ({ x }) => x.sigmoid(),
  Softplus: ({ x }) => x.softplus(),
  Softsign: ({ x }) => x.div(x.abs().add(1)),
  LeakyRelu: (call) => call.x.leakyRelu(call.number("alpha", 0.01)),
  Elu: (call) => call.x.elu(call.number("alpha", 1)),
  Celu: (call) => {
    const alpha = call.number("alpha", 1);
    return call.x.div(alpha).elu().mul(alpha);
  },
  Selu: (call) =>
    call.x
      .elu(call.number("alpha", 1.67326319217681884765625))
      .mul(call.number("gamma", 1.05070102214813232421875)),
  PRelu: prelu,
  ThresholdedRelu: (call) => {
    const { x } = call;
    return where(x.gt(call.number("alpha", 1)), x, zerosLike(x));
  },
  HardSigmoid: (call) =>
    call.x.mul(call.number("alpha", 0.2)).add(call.number("beta", 0.5)).clamp({ min: 0, max: 1 }),
  HardSwish: ({ x }) => x.mul(x.div(6).add(0.5).clamp({ min: 0, max: 1 })),
  Shrink: (call) => {
    const bias = call.number("bias", 0);
    return beyond(call.x, call.number("lambd", 0.5), (side) => call.x.sub(side * bias));
  },
  Clip: clip,

  Add: (call) => call.x.add(second(call)),
  Sub: (call) => call.x.sub(second(call)),
  Mul: (call) => call.x.mul(second(call)),
  Div: divide,
  Pow: power,
  Mod: (call) =>
    call.number("fmod", 0) === 1 ? call.x.fmod(call.input(1)) : call.x.remainder(call.input(1)),
  Max: (call) => call.inputs().reduce((a, b) => a.maximum(b)),
  Min: (call) => call.inputs().reduce((a, b) => a.minimum(b)),
  Sum: (call) => call.inputs().reduce((a, b) => a.add(b)),
  Mean: (call) => {
    const all = call.inputs();
    return all.reduce((a, b) => a.add(b)).div(all.length);
  },
  And: (call) => call.x.logicalAnd(second(call)),
  Or: (call) => call.x.logicalOr(second(call)),
  Xor: (call) => call.x.logicalXor(second(call)),
  Equal: (call) => call.x.eq(second(call)),
  Greater: (call) => call.x.gt(second(call)),
  Less: (call) => call.x.lt(second(call)),
  GreaterOrEqual: (call) => call.x.ge(second(call)),
  LessOrEqual: (call) => call.x.le(second(call)),
  Where: (call) => where(call.x, call.input(1), call.input(2)),
  Cast: (call) => {
    if (!call.has("to")) throw new NotMapped("dtype by name");
    return call.x.to(dtypeOf(call.number("to", 0)));
  },
  CastLike: (call) => call.x.to(call.input(1).dtype),
};
