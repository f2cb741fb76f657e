import { afterEach, beforeEach, expect, test, vi } from "vitest";

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
});
afterEach(() => vi.useRealTimers());

/** The module takes the timers that are there when it is loaded. */
const load = () => import("../../../kernel/hosts/while-idle.ts");

test("work goes on turn by turn until it says that nothing is left", async () => {
  const { whileIdle } = await load();
  const work = vi.fn(() => work.mock.calls.length < 3);
  whileIdle(work);
  expect(work).not.toHaveBeenCalled();
  vi.advanceTimersToNextTimer();
  expect(work).toHaveBeenCalledTimes(1);
  vi.runAllTimers();
  expect(work).toHaveBeenCalledTimes(3);
});

test("work ends where it is when it is told to", async () => {
  const { whileIdle } = await load();
  const work = vi.fn(() => true);
  const end = whileIdle(work);
  vi.advanceTimersToNextTimer();
  end();
  vi.advanceTimersByTime(1000);
  expect(work).toHaveBeenCalledTimes(1);
});
