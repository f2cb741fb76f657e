import { describe, expect, test } from "vitest";
import { reference } from "../../../../../kernel/tensor/backends/reference.ts";
import { wasmBackend } from "../../../../../kernel/tensor/backends/wasm/index.ts";
import { runs, variants } from "../../../../../kernel/tensor/backends/wasm/variant.ts";
import { Generator } from "../../../../../kernel/tensor/random.ts";
import { sizeOf } from "../../../../../kernel/tensor/shape.ts";
import type { Shape, View } from "../../../../../kernel/tensor/view.ts";
import { elements, laid, permuted, plainNumbers } from "./samples.ts";

const shapes: readonly (readonly [Shape, Shape])[] = [
  [[1, 1], [1]],
  [[3, 2], [2]],
  [[5, 7], [7]],
  [[4, 8], [8]],
  [[130, 13], [13]],
  [
    [2, 3, 4],
    [3, 4],
  ],
  [[3, 1030], [1030]],
  [[2, 5000], [5000]],
  [[0, 4], [4]],
];
const eps = 1e-5;

function close(found: View, wanted: View, slack: number): void {
  expect(found.shape).toEqual(wanted.shape);
  const truth = elements(wanted);
  const off = elements(found).map((value, i) => {
    const wantedHere = truth[i] ?? 0;
    return Math.abs(value - wantedHere) / Math.max(Math.abs(wantedHere), 1);
  });
  expect(Math.max(0, ...off)).toBeLessThan(slack);
}

describe.for(Object.values(variants).filter(runs))("$name", (variant) => {
  const wasm = wasmBackend({ variant: variant.name, capacity: 2 ** 20 });

  test.each(shapes)("layerNorm %s by %s, and its slopes", (shape, normalized) => {
    const random = new Generator(1);
    const draw = (of: Shape, offset = 0) => laid(plainNumbers(random, sizeOf(of)), of, offset);
    const [x, weight, bias, g] = [
      draw(shape, 1),
      draw(normalized),
      draw(normalized, 2),
      draw(shape),
    ];
    const found = wasm.layerNorm(x, weight, bias, eps);
    const wanted = reference.layerNorm(x, weight, bias, eps);
    close(found.values, wanted.values, 2e-6);
    // A row of two numbers has a slope of nearly 0, of numbers that are large.
    const slack = sizeOf(normalized) < 3 ? 1e-4 : 3e-5;
    const slopes = wasm.layerNormSlopes(g, x, weight, found.moments);
    const truth = reference.layerNormSlopes(g, x, weight, wanted.moments);
    for (const name of ["x", "weight", "bias"] as const) close(slopes[name], truth[name], slack);
  });

  test("layerNorm takes views of any layout", () => {
    const random = new Generator(2);
    const x = permuted(laid(plainNumbers(random, 24), [4, 6]), [1, 0]);
    const weight = { ...laid(Float32Array.of(2), [1]), shape: [6], strides: [0] };
    const bias = permuted(laid(plainNumbers(random, 6), [6]), [0]);
    const g = { ...laid(Float32Array.of(1), [1]), shape: [4, 6], strides: [0, 0] };
    const { values, moments } = wasm.layerNorm(x, weight, bias, eps);
    close(values, reference.layerNorm(x, weight, bias, eps).values, 2e-6);
    const truth = reference.layerNormSlopes(g, x, weight, moments);
    const slopes = wasm.layerNormSlopes(g, x, weight, moments);
    for (const name of ["x", "weight", "bias"] as const) close(slopes[name], truth[name], 1e-5);
  });

  test("rows far from 0 lose nothing", () => {
    const random = new Generator(3);
    const n = 3001;
    const x = laid(
      Float32Array.from({ length: n }, () => 1e5 + random.uniform()),
      [1, n],
    );
    const ones = laid(new Float32Array(n).fill(1), [n]);
    const zeros = laid(new Float32Array(n), [n]);
    const found = wasm.layerNorm(x, ones, zeros, 0);
    const wanted = reference.layerNorm(x, ones, zeros, 0);
    close(found.values, wanted.values, 2e-6);
    const [mean, more] = elements(found.moments) as [number, number];
    const [near, rest] = elements(wanted.moments) as [number, number];
    expect(mean + more).toBeCloseTo(near + rest, 6);
  });

  test("an infinity or NaN spoils its row alone", () => {
    const x = laid(Float32Array.of(1, 2, Infinity, 1, NaN, 3, 1, 2, 6), [3, 3]);
    const [ones, zeros] = [laid(new Float32Array(3).fill(1), [3]), laid(new Float32Array(3), [3])];
    const found = elements(wasm.layerNorm(x, ones, zeros, eps).values);
    expect(found.slice(0, 6)).toEqual([NaN, NaN, NaN, NaN, NaN, NaN]);
    expect(found.slice(6).every(Number.isFinite)).toBe(true);
  });

  test("of 10,000 equal rows the weight's slope is 10,000 times that of one", () => {
    const random = new Generator(4);
    const row = plainNumbers(random, 5);
    const x = { ...laid(row, [5]), shape: [10_000, 5], strides: [0, 1] };
    const g = { ...laid(plainNumbers(random, 5), [5]), shape: [10_000, 5], strides: [0, 1] };
    const [ones, zeros] = [laid(new Float32Array(5).fill(1), [5]), laid(new Float32Array(5), [5])];
    const { moments } = wasm.layerNorm(x, ones, zeros, eps);
    const found = wasm.layerNormSlopes(g, x, ones, moments);
    const wanted = reference.layerNormSlopes(g, x, ones, moments);
    close(found.weight, wanted.weight, 2e-6);
    close(found.bias, wanted.bias, 2e-6);
  });
});
