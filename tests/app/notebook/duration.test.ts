import { expect, it } from "vitest";
import { printDuration } from "../../../app/notebook/duration.ts";

it.each([
  [420, "0.4 s"],
  [9_940, "9.9 s"],
  [12_700, "12 s"],
  [187_000, "3 min 07 s"],
])("printDuration(%i) is %s", (durationMs, words) => {
  expect(printDuration(durationMs)).toBe(words);
});
