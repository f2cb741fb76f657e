import { describe, expect, test } from "vitest";
import { createNotebook, type NotebookOptions } from "./notebook.ts";
import { cases } from "./semantics.cases.ts";

async function lastResult(cells: readonly string[], options: NotebookOptions): Promise<unknown> {
  const notebook = createNotebook(options);
  let value: unknown;
  for (const cell of cells) value = await notebook.run(cell);
  return value;
}

describe.each(Object.entries(cases))("%s", (_title, rows) => {
  test.each(rows)("%s", async (_fact, cells, expected) => {
    expect(await lastResult(cells, {})).toEqual(expected);
  });
});

// Guards that always call must change nothing: every program again, with the flags raised for good.
describe.each(["plain", "atomic", "countdown"] as const)("with %s guards raised", (guard) => {
  describe.each(Object.entries(cases))("%s", (_title, rows) => {
    test.each(rows)("%s", async (_fact, cells, expected) => {
      expect(await lastResult(cells, { guard, forced: true })).toEqual(expected);
    });
  });
});
