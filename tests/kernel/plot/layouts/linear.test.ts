import { describe, expect, test } from "vitest";
import type { Matrix } from "../../../../kernel/plot/columns.ts";
import { alongDirection, firstColumns, principal } from "../../../../kernel/plot/layouts/linear.ts";
import { squaredDistance } from "../../../../kernel/plot/layouts/neighbours.ts";
import { reduced } from "../../../../kernel/plot/layouts/reduce.ts";
import { groupsOf } from "./samples.ts";

/** The same rows with zeros at their ends. */
function widened({ rows, columns, data }: Matrix, width: number): Matrix {
  const wide = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++) wide.set(data.subarray(i * columns, (i + 1) * columns), i * width);
  return { rows, columns: width, data: wide };
}

test("principal() of wide rows, by the engine, is that of the same rows without their zeros", () => {
  const narrow = groupsOf(400, 12, 4);
  const few = principal(narrow, 2, null).points;
  const many = principal(widened(narrow, 300), 2, null).points;
  for (let k = 0; k < 2; k++) {
    const sign = Math.sign((few.data[k] ?? 0) * (many.data[k] ?? 0));
    for (let i = k; i < few.data.length; i += 2) {
      expect(sign * (many.data[i] ?? 0)).toBeCloseTo(few.data[i] ?? 0, 3);
    }
  }
});

describe("alongDirection()", () => {
  const matrix = {
    rows: 4,
    columns: 3,
    data: Float64Array.from([0, 0, 0, 4, 0, 0, 2, 3, 0, 1, -3, 0]),
  };

  test("puts the two rows at -1 and 1 and the others where they lie between them", () => {
    const { data } = alongDirection(matrix, [0, 1], 2);
    expect([data[0], data[2], data[4], data[6]]).toEqual([-1, 1, 0, -0.5]);
    // Up is what is left of the difference: 3 and -3, in units of half the way.
    expect(Math.abs((data[5] ?? 0) - (data[7] ?? 0))).toBeCloseTo(3, 9);
  });

  test("of a row to itself is flat, and finite", () => {
    const { data } = alongDirection(matrix, [2, 2], 3);
    expect([...data].every(Number.isFinite)).toBe(true);
  });
});

test("firstColumns() fills up with zeros", () => {
  const matrix = { rows: 2, columns: 2, data: Float64Array.from([1, 2, 3, 4]) };
  expect([...firstColumns(matrix, 3).data]).toEqual([1, 2, 0, 3, 4, 0]);
});

test("reduced() keeps short rows, and long ones' distances as far as they have few directions", () => {
  const short = groupsOf(50, 64, 3);
  expect(reduced(short)).toBe(short);
  const narrow = groupsOf(200, 20, 4);
  const wide = widened(narrow, 256);
  const { columns, data } = reduced(wide);
  expect(columns).toBe(50);
  for (let i = 1; i < 200; i++) {
    const wanted = squaredDistance(narrow.data, 20, 0, i);
    expect(Math.abs(squaredDistance(data, 50, 0, i) / wanted - 1)).toBeLessThan(1e-4);
  }
});
