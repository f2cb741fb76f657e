import { blockUntilReady, jit, numpy as np } from "@jax-js/jax";
import { array, type Running } from "../jax.ts";
import { type Maker, sample } from "../workload.ts";
import { matmulData } from "./data.ts";

export const matmulWith =
  ({ compiled }: Running): Maker<"matmul"> =>
  ({ n }) => {
    const { a, b } = matmulData(n);
    const [x, y] = [array(a, [n, n]), array(b, [n, n])];
    const multiply = compiled ? jit(np.matmul) : np.matmul;
    return {
      async step() {
        const product = multiply(x.ref, y.ref);
        await blockUntilReady(product);
        product.dispose();
      },
      observe: async () => sample(await multiply(x.ref, y.ref).data()),
    };
  };
