import { describe, expect, test } from "vitest";
import { newCell } from "../../app/notebook/document.ts";
import { uncomputed } from "./prose-numbers.ts";

const found = (prose: string, code = "", output = "") =>
  uncomputed(
    { cells: [newCell("markdown", prose), newCell("code", code)], metadata: {} },
    output,
  ).map(({ digits }) => digits);

describe("uncomputed()", () => {
  test("tells a number that nobody has computed", () => {
    expect(found("It reads 97.2 of a hundred.")).toEqual(["97.2"]);
    expect(found("12,345 rows, and 3 more")).toEqual(["12345", "3"]);
  });

  test("is content with a number of the code, or of what a run has put out", () => {
    expect(found("It reads 97 of 100.", "const rows = 1_00;", "97 right")).toEqual([]);
    expect(found("12,345 rows", "", '{"rows": 12345}')).toEqual([]);
  });

  test("does not take a part of a number for it", () => {
    expect(found("7 rows", "const rows = 77;", "0.7")).toEqual(["7"]);
  });

  test("passes over code, formulas, lessons, places in a list and sources", () => {
    const prose =
      "1. `0.5` and $x^2$ of lesson 3, lessons 4 and 5\n\n**2.** (L. Smith, 2015; CC BY 4.0, ISO 639-3)";
    expect(found(prose)).toEqual([]);
  });
});
