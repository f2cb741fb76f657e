import { propertyRuns } from "../../counts.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  openRuntime,
  runtimeOf,
  shownOutputs,
  transition,
  transitionAll,
  type Runtime,
} from "../../../app/notebook/runtime.ts";
import type { Notice, Output } from "../../../kernel/hosts/notices.ts";
import type { CellId, DisplayId, RunId, RunReport } from "../../../kernel/protocol.ts";

const report: RunReport = {
  status: "ok",
  durationMs: 5,
  left: 0,
  wrote: [],
  readKnobs: [],
  trained: false,
  drew: false,
};

function queued(cell: string, run: number): Notice {
  return { kind: "queued", cell: cell as CellId, run: run as RunId };
}
function started(cell: string, run: number): Notice {
  const names = { defines: [], uses: [], assigns: [], imports: [], later: [] };
  return {
    kind: "started",
    cell: cell as CellId,
    run: run as RunId,
    executionCount: run,
    names,
    source: "",
  };
}
function output(cell: string, run: number, value: Output): Notice {
  return { kind: "output", cell: cell as CellId, run: run as RunId, output: value };
}
function finished(cell: string, run: number, durationMs = 5): Notice {
  return {
    kind: "finished",
    cell: cell as CellId,
    run: run as RunId,
    status: "ok",
    report: { ...report, durationMs },
  };
}
function wish(cell: string, run: number, what: "pause" | "finish" | null): Notice {
  return { kind: "wished", cell: cell as CellId, run: run as RunId, wish: what };
}
const kernelDied: Notice = { kind: "kernel", status: "dead", shared: true };
const stdout = (text: string): Output => ({ kind: "stream", name: "stdout", text });
const display = (text: string, id: string): Output => ({
  kind: "display",
  data: { "text/plain": text },
  metadata: {},
  display: id as DisplayId,
});
const update = (text: string, id: string): Output => ({
  kind: "update",
  data: { "text/plain": text },
  metadata: {},
  display: id as DisplayId,
});
const kernel = (status: "starting" | "idle" | "dead"): Notice => ({
  kind: "kernel",
  status,
  shared: true,
});

const after = (...notices: Notice[]): Runtime => transitionAll(openRuntime(), notices, 1000);
const cell = (runtime: Runtime, id: string) => runtimeOf(runtime, id as CellId);

describe("transition()", () => {
  test("a run goes from queued over running to idle, with times and count", () => {
    let runtime = after(queued("a", 1));
    expect(cell(runtime, "a")).toMatchObject({ state: "queued", executionCount: null });
    runtime = transition(runtime, started("a", 1), 2000);
    expect(cell(runtime, "a")).toMatchObject({
      state: "running",
      executionCount: 1,
      startedMs: 2000,
    });
    runtime = transition(runtime, finished("a", 1), 2500);
    expect(cell(runtime, "a")).toMatchObject({ state: "idle", ended: "ok", endedMs: 2500 });
    expect(cell(runtime, "a").record?.report?.durationMs).toBe(5);
  });

  test("a cell asked for twice runs twice, each run's output in its own", () => {
    let runtime = after(
      queued("a", 1),
      queued("a", 2),
      started("a", 1),
      output("a", 1, stdout("one")),
      finished("a", 1),
    );
    expect(cell(runtime, "a")).toMatchObject({ state: "queued", outputs: [{ text: "one" }] });
    runtime = transitionAll(runtime, [started("a", 2), output("a", 2, stdout("two"))]);
    expect(cell(runtime, "a")).toMatchObject({ state: "running", outputs: [{ text: "two" }] });
  });

  test("a cancelled run leaves the cell as it was", () => {
    const ran = after(
      queued("a", 1),
      started("a", 1),
      output("a", 1, stdout("x")),
      finished("a", 1),
    );
    const again = transitionAll(ran, [
      queued("a", 2),
      { kind: "cancelled", cell: "a" as CellId, run: 2 as RunId },
    ]);
    expect(cell(again, "a")).toEqual(cell(ran, "a"));
  });

  test("ignores every notice of a run older than the one that started last", () => {
    const runtime = after(queued("a", 3), started("a", 3), output("a", 3, stdout("new")));
    const old = fc.constantFrom<((run: number) => Notice)[]>(
      (run) => queued("a", run),
      (run) => started("a", run),
      (run) => finished("a", run),
      (run) => output("a", run, stdout("late")),
      (run) => output("a", run, { kind: "clear", wait: false }),
      (run) => output("a", run, { kind: "progress", loop: 1, done: 1, total: 2, perSecond: 3 }),
      (run) => output("a", run, update("late", "d")),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(old, fc.integer({ min: 1, max: 2 })), { minLength: 1 }),
        (notices) => {
          expect(
            transitionAll(
              runtime,
              notices.map(([make, run]) => make(run)),
            ),
          ).toBe(runtime);
        },
      ),
      propertyRuns(20260105, 200),
    );
  });

  test("joins text of one stream and keeps the two streams apart", () => {
    const runtime = after(
      started("a", 1),
      output("a", 1, stdout("x")),
      output("a", 1, stdout("y\n")),
      output("a", 1, { kind: "stream", name: "stderr", text: "!" }),
      output("a", 1, stdout("z")),
    );
    expect(cell(runtime, "a").outputs).toMatchObject([
      { name: "stdout", text: "xy\n" },
      { name: "stderr", text: "!" },
      { name: "stdout", text: "z" },
    ]);
  });

  test("an update redraws the display wherever it stands, also under another cell", () => {
    const runtime = after(
      started("a", 1),
      output("a", 1, display("old", "d")),
      finished("a", 1),
      started("b", 2),
      output("b", 2, display("same", "d")),
      output("b", 2, update("new", "d")),
    );
    for (const id of ["a", "b"]) {
      expect(cell(runtime, id).outputs).toMatchObject([{ data: { "text/plain": "new" } }]);
    }
  });

  test("an update of nothing shown changes nothing", () => {
    const runtime = after(started("a", 1), output("a", 1, display("old", "d")));
    expect(transition(runtime, output("a", 1, update("new", "other")))).toBe(runtime);
  });

  test("clear() empties at once, clear(wait) with the next output", () => {
    const shown = after(started("a", 1), output("a", 1, stdout("x")));
    const now = transition(shown, output("a", 1, { kind: "clear", wait: false }));
    expect(cell(now, "a").outputs).toEqual([]);
    const later = transition(shown, output("a", 1, { kind: "clear", wait: true }));
    expect(cell(later, "a").outputs).toMatchObject([{ text: "x" }]);
    const next = transition(later, output("a", 1, stdout("y")));
    expect(cell(next, "a").outputs).toMatchObject([{ text: "y" }]);
  });

  test("the result carries the count of its run", () => {
    const result: Output = { kind: "result", data: { "text/plain": "42" }, metadata: {} };
    const runtime = after(started("a", 7), output("a", 7, result));
    expect(cell(runtime, "a").outputs).toEqual([{ ...result, executionCount: 7 }]);
  });

  test("output that comes after the end of its run is still shown", () => {
    const runtime = after(started("a", 1), finished("a", 1), output("a", 1, stdout("timer")));
    expect(cell(runtime, "a").outputs).toMatchObject([{ text: "timer" }]);
  });

  test("progress is kept apart from the outputs", () => {
    const runtime = after(
      started("a", 1),
      output("a", 1, { kind: "progress", loop: 1, done: 137, total: 460, perSecond: 90 }),
    );
    expect(cell(runtime, "a").progress).toEqual({ loop: 1, done: 137, total: 460, perSecond: 90 });
    expect(cell(runtime, "a").outputs).toEqual([]);
  });

  test("a wish stays until the kernel answers it, and a pause until the run goes on or ends", () => {
    const pause = { frame: null, variables: [{ name: "x", text: "1" }] };
    const wished = after(started("a", 1), wish("a", 1, "pause"));
    expect(cell(wished, "a")).toMatchObject({ wish: "pause", pause: null });
    const held = transitionAll(wished, [output("a", 1, { kind: "pause", pause })]);
    expect(cell(held, "a")).toMatchObject({ wish: null, pause, outputs: [] });
    const free = transitionAll(held, [output("a", 1, { kind: "pause", pause: null })]);
    expect(cell(free, "a")).toMatchObject({ wish: null, pause: null });
    for (const end of [finished("a", 1), kernelDied]) {
      expect(cell(transitionAll(held, [end]), "a")).toMatchObject({ wish: null, pause: null });
    }
  });

  test("a wish to finish outlasts a pause and is answered by the next loop", () => {
    const bar = (loop: number): Notice =>
      output("a", 1, { kind: "progress", loop, done: 1, total: null, perSecond: 1 });
    const wished = after(started("a", 1), bar(1), wish("a", 1, "finish"));
    const going = transitionAll(wished, [output("a", 1, { kind: "pause", pause: null }), bar(1)]);
    expect(cell(going, "a").wish).toBe("finish");
    expect(cell(transitionAll(going, [bar(2)]), "a").wish).toBe(null);
  });

  test("what an ended kernel leaves is offered until it is back", () => {
    const trained = [{ optimizer: "opt", kind: "Adam", models: ["net"], steps: 3 }];
    const offer = { trained, isWaiting: false };
    const offered = after(started("a", 1), kernelDied, { kind: "checkpoint", offer });
    expect(offered.checkpoint).toEqual(offer);
    const next = transitionAll(offered, [kernel("starting"), kernel("idle")]);
    expect(next.checkpoint).toEqual(offer);
    expect(transitionAll(next, [{ kind: "checkpoint", offer: null }]).checkpoint).toBe(null);
  });

  test("a wish for a run that is over changes nothing", () => {
    const over = after(started("a", 1), finished("a", 1));
    expect(transitionAll(over, [wish("a", 1, "pause")])).toBe(over);
  });

  test("mistakes are kept apart from the outputs, until the cell runs again", () => {
    const mistake = { rule: "nan-loss", text: "t", fix: "f", frame: null };
    const runtime = after(started("a", 1), output("a", 1, { kind: "mistake", mistake }));
    expect(cell(runtime, "a")).toMatchObject({ mistakes: [mistake], outputs: [] });
    expect(cell(transitionAll(runtime, [started("a", 2)]), "a").mistakes).toEqual([]);
  });

  test("of very many mistakes a few are kept", () => {
    const mistake = { rule: "nan-loss", text: "t", fix: "f", frame: null };
    const told = Array.from({ length: 100 }, () => output("a", 1, { kind: "mistake", mistake }));
    expect(cell(after(started("a", 1), ...told), "a").mistakes.length).toBeLessThan(20);
  });

  test("a quick cell that runs again keeps what it has not yet redrawn", () => {
    const first = after(
      started("a", 1),
      output("a", 1, display("knob", "k")),
      output("a", 1, display("figure", "f")),
      finished("a", 1, 20),
    );
    const again = transitionAll(first, [started("a", 2), output("a", 2, display("knob 2", "k"))]);
    expect(shownOutputs(cell(again, "a"))).toMatchObject([
      { data: { "text/plain": "knob 2" } },
      { data: { "text/plain": "figure" } },
    ]);
    const done = transition(again, finished("a", 2));
    expect(shownOutputs(cell(done, "a"))).toHaveLength(1);
  });

  test("a slow cell that runs again starts empty", () => {
    const first = after(started("a", 1), output("a", 1, stdout("x")), finished("a", 1, 5000));
    expect(shownOutputs(cell(transition(first, started("a", 2)), "a"))).toEqual([]);
  });

  test("a dead kernel ends its run, empties the queue and leaves the outputs", () => {
    const runtime = after(
      started("a", 1),
      output("a", 1, display("kept", "d")),
      queued("b", 2),
      kernel("dead"),
    );
    expect(cell(runtime, "a")).toMatchObject({ state: "idle", ended: "killed", record: null });
    expect(cell(runtime, "a").outputs).toEqual([
      { kind: "display", data: { "text/plain": "kept" }, metadata: {} },
    ]);
    expect(cell(runtime, "b").state).toBe("idle");
  });

  test("a new kernel cannot redraw what an old one showed under the same name", () => {
    const runtime = after(
      started("a", 1),
      output("a", 1, display("old", "d")),
      finished("a", 1),
      kernel("starting"),
      started("b", 2),
      output("b", 2, update("new", "d")),
    );
    expect(cell(runtime, "a").outputs).toMatchObject([{ data: { "text/plain": "old" } }]);
  });

  test("output of a dead kernel that comes late is not shown", () => {
    const runtime = after(started("a", 1), kernel("dead"));
    expect(transition(runtime, output("a", 1, stdout("late")))).toBe(runtime);
  });

  test("runs queued while a kernel starts wait for it", () => {
    const runtime = after(queued("a", 1), kernel("starting"), kernel("idle"));
    expect(cell(runtime, "a").state).toBe("queued");
  });

  test("thousands of displays keep the first and the last, and the count between", () => {
    const notices = Array.from({ length: 3000 }, (_, i) =>
      output("a", 1, display(`${i}`, `d${i}`)),
    );
    const { outputs } = cell(after(started("a", 1), ...notices), "a");
    expect(outputs.length).toBe(501);
    expect(outputs[0]).toMatchObject({ data: { "text/plain": "0" } });
    expect(outputs[250]).toEqual({ kind: "omitted", count: 2500 });
    expect(outputs.at(-1)).toMatchObject({ data: { "text/plain": "2999" } });
  });

  test("outputs that the kernel left out count with those left out here", () => {
    const shows = (from: number, count: number) =>
      Array.from({ length: count }, (_, i) =>
        output("a", 1, display(String(from + i), `d${from + i}`)),
      );
    const left = (count: number) => output("a", 1, { kind: "omitted", count });
    const runtime = after(
      started("a", 1),
      ...shows(0, 400),
      left(600),
      ...shows(1000, 300),
      left(5),
      ...shows(1305, 20),
    );
    const { outputs } = cell(runtime, "a");
    const gap = outputs.findIndex(({ kind }) => kind === "omitted");
    const count = outputs.reduce(
      (sum, each) => sum + (each.kind === "omitted" ? each.count : 1),
      0,
    );
    expect(count).toBe(1325);
    expect(outputs.filter(({ kind }) => kind === "omitted")).toHaveLength(1);
    expect(gap).toBe(250);
    expect(outputs).toHaveLength(250 + 1 + 20);
  });

  test("cells a notice does not concern stay the same objects", () => {
    const runtime = after(started("a", 1), finished("a", 1), queued("b", 2));
    expect(cell(transition(runtime, started("b", 2)), "a")).toBe(cell(runtime, "a"));
  });
});
