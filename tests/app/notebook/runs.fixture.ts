/** Runs as kernels tell them, for tests of what the page makes of them. */
import type { Notice } from "../../../kernel/hosts/notices.ts";
import type { CellId, KnobId, RunId } from "../../../kernel/protocol.ts";
import type { RecordedFigure, Training } from "../../../kernel/training.ts";

export const cell = (name: string) => name as CellId;

export function figure(change: Partial<RecordedFigure> = {}): RecordedFigure {
  return {
    place: "a/figure plot.live",
    name: "loss",
    curves: [{ name: "train", x: [0, 1, 2], y: [3, 2, 1] }],
    pin: null,
    pins: [],
    ...change,
  };
}

export function training(id: number, change: Partial<Training> = {}): Training {
  return {
    id,
    status: "ok",
    start: "run",
    durationMs: 1_500,
    steps: 3,
    seed: 42,
    knobs: [{ id: "a/lr" as KnobId, label: "lr", value: 0.1 }],
    learners: [
      {
        kind: "Adam",
        settings: { lr: 0.1, weightDecay: 0 },
        schedules: [],
        models: [{ name: "net", parameters: 17, text: "Sequential(...)" }],
      },
    ],
    wrote: ["net"],
    figures: [figure()],
    ...change,
  };
}

export function told(id: number, change: Partial<Training> = {}, of = "a"): Notice {
  return { kind: "training", cell: cell(of), run: id as RunId, training: training(id, change) };
}

export function finished(of: string, run: number, status: "ok" | "killed"): Notice {
  return { kind: "finished", cell: cell(of), run: run as RunId, status, report: null };
}
