/**
 * The control block: the few bytes through which a host reaches a kernel that is too busy to read
 * messages. The frame (or the Node host's thread) owns it and writes; the kernel reads. Without
 * shared memory each side has its own copy and the same writes travel as messages.
 */
import type { RunId } from "../protocol.ts";
import { TEXT_BYTES, type TextSlots, viewTexts } from "./text-slots.ts";

/** Word 0, read by every guard: a set bit wants the kernel's attention. */
export const ATTENTION = 0;
/** Word 1: non-zero asks asynchronous loops to yield. */
export const YIELD_WANTED = 1;
/** Word 2: the last batch of events the host has rendered. */
export const ACKNOWLEDGED = 2;
/** Word 3: the run that the interrupt bit means. Runs after it are untouched. */
export const STOP_RUN = 3;
/** Word 4: counts the messages written here: a kernel that is paused sleeps on it. */
export const CHANGES = 4;
/** Word 5: the run that the pause bit means. */
export const PAUSE_RUN = 5;
/** Word 6: how many steps paused runs were asked for since the kernel began. */
export const STEPS = 6;
/** Word 7: the loop that shall end as if its condition had become false, by the kernel's number. */
export const FINISH_LOOP = 7;
/** Word 8: counts the reader's looks at recorded steps. */
export const LOOKS = 8;
/** Words 9 and 10: the run whose recording the reader looks at, and the step. */
export const LOOK_RUN = 9;
export const LOOK_STEP = 10;
/** Words 11 and 12: the run that the pace is for, and a thousand times its turns a second; 0: as fast as it goes. */
export const PACE_RUN = 11;
export const PACE = 12;
const WORDS = 16;

/** Attention bit: the run named in {@link STOP_RUN} shall end. Stays set until it has settled. */
export const INTERRUPT = 1;
/** Attention bit: a frame's time has passed, so output may be flushed. */
export const TICK = 2;
/** Attention bit: the run named in {@link PAUSE_RUN} shall pause, until the bit goes. */
export const PAUSE = 4;
/** Attention bit: a button has been pressed that a cell's function answers. */
export const PRESS = 8;
/** Attention bit: the run named in {@link PACE_RUN} keeps to its pace. */
export const SLOW = 16;

/** How many knobs one kernel can have, texts aside. */
export const KNOB_SLOTS = 512;
const TEXT_OFFSET =
  WORDS * Int32Array.BYTES_PER_ELEMENT + KNOB_SLOTS * Float64Array.BYTES_PER_ELEMENT;
const CONTROL_BYTES = TEXT_OFFSET + TEXT_BYTES;

/** How often a busy kernel is ticked: a display's frame. */
export const TICK_MS = 16;

export interface Control {
  readonly memory: ArrayBufferLike;
  readonly flags: Int32Array;
  readonly knobs: Float64Array;
  readonly texts: TextSlots;
}

/** What the owner of a control block does to it on the host's behalf. */
export type ControlMessage =
  | { readonly kind: "interrupt"; readonly run: RunId }
  | { readonly kind: "pause"; readonly run: RunId }
  | { readonly kind: "resume" }
  /** The `step`th step since the kernel began: a paused run goes on until its loop's next turn. */
  | { readonly kind: "step"; readonly step: number }
  | { readonly kind: "finish"; readonly loop: number }
  /** The `look`th look since the kernel began. */
  | { readonly kind: "look"; readonly look: number; readonly run: RunId; readonly step: number }
  | { readonly kind: "pace"; readonly run: RunId; readonly perSecond: number | null }
  | { readonly kind: "knob"; readonly slot: number; readonly value: number }
  | { readonly kind: "text"; readonly slot: number; readonly text: string }
  /** As "knob", for a button that a function of a cell answers. */
  | { readonly kind: "press"; readonly slot: number; readonly value: number }
  | { readonly kind: "acknowledge"; readonly batch: number };

/** A reader's hand on a knob. */
export type KnobMessage = Extract<ControlMessage, { kind: "knob" | "text" | "press" }>;

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
    texts: viewTexts(memory, TEXT_OFFSET),
  };
}

/** Writes a message into the block. Applying one twice is the same as once. */
export function applyControl(control: Control, message: ControlMessage): void {
  write(control, message);
  Atomics.add(control.flags, CHANGES, 1);
  Atomics.notify(control.flags, CHANGES);
}

function write({ flags, knobs, texts }: Control, message: ControlMessage): void {
  switch (message.kind) {
    case "interrupt":
      // The run first: a guard that sees the bit must find the run it means.
      Atomics.store(flags, STOP_RUN, message.run);
      Atomics.or(flags, ATTENTION, INTERRUPT);
      return;
    case "pause":
      Atomics.store(flags, PAUSE_RUN, message.run);
      Atomics.or(flags, ATTENTION, PAUSE);
      return;
    case "resume":
      Atomics.and(flags, ATTENTION, ~PAUSE);
      return;
    case "step":
      if (message.step > Atomics.load(flags, STEPS)) Atomics.store(flags, STEPS, message.step);
      return;
    case "finish":
      Atomics.store(flags, FINISH_LOOP, message.loop);
      return;
    case "look":
      if (message.look <= Atomics.load(flags, LOOKS)) return;
      Atomics.store(flags, LOOK_RUN, message.run);
      Atomics.store(flags, LOOK_STEP, message.step);
      Atomics.store(flags, LOOKS, message.look);
      return;
    case "pace":
      Atomics.store(flags, PACE, Math.round((message.perSecond ?? 0) * 1_000));
      Atomics.store(flags, PACE_RUN, message.run);
      if (message.perSecond === null) Atomics.and(flags, ATTENTION, ~SLOW);
      else Atomics.or(flags, ATTENTION, SLOW);
      return;
    case "knob":
      if (message.slot >= 0 && message.slot < KNOB_SLOTS) knobs[message.slot] = message.value;
      return;
    case "text":
      texts.write(message.slot, message.text);
      return;
    case "press":
      // Presses only add up: one that is heard twice may come after the next.
      if (message.value > (knobs[message.slot] ?? Infinity)) knobs[message.slot] = message.value;
      Atomics.or(flags, ATTENTION, PRESS);
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
