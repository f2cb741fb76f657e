import { propertyRuns } from "../../counts.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { inspect } from "../../../kernel/run/inspect.ts";

class Point {
  x = 1;
  y = 2;
}
class Named {
  toString() {
    return "Named!";
  }
}
const cycle: Record<string, unknown> = { name: "loop" };
cycle.self = cycle;

const cases: readonly (readonly [unknown, string])[] = [
  [1, "1"],
  [-0, "-0"],
  [10n, "10n"],
  ["text", '"text"'],
  [null, "null"],
  [undefined, "undefined"],
  [Symbol("s"), "Symbol(s)"],
  [[1, "a", [2]], '[1, "a", [2]]'],
  // eslint-disable-next-line no-sparse-arrays
  [[, 1], "[<empty>, 1]"],
  [{ a: 1, "b-c": null }, '{ a: 1, "b-c": null }'],
  [{}, "{}"],
  [new Point(), "Point { x: 1, y: 2 }"],
  [new Named(), "Named!"],
  [[new Named()], "[Named!]"],
  [Object.create(null), "[Object: null prototype] {}"],
  [new Map([["a", 1]]), 'Map(1) { "a" => 1 }'],
  [new Set([1, 2]), "Set(2) { 1, 2 }"],
  [new Float32Array([0.5, 2]), "Float32Array(2) [0.5, 2]"],
  [new Date(0), "1970-01-01T00:00:00.000Z"],
  [new Date(Number.NaN), "Invalid Date"],
  [/a+/g, "/a+/g"],
  [new RangeError("no"), "RangeError: no"],
  [function named() {}, "[Function named]"],
  [() => 1, "[Function (anonymous)]"],
  [Point, "[class Point]"],
  [cycle, '{ name: "loop", self: [circular] }'],
  [
    {
      get x() {
        return 1;
      },
    },
    "{ x: [getter] }",
  ],
  [Promise.resolve(1), "Promise {}"],
  [{ a: { b: { c: { d: { e: 1 } } } } }, "{ a: { b: { c: { d: [Object] } } } }"],
];

for (const [value, text] of cases) {
  test(`inspect() prints ${text}`, () => expect(inspect(value)).toBe(text));
}

test("inspect() breaks long objects into lines and fills lines with numbers", () => {
  const numbers = Array.from({ length: 40 }, (_, i) => i);
  const lines = inspect({ numbers, name: "x" }).split("\n");
  expect(lines[0]).toBe("{");
  expect(lines.length).toBeLessThan(10);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(82);
});

test("inspect() counts what it leaves out", () => {
  expect(inspect(Array.from({ length: 1000 }, () => 0))).toContain("… 900 more");
});

test("inspect() asks no proxy about more names than it could show", () => {
  const names = Array.from({ length: 100_000 }, (_, i) => `name${i}`);
  let questions = 0;
  const proxy = new Proxy(
    {},
    {
      ownKeys: () => names,
      getOwnPropertyDescriptor() {
        questions += 1;
        return { value: 1, enumerable: true, configurable: true };
      },
    },
  );
  expect(inspect(proxy)).toContain("… 99900 more");
  expect(questions).toBeLessThan(2_000);
});

test("inspect() never throws and stays short", () => {
  const trap = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error("trap");
      },
    },
  );
  expect(inspect(trap)).toBe("[cannot be shown: trap]");
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withMap: true, withSet: true }), (value) => {
      expect(inspect(value).length).toBeLessThan(100_100);
    }),
    propertyRuns(7, 500),
  );
});
