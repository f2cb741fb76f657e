/** What `at` and `slice` accept, turned into one resolved cut for each dimension. */
import { kindOf, ShapeError } from "./errors.ts";
import type { Cut } from "./ops/movement.ts";
import { printShape } from "./shape.ts";
import type { Shape } from "./view.ts";

/**
 * A number picks one element and drops the dimension; `[start, stop, step]` keeps a range, either
 * end open with null; null keeps all. Negative numbers count from the end, as in Python.
 */
export type Range = readonly [start: number | null, stop?: number | null, step?: number];
export type Index = number | Range | null;

export interface Cuts {
  readonly cuts: readonly Cut[];
  /** Dimensions that a number picked from: they fall away. */
  readonly dropped: readonly number[];
}

/** @throws ShapeError for more indices than dimensions, an index outside, or a step of 0. */
export function resolveCuts(op: string, shape: Shape, indices: readonly Index[]): Cuts {
  if (indices.length > shape.length)
    throw new ShapeError(
      `${op}: ${indices.length} indices for ${printShape(shape)} - it has ${shape.length} dimensions`,
    );
  const dropped: number[] = [];
  const cuts = shape.map((size, dim): Cut => {
    const index = indices[dim] ?? null;
    if (index === null) return { start: 0, step: 1, size };
    if (typeof index === "number") {
      dropped.push(dim);
      return { start: resolvePick(op, index, dim, shape, size), step: 1, size: 1 };
    }
    return resolveRange(op, index, size);
  });
  return { cuts, dropped };
}

function resolvePick(op: string, index: number, dim: number, shape: Shape, size: number): number {
  const resolved = index < 0 ? index + size : index;
  if (!Number.isInteger(index) || resolved < 0 || resolved >= size)
    throw new ShapeError(
      `${op}: index ${index} at dim ${dim} of ${printShape(shape)} - wanted an integer from ${-size} to ${size - 1}`,
    );
  return resolved;
}

function resolveRange(op: string, [start, stop, step = 1]: Range, size: number): Cut {
  if (!Number.isInteger(step) || step === 0)
    throw new ShapeError(`${op}: step ${step} - wanted a whole number other than 0`);
  // Python's rule: ends are clipped, to one place before the first when running backwards.
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
  const clip = (end: number | null | undefined, open: number): number => {
    if (end === null || end === undefined) return open;
    if (!Number.isInteger(end))
      throw new ShapeError(`${op}: range end ${end} - wanted a whole number`);
    return Math.min(Math.max(end < 0 ? end + size : end, low), high);
  };
  const from = clip(start, step > 0 ? low : high);
  const to = clip(stop, step > 0 ? high : low);
  return { start: from, step, size: Math.max(0, Math.ceil((to - from) / step)) };
}

/** `"1:3, :, -1"` as indices. @throws ShapeError naming the part that cannot be read. */
export function parseSlice(text: string): Index[] {
  if (typeof text !== "string")
    throw new ShapeError(
      `slice: ${kindOf(text)} - wanted text, as "1:3, :, -1"`,
      "at(...) takes numbers and ranges",
    );
  const whole = (part: string): number | null => {
    const trimmed = part.trim();
    if (trimmed === "") return null;
    if (!/^[+-]?\d+$/.test(trimmed))
      throw new ShapeError(
        `slice: "${trimmed}" in "${text}" - wanted whole numbers, as in "1:3, :, -1"`,
      );
    return Number(trimmed);
  };
  return text.split(",").map((part): Index => {
    const ends = part.split(":");
    if (ends.length > 3)
      throw new ShapeError(`slice: "${part.trim()}" - wanted at most start:stop:step`);
    const [first = "", second = "", third = ""] = ends;
    if (ends.length === 1) {
      const index = whole(first);
      if (index === null)
        throw new ShapeError(`slice: an empty part in "${text}" - wanted a number or ":"`);
      return index;
    }
    return [whole(first), whole(second), whole(third) ?? 1];
  });
}
