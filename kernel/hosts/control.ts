/**
 * The control block: the few bytes through which a host reaches a kernel that is too busy to read
 * messages. The frame (or the Node host's thread) owns it and writes; the kernel reads. Without
 * shared memory each side has its own copy and the same writes travel as messages.
 */
import type { RunId } from "../protocol.ts";

/** Word 0, read by every guard: a set bit wants the kernel's attention. */
export const ATTENTION = 0;
/** Word 1: non-zero asks asynchronous loops to yield. */
export const YIELD_WANTED = 1;
/** Word 2: the last batch of events the host has rendered. */
export const ACKNOWLEDGED = 2;
/** Word 3: the run that the interrupt bit means. Runs after it are untouched. */
export const STOP_RUN = 3;
const WORDS = 16;

/** Attention bit: the run named in {@link STOP_RUN} shall end. Stays set until it has settled. */
export const INTERRUPT = 1;
/** Attention bit: a frame's time has passed, so output may be flushed. */
export const TICK = 2;

/** How many knobs one kernel can have. */
export const KNOB_SLOTS = 512;
const CONTROL_BYTES = WORDS * Int32Array.BYTES_PER_ELEMENT + KNOB_SLOTS * 8;

/** How often a busy kernel is ticked: a display's frame. */
export const TICK_MS = 16;

export interface Control {
  readonly memory: ArrayBufferLike;
  readonly flags: Int32Array;
  readonly knobs: Float64Array;
}

/** What the owner of a control block does to it on the host's behalf. */
export type ControlMessage =
  | { readonly kind: "interrupt"; readonly run: RunId }
  | { readonly kind: "knob"; readonly slot: number; readonly value: number }
  | { readonly kind: "acknowledge"; readonly batch: number };

export function createControl(shared: boolean): Control {
  return viewControl(
    shared ? new SharedArrayBuffer(CONTROL_BYTES) : new ArrayBuffer(CONTROL_BYTES),
  );
}

/** The same block seen from the other side. */
export function viewControl(memory: ArrayBufferLike): Control {
  return {
    memory,
    flags: new Int32Array(memory, 0, WORDS),
    knobs: new Float64Array(memory, WORDS * Int32Array.BYTES_PER_ELEMENT, KNOB_SLOTS),
  };
}

/** Writes a message into the block. Applying one twice is the same as once. */
export function applyControl(control: Control, message: ControlMessage): void {
  const { flags, knobs } = control;
  switch (message.kind) {
    case "interrupt":
      // The run first: a guard that sees the bit must find the run it means.
      Atomics.store(flags, STOP_RUN, message.run);
      Atomics.or(flags, ATTENTION, INTERRUPT);
      return;
    case "knob":
      if (message.slot >= 0 && message.slot < KNOB_SLOTS) knobs[message.slot] = message.value;
      return;
    case "acknowledge":
      if (message.batch > Atomics.load(flags, ACKNOWLEDGED)) {
        Atomics.store(flags, ACKNOWLEDGED, message.batch);
      }
      return;
    default:
      message satisfies never;
  }
}

/** Says that a frame's time has passed: guards flush output, asynchronous loops yield. */
export function tick(control: Control): void {
  Atomics.store(control.flags, YIELD_WANTED, 1);
  Atomics.or(control.flags, ATTENTION, TICK);
}
