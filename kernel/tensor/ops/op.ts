/**
 * What an op is: a shape rule, a forward and a gradient for each input, side by side. Forwards see
 * views and call the backend; gradients see tensors and are written with the public methods, so
 * they can be differentiated again. No op imports another.
 */
import { DTypeError } from "../errors.ts";
import type { Saved } from "../autograd/tape.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape, View } from "../view.ts";

/**
 * The slope with respect to one input: takes the slope `g` of the output and what the forward
 * saved. May keep dimensions the input was broadcast along: the tape sums them away.
 */
export type Gradient<P> = (g: Tensor, saved: Saved<P>) => Tensor;

/** For inputs without a slope, such as indices and conditions. */
export const none = "none";

export interface Op<I extends readonly View[], P> {
  readonly name: string;
  /** The result's shape. @throws ShapeError when the inputs do not go together. */
  readonly shape: (inputs: I, params: P) => Shape;
  /** `keep` saves a view that the gradient wants, besides inputs and output. */
  readonly forward: (inputs: I, params: P, shape: Shape, keep: (view: View) => void) => View;
  /** One for each input, a rule for any number of them, or all in one go. */
  readonly gradient:
    | { readonly [K in keyof I]: Gradient<P> | typeof none }
    | ((input: number) => Gradient<P>)
    | Together<P>;
}

/** Gradients that are computed together: null for an input that has none. */
export interface Together<P> {
  readonly together: (g: Tensor, saved: Saved<P>) => readonly (Tensor | null)[];
}

export type One = readonly [View];
export type Two = readonly [View, View];
export type Three = readonly [View, View, View];
export type Many = readonly View[];

/** Gives an op's literal its type: a missing rule or gradient is a compile error here. */
export function define<I extends readonly View[], P = undefined>(op: Op<I, P>): Op<I, P> {
  return op;
}

/** Indices and labels. @throws DTypeError. */
export function wantIntegers(op: string, what: string, index: View): void {
  if (index.storage.dtype !== "i32")
    throw new DTypeError(
      `${op}: ${what} of dtype ${index.storage.dtype} - wanted i32`,
      `${what}.to("i32")`,
    );
}
