/** What `at`, `slice` and `set` accept, and the text that `slice` reads. */
import { kindOf, ShapeError } from "../errors.ts";
import type { Tensor } from "../tensor.ts";

/** `[start, stop, step]`; either end open with null. Negative numbers count from the end. */
export type Range = readonly [start: number | null, stop?: number | null, step?: number];

/**
 * A number picks one entry and drops the dimension; a range keeps every `step`-th from `start` up to
 * but without `stop`; null keeps all of a dimension, and "..." all of as many as are left. A tensor
 * of whole numbers picks entries in its order, a bool tensor those where it is true.
 */
export type Index = number | Range | Tensor | null | "...";

/** `"1:3, ..., -1"` as indices. @throws ShapeError naming the part that cannot be read. */
export function parseSlice(text: string): Index[] {
  if (typeof text !== "string")
    throw new ShapeError(
      `slice: ${kindOf(text)} - wanted text, as "1:3, :, -1"`,
      "at(...) takes numbers and ranges",
    );
  return text.split(",").map((part) => parsePart(part.trim(), text));
}

function parsePart(part: string, text: string): Index {
  if (part === "...") return part;
  const ends = part.split(":").map((end) => parseEnd(end.trim(), text));
  if (ends.length > 3) throw new ShapeError(`slice: "${part}" - wanted at most start:stop:step`);
  const [first = null, second = null, third = null] = ends;
  if (ends.length > 1) return [first, second, third ?? 1];
  if (first === null)
    throw new ShapeError(`slice: an empty part in "${text}" - wanted a number or ":"`);
  return first;
}

function parseEnd(end: string, text: string): number | null {
  if (end === "") return null;
  if (!/^[+-]?\d+$/.test(end))
    throw new ShapeError(`slice: "${end}" in "${text}" - wanted whole numbers, as in "1:3, :, -1"`);
  return Number(end);
}
