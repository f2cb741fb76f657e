/** The generator against values printed by PyTorch 1.13 (tests/oracle/generator.py). */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  defaultGenerator,
  Generator,
  manualSeed,
  normal,
  rand,
  randint,
  randn,
  randperm,
  type Tensor,
  uniform,
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

const draws = {
  rand: (n) => rand([n]),
  rand64: (n) => rand([n], { dtype: "f64" }),
  randn: (n) => randn([n]),
  randn64: (n) => randn([n], { dtype: "f64" }),
  normal: (n, mean = 0, std = 1) => normal([n], mean, std),
  uniform: (n, low = 0, high = 1) => uniform([n], low, high),
  randint: (n, low = 0, high = 1) => randint(low, high, [n]),
  randperm: (n) => randperm(n),
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

test("manualSeed() refuses a fraction", () => {
  expect(() => manualSeed(0.5)).toThrow("manualSeed: 0.5 - wanted a whole number");
});

test("randint() refuses an empty range", () => {
  expect(() => randint(3, 3, [2])).toThrow(
    "randint: from 3 to 3 - wanted whole numbers, the second larger",
  );
});
