/** The check of gradients: what it accepts, and each way in which it refuses. */
import { describe, expect, test } from "vitest";
import {
  arange,
  customOp,
  gradcheck,
  gradgradcheck,
  rand,
  randn,
  type Tensor,
  tensor,
  zeros,
} from "../../../../kernel/tensor/index.ts";

/** x³ with a first slope that is right and a second that is not: its backward hides a factor. */
const flatCube = customOp({
  name: "flatCube",
  forward: (_, x: Tensor) => x.pow(3),
  backward: (ctx, g) => g.mul(ctx.args[0].detach().square().mul(3)),
});

describe("gradcheck()", () => {
  test("accepts right gradients of broadcast, empty, 0-d and integer inputs", () => {
    expect(gradcheck((a, b) => a.mul(b).tanh(), [randn([3]), randn([2, 3])])).toBe(true);
    expect(gradcheck((a) => a.exp(), [zeros([0, 3])])).toBe(true);
    expect(gradcheck((a) => a.exp(), [tensor(0.5)])).toBe(true);
    expect(gradcheck((a, index) => a.takeRows(index), [randn([4, 2]), arange(3)])).toBe(true);
  });

  test("names the element of a wrong gradient by its place", () => {
    expect(() => gradcheck((a) => a.mul(a.detach()), [tensor([[2, 3]])])).toThrow(
      /^gradcheck: element \[0, 0\] of input 0 has slope .* - finite differences give/,
    );
  });

  test("gives the function inputs in the layout of those it was given", () => {
    const strides: (readonly number[])[] = [];
    const seen = (a: Tensor) => {
      strides.push(a.strides);
      return a.square();
    };
    expect(gradcheck(seen, [randn([2, 3]).T])).toBe(true);
    expect(strides[0]).toEqual([1, 3]);
    expect(gradcheck((a) => a.square(), [randn([1, 3]).expand(2, 3)])).toBe(true);
  });

  test("names the place in a transposed input as the function sees it", () => {
    const wrongAtThree = (a: Tensor) => a.square().where(a.detach().ne(3), a.mul(a.detach()));
    const x = tensor([
      [1, 2],
      [3, 4],
    ]).T;
    expect(() => gradcheck(wrongAtThree, [x])).toThrow("element [0, 1] of input 0 has slope");
  });

  test("checks every result of several", () => {
    expect(gradcheck((a) => [a.sin(), a.cos().sum()], [randn([3])])).toBe(true);
    expect(() => gradcheck((a) => [a.sin(), a.detach().mul(a)], [rand([3]).add(1)])).toThrow(
      "gradcheck: element [0] of input 0",
    );
  });

  test("takes a result that depends on no input for one of slope 0", () => {
    expect(gradcheck((a) => a.mul(0).detach(), [randn([3])])).toBe(true);
    expect(() => gradcheck((a) => a.detach(), [randn([3])])).toThrow("has slope 0 -");
  });

  test.each<[string, () => unknown, string]>([
    [
      "a result of single precision",
      () => gradcheck((a) => a.to("f32"), [randn([2])]),
      "gradcheck: result 0 is f32 - wanted f64, as the inputs are",
    ],
    [
      "a function of chance",
      () => gradcheck((a) => a.mul(rand([2])), [randn([2])]),
      "for the same inputs - wanted the same each time",
    ],
    [
      "a result that is no tensor",
      () => gradcheck((a) => a.sum().item() as never, [randn([2])]),
      "gradcheck: the function returned a number - wanted tensors",
    ],
    [
      "no result",
      () => gradcheck(() => [], [randn([2])]),
      "gradcheck: the function returned no tensor",
    ],
    [
      "what is no function",
      () => gradcheck(3 as never, []),
      "gradcheck: a number - wanted a function of tensors",
    ],
    [
      "an input without a list",
      () => gradcheck((a) => a, randn([2]) as never),
      "gradcheck: a tensor for the inputs - wanted a list of tensors",
    ],
    [
      "an input that is no tensor",
      () => gradcheck((a) => a, [3 as never]),
      "gradcheck: input 0 is a number - wanted a tensor",
    ],
    [
      "integers alone",
      () => gradcheck((a) => a, [arange(3)]),
      "gradcheck: no input of f32 or f64 - wanted one to differentiate by",
    ],
  ])("refuses %s", (_, act, message) => {
    expect(act).toThrow(message);
  });
});

describe("gradgradcheck()", () => {
  test("accepts right second slopes, also where they are 0 or an input is not used", () => {
    expect(gradgradcheck((a) => a.pow(3), [randn([3])])).toBe(true);
    expect(gradgradcheck((a, b) => a.mul(b).sum(), [randn([3]), randn([2, 3])])).toBe(true);
    expect(gradgradcheck((a) => a.mul(2), [randn([3]), randn([2])])).toBe(true);
  });

  test("refuses a backward that cannot be differentiated", () => {
    expect(gradcheck(flatCube, [tensor([1.5, 2])])).toBe(true);
    expect(() => gradgradcheck(flatCube, [tensor([1.5, 2])])).toThrow(
      /^gradgradcheck: element \[0\] of input 0 has slope 0 - finite differences give/,
    );
  });
});
