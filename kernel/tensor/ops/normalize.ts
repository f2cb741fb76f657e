/** Batch and layer normalisation, each in one op. */
import { computed } from "../autograd/apply.ts";
import { backend } from "../backends/current.ts";
import { promote, toFloat } from "../dtype.ts";
import type { Saved } from "../autograd/tape.ts";
import type { Tensor } from "../tensor.ts";
import type { View } from "../view.ts";
import { cast } from "./elementwise.ts";
import { define, type Three } from "./op.ts";

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

export interface BatchNormParams {
  readonly eps: number;
  /** Gets the moments, for running statistics; not to be kept. */
  readonly tell: (moments: View) => void;
}

export const normalizations = {
  /** `x [n, c, ...s]`, `weight [c]`, `bias [c]`: each channel standardized, scaled and shifted. */
  batchNorm: define<Three, BatchNormParams>({
    name: "batchNorm",
    shape: ([x]) => x.shape,
    forward: (inputs, { eps, tell }, _, keep) => {
      const [x, weight, bias] = inFloats(inputs);
      const { values, moments } = backend().batchNorm(x, weight, bias, eps);
      tell(moments);
      keep(moments);
      return values;
    },
    gradient: {
      together: (g, saved) => {
        if (saved.recording) return batchNormSlopes(g, saved);
        const [x, scale] = inFloats([saved.input(0), saved.input(1), saved.input(2)]);
        const slopes = backend().batchNormSlopes(g, x, scale, saved.kept(0));
        return computed(slopes.x, slopes.weight, slopes.bias);
      },
    },
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

/** The slopes of batch normalisation, with ops that have slopes of their own. */
function batchNormSlopes(g: Tensor, saved: Saved<BatchNormParams>): Tensor[] {
  const [x, weight] = [saved.input(0), saved.input(1)];
  const dims = x.shape.flatMap((_, dim) => (dim === 1 ? [] : [dim]));
  const rate = rateOf(x, dims, saved.params.eps);
  const y = x.sub(x.mean(dims, { keepdim: true })).mul(rate);
  const scaled = g.mul(weight.reshape([-1, ...x.shape.slice(2).map(() => 1)]));
  return [standardizeSlope(scaled, y, rate, dims), g.mul(y).sum(dims), g.sum(dims)];
}

/** All of one float dtype. */
function inFloats([x, weight, bias]: Three): Three {
  const ofBoth = promote(weight.storage.dtype, bias.storage.dtype);
  const dtype = toFloat(promote(x.storage.dtype, ofBoth));
  const one = (view: View) => cast(view, dtype);
  return [one(x), one(weight), one(bias)];
}
