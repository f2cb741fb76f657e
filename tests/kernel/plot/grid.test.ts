import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as plot from "../../../kernel/plot/index.ts";
import { FIGURE_PARTS_MIME } from "../../../kernel/protocol.ts";
import { installSurface, surface } from "../../../kernel/run/surface.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";
import { figureOf } from "./figure-of.ts";

let page: FakeSurface;
beforeEach(() => {
  page = installFakeSurface();
});
afterEach(() => page.remove());

const range = (place: number, axis: "xaxis" | "yaxis" = "yaxis") =>
  figureOf(page, place).layout[axis].range;
const columns = (place: number) => {
  const parts = page.displays[place]?.render()[FIGURE_PARTS_MIME] as plot.GridOptions | undefined;
  return parts?.columns;
};

describe("plot.grid", () => {
  test("stands figures of all kinds side by side and adds nothing of its own", () => {
    const all = [plot.line([1, 2]), plot.table([{ a: 1 }])];
    const grid = plot.grid(all);
    expect(page.displays.length).toBe(2);
    expect([columns(0), columns(1)]).toEqual([2, 2]);
    expect(page.displays.map(({ invalidated }) => invalidated)).toEqual([1, 1]);
    expect(String(grid)).toBe("<Grid: 2 figures, 2 in a row>");
  });

  test("takes three in a row where rows are full, and as many as it is told", () => {
    const lines = Array.from({ length: 6 }, () => plot.line([1, 2]));
    expect(plot.grid(lines).columns).toBe(3);
    expect(plot.grid(lines.slice(0, 4)).columns).toBe(2);
    expect(plot.grid(lines, { columns: 6 }).columns).toBe(6);
  });

  test("keeps what a figure has besides: its controls and notes", () => {
    plot.grid([plot.live(), plot.live()]);
    expect(figureOf(page, 0).parts?.controls.map(({ label }) => label)).toEqual([
      "Smooth",
      "Pin",
      "Clear",
    ]);
  });

  test("axes that are shared reach as far in all figures, also later", () => {
    const low = plot.line([0, 1], { range: [0, 1] });
    const high = plot.line([0, 1, 2], { range: [-3, 5] });
    plot.grid([low, high], { share: "xy" });
    range(0);
    range(1);
    expect([range(0), range(1)]).toEqual([
      [-3, 5],
      [-3, 5],
    ]);
    expect(range(0, "xaxis")).toEqual(range(1, "xaxis"));
    const before = page.displays[1]?.invalidated ?? 0;
    low.update([0, 1, 2, 3]);
    range(0);
    expect(page.displays[1]?.invalidated).toBeGreaterThan(before);
    expect(range(1, "xaxis")).toEqual([0, 3]);
  });

  test("draws what its figures drew first, though their tensors are gone by then", () => {
    const before = surface();
    // A kernel draws a figure once where it is made.
    installSurface({
      ...before,
      show(render, rewindable) {
        render();
        return before.show(render, rewindable);
      },
    });
    const matrix = { shape: [1, 2], data: Float32Array.from([1, 2]) };
    const heat = plot.heatmap(matrix);
    plot.grid([heat, plot.line([1, 2])]);
    matrix.data.fill(Number.NaN);
    expect(figureOf(page, 0).data[0]?.z).toEqual([[1, 2]]);
    heat.update();
    expect(figureOf(page, 0).data[0]?.z).toEqual([[null, null]]);
  });

  test("update() draws all again", () => {
    let k = 1;
    const grid = plot.grid([plot.line([0, 1], (x) => k * x), plot.line([0, 1], (x) => -k * x)]);
    k = 5;
    grid.update();
    expect(page.displays.map(({ invalidated }) => invalidated)).toEqual([2, 2]);
    expect(figureOf(page, 1).data[0]?.y.at(-1)).toBe(-5);
  });

  test.each<[string, unknown, plot.GridOptions, string]>([
    [
      "no list",
      plot.line,
      {},
      "a function - wanted a list of figures, such as [plot.line([1, 2])]",
    ],
    ["what is no figure", [3], {}, "a number at place 0 - wanted a list of figures"],
    ["no figures", [], {}, "an empty list - wanted figures"],
    ["seven columns", [], { columns: 7 }, "columns is 7 - wanted a number from 1 to 6"],
    ["an axis", [], { share: "z" as "x" }, 'share "z" - wanted "x", "y" or "xy"'],
    ["an option", [], { rows: 2 } as never, 'option "rows" - wanted columns, share'],
  ])("refuses %s", (_, figures, options, message) => {
    expect(() => plot.grid(figures as never, options)).toThrow(`plot.grid: ${message}`);
  });
});
