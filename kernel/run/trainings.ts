/**
 * What a run that trains is told as: settings, seed, optimisers, what its live figures were pushed.
 * Told as soon as it has learned twice, now and then while it goes on, and when it has ended.
 */
import {
  type KnobSetting,
  MOST_CURVES,
  MOST_FIGURES,
  MOST_NAME,
  MOST_NAMES,
  type Training,
} from "../training.ts";
import type { Activity } from "./environment.ts";
import type { Output } from "./output.ts";
import type { Run, RunContext } from "./run.ts";
import type { KnobPlace } from "./knobs.ts";
import type { FigurePlace, FigureRecord, RecordHandle } from "./surface.ts";

/** How often a run under way is told, in milliseconds. */
const INTERVAL_MS = 1_000;

/** What the engine says of what trains. */
export interface TrainingSource {
  /** The optimisers at work, as they are set now. */
  readonly describe: (values: ReadonlyMap<string, unknown>) => Training["learners"];
  /** The seed that was set last, which a run that begins clears. */
  readonly seeds: { shift: number; last: number | null };
}

export interface TrainingsOptions {
  readonly source: TrainingSource;
  readonly activity: Activity;
  readonly values: () => ReadonlyMap<string, unknown>;
  readonly settings: (run: Run) => readonly KnobSetting[];
  readonly context: Pick<RunContext, "active">;
  readonly output: Pick<Output, "emit">;
  readonly now?: () => number;
}

/** The run under way, from outside. */
interface Begun extends Pick<Training, "id" | "start"> {
  readonly wrote: () => readonly string[];
  readonly busyMs: () => number;
}

export interface Trainings {
  /** The place of a figure that tells here what it was pushed. */
  place(run: Run, place: KnobPlace): FigurePlace;
  begin(begun: Begun): void;
  /** Called about once a frame from busy code. */
  tick(): void;
  settle(run: Run, status: Training["status"]): void;
}

export function createTrainings(options: TrainingsOptions): Trainings {
  const { source, activity, values, settings, context, output } = options;
  const now = options.now ?? (() => performance.now());
  const figures = new WeakMap<Run, Map<string, () => FigureRecord>>();
  /** What was told last of a run that is over. */
  const ended = new WeakMap<Run, Training>();
  let begun: (Begun & { readonly steps: number; readonly backwards: number }) | null = null;
  let toldAt = -Infinity;

  function figuresOf(run: Run): Training["figures"] {
    const sources = Array.from(figures.get(run) ?? []).slice(0, MOST_FIGURES);
    return sources.map(([place, read]) => {
      const { name, curves, pin, pins } = read();
      return {
        place,
        name: clipped(name),
        curves: curves.slice(0, MOST_CURVES).map((each) => ({ ...each, name: clipped(each.name) })),
        pin: pin && clipped(pin),
        pins: pins.map(clipped),
      };
    });
  }

  function tell(run: Run, status: Training["status"]): Training | null {
    if (begun === null) return null;
    const steps = activity.steps - begun.steps;
    // One step, or one look at slopes, is no training.
    if (steps < 2 && activity.backwards - begun.backwards < 2) return null;
    toldAt = now();
    const training: Training = {
      id: begun.id,
      status,
      start: begun.start,
      durationMs: begun.busyMs(),
      steps,
      seed: source.seeds.last,
      knobs: settings(run).map((knob) => ({ ...knob, label: clipped(knob.label) })),
      learners: source.describe(values()),
      wrote: begun.wrote().slice(0, MOST_NAMES).map(clipped),
      figures: figuresOf(run),
    };
    output.emit(run, { kind: "training", training });
    return training;
  }

  function record(run: Run, key: string, read: () => FigureRecord): RecordHandle {
    const known = figures.get(run) ?? new Map<string, () => FigureRecord>();
    figures.set(run, known.set(key, read));
    return {
      changed() {
        const training = ended.get(run);
        if (training === undefined) return;
        output.emit(run, { kind: "training", training: { ...training, figures: figuresOf(run) } });
      },
    };
  }

  return {
    place: (run, place) => ({
      ...place,
      pins: run.past?.pins.filter((pin) => pin.place === place.key) ?? [],
      runNumber: run.past?.nextRun ?? null,
      record: (read) => record(run, place.key, read),
    }),
    begin(next) {
      const { steps, backwards } = activity;
      begun = { ...next, steps, backwards };
      toldAt = -Infinity;
      source.seeds.last = null;
    },
    tick() {
      const run = context.active();
      if (run !== null && now() - toldAt >= INTERVAL_MS) tell(run, "running");
    },
    settle(run, status) {
      const training = tell(run, status);
      if (training !== null) ended.set(run, training);
      begun = null;
    },
  };
}

/** A name may be as long as its cell likes. */
function clipped(name: string): string {
  return name.slice(0, MOST_NAME);
}
