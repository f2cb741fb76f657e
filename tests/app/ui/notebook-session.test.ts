import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Notice, Output } from "../../../kernel/hosts/notices.ts";
import type { CellId, KnobId, RunId, RunReport } from "../../../kernel/protocol.ts";
import type { Cell } from "../../../app/notebook/document.ts";
import { createClipboard } from "../../../app/ui/cell-clipboard.ts";
import { runOf } from "../../../app/ui/store.ts";
import { told } from "../notebook/runs.fixture.ts";
import { code, id, namesIn, openSession } from "./session.fixture.ts";

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
    const { session } = openSession([code("a"), code("b")]);
    session.enterEdit();
    expect(session.store.getState()).toMatchObject({ selected: "a", mode: "edit" });
  });
});

describe("goTo()", () => {
  it("finds the line of an error where an edit has moved it", () => {
    const { session, notify } = openSession([{ ...code("a"), source: "const x = 1;\nbroken();" }]);
    const source = "const x = 1;\nbroken();";
    const run = { cell: id("a"), run: 1 as RunId };
    void notify({ kind: "started", ...run, executionCount: 1, names: null, source });
    session.goTo(id("a"), 2, 1);
    expect(session.takeCaret()).toEqual({ line: 2, column: 1 });
    session.setSource(id("a"), "// why\nconst x = 2;\n\nbroken();");
    session.goTo(id("a"), 2, 1);
    expect(session.takeCaret()).toEqual({ line: 4, column: 1 });
  });
});

describe("the running cell", () => {
  const run = (notice: "started" | "finished"): Notice =>
    notice === "started"
      ? {
          kind: "started",
          cell: id("a"),
          run: 1 as RunId,
          executionCount: 1,
          names: null,
          source: "",
        }
      : { kind: "finished", cell: id("a"), run: 1 as RunId, status: "ok", report: null };
  const output = (value: Output): Notice => ({
    kind: "output",
    cell: id("a"),
    run: 1 as RunId,
    output: value,
  });
  const held = output({ kind: "pause", pause: { frame: null, variables: [] } });
  const bar = output({ kind: "progress", loop: 4, done: 1, total: null, perSecond: 1 });

  it("pauses, takes steps while it is paused, and goes on", () => {
    const { session, steered, notify } = openSession([code("a")]);
    void notify(run("started"));
    session.step();
    session.pauseOrResume();
    void notify(held);
    session.step();
    session.pauseOrResume();
    expect(steered.map(({ kind }) => kind)).toEqual(["pause", "pause", "step", "resume"]);
  });

  it("is finished by the number of the loop that has its bar", () => {
    const { session, steered, notify } = openSession([code("a")]);
    void notify(run("started"));
    session.finish();
    expect(steered).toEqual([]);
    void notify(bar);
    session.finish();
    expect(steered).toEqual([{ kind: "finish", loop: 4 }]);
  });

  it("is not steered when it has ended", () => {
    const { session, steered, notify } = openSession([code("a")]);
    void notify(run("started"), bar, run("finished"));
    session.pauseOrResume();
    session.step();
    session.finish();
    expect(steered).toEqual([]);
  });
});

describe("runSelected()", () => {
  it("runs the cell and selects the next in command mode", () => {
    const { session, runs } = openSession([code("a"), code("b")]);
    session.select(id("a"), "edit");
    session.runSelected("next");
    expect(runs).toEqual([["a"]]);
    expect(session.store.getState()).toMatchObject({ selected: "b", mode: "command" });
  });

  it("makes a cell to write in after the last", () => {
    const { session, ids } = openSession([code("a")]);
    session.select(id("a"));
    session.runSelected("next");
    expect(ids()).toHaveLength(2);
    expect(session.store.getState()).toMatchObject({ selected: ids()[1], mode: "edit" });
  });

  it("makes no cell in a read-only notebook", () => {
    const { session, ids } = openSession([code("a")], true);
    session.select(id("a"));
    session.runSelected("next");
    expect(ids()).toEqual(["a"]);
  });

  it("does not send an empty cell or a text cell to the kernel", () => {
    const cells: Cell[] = [
      { ...code("a"), source: " \n" },
      { ...code("b"), type: "markdown" },
    ];
    const { session, runs } = openSession(cells);
    session.runAll();
    expect(runs).toEqual([[]]);
  });
});

describe("runAll()", () => {
  it("passes by solutions, checks and hints", () => {
    const cells = [code("a"), code("b", ["solution"]), code("c", ["check"]), code("d", ["hint"])];
    const { session, runs } = openSession([...cells, code("e")]);
    session.runAll();
    expect(runs).toEqual([["a", "e"]]);
  });

  it("selects the cell that failed, once all is over", async () => {
    const { session, notify, finish } = openSession([code("a"), code("b")]);
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

describe("runs of several cells", () => {
  const cells = [code("a"), code("b", ["solution"]), code("c"), code("d", ["check"]), code("e")];

  it("run above, to here and below leave out what waits to be asked for", () => {
    const { session, runs } = openSession(cells);
    session.select(id("d"));
    session.runAbove();
    session.runToHere();
    session.runBelow();
    expect(runs).toEqual([["a", "c"], ["a", "c", "d"], ["e"]]);
  });

  it("run nothing above or below when no cell is selected", () => {
    const { session, runs } = openSession(cells);
    session.select(null);
    session.runAbove();
    session.runBelow();
    expect(runs.flat()).toEqual([]);
  });

  it("restart first, when asked to", async () => {
    const { session, runs, restarts } = openSession(cells);
    session.restartAndRunAll();
    expect([restarts.length, runs]).toEqual([1, []]);
    await vi.advanceTimersByTimeAsync(0);
    expect(runs).toEqual([["a", "c", "e"]]);
  });
});

describe("stale cells", () => {
  /** A run of a cell whose text is `x = y`, to its end. */
  const ran = (name: string, run: number, source: string): Notice[] => [
    {
      kind: "started",
      cell: id(name),
      run: run as RunId,
      executionCount: run,
      names: namesIn(id(name), source),
      source,
    },
    {
      kind: "finished",
      cell: id(name),
      run: run as RunId,
      status: "ok",
      report: {
        status: "ok",
        durationMs: 4,
        left: 0,
        wrote: [...namesIn(id(name), source).defines],
        readKnobs: [],
        trained: false,
        drew: false,
      },
    },
  ];
  const texts = { a: "x = 1", b: "y = x", c: "z = y" };
  const chain = Object.entries(texts).map(([name, source]) => ({ ...code(name), source }));
  const all = Object.entries(texts).flatMap(([name, source], at) => ran(name, at + 1, source));

  it("are marked a moment after an edit, by what the new text makes", async () => {
    const { session, notify, analysed } = openSession(chain);
    void notify(...all);
    await vi.advanceTimersByTimeAsync(1000);
    expect([...session.store.getState().stale]).toEqual([]);
    // Nothing has to be looked at that ran as it stands.
    expect(analysed).toEqual([]);
    session.setSource(id("a"), "broken");
    session.setSource(id("a"), "y = 2");
    await vi.advanceTimersByTimeAsync(1000);
    expect(analysed).toEqual(["y = 2"]);
    const { stale, shared } = session.store.getState();
    expect(Object.fromEntries(stale)).toEqual({ a: "edited", b: "inputs", c: "inputs" });
    expect(shared.get(id("a"))).toEqual([{ name: "y", others: ["b"] }]);
    session.setSource(id("a"), "x = 1");
    await vi.advanceTimersByTimeAsync(1000);
    expect([...session.store.getState().stale]).toEqual([]);
  });

  it("run in order, with what they need; without any, the reader is told", async () => {
    const { session, notify, runs, finish } = openSession(chain);
    session.runStale();
    expect(session.store.getState().problem).toMatch(/^Nothing is stale/);
    void notify(...all, ...ran("b", 4, "y = x"));
    await vi.advanceTimersByTimeAsync(1000);
    session.runStale();
    expect(runs).toEqual([["c"]]);
    await finish();
    session.select(id("a"));
    session.removeSelected();
    void notify(...ran("c", 5, "z = y"));
    await vi.advanceTimersByTimeAsync(1000);
    expect(Object.fromEntries(session.store.getState().stale)).toEqual({ b: "gone", c: "inputs" });
    session.runStale();
    expect(session.store.getState().problem).toMatch(/^No run can mend this/);
  });
});

describe("pressKnob()", () => {
  it("presses, and says when the kernel does not know the button", () => {
    const { session, presses } = openSession([code("a")]);
    session.pressKnob("a/again");
    expect(session.store.getState().problem).toBeNull();
    session.pressKnob("b/gone");
    expect(presses).toEqual(["a/again", "b/gone"]);
    expect(session.store.getState().problem).toMatch(/^Run the cell of this button first/);
  });
});

describe("a knob moved while its cell is paused", () => {
  const begun: Notice = {
    kind: "started",
    cell: id("a"),
    run: 1 as RunId,
    executionCount: 1,
    names: null,
    source: "a;",
  };
  const pause = (held: boolean): Notice => ({
    kind: "output",
    cell: id("a"),
    run: 1 as RunId,
    output: { kind: "pause", pause: held ? { frame: null, variables: [] } : null },
  });

  it("is said to wait until the run goes on", () => {
    const { session, notify } = openSession([code("a")]);
    const unread = () => session.store.getState().unread;
    void notify(begun);
    session.setKnob("a/w", 1);
    expect(unread()).toBe(false);
    void notify(pause(true));
    session.setKnob("a/w", 2);
    expect(unread()).toBe(true);
    void notify({ kind: "kernel", status: "busy", shared: true });
    expect(unread()).toBe(true);
    // A step is a look at it.
    void notify(pause(false), pause(true));
    expect(unread()).toBe(false);
  });

  it("waits as a press does that is only counted, and not one that a function answers", () => {
    const { session, notify } = openSession([code("a")]);
    void notify(begun);
    void notify(pause(true));
    session.pressKnob("a/now!");
    expect(session.store.getState().unread).toBe(false);
    session.pressKnob("a/again");
    expect(session.store.getState().unread).toBe(true);
  });
});

describe("paste()", () => {
  it("gives the pasted cell an id of its own", () => {
    const { session, ids } = openSession([code("a")]);
    session.select(id("a"));
    session.copySelected();
    session.paste();
    expect(ids()).toHaveLength(2);
    expect(new Set(ids()).size).toBe(2);
  });

  it("brings the outputs along within a notebook, and none into another", async () => {
    const clipboard = createClipboard({ getItem: () => null, setItem: () => undefined });
    const here = openSession([code("a"), code("b")], false, null, undefined, clipboard);
    const text: Output = { kind: "stream", name: "stdout", text: "said" };
    const ran = { cell: id("a"), run: 1 as RunId };
    const names = { defines: [], uses: [], assigns: [], imports: [], later: [] };
    const started = { ...ran, kind: "started", executionCount: 3, names, source: "a;" } as const;
    void here.notify(started, { ...ran, kind: "output", output: text });
    here.session.select(id("a"));
    here.session.cutSelected();
    here.session.paste();
    const pasted = here.session.store.getState();
    expect(here.ids()[0]).toBe("b");
    expect(runOf(pasted, pasted.notebook.cells[1]?.id as CellId)).toMatchObject({
      executionCount: 3,
      outputs: [{ text: "said" }],
    });
    const there = openSession([code("c")], false, null, undefined, clipboard);
    there.session.select(id("c"));
    there.session.paste();
    const other = there.session.store.getState();
    expect(other.notebook.cells[1]).toMatchObject({ source: "a;" });
    expect(runOf(other, other.notebook.cells[1]?.id as CellId).outputs).toEqual([]);
  });
});

describe("setKnob()", () => {
  const light: RunReport = {
    status: "ok",
    durationMs: 4,
    left: 0,
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
      names: { defines: ["y"], uses: [], assigns: [], imports: [], later: [] },
      source: "a;",
    },
    { kind: "finished", cell: id("a"), run: 1 as RunId, status: "ok", report: light },
  ];

  it("runs the light cell that read the knob again, one round at a time", async () => {
    const { session, notify, runs, knobs, finish } = openSession([code("a"), code("b")]);
    void notify(...ran);
    session.setKnob("knob", 1);
    await vi.advanceTimersByTimeAsync(0);
    session.setKnob("knob", 2);
    session.setKnob("knob", 3);
    expect(knobs.map(([, value]) => value)).toEqual([1, 2, 3]);
    await vi.advanceTimersByTimeAsync(0);
    expect(runs).toEqual([["a"]]);
    await finish();
    expect(runs).toEqual([["a"], ["a"]]);
    await finish();
    expect(runs).toHaveLength(2);
  });

  it("begins one round for knobs that move in one breath, as the two of a place", async () => {
    const { session, notify, runs, finish } = openSession([code("a"), code("b")]);
    void notify(...ran);
    session.setKnob("knob", 1);
    session.setKnob("knob", 2);
    await vi.advanceTimersByTimeAsync(0);
    await finish();
    expect(runs).toEqual([["a"]]);
  });

  it("runs nothing while a cell is running, which reads the knob itself, and the rest afterwards", async () => {
    const { session, notify, runs } = openSession([code("a"), code("b")]);
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
    void notify({ kind: "finished", cell: id("b"), run: 2 as RunId, status: "ok", report: null });
    await vi.advanceTimersByTimeAsync(0);
    expect(runs).toEqual([["a"]]);
  });

  it("marks a cell stale that read the knob and was not run again", async () => {
    const { session, notify } = openSession([code("a", ["manual"])]);
    void notify(...ran);
    await vi.advanceTimersByTimeAsync(300);
    expect(session.store.getState().stale.size).toBe(0);
    session.setKnob("knob", 1);
    await vi.advanceTimersByTimeAsync(300);
    expect(session.store.getState().stale.get(id("a"))).toBe("inputs");
  });
});

describe("a knob that a program turns", () => {
  const reads: RunReport = {
    status: "ok",
    durationMs: 4,
    left: 0,
    wrote: [],
    readKnobs: ["a/w" as KnobId],
    trained: false,
    drew: false,
  };
  const started = (cell: string, run: number): Notice => ({
    kind: "started",
    cell: id(cell),
    run: run as RunId,
    executionCount: run,
    names: { defines: [], uses: [], assigns: [], imports: [], later: [] },
    source: `${cell};`,
  });
  const finished = (cell: string, run: number): Notice => ({
    kind: "finished",
    cell: id(cell),
    run: run as RunId,
    status: "ok",
    report: reads,
  });
  const turned = (cell: string, run: number, value: number): Notice => ({
    kind: "output",
    cell: id(cell),
    run: run as RunId,
    output: {
      kind: "update",
      display: "d" as never,
      metadata: {},
      data: {
        "application/vnd.descent.knob+json": {
          kind: "slider",
          id: "a/w",
          slot: 0,
          label: "w",
          min: 0,
          max: 10,
          step: 1,
          log: false,
          value,
        },
      },
    },
  });

  it("runs light cells that read it again when its cell is over, but not that cell", async () => {
    const { notify, runs, finish } = openSession([code("a"), code("b")]);
    void notify(started("a", 1), finished("a", 1), started("b", 2));
    void notify(turned("a", 1, 3), turned("a", 1, 4));
    expect(runs).toEqual([]);
    void notify(finished("b", 2));
    await vi.advanceTimersByTimeAsync(0);
    expect(runs).toEqual([["a"]]);
    await finish();
    expect(runs).toEqual([["a"]]);
  });

  it("starts no second round from within a round", async () => {
    const { notify, runs, finish } = openSession([code("a"), code("b")]);
    void notify(started("a", 1), finished("a", 1), started("b", 2));
    void notify(turned("a", 1, 3));
    void notify(finished("b", 2), started("a", 3));
    void notify(turned("a", 1, 5), finished("a", 3));
    await finish();
    expect(runs).toEqual([["a"]]);
  });

  it("makes cells stale that read it and do not run by themselves", async () => {
    const { session, notify } = openSession([code("a", ["manual"]), code("b")]);
    void notify(started("a", 1), finished("a", 1));
    await vi.advanceTimersByTimeAsync(300);
    void notify(started("b", 2));
    void notify(turned("a", 1, 3));
    void notify(finished("b", 2));
    await vi.advanceTimersByTimeAsync(300);
    expect([...session.store.getState().stale]).toEqual([["a", "inputs"]]);
  });
});

describe("notices", () => {
  it("are answered when the page has drawn them, or soon in a tab that draws nothing", async () => {
    vi.stubGlobal("requestAnimationFrame", () => 0);
    const { notify } = openSession([code("a")]);
    const answered = vi.fn();
    void notify({ kind: "kernel", status: "idle", shared: true }).then(answered);
    await vi.advanceTimersByTimeAsync(100);
    expect(answered).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(answered).toHaveBeenCalledOnce();
  });
});

describe("cells that train", () => {
  it("run again from the same start, with a new seed, from a step, at their pace", () => {
    const { session, manners } = openSession([code("a")]);
    session.setPace(id("a"), 3);
    session.sameStart(id("a"));
    session.newSeed(id("a"));
    session.goOnFrom(id("a"), 12);
    session.changePace(id("a"), "faster");
    session.runCell(id("a"));
    expect(manners).toEqual([
      { start: "same start", pace: 3 },
      { start: "new seed", pace: 3 },
      { start: "step", step: 12, pace: 3 },
      { pace: 10 },
    ]);
  });

  it("are looked at by recorded steps, and pause for it while they run", () => {
    const { session, steered, notify } = openSession([code("a")]);
    const names = { defines: [], uses: [], assigns: [], imports: [], later: [] };
    const run = 4 as RunId;
    const owner = { cell: id("a"), run };
    void notify(
      { kind: "started", ...owner, executionCount: 1, names, source: "a;" },
      { kind: "recorded", ...owner, recorded: { steps: [0, 5, 9], shown: null } },
    );
    session.lookNear(id("a"), -1);
    session.lookNear(id("a"), 1);
    expect(steered).toEqual([{ kind: "pause" }, { kind: "look", run, step: 5 }]);
  });

  it("leave runs whose knobs come back, that are noted, deleted and saved", () => {
    const { session, knobs, texts, notify } = openSession([code("a")]);
    void notify(told(1), told(2));
    session.restoreSettings(1);
    session.noteRun(1, "good");
    session.deleteRuns(new Set([2]));
    session.saveRuns("run\r\n1\r\n", "csv");
    session.undeleteRuns();
    expect(knobs).toEqual([["a/lr", 0.1]]);
    const { runs } = session.store.getState().runs;
    expect(runs.map(({ number, note }) => [number, note])).toEqual([
      [1, "good"],
      [2, ""],
    ]);
    expect(texts.map(([ending, text]) => [ending, text.split("\r\n").length])).toEqual([
      ["csv", 3],
    ]);
  });
});

describe("a lesson's session", () => {
  const exercise = { ...code("ex", ["exercise"]), source: "answer = 0" };
  const part = (name: string, tag: string, source: string): Cell => ({
    ...code(name, [tag]),
    source,
    metadata: { tags: [tag], for: "ex" },
  });
  const guess = { ...code("guess", ["predict"]), source: 'const which = "?"; // "a" or "b"' };
  const check = part("ex-check", "check", "expect(answer);");
  const solution = part("ex-solution", "solution", "answer = 1");
  const cells = [guess, code("result"), exercise, check, solution];
  const ended = (name: string, run: number, source: string, status: "ok" | "error"): Notice[] => [
    {
      kind: "started",
      cell: id(name),
      run: run as RunId,
      executionCount: run,
      names: null,
      source,
    },
    { kind: "finished", cell: id(name), run: run as RunId, status, report: null },
  ];

  it("writes a guess into its cell, and runs it", () => {
    const { session, runs } = openSession(cells);
    session.guess(id("guess"), "b");
    const { notebook } = session.store.getState();
    expect(notebook.cells[0]?.source).toBe('const which = "b"; // "a" or "b"');
    expect(runs).toEqual([["guess"]]);
  });

  it("hands a guess to the kernel before the cell that shows the result", () => {
    const { session, runs, notify } = openSession(cells);
    session.runCell(id("result"));
    expect(runs).toEqual([["guess", "result"]]);
    void notify(...ended("guess", 1, guess.source, "ok"));
    session.runCell(id("result"));
    expect(runs[1]).toEqual(["result"]);
  });

  it("checks an answer after running it, and counts it as solved when the check has passed", async () => {
    const { session, runs, notify, finish } = openSession(cells);
    session.check(id("ex"));
    expect(runs).toEqual([["guess", "ex", "ex-check"]]);
    void notify(...ended("ex", 1, "answer = 0", "ok"), ...ended("ex-check", 2, "", "error"));
    await finish();
    expect(session.store.getState().learning.solved).toEqual([]);
    session.check(id("ex"));
    expect(runs[1], "the answer ran as it stands").toEqual(["guess", "ex-check"]);
    void notify(...ended("ex-check", 3, "", "ok"));
    await finish();
    expect(session.store.getState().learning.solved).toEqual(["ex"]);
  });

  it("checks an answer after what runs now, once for any number of presses", () => {
    const { session, runs, notify } = openSession([code("train"), ...cells]);
    const train = { cell: id("train"), run: 9 as RunId };
    void notify({ kind: "started", ...train, executionCount: 1, names: null, source: "" });
    session.check(id("ex"));
    void notify({ kind: "queued", cell: id("ex-check"), run: 10 as RunId });
    session.check(id("ex"));
    expect(runs).toEqual([["guess", "ex", "ex-check"]]);
  });

  it("gives one hint after the other, and no more than there are", () => {
    const { session } = openSession([exercise, part("h1", "hint", ""), part("h2", "hint", "")]);
    for (let press = 0; press < 4; press += 1) session.askHint(id("ex"));
    expect(session.store.getState().learning.hints).toEqual({ ex: 2 });
  });

  it("puts a solution in the place of the answer, and undo brings the answer back", () => {
    const { session } = openSession(cells);
    const answer = () => session.store.getState().notebook.cells[2]?.source;
    session.takeSolution(id("ex"), id("ex-solution"));
    expect(answer()).toBe("answer = 1");
    session.undo();
    expect(answer()).toBe("answer = 0");
  });

  it("gives a cell its first text back, and says where nobody knows it", async () => {
    const original = { cells: [exercise, guess], metadata: {} };
    const mine = [{ ...exercise, source: "mine" }, guess, code("own")];
    const { session, finish } = openSession(mine, false, original);
    session.resetCell(id("ex"));
    await finish();
    expect(session.store.getState().notebook.cells[0]?.source).toBe("answer = 0");
    session.guess(id("guess"), "a");
    session.resetCell(id("guess"));
    await finish();
    expect(session.store.getState().notebook.cells[1]?.source).toBe(guess.source);
    session.resetCell(id("own"));
    await finish();
    expect(session.store.getState().problem).toBe("Nobody knows what this cell began with.");
  });

  it("opens a guess again where nobody has the original", async () => {
    const made = { ...guess, source: 'const which = "a"; // "a" or "b"' };
    const { session, finish } = openSession([made]);
    session.resetCell(id("guess"));
    await finish();
    expect(session.store.getState().notebook.cells[0]?.source).toBe(guess.source);
  });

  it("begins a lesson anew once the learner's own is kept, in a new kernel", async () => {
    const kept: string[] = [];
    const original = { cells: [code("first", ["setup"])], metadata: {} };
    const { session, ids, restarts, runs } = openSession(cells, false, original, (state) => {
      kept.push(...state.notebook.cells.map((cell) => cell.id));
      return Promise.resolve();
    });
    session.askHint(id("ex"));
    void session.resetLesson();
    await vi.advanceTimersByTimeAsync(0);
    expect(kept).toEqual(cells.map((cell) => cell.id));
    expect([ids(), restarts.length, runs]).toEqual([["first"], 1, [["first"]]]);
    expect(session.store.getState().learning.hints).toEqual({});
  });

  it("leaves a lesson as it is where the learner's own cannot be kept", async () => {
    const original = { cells: [code("first")], metadata: {} };
    const full = () => Promise.reject(new Error("There is no room left."));
    const { session, ids, restarts } = openSession(cells, false, original, full);
    await session.resetLesson();
    expect(ids()).toEqual(cells.map((cell) => cell.id));
    expect(restarts).toEqual([]);
    expect(session.store.getState().problem).toBe(
      "The lesson was left as it is, because yours could not be kept: There is no room left.",
    );
  });

  it("runs what stands above the place where the learner left off", () => {
    const { session, runs } = openSession(cells);
    session.store.setState({ resume: id("ex") });
    session.runAboveResume();
    expect(runs).toEqual([["guess", "result"]]);
    expect(session.store.getState().resume).toBeNull();
  });

  it("goes past what belongs to an exercise in a student's view, and not in an author's", () => {
    const { session } = openSession([...cells, code("last")]);
    session.select(id("ex"));
    session.selectNeighbour(1);
    expect(session.store.getState().selected).toBe("ex-check");
    session.changeViewpoint();
    session.select(id("ex"));
    session.selectNeighbour(1);
    expect(session.store.getState().selected).toBe("last");
  });
});
