/** Methods that read some of the elements: by number, range, index tensor or mask. */
import { apply, isTensor, operand } from "../autograd/apply.ts";
import { composedBy } from "../autograd/history.ts";
import { DTypeError, kindOf, ShapeError } from "../errors.ts";
import { indexOf } from "../indexing/indices.ts";
import { checkOptions, wantNumber } from "../options.ts";
import { table } from "../ops/table.ts";
import {
  broadcastShapes,
  checkWhole,
  printShape,
  resolveDim,
  sameShape,
  sizeAt,
} from "../shape.ts";
import { select } from "../indexing/selection.ts";
import { type Index, parseSlice } from "../indexing/slicing.ts";
import type { Tensor } from "../tensor.ts";
import type { HasDim } from "../typed/dims.ts";
import type { Picked, Picks, Selected } from "../typed/picks.ts";
import type { Shape } from "../view.ts";
import { Sorting } from "./sorting.ts";

export abstract class Picking<S extends Shape> extends Sorting<S> {
  /**
   * `x.at(0)` the first row; `x.at(0, 3)` one place in it; `x.at([0, 3])`, a range, rows 0 to 2;
   * `x.at([1, 3], null, -1)` rows 1 and 2, all columns, last plane;
   * `x.at("...", 0)` the first of the last dimension. Numbers and ranges give a view. A tensor of
   * whole numbers picks entries in its order, several pick together, a bool tensor picks where it
   * is true: `x.at(x.gt(0))`.
   * @throws ShapeError for an index outside, or a mask of another size.
   */
  at<const I extends readonly Index[]>(...indices: I & Picks<"at", S, I>): Tensor<Picked<S, I>> {
    return this.pick("at", indices);
  }

  /** `at` in Python's notation: `x.slice("1:3, ..., -1")`, `x.slice("::-1")`. */
  slice(text: string): Tensor {
    return this.pick("slice", parseSlice(text));
  }

  /** Entry `index` of dimension `dim`, which falls away. */
  select<D extends number>(dim: D & HasDim<"select", S, D>, index: number): Tensor<Selected<S, D>> {
    const at = resolveDim("select", dim, this.shape);
    checkWhole("select", "index", index);
    return this.pick("select", [...this.shape.slice(0, at).map(() => null), index]);
  }

  protected pick(op: string, indices: readonly Index[]): Tensor {
    const { cuts, shape, rows } = select(op, this.shape, indices);
    const isSame = shape.length === cuts.length;
    const part = isSame ? this.cut(cuts) : this.cut(cuts).reshape(shape);
    if (rows === null) return isSame ? part : composedBy(lastStep(indices), part);
    const picked = part.permute(rows.order).reshape(rows.flat).rowsBy(op, rows.index);
    return composedBy("index", picked.permute(rows.back));
  }

  /** Rows by number: `[27, 2].takeRows([64, 3]) -> [64, 3, 2]`. @throws ShapeError for one outside. */
  takeRows(index: Tensor | readonly number[]): Tensor {
    return this.rowsBy("takeRows", indexOf("takeRows", index));
  }

  /** Entries of dimension `dim` by number, in the order given; `index` is 1-d. */
  indexSelect(dim: number, index: Tensor | readonly number[]): Tensor {
    const picks = indexOf("indexSelect", index);
    if (picks.ndim > 1 || (this.ndim === 0 && picks.numel() !== 1))
      throw new ShapeError(
        `indexSelect: index ${printShape(picks.shape)} for ${printShape(this.shape)} - ` +
          `wanted one ${this.ndim === 0 ? "number" : "dimension"}`,
      );
    return composedBy("indexSelect", this.entriesBy("indexSelect", dim, picks.reshape([-1])));
  }

  /**
   * `out[i][j] = x[i][index[i][j]]` for dim 1: one pick for each entry of `index`, which has as many
   * dimensions, and no size larger except at `dim`.
   */
  gather(dim: number, index: Tensor | readonly number[]): Tensor {
    const picks = indexOf("gather", index);
    // A number counts as a row of one, as in PyTorch.
    if (this.ndim + picks.ndim === 1)
      return this.self
        .reshape([-1])
        .gatherBy("gather", dim, picks.reshape([-1]))
        .reshape(picks.shape);
    return this.gatherBy("gather", dim, picks);
  }

  /**
   * `gather`, with all sizes but that of `dim` broadcast; without `dim`, from all elements:
   * `x.takeAlongDim(x.argsort(1), 1)` sorts rows.
   */
  takeAlongDim(index: Tensor | readonly number[], dim?: number): Tensor {
    const op = "takeAlongDim";
    const picks = indexOf(op, index);
    if (dim === undefined) return this.self.reshape([-1]).gatherBy(op, 0, picks.reshape([-1]));
    const at = resolveDim(op, dim, this.shape);
    if (picks.ndim !== this.ndim)
      throw new ShapeError(
        `${op}: index ${printShape(picks.shape)} for ${printShape(this.shape)} - it needs as many dimensions`,
      );
    const without = (shape: Shape) => shape.map((n, i) => (i === at ? 1 : n));
    const together = broadcastShapes(op, without(this.shape), without(picks.shape));
    const stretch = (x: Tensor) =>
      x.expand(together.map((n, i) => (i === at ? sizeAt(x.shape, i) : n)));
    return stretch(this.self).gatherBy(op, at, stretch(picks));
  }

  /** A copy with `source` (numbers, or one number) written where `index` names, as `gather` reads. */
  scatter(dim: number, index: Tensor | readonly number[], source: Tensor | number): Tensor {
    const picks = indexOf("scatter", index);
    return apply(table.scatter, [this.self, picks, this.fittedSource("scatter", source, picks)], {
      dim,
      caller: "scatter",
    });
  }

  /** A copy with `source` added where `index` names: entries for one place add up. */
  scatterAdd(dim: number, index: Tensor | readonly number[], source: Tensor | number): Tensor {
    const picks = indexOf("scatterAdd", index);
    return apply(
      table.scatterAdd,
      [this.self, picks, this.fittedSource("scatterAdd", source, picks)],
      {
        dim,
        caller: "scatterAdd",
      },
    );
  }

  /** The part of `source` that an index uses: it may be larger, as in PyTorch. */
  private fittedSource(op: string, source: Tensor | number, index: Tensor): Tensor {
    if (typeof source === "number") return operand(source, this.dtype).expand(index.shape);
    if (!isTensor(source))
      throw new DTypeError(`${op}: ${kindOf(source)} for the source - wanted a tensor or a number`);
    const fits =
      source.ndim === index.ndim && index.shape.every((n, i) => n <= sizeAt(source.shape, i));
    if (!fits)
      throw new ShapeError(
        `${op}: source ${printShape(source.shape)} by index ${printShape(index.shape)} - ` +
          "it needs as many dimensions, and no size smaller",
      );
    if (sameShape(source.shape, index.shape)) return source;
    return source.cut(index.shape.map((size) => ({ start: 0, step: 1, size })));
  }

  /**
   * A copy with `alpha` times the entries of `source` added to the entries of `dim` that `index`
   * (1-d) names: `source` has the size of the index there, and this tensor's sizes elsewhere.
   */
  indexAdd(
    dim: number,
    index: Tensor | readonly number[],
    source: Tensor,
    options: { readonly alpha?: number } = {},
  ): Tensor {
    const op = "indexAdd";
    checkOptions(op, options, ["alpha"]);
    const alpha = wantNumber(op, "alpha", options.alpha ?? 1);
    const picks = indexOf(op, index);
    const at = resolveDim(op, dim, this.shape);
    if (!isTensor(source))
      throw new DTypeError(`${op}: ${kindOf(source)} for the source - wanted a tensor`);
    const wanted = this.shape.map((n, i) => (i === at ? picks.numel() : n));
    if (picks.ndim !== 1 || !sameShape(source.shape, wanted))
      throw new ShapeError(
        `${op}: source ${printShape(source.shape)} by index ${printShape(picks.shape)} at dim ${at} ` +
          `of ${printShape(this.shape)} - wanted ${printShape(wanted)} and an index of one dimension`,
      );
    const rows = source.movedim(at, 0).addRowsBy(op, picks, sizeAt(this.shape, at)).movedim(0, at);
    return this.self.add(alpha === 1 ? rows : rows.mul(alpha));
  }

  /** The elements where `mask`, bool, is true, in one dimension; both broadcast. */
  maskedSelect(mask: Tensor): Tensor {
    const op = "maskedSelect";
    if (!isTensor(mask) || mask.dtype !== "bool")
      throw new DTypeError(
        `${op}: ${isTensor(mask) ? `a mask of dtype ${mask.dtype}` : kindOf(mask)} - wanted bool`,
      );
    const together = broadcastShapes(op, this.shape, mask.shape);
    const flat = (x: Tensor) => x.expand(together).reshape([-1]);
    return composedBy(op, flat(this.self).at(flat(mask)));
  }

  /** @internal `takeRows` for another op, which its messages name. */
  rowsBy(caller: string, index: Tensor): Tensor {
    return apply(table.takeRows, [this.self, index], { caller });
  }

  /** @internal `indexSelect` for another op. */
  entriesBy(caller: string, dim: number, index: Tensor): Tensor {
    const at = resolveDim(caller, dim, this.shape);
    if (this.ndim === 0) return this.self.reshape([1]).rowsBy(caller, index).reshape([]);
    return at === 0
      ? this.rowsBy(caller, index)
      : this.self.transpose(0, at).rowsBy(caller, index).transpose(0, at);
  }

  /** @internal `gather` for another op. */
  gatherBy(caller: string, dim: number, index: Tensor): Tensor {
    return apply(table.gather, [this.self, index], { dim, caller });
  }

  /** @internal Rows added into zeros `[rows, ...]`. */
  addRows(index: Tensor, rows: number): Tensor {
    return this.addRowsBy("addRows", index, rows);
  }

  /** @internal `addRows` for another op. */
  addRowsBy(caller: string, index: Tensor, rows: number): Tensor {
    return apply(table.addRows, [this.self, index], { rows, caller });
  }
}

/** What the last of `indices`, no rows among them, does to its dimension: PyTorch takes them in turn. */
function lastStep(indices: readonly Index[]): "select" | "slice" {
  const last = indices.findLast((index) => index !== "...");
  return typeof last === "number" || isTensor(last) ? "select" : "slice";
}
