/** Shapes of what is picked: a number drops a dimension, a range keeps some of it, null all. */
import type { Shape } from "../view.ts";
import type { Drop, IsPlain, Place } from "./dims.ts";
import type { IsKnown, Unknown } from "./unknown.ts";
import type { Said } from "./wording.ts";

/** The shape of `x.at(...indices)`; unknown where a tensor picks. */
export type Picked<S extends Shape, I extends readonly unknown[]> =
  IsKnown<S> extends true ? (number extends I["length"] ? Unknown : Rest<S, I>) : Unknown;

type Rest<
  S extends Shape,
  I extends readonly unknown[],
  Front extends number[] = [],
> = I extends readonly [infer Index, ...infer Others]
  ? S extends readonly [infer Size extends number, ...infer Sizes extends Shape]
    ? [unknown] extends [Index]
      ? Unknown
      : [Index] extends [number]
        ? Rest<Sizes, Others, Front>
        : [Index] extends [null | undefined]
          ? Rest<Sizes, Others, [...Front, Size]>
          : [Index] extends [readonly (number | null | undefined)[]]
            ? Rest<Sizes, Others, [...Front, number]>
            : Unknown
    : Unknown
  : [...Front, ...S];

/** What picks from one dimension whatever its value: no tensor, and no "...". */
type Plain = number | null | readonly (number | null | undefined)[];

/** Nothing to add, or the sentence that there are too many indices. */
export type Picks<Op extends string, S extends Shape, I extends readonly unknown[]> =
  IsKnown<S> extends true
    ? I extends readonly Plain[]
      ? I extends readonly [...{ [K in keyof S]: unknown }, unknown, ...unknown[]]
        ? number extends I["length"]
          ? unknown
          : Said<"indices", { op: Op; n: I["length"]; a: S; m: S["length"] }>
        : unknown
      : unknown
    : unknown;

/** The shape of `x.select(dim, index)`. */
export type Selected<S extends Shape, D> =
  IsPlain<S, D> extends true ? Drop<S, Place<S["length"], D>> : Unknown;
