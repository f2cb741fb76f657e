/** Who lays graphs out, and in which order: with a worker that answers when it is told to. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createGraphLayouts } from "../../../../app/outputs/diagram/layouts.ts";
import type { GraphLayout, LayoutPlan } from "../../../../app/outputs/diagram/layout-plan.ts";
import type { PlanMessage } from "../../../../app/outputs/diagram/layout-worker.ts";

const workers: FakeWorker[] = [];

class FakeWorker extends EventTarget {
  readonly asked: PlanMessage[] = [];
  isOver = false;
  constructor() {
    super();
    workers.push(this);
  }
  postMessage(message: PlanMessage): void {
    this.asked.push(message);
  }
  terminate(): void {
    this.isOver = true;
  }
  /** The layout that was asked for `at` is there: as wide as its plan has parts. */
  answer(at: number): void {
    const { request, plan } = this.asked[at]!; // was asked
    const data = { request, layout: { ...nothing, width: plan.parts.length } };
    this.dispatchEvent(Object.assign(new Event("message"), { data }));
  }
}

const nothing: GraphLayout = { parts: [], frames: [], routes: [], width: 0, height: 0 };
const planOf = (parts: number): LayoutPlan => ({
  parts: Array.from({ length: parts }, (_, i) => ({ id: `n${i}`, width: 9, height: 9, frame: -1 })),
  frames: [],
  edges: [],
  isTall: false,
});

beforeEach(() => vi.stubGlobal("Worker", FakeWorker));
afterEach(() => {
  vi.unstubAllGlobals();
  workers.length = 0;
});

test("a graph that changes faster than it is laid out is drawn as it was and as it is now", () => {
  const drawn: number[] = [];
  const layouts = createGraphLayouts(() => {});
  for (const parts of [1, 2, 3]) layouts.ask(planOf(parts), ({ width }) => drawn.push(width));
  expect(layouts.isBusy()).toBe(true);
  workers[0]?.answer(0);
  workers[0]?.answer(1);
  expect(drawn).toEqual([1, 3]);
  expect(layouts.isBusy()).toBe(false);
  layouts.dispose();
});

test("a plan that was laid out last is answered at once", () => {
  const drawn: number[] = [];
  const layouts = createGraphLayouts(() => {});
  layouts.ask(planOf(2), ({ width }) => drawn.push(width));
  workers[0]?.answer(0);
  layouts.ask(planOf(2), ({ width }) => drawn.push(10 * width));
  expect(drawn).toEqual([2, 20]);
  expect(workers[0]?.asked).toHaveLength(1);
  layouts.dispose();
});

test("graphs share one worker, which ends with the last of them", () => {
  const [one, other] = [createGraphLayouts(() => {}), createGraphLayouts(() => {})];
  const drawn: string[] = [];
  one.ask(planOf(1), () => drawn.push("one"));
  other.ask(planOf(2), () => drawn.push("other"));
  one.dispose();
  workers[0]?.answer(0);
  workers[0]?.answer(1);
  expect(drawn, "who is gone hears nothing").toEqual(["other"]);
  expect(workers.map(({ isOver }) => isOver)).toEqual([false]);
  other.dispose();
  expect(workers.map(({ isOver }) => isOver)).toEqual([true]);
  const later = createGraphLayouts(() => {});
  expect(workers).toHaveLength(2);
  later.dispose();
});

test("a worker that fails says why to every graph", () => {
  const told: string[] = [];
  const layouts = createGraphLayouts((reason) => told.push(reason));
  layouts.ask(planOf(1), () => told.push("drawn"));
  workers[0]?.dispatchEvent(Object.assign(new Event("error"), { message: "no code" }));
  expect(told).toEqual(["no code"]);
  expect(layouts.isBusy()).toBe(false);
  layouts.dispose();
});
