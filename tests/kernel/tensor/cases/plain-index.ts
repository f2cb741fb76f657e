/** Indexing the plainest way: which element of the input each element of the result is. */
import { Generator, type Index, type Shape, tensor } from "../../../../kernel/tensor/index.ts";

/** Numbers in nested arrays' order, with a shape: an index tensor or mask as the tests see it. */
interface Block {
  readonly shape: Shape;
  readonly values: readonly number[];
}

export type PlainIndex =
  | number
  | null
  | "..."
  | readonly [number | null, number | null, number]
  | {
      readonly kind: "numbers" | "mask";
      readonly block: Block;
    };

export const sizeOf = (shape: Shape): number => shape.reduce((a, b) => a * b, 1);

/** All coordinates of a shape, row by row. */
export function coordinates(shape: Shape): number[][] {
  return shape.reduce<number[][]>(
    (found, size) => found.flatMap((head) => Array.from({ length: size }, (_, i) => [...head, i])),
    [[]],
  );
}

export const flatten = (shape: Shape, coordinate: readonly number[]): number =>
  coordinate.reduce((at, i, dim) => at * (shape[dim] ?? 1) + i, 0);

/** What `at` is called with. */
export function toIndex(index: PlainIndex): Index {
  if (typeof index !== "object" || index === null || !("kind" in index)) return index as Index;
  const { kind, block } = index;
  return tensor([...block.values], { dtype: kind === "mask" ? "bool" : "i32" }).reshape([
    ...block.shape,
  ]);
}

type Axis =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "list"; readonly entries: readonly number[] }
  | { readonly kind: "block"; readonly block: Block };

const fromEnd = (value: number, size: number): number => (value < 0 ? value + size : value);

function axesOf(shape: Shape, indices: readonly PlainIndex[]): Axis[] {
  const used = indices.reduce<number>((sum, index) => {
    if (index === "...") return sum;
    const isMask =
      typeof index === "object" && index !== null && "kind" in index && index.kind === "mask";
    return sum + (isMask ? index.block.shape.length : 1);
  }, 0);
  const fill = Array.from({ length: shape.length - used }, () => null);
  const gap = indices.indexOf("...");
  const all =
    gap < 0
      ? [...indices, ...fill]
      : [...indices.slice(0, gap), ...fill, ...indices.slice(gap + 1)];
  const axes: Axis[] = [];
  for (const index of all) {
    const size = shape[axes.length] ?? 0;
    const every = Array.from({ length: size }, (_, i) => i);
    if (index === null || index === "...") axes.push({ kind: "list", entries: every });
    else if (typeof index === "number") axes.push({ kind: "number", value: fromEnd(index, size) });
    else if ("kind" in index && index.kind === "numbers") {
      const values = index.block.values.map((value) => fromEnd(value, size));
      axes.push({ kind: "block", block: { shape: index.block.shape, values } });
    } else if ("kind" in index) {
      const hits = coordinates(index.block.shape).filter((_, i) => index.block.values[i] !== 0);
      for (const dim of index.block.shape.keys())
        axes.push({
          kind: "block",
          block: { shape: [hits.length], values: hits.map((hit) => hit[dim] ?? 0) },
        });
    } else {
      const [start, stop, step] = index;
      const order = step > 0 ? every : every.toReversed();
      const from = start === null ? (step > 0 ? 0 : size - 1) : fromEnd(start, size);
      const to = stop === null ? (step > 0 ? size : -1) : fromEnd(stop, size);
      const kept = order.filter((i) => (step > 0 ? i >= from && i < to : i <= from && i > to));
      axes.push({ kind: "list", entries: kept.filter((_, i) => i % Math.abs(step) === 0) });
    }
  }
  return axes;
}

function together(shapes: readonly Shape[]): number[] {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, i) => {
    const sizes = shapes.map((shape) => shape[i - rank + shape.length] ?? 1);
    return sizes.find((size) => size !== 1) ?? 1;
  });
}

/** The result's shape, and for each of its elements the flat place in the input. */
export function plainAt(
  shape: Shape,
  indices: readonly PlainIndex[],
): { readonly shape: number[]; readonly from: number[] } {
  const axes = axesOf(shape, indices);
  const blocks = axes.flatMap((axis) => (axis.kind === "block" ? [axis.block] : []));
  const common = together(blocks.map((block) => block.shape));
  // Where the blocks' dimensions go, among those that numbers did not pick from.
  const kept = axes.filter((axis) => axis.kind !== "number");
  const first = kept.findIndex((axis) => axis.kind === "block");
  const last = kept.findLastIndex((axis) => axis.kind === "block");
  const apart = kept.slice(first, last + 1).some((axis) => axis.kind === "list");
  const place = blocks.length === 0 ? 0 : apart ? 0 : first;
  const lists = axes.flatMap((axis) => (axis.kind === "list" ? [axis.entries] : []));
  const sizes = lists.map((entries) => entries.length);
  const result =
    blocks.length === 0 ? sizes : [...sizes.slice(0, place), ...common, ...sizes.slice(place)];
  const from = coordinates(result).map((coordinate) => {
    const shared = coordinate.slice(place, place + common.length);
    const own =
      blocks.length === 0
        ? coordinate
        : [...coordinate.slice(0, place), ...coordinate.slice(place + common.length)];
    let list = 0;
    const input = axes.map((axis) => {
      if (axis.kind === "number") return axis.value;
      if (axis.kind === "list") return axis.entries[own[list++] ?? 0] ?? 0;
      const { block } = axis;
      const inner = shared
        .slice(common.length - block.shape.length)
        .map((i, dim) => (block.shape[dim] === 1 ? 0 : i));
      return block.values[flatten(block.shape, inner)] ?? 0;
    });
    return flatten(shape, input);
  });
  return { shape: result, from };
}

/** A random shape, and random indices that fit it. */
export function drawIndices(seed: number): { shape: number[]; indices: PlainIndex[] } {
  const generator = new Generator(seed);
  const draw = (below: number): number => generator.below(below);
  const shape = Array.from({ length: 1 + draw(4) }, () => 1 + draw(4));
  const count = 1 + draw(3);
  const rank = draw(3);
  const common = Array.from({ length: rank }, () => 1 + draw(3));
  const indices: PlainIndex[] = [];
  let hasMask = false;
  for (let dim = 0; dim < shape.length && indices.length < count; dim++) {
    const size = shape[dim] ?? 1;
    const signed = (): number => draw(2 * size) - size;
    const kind = draw(6);
    if (kind === 0) indices.push(null);
    else if (kind === 1) indices.push(signed());
    else if (kind === 2) {
      const step = [1, 2, -1, -2][draw(4)] ?? 1;
      indices.push([draw(2) === 0 ? null : signed(), draw(2) === 0 ? null : signed(), step]);
    } else if (
      kind === 3 &&
      !hasMask &&
      !indices.some((each) => typeof each === "object" && each !== null && "kind" in each)
    ) {
      const covered = shape.slice(dim, dim + 1 + draw(2));
      const values = Array.from({ length: sizeOf(covered) }, () => draw(2));
      indices.push({ kind: "mask", block: { shape: covered, values } });
      hasMask = true;
      dim += covered.length - 1;
    } else if (!hasMask && rank > 0) {
      const own = common.slice(draw(rank)).map((n) => (draw(3) === 0 ? 1 : n));
      const values = Array.from({ length: sizeOf(own) }, signed);
      indices.push({ kind: "numbers", block: { shape: own, values } });
    } else indices.push(null);
  }
  const covered = indices.reduce<number>(
    (sum, index) =>
      sum +
      (typeof index === "object" && index !== null && "kind" in index && index.kind === "mask"
        ? index.block.shape.length
        : 1),
    0,
  );
  // "..." only where it stands for the dimensions that are left at the end.
  if (covered <= shape.length && draw(4) === 0) indices.push("...");
  return { shape, indices };
}
