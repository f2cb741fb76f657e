/** Functions of one number. */
import type { UnaryKernel } from "../../../backend.ts";
import { f32x4, type Local, type ModuleWriter, v128, type V128 } from "../assembler/index.ts";
import type { Variant } from "../variant.ts";
import { angleNames, writeAngles } from "./angles.ts";
import { acos, asin, atan } from "./arcs.ts";
import { writeUnary } from "./elementwise.ts";
import { erf, gelu, geluSlope, geluTanh } from "./gelu.ts";
import { log, log10, log1p, log2, softplus } from "./logarithm.ts";
import type { VectorMath } from "./vector-math.ts";

type Form = (math: VectorMath, x: Local<"v128">, parameter: Local<"v128">) => V128;

/** `below` for numbers less than 0, `x` for others and NaN. */
function bent(math: VectorMath, x: Local<"v128">, below: V128): V128 {
  return math.choose(below, x, math.isNegative(x));
}

/** Of an instruction or a few. */
const short = {
  neg: (_, x) => f32x4.neg(x),
  abs: (_, x) => f32x4.abs(x),
  // 1 for true: NaN is neither above nor below 0.
  sign: (math, x) =>
    f32x4.sub(
      v128.and(f32x4.gt(x, math.number(0)), math.number(1)),
      v128.and(f32x4.lt(x, math.number(0)), math.number(1)),
    ),
  square: (_, x) => f32x4.mul(x, x),
  floor: (_, x) => f32x4.floor(x),
  ceil: (_, x) => f32x4.ceil(x),
  round: (_, x) => f32x4.nearest(x),
  trunc: (_, x) => f32x4.trunc(x),
  sqrt: (_, x) => f32x4.sqrt(x),
  reciprocal: (math, x) => f32x4.div(math.number(1), x),
  rsqrt: (math, x) => f32x4.div(math.number(1), f32x4.sqrt(x)),
  relu: (math, x) => v128.andNot(x, math.isNegative(x)),
  leakyRelu: (math, x, slope) => bent(math, x, f32x4.mul(x, slope)),
} satisfies Partial<Record<UnaryKernel, Form>>;

const long = {
  exp: (math, x) => math.exp(x),
  expm1: (math, x) => math.expm1(x),
  log,
  log1p,
  log2,
  log10,
  atan,
  asin,
  acos,
  tanh: (math, x) => math.tanh(x),
  sigmoid: (math, x) => math.sigmoid(x),
  elu: (math, x, alpha) => bent(math, x, f32x4.mul(math.expm1(x), alpha)),
  silu: (math, x) => math.silu(x),
  softplus,
  logSigmoid: (math, x) => f32x4.neg(softplus(math, f32x4.neg(x))),
  erf,
  gelu,
  geluSlope,
  geluTanh,
} satisfies Partial<Record<UnaryKernel, Form>>;

/** Those that have a kernel, by its name. */
export const unaryNames = [
  ...Object.keys(short),
  ...Object.keys(long),
  ...angleNames,
] as readonly UnaryKernel[];

export function writeUnaries(writer: ModuleWriter, variant: Variant): void {
  const forms = (table: Readonly<Record<string, Form>>, isShort: boolean) => {
    for (const [name, form] of Object.entries(table))
      writeUnary(writer, variant, name, isShort, form);
  };
  forms(short, true);
  forms(long, false);
  writeAngles(writer, variant);
}
