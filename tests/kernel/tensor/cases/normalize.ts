/** Cases of normalisation and of the entropy of yes-or-no answers. */
import { F } from "../../../../kernel/tensor/index.ts";
import type { OpName } from "../../../../kernel/tensor/ops/table.ts";
import { one, type OpCases } from "./case.ts";
import { columns, flat, matrix, rows } from "./plain.ts";

const eps = 0.01;

function standardized(values: readonly number[]): number[] {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
  return values.map((x) => (x - mean) / Math.sqrt(variance + eps));
}

export const normalizeCases = {
  standardize: {
    cases: [
      one(
        [4, 3],
        (x) => F.batchNorm(x, null, null, { eps }),
        (x) => columns(columns(x).map(standardized)),
      ),
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
