import { beforeEach, expect, test, vi } from "vitest";
import { createTicker } from "../../../kernel/hosts/ticker.ts";

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

function started() {
  let ticks = 0;
  const told: boolean[] = [];
  const ticker = createTicker(
    () => (ticks += 1),
    (running) => told.push(running),
  );
  return { ticker, told, ticks: () => ticks };
}

test("a kernel is ticked while a run is under way, or what runs left", () => {
  const { ticker, ticks } = started();
  ticker.busy(true);
  vi.advanceTimersByTime(160);
  expect(ticks()).toBe(10);
  ticker.background(true);
  ticker.busy(false);
  vi.advanceTimersByTime(160);
  expect(ticks()).toBe(20);
  ticker.background(false);
  vi.advanceTimersByTime(160);
  expect(ticks()).toBe(20);
});

test("what goes on without a run is told when it lasts, and once", () => {
  const { ticker, told } = started();
  ticker.background(true);
  vi.advanceTimersByTime(500);
  ticker.background(false);
  vi.advanceTimersByTime(5_000);
  expect(told).toEqual([]);
  ticker.background(true);
  vi.advanceTimersByTime(5_000);
  ticker.background(false);
  ticker.background(false);
  expect(told).toEqual([true, false]);
});

test("nothing is ticked or told when the kernel is gone", () => {
  const { ticker, told, ticks } = started();
  ticker.busy(true);
  ticker.background(true);
  ticker.stop();
  vi.advanceTimersByTime(5_000);
  expect([ticks(), told]).toEqual([0, []]);
});
