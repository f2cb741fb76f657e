/**
 * Saves the latest value soon after it changed, one save at a time. Knows nothing of notebooks or
 * IndexedDB: what to do is passed in, and so is the clock.
 */

export type SaveState =
  | { readonly kind: "saved"; readonly savedMs: number | null }
  | { readonly kind: "unsaved" }
  | { readonly kind: "saving" }
  /** Nothing newer is on disk. It is tried again, at the next change at the latest. */
  | { readonly kind: "failed"; readonly error: unknown };

export interface Clock {
  now(): number;
  /** Calls once after a time; the answer takes it back. */
  after(delayMs: number, call: () => void): () => void;
}

export interface Autosave<T> {
  /** Says that this is the value to keep from now on. Cheap: call it for every keystroke. */
  changed(value: T): void;
  /** Saves now what is not saved. Resolves when it is on disk or has failed: see `state`. */
  flush(): Promise<void>;
  readonly state: () => SaveState;
  /** No save starts any more: `flush` before, if the value shall be kept. */
  close(): void;
}

/** Saved at the first rest of this length, */
const REST_MS = 400;
/** or at the latest this long after the first change that is not saved; */
const LATEST_MS = 900;
/** but a slow disk rests as long as it worked, up to this: a closed tab must not cost more. */
const LONGEST_REST_MS = 2_000;
const RETRY_MS = 5_000;

export function createAutosave<T>(
  save: (value: T) => Promise<void>,
  tell: (state: SaveState) => void,
  clock: Clock = browserClock,
): Autosave<T> {
  let state: SaveState = { kind: "saved", savedMs: null };
  let pending: { readonly value: T; readonly sinceMs: number } | null = null;
  let saving: Promise<void> | null = null;
  let cancelTimer: (() => void) | null = null;
  let restMs = REST_MS;
  let closed = false;

  function enter(next: SaveState): void {
    state = next;
    tell(next);
  }

  const isWaiting = (): boolean => pending !== null && !closed;

  function plan(delayMs: number): void {
    cancelTimer?.();
    cancelTimer = clock.after(delayMs, () => void run());
  }

  function run(): Promise<void> {
    saving ??= saveLatest().finally(() => {
      saving = null;
    });
    return saving;
  }

  /** Saves the value of this moment and plans for what comes meanwhile. Never rejects. */
  async function saveLatest(): Promise<void> {
    cancelTimer?.();
    if (pending === null || closed) return;
    const { value, sinceMs } = pending;
    pending = null;
    enter({ kind: "saving" });
    const startMs = clock.now();
    try {
      await save(value);
    } catch (error) {
      pending ??= { value, sinceMs };
      enter({ kind: "failed", error });
      if (!closed) plan(RETRY_MS);
      return;
    }
    const endMs = clock.now();
    restMs = Math.min(Math.max(REST_MS, endMs - startMs), LONGEST_REST_MS);
    if (pending === null) {
      enter({ kind: "saved", savedMs: endMs });
    } else {
      enter({ kind: "unsaved" });
      if (!closed) plan(restMs);
    }
  }

  return {
    changed(value) {
      if (closed) return;
      const nowMs = clock.now();
      pending = { value, sinceMs: pending?.sinceMs ?? nowMs };
      if (saving !== null) return;
      if (state.kind === "saved") enter({ kind: "unsaved" });
      const latestMs = pending.sinceMs + Math.max(LATEST_MS, restMs) - nowMs;
      plan(Math.max(0, Math.min(restMs, latestMs)));
    },
    async flush() {
      // One under way may have begun before the last change.
      while (isWaiting()) {
        await run();
        if (state.kind === "failed") return;
      }
      await saving;
    },
    state: () => state,
    close() {
      closed = true;
      cancelTimer?.();
    },
  };
}

/** Saves when the page is hidden or left: the last moments a browser promises. Undone by the answer. */
export function flushOnHide(autosave: Pick<Autosave<unknown>, "flush">): () => void {
  const flush = (): void => void autosave.flush();
  const hidden = (): void => {
    if (document.visibilityState === "hidden") flush();
  };
  document.addEventListener("visibilitychange", hidden);
  window.addEventListener("pagehide", flush);
  return () => {
    document.removeEventListener("visibilitychange", hidden);
    window.removeEventListener("pagehide", flush);
  };
}

const browserClock: Clock = {
  now: () => Date.now(),
  after(delayMs, call) {
    const timer = setTimeout(call, delayMs);
    return () => clearTimeout(timer);
  },
};
