/** What losses ask of their two tensors, and the shape of their result. */
import type { Shape } from "../view.ts";
import type { ShapeOf } from "./broadcast.ts";
import type { Differs } from "./joins.ts";
import type { Ruled } from "./layers.ts";
import type { AreKnown, Unknown } from "./unknown.ts";
import type { Said } from "./wording.ts";

/** One number, unless the losses of the rows were asked for one by one. */
export type Lost<Reduction> = [Reduction] extends ["mean" | "sum" | "batchmean"] ? [] : Unknown;

/** Nothing to add, or the sentence that prediction and target differ in shape. */
export type Pairs<Op extends string, A extends Shape, B extends Shape> =
  AreKnown<A, B> extends true
    ? B extends readonly []
      ? unknown
      : Differs<A, B> extends true
        ? Said<"paired", { op: Op; a: A; b: B }>
        : unknown
    : unknown;

/** Nothing to add, or the sentence that there is not one label for a row of logits. */
export type Labels<Op extends string, What extends string, A extends Shape, B extends Shape> =
  AreKnown<A, B> extends true
    ? A extends readonly [infer Rows extends number, number]
      ? B extends readonly [infer N extends number]
        ? Differs<[Rows], [N]> extends true
          ? Said<"labels", { op: Op; what: What; a: A; b: B }>
          : unknown
        : unknown
      : unknown
    : unknown;

/** The rule of a loss that is a module: the function it stands for, and how the losses become one. */
export interface Judges<Op extends string, Reduction> {
  readonly judges: [Op, Reduction];
}
/** A loss of classes: what it calls its first tensor. */
export interface Classifies<Op extends string, What extends string, Reduction> extends Judges<
  Op,
  Reduction
> {
  readonly classifies: What;
}

/** Nothing to add, or what a loss says of its arguments; of a subclass nothing is known. */
export type Judged<M, A extends readonly unknown[]> = A extends readonly [
  infer First,
  infer Second,
  ...unknown[],
]
  ? M extends Ruled<infer R>
    ? R extends Judges<infer Op, infer Reduction>
      ? [unknown] extends [Reduction]
        ? unknown
        : R extends Classifies<Op, infer What, unknown>
          ? Labels<Op, What, ShapeOf<First>, ShapeOf<Second>>
          : Pairs<Op, ShapeOf<First>, ShapeOf<Second>>
      : unknown
    : unknown
  : unknown;

/** What a loss gives. */
export type Judgement<M> =
  M extends Ruled<Judges<string, infer Reduction>> ? Lost<Reduction> : Unknown;
