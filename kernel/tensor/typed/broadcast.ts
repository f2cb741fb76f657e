/** The shape two shapes make together, aligned at the last dimension, 1 stretching to any size. */
import type { Tensor } from "../tensor.ts";
import type { Shape } from "../view.ts";
import type { AreKnown, Unknown } from "./unknown.ts";
import type { Said } from "./wording.ts";

/** Two sizes that do not go together, in place of a shape. */
export interface Clash<M extends number, N extends number> {
  readonly sizes: [M, N];
}

/** Whether two sizes may be equal, or one of them 1. */
type MayFit<M extends number, N extends number> = number extends M
  ? true
  : number extends N
    ? true
    : M extends 1 | N
      ? true
      : N extends 1
        ? true
        : false;

type Stretched<M extends number, N extends number> = number extends M
  ? N extends 1
    ? number
    : N
  : M extends 1
    ? N
    : M;

/** As `broadcastShapes`, and in its order: the last dimension first. */
export type Aligned<
  A extends Shape,
  B extends Shape,
  Behind extends number[] = [],
> = A extends readonly [...infer AFront extends Shape, infer M extends number]
  ? B extends readonly [...infer BFront extends Shape, infer N extends number]
    ? true extends MayFit<M, N>
      ? Aligned<AFront, BFront, [Stretched<M, N>, ...Behind]>
      : Clash<M, N>
    : [...A, ...Behind]
  : [...B, ...Behind];

/** A shape, a clash, or `any`. */
type Together<A extends Shape, B extends Shape> =
  AreKnown<A, B> extends true ? ([A, B] extends [B, A] ? A : Aligned<A, B>) : Unknown;

/** The shape of `a + b`; unknown after a mistake, so that one mistake is one squiggle. */
export type Broadcast<A extends Shape, B extends Shape> =
  Together<A, B> extends infer R extends Shape ? R : Unknown;

/** Nothing to add, or the sentence that the two cannot be broadcast. */
export type Broadcasts<Op extends string, A extends Shape, B extends Shape> =
  AreKnown<A, B> extends true ? Clashes<Op, A, B, Together<A, B>> : unknown;

type Clashes<Op extends string, A extends Shape, B extends Shape, R> =
  R extends Clash<infer M, infer N>
    ? Said<"broadcast", { op: Op; a: A; b: B; m: M; n: N }>
    : unknown;

/** Shape of an operand: a number counts as 0-d. */
export type ShapeOf<O> = [unknown] extends [O]
  ? Unknown
  : [O] extends [number]
    ? [O] extends [never]
      ? Unknown
      : []
    : [O] extends [Tensor<infer B extends Shape>]
      ? B
      : Unknown;

/** Nothing to add, or the sentence that operand `O` and a tensor of shape `A` cannot be broadcast. */
export type Fits<Op extends string, A extends Shape, O> = Broadcasts<Op, A, ShapeOf<O>>;

/** The shape of an operation on a tensor of shape `A` and operand `O`. */
export type With<A extends Shape, O> = Broadcast<A, ShapeOf<O>>;
