import { describe, expect, test } from "vitest";
import {
  DTypeError,
  GradientError,
  noGrad,
  ones,
  ShapeError,
  tensor,
  type Tensor,
  zeros,
} from "../../../../kernel/tensor/index.ts";

const anything = (value: unknown) => value as never;
const start = [0.5, 1, 4];

describe("every in-place form writes what the plain method gives", () => {
  test.each<[string, (x: Tensor) => Tensor, (x: Tensor) => Tensor]>([
    ["add_", (x) => x.add_(2, { alpha: 3 }), (x) => x.add(6)],
    ["sub_", (x) => x.sub_(tensor([1, 2, 3])), (x) => x.sub(tensor([1, 2, 3]))],
    ["mul_", (x) => x.mul_(2), (x) => x.mul(2)],
    ["div_", (x) => x.div_(2), (x) => x.div(2)],
    ["pow_", (x) => x.pow_(2), (x) => x.pow(2)],
    ["lerp_", (x) => x.lerp_(1, 0.25), (x) => x.lerp(1, 0.25)],
    ["clamp_", (x) => x.clamp_({ max: 2 }), (x) => x.clamp({ max: 2 })],
    ["maskedFill_", (x) => x.maskedFill_(x.gt(1), 0), (x) => x.maskedFill(x.gt(1), 0)],
    ["neg_", (x) => x.neg_(), (x) => x.neg()],
    ["abs_", (x) => x.abs_(), (x) => x.abs()],
    ["square_", (x) => x.square_(), (x) => x.square()],
    ["sqrt_", (x) => x.sqrt_(), (x) => x.sqrt()],
    ["reciprocal_", (x) => x.reciprocal_(), (x) => x.reciprocal()],
    ["exp_", (x) => x.exp_(), (x) => x.exp()],
    ["log_", (x) => x.log_(), (x) => x.log()],
    ["floor_", (x) => x.floor_(), (x) => x.floor()],
    ["ceil_", (x) => x.ceil_(), (x) => x.ceil()],
    ["round_", (x) => x.round_(), (x) => x.round()],
    ["trunc_", (x) => x.trunc_(), (x) => x.trunc()],
    ["tanh_", (x) => x.tanh_(), (x) => x.tanh()],
    ["sigmoid_", (x) => x.sigmoid_(), (x) => x.sigmoid()],
    ["relu_", (x) => x.relu_(), (x) => x.relu()],
    ["fill_", (x) => x.fill_(3), (x) => x.mul(0).add(3)],
    ["zero_", (x) => x.zero_(), (x) => x.mul(0)],
  ])("%s", (_, write, plain) => {
    const x = tensor(start);
    const view = x.at([null, null, -1]);
    expect(write(x)).toBe(x);
    expect(x.toArray()).toEqual(plain(tensor(start)).toArray());
    // Every view of the storage sees it.
    expect(view.toArray()).toEqual((x.toArray() as number[]).toReversed());
    expect(x.requiresGrad).toBe(false);
  });
});

describe("what would lose a slope is refused outside noGrad", () => {
  const w = tensor([1, 2], { requiresGrad: true });
  test.each<[string, (x: Tensor) => Tensor]>([
    ["add_", (x) => x.add_(1)],
    ["exp_", (x) => x.exp_()],
    ["copy_", (x) => x.copy_(ones([2]))],
    ["fill_", (x) => x.fill_(1)],
  ])("%s of a tensor that requires a gradient", (name, write) => {
    expect(() => write(w)).toThrow(GradientError);
    expect(() => write(w)).toThrow(
      `${name}: a tensor that requires a gradient was to be changed in place - its slope would be lost`,
    );
    expect(() => noGrad(() => write(w.clone()))).not.toThrow();
  });

  test.each<[string, (x: Tensor) => Tensor]>([
    ["add_", (x) => x.add_(w)],
    ["lerp_", (x) => x.lerp_(0, w)],
    ["clamp_", (x) => x.clamp_({ min: w })],
    ["maskedFill_", (x) => x.maskedFill_(tensor([true, false]), w.at(0))],
    ["copy_", (x) => x.copy_(w)],
    ["fill_", (x) => x.fill_(w.at(0))],
  ])("%s with a value that requires one", (name, write) => {
    expect(() => write(zeros([2]))).toThrow(
      `${name}: a value that requires a gradient was to be written in place - its slope would be lost`,
    );
    expect(() => noGrad(() => write(zeros([2])))).not.toThrow();
  });
});

describe("what does not fit is refused", () => {
  test.each<[() => unknown, typeof ShapeError | typeof DTypeError, string]>([
    [
      () => zeros([2]).add_(ones([3, 2])),
      ShapeError,
      "add_: [3, 2] into [2] - it must broadcast to the target",
    ],
    [
      () => zeros([2], { dtype: "i32" }).mul_(0.5),
      DTypeError,
      "mul_: f32 into i32 - wanted a result that this dtype can hold",
    ],
    [
      () => zeros([2], { dtype: "i32" }).sqrt_(),
      DTypeError,
      "sqrt_: f32 into i32 - wanted a result that this dtype can hold",
    ],
    [() => zeros([1]).expand(3).add_(1), ShapeError, "add_: [3] was expanded"],
    [() => zeros([1]).add_(anything("1")), DTypeError, "add: a string - wanted a tensor"],
    [() => zeros([1]).copy_(anything([1])), DTypeError, "copy_: an array for source"],
    [() => zeros([1]).fill_(anything(undefined)), DTypeError, "fill_: undefined for value"],
    [() => zeros([1]).clamp_(anything(undefined)), DTypeError, "clamp: undefined for the options"],
  ])("%s", (act, kind, message) => {
    expect(act).toThrow(kind);
    expect(act).toThrow(message);
  });

  test("copy_() converts, as in PyTorch", () => {
    expect(
      zeros([2], { dtype: "i32" })
        .copy_(tensor([1.7, -1.7]))
        .toArray(),
    ).toEqual([1, -1]);
  });
});

test("a value the way back needs is missed when it was changed", () => {
  const w = tensor([1, 2], { requiresGrad: true });
  const loss = w.exp().sum();
  const squares = w.square().sum();
  noGrad(() => w.add_(1));
  expect(() => loss.backward()).not.toThrow();
  expect(() => squares.backward()).toThrow("was changed in place after it was used");
});
