/** Methods that put elements in order, or ask which there are. */
import { apply, isTensor, numbered } from "../autograd/apply.ts";
import { composedBy } from "../autograd/history.ts";
import { stack } from "../creation/joining.ts";
import { toFloat } from "../dtype.ts";
import { DTypeError, kindOf, ShapeError } from "../errors.ts";
import { indexOf } from "../indexing/indices.ts";
import { checkNumber, checkOptions } from "../options.ts";
import { table } from "../ops/table.ts";
import { trueNumbers } from "../indexing/selection.ts";
import { checkWhole, printShape, resolveDim, rowMajor, sizeAt } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { type Distinct, distinct } from "../indexing/distinct.ts";
import type { Shape } from "../view.ts";
import { Arranging } from "./arranging.ts";
import type { KeepDim } from "./reductions.ts";

/** Elements in order, and where each was: `x.gather(dim, indices)` is `values`. */
export interface Sorted {
  readonly values: Tensor;
  readonly indices: Tensor;
}

export interface SortOptions {
  /** Largest first. */
  readonly descending?: boolean;
}

export interface UniqueOptions {
  /** Whole entries of this dimension are compared; all elements unless given. */
  readonly dim?: number;
  readonly returnInverse?: boolean;
  readonly returnCounts?: boolean;
}

/** A tensor of shares as its numbers. @throws ShapeError for one of two or more dimensions. */
function sharesIn(op: string, q: Tensor): number | number[] {
  if (q.ndim > 1)
    throw new ShapeError(`${op}: q ${printShape(q.shape)} - wanted a number or one dimension`);
  return q.ndim === 0 ? q.item() : [...q.data];
}

export abstract class Sorting<S extends Shape> extends Arranging<S> {
  /**
   * Along `dim`, smallest first unless `descending`. Equal elements keep their order, and NaN counts
   * as the largest.
   */
  sort(dim = -1, options: SortOptions = {}): Sorted {
    return this.pickedBy("sort", dim, this.orderOf("sort", dim, options));
  }

  /** The indices that `sort` returns, i32. */
  argsort(dim = -1, options: SortOptions = {}): Tensor {
    return this.orderOf("argsort", dim, options);
  }

  /** The `k` largest along `dim`, largest first; with `largest: false` the smallest. */
  topk(k: number, dim = -1, options: { readonly largest?: boolean } = {}): Sorted {
    checkOptions("topk", options, ["largest"]);
    const at = resolveDim("topk", dim, this.shape);
    const size = this.shape[at] ?? 1;
    if (checkWhole("topk", "k", k, 0) > size)
      throw new ShapeError(
        `topk: k ${k} at dim ${at} of ${printShape(this.shape)} - there are ${size} elements`,
      );
    const order = this.orderOf("topk", dim, { descending: options.largest ?? true }, k);
    return this.pickedBy("topk", dim, order);
  }

  /** Of `count` elements, or all. */
  private orderOf(op: string, dim: number, options: SortOptions, count?: number): Tensor {
    checkOptions(op, options, ["descending"]);
    const { descending = false } = options;
    const at = resolveDim(op, dim, this.shape);
    return apply(table.argsort, [this.self], { dim: at, descending, count });
  }

  private pickedBy(op: string, dim: number, indices: Tensor): Sorted {
    const values = this.ndim === 0 ? this.self.clone() : this.self.gatherBy(op, dim, indices);
    return { values: composedBy(op, values), indices };
  }

  /**
   * The value below which the share `q` of the elements along `dim` lies, between two of them in
   * proportion; without `dim`, of all. Several `q` make a new first dimension. NaN where there is one.
   * @throws RangeError for a share outside 0 to 1, ShapeError when there are no elements.
   */
  quantile(q: number | readonly number[] | Tensor, dim?: number, options: KeepDim = {}): Tensor {
    const op = "quantile";
    checkOptions(op, options, ["keepdim"]);
    const shares: unknown = isTensor(q) ? sharesIn(op, q) : q;
    if (Array.isArray(shares) && shares.length === 0)
      throw new ShapeError(`${op}: no q - wanted at least one number from 0 to 1`);
    const at = dim === undefined ? 0 : resolveDim(op, dim, this.shape);
    const whole = dim === undefined || this.ndim === 0 ? this.self.reshape([-1]) : this.self;
    const size = sizeAt(whole.shape, at);
    if (size === 0)
      throw new ShapeError(`${op}: ${printShape(this.shape)} - wanted at least one element`);
    const sorted = whole.to(toFloat(this.dtype)).sort(at).values;
    const kept = this.shape.map((n, i) => (dim === undefined || i === at ? 1 : n));
    const valueAt = (share: unknown): Tensor => {
      checkNumber(op, "q", share, 0, 1);
      const place = share * (size - 1);
      const below = sorted.select(at, Math.floor(place));
      const value = below.lerp(sorted.select(at, Math.ceil(place)), place % 1);
      // NaN is sorted behind all others.
      const found = value.maskedFill(sorted.select(at, -1).isNan(), Number.NaN);
      return options.keepdim === true ? found.reshape(kept) : found;
    };
    return composedBy(op, Array.isArray(shares) ? stack(shares.map(valueAt)) : valueAt(shares));
  }

  /**
   * The different elements, smallest first, in one dimension; with `dim`, the different entries of
   * that dimension. Asked for `returnInverse` or `returnCounts`, an object: `inverse` says for each
   * element which of `values` it is, `counts` how often each occurs. No slope passes.
   */
  unique(options?: { readonly dim?: number }): Tensor;
  unique(
    options: UniqueOptions & ({ readonly returnInverse: true } | { readonly returnCounts: true }),
  ): Distinct;
  unique(options: UniqueOptions): Tensor | Distinct;
  unique(options: UniqueOptions = {}): Tensor | Distinct {
    checkOptions("unique", options, ["dim", "returnInverse", "returnCounts"]);
    const { dim, returnInverse = false, returnCounts = false } = options;
    const at = dim === undefined ? null : resolveDim("unique", dim, this.shape);
    const found = distinct(this.self.detach(), at);
    return returnInverse || returnCounts ? found : found.values;
  }

  /**
   * How often each of 0, 1, 2, ... occurs among whole numbers `[n]`, i32; with `weights`, `[n]`, the
   * sum of the weights instead. At least `minlength` numbers.
   * @throws ShapeError for a negative number.
   */
  bincount(options: { readonly weights?: Tensor; readonly minlength?: number } = {}): Tensor {
    checkOptions("bincount", options, ["weights", "minlength"]);
    const { weights, minlength = 0 } = options;
    const numbers = indexOf("bincount", this.self, "numbers");
    if (numbers.ndim !== 1)
      throw new ShapeError(`bincount: ${printShape(numbers.shape)} - wanted one dimension`);
    checkWhole("bincount", "minlength", minlength, 0);
    if (weights !== undefined && !isTensor(weights))
      throw new DTypeError(`bincount: ${kindOf(weights)} for the weights - wanted a tensor`);
    if (weights !== undefined && printShape(weights.shape) !== printShape(numbers.shape))
      throw new ShapeError(
        `bincount: weights ${printShape(weights.shape)} for ${printShape(numbers.shape)} - shapes must be equal`,
      );
    let length = minlength;
    numbers.data.forEach((value, row) => {
      if (value < 0)
        throw new ShapeError(`bincount: ${value} at row ${row} - wanted whole numbers, 0 or more`);
      length = Math.max(length, value + 1);
    });
    const added = weights ?? numbered(new Int32Array(numbers.numel()).fill(1), numbers.shape);
    return added.addRowsBy("bincount", numbers, length);
  }

  /** Where the elements that are not 0 are: `[found, ndim]`, i32, one row of indices for each. */
  nonzero(): Tensor {
    const found = trueNumbers(this.self);
    const steps = rowMajor(this.shape);
    const places = new Int32Array(found.length * this.ndim);
    let at = 0;
    for (const number of found)
      for (let dim = 0; dim < this.ndim; dim++)
        places[at++] = Math.floor(number / sizeAt(steps, dim)) % sizeAt(this.shape, dim);
    return numbered(places, [found.length, this.ndim]);
  }
}
