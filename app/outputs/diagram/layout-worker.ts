/** The worker that lays graphs out: a large one takes a second, in which the page must not wait. */
import { layoutGraph } from "./layout.ts";
import type { GraphLayout, LayoutPlan } from "./layout-plan.ts";

export interface PlanMessage {
  readonly request: number;
  readonly plan: LayoutPlan;
}

export interface LayoutMessage {
  readonly request: number;
  readonly layout: GraphLayout;
}

addEventListener("message", ({ data: { request, plan } }: MessageEvent<PlanMessage>) => {
  postMessage({ request, layout: layoutGraph(plan) } satisfies LayoutMessage);
});
