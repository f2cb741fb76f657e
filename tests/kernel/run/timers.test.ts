import { expect, test } from "vitest";
import type { Program } from "../../../kernel/protocol.ts";
import { createRun, createRunContext } from "../../../kernel/run/run.ts";
import { installTimers } from "../../../kernel/run/timers.ts";

function install() {
  const context = createRunContext((callback) => void setImmediate(callback));
  const run = createRun({ cell: "a", run: 1, knobs: {} } as unknown as Program);
  context.begin(run);
  const scope = { setTimeout, setInterval, clearTimeout, clearInterval, queueMicrotask };
  const reported: unknown[] = [];
  installTimers(scope, {
    context,
    report: (_, error) => reported.push(error),
    meetBackground: () => {},
  });
  return { run, scope, reported };
}

test("a run remembers its timers until they have fired or were cleared", async () => {
  const { run, scope } = install();
  const waits = scope.setTimeout(() => {}, 60_000);
  const repeats = scope.setInterval(() => {}, 60_000);
  await new Promise<void>((resolve) => void scope.setTimeout(resolve, 1));
  expect(run.cancellations.size).toBe(2);
  scope.clearTimeout(waits);
  scope.clearInterval(repeats);
  expect(run.cancellations.size).toBe(0);
});

test("a timer that is set after its run has ended can still be cancelled with it", async () => {
  const { run, scope } = install();
  run.settled = true;
  let fired = false;
  void scope.setTimeout(() => (fired = true), 1);
  for (const cancel of run.cancellations) cancel();
  // Timers of one delay fire in order.
  await new Promise((resolve) => setTimeout(resolve, 1));
  expect(fired).toBe(false);
});

test("what a callback throws is told for the run that set it", async () => {
  const { scope, reported } = install();
  const error = new Error("late");
  await new Promise<void>((resolve) => {
    void scope.setTimeout(() => {
      resolve();
      throw error;
    }, 1);
  });
  expect(reported).toEqual([error]);
});
