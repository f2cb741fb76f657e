/** Convolutions and pools as functions: properties over random sizes, PyTorch's edges, messages. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  arange,
  F,
  Generator,
  grad,
  gradcheck,
  ones,
  randn,
  tensor,
  zeros,
  type Tensor,
} from "../../../../../kernel/tensor/index.ts";
import type { Numbers } from "../../cases/case.ts";
import { flat } from "../../cases/plain.ts";
import { slidProducts } from "../../cases/sliding.ts";

const numbers = (x: Tensor): Numbers => x.toArray() as Numbers;

function expectClose(actual: Tensor, expected: Numbers, tolerance = 1e-4): void {
  const [a, b] = [Array.from(actual.data), flat(expected)];
  expect(a.length).toBe(b.length);
  a.forEach((value, i) => expect(Math.abs(value - (b[i] ?? Number.NaN))).toBeLessThan(tolerance));
}

const small = fc.integer({ min: 1, max: 3 });
const pairs = fc.tuple(small, small);
const convolution = fc
  .record({
    images: fc.integer({ min: 1, max: 2 }),
    groups: fc.integer({ min: 1, max: 2 }),
    channels: small,
    filters: small,
    kernel: pairs,
    stride: pairs,
    padding: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })),
    dilation: pairs,
    more: fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })),
  })
  .map(({ kernel, dilation, more, ...rest }) => ({
    ...rest,
    kernel,
    dilation,
    size: [0, 1].map((d) => dilation[d as 0] * (kernel[d as 0] - 1) + 1 + more[d as 0]),
  }));

describe("conv2d()", () => {
  test("of any sizes, strides, gaps, paddings and groups is the seven loops", () => {
    fc.assert(
      fc.property(convolution, ({ images, groups, channels, filters, kernel, size, ...slide }) => {
        const generator = new Generator(5);
        const x = randn([images, channels * groups, ...size], { generator });
        const w = randn([filters * groups, channels, ...kernel], { generator });
        const b = randn([filters * groups], { generator });
        const { stride, padding, dilation } = slide;
        expectClose(
          F.conv2d(x, w, b, { stride, padding, dilation, groups }),
          slidProducts(numbers(x), numbers(w), flat(numbers(b)), {
            stride,
            before: padding,
            dilation,
            groups,
          }) as Numbers,
        );
      }),
      { numRuns: 60, seed: 11 },
    );
  });

  test("is the matrix product of the filters with the patches", () => {
    const x = randn([1, 2, 4, 5], { generator: new Generator(1) });
    const w = randn([3, 2, 2, 2], { generator: new Generator(2) });
    const columns: Tensor[] = [];
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 4; j++)
        columns.push(
          x
            .at(0, null, [i, i + 2], [j, j + 2])
            .contiguous()
            .reshape(8, 1),
        );
    const patches = columns.map((column) => w.reshape(3, 8).matmul(column));
    const y = F.conv2d(x, w).reshape(3, 12);
    patches.forEach((patch, p) => expectClose(y.at(null, [p, p + 1]), numbers(patch)));
  });

  test("and its two reverses leave one sum unchanged: Σ g · conv(x, w)", () => {
    fc.assert(
      fc.property(convolution, ({ images, groups, channels, filters, kernel, size, ...slide }) => {
        const options = { dtype: "f64", generator: new Generator(3) } as const;
        const x = randn([images, channels * groups, ...size], options);
        const w = randn([filters * groups, channels, ...kernel], options);
        for (const each of [x, w]) each.requiresGrad = true;
        const y = F.conv2d(x, w, null, { ...slide, groups });
        const g = randn(y.shape, options);
        const total = y.mul(g).sum();
        const [dx, dw] = grad(total, [x, w]) as [Tensor, Tensor];
        // The form is linear in each, so slope times value is the form itself.
        expect(dx.mul(x).sum().item()).toBeCloseTo(total.item(), 8);
        expect(dw.mul(w).sum().item()).toBeCloseTo(total.item(), 8);
      }),
      { numRuns: 40, seed: 12 },
    );
  });

  test("reads transposed and stepped images where they lie", () => {
    const x = randn([1, 5, 6, 2], { generator: new Generator(4) });
    const w = randn([2, 2, 3, 3], { generator: new Generator(4) });
    const turned = x.permute(0, 3, 1, 2);
    expect(F.conv2d(turned, w).toArray()).toEqual(F.conv2d(turned.clone(), w).toArray());
  });

  test("takes integer images with float filters, and gives the filters' type", () => {
    const x = arange(9).reshape(1, 1, 3, 3);
    expect(F.conv2d(x, ones([1, 1, 3, 3])).dtype).toBe("f32");
    expect(F.conv2d(x, ones([1, 1, 3, 3], { dtype: "f64" })).item()).toBe(36);
  });

  test("has gradients of gradients through stride, padding and groups", () => {
    const x = randn([2, 2, 4, 4], { generator: new Generator(6) });
    const w = randn([2, 1, 2, 2], { generator: new Generator(7) });
    const slope = (image: Tensor, filter: Tensor): Tensor => {
      const y = F.conv2d(image, filter, null, { stride: 2, padding: 1, groups: 2 }).tanh();
      const found = grad(y.sum(), [image, filter], { createGraph: true });
      return found.map((each) => each.square().sum()).reduce((a, b) => a.add(b));
    };
    expect(gradcheck(slope, [x, w])).toBe(true);
  });
});

describe("pools", () => {
  test("maxPool1d() gives the slope of equals to the first", () => {
    const x = tensor([[1, 1, 0, 1]], { requiresGrad: true });
    F.maxPool1d(x, 2).sum().backward();
    expect(x.grad?.toArray()).toEqual([[1, 0, 0, 1]]);
  });

  test("maxPool2d() lets NaN win and never takes padding", () => {
    expect(
      F.maxPool2d(
        tensor([
          [
            [1, 2],
            [2, Number.NaN],
          ],
        ]),
        2,
      ).item(),
    ).toBeNaN();
    expect(F.maxPool2d(tensor([[[-3]]]), 2, { padding: 1 }).toArray()).toEqual([[[-3]]]);
    expect(F.maxPool2d(tensor([[[-Infinity]]]), 1).item()).toBe(-Infinity);
  });

  test("avgPool2d() divides at the edges as PyTorch does, with a last window sticking out", () => {
    const image = (n: number) =>
      arange(n * n)
        .to("f32")
        .reshape(1, n, n);
    const padded = F.avgPool2d(image(5), 3, { stride: 2, padding: 1, ceilMode: true });
    expectClose(padded, [4 / 3, 3, 8 / 3, 7, 12, 9, 8, 13, 28 / 3]);
    const plain = F.avgPool2d(image(4), 3, { stride: 2, ceilMode: true });
    expectClose(plain, [5, 6.5, 11, 12.5]);
  });

  test("ceilMode lets one window stick out of an image smaller than it", () => {
    const x = tensor([[1, 5, 3]]);
    expect(F.maxPool1d(x, 4, { ceilMode: true }).toArray()).toEqual([[5]]);
    expect(F.avgPool1d(x, 4, { ceilMode: true }).toArray()).toEqual([[3]]);
    expect(
      F.maxPool2d(x.unsqueeze(0), [1, 2], { dilation: [1, 3], ceilMode: true }).toArray(),
    ).toEqual([[[1]]]);
    expect(() => F.maxPool1d(x, 4, { stride: 1, ceilMode: true })).toThrow(
      "maxPool1d: kernel [4] over [3] - it reaches over 4 elements of dim -1, which has 3 with its padding",
    );
  });

  test("ceilMode drops a window that would begin in the padding behind", () => {
    const x = arange(5).to("f32").reshape(1, 5);
    const line = F.avgPool1d(x, 2, { padding: 1, ceilMode: true });
    expect(line.toArray()).toEqual([[0, 1.5, 3.5]]);
  });

  test("adaptiveAvgPool2d() keeps sizes that are null and repeats what is too few", () => {
    const x = arange(6).to("f32").reshape(1, 2, 3);
    expect(F.adaptiveAvgPool2d(x, [1, null]).toArray()).toEqual([[[1.5, 2.5, 3.5]]]);
    expect(F.adaptiveAvgPool2d(x, [4, 1]).toArray()).toEqual([[[1], [1], [4], [4]]]);
    expect(F.adaptiveAvgPool2d(x, null)).not.toBe(x);
  });

  test("of a batch of none give none", () => {
    expect(F.maxPool2d(zeros([0, 2, 4, 4]), 2).shape).toEqual([0, 2, 2, 2]);
    expect(F.avgPool2d(zeros([0, 2, 4, 4]), 2).shape).toEqual([0, 2, 2, 2]);
  });
});

const image: Tensor = zeros([2, 3, 5, 5]);
const filter = zeros([4, 3, 3, 3]);

test.each<readonly [string, () => unknown, string]>([
  [
    "channels",
    () => F.conv2d(image, zeros([4, 2, 3, 3])),
    "conv2d: [2, 3, 5, 5] by filter [4, 2, 3, 3] - channels 3 and 2 must match",
  ],
  [
    "groups",
    () => F.conv2d(zeros([2, 4, 5, 5]), zeros([4, 4, 3, 3]), null, { groups: 2 }),
    "conv2d: [2, 4, 5, 5] by filter [4, 4, 3, 3] - 2 groups of 4 channels take 8, not 4",
  ],
  [
    "filters in groups",
    () => F.conv2d(zeros([2, 4, 5, 5]), zeros([3, 2, 3, 3]), null, { groups: 2 }),
    "conv2d: [2, 4, 5, 5] by filter [3, 2, 3, 3] - 3 filters do not divide into 2 groups",
  ],
  [
    "dimensions of the image",
    () => F.conv2d(zeros([5, 5]), filter),
    "conv2d: [5, 5] by filter [4, 3, 3, 3] - wanted [n, c, h, w] and [filters, c, kh, kw]",
  ],
  [
    "dimensions of the filter",
    () => F.conv1d(zeros([1, 3, 5]), filter),
    "conv1d: weight [4, 3, 3, 3] - wanted [filters, channels, kw]",
  ],
  ["bias", () => F.conv2d(image, filter, zeros([3])), "conv2d: bias [3] - wanted [4]"],
  [
    "a filter too large",
    () => F.conv2d(image, zeros([4, 3, 3, 7])),
    "conv2d: kernel [3, 7] over [5, 5] - it reaches over 7 elements of dim -1, which has 5 with its padding",
  ],
  [
    "stride",
    () => F.conv2d(image, filter, null, { stride: 0 }),
    "conv2d: stride 0 - wanted a whole number or 2 of them, 1 or more",
  ],
  [
    "padding",
    () => F.conv2d(image, filter, null, { padding: [1, -1] }),
    "conv2d: padding [1, -1] - wanted a whole number or 2 of them, 0 or more",
  ],
  [
    "an option of another name",
    () => F.conv2d(image, filter, null, { strides: 2 } as never),
    'conv2d: option "strides" - wanted stride, padding, dilation, groups',
  ],
  [
    "same with a stride",
    () => F.conv2d(image, filter, null, { padding: "same", stride: 2 }),
    'conv2d: padding "same" with stride [2, 2] - wanted a stride of 1',
  ],
  [
    "dilation that is a text",
    () => F.conv1d(zeros([1, 3, 5]), zeros([4, 3, 3]), null, { dilation: "2" as never }),
    "conv1d: dilation a string - wanted a whole number, 1 or more",
  ],
  [
    "an array for the image",
    () => F.conv2d([1, 2] as never, filter),
    "conv2d: an array for input - wanted a tensor",
  ],
  [
    "nothing for the weight",
    () => F.conv2d(image, undefined as never),
    "conv2d: undefined for weight - wanted a tensor",
  ],
  [
    "a number for the bias",
    () => F.conv2d(image, filter, 1 as never),
    "conv2d: a number for bias - wanted a tensor",
  ],
  [
    "dimensions of a pool's image",
    () => F.maxPool2d(zeros([5, 5]), 2),
    "maxPool2d: [5, 5] - wanted [n, c, h, w] or [c, h, w]",
  ],
  [
    "a window too large",
    () => F.avgPool1d(zeros([1, 3]), 4),
    "avgPool1d: kernel [4] over [3] - it reaches over 4 elements of dim -1, which has 3 with its padding",
  ],
  [
    "too much padding",
    () => F.maxPool2d(image, 2, { padding: 2 }),
    "maxPool2d: padding [2, 2] for kernel [2, 2] - wanted at most half the kernel",
  ],
  [
    "gaps wider than the image",
    () => F.maxPool1d(zeros([1, 1]), 2, { padding: 1, dilation: 2 }),
    "maxPool1d: dilation 2 over [1] - with padding it must be 1 or less",
  ],
  [
    "no kernel",
    () => F.maxPool2d(image, undefined as never),
    "maxPool2d: kernel undefined - wanted a whole number or 2 of them, 1 or more",
  ],
  [
    "a divisor of 0",
    () => F.avgPool2d(image, 2, { divisorOverride: 0 }),
    "avgPool2d: divisorOverride 0 - wanted a number other than 0",
  ],
  [
    "three adaptive sizes",
    () => F.adaptiveAvgPool2d(image, [1, 2, 3]),
    "adaptiveAvgPool2d: size [1, 2, 3] - wanted a whole number or 2 of them, 0 or more",
  ],
])("%s that do not fit are named with what was wanted", (_, run, message) => {
  expect(run).toThrow(message);
});
