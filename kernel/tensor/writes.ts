/** What writes in place leave behind: the difference between a run that read a model and one that trained it. */
import { Module } from "./nn/module.ts";
import { Tensor } from "./tensor.ts";

/** Longer lists than this are no models' parts, and nobody wants to wait for them. */
const MOST_ITEMS = 1_000;

/**
 * How often the tensors of a value have been written in place, all together: of a tensor, of a
 * module's parameters and buffers, of an array's or a plain object's items. 0 for anything else, and
 * for what does not let itself be read. No getter is called.
 */
export function writesInto(value: unknown): number {
  try {
    return countWrites(value);
  } catch {
    // A proxy's traps are its owner's.
    return 0;
  }
}

function countWrites(value: unknown): number {
  if (value instanceof Module) {
    const held = [...value.namedParameters(), ...value.namedBuffers()];
    return held.reduce((sum, [, tensor]) => sum + writesOf(tensor), 0);
  }
  if (typeof value !== "object" || value === null) return 0;
  if (value instanceof Tensor) return writesOf(value);
  return itemsOf(value).reduce<number>((sum, item) => sum + writesOf(item), 0);
}

function writesOf(value: unknown): number {
  return value instanceof Tensor ? value.storage.version : 0;
}

function itemsOf(value: object): readonly unknown[] {
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return [];
  if (Array.isArray(value) && value.length > MOST_ITEMS) return [];
  const keys = Object.keys(value);
  if (keys.length > MOST_ITEMS) return [];
  return keys.map((key): unknown => Object.getOwnPropertyDescriptor(value, key)?.value);
}
