/** What writes in place leave behind: the difference between a run that read a model and one that trained it. */
import { Module } from "./nn/module.ts";
import { Tensor } from "./tensor.ts";

/** Longer lists than this are no models' parts, and nobody wants to wait for them. */
const MOST_ITEMS = 1_000;

/**
 * How often the tensors of a value have been written in place, all together: of a tensor, of a
 * module's parameters and buffers, of an array's or a plain object's items. 0 for anything else.
 */
export function writesInto(value: unknown): number {
  if (value instanceof Module) {
    const held = [...value.namedParameters(), ...value.namedBuffers()];
    return held.reduce((sum, [, tensor]) => sum + writesOf(tensor), 0);
  }
  if (typeof value !== "object" || value === null) return 0;
  if (value instanceof Tensor) return writesOf(value);
  const items = itemsOf(value);
  return items.length > MOST_ITEMS
    ? 0
    : items.reduce<number>((sum, item) => sum + writesOf(item), 0);
}

function writesOf(value: unknown): number {
  return value instanceof Tensor ? value.storage.version : 0;
}

function itemsOf(value: object): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return Object.getPrototypeOf(value) === Object.prototype ? Object.values(value) : [];
}
