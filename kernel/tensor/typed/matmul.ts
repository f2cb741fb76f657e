/** The shape of a matrix product. */
import type { Shape } from "../view.ts";
import type { Aligned, Clash } from "./broadcast.ts";
import type { AreKnown, Unknown } from "./unknown.ts";
import type { Said } from "./wording.ts";

type MayMeet<M extends number, N extends number> = number extends M
  ? true
  : number extends N
    ? true
    : M extends N
      ? true
      : false;

interface Inner<M extends number, N extends number> {
  readonly inner: [M, N];
}

interface Leading<M extends number, N extends number> {
  readonly leading: [M, N];
}

/** Leading dimensions broadcast; `Ends` are the sizes that follow them. */
type Batched<A extends Shape, B extends Shape, Ends extends number[]> =
  Aligned<A, B> extends infer R
    ? R extends Clash<infer M, infer N>
      ? Leading<M, N>
      : R extends Shape
        ? [...R, ...Ends]
        : Unknown
    : never;

/** `[..., m, k] x [..., k, n]`, a 1-d factor a row on the left and a column on the right. */
type Product<A extends Shape, B extends Shape> =
  AreKnown<A, B> extends true
    ? A extends readonly [...infer ALead extends Shape, infer K extends number]
      ? B extends readonly [infer N extends number]
        ? true extends MayMeet<K, N>
          ? ALead
          : Inner<K, N>
        : B extends readonly [
              ...infer BLead extends Shape,
              infer N extends number,
              infer Columns extends number,
            ]
          ? true extends MayMeet<K, N>
            ? ALead extends readonly [...infer Lead extends Shape, infer Rows extends number]
              ? Batched<Lead, BLead, [Rows, Columns]>
              : [...BLead, Columns]
            : Inner<K, N>
          : "scalar"
      : "scalar"
    : Unknown;

export type MatMul<A extends Shape, B extends Shape> =
  Product<A, B> extends infer R extends Shape ? R : Unknown;

/** Nothing to add, or the sentence that the two cannot be multiplied. */
export type MatMuls<A extends Shape, B extends Shape> =
  AreKnown<A, B> extends true ? Refused<A, B, Product<A, B>> : unknown;

type Refused<A extends Shape, B extends Shape, R> =
  R extends Inner<infer M, infer N>
    ? Said<"inner", { a: A; b: B; m: M; n: N }>
    : R extends Leading<infer M, infer N>
      ? Said<"leading", { a: A; b: B; m: M; n: N }>
      : R extends "scalar"
        ? Said<"noDimension", { a: A; b: B }>
        : unknown;
