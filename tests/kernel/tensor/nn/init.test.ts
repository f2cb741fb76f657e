/** Start values against PyTorch's (tests/oracle/init.py). */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  Generator,
  manualSeed,
  nn,
  rand,
  type Tensor,
  zeros,
} from "../../../../kernel/tensor/index.ts";

interface Case {
  readonly name: string;
  readonly shape: readonly number[];
  readonly arguments: readonly number[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly values: readonly number[];
  /** What the generator gives afterwards: as many numbers were drawn. */
  readonly next: number;
}

const golden = JSON.parse(
  readFileSync(new URL("../../../oracle/golden/init.json", import.meta.url), "utf8"),
) as {
  readonly cases: readonly Case[];
  readonly gains: readonly (readonly [nn.init.Nonlinearity, number | null, number])[];
};

const fills = nn.init as unknown as Record<string, (...args: readonly unknown[]) => Tensor>;

test.each(
  golden.cases.map((each) => [`${each.name} of [${each.shape.join(", ")}]`, each] as const),
)("%s draws PyTorch's numbers, %#", (_, { name, shape, arguments: given, options, ...wanted }) => {
  manualSeed(5);
  const target = zeros(shape);
  const args = Object.keys(options).length === 0 ? given : [...padded(name, given), options];
  expect(fills[name]?.(target, ...args)).toBe(target);
  wanted.values.forEach((value, i) =>
    expect(Math.abs((target.data[i] ?? 0) - value), `[${i}]`).toBeLessThanOrEqual(3e-6),
  );
  expect(rand([1]).item()).toBe(wanted.next);
});

/** The options come behind mean and deviation. */
const padded = (name: string, given: readonly number[]) =>
  name === "truncNormal_" ? [given[0] ?? 0, given[1] ?? 1] : given;

test.each(golden.gains)("calculateGain(%s, %s) is PyTorch's", (name, slope, wanted) => {
  expect(nn.init.calculateGain(name, slope ?? undefined)).toBeCloseTo(wanted, 12);
});

test("a fill may draw from a generator of its own and touches no other", () => {
  manualSeed(1);
  const before = rand([1]).item();
  manualSeed(1);
  nn.init.kaimingNormal_(zeros([3, 2]), { generator: new Generator(2) });
  expect(rand([1]).item()).toBe(before);
});

const unchecked = nn.init as unknown as Record<string, (...args: readonly unknown[]) => unknown>;

test.each([
  ["fans", [zeros([3])], "fans: [3] - wanted two dimensions or more"],
  ["calculateGain", ["swish"], "calculateGain: nonlinearity swish - wanted linear, sigmoid"],
  ["kaimingUniform_", [zeros([2, 2]), { mode: "in" }], 'mode in - wanted "fanIn" or "fanOut"'],
  ["uniform_", [zeros([2], { dtype: "i32" })], "uniform_: a tensor of dtype i32 - wanted f32"],
  ["normal_", [[1, 2]], "normal_: an array for the target - wanted a tensor"],
  ["eye_", [zeros([2])], "eye_: [2] - wanted two dimensions"],
  ["truncNormal_", [zeros([2]), 0, 1, { low: 2, high: 1 }], "truncNormal_: low is 2 - wanted"],
] as const)("%s refuses what it cannot fill: %#", (name, args, message) => {
  expect(() => unchecked[name]?.(...args)).toThrow(message);
});
