/**
 * Methods on two operands, broadcast against each other, the first link of the chain of classes that
 * `Tensor` ends: elementwise, functions, reductions, products, shapes, picking and on.
 *
 * What is private in the chain is so by its type only: each class with a method `#so` would put a
 * mark on every tensor made, a quarter of the time of a small op in all.
 */
import { apply, operand, wantTensor } from "../autograd/apply.ts";
import { type DType, isFloat, toFloat, wantDType } from "../dtype.ts";
import { composedBy } from "../autograd/history.ts";
import { DTypeError } from "../errors.ts";
import { checkOptions, wantNumber } from "../options.ts";
import { broadcastShapes } from "../shape.ts";
import { table } from "../ops/table.ts";
import type { Tensor } from "../tensor.ts";
import type { Fits, With } from "../typed/broadcast.ts";
import type { Shape, Storage, View } from "../view.ts";

export interface AlphaOptions {
  /** How many times the other operand is taken; 1 unless given. */
  readonly alpha?: number;
}

export interface ClosenessOptions {
  /** How far apart two elements may be, as a share of the second; 1e-5 unless given. */
  readonly rtol?: number;
  /** How far apart they may be besides; 1e-8 unless given. */
  readonly atol?: number;
  /** Whether NaN counts as close to NaN; false unless given. */
  readonly equalNan?: boolean;
}

export interface Limits {
  readonly min?: Tensor | number;
  readonly max?: Tensor | number;
}

/** `alpha` times an operand, as add and sub take it. */
function scaled(op: string, other: Tensor, options: AlphaOptions | undefined): Tensor {
  if (options === undefined) return other;
  checkOptions(op, options, ["alpha"]);
  wantTensor(op, "other", other);
  const alpha = wantNumber(op, "alpha", options.alpha ?? 1);
  return alpha === 1 ? other : other.mul(alpha);
}

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

  /**
   * `a + b`, or `a + alpha * b`.
   * @throws ShapeError when the shapes cannot be broadcast, as all two-operand methods.
   */
  add<O extends Tensor | number>(
    other: O & Fits<"add", S, O>,
    options?: AlphaOptions,
  ): Tensor<With<S, O>> {
    const added = scaled("add", operand(other, this.dtype), options);
    return apply(table.add, [this.self, added], undefined);
  }
  /** `a - b`, or `a - alpha * b`. */
  sub<O extends Tensor | number>(
    other: O & Fits<"sub", S, O>,
    options?: AlphaOptions,
  ): Tensor<With<S, O>> {
    const taken = scaled("sub", operand(other, this.dtype), options);
    return apply(table.sub, [this.self, taken], undefined);
  }
  /** `a * b`, element by element; the matrix product is `matmul`. */
  mul<O extends Tensor | number>(other: O & Fits<"mul", S, O>): Tensor<With<S, O>> {
    return apply(table.mul, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a / b`; integers give f32. */
  div<O extends Tensor | number>(other: O & Fits<"div", S, O>): Tensor<With<S, O>> {
    return apply(table.div, [this.self, operand(other, this.dtype)], undefined);
  }
  /**
   * `a ** b`; whole numbers stay whole, and wrap where they do not fit.
   * @throws DTypeError for a whole number to a negative power.
   */
  pow<O extends Tensor | number>(exponent: O & Fits<"pow", S, O>): Tensor<With<S, O>> {
    if (typeof exponent === "number" && exponent < 0 && Number.isInteger(exponent))
      this.wantFractions("pow", exponent);
    const power = apply(table.pow, [this.self, operand(exponent, this.dtype)], undefined);
    return typeof exponent === "number" ? power : composedBy("powTensor", power);
  }
  /**
   * What is left of `a` after taking multiples of `b` away, with the sign of `b`, as Python's `%`.
   * @throws RangeError for a whole number by 0.
   */
  remainder<O extends Tensor | number>(other: O & Fits<"remainder", S, O>): Tensor<With<S, O>> {
    return apply(table.remainder, [this.self, operand(other, this.dtype)], undefined);
  }
  /** As `remainder`, with the sign of `a`: JavaScript's `%`. */
  fmod<O extends Tensor | number>(other: O & Fits<"fmod", S, O>): Tensor<With<S, O>> {
    return apply(table.fmod, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a / b` rounded down; whole numbers stay whole. @throws RangeError for a whole number by 0. */
  floorDivide<O extends Tensor | number>(other: O & Fits<"floorDivide", S, O>): Tensor<With<S, O>> {
    return apply(table.floorDivide, [this.self, operand(other, this.dtype)], undefined);
  }
  /** The angle of the point (other, this): `Math.atan2(this, other)`. */
  atan2<O extends Tensor | number>(other: O & Fits<"atan2", S, O>): Tensor<With<S, O>> {
    return apply(table.atan2, [this.self, operand(other, this.dtype)], undefined);
  }
  /** The point `weight` of the way from this to `end`: `a + weight * (end - a)`. */
  lerp<O extends Tensor | number, W extends Tensor | number>(
    end: O & Fits<"lerp", S, O>,
    weight: W,
  ): Tensor<With<With<S, O>, W>> {
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
    if (typeof weight === "number")
      return composedBy("lerp", weight < 0.5 ? fromStart() : fromEnd());
    return composedBy("lerpEach", fromStart().where(share.lt(0.5), fromEnd()));
  }
  /**
   * Whether all elements are equal but for rounding: `|a - b| <= atol + rtol |b|`, all broadcast.
   * Infinities are close to themselves only, and NaN to nothing unless `equalNan`.
   * @throws ShapeError when the shapes cannot be broadcast.
   */
  allclose<O extends Tensor | number>(
    other: O & Fits<"allclose", S, O>,
    options: ClosenessOptions = {},
  ): boolean {
    checkOptions("allclose", options, ["rtol", "atol", "equalNan"]);
    const { rtol = 1e-5, atol = 1e-8, equalNan = false } = options;
    const [a, b]: readonly [Tensor, Tensor] = [this.self, operand(other, this.dtype)];
    wantTensor("allclose", "other", b);
    broadcastShapes("allclose", a.shape, b.shape);
    const apart = a.sub(b).abs();
    const allowed = b
      .abs()
      .mul(wantNumber("allclose", "rtol", rtol))
      .add(wantNumber("allclose", "atol", atol));
    const close = a.eq(b).logicalOr(apart.le(allowed).logicalAnd(apart.lt(Infinity)));
    const both = equalNan ? close.logicalOr(a.isNan().logicalAnd(b.isNan())) : close;
    return both.all().item() === 1;
  }
  /** The larger of two, element by element. */
  maximum<O extends Tensor | number>(other: O & Fits<"maximum", S, O>): Tensor<With<S, O>> {
    return apply(table.maximum, [this.self, operand(other, this.dtype)], undefined);
  }
  /** The smaller of two, element by element. */
  minimum<O extends Tensor | number>(other: O & Fits<"minimum", S, O>): Tensor<With<S, O>> {
    return apply(table.minimum, [this.self, operand(other, this.dtype)], undefined);
  }

  /** `a === b`, bool. */
  eq<O extends Tensor | number>(other: O & Fits<"eq", S, O>): Tensor<With<S, O>> {
    return apply(table.eq, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a !== b`, bool. */
  ne<O extends Tensor | number>(other: O & Fits<"ne", S, O>): Tensor<With<S, O>> {
    return apply(table.ne, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a < b`, bool. */
  lt<O extends Tensor | number>(other: O & Fits<"lt", S, O>): Tensor<With<S, O>> {
    return apply(table.lt, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a <= b`, bool. */
  le<O extends Tensor | number>(other: O & Fits<"le", S, O>): Tensor<With<S, O>> {
    return apply(table.le, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a > b`, bool. */
  gt<O extends Tensor | number>(other: O & Fits<"gt", S, O>): Tensor<With<S, O>> {
    return apply(table.gt, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a >= b`, bool. */
  ge<O extends Tensor | number>(other: O & Fits<"ge", S, O>): Tensor<With<S, O>> {
    return apply(table.ge, [this.self, operand(other, this.dtype)], undefined);
  }
  /** Both other than 0, bool. */
  logicalAnd<O extends Tensor | number>(other: O & Fits<"logicalAnd", S, O>): Tensor<With<S, O>> {
    return apply(table.logicalAnd, [this.self, operand(other, this.dtype)], undefined);
  }
  /** One or both other than 0, bool. */
  logicalOr<O extends Tensor | number>(other: O & Fits<"logicalOr", S, O>): Tensor<With<S, O>> {
    return apply(table.logicalOr, [this.self, operand(other, this.dtype)], undefined);
  }
  /** Exactly one other than 0, bool. */
  logicalXor<O extends Tensor | number>(other: O & Fits<"logicalXor", S, O>): Tensor<With<S, O>> {
    return apply(table.logicalXor, [this.self, operand(other, this.dtype)], undefined);
  }

  // ------------------------------------------------------------ choosing

  /** This tensor's element where `condition` holds, else `other`'s. All three broadcast. */
  where<C extends Tensor, O extends Tensor | number>(
    condition: C,
    other: O & Fits<"where", S, O>,
  ): Tensor<With<With<S, O>, C>> {
    return apply(table.where, [condition, this.self, operand(other, this.dtype)], undefined);
  }

  /**
   * `value` where `mask` holds, else this tensor's element, in this tensor's dtype.
   * @throws DTypeError for a mask that is not bool.
   */
  maskedFill<M extends Tensor>(mask: M, value: Tensor | number): Tensor<With<S, M>> {
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
    return composedBy("maskedFill", fill.to(this.dtype).where(mask, this.self));
  }
  /**
   * Limits every element to `min..max`, numbers or tensors; either may be left out. Where they
   * cross, `max` holds.
   * @throws DTypeError when neither is given.
   */
  clamp(limits: Limits): Tensor {
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
    wantDType("to", dtype);
    return dtype === this.dtype ? this.self : apply(table.to, [this.self], { dtype });
  }

  private wantFractions(op: string, exponent: number): void {
    if (!isFloat(this.dtype))
      throw new DTypeError(
        `${op}: ${this.dtype} to the power ${exponent} - whole numbers take 0 or more`,
        '.to("f32") first',
      );
  }
}
