/** Reductions. What is not f32, and what has no kernel, the heap computes. */
import type { Backend, ReduceKernel } from "../../../backend.ts";
import type { TypedArray } from "../../../dtype.ts";
import { fullView, isContiguous, reducedShape, sizeAt, sizeOf } from "../../../shape.ts";
import type { View } from "../../../view.ts";
import { reference } from "../../reference.ts";
import { dense as valuesOf } from "../../reference/host.ts";
import { at, fresh, isForKernels, storageOf } from "../floats.ts";
import type { Layout } from "../layout.ts";
import type { Kernel, Machine } from "../machine.ts";
import { SCRATCH } from "../memory.ts";
import type { Division } from "../threads/division.ts";
import { isInParts, type Whole, type Wholes, wholes } from "./whole.ts";

/** Kernels along rows, down columns and of all of a large tensor. */
interface Family {
  readonly rows: Kernel;
  readonly columns: Kernel;
  readonly whole: Whole;
  /** What other threads can save of an element. */
  readonly nanoseconds: number;
}

/** In fewer elements a loop has found the place before a search of the platform has begun. */
const LONG_ROW = 64;

/** What is reduced of `[outer, length, inner]`. */
interface Fold {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

/** `dims` are neighbours. */
function foldOf(x: View, dims: readonly number[]): Fold {
  const first = dims[0] ?? 0;
  const sizes = (from: number, to?: number) => sizeOf(x.shape.slice(from, to));
  const last = first + dims.length;
  return { outer: sizes(0, first), length: sizes(first, last), inner: sizes(last) };
}

/** The neighbours with which `dims` end. */
function lastGroup(dims: readonly number[]): readonly number[] {
  let start = dims.length - 1;
  while (start > 0 && dims[start - 1] === dims[start]! - 1) start--; // start is in bounds
  return dims.slice(Math.max(start, 0));
}

const byRows = (length: number): Division => ({ steps: [4 * length, 0, 0, 4], size: 1 });
const byMatrices = (length: number, inner: number): Division => ({
  steps: [4 * length * inner, 0, 0, 0, 0, 4 * inner],
  size: 1,
  rooms: { 7: SCRATCH },
});
const byColumns: Division = {
  steps: [4, 0, 0, 0, 0, 4],
  size: 4,
  grain: 16,
  rooms: { 7: SCRATCH },
};

export function reduce(machine: Machine, layout: Layout): Pick<Backend, "reduce" | "argReduce"> {
  const { arena } = machine;
  const whole = wholes(machine);
  const familyOf = (name: keyof Wholes, nanoseconds: number): Family => ({
    rows: machine.kernel(`${name}Rows`),
    columns: machine.kernel(`${name}Columns`),
    whole: whole[name],
    nanoseconds,
  });
  const [sum, sizes, norm] = [familyOf("sum", 0.05), familyOf("size", 0.05), familyOf("norm", 0.2)];
  const extremes = { max: familyOf("max", 0.05), min: familyOf("min", 0.05) };
  const logsumexp = machine.kernel("logsumexpRows");
  const spreads = { var: familyOf("variance", 0.3), std: familyOf("deviation", 0.3) };

  function run(family: Family, x: View, dims: readonly number[], divisor: number): View {
    const { rows, columns, nanoseconds } = family;
    const { outer, length, inner } = foldOf(x, dims);
    const out = fresh("f32", reducedShape(x.shape, dims, true));
    arena.hold(storageOf(x), storageOf(out));
    const work = nanoseconds * outer * length * inner;
    if (inner !== 1) {
      const values = [at(x), outer, length, 4 * inner, inner, at(out), divisor, machine.scratch];
      // The columns of one matrix, or matrices.
      if (outer === 1) machine.call(columns, values, inner, byColumns, work);
      else machine.call(columns, values, outer, byMatrices(length, inner), work);
    } else if (outer === 1 && isInParts(length))
      family.whole(at(x), length, at(out), divisor, work);
    else if (machine.isShared(work))
      machine.share(rows, [at(x), outer, length, at(out), divisor], outer, byRows(length), work);
    else rows(at(x), outer, length, at(out), divisor);
    return out;
  }

  /** One group of neighbours after the other; of a mean each divides, before its sum is too large for f32. */
  function inGroups(family: Family, x: View, dims: readonly number[], isMean = false): View {
    const group = lastGroup(dims);
    const rest = dims.slice(0, dims.length - group.length);
    const divisor = isMean ? sizeOf(group.map((dim) => sizeAt(x.shape, dim))) : 1;
    const folded = run(family, x, group, divisor);
    return rest.length === 0 ? folded : inGroups(family, folded, rest, isMean);
  }

  /** Where `dims` are neighbours: moved to the end if they are not. */
  function atOnce(family: Family, x: View, dims: readonly number[], divisor: number): View {
    if (lastGroup(dims).length === dims.length) return run(family, x, dims, divisor);
    return alongRows(family.rows, x, dims, divisor, family.nanoseconds);
  }

  /** With `dims` moved to the end. */
  function alongRows(
    kernel: Kernel,
    x: View,
    dims: readonly number[],
    divisor: number,
    nanoseconds: number,
  ): View {
    const kept = x.shape.map((_, dim) => dim).filter((dim) => !dims.includes(dim));
    const order = [...kept, ...dims];
    const pick = (values: readonly number[]) => order.map((dim) => sizeAt(values, dim));
    const moved = dense({ ...x, shape: pick(x.shape), strides: pick(x.strides) });
    const out = fresh("f32", reducedShape(x.shape, dims, true));
    const outer = sizeOf(out.shape);
    arena.hold(storageOf(moved), storageOf(out));
    const length = sizeOf(moved.shape.slice(kept.length));
    const work = nanoseconds * outer * length;
    machine.call(kernel, [at(moved), outer, length, at(out), divisor], outer, byRows(length), work);
    return out;
  }

  const dense = (x: View) => layout.dense(x);

  function reduced(
    kernel: ReduceKernel,
    x: View,
    dims: readonly number[],
    parameter: number,
  ): View | null {
    const count = () => sizeOf(dims.map((dim) => sizeAt(x.shape, dim)));
    switch (kernel) {
      case "sum":
        return inGroups(sum, dense(x), dims);
      case "mean":
        return inGroups(sum, dense(x), dims, true);
      case "max":
      case "min":
        return inGroups(extremes[kernel], dense(x), dims);
      case "var":
      case "std":
        return atOnce(spreads[kernel], dense(x), dims, Math.max(count() - parameter, 0));
      case "norm":
        if (parameter === 1) return inGroups(sizes, dense(x), dims);
        return parameter === 2 ? atOnce(norm, dense(x), dims, 1) : null;
      case "logsumexp":
        return alongRows(logsumexp, dense(x), dims, 1, 1.2);
      default:
        return null;
    }
  }

  return {
    reduce(kernel, x, dims, parameter) {
      const found = isForKernels(x) && dims.length > 0 ? reduced(kernel, x, dims, parameter) : null;
      return found ?? reference.reduce(kernel, x, dims, parameter);
    },

    // Along long rows a kernel finds the extreme, and the heap where it is.
    argReduce(kernel, x, dim) {
      const length = x.shape[dim] ?? 1;
      const isAlongRows = dim === x.shape.length - 1 && isContiguous(x) && isForKernels(x);
      if (kernel === "median" || !isAlongRows || length < LONG_ROW)
        return reference.argReduce(kernel, x, dim);
      const found = run(extremes[kernel], x, [dim], 1);
      const places = new Int32Array(found.storage.length);
      placesInto(places, found.storage.host(), valuesOf(x), length);
      found.storage.release();
      return fullView(reference.adopt(places), found.shape);
    },
  };
}

/** Where each of `extremes` is first in its row of `values`, all of which have `length` elements. */
function placesInto(
  places: Int32Array,
  extremes: TypedArray,
  values: TypedArray,
  length: number,
): void {
  for (let row = 0; row < places.length; row++) {
    const extreme = extremes[row]!; // as many as places
    const start = row * length;
    const isNumber = extreme === extreme;
    places[row] = isNumber
      ? values.indexOf(extreme, start) - start
      : values.subarray(start, start + length).findIndex(Number.isNaN);
  }
}
