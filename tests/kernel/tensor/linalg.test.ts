/** Decompositions: what they must multiply back to, where slopes are delicate, and the messages. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  eye,
  Generator,
  grad,
  gradcheck,
  linalg,
  ones,
  randn,
  tensor,
  type Tensor,
  zeros,
} from "../../../kernel/tensor/index.ts";

const drawn = (seed: number, shape: readonly number[]): Tensor =>
  randn(shape, { dtype: "f64", generator: new Generator(seed) });
const turned = (x: Tensor): Tensor => x.transpose(-1, -2);
const largest = (x: Tensor): number => (x.numel() === 0 ? 0 : x.abs().max().item());

const seed = fc.integer({ min: 0, max: 1e6 });
const size = fc.integer({ min: 1, max: 7 });
const tries = { numRuns: 60, seed: 21 };

test("svd() reconstructs, with orthonormal vectors and descending values", () => {
  fc.assert(
    fc.property(seed, size, size, fc.integer({ min: 1, max: 7 }), (s, m, n, rank) => {
      // Of low rank where `rank` is less than both sizes.
      const a = drawn(s, [2, m, rank]).matmul(drawn(s + 1, [2, rank, n]));
      const { U, S, Vh } = linalg.svd(a);
      const k = Math.min(m, n);
      expect([U.shape, S.shape, Vh.shape]).toEqual([
        [2, m, k],
        [2, k],
        [2, k, n],
      ]);
      expect(largest(U.mul(S.unsqueeze(-2)).matmul(Vh).sub(a))).toBeLessThan(1e-12);
      expect(largest(turned(U).matmul(U).sub(eye(k)))).toBeLessThan(1e-12);
      expect(largest(Vh.matmul(turned(Vh)).sub(eye(k)))).toBeLessThan(1e-12);
      expect(
        S.data.every((value, i) => value >= 0 && (i % k === 0 || value <= (S.data[i - 1] ?? 0))),
      ).toBe(true);
    }),
    tries,
  );
});

test("eigh() reconstructs, with orthonormal vectors and ascending values", () => {
  fc.assert(
    fc.property(seed, size, fc.boolean(), (s, n, isRound) => {
      const b = drawn(s, [2, n, n]);
      // Rounded entries make equal eigenvalues and zeros likely.
      const a = isRound ? b.add(turned(b)).to("i32").to("f64") : b.add(turned(b));
      const { values, vectors } = linalg.eigh(a);
      expect(
        largest(vectors.mul(values.unsqueeze(-2)).matmul(turned(vectors)).sub(a)),
      ).toBeLessThan(1e-12);
      expect(largest(turned(vectors).matmul(vectors).sub(eye(n)))).toBeLessThan(1e-12);
      expect(
        values.data.every((value, i) => i % n === 0 || value >= (values.data[i - 1] ?? 0)),
      ).toBe(true);
    }),
    tries,
  );
});

test("cholesky() multiplies back and has zeros above", () => {
  fc.assert(
    fc.property(seed, size, (s, n) => {
      const b = drawn(s, [n, n]);
      const a = b.matmul(b.T).add(eye(n));
      const l = linalg.cholesky(a);
      expect(largest(l.matmul(l.T).sub(a))).toBeLessThan(1e-12);
      expect(l.tril().toArray()).toEqual(l.toArray());
    }),
    tries,
  );
});

test("solve(A, A x) is x, for vectors, matrices and batches", () => {
  fc.assert(
    fc.property(seed, size, fc.integer({ min: 1, max: 3 }), (s, n, columns) => {
      // Far from singular, so that x comes back exactly enough.
      const a = drawn(s, [2, n, n]).add(eye(n).mul(4 * n));
      const x = drawn(s + 1, [2, n, columns]);
      expect(largest(linalg.solve(a, a.matmul(x)).sub(x))).toBeLessThan(1e-11);
      const one = x.at(0, null, 0);
      expect(largest(linalg.solve(a.at(0), a.at(0).matmul(one)).sub(one))).toBeLessThan(1e-11);
      expect(largest(linalg.inv(a).matmul(a).sub(eye(n)))).toBeLessThan(1e-11);
    }),
    tries,
  );
});

describe("det()", () => {
  test("of whole numbers is exact, and 0 for a singular matrix", () => {
    expect(
      linalg
        .det(
          tensor([
            [1, 2],
            [3, 4],
          ]),
        )
        .item(),
    ).toBe(-2);
    expect(
      linalg
        .det(
          tensor([
            [1, 2, 3],
            [4, 5, 6],
            [7, 8, 9],
          ]),
        )
        .item(),
    ).toBe(0);
    expect(
      linalg
        .det(
          tensor([
            [0, 1],
            [1, 0],
          ]),
        )
        .item(),
    ).toBe(-1);
  });

  test("keeps its slope where the matrix is singular: the cofactors", () => {
    const a = tensor(
      [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ],
      { dtype: "f64", requiresGrad: true },
    );
    linalg.det(a).backward();
    const wanted = [-3, 6, -3, 6, -12, 6, -3, 6, -3];
    wanted.forEach((value, i) => expect(a.grad?.data[i]).toBeCloseTo(value, 9));
  });

  test("is the product of tiny and huge pivots, which are not taken for singular", () => {
    const a = tensor(
      [
        [1e-30, 0],
        [0, 1e30],
      ],
      { dtype: "f64" },
    );
    expect(linalg.det(a).item()).toBeCloseTo(1, 12);
    const back = a.matmul(linalg.solve(a, tensor([1, 2], { dtype: "f64" })));
    expect(
      back
        .sub(tensor([1, 2]))
        .abs()
        .max()
        .item(),
    ).toBeLessThan(1e-15);
  });
});

describe("slopes", () => {
  test("of eigenvalues that are equal are those of their sum", () => {
    const a = eye(3, 3, { dtype: "f64" });
    a.requiresGrad = true;
    linalg.eigh(a).values.sum().backward();
    expect(a.grad?.toArray()).toEqual(eye(3).toArray());
  });

  test("of eigh() are symmetric, so that a step along them keeps the matrix symmetric", () => {
    const b = drawn(1, [3, 3]);
    const a = b.add(b.T);
    a.requiresGrad = true;
    linalg
      .eigh(a)
      .vectors.mul(drawn(2, [3, 3]))
      .sum()
      .backward();
    expect(a.grad?.toArray()).toEqual(a.grad?.T.toArray());
  });

  test("have slopes: solve, inv, det, cholesky, eigh and svd", () => {
    const positive = (x: Tensor) => x.matmul(x.T).add(eye(3));
    const functions: ((x: Tensor) => Tensor)[] = [
      (x) => linalg.solve(x, ones([3])).tanh(),
      (x) => linalg.inv(x),
      (x) => linalg.det(x).square(),
      (x) => linalg.cholesky(positive(x)).square(),
      (x) => linalg.eigh(positive(x)).vectors.tanh(),
      (x) => linalg.svd(x).Vh.tanh(),
      (x) => linalg.norm(x, "nuc"),
    ];
    for (const f of functions) {
      const slope = (x: Tensor) => {
        const [found] = grad(f(x).sum(), [x], { createGraph: true });
        return found ?? x;
      };
      expect(gradcheck(slope, [drawn(4, [3, 3])], { atol: 1e-4 })).toBe(true);
    }
  });
});

test("signs of vectors are chosen: the largest component is positive", () => {
  const b = drawn(8, [5, 5]);
  const columns = linalg.eigh(b.add(b.T)).vectors.T;
  for (const vectors of [columns, linalg.svd(b).Vh])
    for (let i = 0; i < 5; i++) {
      const row = vectors.at(i);
      expect(row.at(row.abs().argmax().item()).item()).toBeGreaterThan(0);
    }
});

test("of no elements are empty", () => {
  expect(linalg.solve(zeros([0, 0]), zeros([0, 2])).shape).toEqual([0, 2]);
  expect(linalg.eigh(zeros([0, 0])).vectors.shape).toEqual([0, 0]);
  expect(linalg.svd(zeros([0, 3])).Vh.shape).toEqual([0, 3]);
  expect(linalg.det(zeros([2, 0, 0])).toArray()).toEqual([1, 1]);
  expect(linalg.cholesky(zeros([0, 2, 2])).shape).toEqual([0, 2, 2]);
});

test("svd() of zeros and of numbers near the ends of the range is exact", () => {
  const { U, S, Vh } = linalg.svd(zeros([3, 2]));
  expect([U.T.matmul(U).toArray(), S.toArray(), Vh.toArray()]).toEqual([
    eye(2).toArray(),
    [0, 0],
    eye(2).toArray(),
  ]);
  for (const scale of [1e-200, 1e200])
    expect(linalg.svd(eye(2, 2, { dtype: "f64" }).mul(scale)).S.toArray()).toEqual([scale, scale]);
});

test("norm() has PyTorch's orders of vectors and matrices", () => {
  const x = tensor([
    [1, -2, 3],
    [-4, 5, 6],
  ]);
  const near = (found: Tensor, wanted: readonly number[]) => {
    expect(found.numel()).toBe(wanted.length);
    wanted.forEach((value, i) => expect(found.data[i]).toBeCloseTo(value, 4));
  };
  near(linalg.norm(x), [9.5394]);
  near(linalg.norm(x, "fro"), [9.5394]);
  near(linalg.norm(x, "nuc"), [12.4971]);
  near(linalg.norm(x, 1), [9]);
  near(linalg.norm(x, -1), [5]);
  near(linalg.norm(x, Infinity), [15]);
  near(linalg.norm(x, -Infinity), [6]);
  near(linalg.norm(x, 2), [8.7894]);
  near(linalg.norm(x, -2), [3.7077]);
  near(linalg.norm(x, 3, { dim: 1 }), [3.3019, 7.3986]);
  near(linalg.norm(x, null, { dim: 0 }), [4.1231, 5.3852, 6.7082]);
  expect(linalg.norm(x, 2, { dim: [0, 1], keepdim: true }).shape).toEqual([1, 1]);
  expect(linalg.norm(x.reshape(1, 2, 3), "nuc", { dim: [2, 0] }).shape).toEqual([2]);
});

const square = (values: number[][]) => tensor(values);

test.each<readonly [() => unknown, string]>([
  [
    () =>
      linalg.solve(
        square([
          [1, 2],
          [2, 4],
        ]),
        ones([2]),
      ),
    "solve: the matrix is singular - pivot 1 is 0 and must not be",
  ],
  [
    () =>
      linalg.inv(
        eye(2)
          .expand(3, 2, 2)
          .mul(tensor([1, 0, 1]).reshape(3, 1, 1)),
      ),
    "inv: matrix 1 of 3 is singular - pivot 0 is 0 and must not be",
  ],
  [
    () => linalg.solve(ones([2, 3]), ones([2])),
    "solve: [2, 3] - wanted a square matrix, [..., n, n]",
  ],
  [() => linalg.solve(eye(3), ones([2, 1])), "solve: [3, 3] x = [2, 1] - sizes 3 and 2 must match"],
  [() => linalg.inv(ones([3])), "inv: [3] - wanted a square matrix, [..., n, n]"],
  [() => linalg.det(ones([2, 3])), "det: [2, 3] - wanted a square matrix, [..., n, n]"],
  [
    () =>
      linalg.cholesky(
        square([
          [1, 2],
          [2, 1],
        ]),
      ),
    "cholesky: the matrix is not positive definite - pivot 1 is -3 and must be above 0",
  ],
  [
    () =>
      linalg.cholesky(
        square([
          [1, 0],
          [2, 5],
        ]),
      ),
    "cholesky: 0 at [0, 1] and 2 at [1, 0] - wanted a symmetric matrix",
  ],
  [
    () =>
      linalg.eigh(
        square([
          [1, 3],
          [2, 1],
        ]),
      ),
    "eigh: 3 at [0, 1] and 2 at [1, 0] - wanted a symmetric matrix",
  ],
  [
    () =>
      linalg.eigh(
        square([
          [1, Number.NaN],
          [2, 1],
        ]),
      ),
    "eigh: NaN at [0, 1] - wanted finite numbers",
  ],
  [
    () =>
      linalg.svd(
        square([
          [1, 2],
          [Infinity, 1],
        ]),
      ),
    "svd: Infinity at [1, 0] - wanted finite numbers",
  ],
  [() => linalg.svd(ones([3])), "svd: [3] - wanted a matrix, [..., m, n]"],
  [
    () => linalg.norm(ones([2, 2]), 3),
    'norm: order 3 of matrices - wanted "fro", "nuc", 1, -1, 2, -2, Infinity or -Infinity',
  ],
  [() => linalg.norm(ones([2]), "fro"), 'norm: order "fro" of vectors - wanted a number'],
  [() => linalg.norm(ones([2, 2, 2]), 1), "norm: order 1 over 3 dims of [2, 2, 2] - wanted 1 or 2"],
  [
    () => linalg.norm(ones([2, 2]), 1, { dim: [0, -2] }),
    "norm: dims [0, 0] - wanted two different ones",
  ],
  [() => linalg.det([[1]] as never), "det: an array - wanted a tensor"],
  [() => linalg.solve(eye(2), 3 as never), "solve: a number for b - wanted a tensor"],
])("what cannot be computed is named with what was wanted, %#", (run, message) => {
  expect(run).toThrow(message);
});
