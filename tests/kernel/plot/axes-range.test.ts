/** Axes whose ends the author names: of x, of y, of both. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as plot from "../../../kernel/plot/index.ts";
import { FIGURE_MIME } from "../../../kernel/protocol.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";

let page: FakeSurface;
beforeEach(() => {
  page = installFakeSurface();
});
afterEach(() => page.remove());

interface Drawn {
  readonly data: readonly { readonly x: readonly number[]; readonly y: readonly number[] }[];
  readonly layout: {
    readonly xaxis: { readonly range: readonly number[] };
    readonly yaxis: { readonly range: readonly number[] };
    readonly annotations: readonly { readonly text: string }[];
  };
}
const drawn = () => page.displays.at(-1)?.render()[FIGURE_MIME] as Drawn;
const ends = () => [drawn().layout.xaxis.range, drawn().layout.yaxis.range];

describe("range", () => {
  test("of two numbers is that of y", () => {
    plot.line([0, 10], [1, 2], { range: [0, 5] });
    expect(ends()).toEqual([
      [0, 10],
      [0, 5],
    ]);
  });

  test("of two spans is that of both axes, in points too", () => {
    const range = [
      [-2, 2],
      [0, 5],
    ] as const;
    plot.line([0, 10], [1, 2], { range });
    expect(ends()).toEqual(range);
    plot.scatter({ x: [0, 10], y: [1, 2] }, { range });
    expect(ends()).toEqual(range);
  });

  test("of x alone has y follow what is shown of the lines", () => {
    plot.line([0, 1, 2, 3], [5, 6, 7, 100], { range: [[0, 2], null] });
    const [x = [], y = []] = ends();
    expect(x).toEqual([0, 2]);
    expect(y[1]).toBeCloseTo(7.1, 6);
  });

  test("of x is what functions are drawn over, and needs no x beside them", () => {
    plot.line(Math.sin, { range: [[-6, 6], null] });
    const { x = [] } = drawn().data[0] ?? {};
    expect([x[0], x.at(-1)]).toEqual([-6, 6]);
    plot.scatter({ x: [1, 2], y: [1, 2] }, { line: (at) => at, range: [[0, 4], null] });
    expect(drawn().data[1]?.x.at(-1)).toBe(4);
  });

  test("shows the words of marks that lie within it, and names lines where they leave it", () => {
    const marks = [{ x: 20, label: "goal" }];
    plot.line([0, 10], { model: [1, 2] }, { marks });
    expect(drawn().layout.annotations.map(({ text }) => text)).toEqual(["model"]);
    plot.line([0, 10], { model: [1, 2] }, { marks, range: [[0, 30], null] });
    expect(drawn().layout.annotations.map(({ text }) => text)).toEqual(["model", "goal"]);
    plot.line([0, 5, 10], { model: [1, 2, 3] }, { range: [[0, 5], null] });
    expect(drawn().layout.annotations[0]).toMatchObject({ text: "model", x: 5 });
  });

  test("is refused where it is none", () => {
    const wrong = (range: unknown, log: plot.LineOptions["log"] = false) =>
      plot.line([1, 2], { range: range as [number, number], log });
    const wanted =
      "- wanted the lowest and the highest y, as [0, 1], or those of both axes, as [[-3, 3], [0, 1]]";
    for (const range of [[1, 0], [1], "all", [[0, 1], 3], [[2, 1], null]])
      expect(() => wrong(range)).toThrow(`plot.line: range ${JSON.stringify(range)} ${wanted}`);
    expect(() => wrong([[0, 1], null], "x")).toThrow(
      "plot.line: range of x from 0 on a logarithmic axis - wanted numbers above 0",
    );
  });

  test("is asked for where a function has no x", () => {
    plot.line(Math.sin);
    expect(drawn).toThrow(
      "plot.line: a function and no x to draw it over - wanted x, or its range",
    );
  });
});
