/** Cases of ops that pick by index, add or write back what was picked, and put in order. */
import type { OpName } from "../../../../kernel/tensor/ops/table.ts";
import { one, type OpCases } from "./case.ts";
import { columns, flat, index, matrix } from "./plain.ts";

export const pickingCases = {
  takeRows: {
    cases: [
      one(
        [3, 2],
        (x) => x.takeRows(index(2, 0, 2, -2).reshape(2, 2)),
        (x) => {
          const m = matrix(x);
          return [
            [m[2] ?? [], m[0] ?? []],
            [m[2] ?? [], m[1] ?? []],
          ];
        },
      ),
      one(
        [3],
        (x) => x.takeRows([]),
        () => [],
      ),
    ],
  },
  addRows: {
    cases: [
      one(
        [3, 2],
        (g) => g.addRows(index(1, 1, 3), 4),
        (g) => {
          const [a = [], b = [], c = []] = matrix(g);
          return [[0, 0], a.map((value, i) => value + (b[i] ?? 0)), [0, 0], c];
        },
      ),
    ],
  },
  gather: {
    cases: [
      one(
        [2, 3],
        (x) => x.gather(1, index(2, 0, 0, 1).reshape(2, 2)),
        (x) => {
          const [a = [], b = []] = matrix(x);
          return [
            [a[2] ?? 0, a[0] ?? 0],
            [b[0] ?? 0, b[1] ?? 0],
          ];
        },
      ),
      one(
        [3, 2],
        (x) => x.gather(0, index(-1).reshape(1, 1)),
        (x) => [[matrix(x)[2]?.[0] ?? 0]],
      ),
    ],
  },
  scatterAdd: {
    cases: [
      {
        shapes: [
          [3, 3],
          [2, 2],
        ],
        run: (x, g) => x.scatterAdd(1, index(0, 0, 2, 1).reshape(2, 2), g),
        whole: (x, g) => {
          const [[a = 0, b = 0] = [], [c = 0, d = 0] = []] = matrix(g);
          const added = [
            [a + b, 0, 0],
            [0, d, c],
            [0, 0, 0],
          ];
          return matrix(x).map((row, i) => row.map((value, j) => value + (added[i]?.[j] ?? 0)));
        },
      },
      {
        shapes: [[2], [3, 2]],
        run: (x, g) => x.scatterAdd(0, [-1], g.select(1, 0)),
        whole: (x, g) => [flat(x)[0] ?? 0, (flat(x)[1] ?? 0) + (flat(g)[0] ?? 0)],
      },
      { shapes: [[2], [0]], run: (x, g) => x.scatterAdd(0, [], g), whole: (x) => flat(x) },
    ],
  },
  scatter: {
    cases: [
      {
        // Column 0 of the first row is written twice: the second value stays.
        shapes: [
          [2, 3],
          [2, 2],
        ],
        run: (x, g) => x.scatter(1, index(0, 0, 2, 1).reshape(2, 2), g),
        whole: (x, g) => {
          const [[x0 = [], x1 = []], [g0 = [], g1 = []]] = [matrix(x), matrix(g)];
          return [
            [g0[1] ?? 0, x0[1] ?? 0, x0[2] ?? 0],
            [x1[0] ?? 0, g1[1] ?? 0, g1[0] ?? 0],
          ];
        },
      },
      one(
        [3, 2],
        (x) => x.scatter(0, index(2).reshape(1, 1), 7),
        (x) => matrix(x).map((row, i) => (i === 2 ? [7, row[1] ?? 0] : row)),
      ),
    ],
  },
  argsort: {
    discrete: true,
    cases: [
      one(
        [3, 5],
        (x) => x.argsort(),
        (x) => matrix(x).map((row) => orderOf(row, (a, b) => a - b)),
      ),
      one(
        [5, 3],
        (x) => x.argsort(0, { descending: true }),
        (x) => columns(columns(x).map((column) => orderOf(column, (a, b) => b - a))),
      ),
      one(
        [],
        (x) => x.argsort(),
        () => 0,
      ),
      one(
        [0, 2],
        (x) => x.argsort(0),
        () => [],
      ),
    ],
  },
} satisfies Partial<Record<OpName, OpCases>>;

function orderOf(values: readonly number[], compare: (a: number, b: number) => number): number[] {
  return values
    .map((_, i) => i)
    .toSorted((i, j) => compare(values[i] ?? Number.NaN, values[j] ?? Number.NaN));
}
