/**
 * All that a kernel does for runs that train besides running them: tells of them, keeps how they
 * began, records their steps. One thing to the kernel, three apart from each other.
 */
import type { Control } from "../hosts/control.ts";
import type { CellId, Program, RunId } from "../protocol.ts";
import type { KnobSetting, Start, Training } from "../training.ts";
import type { Caller } from "./caller.ts";
import type { Activity } from "./environment.ts";
import type { Output } from "./output.ts";
import { createRecordings, type Recordings, type RecordingSource } from "./recordings.ts";
import type { Run, RunContext } from "./run.ts";
import type { Scope } from "./scope.ts";
import { createStarts, type StartSource } from "./starts.ts";
import { createTrainings, type Trainings, type TrainingSource } from "./trainings.ts";

export type LearningSource = TrainingSource & StartSource & RecordingSource;

export interface LearningOptions {
  readonly source: LearningSource;
  readonly control: Control;
  readonly activity: Activity;
  readonly scope: Scope;
  readonly knobs: {
    readonly settings: (run: Run) => readonly KnobSetting[];
    readonly unnoted: <T>(work: () => T) => T;
  };
  readonly context: RunContext;
  readonly output: Pick<Output, "emit">;
  readonly call: Caller;
}

export interface Learning extends Pick<Trainings, "place"> {
  readonly recordings: Pick<Recordings, "add" | "turn" | "look" | "resume" | "isReplaying">;
  /** A run begins. `id`: what Stop means; a press of a button has no program. */
  begin(run: Run, id: RunId, program: Program | null, begun: Begun): void;
  /** Called about once a frame from busy code. */
  tick(): void;
  settle(run: Run, status: Training["status"]): void;
}

/** The run under way, from outside. */
interface Begun {
  readonly wrote: () => readonly string[];
  readonly busyMs: () => number;
}

export function createLearning(options: LearningOptions): Learning {
  const { activity, scope, knobs, context, output } = options;
  const { unnoted, settings } = knobs;
  const values = scope.ownValues;
  // The state of an optimiser has its learning rate, which may be a knob.
  const source: LearningSource = {
    ...options.source,
    describe: (all) => unnoted(() => options.source.describe(all)),
    keep: (value) => unnoted(() => options.source.keep(value)),
    capture: (learner) => unnoted(() => options.source.capture(learner)),
  };
  const trainings = createTrainings({ ...options, source, values, settings });
  const recordings = createRecordings({ ...options, source, values });
  const starts = createStarts({
    source,
    values,
    rebind: scope.rebind,
    tell(sentence) {
      const run = context.current();
      if (run !== null) output.emit(run, { kind: "stream", name: "stderr", text: `${sentence}\n` });
    },
  });
  let begun: { readonly cell: CellId; readonly wrote: Begun["wrote"]; readonly before: Activity };

  return {
    place: trainings.place,
    recordings,
    begin(run, id, program, told) {
      // In a new kernel there is nothing to go back to.
      const start: Start = (starts.has(run.cell) ? program?.start : undefined) ?? "run";
      begun = { cell: run.cell, wrote: told.wrote, before: { ...activity } };
      trainings.begin({ id, start, ...told });
      // A press goes on with what its cell has made.
      if (program === null) return;
      starts.begin(run.cell, start);
      recordings.begin(run, start === "step" ? program.step : undefined);
    },
    tick() {
      trainings.tick();
      recordings.tick();
    },
    settle(run, status) {
      const { before, cell, wrote } = begun;
      const trained = activity.steps > before.steps || activity.backwards > before.backwards;
      starts.settle(cell, trained, trained ? wrote() : []);
      recordings.settle(run);
      trainings.settle(run, status);
    },
  };
}
