/** Ops that pick by an index tensor (i32), and their reverses, which add back what was picked. */
import { numbered, operand } from "../autograd/apply.ts";
import { backend } from "../backends/current.ts";
import { promote } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { printShape, resolveDim, sameShape, sizeAt } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape, View } from "../view.ts";
import { cast } from "./elementwise.ts";
import { define, none, type Three, type Two, wantIntegers } from "./op.ts";

/** What called the op, for its messages: an embedding takes rows, but its reader knows no rows. */
export interface Caller {
  readonly caller: string;
}

export interface Along {
  readonly dim: number;
}

/** An index must have as many dimensions as `x`, and no size larger than its, except at `dim`. */
function checkLanes(op: string, x: View, dim: number, index: View): void {
  wantIntegers(op, "index", index);
  const at = resolveDim(op, dim, x.shape);
  const fits =
    index.shape.length === x.shape.length &&
    index.shape.every((n, i) => i === at || n <= sizeAt(x.shape, i));
  if (!fits)
    throw new ShapeError(
      `${op}: index ${printShape(index.shape)} for ${printShape(x.shape)} - ` +
        `it needs as many dimensions, and no size larger except at dim ${at}`,
    );
}

function checkSource(op: string, source: View, index: View): void {
  if (!sameShape(source.shape, index.shape))
    throw new ShapeError(
      `${op}: ${printShape(source.shape)} by index ${printShape(index.shape)} - shapes must be equal`,
    );
}

/** Zeros to add slopes into; one element, stretched. */
const blank = (g: Tensor, shape: Shape): Tensor => operand(0, g.dtype).expand(shape);

/** Whether an entry of `index` is the last that names its place, so that its value stayed there. */
function isLast(index: Tensor, dim: number, shape: Shape): Tensor {
  const numbers = numbered(
    Int32Array.from({ length: index.numel() }, (_, i) => i),
    index.shape,
  );
  return blank(numbers, shape).scatter(dim, index, numbers).gather(dim, index).eq(numbers);
}

export const indexing = {
  /** `x [rows, ...r]`, `index [...i] -> [...i, ...r]`: what an embedding does. */
  takeRows: define<Two, Caller>({
    name: "takeRows",
    shape: ([x, index], { caller }) => {
      if (x.shape.length === 0)
        throw new ShapeError(`${caller}: a 0-d tensor has no rows - wanted 1-d or more`);
      wantIntegers(caller, "index", index);
      return [...index.shape, ...x.shape.slice(1)];
    },
    forward: ([x, index], { caller }) => backend().takeRows(caller, x, index),
    // A row's slope is the sum over the places it was put.
    gradient: [(g, saved) => g.addRows(saved.input(1), sizeAt(saved.shape(0), 0)), none],
  }),

  /** `g [...i, ...r]`, `index [...i]`: its rows added into zeros `[rows, ...r]`. */
  addRows: define<Two, Caller & { readonly rows: number }>({
    name: "addRows",
    shape: ([g, index], { rows, caller }) => {
      wantIntegers(caller, "index", index);
      const rank = index.shape.length;
      if (!sameShape(g.shape.slice(0, rank), index.shape))
        throw new ShapeError(
          `${caller}: ${printShape(g.shape)} by index ${printShape(index.shape)} - leading sizes must match`,
        );
      return [rows, ...g.shape.slice(rank)];
    },
    forward: ([g, index], { rows, caller }) => backend().addRows(caller, g, index, rows),
    gradient: [(g, saved) => g.takeRows(saved.input(1)), none],
  }),

  /** `out[i][j] = x[i][index[i][j]]` for dim 1; other sizes of the index may be smaller than x's. */
  gather: define<Two, Along & Caller>({
    name: "gather",
    shape: ([x, index], { dim, caller }) => {
      checkLanes(caller, x, dim, index);
      return index.shape;
    },
    forward: ([x, index], { dim, caller }) =>
      backend().gather(caller, x, resolveDim(caller, dim, x.shape), index),
    gradient: [
      (g, saved) => blank(g, saved.shape(0)).scatterAdd(saved.params.dim, saved.input(1), g),
      none,
    ],
  }),

  /** `x` with `source` added at the places that `index` names: the reverse of gather. */
  scatterAdd: define<Three, Along & Caller>({
    name: "scatterAdd",
    shape: ([x, index, source], { dim, caller }) => {
      checkLanes(caller, x, dim, index);
      checkSource(caller, source, index);
      return x.shape;
    },
    forward: ([x, index, source], { dim, caller }, shape) => {
      const dtype = promote(x.storage.dtype, source.storage.dtype);
      const at = resolveDim(caller, dim, shape);
      return backend().scatterAdd(caller, cast(x, dtype), at, index, cast(source, dtype));
    },
    gradient: [(g) => g, none, (g, saved) => g.gather(saved.params.dim, saved.input(1))],
  }),

  /** `x` with `source` written over the places that `index` names; of several for one, the last. */
  scatter: define<Three, Along & Caller>({
    name: "scatter",
    shape: ([x, index, source], { dim, caller }) => {
      checkLanes(caller, x, dim, index);
      checkSource(caller, source, index);
      return x.shape;
    },
    forward: ([x, index, source], { dim, caller }, shape) => {
      const at = resolveDim(caller, dim, shape);
      return backend().scatter(caller, x, at, index, cast(source, x.storage.dtype));
    },
    // What was written over has no slope; nor has what was written and written over again.
    gradient: [
      (g, saved) => g.scatter(saved.params.dim, saved.input(1), 0),
      none,
      (g, saved) => {
        const { dim } = saved.params;
        const index = saved.input(1);
        return g.gather(dim, index).where(isLast(index, dim, saved.shape(0)), 0);
      },
    ],
  }),
};
