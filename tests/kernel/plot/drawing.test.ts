import { afterEach, beforeEach, expect, test } from "vitest";
import * as plot from "../../../kernel/plot/index.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";
import { figureOf } from "./figure-of.ts";

let page: FakeSurface;
beforeEach(() => {
  page = installFakeSurface();
});
afterEach(() => page.remove());

test("plot.drawing() asks its function at each drawing, and says its words", () => {
  let high = 1;
  const bar = plot.drawing(() => ({
    data: [{ type: "bar", x: ["a"], y: [high] }],
    layout: { height: 200 },
    words: `a bar, ${high} high`,
  }));
  expect(figureOf(page).words).toBe("<Figure: a bar, 1 high>");
  high = 4;
  bar.update();
  expect(page.displays[0]?.invalidated).toBe(1);
  expect(figureOf(page).data[0]?.y).toEqual([4]);
});

test("plot.drawing() says what a drawing must have", () => {
  // @ts-expect-error -- cells run unchecked
  expect(() => plot.drawing({ data: [] })).toThrow(
    "plot.drawing: an object - wanted a function that gives { data, layout, words }",
  );
  // @ts-expect-error -- cells run unchecked
  expect(() => plot.drawing(() => ({ data: [] })).toJSON()).toThrow(
    "plot.drawing: the function gave something else - wanted { data: [...], layout: {...}, words }",
  );
});
