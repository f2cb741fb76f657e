import { expect, test } from "vitest";
import { createScope } from "../../../kernel/run/scope.ts";

test("box() of a name without a value says which cell to run", () => {
  const scope = createScope();
  expect(() => scope.box("x").v).toThrow("x is not defined (run the cell that defines it first)");
});

test("define() tells a name used too early from one that no cell defines", () => {
  const scope = createScope();
  scope.beginRun();
  const box = scope.define("x", "const");
  expect(() => box.v).toThrow("x is used before the line that defines it");
});

test("box() of a global gives the global until a cell defines the name", () => {
  const scope = createScope();
  const box = scope.box("parseInt");
  expect(box.v).toBe(parseInt);
  scope.define("parseInt", "const").v = 1;
  expect(box.v).toBe(1);
});

test.each([
  ["wieghts", "Did you mean weights?"],
  ["consle", "Did you mean console?"],
  ["Maht", "Did you mean Math?"],
  ["dispaly", "Did you mean display?"],
  ["randn", 'Import it: import { randn } from "descent"'],
  ["manulSeed", 'Did you mean manualSeed? Import it: import { manualSeed } from "descent"'],
  ["zebra", undefined],
])("of %s, which nobody defines, the hint is %s", (name, hint) => {
  const scope = createScope(undefined, { randn() {}, manualSeed() {} });
  scope.define("weights", "const").v = 1;
  const box = scope.box(name);
  expect(() => box.v).toThrow(expect.objectContaining(hint === undefined ? {} : { hint }) as Error);
});

test("a first write makes a box a plain property", () => {
  const scope = createScope();
  const box = scope.define("x", "let");
  box.v = 1;
  expect(Object.getOwnPropertyDescriptor(box, "v")).toMatchObject({ value: 1, writable: true });
});

test("writing a name that no cell defines is refused", () => {
  const scope = createScope();
  expect(() => {
    scope.box("neverDefined").v = 1;
  }).toThrow("neverDefined is not defined");
});

test("define() empties an enum, and leaves other values until they are written", () => {
  const scope = createScope();
  scope.define("A", "enum").v = { Old: 0 };
  scope.define("x", "let").v = 5;
  expect(scope.define("A", "enum").v).toBeUndefined();
  expect(scope.define("x", "let").v).toBe(5);
  expect(scope.define("later", "var").v).toBeUndefined();
});

test("peek() never throws", () => {
  const scope = createScope();
  expect(scope.peek(scope.box("nothing"), "nothing")).toBeUndefined();
});

test("changedSince() names what was written in place", () => {
  const scope = createScope((value) => (value as { writes?: number }).writes ?? 0);
  const net = { writes: 3 };
  scope.define("net", "const").v = net;
  scope.define("other", "const").v = { writes: 1 };
  const before = scope.snapshot();
  net.writes += 1;
  expect(scope.changedSince(before)).toEqual(["net"]);
});

test("changedSince() names what was made or replaced", () => {
  const scope = createScope();
  scope.define("a", "let").v = 1;
  scope.define("b", "let").v = Number.NaN;
  const before = scope.snapshot();
  scope.box("b").v = Number.NaN;
  scope.box("a").v = 2;
  scope.define("c", "let").v = 3;
  expect(scope.changedSince(before)).toEqual(["a", "c"]);
});
