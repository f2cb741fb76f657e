import { describe, expect, test } from "vitest";
import { framesOf, placed, toRawError } from "../../../kernel/run/errors.ts";

const nested =
  "Something here nests deeper than there is room for: a pattern, or values within values.";
const large = "It is more than there is room for: make it smaller, or work on a part at a time.";

test.each([
  ["Maximum call stack size exceeded", nested],
  ["too much recursion", nested],
  ["Invalid string length", large],
  ["Invalid array length", large],
  ["invalid array length", large],
  ["Invalid typed array length: 1099511627776", large],
  ["Array buffer allocation failed", large],
  ["allocation size overflow", large],
  ["out of memory", large],
])("an engine's %j comes with a hint", (message, hint) => {
  expect(toRawError(new RangeError(message))).toMatchObject({ message, hint });
});

test.each(["Maximum call stack size exceeded", "too much recursion"])(
  "of %j on a deep stack the hint speaks of a function",
  (message) => {
    const error = new RangeError(message);
    error.stack = `RangeError: ${message}\n${"    at f (cell://a#1:2:3)\n".repeat(100)}`;
    expect(toRawError(error).hint).toBe("A function calls itself and never reaches an end.");
  },
);

test("a cell's own words come without", () => {
  expect(toRawError(new RangeError("the batch is out of memory"))).not.toHaveProperty("hint");
});

test("an error that cannot be read is told all the same", () => {
  const error = Object.defineProperty(new Error("x"), "name", {
    get() {
      throw new Error("no");
    },
  });
  expect(toRawError(error)).toMatchObject({
    kind: "runtime",
    message: "the cell threw a value that cannot be read",
  });
});

test("causes are told outermost first, also those that are no errors", () => {
  const inner = new TypeError("inner", { cause: "why" });
  expect(toRawError(new Error("outer", { cause: inner })).causes).toEqual([
    { name: "TypeError", message: "inner" },
    { name: "Thrown", message: "why" },
  ]);
});

test("of causes in a circle each is told once", () => {
  const own: Error = new Error("own");
  own.cause = own;
  expect(toRawError(own).causes).toEqual([]);
  const [first, second] = [new Error("first"), new Error("second")];
  Object.assign(first, { cause: second });
  Object.assign(second, { cause: first });
  expect(toRawError(first).causes).toEqual([{ name: "Error", message: "second" }]);
});

test("of a long chain of causes the outermost eight are told", () => {
  let error = new Error("innermost");
  for (let depth = 0; depth < 20; depth++) error = new Error(`${depth}`, { cause: error });
  expect(toRawError(error).causes).toHaveLength(8);
});

test("of an error that stands for several, each is told", () => {
  const second = new TypeError("second", { cause: "why" });
  const several = new AggregateError([new Error("first"), second, "third"], "none came");
  expect(toRawError(several).causes).toEqual([
    { name: "Error", message: "first" },
    { name: "TypeError", message: "second" },
    { name: "Thrown", message: "why" },
    { name: "Thrown", message: "third" },
  ]);
  const closing = Object.assign(new Error("suppressed"), {
    name: "SuppressedError",
    error: new Error("of the end"),
    suppressed: new Error("of the cell"),
  });
  expect(toRawError(closing).causes.map(({ message }) => message)).toEqual([
    "of the end",
    "of the cell",
  ]);
});

test("an error made outside all cells stands where what is behind it does", async () => {
  const inner = new Error("inner");
  inner.stack = "Error: inner\n    at f (cell://a#1:2:3)";
  const outer: unknown = await Promise.any([Promise.reject(inner), Promise.reject(inner)]).catch(
    (error: unknown) => error,
  );
  expect(toRawError(outer).frames).toMatchObject([{ cell: "a", line: 2, column: 3 }]);
  // One that has a place of its own keeps it.
  const own = new Error("own", { cause: inner });
  own.stack = "Error: own\n    at cell://b#1:7:1";
  expect(toRawError(own).frames).toMatchObject([{ cell: "b", line: 7 }]);
});

describe("placed()", () => {
  test("gives an error that comes back without a place that of the call", async () => {
    const bare = Object.assign(new Error("down"), { stack: "Error: down" });
    // oxlint-disable-next-line no-eval -- a frame with a cell's address
    const call = (0, eval)("(f) => f()\n//# sourceURL=cell://here#3") as (
      f: () => Promise<unknown>,
    ) => Promise<unknown>;
    await expect(call(placed(() => Promise.reject(bare)))).rejects.toBe(bare);
    expect(framesOf(bare)).toMatchObject([{ cell: "here", run: 3, line: 1 }]);
  });

  test("leaves an error its own place, and other values as they are", async () => {
    const own = Object.assign(new Error("x"), { stack: "f@cell://there#1:2:3" });
    await expect(placed(() => Promise.reject(own))()).rejects.toBe(own);
    expect(framesOf(own)).toMatchObject([{ cell: "there" }]);
    await expect(placed(() => Promise.reject(7))()).rejects.toBe(7);
    expect(await placed((n: number) => Promise.resolve(n))(5)).toBe(5);
  });
});
