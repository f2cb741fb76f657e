/**
 * Where a step's time goes, by op and shape: every method of the backend is timed, and moving values
 * to the heap by itself. What is left is JavaScript: the tape, checks of shapes, the workload's own.
 */
import type { Backend } from "../../../kernel/tensor/backend.ts";
import { Arena } from "../../../kernel/tensor/backends/wasm/arena.ts";

export interface ProfileRow {
  readonly what: string;
  readonly calls: number;
  readonly ms: number;
}

export class Profile {
  readonly #rows = new Map<string, { calls: number; ms: number }>();
  /** Milliseconds of what ran inside of what runs now, innermost last. */
  readonly #inside: number[] = [];

  /** `backend`, each of whose calls is counted. */
  watch(backend: Backend): Backend {
    const { evict } = Arena.prototype;
    const timed = this.#timed.bind(this);
    Arena.prototype.evict = function (this: Arena, ...wanted): void {
      timed("moving to the heap", () => evict.apply(this, wanted));
    };
    const watched = Object.entries(backend).map(([name, method]) => [
      name,
      typeof method !== "function"
        ? (method as unknown)
        : (...given: readonly unknown[]): unknown =>
            timed(nameOf(name, given), (): unknown => Reflect.apply(method, backend, given)),
    ]);
    return Object.fromEntries(watched) as Backend;
  }

  clear(): void {
    this.#rows.clear();
  }

  /** Milliseconds and calls of one of `steps` steps, the longest first. */
  rows(steps: number): ProfileRow[] {
    return [...this.#rows]
      .map(([what, { calls, ms }]) => ({ what, calls: calls / steps, ms: ms / steps }))
      .toSorted((a, b) => b.ms - a.ms);
  }

  #timed<T>(what: string, work: () => T): T {
    this.#inside.push(0);
    const from = performance.now();
    try {
      return work();
    } finally {
      const ms = performance.now() - from;
      const own = ms - (this.#inside.pop() ?? 0);
      const outer = this.#inside.length - 1;
      if (outer >= 0) this.#inside[outer]! += ms; // there is an outer one
      const row = this.#rows.get(what) ?? { calls: 0, ms: 0 };
      this.#rows.set(what, { calls: row.calls + 1, ms: row.ms + own });
    }
  }
}

/** "binary add [512, 6] [512, 6]": the op, the kernel it names and the shapes it is given. */
function nameOf(method: string, given: readonly unknown[]): string {
  const words = given.flatMap((each) => {
    if (typeof each === "string") return [each];
    const isView = typeof each === "object" && each !== null && "shape" in each;
    return isView && Array.isArray(each.shape) ? [`[${each.shape.join(", ")}]`] : [];
  });
  return [method, ...words].join(" ");
}
