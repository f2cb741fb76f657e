import { describe, expect, test } from "vitest";
import { reference } from "../../../../../kernel/tensor/backends/reference.ts";
import { wasmBackend } from "../../../../../kernel/tensor/backends/wasm/index.ts";
import { runs, variants } from "../../../../../kernel/tensor/backends/wasm/variant.ts";
import { Generator } from "../../../../../kernel/tensor/random.ts";
import { sizeOf } from "../../../../../kernel/tensor/shape.ts";
import type { Shape, View } from "../../../../../kernel/tensor/view.ts";
import { elements, laid, permuted, plainNumbers } from "./samples.ts";

const eps = 1e-5;

function close(found: View, wanted: View, scale = 1): void {
  expect(found.shape).toEqual(wanted.shape);
  const truth = elements(wanted);
  elements(found).forEach((value, i) => {
    const size = Math.max(Math.abs(truth[i] ?? 0), scale);
    expect(Math.abs(value - (truth[i] ?? 0)) / size).toBeLessThan(1e-5);
  });
}

describe.for(Object.values(variants).filter(runs))("$name", (variant) => {
  const wasm = wasmBackend({ variant: variant.name, capacity: 2 ** 20 });

  const shapes: readonly Shape[] = [
    [2, 1],
    [5, 3],
    [64, 33],
    [3, 4, 7],
    [1, 5, 9],
    [2, 3, 4, 4],
    [4, 3, 5, 7],
    [3, 2, 33, 35],
    [7, 1, 3, 1],
  ];

  function drawn(random: Generator, shape: Shape, offset = 0): View {
    return laid(plainNumbers(random, sizeOf(shape)), shape, offset);
  }

  test.each(shapes)("%s goes the reference's way there and back", (...shape) => {
    const random = new Generator(1);
    const channels = [shape[1] ?? 1];
    const order = shape.map((_, dim) => dim).reverse();
    for (const lay of [(x: View) => x, (x: View) => permuted(x, order)]) {
      const [x, g] = [lay(drawn(random, shape, 3)), lay(drawn(random, shape, 1))];
      const [weight, bias] = [drawn(random, channels, 2), drawn(random, channels)];
      const found = wasm.batchNorm(x, weight, bias, eps);
      const wanted = reference.batchNorm(x, weight, bias, eps);
      close(found.values, wanted.values);
      // The mean's second part is rounding, and differs.
      const [mean, , rate, variance] = [0, 1, 2, 3].map((row) =>
        elements(found.moments).slice(row * channels[0]!, (row + 1) * channels[0]!),
      );
      const truth = elements(wanted.moments);
      [mean, null, rate, variance].forEach((row, i) =>
        row?.forEach((value, c) => {
          const right = truth[i * channels[0]! + c] ?? 0;
          expect(Math.abs(value - right) / Math.max(1, Math.abs(right))).toBeLessThan(1e-5);
        }),
      );
      const back = wasm.batchNormSlopes(g, x, weight, found.moments);
      const right = reference.batchNormSlopes(g, x, weight, wanted.moments);
      const count = sizeOf(shape) / channels[0]!;
      close(back.x, right.x);
      close(back.weight, right.weight, count);
      close(back.bias, right.bias, count);
    }
  });

  test("channels far from 0 lose nothing", () => {
    const values = Float32Array.from({ length: 4000 }, (_, i) => 10_000 + Math.sin(i));
    const x = laid(values, [4, 2, 500]);
    const [one, zero] = [laid(Float32Array.of(1, 1), [2]), laid(Float32Array.of(0, 0), [2])];
    close(wasm.batchNorm(x, one, zero, eps).values, reference.batchNorm(x, one, zero, eps).values);
  });

  test("a scale that repeats one number is read as one of them all", () => {
    const random = new Generator(2);
    const x = drawn(random, [3, 4, 20]);
    const one: View = { ...laid(Float32Array.of(1), [1]), shape: [4], strides: [0] };
    close(wasm.batchNorm(x, one, one, eps).values, reference.batchNorm(x, one, one, eps).values);
  });

  test("no images give no values, and a channel of one value is its bias", () => {
    const [one, zero] = [laid(Float32Array.of(1), [1]), laid(Float32Array.of(7), [1])];
    expect(wasm.batchNorm(laid(new Float32Array(0), [0, 1]), one, zero, eps).values.shape).toEqual([
      0, 1,
    ]);
    const single = wasm.batchNorm(laid(Float32Array.of(5), [1, 1]), one, zero, eps);
    expect(elements(single.values)).toEqual([7]);
  });
});
