/** Arithmetic on shapes, strides and dimensions: every check of sizes that ops share is here, once. */
import { kindOf, ShapeError } from "./errors.ts";
import { shapeError, wording } from "./typed/wording.ts";
import type { Cut, Shape, Storage, View } from "./view.ts";

/** `[32, 10]`, as error messages write shapes. */
export function printShape(shape: Shape): string {
  return `[${shape.map(String).join(", ")}]`;
}

/** Where element number `flat` of a shape is, as messages name it: "row 3", "[3, 0]". */
export function printPlace(shape: Shape, flat: number): string {
  if (shape.length < 2) return `row ${flat}`;
  const steps = rowMajor(shape);
  return printShape(shape.map((size, dim) => Math.floor(flat / sizeAt(steps, dim)) % size));
}

/** How many elements a shape holds; 1 for `[]`. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const n of shape) size *= n;
  return size;
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Size of dimension `dim`, which the caller knows to exist. */
export function sizeAt(shape: Shape, dim: number): number {
  const size = shape[dim];
  if (size === undefined)
    throw new RangeError(`internal: no dimension ${dim} in ${printShape(shape)}`);
  return size;
}

const noStrides: Shape = [];
const oneStride: Shape = [1];

/** Strides of a row-major layout; never written to, as several tensors may share them. */
export function rowMajor(shape: Shape): Shape {
  const rank = shape.length;
  // Up to two dimensions there is little to compute, and most tensors have no more.
  if (rank === 0) return noStrides;
  if (rank === 1) return oneStride;
  if (rank === 2) return [sizeAt(shape, 1), 1];
  const strides = Array.from<number>({ length: rank });
  let step = 1;
  for (let i = rank - 1; i >= 0; i--) {
    strides[i] = step;
    step *= sizeAt(shape, i);
  }
  return strides;
}

/** Whether the elements lie side by side in row-major order (strides of size-1 dimensions are free). */
export function isContiguous({ shape, strides }: View): boolean {
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    const size = shape[i]!; // i is below the length
    if (size !== 1 && strides[i] !== step) return sizeOf(shape) === 0;
    step *= size;
  }
  return true;
}

/** Whether every element is the same one: a number stretched to a shape. */
export function isUniform({ shape, strides }: View): boolean {
  for (let i = 0; i < shape.length; i++) if (strides[i] !== 0 && shape[i] !== 1) return false;
  return true;
}

/** A view of the whole storage, row-major. */
export function fullView(storage: Storage, shape: Shape): View {
  return { storage, shape, strides: rowMajor(shape), offset: 0 };
}

/** The elements of `x` that the cuts of its dimensions name. */
export function cutOf(x: View, cuts: readonly Cut[]): View {
  let { offset } = x;
  const strides = cuts.map((cut, dim) => {
    const stride = x.strides[dim] ?? 0;
    if (cut.size > 0) offset += cut.start * stride;
    return cut.step * stride;
  });
  return { storage: x.storage, shape: cuts.map(({ size }) => size), strides, offset };
}

/** Accepts -1 for the last dimension, -2 for the one before, and so on. */
export function resolveDim(op: string, dim: number, shape: Shape): number {
  if (typeof dim !== "number")
    throw new ShapeError(`${op}: ${kindOf(dim)} for dim - wanted an integer`);
  const rank = shape.length;
  const resolved = dim < 0 ? dim + rank : dim;
  // A 0-d tensor accepts 0 and -1, as in PyTorch.
  if (rank === 0 && (dim === 0 || dim === -1)) return 0;
  if (!Number.isInteger(dim) || resolved < 0 || resolved >= rank) {
    const wanted = rank === 0 ? "0 or -1" : `an integer from ${-rank} to ${rank - 1}`;
    throw shapeError(wording.dim, { op, dim, a: shape, wanted });
  }
  return resolved;
}

function everyDim(rank: number): number[] {
  const dims: number[] = [];
  for (let dim = 0; dim < rank; dim++) dims.push(dim);
  return dims;
}

/** Sorted, distinct dimensions; all of them when `dim` is undefined. */
export function resolveDims(
  op: string,
  dim: number | readonly number[] | undefined,
  shape: Shape,
): number[] {
  if (dim === undefined) return everyDim(shape.length);
  if (typeof dim !== "number" && !Array.isArray(dim))
    throw new ShapeError(`${op}: ${kindOf(dim)} for dim - wanted an integer or an array of them`);
  if (typeof dim === "number") {
    const only = resolveDim(op, dim, shape);
    return shape.length === 0 ? [] : [only];
  }
  const dims = dim.map((d) => resolveDim(op, d, shape));
  if (new Set(dims).size !== dims.length)
    throw new ShapeError(`${op}: dims ${printShape(dims)} - each may be named once`);
  return shape.length === 0 ? [] : dims.toSorted((a, b) => a - b);
}

/** Without `dims`, or with 1 in their places. */
export function reducedShape(shape: Shape, dims: readonly number[], keepdim: boolean): number[] {
  const reduced: number[] = [];
  for (let i = 0; i < shape.length; i++) {
    if (!dims.includes(i)) reduced.push(sizeAt(shape, i));
    else if (keepdim) reduced.push(1);
  }
  return reduced;
}

/** The shape two shapes make together, aligned at the last dimension, 1 stretching to any size. */
export function broadcastShapes(
  op: string,
  a: Shape,
  b: Shape,
  refuse?: (m: number, n: number) => ShapeError,
): Shape {
  if (b.length === 0 || sameShape(a, b)) return a;
  if (a.length === 0) return b;
  const rank = Math.max(a.length, b.length);
  const shape = Array.from<number>({ length: rank });
  // From the last dimension on, where the shapes are aligned.
  for (let i = rank - 1; i >= 0; i--) {
    const m = a[a.length - rank + i] ?? 1;
    const n = b[b.length - rank + i] ?? 1;
    if (m !== n && m !== 1 && n !== 1)
      throw refuse?.(m, n) ?? shapeError(wording.broadcast, { op, a, b, m, n });
    shape[i] = m === 1 ? n : m;
  }
  return shape;
}

/** The same elements stretched to `shape` by zero strides. The caller has checked that it fits. */
export function broadcastView(view: View, shape: Shape): View {
  if (sameShape(view.shape, shape)) return view;
  const missing = shape.length - view.shape.length;
  const strides: number[] = [];
  for (let i = 0; i < shape.length; i++) {
    const isStretched = i < missing || view.shape[i - missing] === 1;
    strides.push(isStretched ? 0 : (view.strides[i - missing] ?? 0));
  }
  return { storage: view.storage, shape, strides, offset: view.offset };
}

/** A count or offset from a cell, where anything may arrive. @throws ShapeError unless whole, `least` or more. */
export function checkWhole(op: string, what: string, value: number, least = -Infinity): number {
  if (!Number.isInteger(value) || value < least) {
    const given = typeof value === "number" ? String(value) : kindOf(value);
    const wanted = least === -Infinity ? "a whole number" : `a whole number, ${least} or more`;
    throw new ShapeError(`${op}: ${what} ${given} - wanted ${wanted}`);
  }
  return value;
}

/** Fills in one -1 and checks the element count. */
export function resolveReshape(op: string, from: Shape, to: Shape): number[] {
  const fail = (wanted: string) =>
    new ShapeError(`${op}: ${printShape(from)} to ${printShape(to)} - ${wanted}`);
  if (!to.every((n) => Number.isInteger(n) && n >= -1))
    throw fail("sizes must be whole numbers, or one -1");
  const size = sizeOf(from);
  const unknown = to.filter((n) => n === -1).length;
  const known = sizeOf(to.filter((n) => n !== -1));
  if (unknown > 1) throw fail("only one size can be -1");
  if (unknown === 1) {
    if (known === 0 || size % known !== 0)
      throw fail(`${size} elements do not divide into rows of ${known}`);
    return to.map((n) => (n === -1 ? size / known : n));
  }
  if (known !== size) throw shapeError(wording.reshape, { op, a: from, b: to, m: size, n: known });
  return [...to];
}

/** Sizes for a new tensor: non-negative integers. */
export function checkSizes(op: string, shape: Shape): Shape {
  if (!Array.isArray(shape))
    throw new ShapeError(
      `${op}: ${typeof shape === "number" ? shape : kindOf(shape)} for the shape - wanted an array of sizes`,
      typeof shape === "number" ? `${op}([${shape}])` : undefined,
    );
  if (!shape.every((n) => Number.isInteger(n) && n >= 0))
    throw new ShapeError(
      `${op}: shape ${printShape(shape)} - sizes must be whole numbers, 0 or more`,
    );
  if (sizeOf(shape) >= 2 ** 31)
    throw new ShapeError(
      `${op}: shape ${printShape(shape)} has ${sizeOf(shape)} elements - there is room for less than 2³¹`,
    );
  return shape;
}

/**
 * Strides that lay `shape` over the elements of `view` without moving them, or null where that
 * needs a copy. Both have the same number of elements.
 */
export function viewStrides(view: View, shape: Shape): Shape | null {
  if (isContiguous(view)) return rowMajor(shape);
  // Neighbouring dimensions that run on are one block; a new size must divide the block it lies in.
  const blocks: { size: number; stride: number }[] = [];
  view.shape.forEach((size, dim) => {
    if (size === 1) return;
    const stride = view.strides[dim] ?? 0;
    const last = blocks[blocks.length - 1];
    if (last !== undefined && last.stride === stride * size) {
      last.size *= size;
      last.stride = stride;
    } else blocks.push({ size, stride });
  });
  const strides: number[] = shape.map(() => 1);
  let block = blocks.pop();
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    const size = sizeAt(shape, dim);
    if (size === 1) continue;
    if (block?.size === 1) block = blocks.pop();
    if (block === undefined || block.size % size !== 0) return null;
    strides[dim] = block.stride;
    block.stride *= size;
    block.size /= size;
  }
  return strides;
}
