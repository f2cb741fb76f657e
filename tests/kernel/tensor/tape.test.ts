import { describe, expect, test } from "vitest";
import {
  F,
  grad,
  gradcheck,
  GradientError,
  noGrad,
  ones,
  type Tensor,
  tensor,
} from "../../../kernel/tensor/index.ts";

const leaf = (data: number | number[]) => tensor(data, { requiresGrad: true });

describe("backward()", () => {
  test("gives micrograd's published slopes", () => {
    const [a, b] = [leaf(-4), leaf(2)];
    let c = a.add(b);
    let d = a.mul(b).add(b.pow(3));
    c = c.add(c.add(1));
    c = c.add(c.add(1).sub(a));
    d = d.add(d.mul(2).add(b.add(a).relu()));
    d = d.add(d.mul(3).add(b.sub(a).relu()));
    const f = c.sub(d).square();
    const g = f.div(2).add(tensor(10).div(f));
    g.backward();
    expect(g.item()).toBeCloseTo(24.7041, 3);
    expect(a.grad?.item()).toBeCloseTo(138.8338, 3);
    expect(b.grad?.item()).toBeCloseTo(645.5773, 3);
  });

  test("adds up when a tensor is used twice", () => {
    const x = leaf(3);
    x.mul(x).add(x).backward();
    expect(x.grad?.item()).toBe(7);
  });

  test("sums slopes over what was broadcast", () => {
    const [row, number] = [leaf([1, 2]), leaf(5)];
    ones([4, 2]).mul(row).add(number).sum().backward();
    expect(row.grad?.toArray()).toEqual([4, 4]);
    expect(number.grad?.toArray()).toBe(8);
  });

  test("walks a chain of 20,000 ops without recursion", () => {
    const x = leaf(1);
    let y = x;
    for (let i = 0; i < 20_000; i++) y = y.add(1);
    y.backward();
    expect(x.grad?.item()).toBe(1);
  });

  test("gives each leaf a slope of its own to change", () => {
    const [a, b] = [leaf([1, 2]), leaf([3, 4])];
    a.add(b).sum().backward();
    a.grad?.zero_();
    expect(b.grad?.toArray()).toEqual([1, 1]);
  });

  test("a second walk is refused, unless the graph was retained", () => {
    const x = leaf(2);
    const freed = x.mul(x);
    freed.backward();
    expect(() => freed.backward()).toThrow(
      "backward: the graph behind this mul was already walked and freed",
    );
    const kept = x.mul(x);
    kept.backward({ retainGraph: true });
    kept.backward();
    expect(x.grad?.item()).toBe(12);
  });

  test("a walk that meets a freed part adds nothing", () => {
    const x = leaf(2);
    const shared = x.mul(3);
    shared.square().backward();
    const before = x.grad?.item();
    expect(() => shared.add(x).backward()).toThrow(GradientError);
    expect(x.grad?.item()).toBe(before);
  });

  test.each<[string, () => void, string]>([
    [
      "many numbers",
      () => leaf([1, 2]).mul(2).backward(),
      "backward: this tensor is [2] - wanted a single number, such as a loss",
    ],
    [
      "no parameter",
      () => tensor(1).backward(),
      "backward: nothing this was computed from requires a gradient",
    ],
    [
      "a gradient of another shape",
      () =>
        leaf([1, 2])
          .mul(2)
          .backward({ gradient: ones([3]) }),
      "backward: gradient [3] for [2]",
    ],
  ])("refuses %s", (_, act, message) => {
    expect(act).toThrow(message);
  });

  test("refuses a value that was changed after it was used", () => {
    const w = leaf([1, 2]);
    const x = tensor([3, 4]);
    const loss = w.mul(x).sum();
    x.fill_(0);
    expect(() => loss.backward()).toThrow(
      "backward: the input [2] of mul was changed in place after it was used",
    );
  });

  test("does not mind a change of a value that no slope needs", () => {
    const w = leaf([1, 2]);
    const loss = w.add(1).sum();
    noGrad(() => w.add_(1));
    loss.backward();
    expect(w.grad?.toArray()).toEqual([1, 1]);
  });

  test("frees what the graph held, so that a kept loss keeps no forward pass", () => {
    const x = leaf([1, 2]);
    const loss = x.square().sum();
    loss.backward();
    expect(loss.node?.inputs).toEqual([]);
  });
});

describe("noGrad()", () => {
  test("records nothing inside and goes on after a throw", () => {
    const x = leaf(1);
    expect(noGrad(() => x.mul(2)).requiresGrad).toBe(false);
    expect(() =>
      noGrad(() => {
        throw new RangeError("stop");
      }),
    ).toThrow("stop");
    expect(x.mul(2).requiresGrad).toBe(true);
  });

  test("refuses an asynchronous function", () => {
    expect(() => noGrad(async () => Promise.resolve(1))).toThrow(
      "noGrad: the function returned a promise",
    );
  });
});

describe("grad()", () => {
  test("leaves grad alone and can be taken again with createGraph", () => {
    const x = leaf(3);
    const [slope] = grad(x.pow(3), [x], { createGraph: true });
    expect(slope?.item()).toBeCloseTo(27, 4);
    const [second] = slope === undefined ? [] : grad(slope, [x]);
    expect(second?.item()).toBeCloseTo(18, 4);
    expect(x.grad).toBe(null);
  });

  test("gives slopes of intermediate values", () => {
    const x = leaf([1, 2]);
    const hidden = x.mul(3);
    const [slope] = grad(hidden.square().sum(), [hidden]);
    expect(slope?.toArray()).toEqual([6, 12]);
  });

  test("refuses an input that the output does not depend on", () => {
    expect(() => grad(leaf(1).mul(2), [leaf(1)])).toThrow(
      "grad: the output does not depend on input 0",
    );
  });
});

describe("losses", () => {
  const [x, t] = [
    tensor([
      [0.5, -1],
      [2, 0.25],
    ]),
    tensor([
      [1, 0],
      [1, 1],
    ]),
  ];
  test("have the values of their formulas", () => {
    const bce = (z: number, y: number) => Math.log(1 + Math.exp(z)) - y * z;
    expect(F.mse(x, t).item()).toBeCloseTo((0.25 + 1 + 1 + 0.5625) / 4, 6);
    expect(F.l1(x, t, { reduction: "sum" }).item()).toBeCloseTo(0.5 + 1 + 1 + 0.75, 6);
    expect(F.bceWithLogits(x, t).item()).toBeCloseTo(
      (bce(0.5, 1) + bce(-1, 0) + bce(2, 1) + bce(0.25, 1)) / 4,
      6,
    );
    expect(F.nll(x.logSoftmax(1), [0, 1]).item()).toBeCloseTo(F.crossEntropy(x, [0, 1]).item(), 6);
    expect(F.crossEntropy(tensor([0, 0, 0]), [1]).item()).toBeCloseTo(Math.log(3), 6);
  });

  test("have the slopes of finite differences", () => {
    for (const loss of [F.mse, F.l1, F.bceWithLogits])
      expect(gradcheck((a) => loss(a, t), [x])).toBe(true);
    expect(gradcheck((a) => F.nll(a.logSoftmax(1), [0, 1]), [x])).toBe(true);
    for (const reduction of ["mean", "sum", "none"] as const)
      expect(gradcheck((a) => F.crossEntropy(a, [0, 1], { reduction }), [x])).toBe(true);
  });

  test("stay finite for logits of 1,000", () => {
    expect(F.crossEntropy(tensor([[1000, -1000]]), [1]).item()).toBe(2000);
    expect(F.bceWithLogits(tensor([-1000]), 1).item()).toBe(1000);
  });

  test.each<[string, () => unknown, string]>([
    [
      "shapes",
      () => F.mse(ones([3]), ones([3, 1]) as Tensor),
      "mse: prediction [3] and target [3, 1] - shapes must be equal",
    ],
    [
      "rows",
      () => F.crossEntropy(ones([2, 3]), [0]),
      "crossEntropy: logits [2, 3] and labels [1] - wanted [n, classes] and [n]",
    ],
    [
      "a label",
      () => F.crossEntropy(ones([2, 3]), [0, 3]),
      "crossEntropy: label 3 at row 1 - 3 classes take labels 0 to 2",
    ],
    [
      "a fraction",
      () => F.crossEntropy(ones([1, 3]), [0.5]),
      "crossEntropy: label 0.5 at row 0 - wanted whole numbers",
    ],
  ])("refuse wrong %s", (_, act, message) => {
    expect(act).toThrow(message);
  });
});
