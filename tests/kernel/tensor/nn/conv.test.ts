/** Convolution and pooling layers: start values and texts are those a PyTorch 1.13 printed. */
import { expect, test } from "vitest";
import { F, manualSeed, nn, randn, type Tensor, zeros } from "../../../../kernel/tensor/index.ts";

test("Conv2d and Conv1d start with PyTorch's numbers for the same seed", () => {
  manualSeed(3);
  const images = nn.Conv2d(2, 3, 3);
  const lines = nn.Conv1d(4, 2, 3, { groups: 2 });
  const near = (values: ArrayLike<number> | undefined, wanted: readonly number[]) =>
    wanted.forEach((value, i) => expect(values?.[i]).toBeCloseTo(value, 7));
  near(images.weight.data, [-0.23369242, -0.18593639, -0.10095482]);
  near(images.bias?.data, [0.1514238, 0.05876869, -0.08455026]);
  near(lines.weight.data, [0.33969399, 0.17490596, -0.18182358]);
  near(lines.bias?.data, [0.18257855, 0.08781822]);
});

test.each([
  [
    nn.Conv2d(3, 8, 3, { stride: 2, padding: 1 }),
    "Conv2d(3, 8, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1))",
  ],
  [
    nn.Conv2d(4, 8, [3, 1], { dilation: 2, groups: 2, bias: false }),
    "Conv2d(4, 8, kernel_size=(3, 1), stride=(1, 1), dilation=(2, 2), groups=2, bias=False)",
  ],
  [
    nn.Conv1d(4, 8, 3, { padding: "same", dilation: 3 }),
    "Conv1d(4, 8, kernel_size=(3,), stride=(1,), padding=same, dilation=(3,))",
  ],
  [nn.MaxPool2d(2), "MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)"],
  [
    nn.MaxPool2d([3, 2], { stride: [2, 1], padding: 1, dilation: 2, ceilMode: true }),
    "MaxPool2d(kernel_size=(3, 2), stride=(2, 1), padding=1, dilation=2, ceil_mode=True)",
  ],
  [nn.MaxPool1d(3), "MaxPool1d(kernel_size=3, stride=3, padding=0, dilation=1, ceil_mode=False)"],
  [
    nn.AvgPool2d([3, 2], { stride: 2, padding: [1, 0] }),
    "AvgPool2d(kernel_size=(3, 2), stride=2, padding=(1, 0))",
  ],
  [
    nn.AvgPool1d(3, { stride: 2, padding: 1 }),
    "AvgPool1d(kernel_size=(3,), stride=(2,), padding=(1,))",
  ],
  [nn.AdaptiveAvgPool2d(1), "AdaptiveAvgPool2d(output_size=1)"],
  [nn.AdaptiveAvgPool2d([null, 7]), "AdaptiveAvgPool2d(output_size=(None, 7))"],
])("layer %# prints as PyTorch prints it", (layer, text) => {
  expect(String(layer)).toBe(text);
});

test("Conv2d has the parameters weight and bias, and no bias when told so", () => {
  const names = (net: nn.Module) => net.namedParameters().map(([name, p]) => [name, p.shape]);
  expect(names(nn.Conv2d(4, 6, [1, 3], { groups: 2 }))).toEqual([
    ["weight", [6, 2, 1, 3]],
    ["bias", [6]],
  ]);
  expect(names(nn.Conv1d(4, 6, 3, { bias: false }))).toEqual([["weight", [6, 4, 3]]]);
});

test("layers compute what the functions of their names compute", () => {
  const x = randn([2, 4, 6, 5]);
  const conv = nn.Conv2d(4, 6, 3, { padding: 1, groups: 2 });
  const options = { padding: 1, groups: 2 };
  const line = randn([2, 4, 6]);
  const lines = nn.Conv1d(4, 2, 3, { stride: 2 });
  const pairs = [
    [conv(x), F.conv2d(x, conv.weight, conv.bias, options)],
    [lines(line), F.conv1d(line, lines.weight, lines.bias, { stride: 2 })],
    [nn.MaxPool2d(2, { padding: 1 })(x), F.maxPool2d(x, 2, { padding: 1 })],
    [nn.MaxPool1d(2)(line), F.maxPool1d(line, 2)],
    [nn.AvgPool2d(2, { ceilMode: true })(x), F.avgPool2d(x, 2, { ceilMode: true })],
    [nn.AvgPool1d(3)(line), F.avgPool1d(line, 3)],
    [nn.AdaptiveAvgPool2d([2, null])(x), F.adaptiveAvgPool2d(x, [2, null])],
  ] as const;
  for (const [layer, plain] of pairs) expect(layer.toArray()).toEqual(plain.toArray());
});

test.each<readonly [() => unknown, string]>([
  [
    () => nn.Conv2d(3, 4, 3, { groups: 2 }),
    "Conv2d: 3 channels and 4 filters in 2 groups - both must divide into them",
  ],
  [
    () => nn.Conv2d(3, 4, 3, 1 as never),
    "Conv2d: 1 for the options - wanted an object such as { stride: ... }",
  ],
  [
    () => nn.MaxPool2d(2, { strides: 2 } as never),
    'MaxPool2d: option "strides" - wanted stride, padding, dilation, ceilMode',
  ],
  [() => nn.Conv2d(0, 4, 3), "Conv2d: channels 0 - wanted a whole number, 1 or more"],
  [
    () => nn.Conv2d(3, 4, undefined as never),
    "Conv2d: kernel undefined - wanted a whole number or 2 of them, 1 or more",
  ],
  [() => nn.Conv1d(3, 4, [3, 3]), "Conv1d: kernel [3, 3] - wanted a whole number, 1 or more"],
  [
    () => nn.MaxPool2d(2, { padding: 2 }),
    "MaxPool2d: padding [2, 2] for kernel [2, 2] - wanted at most half the kernel",
  ],
  [
    () => nn.AdaptiveAvgPool2d("1" as never),
    "AdaptiveAvgPool2d: size [1, 1] - wanted a whole number or 2 of them, 0 or more",
  ],
  [
    () => nn.Conv2d(3, 4, 3)(zeros([1, 2, 5, 5]) as Tensor),
    "conv2d: [1, 2, 5, 5] by filter [4, 3, 3, 3] - channels 2 and 3 must match",
  ],
])("a layer that cannot be is refused when it is made, %#", (make, message) => {
  expect(make).toThrow(message);
});
