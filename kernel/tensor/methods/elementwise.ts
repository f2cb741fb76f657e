/**
 * Methods that compute element by element, the first link of the chain of classes that `Tensor` ends:
 * elementwise, reductions, products, shapes, picking.
 */
import { apply, operand } from "../apply.ts";
import type { DType } from "../dtype.ts";
import { table } from "../ops/table.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape, Storage, View } from "../view.ts";

export abstract class Elementwise implements View {
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
  add(other: Tensor | number): Tensor {
    return apply(table.add, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a - b` */
  sub(other: Tensor | number): Tensor {
    return apply(table.sub, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a * b`, element by element; the matrix product is `matmul`. */
  mul(other: Tensor | number): Tensor {
    return apply(table.mul, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a / b`; integers give f32. */
  div(other: Tensor | number): Tensor {
    return apply(table.div, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a ** b` */
  pow(exponent: Tensor | number): Tensor {
    return apply(table.pow, [this.self, operand(exponent, this.dtype)], undefined);
  }
  /** The larger of two, element by element. */
  maximum(other: Tensor | number): Tensor {
    return apply(table.maximum, [this.self, operand(other, this.dtype)], undefined);
  }
  /** The smaller of two, element by element. */
  minimum(other: Tensor | number): Tensor {
    return apply(table.minimum, [this.self, operand(other, this.dtype)], undefined);
  }

  /** `a === b`, bool. */
  eq(other: Tensor | number): Tensor {
    return apply(table.eq, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a !== b`, bool. */
  ne(other: Tensor | number): Tensor {
    return apply(table.ne, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a < b`, bool. */
  lt(other: Tensor | number): Tensor {
    return apply(table.lt, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a <= b`, bool. */
  le(other: Tensor | number): Tensor {
    return apply(table.le, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a > b`, bool. */
  gt(other: Tensor | number): Tensor {
    return apply(table.gt, [this.self, operand(other, this.dtype)], undefined);
  }
  /** `a >= b`, bool. */
  ge(other: Tensor | number): Tensor {
    return apply(table.ge, [this.self, operand(other, this.dtype)], undefined);
  }
  /** True where the element is 0. */
  not(): Tensor {
    return apply(table.not, [this.self], undefined);
  }
  /** This tensor's element where `condition` holds, else `other`'s. All three broadcast. */
  where(condition: Tensor, other: Tensor | number): Tensor {
    return apply(table.where, [condition, this.self, operand(other, this.dtype)], undefined);
  }

  // ------------------------------------------------------------ one operand

  /** `-a` */
  neg(): Tensor {
    return apply(table.neg, [this.self], undefined);
  }
  /** `eᵃ` */
  exp(): Tensor {
    return apply(table.exp, [this.self], undefined);
  }
  /** Natural logarithm. */
  log(): Tensor {
    return apply(table.log, [this.self], undefined);
  }
  sqrt(): Tensor {
    return apply(table.sqrt, [this.self], undefined);
  }
  /** `a * a` */
  square(): Tensor {
    return apply(table.square, [this.self], undefined);
  }
  /** `1 / a` */
  reciprocal(): Tensor {
    return apply(table.reciprocal, [this.self], undefined);
  }
  /** Distance from 0. */
  abs(): Tensor {
    return apply(table.abs, [this.self], undefined);
  }
  /** -1, 0 or 1. */
  sign(): Tensor {
    return apply(table.sign, [this.self], undefined);
  }
  sin(): Tensor {
    return apply(table.sin, [this.self], undefined);
  }
  cos(): Tensor {
    return apply(table.cos, [this.self], undefined);
  }
  tanh(): Tensor {
    return apply(table.tanh, [this.self], undefined);
  }
  /** `1 / (1 + e⁻ᵃ)` */
  sigmoid(): Tensor {
    return apply(table.sigmoid, [this.self], undefined);
  }
  /** 0 below 0, unchanged above. */
  relu(): Tensor {
    return apply(table.relu, [this.self], undefined);
  }
  /** `a Φ(a)`, Φ the normal distribution: exact, not the tanh approximation. */
  gelu(): Tensor {
    return apply(table.gelu, [this.self], undefined);
  }
  /** @internal The slope of gelu. */
  geluSlope(): Tensor {
    return apply(table.geluSlope, [this.self], undefined);
  }
  /** `log(1 + eᵃ)`, without overflow. */
  softplus(): Tensor {
    return apply(table.softplus, [this.self], undefined);
  }
  /** Limits every element to `min..max`; either may be left out. */
  clamp(limits: { readonly min?: number; readonly max?: number }): Tensor {
    const { min = -Infinity, max = Infinity } = limits;
    return apply(table.clamp, [this.self], { min, max });
  }
  /** The same values as another element type; integers are cut off, not rounded. */
  to(dtype: DType): Tensor {
    return dtype === this.dtype ? this.self : apply(table.to, [this.self], { dtype });
  }
}
