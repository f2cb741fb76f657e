/** What the matrix of bad input leaves to other tests, with the reason. */
export const elsewhere: readonly (readonly [paths: RegExp, reason: string])[] = [
  [
    /^(Tensor|Generator|Value|nn\.Module|Tensor\.grad|optim\.(Optimizer|Schedule|EpochSchedule))$/,
    "made by the engine, or a base class",
  ],
  [/^\w*Error$/, "made by the engine"],
  [/^nn\.(Identity|ReLU|Tanh|Sigmoid|SiLU|Softplus)$/, "made without arguments"],
  [
    /^(data\.|decode|encode|accuracy$)/,
    "data/, io/ and nn/metrics.test.ts: their own kinds of input",
  ],
  [/^(silence|isGradEnabled|memory|engine)$/, "no input, or that of notices.test.ts"],
  [/^deterministic$/, "determinism/: it changes what computes"],
];
