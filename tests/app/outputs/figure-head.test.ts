import { describe, expect, test } from "vitest";
import { fitHead } from "../../../app/outputs/figure-head.ts";

const above = (text: string, x: 0 | 1) => ({
  text,
  xref: "paper",
  yref: "paper",
  x,
  y: 1,
  xanchor: x === 0 ? "left" : "right",
  yanchor: "bottom",
  yshift: 6,
});
const names = ["setosa", "versicolor", "virginica"]
  .map((name) => `<span style="color:#123456">● ${name}</span>`)
  .join("&nbsp;&nbsp; ");

interface Note {
  readonly text: string;
  readonly x: number;
  readonly yshift: number;
}
const notesOf = (layout: Readonly<Record<string, unknown>>) => layout["annotations"] as Note[];

describe("fitHead()", () => {
  test("puts a legend beside the axis's name, where no button covers it", () => {
    const layout = { annotations: [above("petal width", 0), above(names, 1)], margin: { t: 36 } };
    const { layout: fitted, extraPx } = fitHead(layout, 700);
    const [words, legend] = notesOf(fitted);
    expect(words).toEqual(above("petal width", 0));
    expect(legend).toEqual({ ...above(names, 0), xshift: Math.round(11 * 6.3) + 16 });
    expect([extraPx, fitted["margin"]]).toEqual([0, { t: 36 }]);
  });

  test("leaves an axis's name alone that fits", () => {
    const layout = { annotations: [above("petal width", 0)] };
    expect(fitHead(layout, 328)).toEqual({ layout, extraPx: 0 });
  });

  test("puts the legend over the axis's name where they would meet, and makes room", () => {
    const layout = { annotations: [above("petal width in cm", 0), above(names, 1)] };
    const { layout: fitted, extraPx } = fitHead(layout, 328);
    const [words, legend] = notesOf(fitted);
    expect(words?.text).toBe("petal width in cm");
    expect(legend).toMatchObject({ x: 0, xanchor: "left", yshift: 6 + 16 });
    expect(extraPx).toBe(16);
    expect(fitted["margin"]).toEqual({ t: 36 + 16 });
  });

  test("breaks a legend between names, and words between words", () => {
    const layout = { annotations: [above("the share of all values in a bin", 0), above(names, 1)] };
    const { layout: fitted, extraPx } = fitHead(layout, 240);
    const [words, legend] = notesOf(fitted);
    expect(words?.text.split("<br>")).toEqual(["the share of all values", "in a bin"]);
    expect(legend?.text.split("<br>").map((line) => line.replaceAll(/<[^>]*>/g, ""))).toEqual([
      "● setosa&nbsp;&nbsp; ● versicolor",
      "● virginica",
    ]);
    expect(extraPx).toBe(3 * 16);
  });

  test("fits the title too", () => {
    const title = { text: "What a step of a thousandth does to the loss" };
    const layout = { title, annotations: [above("petal width in cm", 0), above(names, 1)] };
    expect(fitHead(layout, 328).extraPx).toBe(18 + 16);
  });

  test("leaves other notes alone, and a column without a width", () => {
    const layout = { annotations: [{ ...above("x".repeat(200), 0), y: 0.5 }] };
    expect(fitHead(layout, 328)).toEqual({ layout, extraPx: 0 });
    expect(fitHead({ annotations: [above("x ".repeat(200), 0)] }, 0).extraPx).toBe(0);
  });
});
