/**
 * What PyTorch calls the node behind a printed tensor: `grad_fn=<AddBackward0>`. Its numbers tell
 * overloads apart; where one op of ours stands for several of PyTorch's, the result's rank decides.
 */
import type { Tensor } from "../tensor.ts";
import type { Node } from "./tape.ts";

/** Names by rank of the result: 0-d, 1-d, 2-d, more. */
type ByRank = readonly [string, string, string, string];

const whole = (full: string, along: string): ByRank => [full, along, along, along];

const names: Readonly<Record<string, string | ByRank>> = {
  sum: whole("SumBackward0", "SumBackward1"),
  mean: whole("MeanBackward0", "MeanBackward1"),
  prod: whole("ProdBackward0", "ProdBackward1"),
  max: whole("MaxBackward1", "AmaxBackward0"),
  min: whole("MinBackward1", "AminBackward0"),
  matmul: ["DotBackward0", "MvBackward0", "MmBackward0", "UnsafeViewBackward0"],
  linear: ["AddBackward0", "AddBackward0", "AddmmBackward0", "ViewBackward0"],
  square: "PowBackward0",
  log1p: "Log1PBackward0",
  clamp: "ClampBackward1",
  to: "ToCopyBackward0",
  reshape: "ReshapeAliasBackward0",
  norm: "NormBackward1",
  uncut: "ConstantPadNdBackward0",
  takeRows: "IndexBackward0",
  geluTanh: "GeluBackward0",
  layerNorm: "NativeLayerNormBackward0",
  attention: "ScaledDotProductFlashAttentionForCpuBackward0",
  maxPool: "MaxPool2DWithIndicesBackward0",
  avgPool: "AvgPool2DBackward0",
  solve: "LinalgSolveExBackward0",
  det: "LinalgDetBackward0",
  cholesky: "LinalgCholeskyExBackward0",
};

/** Functions whose last op of ours is another than PyTorch's. */
const wholes: Readonly<Record<string, string>> = {
  mse: "MseLossBackward0",
  huber: "HuberLossBackward0",
  smoothL1: "SmoothL1LossBackward0",
  bce: "BinaryCrossEntropyBackward0",
  bceWithLogits: "BinaryCrossEntropyWithLogitsBackward0",
  nll: "NllLossBackward0",
  nllOfPictures: "NllLoss2DBackward0",
  smoothedLoss: "AddBackward0",
  lossOfShares: "NegBackward0",
  meanLossOfShares: "DivBackward1",
  batchNorm: "NativeBatchNormBackward0",
  embedding: "EmbeddingBackward0",
  select: "SelectBackward0",
  slice: "SliceBackward0",
  index: "IndexBackward0",
  split: "SplitBackward0",
  splitWithSizes: "SplitWithSizesBackward0",
  unbind: "UnbindBackward0",
  view: "ViewBackward0",
  unsqueeze: "UnsqueezeBackward0",
  squeeze: "SqueezeBackward0",
  squeezeOne: "SqueezeBackward1",
  transpose: "TransposeBackward0",
  flip: "FlipBackward0",
  roll: "RollBackward0",
  repeat: "RepeatBackward0",
  diag: "DiagBackward0",
  tril: "TrilBackward0",
  triu: "TriuBackward0",
  trace: "TraceBackward0",
  stack: "StackBackward0",
  lerp: "LerpBackward0",
  lerpEach: "LerpBackward1",
  maskedFill: "MaskedFillBackward0",
  maskedSelect: "MaskedSelectBackward0",
  indexSelect: "IndexSelectBackward0",
  sort: "SortBackward0",
  topk: "TopkBackward0",
  inv: "LinalgInvExBackward0",
  eigh: "LinalgEighBackward0",
  svd: "LinalgSvdBackward0",
  solve: "LinalgSolveExBackward0",
  vectorNorm: "LinalgVectorNormBackward0",
  bmm: "BmmBackward0",
  cdist: "CdistBackward0",
  quantile: "SqueezeBackward3",
  amax: "AmaxBackward0",
  amin: "AminBackward0",
  sumAlong: "SumBackward1",
  reordered: "PermuteBackward0",
  productOfTerms: "MulBackward0",
  sumOfProducts: "ViewBackward0",
  powTensor: "PowBackward1",
  softplus: "SoftplusBackward0",
  reflect1: "ReflectionPad1DBackward0",
  reflect2: "ReflectionPad2DBackward0",
  reflect3: "ReflectionPad3DBackward0",
  replicate1: "ReplicationPad1DBackward0",
  replicate2: "ReplicationPad2DBackward0",
  replicate3: "ReplicationPad3DBackward0",
  circular: "CopySlices",
};

/**
 * `output`, just made by the function `name`, is printed as that function's if it is in the table.
 * The name is looked up when it is printed: views are made in every training step.
 */
export function composedBy<T extends Tensor>(name: string, output: T): T {
  if (output.node !== null) output.node.composedBy = name;
  return output;
}

/** The name of `node`, whose result has `rank` dimensions. */
export function gradFnOf(node: Node, rank: number): string {
  const { op, composedBy: whole, isCustom } = node;
  // PyTorch names the node of a function of one's own after its class, without a number.
  if (isCustom) return `${op}Backward`;
  const composed = whole === null ? undefined : wholes[whole];
  const named = composed ?? names[op] ?? `${op[0]?.toUpperCase()}${op.slice(1)}Backward0`;
  return typeof named === "string" ? named : (named[Math.min(rank, 3)] ?? named[3]);
}
