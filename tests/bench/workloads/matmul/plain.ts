import { times } from "../plain/product.ts";
import { type Maker, sample } from "../workload.ts";
import { matmulData } from "./data.ts";

export const matmul: Maker<"matmul"> = ({ n }) => {
  const { a, b } = matmulData(n);
  const product = new Float32Array(n * n);
  return {
    step: () => times(product, a, b, [n, n, n]),
    observe: () => sample(product),
  };
};
