/** Some rows of a table as points. */
import { afterEach, beforeEach, expect, test } from "vitest";
import * as plot from "../../../kernel/plot/index.ts";
import { FIGURE_MIME } from "../../../kernel/protocol.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";

let page: FakeSurface;
beforeEach(() => {
  page = installFakeSurface();
});
afterEach(() => page.remove());

test("shows the rows that are named, and follows these alone", () => {
  const letters = { shape: [3, 2], data: Float32Array.from([0, 1, 2, 3, 4, 5]) };
  const labels = ["a", "b", "e"];
  plot.embedding(letters, { labels, rows: ["e", 0], color: [7, 8, 7] });
  const bundle = () => page.displays.at(-1)?.render() ?? {};
  const traces = () => (bundle()[FIGURE_MIME] as { data: unknown[] }).data;
  expect(traces()[0]).toMatchObject({ x: [0, 4], text: ["a", "e"] });
  expect(page.displays.at(-1)?.render()["text/plain"]).toBe(
    "<Figure: 2 of 3 rows of 2 numbers as points in 2 dimensions, labelled a, e>",
  );
  letters.data[4] = 9;
  expect(traces()[0]).toMatchObject({ x: [0, 9] });
  for (const [rows, message] of [
    [["z"], 'no row is labelled "z"'],
    [[3], "row 3 - there are 3 rows"],
    [[], "an empty list of rows - wanted some, or none said for all"],
  ] as const)
    expect(() => plot.embedding(letters, { labels, rows })).toThrow(`plot.embedding: ${message}`);
});
