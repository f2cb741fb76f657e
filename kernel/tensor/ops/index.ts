/** Ops that pick by an index tensor (i32), and their reverses, which add back what was picked. */
import { backend } from "../backends/current.ts";
import { ShapeError } from "../errors.ts";
import { printShape, resolveDim, sameShape, sizeAt } from "../shape.ts";
import type { Shape } from "../view.ts";
import { define, none, type Two, wantIntegers } from "./op.ts";

export const indexing = {
  /** `x [rows, ...r]`, `index [...i] -> [...i, ...r]`: what an embedding does. */
  takeRows: define<Two>({
    name: "takeRows",
    shape: ([x, index]) => {
      if (x.shape.length === 0)
        throw new ShapeError("takeRows: a 0-d tensor has no rows - wanted 1-d or more");
      wantIntegers("takeRows", "index", index);
      return [...index.shape, ...x.shape.slice(1)];
    },
    forward: ([x, index]) => backend().takeRows("takeRows", x, index),
    // A row's slope is the sum over the places it was put.
    gradient: [(g, saved) => g.addRows(saved.input(1), sizeAt(saved.shape(0), 0)), none],
  }),

  /** `g [...i, ...r]`, `index [...i]`: its rows added into zeros `[rows, ...r]`. */
  addRows: define<Two, { readonly rows: number }>({
    name: "addRows",
    shape: ([g, index], { rows }) => {
      wantIntegers("addRows", "index", index);
      const rank = index.shape.length;
      if (!sameShape(g.shape.slice(0, rank), index.shape))
        throw new ShapeError(
          `addRows: ${printShape(g.shape)} by index ${printShape(index.shape)} - leading sizes must match`,
        );
      return [rows, ...g.shape.slice(rank)];
    },
    forward: ([g, index], { rows }) => backend().addRows(g, index, rows),
    gradient: [(g, saved) => g.takeRows(saved.input(1)), none],
  }),

  /** `out[i][j] = x[i][index[i][j]]` for dim 1; other sizes of the index may be smaller than x's. */
  gather: define<Two, { readonly dim: number }>({
    name: "gather",
    shape: ([x, index], { dim }) => {
      wantIntegers("gather", "index", index);
      const at = resolveDim("gather", dim, x.shape);
      const fits =
        index.shape.length === x.shape.length &&
        index.shape.every((n, i) => i === at || n <= sizeAt(x.shape, i));
      if (!fits)
        throw new ShapeError(
          `gather: index ${printShape(index.shape)} for ${printShape(x.shape)} - ` +
            `it needs as many dimensions, and no size larger except at dim ${at}`,
        );
      return index.shape;
    },
    forward: ([x, index], { dim }) =>
      backend().gather("gather", x, resolveDim("gather", dim, x.shape), index),
    gradient: [(g, saved) => g.scatterAdd(saved.params.dim, saved.input(1), saved.shape(0)), none],
  }),

  /** The reverse of gather: `x` added into zeros of `shape` at the places `index` names. */
  scatterAdd: define<Two, { readonly dim: number; readonly shape: Shape }>({
    name: "scatterAdd",
    shape: ([x, index], { shape }) => {
      wantIntegers("scatterAdd", "index", index);
      if (!sameShape(x.shape, index.shape))
        throw new ShapeError(
          `scatterAdd: ${printShape(x.shape)} by index ${printShape(index.shape)} - shapes must be equal`,
        );
      return shape;
    },
    forward: ([x, index], { dim, shape }) =>
      backend().scatterAdd(x, resolveDim("scatterAdd", dim, shape), index, shape),
    gradient: [(g, saved) => g.gather(saved.params.dim, saved.input(1)), none],
  }),
};
