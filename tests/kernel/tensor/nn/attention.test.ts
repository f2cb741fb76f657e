/** The weights that MultiheadAttention gives beside its output, which most callers never look at. */
import { expect, test, vi } from "vitest";
import { backend } from "../../../../kernel/tensor/backends/current.ts";
import {
  gradcheck,
  gradgradcheck,
  manualSeed,
  nn,
  noGrad,
  randn,
  type Tensor,
  tensor,
} from "../../../../kernel/tensor/index.ts";

const [length, batch, size] = [5, 3, 8];

function made(options: { readonly dropout?: number } = {}): nn.MultiheadAttention {
  manualSeed(1);
  return nn.MultiheadAttention(size, 2, options);
}

/** The weights by the formula, of one sequence `[length, size]`. */
function lookOf(layer: nn.MultiheadAttention, x: Tensor, head: number): Tensor {
  const [weight, bias] = [layer.in_proj_weight as Tensor, layer.in_proj_bias as Tensor];
  const all = x.matmul(weight.T).add(bias);
  const part = (first: number) => all.at(null, [first + 4 * head, first + 4 * (head + 1)]);
  return part(0).matmul(part(size).T).div(2).softmax(-1);
}

function close(found: Tensor, wanted: Tensor): void {
  expect(found.shape).toEqual(wanted.shape);
  expect(found.detach().sub(wanted.detach()).abs().max().item()).toBeLessThan(1e-5);
}

test("weights that nobody looks at are not computed", () => {
  const layer = made();
  const softmax = vi.spyOn(backend(), "softmax");
  const x = randn([length, batch, size]);
  const [output, weights] = layer(x, x, x);
  output.sum().backward();
  expect(softmax).not.toHaveBeenCalled();
  expect((weights as Tensor).shape).toEqual([batch, length, length]);
  expect((weights as Tensor).sum(-1).sub(1).abs().max().item()).toBeLessThan(1e-5);
  expect(softmax).toHaveBeenCalledOnce();
  softmax.mockRestore();
});

test("looked at late, they are those of the call", () => {
  const layer = made();
  const x = randn([length, size]);
  const wanted = noGrad(() =>
    lookOf(layer, x, 0)
      .add(lookOf(layer, x, 1))
      .div(2),
  ).clone();
  const [output, weights] = layer(x, x, x);
  output.square().sum().backward();
  noGrad(() => {
    for (const each of layer.parameters()) each.add_(1);
  });
  x.zero_();
  close(weights as Tensor, wanted);
});

test("a mask that is written over afterwards does not change them", () => {
  const layer = made();
  const x = randn([length, size]);
  const attnMask = tensor([0, 0, -1e9, 0, 0]).expand([length, length]).clone();
  const [, weights] = layer(x, x, x, { attnMask });
  attnMask.zero_();
  expect((weights as Tensor).at(null, 2).abs().max().item()).toBe(0);
});

test("a slope that comes through them goes on to what they were computed from", () => {
  const layer = made();
  const x = randn([length, size]);
  const twin = x.clone();
  for (const each of [x, twin]) each.requiresGrad = true;
  const factors = randn([length, length]);
  const loss = (weights: Tensor) => weights.mul(factors).sum();
  const [output, weights] = layer(x, x, x);
  loss(weights as Tensor)
    .add(output.sum())
    .backward();
  const grads = layer.parameters().map((each) => each.grad.clone());
  for (const each of layer.parameters()) each.grad = null;
  const mean = lookOf(layer, twin, 0)
    .add(lookOf(layer, twin, 1))
    .div(2);
  loss(mean)
    .add(layer(twin, twin, twin, { needWeights: false })[0].sum())
    .backward();
  close(x.grad, twin.grad);
  layer.parameters().forEach((each, i) => close(grads[i] as Tensor, each.grad));
});

test.each([true, false])(
  "their slopes are right with averageAttnWeights %s, slopes of slopes too",
  (averageAttnWeights) => {
    const layer = made();
    for (const each of layer.parameters()) each.requiresGrad = false;
    const x = randn([3, size]).mul(0.5);
    const look = (given: Tensor) => layer(given, given, given, { averageAttnWeights })[1] as Tensor;
    expect(gradcheck(look, [x])).toBe(true);
    expect(gradgradcheck(look, [x])).toBe(true);
  },
);

test("with dropout in training they are those that the values were mixed with", () => {
  const layer = made({ dropout: 0.5 });
  const x = randn([length, size]);
  const [, weights] = layer(x, x, x, { averageAttnWeights: false });
  expect((weights as Tensor).eq(0).any().item()).toBe(1);
});

test("they are printed as PyTorch prints them", () => {
  const layer = made();
  const x = randn([2, 1, size]);
  expect(String(layer(x, x, x)[1])).toContain("grad_fn=<MeanBackward1>");
  expect(String(noGrad(() => layer(x, x, x)[1]))).not.toContain("grad_fn");
});
