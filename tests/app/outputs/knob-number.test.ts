import fc from "fast-check";
import { expect, test } from "vitest";
import {
  formatNumber,
  parseNumber,
  readNumbers,
  stepFrom,
} from "../../../app/outputs/knob-number.ts";
import { propertyRuns } from "../../counts.ts";

const free = { min: null, max: null, step: null };

test("formatNumber() groups thousands and leaves fractions and exponents alone", () => {
  expect([0, 999, 1000, -1234567.25, 12345.6789, 1e-7, 1e21].map(formatNumber)).toEqual([
    "0",
    "999",
    "1,000",
    "-1,234,567.25",
    "12,345.6789",
    "1e-7",
    "1e+21",
  ]);
});

test("readNumbers() knows grouped thousands, both decimal signs and a real minus", () => {
  expect(readNumbers("12,000")).toEqual([12000, 12]);
  expect(readNumbers("1,234,567.5")).toEqual([1234567.5]);
  expect(readNumbers(" 0,5 ")).toEqual([0.5]);
  expect(readNumbers("−1 000")).toEqual([-1000]);
  expect(readNumbers("1e3")).toEqual([1000]);
  for (const text of ["", " ", "abc", "1,2,3", "--1", "Infinity"])
    expect(readNumbers(text)).toEqual([]);
});

test("parseNumber() takes the reading that fits the range, and keeps to the steps", () => {
  expect(parseNumber(free, "1,500")).toBe(1500);
  expect(parseNumber({ ...free, min: 0, max: 2 }, "1,500")).toBe(1.5);
  expect(parseNumber({ ...free, min: 0, max: 2 }, "7")).toBe(2);
  expect(parseNumber({ min: 1, max: 10, step: 4 }, "10")).toBe(9);
  expect(parseNumber({ min: null, max: null, step: 0.1 }, "0.26")).toBe(0.3);
  expect(parseNumber(free, "x")).toBeNull();
});

test("what formatNumber() writes, parseNumber() reads", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const kept = Number(value.toPrecision(12));
      expect(parseNumber(free, formatNumber(value))).toBe(Object.is(kept, -0) ? 0 : kept);
    }),
    propertyRuns(6, 500),
  );
});

test("stepFrom() goes by the knob's step, or by the last digit of a number without one", () => {
  expect(stepFrom({ min: 1, max: null, step: 16 }, 1, 1)).toBe(17);
  expect(stepFrom(free, 3, -1)).toBe(2);
  expect(stepFrom(free, 0.05, 1)).toBe(0.06);
  expect(stepFrom({ min: 0, max: 1, step: null }, 1, 1)).toBe(1);
});
