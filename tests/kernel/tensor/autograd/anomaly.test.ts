/** Anomaly mode: which op made the first NaN or Infinity, and in which line. */
import { describe, expect, test } from "vitest";
import {
  AnomalyError,
  customOp,
  detectAnomaly,
  GradientError,
  type Tensor,
  tensor,
} from "../../../../kernel/tensor/index.ts";

const leaf = (data: number | number[] | number[][]) => tensor(data, { requiresGrad: true });

/** The error of a computation in anomaly mode. */
function anomalyOf(body: () => unknown): AnomalyError {
  try {
    detectAnomaly(body);
  } catch (error) {
    if (error instanceof AnomalyError) return error;
    throw error;
  }
  throw new Error("no anomaly was found");
}

describe("detectAnomaly()", () => {
  test("gives the result of a computation that stays finite", () => {
    const x = leaf([1, 2]);
    const loss = detectAnomaly(() => {
      const value = x.log().sum();
      value.backward();
      return value;
    });
    expect(loss.item()).toBeCloseTo(Math.log(2));
    expect(x.grad?.toArray()).toEqual([1, 0.5]);
  });

  test("names the op that made the first infinity, its shapes, the place and what stood there", () => {
    const x = tensor([
      [1, 2],
      [3, 0],
    ]);
    expect(anomalyOf(() => x.log().mul(0).sum()).message).toBe(
      "log: [2, 2] gave -Infinity at [1, 1], where the input is 0 - wanted finite numbers",
    );
  });

  test("names both operands, broadcast", () => {
    const [a, b] = [tensor([[1], [2]]), tensor([0.5, 0])];
    expect(anomalyOf(() => a.mul(-1).div(b)).message).toBe(
      "div: [2, 1] and [2] gave -Infinity at [0, 1], where the inputs are -1 and 0 - wanted finite numbers",
    );
  });

  test("blames the op that makes NaN of infinities", () => {
    const x = tensor([Infinity, 1]);
    expect(anomalyOf(() => x.sub(x)).message).toMatch(/^sub: \[2\] and \[2\] gave NaN at \[0\]/);
  });

  test("lets infinities pass that are data or asked for", () => {
    const scores = tensor([1, -Infinity, 2]);
    const limits = tensor([1, 2, 3]).where(tensor([true, false, true]), -Infinity);
    expect(detectAnomaly(() => scores.softmax(0).add(limits.exp()).sum().item())).toBeGreaterThan(
      0,
    );
  });

  test("says so when NaN came with the data", () => {
    expect(anomalyOf(() => tensor([1, Number.NaN]).mul(2)).message).toBe(
      "mul: input 0 [2] holds NaN at [1] already - no op made it, it came with the data",
    );
  });

  test("names the op whose backward made the first odd slope", () => {
    const x = leaf([4, 0]);
    expect(anomalyOf(() => x.sqrt().sum().backward()).message).toBe(
      "sqrt: [2], backward() gave its input the slope Infinity at [1], where the input is 0 - wanted finite slopes",
    );
    expect(x.grad).toBe(null);
  });

  test("does not mind what a gradient's own formula makes and drops", () => {
    const x = leaf([0, 2]);
    detectAnomaly(() =>
      x
        .pow(tensor([0, 2]))
        .sum()
        .backward(),
    );
    expect(x.grad?.toArray()).toEqual([0, 4]);
  });

  test("has the stack of the forward line for a fault of the backward", () => {
    const root = (x: Tensor) => x.sqrt();
    const walk = (loss: Tensor) => loss.backward();
    const { stack = "" } = anomalyOf(() => walk(root(leaf([0])).sum()));
    expect(stack).toMatch(/^AnomalyError: sqrt: /);
    expect(stack).toContain("at root ");
    expect(stack).not.toContain("at walk ");
  });

  test("tells to take the forward pass in when only the backward was watched", () => {
    const loss = leaf([0]).sqrt().sum();
    expect(anomalyOf(() => loss.backward()).hint).toBe(
      "call the forward pass inside detectAnomaly too",
    );
  });

  test("finds what a custom op makes", () => {
    const halve = customOp({
      name: "halve",
      forward: (_, x: Tensor) => x.div(2),
      backward: (_, g) => g.div(0),
    });
    const x = leaf([2]);
    expect(anomalyOf(() => halve(x).sum().backward()).message).toMatch(
      /^halve: \[1\], backward\(\) gave/,
    );
  });

  test("is off again afterwards, also after an error", () => {
    anomalyOf(() => tensor([0]).log());
    expect(tensor([0]).log().item()).toBe(-Infinity);
  });

  test("refuses an asynchronous function", () => {
    expect(() => detectAnomaly(async () => Promise.resolve(1))).toThrow(GradientError);
    expect(() => detectAnomaly(3 as never)).toThrow("detectAnomaly: a number - wanted a function");
  });
});
