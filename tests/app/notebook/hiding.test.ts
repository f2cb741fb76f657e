import { describe, expect, it, test } from "vitest";
import type { Cell, Metadata, Notebook } from "../../../app/notebook/document.ts";
import { applyEdit } from "../../../app/notebook/edits.ts";
import { hiddenWords, isHidden, setHidden, toggleHidden } from "../../../app/notebook/hiding.ts";
import type { CellId } from "../../../kernel/protocol.ts";

const cell = (id: string, metadata: Metadata = {}, type: Cell["type"] = "code"): Cell => ({
  id: id as CellId,
  type,
  source: `// ${id}\n1`,
  metadata,
});
const notebook = (...cells: Cell[]): Notebook => ({ cells, metadata: {} });
const ids = (...names: string[]) => names as CellId[];

describe("isHidden()", () => {
  it.each<[Metadata, boolean, boolean]>([
    [{}, false, false],
    [{ collapsed: true }, false, true],
    [{ jupyter: { source_hidden: true } }, true, false],
    [{ jupyter: { outputs_hidden: true } }, false, true],
    [{ collapsed: true, jupyter: { outputs_hidden: false } }, false, false],
    [{ jupyter: "yes", collapsed: 1 }, false, false],
  ])("of %j: source %s, outputs %s", (metadata, source, outputs) => {
    expect(isHidden(cell("a", metadata), "source")).toBe(source);
    expect(isHidden(cell("a", metadata), "outputs")).toBe(outputs);
  });
});

describe("setHidden()", () => {
  it("writes what Jupyter reads, beside what else is there, and takes it away again", () => {
    const start = notebook(cell("a", { tags: ["x"], jupyter: { mine: 1 } }));
    const hidden = applyEdit(start, setHidden(start, ids("a"), "outputs", true)!).notebook;
    expect(hidden.cells[0]?.metadata).toEqual({
      tags: ["x"],
      jupyter: { mine: 1, outputs_hidden: true },
      collapsed: true,
    });
    const shown = setHidden(hidden, ids("a"), "outputs", false)!;
    expect(applyEdit(hidden, shown).notebook).toEqual(start);
  });

  it("leaves a hidden text hidden where outputs are shown", () => {
    const start = notebook(cell("a", { collapsed: true, jupyter: { source_hidden: true } }));
    const shown = applyEdit(start, setHidden(start, ids("a"), "outputs", false)!).notebook;
    expect(shown.cells[0]?.metadata).toEqual({ jupyter: { source_hidden: true } });
  });

  it("is nothing for outputs of text", () => {
    expect(setHidden(notebook(cell("a", {}, "markdown")), ids("a"), "outputs", true)).toBeNull();
  });
});

test("toggleHidden() of several hides all unless all are hidden, in one step", () => {
  const start = notebook(cell("a", { jupyter: { source_hidden: true } }), cell("b"), cell("c"));
  const first = applyEdit(start, toggleHidden(start, ids("a", "b"), "source")!);
  const hidden = (of: Notebook) => of.cells.map((each) => isHidden(each, "source"));
  expect(hidden(first.notebook)).toEqual([true, true, false]);
  const second = applyEdit(first.notebook, toggleHidden(first.notebook, ids("a", "b"), "source")!);
  expect(hidden(second.notebook)).toEqual([false, false, false]);
  expect(applyEdit(second.notebook, second.inverse).notebook).toEqual(first.notebook);
});

test("hiddenWords() says how much there is and how it begins", () => {
  expect(hiddenWords(cell("load the data"))).toBe("Code, 2 lines: load the data");
  expect(hiddenWords({ ...cell("a", {}, "markdown"), source: "## Part" })).toBe(
    "Text, 1 line: Part",
  );
});
