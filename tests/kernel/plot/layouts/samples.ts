/** Rows to lay out: groups around centres, and what a layout makes of them. */
import type { Matrix } from "../../../../kernel/plot/columns.ts";
import { centered, components, project } from "../../../../kernel/plot/pca.ts";
import type { Layout } from "../../../../kernel/plot/layouts/layout.ts";
import { Generator } from "../../../../kernel/tensor/index.ts";

/** Row i belongs to group i modulo `groups`. */
export function groupsOf(rows: number, columns: number, groups: number, seed = 1): Matrix {
  const generator = new Generator(seed);
  const normal = () => generator.normal();
  const centres = Array.from({ length: groups * columns }, () => 3 * normal());
  const data = Float64Array.from({ length: rows * columns }, (_, at) => {
    const group = Math.floor(at / columns) % groups;
    return (centres[group * columns + (at % columns)] ?? 0) + normal();
  });
  return { rows, columns, data };
}

export function principal(matrix: Matrix, dims: number): Matrix {
  const flat = centered(matrix);
  return project(flat, components(flat, dims, null), dims);
}

/** Where the points stand when a layout is done. */
export function finished(layout: Layout, rows: number, columns: number): Matrix {
  let data: Float64Array | null = null;
  for (const { points } of layout) data = points;
  return { rows, columns, data: data ?? new Float64Array(rows * columns) };
}

/** The share of rows whose nearest point in the picture is of their own group. */
export function together({ rows, columns, data }: Matrix, groups: number): number {
  let hits = 0;
  for (let i = 0; i < rows; i++) {
    let [nearest, least] = [-1, Infinity];
    for (let j = 0; j < rows; j++) {
      let squared = 0;
      for (let k = 0; k < columns; k++) {
        squared += ((data[i * columns + k] ?? 0) - (data[j * columns + k] ?? 0)) ** 2;
      }
      if (j !== i && squared < least) [nearest, least] = [j, squared];
    }
    hits += Number(nearest % groups === i % groups);
  }
  return hits / rows;
}
