import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as plot from "../../../kernel/plot/index.ts";
import { tensor } from "../../../kernel/tensor/index.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";
import { figureOf } from "./figure-of.ts";

let page: FakeSurface;
beforeEach(() => {
  page = installFakeSurface();
});
afterEach(() => page.remove());

describe("plot.sweep", () => {
  test("draws the mean of the seeds of each setting, in order, and a band around it", () => {
    const sweep = plot.sweep({ x: "lr", y: "loss", log: "x" });
    for (const lr of [1, 0.01, 0.1])
      for (const seed of [1, 2, 3]) sweep.push({ lr, seed, loss: tensor(lr + seed) });
    const { trace, data, layout } = figureOf(page);
    expect(trace("loss").x).toEqual([0.01, 0.1, 1]);
    expect(trace("loss").y).toEqual([2.01, 2.1, 3]);
    expect(layout.xaxis.type).toBe("log");
    const band = data[0];
    // Along the highest to the right, and along the lowest back.
    expect(band?.y).toEqual([3.01, 3.1, 4, 2, 1.1, 1.01]);
  });

  test("draws a second setting as a line for each of its values, named and told apart by shape", () => {
    const sweep = plot.sweep({ x: "lr", y: "accuracy", by: "width" });
    for (const width of [32, 8])
      for (const lr of [0.1, 0.2]) sweep.push({ width, lr, accuracy: lr * width });
    const { trace, data, layout } = figureOf(page);
    expect(
      data.map(({ name }) => name),
      "no band of one seed",
    ).toEqual(["width 8", "width 32"]);
    expect(trace("width 32").y).toEqual([3.2, 6.4]);
    expect(trace("width 8").marker.symbol).not.toBe(trace("width 32").marker.symbol);
    expect(layout.annotations.map(({ text }) => text)).toContain("width 32");
  });

  test("draws two settings as a map of means, with its numbers", () => {
    const sweep = plot.sweep({ x: "lr", y: "loss", by: "depth", form: "map" });
    sweep.push({ lr: 0.1, depth: 1, loss: 4 });
    sweep.push({ lr: 0.1, depth: 1, loss: 2 });
    sweep.push({ lr: 0.2, depth: 2, loss: 1 });
    const { z, text } = figureOf(page).trace("loss");
    expect(z).toEqual([
      [3, null],
      [null, 1],
    ]);
    expect(text[0]).toEqual(["3", ""]);
  });

  test("keeps the order in which texts came, and gives each a place", () => {
    const sweep = plot.sweep({ x: "optimiser", y: "loss" });
    for (const optimiser of ["SGD", "Adam"]) sweep.push({ optimiser, loss: optimiser.length });
    const { trace, layout } = figureOf(page);
    expect(trace("loss").x).toEqual([0, 1]);
    expect(layout.xaxis).toMatchObject({ ticktext: ["SGD", "Adam"] });
  });

  test("draws a standard deviation where that is asked for", () => {
    const sweep = plot.sweep({ x: "lr", y: "loss", band: "std" });
    for (const loss of [1, 2, 6]) sweep.push({ lr: 1, loss });
    const deviation = Math.sqrt((4 + 1 + 9) / 3);
    expect(figureOf(page).data[0]?.y[0]).toBeCloseTo(3 + deviation, 4);
    expect(figureOf(page).data[0]?.y[1], "never below the least").toBe(1);
  });

  test("tells the highest and the lowest, with their settings", () => {
    const sweep = plot.sweep({ x: "lr", y: "accuracy", by: "optimiser" });
    expect(String(sweep)).toBe("<Figure: accuracy over lr and optimiser, nothing yet>");
    sweep.push({ lr: 0.1, optimiser: "SGD", accuracy: 0.5 });
    sweep.push({ lr: 0.2, optimiser: "Adam", accuracy: 0.75 });
    expect(String(sweep)).toBe(
      "<Figure: accuracy over lr and optimiser, 2 settings; " +
        "highest 0.75 at lr 0.2, optimiser Adam; lowest 0.5 at lr 0.1, optimiser SGD>",
    );
  });

  test("leaves out a metric that became no number", () => {
    const sweep = plot.sweep({ x: "lr", y: "loss" });
    sweep.push({ lr: 1, loss: 2 });
    sweep.push({ lr: 10, loss: NaN });
    sweep.push({ lr: 1, loss: NaN });
    expect(figureOf(page).trace("loss").y).toEqual([2, null]);
  });

  test("refuses rows and options that say too little, with what was wanted", () => {
    const sweep = plot.sweep({ x: "lr", y: "loss" });
    expect(() => sweep.push({ rate: 1, loss: 2 })).toThrow(
      'plot.sweep: no "lr" in a row of rate, loss - wanted a number or a text',
    );
    expect(() => sweep.push({ lr: 1 })).toThrow('plot.sweep: no "loss" in a row of lr');
    expect(() => sweep.push({ lr: 1, loss: "low" })).toThrow('"loss" must be a number');
    expect(() => plot.sweep({ x: "lr", y: "loss", form: "map" })).toThrow(
      "plot.sweep: a map of one setting - wanted a second one as by",
    );
    // @ts-expect-error -- cells run unchecked
    expect(() => plot.sweep({ x: "lr" })).toThrow("wanted the name of a metric");
  });
});
