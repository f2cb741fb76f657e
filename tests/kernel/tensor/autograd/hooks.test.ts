/** Tensor hooks and kept slopes of results, as PyTorch has them. */
import { describe, expect, test } from "vitest";
import {
  grad,
  GradientError,
  ShapeError,
  type Tensor,
  tensor,
} from "../../../../kernel/tensor/index.ts";

const leaf = (data: number | number[]) => tensor(data, { requiresGrad: true });

describe("registerHook()", () => {
  test("on a leaf sees the whole slope of a walk once, and may replace it", () => {
    const x = leaf([1, 2]);
    const seen: unknown[] = [];
    x.registerHook((g) => {
      seen.push(g.toArray());
      return g.mul(10);
    });
    x.mul(3).add(x.mul(x)).sum().backward();
    expect(seen).toEqual([[5, 7]]);
    expect(x.grad?.toArray()).toEqual([50, 70]);
  });

  test("on a leaf does not see the slopes of earlier walks", () => {
    const x = leaf(2);
    const seen: number[] = [];
    x.registerHook((g) => void seen.push(g.item()));
    x.mul(3).backward();
    x.mul(4).backward();
    expect(seen).toEqual([3, 4]);
    expect(x.grad?.item()).toBe(7);
  });

  test("on a result changes what flows on to everything before it", () => {
    const x = leaf(2);
    const hidden = x.mul(3);
    hidden.registerHook((g) => g.mul(0.5));
    hidden.square().add(hidden).backward();
    // d(h² + h)/dh = 13, halved, times 3.
    expect(x.grad?.item()).toBe(19.5);
  });

  test("on the root sees the slope the walk begins with", () => {
    const x = leaf(2);
    const loss = x.mul(3);
    loss.registerHook((g) => g.mul(-1));
    loss.backward();
    expect(x.grad?.item()).toBe(-3);
  });

  test("run in order, each on what the one before returned, until removed", () => {
    const x = leaf(1);
    const first = x.registerHook((g) => g.add(1));
    x.registerHook((g) => g.mul(10));
    x.mul(1).backward();
    expect(x.grad?.item()).toBe(20);
    first.remove();
    first.remove();
    x.mul(1).backward();
    expect(x.grad?.item()).toBe(20 + 10);
  });

  test("the same function twice runs twice, and may remove itself", () => {
    const x = leaf(1);
    const double = (g: Tensor) => g.mul(2);
    x.registerHook(double);
    x.registerHook(double);
    const once = x.registerHook(() => once.remove());
    x.mul(1).backward();
    expect(x.grad?.item()).toBe(4);
  });

  test("a hook that keeps the slope it saw has a tensor that grad does not share", () => {
    const x = leaf([1, 2]);
    const kept: Tensor[] = [];
    x.registerHook((g) => void kept.push(g));
    x.mul(2).sum().backward();
    x.grad?.zero_();
    expect(kept[0]?.toArray()).toEqual([2, 2]);
  });

  test("slopes replaced under createGraph can be differentiated", () => {
    const x = leaf(3);
    x.registerHook((g) => g.mul(g));
    const [slope] = grad(x.square(), [x], { createGraph: true });
    expect(slope?.item()).toBe(36);
    // (2x)² has the slope 8x = 24, which the hook squares again.
    expect(slope && grad(slope, [x])[0]?.item()).toBe(24 * 24);
  });

  test("an error in a hook leaves all slopes as they were", () => {
    const [x, y] = [leaf(1), leaf(2)];
    y.registerHook(() => {
      throw new RangeError("seen enough");
    });
    expect(() => x.mul(y).backward()).toThrow("seen enough");
    expect([x.grad, y.grad]).toEqual([null, null]);
  });

  test.each<[string, () => void, string]>([
    [
      "a tensor without slope",
      () => tensor([1, 2]).registerHook(() => {}),
      "registerHook: this tensor [2] requires no gradient",
    ],
    [
      "what is no function",
      () => leaf(1).registerHook(3 as never),
      "registerHook: a number - wanted a function of the slope",
    ],
    [
      "a returned number",
      () => {
        const x = leaf(1);
        x.registerHook((() => 3) as never);
        x.mul(2).backward();
      },
      "registerHook: the hook returned a number - wanted a tensor, or nothing",
    ],
    [
      "a slope of another shape",
      () => {
        const x = leaf([1, 2]);
        x.registerHook((g) => g.sum());
        x.sum().backward();
      },
      "registerHook: the hook returned [] for a slope [2] - shapes must be equal",
    ],
  ])("refuses %s", (_, act, message) => {
    expect(act).toThrow(message);
  });
  test("has an error class for each", () => {
    expect(() => tensor(1).registerHook(() => {})).toThrow(GradientError);
    const x = leaf([1, 2]);
    x.registerHook((g) => g.sum());
    expect(() => x.sum().backward()).toThrow(ShapeError);
  });
});

describe("retainGrad()", () => {
  test("keeps the slope of a result, which a leaf has anyway", () => {
    const x = leaf(3);
    const hidden = x.mul(2);
    hidden.retainGrad();
    x.retainGrad();
    expect([hidden.retainsGrad, x.retainsGrad]).toEqual([true, false]);
    hidden.square().backward();
    expect(hidden.grad?.item()).toBe(12);
    expect(x.grad?.item()).toBe(24);
  });

  test("adds up over walks of one graph", () => {
    const hidden = leaf(3).mul(2);
    hidden.retainGrad();
    const loss = hidden.square();
    loss.backward({ retainGraph: true });
    loss.backward();
    expect(hidden.grad?.item()).toBe(24);
  });

  test("keeps what hooks made of the slope, and shares it with nobody", () => {
    const x = leaf(3);
    const hidden = x.add(1);
    hidden.retainGrad();
    hidden.registerHook((g) => g.mul(5));
    const next = hidden.add(1);
    next.retainGrad();
    next.backward();
    hidden.grad?.zero_();
    expect([next.grad?.item(), x.grad?.item()]).toEqual([1, 5]);
  });

  test("keeps nothing of a result without it", () => {
    const hidden = leaf(3).mul(2);
    hidden.square().backward();
    expect(hidden.grad).toBe(null);
  });

  test("refuses a tensor without slope", () => {
    expect(() => tensor([1]).retainGrad()).toThrow(
      "retainGrad: this tensor [1] requires no gradient",
    );
  });
});
