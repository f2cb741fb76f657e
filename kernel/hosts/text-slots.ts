/**
 * Texts of knobs in shared memory. The owner of the block writes, the kernel reads, and neither ever
 * waits for the other to finish: a count is odd while a text is being written, and a reader that saw
 * it change reads again.
 */
import { TEXT_UNITS } from "../knobs.ts";

/** How many texts one kernel can have. */
export const TEXT_SLOTS = 64;

const HEAD_BYTES = 2 * Int32Array.BYTES_PER_ELEMENT;
const SLOT_BYTES = HEAD_BYTES + TEXT_UNITS * Uint16Array.BYTES_PER_ELEMENT;
/** A multiple of four, so that what follows is aligned. */
export const TEXT_BYTES = TEXT_SLOTS * SLOT_BYTES;

export interface TextSlots {
  /** Slots outside the block are ignored; a text that is too long loses its end. */
  write(slot: number, text: string): void;
  /** Another number each time the slot has been written. */
  version(slot: number): number;
  read(slot: number): string;
}

/** The texts in `memory` from `offset`, a multiple of four. */
export function viewTexts(memory: ArrayBufferLike, offset: number): TextSlots {
  const heads = new Int32Array(memory, offset, TEXT_BYTES / Int32Array.BYTES_PER_ELEMENT);
  const headOf = (slot: number) => (slot * SLOT_BYTES) / Int32Array.BYTES_PER_ELEMENT;
  const unitsOf = (slot: number) =>
    new Uint16Array(memory, offset + slot * SLOT_BYTES + HEAD_BYTES, TEXT_UNITS);

  return {
    write(slot, text) {
      if (!(slot >= 0 && slot < TEXT_SLOTS)) return;
      const head = headOf(slot);
      const units = unitsOf(slot);
      const length = Math.min(text.length, TEXT_UNITS);
      Atomics.add(heads, head, 1);
      for (let i = 0; i < length; i++) units[i] = text.charCodeAt(i);
      Atomics.store(heads, head + 1, length);
      Atomics.add(heads, head, 1);
    },
    version: (slot) => Atomics.load(heads, headOf(slot)),
    read(slot) {
      const head = headOf(slot);
      for (;;) {
        const before = Atomics.load(heads, head);
        if (before % 2 !== 0) continue;
        const length = Math.min(TEXT_UNITS, Math.max(0, Atomics.load(heads, head + 1)));
        const text = String.fromCharCode(...unitsOf(slot).subarray(0, length));
        if (Atomics.load(heads, head) === before) return text;
      }
    },
  };
}
