/** A clock that moves only when told to. */
import type { Clock } from "../../../app/storage/autosave.ts";

export interface FakeClock extends Clock {
  /** Lets this much time pass, calling what is due on the way, and everything asynchronous settle. */
  pass(ms: number): Promise<void>;
}

export function fakeClock(): FakeClock {
  let nowMs = 0;
  const timers = new Set<{ readonly dueMs: number; readonly call: () => void }>();
  return {
    now: () => nowMs,
    after(delayMs, call) {
      const timer = { dueMs: nowMs + delayMs, call };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async pass(ms) {
      const endMs = nowMs + ms;
      for (;;) {
        const due = [...timers].filter((timer) => timer.dueMs <= endMs);
        const next = due.toSorted((a, b) => a.dueMs - b.dueMs)[0];
        if (next === undefined) break;
        timers.delete(next);
        nowMs = next.dueMs;
        next.call();
        await settle();
      }
      nowMs = endMs;
      await settle();
    },
  };
}

/** Until no promise is left that only waits for others. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
