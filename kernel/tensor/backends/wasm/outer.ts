/**
 * Products of a column and a row, one for each of a batch, as the slope of rows that were looked up and
 * multiplied by a vector is: until somebody looks they are their factors. Added up in a table's rows they
 * never are more.
 */
import { hold, letGo, lifetimes } from "../../autograd/lifetimes.ts";
import { isContiguous, sizeAt, sizeOf } from "../../shape.ts";
import type { View } from "../../view.ts";
import { HeapStorage, type Unmade } from "../storage.ts";
import { isFloats, storageOf } from "./floats.ts";
import type { Layout } from "./layout.ts";

/** Elements below which the products cost no more than knowing their factors. */
const WORTH_IT = 2 ** 16;
/** Rows that have a factor in common, at least: it may have to be copied. */
const FEW = 4;

export class Outer implements Unmade {
  readonly borrows = true;
  /** `[...batch, rows, 1]` and `[...batch, 1, width]`, both dense. */
  readonly column: View;
  readonly row: View;
  readonly #write: (outer: Outer, storage: HeapStorage) => void;

  constructor(column: View, row: View, write: (outer: Outer, storage: HeapStorage) => void) {
    this.column = column;
    this.row = row;
    this.#write = write;
    for (const { storage } of [column, row]) hold(storage);
  }

  make(storage: HeapStorage): void {
    this.#write(this, storage);
  }

  release(): void {
    for (const { storage } of [this.column, this.row]) letGo(storage);
  }
}

/** The factors of `x`, where they are all that is known of it; `x` has its rows side by side. */
export function outerIn(x: View): Outer | null {
  const { storage } = x;
  if (!(storage instanceof HeapStorage) || !(storage.unmade instanceof Outer)) return null;
  return storage.length === sizeOf(x.shape) && isContiguous(x) ? storage.unmade : null;
}

/**
 * `a b` as its factors, where `a` has one column and `b` one row and only a walk back will see it; null
 * elsewhere.
 */
export function outerOf(
  a: View,
  b: View,
  layout: Layout,
  write: (outer: Outer, storage: HeapStorage) => void,
): Outer | null {
  const rank = a.shape.length;
  const [rows, width] = [sizeAt(a.shape, rank - 2), sizeAt(b.shape, rank - 1)];
  const isWanted = lifetimes.isWalking && lifetimes.isAtWork && isFloats(a) && rank > 2;
  if (!isWanted || sizeAt(a.shape, rank - 1) !== 1 || rows < FEW) return null;
  if (sizeOf(a.shape) * width < WORTH_IT) return null;
  const [column, row] = [a, b].map((x) => own(x, layout)) as [View, View];
  return new Outer(column, row, write);
}

/** `x` side by side, in a storage that nobody changes. */
function own(x: View, layout: Layout): View {
  if (storageOf(x).isPrivate && isContiguous(x)) return x;
  const copy = layout.copied(x);
  copy.storage.isPrivate = true;
  return copy;
}
