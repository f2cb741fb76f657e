/** Matrix products and softmax. */
import { apply, wantTensor } from "../autograd/apply.ts";
import { composedBy } from "../autograd/history.ts";
import { ShapeError } from "../errors.ts";
import type { ConvolutionBackParams, ConvolutionParams } from "../ops/convolution.ts";
import type {
  AverageParams,
  MaxPoolParams,
  MaxSpreadParams,
  SpreadParams,
} from "../ops/pooling.ts";
import { table } from "../ops/table.ts";
import { printShape, sizeAt } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { ShapeOf } from "../typed/broadcast.ts";
import type { HasDim } from "../typed/dims.ts";
import type { MatMul, MatMuls } from "../typed/matmul.ts";
import type { Crossed, Crosses, Dots } from "../typed/vectors.ts";
import { shapeError, wording } from "../typed/wording.ts";
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
  dot<O extends Tensor>(other: O & Dots<S, ShapeOf<O>>): Tensor<[]> {
    wantTensor("dot", "other", other);
    const [a, b]: readonly [Shape, Shape] = [this.shape, other.shape];
    if (a.length !== 1 || b.length !== 1)
      throw shapeError(wording.vectors, { op: "dot", a, sign: ".", b }, "matmul");
    if (a[0] !== b[0]) throw shapeError(wording.dot, { a, b, m: sizeAt(a, 0), n: sizeAt(b, 0) });
    return apply(table.matmul, [this.self, other], undefined);
  }
  /**
   * Every element of one vector times every element of another: `[n] x [m] -> [n, m]`.
   * @throws ShapeError for other numbers of dimensions.
   */
  outer<O extends Tensor>(other: O & Crosses<S, ShapeOf<O>>): Tensor<Crossed<S, ShapeOf<O>>> {
    wantTensor("outer", "other", other);
    if (this.shape.length !== 1 || other.shape.length !== 1)
      throw shapeError(wording.vectors, { op: "outer", a: this.shape, sign: "x", b: other.shape });
    return this.self.unsqueeze(1).mul(other);
  }

  /** `matmul` of two matrices and nothing else: `[n, k] x [k, m] -> [n, m]`. @throws ShapeError. */
  mm<O extends Tensor>(other: O): Tensor<MatMul<S, ShapeOf<O>>> {
    return this.matrices("mm", 2, other);
  }
  /** `matmul` of as many matrices: `[b, n, k] x [b, k, m] -> [b, n, m]`. @throws ShapeError. */
  bmm<O extends Tensor>(other: O): Tensor<MatMul<S, ShapeOf<O>>> {
    return this.matrices("bmm", 3, other);
  }

  private matrices(op: string, rank: 2 | 3, other: Tensor): Tensor {
    wantTensor(op, "other", other);
    const [a, b]: readonly [Shape, Shape] = [this.shape, other.shape];
    const refuse = (wanted: string) =>
      new ShapeError(`${op}: ${printShape(a)} x ${printShape(b)} - ${wanted}`, "matmul broadcasts");
    if (a.length !== rank || b.length !== rank)
      throw refuse(rank === 2 ? "wanted two matrices" : "wanted two lists of matrices, 3-d");
    if (rank === 3 && a[0] !== b[0])
      throw refuse(`leading sizes ${a[0]} and ${b[0]} must be equal`);
    if (a.at(-1) !== b.at(-2)) throw refuse(`inner sizes ${a.at(-1)} and ${b.at(-2)} must match`);
    return composedBy(op, apply(table.matmul, [this.self, other], undefined));
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
  /** @internal The slope of `maxPool`, this, brought back to the elements it took. */
  maxSpread(index: Tensor, params: MaxSpreadParams): Tensor {
    return apply(table.maxSpread, [this.self, index], params);
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
