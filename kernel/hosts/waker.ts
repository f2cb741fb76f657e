/**
 * What a kernel that shares the control block is told besides. At rest it looks at nothing by itself; a
 * busy one looks at every tick, and a hand on a knob moves a hundred times a second.
 */
import type { ControlMessage } from "./control.ts";

export interface Waker {
  /** The kernel says that a run has begun, or ended. */
  busy(running: boolean): void;
  /** A message has been written into the block. */
  wrote(message: ControlMessage): void;
}

export function createWaker(wake: (message: ControlMessage) => void): Waker {
  let isBusy = false;
  /** What a busy kernel was not told of: it may have come to rest before it looked. */
  let unheard: ControlMessage | null = null;
  return {
    busy(running) {
      isBusy = running;
      if (isBusy || unheard === null) return;
      wake(unheard);
      unheard = null;
    },
    wrote(message) {
      if (isBusy && (message.kind === "knob" || message.kind === "text")) unheard = message;
      else wake(message);
    },
  };
}
