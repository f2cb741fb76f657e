/**
 * Automatic checkpoints: while cells train, and when a run that trained ends, what is trained leaves
 * the kernel as one message. Its owner keeps the newest, which outlives a kernel that has to be ended.
 */
import { type Checkpoint, CHECKPOINT_BYTES, type Trained } from "../checkpoint.ts";
import type { Restored } from "../protocol.ts";
import type { Output } from "./output.ts";
import type { Run, RunContext } from "./run.ts";

/** At most so often, in milliseconds, and never more of the time than one part in `SHARE`. */
const INTERVAL_MS = 2_000;
const SHARE = 50;

type Values = ReadonlyMap<string, unknown>;

/** How the engine makes checkpoints and takes them back. */
export interface CheckpointSource {
  /** A run begins. */
  begin(): void;
  /** What is being trained, of the notebook's values; null when nothing is. */
  capture(values: Values): {
    readonly trained: readonly Trained[];
    readonly sizeBytes: number;
    readonly encode: () => Uint8Array;
  } | null;
  /**
   * Gives a checkpoint's states to the optimisers of the same names, and then to optimisers that
   * fit as they are made, which `made` hears of; null forgets what waits.
   * @throws SyntaxError when the bytes are no checkpoint.
   */
  restore(
    bytes: Uint8Array | null,
    values: Values,
    made: (trained: Trained, left: number) => void,
  ): Restored;
}

export interface Checkpoints {
  begin(): void;
  /** Called about once a frame from busy code. */
  tick(): void;
  /** A run has settled. */
  settle(): void;
  restore(bytes: Uint8Array | null): Restored;
}

export interface CheckpointsOptions {
  readonly source: CheckpointSource;
  readonly activity: { readonly steps: number };
  readonly values: () => Values;
  readonly context: Pick<RunContext, "current">;
  readonly output: Pick<Output, "emit">;
  readonly keep: (checkpoint: Checkpoint) => void;
  readonly now?: () => number;
}

export function createCheckpoints(options: CheckpointsOptions): Checkpoints {
  const { source, activity, values, context, output, keep } = options;
  const now = options.now ?? (() => performance.now());
  let steps = activity.steps;
  let notBefore = -Infinity;
  let told: Run | null = null;

  function take(): void {
    steps = activity.steps;
    const begun = now();
    const found = source.capture(values());
    if (found !== null && found.sizeBytes > CHECKPOINT_BYTES) tellTooLarge(found.sizeBytes);
    else if (found !== null) {
      // Encoding makes an array of its own.
      keep({ trained: found.trained, bytes: found.encode() as Uint8Array<ArrayBuffer> });
    }
    notBefore = begun + Math.max(INTERVAL_MS, SHARE * (now() - begun));
  }

  function tellTooLarge(sizeBytes: number): void {
    const run = context.current();
    if (run === null || run === told) return;
    told = run;
    const mb = (bytes: number) => Math.round(bytes / 2 ** 20);
    output.emit(run, {
      kind: "mistake",
      mistake: {
        rule: "large-checkpoint",
        text: `The model and its optimiser take ${mb(sizeBytes)} MB: only ${mb(CHECKPOINT_BYTES)} MB are kept by themselves, for a kernel that has to be ended.`,
        fix: "Call save() now and then.",
        frames: [],
      },
    });
  }

  return {
    begin: () => source.begin(),
    tick() {
      if (activity.steps !== steps && now() >= notBefore) take();
    },
    settle() {
      if (activity.steps !== steps) take();
    },
    restore: (bytes) =>
      source.restore(bytes, values(), (trained, left) => {
        const run = context.current();
        if (run === null) return;
        const names = [...trained.models, trained.optimizer ?? trained.kind].join(", ");
        const text = `Restored as of step ${trained.steps.toLocaleString("en")}: ${names}\n`;
        output.emit(run, { kind: "stream", name: "stdout", text });
        output.emit(run, { kind: "restored", trained: [trained], left });
      }),
  };
}
