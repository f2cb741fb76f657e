/** Matrix products and softmax. */
import { apply, wantTensor } from "../autograd/apply.ts";
import { ShapeError } from "../errors.ts";
import type { ConvolutionBackParams, ConvolutionParams } from "../ops/convolution.ts";
import type { AverageParams, MaxPoolParams, SpreadParams } from "../ops/pooling.ts";
import { table } from "../ops/table.ts";
import { printShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { ShapeOf } from "../typed/broadcast.ts";
import type { HasDim } from "../typed/dims.ts";
import type { MatMul, MatMuls } from "../typed/matmul.ts";
import type { Shape } from "../view.ts";
import { Reductions } from "./reductions.ts";

export abstract class Products<S extends Shape> extends Reductions<S> {
  /**
   * `[..., m, k] x [..., k, n] -> [..., m, n]`; a 1-d factor is a row on the left, a column on the
   * right, and leading dimensions broadcast.
   * @throws ShapeError when the inner sizes differ.
   */
  matmul<O extends Tensor>(other: O & MatMuls<S, ShapeOf<O>>): Tensor<MatMul<S, ShapeOf<O>>> {
    return apply(table.matmul, [this.self, other], undefined);
  }
  /**
   * The sum of the products of two vectors: `[n] . [n] -> []`.
   * @throws ShapeError for other numbers of dimensions, or sizes that differ.
   */
  dot(other: Tensor): Tensor {
    wantTensor("dot", "other", other);
    const [a, b]: readonly [Shape, Shape] = [this.shape, other.shape];
    if (a.length !== 1 || b.length !== 1)
      throw new ShapeError(
        `dot: ${printShape(a)} . ${printShape(b)} - wanted two vectors`,
        "matmul",
      );
    if (a[0] !== b[0])
      throw new ShapeError(
        `dot: ${printShape(a)} . ${printShape(b)} - sizes ${a[0]} and ${b[0]} must match`,
      );
    return apply(table.matmul, [this.self, other], undefined);
  }
  /**
   * Every element of one vector times every element of another: `[n] x [m] -> [n, m]`.
   * @throws ShapeError for other numbers of dimensions.
   */
  outer(other: Tensor): Tensor {
    wantTensor("outer", "other", other);
    if (this.shape.length !== 1 || other.shape.length !== 1)
      throw new ShapeError(
        `outer: ${printShape(this.shape)} x ${printShape(other.shape)} - wanted two vectors`,
      );
    return this.self.unsqueeze(1).mul(other);
  }

  /** @internal The x with this x = `b`, of matrices: `linalg.solve`. */
  solve(b: Tensor, op: string): Tensor {
    return apply(table.solve, [this.self, b], { op });
  }
  /** @internal `linalg.det` */
  det(): Tensor {
    return apply(table.det, [this.self], undefined);
  }
  /** @internal The parts of `linalg.svd` below each other. */
  svd(): Tensor {
    return apply(table.svd, [this.self], undefined);
  }

  /** @internal Slides `filter` over images: the arithmetic of `F.conv1d` and `F.conv2d`. */
  convolve(filter: Tensor, params: ConvolutionParams, bias: Tensor | null = null): Tensor {
    const inputs = bias === null ? [this.self, filter] : [this.self, filter, bias];
    return apply(table.convolution, inputs, params);
  }
  /** @internal The slope of a convolution, this, brought back to its images. */
  convolveInput(filter: Tensor, params: ConvolutionBackParams): Tensor {
    return apply(table.convolutionInput, [this.self, filter], params);
  }
  /** @internal The slope of a convolution, this, brought back to its filter. */
  convolveFilter(images: Tensor, params: ConvolutionBackParams): Tensor {
    return apply(table.convolutionFilter, [this.self, images], params);
  }
  /** @internal The largest element under each place of a window. */
  maxPool(params: MaxPoolParams): Tensor {
    return apply(table.maxPool, [this.self], params);
  }
  /** @internal Means over rectangles. */
  averagePool(params: AverageParams): Tensor {
    return apply(table.avgPool, [this.self], params);
  }
  /** @internal The slope of `averagePool`, this, shared out over the rectangles. */
  averageSpread(params: SpreadParams): Tensor {
    return apply(table.avgSpread, [this.self], params);
  }

  /** Positive numbers that add up to 1 along `dim`. */
  softmax<D extends number>(dim: D & HasDim<"softmax", S, D>): Tensor<S> {
    return apply(table.softmax, [this.self], { dim });
  }
  /** `log(softmax(a))`, without overflow. */
  logSoftmax<D extends number>(dim: D & HasDim<"logSoftmax", S, D>): Tensor<S> {
    return apply(table.logSoftmax, [this.self], { dim });
  }
  /** @internal The slope of cross-entropy: `(this - onehot(labels)) * scale`. */
  softmaxResidual(labels: Tensor, scale: Tensor): Tensor {
    return apply(table.softmaxResidual, [this.self, labels, scale], undefined);
  }
}
