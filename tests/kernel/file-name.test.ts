import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanFileName, isFileName } from "../../kernel/file-name.ts";
import { propertyRuns } from "../counts.ts";

test("isFileName() takes plain names in any script", () => {
  for (const name of [
    "iris.csv",
    "net 1.safetensors",
    "été_2.txt",
    "数据.npy",
    "डेटा.csv",
    "ข้อมูล.csv",
    "_x",
    "7",
  ])
    expect(isFileName(name), name).toBe(true);
});

test("isFileName() refuses folders, hidden files, devices, and names that systems cut", () => {
  const refused = ["", ".x", "../x", "a/b", "a\\b", "c:", "x.", "x ", "nul", "COM1.csv", "a\nb"];
  for (const name of [...refused, "x".repeat(101), "gnp\u202Eexe.", 7, null])
    expect(isFileName(name), String(name)).toBe(false);
});

test.each([
  ["iris.csv", "iris.csv"],
  ["../My data (1).csv", "My data -1-.csv"],
  [".hidden", "file.hidden"],
  ["a/b\\c.txt", "a-b-c.txt"],
  ["...", "file"],
  ["", "file"],
  ["con.txt", "_con.txt"],
  ["name. ", "name"],
  ["x.tar.gz", "x.tar.gz"],
  ["हिन्दी डेटा.csv", "हिन्दी डेटा.csv"],
  ["e\u0301te\u0301.csv", "\u00e9t\u00e9.csv"],
  [`${"y".repeat(300)}.npy`, `${"y".repeat(95)}.npy`],
])("cleanFileName() of %j is %j", (name, expected) => {
  expect(cleanFileName(name)).toBe(expected);
});

test("cleanFileName() always gives a plain name, and leaves one alone", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (name) => {
      const cleaned = cleanFileName(name);
      expect(isFileName(cleaned)).toBe(true);
      expect(cleanFileName(cleaned)).toBe(cleaned);
    }),
    propertyRuns(20_261_123, 2_000),
  );
});
