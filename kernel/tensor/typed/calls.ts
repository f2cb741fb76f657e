/** What calling a module takes and gives: by its `forward`, or by its rule where it has one. */
import type { Tensor } from "../tensor.ts";
import type { Attended, Attends, AttendsTo } from "./attention.ts";
import type { ShapeOf } from "./broadcast.ts";
import type { Behind, Ruled, TakesFrom } from "./layers.ts";
import type { Judged, Judgement, Judges } from "./losses.ts";
import type { Reads, Recurs, ReadFrom } from "./sequences.ts";
import type { Unknown } from "./unknown.ts";

/** The arguments of a module's `forward`; anything where only that it is a module is known. */
export type Arguments<M> = M extends { forward(...args: infer A): unknown } ? A : Unknown;

/** Nothing to add, or what a module with a rule says of what reaches it. */
export type Takes<M, A> =
  M extends Ruled<infer R>
    ? A extends readonly [infer First, ...infer Rest]
      ? R extends Judges<string, unknown>
        ? Judged<M, A>
        : R extends Recurs
          ? ReadFrom<M, ShapeOf<First>, Rest>
          : R extends Attends
            ? AttendsTo<M, A>
            : TakesFrom<ShapeOf<First>, M>
      : unknown
    : unknown;

/**
 * The result of `forward`, with the shape that the module's rule gives it; anything where only that
 * it is a module is known, as some give several tensors.
 */
export type Result<M, A> =
  M extends Ruled<infer R>
    ? A extends readonly [infer First, ...unknown[]]
      ? R extends Judges<string, unknown>
        ? Tensor<Judgement<M>>
        : R extends Recurs
          ? Reads<M, ShapeOf<First>>
          : R extends Attends
            ? Attended<M, A>
            : Tensor<Behind<ShapeOf<First>, M>>
      : Tensor
    : M extends { forward(...args: never[]): infer R }
      ? R
      : Unknown;
