/** Ways to fill a parameter before training: PyTorch's `nn.init`, drawing the same numbers. */
import { normal, type RandomOptions, uniform } from "../create.ts";
import { ShapeError } from "../errors.ts";
import { printShape, sizeOf } from "../shape.ts";
import { noGrad } from "../tape.ts";
import type { Tensor } from "../tensor.ts";

/** How many inputs reach one output, and outputs one input: `[out, in, ...kernel]`. */
export function fans(weight: Tensor): { readonly fanIn: number; readonly fanOut: number } {
  const [outputs, inputs, ...kernel] = weight.shape;
  if (outputs === undefined || inputs === undefined)
    throw new ShapeError(
      `init: fans of ${printShape(weight.shape)} - wanted two dimensions or more`,
    );
  const field = sizeOf(kernel);
  return { fanIn: inputs * field, fanOut: outputs * field };
}

function fill(target: Tensor, values: Tensor): Tensor {
  return noGrad(() => target.copy_(values));
}

/** Uniform samples of `[low, high)`. */
export function uniform_(target: Tensor, low = 0, high = 1, options: RandomOptions = {}): Tensor {
  return fill(target, uniform(target.shape, low, high, { dtype: target.dtype, ...options }));
}

/** Normal samples. */
export function normal_(target: Tensor, mean = 0, std = 1, options: RandomOptions = {}): Tensor {
  return fill(target, normal(target.shape, mean, std, { dtype: target.dtype, ...options }));
}

/** All `value`. */
export function constant_(target: Tensor, value: number): Tensor {
  return noGrad(() => target.fill_(value));
}

/** All 0. */
export function zeros_(target: Tensor): Tensor {
  return constant_(target, 0);
}

/** All 1. */
export function ones_(target: Tensor): Tensor {
  return constant_(target, 1);
}

export interface KaimingOptions extends RandomOptions {
  /** The slope of the leaky ReLU behind the layer; 0 is ReLU. */
  readonly a?: number;
}

/** Uniform with the variance that ReLU layers keep (He et al., 2015): bound √(6 / ((1 + a²) fan in)). */
export function kaimingUniform_(
  target: Tensor,
  { a = 0, ...options }: KaimingOptions = {},
): Tensor {
  const bound = Math.sqrt(6 / ((1 + a * a) * fans(target).fanIn));
  return uniform_(target, -bound, bound, options);
}

/** Normal with the variance that ReLU layers keep: std √(2 / ((1 + a²) fan in)). */
export function kaimingNormal_(target: Tensor, { a = 0, ...options }: KaimingOptions = {}): Tensor {
  return normal_(target, 0, Math.sqrt(2 / ((1 + a * a) * fans(target).fanIn)), options);
}

export interface XavierOptions extends RandomOptions {
  readonly gain?: number;
}

/** Uniform with the variance that linear layers keep both ways (Glorot and Bengio, 2010). */
export function xavierUniform_(
  target: Tensor,
  { gain = 1, ...options }: XavierOptions = {},
): Tensor {
  const { fanIn, fanOut } = fans(target);
  const bound = gain * Math.sqrt(6 / (fanIn + fanOut));
  return uniform_(target, -bound, bound, options);
}

/** Normal with the variance that linear layers keep both ways. */
export function xavierNormal_(
  target: Tensor,
  { gain = 1, ...options }: XavierOptions = {},
): Tensor {
  const { fanIn, fanOut } = fans(target);
  return normal_(target, 0, gain * Math.sqrt(2 / (fanIn + fanOut)), options);
}
