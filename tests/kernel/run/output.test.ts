import { beforeEach, expect, test, vi } from "vitest";
import { applyControl, createControl } from "../../../kernel/hosts/control.ts";
import type { CellId, EventBatch, OutputEvent, RunId } from "../../../kernel/protocol.ts";

const owner = { cell: "a" as CellId, run: 1 as RunId };
const out = (text: string): OutputEvent => ({ kind: "stream", name: "stdout", text });

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
  return () => vi.useRealTimers();
});

/** Imported late, because the module takes the timers it finds. */
async function createOutputWithClock(isRunning = false, sending = () => {}) {
  const { createOutput } = await import("../../../kernel/run/output.ts");
  const control = createControl(true);
  const batches: EventBatch[] = [];
  const output = createOutput({
    control,
    send(batch) {
      batches.push(structuredClone(batch));
      sending();
    },
    isRunning: () => isRunning,
    now: () => performance.now(),
  });
  const acknowledge = (batch: number) => applyControl(control, { kind: "acknowledge", batch });
  return { output, batches, acknowledge };
}

test("output is sent by itself, a frame after it was made", async () => {
  const { output, batches } = await createOutputWithClock();
  output.emit(owner, out("a"));
  expect(batches).toHaveLength(0);
  vi.advanceTimersByTime(20);
  expect(batches.map(({ events }) => events[0]?.event)).toEqual([out("a")]);
});

test("at most two batches are under way, and the rest follows an acknowledgement", async () => {
  const { output, batches, acknowledge } = await createOutputWithClock();
  for (let i = 0; i < 10; i++) {
    output.emit(owner, out(`${i}`));
    vi.advanceTimersByTime(20);
  }
  expect(batches).toHaveLength(2);
  acknowledge(1);
  vi.advanceTimersByTime(20);
  expect(batches).toHaveLength(3);
  expect(batches[2]?.events[0]?.event).toEqual(out("23456789"));
});

test("finish() sends the last words without credit", async () => {
  const { output, batches } = await createOutputWithClock();
  for (let i = 0; i < 5; i++) {
    output.emit(owner, out(`${i}`));
    vi.advanceTimersByTime(20);
  }
  output.finish();
  expect(batches).toHaveLength(3);
});

test("invalidate() renders once a batch, however often it is called", async () => {
  const { output, batches } = await createOutputWithClock();
  let rendered = 0;
  const dirty = { owner, render: () => out(`${(rendered += 1)}`) };
  for (let i = 0; i < 1000; i++) output.invalidate(dirty);
  vi.advanceTimersByTime(20);
  expect(rendered).toBe(1);
  expect(batches).toHaveLength(1);
});

/** Frames of a figure that takes `tookMs` to draw, in a second in which it changes all the time. */
async function framesInASecond(tookMs: number, isRunning: boolean): Promise<number> {
  const { output, batches, acknowledge } = await createOutputWithClock(isRunning);
  const end = performance.now() + 1000;
  let frames = 0;
  const render = () => {
    vi.advanceTimersByTime(tookMs);
    return out(`${(frames += 1)}`);
  };
  for (const dirty = { owner, render }; performance.now() < end; vi.advanceTimersByTime(1)) {
    output.invalidate(dirty);
    output.flush();
    acknowledge(batches.length);
  }
  return frames;
}

test("a figure takes three hundredths of a running cell's time, and is drawn eight times a second at least", async () => {
  expect(await framesInASecond(1, true)).toBeCloseTo(1000 / 33, -1);
  expect(await framesInASecond(2, true)).toBeCloseTo(1000 / 66, -1);
  expect(await framesInASecond(20, true)).toBeCloseTo(1000 / 120, -1);
});

test("a figure that follows a knob between runs is drawn at every frame it can be", async () => {
  expect(await framesInASecond(2, false)).toBeGreaterThan(40);
});

test("a figure waits for the time that sending it took, too", async () => {
  let frames = 0;
  const { output, acknowledge, batches } = await createOutputWithClock(true, () => {
    vi.advanceTimersByTime(2);
  });
  const end = performance.now() + 1000;
  for (const dirty = { owner, render: () => out(`${(frames += 1)}`) }; performance.now() < end;) {
    output.invalidate(dirty);
    output.flush();
    acknowledge(batches.length);
    vi.advanceTimersByTime(1);
  }
  expect(frames).toBeCloseTo(1000 / 66, -1);
});

test("text does not wait for a figure that may not be drawn yet", async () => {
  const { output, batches, acknowledge } = await createOutputWithClock(true);
  const render = () => {
    vi.advanceTimersByTime(10);
    return out("drawn");
  };
  output.invalidate({ owner, render });
  vi.advanceTimersByTime(20);
  acknowledge(1);
  output.invalidate({ owner, render });
  output.emit(owner, out("said"));
  vi.advanceTimersByTime(40);
  expect(batches.map(({ events }) => events[0]?.event)).toEqual([out("drawn"), out("said")]);
  output.finish();
  expect(batches).toHaveLength(3);
});

test("a value that cannot be cloned does not take its neighbours with it", async () => {
  const { output, batches } = await createOutputWithClock();
  output.emit(owner, out("before"));
  output.emit(owner, { kind: "display", data: { "a/b": { f: () => 1, x: 2 } }, metadata: {} });
  const cycle: Record<string, unknown> = { f: () => 1 };
  cycle.self = cycle;
  output.emit(owner, { kind: "display", data: { "a/b": cycle }, metadata: {} });
  vi.advanceTimersByTime(20);
  const events = batches[0]?.events.map(({ event }) => event);
  expect(events?.slice(0, 2)).toEqual([
    out("before"),
    { kind: "display", data: { "a/b": { x: 2 } }, metadata: {} },
  ]);
  expect(JSON.stringify(events?.[2])).toContain("display: this value cannot be shown as JSON");
});
