import { describe, expect, test } from "vitest";
import { isExact, parsePackageName, satisfies } from "../../../kernel/run/package-name.ts";

describe("parsePackageName()", () => {
  test.each([
    ["d3", "d3", null, ""],
    ["npm:d3@7", "d3", "7", ""],
    ["d3@7.9.0", "d3", "7.9.0", ""],
    ["npm:@observablehq/plot", "@observablehq/plot", null, ""],
    ["@a/b@^1.2/deep/part.js", "@a/b", "^1.2", "/deep/part.js"],
    ["lodash-es/fp", "lodash-es", null, "/fp"],
    ["npm:three@latest", "three", "latest", ""],
  ])("reads %s", (specifier, name, version, path) => {
    expect(parsePackageName(specifier)).toEqual({ name, version, path });
  });

  test.each(["./mine.ts", "../x", "/x", "", "npm:", "a b", "d3@", "d3/../x?y", "@a"])(
    "refuses %s and says what an import takes",
    (specifier) => {
      expect(() => parsePackageName(specifier)).toThrow(
        `import: "${specifier}" - wanted "descent", or a package as "d3", "npm:d3@7" or "npm:d3@7.9.0"`,
      );
    },
  );
});

test("isExact() tells one version from a range", () => {
  expect(["7.9.0", "1.0.0-rc.1"].map(isExact)).toEqual([true, true]);
  expect(["7", "7.9", "^7.9.0", "latest"].map(isExact)).toEqual([false, false, false, false]);
});

test.each([
  ["7.9.0", "7.9.0", true],
  ["7.9.0", "7.9.1", false],
  ["7.9.0", "7", true],
  ["7.9.0", "7.9", true],
  ["7.90.0", "7.9", false],
  ["7.9.0", "^7.8.2", true],
  ["7.9.0", "^7.9.1", false],
  ["8.0.0", "^7.8.2", false],
  ["0.3.9", "^0.3.1", true],
  ["0.4.0", "^0.3.1", false],
  ["7.9.3", "~7.9.1", true],
  ["7.10.0", "~7.9.1", false],
  ["1.0.0-rc.1", "1.0.0-rc.1", true],
  ["7.9.0", "latest", true],
])("satisfies() of %s for %s is %s", (version, wanted, expected) => {
  expect(satisfies(version, wanted)).toBe(expected);
});
