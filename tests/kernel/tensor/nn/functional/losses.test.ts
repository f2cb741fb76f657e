/** Losses against their formulas and finite differences. */
import { describe, expect, test } from "vitest";
import {
  F,
  gradcheck,
  ones,
  type Tensor,
  tensor,
  zeros,
} from "../../../../../kernel/tensor/index.ts";

test("crossEntropy() names probabilities of other classes than the logits'", () => {
  const shares = tensor([0.3, 0.7]);
  expect(() => F.crossEntropy(zeros([3]), shares)).toThrow(
    "crossEntropy: logits [3] and probabilities [2] - shapes must be equal",
  );
  expect(() => F.crossEntropy(zeros([4, 3]), shares.expand(4, 2))).toThrow(
    "crossEntropy: logits [4, 3] and probabilities [4, 2] - shapes must be equal",
  );
  expect(() => F.crossEntropy(zeros([2, 3]), ones([2, 1]))).toThrow(
    "crossEntropy: logits [2, 3] and labels [2, 1] - wanted [n, classes] and [n]",
  );
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

  test("bceWithLogits() takes truths of every type", () => {
    const [logits, truths] = [tensor([0.5, -1, 2]), tensor([1, 0, 1])];
    const wanted = F.bceWithLogits(logits, truths).item();
    for (const dtype of ["bool", "u8", "i32", "f64"] as const)
      expect(F.bceWithLogits(logits, truths.to(dtype)).item()).toBeCloseTo(wanted, 6);
    const whole = logits.round().to("i32");
    const rounded = F.bceWithLogits(whole.to("f32"), truths).item();
    expect(F.bceWithLogits(whole, truths.to("u8")).item()).toBeCloseTo(rounded, 6);
  });

  test.each<[number[], number[], string | undefined]>([
    [[3, 1], [3], "squeeze(1) of the prediction, or unsqueeze(1) of the target"],
    [[3], [3, 1], "squeeze(1) of the target, or unsqueeze(1) of the prediction"],
    [[1], [1, 1], "squeeze(1) of the target, or unsqueeze(1) of the prediction"],
    [[3, 4], [3, 1, 4], "squeeze(1) of the target, or unsqueeze(1) of the prediction"],
    [[6], [2, 3], "reshape one of them"],
    [[3], [4], undefined],
  ])("of prediction %j and target %j say what pairs them", (prediction, target, hint) => {
    const shapes = `[${prediction.join(", ")}] and target [${target.join(", ")}]`;
    const message = `mse: prediction ${shapes} - shapes must be equal`;
    expect(() => F.mse(ones(prediction), ones(target))).toThrow(
      expect.objectContaining(hint === undefined ? { message } : { message, hint }),
    );
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
