/** Ops that fold dimensions away: what they share, and sums, products, means and extremes. */
import type { ReduceKernel } from "../backend.ts";
import { backend } from "../backends/current.ts";
import { type DType, toFloat, toWide } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import {
  fullView,
  printShape,
  reducedShape,
  resolveDims,
  sameShape,
  sizeAt,
  sizeOf,
} from "../shape.ts";
import type { Saved } from "../autograd/tape.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape } from "../view.ts";
import { cast } from "./elementwise.ts";
import { define, type Gradient, none, type One, type Op } from "./op.ts";

export interface ReduceParams {
  /** All dimensions when undefined. */
  readonly dim: number | readonly number[] | undefined;
  readonly keepdim: boolean;
}

export function reduction<P extends ReduceParams>(
  kernel: ReduceKernel,
  result: (dtype: DType) => DType,
  gradient: Gradient<P> | typeof none,
  parameter: (params: P) => number = () => 0,
): Op<One, P> {
  return define<One, P>({
    name: kernel,
    shape: ([x], { dim, keepdim }) =>
      reducedShape(x.shape, resolveDims(kernel, dim, x.shape), keepdim),
    forward: ([x], params, shape) => {
      const dims = resolveDims(kernel, params.dim, x.shape);
      if (kernel === "max" || kernel === "min") refuseEmpty(kernel, x.shape, dims);
      if (kernel === "norm" && parameter(params) < 0) refuseEmpty(kernel, x.shape, dims);
      // Sums and means of bools and bytes are made without a copy.
      const isAdded = kernel === "sum" || kernel === "mean";
      const source = isAdded ? x : cast(x, result(x.storage.dtype));
      const reduced = backend().reduce(kernel, source, dims, parameter(params));
      return fullView(reduced.storage, shape);
    },
    gradient: [gradient],
  });
}

export function refuseEmpty(op: string, shape: Shape, dims: readonly number[]): void {
  const empty = dims.find((dim) => shape[dim] === 0);
  if (empty !== undefined)
    throw new ShapeError(
      `${op}: dim ${empty} of ${printShape(shape)} is empty - wanted at least one element to compare`,
    );
}

/** `t` (the output or its slope) with the reduced dimensions back as size 1, so that it broadcasts. */
export function restore<P extends ReduceParams>(t: Tensor, saved: Saved<P>): Tensor {
  const shape = saved.shape(0);
  const kept = reducedShape(shape, resolveDims("reduce", saved.params.dim, shape), true);
  return sameShape(t.shape, kept) ? t : t.reshape(kept);
}

/** How many elements went into each result. */
export function count<P extends ReduceParams>(saved: Saved<P>): number {
  const shape = saved.shape(0);
  return sizeOf(resolveDims("reduce", saved.params.dim, shape).map((dim) => sizeAt(shape, dim)));
}

/** The slope goes to every element that equals the extreme, in equal parts. */
function extremeGradient(g: Tensor, saved: Saved<ReduceParams>): Tensor {
  const x = saved.input(0);
  const hits = x.eq(restore(saved.output(), saved)).to(x.dtype);
  const { dim } = saved.params;
  return hits.mul(restore(g, saved)).div(hits.sum(dim, { keepdim: true }));
}

const same = (dtype: DType) => dtype;
const toBool = (): DType => "bool";

export const reductions = {
  // d Σx = Σ dx: every element has the slope of the sum.
  sum: reduction<ReduceParams>("sum", toWide, (g, saved) =>
    restore(g, saved).expand(saved.shape(0)),
  ),
  // d mean(x) = Σ dx / n
  mean: reduction<ReduceParams>("mean", toFloat, (g, saved) =>
    restore(g, saved).div(count(saved)).expand(saved.shape(0)),
  ),
  // d Πx = Σ (product of all others) dx, without a division, so that zeros are right too.
  prod: reduction<ReduceParams>("prod", toWide, (g, saved) => {
    const shape = saved.shape(0);
    const dims = resolveDims("prod", saved.params.dim, shape);
    const kept = shape.map((_, dim) => dim).filter((dim) => !dims.includes(dim));
    const order = [...kept, ...dims];
    const rows = saved
      .input(0)
      .permute(order)
      .reshape([...kept.map((dim) => sizeAt(shape, dim)), count(saved)]);
    const before = rows.runningProduct(-1, { reverse: false, exclusive: true });
    const after = rows.runningProduct(-1, { reverse: true, exclusive: true });
    const others = before.mul(after).reshape(order.map((dim) => sizeAt(shape, dim)));
    return others.permute(order.map((_, dim) => order.indexOf(dim))).mul(restore(g, saved));
  }),
  max: reduction<ReduceParams>("max", same, extremeGradient),
  min: reduction<ReduceParams>("min", same, extremeGradient),
  any: reduction<ReduceParams>("any", toBool, none),
  all: reduction<ReduceParams>("all", toBool, none),
  // d log Σeˣ = softmax(x) dx, where softmax is exp(x - logsumexp)
  logsumexp: reduction<ReduceParams>("logsumexp", toFloat, (g, saved) =>
    saved.input(0).sub(restore(saved.output(), saved)).exp().mul(restore(g, saved)),
  ),
};
