/**
 * Recordings of cells that train: at the heads of turns, the weights, the optimisers and the random
 * generator. Bounded in memory: when there are too many, every second goes and half as many are taken.
 * A reader looks at them again, and has the cell go on from one.
 */
import { type Control, LOOK_RUN, LOOK_STEP, LOOKS } from "../hosts/control.ts";
import type { CellId } from "../protocol.ts";
import type { Frame } from "../tensor/io/frame.ts";
import type { Learner } from "../tensor/optim/at-work.ts";
import type { GeneratorState } from "../tensor/random.ts";
import type { StepsRecorded } from "../training.ts";
import type { Caller } from "./caller.ts";
import type { Output } from "./output.ts";
import type { Run, RunContext } from "./run.ts";
import type { Rewindable } from "./surface.ts";

/** Frames of one recording, and the bytes of all its arrays. */
const MOST_FRAMES = 200;
const MOST_BYTES = 32 * 1024 * 1024;
/** Cells whose recordings are kept, the latest. */
const MOST_CELLS = 4;
/** Beyond the first frames, never more of the time than one part in so many. */
const SHARE = 25;
const FIRST_FRAMES = 32;
/** How often a recording under way is told, in milliseconds. */
const INTERVAL_MS = 500;

export interface RecordingSource {
  readonly capture: (learner: Learner) => Frame;
  /** Optimisers that stepped in this run, the latest last. */
  readonly atWork: () => readonly Learner[];
  /** Those that the notebook has names for. */
  readonly named: (values: ReadonlyMap<string, unknown>) => readonly Learner[];
  readonly bytesOf: (frames: readonly Frame[]) => number;
  readonly restore: (frame: Frame, into?: Frame) => void;
  readonly generator: () => GeneratorState;
  readonly setGenerator: (state: GeneratorState) => void;
  readonly same: (one: Frame, other: Frame) => boolean;
}

export interface RecordingsOptions {
  readonly control: Control;
  readonly source: RecordingSource;
  readonly activity: { readonly steps: number };
  readonly context: Pick<RunContext, "active" | "current">;
  readonly values: () => ReadonlyMap<string, unknown>;
  readonly output: Pick<Output, "emit">;
  readonly call: Caller;
  readonly now?: () => number;
}

interface RecordedStep {
  readonly step: number;
  /** Of each optimiser, with what it learns. */
  readonly frames: readonly (readonly [Learner, Frame])[];
  readonly generator: GeneratorState;
  /** Where each figure stood. */
  readonly positions: readonly (number | null)[];
}

interface Recording {
  readonly run: Run;
  readonly figures: Rewindable[];
  /** The optimisers that stepped in it. */
  readonly learners: Set<Learner>;
  steps: RecordedStep[];
  /** Turns from one frame to the next. */
  stride: number;
  /** Turns that trained. */
  turns: number;
  /** The optimisers' steps when the last turn began. */
  seen: number;
  /** No frame before this, by the clock. */
  notBefore: number;
  /** The step that figures show; null: the newest. */
  shown: number | null;
  /** A single frame is too large. */
  isOff: boolean;
}

export interface Recordings {
  /** A figure of the run that can be shown as it was. */
  add(run: Run, figure: Rewindable): void;
  /** A run begins; with `from`, it is to come to a step of the cell's recording and go on from there. */
  begin(run: Run, from?: number): void;
  /** A turn of a loop with a handle begins. Cheap. */
  turn(): void;
  /** On the way to a step from which a run shall go on. */
  isReplaying(): boolean;
  /** Called about once a frame from busy code. */
  tick(): void;
  /** The reader may want to look at a step: nothing runs, or what runs is held. */
  look(): void;
  /** A held run goes on: from where it was held, whatever was looked at. */
  resume(): void;
  settle(run: Run): void;
}

export function createRecordings(options: RecordingsOptions): Recordings {
  const { control, source, activity, context, values, output, call } = options;
  const now = options.now ?? (() => performance.now());
  const recordings = new Map<CellId, Recording>();
  let replay: RecordedStep | null = null;
  /** The reader's looks that were answered. */
  let looks = 0;
  let toldAt = -Infinity;
  let told = 0;

  const activeRecording = () => {
    const run = context.active();
    const recording = run === null ? undefined : recordings.get(run.cell);
    return recording?.run === run ? recording : undefined;
  };

  function learnersOf({ turns, learners }: Recording): readonly Learner[] {
    for (const learner of source.atWork()) learners.add(learner);
    // Before the first step nobody knows who will learn.
    return turns === 0 ? [...new Set([...learners, ...source.named(values())])] : [...learners];
  }

  function framesOf(learners: readonly Learner[]): RecordedStep["frames"] {
    return learners.map((learner) => [learner, source.capture(learner)]);
  }

  function take(recording: Recording): void {
    const begun = now();
    recording.steps.push({
      step: recording.turns,
      frames: framesOf(learnersOf(recording)),
      generator: source.generator(),
      positions: recording.figures.map((figure) => figure.position()),
    });
    if (recording.steps.length > MOST_FRAMES || isTooLarge(recording)) thin(recording);
    if (recording.steps.length >= FIRST_FRAMES) {
      recording.notBefore = now() + SHARE * (now() - begun);
    }
  }

  function isTooLarge({ steps }: Recording): boolean {
    // Counting looks at every array: now and then is enough.
    if (steps.length > 4 && steps.length % 16 !== 0) return false;
    return bytesOf(steps) > MOST_BYTES;
  }

  function bytesOf(steps: readonly RecordedStep[]): number {
    return source.bytesOf(steps.flatMap(({ frames }) => frames.map(([, frame]) => frame)));
  }

  function thin(recording: Recording): void {
    while (recording.steps.length > 1) {
      recording.steps = recording.steps.filter((_, i) => i % 2 === 0);
      recording.stride *= 2;
      const { steps } = recording;
      if (steps.length <= MOST_FRAMES && bytesOf(steps) <= MOST_BYTES) return;
    }
    recording.isOff = true;
    recording.steps = [];
  }

  /** Whether a turn that trained is over, counted once. */
  function counted(recording: Recording): boolean {
    if (activity.steps === recording.seen) return false;
    recording.seen = activity.steps;
    recording.turns += 1;
    return true;
  }

  /** The frame of this moment, in place of a guess. */
  function takeNewest(recording: Recording): void {
    if (recording.isOff || recording.steps.at(-1)?.step === recording.turns) return;
    take(recording);
  }

  function arrive(recording: Recording, wanted: RecordedStep): void {
    replay = null;
    const here = framesOf(source.atWork());
    const isSame = wanted.frames.every(([, frame], i) => {
      const made = here[i]?.[1];
      return made !== undefined && source.same(frame, made);
    });
    if (!isSame) {
      const text =
        `Step ${wanted.step.toLocaleString("en")} came out otherwise than it was recorded, ` +
        "by a knob or by something else that the cell reads: it goes on with the recorded weights.\n";
      output.emit(recording.run, { kind: "stream", name: "stderr", text });
    }
    wanted.frames.forEach(([, frame], i) => {
      const made = here[i]?.[1];
      if (made !== undefined) source.restore(frame, made);
    });
    source.setGenerator(wanted.generator);
  }

  function draw(recording: Recording, wanted: RecordedStep, isNewest: boolean): void {
    const { frames, generator, positions } = wanted;
    for (const [learner, frame] of frames)
      if (recording.learners.has(learner)) source.restore(frame);
    source.setGenerator(generator);
    recording.figures.forEach((figure, i) => {
      const position = isNewest ? null : (positions[i] ?? null);
      call(recording.run, () => figure.look(position));
    });
  }

  function tell(recording: Recording): void {
    const recorded: StepsRecorded = {
      steps: recording.steps.map(({ step }) => step),
      shown: recording.shown,
    };
    toldAt = now();
    told = recording.turns;
    output.emit(recording.run, { kind: "recorded", recorded });
  }

  return {
    add(run, figure) {
      const recording = recordings.get(run.cell);
      if (recording?.run === run) recording.figures.push(figure);
    },
    begin(run, from) {
      const before = recordings.get(run.cell);
      // Step 0 is where every run begins.
      replay = before?.steps.find(({ step }) => step === from && step > 0) ?? null;
      recordings.delete(run.cell);
      recordings.set(run.cell, {
        run,
        figures: [],
        learners: new Set(),
        steps: [],
        stride: 1,
        turns: 0,
        seen: activity.steps,
        notBefore: -Infinity,
        shown: null,
        isOff: false,
      });
      told = 0;
    },
    turn() {
      const recording = activeRecording();
      if (recording === undefined || recording.isOff) return;
      const isFirst = recording.steps.length === 0 && recording.turns === 0;
      if (!counted(recording) && !isFirst) return;
      if (replay !== null && recording.turns === replay.step) arrive(recording, replay);
      const last = recording.steps.at(-1)?.step ?? -Infinity;
      if (recording.turns - last < recording.stride || now() < recording.notBefore) return;
      take(recording);
    },
    isReplaying: () => replay !== null,
    tick() {
      const recording = activeRecording();
      if (recording === undefined || recording.turns === told) return;
      if (now() - toldAt >= INTERVAL_MS) tell(recording);
    },
    look() {
      const wished = Atomics.load(control.flags, LOOKS);
      if (wished === looks) return;
      looks = wished;
      const step = Atomics.load(control.flags, LOOK_STEP);
      const run = Atomics.load(control.flags, LOOK_RUN);
      const recording = [...recordings.values()].find((each) => each.run.run === run);
      if (recording === undefined) return;
      if (recording === activeRecording()) takeNewest(recording);
      const newest = recording.steps.at(-1);
      const found = recording.steps.find((each) => each.step === step) ?? newest;
      if (found === undefined) return;
      recording.shown = found === newest ? null : found.step;
      draw(recording, found, found === newest);
      tell(recording);
    },
    resume() {
      const recording = activeRecording();
      const newest = recording?.steps.at(-1);
      if (recording === undefined || recording.shown === null || newest === undefined) return;
      recording.shown = null;
      draw(recording, newest, true);
      tell(recording);
    },
    settle(run) {
      replay = null;
      const recording = recordings.get(run.cell);
      if (recording?.run !== run) return;
      counted(recording);
      if (recording.turns === 0) {
        recordings.delete(run.cell);
        return;
      }
      // One that was stopped while an earlier step was looked at stays there.
      if (recording.shown === null) takeNewest(recording);
      tell(recording);
      for (const [cell] of recordings) if (recordings.size > MOST_CELLS) recordings.delete(cell);
    },
  };
}
