import { describe, expect, test } from "vitest";
import {
  type Nested,
  ShapeError,
  tensor,
  type Tensor,
  zeros,
} from "../../../../kernel/tensor/index.ts";

const { NaN: nan } = Number;
const inf = Infinity;
const anything = (value: unknown) => value as never;
const leaf = (values: Nested): Tensor => tensor(values, { requiresGrad: true, dtype: "f64" });
const slopes = (x: Tensor, run: (x: Tensor) => Tensor): Nested => {
  run(x).sum().backward();
  return x.grad?.toArray() ?? nan;
};

describe("of no elements", () => {
  const none = zeros([0, 3]);
  test.each<[string, (x: Tensor) => Tensor, Nested]>([
    ["sum", (x) => x.sum(0), [0, 0, 0]],
    ["prod", (x) => x.prod(0), [1, 1, 1]],
    ["mean", (x) => x.mean(0), [nan, nan, nan]],
    ["var", (x) => x.var(0), [nan, nan, nan]],
    ["logsumexp", (x) => x.logsumexp(0), [-inf, -inf, -inf]],
    ["norm", (x) => x.norm(2, 0), [0, 0, 0]],
    ["any", (x) => x.any(0), [false, false, false]],
    ["all", (x) => x.all(0), [true, true, true]],
    ["countNonzero", (x) => x.countNonzero(0), [0, 0, 0]],
    ["cumsum", (x) => x.cumsum(0), []],
    ["max along another dimension", (x) => x.max(1), []],
  ])("%s() gives what starts it", (_, run, wanted) => {
    expect(run(none).toArray()).toEqual(wanted);
  });

  test.each<[string, (x: Tensor) => Tensor]>([
    ["max", (x) => x.max(0)],
    ["min", (x) => x.min()],
    ["argmax", (x) => x.argmax(0)],
    ["argmin", (x) => x.argmin()],
    ["median", (x) => x.median(0)],
    ["norm", (x) => x.norm(-inf, 0)],
  ])("%s() has nothing to choose from and says along which dimension", (name, run) => {
    expect(() => run(none)).toThrow(ShapeError);
    expect(() => run(none)).toThrow(
      `${name}: dim 0 of [0, 3] is empty - wanted at least one element to compare`,
    );
  });
});

describe("element types", () => {
  test("sums and products of small types are i32, extremes keep the type", () => {
    const bools = tensor([true, true, false]);
    expect(bools.sum().dtype).toBe("i32");
    expect(bools.prod().dtype).toBe("i32");
    expect(bools.cumsum(0).toArray()).toEqual([1, 2, 2]);
    expect(bools.max().dtype).toBe("bool");
    expect(tensor(Uint8Array.of(3, 200)).max().dtype).toBe("u8");
    expect(bools.mean().dtype).toBe("f32");
    expect(bools.mean().item()).toBe(Math.fround(2 / 3));
    const bytes = tensor(Uint8Array.of(3, 200, 250));
    expect([bytes.sum().dtype, bytes.sum().item()]).toEqual(["i32", 453]);
    expect([bytes.mean().dtype, bytes.mean().item()]).toEqual(["f32", 151]);
    expect(
      tensor([
        [1, 2],
        [3, 5],
      ])
        .gt(1)
        .sum(0)
        .toArray(),
    ).toEqual([1, 2]);
    expect(tensor([1, 0]).any().dtype).toBe("bool");
    expect(tensor([1, 0]).countNonzero().dtype).toBe("i32");
  });
});

describe("NaN", () => {
  const x = tensor([1, nan, 3]);
  test("comes through every reduction", () => {
    for (const each of [x.sum(), x.prod(), x.max(), x.min(), x.median(), x.norm(), x.logsumexp()])
      expect(each.item()).toBe(nan);
    expect([x.argmax().item(), x.argmin().item()]).toEqual([1, 1]);
    expect(x.cumsum(0).toArray()).toEqual([1, nan, nan]);
  });

  test("is true, and counts", () => {
    expect(tensor([nan]).any().item()).toBe(1);
    expect(x.countNonzero().item()).toBe(3);
  });
});

describe("accuracy", () => {
  test("sums in f32 are kept in double precision until the end", () => {
    expect(tensor(new Float32Array(100_000).fill(0.1)).sum().item()).toBe(
      Math.fround(Math.fround(0.1) * 100_000),
    );
    expect(tensor([1e8, 1, -1e8]).sum().item()).toBe(1);
    expect(tensor([1e30, 1e30]).norm().item()).toBe(Math.fround(Math.SQRT2 * 1e30));
    expect(tensor([1e30, 1e30, 1e-30, 1e-30]).prod().item()).toBeCloseTo(1, 5);
  });
});

describe("max() and min()", () => {
  test("equal extremes share the slope", () => {
    expect(slopes(leaf([3, 7, 7]), (x) => x.max())).toEqual([0, 0.5, 0.5]);
    expect(
      slopes(
        leaf([
          [1, 1],
          [0, 2],
        ]),
        (x) => x.min(1),
      ),
    ).toEqual([
      [0.5, 0.5],
      [1, 0],
    ]);
  });
});

describe("prod() and cumprod()", () => {
  test.each<[string, number[], number[], number[]]>([
    ["no zero", [2, 3, 4], [12, 8, 6], [16, 10, 6]],
    ["one zero", [2, 0, 4], [0, 8, 0], [1, 10, 0]],
    ["two zeros", [0, 3, 0], [0, 0, 0], [4, 0, 0]],
  ])("have the right slopes with %s", (_, values, ofProduct, ofRunning) => {
    expect(slopes(leaf(values), (x) => x.prod())).toEqual(ofProduct);
    expect(slopes(leaf(values), (x) => x.cumprod(0))).toEqual(ofRunning);
  });
});

describe("std() and var()", () => {
  test("std() of equal values has slope 0 where PyTorch has it too", () => {
    expect(slopes(leaf([2, 2, 2]), (x) => x.std())).toEqual([0, 0, 0]);
  });

  test("correction 0 divides by n", () => {
    expect(tensor([1, 3]).var().item()).toBe(2);
    expect(tensor([1, 3]).var(0, { correction: 0 }).item()).toBe(1);
    expect(tensor([5]).var().item()).toBe(nan);
  });
});

describe("norm()", () => {
  const values = [3, -4, 0, -4];
  // Values and slopes of PyTorch 1.13's torch.linalg.vector_norm.
  test.each<[number, number, number[]]>([
    [0, 3, [0, 0, 0, 0]],
    [0.5, 32.85640646055102, [3.309401076758503, -2.8660254037844384, 0, -2.8660254037844384]],
    [1, 11, [1, -1, 0, -1]],
    [2, 6.4031242374328485, [0.4685212856658182, -0.6246950475544243, 0, -0.6246950475544243]],
    [3, 5.371685354944832, [0.311904310932, -0.554496552768, 0, -0.554496552768]],
    [inf, 4, [0, -0.5, 0, -0.5]],
    [-1, 0, [0, 0, 0, 0]],
  ])("of order %d", (p, length, wanted) => {
    const x = leaf(values);
    expect(x.norm(p).item()).toBeCloseTo(length, 10);
    const found = slopes(x, (each) => each.norm(p)) as number[];
    found.forEach((slope, i) => expect(slope).toBeCloseTo(wanted[i] ?? nan, 6));
  });

  test.each([0, 0.5, 1, 1.5, 2, 3, inf, -inf])("of order %d has slope 0 at 0", (p) => {
    const found = slopes(leaf([0, 0]), (x) => x.norm(p)) as number[];
    expect(found.map(Math.abs)).toEqual([0, 0]);
  });

  test("of a few dimensions keeps the others", () => {
    const x = tensor([
      [3, 4],
      [6, 8],
    ]);
    expect(x.norm(2, 1).toArray()).toEqual([5, 10]);
    expect(x.norm(2, [0, 1], { keepdim: true }).shape).toEqual([1, 1]);
  });
});

describe("median()", () => {
  test("takes the lower of two middles, and sends the slope to the one it took", () => {
    expect(tensor([4, 1, 3, 2]).median().item()).toBe(2);
    expect(
      slopes(
        leaf([
          [5, 1, 3],
          [2, 2, 9],
        ]),
        (x) => x.median(1),
      ),
    ).toEqual([
      [0, 0, 1],
      [1, 0, 0],
    ]);
  });
});

describe("what is no dimension or option is refused by the reduction's name", () => {
  const x = zeros([2, 3]);
  test.each<[() => unknown, string]>([
    [() => x.sum(anything(null)), "sum: null for dim - wanted an integer or an array of them"],
    [() => x.sum(anything("1")), "sum: a string for dim - wanted an integer or an array of them"],
    [() => x.mean(anything([0, "1"])), "mean: a string for dim - wanted an integer"],
    [() => x.max(anything(0.5)), "max: dim 0.5 of [2, 3] - wanted an integer from -2 to 1"],
    [() => x.argmax(anything([0])), "argmax: an array for dim - wanted an integer"],
    [() => x.median(anything([0])), "median: an array for dim - wanted an integer"],
    [() => x.cumsum(anything(undefined)), "cumsum: undefined for dim - wanted an integer"],
    [() => x.cumprod(anything(2)), "cumprod: dim 2 of [2, 3] - wanted an integer from -2 to 1"],
    [
      () => x.sum(1, anything(true)),
      "sum: true for the options - wanted an object such as { keepdim: ... }",
    ],
    [
      () => x.sum(0, anything(1)),
      "sum: 1 for the options - wanted an object such as { keepdim: ... }",
    ],
    [
      () => x.sum(0, anything(null)),
      "sum: null for the options - wanted an object such as { keepdim: ... }",
    ],
    [() => x.any(0, anything({ keepDim: true })), 'any: option "keepDim" - wanted keepdim'],
    [
      () => x.var(0, anything({ unbiased: false })),
      'var: option "unbiased" - wanted keepdim, correction',
    ],
    [
      () => x.std(0, { correction: anything("0") }),
      "std: a string for correction - wanted a number",
    ],
    [() => x.norm(anything("fro")), "norm: a string for p - wanted a number"],
  ])("%s", (act, message) => {
    expect(act).toThrow(message);
  });
});
