/** How the methods of tensors are called: on `[2, 3]` floats unless told otherwise. */
import { arange, ones, tensor, type Tensor } from "../../../../kernel/tensor/index.ts";
import {
  type Argument,
  argument,
  besides,
  between,
  dim,
  dims,
  dtype,
  index,
  mask,
  operand,
  optional,
  options,
  scalar,
  size,
  tensorOf,
  without,
} from "./arguments.ts";

export interface MethodCall {
  readonly on?: () => Tensor;
  readonly args: readonly Argument[];
}

const keep = options;
const fold: MethodCall = { args: [optional(dims), keep] };
const foldOne: MethodCall = { args: [optional(dim), keep] };
const two: MethodCall = { args: [operand] };
const whole: Argument = besides(scalar, { "a fraction": () => 0.5, NaN: () => Number.NaN });
const sizes = (good: readonly number[], ...bad: (readonly unknown[])[]): Argument =>
  argument(
    () => good,
    [
      ["text", () => "a"],
      ["NaN", () => [Number.NaN]],
    ],
    bad.map((each) => [JSON.stringify(each), () => each] as const),
  );
const square = () => ones([3, 3]);

export const methods: Readonly<Record<string, MethodCall>> = {
  add: { args: [operand, options] },
  sub: { args: [operand, options] },
  mul: two,
  div: two,
  pow: two,
  maximum: two,
  minimum: two,
  remainder: two,
  fmod: two,
  floorDivide: two,
  atan2: two,
  eq: two,
  ne: two,
  lt: two,
  le: two,
  gt: two,
  ge: two,
  logicalAnd: two,
  logicalOr: two,
  logicalXor: two,
  lerp: { args: [operand, operand] },
  where: { args: [without(mask, "a mask of floats"), operand] },
  maskedFill: { args: [mask, scalar] },
  clamp: { args: [argument(() => ({ min: 0 }), options.bad)] },
  to: { args: [dtype] },
  gelu: { args: [options] },
  leakyRelu: { args: [optional(scalar)] },
  elu: { args: [optional(scalar)] },

  sum: fold,
  mean: fold,
  max: fold,
  min: fold,
  var: fold,
  std: fold,
  logsumexp: fold,
  any: fold,
  all: fold,
  prod: foldOne,
  median: foldOne,
  argmax: foldOne,
  argmin: foldOne,
  countNonzero: { args: [optional(dims)] },
  norm: { args: [optional(scalar), optional(dims), keep] },
  cumsum: { args: [dim] },
  cumprod: { args: [dim] },
  softmax: { args: [dim] },
  logSoftmax: { args: [dim] },

  matmul: {
    args: [
      besides(tensorOf(3, 2), {
        "inner sizes that differ": () => ones([2, 3]),
        "0-d": () => tensor(1),
      }),
    ],
  },
  mm: {
    args: [
      besides(tensorOf(3, 2), {
        "inner sizes that differ": () => ones([2, 3]),
        "a vector": () => ones([3]),
      }),
    ],
  },
  bmm: {
    on: () => ones([4, 2, 3]),
    args: [
      besides(tensorOf(4, 3, 2), {
        "inner sizes that differ": () => ones([4, 2, 3]),
        "another number of matrices": () => ones([1, 3, 2]),
        matrix: () => ones([3, 2]),
      }),
    ],
  },
  allclose: { args: [operand, options] },
  quantile: { args: [between(0.5, -0.1, 1.1), optional(dim), options] },
  dot: {
    on: () => ones([3]),
    args: [besides(tensorOf(3), { "another size": () => ones([2]), matrix: () => ones([3, 1]) })],
  },
  outer: { on: () => ones([3]), args: [besides(tensorOf(3), { matrix: () => ones([3, 1]) })] },

  view: { args: [sizes([3, 2], [4, 4], [-1, -1], [-2, 3], [1.5, 4], ["6"], [7])] },
  reshape: { args: [sizes([3, 2], [4, 4], [-1, -1], [-2, 3], [1.5, 4], ["6"], [7])] },
  flatten: { args: [optional(dim), optional(dim)] },
  unflatten: { args: [dim, sizes([1, 2], [3, 4], ["a"], [-1, -1])] },
  permute: { args: [sizes([1, 0], [0], [0, 0], [0, 2], [0, 1, 2], [0.5, 1], ["a", "b"])] },
  transpose: { args: [dim, dim] },
  squeeze: { args: [optional(dim)] },
  unsqueeze: { args: [dim] },
  expand: { args: [sizes([4, 2, 3], [2, 4], [3], [2.5, 3], ["a", "b"])] },
  broadcastTo: { args: [sizes([4, 2, 3], [2, 4], [3], [2.5, 3])] },
  narrow: {
    args: [
      dim,
      argument(() => 0, size.bad, [["a start outside", () => 9]]),
      besides(size, { "too long": () => 9 }),
    ],
  },
  movedim: { args: [dims, dims] },
  flip: { args: [dims] },
  roll: { args: [whole, optional(dims)] },
  tile: { args: [sizes([2, 1], [1.5], [-1], ["a"])] },
  repeat: { args: [sizes([2, 1], [1.5, 1], [-1, 1], ["a", 1], [2])] },
  repeatInterleave: { args: [size, optional(dim)] },
  split: {
    args: [
      besides(size, { "0": () => 0, "sizes that do not add up": () => [1, 5] }),
      optional(dim),
    ],
  },
  chunk: { args: [besides(size, { "0": () => 0 }), optional(dim)] },
  unbind: { args: [optional(dim)] },
  diagonal: { args: [optional(whole), optional(dim), optional(dim)] },
  diag: { on: square, args: [optional(whole)] },
  tril: { args: [optional(whole)] },
  triu: { args: [optional(whole)] },

  slice: {
    args: [
      besides(
        argument(() => "0"),
        {
          undefined: () => undefined,
          "a number": () => 1,
          letters: () => "a",
          empty: () => "",
          "too many": () => "0, 0, 0",
          "an index outside": () => "9",
          "step 0": () => "::0",
          "two ellipses": () => "..., ...",
        },
      ),
    ],
  },
  at: {
    args: [
      besides(
        argument(() => 0),
        {
          "an index outside": () => 7,
          "a fraction": () => 0.5,
          text: () => "a",
          object: () => ({}),
          "a list of four": () => [0, 1, 1, 1],
          "text in a range": () => ["a", "b"],
          "step 0": () => [0, 1, 0],
          "a mask of another size": () => tensor([true, false, true]),
          fractions: () => tensor([0.5]),
          outside: () => tensor([9]),
          true: () => true,
        },
      ),
    ],
  },
  set: {
    args: [
      argument(
        () => [0],
        [
          ["a number", () => 0],
          ["undefined", () => undefined],
          ["text", () => "a"],
          ["an index outside", () => [9]],
        ],
      ),
      argument(
        () => 1,
        [
          ["undefined", () => undefined],
          ["null", () => null],
          ["text", () => "a"],
          ["an array", () => [1, 2, 3]],
          ["another shape", () => ones([4])],
        ],
      ),
    ],
  },
  select: {
    args: [
      dim,
      besides(
        argument(() => 0, whole.bad),
        { "an index outside": () => 9 },
      ),
    ],
  },
  takeRows: { args: [index] },
  indexSelect: { args: [dim, besides(index, { "a matrix": () => tensor([[0]]) })] },
  gather: { args: [dim, argument(() => tensor([[0, 1, 0]]).to("i32"), index.bad)] },
  takeAlongDim: {
    args: [
      argument(
        () => tensor([[0], [1]]).to("i32"),
        index.bad.filter(([what]) => what !== "an index outside"),
      ),
      argument(
        () => 1,
        dim.bad.filter(([what]) => what !== "undefined"),
      ),
    ],
  },
  scatter: {
    args: [
      dim,
      argument(() => tensor([[0, 1, 0]]).to("i32"), index.bad),
      argument(
        () => 1,
        operand.bad.filter(([what]) => what !== "[3, 2] beside [2, 3]"),
      ),
    ],
  },
  scatterAdd: {
    args: [
      dim,
      argument(() => tensor([[0, 1, 0]]).to("i32"), index.bad),
      argument(
        () => ones([1, 3]),
        operand.bad.filter(([what]) => what !== "[3, 2] beside [2, 3]"),
      ),
    ],
  },
  indexAdd: {
    args: [dim, argument(() => tensor([0, 1]).to("i32"), index.bad), tensorOf(2, 3), options],
  },
  maskedSelect: { args: [mask] },
  sort: { args: [optional(dim), options] },
  argsort: { args: [optional(dim), options] },
  topk: { args: [besides(size, { "too many": () => 9 }), optional(dim), options] },
  unique: { args: [options] },
  bincount: { on: () => arange(3), args: [options] },

  copy_: { args: [tensorOf(2, 3)] },
  fill_: { args: [scalar] },
  add_: { args: [operand] },
  sub_: { args: [operand] },
  mul_: { args: [operand] },
  div_: { args: [operand] },
  pow_: { args: [operand] },
  lerp_: { args: [operand, operand] },
  clamp_: { args: [argument(() => ({ min: 0 }), options.bad)] },
  maskedFill_: { args: [mask, scalar] },
  uniform_: { args: [optional(scalar), optional(scalar)] },
  normal_: { args: [optional(scalar), optional(between(1, -1))] },
  bernoulli_: { args: [optional(between(0.5, -1, 2))] },
  registerHook: {
    on: () => ones([2], { requiresGrad: true }),
    args: [
      argument(
        () => () => undefined,
        [
          ["undefined", () => undefined],
          ["a number", () => 1],
        ],
      ),
    ],
  },
  backward: { on: () => tensor(1, { requiresGrad: true }), args: [optional(options)] },
};

/** What takes no arguments has none to get wrong. */
export const withoutArguments: ReadonlySet<string> = new Set(
  (
    "neg abs sign square floor ceil round trunc logicalNot isNan isInf isFinite exp expm1 log log1p log2 log10 sqrt " +
    "rsqrt reciprocal sin cos tan asin acos atan sinh cosh tanh erf sigmoid relu silu softplus logSigmoid T trace clone contiguous " +
    "nonzero numel ndim dtype data item toArray requiresGrad isLeaf retainGrad retainsGrad detach zero_ neg_ abs_ square_ sqrt_ " +
    "reciprocal_ exp_ log_ floor_ ceil_ round_ trunc_ tanh_ sigmoid_ relu_ toString dispose isDisposed"
  ).split(" "),
);
