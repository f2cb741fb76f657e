import { crossEntropy } from "../plain/entropy.ts";
import { Linear } from "../plain/linear.ts";
import type { Maker } from "../workload.ts";
import { mlpData } from "./data.ts";

const activations = {
  relu: { value: (z: number) => (z > 0 ? z : 0), slope: (y: number) => (y > 0 ? 1 : 0) },
  tanh: { value: Math.tanh, slope: (y: number) => 1 - y * y },
};

/** Mean squared error; writes its slope over `prediction`. */
function squaredError(prediction: Float32Array, wanted: Float32Array): number {
  let loss = 0;
  const { length } = prediction;
  for (let i = 0; i < length; i++) {
    const difference = prediction[i]! - wanted[i]!; // one length
    loss += difference * difference;
    prediction[i] = (2 * difference) / length;
  }
  return loss / length;
}

export const mlp: Maker<"mlp"> = (spec) => {
  const data = mlpData(spec);
  const layers = data.layers.map((layer) => new Linear(layer, spec.batch));
  const act = activations[spec.activation];
  let steps = 0;
  let loss = Number.NaN;
  return {
    step() {
      let hidden: Float32Array = data.x;
      for (const [i, layer] of layers.entries()) {
        hidden = layer.forward(hidden);
        if (i === layers.length - 1) continue;
        for (let j = 0; j < hidden.length; j++) hidden[j] = act.value(hidden[j]!); // below the length
      }
      loss =
        spec.activation === "tanh"
          ? squaredError(hidden, data.targets)
          : crossEntropy(hidden, data.labels, spec.batch, data.outputs);
      let slope = hidden;
      for (let i = layers.length - 1; i >= 0; i--) {
        slope = layers[i]!.backward(slope, i > 0); // i is below the length
        const y = layers[i - 1]?.y;
        if (y !== undefined) for (let j = 0; j < y.length; j++) slope[j]! *= act.slope(y[j]!); // one length
      }
      steps++;
      for (const each of layers.flatMap(({ parameters }) => parameters)) {
        if (spec.activation === "tanh") each.sgd(spec.lr);
        else each.adam(spec, steps);
      }
    },
    observe: () => [loss],
  };
};
