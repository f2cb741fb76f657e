/** How many places a window has over the last dimensions of images, and the shapes that follow. */
import type { Shape } from "../view.ts";
import type { Difference, Product, Quotient, Sum } from "./arithmetic.ts";
import type { IsKnown, IsLiteral, Unknown } from "./unknown.ts";

/** A window as it was written out: each one number for all dimensions, or a list. */
export interface Slide<Kernel, Stride = 1, Padding = 0, Dilation = 1> {
  readonly slide: [Kernel, Stride, Padding, Dilation];
}

/** A pool's window; unknown where a last one may stick out. */
export type Pooling<Kernel, Stride, Padding, Dilation, Ceil> = [Ceil] extends [false]
  ? Slide<Kernel, Stride, Padding, Dilation>
  : Slide<number>;

/** The entry of dimension `I`; `number` when it is not known. */
type At<Sizes, I extends number> = [unknown] extends [Sizes]
  ? number
  : [Sizes] extends [number]
    ? Sizes
    : [Sizes] extends [readonly number[]]
      ? I extends keyof Sizes
        ? Sizes[I] & number
        : number
      : number;

/** Whether a size is known and a whole number from 0 on, as digits can count. */
type IsWhole<N> =
  IsLiteral<N> extends true
    ? `${N & number}` extends `-${string}` | `${string}.${string}` | `${string}e${string}`
      ? false
      : true
    : false;

/** `(size + 2 padding - dilation (kernel - 1) - 1) / stride + 1`, rounded down. */
type Places<
  Size extends number,
  Kernel extends number,
  Stride extends number,
  Padding extends number,
  Dilation extends number,
> = [IsWhole<Size>, IsWhole<Kernel>, IsWhole<Stride>, IsWhole<Padding>, IsWhole<Dilation>] extends [
  true,
  true,
  true,
  true,
  true,
]
  ? Counted<Difference<Padded<Size, Padding>, Reach<Kernel, Dilation>>, Stride>
  : number;

type Padded<Size extends number, Padding extends number> = Padding extends 0
  ? Size
  : Sum<Size, Product<[2, Padding]>>;

type Reach<Kernel extends number, Dilation extends number> = Dilation extends 1
  ? Kernel
  : Sum<Product<[Difference<Kernel, 1>, Dilation]>, 1>;

type Counted<Room extends number, Stride extends number> = Stride extends 1
  ? Sum<Room, 1>
  : Sum<Quotient<Room, Stride>, 1>;

type PlacesAt<Size extends number, I extends number, W> =
  W extends Slide<infer Kernel, infer Stride, infer Padding, infer Dilation>
    ? [Padding] extends ["same"]
      ? Size
      : Places<
          Size,
          At<Kernel, I>,
          At<Stride, I>,
          [Padding] extends ["valid"] ? 0 : At<Padding, I>,
          At<Dilation, I>
        >
    : number;

/** The sizes of a filter's or a window's kernel, one for each of `Rank` dimensions. */
export type KernelOf<Rank extends 1 | 2, W> =
  W extends Slide<infer Kernel, unknown, unknown, unknown>
    ? Rank extends 1
      ? [At<Kernel, 0>]
      : [At<Kernel, 0>, At<Kernel, 1>]
    : Rank extends 1
      ? [number]
      : [number, number];

/** With or without a batch in front. */
type Batch = readonly [] | readonly [number];

/** `[n, c, w] -> [n, channels, places]`, or with planes; `Channels` null keeps theirs. */
export type Slid<S extends Shape, Rank extends 1 | 2, Channels extends number | null, W> =
  IsKnown<S> extends true
    ? Rank extends 1
      ? S extends readonly [
          ...infer N extends Batch,
          infer C extends number,
          infer Width extends number,
        ]
        ? [...N, Channels extends number ? Channels : C, PlacesAt<Width, 0, W>]
        : Unknown
      : S extends readonly [
            ...infer N extends Batch,
            infer C extends number,
            infer Height extends number,
            infer Width extends number,
          ]
        ? [
            ...N,
            Channels extends number ? Channels : C,
            PlacesAt<Height, 0, W>,
            PlacesAt<Width, 1, W>,
          ]
        : Unknown
    : Unknown;

/** A convolution by a filter of shape `F`, `[filters, channels, ...kernel]`. */
export type Filtered<
  S extends Shape,
  Rank extends 1 | 2,
  F extends Shape,
  Stride,
  Padding,
  Dilation,
> =
  IsKnown<F> extends true
    ? F extends readonly [infer Out extends number, number, ...infer Kernel extends Shape]
      ? Slid<S, Rank, Out, Slide<Kernel, Stride, Padding, Dilation>>
      : Unknown
    : Unknown;

/** `[n, c, h, w] -> [n, c, ...size]`; a size of null stays. */
export type Resized<S extends Shape, Size> =
  IsKnown<S> extends true
    ? S extends readonly [
        ...infer N extends Batch,
        infer C extends number,
        infer Height extends number,
        infer Width extends number,
      ]
      ? [...N, C, SizeAt<Size, 0, Height>, SizeAt<Size, 1, Width>]
      : Unknown
    : Unknown;

type SizeAt<Size, I extends number, Own extends number> = [unknown] extends [Size]
  ? number
  : [Size] extends [readonly unknown[]]
    ? I extends keyof Size
      ? SizeAt<Size[I], I, Own>
      : number
    : [Size] extends [null]
      ? Own
      : IsWhole<Size> extends true
        ? Size & number
        : number;
