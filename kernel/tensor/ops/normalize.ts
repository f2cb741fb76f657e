/** The op that batch and layer normalisation share, and layer normalisation in one. */
import { computed } from "../autograd/apply.ts";
import { backend } from "../backends/current.ts";
import { promote, toFloat, zerosOf } from "../dtype.ts";
import { broadcastView } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { View } from "../view.ts";
import { cast } from "./elementwise.ts";
import { define, type One, type Three } from "./op.ts";

/** 1 / s of each row. */
function rateOf(x: Tensor, dims: readonly number[], eps: number): Tensor {
  return x.var(dims, { correction: 0, keepdim: true }).add(eps).sqrt().reciprocal();
}

/** y = (x - μ) / s with s = √(σ² + ε):  dx = (g - mean(g) - y mean(g y)) / s */
function standardizeSlope(g: Tensor, y: Tensor, rate: Tensor, dims: readonly number[]): Tensor {
  const level = g.mean(dims, { keepdim: true });
  const tilt = g.mul(y).mean(dims, { keepdim: true });
  return g.sub(level).sub(y.mul(tilt)).mul(rate);
}

export const normalizations = {
  /** Mean 0 and variance 1 over `dims`, which are sorted and not negative. */
  standardize: define<One, { readonly dims: readonly number[]; readonly eps: number }>({
    name: "standardize",
    shape: ([x]) => x.shape,
    forward: ([x], { dims, eps }, shape, keep) => {
      const values = cast(x, toFloat(x.storage.dtype));
      const { dtype } = values.storage;
      const mean = backend().reduce("mean", values, dims, 0);
      const variance = backend().reduce("var", values, dims, 0);
      const storage = backend().adopt(zerosOf(dtype, 1).fill(eps));
      const margin = broadcastView({ storage, shape: [], strides: [], offset: 0 }, variance.shape);
      const spread = backend().unary("sqrt", backend().binary("add", variance, margin));
      const rate = backend().unary("reciprocal", spread);
      keep(rate);
      const centred = backend().binary("sub", values, broadcastView(mean, shape));
      return backend().binary("mul", centred, broadcastView(rate, shape));
    },
    gradient: [
      (g, saved) => {
        const { dims, eps } = saved.params;
        const rate = saved.recording ? rateOf(saved.input(0), dims, eps) : saved.kept(0);
        return standardizeSlope(g, saved.output(), rate, dims);
      },
    ],
  }),

  /** `x [..., ...n]`, `weight [...n]`, `bias [...n]`: each row of n standardized, scaled and shifted. */
  layerNorm: define<Three, { readonly eps: number }>({
    name: "layerNorm",
    shape: ([x]) => x.shape,
    forward: (inputs, { eps }, _, keep) => {
      const [x, weight, bias] = inFloats(inputs);
      const { values, moments } = backend().layerNorm(x, weight, bias, eps);
      keep(moments);
      return values;
    },
    gradient: {
      together: (g, saved) => {
        const [x, weight, bias] = [saved.input(0), saved.input(1), saved.input(2)];
        if (!saved.recording) {
          const [values, scale] = inFloats([x, weight, bias]);
          const slopes = backend().layerNormSlopes(g, values, scale, saved.kept(0));
          return computed(slopes.x, slopes.weight, slopes.bias);
        }
        const dims = weight.shape.map((_, i) => x.ndim - weight.ndim + i);
        const rate = rateOf(x, dims, saved.params.eps);
        const y = x.sub(x.mean(dims, { keepdim: true })).mul(rate);
        return [standardizeSlope(g.mul(weight), y, rate, dims), g.mul(y), g];
      },
    },
  }),
};

/** All of one float dtype. */
function inFloats([x, weight, bias]: Three): Three {
  const ofBoth = promote(weight.storage.dtype, bias.storage.dtype);
  const dtype = toFloat(promote(x.storage.dtype, ofBoth));
  const one = (view: View) => cast(view, dtype);
  return [one(x), one(weight), one(bias)];
}
