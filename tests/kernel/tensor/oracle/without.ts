/** What has no golden cases of its own, with the reason. */

/** Rows of the table that no function of PyTorch computes: parts of other ops, checked through them. */
export const internalOps: Readonly<Record<string, string>> = {
  clampMin: "clamp() with a tensor as limit",
  clampMax: "clamp() with a tensor as limit",
  geluSlope: "the slope of gelu()",
  geluTanh: 'gelu({ approximate: "tanh" })',
  recurrence: "the slope of cumprod()",
  uncut: "the slope of slices",
  undiagonal: "the slope of diagonal()",
  addRows: "the slope of takeRows()",
  convolution: "F.conv1d() and F.conv2d()",
  convolutionInput: "a slope of convolutions",
  convolutionFilter: "a slope of convolutions",
  maxPool: "F.maxPool1d() and F.maxPool2d()",
  maxSpread: "the slope of max pools",
  avgPool: "F.avgPool1d(), F.avgPool2d() and F.adaptiveAvgPool2d()",
  avgSpread: "the slope of average pools",
  attention: "F.scaledDotProductAttention()",
  softmaxResidual: "the slope of cross-entropy",
  batchNorm: "F.batchNorm()",
  solve: "linalg.solve() and linalg.inv()",
  det: "linalg.det()",
  cholesky: "linalg.cholesky()",
  eigh: "linalg.eigh()",
  svd: "linalg.svd()",
};

const generator = "drawn by the generator: tests/oracle/generator.py and layers.py";
const gradients = "about the tape: tape.test.ts, hooks.test.ts, custom.test.ts";
const files = "about files and data: io/ and data/";

/** Public functions and methods whose result is not an op's, or is held against another oracle. */
export const withoutGolden: readonly (readonly [paths: RegExp, reason: string])[] = [
  [/^Tensor\.\w+_$/, "in place: written with the method that has the name without the underscore"],
  [
    /^(rand|randn|randint|randperm|normal|uniform|bernoulli|multinomial|randLike|randnLike)$/,
    generator,
  ],
  [/^(F\.dropout|manualSeed|nn\.init\.\w+)$/, generator],
  [/^(zeros|ones|full|zerosLike|onesLike|fullLike|tensor)$/, "nothing is computed"],
  [/^Tensor\.(data|item|toArray|ndim|numel|dtype|detach|isDisposed)$/, "reads what is there"],
  [/^Tensor\.dispose$/, "computes nothing: dispose.test.ts"],
  [
    /^(grad|gradcheck|gradgradcheck|noGrad|enableGrad|isGradEnabled|detectAnomaly|customOp)$/,
    gradients,
  ],
  [/^Tensor\.(grad|requiresGrad|isLeaf|registerHook|retainGrad|retainsGrad|backward)$/, gradients],
  [/^(data\.|decode|encode)/, files],
  [/^nn\.clipGrad(Norm|Value)_$/, "held against PyTorch beside the optimisers: optim/"],
  [/^(memory|silence|seed|engine|deterministic)$/, "about the session"],
  [/^accuracy$/, "no function of PyTorch"],
];
