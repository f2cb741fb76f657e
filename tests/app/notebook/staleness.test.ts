import { describe, expect, test } from "vitest";
import type { Cell, Notebook } from "../../../app/notebook/document.ts";
import type { Analysis } from "../../../app/notebook/names.ts";
import { applyEdit } from "../../../app/notebook/edits.ts";
import { openRuntime, transitionAll, type Runtime } from "../../../app/notebook/runtime.ts";
import { lightDependents, staleCells } from "../../../app/notebook/staleness.ts";
import type { CellNames } from "../../../kernel/compile/compiler.ts";
import type { CellId, KnobId, RunId, RunReport } from "../../../kernel/protocol.ts";

/** A cell for these tests: the names of its text and what its runs report. */
interface Sketch {
  readonly id: string;
  readonly defines?: string[];
  readonly uses?: string[];
  readonly assigns?: string[];
  readonly imports?: string[];
  readonly later?: string[];
  readonly tags?: string[];
  readonly report?: Partial<RunReport>;
}

const knob = "k" as KnobId;

function sketch(...sketches: Sketch[]) {
  const notebook: Notebook = {
    metadata: {},
    cells: sketches.map(({ id, tags }): Cell => ({
      id: id as CellId,
      type: "code",
      source: `text of ${id}`,
      metadata: tags ? { tags } : {},
    })),
  };
  let lastRun = 0;
  let runtime = openRuntime();
  /** Runs these cells in this order, each to its end. */
  const run = (...ids: string[]): Runtime => {
    for (const id of ids) {
      const { report, ...sketched } = find(sketches, id);
      const names = namesOf(sketched);
      lastRun += 1;
      const head = { cell: id as CellId, run: lastRun as RunId };
      const full: RunReport = {
        status: "ok",
        durationMs: 5,
        left: 0,
        wrote: [...names.defines, ...names.assigns],
        readKnobs: [],
        trained: false,
        drew: false,
        ...report,
      };
      runtime = transitionAll(
        runtime,
        [
          {
            kind: "started",
            ...head,
            executionCount: lastRun,
            names,
            source: `text of ${id}`,
          },
          { kind: "finished", ...head, status: full.status, report: full },
        ],
        lastRun * 1000,
      );
    }
    return runtime;
  };
  return { notebook, run };
}

function namesOf(sketched: Partial<CellNames>): CellNames {
  const { defines = [], uses = [], assigns = [], imports = [], later = [] } = sketched;
  return { defines, uses, assigns, imports, later };
}

function find(sketches: readonly Sketch[], id: string): Sketch {
  const found = sketches.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no sketch ${id}`);
  return found;
}

function edit(notebook: Notebook, id: string): Notebook {
  const change = { kind: "set-source", cell: id as CellId, source: "other" } as const;
  return applyEdit(notebook, change).notebook;
}
const stale = (...args: Parameters<typeof staleCells>) => Object.fromEntries(staleCells(...args));

const chain = [
  { id: "a", defines: ["x"] },
  { id: "b", defines: ["y"], uses: ["x"] },
  { id: "c", uses: ["y"] },
  { id: "d", defines: ["z"] },
];

describe("staleCells()", () => {
  test("nothing is stale after a run from the top", () => {
    const { notebook, run } = sketch(...chain);
    expect(stale(notebook, run("a", "b", "c", "d"))).toEqual({});
  });

  test("nothing is stale after a run from the top when cells redefine each other's names", () => {
    const { notebook, run } = sketch(
      { id: "net1", defines: ["net"] },
      { id: "use1", uses: ["net"] },
      { id: "net2", defines: ["net"] },
      { id: "use2", uses: ["net"] },
    );
    expect(stale(notebook, run("net1", "use1", "net2", "use2"))).toEqual({});
    expect(stale(notebook, run("net1"))).toEqual({ use1: "inputs" });
  });

  test("an edited cell and all that follows from it are stale", () => {
    const { notebook, run } = sketch(...chain);
    const runtime = run("a", "b", "c", "d");
    expect(stale(edit(notebook, "a"), runtime)).toEqual({ a: "edited", b: "inputs", c: "inputs" });
  });

  test("running a cell again makes stale what read its names", () => {
    const { notebook, run } = sketch(...chain);
    run("a", "b", "c", "d");
    expect(stale(notebook, run("b"))).toEqual({ c: "inputs" });
    expect(stale(notebook, run("c"))).toEqual({});
  });

  test("undoing an edit makes its cell fresh again", () => {
    const { notebook, run } = sketch(...chain);
    const runtime = run("a");
    expect(stale(edit(notebook, "a"), runtime)).toEqual({ a: "edited" });
    expect(stale(notebook, runtime)).toEqual({});
  });

  test("a name that a call wrote counts, though the text does not say so", () => {
    const { notebook, run } = sketch(
      { id: "a", defines: ["n", "increase"] },
      { id: "b", uses: ["increase"], report: { wrote: ["n"] } },
      { id: "c", uses: ["n"] },
    );
    run("a", "b", "c");
    expect(stale(notebook, run("b"))).toEqual({ c: "inputs" });
  });

  test("a new cell that makes a name makes stale what already read it", () => {
    const { notebook, run } = sketch({ id: "a", defines: ["x"] }, { id: "c", uses: ["x"] });
    const runtime = run("a", "c");
    const cell: Cell = { id: "b" as CellId, type: "code", source: "let x = 2", metadata: {} };
    const places = [{ cell, after: "a" as CellId }];
    const inserted = applyEdit(notebook, { kind: "insert-cells", places }).notebook;
    const analysis: Analysis = new Map([[cell.id, namesOf({ defines: ["x"] })]]);
    expect(stale(inserted, runtime, analysis)).toEqual({ c: "inputs" });
  });

  test("a function sees names as they are when it is called: the caller goes stale, not its cell", () => {
    const { notebook, run } = sketch(
      { id: "net", defines: ["net"] },
      { id: "train", defines: ["train"], uses: ["net", "lr"], later: ["net", "lr"] },
      { id: "lr", defines: ["lr"] },
      { id: "call", uses: ["train"] },
    );
    expect(stale(notebook, run("net", "train", "lr", "call"))).toEqual({});
    expect(stale(notebook, run("net"))).toEqual({ call: "inputs" });
    run("call");
    expect(stale(notebook, run("lr"))).toEqual({ call: "inputs" });
    expect(stale(notebook, run("call"))).toEqual({});
    expect(stale(notebook, run("train"))).toEqual({ call: "inputs" });
  });

  test("running a cell of imports again makes nothing stale; editing one away does", () => {
    const { notebook, run } = sketch(
      { id: "imports", defines: ["nn", "x"], imports: ["nn"] },
      { id: "a", uses: ["nn"] },
      { id: "b", uses: ["x"] },
    );
    run("imports", "a", "b");
    expect(stale(notebook, run("imports"))).toEqual({ b: "inputs" });
    const without = new Map([["imports" as CellId, namesOf({ defines: ["x"] })]]);
    expect(stale(edit(notebook, "imports"), run("b"), without)).toMatchObject({ a: "inputs" });
    const kept = new Map([
      ["imports" as CellId, namesOf({ defines: ["nn", "x"], imports: ["nn"] })],
    ]);
    expect(stale(edit(notebook, "imports"), run("b"), kept)).toEqual({
      imports: "edited",
      b: "inputs",
    });
  });

  test("a cell that read a name as a cell further down had left it says so", () => {
    const { notebook, run } = sketch(
      { id: "net1", defines: ["net"] },
      { id: "use1", uses: ["net"] },
      { id: "net2", defines: ["net"] },
    );
    run("net1", "use1", "net2");
    expect(stale(notebook, run("use1"))).toEqual({ use1: "order" });
    run("net1");
    expect(stale(notebook, run("use1"))).toEqual({});
  });

  test("a cell whose maker was deleted or moved below it says so, until that is undone", () => {
    const { notebook, run } = sketch(...chain);
    const runtime = run("a", "b", "c", "d");
    const deleted = applyEdit(notebook, { kind: "delete-cells", cells: ["a" as CellId] });
    expect(stale(deleted.notebook, runtime)).toEqual({ b: "gone", c: "inputs" });
    expect(stale(applyEdit(deleted.notebook, deleted.inverse).notebook, runtime)).toEqual({});
    const places = [{ cell: "a" as CellId, after: "b" as CellId }];
    const moved = applyEdit(notebook, { kind: "move-cells", places });
    expect(stale(moved.notebook, runtime)).toEqual({ b: "gone", c: "inputs" });
    expect(stale(applyEdit(moved.notebook, moved.inverse).notebook, runtime)).toEqual({});
  });

  test("a button that changes a name makes stale what reads it below, and nothing else", () => {
    const { notebook, run } = sketch(
      { id: "a", defines: ["n"] },
      { id: "above", uses: ["n"] },
      { id: "button", uses: ["n"] },
      { id: "below", uses: ["n"] },
      { id: "other", uses: ["m"] },
    );
    const ran = run("a", "above", "button", "below", "other");
    const runtime = transitionAll(ran, [
      { kind: "answered", cell: "button" as CellId, run: 6 as RunId, wrote: ["n"] },
    ]);
    expect(stale(notebook, runtime)).toEqual({ below: "inputs" });
    expect(runtime.holders.get("n")).toBe("button");
  });

  test("a cell that changes a name of its own again is not stale for it", () => {
    const { notebook, run } = sketch(
      { id: "a", defines: ["n"] },
      { id: "b", uses: ["n"], assigns: ["n"] },
    );
    run("a", "b");
    expect(stale(notebook, run("b"))).toEqual({});
  });

  test("a solution nobody has run makes nothing", () => {
    const { notebook, run } = sketch(
      { id: "exercise", defines: ["db"] },
      { id: "solution", defines: ["db"], tags: ["solution"] },
      { id: "use", uses: ["db"] },
    );
    const names = new Map([["solution" as CellId, namesOf({ defines: ["db"] })]]);
    expect(stale(notebook, run("exercise", "use"), names)).toEqual({});
  });

  test("cells that read each other's names do not go round for ever", () => {
    const { notebook, run } = sketch(
      { id: "a", defines: ["x"], uses: ["y"] },
      { id: "b", defines: ["y"], uses: ["x"] },
    );
    expect(stale(edit(notebook, "a"), run("a", "b"))).toEqual({ a: "edited", b: "inputs" });
  });

  test("a knob moved after a run makes it stale, one moved while it ran does not", () => {
    const { notebook, run } = sketch({ id: "a", report: { readKnobs: [knob] } });
    const runtime = run("a");
    expect(stale(notebook, runtime, new Map(), new Map([[knob, 999]]))).toEqual({});
    expect(stale(notebook, runtime, new Map(), new Map([[knob, 1001]]))).toEqual({ a: "inputs" });
  });

  test("a restarted kernel leaves nothing that could be stale", () => {
    const { notebook, run } = sketch(...chain);
    const runtime = transitionAll(run("a", "b"), [
      { kind: "kernel", status: "starting", shared: true },
    ]);
    expect(stale(edit(notebook, "a"), runtime)).toEqual({});
  });
});

describe("lightDependents()", () => {
  const reads = { readKnobs: [knob] };
  const dependents = (notebook: Notebook, runtime: Runtime): readonly string[] =>
    lightDependents(knob, notebook, runtime);

  test("are the cells that read the knob and what follows from them, in document order", () => {
    const { notebook, run } = sketch(
      { id: "ui" },
      { id: "late", uses: ["fit"] },
      { id: "fit", defines: ["fit"], report: reads },
      { id: "plot", uses: ["fit"] },
      { id: "other", defines: ["z"] },
    );
    const runtime = run("ui", "fit", "plot", "late", "other");
    expect(dependents(notebook, runtime)).toEqual(["late", "fit", "plot"]);
  });

  test.each([
    ["took 100 ms", { durationMs: 100 }],
    ["trained", { trained: true }],
    ["drew from the generator", { drew: true }],
    ["was interrupted", { status: "interrupted" as const }],
    ["wrote a name of another cell", { wrote: ["z"] }],
  ])("leave out a cell that %s, and what follows from it", (_, report) => {
    const { notebook, run } = sketch(
      { id: "other", defines: ["z"] },
      { id: "heavy", defines: ["h"], report: { ...reads, wrote: ["h"], ...report } },
      { id: "after", uses: ["h"] },
    );
    expect(dependents(notebook, run("other", "heavy", "after"))).toEqual([]);
  });

  test("hold a cell whose names others define for themselves, and not one whose name they read", () => {
    const { notebook, run } = sketch(
      { id: "first", defines: ["copy"], report: reads },
      { id: "second", defines: ["copy"], report: reads },
      { id: "reader", uses: ["copy"] },
    );
    run("first", "second", "reader");
    expect(dependents(notebook, run("first"))).toEqual(["second", "reader"]);
  });

  test("hold a cell that failed: the next value may mend it", () => {
    const { notebook, run } = sketch({ id: "a", report: { ...reads, status: "error" } });
    expect(dependents(notebook, run("a"))).toEqual(["a"]);
  });

  test("leave out a cell edited since, a cell that never ran, and one tagged manual", () => {
    const { notebook, run } = sketch(
      { id: "edited", report: reads },
      { id: "never", report: reads },
      { id: "manual", tags: ["manual"], report: reads },
    );
    expect(dependents(edit(notebook, "edited"), run("edited", "manual"))).toEqual([]);
  });

  test("hold a heavy cell tagged auto", () => {
    const report = { ...reads, durationMs: 5000, trained: true };
    const { notebook, run } = sketch({ id: "a", tags: ["auto"], report });
    expect(dependents(notebook, run("a"))).toEqual(["a"]);
  });
});
