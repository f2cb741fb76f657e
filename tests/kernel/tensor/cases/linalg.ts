/** Cases of solving and decompositions: against Cramer's rule and the formulas for 2 x 2 matrices. */
import { eye, linalg, type Nested, type Tensor } from "../../../../kernel/tensor/index.ts";
import type { OpName } from "../../../../kernel/tensor/ops/table.ts";
import { one, type Numbers, type OpCases } from "./case.ts";
import { matrix, rows } from "./plain.ts";

type Matrix = readonly (readonly number[])[];

/** Laplace's expansion along the first row. */
function determinant(m: Matrix): number {
  if (m.length === 0) return 1;
  return (m[0] ?? []).reduce((sum, value, j) => {
    const rest = m.slice(1).map((row) => row.toSpliced(j, 1));
    return sum + (j % 2 === 0 ? value : -value) * determinant(rest);
  }, 0);
}

/** Cramer's rule, for each column of `b`. */
function cramer(a: Matrix, b: Matrix): number[][] {
  return a.map((_, i) =>
    (b[0] ?? []).map((__, column) => {
      const replaced = a.map((row, r) => row.with(i, b[r]?.[column] ?? Number.NaN));
      return determinant(replaced) / determinant(a);
    }),
  );
}

const turned = (x: Tensor): Tensor => x.transpose(-1, -2);
const symmetric = (x: Tensor): Tensor => x.add(turned(x));
const positive = (x: Tensor): Tensor => x.matmul(turned(x)).add(eye(x.shape.at(-1) ?? 0));

/** The entries of a + aᵀ, a of 2 x 2. */
function symmetricEntries(x: Numbers): { p: number; q: number; r: number } {
  const [[a = 0, b = 0] = [], [c = 0, d = 0] = []] = matrix(x);
  return { p: 2 * a, q: b + c, r: 2 * d };
}

function eigenvalues(x: Numbers): [number, number] {
  const { p, q, r } = symmetricEntries(x);
  const spread = Math.hypot((p - r) / 2, q);
  return [(p + r) / 2 - spread, (p + r) / 2 + spread];
}

/** Columns (q, λ - p) of length 1, the larger entry positive. */
function eigenvectors(x: Numbers): number[][] {
  const { p, q } = symmetricEntries(x);
  const [u, v] = eigenvalues(x).map((value): [number, number] => {
    const [a, b] = [q, value - p];
    const length = Math.hypot(a, b) * Math.sign(Math.abs(a) >= Math.abs(b) ? a : b);
    return [a / length, b / length];
  }) as [[number, number], [number, number]];
  return [
    [u[0], v[0]],
    [u[1], v[1]],
  ];
}

/** Sums of columns of squares, or entries of L by hand: a aᵀ + I = L Lᵀ for 2 x 2. */
function choleskyOf(x: Numbers): number[][] {
  const [[a = 0, b = 0] = [], [c = 0, d = 0] = []] = matrix(x);
  const first = Math.sqrt(a * a + b * b + 1);
  const below = (a * c + b * d) / first;
  return [
    [first, 0],
    [below, Math.sqrt(c * c + d * d + 1 - below * below)],
  ];
}

/** Of 2 x 2: √((t ± √(t² - 4 det²)) / 2) with t the sum of squares. */
function singularValues(x: Numbers): number[] {
  const m = matrix(x);
  const t = m.flat().reduce((sum, value) => sum + value * value, 0);
  const spread = Math.sqrt(t * t - 4 * determinant(m) ** 2);
  return [Math.sqrt((t + spread) / 2), Math.sqrt((t - spread) / 2)];
}

/** The orthogonal matrix nearest to one of 2 x 2: A ± cofactors(A), scaled. */
function nearestRotation(x: Numbers): number[][] {
  const m = matrix(x);
  const [[a = 0, b = 0] = [], [c = 0, d = 0] = []] = m;
  const sign = Math.sign(determinant(m));
  const sums = [
    [a + sign * d, b - sign * c],
    [c - sign * b, d + sign * a],
  ];
  const length = Math.hypot(sums[0]?.[0] ?? 0, sums[1]?.[0] ?? 0);
  return sums.map((row) => row.map((value) => value / length));
}

const spectrum = ({ values, vectors }: linalg.Eigh): Tensor =>
  vectors.mul(values.unsqueeze(-2)).matmul(turned(vectors));
const product = ({ U, S, Vh }: linalg.Svd): Tensor => U.mul(S.unsqueeze(-2)).matmul(Vh);
const same = (x: Numbers): Nested => x;

export const linalgCases = {
  solve: {
    cases: [
      {
        shapes: [
          [3, 3],
          [3, 2],
        ],
        run: (a, b) => linalg.solve(a, b),
        whole: (a, b) => cramer(matrix(a), matrix(b)),
      },
      {
        shapes: [[2, 2, 2], [2]],
        run: (a, b) => linalg.solve(a, b),
        whole: (a, b) =>
          rows(a).map((each) =>
            cramer(
              matrix(each),
              rows(b).map((value) => [Number(value)]),
            ).flat(),
          ),
      },
      {
        shapes: [[2, 2, 2]],
        run: (a) => linalg.inv(a),
        whole: (a) =>
          rows(a).map((each) =>
            cramer(matrix(each), [
              [1, 0],
              [0, 1],
            ]),
          ),
      },
    ],
  },
  det: {
    cases: [
      one([3, 3], linalg.det, (a) => determinant(matrix(a))),
      one([2, 4, 4], linalg.det, (a) => rows(a).map((each) => determinant(matrix(each)))),
      one([1, 1], linalg.det, (a) => determinant(matrix(a))),
      one([0, 0], linalg.det, () => 1),
    ],
  },
  cholesky: {
    cases: [
      one([2, 2], (a) => linalg.cholesky(positive(a)), choleskyOf),
      one(
        [2, 2, 2],
        (a) => linalg.cholesky(positive(a)),
        (a) => rows(a).map(choleskyOf),
      ),
    ],
  },
  eigh: {
    cases: [
      one([2, 2], (a) => linalg.eigh(symmetric(a)).values, eigenvalues),
      one([2, 2], (a) => linalg.eigh(symmetric(a)).vectors, eigenvectors),
      one(
        [2, 3, 3],
        (a) => spectrum(linalg.eigh(symmetric(a))),
        (a) =>
          rows(a).map((each) => {
            const m = matrix(each);
            return m.map((row, i) => row.map((value, j) => value + (m[j]?.[i] ?? Number.NaN)));
          }),
      ),
    ],
  },
  svd: {
    cases: [
      one([2, 2], (a) => linalg.svd(a).S, singularValues),
      one(
        [2, 2],
        (a) => {
          const { U, Vh } = linalg.svd(a);
          return U.matmul(Vh);
        },
        nearestRotation,
      ),
      one([2, 4, 3], (a) => product(linalg.svd(a)), same),
      one([2, 4], (a) => product(linalg.svd(a)), same),
    ],
  },
} satisfies Partial<Record<OpName, OpCases>>;
