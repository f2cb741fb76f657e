/**
 * `linalg`: solving, inverting and taking matrices apart, as PyTorch's `torch.linalg`. The last two
 * dimensions are the matrices, those before them a batch. f32 is computed in double precision inside;
 * all have gradients.
 */
import { apply, wantTensor } from "./autograd/apply.ts";
import { composedBy } from "./autograd/history.ts";
import { kindOf, ShapeError } from "./errors.ts";
import { eyeLike } from "./creation/identity.ts";
import { checkOptions } from "./options.ts";
import { table } from "./ops/table.ts";
import { printShape, resolveDim, sameShape, sizeAt } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/**
 * The x with `a x = b`: `a [..., n, n]`, `b [n]` or `[..., n, k]`, a column for each right side.
 * @throws ShapeError when the sizes do not match, or when `a` is singular, naming the pivot.
 * @example
 * const a = tensor([[2, 1], [1, 3]]);
 * linalg.solve(a, tensor([3, 5])) // tensor([0.8000, 1.4000])
 */
export function solve(a: Tensor, b: Tensor): Tensor {
  wantTensor("solve", "a", a);
  wantTensor("solve", "b", b);
  const isVector =
    b.ndim === 1 || (b.ndim + 1 === a.ndim && sameShape(b.shape, a.shape.slice(0, -1)));
  if (!isVector) return a.solve(b, "solve");
  return composedBy("solve", a.solve(b.unsqueeze(-1), "solve").squeeze(-1));
}

/**
 * The matrix that undoes `a`: `[..., n, n]` of as many. To apply it to something, `solve` is faster
 * and more exact.
 * @throws ShapeError for what is not square, or singular, naming the pivot.
 * @example linalg.inv(tensor([[2, 0], [0, 4]])).flatten() // tensor([0.5000, 0.0000, 0.0000, 0.2500])
 */
export function inv(a: Tensor): Tensor {
  wantTensor("inv", "a", a);
  if (a.ndim < 2 || a.shape.at(-1) !== a.shape.at(-2))
    throw new ShapeError(`inv: ${printShape(a.shape)} - wanted a square matrix, [..., n, n]`);
  return composedBy("inv", a.solve(eyeLike(a, sizeAt(a.shape, a.ndim - 1)), "inv"));
}

/**
 * By how much `a` stretches volumes, negative when it mirrors; 0 when it is singular: `[..., n, n] ->
 * [...]`.
 * @throws ShapeError for what is not square.
 * @example linalg.det(tensor([[1, 2], [3, 4]])) // tensor(-2.)
 */
export function det(a: Tensor): Tensor {
  return apply(table.det, [a], undefined);
}

/**
 * The lower triangular L with `L Lᵀ = a`, of a symmetric positive definite `[..., n, n]`.
 * @throws ShapeError when `a` is not symmetric, or not positive definite, naming the pivot.
 * @example linalg.cholesky(tensor([[4, 2], [2, 5]])).flatten() // tensor([2., 0., 1., 2.])
 */
export function cholesky(a: Tensor): Tensor {
  return apply(table.cholesky, [a], undefined);
}

/** What `eigh` finds. */
export interface Eigh {
  /** Ascending, `[..., n]`. */
  readonly values: Tensor;
  /** `[..., n, n]`, a vector in each column. */
  readonly vectors: Tensor;
}

/**
 * Eigenvalues and eigenvectors of a symmetric `[..., n, n]`: `a = V Λ Vᵀ`. A vector's sign is free;
 * here its largest component is positive. Slopes of vectors whose values are equal are not defined
 * and left out.
 * @throws ShapeError when `a` is not symmetric or not finite.
 * @example
 * const { values, vectors } = linalg.eigh(tensor([[2, 1], [1, 2]]));
 * values // tensor([1., 3.])
 * vectors.at(null, 1) // tensor([0.7071, 0.7071])
 */
export function eigh(a: Tensor): Eigh {
  const parts = apply(table.eigh, [a], undefined);
  const n = sizeAt(parts.shape, parts.ndim - 1);
  const [values, vectors] = [parts.select(-2, 0), parts.narrow(-2, 1, n)];
  return { values: composedBy("eigh", values), vectors: composedBy("eigh", vectors) };
}

/** What `svd` finds, k = min(m, n). */
export interface Svd {
  /** `[..., m, k]`, orthonormal columns. */
  readonly U: Tensor;
  /** Singular values, descending, `[..., k]`. */
  readonly S: Tensor;
  /** `[..., k, n]`, orthonormal rows. */
  readonly Vh: Tensor;
}

/**
 * The reduced singular value decomposition `a = U diag(S) Vh` of `[..., m, n]`. Signs of pairs of
 * vectors are free; here the largest component of each row of `Vh` is positive.
 * @throws ShapeError when `a` is no matrix or not finite.
 * @example
 * const points = tensor([[1, 1], [2, 2], [3, 3.3], [4, 3.7]]);
 * const centred = points.sub(points.mean(0));
 * const { S, Vh } = linalg.svd(centred); // principal components are the rows of Vh
 * Vh.at(0) // tensor([0.7227, 0.6911])
 * S.square().div(3) // tensor([3.1649, 0.0284])
 * centred.matmul(Vh.at(0)).shape // 4
 */
export function svd(a: Tensor): Svd {
  const parts = apply(table.svd, [a], undefined);
  const [m, n] = a.shape.slice(-2) as [number, number];
  return {
    U: composedBy("svd", parts.narrow(-2, 0, m)),
    S: composedBy("svd", parts.select(-2, m)),
    Vh: composedBy("svd", parts.narrow(-2, m + 1, n).transpose(-1, -2)),
  };
}

/** `"fro"` is the root of the sum of squares, `"nuc"` the sum of the singular values. */
export type NormOrder = number | "fro" | "nuc";

export interface NormOptions {
  /** One dimension for vectors, two for matrices; all elements unless given. */
  readonly dim?: number | readonly number[];
  readonly keepdim?: boolean;
}

/**
 * How large vectors or matrices are. Without `order` all elements count as one vector, or those of
 * `dim`. Orders of vectors: any number, `Infinity` included. Of matrices: "fro", "nuc", 1 and -1
 * (sums of columns), `Infinity` and `-Infinity` (sums of rows), 2 and -2 (singular values).
 * @throws ShapeError for an order that matrices do not have.
 * @example
 * const x = tensor([[3, 0], [0, 4]]);
 * linalg.norm(x) // tensor(5.)
 * linalg.norm(x, 2) // tensor(4.)
 * linalg.norm(x, 1, { dim: 1 }) // tensor([3., 4.])
 */
export function norm(x: Tensor, order?: NormOrder | null, options: NormOptions = {}): Tensor {
  wantTensor("norm", "x", x);
  checkOptions("norm", options, ["dim", "keepdim"]);
  const { dim, keepdim = false } = options;
  const given = order ?? null;
  if (given === null) return composedBy("vectorNorm", x.norm(2, dim, { keepdim }));
  const dims = dimsOf(x, dim);
  if (dims.length === 1) {
    if (typeof given !== "number")
      throw new ShapeError(`norm: order ${printOrder(given)} of vectors - wanted a number`);
    return composedBy("vectorNorm", x.norm(given, dims, { keepdim }));
  }
  if (dims.length !== 2)
    throw new ShapeError(
      `norm: order ${printOrder(given)} over ${dims.length} dims of ${printShape(x.shape)} - wanted 1 or 2`,
    );
  return matrixNorm(x, given, dims as [number, number], keepdim);
}

function dimsOf(x: Tensor, dim: number | readonly number[] | undefined): number[] {
  if (dim === undefined) return x.shape.map((_, i) => i);
  return [dim].flat().map((each) => resolveDim("norm", each, x.shape));
}

function matrixNorm(
  x: Tensor,
  order: NormOrder,
  [row, column]: readonly [number, number],
  keepdim: boolean,
): Tensor {
  if (row === column)
    throw new ShapeError(`norm: dims [${row}, ${column}] - wanted two different ones`);
  // Turned so that the matrices are last, where what is reduced falls away.
  const rest = x.shape.map((_, dim) => dim).filter((dim) => dim !== row && dim !== column);
  const matrices = x.permute([...rest, row, column]);
  const found = lastNorm(matrices, order);
  const kept = x.shape.map((n, dim) => (dim === row || dim === column ? 1 : n));
  return composedBy(lastStep(order), keepdim ? found.reshape(kept) : found);
}

/** What the last step of a matrix's norm is printed with. */
function lastStep(order: NormOrder): string {
  if (order === "fro") return "vectorNorm";
  if (order === "nuc") return "sumAlong";
  return order > 0 ? "amax" : "amin";
}

/** Of the matrices in the last two dimensions. */
function lastNorm(x: Tensor, order: NormOrder): Tensor {
  const singular = () => svd(x).S;
  switch (order) {
    case "fro":
      return x.norm(2, [-2, -1]);
    case "nuc":
      return singular().sum(-1);
    case 1:
      return x.abs().sum(-2).max(-1);
    case -1:
      return x.abs().sum(-2).min(-1);
    case 2:
      return singular().max(-1);
    case -2:
      return singular().min(-1);
    case Infinity:
      return x.abs().sum(-1).max(-1);
    case -Infinity:
      return x.abs().sum(-1).min(-1);
    default:
      throw new ShapeError(
        `norm: order ${printOrder(order)} of matrices - wanted "fro", "nuc", 1, -1, 2, -2, Infinity or -Infinity`,
      );
  }
}

const printOrder = (order: unknown): string =>
  typeof order === "string"
    ? `"${order}"`
    : typeof order === "number"
      ? String(order)
      : kindOf(order);
