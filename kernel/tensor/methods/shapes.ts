/** Methods that lay another shape over the values: most of them share the storage. */
import { apply } from "../autograd/apply.ts";
import { composedBy } from "../autograd/history.ts";
import { ShapeError } from "../errors.ts";
import type { Diagonal } from "../ops/movement.ts";
import { table } from "../ops/table.ts";
import {
  checkWhole,
  isContiguous,
  printShape,
  resolveDim,
  resolveReshape,
  sizeAt,
  sizeOf,
  viewStrides,
} from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { HasDim } from "../typed/dims.ts";
import type {
  Expanded,
  Expands,
  Flattened,
  Permuted,
  Permutes,
  Reshaped,
  Reshapes,
  Reversed,
  Squeezed,
  Swapped,
  Unsqueezed,
} from "../typed/moves.ts";
import type { Cut, Shape } from "../view.ts";
import { Products } from "./products.ts";

export abstract class Shapes<S extends Shape> extends Products<S> {
  /** How many dimensions. */
  get ndim(): number {
    return this.shape.length;
  }

  /** How many elements. */
  numel(): number {
    return sizeOf(this.shape);
  }

  /** A copy of the values; slopes pass through. */
  clone(): Tensor<S> {
    return apply(table.clone, [this.self], undefined);
  }

  /**
   * As another shape of as many elements, one size -1: `x.reshape([-1, 10])` or `x.reshape(-1, 10)`.
   * A view where strides can express it, as always when the elements lie side by side, else a copy:
   * `view` is this, less the copy. Transposes, `expand`, `split` and their kin, and `at`
   * with numbers and ranges, always give views: writing into one writes into this tensor.
   * @throws ShapeError when the count of elements differs.
   */
  reshape<const L extends readonly number[] | readonly [Shape]>(
    ...shape: L & Reshapes<"reshape", S, L>
  ): Tensor<Reshaped<S, L>> {
    return apply(table.reshape, [this.self], { shape: sizesOf(shape) });
  }

  /**
   * `reshape` that never copies: writing into the result writes into this tensor.
   * @throws ShapeError when the count of elements differs, or when only a copy could have that shape.
   */
  view<const L extends readonly number[] | readonly [Shape]>(
    ...shape: L & Reshapes<"view", S, L>
  ): Tensor<Reshaped<S, L>> {
    const wanted = resolveReshape("view", this.shape, sizesOf(shape));
    if (viewStrides(this, wanted) === null)
      throw new ShapeError(
        `view: ${printShape(this.shape)} to ${printShape(wanted)} - ` +
          "the elements do not lie in that order, and a view copies none",
        "reshape() copies them",
      );
    return composedBy("view", apply(table.reshape, [this.self], { shape: wanted }));
  }

  /** All elements from dimension `start` to `end` in one: `[8, 3, 2].flatten(1) -> [8, 6]`. */
  flatten<A extends number = 0, B extends number = -1>(
    start?: A & HasDim<"flatten", S, A>,
    end?: B & HasDim<"flatten", S, B>,
  ): Tensor<Flattened<S, A, B>> {
    const first = resolveDim("flatten", start === undefined ? 0 : start, this.shape);
    const last = resolveDim("flatten", end === undefined ? -1 : end, this.shape);
    if (first > last)
      throw new ShapeError(`flatten: dims ${start} to ${end} - the first must come first`);
    const joined = sizeOf(this.shape.slice(first, last + 1));
    return this.self.reshape([
      ...this.shape.slice(0, first),
      joined,
      ...this.shape.slice(last + 1),
    ]);
  }

  /** Dimensions in a new order: `x.permute([2, 0, 1])`. */
  permute<const L extends readonly number[] | readonly [Shape]>(
    ...order: L & Permutes<S, L>
  ): Tensor<Permuted<S, L>> {
    return apply(table.permute, [this.self], { order: [...sizesOf(order)] });
  }

  /** Two dimensions exchanged. */
  transpose<A extends number, B extends number>(
    a: A & HasDim<"transpose", S, A>,
    b: B & HasDim<"transpose", S, B>,
  ): Tensor<Swapped<S, A, B>> {
    const first = resolveDim("transpose", a, this.shape);
    const second = resolveDim("transpose", b, this.shape);
    const swap = (dim: number) => (dim === first ? second : dim === second ? first : dim);
    return composedBy("transpose", this.self.permute(this.shape.map((_, dim) => swap(dim))));
  }

  /** The transpose: dimensions in reverse order. */
  get T(): Tensor<Reversed<S>> {
    const order: number[] = [];
    for (let dim = this.ndim - 1; dim >= 0; dim--) order.push(dim);
    return apply(table.permute, [this.self], { order });
  }

  /** Without dimension `dim` if its size is 1; without `dim`, without all of size 1. */
  squeeze<D extends number | undefined = undefined>(
    dim?: D & HasDim<"squeeze", S, D>,
  ): Tensor<Squeezed<S, D>> {
    const at = dim === undefined ? null : resolveDim("squeeze", dim, this.shape);
    const kept = this.shape.filter((n, i) => n !== 1 || (at !== null && i !== at));
    return composedBy(at === null ? "squeeze" : "squeezeOne", this.self.reshape(kept));
  }

  /** With a new dimension of size 1 at `dim`. */
  unsqueeze<D extends number>(
    dim: D & HasDim<"unsqueeze", [...S, 1], D>,
  ): Tensor<Unsqueezed<S, D>> {
    const at = resolveDim("unsqueeze", dim, [...this.shape, 1]);
    const widened = [...this.shape.slice(0, at), 1, ...this.shape.slice(at)];
    return composedBy("unsqueeze", this.self.reshape(widened));
  }

  /** Sizes of 1 stretched to `shape`; -1 keeps a size. */
  expand<const L extends readonly number[] | readonly [Shape]>(
    ...shape: L & Expands<"expand", S, L>
  ): Tensor<Expanded<S, L>> {
    return apply(table.expand, [this.self], { shape: sizesOf(shape), caller: "expand" });
  }

  /** `expand` under numpy's name. */
  broadcastTo<const L extends readonly number[] | readonly [Shape]>(
    ...shape: L & Expands<"broadcastTo", S, L>
  ): Tensor<Expanded<S, L>> {
    return apply(table.expand, [this.self], { shape: sizesOf(shape), caller: "broadcastTo" });
  }

  /** Dimension `dim` as several, one size -1: `[6, 2].unflatten(0, [2, -1]) -> [2, 3, 2]`. */
  unflatten(dim: number, sizes: Shape): Tensor {
    const at = resolveDim("unflatten", dim, this.shape);
    if (this.ndim === 0 || !Array.isArray(sizes) || sizes.length === 0)
      throw new ShapeError(
        `unflatten: dim ${dim} of ${printShape(this.shape)} into ${String(sizes)} - wanted a list of sizes`,
      );
    const parts = resolveReshape("unflatten", [sizeAt(this.shape, at)], sizes);
    const all = [...this.shape.slice(0, at), ...parts, ...this.shape.slice(at + 1)];
    return composedBy("view", this.self.reshape(all));
  }

  /** Dimensions moved to other places, the rest in order: `[2, 3, 4].movedim(0, -1) -> [3, 4, 2]`. */
  movedim(source: number | readonly number[], destination: number | readonly number[]): Tensor {
    const [from, to] = [source, destination].map((dims) => movedDims(dims, this.shape));
    if (from === undefined || to === undefined || from.length !== to.length)
      throw new ShapeError(
        `movedim: dims ${String(source)} to ${String(destination)} - wanted as many places as dims`,
      );
    const rest = this.shape.map((_, dim) => dim).filter((dim) => !from.includes(dim));
    const order = this.shape.map((_, place) => {
      const moved = to.indexOf(place);
      return (moved < 0 ? rest.shift() : from[moved]) ?? place;
    });
    return this.self.permute(order);
  }

  /** `length` entries of dimension `dim` from `start` on, a view. */
  narrow(dim: number, start: number, length: number): Tensor {
    return this.part("narrow", dim, start, length);
  }

  /**
   * Parts of `size` along `dim`, the last smaller if it must be; or parts of these sizes. Views.
   * @throws ShapeError when the sizes do not add up.
   */
  split(size: number | readonly number[], dim = 0): Tensor[] {
    const at = this.cuttable("split", dim);
    const total = sizeAt(this.shape, at);
    const sizes = Array.isArray(size)
      ? (size as readonly number[]).map((each) => checkWhole("split", "size", each, 0))
      : evenly(checkWhole("split", "size", size as number, total === 0 ? 0 : 1), total);
    if (sizes.reduce((a, b) => a + b, 0) !== total)
      throw new ShapeError(
        `split: sizes ${printShape(sizes)} along dim ${at} of ${printShape(this.shape)} - ` +
          `they must add up to ${total}`,
      );
    let start = 0;
    const name = Array.isArray(size) ? "splitWithSizes" : "split";
    return sizes.map((each) =>
      composedBy(name, this.part("split", at, (start += each) - each, each)),
    );
  }

  /** At most `count` parts along `dim`, equal but for the last: 7 in 4 is 2, 2, 2, 1. Views. */
  chunk(count: number, dim = 0): Tensor[] {
    const at = this.cuttable("chunk", dim);
    const total = sizeAt(this.shape, at);
    const size = Math.ceil(total / checkWhole("chunk", "count", count, 1));
    return total === 0
      ? Array.from({ length: count }, () => this.part("chunk", at, 0, 0))
      : this.split(size, at);
  }

  /** The entries of dimension `dim`, each without it: a list of views. */
  unbind(dim = 0): Tensor[] {
    const at = this.cuttable("unbind", dim);
    return Array.from({ length: sizeAt(this.shape, at) }, (_, i) =>
      composedBy("unbind", this.self.select(at, i)),
    );
  }

  private cuttable(op: string, dim: number): number {
    if (this.ndim === 0)
      throw new ShapeError(`${op}: a 0-d tensor has nothing to cut - wanted 1-d or more`);
    return resolveDim(op, dim, this.shape);
  }

  /**
   * A diagonal of the matrices that `dim1` and `dim2` span, as the last dimension: `offset` above
   * the main one, below when negative. A view.
   */
  diagonal(offset = 0, dim1 = 0, dim2 = 1): Tensor {
    if (this.ndim < 2)
      throw new ShapeError(`diagonal: ${printShape(this.shape)} - wanted a matrix, 2-d or more`);
    const [rows, columns] = [dim1, dim2].map((dim) => resolveDim("diagonal", dim, this.shape));
    if (rows === undefined || columns === undefined || rows === columns)
      throw new ShapeError(`diagonal: dims ${dim1} and ${dim2} - wanted two different ones`);
    return apply(table.diagonal, [this.self], {
      offset: checkWhole("diagonal", "offset", offset),
      rows,
      columns,
    });
  }

  /** @internal Zeros of `shape` with this tensor on a diagonal. */
  undiagonal(diagonal: Diagonal, shape: Shape): Tensor {
    return apply(table.undiagonal, [this.self], { ...diagonal, shape });
  }

  /** @internal Entries `start` to `start + length - 1` of `dim`. @throws ShapeError naming `op`. */
  part(op: string, dim: number, start: number, length: number): Tensor {
    const at = this.cuttable(op, dim);
    const size = sizeAt(this.shape, at);
    const from = checkWhole(op, "start", start) < 0 ? start + size : start;
    checkWhole(op, "length", length, 0);
    if (from < 0 || from + length > size)
      throw new ShapeError(
        `${op}: ${length} entries from ${start} along dim ${at} of ${printShape(this.shape)} - it has ${size}`,
      );
    return this.cut(
      this.shape.map((n, i) =>
        i === at ? { start: from, step: 1, size: length } : { start: 0, step: 1, size: n },
      ),
    );
  }

  /** @internal A slice with resolved ends. */
  cut(cuts: readonly Cut[]): Tensor {
    return apply(table.slice, [this.self], { cuts });
  }

  /** @internal `value` in `shape`, with this tensor where `cuts` say. */
  uncut(cuts: readonly Cut[], shape: Shape, value = 0): Tensor {
    return apply(table.uncut, [this.self], { cuts, shape, value });
  }

  /** The same tensor with its elements side by side: itself if they already are. */
  contiguous(): Tensor<S> {
    return isContiguous(this) ? this.self : this.self.clone();
  }
}

/** Sizes of parts, each `size`, the last what is left. */
function evenly(size: number, total: number): number[] {
  const count = total === 0 ? 1 : Math.ceil(total / size);
  return Array.from({ length: count }, (_, i) => Math.min(size, total - i * size));
}

function movedDims(dims: number | readonly number[], shape: Shape): number[] {
  const all = (Array.isArray(dims) ? dims : [dims]) as readonly number[];
  const resolved = all.map((dim) => resolveDim("movedim", dim, shape));
  if (new Set(resolved).size !== resolved.length)
    throw new ShapeError(`movedim: dims ${printShape(all)} - each may be named once`);
  return resolved;
}

/** `f(2, 3)` and `f([2, 3])` alike. */
export function sizesOf(sizes: readonly number[] | readonly [Shape]): Shape {
  const [first] = sizes;
  // Whatever arrived: the op refuses what is no size.
  return Array.isArray(first) && sizes.length === 1 ? first : sizes.flat();
}
