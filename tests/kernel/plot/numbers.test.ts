import { propertyRuns } from "../../counts.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatDecade, formatNumber, toJson } from "../../../kernel/plot/numbers.ts";

describe("toJson()", () => {
  test("rounds to six significant digits", () => {
    expect([1 / 3, 123456789, -0.000123456789, 0.1 + 0.2].map(toJson)).toEqual([
      0.333333, 123457000, -0.000123457, 0.3,
    ]);
  });

  test("is null for what JSON has no number for", () => {
    expect([Number.NaN, Infinity, -Infinity].map(toJson)).toEqual([null, null, null]);
  });

  test("agrees with toPrecision(6) within one unit of the last digit", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        const rounded = toJson(x) as number;
        expect(Math.abs(rounded - x)).toBeLessThanOrEqual(Math.abs(x) * 5.1e-6 + 5e-324);
        expect(
          String(Math.abs(rounded))
            .replace(/e.*$/, "")
            .replace(/[.]|^0[.]?0*/g, "")
            .replace(/0+$/, "").length,
        ).toBeLessThanOrEqual(6);
      }),
      propertyRuns(7, 500),
    );
  });
});

describe("formatNumber()", () => {
  test.each([
    [0.031234, "0.0312"],
    [2.3, "2.3"],
    [12500, "12,500"],
    [-0.5, "−0.5"],
    [0, "0"],
    [0.00001234, "1.23e−5"],
    [Number.NaN, "NaN"],
    [Infinity, "∞"],
  ])("writes %d as %s", (x, text) => {
    expect(formatNumber(x)).toBe(text);
  });

  test("writes far decades as powers of ten", () => {
    expect([-5, -3, 0, 2, 6].map(formatDecade)).toEqual(["10⁻⁵", "0.001", "1", "100", "10⁶"]);
  });
});
