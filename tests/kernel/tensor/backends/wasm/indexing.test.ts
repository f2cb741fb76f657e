import { describe, expect, test } from "vitest";
import { reference } from "../../../../../kernel/tensor/backends/reference.ts";
import { wasmBackend } from "../../../../../kernel/tensor/backends/wasm/index.ts";
import { runs, variants } from "../../../../../kernel/tensor/backends/wasm/variant.ts";
import type { Backend } from "../../../../../kernel/tensor/backend.ts";
import { Generator } from "../../../../../kernel/tensor/random.ts";
import { broadcastView, sizeOf } from "../../../../../kernel/tensor/shape.ts";
import type { Shape, View } from "../../../../../kernel/tensor/view.ts";
import { elements, laid, permuted, plainNumbers } from "./samples.ts";

const tables: readonly Shape[] = [[1], [9], [5, 1], [5, 3], [40, 4], [3, 21], [7, 2, 9], [12, 67]];

/** Whole numbers from -size to size - 1. */
function places(random: Generator, shape: Shape, size: number): View {
  const numbers = Int32Array.from({ length: sizeOf(shape) }, () => random.below(2 * size) - size);
  return laid(numbers, shape, 1);
}

describe.for(Object.values(variants).filter(runs))("$name", (variant) => {
  const wasm = wasmBackend({ variant: variant.name, capacity: 2 ** 18 });

  function agree(run: (backend: Backend) => View): void {
    const [found, wanted] = [run(wasm), run(reference)];
    expect(found.shape).toEqual(wanted.shape);
    expect(found.storage.dtype).toBe(wanted.storage.dtype);
    expect(elements(found)).toEqual(elements(wanted));
  }

  test.each(tables)("takeRows and addRows of a table %s", (...shape) => {
    const random = new Generator(1);
    const rows = shape[0] ?? 1;
    for (const count of [[0], [1], [3, 2], [50]]) {
      const index = places(random, count, rows);
      const x = laid(plainNumbers(random, sizeOf(shape)), shape, 2);
      agree((backend) => backend.takeRows("op", x, index));
      // Whole numbers, so that the order of the sum does not count.
      const many = [...count, ...shape.slice(1)];
      const g = laid(plainNumbers(random, sizeOf(many)).map(Math.round), many, 1);
      agree((backend) => backend.addRows("op", g, index, rows));
    }
  });

  test("takeRows of whole numbers, of permuted tables and by permuted indices", () => {
    const random = new Generator(2);
    const index = permuted(places(random, [4, 3], 5), [1, 0]);
    const numbers = laid(
      Int32Array.from({ length: 30 }, (_, i) => i),
      [5, 6],
    );
    agree((backend) => backend.takeRows("op", numbers, index));
    const table = permuted(laid(plainNumbers(random, 30), [5, 6]), [1, 0]);
    agree((backend) => backend.takeRows("op", table, index));
    const g = permuted(laid(plainNumbers(random, 36).map(Math.round), [4, 3, 3]), [2, 0, 1]);
    agree((backend) => backend.addRows("op", g, index, 5));
  });

  test.each(tables)("putRows into a table %s, the last of several winning", (...shape) => {
    const random = new Generator(3);
    const rows = shape[0] ?? 1;
    for (const count of [0, 1, 20]) {
      const index = places(random, [count], rows);
      const values = plainNumbers(random, sizeOf(shape));
      const source = laid(plainNumbers(random, count * (sizeOf(shape) / rows)), [
        count,
        ...shape.slice(1),
      ]);
      agree((backend) => {
        const target = laid(values, shape, 3);
        backend.putRows("op", target, index, source);
        expect(target.storage.version).toBe(1);
        return target;
      });
    }
  });

  test("putRows reads old rows where the source is in the table", () => {
    agree((backend) => {
      const table = laid(Float32Array.of(1, 2, 3), [3, 1]);
      const source = { ...table, shape: [2, 1] };
      backend.putRows("op", table, laid(Int32Array.of(1, 2), [2]), source);
      return table;
    });
  });

  const lanes: readonly (readonly [Shape, number, Shape])[] = [
    [[6], 0, [4]],
    [[6], 0, [0]],
    [[5, 7], 1, [5, 1]],
    [[5, 7], 1, [5, 9]],
    [[5, 7], 0, [3, 7]],
    [[2, 3, 4], 1, [2, 5, 4]],
    [[2, 3, 4], 1, [1, 5, 2]],
    [[2, 3, 4], -1 + 3, [2, 3, 2]],
  ];

  test.each(lanes)("gather, scatter and scatterAdd: %s along %d by %s", (shape, dim, picks) => {
    const random = new Generator(4);
    const index = places(random, picks, shape[dim] ?? 1);
    const x = laid(plainNumbers(random, sizeOf(shape)).map(Math.round), shape, 1);
    const source = laid(plainNumbers(random, sizeOf(picks)).map(Math.round), picks, 2);
    const zero = broadcastView(laid(new Float32Array(1), []), shape);
    agree((backend) => backend.gather("op", x, dim, index));
    for (const name of ["scatter", "scatterAdd"] as const)
      for (const start of [x, zero, permuted(x, x.shape.map((_, i) => i).reverse())])
        agree((backend) => backend[name]("op", start, dim, index, source));
  });

  test("an index out of range is named, and nothing is written", () => {
    const index = laid(Int32Array.of(0, 3), [2]);
    const table = laid(Float32Array.of(1, 2, 3), [3]);
    const source = laid(Float32Array.of(7, 8), [2]);
    const message = "op: index 3 at row 1 - 3 rows take indices 0 to 2";
    expect(() => wasm.takeRows("op", table, index)).toThrow(message);
    expect(() => wasm.addRows("op", source, index, 3)).toThrow(message);
    expect(() => wasm.gather("op", table, 0, index)).toThrow(message);
    expect(() => wasm.scatter("op", table, 0, index, source)).toThrow(message);
    expect(() => wasm.scatterAdd("op", table, 0, index, source)).toThrow(message);
    expect(() => {
      wasm.putRows("op", table, index, source);
    }).toThrow(message);
    expect(elements(table)).toEqual([1, 2, 3]);
    const far = laid(Int32Array.of(-4, -(2 ** 31), 2 ** 31 - 1), [3]);
    expect(() => wasm.takeRows("op", table, far)).toThrow("op: index -4 at row 0");
  });
});
