import { describe, expect, it } from "vitest";
import { type Cell, newCell } from "../../../app/notebook/document.ts";
import { cellsToOpenWith, foldedLabel, runsWithAll } from "../../../app/notebook/roles.ts";

const tagged = (...tags: string[]): Cell => newCell("code", "1", { tags });

describe("foldedLabel()", () => {
  it("says what a set-up cell made", () => {
    const cell = newCell("code", "", { tags: ["setup"], title: "thirty points" });
    expect(foldedLabel(cell)).toBe("Set-up: thirty points");
  });

  it("is null for a cell whose text is shown", () => {
    expect(foldedLabel(tagged("exercise"))).toBeNull();
    expect(foldedLabel(tagged("check"))).toBe("Check");
  });
});

describe("runsWithAll()", () => {
  it("passes by solutions, checks, hints and text", () => {
    const cells = [
      tagged(),
      tagged("solution"),
      tagged("check"),
      tagged("hint"),
      newCell("markdown"),
    ];
    expect(cells.map(runsWithAll)).toEqual([true, false, false, false, false]);
  });
});

describe("cellsToOpenWith()", () => {
  it("takes set-up and auto cells up to the first exercise", () => {
    const cells = [tagged("setup"), tagged(), tagged("auto"), tagged("exercise"), tagged("setup")];
    expect(cellsToOpenWith(cells)).toEqual([cells[0], cells[2]]);
  });
});
