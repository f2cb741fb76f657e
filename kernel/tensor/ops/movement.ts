/**
 * Ops that move no values: they lay another shape over the same storage. Only a reshape whose
 * strides cannot express the new shape copies.
 */
import { backend } from "../backends/current.ts";
import { type DType, zerosOf } from "../dtype.ts";
import {
  broadcastView,
  cutOf,
  fullView,
  resolveDim,
  resolveReshape,
  sizeAt,
  sizeOf,
  viewStrides,
} from "../shape.ts";
import { shapeError, wording } from "../typed/wording.ts";
import type { Cut, Shape, View } from "../view.ts";
import { define, type One } from "./op.ts";

/** The diagonal `offset` above the main one, of the matrices that two dimensions (resolved) span. */
export interface Diagonal {
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
}

function restrided(x: View, shape: Shape, strides: Shape): View {
  return { storage: x.storage, shape, strides, offset: x.offset };
}

/** Where dimension d of the result comes from, undone. */
function inverse(order: readonly number[]): number[] {
  const undo = Array.from<number>({ length: order.length });
  order.forEach((from, to) => (undo[from] = to));
  return undo;
}

export const movement = {
  reshape: define<One, { readonly shape: Shape }>({
    name: "reshape",
    shape: ([x], { shape }) => resolveReshape("reshape", x.shape, shape),
    forward: ([x], _, shape) => {
      const strides = viewStrides(x, shape);
      if (strides !== null) return restrided(x, shape, strides);
      return fullView(backend().copy(x, x.storage.dtype).storage, shape);
    },
    gradient: [(g, saved) => g.reshape(saved.shape(0))],
  }),

  permute: define<One, { readonly order: readonly number[] }>({
    name: "permute",
    shape: ([x], { order }) => {
      const dims: number[] = [];
      for (const given of order) {
        const dim = resolveDim("permute", given, x.shape);
        if (!dims.includes(dim)) dims.push(dim);
      }
      if (dims.length !== order.length || dims.length !== x.shape.length)
        throw shapeError(wording.order, { a: order, b: x.shape });
      return dims.map((dim) => sizeAt(x.shape, dim));
    },
    forward: ([x], { order }, shape) => {
      const strides = order.map((dim) => x.strides[resolveDim("permute", dim, x.shape)] ?? 0);
      return restrided(x, shape, strides);
    },
    gradient: [
      (g, saved) =>
        g.permute(
          inverse(saved.params.order.map((dim) => resolveDim("permute", dim, saved.shape(0)))),
        ),
    ],
  }),

  // The tape sums the slope back over what was stretched.
  expand: define<One, { readonly shape: Shape; readonly caller: string }>({
    name: "expand",
    shape: ([x], { shape, caller }) => {
      const fits = x.shape.length <= shape.length;
      const target = shape.map((n, i) =>
        n === -1 ? (x.shape[i - shape.length + x.shape.length] ?? -1) : n,
      );
      const stretches = x.shape.every(
        (n, i) => n === 1 || n === target[i + shape.length - x.shape.length],
      );
      if (!fits || !stretches || !target.every((n) => Number.isInteger(n) && n >= 0))
        throw shapeError(wording.expand, { op: caller, a: x.shape, b: shape });
      return target;
    },
    forward: ([x], _, shape) => broadcastView(x, shape),
    gradient: [(g) => g],
  }),

  slice: define<One, { readonly cuts: readonly Cut[] }>({
    name: "slice",
    shape: (_, { cuts }) => cuts.map((cut) => cut.size),
    forward: ([x], { cuts }) => cutOf(x, cuts),
    // The slope lies where the slice was cut; elsewhere it is 0.
    gradient: [(g, saved) => g.uncut(saved.params.cuts, saved.shape(0))],
  }),

  /** `value` in `shape`, with `x` placed in the elements that `cuts` name: the reverse of slice. */
  uncut: define<
    One,
    { readonly cuts: readonly Cut[]; readonly shape: Shape; readonly value: number }
  >({
    name: "uncut",
    shape: (_, { shape }) => shape,
    forward: ([x], { cuts, value }, shape) => {
      if (value === 0) return backend().place(x, cuts, shape);
      const whole = filledView(x.storage.dtype, shape, value);
      if (!x.shape.includes(0)) backend().assign(cutOf(whole, cuts), x);
      return whole;
    },
    gradient: [(g, saved) => g.cut(saved.params.cuts)],
  }),

  /** `[..., n, m, ...] -> [..., length]`: the elements whose place along `columns` is that along `rows` plus `offset`. */
  diagonal: define<One, Diagonal>({
    name: "diagonal",
    shape: ([x], params) => {
      const { rest, size } = alongDiagonal(x.shape, params);
      return [...rest.map((dim) => sizeAt(x.shape, dim)), size];
    },
    forward: ([x], params) => diagonalView(x, params),
    // The slope lies on the diagonal; elsewhere it is 0.
    gradient: [(g, saved) => g.undiagonal(saved.params, saved.shape(0))],
  }),

  /** Zeros of `shape` with `x` on a diagonal: the reverse of diagonal. */
  undiagonal: define<One, Diagonal & { readonly shape: Shape }>({
    name: "undiagonal",
    shape: (_, { shape }) => shape,
    forward: ([x], params, shape) => {
      const whole = filledView(x.storage.dtype, shape, 0);
      if (!x.shape.includes(0)) backend().assign(diagonalView(whole, params), x);
      return whole;
    },
    gradient: [
      (g, saved) => {
        const { offset, rows, columns } = saved.params;
        return g.diagonal(offset, rows, columns);
      },
    ],
  }),
};

function filledView(dtype: DType, shape: Shape, value: number): View {
  const size = sizeOf(shape);
  if (value === 0) return fullView(backend().allocate(dtype, size), shape);
  const stored = dtype === "bool" ? 1 : value;
  return fullView(backend().adopt(zerosOf(dtype, size).fill(stored), dtype), shape);
}

/** Which other dimensions there are, where the diagonal begins and how long it is. */
function alongDiagonal(shape: Shape, { offset, rows, columns }: Diagonal) {
  const rest = shape.map((_, dim) => dim).filter((dim) => dim !== rows && dim !== columns);
  const [row, column] = [Math.max(-offset, 0), Math.max(offset, 0)];
  const size = Math.max(0, Math.min(sizeAt(shape, rows) - row, sizeAt(shape, columns) - column));
  return { rest, row, column, size };
}

function diagonalView(x: View, params: Diagonal): View {
  const { rest, row, column, size } = alongDiagonal(x.shape, params);
  const [down, right] = [x.strides[params.rows] ?? 0, x.strides[params.columns] ?? 0];
  return {
    storage: x.storage,
    shape: [...rest.map((dim) => sizeAt(x.shape, dim)), size],
    strides: [...rest.map((dim) => x.strides[dim] ?? 0), down + right],
    offset: size === 0 ? x.offset : x.offset + row * down + column * right,
  };
}
