import { beforeAll, describe, expect, test } from "vitest";
import { ShapeError } from "../../kernel/tensor/index.ts";
import { cellOf, run } from "./cell.ts";
import { type Checker, createChecker, emittedDeclarations } from "./checker.ts";
import { mistakes } from "./mistakes.ts";

test("there are at least 40 mistakes", () => {
  expect(mistakes.length).toBeGreaterThanOrEqual(40);
});

describe("a mistake", () => {
  let checker: Checker;
  beforeAll(() => {
    const cells = mistakes.map(([text]) => cellOf(text));
    checker = createChecker(emittedDeclarations(), cells);
    checker.diagnostics(cells[0] ?? "");
  }, 120_000);

  test.each(mistakes)("is one diagnostic with one sentence: %s", (text, sentence) => {
    expect(checker.shown(cellOf(text))).toEqual([sentence]);
  });
});

test.each(mistakes)("throws the same sentence when it runs: %s", async (text, sentence) => {
  const error: unknown = await run(text).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ShapeError);
  expect(error).toHaveProperty("message", sentence);
});
