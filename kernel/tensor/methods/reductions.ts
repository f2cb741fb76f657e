/** Methods that fold dimensions away, or run along one. */
import { apply } from "../autograd/apply.ts";
import type { ScanOrder } from "../backend.ts";
import { checkOptions, wantNumber } from "../options.ts";
import { table } from "../ops/table.ts";
import { resolveDims } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { HasDim } from "../typed/dims.ts";
import type { Reduced } from "../typed/reduce.ts";
import type { Shape } from "../view.ts";
import { Functions } from "./functions.ts";

export interface KeepDim<Keep extends boolean = boolean> {
  /** Keeps the reduced dimensions with size 1, so that the result broadcasts against the input. */
  readonly keepdim?: Keep;
}

export interface VarianceOptions<Keep extends boolean = boolean> extends KeepDim<Keep> {
  /** The divisor is n - correction; 1 unless given, as in PyTorch. */
  readonly correction?: number;
}

type Dims = number | readonly number[];

function keeps(op: string, options: KeepDim | undefined): boolean {
  if (options === undefined) return false;
  checkOptions(op, options, ["keepdim"]);
  return options.keepdim ?? false;
}

function variance(op: string, dim: Dims | undefined, options: VarianceOptions) {
  checkOptions(op, options, ["keepdim", "correction"]);
  const { keepdim = false, correction = 1 } = options;
  return { dim, keepdim, correction: wantNumber(op, "correction", correction) };
}

const forward: ScanOrder = { reverse: false, exclusive: false };

export abstract class Reductions<S extends Shape> extends Functions<S> {
  /**
   * Over `dim` (or several, or all): `[2, 3].sum(1) -> [2]`; no elements give 0.
   * @throws ShapeError for a dim that is not there, as all reductions.
   */
  sum<
    const D extends (Dims | undefined) & HasDim<"sum", S, D> = undefined,
    K extends boolean = false,
  >(dim?: D, options?: KeepDim<K>): Tensor<Reduced<S, D, K>> {
    return apply(table.sum, [this.self], { dim, keepdim: keeps("sum", options) });
  }
  /** Average; integers give f32, no elements NaN. */
  mean<
    const D extends (Dims | undefined) & HasDim<"mean", S, D> = undefined,
    K extends boolean = false,
  >(dim?: D, options?: KeepDim<K>): Tensor<Reduced<S, D, K>> {
    return apply(table.mean, [this.self], { dim, keepdim: keeps("mean", options) });
  }
  /** All multiplied; no elements give 1. */
  prod<
    const D extends (Dims | undefined) & HasDim<"prod", S, D> = undefined,
    K extends boolean = false,
  >(dim?: D, options?: KeepDim<K>): Tensor<Reduced<S, D, K>> {
    return apply(table.prod, [this.self], { dim, keepdim: keeps("prod", options) });
  }
  /**
   * The largest values, NaN where there is one; where they are: `argmax`. Equal ones share the slope.
   * @throws ShapeError when there are none.
   */
  max<
    const D extends (Dims | undefined) & HasDim<"max", S, D> = undefined,
    K extends boolean = false,
  >(dim?: D, options?: KeepDim<K>): Tensor<Reduced<S, D, K>> {
    return apply(table.max, [this.self], { dim, keepdim: keeps("max", options) });
  }
  /** The smallest values, as `max`. */
  min<
    const D extends (Dims | undefined) & HasDim<"min", S, D> = undefined,
    K extends boolean = false,
  >(dim?: D, options?: KeepDim<K>): Tensor<Reduced<S, D, K>> {
    return apply(table.min, [this.self], { dim, keepdim: keeps("min", options) });
  }
  /**
   * The middle values; of two the lower, NaN where there is one.
   * @throws ShapeError when there are none.
   */
  median<D extends number | undefined = undefined, K extends boolean = false>(
    dim?: D & HasDim<"median", S, D>,
    options?: KeepDim<K>,
  ): Tensor<Reduced<S, D, K>> {
    return apply(table.median, [this.self], { dim, keepdim: keeps("median", options) });
  }
  /** Mean squared distance from the mean, divided by n - 1 unless `correction` says otherwise. */
  var<
    const D extends (Dims | undefined) & HasDim<"var", S, D> = undefined,
    K extends boolean = false,
  >(dim?: D, options: VarianceOptions<K> = {}): Tensor<Reduced<S, D, K>> {
    return apply(table.var, [this.self], variance("var", dim, options));
  }
  /** Square root of `var`. */
  std<
    const D extends (Dims | undefined) & HasDim<"std", S, D> = undefined,
    K extends boolean = false,
  >(dim?: D, options: VarianceOptions<K> = {}): Tensor<Reduced<S, D, K>> {
    return apply(table.std, [this.self], variance("std", dim, options));
  }
  /**
   * Length: `(Σ|a|ᵖ)^(1/p)`; for p Infinity the largest `|a|`, for 0 how many are not 0.
   * `x.norm()` is the square root of the sum of squares.
   */
  norm<
    const D extends (Dims | undefined) & HasDim<"norm", S, D> = undefined,
    K extends boolean = false,
  >(p = 2, dim?: D, options?: KeepDim<K>): Tensor<Reduced<S, D, K>> {
    const order = wantNumber("norm", "p", p);
    return apply(table.norm, [this.self], { p: order, dim, keepdim: keeps("norm", options) });
  }
  /** `log Σ eᵃ`, without overflow. */
  logsumexp<
    const D extends (Dims | undefined) & HasDim<"logsumexp", S, D> = undefined,
    K extends boolean = false,
  >(dim?: D, options?: KeepDim<K>): Tensor<Reduced<S, D, K>> {
    return apply(table.logsumexp, [this.self], { dim, keepdim: keeps("logsumexp", options) });
  }
  /**
   * Index of the first largest element, i32; without `dim`, counted row by row through all.
   * @throws ShapeError when there are none.
   */
  argmax<D extends number | undefined = undefined, K extends boolean = false>(
    dim?: D & HasDim<"argmax", S, D>,
    options?: KeepDim<K>,
  ): Tensor<Reduced<S, D, K>> {
    return apply(table.argmax, [this.self], { dim, keepdim: keeps("argmax", options) });
  }
  /** Index of the first smallest element, as `argmax`. */
  argmin<D extends number | undefined = undefined, K extends boolean = false>(
    dim?: D & HasDim<"argmin", S, D>,
    options?: KeepDim<K>,
  ): Tensor<Reduced<S, D, K>> {
    return apply(table.argmin, [this.self], { dim, keepdim: keeps("argmin", options) });
  }
  /** Whether any element is other than 0, bool; false when there are none. */
  any<
    const D extends (Dims | undefined) & HasDim<"any", S, D> = undefined,
    K extends boolean = false,
  >(dim?: D, options?: KeepDim<K>): Tensor<Reduced<S, D, K>> {
    return apply(table.any, [this.self], { dim, keepdim: keeps("any", options) });
  }
  /** Whether no element is 0, bool; true when there are none. */
  all<
    const D extends (Dims | undefined) & HasDim<"all", S, D> = undefined,
    K extends boolean = false,
  >(dim?: D, options?: KeepDim<K>): Tensor<Reduced<S, D, K>> {
    return apply(table.all, [this.self], { dim, keepdim: keeps("all", options) });
  }
  /** How many elements are other than 0, i32. */
  countNonzero<const D extends (Dims | undefined) & HasDim<"countNonzero", S, D> = undefined>(
    dim?: D,
  ): Tensor<Reduced<S, D, false>> {
    return this.self.ne(0).sum(resolveDims("countNonzero", dim, this.shape));
  }
  /** Sums of all elements up to each along `dim`: `[1, 2, 3]` gives `[1, 3, 6]`. */
  cumsum<D extends number>(dim: D & HasDim<"cumsum", S, D>): Tensor<S> {
    return this.runningSum(dim, forward);
  }
  /** Products of all elements up to each along `dim`. */
  cumprod<D extends number>(dim: D & HasDim<"cumprod", S, D>): Tensor<S> {
    return this.runningProduct(dim, forward);
  }

  /** @internal `cumsum`, from either end, with or without the element itself. */
  runningSum(dim: number, order: ScanOrder): Tensor<S> {
    return apply(table.cumsum, [this.self], { dim, ...order });
  }
  /** @internal `cumprod`, as `runningSum`. */
  runningProduct(dim: number, order: ScanOrder): Tensor<S> {
    return apply(table.cumprod, [this.self], { dim, ...order });
  }
  /** @internal `h[i] = b[i] + a[i] h[i - 1]` along `dim`, this the factors a. */
  recurrence(b: Tensor, dim: number, reverse: boolean): Tensor<S> {
    return apply(table.recurrence, [this.self, b], { dim, reverse });
  }
}
