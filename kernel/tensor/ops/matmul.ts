/** Matrix products, and the fully connected layer that is one. */
import { backend } from "../backends/current.ts";
import { type DType, promote } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import {
  broadcastShapes,
  broadcastView,
  fullView,
  printShape,
  sizeAt,
  sizeOf,
  viewStrides,
} from "../shape.ts";
import type { Saved } from "../autograd/tape.ts";
import type { Tensor } from "../tensor.ts";
import { shapeError, wording } from "../typed/wording.ts";
import type { Shape, View } from "../view.ts";
import { cast } from "./elementwise.ts";
import { define, type Three, type Two } from "./op.ts";

/** As a row or a column: 1-d factors take part as matrices. */
const asLeft = (shape: Shape): Shape => (shape.length === 1 ? [1, ...shape] : shape);
const asRight = (shape: Shape): Shape => (shape.length === 1 ? [...shape, 1] : shape);

function matmulShape(a: Shape, b: Shape): { full: number[]; shape: number[] } {
  if (a.length === 0 || b.length === 0)
    throw shapeError(wording.noDimension, { a, b }, "mul multiplies by a number");
  const left = asLeft(a);
  const right = asRight(b);
  const inner = sizeAt(left, left.length - 1);
  const other = sizeAt(right, right.length - 2);
  if (inner !== other)
    throw shapeError(wording.inner, { a, b, m: inner, n: other }, transposing(a, b));
  if (a.length === 2 && b.length === 2) {
    const shape = [sizeAt(a, 0), sizeAt(b, 1)];
    return { full: shape, shape };
  }
  const batch = broadcastShapes("matmul", left.slice(0, -2), right.slice(0, -2), (m, n) =>
    shapeError(wording.leading, { a, b, m, n }),
  );
  const m = sizeAt(left, left.length - 2);
  const n = sizeAt(right, right.length - 1);
  const shape = [...batch];
  if (a.length > 1) shape.push(m);
  if (b.length > 1) shape.push(n);
  return { full: [...batch, m, n], shape };
}

/** Which factor would fit transposed, if one does; the second of two, as the weight of a layer is. */
function transposing(a: Shape, b: Shape): string | undefined {
  const way = (shape: Shape) => (shape.length === 2 ? ".T" : ".transpose(-2, -1)");
  if (b.length > 1 && a.at(-1) === b.at(-1)) return `${way(b)} of the second fits`;
  if (a.length > 1 && a.at(-2) === asRight(b).at(-2)) return `${way(a)} of the first fits`;
  return undefined;
}

/** `view` with the matrix shape `matrix` and the batch dimensions of `batch`. */
function batched(view: View, matrix: Shape, batch: Shape, dtype: DType): View {
  const typed = cast(view, dtype);
  if (batch.length === 0 && matrix === view.shape) return typed;
  const strides = [...typed.strides];
  // A row's missing stride belongs in front, a column's behind; with size 1 its value is free.
  if (matrix.length > typed.shape.length) strides.splice(matrix[0] === 1 ? 0 : 1, 0, 0);
  const shaped = { ...typed, shape: matrix, strides };
  return broadcastView(shaped, [...batch, ...matrix.slice(-2)]);
}

/** `t` (slope of a product of `saved`'s inputs) with the 1s back that 1-d factors dropped. */
function asMatrix(g: Tensor, saved: Saved<undefined>): Tensor {
  const { full, shape } = matmulShape(saved.shape(0), saved.shape(1));
  return full.length === shape.length ? g : g.reshape(full);
}

/** `[..., n]` as `[rows, n]`. */
function rowsOf(x: View): View {
  const width = sizeAt(x.shape, x.shape.length - 1);
  const shape = [sizeOf(x.shape.slice(0, -1)), width];
  const strides = viewStrides(x, shape);
  if (strides !== null) return { storage: x.storage, shape, strides, offset: x.offset };
  return fullView(backend().copy(x, x.storage.dtype).storage, shape);
}

export const products = {
  matmul: define<Two>({
    name: "matmul",
    shape: ([a, b]) => matmulShape(a.shape, b.shape).shape,
    forward: ([a, b], _, shape) => {
      const { full } = matmulShape(a.shape, b.shape);
      const batch = full.slice(0, -2);
      const dtype = promote(promote(a.storage.dtype, b.storage.dtype), "i32");
      const product = backend().matmul(
        batched(a, asLeft(a.shape), batch, dtype),
        batched(b, asRight(b.shape), batch, dtype),
      );
      return fullView(product.storage, shape);
    },
    // C = AB:  dA = dC Bᵀ,  dB = Aᵀ dC
    gradient: [
      (g, saved) => {
        const b = saved.input(1);
        const right = b.ndim === 1 ? b.unsqueeze(1) : b;
        const slope = asMatrix(g, saved).matmul(right.transpose(-1, -2));
        return saved.shape(0).length === 1 ? slope.squeeze(-2) : slope;
      },
      (g, saved) => {
        const a = saved.input(0);
        // The slopes of a matrix that multiplies a whole batch are summed in one product.
        if (a.ndim > 2 && saved.shape(1).length === 2) return asRows(a).T.matmul(asRows(g));
        const left = a.ndim === 1 ? a.unsqueeze(0) : a;
        const slope = left.transpose(-1, -2).matmul(asMatrix(g, saved));
        return saved.shape(1).length === 1 ? slope.squeeze(-1) : slope;
      },
    ],
  }),

  /** `x [..., in]`, `w [out, in]`, `bias [out] -> [..., out]` */
  linear: define<Three>({
    name: "linear",
    shape: ([x, w, bias]) => {
      const inputs = x.shape[x.shape.length - 1];
      const [outputs, wanted] = [w.shape[0], w.shape[1]];
      if (w.shape.length !== 2 || outputs === undefined || inputs !== wanted)
        throw shapeError(wording.linear, {
          a: x.shape,
          b: w.shape,
          n: wanted ?? "that of the weight",
        });
      if (bias.shape.length !== 1 || bias.shape[0] !== outputs)
        throw new ShapeError(`linear: bias ${printShape(bias.shape)} - wanted [${outputs}]`);
      return [...x.shape.slice(0, -1), outputs];
    },
    forward: ([x, w, bias], _, shape) => {
      const dtype = promote(x.storage.dtype, promote(w.storage.dtype, bias.storage.dtype));
      const flat = x.shape.length === 2 ? x : rowsOf(x);
      const out = backend().linear(cast(flat, dtype), cast(w, dtype), cast(bias, dtype));
      return fullView(out.storage, shape);
    },
    // Y = XWᵀ + b:  dX = dY W,  dW = dYᵀ X,  db = Σ rows of dY
    gradient: [
      (g, saved) => g.matmul(saved.input(1)),
      (g, saved) => asRows(g).T.matmul(asRows(saved.input(0))),
      (g) => g,
    ],
  }),
};

function asRows(t: Tensor): Tensor {
  if (t.ndim === 2) return t;
  const width = sizeAt(t.shape, t.ndim - 1);
  return t.reshape([sizeOf(t.shape.slice(0, -1)), width]);
}
