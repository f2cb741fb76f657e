/** What stands in a client's queue: a program to run, or a press to answer. */
import type { KnobId, RunId } from "../protocol.ts";
import type { RunRequest } from "./notices.ts";

export interface QueueItem {
  readonly request: RunRequest;
  readonly run: RunId;
  /** A button to answer instead of a program to run. */
  readonly pressed: KnobId | null;
  /** To be called when it has ended, or will not run. */
  readonly done: () => void;
  /** Ends what is waited for until the kernel has its program. */
  readonly halt: () => void;
  readonly halted: Promise<null>;
  stopped: boolean;
  /** The kernel has its program. */
  started: boolean;
}

export function queueItem(
  request: RunRequest,
  run: RunId,
  done: () => void = () => {},
  pressed: KnobId | null = null,
): QueueItem {
  let halt: () => void = () => {};
  const halted = new Promise<null>((resolve) => (halt = () => resolve(null)));
  // The promise's executor has run: `halt` is its own.
  return { request, run, pressed, done, halt, halted, stopped: false, started: false };
}
