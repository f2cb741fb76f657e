/** Products of columns and rows on the way back: factors until somebody looks, and the same bits. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lifetimes } from "../../../../../kernel/tensor/autograd/lifetimes.ts";
import { backend, setBackend } from "../../../../../kernel/tensor/backends/current.ts";
import { reference } from "../../../../../kernel/tensor/backends/reference.ts";
import { outerIn } from "../../../../../kernel/tensor/backends/wasm/outer.ts";
import { sparseRows } from "../../../../../kernel/tensor/backends/wasm/sparse-rows.ts";
import { wasmBackend } from "../../../../../kernel/tensor/backends/wasm/index.ts";
import { runs, variants } from "../../../../../kernel/tensor/backends/wasm/variant.ts";
import { Generator } from "../../../../../kernel/tensor/random.ts";
import { nn, tensor } from "../../../../../kernel/tensor/index.ts";
import { sizeOf } from "../../../../../kernel/tensor/shape.ts";
import type { Shape, View } from "../../../../../kernel/tensor/view.ts";
import { elements, hardNumbers, laid, permuted, plainNumbers } from "./samples.ts";

/** As a walk back runs what it computes. */
function walking<T>(body: () => T): T {
  Object.assign(lifetimes, { isAtWork: true, isWalking: true });
  try {
    return body();
  } finally {
    Object.assign(lifetimes, { isAtWork: false, isWalking: false });
  }
}

describe.for(Object.values(variants).filter(runs))("$name", (variant) => {
  const wasm = wasmBackend({ variant: variant.name, capacity: 2 ** 22 });

  // What dies is poisoned by the backend that computes.
  const before = backend();
  beforeAll(() => setBackend(wasm));
  afterAll(() => setBackend(before));

  function factors(random: Generator, batch: Shape, rows: number, width: number) {
    const draw = (shape: Shape) => laid(hardNumbers(random, sizeOf(shape)), shape, 1);
    return { a: draw([...batch, rows, 1]), b: draw([...batch, 1, width]) };
  }

  const cases: readonly (readonly [Shape, number, number])[] = [
    [[300], 6, 64],
    [[40, 10], 5, 67],
    [[1], 2000, 33],
  ];

  test.each(cases)("products of %s batches, %d rows by %d are made when they are read", (...of) => {
    const random = new Generator(1);
    const { a, b } = factors(random, ...of);
    const found = walking(() => wasm.matmul(a, b));
    expect(outerIn(found)).not.toBe(null);
    expect(elements(found)).toEqual(elements(wasm.matmul(a, b)));
    expect(outerIn(found)).toBe(null);
    const turned = permuted(a, [...of[0].keys(), of[0].length + 1, of[0].length]);
    const back = { ...turned, shape: a.shape, strides: a.strides };
    expect(elements(walking(() => wasm.matmul(back, b)))).toEqual(elements(wasm.matmul(back, b)));
  });

  test.each(cases)("those of %s, %d by %d add up in a table to the same bits", (...of) => {
    const random = new Generator(2);
    const { a, b } = factors(random, ...of);
    const [batch, rows, width] = of;
    const shape = [...batch, rows];
    const size = 2 * sizeOf(shape);
    const numbers = Int32Array.from({ length: sizeOf(shape) }, () => random.below(size) - rows);
    const index = laid(numbers, shape);
    const product = walking(() => wasm.matmul(a, b));
    const table = wasm.addRows("op", product, index, size);
    expect(sparseRows(table)).not.toBe(null);
    expect(outerIn(product)).not.toBe(null);
    const wanted = wasm.addRows("op", wasm.matmul(a, b), index, size);
    expect(elements(table)).toEqual(elements(wanted));
    expect(table.shape).toEqual([size, width]);
  });

  test("a table of which most rows are touched, and rows of other lengths, read all of it", () => {
    const random = new Generator(3);
    const { a, b } = factors(random, [300], 6, 64);
    const sums = (g: View, index: View, rows: number) =>
      elements(wasm.addRows("op", g, index, rows));
    const of = (shape: Shape, rows: number) =>
      laid(
        Int32Array.from({ length: sizeOf(shape) }, () => random.below(rows)),
        shape,
      );
    const few = of([300, 6], 70);
    const [lazy, made] = [walking(() => wasm.matmul(a, b)), wasm.matmul(a, b)];
    expect(sums(lazy, few, 70)).toEqual(sums(made, few, 70));
    const blocks = of([300], 1000);
    const other = walking(() => wasm.matmul(a, b));
    expect(sums(other, blocks, 1000)).toEqual(sums(made, blocks, 1000));
  });

  test("a small product, one of matrices, and one outside a walk are made at once", () => {
    const random = new Generator(4);
    const { a, b } = factors(random, [300], 6, 64);
    expect(outerIn(wasm.matmul(a, b))).toBe(null);
    const small = factors(random, [30], 6, 64);
    expect(outerIn(walking(() => wasm.matmul(small.a, small.b)))).toBe(null);
    const [wide, high] = [
      laid(plainNumbers(random, 3000), [300, 5, 2]),
      laid(plainNumbers(random, 60_000), [300, 2, 100]),
    ];
    expect(outerIn(walking(() => wasm.matmul(wide, high)))).toBe(null);
  });

  test("what others see of a factor, they may change before somebody looks", () => {
    const { a, b } = factors(new Generator(5), [300], 6, 64);
    const wanted = elements(wasm.matmul(a, b));
    const found = walking(() => wasm.matmul(a, b));
    b.storage.writable().fill(7);
    expect(elements(found)).toEqual(wanted);
  });

  test("factors live until they are multiplied, and no longer", () => {
    const { a, b } = factors(new Generator(6), [300], 6, 64);
    const own = { ...a, storage: wasm.copy(a, "f32").storage, offset: 0 };
    Object.assign(own.storage, { isPrivate: true, holders: 0 });
    const found = walking(() => wasm.matmul(own, b));
    expect(own.storage.holders).toBe(1);
    found.storage.host();
    expect(() => own.storage.host()).toThrow("gave back");
  });

  test("words beside each other learn the same by the table's rows and by all of it", () => {
    const random = new Generator(7);
    const draw = (shape: Shape) => tensor(plainNumbers(random, sizeOf(shape))).reshape(shape);
    const words = (shape: Shape) =>
      tensor(Int32Array.from({ length: sizeOf(shape) }, () => random.below(900))).reshape(shape);
    const [table, vectors, weights] = [draw([900, 64]), draw([300, 64, 1]), draw([300, 6, 1])];
    const places = words([300, 6]);
    const slopes = [false, true].map((isSeen) => {
      const layer = nn.Embedding(900, 64);
      layer.weight.data.set(table.data);
      const rows = layer(places);
      const seen: number[][] = [];
      if (isSeen) rows.registerHook((slope) => void seen.push(Array.from(slope.data)));
      rows.matmul(vectors).mul(weights).sum().backward();
      if (isSeen) expect(seen[0]).toEqual(Array.from(weights.matmul(vectors.transpose(1, 2)).data));
      return Array.from(layer.weight.grad.data);
    });
    expect(slopes[0]).toEqual(slopes[1]);
    const wanted = reference.addRows("op", weights.matmul(vectors.transpose(1, 2)), places, 900);
    expect(slopes[0]).toEqual(elements(wanted));
  });
});
