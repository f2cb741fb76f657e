import { expect, test } from "vitest";
import type { Checkpoint } from "../../../kernel/checkpoint.ts";
import type { CellId, OutputEvent, HostEvent, Program, RunId } from "../../../kernel/protocol.ts";
import { createCheckpoints } from "../../../kernel/run/checkpoints.ts";
import { createRun } from "../../../kernel/run/run.ts";

const trained = [{ optimizer: "opt", kind: "Adam", models: ["net"], steps: 1_240 }];
const program: Program = {
  cell: "a" as CellId,
  run: 1 as RunId,
  code: "",
  executionCount: 1,
  knobs: {},
};

function begin(sizeBytes = 10) {
  const activity = { steps: 0 };
  const clock = { now: 0, costMs: 0 };
  const kept: Checkpoint[] = [];
  const events: (OutputEvent | HostEvent)[] = [];
  let made: (left: number) => void = () => {};
  const run = createRun(program);
  const checkpoints = createCheckpoints({
    source: {
      begin() {},
      capture: () => ({
        trained,
        sizeBytes,
        encode() {
          clock.now += clock.costMs;
          return new Uint8Array(sizeBytes);
        },
      }),
      restore(_bytes, _values, next) {
        made = (left) =>
          next(trained[0] ?? { optimizer: null, kind: "", models: [], steps: 0 }, left);
        return { trained: [], left: 1 };
      },
    },
    activity,
    values: () => new Map(),
    context: { current: () => run },
    output: { emit: (_, event) => events.push(event) },
    keep: (checkpoint) => kept.push(checkpoint),
    now: () => clock.now,
  });
  return { activity, clock, kept, events, checkpoints, made: (left: number) => made(left) };
}

test("nothing is kept before an optimiser has stepped", () => {
  const { kept, checkpoints } = begin();
  checkpoints.tick();
  checkpoints.settle();
  expect(kept).toEqual([]);
});

test("the first step is kept at once, later ones every two seconds, the last at the run's end", () => {
  const { activity, clock, kept, checkpoints } = begin();
  for (clock.now = 0; clock.now <= 5_000; clock.now += 100) {
    activity.steps += 1;
    checkpoints.tick();
  }
  expect(kept.length).toBe(3);
  checkpoints.settle();
  expect(kept.length).toBe(4);
  checkpoints.settle();
  expect(kept.length).toBe(4);
});

test("checkpoints that take long come more rarely: at most a fiftieth of the time", () => {
  const { activity, clock, kept, checkpoints } = begin();
  clock.costMs = 200;
  for (let i = 0; i < 10_000; i++) {
    clock.now += 10;
    activity.steps += 1;
    checkpoints.tick();
  }
  expect((kept.length * clock.costMs) / clock.now).toBeLessThan(0.025);
  expect(kept.length).toBeGreaterThan(5);
});

test("what is too large is told once a run, and not kept", () => {
  const { activity, clock, kept, events, checkpoints } = begin(80 * 2 ** 20);
  for (clock.now = 0; clock.now <= 9_000; clock.now += 1_000) {
    activity.steps += 1;
    checkpoints.tick();
  }
  expect(kept).toEqual([]);
  expect(events).toEqual([
    {
      kind: "mistake",
      mistake: {
        rule: "large-checkpoint",
        text: "The model and its optimiser take 80 MB: only 64 MB are kept by themselves, for a kernel that has to be ended.",
        fix: "Call save() now and then.",
        frames: [],
      },
    },
  ]);
});

test("an optimiser that takes its state back says so in its cell", () => {
  const { events, checkpoints, made } = begin();
  expect(checkpoints.restore(new Uint8Array())).toEqual({ trained: [], left: 1 });
  made(0);
  expect(events).toEqual([
    { kind: "stream", name: "stdout", text: "Restored as of step 1,240: net, opt\n" },
    { kind: "restored", trained, left: 0 },
  ]);
});
