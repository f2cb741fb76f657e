import { propertyRuns } from "../../counts.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  arange,
  cat,
  DTypeError,
  eye,
  F,
  full,
  GradientError,
  linspace,
  nn,
  noGrad,
  ones,
  rand,
  randn,
  ShapeError,
  stack,
  tensor,
  type Tensor,
  where,
  zeros,
  zerosLike,
} from "../../../kernel/tensor/index.ts";

const counting = (...shape: number[]): Tensor =>
  arange(shape.reduce((a, b) => a * b, 1))
    .to("f32")
    .reshape(shape);

/** Cells are not checked before they run, so anything may arrive. */
const anything = (value: unknown) => value as never;

test.each([
  ["+", (t: Tensor) => anything(t) + 1],
  ["*", (t: Tensor) => anything(t) * 2],
  ["<", (t: Tensor) => anything(t) < 2],
])("the operator %s refuses a tensor instead of joining its text", (_, operate) => {
  expect(() => operate(ones([2]))).toThrow(
    "operator: a tensor of [2] - JavaScript's +, -, *, / and < take numbers",
  );
});

test("a tensor in a template is its text", () => {
  expect(`${tensor([1, 2])}`).toBe("tensor([1., 2.])");
});

test("noGrad() and slice() name what they got instead", () => {
  expect(() => noGrad(anything(5))).toThrow("noGrad: a number - wanted a function");
  expect(() => ones([2]).slice(anything(1))).toThrow(
    'slice: a number - wanted text, as "1:3, :, -1"',
  );
});

describe("creation", () => {
  test.each([
    [() => zeros(anything(3), anything(4)), "zeros: 3 for the shape - wanted an array of sizes"],
    [() => ones(anything("3")), "ones: a string for the shape - wanted an array of sizes"],
    [() => randn(anything(undefined)), "randn: undefined for the shape - wanted an array of sizes"],
    [() => rand([2.5]), "rand: shape [2.5] - sizes must be whole numbers, 0 or more"],
    [
      () => nn.Linear(4, anything(undefined)),
      "Linear: shape [4, undefined] - sizes must be whole numbers, 0 or more",
    ],
    [
      () => nn.Embedding(-1, 2),
      "Embedding: shape [-1, 2] - sizes must be whole numbers, 0 or more",
    ],
  ])("what is no shape is refused by the name of what was called: %#", (make, message) => {
    expect(make).toThrow(message);
  });

  test("tensor() takes nested arrays, numbers, booleans and typed arrays", () => {
    expect(
      tensor([
        [1, 2],
        [3, 4],
      ]).shape,
    ).toEqual([2, 2]);
    expect(tensor(3).shape).toEqual([]);
    expect(tensor([true, false]).dtype).toBe("bool");
    expect(tensor(Int32Array.of(1, 2)).dtype).toBe("i32");
    expect(tensor([1.5, 2], { dtype: "i32" }).toArray()).toEqual([1, 2]);
    expect(tensor([0.5, 0], { dtype: "bool" }).toArray()).toEqual([true, false]);
    expect(tensor([]).shape).toEqual([0]);
  });

  test("tensor() copies a typed array", () => {
    const values = Float32Array.of(1, 2);
    const made = tensor(values);
    values[0] = 9;
    expect(made.toArray()).toEqual([1, 2]);
  });

  test.each([
    [[[1, 2], [3]], "tensor: rows of 2 and 1 elements at depth 1 - all must be equally long"],
    [[[1], 2], "tensor: a number beside a row of 1 - all rows must be equally deep"],
  ])("tensor() refuses ragged rows %j", (rows, message) => {
    expect(() => tensor(rows)).toThrow(message);
  });

  test("arange() is i32 for whole numbers and f32 otherwise, without the end", () => {
    expect([arange(4).dtype, arange(1, 2, 0.25).dtype]).toEqual(["i32", "f32"]);
    expect(arange(1, 2, 0.25).toArray()).toEqual([1, 1.25, 1.5, 1.75]);
    expect(arange(3, 0, -1).toArray()).toEqual([3, 2, 1]);
  });

  test("linspace(), eye() and full() fill as named", () => {
    expect(linspace(0, 1, 3).toArray()).toEqual([0, 0.5, 1]);
    expect(eye(2, 3).toArray()).toEqual([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    expect(full([2], 7, { dtype: "i32" }).toArray()).toEqual([7, 7]);
    expect(zerosLike(tensor([true])).dtype).toBe("bool");
  });

  test("sizes that are no whole numbers are refused", () => {
    expect(() => zeros([2.5])).toThrow(ShapeError);
    expect(() => zeros([-1])).toThrow("zeros: shape [-1] - sizes must be whole numbers, 0 or more");
  });
});

describe("element types", () => {
  test("two types meet in the wider: bool < i32 < f32 < f64", () => {
    const bool = tensor([true]);
    const whole = tensor(Int32Array.of(2));
    expect(bool.add(bool).dtype).toBe("i32");
    expect(whole.mul(tensor([0.5])).toArray()).toEqual([1]);
    expect(tensor([1]).add(tensor([1], { dtype: "f64" })).dtype).toBe("f64");
  });

  test("a number takes the tensor's type, a fraction beside integers is f32", () => {
    const whole = tensor(Int32Array.of(3));
    expect(whole.mul(2).dtype).toBe("i32");
    expect(whole.mul(0.5).toArray()).toEqual([1.5]);
    expect(whole.div(2).toArray()).toEqual([1.5]);
    expect(tensor([1], { dtype: "f64" }).add(0.1).toArray()).toEqual([1.1]);
  });

  test("only floats can require a gradient", () => {
    expect(() => tensor(Int32Array.of(1), { requiresGrad: true })).toThrow(DTypeError);
    const x = zeros([2]);
    expect(() => (x.requiresGrad = "yes" as never)).toThrow(
      "requiresGrad: a string - wanted true or false",
    );
    expect(() => zeros([2], { requiresGrad: 1 as never })).toThrow(
      "requiresGrad: 1 - wanted true or false",
    );
    expect(x.requiresGrad).toBe(false);
  });
});

describe("views share storage", () => {
  const base = counting(4, 6);
  test.each<[string, (x: Tensor) => Tensor]>([
    ["transpose", (x) => x.T],
    ["reshape", (x) => x.reshape(2, 12)],
    ["reshape of a slice that stays whole rows", (x) => x.at([1, 3]).reshape(12)],
    ["slice", (x) => x.slice("1:, ::2")],
    ["select", (x) => x.select(1, 2)],
    ["select of a transpose", (x) => x.T.select(0, 3)],
    ["unsqueeze of a slice", (x) => x.at(null, [1, 3]).unsqueeze(1)],
    ["expand", (x) => x.at(0).expand(3, 6)],
    ["detach", (x) => x.detach()],
  ])("%s", (_, view) => {
    expect(view(base).storage).toBe(base.storage);
  });

  test("a reshape that strides cannot express copies", () => {
    const flat = base.T.reshape(24);
    expect(flat.storage).not.toBe(base.storage);
    expect(flat.at([0, 5]).toArray()).toEqual([0, 6, 12, 18, 1]);
  });

  test("data is shared where the elements lie side by side", () => {
    expect(base.data.buffer).toBe(base.at(1).data.buffer);
    expect(Array.from(base.at(1).data)).toEqual([6, 7, 8, 9, 10, 11]);
    expect(Array.from(base.T.at(1).data)).toEqual([1, 7, 13, 19]);
  });
});

describe("indexing", () => {
  const x = counting(3, 4);
  test.each([
    ["x.at(1)", x.at(1), [4, 5, 6, 7]],
    ["x.at(-1, -1)", x.at(-1, -1), 11],
    [
      "x.at([1, null], [0, 2])",
      x.at([1, null], [0, 2]),
      [
        [4, 5],
        [8, 9],
      ],
    ],
    ["x.at(null, 0)", x.at(null, 0), [0, 4, 8]],
    ["x.at([null, null, -1], 0)", x.at([null, null, -1], 0), [8, 4, 0]],
    [
      'x.slice("-2:, 1:-1")',
      x.slice("-2:, 1:-1"),
      [
        [5, 6],
        [9, 10],
      ],
    ],
    ['x.slice("0, ::-2")', x.slice("0, ::-2"), [3, 1]],
    ['x.slice("5:")', x.slice("5:"), []],
    ["x.select(1, -2)", x.select(1, -2), [2, 6, 10]],
    [
      "x.indexSelect(1, [3, 0])",
      x.indexSelect(1, [3, 0]),
      [
        [3, 0],
        [7, 4],
        [11, 8],
      ],
    ],
    [
      "x.takeRows([2, 2])",
      x.takeRows([2, 2]),
      [
        [8, 9, 10, 11],
        [8, 9, 10, 11],
      ],
    ],
  ])("%s", (_, actual, wanted) => {
    expect(actual.toArray()).toEqual(wanted);
  });

  test.each<[string, () => unknown, string]>([
    ["too many", () => x.at(0, 0, 0), "at: 3 indices for [3, 4] - it has 2 dimensions"],
    ["outside", () => x.at(3), "at: index 3 at dim 0 of [3, 4] - wanted an integer from -3 to 2"],
    ["a step of 0", () => x.at([0, 1, 0]), "at: step 0 - wanted a whole number other than 0"],
    ["words", () => x.slice("a:b"), 'slice: "a" in "a:b" - wanted whole numbers'],
    [
      "rows outside",
      () => x.takeRows([3]),
      "takeRows: index 3 at row 0 - 3 rows take indices 0 to 2",
    ],
    [
      "fractions",
      () => x.takeRows(tensor([1, 0.5])),
      "takeRows: index 0.5 at row 1 - wanted whole numbers",
    ],
  ])("refuses %s", (_, act, message) => {
    expect(act).toThrow(message);
  });
});

describe("errors name the op, both values and what was wanted", () => {
  test.each<[() => unknown, string]>([
    [
      () => ones([32, 10]).matmul(ones([20, 5]) as Tensor),
      "matmul: [32, 10] x [20, 5] - inner sizes 10 and 20 must match",
    ],
    [
      () => ones([2, 3]).add(ones([4]) as Tensor),
      "add: [2, 3] and [4] cannot be broadcast - sizes 3 and 4 must be equal, or one of them 1",
    ],
    [
      () => (ones([2, 3]) as Tensor).sum(2),
      "sum: dim 2 of [2, 3] - wanted an integer from -2 to 1",
    ],
    [() => ones([2, 3]).sum([0, -2]), "sum: dims [0, 0] - each may be named once"],
    [
      () => ones([6]).reshape(4, -1),
      "reshape: [6] to [4, -1] - 6 elements do not divide into rows of 4",
    ],
    [() => (ones([6]) as Tensor).reshape(4), "reshape: [6] to [4] - 6 elements cannot fill 4"],
    [
      () => (ones([2, 3]) as Tensor).expand(4, 3),
      "expand: [2, 3] to [4, 3] - only sizes of 1 can be stretched",
    ],
    [
      () => (ones([2, 3]) as Tensor).permute(0),
      "permute: order [0] of [2, 3] - each dim must be named once",
    ],
    [
      () => cat([ones([2, 3]) as Tensor, ones([2, 4])]),
      "cat: [2, 3] and [2, 4] - all sizes except that of dim 0 must be equal",
    ],
    [
      () => stack([ones([2]) as Tensor, ones([3])]),
      "stack: [2] and [3] - all shapes must be equal",
    ],
    [() => ones([2]).item(), "item: [2] - wanted a tensor of one element"],
    [() => zeros([0]).max(), "max: dim 0 of [0] is empty - wanted at least one element to compare"],
  ])("%s", (act, message) => {
    expect(act).toThrow(ShapeError);
    expect(act).toThrow(message);
  });
});

test("item() of rows says that a list in at() is a range", () => {
  const x = ones([4, 3]) as Tensor;
  const hint = "at(0, 3) is one place, at([0, 3]) are rows 0 to 2; toArray() gives all";
  expect(() => x.at([1, 3]).item()).toThrow(expect.objectContaining({ hint }));
  expect(() => x.at(0).item()).toThrow(expect.objectContaining({ hint: "toArray()" }));
});

describe("what is no tensor is refused by name, with the way out", () => {
  test.each<[unknown, string, string | undefined]>([
    [undefined, "mul: undefined - wanted a tensor", undefined],
    [[1, 2], "mul: an array - wanted a tensor", "tensor([...]) makes one of an array"],
    [{ value: 0.1 }, "mul: an object - wanted a tensor", "a knob's number is its .value"],
    [() => 1, "mul: a function - wanted a tensor", "a module has to be called"],
  ])("%j", (value, message, hint) => {
    const act = () => ones([2]).mul(value as Tensor);
    expect(act).toThrow(DTypeError);
    expect(act).toThrow(
      expect.objectContaining(hint === undefined ? { message } : { message, hint }),
    );
  });

  test("labels and indices too", () => {
    expect(() => F.crossEntropy(ones([1, 2]), undefined as unknown as number[])).toThrow(
      "crossEntropy: undefined for label - wanted a tensor or an array of numbers",
    );
    expect(() => ones([2]).takeRows([0.5])).toThrow(
      "takeRows: index 0.5 at row 0 - wanted whole numbers",
    );
  });
});

describe("writing in place", () => {
  test("set() writes where at() reads", () => {
    const x = zeros([2, 3]);
    x.set([0, [1, 3]], 5).set([null, 0], tensor([1, 2]));
    expect(x.toArray()).toEqual([
      [1, 5, 5],
      [2, 0, 0],
    ]);
  });

  test("copy_() from an overlapping view reads the old values", () => {
    const x = counting(4);
    x.at([1, 4]).copy_(x.at([0, 3]));
    expect(x.toArray()).toEqual([0, 0, 1, 2]);
  });

  test("add_() under noGrad changes a parameter and every view of it", () => {
    const w = tensor([1, 2], { requiresGrad: true });
    const first = w.detach().at(0);
    noGrad(() => w.add_(10));
    expect(first.item()).toBe(11);
    expect(w.requiresGrad).toBe(true);
  });

  test("a parameter cannot be changed while recording", () => {
    expect(() => tensor([1], { requiresGrad: true }).add_(1)).toThrow(GradientError);
  });

  test("the source must broadcast to the target", () => {
    expect(() => zeros([2]).copy_(ones([3, 2]))).toThrow(
      "copy_: [3, 2] into [2] - it must broadcast to the target",
    );
  });
});

describe("joining and choosing", () => {
  test("stack() makes a new dimension, cat() lengthens one", () => {
    expect(stack([ones([2]), zeros([2])], 1).toArray()).toEqual([
      [1, 0],
      [1, 0],
    ]);
    expect(cat([ones([1, 2]), zeros([2, 2])]).shape).toEqual([3, 2]);
  });

  test("where() takes numbers on either side", () => {
    expect(where(tensor([true, false]), 1, tensor([5, 6])).toArray()).toEqual([1, 6]);
    expect(where(tensor([true, false]), tensor([5, 6]), 0).toArray()).toEqual([5, 0]);
  });

  test("argmax() takes the first of equals", () => {
    expect(tensor([3, 7, 7]).argmax().item()).toBe(1);
  });
});

describe("properties", () => {
  const runs = propertyRuns(20261122, 60);
  const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });

  test("any chain of views equals the same chain on copies", () => {
    const steps = fc.array(
      fc.record({
        kind: fc.constantFrom("transpose", "slice", "flip", "reshape", "squeeze", "unsqueeze"),
        dim: fc.nat(7),
      }),
      { maxLength: 6 },
    );
    const advance = (x: Tensor, kind: string, dim: number): Tensor => {
      const at = x.ndim === 0 ? 0 : dim % x.ndim;
      const whole = x.shape.slice(0, at).map(() => null);
      switch (kind) {
        case "transpose":
          return x.ndim === 0 ? x : x.transpose(0, at);
        case "slice":
          return x.ndim === 0 ? x : x.at(...whole, [0, Math.max(1, (x.shape[at] ?? 1) - 1)]);
        case "flip":
          return x.ndim === 0 ? x : x.at(...whole, [null, null, -1]);
        case "reshape":
          return x.flatten();
        case "squeeze":
          return x.squeeze();
        default:
          return x.unsqueeze(0);
      }
    };
    fc.assert(
      fc.property(shapes, steps, (shape, chain) => {
        let view = counting(...shape);
        let copy = view;
        for (const { kind, dim } of chain) {
          view = advance(view, kind, dim);
          copy = advance(copy.clone(), kind, dim).clone();
        }
        expect(view.toArray()).toEqual(copy.toArray());
        expect(view.mul(2).add(view).toArray()).toEqual(copy.mul(3).toArray());
      }),
      runs,
    );
  });

  test("the sum of a stretched number is size times it", () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: -100, max: 100 }), (shape, value) => {
        const size = shape.reduce((a, b) => a * b, 1);
        expect(tensor(value).expand(shape).sum().item()).toBe(size * value);
        expect(tensor(value).add(zeros(shape)).sum().item()).toBe(size * value);
      }),
      runs,
    );
  });

  test("toArray() and tensor() are inverse", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const x = randn(shape);
        expect(tensor(x.toArray()).toArray()).toEqual(x.toArray());
      }),
      runs,
    );
  });
});
