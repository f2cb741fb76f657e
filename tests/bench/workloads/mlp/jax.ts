import { numpy as np } from "@jax-js/jax";
import {
  adamTraining,
  affine,
  array,
  crossEntropy,
  type JaxArray,
  oneHot,
  type Running,
  sgdTraining,
} from "../jax.ts";
import type { Maker } from "../workload.ts";
import { mlpData } from "./data.ts";

/** Weights and biases in turns; `act` between the layers. */
function forward(params: JaxArray[], x: JaxArray, act: (x: JaxArray) => JaxArray): JaxArray {
  let hidden = x;
  for (let i = 0; i < params.length; i += 2) {
    if (i > 0) hidden = act(hidden);
    hidden = np.matmul(hidden, params[i]!).add(params[i + 1]!);
  }
  return hidden;
}

export const mlpWith =
  (running: Running): Maker<"mlp"> =>
  (spec) => {
    const data = mlpData(spec);
    const params = data.layers.flatMap(affine);
    const x = array(data.x, [spec.batch, data.inputs]);
    if (spec.activation === "tanh") {
      const y = array(data.targets, [spec.batch, data.outputs]);
      const loss = (given: JaxArray[], [inputs, wanted]: JaxArray[]) =>
        np.square(forward(given, inputs!, np.tanh).sub(wanted!)).mean();
      return sgdTraining(loss, params, [x, y], spec.lr, running);
    }
    const truth = oneHot(data.labels, data.outputs);
    const relu = (hidden: JaxArray) => np.maximum(hidden, 0);
    const loss = (given: JaxArray[], [inputs, wanted]: JaxArray[]) =>
      crossEntropy(forward(given, inputs!, relu), wanted!);
    return adamTraining(loss, params, [x, truth], spec, running);
  };
