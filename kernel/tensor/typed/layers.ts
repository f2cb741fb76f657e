/** What layers do to shapes: rules that `Sequential` reads to check a chain before it runs. */
import type { Shape } from "../view.ts";
import type { Flattened } from "./moves.ts";
import type { IsKnown, IsLiteral, Unknown } from "./unknown.ts";
import type { KernelOf, Resized, Slid } from "./windows.ts";
import type { Said } from "./wording.ts";

/** The key under which a layer's type carries its rule; there is no such field at run time. */
export declare const rule: unique symbol;

/** Carries a type and nothing else, so that layers of other sizes stay assignable to each other. */
// oxlint-disable-next-line typescript/no-empty-object-type
export interface Carrier<_Rule> {}

/** A layer that has a rule. */
export interface Ruled<R> {
  readonly [rule]: Carrier<R>;
}

/** Rules: the shape stays; the last size `In` becomes `Out`; `Size` is added; dims from 1 on join. */
export interface Keeps {
  readonly kind: "keeps";
}
export interface Maps<In extends number, Out extends number> {
  readonly maps: [In, Out];
}
export interface Adds<Size extends number> {
  readonly adds: Size;
}
export interface Flattens<From extends number, To extends number> {
  readonly flattens: [From, To];
}
/** The shape stays, and is checked: channels in dimension 1 of `Rank` or one less sizes behind the batch. */
export interface Normalizes<Rank extends 1 | 2, Channels extends number> extends Keeps {
  readonly normalizes: [Rank, Channels];
}
/** The shape stays, and ends with `Sizes`, a number or a list of them. */
export interface Centers<Sizes> extends Keeps {
  readonly centers: [Sizes];
}
/** Filters over the last `Rank` dimensions: `In` channels become `Out`. */
export interface Convolves<
  Rank extends 1 | 2,
  In extends number,
  Out extends number,
  Window,
  Groups extends number,
> {
  readonly convolves: [Rank, In, Out, Window, Groups];
}
/** The channels stay: windows over the last dimensions, or images of another size. */
export interface Pools {
  readonly pools: true;
}
export interface Windows<Rank extends 1 | 2, Window> extends Pools {
  readonly window: [Rank, Window];
}
export interface Resizes<Size> extends Pools {
  readonly size: [Size];
}
export interface Chains<L extends readonly unknown[]> {
  readonly chains: L;
}

/** `[..., in] -> [..., out]` */
export type Mapped<S extends Shape, Out extends number> =
  IsKnown<S> extends true
    ? S extends readonly [...infer Front extends Shape, number]
      ? [...Front, Out]
      : Unknown
    : Unknown;

/** Nothing to add, or the sentence that the last size is not the layer's. */
export type MapsFrom<S extends Shape, In extends number, Out extends number> =
  IsKnown<S> extends true
    ? S extends readonly [...Shape, infer Last extends number]
      ? number extends In
        ? unknown
        : number extends Last
          ? unknown
          : Last extends In
            ? unknown
            : Said<"linear", { a: S; b: [Out, In]; n: In }>
      : Said<"linear", { a: S; b: [Out, In]; n: In }>
    : unknown;

/** `F.linear` with a weight of shape `W`, `[out, in]`. */
export type MappedBy<S extends Shape, W extends Shape> =
  IsKnown<W> extends true
    ? W extends readonly [infer Out extends number, number]
      ? Mapped<S, Out>
      : Unknown
    : Unknown;

/** Nothing to add, or the sentence that the last size is not the weight's. */
export type MapsBy<S extends Shape, W extends Shape> =
  IsKnown<W> extends true
    ? W extends readonly [infer Out extends number, infer In extends number]
      ? MapsFrom<S, In, Out>
      : unknown
    : unknown;

/** Nothing to add, or the sentence that the input's channels are not the filters'. */
export type ConvolvesFrom<
  S extends Shape,
  Rank extends 1 | 2,
  Filter extends Shape,
  Groups extends number,
> = [Groups] extends [1]
  ? 1 extends Groups
    ? IsKnown<S> extends true
      ? IsKnown<Filter> extends true
        ? Channelled<`conv${Rank}d`, Batched<S, Rank>, Filter>
        : unknown
      : unknown
    : unknown
  : unknown;

/** One image stands for a batch of one. */
type Batched<S extends Shape, Rank extends 1 | 2> = Rank extends 1
  ? S extends readonly [number, number]
    ? [1, ...S]
    : S
  : S extends readonly [number, number, number]
    ? [1, ...S]
    : S;

type Channelled<Op extends string, S extends Shape, Filter extends Shape> = S extends readonly [
  number,
  infer M extends number,
  ...infer Sizes extends Shape,
]
  ? Filter extends readonly [number, infer N extends number, ...infer Kernel extends Shape]
    ? Sizes["length"] extends Kernel["length"]
      ? [IsLiteral<M>, IsLiteral<N>] extends [true, true]
        ? [M] extends [N]
          ? unknown
          : Said<"channels", { op: Op; a: S; b: Filter; m: M; n: N }>
        : unknown
      : unknown
    : unknown
  : unknown;

/** Nothing to add, or the sentence that the input has other dimensions or channels. */
type NormalizesFrom<S extends Shape, Rank extends 1 | 2, C extends number> =
  IsKnown<S> extends true
    ? IsLiteral<C> extends true
      ? Rank extends 1
        ? S extends
            | readonly [number, infer M extends number]
            | readonly [number, infer M extends number, number]
          ? Holds<"BatchNorm1d", S, M, C, `[n, ${C}] or [n, ${C}, length]`>
          : Said<
              "normalizes",
              { op: "BatchNorm1d"; a: S; wanted: `[n, ${C}] or [n, ${C}, length]` }
            >
        : S extends readonly [number, infer M extends number, number, number]
          ? Holds<"BatchNorm2d", S, M, C, `[n, ${C}, height, width]`>
          : Said<"normalizes", { op: "BatchNorm2d"; a: S; wanted: `[n, ${C}, height, width]` }>
      : unknown
    : unknown;

type Holds<
  Op extends string,
  S extends Shape,
  M extends number,
  C extends number,
  Wanted extends string,
> =
  IsLiteral<M> extends true
    ? [M] extends [C]
      ? unknown
      : Said<"normalizes", { op: Op; a: S; wanted: Wanted }>
    : unknown;

/** Nothing to add, or the sentence that the last sizes are others; a number is a list of one. */
export type CentersFrom<S extends Shape, Sizes> = [unknown] extends [Sizes]
  ? unknown
  : IsKnown<S> extends true
    ? [Sizes] extends [number]
      ? IsLiteral<Sizes> extends true
        ? EndsWith<S, S, [Sizes], [Sizes]>
        : unknown
      : [Sizes] extends [Shape]
        ? IsKnown<Sizes> extends true
          ? EndsWith<S, S, { -readonly [K in keyof Sizes]: Sizes[K] }>
          : unknown
        : unknown
    : unknown;

/** Compares the last sizes first. */
type EndsWith<
  S extends Shape,
  Left extends Shape,
  Sizes extends Shape,
  Wanted extends Shape = Sizes,
> = Wanted extends readonly [...infer WantedFront extends Shape, infer N extends number]
  ? Left extends readonly [...infer LeftFront extends Shape, infer M extends number]
    ? [IsLiteral<M>, IsLiteral<N>] extends [true, true]
      ? [M] extends [N]
        ? EndsWith<S, LeftFront, Sizes, WantedFront>
        : Said<"ends", { a: S; b: Sizes }>
      : EndsWith<S, LeftFront, Sizes, WantedFront>
    : Said<"ends", { a: S; b: Sizes }>
  : unknown;

/** With one more size at the end. */
export type Added<S extends Shape, Size extends number> =
  IsKnown<S> extends true ? [...S, Size] : Unknown;

/** The shape behind one layer; unknown where the layer's sizes are, as those of a subclass. */
export type Behind<S extends Shape, Layer> =
  Layer extends Ruled<infer R>
    ? R extends Keeps
      ? R extends Normalizes<1 | 2, infer Channels>
        ? IfNamed<Channels, S>
        : R extends Centers<infer Sizes>
          ? IfNamed<Sizes, S>
          : S
      : R extends Maps<number, infer Out>
        ? IfNamed<Out, Mapped<S, Out>>
        : R extends Adds<infer Size extends number>
          ? IfNamed<Size, Added<S, Size>>
          : R extends Flattens<infer From, infer To>
            ? Flattened<S, From, To>
            : R extends Convolves<infer Rank, number, infer Out, infer W, infer _Groups>
              ? IfNamed<Out, Slid<S, Rank, Out, W>>
              : R extends Windows<infer Rank, infer W>
                ? IfNamed<W, Slid<S, Rank, null, W>>
                : R extends Resizes<infer Size>
                  ? IfNamed<Size, Resized<S, Size>>
                  : R extends Chains<infer L>
                    ? Chained<S, L>
                    : Unknown
    : Unknown;

/** A subclass may do more in its `forward` than the layer whose rule it inherits without sizes. */
type IfNamed<Size, S extends Shape> = [unknown] extends [Size] ? Unknown : S;

/** The shape behind all layers. */
export type Chained<S extends Shape, L extends readonly unknown[]> = L extends readonly [
  infer First,
  ...infer Rest,
]
  ? Chained<Behind<S, First>, Rest>
  : L extends readonly []
    ? S
    : Unknown;

/** Nothing to add, or the first sentence that a layer says of what reaches it. */
export type ChainsFrom<S extends Shape, L extends readonly unknown[]> =
  IsKnown<S> extends true
    ? L extends readonly [infer First, ...infer Rest]
      ? unknown extends TakesFrom<S, First>
        ? ChainsFrom<Behind<S, First>, Rest>
        : TakesFrom<S, First>
      : unknown
    : unknown;

/** Nothing to add, or what a layer says of the shape that reaches it. */
export type TakesFrom<S extends Shape, Layer> =
  Layer extends Ruled<infer R>
    ? R extends Maps<infer In, infer Out>
      ? MapsFrom<S, In, Out>
      : R extends Convolves<infer Rank, infer In, infer Out, infer W, infer Groups>
        ? ConvolvesFrom<S, Rank, [Out, In, ...KernelOf<Rank, W>], Groups>
        : R extends Chains<infer L>
          ? ChainsFrom<S, L>
          : R extends Normalizes<infer Rank, infer Channels>
            ? NormalizesFrom<S, Rank, Channels>
            : R extends Centers<infer Sizes>
              ? CentersFrom<S, Sizes>
              : unknown
    : unknown;
