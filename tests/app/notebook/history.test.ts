import { propertyRuns } from "../../counts.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Notebook } from "../../../app/notebook/document.ts";
import { emptyHistory, perform, redo, undo, type Step } from "../../../app/notebook/history.ts";
import type { CellId } from "../../../kernel/protocol.ts";
import { anyEditing } from "./notebooks.arbitrary.ts";

const start: Notebook = {
  metadata: {},
  cells: [
    { id: "a" as CellId, type: "code", source: "1", metadata: { tags: ["setup"] } },
    { id: "b" as CellId, type: "markdown", source: "2", metadata: {} },
  ],
};

/** `undo` or `redo` where the test knows that there is something to do. */
function must(step: Step | null): Step {
  if (step === null) throw new Error("wanted a step");
  return step;
}

describe("history", () => {
  test("undoing every step gives the first notebook, redoing gives the last", () => {
    fc.assert(
      fc.property(anyEditing, ({ notebook, edits }) => {
        const structural = edits.filter((edit) => edit.kind !== "set-source");
        let now: { notebook: Notebook; history: typeof emptyHistory } = {
          notebook,
          history: emptyHistory,
        };
        for (const edit of structural) now = perform(now.notebook, now.history, edit);
        const last = now.notebook;
        for (const _ of structural) now = must(undo(now.notebook, now.history));
        expect(now.notebook).toEqual(notebook);
        expect(undo(now.notebook, now.history)).toBeNull();
        for (const _ of structural) now = must(redo(now.notebook, now.history));
        expect(now.notebook).toEqual(last);
      }),
      propertyRuns(20260103, 100),
    );
  });

  test("perform() keeps typing out of the stack", () => {
    const { notebook, history } = perform(start, emptyHistory, {
      kind: "set-source",
      cell: "a" as CellId,
      source: "typed",
    });
    expect(notebook.cells[0]?.source).toBe("typed");
    expect(undo(notebook, history)).toBeNull();
  });

  test("undo() brings a deleted cell back with its id, text and metadata", () => {
    const gone = perform(start, emptyHistory, { kind: "delete-cells", cells: ["a" as CellId] });
    expect(gone.notebook.cells).toHaveLength(1);
    expect(must(undo(gone.notebook, gone.history)).notebook).toEqual(start);
  });

  test("text typed after a structural edit survives undo and redo of it", () => {
    const cell = { id: "c" as CellId, type: "code", source: "", metadata: {} } as const;
    const inserted = perform(start, emptyHistory, {
      kind: "insert-cells",
      places: [{ cell, after: null }],
    });
    const typed = perform(inserted.notebook, inserted.history, {
      kind: "set-source",
      cell: cell.id,
      source: "precious",
    });
    const undone = must(undo(typed.notebook, typed.history));
    const redone = must(redo(undone.notebook, undone.history));
    expect(redone.notebook.cells[0]?.source).toBe("precious");
  });

  test("perform() forgets what could have been redone", () => {
    const first = perform(start, emptyHistory, { kind: "delete-cells", cells: ["a" as CellId] });
    const undone = must(undo(first.notebook, first.history));
    const other = perform(undone.notebook, undone.history, {
      kind: "delete-cells",
      cells: ["b" as CellId],
    });
    expect(redo(other.notebook, other.history)).toBeNull();
  });
});
