import { describe, expect, test } from "vitest";
import { reference } from "../../../../../kernel/tensor/backends/reference.ts";
import { wasmBackend } from "../../../../../kernel/tensor/backends/wasm/index.ts";
import { arithmeticNames } from "../../../../../kernel/tensor/backends/wasm/kernels/arithmetic.ts";
import { storageOf } from "../../../../../kernel/tensor/backends/wasm/floats.ts";
import { compareNames } from "../../../../../kernel/tensor/backends/wasm/kernels/compare.ts";
import { slopeNames } from "../../../../../kernel/tensor/backends/wasm/kernels/slopes.ts";
import { unaryNames } from "../../../../../kernel/tensor/backends/wasm/kernels/unary.ts";
import { runs, variants } from "../../../../../kernel/tensor/backends/wasm/variant.ts";
import type { BinaryKernel, CompareKernel } from "../../../../../kernel/tensor/backend.ts";
import { Generator } from "../../../../../kernel/tensor/random.ts";
import { broadcastView, rowMajor } from "../../../../../kernel/tensor/shape.ts";
import type { Shape, View } from "../../../../../kernel/tensor/view.ts";
import { elements, hardNumbers, laid, permuted, plainNumbers, ulps } from "./samples.ts";

const sizes = [0, 1, 2, 3, 4, 5, 15, 16, 17, 63, 64, 65, 100, 1027];

describe.for(Object.values(variants).filter(runs))("$name", (variant) => {
  const wasm = wasmBackend({ variant: variant.name, capacity: 2 ** 20 });

  /** Within `limit` units in the last place of what the reference has, or of 1. */
  function close(found: View, wanted: View, limit: number, ofOne = 0) {
    expect(found.shape).toEqual(wanted.shape);
    expect(found.strides).toEqual(rowMajor(wanted.shape));
    const truth = elements(wanted);
    elements(found).forEach((value, i) => {
      const distance =
        Math.abs(value - (truth[i] ?? 0)) * 2 ** 24 <= ofOne ? 0 : ulps(value, truth[i] ?? 0);
      expect(distance, `element ${i}: ${value} for ${truth[i]}`).toBeLessThanOrEqual(limit);
    });
  }

  // The slope crosses 0, where no bits are left.
  const ofOne = (name: string) => (name === "geluSlope" ? 8 : 0);

  test.each(unaryNames)("%s of every size, beginning anywhere", (name) => {
    const random = new Generator(3);
    for (const n of sizes) {
      const x = laid(plainNumbers(random, n), [n], n % 5);
      close(wasm.unary(name, x, 0.3), reference.unary(name, x, 0.3), 3, ofOne(name));
    }
  });

  test.each(unaryNames)("%s of a transposed matrix lies row-major", (name) => {
    const x = permuted(laid(plainNumbers(new Generator(4), 35), [5, 7]), [1, 0]);
    close(wasm.unary(name, x, 0.3), reference.unary(name, x, 0.3), 3, ofOne(name));
  });

  test.each(slopeNames)("the slope of %s, of every size and of one slope for all", (name) => {
    const random = new Generator(9);
    for (const n of sizes) {
      const x = laid(plainNumbers(random, n), [n], n % 3);
      const g = laid(plainNumbers(random, n), [n], n % 5);
      const same = broadcastView(laid(plainNumbers(random, 1), []), [n]);
      for (const slope of [g, same])
        close(wasm.slope(name, slope, x, 0.3), reference.slope(name, slope, x, 0.3), 5, 16);
    }
  });

  test.each(arithmeticNames)("%s of infinities, NaN and both zeros", (name) => {
    const random = new Generator(5);
    const [a, b] = [0, 1].map(() => laid(hardNumbers(random, 2000), [2000])) as [View, View];
    const kernel = name as BinaryKernel;
    close(wasm.binary(kernel, a, b), reference.binary(kernel, a, b), name === "pow" ? 2 : 0);
  });

  const exponents = [
    0,
    -0,
    1,
    -1,
    2,
    -2,
    3,
    0.5,
    -0.5,
    2.5,
    7,
    1e9,
    -1e9,
    3e9,
    Infinity,
    -Infinity,
  ];

  test.each([...exponents, NaN])(
    "numbers of all kinds to the power %f, of each and of all",
    (y) => {
      const random = new Generator(13);
      const x = laid(hardNumbers(random, 500), [500]);
      for (const n of [1, 500]) {
        const power = broadcastView(laid(new Float32Array(n).fill(y), [n]), [500]);
        close(wasm.binary("pow", x, power), reference.binary("pow", x, power), 2);
      }
    },
  );

  test.each(["sin", "cos"] as const)("%s of angles large and small, too large ones too", (name) => {
    const random = new Generator(14);
    const angles = Float32Array.from(
      { length: 4000 },
      (_, i) => (random.uniform() - 0.5) * 2 ** ((i % 50) - 26),
    );
    // Near whole turns next to nothing is left.
    for (let i = 0; i < 1000; i++) angles[i] = (i * Math.PI) / 2;
    const check = (x: View) => close(wasm.unary(name, x), reference.unary(name, x), 2);
    check(laid(angles, [4000]));
    check(laid(Float32Array.of(...angles.subarray(0, 20), 1e7, -3e38, Infinity, NaN), [24]));
  });

  test.each(compareNames)("%s of infinities, NaN and both zeros, and of equal numbers", (name) => {
    const random = new Generator(10);
    const kernel = name as CompareKernel;
    for (const n of [1, 15, 16, 17, 2000]) {
      const [a, b] = [0, 1].map(() => laid(hardNumbers(random, n), [n])) as [View, View];
      for (const other of [b, a])
        close(wasm.compare(kernel, a, other), reference.compare(kernel, a, other), 0);
    }
  });

  test("where() takes what the mask says, of masks of any layout", () => {
    const random = new Generator(11);
    const [a, b] = [0, 1].map(() => laid(hardNumbers(random, 35), [5, 7])) as [View, View];
    const row = broadcastView(laid(plainNumbers(random, 1), []), [5, 7]);
    const mask = reference.compare("lt", a, b);
    const turned = permuted(mask, [1, 0]);
    for (const condition of [mask, turned])
      for (const other of [b, row])
        close(wasm.where(condition, a, other), reference.where(condition, a, other), 0);
    close(wasm.where(mask, row, row), reference.where(mask, row, row), 0);
  });

  const shapes: readonly (readonly [Shape, Shape, Shape])[] = [
    ...sizes.map((n): [Shape, Shape, Shape] => [[n], [n], [n]]),
    [[], [], []],
    [[7, 5], [], [7, 5]],
    [[], [7, 5], [7, 5]],
    [[7, 64], [64], [7, 64]],
    [
      [7, 10],
      [7, 1],
      [7, 10],
    ],
    [
      [7, 1],
      [7, 19],
      [7, 19],
    ],
    [[7, 1], [19], [7, 19]],
    [
      [3, 4, 5],
      [4, 1],
      [3, 4, 5],
    ],
    [
      [3, 1, 5],
      [4, 1],
      [3, 4, 5],
    ],
    [
      [2, 3, 4, 5],
      [2, 1, 4, 1],
      [2, 3, 4, 5],
    ],
    [
      [40, 2, 3],
      [40, 1, 3],
      [40, 2, 3],
    ],
    [
      [2, 0, 3],
      [1, 3],
      [2, 0, 3],
    ],
  ];

  test.each(shapes)("%j and %j are stretched to %j", (one, other, shape) => {
    const random = new Generator(6);
    const draw = (own: Shape, offset: number) => {
      const n = own.reduce((product, size) => product * size, 1);
      return broadcastView(laid(plainNumbers(random, n), own, offset), shape);
    };
    const [a, b] = [draw(one, 1), draw(other, 2)];
    for (const name of ["sub", "div"] as const)
      close(wasm.binary(name, a, b), reference.binary(name, a, b), 0);
    close(wasm.compare("lt", a, b), reference.compare("lt", a, b), 0);
    const mask = reference.compare("gt", a, b);
    close(wasm.where(mask, a, b), reference.where(mask, a, b), 0);
  });

  test("what is small stays on the heap, unless it is part of more", () => {
    const random = new Generator(12);
    const few = wasm.unary("neg", laid(plainNumbers(random, 8), [8]));
    const many = wasm.unary("neg", laid(plainNumbers(random, 80), [80]));
    expect([few, many].map((x) => storageOf(x).device === null)).toEqual([true, false]);
    const part = wasm.unary("neg", { ...many, shape: [8], offset: 3 });
    expect(storageOf(part).device).not.toBeNull();
  });

  test("operands that lie across each other are copied first", () => {
    const random = new Generator(8);
    const a = laid(plainNumbers(random, 60), [3, 4, 5]);
    for (const order of [
      [2, 1, 0],
      [0, 2, 1],
      [1, 0, 2],
    ]) {
      const b = permuted(laid(plainNumbers(random, 60), [3, 4, 5]), order);
      close(wasm.binary("sub", a, b), reference.binary("sub", a, b), 0);
      close(wasm.binary("sub", b, a), reference.binary("sub", b, a), 0);
    }
  });
});
