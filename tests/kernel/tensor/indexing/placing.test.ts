/** Index assignment: what it writes, and what it refuses. */
import { describe, expect, test } from "vitest";
import {
  arange,
  GradientError,
  type Index,
  noGrad,
  ones,
  tensor,
  zeros,
} from "../../../../kernel/tensor/index.ts";

/** Cells are not checked before they run, so anything may arrive. */
const anything = (value: unknown) => value as never;

describe("set()", () => {
  test("writes through a mask, and a list of values into its places", () => {
    const x = tensor([
      [-1, 2],
      [3, -4],
    ]);
    x.set([x.lt(0)], 0);
    expect(x.toArray()).toEqual([
      [0, 2],
      [3, 0],
    ]);
    x.set([x.gt(0)], tensor([20, 30]));
    expect(x.toArray()).toEqual([
      [0, 20],
      [30, 0],
    ]);
  });

  test("broadcasts its value over what index tensors pick", () => {
    const x = zeros([2, 3]).set([null, tensor([0, 2])], tensor([[5], [6]]));
    expect(x.toArray()).toEqual([
      [5, 0, 5],
      [6, 0, 6],
    ]);
  });

  test("lets dimensions of size 1 in front of the value fall away, as PyTorch does", () => {
    expect(
      zeros([2, 2])
        .set([0], ones([1, 1, 2]))
        .toArray(),
    ).toEqual([
      [1, 1],
      [0, 0],
    ]);
  });

  test("writes into a view and so into its base", () => {
    const base = zeros([2, 3]);
    base.T.set([tensor([0, 2]), 1], 7);
    base.diagonal().set([0], 9);
    expect(base.toArray()).toEqual([
      [9, 0, 0],
      [7, 0, 7],
    ]);
  });

  test("writes where dimensions that are picked from lie apart in a strided view", () => {
    const base = zeros([2, 2, 2]);
    base.permute(2, 1, 0).set([tensor([0, 1]), null, tensor([1, 0])], 3);
    expect(base.toArray()).toEqual([
      [
        [0, 3],
        [0, 3],
      ],
      [
        [3, 0],
        [3, 0],
      ],
    ]);
  });

  test("reads old values throughout when value and target overlap", () => {
    const x = arange(4);
    x.set([tensor([1, 2, 3])], x.at([0, 3]));
    expect(x.toArray()).toEqual([0, 0, 1, 2]);
  });

  test("converts its value to the target's type", () => {
    const x = zeros([2], { dtype: "i32" });
    x.set([tensor([1])], 2.7).set([0], tensor([1.2]));
    expect(x.dtype).toBe("i32");
    expect(x.toArray()).toEqual([1, 2]);
    expect(
      zeros([2], { dtype: "bool" })
        .set([tensor([1])], 5)
        .toArray(),
    ).toEqual([false, true]);
  });

  test("writes nothing where nothing is picked", () => {
    const x = ones([3]);
    x.set([x.gt(5)], 7)
      .set([[1, 1]], 7)
      .set([tensor([])], 7);
    expect(x.toArray()).toEqual([1, 1, 1]);
  });

  test("under noGrad changes a parameter, which the tape notices", () => {
    const w = tensor([1, 2], { requiresGrad: true });
    const loss = w.square().sum();
    noGrad(() => w.set([tensor([0])], 5));
    expect(w.toArray()).toEqual([5, 2]);
    expect(() => loss.backward()).toThrow("was changed in place after it was used");
  });

  test.each<[string, () => unknown, string]>([
    [
      "an index that is no list",
      () => zeros([2]).set(anything(0), 1),
      "set: a number for the indices - wanted an array of them",
    ],
    [
      "no value",
      () => zeros([2]).set([0], anything(undefined)),
      "set: undefined for the value - wanted a number or a tensor",
    ],
    [
      "an array",
      () => zeros([2]).set([[0, 2]], anything([1, 2])),
      "set: an array for the value - wanted a number or a tensor",
    ],
    [
      "a value that does not fit",
      () => zeros([2, 3]).set([tensor([0, 1])], ones([2])),
      "set: [2, 3] and [2] cannot be broadcast - sizes 3 and 2 must be equal, or one of them 1",
    ],
    [
      "a value that is larger",
      () => zeros([3]).set([0], ones([2])),
      "set: [2] into [] - it must broadcast to the target",
    ],
    [
      "more values than the mask has places",
      () => zeros([3]).set([tensor([true, false, false])], ones([2])),
      "set: [2] into [1] - it must broadcast to the target",
    ],
    [
      "an index outside",
      () => zeros([3]).set([tensor([3])], 1),
      "set: index 3 at row 0 for dim 0 of [3]",
    ],
    [
      "an expanded tensor",
      () => zeros([1]).expand(3).set([0], 1),
      "set: [3] was expanded, so that several places are one element - wanted a tensor with an element for each",
    ],
  ])("refuses %s", (_, act, message) => {
    expect(act).toThrow(message);
  });

  test("writes nothing into nothing, where strides of 0 share no element", () => {
    const none = zeros([2, 0, 3]);
    expect(none.set([1], 5).shape).toEqual([2, 0, 3]);
    expect(none.add_(1).shape).toEqual([2, 0, 3]);
  });

  test.each<[string, readonly Index[]]>([
    ["a number", [0]],
    ["a tensor", [tensor([0])]],
  ])("refuses to lose a slope: %s", (_, indices) => {
    const w = tensor([1, 2], { requiresGrad: true });
    expect(() => w.set(indices, 1)).toThrow(GradientError);
    expect(() => zeros([2]).set(indices, w.sum())).toThrow(
      "set: the value requires a gradient - it cannot follow a value into another tensor",
    );
    expect(noGrad(() => zeros([2]).set(indices, w.sum())).toArray()).toEqual([3, 0]);
  });
});
