/**
 * Tables of which most rows are 0, as the slope of an embedding is: they hold the other rows alone
 * until somebody looks at the whole, and who can do with the rows, as a plain step of SGD, never does.
 */
import { fullView, isContiguous, sizeAt, sizeOf } from "../../shape.ts";
import type { Shape, View } from "../../view.ts";
import { HeapStorage, type Unmade } from "../storage.ts";
import { at, fresh, storageOf } from "./floats.ts";
import type { Machine } from "./machine.ts";
import { SCRATCH } from "./memory.ts";
import { outerIn } from "./outer.ts";

/** Elements of a table below which the whole costs no more than knowing its rows. */
const WORTH_IT = 16_384;

/** `count` rows, each named once, of a table whose other rows are 0. */
export class SparseRows implements Unmade {
  /** i32: which rows of the table; there may be room for more. */
  readonly places: HeapStorage;
  readonly values: HeapStorage;
  readonly count: number;
  readonly width: number;
  readonly borrows = false;
  readonly #write: (rows: SparseRows, table: HeapStorage) => void;

  /** `write` makes the whole table. */
  constructor(
    places: HeapStorage,
    values: HeapStorage,
    width: number,
    write: (rows: SparseRows, table: HeapStorage) => void,
  ) {
    this.places = places;
    this.values = values;
    this.count = width === 0 ? 0 : values.length / width;
    this.width = width;
    this.#write = write;
  }

  make(table: HeapStorage): void {
    this.#write(this, table);
  }

  release(): void {
    this.places.release();
    this.values.release();
  }
}

/** The rows of a whole table that nobody has looked at; null for any other view. */
export function sparseRows(x: View): SparseRows | null {
  const { storage } = x;
  if (!(storage instanceof HeapStorage) || !(storage.unmade instanceof SparseRows)) return null;
  return storage.length === sizeOf(x.shape) && isContiguous(x) ? storage.unmade : null;
}

/** How such tables are made. */
export interface RowSums {
  /**
   * Rows `g [...i, ...r]` added into zeros `[rows, ...r]` where `index [...i]` says, which names none
   * outside; both are dense. Null where most rows would be touched.
   */
  sum(g: View, index: View, rows: number): View | null;
  /** `a + b` of one shape, where one of them is such a table; null elsewhere. */
  add(a: View, b: View): View | null;
}

export function rowSums(machine: Machine): RowSums {
  const { arena, scratch } = machine;
  const distinct = machine.kernel("distinct");
  const addRows = machine.kernel("addRows");
  const foldRows = machine.kernel("foldRows");
  const foldOuter = machine.kernel("foldOuter");
  const putRows = machine.kernel("putRows");
  const fill = machine.kernel("fill");
  const copy = machine.kernel("copy");

  function write({ places, values, count, width }: SparseRows, table: HeapStorage): void {
    arena.hold(table, places, values);
    fill(table.address, 0, table.length);
    const rows = table.length / width;
    putRows(table.address, places.address, values.address, count, rows, width);
  }

  function table(places: HeapStorage, values: HeapStorage, shape: Shape): View {
    const storage = new HeapStorage("f32", sizeOf(shape), null);
    storage.unmade = new SparseRows(places, values, sizeOf(shape.slice(1)), write);
    return fullView(storage, shape);
  }

  /** The rows that `index` names, and where in the scratch memory stands which of them is meant. */
  function rowsIn(index: View, rows: number, width: number) {
    const n = sizeOf(index.shape);
    const isWorthIt = n <= rows && rows * width >= WORTH_IT && 4 * (rows + n) <= SCRATCH;
    if (!isWorthIt) return null;
    const places = new HeapStorage("i32", n, null);
    arena.hold(storageOf(index), places);
    const slots = scratch + 4 * rows;
    const count = distinct(at(index), n, rows, scratch, places.address, slots);
    if (4 * count <= 3 * rows) return { places, count, slots };
    places.release();
    return null;
  }

  function join(left: SparseRows, right: SparseRows, shape: Shape): View | null {
    const { width } = left;
    const index = fresh("i32", [left.count + right.count]);
    const all = storageOf(index);
    arena.hold(all, left.places, right.places);
    copy(all.address, left.places.address, left.count);
    copy(all.address + 4 * left.count, right.places.address, right.count);
    const named = rowsIn(index, sizeAt(shape, 0), width);
    all.release();
    if (named === null) return null;
    const { places, count, slots } = named;
    const values = new HeapStorage("f32", count * width, null);
    arena.hold(values, left.values, right.values);
    const kept = left.values.length;
    // Those of the left come first, in their order.
    copy(values.address, left.values.address, kept);
    fill(values.address + 4 * kept, 0, values.length - kept);
    const more = slots + 4 * left.count;
    addRows(values.address, more, right.values.address, right.count, count, width);
    return table(places, values, shape);
  }

  /** `whole` with rows added. */
  function onto(whole: View, { places, values, count, width }: SparseRows): View | null {
    if (!isContiguous(whole)) return null;
    const out = fresh("f32", whole.shape);
    arena.hold(storageOf(whole), storageOf(out), places, values);
    copy(at(out), at(whole), sizeOf(whole.shape));
    addRows(at(out), places.address, values.address, count, sizeAt(whole.shape, 0), width);
    return out;
  }

  return {
    sum(g, index, rows) {
      const rest = g.shape.slice(index.shape.length);
      const width = sizeOf(rest);
      const named = rowsIn(index, rows, width);
      if (named === null) return null;
      const { places, count, slots } = named;
      const values = new HeapStorage("f32", count * width, null);
      const n = sizeOf(index.shape);
      const outer = outerIn(g);
      if (outer !== null && width === sizeAt(outer.row.shape, outer.row.shape.length - 1)) {
        const { column, row } = outer;
        const each = sizeAt(column.shape, column.shape.length - 2);
        arena.hold(storageOf(column), storageOf(row), values);
        foldOuter(values.address, slots, at(column), at(row), n, width, each);
      } else {
        arena.hold(storageOf(g), values);
        foldRows(values.address, slots, at(g), n, width);
      }
      return table(places, values, [rows, ...rest]);
    },

    add(a, b) {
      const [left, right] = [sparseRows(a), sparseRows(b)];
      const joined = left !== null && right !== null ? join(left, right, a.shape) : null;
      if (joined !== null) return joined;
      if (right !== null) return onto(a, right);
      return left === null ? null : onto(b, left);
    },
  };
}
