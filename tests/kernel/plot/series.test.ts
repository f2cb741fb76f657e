import { propertyRuns } from "../../counts.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Series } from "../../../kernel/plot/series.ts";

function seriesOf(values: readonly number[]): Series {
  const series = new Series();
  values.forEach((value, index) => series.push(index, value));
  return series;
}

describe("Series", () => {
  test("gives back what it was given while it is short", () => {
    expect(seriesOf([3, 1, 2]).line()).toEqual({ x: [0, 1, 2], y: [3, 1, 2] });
  });

  test("keeps ends, peaks and order of any long series in a thousand points", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
          minLength: 1,
          maxLength: 6000,
          size: "max",
        }),
        (values) => {
          const { x, y } = seriesOf(values).line();
          expect(x.length).toBeLessThanOrEqual(1002);
          expect([y[0], y.at(-1)]).toEqual([values[0], values.at(-1)]);
          expect(Math.max(...y)).toBe(Math.max(...values));
          expect(Math.min(...y)).toBe(Math.min(...values));
          x.forEach((at, index) => {
            expect(values[at]).toBe(y[index]);
            if (index > 0) expect(at).toBeGreaterThan(x[index - 1]!);
          });
        },
      ),
      propertyRuns(11, 60),
    );
  });

  test("finds one peak among a million points", () => {
    const series = new Series();
    for (let i = 0; i < 1_000_000; i++) series.push(i, i === 654_321 ? 9 : Math.sin(i));
    const { x, y } = series.line();
    expect(x.length).toBeLessThanOrEqual(1002);
    expect(x[y.indexOf(9)]).toBe(654_321);
    expect(series.count).toBe(1_000_000);
  });

  test("leaves a gap where a value is not finite, and says where the first was", () => {
    const series = seriesOf([1, Number.NaN, 3, Infinity]);
    expect(series.line()).toEqual({ x: [0, 1, 2, 3], y: [1, Number.NaN, 3, Number.NaN] });
    expect(series.gap).toEqual({ x: 1, y: Number.NaN, from: { x: 0, y: 1 } });
  });

  test("an infinity at the end is a gap too: a line has no point there", () => {
    expect(seriesOf([1, Infinity]).line().y).toEqual([1, Number.NaN]);
  });

  test("remembers a short gap although its bucket has finite points", () => {
    const values = Array.from({ length: 3000 }, (_, i) => (i === 1500 ? Number.NaN : i));
    expect(seriesOf(values).gap).toMatchObject({ x: 1500, from: { x: 1499, y: 1499 } });
  });

  test("on a logarithmic axis early points have as much room as late ones", () => {
    const series = new Series(true);
    for (let i = 1; i <= 100_000; i++) series.push(i, i === 7 ? -1 : Math.cos(i));
    const { x, y } = series.line();
    expect(x.length).toBeLessThan(5 * 2 * 80);
    expect(x.slice(0, 10)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(x[y.indexOf(-1)]).toBe(7);
    expect(x.at(-1)).toBe(100_000);
  });

  test("gives fewer points when asked, with the same ends and peaks", () => {
    const values = Array.from({ length: 1000 }, (_, i) => (i === 321 ? 9 : Math.sin(i)));
    const series = seriesOf(values);
    const { x, y } = series.line(60);
    expect(x.length).toBeLessThanOrEqual(2 * 60 + 2);
    expect([x[0], x.at(-1), x[y.indexOf(9)]]).toEqual([0, 999, 321]);
    expect(series.line().x.length, "the series itself stays as fine").toBeGreaterThan(500);
  });

  test("smooths as a debiased running mean", () => {
    // mean_1 = 2; mean_2 = (0.25 * 2 + 0.5 * 4) / 0.75
    const { y } = seriesOf([2, 4]).smoothed(0.5);
    expect(y[0]).toBeCloseTo(2, 12);
    expect(y[1]).toBeCloseTo(10 / 3, 12);
  });

  test("smooths a constant to itself, however long", () => {
    const { y } = seriesOf(Array.from({ length: 2500 }, () => 0.7)).smoothed(0.9);
    for (const value of y) expect(value).toBeCloseTo(0.7, 9);
  });
});
