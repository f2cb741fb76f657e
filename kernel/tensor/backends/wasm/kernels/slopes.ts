/** Slopes of functions of one number, times what comes back: of their argument, or of their result. */
import type { SlopeKernel } from "../../../backend.ts";
import { f32x4, type Local, type ModuleWriter, v128, type V128 } from "../assembler/index.ts";
import type { Variant } from "../variant.ts";
import { writeBinary } from "./elementwise.ts";
import { geluSlope, geluTanhSlope } from "./gelu.ts";
import type { VectorMath } from "./vector-math.ts";

type Four = Local<"v128">;
type Form = (math: VectorMath, g: Four, v: Four, parameter: Four) => V128;

const short: Partial<Record<SlopeKernel, Form>> = {
  // Nothing is not 0 times an infinite slope.
  relu: (math, g, y) => v128.andNot(g, f32x4.le(y, math.number(0))),
  leakyRelu: (math, g, x, slope) =>
    math.choose(g, f32x4.mul(g, slope), f32x4.gt(x, math.number(0))),
  sigmoid: (math, g, y) => f32x4.mul(f32x4.mul(g, y), f32x4.sub(math.number(1), y)),
  tanh: (math, g, y) => f32x4.mul(g, math.nmadd(y, y, math.number(1))),
  square: (_, g, x) => f32x4.mul(f32x4.add(g, g), x),
  abs: (math, g, x) => {
    const isZero = f32x4.eq(x, math.number(0));
    const sign = v128.and(x, math.bits(0x8000_0000 | 0));
    // NaN has no sign, as in PyTorch.
    const isOrdered = f32x4.eq(x, x);
    return f32x4.mul(g, v128.and(v128.or(v128.andNot(math.number(1), isZero), sign), isOrdered));
  },
  sqrt: (_, g, y) => f32x4.div(g, f32x4.add(y, y)),
  rsqrt: (math, g, y) => f32x4.mul(f32x4.mul(f32x4.mul(g, math.number(-0.5)), y), f32x4.mul(y, y)),
  reciprocal: (_, g, y) => f32x4.mul(f32x4.mul(f32x4.neg(g), y), y),
};

const long: Partial<Record<SlopeKernel, Form>> = {
  elu: (math, g, x, alpha) => {
    const below = f32x4.mul(f32x4.mul(g, alpha), math.exp(x));
    return math.choose(below, g, f32x4.le(x, math.number(0)));
  },
  silu: (math, g, x) => {
    const share = math.sigmoid(x);
    const one = math.number(1);
    const bend = math.madd(x, f32x4.sub(one, share), one);
    return f32x4.mul(f32x4.mul(g, share), bend);
  },
  softplus: (math, g, x) => f32x4.mul(g, math.sigmoid(x)),
  logSigmoid: (math, g, x) => f32x4.mul(g, math.sigmoid(f32x4.neg(x))),
  gelu: (math, g, x) => f32x4.mul(g, geluSlope(math, x)),
  geluTanh: (math, g, x) => f32x4.mul(g, geluTanhSlope(math, x)),
};

/** Those that have a kernel, which is called `slope.` and this. */
export const slopeNames = [...Object.keys(short), ...Object.keys(long)] as readonly SlopeKernel[];

export function writeSlopes(writer: ModuleWriter, variant: Variant): void {
  for (const [name, form] of Object.entries(short))
    writeBinary(writer, variant, `slope.${name}`, true, form);
  for (const [name, form] of Object.entries(long))
    writeBinary(writer, variant, `slope.${name}`, false, form);
}
