/**
 * What is not known: types are checked only as far as every size that matters is a literal. Checks
 * begin with `IsKnown<...> extends true ? ... : unknown`, in this order: TypeScript then accepts an
 * argument without a question where the shape is a type parameter of the caller's.
 */
import type { Shape } from "../view.ts";

/** An unknown shape: only `any` fits every shape and is fitted by every shape. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Unknown = any;

/** Whether a shape is a list of known length: not `any`, not `number[]`. */
export type IsKnown<S extends Shape> = [unknown] extends [S]
  ? false
  : [number] extends [S["length"]]
    ? false
    : true;

/** Whether both shapes are known; the second, which callers bring, is looked at first. */
export type AreKnown<A extends Shape, B extends Shape> =
  IsKnown<B> extends true ? IsKnown<A> : false;

/** Whether a type is one thing and not a choice of several, nor `never`. */
type IsOne<T> = [T] extends [never]
  ? false
  : (T extends unknown ? (each: T) => void : never) extends (all: infer All) => void
    ? [T] extends [All]
      ? true
      : false
    : false;

/** A single number known before the run. */
export type IsLiteral<N> = [unknown] extends [N]
  ? false
  : [number] extends [N]
    ? false
    : [N] extends [number]
      ? IsOne<N>
      : false;
