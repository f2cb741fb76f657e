import * as tf from "@tensorflow/tfjs";
import { adam, affine, crossEntropy, oneHot, training } from "../tfjs.ts";
import type { Maker } from "../workload.ts";
import { mlpData } from "./data.ts";

export const mlp: Maker<"mlp"> = (spec) => {
  const data = mlpData(spec);
  const layers = data.layers.map(affine);
  const x = tf.tensor2d(data.x, [spec.batch, data.inputs]);
  const forward = (act: (x: tf.Tensor) => tf.Tensor): tf.Tensor =>
    layers.reduce<tf.Tensor>(
      (hidden, [weight, bias], i) => tf.matMul(i === 0 ? hidden : act(hidden), weight).add(bias),
      x,
    );
  if (spec.activation === "tanh") {
    const y = tf.tensor2d(data.targets, [spec.batch, data.outputs]);
    return training(tf.train.sgd(spec.lr), () => tf.losses.meanSquaredError(y, forward(tf.tanh)));
  }
  const truth = oneHot(data.labels, data.outputs);
  return training(adam(spec.lr), () => crossEntropy(forward(tf.relu), truth));
};
