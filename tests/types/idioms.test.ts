import { beforeAll, describe, expect, test } from "vitest";
import { manualSeed } from "../../kernel/tensor/index.ts";
import { cellOf, run } from "./cell.ts";
import { type Checker, createChecker, emittedDeclarations } from "./checker.ts";
import { idioms } from "./idioms.ts";

const all = Object.entries(idioms);
const cells = all.map(([, text]) => cellOf(text));

test("there are at least 60 idioms", () => {
  expect(all.length).toBeGreaterThanOrEqual(60);
});

describe.each([
  ["the sources", () => createChecker(undefined, cells)],
  ["emitted declarations", () => createChecker(emittedDeclarations(), cells)],
])("correct code against %s", (_, create) => {
  let checker: Checker;
  beforeAll(() => {
    checker = create();
    checker.diagnostics(cells[0] ?? "");
  }, 120_000);

  test.each(all)("has no diagnostic: %s", (_name, text) => {
    expect(checker.diagnostics(cellOf(text))).toEqual([]);
  });
});

test.each(all)("runs: %s", async (_name, text) => {
  manualSeed(1);
  await run(text);
});
