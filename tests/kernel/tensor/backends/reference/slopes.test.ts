import { expect, test } from "vitest";
import { F, grad, tensor, type Tensor } from "../../../../../kernel/tensor/index.ts";

const functions: Record<string, (x: Tensor) => Tensor> = {
  relu: (x) => x.relu(),
  leakyRelu: (x) => F.leakyRelu(x, 0.3),
  elu: (x) => F.elu(x, 0.7),
  sigmoid: (x) => x.sigmoid(),
  tanh: (x) => x.tanh(),
  silu: (x) => F.silu(x),
  softplus: (x) => F.softplus(x),
  logSigmoid: (x) => F.logSigmoid(x),
  gelu: (x) => F.gelu(x),
  geluTanh: (x) => F.gelu(x, { approximate: "tanh" }),
  square: (x) => x.square(),
  abs: (x) => x.abs(),
  sqrt: (x) => x.abs().sqrt(),
  rsqrt: (x) => x.abs().rsqrt(),
  reciprocal: (x) => x.reciprocal(),
};

test.each(Object.keys(functions))(
  "the slope of %s in one pass is the one that can be derived again",
  (name) => {
    const values = [-20, -3.5, -1, -0.3, -0.01, 0.02, 0.4, 1, 2.5, 20];
    const slope = (createGraph: boolean) => {
      const x = tensor(values, { dtype: "f64", requiresGrad: true });
      const y = functions[name]?.(x).mul(tensor(values, { dtype: "f64" }).add(7)) ?? x;
      return grad(y.sum(), [x], { createGraph })[0]?.toArray() as number[];
    };
    const wanted = slope(true);
    slope(false).forEach((value, i) => expect(value).toBeCloseTo(wanted[i] ?? NaN, 10));
  },
);

test("no slope comes through a relu that is shut, even an infinite one", () => {
  const x = tensor([-1, 1], { requiresGrad: true });
  x.relu().backward({ gradient: tensor([Infinity, Infinity]) });
  expect(x.grad.toArray()).toEqual([0, Infinity]);
});
