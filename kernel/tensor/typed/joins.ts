/** Shapes of tensors put side by side. */
import type { Shape } from "../view.ts";
import type { Sum } from "./arithmetic.ts";
import type { ShapeOf } from "./broadcast.ts";
import type { Insert, IsPlain, Place, Put } from "./dims.ts";
import type { IsKnown, Unknown } from "./unknown.ts";
import type { Said } from "./wording.ts";

/** The shape of `cat(list, dim)`. */
export type Catted<T extends readonly unknown[], D> = T extends readonly [
  infer First,
  ...infer Rest,
]
  ? ShapeOf<First> extends readonly [0]
    ? Unknown
    : IsPlain<ShapeOf<First>, D> extends true
      ? Lengthened<ShapeOf<First>, Place<ShapeOf<First>["length"], D>, Rest>
      : Unknown
  : Unknown;

type Lengthened<S extends Shape, P, T extends readonly unknown[]> = T extends readonly [
  infer Next,
  ...infer Rest,
]
  ? IsKnown<ShapeOf<Next>> extends true
    ? ShapeOf<Next> extends readonly [0]
      ? Lengthened<S, P, Rest>
      : Lengthened<
          Put<S, P & number, Sum<S[P & keyof S] & number, ShapeOf<Next>[P & number]>>,
          P,
          Rest
        >
    : Unknown
  : T extends readonly []
    ? S
    : Put<S, P & number, number>;

/** Nothing to add, or the sentence that a size beside the joined ones differs. */
export type Cats<T extends readonly unknown[], D> = T extends readonly [infer First, ...infer Rest]
  ? ShapeOf<First> extends readonly [0]
    ? unknown
    : IsPlain<ShapeOf<First>, D> extends true
      ? Beside<ShapeOf<First>, Place<ShapeOf<First>["length"], D>, Rest>
      : unknown
  : unknown;

type Beside<S extends Shape, P, T extends readonly unknown[]> = T extends readonly [
  infer Next,
  ...infer Rest,
]
  ? IsKnown<ShapeOf<Next>> extends true
    ? ShapeOf<Next> extends readonly [0]
      ? Beside<S, P, Rest>
      : Differs<Put<S, P & number, 0>, Put<ShapeOf<Next>, P & number, 0>> extends true
        ? Said<"cat", { a: S; b: ShapeOf<Next>; dim: P & number }>
        : Beside<S, P, Rest>
    : Beside<S, P, Rest>
  : unknown;

/** Whether two shapes cannot be equal, whatever the unknown sizes are. */
export type Differs<A extends Shape, B extends Shape> = A extends readonly [
  infer M extends number,
  ...infer ARest extends Shape,
]
  ? B extends readonly [infer N extends number, ...infer BRest extends Shape]
    ? number extends M
      ? Differs<ARest, BRest>
      : number extends N
        ? Differs<ARest, BRest>
        : M extends N
          ? Differs<ARest, BRest>
          : true
    : true
  : B extends readonly []
    ? false
    : true;

/** The shape of `stack(list, dim)`. */
export type Stacked<T extends readonly unknown[], D> =
  IsPlain<[...ShapeOf<T[number]>, 1], D> extends true
    ? Insert<
        ShapeOf<T[number]>,
        Place<[...ShapeOf<T[number]>, 1]["length"], D> & number,
        T["length"]
      >
    : Unknown;

/** Nothing to add, or the sentence that two shapes differ. */
export type Stacks<T extends readonly unknown[]> = T extends readonly [infer First, ...infer Rest]
  ? IsKnown<ShapeOf<First>> extends true
    ? Same<ShapeOf<First>, Rest>
    : unknown
  : unknown;

type Same<S extends Shape, T extends readonly unknown[]> = T extends readonly [
  infer Next,
  ...infer Rest,
]
  ? IsKnown<ShapeOf<Next>> extends true
    ? Differs<S, ShapeOf<Next>> extends true
      ? Said<"stack", { a: S; b: ShapeOf<Next> }>
      : Same<S, Rest>
    : Same<S, Rest>
  : unknown;
