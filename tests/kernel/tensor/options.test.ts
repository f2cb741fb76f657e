/** Numbers and options as layers, functions and optimisers check them. */
import { expect, test } from "vitest";
import { DTypeError, F, nn, ones, optim } from "../../../kernel/tensor/index.ts";

// As cells do, without types.
const text = "0.5" as unknown as number;
const weight = () => nn.Parameter(ones([2]));

test.each<[name: string, (value: number) => unknown, wrong: number]>([
  ["nn.Dropout", (p) => nn.Dropout(p), 2],
  ["F.dropout", (p) => F.dropout(ones([2]), p), Number.NaN],
  ["nn.init.constant_", (value) => nn.init.constant_(ones([2]), value), Number.NaN],
  ["nn.clipGradNorm_", (norm) => nn.clipGradNorm_([], norm), -1],
  ["nn.clipGradNorm_ with normType", (normType) => nn.clipGradNorm_([], 1, { normType }), 0],
  ["optim.SGD", (lr) => optim.SGD([weight()], { lr }), -1],
  ["optim.StepLR", (size) => optim.StepLR(optim.SGD([weight()], { lr: 1 }), size), 0],
])("%s tells the wrong kind from the wrong value", (_, take, wrong) => {
  expect(() => take(text)).toThrow(DTypeError);
  expect(() => take(wrong)).toThrow(RangeError);
});

test("a live learning rate that is no number at a step is the wrong kind", () => {
  const w = weight();
  const opt = optim.SGD([w], { lr: { value: text } });
  w.sum().backward();
  expect(() => opt.step()).toThrow(DTypeError);
});
