import { describe, expect, test } from "vitest";
import { arange, data, manualSeed, ones, tensor } from "../../../../kernel/tensor/index.ts";
import { observeLoops } from "../../../../kernel/tensor/loop.ts";

const numbered = (n: number) => new data.Dataset(arange(n).reshape(n, 1), arange(n));
const rows = (set: data.Dataset) => Array.from(set.y.data);

describe("split()", () => {
  test("cuts all rows in two, shuffled, x and y together", () => {
    manualSeed(1);
    const { train, test: held } = numbered(10).split(0.75);
    expect([train.length, held.length]).toEqual([8, 2]);
    expect([...rows(train), ...rows(held)].toSorted((a, b) => a - b)).toEqual(rows(numbered(10)));
    expect(rows(train)).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(train.x.flatten().toArray()).toEqual(rows(train));
  });

  test.each([
    [10, 0.8, 8],
    [1797, 0.8, 1438],
    [3, 0.5, 2],
  ])("of %i rows by %f trains on %i, as PyTorch's random_split does", (n, fraction, wanted) => {
    expect(numbered(n).split(fraction).train.length).toBe(wanted);
  });

  test("is the same after the same seed and another after another", () => {
    const cut = (seed: number) => {
      manualSeed(seed);
      return rows(numbered(20).split(0.5).test);
    };
    expect(cut(4)).toEqual(cut(4));
    expect(cut(4)).not.toEqual(cut(5));
  });

  test("refuses a fraction that leaves nothing", () => {
    expect(() => numbered(4).split(1)).toThrow("split: 1 - wanted a fraction between 0 and 1");
  });
});

test("a data set shows its sizes, not its values", () => {
  expect(String(numbered(10))).toBe("Dataset(10 examples, x [10, 1], y [10])");
});

describe("batches()", () => {
  test("refuses epochs and steps together", () => {
    expect(() => numbered(8).batches(4, { epochs: 3, steps: 2 } as never)).toThrow(
      "batches: 3 epochs and 2 steps - wanted one of them, as in batches(4, { epochs: 20 })",
    );
  });

  test("goes through every row once when told neither epochs nor steps", () => {
    for (const seen of [
      [...numbered(10).batches(4)],
      [...numbered(10).batches(4, { shuffle: false })],
    ])
      expect(seen.flatMap(({ y }) => Array.from(y.data)).toSorted((a, b) => a - b)).toEqual(
        rows(numbered(10)),
      );
  });

  test("goes through every row once in an epoch, the last batch smaller", () => {
    manualSeed(2);
    const seen = [...numbered(10).batches(4, { epochs: 2 })];
    expect(seen.map(({ y }) => y.shape[0])).toEqual([4, 4, 2, 4, 4, 2]);
    expect(seen.map(({ epoch, step }) => `${epoch}.${step}`)).toEqual([
      "0.0",
      "0.1",
      "0.2",
      "1.3",
      "1.4",
      "1.5",
    ]);
    for (const pass of [seen.slice(0, 3), seen.slice(3)])
      expect(pass.flatMap(({ y }) => Array.from(y.data)).toSorted((a, b) => a - b)).toEqual(
        rows(numbered(10)),
      );
    for (const { x, y } of seen) expect(x.flatten().toArray()).toEqual(y.toArray());
  });

  test("stops after a number of steps, in a later epoch where it takes that", () => {
    expect([...numbered(5).batches(2, { steps: 4 })].map(({ epoch }) => epoch)).toEqual([
      0, 0, 0, 1,
    ]);
  });

  test("keeps the order without shuffle", () => {
    const [first] = numbered(5).batches(3, { epochs: 1, shuffle: false });
    expect(first?.y.toArray()).toEqual([0, 1, 2]);
  });

  test("tells the observer how many steps there are, and stops when asked", () => {
    const totals: (number | null)[] = [];
    let left = 2;
    let ended = 0;
    observeLoops({
      begin: (total) => {
        totals.push(total);
        return { next: () => left-- > 0, end: () => ended++ };
      },
    });
    try {
      expect([...numbered(10).batches(4, { epochs: 3 })]).toHaveLength(2);
    } finally {
      observeLoops({ begin: () => ({ next: () => true, end: () => {} }) });
    }
    expect([totals, ended]).toEqual([[9], 1]);
  });

  test.each<[() => unknown, string]>([
    [
      () => numbered(4).batches(0, { epochs: 1 }),
      "batches: size 0 - wanted a whole number, 1 or more",
    ],
    [
      () => numbered(4).batches(2, { epochs: 0.5 }),
      "batches: 0.5 epochs or steps - wanted a whole number, 0 or more",
    ],
    [
      () => new data.Dataset([[1]] as never, ones([1])),
      "Dataset: an array for x - wanted a tensor",
    ],
    [
      () => new data.Dataset(ones([2, 1]), ones([3])),
      "Dataset: x [2, 1] and y [3] - wanted one row of each for an example",
    ],
  ])("refuses wrong settings (%#)", (act, message) => {
    expect(act).toThrow(message);
  });
});

describe("standardize()", () => {
  const set = new data.Dataset(
    tensor([
      [1, 5, 10],
      [3, 5, 30],
    ]),
    tensor([0, 1]),
  );

  test("gives every column mean 0 and deviation 1, and 0 to one that never changes", () => {
    expect(set.standardize().x.toArray()).toEqual([
      [-1, 0, -1],
      [1, 0, 1],
    ]);
  });

  test("scales by the numbers of another set", () => {
    const other = new data.Dataset(tensor([[5, 6, 0]]), tensor([0]));
    expect(other.standardize(set).x.toArray()).toEqual([[3, 1, -2]]);
  });

  test("keeps labels and names", () => {
    const named = data.from({ size: [1, 2], kind: ["cat", "dog"] }, { label: "kind" });
    const scaled = named.standardize();
    expect([scaled.y, scaled.classes, scaled.features]).toEqual([
      named.y,
      ["cat", "dog"],
      ["size"],
    ]);
  });

  test("refuses a set with other columns", () => {
    expect(() => numbered(2).standardize(set)).toThrow(
      "standardize: x [2, 1] by x [2, 3] - rows must have one shape",
    );
  });
});

describe("kfold()", () => {
  test("has every row in one test set, and the rest in its training set", () => {
    manualSeed(3);
    const folds = numbered(11).kfold(4);
    expect(folds.map(({ test: held }) => held.length)).toEqual([3, 3, 2, 3]);
    expect(folds.flatMap(({ test: held }) => rows(held)).toSorted((a, b) => a - b)).toEqual(
      rows(numbered(11)),
    );
    for (const { train, test: held } of folds)
      expect([...rows(train), ...rows(held)].toSorted((a, b) => a - b)).toEqual(rows(numbered(11)));
  });

  test.each([1, 12, 2.5, undefined])("refuses %s parts of 11 rows", (k) => {
    expect(() => numbered(11).kfold(k as number)).toThrow(
      `kfold: ${k} parts - wanted a whole number from 2 to 11`,
    );
  });
});

test.each([
  ["split", [0.5, { seed: 1 }], 'split: option "seed" - wanted generator'],
  ["kfold", [2, { seed: 1 }], 'kfold: option "seed" - wanted generator'],
  [
    "batches",
    [2, { epochs: 1, shufle: false }],
    'batches: option "shufle" - wanted epochs, steps, shuffle, generator',
  ],
] as const)("%s() refuses options that there are not", (name, given, message) => {
  const set = numbered(4);
  expect(() => Reflect.apply(set[name], set, given) as unknown).toThrow(message);
});

describe("data.from()", () => {
  test("makes inputs of number columns and classes of a text label", () => {
    const pets = data.from(
      { size: [1, 2, 3], kind: ["cat", "dog", "cat"], weight: [4, 5, 6] },
      { label: "kind" },
    );
    expect(pets.x.toArray()).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect([pets.y.dtype, pets.y.toArray(), pets.classes]).toEqual([
      "i32",
      [0, 1, 0],
      ["cat", "dog"],
    ]);
  });

  test("names the columns of x", () => {
    const set = data.from({ size: [1], cost: [2], weight: [3] }, { label: "cost" });
    expect(set.features).toEqual(["size", "weight"]);
    expect(set.subset([0]).features).toEqual(["size", "weight"]);
  });

  test("keeps a number label as values", () => {
    expect(data.from({ x: [1], y: [2.5] }, { label: "y" }).y.toArray()).toEqual([2.5]);
  });

  test.each<[() => unknown, string]>([
    [
      () => Reflect.apply(data.from, null, [{ x: [1] }]),
      "data.from: undefined for the options - wanted an object such as { label: ... }",
    ],
    [
      () => Reflect.apply(data.from, null, []),
      "data.from: undefined - wanted columns by name, such as { size: [1, 2] }",
    ],
    [
      () => Reflect.apply(data.from, null, [{ x: 1, y: [1] }, { label: "y" }]),
      'data.from: column "x" is a number - wanted a list',
    ],
    [
      () => Reflect.apply(data.from, null, [{ x: [1, undefined], y: [1, 2] }, { label: "y" }]),
      'data.from: undefined in column "x" at row 1 - an input needs numbers',
    ],
    [
      () => Reflect.apply(data.from, null, [{ x: [1, 2], y: [1, null] }, { label: "y" }]),
      'data.from: null in column "y" at row 1 - a label needs numbers or text',
    ],
    [() => data.from({ x: [1] }, { label: "y" }), 'data.from: no column "y" - there are x'],
    [() => data.from({ x: [1, 2], y: [1] }, { label: "y" }), '"x" has 2 rows and "y" 1'],
    [
      () => data.from({ x: ["a"], y: [1] }, { label: "y" }),
      'data.from: "a" in column "x" at row 0 - an input needs numbers',
    ],
  ])("refuses columns that do not fit (%#)", (act, message) => {
    expect(act).toThrow(message);
  });
});
