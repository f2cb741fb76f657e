import { expect, test } from "vitest";
import { nearestNeighbours, squaredDistance } from "../../../../kernel/plot/layouts/neighbours.ts";
import { groupsOf } from "./samples.ts";

function found(...args: Parameters<typeof nearestNeighbours>) {
  const search = nearestNeighbours(...args);
  const told: number[] = [];
  for (let next = search.next(); ; next = search.next()) {
    if (next.done === true) return { ...next.value, told };
    told.push(next.value);
  }
}

test("nearestNeighbours() finds what comparing all pairs finds, in order", () => {
  const matrix = groupsOf(300, 20, 4);
  const { indices, distances, told } = found(matrix, 12);
  expect(told).toEqual([128, 256, 300]);
  for (let i = 0; i < matrix.rows; i++) {
    const all = Array.from({ length: matrix.rows }, (_, j) => j)
      .filter((j) => j !== i)
      .map((j) => ({ j, distance: Math.sqrt(squaredDistance(matrix.data, 20, i, j)) }))
      .toSorted((a, b) => a.distance - b.distance)
      .slice(0, 12);
    expect([...indices.subarray(i * 12, i * 12 + 12)]).toEqual(all.map(({ j }) => j));
    all.forEach(({ distance }, k) => expect(distances[i * 12 + k]).toBeCloseTo(distance, 9));
  }
});

test("nearestNeighbours() tells near rows apart that lie far from the origin", () => {
  const data = Float64Array.from([1e6, 0, 1e6 + 0.3, 0, 1e6 - 0.2, 0, 1e6 + 9, 0]);
  const { indices } = found({ rows: 4, columns: 2, data }, 2);
  expect([...indices]).toEqual([2, 1, 0, 2, 0, 1, 1, 0]);
});

test("nearestNeighbours() of few rows gives all others; of one row, none", () => {
  expect(found(groupsOf(3, 2, 1), 10).count).toBe(2);
  expect(found(groupsOf(1, 2, 1), 10)).toMatchObject({ count: 0, told: [] });
});
