import * as tf from "@tensorflow/tfjs";
import type { Op } from "../specs.ts";
import { type Makers, sample, type Workload } from "../workload.ts";
import { opData } from "./data.ts";

/** Runs `work` and frees what it gives. */
function op(work: () => tf.Tensor[]): Workload {
  return {
    step() {
      for (const each of tf.tidy(work)) each.dispose();
    },
    async observe() {
      const results = tf.tidy(work);
      const values = await Promise.all(results.map((each) => each.data()));
      for (const each of results) each.dispose();
      return values.flatMap((each) => sample(each));
    },
  };
}

function operands(spec: Op) {
  const { x, other, gamma, beta } = opData(spec);
  const shape: [number, number] = [spec.rows, spec.columns];
  return {
    x: tf.tensor2d(x, shape),
    other: tf.tensor2d(other, shape),
    gamma: tf.tensor1d(gamma),
    beta: tf.tensor1d(beta),
  };
}

function withSlopes(
  run: (...leaves: tf.Tensor[]) => tf.Tensor,
  leaves: tf.Tensor[],
  gradient: tf.Tensor,
): Workload {
  const both = tf.valueAndGrads(run);
  return op(() => {
    const { value, grads } = both(leaves, gradient);
    return [value, ...grads];
  });
}

export const ops: Pick<Makers, Op["kind"]> = {
  tapedAdd: "records nothing outside tf.grad",
  gelu(spec) {
    const { x, other } = operands(spec);
    const run = (input: tf.Tensor) => {
      const inner = input.mul(input).mul(input).mul(0.044715).add(input);
      return input.mul(0.5).mul(tf.tanh(inner.mul(Math.sqrt(2 / Math.PI))).add(1));
    };
    return withSlopes(run, [x], other);
  },
  layernorm(spec) {
    const { x, other, gamma, beta } = operands(spec);
    const run = (input: tf.Tensor, scale: tf.Tensor, shift: tf.Tensor) => {
      const { mean, variance } = tf.moments(input, -1, true);
      return input
        .sub(mean)
        .mul(tf.rsqrt(variance.add(1e-5)))
        .mul(scale)
        .add(shift);
    };
    return withSlopes(run, [x, gamma, beta], other);
  },
  softmax(spec) {
    const { x } = operands(spec);
    return op(() => [tf.softmax(x)]);
  },
  add(spec) {
    const { x, other } = operands(spec);
    return op(() => [tf.add(x, other)]);
  },
  sum(spec) {
    const { x } = operands(spec);
    return op(() => [tf.sum(x)]);
  },
};
