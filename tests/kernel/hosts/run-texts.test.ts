import { expect, test } from "vitest";
import { createRunTexts } from "../../../kernel/hosts/run-texts.ts";
import type { CellId, RunId } from "../../../kernel/protocol.ts";

const cell = "a" as CellId;
const [first, second] = [1 as RunId, 2 as RunId];

test("each run keeps its own text and map, until another kernel begins", () => {
  const texts = createRunTexts();
  texts.keep(cell, first, "one\r\ntwo", "{1}");
  texts.keep(cell, second, "three", "{2}");
  expect([texts.mapOf(first), texts.lineOf(first, 2)]).toEqual(["{1}", "two"]);
  expect([texts.mapOf(second), texts.lineOf(second, 1)]).toEqual(["{2}", "three"]);
  texts.forget();
  expect([texts.mapOf(first), texts.lineOf(first, 2)]).toEqual([undefined, null]);
});

test("a line that is not there, or is data, is none", () => {
  const texts = createRunTexts();
  texts.keep(cell, first, `short\n${"x".repeat(1_001)}`, "{}");
  expect([1, 2, 3].map((line) => texts.lineOf(first, line))).toEqual(["short", null, null]);
});
