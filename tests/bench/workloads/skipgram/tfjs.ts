/** Its wasm backend cannot differentiate a gather, so the tables are read by products with ones. */
import * as tf from "@tensorflow/tfjs";
import { oneHot, training, variable } from "../tfjs.ts";
import type { Maker } from "../workload.ts";
import { skipgramData } from "./data.ts";

export const skipgram: Maker<"skipgram"> = (spec) => {
  const { batch, vocabulary, width } = spec;
  const candidates = 1 + spec.negatives;
  const data = skipgramData(spec);
  const inner = variable(data.inner, [vocabulary, width]);
  const outer = variable(data.outer, [vocabulary, width]);
  const centers = oneHot(data.centers, vocabulary);
  const others = oneHot(data.others, vocabulary);
  const truth = tf.tensor2d(data.truth, [batch, candidates]);
  return training(tf.train.sgd(spec.lr), () => {
    const a = tf.matMul(centers, inner as tf.Tensor2D).reshape([batch, 1, width]);
    const b = tf.matMul(others, outer as tf.Tensor2D).reshape([batch, candidates, width]);
    return tf.losses.sigmoidCrossEntropy(truth, a.mul(b).sum(-1));
  });
};
