/** Figures that were given nothing that can be drawn say so in their middle, and others do not. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as plot from "../../../kernel/plot/index.ts";
import { tensor, zeros } from "../../../kernel/tensor/index.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";
import { figureOf } from "./figure-of.ts";

let page: FakeSurface;
beforeEach(() => {
  page = installFakeSurface();
});
afterEach(() => page.remove());

/** What stands in the middle of the newest figure. */
const middle = () =>
  figureOf(page)
    .layout.annotations?.map(({ text }) => text)
    .filter((text) => /draw|logarithmic/.test(text));

describe("a figure in which nothing can be drawn says so", () => {
  const none = ["no numbers to draw"];
  const below = ["a logarithmic axis has no place for numbers of 0 and below"];
  const cases: readonly [string, readonly string[], () => unknown][] = [
    ["a line of no points", none, () => plot.line([])],
    ["a line of NaN", none, () => plot.line([NaN, Infinity, NaN])],
    ["a line below 0 on a log axis", below, () => plot.line([-1, 0, -3], { log: true })],
    ["points below 0 on a log x axis", below, () => plot.scatter([[-1, 2]], { log: "x" })],
    ["points without an x", none, () => plot.scatter({ x: [NaN], y: [1] })],
    ["no bars", none, () => plot.bars([])],
    ["a matrix of NaN", none, () => plot.heatmap(tensor([[NaN, NaN]]))],
    ["a matrix without rows", none, () => plot.heatmap(zeros([0, 3]))],
    ["an empty picture", none, () => plot.image(zeros([0, 3]))],
    ["a live curve before its first push", none, () => plot.live()],
    ["a live curve of zeros on a log axis", below, () => plot.live({ log: true }).push({ a: 0 })],
    ["a surface without heights", none, () => plot.surface(() => NaN, { range: [0, 1] })],
    ["a function without values", none, () => plot.contour(() => NaN, { range: [0, 1] })],
  ];
  test.each(cases)("%s", (_, words, make) => {
    make();
    expect(middle()).toEqual(words);
  });
});

test("a surface without heights has no scene, at which plotly would fail", () => {
  plot.surface(() => NaN, { range: [0, 1] });
  const { data, layout } = figureOf(page);
  expect(data).toEqual([]);
  expect(layout).not.toHaveProperty("scene");
});

describe("a figure in which something is drawn says nothing of the kind", () => {
  const cases: readonly [string, () => unknown][] = [
    ["a line with one number", () => plot.line([NaN, 3])],
    ["a line with one number above 0", () => plot.line([-1, 2], { log: "y" })],
    ["zero on an axis that is not logarithmic", () => plot.line([0])],
    ["a matrix of zeros", () => plot.heatmap(zeros([2, 2]))],
    ["a tree of areas", () => plot.treemap({ a: 1 })],
    ["a live curve with one point", () => plot.live().push({ a: 1 })],
    ["a drawing of shapes", () => plot.drawing(() => ({ data: [], layout: {}, words: "a box" }))],
    ["a surface", () => plot.surface((x) => x, { range: [0, 1] })],
    ["pictures in colour", () => plot.image(zeros([3, 2, 2]))],
    ["rows as points", () => plot.embedding(tensor([[1, 2], [3, 5], [0, 1]]))], // prettier-ignore
  ];
  test.each(cases)("%s", (_, make) => {
    make();
    expect(middle() ?? []).toEqual([]);
  });
});
