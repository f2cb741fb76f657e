/** The generator against values printed by PyTorch 1.13 (tests/oracle/generator.py). */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  bernoulli,
  defaultGenerator,
  Generator,
  manualSeed,
  multinomial,
  noGrad,
  normal,
  rand,
  randint,
  randn,
  randperm,
  type Tensor,
  tensor,
  uniform,
  zeros,
} from "../../../kernel/tensor/index.ts";

interface Call {
  readonly kind: keyof typeof draws;
  readonly args: readonly number[];
  readonly values: readonly number[];
}

interface Golden {
  readonly cases: readonly { readonly seed: number; readonly calls: readonly Call[] }[];
}

const golden = JSON.parse(
  readFileSync(new URL("../../oracle/golden/generator.json", import.meta.url), "utf8"),
) as Golden;

/** Quarters and eighths, as in the script. */
const weights = (n: number, dtype: "f32" | "f64" = "f32"): Tensor =>
  tensor(
    Array.from({ length: n }, (_, i) => ((3 + 5 * i) % 8) / 8 + 0.125),
    { dtype },
  );
const replacement = true;

const draws = {
  rand: (n) => rand([n]),
  rand64: (n) => rand([n], { dtype: "f64" }),
  randn: (n) => randn([n]),
  randn64: (n) => randn([n], { dtype: "f64" }),
  normal: (n, mean = 0, std = 1) => normal([n], mean, std),
  uniform: (n, low = 0, high = 1) => uniform([n], low, high),
  randint: (n, low = 0, high = 1) => randint(low, high, [n]),
  randperm: (n) => randperm(n),
  bernoulli: (n, p = 0) => zeros([n]).bernoulli_(p),
  bernoulliEach: (n) => bernoulli(weights(n)),
  bernoulliEach64: (n) => bernoulli(weights(n, "f64")),
  multinomial: (n, k = 1) => multinomial(weights(n), k),
  multinomialRows: (n, k = 1) => multinomial(weights(3 * n).reshape([3, n]), k),
  replaced: (n, k = 1) => multinomial(weights(n), k, { replacement }),
  replacedRows: (n, k = 1) => multinomial(weights(3 * n).reshape([3, n]), k, { replacement }),
} satisfies Record<string, (n: number, a?: number, b?: number) => Tensor>;

/** Normal samples pass through log and cos, whose last bits belong to the platform. */
const isExact = (kind: string): boolean => !kind.startsWith("randn") && kind !== "normal";

describe("the generator equals PyTorch's", () => {
  test.each(
    golden.cases.map(
      (each) => [each.seed, each.calls.map((call) => call.kind).join(", "), each.calls] as const,
    ),
  )("from seed %i: %s", (seed, _, calls) => {
    manualSeed(seed);
    for (const { kind, args, values } of calls) {
      const [n = 0, a, b] = args;
      const drawn = Array.from(draws[kind](n, a, b).data);
      if (isExact(kind)) expect(drawn).toEqual(values);
      else
        drawn.forEach((value, i) =>
          expect(Math.abs(value - (values[i] ?? 0))).toBeLessThanOrEqual(
            2e-6 * Math.max(1, Math.abs(values[i] ?? 0)),
          ),
        );
    }
  });
});

/** As published with PyTorch's and makemore's examples: four digits of `torch.randn(16)`. */
test.each([
  [
    0,
    [-1.1258, -1.1524, -0.2506, -0.4339, 0.8487, 0.692, -0.316, -2.1152],
    [0.3223, -1.2633, 0.35, 0.3081, 0.1198, 1.2377, 1.1168, -0.2473],
  ],
  [
    42,
    [1.9269, 1.4873, 0.9007, -2.1055, 0.6784, -1.2345, -0.0431, -1.6047],
    [-0.7521, 1.6487, -0.3925, -1.4036, -0.7279, -0.5594, -0.7688, 0.7624],
  ],
  [
    2147483647,
    [1.5674, -0.2373, -0.0274, -1.1008, 0.2859, -0.0296, -1.5471, 0.6049],
    [0.0791, 0.9046, -0.4713, 0.7868, -0.3284, -0.433, 1.3729, 2.9334],
  ],
])("randn() begins from seed %i with the published 16 numbers", (seed, first, last) => {
  manualSeed(seed);
  const drawn = Array.from(randn([16]).data, (value) => Number(value.toFixed(4)));
  expect(drawn).toEqual([...first, ...last]);
});

test("a generator of its own leaves the default one alone", () => {
  manualSeed(3);
  const alone = rand([4]).toArray();
  manualSeed(3);
  const own = rand([4], { generator: new Generator(9) }).toArray();
  expect(rand([4]).toArray()).toEqual(alone);
  expect(own).not.toEqual(alone);
});

test("setState() goes on where getState() was, the spare normal sample included", () => {
  manualSeed(11);
  randn([3]);
  const state = defaultGenerator.getState();
  const first = randn([6]).toArray();
  defaultGenerator.setState(structuredClone(state));
  expect(randn([6]).toArray()).toEqual(first);
});

test("uniform_(), normal_() and bernoulli_() write into the tensor they are called on", () => {
  const target = zeros([4, 2]);
  manualSeed(5);
  expect(target.uniform_(-1, 1)).toBe(target);
  manualSeed(5);
  expect(target.toArray()).toEqual(uniform([4, 2], -1, 1).toArray());
  const column = target.at(null, 0);
  manualSeed(5);
  column.normal_(3, 0.5);
  manualSeed(5);
  const drawn = normal([4], 3, 0.5).toArray();
  expect(target.at(null, 0).toArray()).toEqual(drawn);
  expect(
    zeros([2, 3])
      .bernoulli_(tensor([0, 1, 0]))
      .toArray(),
  ).toEqual([
    [0, 1, 0],
    [0, 1, 0],
  ]);
  expect(zeros([2], { dtype: "bool" }).bernoulli_(1).toArray()).toEqual([true, true]);
});

test("a parameter is not filled with samples while slopes are recorded", () => {
  const weight = zeros([2], { requiresGrad: true });
  expect(() => weight.uniform_()).toThrow(
    "uniform_: a tensor that requires a gradient was to be changed in place - its slope would be lost",
  );
  expect(noGrad(() => weight.fill_(2).uniform_(0, 1)).data.every((each) => each < 1)).toBe(true);
});

test("bernoulli_() draws as often as its probability says", () => {
  manualSeed(0);
  expect(zeros([20000]).bernoulli_(0.3).mean().item()).toBeCloseTo(0.3, 2);
});

test("multinomial() without replacement draws no category twice and none of weight 0", () => {
  manualSeed(2);
  for (let i = 0; i < 50; i++)
    expect(new Set(multinomial(tensor([1, 0, 5, 0.1]), 3).data)).toEqual(new Set([0, 2, 3]));
});

/** Cells are not checked before they run, so anything may arrive. */
const anything = (value: unknown) => value as never;

test.each([
  [() => bernoulli(anything(0.5)), "bernoulli: a number for the probabilities - wanted a tensor"],
  [
    () => bernoulli(tensor([1, 0], { dtype: "i32" })),
    "bernoulli: probabilities of dtype i32 - wanted f32 or f64",
  ],
  [
    () => bernoulli(tensor([0.5, 1.5])),
    "bernoulli: a probability of 1.5 - wanted numbers from 0 to 1",
  ],
  [() => multinomial(anything([1]), 1), "multinomial: an array for the probabilities"],
  [
    () => multinomial(zeros([2, 2, 2]), 1),
    "multinomial: weights [2, 2, 2] - wanted [categories] or [rows, categories]",
  ],
  [
    () => multinomial(tensor([1, -1]), 1),
    "multinomial: a weight of -1 - wanted finite numbers, 0 or more",
  ],
  [
    () => multinomial(tensor([1, 0, 1]), 3),
    "multinomial: 3 samples of 2 categories with a weight above 0 - wanted at least as many categories",
  ],
  [
    () => multinomial(zeros([2]), 3, { replacement: true }),
    "multinomial: 3 samples of 0 categories with a weight above 0 - wanted at least one such category",
  ],
  [
    () => multinomial(tensor([1]), 0.5),
    "multinomial: shape [0.5] - sizes must be whole numbers, 0 or more",
  ],
  [
    () => zeros([2], { dtype: "i32" }).uniform_(),
    "uniform_: a tensor of dtype i32 - wanted f32 or f64",
  ],
  [
    () => zeros([2]).uniform_(1, 0),
    "uniform_: from 1 to 0 - wanted finite numbers, the second not smaller",
  ],
  [
    () => zeros([2]).normal_(0, -1),
    "normal_: mean 0 and std -1 - wanted finite numbers, std 0 or more",
  ],
  [() => zeros([2]).bernoulli_(2), "bernoulli_: a probability of 2 - wanted numbers from 0 to 1"],
  [
    () => zeros([2]).bernoulli_(anything("half")),
    "bernoulli_: a string for p - wanted a number or a tensor",
  ],
  [
    () => zeros([2]).bernoulli_(zeros([3, 2])),
    "bernoulli_: p [3, 2] for [2] - it must broadcast to the target",
  ],
  [() => zeros([2]).normal_(0, anything(null)), "normal_: null for std - wanted a number"],
  [() => zeros([2]).uniform_(anything("0")), "uniform_: a string for low - wanted a number"],
  [
    () => zeros([2]).normal_(0, 1, { generator: anything(3) }),
    "normal_: a number for the generator - wanted a Generator",
  ],
  [
    () => bernoulli(zeros([2]), anything({ seed: 3 })),
    'bernoulli: option "seed" - wanted generator',
  ],
  [
    () => multinomial(tensor([1]), 1, anything(true)),
    "multinomial: true for the options - wanted an object such as { replacement: ... }",
  ],
  [
    () => new Generator(1).setState(anything("x")),
    "setState: a string - wanted what getState() gave",
  ],
  [
    () => new Generator(1).setState({ words: [1], position: 0, spare: null }),
    "setState: 1 words - wanted 624",
  ],
  [
    () => new Generator(1).setState({ ...new Generator(1).getState(), position: 700 }),
    "setState: position 700 - wanted a whole number from 0 to 624",
  ],
  [
    () =>
      new Generator(1).setState({
        words: Array.from({ length: 624 }, () => -1),
        position: 0,
        spare: null,
      }),
    "setState: the word -1 - wanted whole numbers of 32 bits",
  ],
  [
    () => new Generator(1).setState({ ...new Generator(1).getState(), spare: anything("1") }),
    "setState: a string for the spare sample - wanted a number or null",
  ],
])("sampling refuses what it cannot draw from: %#", (draw, message) => {
  expect(draw).toThrow(message);
});

test("manualSeed() refuses a fraction", () => {
  expect(() => manualSeed(0.5)).toThrow("manualSeed: 0.5 - wanted a whole number");
});

test("randint() refuses an empty range", () => {
  expect(() => randint(3, 3, [2])).toThrow(
    "randint: from 3 to 3 - wanted whole numbers, the second larger",
  );
});
