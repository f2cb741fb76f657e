import { expect, test } from "vitest";
import { createConsole, format } from "../../../kernel/run/console.ts";

function capture(now = () => 0) {
  const written: [string, string][] = [];
  const console = createConsole({
    write: (name, text) => void written.push([name, text]),
    clear: () => void (written.length = 0),
    now,
  });
  return { console, written };
}

test("log() writes strings as they are and other values inspected", () => {
  const { console, written } = capture();
  console.log("a\nb", "c", { d: "e" });
  expect(written).toEqual([["stdout", 'a\nb c { d: "e" }\n']]);
});

test("write() ends no line, so that a later text can go over it", () => {
  const { console, written } = capture();
  console.write("10 %\r", 20, " %");
  expect(written).toEqual([["stdout", "10 %\r20 %"]]);
});

test("warn() and error() write to stderr", () => {
  const { console, written } = capture();
  console.warn("w");
  console.error("e");
  expect(written.map(([name]) => name)).toEqual(["stderr", "stderr"]);
});

test("format() knows the directives of a first string only", () => {
  expect(format(["%s is %d%% of %o, %i", "x", "50", [1], 2.9, "rest"])).toBe(
    "x is 50% of [1], 2 rest",
  );
  expect(format(["100%s"])).toBe("100%s");
  expect(format([1, "%s"])).toBe("1 %s");
});

test("group() indents every line until groupEnd()", () => {
  const { console, written } = capture();
  console.group("head");
  console.log("a\nb");
  console.groupEnd();
  console.log("c");
  expect(written.map(([, text]) => text)).toEqual(["head\n", "  a\n  b\n", "c\n"]);
});

test("a group that one run leaves open indents nothing of another", () => {
  const written: string[] = [];
  let run = {};
  const write = (_: string, text: string) => void written.push(text);
  const console = createConsole({ write, clear: () => {}, owner: () => run });
  console.group();
  console.log("a");
  run = {};
  console.log("b");
  console.groupEnd();
  console.log("c");
  expect(written).toEqual(["  a\n", "b\n", "c\n"]);
});

test("format() of a symbol as a number is NaN", () => {
  expect(format(["%d %i %f", Symbol("s"), Symbol("s"), 10n])).toBe("NaN NaN 10");
});

test("table() shows the first thousand rows of a long table and counts the rest", () => {
  const { console, written } = capture();
  console.table(Array.from({ length: 200_000 }, (_, i) => ({ i })));
  const lines = written[0]?.[1].split("\n") ?? [];
  expect(lines).toHaveLength(1_004);
  expect(lines.at(-2)).toBe("… 199000 more");
});

test("table() aligns columns", () => {
  const { console, written } = capture();
  console.table([{ a: 1, b: "xyz" }, { a: 22 }]);
  expect(written[0]?.[1]).toBe("   a   b\n─  ──  ───\n0  1   xyz\n1  22\n");
});

test("time() and count() keep their labels apart", () => {
  let now = 0;
  const { console, written } = capture(() => now);
  console.time("t");
  now = 12.34;
  console.timeEnd("t");
  console.timeEnd("t");
  console.count("x");
  console.count("x");
  console.count();
  expect(written.map(([, text]) => text)).toEqual([
    "t: 12.3 ms\n",
    'console.time: there is no timer "t"\n',
    "x: 1\n",
    "x: 2\n",
    "default: 1\n",
  ]);
});

test("clear() empties the outputs", () => {
  const { console, written } = capture();
  console.log("a");
  console.clear();
  expect(written).toEqual([]);
});
