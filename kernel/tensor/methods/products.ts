/** Matrix products and softmax. */
import { apply } from "../apply.ts";
import { table } from "../ops/table.ts";
import type { Tensor } from "../tensor.ts";
import { Reductions } from "./reductions.ts";

export abstract class Products extends Reductions {
  /**
   * `[..., m, k] x [..., k, n] -> [..., m, n]`; a 1-d factor is a row on the left, a column on the
   * right, and leading dimensions broadcast.
   * @throws ShapeError when the inner sizes differ.
   */
  matmul(other: Tensor): Tensor {
    return apply(table.matmul, [this.self, other], undefined);
  }
  /** Positive numbers that add up to 1 along `dim`. */
  softmax(dim: number): Tensor {
    return apply(table.softmax, [this.self], { dim });
  }
  /** `log(softmax(a))`, without overflow. */
  logSoftmax(dim: number): Tensor {
    return apply(table.logSoftmax, [this.self], { dim });
  }
  /** @internal The slope of cross-entropy: `(this - onehot(labels)) * scale`. */
  softmaxResidual(labels: Tensor, scale: Tensor): Tensor {
    return apply(table.softmaxResidual, [this.self, labels, scale], undefined);
  }
}
