import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as plot from "../../../kernel/plot/index.ts";
import { Thinned } from "../../../kernel/plot/thinned.ts";
import { type Tensor, tensor } from "../../../kernel/tensor/index.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";
import { figureOf } from "./figure-of.ts";

let page: FakeSurface;
beforeEach(() => {
  page = installFakeSurface();
});
afterEach(() => page.remove());

const range = [
  [-10, 4],
  [-3, 3],
] as const;
const valley = (x: number, y: number) => x ** 2 / 2 + 4 * y ** 2;

describe("plot.contour", () => {
  test("draws the function's value at each of its places", () => {
    plot.contour(valley, { range, x: "along", y: "across", z: "error" });
    const { x, y, z, type } = figureOf(page).trace("error");
    expect([type, x.length, y.length]).toEqual(["contour", 65, 49]);
    expect([x[0], x.at(-1), y[0], y.at(-1)]).toEqual([-10, 4, -3, 3]);
    z.forEach((row, j) =>
      row.forEach((height, i) => {
        const exact = valley(x[i] ?? NaN, y[j] ?? NaN);
        expect(Math.abs((height ?? NaN) - exact)).toBeLessThan(1e-4 * (1 + exact));
      }),
    );
  });

  test("gives the same map for numbers, tensors and 0-d tensors", () => {
    plot.contour(valley, { range });
    plot.contour((x: Tensor, y: Tensor) => x.square().div(2).add(y.square().mul(4)), { range });
    plot.contour((x: number, y: number) => tensor(valley(x, y)), { range });
    const [numbers, tensors, scalars] = [0, 1, 2].map((at) => figureOf(page, at).data[0]?.z);
    numbers?.forEach((row, j) =>
      row.forEach((height, i) => {
        expect(tensors?.[j]?.[i]).toBeCloseTo(height ?? NaN, 3);
        expect(scalars?.[j]?.[i]).toBeCloseTo(height ?? NaN, 3);
      }),
    );
  });

  test("draws logarithms, and writes the heights that they stand for", () => {
    plot.contour((x) => x, { range: [-1, 1000], log: true });
    const { z, x } = figureOf(page).data[0] ?? { z: [], x: [] };
    expect(z[0]?.[0], "no logarithm").toBeNull();
    expect(z[0]?.at(-1)).toBeCloseTo(3, 6);
    expect(z[0]?.[40]).toBeCloseTo(Math.log10(x[40] ?? NaN), 4);
    const { colorbar } = figureOf(page).data[0] as unknown as {
      colorbar: { tickvals: number[]; ticktext: string[] };
    };
    expect(colorbar.tickvals.at(-1)).toBe(3);
    expect(colorbar.ticktext.at(-1)).toBe("1,000");
  });

  test("draws paths in colours and shapes of their own, with what has left the map left out", () => {
    const map = plot.contour(valley, { range });
    map.path("SGD").push(1, 2);
    map.path("SGD").push([2, 1]);
    map.path("SGD").push(tensor([1e9, 0]));
    map.path("Adam").push(tensor(3), 3);
    const { trace, layout, words } = figureOf(page);
    expect(trace("SGD").x).toEqual([1, 2, null]);
    expect(trace("SGD").y).toEqual([2, 1, 0]);
    expect(trace("Adam").x).toEqual([3]);
    expect(trace("SGD").line.color).not.toBe(trace("Adam").line.color);
    expect(layout.annotations.map(({ text }) => text).join()).toMatch(/● SGD.*■ Adam/);
    expect(words).toContain("SGD: 3 places, now at (1e9, 0); Adam: 1 places, now at (3, 3)");
    map.path("SGD").clear();
    expect(map.path("SGD").length).toBe(0);
    expect(figureOf(page).data.map(({ name }) => name)).toEqual(["height", "Adam"]);
  });

  test("asks the function once for many drawings, and anew at update()", () => {
    let asked = 0;
    let bend = 1;
    const map = plot.contour(
      (x, y) => {
        asked += 1;
        return bend * (x + y);
      },
      { range: [0, 1] },
    );
    const highest = () => figureOf(page).data[0]?.z.at(-1)?.at(-1);
    expect(highest()).toBe(2);
    for (let step = 0; step < 50; step++) {
      map.path().push(0, 0);
      figureOf(page);
    }
    expect(asked).toBeLessThan(2 * 65 * 49);
    bend = 3;
    map.update();
    expect(highest()).toBe(6);
  });

  test("tells where it is lowest, in words", () => {
    plot.contour((x, y) => (x - 1) ** 2 + y ** 2 + 7, { range: [-2, 2], z: "loss" });
    expect(figureOf(page).words).toBe(
      "<Figure: loss over x −2 to 2 and y −2 to 2; from 7 near (1, 0) to 20>",
    );
  });

  test("marks places, and the start where it was asked for", () => {
    const marks = [{ x: 0, y: 0, label: "lowest" }];
    const map = plot.contour(valley, { range, start: [-9, 2], marks });
    expect(map.start.value).toEqual([-9, 2]);
    const { trace, parts } = figureOf(page);
    expect([trace("start").x, trace("start").y]).toEqual([[-9], [2]]);
    expect(trace("lowest").x).toEqual([0]);
    expect(parts?.point).toMatchObject({
      x: { label: "start x", min: -10, max: 4, step: 0.05, value: -9 },
      y: { label: "start y", min: -3, max: 3, step: 0.02, value: 2 },
    });
    expect(plot.contour(valley, { range }).start.value, "the middle").toEqual([-3, 0]);
  });

  test("leaves a gap where the function gives NaN", () => {
    plot.contour((x, y) => (Math.hypot(x, y) < 0.5 ? x : NaN));
    const { z } = figureOf(page).data[0] ?? { z: [] };
    expect([z[0]?.[0], z[24]?.[32]]).toEqual([null, 0]);
  });

  test("refuses what it cannot draw, with what was wanted", () => {
    // @ts-expect-error -- cells run unchecked
    expect(() => plot.contour(7)).toThrow("plot.contour: a number - wanted a function");
    expect(() => plot.contour(valley, { start: [20, 0], range })).toThrow(
      "plot.contour: a start at x = 20 - wanted one that is shown, from -10 to 4",
    );
    expect(() => plot.contour(valley, { start: [1], range })).toThrow("the start is no place");
    expect(() => plot.contour(valley, { heights: [0, 1], log: true })).toThrow(
      "plot.contour: heights from 0 to 1 - wanted the lower first, above 0",
    );
    expect(() => plot.contour(valley).path().push([1, 2, 3])).toThrow(
      "plot.contour: a place of 3 numbers - wanted 2",
    );
    const unsure = (x: Tensor, y: Tensor) => (x.numel() > 2 ? x.sum() : x.add(y));
    expect(() => plot.contour(unsure).toJSON()).toThrow(
      "plot.contour: the function gives [] for tensors of [3185] - wanted one number a place",
    );
    const broken = () => {
      throw new RangeError("no such place");
    };
    expect(() => plot.contour(broken).toJSON()).toThrow("no such place");
    expect(() => plot.contour(() => "high" as unknown as number).toJSON()).toThrow(
      "plot.contour: the value of the function must be a number or a 0-d tensor, got string",
    );
  });
});

describe("plot.surface", () => {
  test("draws heights in space, and a path just above them", () => {
    const map = plot.surface(valley, { range, z: "error", start: [-9, 2] });
    map.path("walk").push(-2, 1);
    const { trace, parts } = figureOf(page);
    expect(trace("error").type).toBe("surface");
    expect(trace("error").z[0]?.[0]).toBe(valley(-10, -3));
    const walked = trace("walk") as unknown as { type: string; z: number[] };
    expect(walked.type).toBe("scatter3d");
    const lifted = (walked.z[0] ?? NaN) - valley(-2, 1);
    expect(lifted, "by a hundredth of all heights").toBeGreaterThan(0.5);
    expect(lifted).toBeLessThan(1.2);
    expect(parts?.controls.map(({ label }) => label)).toEqual(["start x", "start y"]);
    expect(parts?.point).toBeUndefined();
  });
});

describe("Thinned", () => {
  test("keeps evenly chosen entries of very many, the first and the newest among them", () => {
    const row = new Thinned<number>(10);
    for (let i = 0; i < 1000; i++) {
      row.push(i);
      expect(row.entries.at(-1)).toBe(i);
      expect(row.entries.length).toBeLessThanOrEqual(11);
    }
    const gaps = row.entries.slice(1, -1).map((entry, i) => entry - (row.entries[i] ?? NaN));
    expect(new Set(gaps).size, "evenly").toBe(1);
    expect([row.entries[0], row.length]).toEqual([0, 1000]);
  });
});
