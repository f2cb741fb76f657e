import { describe, expect, test } from "vitest";
import { DTypeError, ShapeError, tensor, type Tensor } from "../../../../kernel/tensor/index.ts";

const { NaN: nan } = Number;
const inf = Infinity;
const anything = (value: unknown) => value as never;
const leaf = (...values: number[]): Tensor => tensor(values, { requiresGrad: true });

describe("division with a rest", () => {
  const a = [7, -7, 7, -7, 5, -5, inf, 0];
  const b = [3, 3, -3, -3, inf, inf, 2, 3];
  test.each<["remainder" | "fmod" | "floorDivide", readonly number[]]>([
    ["remainder", [1, 2, -2, -1, 5, inf, nan, 0]],
    ["fmod", [1, -1, 1, -1, 5, -5, nan, 0]],
    ["floorDivide", [2, -3, -3, 2, 0, -1, nan, 0]],
  ])("%s() has PyTorch's signs", (name, wanted) => {
    expect(tensor(a)[name](tensor(b)).toArray()).toEqual(wanted);
    const finite = a.slice(0, 4);
    const whole = tensor(Int32Array.from(finite))[name](tensor(Int32Array.from(b.slice(0, 4))));
    expect(whole.dtype).toBe("i32");
    expect(whole.toArray()).toEqual(wanted.slice(0, 4));
  });

  test("floorDivide() is not misled by a quotient that was rounded up", () => {
    expect(tensor([1], { dtype: "f64" }).floorDivide(0.1).item()).toBe(9);
    expect(tensor([5, -5, 0]).floorDivide(0).toArray()).toEqual([inf, -inf, nan]);
    expect(tensor([-0]).floorDivide(3).toArray()).toEqual([-0]);
  });
});

describe("pow()", () => {
  test("knows the corners: 1 to anything, anything to 0", () => {
    expect(
      tensor([1, 1, -1, 0, nan])
        .pow(tensor([nan, inf, inf, 0, 0]))
        .toArray(),
    ).toEqual([1, 1, 1, 1, 1]);
    expect(tensor([-8, 0, -inf]).pow(3).toArray()).toEqual([-512, 0, -inf]);
    expect(tensor([-8, 4]).pow(0.5).toArray()).toEqual([nan, 2]);
  });

  test("has slope 0 in the base where the power is 0, and in the power where the base is 0", () => {
    const [a, b] = [leaf(0, 0, 2), leaf(0, 2, 3)];
    a.pow(b).sum().backward();
    expect(a.grad?.toArray()).toEqual([0, 0, 12]);
    expect(b.grad?.at([0, 2]).toArray()).toEqual([0, 0]);
  });
});

test("pow() falls without end in the power where 0 is raised to a negative one, as in PyTorch", () => {
  const b = leaf(-1, 0, 2, nan);
  tensor([0, 0, 0, 0]).pow(b).sum().backward();
  expect(b.grad.toArray()).toEqual([-inf, 0, 0, nan]);
  const one = leaf(-1);
  tensor(0).pow(one).sum().backward();
  expect(one.grad.toArray()).toEqual([-inf]);
});

describe("the larger and the smaller of two", () => {
  test("NaN wins on either side", () => {
    const [a, b] = [tensor([nan, 1, 3]), tensor([1, nan, 2])];
    expect(a.maximum(b).toArray()).toEqual([nan, nan, 3]);
    expect(a.minimum(b).toArray()).toEqual([nan, nan, 2]);
  });

  test("equal ones share the slope", () => {
    const [a, b] = [leaf(1, 2), leaf(1, 3)];
    a.maximum(b).sum().backward();
    expect([a.grad?.toArray(), b.grad?.toArray()]).toEqual([
      [0.5, 0],
      [0.5, 1],
    ]);
  });
});

describe("clamp()", () => {
  test("takes numbers and tensors; where they cross the upper limit holds", () => {
    const x = tensor([-2, 0, 2]);
    expect(x.clamp({ min: -1, max: 1 }).toArray()).toEqual([-1, 0, 1]);
    expect(x.clamp({ min: tensor([0, 1, 3]), max: 2 }).toArray()).toEqual([0, 1, 2]);
    expect(x.clamp({ min: 1, max: -1 }).toArray()).toEqual([-1, -1, -1]);
    expect(x.clamp({ max: tensor([[1], [-3]]) }).shape).toEqual([2, 3]);
    expect(tensor([nan]).clamp({ min: 0, max: 1 }).toArray()).toEqual([nan]);
  });

  test("keeps whole numbers whole, unless a limit is a fraction", () => {
    expect(tensor(Int32Array.of(1, 5)).clamp({ min: 2 }).dtype).toBe("i32");
    expect(tensor(Int32Array.of(1, 5)).clamp({ min: 1.5 }).toArray()).toEqual([1.5, 5]);
    expect(tensor(Int32Array.of(1)).clamp({ min: -inf, max: inf }).dtype).toBe("i32");
  });

  test("lets the slope through up to the limits, which have it beyond", () => {
    const [x, low] = [leaf(-2, -1, 0, 1, 2), leaf(-1, -1, -1, -1, -1)];
    x.clamp({ min: low, max: 1 }).sum().backward();
    expect(x.grad?.toArray()).toEqual([0, 1, 1, 1, 0]);
    expect(low.grad?.toArray()).toEqual([1, 0, 0, 0, 0]);
  });

  test.each<[unknown, string]>([
    [{}, "clamp: neither min nor max - wanted at least one of them"],
    [0, "clamp: 0 for the options - wanted an object such as { min: ... }"],
    [{ low: 1 }, 'clamp: option "low" - wanted min, max'],
    [{ min: "1" }, "clamp: a string - wanted a tensor"],
  ])("refuses %j", (limits, message) => {
    expect(() => tensor([1]).clamp(anything(limits))).toThrow(DTypeError);
    expect(() => tensor([1]).clamp(anything(limits))).toThrow(message);
  });
});

describe("logic", () => {
  test("anything but 0 is true, NaN too", () => {
    const [a, b] = [tensor([0, 0, 2, nan]), tensor([0, 0.5, 0, 1])];
    expect(a.logicalAnd(b).toArray()).toEqual([false, false, false, true]);
    expect(a.logicalOr(b).toArray()).toEqual([false, true, true, true]);
    expect(a.logicalXor(b).toArray()).toEqual([false, true, true, false]);
    expect(a.logicalNot().toArray()).toEqual([true, true, false, false]);
  });

  test("NaN equals nothing and is in no order", () => {
    const x = tensor([nan]);
    expect(x.eq(x).item() || x.lt(1).item() || x.ge(1).item()).toBe(0);
    expect(x.ne(x).item()).toBe(1);
  });

  test("its errors name it", () => {
    expect(() => tensor([1, 2]).logicalAnd(anything(tensor([1, 2, 3])))).toThrow(
      "logicalAnd: [2] and [3] cannot be broadcast",
    );
  });
});

describe("lerp()", () => {
  test("goes part of the way, and gives the ends themselves at 0 and 1", () => {
    const [a, b] = [tensor([1, 1e8]), tensor([3, 0.1])];
    expect(a.lerp(b, 0.5).at(0).item()).toBe(2);
    expect(a.lerp(b, 1).toArray()).toEqual(b.toArray());
    expect(a.lerp(b, tensor([0, 1])).toArray()).toEqual([1, b.at(1).item()]);
  });

  test("has slopes in all three", () => {
    const [a, b, w] = [leaf(1, 1), leaf(3, 3), leaf(0.25, 0.75)];
    a.lerp(b, w).sum().backward();
    expect(a.grad?.toArray()).toEqual([0.75, 0.25]);
    expect(b.grad?.toArray()).toEqual([0.25, 0.75]);
    expect(w.grad?.toArray()).toEqual([2, 2]);
  });

  test("its errors name it", () => {
    expect(() => tensor([1, 2]).lerp(anything(tensor([1, 2, 3])), 0.5)).toThrow(ShapeError);
    expect(() => tensor([1, 2]).lerp(anything(tensor([1, 2, 3])), 0.5)).toThrow(
      "lerp: [2] and [3]",
    );
    expect(() => tensor([1]).lerp(anything(undefined), 0.5)).toThrow("lerp: undefined for end");
    expect(() => tensor([1]).lerp(2, anything("a"))).toThrow("lerp: a string for weight");
  });
});

describe("atan2()", () => {
  test("gives the angle in all four quarters, and slope 0 at the origin", () => {
    const [y, x] = [leaf(1, 1, -1, -1, 0), leaf(1, -1, -1, 1, 0)];
    const angle = y.atan2(x);
    expect(
      angle
        .div(Math.PI / 4)
        .round()
        .toArray(),
    ).toEqual([1, 3, -3, -1, 0]);
    angle.sum().backward();
    expect(y.grad?.toArray()).toEqual([0.5, -0.5, -0.5, 0.5, 0]);
    expect(x.grad?.toArray()).toEqual([-0.5, -0.5, 0.5, 0.5, -0]);
  });
});

describe("maskedFill()", () => {
  test("writes the value where the mask holds, in the tensor's own dtype", () => {
    const x = tensor(Int32Array.of(1, 2, 3));
    expect(x.maskedFill(x.gt(1), 0).toArray()).toEqual([1, 0, 0]);
    expect(x.maskedFill(x.gt(1), 0).dtype).toBe("i32");
    expect(
      tensor([1, 2])
        .maskedFill(tensor([true, false]), -inf)
        .toArray(),
    ).toEqual([-inf, 2]);
  });

  test("stops the slope where it wrote", () => {
    const x = leaf(1, 2, 3);
    x.maskedFill(tensor([false, true, false]), 7)
      .sum()
      .backward();
    expect(x.grad?.toArray()).toEqual([1, 0, 1]);
  });

  test("refuses a mask of numbers", () => {
    expect(() => tensor([1]).maskedFill(tensor([1]), 0)).toThrow(DTypeError);
    expect(() => tensor([1]).maskedFill(tensor([1]), 0)).toThrow(
      "maskedFill: a mask of dtype f32 - wanted bool",
    );
    expect(() => tensor([1]).maskedFill(anything(true), 0)).toThrow(
      "maskedFill: a boolean for mask",
    );
  });
});

describe("add() and sub()", () => {
  test("take alpha times the other", () => {
    expect(
      tensor([1, 2])
        .add(tensor([1, 1]), { alpha: 3 })
        .toArray(),
    ).toEqual([4, 5]);
    expect(tensor([1, 2]).sub(1, { alpha: -1 }).toArray()).toEqual([2, 3]);
  });

  test("refuse other options", () => {
    expect(() => tensor([1]).add(1, anything({ beta: 1 }))).toThrow(
      'add: option "beta" - wanted alpha',
    );
    expect(() => tensor([1]).sub(1, anything({ alpha: "2" }))).toThrow(
      "sub: a string for alpha - wanted a number",
    );
  });
});
