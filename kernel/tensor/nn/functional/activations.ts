/** Activations as functions; they are methods of tensors too. */
import type { Tensor } from "../../tensor.ts";

export function relu(x: Tensor): Tensor {
  return x.relu();
}
export function gelu(x: Tensor): Tensor {
  return x.gelu();
}
export function tanh(x: Tensor): Tensor {
  return x.tanh();
}
export function sigmoid(x: Tensor): Tensor {
  return x.sigmoid();
}
export function softmax(x: Tensor, dim: number): Tensor {
  return x.softmax(dim);
}
export function logSoftmax(x: Tensor, dim: number): Tensor {
  return x.logSoftmax(dim);
}
