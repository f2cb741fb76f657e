/** How functions and constructors are called. */
import {
  arange,
  bernoulli,
  cat,
  cdist,
  customOp,
  detectAnomaly,
  enableGrad,
  eye,
  F,
  full,
  fullLike,
  grad,
  einsum,
  gradcheck,
  gradgradcheck,
  hstack,
  linalg,
  linspace,
  logspace,
  manualSeed,
  meshgrid,
  multinomial,
  nn,
  noGrad,
  normal,
  ones,
  onesLike,
  optim,
  rand,
  randint,
  randLike,
  randn,
  randnLike,
  randperm,
  stack,
  tensor,
  uniform,
  vstack,
  where,
  zeros,
  zerosLike,
} from "../../../../kernel/tensor/index.ts";
import {
  type Argument,
  argument,
  besides,
  between,
  body,
  index,
  labels,
  mask,
  operand,
  optional,
  options,
  parameters,
  scalar,
  shape,
  size,
  tensorOf,
  tensors,
  without,
} from "./arguments.ts";

export interface FunctionCall {
  readonly run: (...args: never[]) => unknown;
  readonly args: readonly Argument[];
}

const like: Argument = tensorOf(2, 3);
const x = tensorOf(2, 3);
const target = besides(tensorOf(2, 3), {
  "another shape": () => ones([3]),
  "[2, 1]": () => ones([2, 1]),
});
const orNumber = (of: Argument): Argument => without(of, "a number");
const share = argument(() => full([2, 3], 0.5), target.bad);
const square = besides(
  argument(() => eye(3).mul(2), tensorOf(3, 3).bad),
  { "no square": () => ones([2, 3]), "a vector": () => ones([3]) },
);
const images = (...sizes: number[]): Argument =>
  besides(tensorOf(...sizes), {
    "a vector": () => ones([4]),
    "five dims": () => ones([1, 1, 1, 1, 1]),
  });
const kernel = besides(size, { "0": () => 0, "larger than the image": () => 9 });
const shared = optim.SGD([ones([2])], { lr: 1, momentum: 0.5 });
const optimizer = argument(
  () => shared,
  [
    ["undefined", () => undefined],
    ["null", () => null],
    ["a number", () => 1],
    ["an object", () => ({})],
    ["a tensor", () => ones([2])],
  ],
);
const statistics = argument(
  () => null,
  [
    ["text", () => "a"],
    ["another size", () => zeros([2])],
    ["a number", () => 1],
  ],
);
const count = besides(size, { "0": () => 0 });
const milestones = argument(
  () => [2, 4],
  [
    ["undefined", () => undefined],
    ["a number", () => 3],
    ["text", () => ["a"]],
    ["fractions", () => [1.5]],
  ],
);
const leaf = argument(() => ones([2]), tensorOf(2).bad);

export const functions: Readonly<Record<string, FunctionCall>> = {
  tensor: {
    run: tensor,
    args: [
      argument(
        () => [1],
        [
          ["undefined", () => undefined],
          ["null", () => null],
          ["text", () => "a"],
          ["an object", () => ({})],
          ["text in rows", () => [["a"]]],
          ["a hole", () => [1, undefined]],
          ["ragged rows", () => [[1], [1, 2]]],
          ["a function", () => () => 1],
        ],
      ),
      options,
    ],
  },
  zeros: { run: zeros, args: [shape, options] },
  ones: { run: ones, args: [shape, options] },
  full: { run: full, args: [shape, scalar, options] },
  zerosLike: { run: zerosLike, args: [like, options] },
  onesLike: { run: onesLike, args: [like, options] },
  fullLike: { run: fullLike, args: [like, scalar, options] },
  rand: { run: rand, args: [shape, options] },
  randn: { run: randn, args: [shape, options] },
  randLike: { run: randLike, args: [like, options] },
  randnLike: { run: randnLike, args: [like, options] },
  uniform: { run: uniform, args: [shape, scalar, scalar, options] },
  normal: { run: normal, args: [shape, scalar, between(1, -1), options] },
  randint: {
    run: randint,
    args: [
      argument(
        () => 0,
        [
          ["text", () => "a"],
          ["a fraction", () => 0.5],
          ["above the end", () => 9],
        ],
      ),
      argument(() => 3, scalar.bad, [["a fraction", () => 0.5]]),
      shape,
      options,
    ],
  },
  randperm: { run: randperm, args: [size, options] },
  arange: {
    run: arange,
    args: [
      argument(() => 0, scalar.bad, [["NaN", () => Number.NaN]]),
      argument(
        () => 3,
        [
          ["text", () => "a"],
          ["null", () => null],
          ["NaN", () => Number.NaN],
        ],
      ),
      optional(without(between(1, 0, -1), "an object")),
      options,
    ],
  },
  logspace: { run: logspace, args: [scalar, scalar, size, options] },
  linspace: { run: linspace, args: [scalar, scalar, size, options] },
  eye: { run: eye, args: [size, optional(without(size, "an object")), options] },
  cat: {
    run: cat,
    args: [
      tensors,
      optional(
        argument(
          () => 0,
          [
            ["dim 5", () => 5],
            ["text", () => "a"],
            ["null", () => null],
            ["NaN", () => Number.NaN],
          ],
        ),
      ),
    ],
  },
  hstack: { run: hstack, args: [tensors] },
  vstack: { run: vstack, args: [tensors] },
  cdist: {
    run: cdist,
    args: [
      besides(tensorOf(2, 3), { "a vector": () => ones([3]) }),
      besides(tensorOf(4, 3), { "another size": () => ones([4, 2]) }),
      options,
    ],
  },
  stack: {
    run: stack,
    args: [
      tensors,
      optional(
        argument(
          () => 0,
          [
            ["dim 5", () => 5],
            ["text", () => "a"],
            ["null", () => null],
            ["NaN", () => Number.NaN],
          ],
        ),
      ),
    ],
  },
  meshgrid: {
    run: meshgrid,
    args: [
      argument(
        () => [ones([2])],
        tensors.bad.filter(([what]) => what !== "an empty list" && what !== "shapes that differ"),
        [["a matrix", () => [ones([2, 3])]]],
      ),
      options,
    ],
  },
  where: { run: where, args: [without(mask, "a mask of floats"), operand, operand] },
  bernoulli: {
    run: bernoulli,
    args: [
      argument(() => full([2], 0.5), tensorOf(2).bad, [
        ["no probability", () => tensor([2])],
        ["negative", () => tensor([-1])],
        ["integers", () => arange(2)],
      ]),
      options,
    ],
  },
  multinomial: {
    run: multinomial,
    args: [
      argument(() => ones([3]), tensorOf(2).bad, [
        ["negative", () => tensor([-1, 2])],
        ["all 0", () => zeros([2])],
        ["integers", () => arange(2)],
      ]),
      size,
      options,
    ],
  },
  grad: {
    run: grad,
    args: [
      argument(() => tensor(1, { requiresGrad: true }), tensorOf(2).bad),
      argument(
        () => [],
        [
          ["undefined", () => undefined],
          ["a number", () => 1],
          ["a list of numbers", () => [1]],
          ["a tensor", () => tensor(1)],
        ],
      ),
    ],
  },
  gradcheck: {
    run: gradcheck,
    args: [
      argument(() => (a: { sum(): unknown }) => a.sum(), body.bad),
      argument(
        () => [ones([2], { dtype: "f64" })],
        [
          ["undefined", () => undefined],
          ["a number", () => 1],
          ["a list of numbers", () => [1]],
        ],
      ),
      options,
    ],
  },
  gradgradcheck: {
    run: gradgradcheck,
    args: [
      argument(() => (a: { pow(n: number): unknown }) => a.pow(3), body.bad),
      argument(
        () => [ones([2], { dtype: "f64" })],
        [
          ["undefined", () => undefined],
          ["a number", () => 1],
          ["a list of numbers", () => [1]],
        ],
      ),
      options,
    ],
  },
  einsum: {
    run: einsum,
    args: [
      argument(
        () => "ij,jk->ik",
        [
          ["undefined", () => undefined],
          ["a number", () => 1],
          ["one operand too few", () => "ij->ij"],
          ["letters that are no dims", () => "ijk,jk->ik"],
          ["an output of nowhere", () => "ij,jk->iz"],
          ["signs", () => "ij,jk->i!"],
          ["two arrows", () => "ij,jk->i->k"],
        ],
      ),
      besides(tensorOf(2, 3), { "sizes that differ": () => ones([2, 5]) }),
      tensorOf(3, 2),
    ],
  },
  noGrad: { run: noGrad, args: [body] },
  enableGrad: { run: enableGrad, args: [body] },
  detectAnomaly: { run: detectAnomaly, args: [body] },
  customOp: {
    run: customOp,
    args: [
      argument(
        () => ({ name: "twice", forward: () => ones([1]), backward: () => ones([1]) }),
        [
          ["undefined", () => undefined],
          ["null", () => null],
          ["a number", () => 1],
          ["no forward", () => ({ name: "a" })],
        ],
      ),
    ],
  },
  manualSeed: {
    run: manualSeed,
    args: [
      argument(() => 1, scalar.bad, [
        ["NaN", () => Number.NaN],
        ["a fraction", () => 0.5],
      ]),
    ],
  },

  "linalg.solve": {
    run: linalg.solve,
    args: [
      besides(square, { singular: () => zeros([3, 3]) }),
      besides(tensorOf(3), { "another size": () => ones([2]) }),
    ],
  },
  "linalg.inv": { run: linalg.inv, args: [besides(square, { singular: () => zeros([3, 3]) })] },
  "linalg.det": { run: linalg.det, args: [square] },
  "linalg.cholesky": {
    run: linalg.cholesky,
    args: [besides(square, { "not positive": () => eye(3).neg() })],
  },
  "linalg.eigh": { run: linalg.eigh, args: [square] },
  "linalg.svd": {
    run: linalg.svd,
    args: [besides(tensorOf(2, 3), { "a vector": () => ones([3]) })],
  },
  "linalg.norm": {
    run: linalg.norm,
    args: [
      x,
      argument(
        () => 2,
        [
          ["text", () => "a"],
          ["an object", () => ({})],
        ],
      ),
      options,
    ],
  },

  "F.relu": { run: F.relu, args: [x] },
  "F.leakyRelu": { run: F.leakyRelu, args: [x, optional(scalar)] },
  "F.elu": { run: F.elu, args: [x, optional(scalar)] },
  "F.gelu": { run: F.gelu, args: [x, options] },
  "F.silu": { run: F.silu, args: [x] },
  "F.softplus": { run: F.softplus, args: [x] },
  "F.tanh": { run: F.tanh, args: [x] },
  "F.sigmoid": { run: F.sigmoid, args: [x] },
  "F.logSigmoid": { run: F.logSigmoid, args: [x] },
  "F.softmax": {
    run: F.softmax,
    args: [
      x,
      argument(
        () => 1,
        [
          ["undefined", () => undefined],
          ["text", () => "a"],
          ["dim 5", () => 5],
        ],
      ),
    ],
  },
  "F.logSoftmax": {
    run: F.logSoftmax,
    args: [
      x,
      argument(
        () => 1,
        [
          ["undefined", () => undefined],
          ["text", () => "a"],
          ["dim 5", () => 5],
        ],
      ),
    ],
  },
  "F.linear": {
    run: F.linear,
    args: [
      x,
      besides(tensorOf(4, 3), {
        "inner sizes that differ": () => ones([4, 2]),
        "a vector": () => ones([3]),
      }),
      optional(
        argument(
          () => ones([4]),
          [
            ["text", () => "a"],
            ["a number", () => 1],
            ["another size", () => ones([3])],
          ],
        ),
      ),
    ],
  },
  "F.embedding": {
    run: F.embedding,
    args: [index, besides(tensorOf(4, 2), { "0-d": () => tensor(1) })],
  },
  "F.oneHot": {
    run: F.oneHot,
    args: [
      argument(() => tensor([0, 1]), index.bad),
      without(
        argument(() => 3, size.bad),
        "undefined",
      ),
    ],
  },
  "F.dropout": { run: F.dropout, args: [x, optional(between(0.5, -1, 2)), options] },
  "F.pad": {
    run: F.pad,
    args: [
      x,
      argument(
        () => [1, 1],
        [
          ["undefined", () => undefined],
          ["a number", () => 1],
          ["text", () => "a"],
          ["an odd number", () => [1]],
          ["a fraction", () => [0.5, 1]],
          ["too many", () => [1, 1, 1, 1, 1, 1]],
          ["more than there is", () => [-2, -2]],
          ["text in it", () => ["a", 1]],
        ],
      ),
      options,
    ],
  },
  "F.normalize": { run: F.normalize, args: [x, options] },
  "F.layerNorm": {
    run: F.layerNorm,
    args: [
      x,
      argument(
        () => 3,
        [
          ["undefined", () => undefined],
          ["text", () => "a"],
          ["null", () => null],
          ["another size", () => [4]],
          ["an object", () => ({})],
        ],
      ),
      options,
    ],
  },
  "F.batchNorm": { run: F.batchNorm, args: [x, statistics, statistics, options] },
  "F.scaledDotProductAttention": {
    run: F.scaledDotProductAttention,
    args: [
      besides(x, { "a vector": () => ones([3]) }),
      besides(tensorOf(2, 3), { "another size": () => ones([2, 4]) }),
      besides(tensorOf(2, 3), { "another count": () => ones([5, 3]) }),
      options,
    ],
  },
  "F.conv1d": {
    run: F.conv1d,
    args: [
      images(1, 2, 5),
      besides(tensorOf(4, 2, 3), {
        "channels that differ": () => ones([4, 3, 3]),
        "too long": () => ones([4, 2, 9]),
      }),
      optional(
        argument(
          () => ones([4]),
          [
            ["text", () => "a"],
            ["a number", () => 1],
            ["another size", () => ones([3])],
          ],
        ),
      ),
      options,
    ],
  },
  "F.conv2d": {
    run: F.conv2d,
    args: [
      images(1, 2, 5, 5),
      besides(tensorOf(4, 2, 3, 3), {
        "channels that differ": () => ones([4, 3, 3, 3]),
        "too long": () => ones([4, 2, 9, 9]),
      }),
      optional(
        argument(
          () => ones([4]),
          [
            ["text", () => "a"],
            ["a number", () => 1],
            ["another size", () => ones([3])],
          ],
        ),
      ),
      options,
    ],
  },
  "F.maxPool1d": { run: F.maxPool1d, args: [images(1, 2, 5), kernel, options] },
  "F.maxPool2d": {
    run: F.maxPool2d,
    args: [images(1, 2, 5, 5), without(kernel, "an array"), options],
  },
  "F.avgPool1d": { run: F.avgPool1d, args: [images(1, 2, 5), kernel, options] },
  "F.avgPool2d": {
    run: F.avgPool2d,
    args: [images(1, 2, 5, 5), without(kernel, "an array"), options],
  },
  "F.adaptiveAvgPool2d": {
    run: F.adaptiveAvgPool2d,
    args: [
      images(1, 2, 5, 5),
      besides(
        argument(
          () => 2,
          [
            ["undefined", () => undefined],
            ["text", () => "a"],
            ["an object", () => ({})],
            ["NaN", () => Number.NaN],
            ["a fraction", () => 1.5],
            ["negative", () => -1],
          ],
        ),
        { "three sizes": () => [1, 2, 3] },
      ),
    ],
  },
  "F.mse": { run: F.mse, args: [x, orNumber(target), options] },
  "F.l1": { run: F.l1, args: [x, orNumber(target), options] },
  "F.huber": { run: F.huber, args: [x, orNumber(target), options] },
  "F.smoothL1": { run: F.smoothL1, args: [x, orNumber(target), options] },
  "F.bce": {
    run: F.bce,
    args: [besides(share, { "no probability": () => full([2, 3], 2) }), orNumber(share), options],
  },
  "F.bceWithLogits": { run: F.bceWithLogits, args: [x, orNumber(target), options] },
  "F.kl": { run: F.kl, args: [x, orNumber(share), options] },
  "F.crossEntropy": {
    run: F.crossEntropy,
    args: [besides(x, { "0-d": () => tensor(1) }), labels(2, 3), options],
  },
  "F.nll": { run: F.nll, args: [besides(x, { "0-d": () => tensor(1) }), labels(2, 3), options] },
  "F.cosineSimilarity": {
    run: F.cosineSimilarity,
    args: [x, besides(x, { "[4]": () => ones([4]) }), options],
  },
  "F.cosineEmbedding": {
    run: F.cosineEmbedding,
    args: [
      x,
      besides(x, { "[4]": () => ones([4]) }),
      besides(tensorOf(2), { "another size": () => ones([5]) }),
      options,
    ],
  },

  "nn.init.uniform_": { run: nn.init.uniform_, args: [leaf, optional(scalar), optional(scalar)] },
  "nn.init.normal_": { run: nn.init.normal_, args: [leaf, optional(scalar), optional(scalar)] },
  "nn.init.constant_": { run: nn.init.constant_, args: [leaf, scalar] },
  "nn.init.zeros_": { run: nn.init.zeros_, args: [leaf] },
  "nn.init.ones_": { run: nn.init.ones_, args: [leaf] },
  "nn.init.kaimingUniform_": {
    run: nn.init.kaimingUniform_,
    args: [besides(x, { "a vector": () => ones([3]) })],
  },
  "nn.init.kaimingNormal_": {
    run: nn.init.kaimingNormal_,
    args: [besides(x, { "a vector": () => ones([3]) })],
  },
  "nn.init.xavierUniform_": {
    run: nn.init.xavierUniform_,
    args: [besides(x, { "a vector": () => ones([3]) })],
  },
  "nn.init.xavierNormal_": {
    run: nn.init.xavierNormal_,
    args: [besides(x, { "a vector": () => ones([3]) })],
  },
  "nn.init.fans": { run: nn.init.fans, args: [besides(x, { "a vector": () => ones([3]) })] },
  "nn.init.eye_": { run: nn.init.eye_, args: [besides(x, { "a vector": () => ones([3]) })] },
  "nn.init.orthogonal_": {
    run: nn.init.orthogonal_,
    args: [besides(x, { "a vector": () => ones([3]) }), options],
  },
  "nn.init.truncNormal_": {
    run: nn.init.truncNormal_,
    args: [leaf, optional(scalar), optional(scalar), options],
  },
  "nn.init.calculateGain": {
    run: nn.init.calculateGain,
    args: [
      argument(
        () => "tanh",
        [
          ["undefined", () => undefined],
          ["a number", () => 1],
          ["an unknown name", () => "swish"],
          ["the name of a method", () => "toString"],
        ],
      ),
      optional(scalar),
    ],
  },
  "nn.clipGradNorm_": {
    run: nn.clipGradNorm_,
    args: [without(parameters, "no parameters"), between(1, -1)],
  },
  "nn.clipGradValue_": {
    run: nn.clipGradValue_,
    args: [without(parameters, "no parameters"), between(1, -1)],
  },
  "nn.Linear": {
    run: nn.Linear,
    args: [
      size,
      size,
      argument(
        () => undefined,
        [
          ["null", () => null],
          ["text", () => "a"],
          ["a number", () => 3],
        ],
      ),
    ],
  },
  "nn.Embedding": { run: nn.Embedding, args: [size, size, options] },
  "nn.Conv1d": { run: nn.Conv1d, args: [size, size, besides(size, { "0": () => 0 }), options] },
  "nn.Conv2d": {
    run: nn.Conv2d,
    args: [size, size, without(kernel, "an array", "larger than the image"), options],
  },
  "nn.MaxPool1d": { run: nn.MaxPool1d, args: [besides(size, { "0": () => 0 }), options] },
  "nn.MaxPool2d": {
    run: nn.MaxPool2d,
    args: [without(kernel, "an array", "larger than the image"), options],
  },
  "nn.AvgPool1d": { run: nn.AvgPool1d, args: [besides(size, { "0": () => 0 }), options] },
  "nn.AvgPool2d": {
    run: nn.AvgPool2d,
    args: [without(kernel, "an array", "larger than the image"), options],
  },
  "nn.AdaptiveAvgPool2d": {
    run: nn.AdaptiveAvgPool2d,
    args: [
      argument(
        () => 2,
        [
          ["undefined", () => undefined],
          ["text", () => "a"],
          ["NaN", () => Number.NaN],
          ["negative", () => -1],
        ],
      ),
    ],
  },
  "nn.BatchNorm1d": { run: nn.BatchNorm1d, args: [size, options] },
  "nn.BatchNorm2d": { run: nn.BatchNorm2d, args: [size, options] },
  "nn.LayerNorm": {
    run: nn.LayerNorm,
    args: [
      argument(
        () => 2,
        [
          ["undefined", () => undefined],
          ["null", () => null],
          ["text", () => "a"],
          ["NaN", () => Number.NaN],
          ["a fraction", () => 1.5],
          ["an object", () => ({})],
        ],
      ),
      options,
    ],
  },
  "nn.Dropout": { run: nn.Dropout, args: [optional(between(0.5, -1, 2))] },
  "nn.Flatten": { run: nn.Flatten, args: [optional(scalar), optional(scalar)] },
  "nn.RNN": { run: nn.RNN, args: [size, size, options] },
  "nn.LSTM": { run: nn.LSTM, args: [size, size, options] },
  "nn.GRU": { run: nn.GRU, args: [size, size, options] },
  "nn.MultiheadAttention": {
    run: nn.MultiheadAttention,
    args: [argument(() => 4, size.bad), besides(size, { "no divisor": () => 3 }), options],
  },
  "nn.GELU": { run: nn.GELU, args: [options] },
  "nn.LeakyReLU": { run: nn.LeakyReLU, args: [optional(scalar)] },
  "nn.ELU": { run: nn.ELU, args: [optional(scalar)] },
  "nn.Softmax": { run: nn.Softmax, args: [optional(scalar)] },
  "nn.LogSoftmax": { run: nn.LogSoftmax, args: [optional(scalar)] },
  "nn.Sequential": {
    run: nn.Sequential,
    args: [
      argument(
        () => nn.ReLU(),
        [
          ["undefined", () => undefined],
          ["text", () => "a"],
          ["a number", () => 1],
          ["an object", () => ({})],
          ["the class itself", () => nn.ReLU],
        ],
      ),
    ],
  },
  "nn.ModuleList": {
    run: nn.ModuleList,
    args: [
      argument(
        () => [nn.ReLU()],
        [
          ["a number", () => 1],
          ["a list of numbers", () => [1]],
          ["null", () => null],
          ["a list of classes", () => [nn.ReLU]],
        ],
      ),
    ],
  },
  "nn.Parameter": { run: nn.Parameter, args: [besides(x, { integers: () => arange(2) })] },
  "nn.Buffer": { run: nn.Buffer, args: [x] },
  "nn.MSELoss": { run: nn.MSELoss, args: [options] },
  "nn.L1Loss": { run: nn.L1Loss, args: [options] },
  "nn.HuberLoss": { run: nn.HuberLoss, args: [options] },
  "nn.SmoothL1Loss": { run: nn.SmoothL1Loss, args: [options] },
  "nn.CrossEntropyLoss": { run: nn.CrossEntropyLoss, args: [options] },
  "nn.NLLLoss": { run: nn.NLLLoss, args: [options] },
  "nn.BCELoss": { run: nn.BCELoss, args: [options] },
  "nn.BCEWithLogitsLoss": { run: nn.BCEWithLogitsLoss, args: [options] },
  "nn.KLDivLoss": { run: nn.KLDivLoss, args: [options] },
  "nn.CosineEmbeddingLoss": { run: nn.CosineEmbeddingLoss, args: [options] },

  "optim.SGD": {
    run: optim.SGD,
    args: [
      parameters,
      argument(
        () => ({ lr: 0.1 }),
        [
          ["undefined", () => undefined],
          ["null", () => null],
          ["a number", () => 0.1],
          ["no lr", () => ({})],
          ["a negative lr", () => ({ lr: -1 })],
          ["text for lr", () => ({ lr: "a" })],
          ["NaN for lr", () => ({ lr: Number.NaN })],
        ],
      ),
    ],
  },
  "optim.Adam": { run: optim.Adam, args: [parameters, settings()] },
  "optim.AdamW": { run: optim.AdamW, args: [parameters, settings()] },
  "optim.RMSprop": { run: optim.RMSprop, args: [parameters, settings()] },
  "optim.Adagrad": { run: optim.Adagrad, args: [parameters, settings()] },

  "optim.StepLR": { run: optim.StepLR, args: [optimizer, count, options] },
  "optim.MultiStepLR": { run: optim.MultiStepLR, args: [optimizer, milestones, options] },
  "optim.CosineAnnealingLR": { run: optim.CosineAnnealingLR, args: [optimizer, count, options] },
  "optim.LinearLR": { run: optim.LinearLR, args: [optimizer, options] },
  "optim.LambdaLR": { run: optim.LambdaLR, args: [optimizer, body] },
  "optim.SequentialLR": {
    run: optim.SequentialLR,
    args: [
      optimizer,
      argument(() => {
        const { LinearLR, StepLR } = optim;
        return [LinearLR(shared), StepLR(shared, 2), StepLR(shared, 3)];
      }, [
        ["undefined", () => undefined],
        ["a number", () => 1],
        ["a list of numbers", () => [1]],
      ]),
      milestones,
    ],
  },
  "optim.OneCycleLR": {
    run: optim.OneCycleLR,
    args: [
      optimizer,
      between(1, -1),
      argument(
        () => ({ totalSteps: 10 }),
        [
          ["undefined", () => undefined],
          ["null", () => null],
          ["a number", () => 10],
          ["no steps", () => ({})],
          ["a fraction of a step", () => ({ totalSteps: 1.5 })],
        ],
      ),
    ],
  },
  "optim.ReduceLROnPlateau": { run: optim.ReduceLROnPlateau, args: [optimizer, options] },
};

function settings(): Argument {
  return besides(options, {
    "a negative lr": () => ({ lr: -1 }),
    "text for lr": () => ({ lr: "a" }),
    "NaN for lr": () => ({ lr: Number.NaN }),
  });
}
