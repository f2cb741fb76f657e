/** What a case is, and short ways to write one. */
import type { Nested, Tensor } from "../../../../kernel/tensor/index.ts";

export type Numbers = number | readonly Numbers[];

export interface OpCase {
  /** Shapes of the float inputs, drawn from `domain`. */
  readonly shapes: readonly (readonly number[])[];
  readonly run: (...inputs: Tensor[]) => Tensor;
  /** Elementwise ops: the result of one element, inputs broadcast. */
  readonly scalar?: (...values: number[]) => number;
  /** Other ops: the whole result from nested arrays. */
  readonly whole?: (...values: Numbers[]) => Nested;
}

export interface OpCases {
  /** Where inputs are drawn from: away from kinks and poles. */
  readonly domain?: readonly [low: number, high: number];
  readonly cases: readonly OpCase[];
  /** The result is bool or i32 and has no slope. */
  readonly discrete?: boolean;
  /** The slope is 0 everywhere, and has no slope of its own. */
  readonly flat?: boolean;
}

export function one(
  shape: readonly number[],
  run: (x: Tensor) => Tensor,
  whole: (x: Numbers) => Nested,
): OpCase {
  return { shapes: [shape], run, whole };
}

/** Of 21 elements too: fewer than 17 of f32 are computed without kernels. */
const unaryShapes = [[2, 3], [3, 7], [], [0, 2]] as const;
const binaryShapes = [
  [
    [3, 7],
    [3, 7],
  ],
  [
    [2, 3],
    [2, 3],
  ],
  [[2, 3], [3]],
  [
    [3, 1],
    [1, 4],
  ],
  [[], [2]],
  [
    [0, 3],
    [1, 3],
  ],
] as const;

export function unary(
  run: (x: Tensor) => Tensor,
  scalar: (x: number) => number,
  domain?: readonly [number, number],
): OpCases {
  return {
    ...(domain && { domain }),
    cases: unaryShapes.map((shape) => ({ shapes: [shape], run: (x: Tensor) => run(x), scalar })),
  };
}

export function binary(
  run: (a: Tensor, b: Tensor) => Tensor,
  scalar: (a: number, b: number) => number,
  domain?: readonly [number, number],
): OpCases {
  return {
    ...(domain && { domain }),
    cases: binaryShapes.map((shapes) => ({
      shapes,
      run: (a: Tensor, b: Tensor) => run(a, b),
      scalar,
    })),
  };
}

export const discrete = (cases: OpCases): OpCases => ({ ...cases, discrete: true });

export const away = [0.3, 2.5] as const;

export const flat = (cases: OpCases): OpCases => ({ ...cases, flat: true });
