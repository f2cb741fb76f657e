/** Methods that copy elements to other places: turned round, repeated, cut to a triangle. */
import { numbered, operand, wrap } from "../autograd/apply.ts";
import { composedBy } from "../autograd/history.ts";
import { backend } from "../backends/current.ts";
import { ShapeError } from "../errors.ts";
import { indexOf } from "../indexing/indices.ts";
import {
  checkSizes,
  checkWhole,
  fullView,
  printShape,
  resolveDim,
  resolveDims,
  sizeAt,
} from "../shape.ts";
import { cat } from "../creation/joining.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape } from "../view.ts";
import { Shapes, sizesOf } from "./shapes.ts";

type Dims = number | readonly number[];

export abstract class Arranging<S extends Shape> extends Shapes<S> {
  /** A copy with the order of these dimensions turned round: `x.flip(0)`, `x.flip([0, 1])`. */
  flip(...dims: readonly number[] | readonly [Shape]): Tensor<S> {
    if (dims.length === 0)
      throw new ShapeError("flip: no dim - wanted those to turn round, as in x.flip(0)");
    const turned = resolveDims("flip", sizesOf(dims), this.shape);
    const cuts = this.shape.map((size, dim) =>
      turned.includes(dim) ? { start: size - 1, step: -1, size } : { start: 0, step: 1, size },
    );
    return composedBy("flip", this.cut(cuts).clone());
  }

  /**
   * A copy with entries moved on by `shifts` along `dims`, from the end to the start; without
   * `dims`, all elements row by row.
   */
  roll(shifts: Dims, dims?: Dims): Tensor {
    const steps = (Array.isArray(shifts) ? shifts : [shifts]) as readonly number[];
    for (const step of steps) checkWhole("roll", "shift", step);
    if (dims === undefined) {
      if (steps.length !== 1)
        throw new ShapeError(`roll: ${steps.length} shifts without dims - wanted one`);
      return composedBy("roll", this.self.reshape([-1]).roll(steps, 0).reshape(this.shape));
    }
    const along = (Array.isArray(dims) ? dims : [dims]) as readonly number[];
    if (along.length !== steps.length)
      throw new ShapeError(
        `roll: ${steps.length} shifts and ${along.length} dims - wanted as many of each`,
      );
    const rolled = steps.reduce(
      (x: Tensor, step, i) => rollOnce(x, step, along[i] ?? Number.NaN),
      this.self,
    );
    return composedBy("roll", rolled.storage === this.storage ? rolled.clone() : rolled);
  }

  /** A copy laid `sizes` times along each dimension, new ones in front: `[2].repeat(3, 2) -> [3, 4]`. */
  repeat(...sizes: readonly number[] | readonly [Shape]): Tensor {
    const times = checkSizes("repeat", sizesOf(sizes));
    const extra = times.length - this.ndim;
    if (extra < 0)
      throw new ShapeError(
        `repeat: ${printShape(this.shape)} by ${printShape(times)} - wanted a number for each dimension`,
        "tile() takes fewer",
      );
    const own = [...times.slice(0, extra).map(() => 1), ...this.shape];
    const repeated = this.self
      .reshape(own.flatMap((n) => [1, n]))
      .expand(own.flatMap((n, i) => [times[i] ?? 1, n]))
      .reshape(own.map((n, i) => n * (times[i] ?? 1)));
    return composedBy("repeat", repeated.storage === this.storage ? repeated.clone() : repeated);
  }

  /** `repeat`, where dimensions that are not named, the first ones, are kept once. */
  tile(...sizes: readonly number[] | readonly [Shape]): Tensor {
    const times = checkSizes("tile", sizesOf(sizes));
    const missing = Math.max(0, this.ndim - times.length);
    return this.self.repeat([...Array.from({ length: missing }, () => 1), ...times]);
  }

  /**
   * Each entry of `dim` several times in a row: `[a, b].repeatInterleave(2)` is a, a, b, b. `repeats`
   * may hold a number for each entry. Without `dim`, of all elements.
   */
  repeatInterleave(repeats: number | Tensor | readonly number[], dim?: number): Tensor {
    const op = "repeatInterleave";
    if (dim === undefined) return this.self.reshape([-1]).repeatInterleave(repeats, 0);
    const at = resolveDim(op, dim, this.shape);
    const size = this.shape[at] ?? 1;
    const given = indexOf(op, typeof repeats === "number" ? [repeats] : repeats, "repeats");
    const times = given.numel() === 1 ? given.expand([size]) : given;
    if (times.ndim !== 1 || times.numel() !== size)
      throw new ShapeError(
        `${op}: ${printShape(given.shape)} repeats for dim ${at} of ${printShape(this.shape)} - ` +
          `wanted one number, or ${size}`,
      );
    const entries = Array.from(times.data).flatMap((count, entry) =>
      Array.from({ length: checkWhole(op, "repeats", count, 0) }, () => entry),
    );
    const from = this.ndim === 0 ? this.self.reshape([1]) : this.self;
    const index = numbered(Int32Array.from(entries), [entries.length]);
    return composedBy("indexSelect", from.entriesBy(op, at, index));
  }

  /**
   * `[n]` gives the matrix `[n, n]` with it on a diagonal, `offset` above the main one; a matrix
   * gives a copy of that diagonal.
   */
  diag(offset = 0): Tensor {
    checkWhole("diag", "offset", offset);
    if (this.ndim === 2) return composedBy("diag", this.self.diagonal(offset).clone());
    if (this.ndim !== 1)
      throw new ShapeError(`diag: ${printShape(this.shape)} - wanted one or two dimensions`);
    const size = sizeAt(this.shape, 0) + Math.abs(offset);
    return composedBy("diag", this.self.undiagonal({ offset, rows: 0, columns: 1 }, [size, size]));
  }

  /** The lower triangle of matrices, 0 above it: what lies up to `diagonal` above the main one. */
  tril(diagonal = 0): Tensor<S> {
    return this.triangleOf("tril", (row, column) => column - row <= diagonal, diagonal);
  }

  /** The upper triangle of matrices, 0 below it: what lies from `diagonal` above the main one on. */
  triu(diagonal = 0): Tensor<S> {
    return this.triangleOf("triu", (row, column) => column - row >= diagonal, diagonal);
  }

  private triangleOf(
    op: string,
    keeps: (row: number, column: number) => boolean,
    diagonal: number,
  ): Tensor {
    checkWhole(op, "diagonal", diagonal);
    if (this.ndim < 2)
      throw new ShapeError(`${op}: ${printShape(this.shape)} - wanted a matrix, 2-d or more`);
    const [n = 0, m = 0] = this.shape.slice(-2);
    const kept = new Uint8Array(n * m);
    for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) kept[i * m + j] = Number(keeps(i, j));
    const mask = wrap(fullView(backend().adopt(kept, "bool"), [n, m]));
    return composedBy(op, this.self.where(mask, operand(0, this.dtype)).to(this.dtype));
  }

  /** The sum of a matrix's main diagonal. */
  trace(): Tensor {
    if (this.ndim !== 2) throw new ShapeError(`trace: ${printShape(this.shape)} - wanted a matrix`);
    return composedBy("trace", this.self.diagonal().sum());
  }
}

function rollOnce(x: Tensor, step: number, dim: number): Tensor {
  const at = resolveDim("roll", dim, x.shape);
  const size = x.shape[at] ?? 0;
  const cut = size === 0 ? 0 : size - (((step % size) + size) % size);
  if (cut === 0 || cut === size) return x;
  return cat([x.narrow(at, cut, size - cut), x.narrow(at, 0, cut)], at);
}
