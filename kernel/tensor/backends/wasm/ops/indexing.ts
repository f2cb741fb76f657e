/**
 * Ops that pick by an index. Elements of other sizes than four bytes, and tables whose index is cut
 * smaller than they are, the heap computes; it also says which index is out of range.
 */
import type { Backend } from "../../../backend.ts";
import { isContiguous, isUniform, sizeAt, sizeOf } from "../../../shape.ts";
import type { Shape, View } from "../../../view.ts";
import { reference } from "../../reference.ts";
import { at, fresh, isFloats, storageOf } from "../floats.ts";
import type { Kernel, Machine } from "../machine.ts";
import { outerIn } from "../outer.ts";
import type { RowSums } from "../sparse-rows.ts";
import type { Division } from "../threads/division.ts";

type Indexing = Pick<
  Backend,
  "takeRows" | "addRows" | "putRows" | "gather" | "scatterAdd" | "scatter"
>;

/** An index takes about as long, and an element that is moved with others. */
const NANOSECONDS = 1.5;
const NANOSECONDS_MOVED = 0.06;

const byIndices: Division = { steps: [4], size: 1, grain: 64 };
const byElements: Division = { steps: [4, 4], size: 2, grain: 64 };

export function indexing(machine: Machine, sums: RowSums): Indexing {
  const { arena } = machine;
  const misplaced = machine.kernel("misplaced");
  const takeRows = machine.kernel("takeRows");
  const putRows = machine.kernel("putRows");
  const addRows = machine.kernel("addRows");
  const gather = machine.kernel("gather");
  const copy = machine.kernel("copy");
  const fill = machine.kernel("fill");
  const scatters = {
    scatter: machine.kernel("scatter"),
    scatterAdd: machine.kernel("scatterAdd"),
  };

  function lanes(kernel: Kernel, x: View, index: View, picked: View, dim: number, size: number) {
    const { shape } = index;
    const outer = sizeOf(shape.slice(0, dim));
    const inner = sizeOf(shape.slice(dim + 1));
    const picks = shape[dim] ?? 1;
    const values = [at(x), at(index), at(picked), outer, picks, inner, size];
    // Those of one outer place write nowhere but there.
    const lane = 4 * picks * inner;
    const division: Division = { steps: [4 * size * inner, lane, lane], size: 3 };
    machine.call(kernel, values, outer, division, NANOSECONDS * outer * picks * inner);
  }

  const dense = (x: View) => (isContiguous(x) ? x : reference.copy(x, x.storage.dtype));

  /** Whether `index`, which is held, is in range. */
  const fits = (index: View, size: number) => {
    const n = sizeOf(index.shape);
    return machine.call(misplaced, [at(index), n, size], n, byIndices, NANOSECONDS * n) < 0;
  };

  function scattered(
    name: "scatter" | "scatterAdd",
    op: string,
    given: View,
    dim: number,
    index: View,
    source: View,
  ): View {
    const isSimple = isFloats(given) && isFloats(source) && isWhole(given, dim, index.shape);
    if (!isSimple) return reference[name](op, given, dim, index, source);
    const start = isUniform(given) ? Number(given.storage.host()[given.offset] ?? 0) : null;
    const x = start === null ? dense(given) : given;
    const [places, values] = [dense(index), dense(source)];
    const out = fresh("f32", x.shape);
    arena.hold(
      storageOf(places),
      storageOf(values),
      storageOf(out),
      start === null ? storageOf(x) : null,
    );
    const size = x.shape[dim] ?? 1;
    if (!fits(places, size)) return reference[name](op, given, dim, index, source);
    const n = sizeOf(x.shape);
    if (start === null)
      machine.call(copy, [at(out), at(x), n], n, byElements, NANOSECONDS_MOVED * n);
    else fill(at(out), start, n);
    lanes(scatters[name], out, places, values, dim, size);
    return out;
  }

  return {
    takeRows(op, given, index) {
      if (!isWords(given)) return reference.takeRows(op, given, index);
      const [x, places] = [dense(given), dense(index)];
      const rows = sizeAt(x.shape, 0);
      const rest = x.shape.slice(1);
      const out = fresh(x.storage.dtype, [...index.shape, ...rest]);
      arena.hold(storageOf(x), storageOf(places), storageOf(out));
      if (!fits(places, rows)) return reference.takeRows(op, given, index);
      const [n, width] = [sizeOf(index.shape), sizeOf(rest)];
      const values = [at(x), at(places), at(out), n, rows, width];
      const division: Division = { steps: [0, 4, 4 * width], size: 3 };
      machine.call(takeRows, values, n, division, NANOSECONDS_MOVED * n * width);
      return out;
    },

    addRows(op, given, index, rows) {
      if (!isFloats(given)) return reference.addRows(op, given, index, rows);
      const [g, places] = [dense(given), dense(index)];
      // Factors are enough, if few rows of the table are touched.
      if (outerIn(g) === null) arena.hold(storageOf(g), storageOf(places));
      else arena.hold(storageOf(places));
      if (!fits(places, rows)) return reference.addRows(op, given, index, rows);
      const sparse = sums.sum(g, places, rows);
      if (sparse !== null) return sparse;
      const rest = g.shape.slice(index.shape.length);
      const out = fresh("f32", [rows, ...rest]);
      arena.hold(storageOf(g), storageOf(places), storageOf(out));
      fill(at(out), 0, sizeOf(out.shape));
      addRows(at(out), at(places), at(g), sizeOf(index.shape), rows, sizeOf(rest));
      return out;
    },

    putRows(op, target, index, source) {
      const isSimple = isWords(target) && isContiguous(target) && source.storage !== target.storage;
      if (!isSimple) {
        reference.putRows(op, target, index, source);
        return;
      }
      const [places, values] = [dense(index), dense(source)];
      arena.hold(storageOf(target), storageOf(places), storageOf(values));
      const rows = sizeAt(target.shape, 0);
      if (!fits(places, rows)) {
        reference.putRows(op, target, index, source);
        return;
      }
      const width = sizeOf(target.shape.slice(1));
      putRows(at(target), at(places), at(values), sizeOf(index.shape), rows, width);
      target.storage.version++;
      arena.wrote(storageOf(target));
    },

    gather(op, given, dim, index) {
      if (!isWords(given) || !isWhole(given, dim, index.shape))
        return reference.gather(op, given, dim, index);
      const [x, places] = [dense(given), dense(index)];
      const out = fresh(x.storage.dtype, index.shape);
      arena.hold(storageOf(x), storageOf(places), storageOf(out));
      const size = x.shape[dim] ?? 1;
      if (!fits(places, size)) return reference.gather(op, given, dim, index);
      lanes(gather, x, places, out, dim, size);
      return out;
    },

    scatterAdd: (op, x, dim, index, source) => scattered("scatterAdd", op, x, dim, index, source),
    scatter: (op, x, dim, index, source) => scattered("scatter", op, x, dim, index, source),
  };
}

/** Elements of four bytes. */
function isWords({ storage: { dtype } }: View): boolean {
  return dtype === "f32" || dtype === "i32";
}

/** Whether `index` has the sizes of `x` in all other dimensions. */
function isWhole(x: View, dim: number, index: Shape): boolean {
  return x.shape.every((size, i) => i === dim || size === index[i]);
}
