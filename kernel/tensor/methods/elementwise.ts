/**
 * Methods on two operands, broadcast against each other, the first link of the chain of classes that
 * `Tensor` ends: elementwise, functions, reductions, products, shapes, picking and on.
 */
import { apply, operand, wantTensor } from "../apply.ts";
import { type DType, isFloat, toFloat } from "../dtype.ts";
import { DTypeError } from "../errors.ts";
import { checkOptions } from "../options.ts";
import { broadcastShapes } from "../shape.ts";
import { table } from "../ops/table.ts";
import type { Tensor } from "../tensor.ts";
import type { Broadcast, Operand } from "../typed/broadcast.ts";
import type { Shape, Storage, View } from "../view.ts";

export abstract class Elementwise<S extends Shape> implements View {
  abstract readonly storage: Storage;
  abstract readonly shape: Shape;
  abstract readonly strides: Shape;
  abstract readonly offset: number;

  /** The same object, typed as what it is: `Tensor` is the only class at the end of the chain. */
  protected abstract readonly self: Tensor;

  /** The element type. */
  get dtype(): DType {
    return this.storage.dtype;
  }

  // ------------------------------------------------------------ two operands, broadcast

  /** `a + b`. @throws ShapeError when the shapes cannot be broadcast, as all two-operand methods. */
  add<B extends Shape = []>(other: Operand<"add", S, B>): Tensor<Broadcast<S, B>> {
    return apply(table.add, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a - b` */
  sub<B extends Shape = []>(other: Operand<"sub", S, B>): Tensor<Broadcast<S, B>> {
    return apply(table.sub, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a * b`, element by element; the matrix product is `matmul`. */
  mul<B extends Shape = []>(other: Operand<"mul", S, B>): Tensor<Broadcast<S, B>> {
    return apply(table.mul, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a / b`; integers give f32. */
  div<B extends Shape = []>(other: Operand<"div", S, B>): Tensor<Broadcast<S, B>> {
    return apply(table.div, [this.self, operand(other, this.dtype)], undefined);
  }
  /**
   * `a ** b`; whole numbers stay whole, and wrap where they do not fit.
   * @throws DTypeError for a whole number to a negative power.
   */
  pow<B extends Shape = []>(exponent: Operand<"pow", S, B>): Tensor<Broadcast<S, B>> {
    if (typeof exponent === "number" && exponent < 0 && Number.isInteger(exponent))
      this.#wantFractions("pow", exponent);
    return apply(table.pow, [this.self, operand(exponent, this.dtype)], undefined);
  }
  /**
   * What is left of `a` after taking multiples of `b` away, with the sign of `b`, as Python's `%`.
   * @throws RangeError for a whole number by 0.
   */
  remainder<B extends Shape = []>(other: Operand<"remainder", S, B>): Tensor<Broadcast<S, B>> {
    return apply(table.remainder, [this.self, operand(other, this.dtype)], undefined);
  }
  /** As `remainder`, with the sign of `a`: JavaScript's `%`. */
  fmod<B extends Shape = []>(other: Operand<"fmod", S, B>): Tensor<Broadcast<S, B>> {
    return apply(table.fmod, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a / b` rounded down; whole numbers stay whole. @throws RangeError for a whole number by 0. */
  floorDivide<B extends Shape = []>(other: Operand<"floorDivide", S, B>): Tensor<Broadcast<S, B>> {
    return apply(table.floorDivide, [this.self, operand(other, this.dtype)], undefined);
  }
  /** The angle of the point (other, this): `Math.atan2(this, other)`. */
  atan2(other: Tensor | number): Tensor {
    return apply(table.atan2, [this.self, operand(other, this.dtype)], undefined);
  }
  /** The point `weight` of the way from this to `end`: `a + weight * (end - a)`. */
  lerp(end: Tensor | number, weight: Tensor | number): Tensor {
    const start = this.self;
    const target = operand(end, this.dtype);
    const share = operand(weight, toFloat(this.dtype));
    wantTensor("lerp", "end", target);
    wantTensor("lerp", "weight", share);
    broadcastShapes("lerp", broadcastShapes("lerp", start.shape, target.shape), share.shape);
    const way = target.sub(start);
    // From the nearer end, so that 0 and 1 give the ends themselves.
    const fromStart = () => start.add(way.mul(share));
    const fromEnd = () => target.sub(way.mul(share.neg().add(1)));
    if (typeof weight === "number") return weight < 0.5 ? fromStart() : fromEnd();
    return fromStart().where(share.lt(0.5), fromEnd());
  }
  /** The larger of two, element by element. */
  maximum<B extends Shape = []>(other: Operand<"maximum", S, B>): Tensor<Broadcast<S, B>> {
    return apply(table.maximum, [this.self, operand(other, this.dtype)], undefined);
  }
  /** The smaller of two, element by element. */
  minimum<B extends Shape = []>(other: Operand<"minimum", S, B>): Tensor<Broadcast<S, B>> {
    return apply(table.minimum, [this.self, operand(other, this.dtype)], undefined);
  }

  /** `a === b`, bool. */
  eq<B extends Shape = []>(other: Operand<"eq", S, B>): Tensor<Broadcast<S, B>> {
    return apply(table.eq, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a !== b`, bool. */
  ne<B extends Shape = []>(other: Operand<"ne", S, B>): Tensor<Broadcast<S, B>> {
    return apply(table.ne, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a < b`, bool. */
  lt<B extends Shape = []>(other: Operand<"lt", S, B>): Tensor<Broadcast<S, B>> {
    return apply(table.lt, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a <= b`, bool. */
  le<B extends Shape = []>(other: Operand<"le", S, B>): Tensor<Broadcast<S, B>> {
    return apply(table.le, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a > b`, bool. */
  gt<B extends Shape = []>(other: Operand<"gt", S, B>): Tensor<Broadcast<S, B>> {
    return apply(table.gt, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a >= b`, bool. */
  ge<B extends Shape = []>(other: Operand<"ge", S, B>): Tensor<Broadcast<S, B>> {
    return apply(table.ge, [this.self, operand(other, this.dtype)], undefined);
  }
  /** Both other than 0, bool. */
  logicalAnd<B extends Shape = []>(other: Operand<"logicalAnd", S, B>): Tensor<Broadcast<S, B>> {
    return apply(table.logicalAnd, [this.self, operand(other, this.dtype)], undefined);
  }
  /** One or both other than 0, bool. */
  logicalOr<B extends Shape = []>(other: Operand<"logicalOr", S, B>): Tensor<Broadcast<S, B>> {
    return apply(table.logicalOr, [this.self, operand(other, this.dtype)], undefined);
  }
  /** Exactly one other than 0, bool. */
  logicalXor<B extends Shape = []>(other: Operand<"logicalXor", S, B>): Tensor<Broadcast<S, B>> {
    return apply(table.logicalXor, [this.self, operand(other, this.dtype)], undefined);
  }

  // ------------------------------------------------------------ choosing

  /** This tensor's element where `condition` holds, else `other`'s. All three broadcast. */
  where(condition: Tensor, other: Tensor | number): Tensor {
    return apply(table.where, [condition, this.self, operand(other, this.dtype)], undefined);
  }

  /**
   * `value` where `mask` holds, else this tensor's element, in this tensor's dtype.
   * @throws DTypeError for a mask that is not bool.
   */
  maskedFill(mask: Tensor, value: Tensor | number): Tensor {
    wantTensor("maskedFill", "mask", mask);
    if (mask.dtype !== "bool")
      throw new DTypeError(
        `maskedFill: a mask of dtype ${mask.dtype} - wanted bool`,
        'compare first, as in x.lt(0), or mask.to("bool")',
      );
    const fill = operand(value, this.dtype);
    wantTensor("maskedFill", "value", fill);
    broadcastShapes(
      "maskedFill",
      broadcastShapes("maskedFill", this.shape, mask.shape),
      fill.shape,
    );
    return fill.to(this.dtype).where(mask, this.self);
  }
  /**
   * Limits every element to `min..max`, numbers or tensors; either may be left out. Where they
   * cross, `max` holds.
   * @throws DTypeError when neither is given.
   */
  clamp(limits: { readonly min?: Tensor | number; readonly max?: Tensor | number }): Tensor {
    checkOptions("clamp", limits, ["min", "max"]);
    const { min, max } = limits;
    if (min === undefined && max === undefined)
      throw new DTypeError("clamp: neither min nor max - wanted at least one of them");
    const limited =
      min === undefined || min === -Infinity
        ? this.self
        : apply(table.clampMin, [this.self, operand(min, this.dtype)], undefined);
    return max === undefined || max === Infinity
      ? limited
      : apply(table.clampMax, [limited, operand(max, this.dtype)], undefined);
  }
  /**
   * The same values as another element type. Fractions are cut off, not rounded; numbers that do not
   * fit wrap around; anything but 0 is true.
   * @throws DTypeError for what is no dtype.
   */
  to(dtype: DType): Tensor<S> {
    return dtype === this.dtype ? this.self : apply(table.to, [this.self], { dtype });
  }

  #wantFractions(op: string, exponent: number): void {
    if (!isFloat(this.dtype))
      throw new DTypeError(
        `${op}: ${this.dtype} to the power ${exponent} - whole numbers take 0 or more`,
        '.to("f32") first',
      );
  }
}
