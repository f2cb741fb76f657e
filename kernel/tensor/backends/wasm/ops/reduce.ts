/** Reductions. What is not f32, and what has no kernel, the heap computes. */
import type { Backend, ReduceKernel } from "../../../backend.ts";
import { reducedShape, sizeAt, sizeOf } from "../../../shape.ts";
import type { View } from "../../../view.ts";
import { reference } from "../../reference.ts";
import { at, fresh, isForKernels, storageOf } from "../floats.ts";
import type { Layout } from "../layout.ts";
import type { Kernel, Machine } from "../machine.ts";

/** Kernels along rows and down columns. */
interface Pair {
  readonly rows: Kernel;
  readonly columns: Kernel;
}

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

export function reduce(machine: Machine, layout: Layout): Pick<Backend, "reduce"> {
  const { arena } = machine;
  const pairOf = (name: string): Pair => ({
    rows: machine.kernel(`${name}Rows`),
    columns: machine.kernel(`${name}Columns`),
  });
  const [sum, sizes, norm] = ["sum", "size", "norm"].map(pairOf) as [Pair, Pair, Pair];
  const extremes = { max: pairOf("max"), min: pairOf("min") };
  const logsumexp = machine.kernel("logsumexpRows");
  const spreads = { var: pairOf("variance"), std: pairOf("deviation") };

  function run({ rows, columns }: Pair, x: View, dims: readonly number[], divisor: number): View {
    const { outer, length, inner } = foldOf(x, dims);
    const out = fresh("f32", reducedShape(x.shape, dims, true));
    arena.hold(storageOf(x), storageOf(out));
    if (inner === 1) rows(at(x), outer, length, at(out), divisor);
    else columns(at(x), outer, length, inner, at(out), divisor, machine.scratch);
    return out;
  }

  /** One group of neighbours after the other. */
  function inGroups(pair: Pair, x: View, dims: readonly number[], divisor: number): View {
    const group = lastGroup(dims);
    const rest = dims.slice(0, dims.length - group.length);
    const folded = run(pair, x, group, rest.length === 0 ? divisor : 1);
    return rest.length === 0 ? folded : inGroups(pair, folded, rest, divisor);
  }

  /** Where `dims` are neighbours: moved to the end if they are not. */
  function atOnce(pair: Pair, x: View, dims: readonly number[], divisor: number): View {
    if (lastGroup(dims).length === dims.length) return run(pair, x, dims, divisor);
    return alongRows(pair.rows, x, dims, divisor);
  }

  /** With `dims` moved to the end. */
  function alongRows(kernel: Kernel, x: View, dims: readonly number[], divisor = 1): View {
    const kept = x.shape.map((_, dim) => dim).filter((dim) => !dims.includes(dim));
    const order = [...kept, ...dims];
    const pick = (values: readonly number[]) => order.map((dim) => sizeAt(values, dim));
    const moved = dense({ ...x, shape: pick(x.shape), strides: pick(x.strides) });
    const out = fresh("f32", reducedShape(x.shape, dims, true));
    const outer = sizeOf(out.shape);
    arena.hold(storageOf(moved), storageOf(out));
    const length = sizeOf(moved.shape.slice(kept.length));
    kernel(at(moved), outer, length, at(out), divisor);
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
        return inGroups(sum, dense(x), dims, 1);
      case "mean":
        return inGroups(sum, dense(x), dims, count());
      case "max":
      case "min":
        return inGroups(extremes[kernel], dense(x), dims, 1);
      case "var":
      case "std":
        return atOnce(spreads[kernel], dense(x), dims, Math.max(count() - parameter, 0));
      case "norm":
        if (parameter === 1) return inGroups(sizes, dense(x), dims, 1);
        return parameter === 2 ? atOnce(norm, dense(x), dims, 1) : null;
      case "logsumexp":
        return alongRows(logsumexp, dense(x), dims);
      default:
        return null;
    }
  }

  return {
    reduce(kernel, x, dims, parameter) {
      const found = isForKernels(x) && dims.length > 0 ? reduced(kernel, x, dims, parameter) : null;
      return found ?? reference.reduce(kernel, x, dims, parameter);
    },
  };
}
