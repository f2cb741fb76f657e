/** Figures of more numbers than a page can draw: few are sent, and it is said. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as plot from "../../../kernel/plot/index.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";
import { figureOf } from "./figure-of.ts";

let page: FakeSurface;
beforeEach(() => {
  page = installFakeSurface();
});
afterEach(() => page.remove());

const drawn = () => figureOf(page);
const points = () => drawn().data.reduce((sum, { x }) => sum + x.length, 0);

describe("a million numbers", () => {
  const values = Float32Array.from({ length: 1_000_000 }, (_, i) => Math.sin(i / 1000));
  values[700_001] = 5;

  test("as a line are drawn in four thousand points, with the peak", () => {
    plot.line(values);
    const { data, words } = drawn();
    expect(data[0]?.x.length).toBeLessThanOrEqual(4000);
    expect(data[0]?.y).toContain(5);
    expect(words).toContain("1000000 points");
  });

  test("as points are evenly chosen, with those farthest out", () => {
    plot.scatter({ x: values.map((_, i) => i), y: values }, { color: values });
    const { data, parts, words } = drawn();
    expect(data[0]?.x.length).toBeLessThan(5010);
    expect(data[0]?.y).toContain(5);
    expect(parts?.notes).toEqual(["About 5,000 of 1,000,000 points are drawn, evenly chosen."]);
    expect(words).toContain("1000000 points");
  });

  test("as bars are the first thousand", () => {
    plot.bars(values);
    const { data, parts } = drawn();
    expect(data[0]?.x.length).toBe(1000);
    expect(parts?.notes).toEqual([
      "The first 1,000 of 1,000,000 bars are drawn: plot.line and plot.histogram draw all.",
    ]);
  });

  test("as a matrix are means of blocks", () => {
    plot.heatmap({ shape: [1000, 1000], data: values });
    const { data, parts } = drawn();
    const z = data[0]?.z ?? [];
    expect([z.length, z[0]?.length]).toEqual([500, 500]);
    const block = [0, 1, 1000, 1001].map((i) => values[i] ?? 0);
    expect(z[0]?.[0]).toBeCloseTo(block.reduce((sum, each) => sum + each, 0) / 4, 5);
    expect(parts?.notes).toEqual(["Of 1,000 x 1,000 numbers, each cell is the mean of 2 x 2."]);
  });

  test("as a picture are means of blocks", () => {
    plot.image({ shape: [1000, 1000], data: values });
    const { data, parts } = drawn();
    expect(data[0]?.z.flat().filter((each) => each !== null).length).toBe(250_000);
    expect(parts?.notes).toEqual(["Each value drawn is the mean of 2 x 2."]);
  });
});

test("rows of many numbers have a band that reaches to their peaks", () => {
  const row = (peak: number) => Array.from({ length: 20_000 }, (_, i) => (i === 9999 ? peak : 1));
  plot.line([row(3), row(-2)]);
  expect(points()).toBeLessThan(4000 + 2000 + 1);
  const [band] = drawn().data;
  expect([
    Math.min(...(band?.y.map(Number) ?? [])),
    Math.max(...(band?.y.map(Number) ?? [])),
  ]).toEqual([-2, 3]);
});

test("a thousand classes are drawn in a hundred colours, and the rest as others", () => {
  const names = Array.from({ length: 1000 }, (_, i) => `word ${i}`);
  const at = names.map((_, i) => i);
  plot.scatter({ x: at, y: at }, { color: names });
  expect(drawn().data.length).toBe(101);
  expect(drawn().trace("900 others").x.length).toBe(900);
  expect(drawn().layout.annotations[0]?.text).toMatch(/word 23<.span>.*and 77 more$/);
});
