import { beforeEach, expect, test, vi } from "vitest";
import { applyControl, type Control, createControl, tick } from "../../../kernel/hosts/control.ts";
import type { Guard } from "../../../kernel/compile/compiler.ts";
import type { CellId, Program, RunId } from "../../../kernel/protocol.ts";
import { createAttention } from "../../../kernel/run/attention.ts";
import { Interrupted } from "../../../kernel/run/interrupted.ts";
import { createRun, createRunContext, type Run } from "../../../kernel/run/run.ts";
import { nextTurn } from "../../../kernel/run/turns.ts";

let now = 0;
beforeEach(() => {
  now = 0;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => now);
  return () => clock.mockRestore();
});

function begin(guard: Guard, number = 1) {
  const control = createControl(guard !== "countdown");
  const context = createRunContext(nextTurn);
  const run = startRun(context, number);
  let flushes = 0;
  let met = 0;
  let drawing = false;
  const held: boolean[] = [];
  let flush = () => {};
  const attention = createAttention({
    control,
    guard,
    context,
    output: {
      flush: () => {
        flushes += 1;
        flush();
      },
      isIdle: () => true,
      isFlushing: () => drawing,
    },
    activity: { steps: 0 },
    tell: (_, isHeld) => held.push(isHeld),
    answerPresses: () => [],
    look: () => {},
    resume: () => {},
    isReplaying: () => false,
    meetBackground: () => (met += 1),
  });
  /** Does it as a figure is drawn. */
  const draw = (work: () => void) => {
    drawing = true;
    try {
      work();
    } finally {
      drawing = false;
    }
  };
  return {
    control,
    context,
    run,
    attention,
    held,
    draw,
    /** Has the output do this when it is flushed. */
    flushBy: (work: () => void) => (flush = work),
    flushes: () => flushes,
    met: () => met,
  };
}

function startRun(context: ReturnType<typeof createRunContext>, number: number): Run {
  const program: Program = {
    cell: "a" as CellId,
    run: number as RunId,
    code: "",
    executionCount: 1,
    knobs: {},
  };
  const run = createRun(program);
  context.begin(run);
  return run;
}

const interrupt = (control: Control, run: number) =>
  applyControl(control, { kind: "interrupt", run: run as RunId });

test("slow() throws for the run that shall stop, again and again, until it has settled", () => {
  const { control, run, attention } = begin("plain");
  interrupt(control, 1);
  expect(attention.flags[0]).not.toBe(0);
  expect(() => attention.slow()).toThrow(Interrupted);
  expect(() => attention.slow()).toThrow(Interrupted);
  expect(run.interrupted).toBe(true);
  attention.settle(run);
  expect(attention.flags[0]).toBe(0);
  expect(() => attention.slow()).not.toThrow();
});

test("all guards of one stop throw the same error, which has noted its stack once", () => {
  const { control, context, run, attention } = begin("plain");
  const thrown = () => {
    try {
      attention.slow();
    } catch (error) {
      return error;
    }
    return null;
  };
  interrupt(control, 1);
  const first = thrown();
  expect(thrown()).toBe(first);
  attention.settle(run);
  context.settle(run);
  startRun(context, 2);
  interrupt(control, 2);
  expect(thrown()).toBeInstanceOf(Interrupted);
  expect(thrown()).not.toBe(first);
});

test("an interrupt that comes too late does not stop the next run", () => {
  const { control, context, run, attention } = begin("plain");
  attention.settle(run);
  context.settle(run);
  startRun(context, 2);
  interrupt(control, 1);
  expect(() => attention.slow()).not.toThrow();
  expect(attention.isStopped()).toBe(false);
});

test("an interrupt for a run that cannot begin ends the code that keeps it from beginning", () => {
  const { control, context, run, attention } = begin("plain");
  attention.settle(run);
  context.settle(run);
  interrupt(control, 2);
  expect(() => attention.slow()).toThrow(Interrupted);
});

test("code that goes on without a run is met, and ended by an interrupt of its own", () => {
  const { control, context, run, attention, met, draw } = begin("plain");
  attention.slow();
  expect(met()).toBe(0);
  attention.settle(run);
  context.settle(run);
  attention.slow();
  expect(met()).toBe(1);
  interrupt(control, 2);
  expect(() => attention.slow()).toThrow(Interrupted);
  expect(() => draw(attention.slow)).toThrow(Interrupted);
  attention.endedAtRest();
  // What comes back from a wait later is ended too; a figure is drawn, until there is another stop.
  expect(() => attention.slow()).toThrow(Interrupted);
  expect(() => draw(attention.slow)).not.toThrow();
  interrupt(control, 3);
  expect(() => draw(attention.slow)).toThrow(Interrupted);
  startRun(context, 4);
  attention.begin(4 as RunId);
  expect(attention.flags[0]).toBe(0);
  expect(() => attention.slow()).not.toThrow();
});

test("slow() flushes once a tick", () => {
  const { control, attention, flushes } = begin("atomic");
  attention.slow();
  tick(control);
  attention.slow();
  attention.slow();
  expect(flushes()).toBe(1);
});

test("yield() lets other turns of the event loop go first", async () => {
  const { control, attention } = begin("plain");
  tick(control);
  let turns = 0;
  setImmediate(() => (turns += 1));
  await attention.yield();
  expect(turns).toBe(1);
  expect(attention.flags[1]).toBe(0);
});

test("yield() of an interrupted run does not resume it", async () => {
  const { run, attention } = begin("plain");
  const waiting = attention.yield();
  for (const cancel of run.cancellations) cancel();
  await expect(waiting).rejects.toThrow(Interrupted);
});

test("without shared memory guards count, look at the clock, flush and ask for yields", () => {
  const { control, attention, flushes } = begin("countdown");
  expect(attention.flags).not.toBe(control.flags);
  attention.slow();
  expect([flushes(), attention.flags[1]]).toEqual([0, 0]);
  expect(attention.flags[0]).toBeGreaterThan(0);
  now = 20;
  attention.slow();
  expect([flushes(), attention.flags[1]]).toEqual([1, 1]);
});

test("without shared memory an interrupt keeps the count down, so that every guard throws", () => {
  const { control, attention } = begin("countdown");
  interrupt(control, 1);
  expect(() => attention.slow()).toThrow(Interrupted);
  expect(attention.flags[0]).toBe(0);
});

test("without shared memory a pause holds a loop at its next yield, and lets it go on", async () => {
  const { control, run, attention, held } = begin("countdown");
  applyControl(control, { kind: "pause", run: run.run });
  attention.slow(1);
  // Near a pause every turn can wait.
  expect([...attention.flags]).toEqual([0, 1]);
  let turns = 0;
  const loop = (async () => {
    for (;;) {
      attention.slow(1);
      await attention.yield();
      turns += 1;
    }
  })();
  const settle = () => new Promise<void>((resolve) => nextTurn(() => nextTurn(resolve)));
  await settle();
  expect([held, turns]).toEqual([[true], 0]);
  now = 300;
  applyControl(control, { kind: "step", step: 1 });
  attention.wake();
  await settle();
  expect([held, turns]).toEqual([[true, false, true], 1]);
  applyControl(control, { kind: "resume" });
  attention.wake();
  await settle();
  expect(held.at(-1)).toBe(false);
  // Time in a pause is not the run's.
  expect(attention.heldMs()).toBe(300);
  expect(turns).toBeGreaterThan(1);
  interrupt(control, run.run);
  await expect(loop).rejects.toThrow(Interrupted);
});

test("without shared memory Stop ends a paused loop", async () => {
  const { control, run, attention, held } = begin("countdown");
  applyControl(control, { kind: "pause", run: run.run });
  attention.slow(1);
  const waiting = attention.yield();
  await new Promise<void>((resolve) => nextTurn(() => nextTurn(resolve)));
  expect(held).toEqual([true]);
  interrupt(control, run.run);
  attention.wake();
  await expect(waiting).rejects.toThrow(Interrupted);
});

test("a pause means its run alone, and goes with it", () => {
  const { control, context, run, attention, held } = begin("atomic", 3);
  applyControl(control, { kind: "pause", run: 2 as RunId });
  attention.slow(1);
  expect(held).toEqual([]);
  applyControl(control, { kind: "pause", run: 3 as RunId });
  attention.settle(run);
  context.settle(run);
  startRun(context, 4);
  expect(attention.flags[0]).toBe(0);
});

test("slow() sends nothing where the stack has no room for it, and what waits goes from higher up", () => {
  const { control, attention, flushBy, flushes } = begin("plain");
  const calls = (depth: number): number => (depth === 0 ? 0 : calls(depth - 1) + 1);
  let sent = 0;
  flushBy(() => {
    calls(100);
    sent += 1;
  });
  let left = 0;
  const dive = (): void => {
    try {
      dive();
    } catch {
      // Here a guard stands, at the end of the stack first.
      if (left < 2000) {
        left += 1;
        tick(control);
        attention.slow();
      }
      throw new RangeError();
    }
  };
  expect(dive).toThrow(RangeError);
  expect(left).toBe(2000);
  expect(sent).toBeGreaterThan(0);
  expect(flushes()).toBe(sent);
});
