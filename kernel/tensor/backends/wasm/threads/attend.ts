/**
 * What a call that takes long does between its parts: a kernel looks there whether the call is to end,
 * as the guards of a cell do between its statements.
 */

let look: () => void = () => {};

/** `next` is called every 20 ms or so of a long call, and ends it by throwing. */
export function attendInCalls(next: () => void): void {
  look = next;
}

let isLooking = false;

export function attend(): void {
  isLooking = true;
  try {
    look();
  } finally {
    isLooking = false;
  }
}

/** Whether what asks is called in the middle of an op. */
export function isAttending(): boolean {
  return isLooking;
}
