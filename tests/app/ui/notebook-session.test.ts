import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { KernelClient, Notice, RunRequest } from "../../../kernel/hosts/notices.ts";
import type { CellId, KnobId, RunId, RunReport } from "../../../kernel/protocol.ts";
import type { Cell } from "../../../app/notebook/document.ts";
import { createNotebookSession } from "../../../app/ui/notebook-session.ts";
import { openState } from "../../../app/ui/store.ts";

const id = (name: string) => name as CellId;
const code = (name: string, tags: string[] = []): Cell => ({
  id: id(name),
  type: "code",
  source: `${name};`,
  metadata: tags.length > 0 ? { tags } : {},
});

/** A kernel that notes what it was asked; `finish` ends the runs under way. */
function open(cells: readonly Cell[], readOnly = false) {
  const runs: (readonly string[])[] = [];
  const knobs: [string, number][] = [];
  let ends: (() => void)[] = [];
  let notify: (notices: readonly Notice[]) => Promise<void> = () => Promise.resolve();
  const kernel: KernelClient = {
    run: (requests: readonly RunRequest[]) => {
      runs.push(requests.map((request) => request.cell));
      return new Promise((resolve) => ends.push(resolve));
    },
    interrupt: () => undefined,
    restart: () => Promise.resolve(),
    setKnob: (knob, value) => void knobs.push([knob, value]),
    close: () => undefined,
  };
  const session = createNotebookSession({
    state: { ...openState({ cells, metadata: {} }, new Map()), readOnly },
    openKernel: (receive) => {
      notify = receive;
      return kernel;
    },
    saveFile: () => undefined,
    takeOver: () => undefined,
    downloadFile: () => Promise.resolve(),
  });
  return {
    session,
    runs,
    knobs,
    notify: (...notices: Notice[]) => notify(notices),
    finish: async () => {
      for (const end of ends) end();
      ends = [];
      await vi.advanceTimersByTimeAsync(0);
    },
    ids: () => session.store.getState().notebook.cells.map((cell) => cell.id as string),
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => setTimeout(draw, 16));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("enterEdit()", () => {
  it("enters the first cell where none is selected", () => {
    const { session } = open([code("a"), code("b")]);
    session.enterEdit();
    expect(session.store.getState()).toMatchObject({ selected: "a", mode: "edit" });
  });
});

describe("runSelected()", () => {
  it("runs the cell and selects the next in command mode", () => {
    const { session, runs } = open([code("a"), code("b")]);
    session.select(id("a"), "edit");
    session.runSelected("next");
    expect(runs).toEqual([["a"]]);
    expect(session.store.getState()).toMatchObject({ selected: "b", mode: "command" });
  });

  it("makes a cell to write in after the last", () => {
    const { session, ids } = open([code("a")]);
    session.select(id("a"));
    session.runSelected("next");
    expect(ids()).toHaveLength(2);
    expect(session.store.getState()).toMatchObject({ selected: ids()[1], mode: "edit" });
  });

  it("makes no cell in a read-only notebook", () => {
    const { session, ids } = open([code("a")], true);
    session.select(id("a"));
    session.runSelected("next");
    expect(ids()).toEqual(["a"]);
  });

  it("does not send an empty cell or a text cell to the kernel", () => {
    const cells: Cell[] = [
      { ...code("a"), source: " \n" },
      { ...code("b"), type: "markdown" },
    ];
    const { session, runs } = open(cells);
    session.runAll();
    expect(runs).toEqual([[]]);
  });
});

describe("runAll()", () => {
  it("passes by solutions, checks and hints", () => {
    const cells = [code("a"), code("b", ["solution"]), code("c", ["check"]), code("d", ["hint"])];
    const { session, runs } = open([...cells, code("e")]);
    session.runAll();
    expect(runs).toEqual([["a", "e"]]);
  });

  it("selects the cell that failed, once all is over", async () => {
    const { session, notify, finish } = open([code("a"), code("b")]);
    session.runAll();
    void notify(
      {
        kind: "started",
        cell: id("a"),
        run: 1 as RunId,
        executionCount: 1,
        names: null,
        source: "a;",
      },
      { kind: "finished", cell: id("a"), run: 1 as RunId, status: "error", report: null },
    );
    expect(session.store.getState().selected).toBeNull();
    await finish();
    expect(session.store.getState().selected).toBe("a");
  });
});

describe("paste()", () => {
  it("gives the pasted cell an id of its own", () => {
    const { session, ids } = open([code("a")]);
    session.select(id("a"));
    session.copySelected();
    session.paste();
    expect(ids()).toHaveLength(2);
    expect(new Set(ids()).size).toBe(2);
  });
});

describe("setKnob()", () => {
  const light: RunReport = {
    status: "ok",
    durationMs: 4,
    wrote: ["y"],
    readKnobs: ["knob" as KnobId],
    trained: false,
    drew: false,
  };
  const ran: Notice[] = [
    {
      kind: "started",
      cell: id("a"),
      run: 1 as RunId,
      executionCount: 1,
      names: { defines: ["y"], uses: [], assigns: [] },
      source: "a;",
    },
    { kind: "finished", cell: id("a"), run: 1 as RunId, status: "ok", report: light },
  ];

  it("runs the light cell that read the knob again, one round at a time", async () => {
    const { session, notify, runs, knobs, finish } = open([code("a"), code("b")]);
    void notify(...ran);
    session.setKnob("knob", 1);
    session.setKnob("knob", 2);
    session.setKnob("knob", 3);
    expect(knobs.map(([, value]) => value)).toEqual([1, 2, 3]);
    expect(runs).toEqual([["a"]]);
    await finish();
    expect(runs).toEqual([["a"], ["a"]]);
    await finish();
    expect(runs).toHaveLength(2);
  });

  it("runs nothing while a cell is running: it reads the knob itself", async () => {
    const { session, notify, runs } = open([code("a"), code("b")]);
    void notify(...ran, {
      kind: "started",
      cell: id("b"),
      run: 2 as RunId,
      executionCount: 2,
      names: null,
      source: "b;",
    });
    session.setKnob("knob", 1);
    await vi.advanceTimersByTimeAsync(0);
    expect(runs).toEqual([]);
  });

  it("marks a cell stale that read the knob and was not run again", async () => {
    const { session, notify } = open([code("a", ["manual"])]);
    void notify(...ran);
    await vi.advanceTimersByTimeAsync(300);
    expect(session.store.getState().stale.size).toBe(0);
    session.setKnob("knob", 1);
    await vi.advanceTimersByTimeAsync(300);
    expect(session.store.getState().stale.get(id("a"))).toBe("inputs");
  });
});

describe("notices", () => {
  it("are answered when the page has drawn them, or soon in a tab that draws nothing", async () => {
    vi.stubGlobal("requestAnimationFrame", () => 0);
    const { notify } = open([code("a")]);
    const answered = vi.fn();
    void notify({ kind: "kernel", status: "idle", shared: true }).then(answered);
    await vi.advanceTimersByTimeAsync(100);
    expect(answered).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(answered).toHaveBeenCalledOnce();
  });
});
