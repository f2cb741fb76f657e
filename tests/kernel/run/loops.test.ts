import { describe, expect, test } from "vitest";
import type { CellId, OutputEvent, RunId } from "../../../kernel/protocol.ts";
import { createControl } from "../../../kernel/hosts/control.ts";
import { createLoopObserver, progress } from "../../../kernel/run/loops.ts";
import type { Dirty } from "../../../kernel/run/output.ts";
import { createRun, createRunContext } from "../../../kernel/run/run.ts";
import { observeLoops } from "../../../kernel/tensor/loop.ts";

/** Loops of one run with a clock of its own, and what the bar would say now. */
function watch() {
  const context = createRunContext(() => {});
  const program = { cell: "c" as CellId, run: 1 as RunId, code: "", executionCount: 1, knobs: {} };
  context.begin(createRun(program, 0));
  const dirty = new Set<Dirty>();
  const clock = { ms: 0 };
  observeLoops(
    createLoopObserver({
      control: createControl(false),
      context,
      activity: { steps: 0 },
      output: { invalidate: (item) => dirty.add(item) },
      turn: () => {},
      heldMs: () => 0,
      now: () => clock.ms,
    }),
  );
  const bar = (): OutputEvent & { kind: "progress" } => {
    const event = [...dirty].at(-1)?.render();
    if (event?.kind !== "progress") throw new Error("no bar");
    return event;
  };
  return { clock, bar };
}

describe("progress()", () => {
  test("tells how far an array is, how fast and of how many", () => {
    const { clock, bar } = watch();
    for (const item of progress(["a", "b", "c", "d"])) {
      clock.ms += 500;
      expect(bar().total).toBe(4);
      expect(bar().done).toBe("abcd".indexOf(item));
    }
    expect(bar().done).toBe(4);
    // Two turns a second; what it knew of the first, unfinished turn is fading.
    expect(bar().perSecond).toBeGreaterThan(1.5);
    expect(bar().perSecond).toBeLessThanOrEqual(2);
  });

  test("takes a total where the items cannot tell theirs, until there are more", () => {
    const { bar } = watch();
    function* items() {
      yield* [1, 2, 3];
    }
    for (const _ of progress(items())) expect(bar().total).toBeNull();
    for (const item of progress(items(), { total: 1 }))
      expect(bar().total).toBe(item < 3 ? 1 : null);
  });

  test("loops over items that come in time", async () => {
    const { bar } = watch();
    async function* items() {
      for (let i = 0; i < 3; i++) yield await Promise.resolve(i);
    }
    const seen: number[] = [];
    for await (const item of progress(items(), { total: 3 })) seen.push(item);
    expect(seen).toEqual([0, 1, 2]);
    expect(bar()).toMatchObject({ done: 3, total: 3 });
  });

  test("closes its items when the loop is left early, and leaves the bar where it was", async () => {
    const { bar } = watch();
    let closed = 0;
    function* items() {
      try {
        for (;;) yield 1;
      } finally {
        closed += 1;
      }
    }
    async function* later() {
      yield* items();
    }
    for (const _ of progress(items())) break;
    for await (const _ of progress(later())) break;
    expect(closed).toBe(2);
    expect(bar()).toMatchObject({ done: 1, total: null });
  });

  test("of nested loops the outer has the bar, which says how far a long inner one is", () => {
    const { clock, bar } = watch();
    for (const outer of progress([0, 1])) {
      for (const inner of progress([0, 1, 2, 3])) {
        clock.ms += 300;
        if (inner < 1) expect(bar().inner).toBeUndefined();
        else
          expect(bar()).toMatchObject({ done: outer, total: 2, inner: { done: inner, total: 4 } });
      }
      // A quarter of the outer turn in 300 ms: time left is known before the first turn is over.
      if (outer === 0) expect(bar().perSecond).toBeGreaterThan(0);
    }
    expect(bar()).toMatchObject({ done: 2, total: 2 });
    expect(bar().inner).toBeUndefined();
  });

  test("a loop after another has the bar again", () => {
    const { bar } = watch();
    for (const _ of progress([1])) expect(bar().loop).toBe(1);
    for (const _ of progress([1, 2])) expect(bar()).toMatchObject({ loop: 2, total: 2 });
  });

  test.each([
    [5, {}, "progress: a number - wanted something to loop over"],
    [null, {}, "progress: null - wanted something to loop over"],
    [[1], { total: -1 }, "progress: total is -1 - wanted a number, 0 or more"],
    [[1], { of: 1 }, 'progress: option "of" - wanted total'],
  ])("refuses %o with %o", (items, options, message) => {
    expect(() => progress(items as never, options as never)).toThrow(message);
  });
});
