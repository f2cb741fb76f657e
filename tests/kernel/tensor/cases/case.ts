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
}

export function one(
  shape: readonly number[],
  run: (x: Tensor) => Tensor,
  whole: (x: Numbers) => Nested,
): OpCase {
  return { shapes: [shape], run, whole };
}
