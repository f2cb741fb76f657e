/** Products of matrices, einsum and linear algebra. */
import { cdist, einsum, linalg, type Tensor } from "../../../../../kernel/tensor/index.ts";
import type { One, Ways } from "./way.ts";

interface Pair extends One {
  readonly other: Tensor;
}

interface Matrix {
  readonly a: Tensor;
}

/** What PyTorch's side does too: the slope of a symmetric matrix is one and the same everywhere. */
const symmetric = (a: Tensor): Tensor => a.add(a.transpose(-2, -1)).div(2);

export const products: Ways = {
  matmul: ({ x, other }: Pair) => x.matmul(other),
  mm: ({ x, other }: Pair) => x.mm(other),
  bmm: ({ x, other }: Pair) => x.bmm(other),
  cdist: ({ a, b, ...options }: Matrix & { b: Tensor; p?: number }) => cdist(a, b, options),
  dot: ({ x, other }: Pair) => x.dot(other),
  outer: ({ x, other }: Pair) => x.outer(other),
  einsum: ({ equation, tensors }: { equation: string; tensors: readonly Tensor[] }) =>
    einsum(equation, ...tensors),
  "linalg.solve": ({ a, b }: Matrix & { b: Tensor }) => linalg.solve(a, b),
  "linalg.inv": ({ a }: Matrix) => linalg.inv(a),
  "linalg.det": ({ a }: Matrix) => linalg.det(a),
  "linalg.cholesky": ({ a }: Matrix) => linalg.cholesky(symmetric(a)),
  // Squares, because a vector's sign is free.
  "linalg.eigh": ({ a }: Matrix) => {
    const { values, vectors } = linalg.eigh(symmetric(a));
    return [values, vectors.square()];
  },
  "linalg.svd": ({ a }: Matrix) => {
    const { U, S, Vh } = linalg.svd(a);
    return [U.square(), S, Vh.square()];
  },
  "linalg.norm": ({
    x,
    ord,
    ...options
  }: One & { ord?: number | "fro" | "nuc"; dim?: number | readonly number[]; keepdim?: boolean }) =>
    linalg.norm(x, ord, options),
};
