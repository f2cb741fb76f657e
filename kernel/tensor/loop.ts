/**
 * Loops with a handle: `batches()`, `progress()` and `forever()` tell whoever watches how far they
 * are. The engine knows no kernel; a kernel sets itself as the observer.
 */

export interface LoopWatch {
  /** One iteration is about to begin. False asks the loop to end as `break` would. */
  next(): boolean;
  /** The loop is over, by its end, `break`, `return` or a throw. */
  end(): void;
}

export interface LoopObserver {
  /** A loop of `total` iterations begins; null when it has no known end. */
  begin(total: number | null): LoopWatch;
}

const unwatched: LoopObserver = { begin: () => ({ next: () => true, end: () => {} }) };
let observer: LoopObserver = unwatched;

export function observeLoops(next: LoopObserver): void {
  observer = next;
}

/** Yields the items of `items`, as they come, under the observer's eyes. */
export async function* watchedAsync<T>(
  items: AsyncIterable<T>,
  total: number | null,
): AsyncGenerator<T, void, undefined> {
  const watch = observer.begin(total);
  try {
    for await (const item of items) {
      if (!watch.next()) return;
      yield item;
    }
  } finally {
    watch.end();
  }
}

/** Yields the items of `items` under the observer's eyes. */
export function* watched<T>(
  items: Iterable<T>,
  total: number | null,
): Generator<T, void, undefined> {
  const watch = observer.begin(total);
  try {
    for (const item of items) {
      if (!watch.next()) return;
      yield item;
    }
  } finally {
    watch.end();
  }
}
