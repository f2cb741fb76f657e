/** Cases of products and of softmax. */
import { F } from "../../../../kernel/tensor/index.ts";
import type { OpName } from "../../../../kernel/tensor/ops/table.ts";
import { one, type OpCases } from "./case.ts";
import { columns, dot, flat, index, matrix, rows, softmaxOf, times } from "./plain.ts";

export const productCases = {
  matmul: {
    cases: [
      {
        shapes: [
          [3, 4],
          [4, 2],
        ],
        run: (a, b) => a.matmul(b),
        whole: times,
      },
      { shapes: [[6], [6]], run: (a, b) => a.matmul(b), whole: (a, b) => dot(flat(a), flat(b)) },
      {
        shapes: [[3], [3, 2]],
        run: (a, b) => a.matmul(b),
        whole: (a, b) => times([a], b)[0] ?? [],
      },
      {
        shapes: [[2, 3], [3]],
        run: (a, b) => a.matmul(b),
        whole: (a, b) => matrix(a).map((row) => dot(row, flat(b))),
      },
      {
        shapes: [
          [2, 1, 2, 3],
          [2, 3, 2],
        ],
        run: (a, b) => a.matmul(b),
        whole: (a, b) =>
          rows(a).map((block) => rows(b).map((right) => times(rows(block)[0] ?? [], right))),
      },
      {
        shapes: [[2, 3, 4], [4]],
        run: (a, b) => a.matmul(b),
        whole: (a, b) => rows(a).map((block) => matrix(block).map((row) => dot(row, flat(b)))),
      },
      {
        shapes: [
          [2, 0],
          [0, 3],
        ],
        run: (a, b) => a.matmul(b),
        whole: () => [
          [0, 0, 0],
          [0, 0, 0],
        ],
      },
    ],
  },
  linear: {
    cases: [
      {
        shapes: [[4, 3], [2, 3], [2]],
        run: (x, w, b) => F.linear(x, w, b),
        whole: (x, w, b) =>
          matrix(x).map((row) => matrix(w).map((unit, i) => dot(row, unit) + (flat(b)[i] ?? 0))),
      },
      {
        shapes: [[2, 2, 3], [2, 3], [2]],
        run: (x, w, b) => F.linear(x, w, b),
        whole: (x, w, b) =>
          rows(x).map((block) =>
            matrix(block).map((row) =>
              matrix(w).map((unit, i) => dot(row, unit) + (flat(b)[i] ?? 0)),
            ),
          ),
      },
    ],
  },

  softmax: {
    cases: [
      one(
        [2, 4],
        (x) => x.softmax(-1),
        (x) => matrix(x).map(softmaxOf),
      ),
      one(
        [3, 2],
        (x) => x.softmax(0),
        (x) => columns(columns(x).map(softmaxOf)),
      ),
      one(
        [],
        (x) => x.softmax(0),
        () => 1,
      ),
    ],
  },
  logSoftmax: {
    cases: [
      one(
        [2, 4],
        (x) => x.logSoftmax(1),
        (x) => matrix(x).map((row) => softmaxOf(row).map(Math.log)),
      ),
      one(
        [3, 2],
        (x) => x.logSoftmax(0),
        (x) => columns(columns(x).map((c) => softmaxOf(c).map(Math.log))),
      ),
    ],
  },
  crossEntropy: {
    cases: [
      one(
        [3, 4],
        (x) => F.crossEntropy(x, [1, 3, 0], { reduction: "none" }),
        (x) => matrix(x).map((row, i) => -Math.log(softmaxOf(row)[[1, 3, 0][i] ?? 0] ?? 0)),
      ),
    ],
  },
  softmaxResidual: {
    cases: [
      {
        shapes: [[2, 3], [2]],
        run: (p, scale) => p.softmaxResidual(index(2, 0), scale),
        whole: (p, scale) =>
          matrix(p).map((row, i) =>
            row.map((value, j) => (value - Number(j === [2, 0][i])) * (flat(scale)[i] ?? 0)),
          ),
      },
    ],
  },
} satisfies Partial<Record<OpName, OpCases>>;
