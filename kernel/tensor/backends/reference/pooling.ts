/**
 * Pools over the planes of a dense `[planes, height, width]`. Index reads are in bounds: every
 * window is cut to the plane.
 */
import type { Backend, Span } from "../../backend.ts";
import type { TypedArray } from "../../dtype.ts";
import { sizeAt, sizeOf } from "../../shape.ts";
import type { Shape } from "../../view.ts";
import type { Window } from "../../windows.ts";
import { dense, fresh } from "./host.ts";

/** Writes the largest element under each place of the window, the first of equals, and its place in the plane. */
function maxPoolInto(
  x: TypedArray,
  size: Shape,
  window: Window,
  count: Shape,
  out: TypedArray,
  index: TypedArray,
): void {
  const [height, width] = [sizeAt(size, 0), sizeAt(size, 1)];
  const [top, left] = [sizeAt(window.before, 0), sizeAt(window.before, 1)];
  const [kernelHeight, kernelWidth] = [sizeAt(window.kernel, 0), sizeAt(window.kernel, 1)];
  const [down, right] = [sizeAt(window.stride, 0), sizeAt(window.stride, 1)];
  const [gapDown, gapRight] = [sizeAt(window.dilation, 0), sizeAt(window.dilation, 1)];
  const [rows, columns] = [sizeAt(count, 0), sizeAt(count, 1)];
  const planes = out.length / (rows * columns);
  let to = 0;
  for (let plane = 0; plane < planes; plane++) {
    const base = plane * height * width;
    for (let i = 0; i < rows; i++) {
      const startY = firstInside(i * down - top, gapDown);
      const endY = Math.min(i * down - top + kernelHeight * gapDown, height);
      for (let j = 0; j < columns; j++) {
        const startX = firstInside(j * right - left, gapRight);
        const endX = Math.min(j * right - left + kernelWidth * gapRight, width);
        let best = -Infinity;
        let place = startY * width + startX;
        for (let y = startY; y < endY; y += gapDown)
          for (let at = y * width + startX; at < y * width + endX; at += gapRight) {
            const value = x[base + at]!;
            // NaN is larger than all, as in PyTorch: the last one is kept.
            if (value > best || value !== value) {
              best = value;
              place = at;
            }
          }
        out[to] = best;
        index[to++] = place;
      }
    }
  }
}

/** The first of start, start + gap, ... that is not in front of the plane. */
function firstInside(start: number, gap: number): number {
  return start >= 0 ? start : start + Math.ceil(-start / gap) * gap;
}

/** Writes the sum over each rectangle of a row span and a column span, divided by both counts. */
function averageInto(
  x: TypedArray,
  size: Shape,
  rows: readonly Span[],
  columns: readonly Span[],
  out: TypedArray,
): void {
  const [height, width] = [sizeAt(size, 0), sizeAt(size, 1)];
  const planes = out.length / (rows.length * columns.length);
  let to = 0;
  for (let plane = 0; plane < planes; plane++)
    for (const row of rows)
      for (const column of columns) {
        let sum = 0;
        for (let y = row.start; y < row.end; y++) {
          const line = (plane * height + y) * width;
          for (let i = column.start; i < column.end; i++) sum += x[line + i]!;
        }
        out[to++] = sum / (row.count * column.count);
      }
}

/** The reverse: adds each `g`, divided by both counts, to every element of its rectangle in zeros. */
function spreadInto(
  g: TypedArray,
  size: Shape,
  rows: readonly Span[],
  columns: readonly Span[],
  out: TypedArray,
): void {
  const [height, width] = [sizeAt(size, 0), sizeAt(size, 1)];
  const planes = out.length / (height * width);
  let at = 0;
  for (let plane = 0; plane < planes; plane++)
    for (const row of rows)
      for (const column of columns) {
        const share = g[at++]! / (row.count * column.count);
        for (let y = row.start; y < row.end; y++) {
          const line = (plane * height + y) * width;
          for (let i = column.start; i < column.end; i++) out[line + i]! += share;
        }
      }
}

export const pools: Pick<Backend, "maxPool" | "maxSpread" | "averagePool" | "averageSpread"> = {
  maxPool(x, window, count) {
    const shape = [...x.shape.slice(0, -2), ...count];
    const largest = fresh(x.storage.dtype, shape);
    const index = fresh("i32", shape);
    maxPoolInto(dense(x), x.shape.slice(-2), window, count, largest.values, index.values);
    return { values: largest.view, index: index.view };
  },

  maxSpread(g, index, size) {
    const { view, values } = fresh(g.storage.dtype, [...g.shape.slice(0, -2), ...size]);
    const [slope, places] = [dense(g), dense(index)];
    const [count, plane] = [sizeOf(g.shape.slice(-2)), sizeOf(size)];
    for (let i = 0; i < sizeOf(g.shape); i++)
      values[Math.floor(i / count) * plane + places[i]!]! += slope[i]!;
    return view;
  },

  averagePool(x, rows, columns) {
    const shape = [...x.shape.slice(0, -2), rows.length, columns.length];
    const { view, values } = fresh(x.storage.dtype, shape);
    averageInto(dense(x), x.shape.slice(-2), rows, columns, values);
    return view;
  },

  averageSpread(g, rows, columns, size) {
    const { view, values } = fresh(g.storage.dtype, [...g.shape.slice(0, -2), ...size]);
    spreadInto(dense(g), size, rows, columns, values);
    return view;
  },
};
