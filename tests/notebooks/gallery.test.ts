/** The notebook of figures beside what `plot` can draw. */
import { expect, test } from "vitest";
import * as plot from "../../kernel/plot/index.ts";
import { readNotebook } from "./run-notebook.ts";

test("the gallery shows every figure that plot makes", () => {
  const text = readNotebook("figures.ts");
  const makers = Object.keys(plot).filter((name) => /^[a-z]/.test(name));
  expect(makers.length).toBeGreaterThan(20);
  expect(makers.filter((name) => !text.includes(`plot.${name}(`))).toEqual([]);
});
