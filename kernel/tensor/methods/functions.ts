/** Methods that compute a function of each element, activations included. */
import { apply } from "../autograd/apply.ts";
import { composedBy } from "../autograd/history.ts";
import { DTypeError } from "../errors.ts";
import { checkOptions, wantNumber } from "../options.ts";
import { table } from "../ops/table.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape } from "../view.ts";
import { Elementwise } from "./elementwise.ts";

export interface GeluOptions {
  /** "tanh" for the approximation that GPT-2 was trained with; "none", exact, unless given. */
  readonly approximate?: "none" | "tanh";
}

export interface SoftplusOptions {
  /** How sharp the corner is: `log(1 + e^(beta a)) / beta`; 1 unless given. */
  readonly beta?: number;
  /** Where `beta a` is larger the result is `a` itself; 20 unless given. */
  readonly threshold?: number;
}

export abstract class Functions<S extends Shape> extends Elementwise<S> {
  // ------------------------------------------------------------ whole numbers stay whole

  /** `-a` */
  neg(): Tensor<S> {
    return apply(table.neg, [this.self], undefined);
  }
  /** Distance from 0. */
  abs(): Tensor<S> {
    return apply(table.abs, [this.self], undefined);
  }
  /** -1, 0 or 1; flat, so slopes end here, as in all rounding. */
  sign(): Tensor<S> {
    return apply(table.sign, [this.self], undefined);
  }
  /** `a * a` */
  square(): Tensor<S> {
    return apply(table.square, [this.self], undefined);
  }
  /** Rounded down. */
  floor(): Tensor<S> {
    return apply(table.floor, [this.self], undefined);
  }
  /** Rounded up. */
  ceil(): Tensor<S> {
    return apply(table.ceil, [this.self], undefined);
  }
  /** Rounded to the nearest whole number, halves to the even one: 0.5 to 0, 1.5 and 2.5 to 2. */
  round(): Tensor<S> {
    return apply(table.round, [this.self], undefined);
  }
  /** Rounded towards 0. */
  trunc(): Tensor<S> {
    return apply(table.trunc, [this.self], undefined);
  }
  /** True where the element is 0. */
  logicalNot(): Tensor<S> {
    return apply(table.logicalNot, [this.self], undefined);
  }
  /** True where the element is NaN, which equals nothing, itself included. */
  isNan(): Tensor<S> {
    return this.self.ne(this.self);
  }
  /** True for Infinity and -Infinity. */
  isInf(): Tensor<S> {
    return this.self.abs().eq(Infinity);
  }
  /** True for all but NaN, Infinity and -Infinity. */
  isFinite(): Tensor<S> {
    return this.self.abs().lt(Infinity);
  }

  // ------------------------------------------------------------ powers and logarithms

  /** `eᵃ` */
  exp(): Tensor<S> {
    return apply(table.exp, [this.self], undefined);
  }
  /** `eᵃ - 1`, exact also near 0. */
  expm1(): Tensor<S> {
    return apply(table.expm1, [this.self], undefined);
  }
  /** Natural logarithm; -Infinity at 0, NaN below. */
  log(): Tensor<S> {
    return apply(table.log, [this.self], undefined);
  }
  /** `log(1 + a)`, exact also near 0. */
  log1p(): Tensor<S> {
    return apply(table.log1p, [this.self], undefined);
  }
  /** Logarithm to base 2. */
  log2(): Tensor<S> {
    return apply(table.log2, [this.self], undefined);
  }
  /** Logarithm to base 10. */
  log10(): Tensor<S> {
    return apply(table.log10, [this.self], undefined);
  }
  /** Square root; NaN below 0. */
  sqrt(): Tensor<S> {
    return apply(table.sqrt, [this.self], undefined);
  }
  /** `1 / √a` */
  rsqrt(): Tensor<S> {
    return apply(table.rsqrt, [this.self], undefined);
  }
  /** `1 / a` */
  reciprocal(): Tensor<S> {
    return apply(table.reciprocal, [this.self], undefined);
  }

  // ------------------------------------------------------------ angles, in radians

  /** Sine. */
  sin(): Tensor<S> {
    return apply(table.sin, [this.self], undefined);
  }
  /** Cosine. */
  cos(): Tensor<S> {
    return apply(table.cos, [this.self], undefined);
  }
  /** Tangent. */
  tan(): Tensor<S> {
    return apply(table.tan, [this.self], undefined);
  }
  /** The angle with this sine, -π/2 to π/2; NaN outside -1 to 1. */
  asin(): Tensor<S> {
    return apply(table.asin, [this.self], undefined);
  }
  /** The angle with this cosine, 0 to π; NaN outside -1 to 1. */
  acos(): Tensor<S> {
    return apply(table.acos, [this.self], undefined);
  }
  /** The angle with this tangent, -π/2 to π/2. */
  atan(): Tensor<S> {
    return apply(table.atan, [this.self], undefined);
  }
  /** Hyperbolic sine, `(eᵃ - e⁻ᵃ) / 2`. */
  sinh(): Tensor<S> {
    return apply(table.sinh, [this.self], undefined);
  }
  /** Hyperbolic cosine, `(eᵃ + e⁻ᵃ) / 2`. */
  cosh(): Tensor<S> {
    return apply(table.cosh, [this.self], undefined);
  }
  /** Hyperbolic tangent: S-shaped, from -1 to 1. */
  tanh(): Tensor<S> {
    return apply(table.tanh, [this.self], undefined);
  }
  /** The error function, `2/√π ∫ e^-t² dt` from 0 to a. */
  erf(): Tensor<S> {
    return apply(table.erf, [this.self], undefined);
  }

  // ------------------------------------------------------------ activations

  /** `1 / (1 + e⁻ᵃ)` */
  sigmoid(): Tensor<S> {
    return apply(table.sigmoid, [this.self], undefined);
  }
  /** 0 below 0, unchanged above. */
  relu(): Tensor<S> {
    return apply(table.relu, [this.self], undefined);
  }
  /** Unchanged above 0, `slope` times as much below. */
  leakyRelu(slope = 0.01): Tensor<S> {
    return apply(table.leakyRelu, [this.self], { slope: wantNumber("leakyRelu", "slope", slope) });
  }
  /** Unchanged above 0, `alpha * (eᵃ - 1)` below: a bend without a corner for alpha 1. */
  elu(alpha = 1): Tensor<S> {
    return apply(table.elu, [this.self], { alpha: wantNumber("elu", "alpha", alpha) });
  }
  /** `a σ(a)`, σ the sigmoid; also called swish. */
  silu(): Tensor<S> {
    return apply(table.silu, [this.self], undefined);
  }
  /**
   * `a Φ(a)`, Φ the normal distribution: exact unless `approximate` is "tanh".
   * @throws DTypeError for another approximation.
   */
  gelu(options: GeluOptions = {}): Tensor<S> {
    checkOptions("gelu", options, ["approximate"]);
    const { approximate = "none" } = options;
    if (approximate !== "none" && approximate !== "tanh")
      throw new DTypeError(`gelu: approximate "${String(approximate)}" - wanted "none" or "tanh"`);
    return apply(approximate === "tanh" ? table.geluTanh : table.gelu, [this.self], undefined);
  }
  /** @internal The slope of gelu. */
  geluSlope(): Tensor<S> {
    return apply(table.geluSlope, [this.self], undefined);
  }
  /** `log(1 + eᵃ)`, without overflow: a relu with a round corner. */
  softplus(options: SoftplusOptions = {}): Tensor<S> {
    checkOptions("softplus", options, ["beta", "threshold"]);
    const beta = wantNumber("softplus", "beta", options.beta ?? 1);
    const threshold = wantNumber("softplus", "threshold", options.threshold ?? 20);
    const stretched = beta === 1 ? this.self : this.self.mul(beta);
    const bent = apply(table.softplus, [stretched], undefined);
    const result = beta === 1 ? bent : bent.div(beta);
    // From 20 on the two differ by less than f32 can tell.
    return composedBy(
      "softplus",
      threshold >= 20 ? result : this.self.where(stretched.gt(threshold), result),
    );
  }
  /** `log σ(a)`, σ the sigmoid, without underflow. */
  logSigmoid(): Tensor<S> {
    return apply(table.logSigmoid, [this.self], undefined);
  }
}
