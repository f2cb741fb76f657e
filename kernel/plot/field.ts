/** Functions of two numbers, asked over a whole grid: in numbers one place at a time, or in tensors all at once. */
import { tensor } from "../tensor/creation/create.ts";
import { DTypeError, kindOf, ShapeError } from "../tensor/errors.ts";
import { noGrad } from "../tensor/autograd/tape.ts";
import { printShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { type Scalar, scalar } from "./columns.ts";
import type { Grid } from "./region.ts";

/**
 * A height for each place: `(x, y) => x ** 2 + y ** 2`, or of tensors `[n]`, which is faster:
 * `(x: Tensor, y: Tensor) => x.square().add(y.square())`. NaN leaves a gap.
 */
export type PlaneFunction = ((x: number, y: number) => Scalar) | ((x: Tensor, y: Tensor) => Tensor);

type OfNumbers = (x: number, y: number) => Scalar;
type OfTensors = (x: Tensor, y: Tensor) => unknown;

/** Values of the function at a grid's places, row by row; nothing is recorded. */
export function heightsOf(f: PlaneFunction, { xs, ys }: Grid, who: string): Float64Array {
  return noGrad(() => {
    const takes = formOf(f, xs[0] ?? 0, ys[0] ?? 0, who);
    if (takes === "tensors") {
      const column = ys.flatMap((y) => xs.map(() => y));
      const row = ys.flatMap(() => xs);
      return ofTensors(f as OfTensors, row, column, who);
    }
    const heights = new Float64Array(xs.length * ys.length);
    let at = 0;
    for (const y of ys) for (const x of xs) heights[at++] = valueOf(f as OfNumbers, x, y, who);
    return heights;
  });
}

/**
 * What a function takes, which its text does not say: one that cannot use numbers, and makes of two
 * tensors one of as many, takes tensors.
 * @throws what it threw for numbers, if tensors are no better.
 */
function formOf(f: PlaneFunction, x: number, y: number, who: string): "numbers" | "tensors" {
  try {
    valueOf(f as OfNumbers, x, y, who);
    return "numbers";
  } catch (error) {
    try {
      ofTensors(f as OfTensors, [x, x], [y, y], who);
    } catch {
      // Of two errors the first is the one to tell.
      throw error;
    }
    return "tensors";
  }
}

function valueOf(f: OfNumbers, x: number, y: number, who: string): number {
  return scalar(f(x, y), `${who}: the value of the function`);
}

/** @throws DTypeError, ShapeError when what comes out is not one number for each place. */
function ofTensors(
  f: OfTensors,
  xs: readonly number[],
  ys: readonly number[],
  who: string,
): Float64Array {
  const given = f(tensor(Float32Array.from(xs)), tensor(Float32Array.from(ys)));
  if (!(given instanceof Tensor))
    throw new DTypeError(
      `${who}: the function gives ${kindOf(given)} - wanted a number or a tensor`,
    );
  if (given.numel() !== xs.length)
    throw new ShapeError(
      `${who}: the function gives ${printShape(given.shape)} for tensors of [${xs.length}] - wanted one number a place`,
    );
  return Float64Array.from(given.innerData);
}
