/** Ops that fold dimensions away: sums, products, means, extremes, norms. */
import type { ReduceKernel } from "../backend.ts";
import { backend } from "../backends/current.ts";
import { type DType, toFloat, toWide } from "../dtype.ts";
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
import { cast, flat } from "./elementwise.ts";
import { define, type Gradient, none, type One, type Op } from "./op.ts";

export interface ReduceParams {
  /** All dimensions when undefined. */
  readonly dim: number | readonly number[] | undefined;
  readonly keepdim: boolean;
}

export interface NormParams extends ReduceParams {
  /** The order p of (Σ|x|ᵖ)^(1/p); may be 0 or infinite. */
  readonly p: number;
}

export interface VarianceParams extends ReduceParams {
  /** The divisor is n - correction: 1 for a sample, 0 for a whole population. */
  readonly correction: number;
}

function reduction<P extends ReduceParams>(
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
      const source = cast(x, result(x.storage.dtype));
      const reduced = backend().reduce(kernel, source, dims, parameter(params));
      return fullView(reduced.storage, shape);
    },
    gradient: [gradient],
  });
}

function refuseEmpty(op: string, shape: Shape, dims: readonly number[]): void {
  const empty = dims.find((dim) => shape[dim] === 0);
  if (empty !== undefined)
    throw new ShapeError(
      `${op}: dim ${empty} of ${printShape(shape)} is empty - wanted at least one element to compare`,
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

/** d‖x‖ = sign(x) (|x| / ‖x‖)ᵖ⁻¹ dx; at 0, where there are many slopes, 0. */
function normGradient(g: Tensor, saved: Saved<NormParams>): Tensor {
  const x = saved.input(0);
  const { p } = saved.params;
  const slope = restore(g, saved);
  if (p === 0) return flat(x);
  if (p === 1) return slope.mul(x.sign());
  const y = restore(saved.output(), saved);
  if (Math.abs(p) === Infinity) {
    const hits = x.abs().eq(y).to(x.dtype);
    const { dim } = saved.params;
    return x
      .sign()
      .mul(hits)
      .mul(slope)
      .div(hits.sum(dim, { keepdim: true }));
  }
  const isFlat = p < 2 ? x.eq(0).logicalOr(y.eq(0)) : y.eq(0);
  const ratio = x.div(y).maskedFill(isFlat, 1);
  const steepness = p === 2 ? ratio : ratio.sign().mul(ratio.abs().pow(p - 1));
  return slope.mul(steepness.maskedFill(isFlat, 0));
}

const same = (dtype: DType) => dtype;
const toBool = (): DType => "bool";

/** All elements as one row, in row-major order. */
const inOneRow = (x: View): View =>
  fullView(backend().copy(x, x.storage.dtype).storage, [sizeOf(x.shape)]);

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

const correctionOf = (params: VarianceParams): number => params.correction;

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
  norm: reduction<NormParams>("norm", toFloat, normGradient, ({ p }) => p),
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
  // d std = (x - mean) dx / ((n - correction) std), and 0 where all are equal
  std: reduction<VarianceParams>(
    "std",
    toFloat,
    (g, saved) => {
      const y = saved.output();
      const isFlat = y.eq(0);
      const slope = g.div(y.maskedFill(isFlat, 1)).maskedFill(isFlat, 0);
      return centred(saved)
        .div(Math.max(count(saved) - saved.params.correction, 0))
        .mul(restore(slope, saved));
    },
    correctionOf,
  ),
  // d log Σeˣ = softmax(x) dx, where softmax is exp(x - logsumexp)
  logsumexp: reduction<ReduceParams>("logsumexp", toFloat, (g, saved) =>
    saved.input(0).sub(restore(saved.output(), saved)).exp().mul(restore(g, saved)),
  ),
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
