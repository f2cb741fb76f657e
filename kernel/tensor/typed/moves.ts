/** Shapes of results that move no values: transposed, reshaped, with dimensions more or fewer. */
import type { Shape } from "../view.ts";
import type { Product } from "./arithmetic.ts";
import type { Drop, HasDim, Insert, IsPlain, Place } from "./dims.ts";
import type { IsLiteral, IsKnown, Unknown } from "./unknown.ts";
import type { Mistake, Said } from "./wording.ts";

/** Last dimension first. */
export type Reversed<S extends Shape> =
  IsKnown<S> extends true
    ? S extends readonly [infer First extends number, ...infer Rest extends Shape]
      ? [...Reversed<Rest>, First]
      : []
    : Unknown;

/** Two dimensions exchanged. */
export type Swapped<S extends Shape, A, B> =
  IsPlain<S, A> extends true
    ? IsPlain<S, B> extends true
      ? Exchanged<S, Place<S["length"], A> & keyof S, Place<S["length"], B> & keyof S>
      : Unknown
    : Unknown;

type Exchanged<S extends Shape, P extends keyof S, Q extends keyof S> = {
  -readonly [K in keyof S]: K extends `${P & number}`
    ? S[Q]
    : K extends `${Q & number}`
      ? S[P]
      : S[K];
};

/** The one list that `f(2, 3)` and `f([2, 3])` both mean. */
type List<L> = L extends readonly [infer Only extends readonly unknown[]] ? Only : L;

/** Dimension i is the old dimension `Order[i]`. */
export type Permuted<S extends Shape, Order> =
  IsKnown<S> extends true ? Taken<S, List<Order>> : Unknown;

type Taken<S extends Shape, Order> = Order extends readonly unknown[]
  ? number extends Order["length"]
    ? Unknown
    : {
        -readonly [K in keyof Order]: IsPlain<S, Order[K]> extends true
          ? S[Place<S["length"], Order[K]> & keyof S] & number
          : number;
      }
  : Unknown;

/** Nothing to add, or the sentence that a dim is not there, or not each named once. */
export type Permutes<S extends Shape, Order> =
  IsKnown<S> extends true
    ? S["length"] extends 0
      ? unknown
      : List<Order> extends infer L extends readonly unknown[]
        ? Orders<S, L, L>
        : unknown
    : unknown;

/** `Left` are the dims still to be looked at, `Seen` the places of those before. */
type Orders<
  S extends Shape,
  Order extends readonly unknown[],
  Left,
  Seen extends number = never,
> = Left extends readonly [infer D extends number, ...infer Rest]
  ? IsPlain<S, D> extends true
    ? [Place<S["length"], D>] extends [never]
      ? HasDim<"permute", S, D> extends Mistake<infer Sentence>
        ? Sentence
        : unknown
      : Orders<S, Order, Rest, Seen | Place<S["length"], D>>
    : unknown
  : Left extends readonly []
    ? Order["length"] extends S["length"]
      ? IndicesOf<S> extends `${Seen}`
        ? unknown
        : Said<"order", { a: Extract<Order, Shape>; b: S }>
      : Said<"order", { a: Extract<Order, Shape>; b: S }>
    : unknown;

type IndicesOf<S extends Shape> = Extract<keyof S, `${number}`>;

/** The sizes asked for; -1 is worked out where it stands alone. */
export type Reshaped<S extends Shape, Sizes> = Sized<S, List<Sizes>>;

type Sized<S extends Shape, Sizes> = [unknown] extends [Sizes]
  ? Unknown
  : Sizes extends Shape
    ? number extends Sizes["length"]
      ? Unknown
      : Sizes extends readonly [-1]
        ? [IsKnown<S> extends true ? Product<S> : number]
        : { -readonly [K in keyof Sizes]: Sizes[K] extends -1 ? number : Sizes[K] }
    : Unknown;

/** The sizes asked for; -1 keeps a size. */
export type Expanded<S extends Shape, Sizes> =
  List<Sizes> extends infer L
    ? [unknown] extends [L]
      ? Unknown
      : L extends Shape
        ? number extends L["length"]
          ? Unknown
          : Stretches<S, L> extends infer R extends Shape
            ? R
            : Unknown
        : Unknown
    : never;

/** The shape `S` has in the last places of `Sizes`, or null where it does not fit there. */
type Stretches<
  S extends Shape,
  Sizes extends Shape,
  Behind extends number[] = [],
> = Sizes extends readonly [...infer Front extends Shape, infer N extends number]
  ? IsKnown<S> extends true
    ? S extends readonly [...infer SFront extends Shape, infer M extends number]
      ? Stretched<M, N> extends infer K extends number
        ? Stretches<SFront, Front, [K, ...Behind]>
        : null
      : N extends -1
        ? null
        : Stretches<[], Front, [N, ...Behind]>
    : Stretches<S, Front, [N extends -1 ? number : N, ...Behind]>
  : IsKnown<S> extends true
    ? S extends readonly []
      ? Behind
      : null
    : Behind;

/** Size `M` asked to be `N`; null when only 1 could. */
type Stretched<M extends number, N extends number> =
  IsLiteral<N> extends true
    ? N extends -1
      ? M
      : IsLiteral<M> extends true
        ? M extends 1 | N
          ? N
          : null
        : N
    : number;

/** Nothing to add, or the sentence that a size that is not 1 would have to change. */
export type Expands<Op extends string, S extends Shape, Sizes> =
  IsKnown<S> extends true
    ? List<Sizes> extends infer L extends Shape
      ? number extends L["length"]
        ? unknown
        : [Stretches<S, L>] extends [null]
          ? Said<"expand", { op: Op; a: S; b: { -readonly [K in keyof L]: L[K] } }>
          : unknown
      : unknown
    : unknown;

/** The sizes themselves, or the sentence that they hold another number of elements. */
export type Reshapes<Op extends string, S extends Shape, Sizes> =
  IsKnown<S> extends true ? Filling<Op, S, List<Sizes>> : unknown;

type Filling<Op extends string, S extends Shape, Sizes> = Sizes extends Shape
  ? -1 extends Sizes[number]
    ? unknown
    : Filled<Op, S, Sizes, Product<S>, Product<Sizes>>
  : unknown;

type Filled<
  Op extends string,
  S extends Shape,
  Sizes extends Shape,
  M extends number,
  N extends number,
> = number extends M
  ? unknown
  : number extends N
    ? unknown
    : [M] extends [N]
      ? unknown
      : Said<"reshape", { op: Op; a: S; b: Sizes; m: M; n: N }>;

/** Dimensions `From` to `To` in one. */
export type Flattened<S extends Shape, From, To> =
  IsPlain<S, From> extends true
    ? IsPlain<S, To> extends true
      ? Joined<S, Place<S["length"], From>, Place<S["length"], To>>
      : Unknown
    : Unknown;

type Joined<
  S extends Shape,
  From,
  To,
  Front extends number[] = [],
  Block extends number[] = [],
> = S extends readonly [infer First extends number, ...infer Rest extends Shape]
  ? Block extends []
    ? Front["length"] extends From
      ? From extends To
        ? [...Front, First, ...Rest]
        : Joined<Rest, From, To, Front, [First]>
      : Joined<Rest, From, To, [...Front, First]>
    : [...Front, ...Block]["length"] extends To
      ? [...Front, Product<[...Block, First]>, ...Rest]
      : Joined<Rest, From, To, Front, [...Block, First]>
  : Front extends []
    ? [1]
    : Unknown;

/** Without dimension `D` if its size is 1; without `D`, without all of size 1. */
export type Squeezed<S extends Shape, D> =
  IsKnown<S> extends true
    ? [D] extends [undefined]
      ? WithoutOnes<S>
      : IsPlain<S, D> extends true
        ? SqueezedAt<S, Place<S["length"], D>>
        : Unknown
    : Unknown;

type SqueezedAt<S extends Shape, P> =
  IsLiteral<S[P & keyof S]> extends true ? (S[P & keyof S] extends 1 ? Drop<S, P> : S) : Unknown;

type WithoutOnes<S extends Shape> = number extends S[number]
  ? Unknown
  : S extends readonly [infer First extends number, ...infer Rest extends Shape]
    ? First extends 1
      ? WithoutOnes<Rest>
      : [First, ...WithoutOnes<Rest>]
    : [];

/** With a new dimension of size 1 at `D`. */
export type Unsqueezed<S extends Shape, D> =
  IsPlain<[...S, 1], D> extends true
    ? [Place<[...S, 1]["length"], D>] extends [never]
      ? Unknown
      : Insert<S, Place<[...S, 1]["length"], D> & number, 1>
    : Unknown;
