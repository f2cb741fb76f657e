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
  const attention = createAttention({ control, guard, context, flush: () => (flushes += 1) });
  return { control, context, run, attention, flushes: () => flushes };
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
