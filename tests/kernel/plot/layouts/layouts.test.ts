import { describe, expect, test } from "vitest";
import type { Matrix } from "../../../../kernel/plot/columns.ts";
import { fitCloseness } from "../../../../kernel/plot/layouts/closeness.ts";
import { SpaceTree } from "../../../../kernel/plot/layouts/space-tree.ts";
import { EXACT, tsne } from "../../../../kernel/plot/layouts/tsne.ts";
import { umap } from "../../../../kernel/plot/layouts/umap.ts";
import { Generator } from "../../../../kernel/tensor/index.ts";
import { finished, groupsOf, principal, together } from "./samples.ts";
import { trustworthiness } from "./trustworthiness.ts";

const layouts: [string, (matrix: Matrix, dims: number) => Matrix][] = [
  [
    "tsne()",
    (matrix, dims) =>
      finished(
        tsne(matrix, principal(matrix, dims), { perplexity: 20, steps: 250 }),
        matrix.rows,
        dims,
      ),
  ],
  [
    "umap()",
    (matrix, dims) => {
      const options = { neighbours: 15, minDist: 0.1, epochs: 120, seed: 3 };
      return finished(umap(matrix, principal(matrix, dims), options), matrix.rows, dims);
    },
  ],
];

describe.each(layouts)("%s", (_, layout) => {
  test.each([2, 3])("keeps groups of rows together in %i dimensions", (dims) => {
    const matrix = groupsOf(360, 20, 8);
    const picture = layout(matrix, dims);
    expect(picture.data.every(Number.isFinite)).toBe(true);
    expect(together(picture, 8)).toBeGreaterThan(0.98);
    expect(trustworthiness(matrix, picture, 10)).toBeGreaterThan(0.9);
    // Better than the principal components it began with.
    const before = trustworthiness(matrix, principal(matrix, dims), 10);
    expect(trustworthiness(matrix, picture, 10)).toBeGreaterThan(before);
  });

  test("gives the same picture for the same rows", () => {
    const matrix = groupsOf(90, 5, 3);
    expect(layout(matrix, 2).data).toEqual(layout(matrix, 2).data);
  });

  test("survives rows that are all alike, two rows and one", () => {
    for (const rows of [40, 2, 1]) {
      const matrix = { rows, columns: 3, data: new Float64Array(rows * 3).fill(7) };
      const { data } = layout(matrix, 2);
      expect(data).toHaveLength(rows * 2);
      expect(data.every(Number.isFinite)).toBe(true);
    }
  });

  test("separates rows of which many are twice there", () => {
    const once = groupsOf(EXACT, 8, 3);
    const data = Float64Array.from([...once.data, ...once.data]);
    const picture = layout({ rows: 2 * EXACT, columns: 8, data }, 2);
    expect(together(picture, 3)).toBeGreaterThan(0.98);
  });
});

test("t-SNE of a tree is as good as t-SNE of all pairs", () => {
  const all = groupsOf(EXACT, 10, 5);
  const more = groupsOf(EXACT + 60, 10, 5);
  const [exact, tree] = [all, more].map((matrix) => {
    const options = { perplexity: 20, steps: 200 };
    const picture = finished(tsne(matrix, principal(matrix, 2), options), matrix.rows, 2);
    return trustworthiness(matrix, picture, 10);
  });
  expect(Math.abs((exact ?? 0) - (tree ?? 0))).toBeLessThan(0.03);
});

describe("SpaceTree", () => {
  test.each([2, 3])("sums the repulsion of all pairs in %i dimensions", (dims) => {
    const generator = new Generator(4);
    const rows = 500;
    const points = Float64Array.from({ length: rows * dims }, () => 5 * generator.normal());
    const forces = new Float64Array(rows * dims);
    const tree = new SpaceTree(rows, dims);
    tree.build(points);
    const total = tree.repel(forces, 0.5);
    const exact = new Float64Array(rows * dims);
    let sum = 0;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < rows; j++) {
        if (i === j) continue;
        const away = Array.from(
          { length: dims },
          (_, k) => (points[i * dims + k] ?? 0) - (points[j * dims + k] ?? 0),
        );
        const q = 1 / (1 + away.reduce((all, each) => all + each * each, 0));
        sum += q;
        away.forEach(
          (each, k) => (exact[i * dims + k] = (exact[i * dims + k] ?? 0) + q * q * each),
        );
      }
    }
    expect(Math.abs(total / sum - 1)).toBeLessThan(0.01);
    const scale = Math.hypot(...exact);
    expect(Math.hypot(...exact.map((each, i) => each - (forces[i] ?? 0))) / scale).toBeLessThan(
      0.03,
    );
  });
});

test("fitCloseness() finds the constants of UMAP's own package", () => {
  const { a, b } = fitCloseness(0.1);
  expect(a).toBeCloseTo(1.5769, 3);
  expect(b).toBeCloseTo(0.8951, 3);
});
