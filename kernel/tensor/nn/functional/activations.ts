/** Activations as functions; they are methods of tensors too. */
import { wantTensor } from "../../autograd/apply.ts";
import type { GeluOptions, SoftplusOptions } from "../../methods/functions.ts";
import type { Tensor } from "../../tensor.ts";
import type { ShapeOf } from "../../typed/broadcast.ts";
import type { HasDim } from "../../typed/dims.ts";

/**
 * 0 below 0, unchanged above.
 * @throws DTypeError for anything but a tensor.
 * @example
 * F.relu(tensor([-1, 2])) // tensor([0., 2.])
 */
export function relu<X extends Tensor>(x: X): Tensor<ShapeOf<X>> {
  wantTensor("relu", "input", x);
  return x.relu();
}

/**
 * Unchanged above 0, `slope` times as much below: no unit ever loses its slope.
 * @throws DTypeError for anything but a tensor.
 * @example
 * F.leakyRelu(tensor([-1, 2]), 0.1) // tensor([-0.1000,  2.0000])
 */
export function leakyRelu<X extends Tensor>(x: X, slope = 0.01): Tensor<ShapeOf<X>> {
  wantTensor("leakyRelu", "input", x);
  return x.leakyRelu(slope);
}

/**
 * Unchanged above 0, `alpha * (eˣ - 1)` below: levels off at `-alpha`.
 * @throws DTypeError for anything but a tensor.
 * @example
 * F.elu(tensor([-1, 2])) // tensor([-0.6321,  2.0000])
 */
export function elu<X extends Tensor>(x: X, alpha = 1): Tensor<ShapeOf<X>> {
  wantTensor("elu", "input", x);
  return x.elu(alpha);
}

/**
 * `x Φ(x)`, Φ the normal distribution: the smooth relu of transformers.
 * @throws DTypeError for anything but a tensor.
 * @example
 * F.gelu(tensor([-1, 2])) // tensor([-0.1587,  1.9545])
 * F.gelu(tensor([-1, 2]), { approximate: "tanh" }) // tensor([-0.1588,  1.9546])
 */
export function gelu<X extends Tensor>(x: X, options: GeluOptions = {}): Tensor<ShapeOf<X>> {
  wantTensor("gelu", "input", x);
  return x.gelu(options);
}

/**
 * `x σ(x)`, σ the sigmoid; also called swish.
 * @throws DTypeError for anything but a tensor.
 * @example
 * F.silu(tensor([-1, 2])) // tensor([-0.2689,  1.7616])
 */
export function silu<X extends Tensor>(x: X): Tensor<ShapeOf<X>> {
  wantTensor("silu", "input", x);
  return x.silu();
}

/**
 * `log(1 + eˣ)`: a relu with a round corner.
 * @throws DTypeError for anything but a tensor.
 * @example
 * F.softplus(tensor([-1, 0])) // tensor([0.3133, 0.6931])
 * F.softplus(tensor([-1, 0]), { beta: 2 }) // tensor([0.0635, 0.3466])
 */
export function softplus<X extends Tensor>(
  x: X,
  options: SoftplusOptions = {},
): Tensor<ShapeOf<X>> {
  wantTensor("softplus", "input", x);
  return x.softplus(options);
}

/**
 * S-shaped, from -1 to 1.
 * @throws DTypeError for anything but a tensor.
 * @example
 * F.tanh(tensor([0, 1])) // tensor([0.0000, 0.7616])
 */
export function tanh<X extends Tensor>(x: X): Tensor<ShapeOf<X>> {
  wantTensor("tanh", "input", x);
  return x.tanh();
}

/**
 * `1 / (1 + e⁻ˣ)`: S-shaped, from 0 to 1.
 * @throws DTypeError for anything but a tensor.
 * @example
 * F.sigmoid(tensor([0, 1])) // tensor([0.5000, 0.7311])
 */
export function sigmoid<X extends Tensor>(x: X): Tensor<ShapeOf<X>> {
  wantTensor("sigmoid", "input", x);
  return x.sigmoid();
}

/**
 * `log σ(x)`, σ the sigmoid, without underflow.
 * @throws DTypeError for anything but a tensor.
 * @example
 * F.logSigmoid(tensor([0, -100])) // tensor([  -0.6931, -100.0000])
 */
export function logSigmoid<X extends Tensor>(x: X): Tensor<ShapeOf<X>> {
  wantTensor("logSigmoid", "input", x);
  return x.logSigmoid();
}

/**
 * Positive numbers that add up to 1 along `dim`. Not in front of `crossEntropy`, which contains it.
 * @throws DTypeError for anything but a tensor.
 * @example
 * F.softmax(tensor([3, 3]), 0) // tensor([0.5000, 0.5000])
 */
export function softmax<X extends Tensor, D extends number>(
  x: X,
  dim: D & HasDim<"softmax", ShapeOf<X>, D>,
): Tensor<ShapeOf<X>> {
  wantTensor("softmax", "input", x);
  return x.softmax(dim);
}

/**
 * `log(softmax(x))`, without overflow.
 * @throws DTypeError for anything but a tensor.
 * @example
 * F.logSoftmax(tensor([0, 0]), 0) // tensor([-0.6931, -0.6931])
 */
export function logSoftmax<X extends Tensor, D extends number>(
  x: X,
  dim: D & HasDim<"logSoftmax", ShapeOf<X>, D>,
): Tensor<ShapeOf<X>> {
  wantTensor("logSoftmax", "input", x);
  return x.logSoftmax(dim);
}
