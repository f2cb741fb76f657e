/** Dimensions by number, from the front or the back: where they are, and shapes without or with them. */
import type { Shape } from "../view.ts";
import type { IsLiteral, IsKnown } from "./unknown.ts";
import type { Mistake, Said } from "./wording.ts";

/** For a rank, what each dim means. Shapes of more dimensions are taken as unknown. */
interface Places {
  0: { 0: 0; [-1]: 0 };
  1: { 0: 0; [-1]: 0 };
  2: { 0: 0; 1: 1; [-1]: 1; [-2]: 0 };
  3: { 0: 0; 1: 1; 2: 2; [-1]: 2; [-2]: 1; [-3]: 0 };
  4: { 0: 0; 1: 1; 2: 2; 3: 3; [-1]: 3; [-2]: 2; [-3]: 1; [-4]: 0 };
  5: { 0: 0; 1: 1; 2: 2; 3: 3; 4: 4; [-1]: 4; [-2]: 3; [-3]: 2; [-4]: 1; [-5]: 0 };
  6: { 0: 0; 1: 1; 2: 2; 3: 3; 4: 4; 5: 5; [-1]: 5; [-2]: 4; [-3]: 3; [-4]: 2; [-5]: 1; [-6]: 0 };
}

/** How the error of a wrong dim names the right ones. */
interface Ranges {
  0: "0 or -1";
  1: "an integer from -1 to 0";
  2: "an integer from -2 to 1";
  3: "an integer from -3 to 2";
  4: "an integer from -4 to 3";
  5: "an integer from -5 to 4";
  6: "an integer from -6 to 5";
}

/** The place of dim `D` in a shape of this rank, counted from 0: `never` when there is none. */
export type Place<Rank, D> = Rank extends keyof Places
  ? D extends keyof Places[Rank]
    ? Places[Rank][D]
    : never
  : never;

/** Whether both the rank and the dim are known, so that something can be said. */
export type IsPlain<S extends Shape, D> =
  IsLiteral<D> extends true
    ? IsKnown<S> extends true
      ? S["length"] extends keyof Places
        ? true
        : false
      : false
    : false;

/** Nothing to add, or the sentence that dim `D` is not there. */
export type HasDim<Op extends string, S extends Shape, D> =
  IsPlain<S, D> extends true
    ? [Place<S["length"], D>] extends [never]
      ? Mistake<
          Said<"dim", { op: Op; dim: D & number; a: S; wanted: Ranges[S["length"] & keyof Ranges] }>
        >
      : unknown
    : unknown;

/** The shape without the dimensions at the places `P`. */
export type Drop<S extends Shape, P, Seen extends 0[] = []> = S extends readonly [
  infer First extends number,
  ...infer Rest extends Shape,
]
  ? Seen["length"] extends P
    ? Drop<Rest, P, [...Seen, 0]>
    : [First, ...Drop<Rest, P, [...Seen, 0]>]
  : [];

/** The shape with size `N` at the places `P`. */
export type Put<S extends Shape, P extends number, N extends number> = {
  -readonly [K in keyof S]: K extends `${P}` ? N : S[K];
};

/** The shape with a new dimension of size `N` at place `P`. */
export type Insert<
  S extends Shape,
  P extends number,
  N extends number,
  Front extends number[] = [],
> = Front["length"] extends P
  ? [...Front, N, ...S]
  : S extends readonly [infer First extends number, ...infer Rest extends Shape]
    ? Insert<Rest, P, N, [...Front, First]>
    : [...Front, N];
