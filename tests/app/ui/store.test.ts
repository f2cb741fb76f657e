import { describe, expect, it } from "vitest";
import type { CellError, CellId, RunId } from "../../../kernel/protocol.ts";
import type { Cell } from "../../../app/notebook/document.ts";
import {
  edited,
  neighbourOf,
  type NotebookState,
  notified,
  openState,
  redone,
  statusOf,
  undone,
} from "../../../app/ui/store.ts";

const id = (name: string) => name as CellId;
const cell = (name: string): Cell => ({ id: id(name), type: "code", source: name, metadata: {} });

function open(...names: string[]): NotebookState {
  return openState({ cells: names.map(cell), metadata: {} }, new Map());
}

const failure: CellError = {
  kind: "runtime",
  name: "Error",
  message: "no",
  frames: [
    { function: "f", cell: id("a"), line: 1, column: 2 },
    { function: null, cell: id("b"), line: 3, column: 1 },
  ],
  causes: [],
};

function failed(state: NotebookState): NotebookState {
  const run = 1 as RunId;
  return notified(
    state,
    [
      { kind: "started", cell: id("b"), run, executionCount: 1, names: null, source: "b" },
      { kind: "output", cell: id("b"), run, output: { kind: "error", error: failure } },
      { kind: "finished", cell: id("b"), run, status: "error", report: null },
    ],
    0,
  );
}

describe("openState()", () => {
  it("opens a blank notebook for writing", () => {
    const blank: Cell = { ...cell("a"), source: "" };
    const state = openState({ cells: [blank], metadata: {} }, new Map());
    expect(state).toMatchObject({ selected: "a", mode: "edit" });
  });

  it("opens a notebook with text for reading", () => {
    expect(open("a")).toMatchObject({ selected: null, mode: "command" });
    expect(open("a", "b")).toMatchObject({ selected: null, mode: "command" });
  });
});

describe("neighbourOf()", () => {
  it("stops at the ends", () => {
    const state = { ...open("a", "b"), selected: id("b") };
    expect(neighbourOf(state, 1)).toBe("b");
    expect(neighbourOf(state, -1)).toBe("a");
  });

  it("starts at the near end when nothing is selected", () => {
    expect(neighbourOf(open("a", "b", "c"), 1)).toBe("a");
    expect(neighbourOf(open("a", "b", "c"), -1)).toBe("c");
    expect(neighbourOf(open(), 1)).toBeNull();
  });
});

describe("edited()", () => {
  it("selects the cell that came", () => {
    const state = { ...open("a", "b"), selected: id("b") };
    const next = edited(state, {
      kind: "insert-cells",
      places: [{ cell: cell("c"), after: id("a") }],
    });
    expect(next.selected).toBe("c");
    expect(next.notebook.cells.map((each) => each.id)).toEqual(["a", "c", "b"]);
  });

  it("selects the cell after a deleted one, and the last when the last was deleted", () => {
    const remove = (from: string, which: string) =>
      edited(
        { ...open(...from), selected: id(which) },
        { kind: "delete-cells", cells: [id(which)] },
      ).selected;
    expect(remove("abc", "b")).toBe("c");
    expect(remove("abc", "c")).toBe("b");
    expect(remove("a", "a")).toBeNull();
  });

  it("keeps every other cell the same object while one is typed in", () => {
    const state = open("a", "b");
    const next = edited(state, { kind: "set-source", cell: id("a"), source: "aa" });
    expect(next.notebook.cells[1]).toBe(state.notebook.cells[1]);
  });

  it("takes the underline away from an edited cell only", () => {
    const next = edited(failed(open("a", "b")), {
      kind: "set-source",
      cell: id("a"),
      source: "aa",
    });
    expect(Array.from(next.marks.keys())).toEqual(["b"]);
  });
});

describe("undone() and redone()", () => {
  it("bring a deleted cell back, selected, with its status, and delete it again", () => {
    const state = { ...failed(open("a", "b")), selected: id("b") };
    const gone = edited(state, { kind: "delete-cells", cells: [id("b")] });
    const back = undone(gone);
    expect(back.selected).toBe("b");
    expect(statusOf(back, id("b"))).toBe("error");
    expect(redone(back).notebook).toEqual(gone.notebook);
  });

  it("change nothing when there is nothing to undo", () => {
    const state = open("a");
    expect(undone(state)).toBe(state);
    expect(redone(state)).toBe(state);
  });
});

describe("notified()", () => {
  it("underlines an error in each cell its frames are in", () => {
    const { marks } = failed(open("a", "b"));
    expect(marks.get(id("a"))?.from).toBe("b");
    expect(marks.get(id("b"))?.error).toBe(failure);
  });

  it("clears what a run underlined anywhere when its cell runs again", () => {
    const state = notified(
      failed(open("a", "b")),
      [
        {
          kind: "started",
          cell: id("b"),
          run: 2 as RunId,
          executionCount: 2,
          names: null,
          source: "b",
        },
      ],
      0,
    );
    expect(state.marks.size).toBe(0);
  });

  it("underlines nothing for a stop", () => {
    const state = notified(
      open("b"),
      [
        {
          kind: "output",
          cell: id("b"),
          run: 1 as RunId,
          output: { kind: "error", error: { ...failure, kind: "interrupted" } },
        },
      ],
      0,
    );
    expect(state.marks.size).toBe(0);
  });
});
