/** What losses ask of their two tensors, and the shape of their result. */
import type { Shape } from "../view.ts";
import type { Differs } from "./joins.ts";
import type { AreKnown, Unknown } from "./unknown.ts";
import type { Said } from "./wording.ts";

/** One number, unless the losses of the rows were asked for one by one. */
export type Lost<Reduction> = [Reduction] extends ["mean" | "sum"] ? [] : Unknown;

/** Nothing to add, or the sentence that prediction and target differ in shape. */
export type Pairs<Op extends string, A extends Shape, B extends Shape> =
  AreKnown<A, B> extends true
    ? B extends readonly []
      ? unknown
      : Differs<A, B> extends true
        ? Said<"paired", { op: Op; a: A; b: B }>
        : unknown
    : unknown;

/** Nothing to add, or the sentence that there is not one label for a row of logits. */
export type Labels<Op extends string, What extends string, A extends Shape, B extends Shape> =
  AreKnown<A, B> extends true
    ? A extends readonly [infer Rows extends number, number]
      ? B extends readonly [infer N extends number]
        ? Differs<[Rows], [N]> extends true
          ? Said<"labels", { op: Op; what: What; a: A; b: B }>
          : unknown
        : unknown
      : unknown
    : unknown;
