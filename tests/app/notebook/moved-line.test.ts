import { expect, test } from "vitest";
import { movedLine } from "../../../app/notebook/moved-line.ts";

const ran = "const a = 1;\nconst b = 2;\n  broken(a);\ndone();";

test.each<readonly [string, string, number, number | null]>([
  ["a text that is the same", ran, 3, 3],
  ["lines added above", `// why\n\n${ran}`, 3, 5],
  ["a line added below", `${ran}\nmore();`, 3, 3],
  ["a line taken out above", ran.replace("const b = 2;\n", ""), 3, 2],
  ["lines edited on both sides", `// x\n${ran.replace("done", "ended")}`, 3, 4],
  ["other indentation", ran.replace("  broken", "broken").replace("a = 1", "a = 2"), 3, 3],
  ["the line itself edited", ran.replace("broken(a)", "whole(a)"), 3, null],
  ["another line end", ran.replaceAll("\n", "\r\n"), 3, 3],
  ["an empty text", "", 3, null],
  ["a line that never was", ran, 9, null],
])("movedLine() finds a line in %s", (_name, now, line, expected) => {
  expect(movedLine(ran, now, line)).toBe(expected);
});

test("movedLine() takes the nearest of several lines of one text", () => {
  expect(movedLine("x\nf();\ny\nz", "f();\n1\n2\nf();\n3", 2)).toBe(1);
  expect(movedLine("a\nb\nc\nf();\nz", "f();\n1\n2\n3\nf();\n4", 4)).toBe(5);
});
