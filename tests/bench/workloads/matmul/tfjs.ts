import * as tf from "@tensorflow/tfjs";
import { type Maker, sample } from "../workload.ts";
import { matmulData } from "./data.ts";

export const matmul: Maker<"matmul"> = ({ n }) => {
  const { a, b } = matmulData(n);
  const [x, y] = [tf.tensor2d(a, [n, n]), tf.tensor2d(b, [n, n])];
  return {
    step: () => tf.matMul(x, y).dispose(),
    observe: async () => sample(await tf.matMul(x, y).data()),
  };
};
