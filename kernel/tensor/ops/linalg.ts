/**
 * Solving, and taking matrices apart. The last two dimensions are the matrices; those before them
 * are a batch. Everything is computed in double precision inside.
 */
import { backend } from "../backends/current.ts";
import { promote, toFloat } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { eyeLike } from "../creation/identity.ts";
import { broadcastShapes, broadcastView, printShape, sizeAt } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape, View } from "../view.ts";
import { cast } from "./elementwise.ts";
import { define, type One, type Two } from "./op.ts";

/** @throws ShapeError for anything but square matrices. */
function wantSquare(op: string, shape: Shape): number {
  const [n, m] = [shape.at(-1), shape.at(-2)];
  if (n === undefined || m === undefined || n !== m)
    throw new ShapeError(`${op}: ${printShape(shape)} - wanted a square matrix, [..., n, n]`);
  return n;
}

const asFloat = (x: View): View => cast(x, toFloat(x.storage.dtype));
const batchOf = (shape: Shape): Shape => shape.slice(0, -2);

/** `x` with the leading sizes `batch`. */
const inBatch = (x: View, batch: Shape): View => broadcastView(x, [...batch, ...x.shape.slice(-2)]);

/** (X + Xᵀ) / 2: the share of a slope that a symmetric matrix can follow. */
const symmetricPart = (x: Tensor): Tensor => x.add(x.transpose(-1, -2)).div(2);

/** 1 / x, and 0 for 0: directions that do not tell apart get no slope. */
function inverseOrZero(x: Tensor): Tensor {
  const isZero = x.eq(0);
  return x.maskedFill(isZero, 1).reciprocal().maskedFill(isZero, 0);
}

/** `1 / (x_j - x_i)` at `[i, j]`, 0 where they are equal. */
const inverseGaps = (x: Tensor): Tensor => inverseOrZero(x.unsqueeze(-2).sub(x.unsqueeze(-1)));

/** The product with a diagonal matrix from the right: column j times `d[j]`. */
const timesDiagonal = (x: Tensor, d: Tensor): Tensor => x.mul(d.unsqueeze(-2));

/** Rows `start` to `end - 1` of the matrices. */
const rowsOf = (x: Tensor, start: number, end: number): Tensor => x.narrow(-2, start, end - start);

/** What d det / dA is: det A⁻ᵀ, or for singular matrices, from their parts, det(U) det(V) U Γ Vᵀ. */
function cofactors(a: Tensor, det: Tensor): Tensor {
  const n = sizeAt(a.shape, a.ndim - 1);
  const identity = eyeLike(a, n);
  if (Array.prototype.every.call(det.data, (value) => value !== 0))
    return a.transpose(-1, -2).solve(identity, "det").mul(det.unsqueeze(-1).unsqueeze(-1));
  const parts = a.svd();
  const [u, s, v] = [rowsOf(parts, 0, n), rowsOf(parts, n, n + 1), rowsOf(parts, n + 1, 2 * n + 1)];
  // Γ holds the product of all singular values but one.
  const others = s
    .expand([...batchOf(a.shape), n, n])
    .maskedFill(identity.ne(0), 1)
    .prod(-1);
  const sign = u.det().mul(v.det()).unsqueeze(-1).unsqueeze(-1);
  return timesDiagonal(u, others).matmul(v.transpose(-1, -2)).mul(sign);
}

export const decompositions = {
  /** `a [..., n, n]`, `b [..., n, k] -> x [..., n, k]` with a x = b. */
  solve: define<Two, { readonly op: string }>({
    name: "solve",
    shape: ([a, b], { op }) => {
      const n = wantSquare(op, a.shape);
      const rows = b.shape.at(-2);
      if (rows !== n)
        throw new ShapeError(
          `${op}: ${printShape(a.shape)} x = ${printShape(b.shape)} - ` +
            `sizes ${n} and ${rows ?? "none"} must match`,
        );
      const batch = broadcastShapes(
        op,
        batchOf(a.shape),
        batchOf(b.shape),
        (p, q) =>
          new ShapeError(
            `${op}: ${printShape(a.shape)} x = ${printShape(b.shape)} - ` +
              `leading sizes ${p} and ${q} must be equal, or one of them 1`,
          ),
      );
      return [...batch, n, sizeAt(b.shape, b.shape.length - 1)];
    },
    forward: ([a, b], { op }, shape) => {
      const dtype = toFloat(promote(a.storage.dtype, b.storage.dtype));
      const batch = batchOf(shape);
      return backend().solve(op, inBatch(cast(a, dtype), batch), inBatch(cast(b, dtype), batch));
    },
    // X = A⁻¹B:  dB = A⁻ᵀ dX,  dA = -dB Xᵀ
    gradient: [
      (g, saved) => {
        const back = saved.input(0).transpose(-1, -2).solve(g, saved.params.op);
        return back.matmul(saved.output().transpose(-1, -2)).neg();
      },
      (g, saved) => saved.input(0).transpose(-1, -2).solve(g, saved.params.op),
    ],
  }),

  /** `[..., n, n] -> [...]` */
  det: define<One>({
    name: "det",
    shape: ([a]) => (wantSquare("det", a.shape), batchOf(a.shape)),
    forward: ([a]) => backend().determinant(asFloat(a)),
    // d det = Σ cofactors dA
    gradient: [
      (g, saved) => cofactors(saved.input(0), saved.output()).mul(g.unsqueeze(-1).unsqueeze(-1)),
    ],
  }),

  /** `[..., n, n] ->` lower L of as many, A = L Lᵀ. */
  cholesky: define<One>({
    name: "cholesky",
    shape: ([a]) => (wantSquare("cholesky", a.shape), a.shape),
    forward: ([a]) => backend().cholesky(asFloat(a)),
    // A = LLᵀ:  dA = L⁻ᵀ Φ(Lᵀ dL) L⁻¹, symmetric part; Φ keeps the lower half and half the diagonal
    gradient: [
      (g, saved) => {
        const l = saved.output();
        const lower = l.transpose(-1, -2).matmul(g);
        const half = lower.tril().add(lower.tril(-1)).div(2);
        const up = l.transpose(-1, -2);
        const left = up.solve(half, "cholesky").transpose(-1, -2);
        return symmetricPart(up.solve(left, "cholesky"));
      },
    ],
  }),

  /** Symmetric `[..., n, n] -> [..., n + 1, n]`: a row of eigenvalues, then their vectors as columns. */
  eigh: define<One>({
    name: "eigh",
    shape: ([a]) => {
      const n = wantSquare("eigh", a.shape);
      return [...batchOf(a.shape), n + 1, n];
    },
    forward: ([a]) => backend().eigh(asFloat(a)),
    // A = V Λ Vᵀ:  dA = V (dΛ + E ∘ Vᵀ dV) Vᵀ with E_ij = 1 / (λ_j - λ_i), symmetric part
    gradient: [
      (g, saved) => {
        const parts = saved.output();
        const n = sizeAt(parts.shape, parts.ndim - 1);
        const [values, v] = [rowsOf(parts, 0, 1).squeeze(-2), rowsOf(parts, 1, n + 1)];
        const turn = v
          .transpose(-1, -2)
          .matmul(rowsOf(g, 1, n + 1))
          .mul(inverseGaps(values));
        const stretch = eyeLike(parts, n).mul(rowsOf(g, 0, 1));
        return symmetricPart(v.matmul(turn.add(stretch)).matmul(v.transpose(-1, -2)));
      },
    ],
  }),

  /** `[..., m, n] -> [..., m + 1 + n, k]`: U, a row of singular values, then V; k = min(m, n). */
  svd: define<One>({
    name: "svd",
    shape: ([a]) => {
      const [m, n] = [a.shape.at(-2), a.shape.at(-1)];
      if (m === undefined || n === undefined)
        throw new ShapeError(`svd: ${printShape(a.shape)} - wanted a matrix, [..., m, n]`);
      return [...batchOf(a.shape), m + 1 + n, Math.min(m, n)];
    },
    forward: ([a]) => backend().svd(asFloat(a)),
    // A = U S Vᵀ:  dA = U (dS + (F ∘ (Uᵀ dU - dUᵀ U)) S + S (F ∘ (Vᵀ dV - dVᵀ V))) Vᵀ
    //   + (I - U Uᵀ) dU S⁻¹ Vᵀ + U S⁻¹ dVᵀ (I - V Vᵀ),  F_ij = 1 / (s_j² - s_i²)
    gradient: [
      (g, saved) => {
        const [m, n] = saved.shape(0).slice(-2) as [number, number];
        const parts = saved.output();
        const cut = (x: Tensor): [Tensor, Tensor, Tensor] => [
          rowsOf(x, 0, m),
          rowsOf(x, m, m + 1).squeeze(-2),
          rowsOf(x, m + 1, m + 1 + n),
        ];
        const [u, s, v] = cut(parts);
        const [du, ds, dv] = cut(g);
        const gaps = inverseGaps(s.square());
        const skew = (x: Tensor, dx: Tensor) => {
          const both = x.transpose(-1, -2).matmul(dx);
          return both.sub(both.transpose(-1, -2)).mul(gaps);
        };
        const k = sizeAt(s.shape, s.ndim - 1);
        const core = timesDiagonal(skew(u, du), s)
          .add(skew(v, dv).mul(s.unsqueeze(-1)))
          .add(eyeLike(parts, k).mul(ds.unsqueeze(-2)));
        // What of dx lies outside the columns of x.
        const outside = (x: Tensor, dx: Tensor) => dx.sub(x.matmul(x.transpose(-1, -2).matmul(dx)));
        const back = v.transpose(-1, -2);
        let slope = u.matmul(core).matmul(back);
        const inverse = inverseOrZero(s);
        if (m > k) slope = slope.add(timesDiagonal(outside(u, du), inverse).matmul(back));
        if (n > k)
          slope = slope.add(timesDiagonal(u, inverse).matmul(outside(v, dv).transpose(-1, -2)));
        return slope;
      },
    ],
  }),
};
