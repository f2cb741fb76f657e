/** Methods that lay another shape over the values: most of them share the storage. */
import { apply } from "../apply.ts";
import { ShapeError } from "../errors.ts";
import { table } from "../ops/table.ts";
import { isContiguous, resolveDim, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape } from "../view.ts";
import { Products } from "./products.ts";

export abstract class Shapes extends Products {
  /** How many dimensions. */
  get ndim(): number {
    return this.shape.length;
  }

  /** How many elements. */
  numel(): number {
    return sizeOf(this.shape);
  }

  /** A copy of the values; slopes pass through. */
  clone(): Tensor {
    return apply(table.clone, [this.self], undefined);
  }

  /** As another shape of as many elements, one size -1: `x.reshape([-1, 10])` or `x.reshape(-1, 10)`. */
  reshape(...shape: readonly number[] | readonly [Shape]): Tensor {
    return apply(table.reshape, [this.self], { shape: sizesOf(shape) });
  }

  /** All elements from dimension `start` to `end` in one: `[8, 3, 2].flatten(1) -> [8, 6]`. */
  flatten(start = 0, end = -1): Tensor {
    const first = resolveDim("flatten", start, this.shape);
    const last = resolveDim("flatten", end, this.shape);
    if (first > last)
      throw new ShapeError(`flatten: dims ${start} to ${end} - the first must come first`);
    const joined = sizeOf(this.shape.slice(first, last + 1));
    return this.reshape([...this.shape.slice(0, first), joined, ...this.shape.slice(last + 1)]);
  }

  /** Dimensions in a new order: `x.permute([2, 0, 1])`. */
  permute(...order: readonly number[] | readonly [Shape]): Tensor {
    return apply(table.permute, [this.self], { order: sizesOf(order) });
  }

  /** Two dimensions exchanged. */
  transpose(a: number, b: number): Tensor {
    const first = resolveDim("transpose", a, this.shape);
    const second = resolveDim("transpose", b, this.shape);
    const swap = (dim: number) => (dim === first ? second : dim === second ? first : dim);
    return this.permute(this.shape.map((_, dim) => swap(dim)));
  }

  /** The transpose: dimensions in reverse order. */
  get T(): Tensor {
    return this.permute(this.shape.map((_, dim) => this.ndim - 1 - dim));
  }

  /** Without dimension `dim` if its size is 1; without `dim`, without all of size 1. */
  squeeze(dim?: number): Tensor {
    const at = dim === undefined ? null : resolveDim("squeeze", dim, this.shape);
    return this.reshape(this.shape.filter((n, i) => n !== 1 || (at !== null && i !== at)));
  }

  /** With a new dimension of size 1 at `dim`. */
  unsqueeze(dim: number): Tensor {
    const at = resolveDim("unsqueeze", dim, [...this.shape, 1]);
    return this.reshape([...this.shape.slice(0, at), 1, ...this.shape.slice(at)]);
  }

  /** Sizes of 1 stretched to `shape`; -1 keeps a size. */
  expand(...shape: readonly number[] | readonly [Shape]): Tensor {
    return apply(table.expand, [this.self], { shape: sizesOf(shape) });
  }

  /** The same tensor with its elements side by side: itself if they already are. */
  contiguous(): Tensor {
    return isContiguous(this) ? this.self : this.clone();
  }
}

/** `f(2, 3)` and `f([2, 3])` alike. */
function sizesOf(sizes: readonly number[] | readonly [Shape]): Shape {
  return sizes.flat();
}
