import { propertyRuns } from "../../counts.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { extentOf, linearScale, logScale, logTicks, padded } from "../../../kernel/plot/ticks.ts";

const texts = (low: number, high: number) =>
  logTicks(Math.log10(low), Math.log10(high)).map((tick) => tick.text);

describe("logTicks()", () => {
  test("writes 1-2-5 steps over two decades and whole decades over many", () => {
    expect(texts(0.03, 2.5)).toEqual(["0.05", "0.1", "0.2", "0.5", "1", "2"]);
    expect(texts(1e-6, 1)).toEqual(["10⁻⁶", "10⁻⁵", "0.0001", "0.001", "0.01", "0.1", "1"]);
  });

  test("writes round steps inside one decade", () => {
    expect(texts(2.1, 2.45)).toEqual(["2.1", "2.2", "2.3", "2.4"]);
    expect(texts(2, 5)).toEqual(["2", "3", "4", "5"]);
  });

  test("leaves numbers out that would touch", () => {
    expect(texts(0.4, 2.6)).toEqual(["0.5", "1", "2"]);
    expect(texts(1.5, 8.5)).toEqual(["2", "4", "6", "8"]);
  });

  test("always gives two to nine different texts inside the axis", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -12, max: 12, noNaN: true }),
        fc.double({ min: 0.01, max: 20, noNaN: true }),
        (low, length) => {
          const ticks = logTicks(low, low + length);
          expect(ticks.length).toBeGreaterThanOrEqual(2);
          expect(ticks.length).toBeLessThanOrEqual(9);
          expect(new Set(ticks.map((tick) => tick.text)).size).toBe(ticks.length);
          for (const { value } of ticks) {
            expect(value).toBeGreaterThan(10 ** low * 0.99);
            expect(value).toBeLessThan(10 ** (low + length) * 1.01);
          }
        },
      ),
      propertyRuns(3, 2000),
    );
  });
});

describe("scales", () => {
  test("extentOf() leaves out what cannot be drawn", () => {
    expect(extentOf([Number.NaN, 2, -1, Infinity])).toEqual([-1, 2]);
    expect(extentOf([0, -1, 3], true)).toEqual([3, 3]);
    expect(extentOf([Number.NaN])).toBeNull();
  });

  test("padded() gives a single value room around it", () => {
    const [low, high] = padded([5, 5], 0.05);
    expect(low).toBeLessThan(5);
    expect(high).toBeGreaterThan(5);
  });

  test("place() is 0 and 1 at the ends of the axis", () => {
    const linear = linearScale([0, 10], 0);
    expect([linear.place(0), linear.place(5), linear.place(10)]).toEqual([0, 0.5, 1]);
    const log = logScale([0.01, 1], 0);
    expect(log.place(0.1)).toBeCloseTo(0.5, 12);
    expect(log.coordinate(0.1)).toBeCloseTo(-1, 12);
  });
});
