/**
 * The reference backend: plain loops over typed arrays. It defines what every kernel computes, runs
 * everywhere and is what faster backends are checked against.
 */
import type { Backend, BinaryKernel, CompareKernel } from "../backend.ts";
import { type DType, dtypeOf, isFloat, toFloat, toWide, type TypedArray } from "../dtype.ts";
import {
  broadcastView,
  cutOf,
  fullView,
  isContiguous,
  reducedShape,
  sizeAt,
  sizeOf,
} from "../shape.ts";
import type { Shape, View } from "../view.ts";
import { attentions } from "./reference/attention.ts";
import { batchNorms } from "./reference/batch-norm.ts";
import { convolutions } from "./reference/convolution.ts";
import { decompositions } from "./reference/decompositions.ts";
import { binaryRows, wholeRows } from "./reference/arithmetic.ts";
import { chooseRow, unaryRows } from "./reference/elementwise.ts";
import { copied, dense, fresh, unset, writable } from "./reference/host.ts";
import {
  addRowsInto,
  gatherInto,
  lanePlaces,
  placesOf,
  putRowsInto,
  scatterAddInto,
  scatterInto,
  takeRowsInto,
} from "./reference/indexing.ts";
import { layerNorms } from "./reference/layer-norm.ts";
import { pools } from "./reference/pooling.ts";
import { products } from "./reference/products.ts";
import { argMedianInto, argReduceInto } from "./reference/positions.ts";
import { type Fold, reduceInto } from "./reference/reduce.ts";
import { evenStep, rowsOf } from "./reference/rows.ts";
import {
  crossEntropyInto,
  residualInto,
  softmaxInto,
  softmaxSlopeInto,
} from "./reference/rowwise.ts";
import { recurInto, scanInto } from "./reference/scan.ts";
import { slopes } from "./reference/slopes.ts";
import { argsortInto } from "./reference/sort.ts";
import { adagradInto, adamInto, rmspropInto, sgdInto } from "./reference/steps.ts";
import { unsetHome, waitingBytes, zeroedHome } from "./homes.ts";
import { HeapStorage } from "./storage.ts";

function combine(kernel: BinaryKernel | CompareKernel, a: View, b: View, dtype: DType): View {
  const { view, values } = unset(dtype, a.shape);
  const whole = isFloat(a.storage.dtype) ? undefined : wholeRows[kernel];
  const run = whole ?? binaryRows[kernel];
  const x = a.storage.host();
  const y = b.storage.host();
  const [byA, byB] = [evenStep(a), evenStep(b)];
  if (byA >= 0 && byB >= 0) {
    run(x, a.offset, byA, y, b.offset, byB, values, 0, values.length);
    return view;
  }
  const { rows, length, starts, steps } = rowsOf(a.shape, [a, b]);
  // Two operands, so two entries each.
  for (let r = 0; r < rows; r++)
    run(x, starts[0]![r]!, steps[0]!, y, starts[1]![r]!, steps[1]!, values, r * length, length);
  return view;
}

/** Runs `write` on dense values of `target`, which it may change in place. */
function update(target: View, write: (values: TypedArray) => void): void {
  target.storage.version++;
  if (isContiguous(target)) {
    write(writable(target));
    return;
  }
  const values = copied(target, target.storage.dtype);
  write(values);
  assignDense(target, values);
}

function assignDense(target: View, source: TypedArray): void {
  const values = target.storage.writable();
  const { rows, length, starts, steps } = rowsOf(target.shape, [target]);
  // One operand, so one entry each unless there are no rows.
  for (let r = 0; r < rows; r++) {
    const start = starts[0]![r]!;
    const step = steps[0]!;
    for (let i = 0; i < length; i++) values[start + i * step] = source[r * length + i]!;
  }
}

/** `dims` moved to the end and joined, unless they already are one block: then nothing moves. */
function foldOf(x: View, dims: readonly number[]): { values: TypedArray; fold: Fold } {
  const first = dims[0] ?? 0;
  const last = dims[dims.length - 1] ?? -1;
  // They are in order, each once.
  if (last - first === dims.length - 1 || dims.length === 0) {
    const end = first + dims.length;
    const sizes = x.shape;
    let [outer, length, inner] = [1, 1, 1];
    for (let dim = 0; dim < sizes.length; dim++) {
      const size = sizeAt(sizes, dim);
      if (dim < first) outer *= size;
      else if (dim < end) length *= size;
      else inner *= size;
    }
    return { values: dense(x), fold: { outer, length, inner } };
  }
  const kept = x.shape.map((_, dim) => dim).filter((dim) => !dims.includes(dim));
  const order = [...kept, ...dims];
  const shape = order.map((dim) => sizeAt(x.shape, dim));
  const strides = order.map((dim) => x.strides[dim] ?? 0);
  const outer = sizeOf(shape.slice(0, kept.length));
  const length = sizeOf(shape.slice(kept.length));
  return {
    values: dense({ storage: x.storage, offset: x.offset, shape, strides }),
    fold: { outer, length, inner: 1 },
  };
}

/** `x` cut down to the index's sizes in all dimensions but `dim`, as gather allows. */
function cutTo(x: View, dim: number, index: Shape): View {
  const shape = x.shape.map((n, i) => (i === dim ? n : (index[i] ?? n)));
  return { ...x, shape };
}

/** A copy of `x`, into which `run` puts the elements of `source` at their places. */
function scattered(
  op: string,
  x: View,
  dim: number,
  index: View,
  source: View,
  run: (source: TypedArray, places: Int32Array, out: TypedArray) => void,
): View {
  const view = reference.copy(x, x.storage.dtype);
  const places = lanePlaces(op, dense(index), index.shape, dim, x.shape[dim] ?? 1);
  if (places.length > 0)
    update(cutTo(view, dim, index.shape), (values) => run(dense(source), places, values));
  return view;
}

const lastSize = (x: View): number => x.shape[x.shape.length - 1] ?? 1;

export const reference: Backend = {
  name: "reference",
  // All values are the garbage collector's.
  memory: () => ({ live: 0, cached: waitingBytes(), peak: 0 }),
  forgetPeak: () => {},

  allocate: (dtype, length) => new HeapStorage(dtype, length, zeroedHome(dtype, length)),
  adopt(values, dtype = dtypeOf(values)) {
    const storage = new HeapStorage(dtype, values.length, values);
    // Whoever gave the array may still read it.
    storage.handles = 1;
    return storage;
  },
  store(values, dtype = dtypeOf(values)) {
    const home = unsetHome(dtype, values.length);
    home.set(values);
    return new HeapStorage(dtype, values.length, home);
  },

  later(dtype, length, make, end) {
    const storage = new HeapStorage(dtype, length, null);
    const compute = (target: HeapStorage) => target.writable().set(dense(make()));
    storage.unmade = { borrows: false, make: compute, release: end };
    return storage;
  },

  copy(x, dtype) {
    const values = copied(x, dtype);
    return fullView(new HeapStorage(dtype, values.length, values), x.shape);
  },

  assign(target, source) {
    target.storage.version++;
    // Copied first where both share a storage, so that an overlap reads old values throughout.
    // And where bools are to be made of numbers: anything but 0 is 1.
    const stretched = broadcastView(source, target.shape);
    const dtype = target.storage.dtype === "bool" ? "bool" : source.storage.dtype;
    const isSafe = source.storage !== target.storage && dtype === source.storage.dtype;
    assignDense(target, isSafe ? dense(stretched) : copied(stretched, dtype));
  },

  place(x, cuts, shape) {
    const { storage } = x;
    const whole = fullView(reference.allocate(storage.dtype, sizeOf(shape)), shape);
    if (sizeOf(x.shape) > 0) assignDense(cutOf(whole, cuts), dense(x));
    return whole;
  },

  unary(kernel, x, parameter = 0) {
    const dtype = kernel === "logicalNot" ? "bool" : x.storage.dtype;
    const { view, values } = unset(dtype, x.shape);
    const run = unaryRows[kernel];
    const from = x.storage.host();
    const by = evenStep(x);
    if (by >= 0) {
      run(from, x.offset, by, values, 0, values.length, parameter);
      return view;
    }
    const { rows, length, starts, steps } = rowsOf(x.shape, [x]);
    for (let r = 0; r < rows; r++)
      run(from, starts[0]![r]!, steps[0]!, values, r * length, length, parameter);
    return view;
  },

  ...slopes,

  binary: (kernel, a, b) => combine(kernel, a, b, a.storage.dtype),
  compare: (kernel, a, b) => combine(kernel, a, b, "bool"),

  where(condition, a, b) {
    const { view, values } = unset(a.storage.dtype, a.shape);
    const { rows, length, starts, steps } = rowsOf(a.shape, [condition, a, b]);
    const run = chooseRow(condition.storage.host(), a.storage.host(), b.storage.host(), steps);
    // Three operands, so three entries each.
    for (let r = 0; r < rows; r++)
      run(starts[0]![r]!, starts[1]![r]!, starts[2]![r]!, values, r * length, length);
    return view;
  },

  reduce(kernel, x, dims, parameter) {
    const { dtype } = x.storage;
    const wide = kernel === "sum" ? toWide(dtype) : kernel === "mean" ? toFloat(dtype) : dtype;
    const { view, values: out } = fresh(wide, reducedShape(x.shape, dims, true));
    const { values, fold } = foldOf(x, dims);
    reduceInto(kernel, values, fold, parameter, out);
    return view;
  },

  argReduce(kernel, x, dim) {
    const { view, values: out } = fresh("i32", reducedShape(x.shape, [dim], true));
    const { values, fold } = foldOf(x, [dim]);
    if (kernel === "median") argMedianInto(values, fold, out);
    else argReduceInto(values, fold, kernel === "max", out);
    return view;
  },

  scan(kernel, x, dim, order) {
    const { view, values: out } = unset(x.storage.dtype, x.shape);
    const { values, fold } = foldOf(x, [dim]);
    scanInto(kernel, isFloat(x.storage.dtype), values, fold, order, out);
    return view;
  },

  recur(a, b, dim, reverse) {
    const { view, values: out } = fresh(b.storage.dtype, b.shape);
    recurInto(dense(a), dense(b), foldOf(b, [dim]).fold, reverse, out);
    return view;
  },

  ...products,
  ...convolutions,
  ...pools,
  ...decompositions,
  ...layerNorms,
  ...batchNorms,
  ...attentions,

  takeRows(op, x, index) {
    const rows = sizeAt(x.shape, 0);
    const rest = x.shape.slice(1);
    const { view, values } = fresh(x.storage.dtype, [...index.shape, ...rest]);
    const places = placesOf(op, dense(index), index.shape, rows);
    takeRowsInto(dense(x), sizeOf(rest), places, values);
    return view;
  },

  addRows(op, g, index, rows) {
    const rest = g.shape.slice(index.shape.length);
    const { view, values } = fresh(g.storage.dtype, [rows, ...rest]);
    const places = placesOf(op, dense(index), index.shape, rows);
    addRowsInto(dense(g), sizeOf(rest), places, values);
    return view;
  },

  putRows(op, target, index, source) {
    const width = sizeOf(target.shape.slice(1));
    const places = placesOf(op, dense(index), index.shape, sizeAt(target.shape, 0));
    // As in assign: an overlap reads old values throughout.
    const rows =
      source.storage === target.storage ? copied(source, source.storage.dtype) : dense(source);
    update(target, (values) => putRowsInto(rows, width, places, values));
  },

  gather(op, x, dim, index) {
    const { view, values } = fresh(x.storage.dtype, index.shape);
    const places = lanePlaces(op, dense(index), index.shape, dim, x.shape[dim] ?? 1);
    gatherInto(dense(cutTo(x, dim, index.shape)), places, values);
    return view;
  },

  scatterAdd: (op, x, dim, index, source) => scattered(op, x, dim, index, source, scatterAddInto),
  scatter: (op, x, dim, index, source) => scattered(op, x, dim, index, source, scatterInto),

  argsort(x, dim, descending, count = x.shape[dim] ?? 1) {
    const shape = x.shape.map((n, i) => (i === dim ? count : n));
    const { view, values: out } = fresh("i32", shape);
    const { values, fold } = foldOf(x, x.shape.length === 0 ? [] : [dim]);
    argsortInto(values, fold, descending, count, out);
    return view;
  },

  softmax(x, log) {
    const { view, values } = fresh(x.storage.dtype, x.shape);
    const columns = lastSize(x);
    softmaxInto(dense(x), columns === 0 ? 0 : values.length / columns, columns, log, values);
    return view;
  },

  softmaxSlope(g, y, log) {
    const { view, values } = unset(y.storage.dtype, y.shape);
    const columns = lastSize(y);
    const rows = columns === 0 ? 0 : values.length / columns;
    softmaxSlopeInto(dense(g), dense(y), rows, columns, log, values);
    return view;
  },

  crossEntropy(logits, labels) {
    const rows = sizeAt(logits.shape, 0);
    const columns = sizeAt(logits.shape, 1);
    const losses = unset(logits.storage.dtype, [rows]);
    const softmax = unset(logits.storage.dtype, logits.shape);
    crossEntropyInto(dense(logits), dense(labels), rows, columns, losses.values, softmax.values);
    return { losses: losses.view, softmax: softmax.view };
  },

  softmaxResidual(p, labels, scale) {
    const rows = sizeAt(p.shape, 0);
    const { view, values } = unset(p.storage.dtype, p.shape);
    residualInto(dense(p), dense(labels), dense(scale), rows, sizeAt(p.shape, 1), values);
    return view;
  },

  sgd(parameter, gradient, velocity, step) {
    if (velocity !== null) velocity.storage.version++;
    update(parameter, (p) => sgdInto(p, dense(gradient), velocity && writable(velocity), step));
  },

  adam(parameter, gradient, first, second, largest, step) {
    for (const each of [first, second, largest]) if (each !== null) each.storage.version++;
    update(parameter, (p) =>
      adamInto(
        p,
        dense(gradient),
        writable(first),
        writable(second),
        largest && writable(largest),
        step,
      ),
    );
  },

  rmsprop(parameter, gradient, square, mean, velocity, step) {
    for (const each of [square, mean, velocity]) if (each !== null) each.storage.version++;
    update(parameter, (p) =>
      rmspropInto(
        p,
        dense(gradient),
        writable(square),
        mean && writable(mean),
        velocity && writable(velocity),
        step,
      ),
    );
  },

  adagrad(parameter, gradient, sum, step) {
    sum.storage.version++;
    update(parameter, (p) => adagradInto(p, dense(gradient), writable(sum), step));
  },
};
