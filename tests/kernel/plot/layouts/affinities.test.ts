import { expect, test } from "vitest";
import { affinities } from "../../../../kernel/plot/layouts/affinities.ts";
import { fuzzyGraph } from "../../../../kernel/plot/layouts/fuzzy-set.ts";
import { nearestNeighbours } from "../../../../kernel/plot/layouts/neighbours.ts";
import type { Graph } from "../../../../kernel/plot/layouts/sparse.ts";
import { groupsOf } from "./samples.ts";

const matrix = groupsOf(120, 6, 3);

function neighbours(count: number) {
  const search = nearestNeighbours(matrix, count);
  for (let next = search.next(); ; next = search.next()) if (next.done === true) return next.value;
}

function dense({ rows, starts, columns, weights }: Graph): number[][] {
  const out = Array.from({ length: rows }, () => Array<number>(rows).fill(0));
  out.forEach((row, i) => {
    for (let k = starts[i] ?? 0; k < (starts[i + 1] ?? 0); k++) {
      row[columns[k] ?? -1] = weights[k] ?? Number.NaN;
    }
  });
  return out;
}

test("affinities() are symmetric and add up to 1", () => {
  const p = dense(affinities(neighbours(30), 10));
  p.forEach((row, i) => row.forEach((value, j) => expect(value).toBe(p[j]?.[i])));
  expect(p.flat().reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
});

test("affinities() of all pairs have the perplexity asked for before they are made symmetric", () => {
  // Symmetric data: four rows of a square, where each sees the same distances.
  const square = { rows: 4, columns: 2, data: Float64Array.from([0, 0, 0, 1, 1, 0, 1, 1]) };
  const search = nearestNeighbours(square, 3);
  let next = search.next();
  while (next.done !== true) next = search.next();
  const [row = []] = dense(affinities(next.value, 2.5));
  const conditional = row.map((value) => value * 4).filter((value) => value > 0);
  const entropy = -conditional.reduce((sum, value) => sum + value * Math.log(value), 0);
  expect(Math.exp(entropy)).toBeCloseTo(2.5, 4);
});

test("fuzzyGraph() is symmetric, gives the nearest neighbour 1 and adds up to log2 k before the union", () => {
  const near = neighbours(14);
  const graph = dense(fuzzyGraph(near));
  graph.forEach((row, i) => row.forEach((value, j) => expect(value).toBe(graph[j]?.[i])));
  for (let i = 0; i < matrix.rows; i++) {
    expect(graph[i]?.[near.indices[i * 14] ?? -1]).toBeCloseTo(1, 12);
    const sum = (graph[i] ?? []).reduce((a, b) => a + b, 0);
    expect(sum).toBeGreaterThan(Math.log2(15) - 1e-3);
    for (const value of graph[i] ?? []) expect(value >= 0 && value <= 1).toBe(true);
  }
});
