/** Matrix products: views as the kernel wants them, in one call wherever two batch dimensions suffice. */
import type { Backend } from "../../../backend.ts";
import { isContiguous, sizeAt } from "../../../shape.ts";
import type { View } from "../../../view.ts";
import { reference } from "../../reference.ts";
import type { HeapStorage } from "../../storage.ts";
import { at, fresh, isFloats, storageOf } from "../floats.ts";
import type { Layout } from "../layout.ts";
import type { Machine } from "../machine.ts";
import { COLUMNS } from "../kernels/matmul/product.ts";
import { SCRATCH } from "../memory.ts";
import { type Outer, outerOf } from "../outer.ts";
import type { Division } from "../threads/division.ts";

/** A batch dimension: how many matrices, and how far the factors' lie apart. */
interface Level {
  size: number;
  readonly aStep: number;
  readonly bStep: number;
}

/** Parts of the rows. Each thread packs the right factor once: more parts would pack it more often. */
const byRows: Division = {
  steps: Array.from({ length: 17 }, (_, i) => (i === 16 ? 1 : 0)),
  end: 17,
  rooms: { 18: SCRATCH },
  grain: 6,
  parts: 1,
};

/** A product of two numbers and its addition take about as long. */
const NANOSECONDS = 0.05;

/**
 * Nanoseconds of a product that is made panel by panel: the parts in which Stop is looked for have few
 * rows of so many columns, and each packs all of the right factor.
 */
const LONG = 50_000_000;

const single: Level = { size: 1, aStep: 0, bStep: 0 };

export function matmul(machine: Machine, layout: Layout): Pick<Backend, "matmul" | "linear"> {
  const kernel = machine.kernel("matmul");

  /** Writes the products to `out`, row-major; `bias` may be an address of n f32. Steps in elements. */
  function multiply(a: Matrix, b: Matrix, out: number, levels: readonly Level[], bias: number) {
    const [inner = single, outer = single, ...more] = levels;
    const last = more.pop();
    if (last !== undefined) {
      const rest = [inner, outer, ...more];
      const count = rest.reduce((product, { size }) => product * size, 1);
      for (let i = 0; i < last.size; i++)
        multiply(
          { ...a, address: a.address + 4 * i * last.aStep },
          { ...b, address: b.address + 4 * i * last.bStep },
          out + 4 * i * count * a.rows * b.columns,
          rest,
          bias,
        );
      return;
    }
    const rows = outer.size * inner.size * a.rows;
    const work = NANOSECONDS * rows * b.columns * a.columns;
    if (work > LONG && levels.length === 0 && a.columns > 1 && b.columns > COLUMNS) {
      for (let j = 0, columns = 0; j < b.columns; j += columns) {
        const rest = b.columns - j;
        // Not one column, of which the kernel takes the rows to lie side by side.
        columns = rest < COLUMNS + 16 ? rest : COLUMNS;
        const panel = { ...b, address: b.address + 4 * j * b.columnStep, columns };
        const shift = bias === 0 ? 0 : bias + 4 * j;
        call(a, panel, out + 4 * j, single, single, shift, 4 * b.columns);
      }
    } else call(a, b, out, inner, outer, bias, 0);
  }

  /** Writes the products of two batch dimensions; rows of the result are `row` bytes apart, see the kernel. */
  function call(
    a: Matrix,
    b: Matrix,
    out: number,
    inner: Level,
    outer: Level,
    bias: number,
    row: number,
  ) {
    const rows = outer.size * inner.size * a.rows;
    const values = [
      a.address,
      4 * outer.aStep,
      4 * inner.aStep,
      4 * a.rowStep,
      4 * a.columnStep,
      b.address,
      4 * outer.bStep,
      4 * inner.bStep,
      4 * b.rowStep,
      4 * b.columnStep,
      out,
      inner.size,
      a.rows,
      b.columns,
      a.columns,
      bias,
      0,
      rows,
      machine.scratch,
      -Infinity,
      row,
    ];
    machine.call(kernel, values, rows, byRows, NANOSECONDS * rows * b.columns * a.columns);
  }

  /** Writes the product of two held views to the storage at `out`. */
  function product(a: View, b: View, out: number): void {
    const left = matrixOf(a);
    const levels = levelsOf(a, b);
    multiply(joined(left, levels), matrixOf(b), out, levels, 0);
  }

  function write({ column, row }: Outer, storage: HeapStorage): void {
    machine.arena.hold(storageOf(column), storageOf(row), storage);
    product(column, row, storage.address);
  }

  return {
    matmul(a, b) {
      if (!isFloats(a)) return reference.matmul(a, b);
      const rank = a.shape.length;
      const shape = [...a.shape.slice(0, -1), sizeAt(b.shape, rank - 1)];
      const out = fresh("f32", shape);
      if (out.storage.length === 0) return out;
      const outer = outerOf(a, b, layout, write);
      if (outer !== null) {
        storageOf(out).unmade = outer;
        return out;
      }
      machine.arena.hold(storageOf(a), storageOf(b), storageOf(out));
      product(a, b, at(out));
      return out;
    },

    linear(x, w, bias) {
      if (!isFloats(x)) return reference.linear(x, w, bias);
      const out = fresh("f32", [sizeAt(x.shape, 0), sizeAt(w.shape, 0)]);
      if (out.storage.length === 0) return out;
      const shift = isContiguous(bias) ? bias : reference.copy(bias, "f32");
      machine.arena.hold(storageOf(x), storageOf(w), storageOf(shift), storageOf(out));
      multiply(matrixOf(x), transposed(matrixOf(w)), at(out), [], at(shift));
      return out;
    },
  };
}

interface Matrix {
  readonly address: number;
  readonly rows: number;
  readonly columns: number;
  readonly rowStep: number;
  readonly columnStep: number;
}

/** The last two dimensions of `x`, whose storage is held. */
function matrixOf(x: View): Matrix {
  const rank = x.shape.length;
  const [rows, columns] = [sizeAt(x.shape, rank - 2), sizeAt(x.shape, rank - 1)];
  // The step of a single row or column is free: with 1 the kernel knows that they lie side by side.
  const rowStep = rows === 1 ? 1 : (x.strides[rank - 2] ?? 1);
  const columnStep = columns === 1 ? 1 : (x.strides[rank - 1] ?? 1);
  return { address: at(x), rows, columns, rowStep, columnStep };
}

function transposed({ address, rows, columns, rowStep, columnStep }: Matrix): Matrix {
  return { address, rows: columns, columns: rows, rowStep: columnStep, columnStep: rowStep };
}

/** The batch dimensions, innermost first; those that run on into each other are one. */
function levelsOf(a: View, b: View): Level[] {
  const levels: Level[] = [];
  for (let dim = a.shape.length - 3; dim >= 0; dim--) {
    const size = sizeAt(a.shape, dim);
    if (size === 1) continue;
    const [aStep, bStep] = [a.strides[dim] ?? 0, b.strides[dim] ?? 0];
    const below = levels.at(-1);
    const runsOn =
      below !== undefined &&
      aStep === below.aStep * below.size &&
      bStep === below.bStep * below.size;
    if (runsOn) below.size *= size;
    else levels.push({ size, aStep, bStep });
  }
  return levels;
}

/** `a` with the rows of a whole batch, taken from `levels`, where all are multiplied by one matrix. */
function joined(a: Matrix, levels: Level[]): Matrix {
  const [inner] = levels;
  if (inner?.bStep !== 0) return a;
  if (a.rows !== 1 && inner.aStep !== a.rows * a.rowStep) return a;
  levels.shift();
  return { ...a, rows: a.rows * inner.size, rowStep: a.rows === 1 ? inner.aStep : a.rowStep };
}
