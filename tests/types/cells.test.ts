import { beforeAll, expect, test } from "vitest";
import { manualSeed, ShapeError } from "../../kernel/tensor/index.ts";
import { cellOf, run } from "./cell.ts";
import { type Checker, createChecker, emittedDeclarations } from "./checker.ts";
import { idioms } from "./idioms.ts";
import { mistakes } from "./mistakes.ts";

const correct = Object.entries(idioms);

/** One for both: to emit the declarations costs more than to check the cells. */
let checker: Checker;
beforeAll(() => {
  const texts = [...Object.values(idioms), ...mistakes.map(([text]) => text)];
  checker = createChecker(emittedDeclarations(), texts.map(cellOf));
  checker.diagnostics(cellOf(texts[0] ?? ""));
}, 120_000);

test("there are at least 60 idioms and 40 mistakes", () => {
  expect(correct.length).toBeGreaterThanOrEqual(60);
  expect(mistakes.length).toBeGreaterThanOrEqual(40);
});

test.each(correct)("has no diagnostic: %s", (_name, text) => {
  expect(checker.diagnostics(cellOf(text))).toEqual([]);
});

test.each(correct)("runs: %s", async (_name, text) => {
  manualSeed(1);
  await run(text);
});

test.each(mistakes)("is one diagnostic with one sentence: %s", (text, sentence) => {
  expect(checker.shown(cellOf(text))).toEqual([sentence]);
});

test.each(mistakes)("throws the same sentence when it runs: %s", async (text, sentence) => {
  const error: unknown = await run(text).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ShapeError);
  expect(error).toHaveProperty("message", sentence);
});
