/** Ops that fold dimensions away: sums, means, extremes. */
import type { ReduceKernel } from "../backend.ts";
import { backend } from "../backends/current.ts";
import { type DType, promote, toFloat } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import {
  fullView,
  printShape,
  reducedShape,
  resolveDim,
  resolveDims,
  sizeAt,
  sizeOf,
} from "../shape.ts";
import type { Saved } from "../tape.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape, View } from "../view.ts";
import { cast } from "./elementwise.ts";
import { define, type Gradient, none, type One, type Op } from "./op.ts";

export interface ReduceParams {
  /** All dimensions when undefined. */
  readonly dim: number | readonly number[] | undefined;
  readonly keepdim: boolean;
}

export interface VarianceParams extends ReduceParams {
  /** The divisor is n - correction: 1 for a sample, 0 for a whole population. */
  readonly correction: number;
}

function reduction<P extends ReduceParams>(
  kernel: ReduceKernel,
  result: (dtype: DType) => DType,
  gradient: Gradient<P>,
  correction: (params: P) => number = () => 0,
): Op<One, P> {
  return define<One, P>({
    name: kernel,
    shape: ([x], { dim, keepdim }) =>
      reducedShape(x.shape, resolveDims(kernel, dim, x.shape), keepdim),
    forward: ([x], params, shape) => {
      const dims = resolveDims(kernel, params.dim, x.shape);
      if (kernel === "max" || kernel === "min") refuseEmpty(kernel, x.shape, dims);
      const source = cast(x, result(x.storage.dtype));
      const reduced = backend().reduce(kernel, source, dims, correction(params));
      return fullView(reduced.storage, shape);
    },
    gradient: [gradient],
  });
}

function refuseEmpty(op: string, shape: Shape, dims: readonly number[]): void {
  if (dims.some((dim) => shape[dim] === 0))
    throw new ShapeError(
      `${op}: ${printShape(shape)} has no elements to compare - wanted at least one`,
    );
}

/** `t` (the output or its slope) with the reduced dimensions back as size 1, so that it broadcasts. */
function restore<P extends ReduceParams>(t: Tensor, saved: Saved<P>): Tensor {
  const shape = saved.shape(0);
  return t.reshape(reducedShape(shape, resolveDims("reduce", saved.params.dim, shape), true));
}

/** How many elements went into each result. */
function count<P extends ReduceParams>(saved: Saved<P>): number {
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

/** x - mean(x) */
function centred(saved: Saved<ReduceParams>): Tensor {
  const x = saved.input(0);
  return x.sub(x.mean(saved.params.dim, { keepdim: true }));
}

const whole = (dtype: DType) => promote(dtype, "i32");

function argReduction(kernel: "max" | "min"): Op<One, ArgParams> {
  const name = `arg${kernel}`;
  // Without dim, the index counts through the tensor in row-major order.
  const flat = (x: View): View =>
    fullView(cast(backend().copy(x, x.storage.dtype), x.storage.dtype).storage, [sizeOf(x.shape)]);
  return define<One, ArgParams>({
    name,
    shape: ([x], { dim, keepdim }) =>
      reducedShape(x.shape, resolveDims(name, dim, x.shape), keepdim),
    forward: ([x], { dim }, shape) => {
      refuseEmpty(name, x.shape, resolveDims(name, dim, x.shape));
      const rows = dim === undefined || x.shape.length === 0 ? flat(x) : x;
      const at = dim === undefined ? 0 : resolveDim(name, dim, x.shape);
      return fullView(backend().argReduce(kernel, rows, at).storage, shape);
    },
    gradient: [none],
  });
}

export interface ArgParams {
  readonly dim: number | undefined;
  readonly keepdim: boolean;
}

const correctionOf = (params: VarianceParams): number => params.correction;

export const reductions = {
  // d Σx = Σ dx: every element has the slope of the sum.
  sum: reduction<ReduceParams>("sum", whole, (g, saved) =>
    restore(g, saved).expand(saved.shape(0)),
  ),
  // d mean(x) = Σ dx / n
  mean: reduction<ReduceParams>("mean", toFloat, (g, saved) =>
    restore(g, saved).div(count(saved)).expand(saved.shape(0)),
  ),
  max: reduction<ReduceParams>("max", whole, extremeGradient),
  min: reduction<ReduceParams>("min", whole, extremeGradient),
  // d var = 2 (x - mean) dx / (n - correction)
  var: reduction<VarianceParams>(
    "var",
    toFloat,
    (g, saved) =>
      centred(saved)
        .mul(2 / Math.max(count(saved) - saved.params.correction, 0))
        .mul(restore(g, saved)),
    correctionOf,
  ),
  // d std = (x - mean) dx / ((n - correction) std)
  std: reduction<VarianceParams>(
    "std",
    toFloat,
    (g, saved) =>
      centred(saved)
        .div(Math.max(count(saved) - saved.params.correction, 0))
        .mul(restore(g.div(saved.output()), saved)),
    correctionOf,
  ),
  // d log Σeˣ = softmax(x) dx, where softmax is exp(x - logsumexp)
  logsumexp: reduction<ReduceParams>("logsumexp", toFloat, (g, saved) =>
    saved.input(0).sub(restore(saved.output(), saved)).exp().mul(restore(g, saved)),
  ),
  argmax: argReduction("max"),
  argmin: argReduction("min"),
};
