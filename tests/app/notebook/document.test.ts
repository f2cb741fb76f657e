import { describe, expect, test } from "vitest";
import {
  isCellId,
  newCell,
  newCellId,
  newNotebook,
  tagsOf,
  titleOf,
  withTags,
} from "../../../app/notebook/document.ts";
import { openRuntime, resultsOf } from "../../../app/notebook/runtime.ts";

describe("document", () => {
  test("newCellId() gives 8 hexadecimal digits that are not taken", () => {
    const refused: string[] = [];
    const id = newCellId({ has: (candidate) => refused.push(candidate) <= 3 });
    expect(id).toMatch(/^[0-9a-f]{8}$/);
    expect(refused).toHaveLength(4);
    expect(refused.at(-1)).toBe(id);
  });

  test.each([
    ["a", true],
    ["A-z_09", true],
    ["x".repeat(64), true],
    ["x".repeat(65), false],
    ["", false],
    ["a b", false],
    ["a\n", false],
    [7, false],
  ])("isCellId(%j) is %s, as nbformat 4.5 says", (text, expected) => {
    expect(isCellId(text)).toBe(expected);
  });

  test("withTags() sets tags and, without any, removes the key", () => {
    const cell = newCell("code", "", { collapsed: true });
    const tagged = withTags(cell, ["setup"]);
    expect(tagsOf(tagged)).toEqual(["setup"]);
    expect(withTags(tagged, [])).toEqual(cell);
  });

  test("tagsOf() bears with metadata of any form", () => {
    expect(tagsOf(newCell("code", "", { tags: "setup" }))).toEqual([]);
    expect(tagsOf(newCell("code", "", { tags: ["a", 1] }))).toEqual(["a"]);
  });

  test("titleOf() is the title, or the fallback where it is blank", () => {
    expect(titleOf(newNotebook("Digits"))).toBe("Digits");
    expect(titleOf({ cells: [], metadata: { title: " " } })).toBe("Untitled");
  });

  test("resultsOf() keeps what code cells of the notebook have, and nothing else", () => {
    const ran = newCell("code");
    const prose = newCell("markdown");
    const gone = newCell("code");
    const results = { executionCount: 1, outputs: [] };
    const runtime = openRuntime(new Map([ran, prose, gone].map(({ id }) => [id, results])));
    const notebook = { cells: [ran, prose, newCell("code")], metadata: {} };
    expect(resultsOf(notebook, runtime)).toEqual(new Map([[ran.id, results]]));
  });
});
