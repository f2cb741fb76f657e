/**
 * Methods that change a tensor in place: what the method without the underscore computes is written
 * over the old values. Nothing of it is recorded, so what needs a slope is refused outside `noGrad`.
 */
import { disposedError, isTensor, operand, wantTensor } from "../autograd/apply.ts";
import { task } from "../autograd/lifetimes.ts";
import { backend } from "../backends/current.ts";
import { promote } from "../dtype.ts";
import { DTypeError, GradientError, ShapeError } from "../errors.ts";
import { watch } from "../notices/notice.ts";
import { slopeUsed } from "../notices/slopes.ts";
import { place, refuseRepeated } from "../indexing/placing.ts";
import { broadcastShapes, printShape, sameShape } from "../shape.ts";
import type { Index } from "../indexing/slicing.ts";
import { isRecording, noGrad } from "../autograd/tape.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape } from "../view.ts";
import type { AlphaOptions, Limits } from "./elementwise.ts";
import { Gradients } from "./gradients.ts";

type Value = Tensor | number;

export abstract class Writing<S extends Shape> extends Gradients<S> {
  // ------------------------------------------------------------ from other values

  /**
   * Takes over the values of `source`, broadcast to this shape and converted to this dtype.
   * @throws GradientError outside `noGrad` when this tensor or `source` requires a gradient,
   * ShapeError when `source` does not broadcast or this tensor was expanded, as all that follow.
   */
  copy_(source: Tensor): this {
    wantTensor("copy_", "source", source);
    this.refuseRecorded("copy_", [source]);
    return this.write("copy_", source);
  }

  /** Makes every element `value`. */
  fill_(value: Value): this {
    const filling = operand(value, this.dtype);
    wantTensor("fill_", "value", filling);
    this.refuseRecorded("fill_", [filling]);
    return this.write("fill_", filling);
  }

  /** Makes every element 0. */
  zero_(): this {
    return this.fill_(0);
  }

  /**
   * Writes `value`, broadcast, where `at(...indices)` reads: `x.set([0, 3], 5)` the place that
   * `x.at(0, 3)` reads, `x.set([[0, 3]], 5)` the rows of `x.at([0, 3])`; `x.set([0, [1, 3]], 5)`,
   * `x.set([x.lt(0)], 0)`. Where an index tensor names an element twice, the last value stays.
   * @throws ShapeError for an index outside or a value that does not broadcast, GradientError
   * outside `noGrad` when this tensor or the value requires a gradient.
   */
  set(indices: readonly Index[], value: Tensor | number): this {
    this.refuseRecorded("set", []);
    place(this.detach(), indices, value);
    return this;
  }

  // ------------------------------------------------------------ computed from the old ones

  /**
   * Adds `other`, or `alpha` times it: `w.add_(w.grad, { alpha: -0.1 })`.
   * @throws DTypeError when the result has fractions and this dtype none, as all that follow.
   */
  add_(other: Value, options?: AlphaOptions): this {
    return this.replaceBy("add_", [other], (old) => old.add(other, options));
  }
  /** Subtracts `other`, or `alpha` times it. */
  sub_(other: Value, options?: AlphaOptions): this {
    return this.replaceBy("sub_", [other], (old) => old.sub(other, options));
  }
  /** Multiplies by `other`, element by element. */
  mul_(other: Value): this {
    return this.replaceBy("mul_", [other], (old) => old.mul(other));
  }
  /** Divides by `other`. */
  div_(other: Value): this {
    return this.replaceBy("div_", [other], (old) => old.div(other));
  }
  /** Raises to a power. */
  pow_(exponent: Value): this {
    return this.replaceBy("pow_", [exponent], (old) => old.pow(exponent));
  }
  /** Goes `weight` of the way to `end`: a running average, for a small weight. */
  lerp_(end: Value, weight: Value): this {
    return this.replaceBy("lerp_", [end, weight], (old) => old.lerp(end, weight));
  }
  /** Limits every element to `min..max`. */
  clamp_(limits: Limits): this {
    return this.replaceBy("clamp_", [limits?.min, limits?.max], (old) => old.clamp(limits));
  }
  /** Makes `value` of every element where `mask` holds. */
  maskedFill_(mask: Tensor, value: Value): this {
    return this.replaceBy("maskedFill_", [value], (old) => old.maskedFill(mask, value));
  }
  /** Turns every sign round. */
  neg_(): this {
    return this.replaceBy("neg_", [], (old) => old.neg());
  }
  /** Makes every element its distance from 0. */
  abs_(): this {
    return this.replaceBy("abs_", [], (old) => old.abs());
  }
  /** Makes every element its square. */
  square_(): this {
    return this.replaceBy("square_", [], (old) => old.square());
  }
  /** Makes every element its square root. */
  sqrt_(): this {
    return this.replaceBy("sqrt_", [], (old) => old.sqrt());
  }
  /** Makes every element `1 / a`. */
  reciprocal_(): this {
    return this.replaceBy("reciprocal_", [], (old) => old.reciprocal());
  }
  /** Makes every element `eᵃ`. */
  exp_(): this {
    return this.replaceBy("exp_", [], (old) => old.exp());
  }
  /** Makes every element its natural logarithm. */
  log_(): this {
    return this.replaceBy("log_", [], (old) => old.log());
  }
  /** Rounds down. */
  floor_(): this {
    return this.replaceBy("floor_", [], (old) => old.floor());
  }
  /** Rounds up. */
  ceil_(): this {
    return this.replaceBy("ceil_", [], (old) => old.ceil());
  }
  /** Rounds to the nearest whole number, halves to the even one. */
  round_(): this {
    return this.replaceBy("round_", [], (old) => old.round());
  }
  /** Rounds towards 0. */
  trunc_(): this {
    return this.replaceBy("trunc_", [], (old) => old.trunc());
  }
  /** Makes every element its hyperbolic tangent. */
  tanh_(): this {
    return this.replaceBy("tanh_", [], (old) => old.tanh());
  }
  /** Makes every element `1 / (1 + e⁻ᵃ)`. */
  sigmoid_(): this {
    return this.replaceBy("sigmoid_", [], (old) => old.sigmoid());
  }
  /** Makes every element below 0 a 0. */
  relu_(): this {
    return this.replaceBy("relu_", [], (old) => old.relu());
  }

  // ------------------------------------------------------------ how

  /** @internal Takes over the values of `source`, which is broadcast. */
  protected override write(op: string, source: Tensor): this {
    this.refuseRecorded(op, []);
    if (this.self.isDisposed) throw disposedError(op, this);
    refuseRepeated(op, this.self);
    if (!sameShape(broadcastShapes(op, this.shape, source.shape), this.shape))
      throw new ShapeError(
        `${op}: ${printShape(source.shape)} into ${printShape(this.shape)} - it must broadcast to the target`,
      );
    if (watch.on && this.innerGrad !== null) slopeUsed(this.self, true);
    backend().assign(this, source);
    return this;
  }

  private replaceBy(
    op: string,
    others: readonly unknown[],
    compute: (old: Tensor) => Tensor,
  ): this {
    this.refuseRecorded(op, others);
    // Nobody else sees the values between.
    return task(
      () => {
        const result = noGrad(() => compute(this.detach()));
        if (promote(result.dtype, this.dtype) !== this.dtype)
          throw new DTypeError(
            `${op}: ${result.dtype} into ${this.dtype} - wanted a result that this dtype can hold`,
            `${op.slice(0, -1)}() gives a new tensor`,
          );
        return this.write(op, result);
      },
      () => [],
    );
  }

  private refuseRecorded(op: string, others: readonly unknown[]): void {
    if (!isRecording()) return;
    if (this.requiresGrad)
      throw new GradientError(
        `${op}: a tensor that requires a gradient was to be changed in place - its slope would be lost`,
        `noGrad(() => ...) around the ${op}`,
      );
    if (others.some((other) => isTensor(other) && other.requiresGrad))
      throw new GradientError(
        `${op}: a value that requires a gradient was to be written in place - its slope would be lost`,
        `${op.slice(0, -1)}() keeps it; detach() or noGrad() gives it up`,
      );
  }
}
