/** What the versions in TensorFlow.js share. Training happens in `minimize`, which tidies up. */
import * as tf from "@tensorflow/tfjs";
import { type Affine, transposed } from "./draw.ts";
import type { Workload } from "./workload.ts";

/** `[inputs, outputs]` and `[outputs]`. */
export function affine({ inputs, outputs, weight, bias }: Affine): [tf.Variable, tf.Variable] {
  return [
    variable(transposed(weight, outputs, inputs), [inputs, outputs]),
    variable(bias, [outputs]),
  ];
}

export function variable(values: Float32Array, shape: number[]): tf.Variable {
  return tf.variable(tf.tensor(values, shape));
}

export function oneHot(labels: Int32Array, classes: number): tf.Tensor2D {
  return tf.oneHot(tf.tensor1d(labels, "int32"), classes).toFloat() as tf.Tensor2D;
}

/** Mean over the rows of -log softmax at the true class. */
export function crossEntropy(logits: tf.Tensor, truth: tf.Tensor): tf.Scalar {
  return tf.losses.softmaxCrossEntropy(truth, logits);
}

/** `before` runs ahead of each step: weight decay, which its Adam lacks. */
export function training(
  optimizer: tf.Optimizer,
  lossOf: () => tf.Scalar,
  before: () => void = () => {},
): Workload {
  let loss: tf.Scalar | null = null;
  return {
    step() {
      loss?.dispose();
      before();
      loss = optimizer.minimize(lossOf, true);
    },
    observe: async () => [...((await loss?.data()) ?? [])],
  };
}

export const adam = (lr: number): tf.Optimizer => tf.train.adam(lr, 0.9, 0.999, 1e-8);
