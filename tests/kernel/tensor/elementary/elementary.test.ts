/** Functions that are the same on every machine, and that no other ones reach a tensor. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  acos,
  asin,
  atan,
  atan2,
  cos,
  cosh,
  exp,
  expm1,
  exponentOf,
  hypot,
  log,
  log10,
  log1p,
  log2,
  pow,
  scaled,
  sin,
  sinh,
  tan,
  tanh,
} from "../../../../kernel/tensor/elementary/index.ts";
import { Generator } from "../../../../kernel/tensor/random.ts";
import { soaking } from "../../../counts.ts";
import { truths } from "./truths.ts";

type OfOne = (x: number) => number;
type OfTwo = (x: number, y: number) => number;

const ofOne = {
  exp,
  expm1,
  log,
  log1p,
  log2,
  log10,
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  sinh,
  cosh,
  tanh,
} satisfies Partial<Record<keyof Math, OfOne>>;
const ofTwo = { pow, atan2, hypot } satisfies Partial<Record<keyof Math, OfTwo>>;

const functions: Readonly<Record<string, (...numbers: number[]) => number>> = {
  ...(ofOne as Record<string, OfOne>),
  ...(ofTwo as Record<string, OfTwo>),
};

/** Units in the last place of `wanted` between the two. */
function unitsBetween(got: number, wanted: number): number {
  if (Object.is(got, wanted)) return 0;
  const unit = wanted === 0 ? 2 ** -1074 : Math.max(2 ** -1074, 2 ** (exponentOf(wanted) - 52));
  return Math.abs(got - wanted) / unit;
}

test.each(Object.entries(truths))("%s() is nearly the truth", (name, samples) => {
  for (const sample of samples) {
    const [wanted = NaN, ...numbers] = sample.toReversed();
    const got = functions[name]?.(...numbers.toReversed()) ?? NaN;
    expect(unitsBetween(got, wanted), `${name}(${numbers.toReversed()}) = ${got}`).toBeLessThan(3);
  }
});

const edges = [
  [0, -0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 4, -7, 22, -22, Infinity, -Infinity, NaN],
  [5e-324, -5e-324, 2.2e-308, 1e-300, 1e300, -1e300, 1.7976931348623157e308, 1e-20, -1e-20],
  [710, -746, 1e10, 709.5, 710.4, -745.1],
].flat();

/** The platform's are within a few units of the truth, and agree on what has no digits. */
const isNear = (got: number, platform: number): boolean =>
  unitsBetween(got, platform) < 6 || (Number.isNaN(got) && Number.isNaN(platform));

test.each(Object.entries(ofOne))("%s() of zeros, infinities and the like", (name, f) => {
  const platform = Math[name as keyof typeof ofOne];
  for (const x of edges) {
    expect(isNear(f(x), platform(x)), `${name}(${x}) = ${f(x)}`).toBe(true);
    expect(Object.is(f(x), -0), `${name}(${x})`).toBe(Object.is(platform(x), -0));
  }
});

test.each(Object.entries(ofTwo))("%s() of zeros, infinities and the like", (name, f) => {
  const platform = Math[name as keyof typeof ofTwo];
  for (const x of edges)
    for (const y of edges) {
      // Where IEEE 754 says 1 JavaScript says NaN.
      const isOne = name === "pow" && (x === 1 || (x === -1 && Math.abs(y) === Infinity));
      const wanted = isOne ? 1 : platform(x, y);
      expect(isNear(f(x, y), wanted), `${name}(${x}, ${y}) = ${f(x, y)}`).toBe(true);
      expect(Object.is(f(x, y), -0), `${name}(${x}, ${y})`).toBe(Object.is(wanted, -0));
    }
});

test("what is exact comes out exactly", () => {
  for (let base = 2; base < 40; base++)
    for (let n = 1, wanted = base; wanted < 2 ** 53; n++, wanted *= base)
      expect(pow(base, n), `${base} to ${n}`).toBe(wanted);
  for (let n = -1074; n < 1024; n++) expect(log2(scaled(1, n))).toBe(n);
  for (let n = 0, x = 1; n <= 22; n++, x *= 10) expect(log10(x)).toBe(n);
  expect([exp(0), cos(0), log(1)]).toEqual([1, 1, 0]);
  expect([atan(1), acos(-1)]).toEqual([Math.PI / 4, Math.PI]);
});

describe("beside the platform's, at random", () => {
  const generator = new Generator(11);
  const between = (low: number, high: number) => low + (high - low) * generator.uniform53();
  const size = (low: number, high: number) => exp(between(low, high));
  const draws: Readonly<Record<string, readonly (() => number[])[]>> = {
    exp: [() => [between(-745, 709)], () => [between(-1, 1)]],
    expm1: [() => [between(-50, 700)], () => [between(-1, 1)]],
    log: [() => [size(-700, 700)], () => [between(0.5, 2)]],
    log1p: [() => [size(-40, 600)], () => [-size(-40, 0)]],
    log2: [() => [size(-700, 700)], () => [between(0.5, 2)]],
    log10: [() => [size(-700, 700)], () => [between(0.5, 2)]],
    sin: [() => [between(-10, 10)], () => [size(-20, 700)]],
    cos: [() => [between(-10, 10)], () => [size(-20, 700)]],
    tan: [() => [between(-10, 10)], () => [size(-20, 700)]],
    asin: [() => [between(-1, 1)], () => [size(-30, 0)]],
    acos: [() => [between(-1, 1)]],
    atan: [() => [between(-5, 5)], () => [-size(-30, 30)]],
    sinh: [() => [between(-10, 10)], () => [between(-700, 700)]],
    cosh: [() => [between(-10, 10)], () => [between(-700, 700)]],
    tanh: [() => [between(-5, 5)], () => [size(-30, 3)]],
    pow: [() => [size(-50, 50), between(-14, 14)]],
    atan2: [() => [between(-3, 3), between(-3, 3)], () => [size(-20, 20), -size(-20, 20)]],
    hypot: [() => [between(-3, 3), between(-3, 3)], () => [size(300, 600), size(300, 600)]],
  };

  test.each(Object.keys(functions))("%s()", (name) => {
    const f = functions[name] ?? Number;
    const platform = Math[name as "hypot"];
    for (const draw of draws[name] ?? [])
      for (let i = 0; i < (soaking ? 100_000 : 1000); i++) {
        const numbers = draw();
        const [got, wanted] = [f(...numbers), platform(...numbers)];
        if (!isNear(got, wanted)) expect.fail(`${name}(${numbers}) = ${got}, Math has ${wanted}`);
      }
  });
});

test("the engine takes no function from the platform that platforms round differently", () => {
  const engine = join(import.meta.dirname, "../../../../kernel/tensor");
  // What a notice says reaches no tensor.
  const files = readdirSync(engine, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.startsWith("notices"))
    .map((file) => [file, readFileSync(join(engine, file), "utf8")] as const);
  expect(files.length).toBeGreaterThan(150);
  const functionNames = Object.keys(functions).join("|");
  // Powers of 2 are exact everywhere.
  const wrong = new RegExp(`Math\\.(?:${functionNames}|cbrt|a\\w+h)\\(|(?<!\\b2) \\*\\*=? `);
  const found = files.flatMap(([file, text]) =>
    text
      .split("\n")
      .filter((line) => !/^\s*(?:\/?\*|\/\/)/.test(line) && wrong.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});
