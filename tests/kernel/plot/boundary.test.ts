import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as plot from "../../../kernel/plot/index.ts";
import { classColor } from "../../../kernel/plot/palette.ts";
import {
  isGradEnabled,
  manualSeed,
  nn,
  type Tensor,
  tensor,
} from "../../../kernel/tensor/index.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";
import { figureOf } from "./figure-of.ts";

let page: FakeSurface;
beforeEach(() => {
  page = installFakeSurface();
});
afterEach(() => page.remove());

const points = {
  x: [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ],
  y: [0, 0, 1, 1],
  classes: ["low", "high"],
};
/** Scores of two classes that are equal where y is one half of x plus 0.25. */
const tilted = (places: Tensor) => {
  const [x, y] = [places.narrow(1, 0, 1), places.narrow(1, 1, 1)];
  return x
    .mul(0.5)
    .add(0.25)
    .sub(y)
    .mul(tensor([[4, -4]]));
};

describe("plot.boundary", () => {
  test("draws the border where two scores are equal", () => {
    plot.boundary(tilted, points);
    const { x, y } = figureOf(page).trace("border");
    expect(x.length).toBeGreaterThan(60);
    x.forEach((at, i) => {
      if (at !== null) expect(y[i]).toBeCloseTo(0.5 * at + 0.25, 4);
    });
  });

  test("shades a place by softmax, blue below the border and orange above it", () => {
    plot.boundary(tilted, points, { range: [0, 1] });
    const { z, x, y, colorscale } = figureOf(page).trace("regions");
    expect([z.length, z[0]?.length]).toEqual([41, 65]);
    for (const [row, column] of [
      [0, 0],
      [40, 64],
      [7, 50],
    ] as const) {
      const lead = 4 * ((y[row] ?? 0) - 0.5 * (x[column] ?? 0) - 0.25);
      const share = 1 / (1 + Math.exp(-2 * lead));
      // Between no preference, 0, and certainty, 1 or -1.
      expect(z[row]?.[column]).toBeCloseTo(2 * share - 1, 4);
    }
    expect(colorscale[0]?.[1]).toContain(classColor(0));
    expect(colorscale.at(-1)?.[1]).toContain(classColor(1));
  });

  test("draws each class in its own colour and shape, by its name", () => {
    plot.boundary(tilted, points);
    const { trace, layout } = figureOf(page);
    expect(trace("low").marker).toMatchObject({ symbol: "circle", color: classColor(0) });
    expect(trace("high").marker).toMatchObject({ symbol: "square", color: classColor(1) });
    expect(trace("high").x).toEqual([0, 1]);
    expect(layout.annotations.at(-1)?.text).toMatch(/● low.*■ high/);
  });

  test("asks the model anew at each drawing, once a frame, and teaches it nothing", () => {
    manualSeed(1);
    const seen: unknown[] = [];
    class Net extends nn.Module {
      drop = nn.Dropout(0.5);
      out = nn.Linear(2, 2);
      forward(x: Tensor) {
        seen.push([this.training, isGradEnabled(), x.shape[0]]);
        return this.out(this.drop(x));
      }
    }
    const net = new Net();
    const picture = plot.boundary(net, points);
    for (let step = 0; step < 100; step++) picture.update();
    expect(page.displays[0]?.invalidated).toBe(100);
    expect(seen).toEqual([]);
    figureOf(page);
    expect(seen).toEqual([[false, false, 65 * 41 + 4]]);
    expect([net.training, net.drop.training]).toEqual([true, true]);
    expect(net.parameters().every(({ grad }) => grad === null)).toBe(true);
  });

  test("draws many classes as regions of one colour each, whose borders meet", () => {
    // The class of the nearest of three corners.
    const corners = [
      [0, 0],
      [1, 0],
      [0.5, 1],
    ];
    const nearest = (places: Tensor) =>
      places.unsqueeze(1).sub(tensor(corners)).square().sum(2).neg();
    plot.boundary(nearest, { x: corners, y: [0, 1, 2] }, { range: [-0.5, 1.5] });
    const { trace, words } = figureOf(page);
    const { z, x, y } = trace("regions");
    z.forEach((row, j) =>
      row.forEach((value, i) => {
        const far = corners.map(([a = 0, b = 0]) => Math.hypot((x[i] ?? 0) - a, (y[j] ?? 0) - b));
        const best = far.indexOf(Math.min(...far));
        const [first = 0, second = 0] = far.toSorted((a, b) => a - b);
        if (second - first > 1e-5) expect(Math.floor(value ?? NaN)).toBe(best);
      }),
    );
    const border = trace("border");
    border.x.forEach((at, i) => {
      const up = border.y[i] ?? null;
      if (at === null || up === null) return;
      const far = corners.map(([a = 0, b = 0]) => Math.hypot(at - a, up - b));
      const [first = 0, second = 0] = far.toSorted((a, b) => a - b);
      expect(second - first, "as far from the nearest as from the next").toBeLessThan(0.02);
    });
    expect(words).toContain("regions of 3 classes");
    expect(words).toContain("3 points, 100 % on their side");
  });

  test("parts one score at 0, or at a threshold", () => {
    const one = (places: Tensor) => places.narrow(1, 0, 1);
    plot.boundary(one, null, { range: [-1, 1] });
    expect(figureOf(page).trace("border").x[0]).toBeCloseTo(0, 6);
    const half = { value: 0.5 };
    plot.boundary(one, null, { range: [-1, 1], threshold: half });
    expect(figureOf(page).trace("border").x[0]).toBeCloseTo(0.5, 6);
    half.value = 0.75;
    expect(figureOf(page).trace("border").x[0], "a live number").toBeCloseTo(0.75, 6);
  });

  test("says that scores from 0 to 1 may be probabilities", () => {
    plot.boundary((places) => places.narrow(1, 0, 1).sigmoid(), null, { range: [-1, 1] });
    expect(figureOf(page).parts?.notes).toEqual([
      "Every score lies between 0 and 1. If they are probabilities, say threshold: 0.5.",
    ]);
    plot.boundary((places) => places.narrow(1, 0, 1), null, { range: [-1, 1] });
    expect(figureOf(page).parts?.notes).toEqual([]);
  });

  test("tells how many points lie on their side, and draws test points hollow", () => {
    const test = { x: [[0.5, 0.1]], y: [1] };
    plot.boundary(tilted, points, { test, title: () => "as it is" });
    const { words, trace } = figureOf(page);
    expect(words).toBe(
      "<Figure: as it is: regions of 2 classes over −0.08 to 1.08 and −0.08 to 1.08; " +
        "4 points, 100 % on their side; 1 test points, 0 % on their side>",
    );
    expect(trace("high, test").marker.symbol).toBe("square-open");
  });

  test("names the axes as the data does, and draws 400 of very many points", () => {
    const two = { ...points, features: ["length", "width"] };
    plot.boundary(
      (places) =>
        places.matmul(
          tensor([
            [1, 0, -1],
            [0, 1, 0],
          ]),
        ),
      two,
    );
    expect(figureOf(page).layout.annotations[0]?.text).toBe("width");
    const many = Array.from({ length: 1000 }, (_, i) => [i, -i]);
    plot.boundary(tilted, { x: many, y: many.map(() => 1) });
    const { trace, parts } = figureOf(page);
    expect(trace("1").x).toHaveLength(400);
    expect(parts?.notes).toContain("400 of 1,000 points are drawn.");
  });

  test("refuses what it cannot draw, with what was wanted", () => {
    const three = { x: [[1, 2, 3]], y: [0] };
    expect(() => plot.boundary(tilted, three)).toThrow(
      "plot.boundary: points of 3 numbers - wanted 2, such as x.narrow(1, 0, 2)",
    );
    expect(() => plot.boundary(tilted, { ...points, y: [0, 1, 2, 1] }).toJSON()).toThrow(
      "plot.boundary: class 2 among the labels - the model tells 2 classes apart, 0 to 1",
    );
    expect(() => plot.boundary(tilted, null)).toThrow("no points and no range");
    expect(() => plot.boundary(tilted, points, { range: [1, 1] })).toThrow(
      "plot.boundary: a range from 1 to 1 - wanted two numbers, the lower first",
    );
    // @ts-expect-error -- cells run unchecked
    expect(() => plot.boundary(tilted, points, { range: 3 })).toThrow("is no pair of numbers");
    // @ts-expect-error -- cells run unchecked
    expect(() => plot.boundary(7, points)).toThrow("plot.boundary: a number - wanted a model");
    // @ts-expect-error -- cells run unchecked
    expect(() => plot.boundary(tilted, [1])).toThrow("for the data - wanted { x, y }");
    expect(() => plot.boundary(tilted, { ...points, y: [0] })).toThrow("1 labels for 4 points");
    expect(() => plot.boundary((places) => places.sum(), points).toJSON()).toThrow(
      "plot.boundary: the model gives [] for points of [2669, 2] - wanted one row of scores a point, [2669, classes] or [2669]",
    );
    // @ts-expect-error -- cells run unchecked
    expect(() => plot.boundary(() => 7, points).toJSON()).toThrow(
      "plot.boundary: the model gives a number - wanted a tensor of scores",
    );
  });
});
