/** Reductions that look for a place: of the largest, the smallest and the middle element. */
import { backend } from "../backends/current.ts";
import { fullView, isContiguous, reducedShape, resolveDim, resolveDims, sizeOf } from "../shape.ts";
import type { Shape, View } from "../view.ts";
import { flat } from "./elementwise.ts";
import { define, none, type One, type Op } from "./op.ts";
import { refuseEmpty } from "./reduce.ts";

/** All elements as one row, in row-major order. */
const inOneRow = (x: View): View =>
  isContiguous(x)
    ? { ...x, shape: [sizeOf(x.shape)], strides: [1] }
    : fullView(backend().copy(x, x.storage.dtype).storage, [sizeOf(x.shape)]);

/** The one dimension an index runs along, or all of them. */
function dimsOf(op: string, dim: number | undefined, shape: Shape): number[] {
  return resolveDims(op, dim === undefined ? undefined : resolveDim(op, dim, shape), shape);
}

/** The rows that an index counts through: those of `dim`, or one of all elements. */
function counted(name: string, x: View, dim: number | undefined): { rows: View; at: number } {
  if (dim === undefined || x.shape.length === 0) return { rows: inOneRow(x), at: 0 };
  return { rows: x, at: resolveDim(name, dim, x.shape) };
}

function argReduction(kernel: "max" | "min"): Op<One, ArgParams> {
  const name = `arg${kernel}`;
  return define<One, ArgParams>({
    name,
    shape: ([x], { dim, keepdim }) => reducedShape(x.shape, dimsOf(name, dim, x.shape), keepdim),
    forward: ([x], { dim }, shape) => {
      refuseEmpty(name, x.shape, dimsOf(name, dim, x.shape));
      const { rows, at } = counted(name, x, dim);
      return fullView(backend().argReduce(kernel, rows, at).storage, shape);
    },
    gradient: [none],
  });
}

export interface ArgParams {
  readonly dim: number | undefined;
  readonly keepdim: boolean;
}

export const positions = {
  argmax: argReduction("max"),
  argmin: argReduction("min"),
  // The slope goes to the one element that is the median.
  median: define<One, ArgParams>({
    name: "median",
    shape: ([x], { dim, keepdim }) =>
      reducedShape(x.shape, dimsOf("median", dim, x.shape), keepdim),
    forward: ([x], { dim }, shape, keep) => {
      refuseEmpty("median", x.shape, dimsOf("median", dim, x.shape));
      const { rows, at } = counted("median", x, dim);
      const index = backend().argReduce("median", rows, at);
      keep(index);
      return fullView(backend().gather("median", rows, at, index).storage, shape);
    },
    gradient: [
      (g, saved) => {
        const shape = saved.shape(0);
        const isFlat = saved.params.dim === undefined || shape.length === 0;
        const rows = flat(g.sum()).expand(isFlat ? [sizeOf(shape)] : shape);
        const dim = isFlat ? 0 : (saved.params.dim ?? 0);
        const index = saved.kept(0);
        return rows.scatterAdd(dim, index, g.reshape(index.shape)).reshape(shape);
      },
    ],
  }),
};
