import { describe, expect, test } from "vitest";
import type { Matrix } from "../../../kernel/plot/columns.ts";
import { jacobi } from "../../../kernel/plot/eigen.ts";
import { aligned, centered, components, project } from "../../../kernel/plot/pca.ts";

function matrix(rows: readonly (readonly number[])[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  return { rows: rows.length, columns, data: Float64Array.from(rows.flat()) };
}

/** Numbers in -0.5 to 0.5 that are the same at every run. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647 - 0.5;
  };
}

describe("components()", () => {
  test("finds the diagonal of points along it, computed by hand", () => {
    // Centred: (-1, -1), (0, 0), (1, 1): covariance 2/3 everywhere, eigenvalues 4/3 and 0.
    const found = components(
      centered(
        matrix([
          [0, 1],
          [1, 2],
          [2, 3],
        ]),
      ),
      2,
      null,
    );
    expect(found.variances[0]).toBeCloseTo(4 / 3, 12);
    expect(found.variances[1]).toBeCloseTo(0, 12);
    expect(Array.from(found.data.subarray(0, 2))).toEqual([
      expect.closeTo(Math.SQRT1_2, 12),
      expect.closeTo(Math.SQRT1_2, 12),
    ]);
  });

  test("agrees with the whole eigenproblem when only part of it is computed", () => {
    const next = noise(17);
    const columns = 40;
    const rows = Array.from({ length: 60 }, () =>
      Array.from({ length: columns }, (_, j) => next() * (10 / (1 + j))),
    );
    const flat = centered(matrix(rows));
    const covariance = new Float64Array(columns * columns);
    for (let i = 0; i < flat.rows; i++) {
      for (let a = 0; a < columns; a++) {
        for (let b = 0; b < columns; b++) {
          covariance[a * columns + b]! +=
            (flat.data[i * columns + a]! * flat.data[i * columns + b]!) / flat.rows; // in range
        }
      }
    }
    const whole = jacobi(covariance, columns).values;
    const part = components(flat, 3, null).variances;
    for (let k = 0; k < 3; k++) expect(part[k]).toBeCloseTo(whole[k]!, 7);
  });

  test("gives unit vectors also when all rows are equal", () => {
    const found = components(
      centered(
        matrix([
          [1, 2, 3],
          [1, 2, 3],
        ]),
      ),
      2,
      null,
    );
    for (let k = 0; k < 3; k++) {
      expect(Math.hypot(...found.data.slice(k * 3, k * 3 + 3))).toBeCloseTo(1, 12);
    }
  });
});

describe("aligned()", () => {
  test("undoes any turn and mirror", () => {
    const before = matrix([
      [2, 0],
      [-1, 1],
      [-1, -1],
    ]);
    const turned = matrix(
      [
        [0, 2],
        [1, -1],
        [-1, -1],
      ].map(([x = 0, y = 0]) => [x, y]),
    );
    const back = aligned(turned, before);
    back.data.forEach((value, i) => expect(value).toBeCloseTo(before.data[i]!, 12));
  });

  test("keeps points of a slowly changing matrix from jumping", () => {
    const next = noise(5);
    const rows = Array.from({ length: 20 }, () => Array.from({ length: 6 }, next));
    let flat = centered(matrix(rows));
    let found = components(flat, 2, null);
    let points = project(flat, found, 2);
    for (let frame = 0; frame < 200; frame++) {
      for (const row of rows) for (let j = 0; j < 6; j++) row[j] = row[j]! + next() * 0.02;
      flat = centered(matrix(rows));
      found = components(flat, 2, found);
      const moved = aligned(project(flat, found, 2), points);
      moved.data.forEach((value, i) => {
        expect(Math.abs(value - points.data[i]!)).toBeLessThan(0.35);
      });
      points = moved;
    }
  });

  test("keeps distances", () => {
    const next = noise(9);
    const points = centered(matrix(Array.from({ length: 8 }, () => [next(), next(), next()])));
    const before = centered(matrix(Array.from({ length: 8 }, () => [next(), next(), next()])));
    const turned = aligned(points, before);
    const length = (m: Matrix, i: number) => Math.hypot(...m.data.slice(i * 3, i * 3 + 3));
    for (let i = 0; i < 8; i++) expect(length(turned, i)).toBeCloseTo(length(points, i), 10);
  });
});
