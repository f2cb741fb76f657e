/** Products of two vectors: their shapes, and what they ask for. */
import type { Shape } from "../view.ts";
import type { Differs } from "./joins.ts";
import type { AreKnown, Unknown } from "./unknown.ts";
import type { Said } from "./wording.ts";

type Vector = readonly [number];

/** Nothing to add, or the sentence that these are no vectors of one size. */
export type Dots<A extends Shape, B extends Shape> =
  AreKnown<A, B> extends true
    ? [A, B] extends [readonly [infer M extends number], readonly [infer N extends number]]
      ? Differs<A, B> extends true
        ? Said<"dot", { a: A; b: B; m: M; n: N }>
        : unknown
      : Said<"vectors", { op: "dot"; a: A; sign: "."; b: B }>
    : unknown;

/** Nothing to add, or the sentence that these are no vectors. */
export type Crosses<A extends Shape, B extends Shape> =
  AreKnown<A, B> extends true
    ? [A, B] extends [Vector, Vector]
      ? unknown
      : Said<"vectors", { op: "outer"; a: A; sign: "x"; b: B }>
    : unknown;

/** `[n] x [m] -> [n, m]` */
export type Crossed<A extends Shape, B extends Shape> =
  AreKnown<A, B> extends true
    ? [A, B] extends [readonly [infer N extends number], readonly [infer M extends number]]
      ? [N, M]
      : Unknown
    : Unknown;
