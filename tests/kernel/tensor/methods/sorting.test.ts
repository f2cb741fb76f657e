/** Elements in order, and which there are. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  gradcheck,
  ones,
  randn,
  tensor,
  type Tensor,
  zeros,
} from "../../../../kernel/tensor/index.ts";
import { propertyRuns } from "../../../counts.ts";

const nan = Number.NaN;

/** Cells are not checked before they run, so anything may arrive. */
const anything = (value: unknown) => value as never;

describe("quantile()", () => {
  const x = tensor([1, 2, 3, 5], { dtype: "f64" });

  test("takes its shares in a tensor", () => {
    const q = tensor([0.5, 1], { dtype: "f64" });
    expect(x.quantile(q).toArray()).toEqual([2.5, 5]);
    expect(x.quantile(q.select(0, 0)).toArray()).toBe(2.5);
    expect(x.reshape([2, 2]).quantile(q, 1).toArray()).toEqual([
      [1.5, 4],
      [2, 5],
    ]);
  });

  test.each([
    [[], "quantile: no q - wanted at least one number from 0 to 1"],
    [zeros([0]), "quantile: no q - wanted at least one number from 0 to 1"],
    [zeros([1, 2]), "quantile: q [1, 2] - wanted a number or one dimension"],
    [tensor([0.5, 2]), "quantile: q is 2 - wanted a number from 0 to 1"],
  ])("refuses shares that are none: %#", (q, message) => {
    expect(() => x.quantile(q)).toThrow(message);
  });
});

describe("sort()", () => {
  test("NaN is the largest, and equals keep their order", () => {
    const x = tensor([3, nan, 1, nan, 2, 1]);
    expect(x.sort().values.toArray()).toEqual([1, 1, 2, 3, nan, nan]);
    expect(x.argsort().toArray()).toEqual([2, 5, 4, 0, 1, 3]);
    expect(x.argsort(0, { descending: true }).toArray()).toEqual([1, 3, 0, 4, 2, 5]);
  });

  test("sorts along the last dimension unless told", () => {
    const x = tensor([
      [3, 1],
      [0, 2],
    ]);
    expect(x.sort().values.toArray()).toEqual([
      [1, 3],
      [0, 2],
    ]);
    expect(x.sort(0).values.toArray()).toEqual([
      [0, 1],
      [3, 2],
    ]);
  });

  test("sorts numbers, nothing, integers and bools", () => {
    expect(tensor(3).sort().values.toArray()).toBe(3);
    expect(tensor(3).sort().indices.toArray()).toBe(0);
    expect(zeros([2, 0]).sort(1).values.shape).toEqual([2, 0]);
    expect(tensor(Int32Array.of(2, -1)).sort().values.dtype).toBe("i32");
    expect(tensor([true, false]).sort().values.toArray()).toEqual([false, true]);
  });

  test("topk() gives what sort() gives first, equal ones and NaN among them", () => {
    const value = fc.oneof(
      fc.integer({ min: -3, max: 3 }),
      fc.constantFrom(nan, -0, Infinity, -Infinity),
    );
    const rows = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(
        rows,
        fc.nat(),
        fc.boolean(),
        fc.constantFrom(0, 1),
        (pairs, some, largest, dim) => {
          const x = dim === 0 ? tensor(pairs) : tensor(pairs).T;
          const k = some % (pairs.length + 1);
          const found = x.topk(k, dim, { largest });
          const wanted = x.sort(dim, { descending: largest });
          expect(found.indices.toArray()).toEqual(wanted.indices.narrow(dim, 0, k).toArray());
          expect(found.values.toArray()).toEqual(wanted.values.narrow(dim, 0, k).toArray());
        },
      ),
      propertyRuns(3, 200),
    );
  });

  test("topk() of a long row keeps as many as are wanted, in whatever order they come", () => {
    const n = 5000;
    const rising = Float32Array.from({ length: n }, (_, i) => i);
    for (const values of [rising, rising.toReversed(), rising.map((i) => (i * 7919) % n)]) {
      const top = tensor(values).topk(20);
      expect([...top.values.data]).toEqual(Array.from({ length: 20 }, (_, i) => n - 1 - i));
      expect([...top.indices.data].map((i) => values[i])).toEqual([...top.values.data]);
    }
  });

  test("topk() gives the largest first, or the smallest", () => {
    const x = tensor([3, nan, 1, 2, 5]);
    expect(x.topk(3).values.toArray()).toEqual([nan, 5, 3]);
    expect(x.topk(3).indices.toArray()).toEqual([1, 4, 0]);
    expect(x.topk(2, 0, { largest: false }).values.toArray()).toEqual([1, 2]);
    expect(x.topk(0).values.shape).toEqual([0]);
    expect(tensor(3).topk(1).values.toArray()).toBe(3);
  });

  test.each<[string, (x: Tensor) => Tensor]>([
    ["sort", (x) => x.sort(0, { descending: true }).values],
    ["topk", (x) => x.topk(2, -1).values],
  ])("%s has the slope of finite differences", (_, run) => {
    gradcheck((x) => run(x).square(), [randn([3, 4])]);
    gradcheck((x) => run(x.T).square(), [randn([3, 4])]);
  });

  test.each<[() => unknown, string]>([
    [() => ones([2]).sort(1), "sort: dim 1 of [2] - wanted an integer from -1 to 0"],
    [() => ones([2, 3]).topk(4), "topk: k 4 at dim 1 of [2, 3] - there are 3 elements"],
    [
      () => ones([2]).sort(0, anything(true)),
      "sort: true for the options - wanted an object such as { descending: ... }",
    ],
    [
      () => ones([2]).topk(1, 0, anything(false)),
      "topk: false for the options - wanted an object such as { largest: ... }",
    ],
    [() => ones([2]).unique(anything(0)), "unique: 0 for the options - wanted an object such as"],
    [() => ones([2]).topk(-1), "topk: k -1 - wanted a whole number, 0 or more"],
    [
      () => ones([2]).topk(anything(undefined)),
      "topk: k undefined - wanted a whole number, 0 or more",
    ],
  ])("%s", (act, message) => {
    expect(act).toThrow(message);
  });

  test("sorts as JavaScript does", () => {
    const values = fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true })), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(values, fc.boolean(), (list, descending) => {
        const order = list
          .map((_, i) => i)
          .toSorted((i, j) => {
            const [a = 0, b = 0] = [list[i], list[j]];
            return descending ? Number(b > a) - Number(b < a) : Number(a > b) - Number(a < b);
          });
        const x = tensor(Float64Array.from(list));
        expect(x.argsort(0, { descending }).toArray()).toEqual(order);
        expect(x.sort(0, { descending }).values.toArray()).toEqual(order.map((i) => list[i]));
        const columns = x.unsqueeze(1).expand(list.length, 2);
        expect(columns.argsort(0, { descending }).select(1, 1).toArray()).toEqual(order);
      }),
      propertyRuns(20261125, 200),
    );
  });
});

describe("unique()", () => {
  test("gives the different elements in order, with their places and counts", () => {
    const x = tensor([
      [3, 1],
      [1, 2],
    ]);
    expect(x.unique().toArray()).toEqual([1, 2, 3]);
    const found = x.unique({ returnInverse: true, returnCounts: true });
    expect(found.inverse.toArray()).toEqual([
      [2, 0],
      [0, 1],
    ]);
    expect(found.counts.toArray()).toEqual([2, 1, 1]);
    expect(found.values.takeRows(found.inverse).toArray()).toEqual(x.toArray());
  });

  test("compares whole entries of a dimension", () => {
    const x = tensor([
      [1, 2],
      [1, 2],
      [0, 5],
    ]);
    const rows = x.unique({ dim: 0, returnCounts: true });
    expect(rows.values.toArray()).toEqual([
      [0, 5],
      [1, 2],
    ]);
    expect(rows.inverse.toArray()).toEqual([1, 1, 0]);
    expect(rows.counts.toArray()).toEqual([1, 2]);
    expect(x.unique({ dim: 1 }).toArray()).toEqual(x.toArray());
    expect(
      tensor([[2, 1, 2]])
        .unique({ dim: -1 })
        .toArray(),
    ).toEqual([[1, 2]]);
  });

  test("orders entries of a later dimension as PyTorch does", () => {
    const x = tensor([
      [
        [5, 5],
        [2, 1],
      ],
      [
        [3, 4],
        [0, 0],
      ],
    ]);
    // Of the entries 5 2 / 3 0 and 5 1 / 4 0, the first is the smaller: 3 comes before 2.
    const { inverse } = x.unique({ dim: 2, returnInverse: true });
    expect(inverse.toArray()).toEqual([0, 1]);
  });

  test("takes numbers, nothing, integers and bools; NaN equals nothing", () => {
    expect(tensor(3).unique().toArray()).toEqual([3]);
    expect(zeros([0]).unique().shape).toEqual([0]);
    expect(zeros([0, 2]).unique({ dim: 0 }).shape).toEqual([0, 2]);
    expect(tensor(Int32Array.of(2, 2)).unique().dtype).toBe("i32");
    expect(tensor([true, false, true]).unique().toArray()).toEqual([false, true]);
    expect(tensor([nan, 1, nan]).unique().toArray()).toEqual([1, nan, nan]);
    expect(tensor([0, -0]).unique().shape).toEqual([1]);
  });
});

describe("bincount() and nonzero()", () => {
  test("bincount() counts, or adds weights", () => {
    const x = tensor([1, 2, 2]);
    expect(x.bincount().toArray()).toEqual([0, 1, 2]);
    expect(x.bincount().dtype).toBe("i32");
    expect(x.bincount({ minlength: 5 }).toArray()).toEqual([0, 1, 2, 0, 0]);
    expect(x.bincount({ weights: tensor([0.5, 1, 2]) }).toArray()).toEqual([0, 0.5, 3]);
    expect(tensor([]).bincount().shape).toEqual([0]);
  });

  test("nonzero() gives a row of indices for each", () => {
    const x = tensor([
      [0, 1],
      [2, nan],
    ]);
    expect(x.nonzero().toArray()).toEqual([
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    expect(x.T.gt(1).nonzero().toArray()).toEqual([[0, 1]]);
    expect(tensor(3).nonzero().shape).toEqual([1, 0]);
    expect(tensor(0).nonzero().shape).toEqual([0, 0]);
    expect(zeros([2, 0]).nonzero().shape).toEqual([0, 2]);
  });

  test.each<[() => unknown, string]>([
    [() => tensor([1, -1]).bincount(), "bincount: -1 at row 1 - wanted whole numbers, 0 or more"],
    [() => tensor([0.5]).bincount(), "bincount: numbers 0.5 at row 0 - wanted whole numbers"],
    [() => ones([1, 1]).bincount(), "bincount: [1, 1] - wanted one dimension"],
    [
      () => tensor([1]).bincount({ weights: ones([2]) }),
      "bincount: weights [2] for [1] - shapes must be equal",
    ],
    [
      () => tensor([1]).bincount({ weights: anything([1]) }),
      "bincount: an array for the weights - wanted a tensor",
    ],
    [
      () => tensor([1]).bincount({ minlength: -1 }),
      "bincount: minlength -1 - wanted a whole number, 0 or more",
    ],
  ])("%s", (act, message) => {
    expect(act).toThrow(message);
  });
});
