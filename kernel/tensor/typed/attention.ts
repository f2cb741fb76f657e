/** Shapes of attention with several heads: what it gives, and what it asks of its three inputs. */
import type { Tensor } from "../tensor.ts";
import type { Shape } from "../view.ts";
import type { ShapeOf } from "./broadcast.ts";
import type { Differs } from "./joins.ts";
import type { Ruled } from "./layers.ts";
import type { AreKnown, IsKnown, IsLiteral, Unknown } from "./unknown.ts";
import type { Said } from "./wording.ts";

/** That a layer attends: its query goes on, mixed from the values. */
export interface Attends {
  readonly attends: true;
}

/** The rule of such a layer: sizes of queries, keys and values, and where the batch stands. */
export interface Heads<
  Size extends number,
  Count extends number,
  Keys extends number,
  Values extends number,
  BatchFirst,
> extends Attends {
  readonly heads: [Size, Count, Keys, Values, BatchFirst];
}

/** `[output [l, n, size], weights [n, l, s]]`; the weights are null when they are not wanted. */
export type Attended<M, A extends readonly unknown[]> = A extends readonly [
  infer Query,
  infer Key,
  unknown,
  ...infer Rest,
]
  ? M extends Ruled<Heads<infer Size, infer Count, number, number, infer BatchFirst>>
    ? [unknown] extends [Size]
      ? [output: Tensor, weights: Tensor | null]
      : [
          output: Tensor<Mixed<ShapeOf<Query>, Size>>,
          weights: Shown<Looks<ShapeOf<Query>, ShapeOf<Key>, BatchFirst>, Count, Rest>,
        ]
    : Unknown
  : [output: Tensor, weights: Tensor | null];

type Mixed<S extends Shape, Size extends number> =
  IsKnown<S> extends true
    ? S extends readonly [...infer Front extends Shape, number]
      ? [...Front, Size]
      : Unknown
    : Unknown;

/** How much each query looks at each key: `[n, l, s]`, also without the batch. */
type Looks<Q extends Shape, K extends Shape, BatchFirst> =
  AreKnown<Q, K> extends true
    ? Q extends readonly [infer A extends number, infer B extends number, number]
      ? K extends readonly [infer C extends number, infer D extends number, number]
        ? [BatchFirst] extends [false]
          ? [B, A, C]
          : [BatchFirst] extends [true]
            ? [A, B, D]
            : Unknown
        : Unknown
      : Q extends readonly [infer Queries extends number, number]
        ? K extends readonly [infer Keys extends number, number]
          ? [Queries, Keys]
          : Unknown
        : Unknown
    : Unknown;

/** The weights as the options of the call ask for them. */
type Shown<S extends Shape, Count extends number, Rest> = Rest extends readonly []
  ? Tensor<S>
  : Rest extends readonly [infer Options]
    ? Wish<Options, "needWeights"> extends true
      ? Wish<Options, "averageAttnWeights"> extends true
        ? Tensor<S>
        : Wish<Options, "averageAttnWeights"> extends false
          ? Tensor<Parted<S, Count>>
          : Tensor
      : Wish<Options, "needWeights"> extends false
        ? null
        : Tensor | null
    : Tensor | null;

/** What an option says: true unless given, null when that is not known. */
type Wish<Options, Name extends string> = [unknown] extends [Options]
  ? null
  : Name extends keyof Options
    ? [Options[Name]] extends [true]
      ? true
      : [Options[Name]] extends [false]
        ? false
        : null
    : true;

/** With the heads in front of the last two dimensions. */
type Parted<S extends Shape, Count extends number> =
  IsKnown<S> extends true
    ? S extends readonly [
        ...infer N extends Shape,
        infer Queries extends number,
        infer Keys extends number,
      ]
      ? [...N, Count, Queries, Keys]
      : Unknown
    : Unknown;

/** Nothing to add, or the first sentence about an input's size, or about lengths that differ. */
export type AttendsTo<M, A extends readonly unknown[]> = A extends readonly [
  infer Query,
  infer Key,
  infer Value,
  ...unknown[],
]
  ? M extends Ruled<Heads<infer Size, number, infer Keys, infer Values, infer BatchFirst>>
    ? unknown extends Ends<"query", ShapeOf<Query>, Size>
      ? unknown extends Ends<"key", ShapeOf<Key>, Keys>
        ? unknown extends Ends<"value", ShapeOf<Value>, Values>
          ? unknown extends Beside<ShapeOf<Key>, ShapeOf<Value>>
            ? Together<ShapeOf<Query>, ShapeOf<Key>, BatchFirst>
            : Beside<ShapeOf<Key>, ShapeOf<Value>>
          : Ends<"value", ShapeOf<Value>, Values>
        : Ends<"key", ShapeOf<Key>, Keys>
      : Ends<"query", ShapeOf<Query>, Size>
    : unknown
  : unknown;

type Ends<What extends string, S extends Shape, Size extends number> =
  IsLiteral<Size> extends true
    ? IsKnown<S> extends true
      ? S extends readonly [...([number] | [number, number]), infer Last extends number]
        ? Differs<[Last], [Size]> extends true
          ? Said<"attends", { what: What; a: S; n: Size }>
          : unknown
        : unknown
      : unknown
    : unknown;

/** A value for each key. */
type Beside<K extends Shape, V extends Shape> =
  AreKnown<K, V> extends true
    ? K extends readonly [...infer Keys extends Shape, number]
      ? V extends readonly [...infer Values extends Shape, number]
        ? Keys["length"] extends Values["length"]
          ? Differs<Keys, Values> extends true
            ? Said<"keys", { a: K; b: V }>
            : unknown
          : unknown
        : unknown
      : unknown
    : unknown;

/** As many examples of keys as of queries. */
type Together<Q extends Shape, K extends Shape, BatchFirst> =
  AreKnown<Q, K> extends true
    ? Q extends readonly [infer A extends number, infer B extends number, number]
      ? K extends readonly [infer C extends number, infer D extends number, number]
        ? [BatchFirst] extends [false]
          ? Batches<Q, K, B, D>
          : [BatchFirst] extends [true]
            ? Batches<Q, K, A, C>
            : unknown
        : unknown
      : unknown
    : unknown;

type Batches<Q extends Shape, K extends Shape, M extends number, N extends number> =
  Differs<[M], [N]> extends true ? Said<"batches", { a: Q; b: K; m: M; n: N }> : unknown;
