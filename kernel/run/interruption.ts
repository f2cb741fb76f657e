/** The reader's Stop for a run that waits: its code gets its last turns, and then nobody waits for it. */
import { Interrupted } from "./interrupted.ts";
import type { Run } from "./run.ts";
import { nextTurn } from "./turns.ts";

/** How many turns of the event loop an interrupted cell gets to run its `finally` blocks. */
const LAST_TURNS = 3;

export interface Interruption {
  /** Rejects when the reader has stopped the run and its code has had its last turns. */
  of(run: Run): Promise<never>;
  /** The reader has pressed Stop. */
  stop(): void;
  /** Nobody waits any more. */
  forget(): void;
}

export function createInterruption(): Interruption {
  let stopWaiting: (() => void) | null = null;
  return {
    of(run) {
      return new Promise((_, reject) => {
        stopWaiting = () => {
          stopWaiting = null;
          cancelResumptions(run);
          let turns = LAST_TURNS;
          const wait = () => {
            if (run.settled) return;
            if ((turns -= 1) > 0) return nextTurn(wait);
            run.interrupted = true;
            reject(new Interrupted());
          };
          nextTurn(wait);
        };
      });
    },
    stop: () => stopWaiting?.(),
    forget: () => (stopWaiting = null),
  };
}

/** After Stop, nothing that the run has set going may wake it. */
export function cancelResumptions(run: Run): void {
  for (const cancel of run.cancellations) cancel();
  run.cancellations.clear();
}
