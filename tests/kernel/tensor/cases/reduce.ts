/** Cases of ops that fold dimensions away. */
import type { Tensor } from "../../../../kernel/tensor/index.ts";
import type { OpName } from "../../../../kernel/tensor/ops/table.ts";
import { type Numbers, one, type OpCase, type OpCases } from "./case.ts";
import { columns, flat, matrix, mean, rows, sum, variance, withZeros } from "./plain.ts";

/** A fold of a `[2, 3, 2]` over all, over its middle (kept), and over its ends; and of a 0-d one. */
function folds(
  run: (x: Tensor, dim?: number | number[], keepdim?: boolean) => Tensor,
  fold: (values: number[]) => number,
  smallest = 1,
): OpCase[] {
  const entry = (x: Numbers, i: number, j: number, k: number): number =>
    flat(rows(rows(rows(x)[i] ?? [])[j] ?? []))[k] ?? Number.NaN;
  const cases = [
    one(
      [2, 3, 2],
      (x) => run(x),
      (x) => fold(flat(x)),
    ),
    one(
      [2, 3, 2],
      (x) => run(x, 1, true),
      (x) => [0, 1].map((i) => [[0, 1].map((k) => fold([0, 1, 2].map((j) => entry(x, i, j, k))))]),
    ),
    one(
      [2, 3, 2],
      (x) => run(x, [0, -1]),
      (x) =>
        [0, 1, 2].map((j) => fold([0, 1].flatMap((i) => [entry(x, i, j, 0), entry(x, i, j, 1)]))),
    ),
  ];
  if (smallest === 1)
    cases.push(
      one(
        [],
        (x) => run(x),
        (x) => fold(flat(x)),
      ),
    );
  return cases;
}

const normOf = (values: readonly number[], p: number): number => {
  const sizes = values.map(Math.abs);
  if (p === Infinity) return Math.max(...sizes);
  if (p === -Infinity) return Math.min(...sizes);
  return sum(sizes.map((size) => size ** p)) ** (1 / p);
};

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;

export const reduceCases = {
  sum: {
    cases: [
      ...folds((x, dim, keepdim = false) => x.sum(dim, { keepdim }), sum),
      one(
        [0, 2],
        (x) => x.sum(0),
        () => [0, 0],
      ),
    ],
  },
  mean: { cases: folds((x, dim, keepdim = false) => x.mean(dim, { keepdim }), mean) },
  max: {
    cases: folds(
      (x, dim, keepdim = false) => x.max(dim, { keepdim }),
      (v) => Math.max(...v),
    ),
  },
  min: {
    cases: folds(
      (x, dim, keepdim = false) => x.min(dim, { keepdim }),
      (v) => Math.min(...v),
    ),
  },
  var: {
    cases: folds(
      (x, dim, keepdim = false) => x.var(dim, { keepdim }),
      (v) => variance(v, 1),
      2,
    ),
  },
  std: {
    cases: folds(
      (x, dim, keepdim = false) => x.std(dim, { keepdim, correction: 0 }),
      (v) => Math.sqrt(variance(v, 0)),
      2,
    ),
  },
  logsumexp: {
    cases: folds(
      (x, dim, keepdim = false) => x.logsumexp(dim, { keepdim }),
      (v) => Math.log(sum(v.map((value) => Math.exp(value)))),
    ),
  },
  prod: {
    cases: [
      ...folds(
        (x, dim, keepdim = false) => x.prod(dim, { keepdim }),
        (v) => v.reduce((a, b) => a * b, 1),
      ),
      one(
        [3, 4],
        (x) => x.mul(withZeros).prod(1),
        (x) => [matrix(x)[0]?.reduce((a, b) => a * b, 1) ?? 0, 0, 0],
      ),
      one(
        [0, 2],
        (x) => x.prod(0),
        () => [1, 1],
      ),
    ],
  },
  norm: {
    cases: [2, 1, 3, 1.5, 0.5, -1, Infinity, -Infinity].flatMap((p) =>
      folds(
        (x, dim, keepdim = false) => x.norm(p, dim, { keepdim }),
        (v) => normOf(v, p),
      ),
    ),
  },
  median: {
    cases: [
      one(
        [3, 4],
        (x) => x.median(1),
        (x) => matrix(x).map(medianOf),
      ),
      one(
        [3, 4],
        (x) => x.median(0, { keepdim: true }),
        (x) => [columns(x).map(medianOf)],
      ),
      one(
        [2, 3],
        (x) => x.median(),
        (x) => medianOf(flat(x)),
      ),
      one(
        [],
        (x) => x.median(0),
        (x) => medianOf(flat(x)),
      ),
    ],
  },
  any: {
    discrete: true,
    cases: folds(
      (x, dim, keepdim = false) => x.gt(1).any(dim, { keepdim }),
      (v) => Number(v.some((value) => value > 1)),
    ),
  },
  all: {
    discrete: true,
    cases: folds(
      (x, dim, keepdim = false) => x.gt(-1).all(dim, { keepdim }),
      (v) => Number(v.every((value) => value > -1)),
    ),
  },
  argmax: {
    discrete: true,
    cases: [
      one(
        [3, 4],
        (x) => x.argmax(1),
        (x) => matrix(x).map((row) => row.indexOf(Math.max(...row))),
      ),
      one(
        [3, 4],
        (x) => x.argmax(0, { keepdim: true }),
        (x) => [columns(x).map((column) => column.indexOf(Math.max(...column)))],
      ),
      one(
        [3, 4],
        (x) => x.argmax(),
        (x) => flat(x).indexOf(Math.max(...flat(x))),
      ),
    ],
  },
  argmin: {
    discrete: true,
    cases: [
      one(
        [3, 4],
        (x) => x.argmin(-1),
        (x) => matrix(x).map((row) => row.indexOf(Math.min(...row))),
      ),
      one(
        [],
        (x) => x.argmin(),
        () => 0,
      ),
    ],
  },
} satisfies Partial<Record<OpName, OpCases>>;
