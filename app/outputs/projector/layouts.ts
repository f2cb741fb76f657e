/**
 * The layouts of a projector, computed in a worker of its own: neither the page nor the kernel waits. One
 * look is asked for at a time; frames of those before it are dropped.
 */
import type { ProjectionView } from "../../../kernel/plot/projection-view.ts";
import { ownWorker } from "../own-worker.ts";
import type { FromWorker, LayoutFrame, Metric, NearestRows, ToWorker } from "./layout-messages.ts";
import workerUrl from "./projector-worker.ts?worker&url";
import type { RunState, Settings } from "./toolbar.ts";

/** Neighbours that are listed. */
const NEAREST = 10;
/** Under reduced motion, ms between two frames of a layout. */
const CALM = 1000;

/** A frame, and the settings it was laid out by. */
export interface Shown {
  readonly frame: LayoutFrame;
  readonly settings: Settings;
}

export interface LayoutsHost {
  /** Another frame of the look that was asked for; `before` is what was shown until now. */
  take(shown: Shown, before: LayoutFrame | null): void;
  takeNearest(answer: NearestRows): void;
  failed(reason: string): void;
  /** The reader asked for little motion. */
  isCalm(): boolean;
}

export interface Layouts {
  shown(): Shown | null;
  /** Lays these rows out, or goes on with them under the same look. */
  sendRows(view: ProjectionView): void;
  /** A look at the rows that are alone, or at all. */
  look(settings: Settings, alone: Int32Array | null, view: ProjectionView): void;
  askNearest(row: number, metric: Metric, among: Int32Array | null): void;
  /** How a layout of many steps stands. */
  state(): RunState;
  isHeld(): boolean;
  /** Holds the layout, or lets it go on. */
  toggle(): void;
  /** Nobody sees it: it rests. */
  see(isVisible: boolean): void;
  /** What was taken last is on the screen. */
  drawn(): void;
  dispose(): void;
}

export const projectorWorker = ownWorker(workerUrl);

export function createLayouts(host: LayoutsHost): Layouts {
  const worker = projectorWorker.start();
  const tell = (message: ToWorker, moved: Transferable[] = []) =>
    worker.postMessage(message, moved);
  let wanted: Settings | null = null;
  let shown: Shown | null = null;
  let looks = 0;
  let requests = 0;
  let isHeld = false;
  let isOwed = false;
  let calmUntil = 0;

  function take(frame: LayoutFrame): void {
    if (frame.look !== looks || wanted === null) return tell({ kind: "drawn" });
    const before = shown?.frame ?? null;
    shown = { frame, settings: wanted };
    isOwed = true;
    if (host.isCalm() && frame.stage === "layout") calmUntil = performance.now() + CALM;
    host.take(shown, before);
  }

  worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
    if (data.kind === "frame") take(data);
    else if (data.request === requests) host.takeNearest(data);
  });
  worker.addEventListener("error", (event) => host.failed(event.message));

  return {
    shown: () => shown,
    sendRows({ rows, columns, vectors }) {
      const sent = vectors.slice();
      tell({ kind: "rows", rows, columns, vectors: sent }, [sent.buffer]);
    },
    look(settings, alone, { minDist, seed }) {
      looks += 1;
      isHeld = false;
      wanted = settings;
      const { method, dims, perplexity, neighbours, direction } = settings;
      const isHere = (row: number) => alone === null || alone.includes(row);
      const ends = direction?.every(isHere) === true ? direction : null;
      const how = { method, dims, perplexity, neighbours, minDist, seed };
      tell({ kind: "look", look: { id: looks, ...how, rows: alone, direction: ends } });
    },
    askNearest(row, metric, among) {
      requests += 1;
      tell({ kind: "nearest", request: requests, row, count: NEAREST, metric, among });
    },
    state() {
      if (shown === null || shown.frame.stage === "still" || shown.frame.isBroken) return "none";
      const { stage, done, total } = shown.frame;
      if (stage === "layout" && done === total) return "done";
      return isHeld ? "held" : "running";
    },
    isHeld: () => isHeld,
    toggle() {
      isHeld = !isHeld;
      tell({ kind: "run", isRunning: !isHeld });
    },
    see: (isVisible) => tell({ kind: "run", isRunning: isVisible && !isHeld }),
    drawn() {
      if (!isOwed) return;
      isOwed = false;
      const wait = calmUntil - performance.now();
      if (wait > 0) setTimeout(() => tell({ kind: "drawn" }), wait);
      else tell({ kind: "drawn" });
    },
    dispose: () => worker.terminate(),
  };
}
