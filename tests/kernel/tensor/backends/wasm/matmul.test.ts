import { describe, expect, test } from "vitest";
import { reference } from "../../../../../kernel/tensor/backends/reference.ts";
import { wasmBackend } from "../../../../../kernel/tensor/backends/wasm/index.ts";
import { runs, variants } from "../../../../../kernel/tensor/backends/wasm/variant.ts";
import { Generator } from "../../../../../kernel/tensor/random.ts";
import { broadcastView, fullView, rowMajor, sizeOf } from "../../../../../kernel/tensor/shape.ts";
import type { Shape, View } from "../../../../../kernel/tensor/view.ts";

/** Whole numbers so small that their products' sums are exact in f32, in any order. */
function drawn(random: Generator, shape: Shape): View {
  const values = Float32Array.from({ length: sizeOf(shape) }, () => random.below(17) - 8);
  return fullView(reference.adopt(values), shape);
}

/** As `drawn`, with dimensions in any order in memory, turned round, and NaN between and around. */
function scattered(random: Generator, shape: Shape): View {
  const order = shape.map((_, dim) => dim);
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
  const strides = shape.map(() => 0);
  let step = 1 + random.below(2);
  let offset = random.below(5);
  for (const dim of order) {
    const size = shape[dim] ?? 1;
    const isTurned = random.below(5) === 0;
    strides[dim] = isTurned ? -step : step;
    if (isTurned) offset += step * Math.max(0, size - 1);
    step = step * Math.max(1, size) + random.below(3);
  }
  const storage = reference.adopt(new Float32Array(step + offset + 5).fill(NaN));
  const view = { storage, shape, strides, offset };
  reference.assign(view, drawn(random, shape));
  return view;
}

const transposed = (x: View): View => ({
  ...x,
  shape: [...x.shape.slice(0, -2), ...x.shape.slice(-2).toReversed()],
  strides: [...x.strides.slice(0, -2), ...x.strides.slice(-2).toReversed()],
});

const values = (x: View): number[] => [...reference.copy(x, "f32").storage.host()];

describe.for(Object.values(variants).filter(runs))("$name", (variant) => {
  const wasm = wasmBackend({ variant: variant.name, capacity: 2 ** 23 });

  /** Both backends give the same, and it lies row-major. */
  function agree(a: View, b: View) {
    const product = wasm.matmul(a, b);
    const wanted = reference.matmul(a, b);
    expect(product.shape).toEqual(wanted.shape);
    expect(product.strides).toEqual(rowMajor(wanted.shape));
    expect(values(product)).toEqual(values(wanted));
  }

  test("every size of a tile and its edges, in all four transpose cases", () => {
    const random = new Generator(1);
    const sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 17];
    for (const m of sizes)
      for (const n of sizes)
        for (const k of [1, 4, 7]) {
          const [a, b] = [drawn(random, [m, k]), drawn(random, [k, n])];
          const [aT, bT] = [drawn(random, [k, m]), drawn(random, [n, k])];
          agree(a, b);
          agree(a, transposed(bT));
          agree(transposed(aT), b);
          agree(transposed(aT), transposed(bT));
        }
  });

  test("a column times a row, in batches, with and without a bias", () => {
    const random = new Generator(12);
    for (const n of [1, 3, 4, 21, 64]) {
      agree(scattered(random, [5, 7, 1]), scattered(random, [5, 1, n]));
      agree(drawn(random, [9, 6, 1]), drawn(random, [9, 1, n]));
      const [x, w, bias] = [[8, 1], [n, 1], [n]].map((shape) => drawn(random, shape));
      const given = [x, w, bias] as [View, View, View];
      expect(values(wasm.linear(...given))).toEqual(values(reference.linear(...given)));
    }
  });

  test("sizes above one block of rows, columns and steps", () => {
    const random = new Generator(2);
    for (const [m, k, n] of [
      [100, 513, 33],
      [70, 1030, 100],
      [195, 31, 1030],
      [7, 600, 1025],
      [97, 256, 8],
    ] as const) {
      agree(drawn(random, [m, k]), drawn(random, [k, n]));
      agree(transposed(drawn(random, [k, m])), drawn(random, [k, n]));
      agree(drawn(random, [m, k]), transposed(drawn(random, [n, k])));
    }
  });

  test("batches, broadcast and strided", () => {
    const random = new Generator(3);
    const q = drawn(random, [3, 10, 4, 5]);
    const heads = { ...q, shape: [3, 4, 10, 5], strides: [200, 5, 20, 1] };
    agree(heads, transposed(heads));
    const weight = drawn(random, [5, 9]);
    agree(drawn(random, [3, 4, 5]), broadcastView(weight, [3, 5, 9]));
    agree(drawn(random, [2, 3, 1, 5]), broadcastView(weight, [2, 3, 5, 9]));
    agree(broadcastView(weight, [2, 3, 5, 9]), drawn(random, [2, 3, 9, 4]));
    agree(
      broadcastView(drawn(random, [2, 1, 5, 9]), [2, 3, 5, 9]),
      broadcastView(drawn(random, [1, 3, 9, 4]), [2, 3, 9, 4]),
    );
    agree(drawn(random, [2, 0, 3]), drawn(random, [2, 3, 4]));
    agree(drawn(random, [2, 4, 0]), drawn(random, [2, 0, 3]));
    agree(drawn(random, [0, 4, 2]), drawn(random, [0, 2, 3]));
  });

  test("any strides read only what is theirs", () => {
    const random = new Generator(4);
    for (let round = 0; round < 200; round++) {
      const batch = Array.from({ length: random.below(4) }, () => 1 + random.below(3));
      const [m, k, n] = [random.below(12), random.below(20), random.below(40)];
      agree(scattered(random, [...batch, m, k]), scattered(random, [...batch, k, n]));
    }
  });

  test("linear adds its bias to every row", () => {
    const random = new Generator(5);
    for (const [rows, inputs, outputs] of [
      [1, 1, 1],
      [5, 3, 2],
      [64, 30, 10],
      [13, 300, 17],
      [20, 0, 9],
      [0, 4, 3],
      [40, 8, 1030],
      [1, 2050, 6],
      [9, 2050, 1],
    ] as const)
      for (const make of [drawn, scattered]) {
        const x = make(random, [rows, inputs]);
        const w = make(random, [outputs, inputs]);
        const bias = make(random, [outputs]);
        expect(values(wasm.linear(x, w, bias))).toEqual(values(reference.linear(x, w, bias)));
      }
  });

  test("NaN and infinities go where they go in the reference", () => {
    const random = new Generator(6);
    const special = [NaN, Infinity, -Infinity];
    for (const size of [3, 9, 40]) {
      const a = drawn(random, [size, size]);
      special.forEach((value, i) => (a.storage.host()[i * (size - 1)] = value));
      agree(a, drawn(random, [size, size]));
      agree(drawn(random, [size, size]), a);
      agree(transposed(a), drawn(random, [size, size]));
    }
  });

  test("whole numbers are multiplied as such", () => {
    const a = fullView(reference.adopt(Int32Array.of(16_777_217, 1)), [1, 2]);
    const b = fullView(reference.adopt(Int32Array.of(1, 1)), [2, 1]);
    expect([...wasm.matmul(a, b).storage.host()]).toEqual([16_777_218]);
  });

  test("a matrix times a vector, on either side, of any length", () => {
    const random = new Generator(8);
    for (const rows of [1, 2, 4, 5, 9, 32, 35])
      for (const columns of [0, 1, 3, 8, 15, 33, 1030]) {
        const matrix = [rows, columns];
        const [x, y] = [drawn(random, [columns, 1]), drawn(random, [1, rows])];
        for (const make of [drawn, scattered]) {
          agree(make(random, matrix), x);
          agree(make(random, matrix), scattered(random, [columns, 1]));
          agree(transposed(make(random, [columns, rows])), x);
          agree(y, make(random, matrix));
          agree(y, transposed(make(random, [columns, rows])));
        }
      }
  });

  test("long sums go by blocks, so that their errors stay small", () => {
    const random = new Generator(7);
    const k = 100_000;
    const terms = new Float32Array(2 * k);
    random.fillUniform(terms, 0, 1);
    const exact = [0, 1].map((r) => terms.subarray(r * k, r * k + k).reduce((x, y) => x + y, 0));
    const rows = fullView(reference.adopt(terms), [2, k]);
    const ones = fullView(reference.adopt(new Float32Array(2 * k).fill(1)), [k, 2]);
    const column = { ...ones, shape: [k, 1], strides: [1, 1] };
    const error = (products: View, r: number) =>
      Math.abs((values(products)[r] ?? 0) / (exact[r] ?? 0) - 1);
    // One after the other, in f32: 7e-5.
    for (const r of [0, 1]) {
      expect(error(wasm.matmul(rows, column), r)).toBeLessThan(1e-6);
      expect(error(wasm.matmul(transposed(ones), transposed(rows)), r)).toBeLessThan(1e-5);
    }
  });
});
