import { describe, expect, test } from "vitest";
import { fitNames } from "../../../app/outputs/figure-names.ts";

/** On a phone; the drawing itself is 248 px wide. */
const PHONE = 328;
const letters = [..."abcdefghijklmnopqrstuvwxyz."];
const fitted = (names: readonly string[], widthPx: number) =>
  fitNames({ data: [{ type: "bar", x: names }], layout: { xaxis: { type: "category" } } }, widthPx)[
    "xaxis"
  ];

describe("fitNames()", () => {
  test("writes all 27 letters side by side, smaller on a phone", () => {
    expect(fitted(letters, 752)).toMatchObject({ dtick: 1, tickangle: 0, tickfont: { size: 12 } });
    expect(fitted(letters, PHONE)).toMatchObject({
      dtick: 1,
      tickangle: 0,
      tickfont: { size: 10 },
    });
  });

  test("turns names that are too long for that upright", () => {
    const months = ["January", "February", "March", "April", "May", "June", "July", "August"];
    expect(fitted(months, 752)).toMatchObject({ dtick: 1, tickangle: 0 });
    expect(fitted(months, PHONE)).toMatchObject({ dtick: 1, tickangle: -90 });
  });

  test("leaves out names that have no room upright, and numbers by round steps", () => {
    const names = Array.from({ length: 60 }, (_, i) => `word ${i}`);
    expect(fitted(names, PHONE)).toMatchObject({ dtick: 3, tickangle: -90 });
    const numbers = Array.from({ length: 1000 }, (_, i) => String(i));
    expect(fitted(numbers, 752)).toMatchObject({ dtick: 50, tickangle: 0 });
  });

  test("counts the names of the first axis alone, and the room that it takes", () => {
    const figure = {
      data: [
        { type: "heatmap", x: ["one", "two", "three", "four"] },
        { type: "heatmap", xaxis: "x2", x: Array.from({ length: 60 }, (_, i) => i) },
      ],
      layout: { xaxis: { type: "category", domain: [0, 0.6] }, xaxis2: { domain: [0.66, 1] } },
    };
    expect(fitNames(figure, 752)["xaxis"]).toMatchObject({ dtick: 1, tickangle: 0 });
    const long = figure.data.map((trace, i) =>
      i === 0 ? { ...trace, x: trace.x.map((name) => `${name} ${"x".repeat(16)}`) } : trace,
    );
    expect(fitNames({ ...figure, data: long }, 752)["xaxis"]).toMatchObject({ tickangle: -90 });
  });

  test("leaves axes alone that have no names, and figures that are nowhere yet", () => {
    const linear = { data: [{ x: [1, 2] }], layout: { xaxis: { range: [0, 1] } } };
    expect(fitNames(linear, PHONE)).toBe(linear.layout);
    const early = { data: [{ x: letters }], layout: { xaxis: { type: "category" } } };
    expect(fitNames(early, 0)).toBe(early.layout);
  });

  test("counts a name that several traces share once", () => {
    const trace = { type: "bar", x: ["train", "test"] };
    const layout = { xaxis: { type: "category" } };
    expect(fitNames({ data: [trace, trace], layout }, 200)["xaxis"]).toMatchObject({
      tickfont: { size: 12 },
    });
  });
});
