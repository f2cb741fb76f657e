import { expect, test } from "vitest";
import { specimenFigures } from "../../../app/ui/specimen-figures.ts";
import * as plot from "../../../kernel/plot/index.ts";
import { surface } from "../../../kernel/run/surface.ts";

/** What makes figures: `trajectory` only records, `drawing` is what its author makes of it. */
const makers = Object.entries(plot)
  .filter(([name, value]) => typeof value === "function" && /^[a-z]/.test(name))
  .map(([name]) => name)
  .filter((name) => name !== "trajectory" && name !== "drawing");

test("the specimen page shows every figure that plot makes, and leaves the page as it was", () => {
  const before = surface();
  const figures = specimenFigures();
  expect(surface()).toBe(before);
  for (const { source, run } of figures) expect(run.outputs?.length, source).toBeGreaterThan(0);
  const missing = makers.filter(
    (name) => !figures.some(({ source }) => source.includes(`plot.${name}(`)),
  );
  expect(missing).toEqual([]);
});
