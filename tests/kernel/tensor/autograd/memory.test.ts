/** What tensors and modules keep alive, in bytes. */
import { describe, expect, test } from "vitest";
import { backend } from "../../../../kernel/tensor/backends/current.ts";
import {
  customOp,
  F,
  memory,
  nn,
  optim,
  randn,
  type Tensor,
  tensor,
  zeros,
} from "../../../../kernel/tensor/index.ts";

describe("memory()", () => {
  test("counts values by their dtype, and views of one storage once", () => {
    const x = zeros([10, 10]);
    expect(memory(x)).toEqual({ values: 400, gradients: 0, graph: 0, bytes: 400 });
    expect(memory(x, x.T, x.at(0)).bytes).toBe(400);
    expect(memory(zeros([10], { dtype: "f64" }), zeros([10], { dtype: "bool" })).values).toBe(90);
  });

  test("counts the parameters, buffers and slopes of a module", () => {
    const net = nn.Sequential(nn.Linear(4, 3), nn.BatchNorm1d(3));
    // 12 + 3 of Linear; scale, shift, mean and variance of BatchNorm, 3 each, and one i32.
    const values = 4 * (15 + 12 + 1);
    expect(memory(net)).toEqual({ values, gradients: 0, graph: 0, bytes: values });
    net(randn([8, 4]))
      .sum()
      .backward();
    expect(memory(net).gradients).toBe(4 * (15 + 6));
  });

  test("counts what the graph holds, until backward() frees it", () => {
    const x = zeros([100], { requiresGrad: true });
    const loss = x.exp().square().sum();
    // Two results of 100 numbers and x itself; the loss is what was given.
    expect(memory(loss)).toEqual({ values: 4, gradients: 0, graph: 1200, bytes: 1204 });
    loss.backward();
    expect(memory(loss)).toEqual({ values: 4, gradients: 0, graph: 0, bytes: 4 });
  });

  test("counts what an op keeps besides its inputs, custom ones included", () => {
    const logits = zeros([10, 5], { requiresGrad: true });
    // Logits, their softmax, labels, losses of the rows.
    expect(
      memory(
        F.crossEntropy(
          logits,
          Array.from({ length: 10 }, () => 0),
        ),
      ).graph,
    ).toBe(200 + 200 + 40 + 40);
    const op = customOp({
      name: "keeps",
      forward(ctx, x: Tensor) {
        ctx.save(zeros([50]));
        return x.sum();
      },
      backward: (_, g) => g,
    });
    expect(memory(op(tensor([1, 2], { requiresGrad: true }))).graph).toBe(8 + 200);
  });

  test("shows a loss that is added up over steps, graph and all", () => {
    const net = nn.Linear(4, 3);
    const opt = optim.SGD(net.parameters(), { lr: 0.1 });
    let total = tensor(0);
    const sizes: number[] = [];
    for (let i = 0; i < 4; i++) {
      const loss = net(randn([8, 4]))
        .square()
        .mean();
      total = total.add(loss);
      opt.zeroGrad();
      sizes.push(memory(total).graph);
    }
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    expect(sizes.at(-1)).toBeGreaterThan(2 * (sizes[0] ?? 0));
  });

  test("tells what the engine's own memory holds when nothing is given", () => {
    memory.reset();
    const before = memory();
    const kept = zeros([1000]).add(1);
    const after = memory();
    expect(Object.keys(after)).toEqual(["live", "cached", "peak"]);
    // The reference backend has no memory of its own: all is the garbage collector's.
    expect(after.peak).toBeGreaterThanOrEqual(after.live);
    expect(after.live - before.live).toBeGreaterThanOrEqual(
      backend().name === "reference" ? 0 : 4000,
    );
    expect(kept.at(0).item()).toBe(1);
  });

  test.each<[string, () => unknown, string]>([
    [
      "a number",
      () => memory(3 as never),
      "memory: argument 0 is a number - wanted a tensor or a module",
    ],
    [
      "a list",
      () => memory(zeros([1]), [] as never),
      "memory: argument 1 is an array - wanted a tensor or a module",
    ],
    ["undefined", () => memory(undefined as never), "memory: argument 0 is undefined"],
  ])("refuses %s", (_, act, message) => {
    expect(act).toThrow(message);
  });
});
