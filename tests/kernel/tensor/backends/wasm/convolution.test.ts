import { describe, expect, test } from "vitest";
import type { ConvolutionWindow } from "../../../../../kernel/tensor/backend.ts";
import { reference } from "../../../../../kernel/tensor/backends/reference.ts";
import { wasmBackend } from "../../../../../kernel/tensor/backends/wasm/index.ts";
import { runs, variants } from "../../../../../kernel/tensor/backends/wasm/variant.ts";
import { Generator } from "../../../../../kernel/tensor/random.ts";
import { rowMajor, sizeOf } from "../../../../../kernel/tensor/shape.ts";
import type { Shape, View } from "../../../../../kernel/tensor/view.ts";
import { elements, laid, permuted } from "./samples.ts";

interface Convolution extends ConvolutionWindow {
  readonly images: number;
  /** Of a group. */
  readonly channels: number;
  readonly filters: number;
  readonly size: Shape;
  readonly count: Shape;
}

/** Whole numbers so small that their products' sums are exact in f32, in any order. */
function whole(random: Generator, shape: Shape): View {
  const values = Float32Array.from({ length: sizeOf(shape) }, () => random.below(9) - 4);
  const view = laid(values, shape, random.below(4));
  return shape.length === 4 && random.below(3) === 0 ? permuted(view, [1, 3, 0, 2]) : view;
}

function drawn(random: Generator): Convolution {
  const two = (most: number, least = 1) => [least + random.below(most), least + random.below(most)];
  const [kernel, stride, dilation] = [two(4), two(3), two(2)];
  const [before, after, more] = [two(3, 0), two(3, 0), two(9, 0)];
  const reach = kernel.map((k, dim) => (k - 1) * (dilation[dim] ?? 1) + 1);
  const size = reach.map((n, dim) =>
    Math.max(1, n - (before[dim] ?? 0) - (after[dim] ?? 0) + (more[dim] ?? 0)),
  );
  const count = size.map((n, dim) => {
    const room = n + (before[dim] ?? 0) + (after[dim] ?? 0) - (reach[dim] ?? 0);
    return Math.floor(room / (stride[dim] ?? 1)) + 1;
  });
  const groups = 1 + random.below(3);
  const [images, channels, filters] = [
    1 + random.below(3),
    1 + random.below(4),
    1 + random.below(9),
  ];
  return {
    images,
    channels,
    filters,
    groups,
    kernel,
    stride,
    dilation,
    before,
    size,
    count,
  };
}

const isSame = (x: number, y: number | undefined) => x === y || Object.is(x, y);

const plain = (given: Partial<Convolution>): Convolution => ({
  images: 2,
  channels: 1,
  filters: 1,
  groups: 1,
  kernel: [3, 3],
  stride: [1, 1],
  dilation: [1, 1],
  before: [1, 1],
  size: [8, 8],
  count: [8, 8],
  ...given,
});

describe.for(Object.values(variants).filter(runs))("$name", (variant) => {
  const wasm = wasmBackend({ variant: variant.name, capacity: 2 ** 23 });

  function same(found: View, wanted: View) {
    expect(found.shape).toEqual(wanted.shape);
    expect(found.strides).toEqual(rowMajor(wanted.shape));
    const [values, truth] = [elements(found), elements(wanted)];
    // One claim for all: a matcher walks through a million numbers for seconds.
    const wrong = values.findIndex((value, i) => !isSame(value, truth[i]));
    expect(wrong, `${values[wrong]} for ${truth[wrong]}`).toBe(-1);
  }

  /** All three directions give what the reference gives. */
  function agree(random: Generator, at: Convolution) {
    const { images, channels, filters, groups, kernel, size, count } = at;
    const x = whole(random, [images, channels * groups, ...size]);
    const filter = whole(random, [filters * groups, channels, ...kernel]);
    const bias = random.below(2) === 0 ? null : whole(random, [filters * groups]);
    const g = whole(random, [images, filters * groups, ...count]);
    same(wasm.convolve(x, filter, bias, at, count), reference.convolve(x, filter, bias, at, count));
    same(wasm.convolveInput(g, filter, at, size), reference.convolveInput(g, filter, at, size));
    same(wasm.convolveFilter(g, x, at), reference.convolveFilter(g, x, at));
  }

  test("any window over images of any size, in all three directions", () => {
    const random = new Generator(1);
    for (let round = 0; round < 200; round++) agree(random, drawn(random));
  });

  test("one filter for each group of channels, and runs of any length", () => {
    const random = new Generator(7);
    for (const width of [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 20, 33]) {
      const [size, count] = [[3, width] as const, [3, width] as const];
      agree(random, plain({ groups: 5, size, count }));
      agree(random, plain({ groups: 2, channels: 3, size, count }));
      const half = [2, Math.ceil(width / 2)] as const;
      agree(random, plain({ groups: 3, stride: [2, 2], size, count: half }));
    }
  });

  test("places whose rows run on into each other", () => {
    const random = new Generator(2);
    const before = [0, 0];
    agree(random, plain({ channels: 5, filters: 7, kernel: [1, 1], before }));
    agree(random, plain({ channels: 3, kernel: [1, 5], before, size: [1, 40], count: [1, 36] }));
    agree(random, plain({ kernel: [2, 2], stride: [2, 2], before, count: [4, 4] }));
    agree(random, plain({ kernel: [8, 8], before, filters: 10, count: [1, 1] }));
  });

  test("more filters, taps and places than one block has", () => {
    const random = new Generator(3);
    agree(random, plain({ channels: 30, filters: 100, images: 1 }));
    agree(random, plain({ channels: 120, filters: 3, images: 1, groups: 2 }));
    agree(random, plain({ channels: 2, filters: 98, size: [40, 41], count: [40, 41], images: 1 }));
  });

  test("an image too large for the scratch memory", () => {
    const random = new Generator(4);
    const window = { stride: [4, 4], size: [260, 260], count: [65, 65] };
    agree(random, plain({ channels: 12, images: 1, ...window }));
  });

  test("a line longer than the room for its patches", () => {
    const random = new Generator(5);
    const size = [1, 140_000];
    const window = { kernel: [1, 2], before: [0, 1], stride: [1, 1] };
    agree(random, plain({ ...window, images: 1, size, count: [1, 140_001] }));
  });

  test("infinities and NaN reach only the places that see them", () => {
    const x = laid(new Float32Array(49).fill(1), [1, 1, 7, 7]);
    x.storage.writable().set([Infinity], 0);
    x.storage.writable().set([NaN], 48);
    const at = plain({ images: 1, size: [7, 7], count: [7, 7] });
    const filter = laid(new Float32Array(9).fill(1), [1, 1, 3, 3]);
    const wanted = reference.convolve(x, filter, null, at, at.count);
    same(wasm.convolve(x, filter, null, at, at.count), wanted);
    same(
      wasm.convolveInput(x, filter, at, at.size),
      reference.convolveInput(x, filter, at, at.size),
    );
  });

  test("nothing in, and nothing lost", () => {
    const random = new Generator(6);
    agree(random, plain({ images: 0 }));
    agree(random, plain({ filters: 0 }));
    agree(random, plain({ channels: 0 }));
  });
});
