import { lax, numpy as np } from "@jax-js/jax";
import {
  adamTraining,
  affine,
  array,
  crossEntropy,
  type JaxArray,
  oneHot,
  type Running,
} from "../jax.ts";
import type { Maker } from "../workload.ts";
import { convnetData } from "./data.ts";

/** 3 by 3 with padding 1, relu, then the largest of each 2 by 2. */
function layer(x: JaxArray, filter: JaxArray, bias: JaxArray): JaxArray {
  const y = lax.conv(x, filter, [1, 1], "SAME").add(bias.reshape([-1, 1, 1]));
  const [batch = 0, channels = 0, height = 0, width = 0] = y.shape;
  return np
    .maximum(y, 0)
    .reshape([batch, channels, height / 2, 2, width / 2, 2])
    .max([3, 5]);
}

function loss(params: JaxArray[], [images, truth]: JaxArray[]): JaxArray {
  const [filter1, bias1, filter2, bias2, weight, bias] = params;
  const first = layer(images!, filter1!, bias1!);
  const second = layer(first, filter2!, bias2!);
  const flat = second.reshape([second.shape[0] ?? 0, -1]);
  return crossEntropy(np.matmul(flat, weight!).add(bias!), truth!);
}

export const convnetWith =
  (running: Running): Maker<"convnet"> =>
  (spec) => {
    const { x, labels, filters, head } = convnetData(spec);
    const params = [
      ...filters.flatMap(({ inputs, outputs, weight, bias }) => [
        array(weight, [outputs, inputs / 9, 3, 3]),
        array(bias, [outputs]),
      ]),
      ...affine(head),
    ];
    const images = array(x, [spec.batch, 1, spec.size, spec.size]);
    return adamTraining(loss, params, [images, oneHot(labels, spec.classes)], spec, running);
  };
