/** Functions that make one tensor of several, or several that go together. */
import { apply, isTensor, operand } from "../autograd/apply.ts";
import { composedBy } from "../autograd/history.ts";
import { promote } from "../dtype.ts";
import { DTypeError, kindOf, ShapeError } from "../errors.ts";
import { table } from "../ops/table.ts";
import { checkOptions } from "../options.ts";
import { printShape, sameShape, sizeAt } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { Fits, ShapeOf, With } from "../typed/broadcast.ts";
import type { Cats, Catted, Stacked, Stacks } from "../typed/joins.ts";
import { shapeError, wording } from "../typed/wording.ts";

/**
 * Joins along an existing dimension: `[2, 3]` and `[1, 3]` make `[3, 3]`. An empty `[0]` joins
 * anything, as in PyTorch.
 * @throws ShapeError when other sizes differ.
 * @example
 * cat([tensor([1, 2]), tensor([3])]) // tensor([1., 2., 3.])
 * cat([zeros([2, 3]), ones([2, 1])], 1).shape // 2,4
 */
export function cat<const T extends readonly Tensor[], D extends number = 0>(
  tensors: T & Cats<T, D>,
  dim?: D,
): Tensor<Catted<T, D>> {
  const dtype = listed("cat", tensors)
    .map((each) => each.dtype)
    .reduce(promote, "bool");
  const parts = tensors.filter(({ shape }) => shape.length !== 1 || shape[0] !== 0);
  return apply(table.cat, parts.length === 0 ? tensors : parts, {
    dim: dim === undefined ? 0 : dim,
  }).to(dtype);
}

/**
 * Joins along a new dimension: three `[2]` make `[3, 2]`.
 * @throws ShapeError when shapes differ.
 * @example
 * stack([tensor([1, 2]), tensor([3, 4])], 1).toArray() // 1,3,2,4
 */
export function stack<const T extends readonly Tensor[], D extends number = 0>(
  tensors: T & Stacks<T>,
  dim?: D,
): Tensor<Stacked<T, D>> {
  const first = listed("stack", tensors)[0];
  if (first === undefined) throw new ShapeError("stack: no tensors - wanted at least one");
  for (const each of tensors)
    if (!sameShape(each.shape, first.shape))
      throw shapeError(wording.stack, { a: first.shape, b: each.shape });
  const at = resolveNewDim("stack", dim === undefined ? 0 : dim, first.ndim);
  const parts = tensors.map((each) => each.unsqueeze(at));
  return composedBy("stack", apply(table.cat, parts, { dim: at }));
}

/**
 * Side by side: along the second dimension, vectors and numbers along their only one.
 * @throws ShapeError when other sizes differ.
 * @example
 * hstack([tensor([1, 2]), tensor(3)]) // tensor([1., 2., 3.])
 * hstack([zeros([2, 3]), ones([2, 1])]).shape // 2,4
 */
export function hstack(tensors: readonly Tensor[]): Tensor {
  const parts = listed("hstack", tensors).map((each) =>
    each.ndim === 0 ? each.reshape([1]) : each,
  );
  return stacked("hstack", tensors, parts, parts[0]?.ndim === 1 ? 0 : 1);
}

/**
 * Below each other: along the first dimension, vectors as rows.
 * @throws ShapeError when other sizes differ.
 * @example
 * vstack([tensor([1, 2]), tensor([3, 4])]).toArray() // 1,2,3,4
 * vstack([zeros([2, 3]), ones([3])]).shape // 3,3
 */
export function vstack(tensors: readonly Tensor[]): Tensor {
  const parts = listed("vstack", tensors).map((each) =>
    each.ndim < 2 ? each.reshape([1, -1]) : each,
  );
  return stacked("vstack", tensors, parts, 0);
}

/** `cat` in the name of `op`, of `parts` that stand for what was `given`. */
function stacked(
  op: string,
  given: readonly Tensor[],
  parts: readonly Tensor[],
  dim: number,
): Tensor {
  const [first] = parts;
  if (first === undefined) throw new ShapeError(`${op}: no tensors - wanted at least one`);
  const both = (from: readonly Tensor[], i: number) =>
    `${printShape(from[0]?.shape ?? [])} and ${printShape(from[i]?.shape ?? [])}`;
  parts.forEach(({ shape }, i) => {
    if (sameShape(shape.toSpliced(dim, 1), first.shape.toSpliced(dim, 1))) return;
    const [written, read] = [both(given, i), both(parts, i)];
    throw new ShapeError(
      `${op}: ${written} - ${written === read ? "" : `read as ${read}, `}` +
        `all sizes except that of dim ${dim} must be equal`,
    );
  });
  return cat(parts, dim);
}

function resolveNewDim(op: string, dim: number, rank: number): number {
  const resolved = Number.isInteger(dim) && dim < 0 ? dim + rank + 1 : dim;
  if (!Number.isInteger(dim) || resolved < 0 || resolved > rank)
    throw new ShapeError(
      `${op}: dim ${String(dim)} for tensors of ${rank} dimensions - wanted an integer from ${-rank - 1} to ${rank}`,
    );
  return resolved;
}

/** Cells are checked loosely or not at all: names the one that is no tensor. */
function listed(op: string, tensors: readonly Tensor[]): readonly Tensor[] {
  if (!Array.isArray(tensors))
    throw new DTypeError(
      `${op}: ${isTensor(tensors) ? "a tensor" : kindOf(tensors)} - wanted an array of tensors`,
      `${op}([a, b])`,
    );
  const wrong = tensors.findIndex((each) => !isTensor(each));
  if (wrong >= 0)
    throw new DTypeError(`${op}: ${kindOf(tensors[wrong])} at place ${wrong} - wanted a tensor`);
  return tensors;
}

/**
 * `condition ? a : b`, element by element, all broadcast.
 * @throws ShapeError when the shapes cannot be broadcast.
 * @example
 * where(tensor([true, false]), 1, tensor([5, 6])) // tensor([1., 6.])
 */
export function where<C extends Tensor, A extends Tensor | number, B extends Tensor | number>(
  condition: C,
  a: A,
  b: B & Fits<"where", ShapeOf<A>, B>,
): Tensor<With<With<ShapeOf<A>, B>, C>> {
  const first = typeof a === "number" ? operand(a, isTensor(b) ? b.dtype : "f32") : a;
  if (!isTensor(first))
    throw new DTypeError(`where: ${kindOf(first)} - wanted a tensor or a number`);
  return first.where(condition, b);
}

/**
 * Coordinates of a grid: of `[n]` and `[m]` two tensors `[n, m]`, the first varying along rows, the
 * second along columns; with `indexing: "xy"` both `[m, n]`, x varying along columns. Views.
 * @throws ShapeError for tensors of two or more dimensions.
 * @example
 * const [y, x] = meshgrid([arange(2), arange(3)]);
 * y.add(x).toArray() // 0,1,2,1,2,3
 */
export function meshgrid(
  tensors: readonly Tensor[],
  options: { readonly indexing?: "ij" | "xy" } = {},
): Tensor[] {
  const lines = listed("meshgrid", tensors).map((each) => {
    if (each.ndim > 1)
      throw new ShapeError(`meshgrid: ${printShape(each.shape)} - wanted one dimension`);
    return each.reshape([-1]);
  });
  checkOptions("meshgrid", options, ["indexing"]);
  const { indexing = "ij" } = options;
  if (indexing !== "ij" && indexing !== "xy")
    throw new ShapeError(`meshgrid: indexing "${String(indexing)}" - wanted "ij" or "xy"`);
  // In "xy" the first two are rows and columns the other way round.
  const swaps = indexing === "xy" && lines.length > 1;
  const order = lines.map((_, i) => (swaps && i < 2 ? 1 - i : i));
  const shape = order.map((i) => sizeAt(lines[i]?.shape ?? [], 0));
  return lines.map((line, i) => {
    const place = order.indexOf(i);
    return line.reshape(shape.map((n, dim) => (dim === place ? n : 1))).expand(shape);
  });
}
