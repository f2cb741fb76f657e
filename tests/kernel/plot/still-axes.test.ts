import { describe, expect, test } from "vitest";
import { StillAxes } from "../../../kernel/plot/still-axes.ts";

function points(columns: number, ...data: readonly number[]) {
  return { rows: data.length / columns, columns, data: Float64Array.from(data) };
}

describe("StillAxes", () => {
  test("leaves room around the first points", () => {
    const axes = new StillAxes();
    axes.hold(points(2, -1, 0, 1, 4));
    expect([axes.range(0), axes.range(1)]).toEqual([
      [-1.25, 1.25],
      [-0.5, 4.5],
    ]);
  });

  test("stands still while points stay inside, and moves when they leave or shrink", () => {
    const axes = new StillAxes();
    axes.hold(points(2, -1, -1, 1, 1));
    axes.hold(points(2, -0.8, -1.1, 1.1, 0.9));
    expect(axes.range(0)).toEqual([-1.25, 1.25]);
    axes.hold(points(2, -2, -1, 2, 1));
    expect(axes.range(0)).toEqual([-2.5, 2.5]);
    axes.hold(points(2, -0.5, -0.5, 0.5, 0.5));
    expect(axes.range(0)).toEqual([-0.625, 0.625]);
  });

  test("a unit is equally long along all axes in space", () => {
    const axes = new StillAxes();
    axes.hold(points(3, -1, 0, 0, 1, 0.1, 4));
    const length = (k: number) => axes.range(k)[1] - axes.range(k)[0];
    expect([length(0), length(1), length(2)]).toEqual([5, 5, 5]);
  });

  test("survives points that are not numbers", () => {
    const axes = new StillAxes();
    axes.hold(points(2, Number.NaN, Number.NaN));
    expect(axes.range(0)).toEqual([-1.25, 1.25]);
  });
});
