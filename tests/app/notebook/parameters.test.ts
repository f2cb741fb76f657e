import { describe, expect, test } from "vitest";
import { newCell, type Notebook } from "../../../app/notebook/document.ts";
import { withQuickSettings } from "../../../app/notebook/parameters.ts";
import { withParameters } from "../../../kernel/compile/parameters.ts";

const source = 'const epochs = 200; // passes\nconst way = "slow";';

describe("withQuickSettings()", () => {
  const quickened = (quick: string | Record<string, number | string>) => {
    const notebook: Notebook = { cells: [newCell("code", source, { quick })], metadata: {} };
    return withQuickSettings(notebook, withParameters).cells[0]?.source;
  };

  test("gives variables of a cell the values that its line says", () => {
    expect(quickened({ epochs: 5 })).toBe('const epochs = 5; // passes\nconst way = "slow";');
    expect(quickened({ way: "fast" })).toContain('const way = "fast";');
  });

  test("leaves cells without any as they are", () => {
    expect(quickened("no settings")).toBe(source);
  });

  test("refuses a name that the cell has not, so that a slow test shows", () => {
    expect(() => quickened({ epoch: 5 })).toThrow('there is no parameter "epoch"');
  });
});
