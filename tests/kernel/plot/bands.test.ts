import { describe, expect, test } from "vitest";
import { bandOf, bandTrace } from "../../../kernel/plot/bands.ts";

const steps = [0, 1, 2];

describe("bandOf()", () => {
  test("has the mean of the runs, the lowest and the highest", () => {
    const runs = [
      { x: steps, y: [4, 2, 0] },
      { x: steps, y: [2, 2, 3] },
      { x: steps, y: [3, 5, 0] },
    ];
    const { mean, low, high } = bandOf(runs);
    expect(mean).toEqual({ x: steps, y: [3, 3, 1] });
    expect(low).toEqual([2, 2, 0]);
    expect(high).toEqual([4, 5, 3]);
  });

  test("reaches one standard deviation to both sides, but not below the lowest", () => {
    // Deviation of 1 and 3 is 1; of 1, 1, 1, 9 it is sqrt(12), which leads below 1.
    expect(
      bandOf(
        [
          { x: [0], y: [1] },
          { x: [0], y: [3] },
        ],
        "std",
      ),
    ).toMatchObject({ low: [1], high: [3] });
    const four = [1, 1, 1, 9].map((y) => ({ x: [0], y: [y] }));
    const { mean, low, high } = bandOf(four, "std");
    expect([mean.y[0], low[0]]).toEqual([3, 1]);
    expect(high[0]).toBeCloseTo(3 + Math.sqrt(12), 12);
  });

  test("reads runs between their points, and leaves shorter ones out where they end", () => {
    const { mean } = bandOf([
      { x: [0, 2, 4], y: [0, 2, 4] },
      { x: [0, 3], y: [6, 0] },
    ]);
    expect(mean).toEqual({ x: [0, 2, 4], y: [3, 2, 4] });
  });

  test("has a gap where every run broke off", () => {
    const { mean } = bandOf([{ x: steps, y: [1, Number.NaN, 1] }]);
    expect(mean.y).toEqual([1, Number.NaN, 1]);
  });
});

test("a band is one outline, there above and back below, in its colour's shade", () => {
  const band = bandOf([
    { x: steps, y: [1, 2, 3] },
    { x: steps, y: [3, 2, 5] },
  ]);
  expect(bandTrace(band, "#1f6fb5")).toMatchObject({
    x: [0, 1, 2, 2, 1, 0],
    y: [3, 2, 5, 3, 2, 1],
    fill: "toself",
    fillcolor: "#1f6fb52e",
    hoverinfo: "skip",
  });
});
