/**
 * Indices of `at`, `slice` and `set` worked out against a shape: first a cut for each dimension,
 * which moves no values, then the tensors among the indices as numbers of rows.
 */
import { isTensor, numbered } from "../autograd/apply.ts";
import { DTypeError, kindOf, ShapeError } from "../errors.ts";
import { indexOf } from "./indices.ts";
import {
  broadcastShapes,
  checkWhole,
  printPlace,
  printShape,
  sameShape,
  sizeAt,
  sizeOf,
} from "../shape.ts";
import type { Index, Range } from "./slicing.ts";
import type { Tensor } from "../tensor.ts";
import { shapeError, wording } from "../typed/wording.ts";
import type { Cut, Shape } from "../view.ts";

export interface Selection {
  /** One for each dimension. */
  readonly cuts: readonly Cut[];
  /** The shape after the cuts: dimensions from which a number picked have fallen away. */
  readonly shape: Shape;
  /** What index tensors pick of that, null when there are none. */
  readonly rows: RowSelection | null;
}

/** Index tensors choose rows of what was cut, once the dimensions they pick from are in front. */
export interface RowSelection {
  /** The order of dimensions that brings the picked ones to the front. */
  readonly order: readonly number[];
  /** The picked dimensions as one, the others unchanged. */
  readonly flat: Shape;
  /** Numbers of rows, i32, in the shape that all index tensors have together. */
  readonly index: Tensor;
  /** The order that puts the dimensions of `index` where the picked ones were. */
  readonly back: readonly number[];
}

/** One index tensor: which neighbouring dimensions it picks from, and numbers into them as one. */
interface Pick {
  readonly first: number;
  readonly sizes: Shape;
  readonly index: Tensor;
}

/**
 * @throws ShapeError for more indices than dimensions, one outside, a step of 0, a mask of another
 * size; DTypeError for what is no index.
 */
export function select(op: string, shape: Shape, indices: readonly Index[]): Selection {
  const cuts: Cut[] = [];
  const kept: number[] = [];
  const picks: Pick[] = [];
  const keep = (cut: Cut): void => {
    kept.push(cut.size);
    cuts.push(cut);
  };
  for (const index of spread(op, shape, indices)) {
    const dim = cuts.length;
    const size = sizeAt(shape, dim);
    if (index === null) keep(whole(size));
    else if (typeof index === "number")
      cuts.push({ start: resolveNumber(op, index, dim, shape), step: 1, size: 1 });
    else if (!isTensor(index)) keep(resolveRange(op, index, size));
    else if (index.ndim === 0) {
      const [number = Number.NaN] = indexOf(op, index).data;
      cuts.push({ start: resolveNumber(op, number, dim, shape), step: 1, size: 1 });
    } else {
      const pick =
        index.dtype === "bool"
          ? resolveMask(op, index, dim, shape)
          : { sizes: [size], index: resolveEntries(op, indexOf(op, index), dim, shape) };
      picks.push({ ...pick, first: kept.length });
      for (const each of pick.sizes) keep(whole(each));
    }
  }
  return { cuts, shape: kept, rows: picks.length === 0 ? null : rowsOf(op, kept, picks) };
}

const whole = (size: number): Cut => ({ start: 0, step: 1, size });

/** How many dimensions an index uses up. */
const reach = (index: Index): number =>
  index !== null && isTensor(index) && index.dtype === "bool" ? index.ndim : 1;

/** `...` written out, and all dimensions that nobody named kept. */
function spread(op: string, shape: Shape, indices: readonly Index[]): Exclude<Index, "...">[] {
  indices.forEach((index, i) => checkKind(op, index, i));
  const named = indices.filter((index) => index !== "...");
  const used = named.reduce((sum: number, index) => sum + reach(index), 0);
  if (used > shape.length)
    throw shapeError(wording.indices, { op, n: used, a: shape, m: shape.length });
  const rest = Array.from({ length: shape.length - used }, () => null);
  const gap = indices.indexOf("...");
  if (gap < 0) return [...named, ...rest];
  if (indices.includes("...", gap + 1))
    throw new ShapeError(`${op}: "..." twice - which dimensions each stands for is not clear`);
  return [...named.slice(0, gap), ...rest, ...named.slice(gap)];
}

/** Cells are checked loosely or not at all, so anything may arrive here. */
function checkKind(op: string, index: unknown, place: number): void {
  const isIndex = index === null || index === "..." || typeof index === "number" || isTensor(index);
  if (isIndex) return;
  if (!Array.isArray(index))
    throw new DTypeError(
      `${op}: ${kindOf(index)} for index ${place} - wanted a number, a range, null or a tensor`,
    );
  if (index.length < 1 || index.length > 3)
    throw new ShapeError(
      `${op}: an array of ${index.length} for index ${place} - wanted a range [start, stop, step]`,
      "tensor([...]) picks the entries with these numbers",
    );
}

function resolveNumber(op: string, index: number, dim: number, shape: Shape): number {
  const size = sizeAt(shape, dim);
  const resolved = index < 0 ? index + size : index;
  if (!Number.isInteger(index) || resolved < 0 || resolved >= size)
    throw outside(op, index, "at", dim, shape);
  return resolved;
}

function outside(op: string, index: number, at: string, dim: number, shape: Shape): ShapeError {
  const size = sizeAt(shape, dim);
  return new ShapeError(
    `${op}: index ${index} ${at} dim ${dim} of ${printShape(shape)} - ` +
      (size === 0 ? "it has no entries" : `wanted an integer from ${-size} to ${size - 1}`),
  );
}

function resolveRange(op: string, [start, stop, step = 1]: Range, size: number): Cut {
  if (!Number.isInteger(step) || step === 0)
    throw new ShapeError(`${op}: step ${String(step)} - wanted a whole number other than 0`);
  // Python's rule: ends are clipped, to one place before the first when running backwards.
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
  const clip = (end: number | null | undefined, open: number): number => {
    if (end === null || end === undefined) return open;
    checkWhole(op, "range end", end);
    return Math.min(Math.max(end < 0 ? end + size : end, low), high);
  };
  const from = clip(start, step > 0 ? low : high);
  const to = clip(stop, step > 0 ? high : low);
  return { start: from, step, size: Math.max(0, Math.ceil((to - from) / step)) };
}

/** Checks numbers against the size of `dim` and lets negative ones count from the end. */
function resolveEntries(op: string, index: Tensor, dim: number, shape: Shape): Tensor {
  const size = sizeAt(shape, dim);
  const values = index.data;
  const wrong = values.findIndex((value) => value < -size || value >= size);
  if (wrong >= 0)
    throw outside(
      op,
      values[wrong] ?? Number.NaN,
      `at ${printPlace(index.shape, wrong)} for`,
      dim,
      shape,
    );
  if (!values.some((value) => value < 0)) return index;
  return numbered(
    Int32Array.from(values, (value) => (value < 0 ? value + size : value)),
    index.shape,
  );
}

/** The numbers of the true elements of a mask, which covers as many dimensions as it has. */
function resolveMask(op: string, mask: Tensor, dim: number, shape: Shape) {
  const sizes = shape.slice(dim, dim + mask.ndim);
  if (!sameShape(mask.shape, sizes))
    throw new ShapeError(
      `${op}: mask ${printShape(mask.shape)} at dim ${dim} of ${printShape(shape)} - ` +
        `wanted the sizes it covers, ${printShape(sizes)}`,
    );
  const numbers = trueNumbers(mask);
  return { sizes, index: numbered(numbers, [numbers.length]) };
}

/** Where the elements that are not 0 lie, counted row by row. */
export function trueNumbers(mask: Tensor): Int32Array {
  const values = mask.data;
  const numbers = new Int32Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] !== 0) numbers[count++] = i;
  return numbers.slice(0, count);
}

function rowsOf(op: string, shape: Shape, picks: readonly Pick[]): RowSelection {
  const picked = picks.flatMap(({ first, sizes }) => sizes.map((_, i) => first + i));
  const others = shape.map((_, dim) => dim).filter((dim) => !picked.includes(dim));
  const sizes = picked.map((dim) => sizeAt(shape, dim));
  const together = picks
    .map(({ index }) => index.shape)
    .reduce((a, b) => broadcastShapes(op, a, b));
  // Row-major over the picked dimensions: the last varies fastest.
  const index = picks
    .map((pick, i) => {
      const step = sizeOf(picks.slice(i + 1).flatMap((later) => later.sizes));
      return step === 1 ? pick.index : pick.index.mul(step);
    })
    .reduce((a, b) => a.add(b));
  // Where the picked dimensions are not neighbours there is no one place for the index's: the front.
  const start = picked[0] ?? 0;
  const areNeighbours = picked.every((dim, i) => dim === start + i);
  const before = areNeighbours ? start : 0;
  const rank = together.length;
  return {
    order: [...picked, ...others],
    flat: [sizeOf(sizes), ...others.map((dim) => sizeAt(shape, dim))],
    index,
    back: [
      ...others.slice(0, before).map((_, i) => rank + i),
      ...together.map((_, i) => i),
      ...others.slice(before).map((_, i) => rank + before + i),
    ],
  };
}
