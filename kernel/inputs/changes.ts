/**
 * The newest move of any knob, seen at the moment a running cell reads it. Figures mark it; the
 * marks need no wiring because the loop that pushes points is the loop that reads the knob.
 */

import type { KnobValue } from "../protocol.ts";

export interface KnobChange {
  readonly label: string;
  readonly value: KnobValue;
  /** Of the kernel's clock, when the new value was first read. */
  readonly atMs: number;
}

let newest: KnobChange | null = null;

export function noteKnobChange(label: string, value: KnobValue): void {
  newest = { label, value, atMs: performance.now() };
}

/** Null if no knob has moved yet. A new move is a new object. */
export function lastKnobChange(): KnobChange | null {
  return newest;
}
