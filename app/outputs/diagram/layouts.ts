/**
 * Layouts of the page's graphs, computed one after another by one worker that lives while there are graphs.
 * Of what a graph asks for while it waits only the newest is laid out: it never falls behind.
 */
import { ownWorker } from "../own-worker.ts";
import type { GraphLayout, LayoutPlan } from "./layout-plan.ts";
import workerUrl from "./layout-worker.ts?worker&url";
import type { LayoutMessage, PlanMessage } from "./layout-worker.ts";

/** A layout that one graph waits for. */
interface Wish {
  readonly plan: LayoutPlan;
  take(layout: GraphLayout): void;
}

export interface GraphLayouts {
  /** Calls back at once where the same was laid out last, else when it is; not at all if another plan comes first. */
  ask(plan: LayoutPlan, take: (layout: GraphLayout) => void): void;
  /** A layout is awaited. */
  isBusy(): boolean;
  dispose(): void;
}

/** The worker, and who it answers. */
interface Desk {
  readonly worker: Worker;
  readonly waiting: Map<number, (layout: GraphLayout) => void>;
  readonly failures: Set<(reason: string) => void>;
}

export const layoutWorker = ownWorker(workerUrl);

let desk: Desk | null = null;
let requests = 0;

function open(): Desk {
  const worker = layoutWorker.start();
  const opened: Desk = { worker, waiting: new Map(), failures: new Set() };
  worker.addEventListener("message", ({ data }: MessageEvent<LayoutMessage>) => {
    const take = opened.waiting.get(data.request);
    opened.waiting.delete(data.request);
    take?.(data.layout);
  });
  worker.addEventListener("error", ({ message }) => {
    opened.waiting.clear();
    for (const failed of opened.failures) failed(message);
  });
  return opened;
}

/** `failed` is told why there is no layout. */
export function createGraphLayouts(failed: (reason: string) => void): GraphLayouts {
  desk ??= open();
  const { worker, waiting, failures } = desk;
  const tell = (reason: string) => {
    isUnderWay = false;
    next = null;
    failed(reason);
  };
  failures.add(tell);
  let isUnderWay = false;
  let next: Wish | null = null;
  let last: { readonly text: string; readonly layout: GraphLayout } | null = null;
  let request = 0;

  function send({ plan, take }: Wish): void {
    isUnderWay = true;
    request = requests += 1;
    waiting.set(request, (layout) => {
      isUnderWay = false;
      last = { text: JSON.stringify(plan), layout };
      const waits = next;
      next = null;
      take(layout);
      if (waits !== null) ask(waits.plan, waits.take);
    });
    worker.postMessage({ request, plan } satisfies PlanMessage);
  }

  function ask(plan: LayoutPlan, take: (layout: GraphLayout) => void): void {
    if (isUnderWay) next = { plan, take };
    else if (last !== null && JSON.stringify(plan) === last.text) take(last.layout);
    else send({ plan, take });
  }

  return {
    ask,
    isBusy: () => isUnderWay,
    dispose() {
      waiting.delete(request);
      failures.delete(tell);
      if (failures.size > 0) return;
      worker.terminate();
      desk = null;
    },
  };
}
