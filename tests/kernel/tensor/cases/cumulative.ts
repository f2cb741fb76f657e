/** Cases of ops that run along a dimension. */
import { apply } from "../../../../kernel/tensor/autograd/apply.ts";
import { type OpName, table } from "../../../../kernel/tensor/ops/table.ts";
import { one, type OpCases } from "./case.ts";
import { columns, flat, matrix, withZeros } from "./plain.ts";

/** `start` combined with each value in turn. */
const running = (
  values: readonly number[],
  start: number,
  step: (total: number, value: number) => number,
): number[] => {
  let total = start;
  return values.map((value) => (total = step(total, value)));
};

const sums = (values: readonly number[]) => running(values, 0, (a, b) => a + b);
const products = (values: readonly number[]) => running(values, 1, (a, b) => a * b);
const turned = (rows: number[][]) => columns(rows);

/** As `h[i] = b[i] + a[i] h[i - 1]` says. */
const recur = (a: readonly number[], b: readonly number[]): number[] => {
  let h = 0;
  return b.map((value, i) => (h = value + (i === 0 ? 0 : (a[i] ?? Number.NaN) * h)));
};

export const cumulativeCases = {
  cumsum: {
    cases: [
      one(
        [2, 4],
        (x) => x.cumsum(1),
        (x) => matrix(x).map(sums),
      ),
      one(
        [3, 2],
        (x) => x.cumsum(0),
        (x) => turned(columns(x).map(sums)),
      ),
      one(
        [],
        (x) => x.cumsum(0),
        (x) => flat(x)[0] ?? Number.NaN,
      ),
      one(
        [0, 2],
        (x) => x.cumsum(0),
        () => [],
      ),
      one(
        [2, 3],
        (x) => x.runningSum(-1, { reverse: true, exclusive: true }),
        (x) => matrix(x).map(([, b = 0, c = 0]) => [b + c, c, 0]),
      ),
    ],
  },
  cumprod: {
    cases: [
      one(
        [2, 4],
        (x) => x.cumprod(1),
        (x) => matrix(x).map(products),
      ),
      one(
        [3, 2],
        (x) => x.cumprod(0),
        (x) => turned(columns(x).map(products)),
      ),
      one(
        [],
        (x) => x.cumprod(0),
        (x) => x,
      ),
      one(
        [3, 4],
        (x) => x.mul(withZeros).cumprod(1),
        (x) => {
          const [a = [], b = []] = matrix(x);
          return [products(a), [b[0] ?? 0, 0, 0, 0], [0, 0, 0, 0]];
        },
      ),
      one(
        [2, 3],
        (x) => x.runningProduct(-1, { reverse: true, exclusive: true }),
        (x) => matrix(x).map(([, b = 0, c = 0]) => [b * c, c, 1]),
      ),
      one(
        [2, 3],
        (x) => x.runningProduct(-1, { reverse: false, exclusive: true }),
        (x) => matrix(x).map(([a = 0, b = 0]) => [1, a, a * b]),
      ),
    ],
  },
  recurrence: {
    cases: [
      {
        shapes: [
          [2, 4],
          [2, 4],
        ],
        run: (a, b) => apply(table.recurrence, [a, b], { dim: 1, reverse: false }),
        whole: (a, b) => matrix(a).map((row, i) => recur(row, matrix(b)[i] ?? [])),
      },
      {
        shapes: [
          [3, 2],
          [3, 2],
        ],
        run: (a, b) => apply(table.recurrence, [a, b], { dim: 0, reverse: true }),
        // Backwards the factor of an element is the one after it.
        whole: (a, b) =>
          columns(
            columns(a).map((column, i) => {
              const factors = [0, ...column.slice(1).toReversed()];
              return recur(factors, (columns(b)[i] ?? []).toReversed()).toReversed();
            }),
          ),
      },
    ],
  },
} satisfies Partial<Record<OpName, OpCases>>;
