/** Methods that read some of the elements: by number, range or index tensor. */
import { apply, wholeNumbers } from "../apply.ts";
import { ShapeError } from "../errors.ts";
import type { Cut } from "../ops/movement.ts";
import { table } from "../ops/table.ts";
import { printShape, resolveDim } from "../shape.ts";
import { type Index, parseSlice, resolveCuts } from "../slicing.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape } from "../view.ts";
import { Shapes } from "./shapes.ts";

export abstract class Picking extends Shapes {
  /** `x.at(0)` the first row, `x.at([1, 3], null, -1)` rows 1 and 2, all columns, last plane. */
  at(...indices: readonly Index[]): Tensor {
    return this.pick("at", indices);
  }

  /** `at` in Python's notation: `x.slice("1:3, :, -1")`, `x.slice("::-1")`. */
  slice(text: string): Tensor {
    return this.pick("slice", parseSlice(text));
  }

  /** Entry `index` of dimension `dim`, which falls away. */
  select(dim: number, index: number): Tensor {
    const at = resolveDim("select", dim, this.shape);
    return this.pick("select", [...this.shape.slice(0, at).map(() => null), index]);
  }

  protected pick(op: string, indices: readonly Index[]): Tensor {
    const { cuts, dropped } = resolveCuts(op, this.shape, indices);
    const part = this.cut(cuts);
    return dropped.length === 0
      ? part
      : part.reshape(part.shape.filter((_, i) => !dropped.includes(i)));
  }

  /** @internal A slice with resolved ends. */
  cut(cuts: readonly Cut[]): Tensor {
    return apply(table.slice, [this.self], { cuts });
  }

  /** @internal Zeros of `shape` with this tensor where `cuts` say. */
  uncut(cuts: readonly Cut[], shape: Shape): Tensor {
    return apply(table.uncut, [this.self], { cuts, shape });
  }

  /** Rows by number: `[27, 2].takeRows([64, 3]) -> [64, 3, 2]`. @throws ShapeError for one outside. */
  takeRows(index: Tensor | readonly number[]): Tensor {
    return apply(table.takeRows, [this.self, integers("takeRows", index)], undefined);
  }

  /** Entries of dimension `dim` by number, in the order given; `index` is 1-d. */
  indexSelect(dim: number, index: Tensor | readonly number[]): Tensor {
    const at = resolveDim("indexSelect", dim, this.shape);
    const picks = integers("indexSelect", index);
    if (picks.ndim !== 1)
      throw new ShapeError(`indexSelect: index ${printShape(picks.shape)} - wanted one dimension`);
    return at === 0 ? this.takeRows(picks) : this.transpose(0, at).takeRows(picks).transpose(0, at);
  }

  /** `out[i][j] = x[i][index[i][j]]` for dim 1: one pick for each entry of `index`. */
  gather(dim: number, index: Tensor): Tensor {
    return apply(table.gather, [this.self, index], { dim });
  }

  /** @internal Rows added into zeros `[rows, ...]`. */
  addRows(index: Tensor, rows: number): Tensor {
    return apply(table.addRows, [this.self, index], { rows });
  }

  /** @internal Elements added into zeros of `shape`. */
  scatterAdd(dim: number, index: Tensor, shape: Shape): Tensor {
    return apply(table.scatterAdd, [this.self, index], { dim, shape });
  }
}

function integers(op: string, index: Tensor | readonly number[]): Tensor {
  // An array, or the only other thing the type allows.
  return Array.isArray(index) ? wholeNumbers(op, "index", index) : (index as Tensor);
}
