/** Shapes of what is written out: nested arrays, and counts. */
import type { Tensor } from "../tensor.ts";
import type { Shape } from "../view.ts";
import type { Unknown } from "./unknown.ts";

/**
 * The shape of numbers in nested arrays: a list of unknown length counts as `number`. Whatever may be
 * of several depths is unknown: the type of `x.toArray()` would otherwise be followed without end.
 */
export type Nesting<D, Around extends number[] = []> = [unknown] extends [D]
  ? Unknown
  : [D] extends [number | boolean]
    ? Around
    : [D] extends [readonly [infer First, ...unknown[]]]
      ? Nesting<First, [...Around, D["length"]]>
      : [D] extends [readonly (infer Row)[]]
        ? [D] extends [readonly []]
          ? [...Around, 0]
          : Nesting<Row, [...Around, number]>
        : [D] extends [Tensor<infer S extends Shape>]
          ? Around extends []
            ? S
            : Unknown
          : [D] extends [ArrayLike<number | bigint>]
            ? [...Around, number]
            : Unknown;

/** `N` if it is a whole number, else some number. */
export type Whole<N extends number> = `${N}` extends `${bigint}` ? N : number;

/** A shape as it was written out, without the `readonly` that literals bring. */
export type Sizes<S extends Shape> = [unknown] extends [S]
  ? Unknown
  : { -readonly [K in keyof S]: S[K] };
