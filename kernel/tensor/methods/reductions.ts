/** Methods that fold dimensions away, or run along one. */
import { apply } from "../apply.ts";
import { table } from "../ops/table.ts";
import type { Tensor } from "../tensor.ts";
import { Elementwise } from "./elementwise.ts";

export interface KeepDim {
  /** Keeps the reduced dimensions with size 1, so that the result broadcasts against the input. */
  readonly keepdim?: boolean;
}

export interface VarianceOptions extends KeepDim {
  /** The divisor is n - correction; 1 unless given, as in PyTorch. */
  readonly correction?: number;
}

type Dims = number | readonly number[];

export abstract class Reductions extends Elementwise {
  /**
   * Over `dim` (or several, or all): `[2, 3].sum(1) -> [2]`.
   * @throws ShapeError for a dim that is not there, as all reductions.
   */
  sum(dim?: Dims, { keepdim = false }: KeepDim = {}): Tensor {
    return apply(table.sum, [this.self], { dim, keepdim });
  }
  /** Integers give f32; no elements give NaN. */
  mean(dim?: Dims, { keepdim = false }: KeepDim = {}): Tensor {
    return apply(table.mean, [this.self], { dim, keepdim });
  }
  /** The largest values; where they are: `argmax`. */
  max(dim?: Dims, { keepdim = false }: KeepDim = {}): Tensor {
    return apply(table.max, [this.self], { dim, keepdim });
  }
  /** The smallest values; where they are: `argmin`. */
  min(dim?: Dims, { keepdim = false }: KeepDim = {}): Tensor {
    return apply(table.min, [this.self], { dim, keepdim });
  }
  /** Mean squared distance from the mean, divided by n - 1 unless `correction` says otherwise. */
  var(dim?: Dims, { keepdim = false, correction = 1 }: VarianceOptions = {}): Tensor {
    return apply(table.var, [this.self], { dim, keepdim, correction });
  }
  /** Square root of `var`. */
  std(dim?: Dims, { keepdim = false, correction = 1 }: VarianceOptions = {}): Tensor {
    return apply(table.std, [this.self], { dim, keepdim, correction });
  }
  /** `log Σ eᵃ`, without overflow. */
  logsumexp(dim?: Dims, { keepdim = false }: KeepDim = {}): Tensor {
    return apply(table.logsumexp, [this.self], { dim, keepdim });
  }
  /** Index of the first largest element, i32; without `dim`, counted row by row through all. */
  argmax(dim?: number, { keepdim = false }: KeepDim = {}): Tensor {
    return apply(table.argmax, [this.self], { dim, keepdim });
  }
  /** Index of the first smallest element, as `argmax`. */
  argmin(dim?: number, { keepdim = false }: KeepDim = {}): Tensor {
    return apply(table.argmin, [this.self], { dim, keepdim });
  }
}
