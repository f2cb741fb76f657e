import { describe, expect, test } from "vitest";
import { parseIpynb, printIpynb } from "../../../app/formats/ipynb.ts";
import { parsePercent, printPercent } from "../../../app/formats/percent.ts";
import type { Metadata } from "../../../app/notebook/document.ts";

const text = `// %% [exercise] id="ex" title="Try" quick={"epochs": 2}
const epochs = 20;

// %% id="ex-check" tags=["check"] for="ex"
1;

// %% [markdown] id="word" tags=["term"] also=["words"]
// ### word
`;
const cellsIn = (file: string) =>
  (JSON.parse(file) as { cells: { metadata: Metadata }[] }).cells.map(({ metadata }) => metadata);
const fileWith = (metadata: Metadata): string =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [
      { cell_type: "code", id: "a", metadata, source: "", outputs: [], execution_count: null },
    ],
  });

describe("what lessons say of a cell", () => {
  const { notebook } = parsePercent(text);

  test("stands under descent in a file for Jupyter", () => {
    expect(cellsIn(printIpynb(notebook))).toEqual([
      { tags: ["exercise"], title: "Try", descent: { quick: { epochs: 2 } } },
      { tags: ["check"], descent: { for: "ex" } },
      { tags: ["term"], descent: { also: ["words"] } },
    ]);
  });

  test("comes back, and prints as it stood", () => {
    const { notebook: read } = parseIpynb(printIpynb(notebook));
    expect(read.cells).toEqual(notebook.cells);
    expect(printPercent({ ...read, metadata: {} })).toBe(text);
  });

  test("is read where an older file has it, beside the tags", () => {
    const [cell] = parseIpynb(fileWith({ tags: ["hint"], for: "ex" })).notebook.cells;
    expect(cell?.metadata).toEqual({ tags: ["hint"], for: "ex" });
  });

  test.each<Metadata>([
    { for: "somebody else's" },
    { tags: ["hint"], descent: "not ours", for: "ex" },
    { tags: ["hint"], descent: { starter: "0" } },
  ])("leaves what is not ours where it is: %j", (metadata) => {
    const { notebook: read } = parseIpynb(fileWith(metadata));
    expect(cellsIn(printIpynb(read))).toEqual([metadata]);
  });
});
