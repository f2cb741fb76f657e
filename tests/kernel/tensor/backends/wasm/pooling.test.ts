import { describe, expect, test } from "vitest";
import type { Span } from "../../../../../kernel/tensor/backend.ts";
import { reference } from "../../../../../kernel/tensor/backends/reference.ts";
import { wasmBackend } from "../../../../../kernel/tensor/backends/wasm/index.ts";
import { runs, variants } from "../../../../../kernel/tensor/backends/wasm/variant.ts";
import { Generator } from "../../../../../kernel/tensor/random.ts";
import { rowMajor, sizeOf } from "../../../../../kernel/tensor/shape.ts";
import type { View } from "../../../../../kernel/tensor/view.ts";
import { type Window, windowCount } from "../../../../../kernel/tensor/windows.ts";
import { elements, hardNumbers, laid, permuted, ulps } from "./samples.ts";

/** Numbers many of which are equal, and sometimes NaN and infinities. */
function drawn(random: Generator, shape: readonly number[]): View {
  const isHard = random.below(3) === 0;
  const values = isHard
    ? hardNumbers(random, sizeOf(shape))
    : Float32Array.from({ length: sizeOf(shape) }, () => random.below(5) - 2);
  const view = laid(values, shape, random.below(4));
  return random.below(3) === 0 ? permuted(view, [1, 3, 0, 2]) : view;
}

describe.for(Object.values(variants).filter(runs))("$name", (variant) => {
  const wasm = wasmBackend({ variant: variant.name, capacity: 2 ** 20 });

  function same(found: View, wanted: View) {
    expect(found.shape).toEqual(wanted.shape);
    expect(found.strides).toEqual(rowMajor(wanted.shape));
    expect(elements(found)).toEqual(elements(wanted));
  }

  /** Within `most` units in the last place. */
  function near(found: View, wanted: View, most: number) {
    expect(found.shape).toEqual(wanted.shape);
    const truth = elements(wanted);
    const off = elements(found).map((value, i) => ulps(value, truth[i] ?? 0));
    expect(Math.max(...off)).toBeLessThanOrEqual(most);
  }

  test("the first largest element of any window, and its slope's way back", () => {
    const random = new Generator(1);
    const two = (most: number, least = 1) => [
      least + random.below(most),
      least + random.below(most),
    ];
    for (let round = 0; round < 200; round++) {
      const [kernel, stride] = [two(4), two(4)];
      const before = kernel.map((n) => random.below(Math.floor(n / 2) + 1));
      const dilation = before.every((n) => n === 0) ? two(2) : [1, 1];
      const size = kernel.map((n, dim) => (n - 1) * (dilation[dim] ?? 1) + 1 + random.below(20));
      const window: Window = { kernel, stride, dilation, before };
      const count = windowCount("maxPool", window, size, before, random.below(2) === 0);
      const x = drawn(random, [1 + random.below(3), 1 + random.below(3), ...size]);
      const [found, wanted] = [wasm.maxPool(x, window, count), reference.maxPool(x, window, count)];
      same(found.values, wanted.values);
      same(found.index, wanted.index);
      // Whole numbers, as their sums do not depend on the order.
      const slopes = Float32Array.from({ length: sizeOf(wanted.index.shape) }, () =>
        random.below(9),
      );
      const g = laid(slopes, wanted.index.shape, 1);
      same(wasm.maxSpread(g, found.index, size), reference.maxSpread(g, wanted.index, size));
    }
  });

  test("means over any rectangles, and their reverse", () => {
    const random = new Generator(2);
    const spans = (size: number): Span[] =>
      Array.from({ length: 1 + random.below(6) }, () => {
        const start = random.below(size);
        return { start, end: start + 1 + random.below(size - start), count: 1 + random.below(9) };
      });
    for (let round = 0; round < 200; round++) {
      const size = [1 + random.below(12), 1 + random.below(20)];
      const [rows, columns] = [spans(size[0] ?? 1), spans(size[1] ?? 1)];
      const lead = [1 + random.below(3), 1 + random.below(3)];
      // Positive, so that what is lost is measured against the result.
      const positive = (shape: readonly number[]) =>
        laid(
          Float32Array.from({ length: sizeOf(shape) }, () => random.uniform() + 0.1),
          shape,
          random.below(3),
        );
      const x = positive([...lead, ...size]);
      near(wasm.averagePool(x, rows, columns), reference.averagePool(x, rows, columns), 1);
      const g = positive([...lead, rows.length, columns.length]);
      const back = wasm.averageSpread(g, rows, columns, size);
      near(back, reference.averageSpread(g, rows, columns, size), 16);
    }
  });

  test("no planes, no windows", () => {
    const window = { kernel: [1, 1], stride: [1, 1], dilation: [1, 1], before: [0, 0] };
    const x = laid(new Float32Array(0), [0, 2, 3, 3]);
    same(wasm.maxPool(x, window, [3, 3]).values, reference.maxPool(x, window, [3, 3]).values);
    const g = laid(new Float32Array(0), [0, 2, 1, 1]);
    const index = laid(new Int32Array(0), [0, 2, 1, 1]);
    same(wasm.maxSpread(g, index, [3, 3]), reference.maxSpread(g, index, [3, 3]));
    const span = [{ start: 0, end: 3, count: 3 }];
    same(wasm.averagePool(x, span, span), reference.averagePool(x, span, span));
    same(wasm.averageSpread(g, span, span, [3, 3]), reference.averageSpread(g, span, span, [3, 3]));
  });
});
