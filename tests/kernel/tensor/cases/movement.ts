/** Cases of ops that lay out, cut and join. */
import { cat } from "../../../../kernel/tensor/index.ts";
import type { OpName } from "../../../../kernel/tensor/ops/table.ts";
import { one, type OpCases } from "./case.ts";
import { columns, flat, matrix, rows } from "./plain.ts";

export const movementCases = {
  reshape: {
    cases: [
      one(
        [2, 6],
        (x) => x.reshape(3, -1),
        (x) => [0, 4, 8].map((at) => flat(x).slice(at, at + 4)),
      ),
      one(
        [1, 1],
        (x) => x.reshape([]),
        (x) => flat(x)[0] ?? Number.NaN,
      ),
    ],
  },
  permute: {
    cases: [
      one([2, 3], (x) => x.permute(1, 0), columns),
      one(
        [2, 1, 3],
        (x) => x.permute([2, 0, 1]),
        (x) => columns(rows(x).map(flat)).map((c) => c.map((v) => [v])),
      ),
    ],
  },
  expand: {
    cases: [
      one(
        [3, 1],
        (x) => x.expand(2, 3, 2),
        (x) => [0, 1].map(() => flat(x).map((value) => [value, value])),
      ),
      one(
        [],
        (x) => x.expand([2]),
        (x) => [flat(x)[0] ?? 0, flat(x)[0] ?? 0],
      ),
    ],
  },
  slice: {
    cases: [
      one(
        [4, 3],
        (x) => x.slice("1:, ::-2"),
        (x) =>
          matrix(x)
            .slice(1)
            .map(([a = 0, , c = 0]) => [c, a]),
      ),
      one(
        [4, 3],
        (x) => x.at(-1, [0, 2]),
        (x) => (matrix(x)[3] ?? []).slice(0, 2),
      ),
      one(
        [4, 3],
        (x) => x.at([2, 2]),
        () => [],
      ),
    ],
  },
  uncut: {
    cases: [
      one(
        [2, 1],
        (x) =>
          x.uncut(
            [
              { start: 3, step: -2, size: 2 },
              { start: 1, step: 1, size: 1 },
            ],
            [4, 2],
          ),
        (x) => [
          [0, 0],
          [0, flat(x)[1] ?? 0],
          [0, 0],
          [0, flat(x)[0] ?? 0],
        ],
      ),
    ],
  },
  diagonal: {
    cases: [
      one(
        [3, 4],
        (x) => x.diagonal(1),
        (x) => matrix(x).map((row, i) => row[i + 1] ?? 0),
      ),
      one(
        [3, 2],
        (x) => x.diagonal(-2),
        (x) => [matrix(x)[2]?.[0] ?? 0],
      ),
      one(
        [2, 3, 2],
        (x) => x.diagonal(0, -1, 0),
        (x) => {
          const [first = [], second = []] = rows(x).map(matrix);
          return [0, 1, 2].map((j) => [first[j]?.[0] ?? 0, second[j]?.[1] ?? 0]);
        },
      ),
      one(
        [2, 2],
        (x) => x.diagonal(5),
        () => [],
      ),
    ],
  },
  undiagonal: {
    cases: [
      one(
        [2],
        (x) => x.diag(-1),
        (x) => [
          [0, 0, 0],
          [flat(x)[0] ?? 0, 0, 0],
          [0, flat(x)[1] ?? 0, 0],
        ],
      ),
    ],
  },
  cat: {
    cases: [
      {
        shapes: [
          [2, 1],
          [2, 3],
          [2, 0],
        ],
        run: (a, b, c) => cat([a, b, c], 1),
        whole: (a, b) => matrix(a).map((row, i) => [...row, ...(matrix(b)[i] ?? [])]),
      },
      {
        shapes: [
          [1, 2],
          [2, 2],
        ],
        run: (a, b) => cat([a, b], -2),
        whole: (a, b) => [...matrix(a), ...matrix(b)],
      },
    ],
  },
} satisfies Partial<Record<OpName, OpCases>>;
