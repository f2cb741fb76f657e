import { describe, expect, test } from "vitest";
import { reference } from "../../../../../kernel/tensor/backends/reference.ts";
import { wasmBackend } from "../../../../../kernel/tensor/backends/wasm/index.ts";
import { runs, variants } from "../../../../../kernel/tensor/backends/wasm/variant.ts";
import type { ReduceKernel } from "../../../../../kernel/tensor/backend.ts";
import { Generator } from "../../../../../kernel/tensor/random.ts";
import { rowMajor, sizeOf } from "../../../../../kernel/tensor/shape.ts";
import type { Shape, View } from "../../../../../kernel/tensor/view.ts";
import { elements, laid, permuted, plainNumbers, ulps } from "./samples.ts";

const kernels: readonly (readonly [ReduceKernel, number])[] = [
  ["sum", 0],
  ["mean", 0],
  ["prod", 0],
  ["max", 0],
  ["min", 0],
  ["var", 1],
  ["std", 0],
  ["norm", 2],
  ["norm", 1],
  ["norm", 3],
  ["norm", Infinity],
  ["logsumexp", 0],
];

const cases: readonly (readonly [Shape, readonly number[]])[] = [
  ...[1, 2, 3, 4, 5, 31, 32, 33, 127, 1024, 1025, 5000].map((n): [Shape, number[]] => [[n], [0]]),
  [[0], [0]],
  [[3, 0], [1]],
  [[0, 3], [1]],
  [[7, 33], [1]],
  [[7, 33], [0]],
  [
    [7, 33],
    [0, 1],
  ],
  [[33, 7], [0]],
  [[1, 9], [0]],
  [[9, 1], [0]],
  [[20, 1030], [0]],
  [[5, 6, 7], [1]],
  [
    [5, 6, 7],
    [0, 2],
  ],
  [
    [2, 3, 4, 5],
    [0, 2, 3],
  ],
  [
    [2, 3, 4, 5],
    [1, 2],
  ],
  [
    [2, 3, 4, 5],
    [0, 3],
  ],
  [[5, 6], []],
];

describe.for(Object.values(variants).filter(runs))("$name", (variant) => {
  const wasm = wasmBackend({ variant: variant.name, capacity: 2 ** 20 });

  /** Within two units in the last place, of the result or of `scale`. */
  function agree(
    kernel: ReduceKernel,
    parameter: number,
    x: View,
    dims: readonly number[],
    scale = 0,
  ) {
    const isEmpty = dims.some((dim) => x.shape[dim] === 0);
    if (isEmpty && (kernel === "max" || kernel === "min")) return;
    const found = wasm.reduce(kernel, x, dims, parameter);
    const wanted = reference.reduce(kernel, x, dims, parameter);
    expect(found.shape).toEqual(wanted.shape);
    expect(found.strides).toEqual(rowMajor(wanted.shape));
    const truth = elements(wanted);
    elements(found).forEach((value, i) => {
      const wrong = Math.abs(value - (truth[i] ?? 0));
      if (wrong <= scale * 2 ** -22) return;
      expect(ulps(value, truth[i] ?? 0), `${value} for ${truth[i]}`).toBeLessThanOrEqual(2);
    });
  }

  // Positive, so that what is lost is measured against the result.
  const positive = (random: Generator, n: number) => plainNumbers(random, n).map(Math.abs);

  test.each(kernels)("%s with %d of every shape", (kernel, parameter) => {
    const random = new Generator(1);
    for (const [shape, dims] of cases)
      agree(kernel, parameter, laid(positive(random, sizeOf(shape)), shape, 3), dims);
  });

  test.each(kernels)("%s with %d of views that lie in another order", (kernel, parameter) => {
    const x = laid(positive(new Generator(2), 60), [3, 4, 5]);
    for (const order of [
      [2, 1, 0],
      [0, 2, 1],
      [1, 0, 2],
    ])
      for (const dims of [[0], [1], [2], [0, 2], [0, 1, 2]])
        agree(kernel, parameter, permuted(x, order), dims);
  });

  test("NaN and infinities come through, wherever they are", () => {
    const random = new Generator(3);
    for (const strange of [NaN, Infinity, -Infinity])
      for (const place of [0, 1, 17, 36, 38]) {
        const values = plainNumbers(random, 39);
        values[place] = strange;
        for (const [kernel, parameter] of kernels)
          for (const [shape, dim] of [
            [[39], 0],
            [[3, 13], 0],
            [[3, 13], 1],
          ] as const)
            if (kernel !== "prod") agree(kernel, parameter, laid(values, shape), [dim], 4);
      }
  });

  test("a norm neither overflows nor vanishes before its root is taken", () => {
    for (const size of [1e30, 1e-30]) {
      const x = laid(new Float32Array(50).fill(size), [50]);
      agree("norm", 2, x, [0]);
      agree("norm", 2, { ...x, shape: [10, 5], strides: [5, 1] }, [0]);
    }
  });

  test.each(["max", "min"] as const)(
    "the place of the %s of long rows, equal ones and NaN among them",
    (kernel) => {
      const random = new Generator(4);
      for (const shape of [
        [1, 64],
        [5, 64],
        [3, 1000],
        [0, 64],
        [1, 200_000],
      ] as const)
        for (const isStrange of [false, true]) {
          const values = Float32Array.from({ length: sizeOf(shape) }, (_, i) =>
            isStrange && i % 150 === 77 ? Number.NaN : random.below(40) - 20,
          );
          for (const skipped of [0, 3]) {
            const x = laid(values, shape, skipped);
            const wanted = elements(reference.argReduce(kernel, x, 1));
            expect(elements(wasm.argReduce(kernel, x, 1))).toEqual(wanted);
          }
        }
    },
  );

  test("sums, means and deviations near the largest number are right though parts of them overflow", () => {
    const random = new Generator(5);
    for (const [shape, dims] of cases) {
      const signs = Float32Array.from({ length: sizeOf(shape) }, () =>
        random.uniform() < 0.5 ? -1 : 1,
      );
      const x = laid(
        signs.map((sign) => sign * 3e38),
        shape,
      );
      // Of as many of both signs the mean is 0 but for rounding.
      for (const kernel of ["mean", "std"] as const) agree(kernel, 0, x, dims, 3e38);
      agree("mean", 0, laid(new Float32Array(sizeOf(shape)).fill(3e38), shape), dims);
    }
    const pairs = laid(
      Float32Array.from({ length: 64 }, (_, i) => (i % 16 < 8 ? 3e38 : -3e38)),
      [64],
    );
    expect(elements(wasm.reduce("sum", pairs, [0], 0))).toEqual([0]);
    const tall = { ...pairs, shape: [32, 2], strides: [2, 1] };
    expect(elements(wasm.reduce("sum", tall, [0], 0))).toEqual([0, 0]);
  });

  test("a million equal fractions are summed exactly to f32", () => {
    const n = 1_000_000;
    const x = laid(new Float32Array(n).fill(0.1), [n]);
    const big = wasmBackend({ variant: variant.name, capacity: 2 ** 23 });
    expect(elements(big.reduce("sum", x, [0], 0))).toEqual([Math.fround(n * Math.fround(0.1))]);
    const tall = { ...x, shape: [100_000, 10], strides: [10, 1] };
    const wanted = Math.fround(100_000 * Math.fround(0.1));
    expect(elements(big.reduce("sum", tall, [0], 0))).toEqual(Array(10).fill(wanted));
  });
});
