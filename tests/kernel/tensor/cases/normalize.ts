/** Cases of normalisation, attention and the entropy of yes-or-no answers. */
import { F, tensor } from "../../../../kernel/tensor/index.ts";
import type { OpName } from "../../../../kernel/tensor/ops/table.ts";
import { type Numbers, one, type OpCases } from "./case.ts";
import { columns, dot, flat, matrix, rows, softmaxOf } from "./plain.ts";

const eps = 0.01;

function standardized(values: readonly number[]): number[] {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
  return values.map((x) => (x - mean) / Math.sqrt(variance + eps));
}

/** softmax(q kᵀ scale + more) v of one head. */
function attended(
  q: Numbers,
  k: Numbers,
  v: Numbers,
  scale: number,
  more: (i: number, j: number) => number,
): number[][] {
  return matrix(q).map((query, i) => {
    const weights = softmaxOf(matrix(k).map((key, j) => dot(query, key) * scale + more(i, j)));
    return columns(v).map((column) => dot(weights, column));
  });
}

export const normalizeCases = {
  batchNorm: {
    cases: [
      one(
        [4, 3],
        (x) => F.batchNorm(x, null, null, { eps }),
        (x) => columns(columns(x).map(standardized)),
      ),
      {
        shapes: [[2, 3, 2, 2], [3], [3]],
        run: (x, weight, bias) => F.batchNorm(x, null, null, { weight, bias, eps }),
        whole: (x, weight, bias) => {
          const channels = [0, 1, 2].map((c) => {
            const y = standardized(rows(x).flatMap((image) => flat(rows(image)[c] ?? [])));
            return y.map((each) => each * (flat(weight)[c] ?? 0) + (flat(bias)[c] ?? 0));
          });
          const at = (c: number, i: number) => channels[c]?.[i] ?? 0;
          return [0, 4].map((first) =>
            [0, 1, 2].map((c) => [
              [at(c, first), at(c, first + 1)],
              [at(c, first + 2), at(c, first + 3)],
            ]),
          );
        },
      },
    ],
  },
  layerNorm: {
    cases: [
      one(
        [3, 4],
        (x) => F.layerNorm(x, 4, { eps }),
        (x) => matrix(x).map(standardized),
      ),
      {
        shapes: [[3, 5], [5], [5]],
        run: (x, weight, bias) => F.layerNorm(x, 5, { weight, bias, eps }),
        whole: (x, weight, bias) =>
          matrix(x).map((row) =>
            standardized(row).map((y, i) => y * (flat(weight)[i] ?? 0) + (flat(bias)[i] ?? 0)),
          ),
      },
      {
        shapes: [
          [2, 2, 3],
          [2, 3],
        ],
        run: (x, weight) => F.layerNorm(x, [2, 3], { weight, eps }),
        whole: (x, weight) =>
          rows(x).map((plane) => {
            const row = standardized(flat(plane));
            return matrix(weight).map((scales, r) =>
              scales.map((scale, c) => scale * (row[3 * r + c] ?? 0)),
            );
          }),
      },
      one(
        [2, 1],
        (x) => F.layerNorm(x, 1, { eps }),
        () => [[0], [0]],
      ),
      one(
        [0, 3],
        (x) => F.layerNorm(x, 3, { eps }),
        () => [],
      ),
    ],
  },
  attention: {
    cases: [
      {
        shapes: [
          [3, 2],
          [4, 2],
          [4, 5],
        ],
        run: (q, k, v) => F.scaledDotProductAttention(q, k, v, { scale: 0.7 }),
        whole: (q, k, v) => attended(q, k, v, 0.7, () => 0),
      },
      {
        shapes: [
          [4, 2],
          [4, 2],
          [4, 3],
        ],
        run: (q, k, v) => F.scaledDotProductAttention(q, k, v, { scale: 0.7, isCausal: true }),
        whole: (q, k, v) => attended(q, k, v, 0.7, (i, j) => (j <= i ? 0 : -Infinity)),
      },
      {
        shapes: [
          [2, 3, 2],
          [1, 4, 2],
          [4, 2],
        ],
        run: (q, k, v) =>
          F.scaledDotProductAttention(q, k, v, { scale: 1, attnMask: tensor([[1, -1, 0, 2]]) }),
        whole: (q, k, v) =>
          rows(q).map((each) =>
            attended(each, rows(k)[0] ?? [], v, 1, (_, j) => [1, -1, 0, 2][j] ?? 0),
          ),
      },
      {
        shapes: [
          [2, 1, 3, 2],
          [2, 3, 2],
          [2, 3, 2],
        ],
        run: (q, k, v) =>
          F.scaledDotProductAttention(q, k, v, {
            scale: 1,
            attnMask: tensor([
              [true, true, false],
              [true, false, true],
              [false, false, true],
            ]),
          }),
        whole: (q, k, v) =>
          rows(q).map((each) =>
            rows(k).map((keys, h) =>
              attended(rows(each)[0] ?? [], keys, rows(v)[h] ?? [], 1, (i, j) =>
                ["110", "101", "001"][i]?.[j] === "1" ? 0 : -Infinity,
              ),
            ),
          ),
      },
      {
        shapes: [
          [0, 2],
          [3, 2],
          [3, 2],
        ],
        run: (q, k, v) => F.scaledDotProductAttention(q, k, v),
        whole: () => [],
      },
    ],
  },
  bce: {
    domain: [0.05, 0.95],
    cases: [
      {
        shapes: [
          [3, 2],
          [3, 2],
        ],
        run: (p, t) => F.bce(p, t, { reduction: "none" }),
        scalar: (p, t) => -(t * Math.log(p) + (1 - t) * Math.log(1 - p)),
      },
      {
        shapes: [[4]],
        run: (p) => F.bce(p, 1, { reduction: "none" }),
        scalar: (p) => -Math.log(p),
      },
    ],
  },
} satisfies Partial<Record<OpName, OpCases>>;
