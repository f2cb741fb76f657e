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

/** Two ops of ours in a row that are one of PyTorch's: the last, then the one before it. */
const pairs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  mean: { crossEntropy: "NllLossBackward0" },
  sum: { crossEntropy: "NllLossBackward0" },
  // One entry of a dimension is a slice of size 1 without that dimension.
  reshape: { slice: "SelectBackward0" },
};

/** Functions that are several ops of ours and one of PyTorch's. */
const wholes: Readonly<Record<string, string>> = {
  mse: "MseLossBackward0",
  huber: "HuberLossBackward0",
  smoothL1: "SmoothL1LossBackward0",
  bce: "BinaryCrossEntropyBackward0",
  bceWithLogits: "BinaryCrossEntropyWithLogitsBackward0",
  nll: "NllLossBackward0",
  batchNorm: "NativeBatchNormBackward0",
  embedding: "EmbeddingBackward0",
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
};

/** What the results of such functions are printed with, by the node of their last op. */
const composed = new WeakMap<Node, string>();

/** `output`, just made by the function `name`, is printed as that function's if it is in the table. */
export function composedBy<T extends Tensor>(name: string, output: T): T {
  const whole = wholes[name];
  if (whole !== undefined && output.node !== null) composed.set(output.node, whole);
  return output;
}

/** The name of `node`, whose result has `rank` dimensions. */
export function gradFnOf(node: Node, rank: number): string {
  const { op, before, isCustom } = node;
  // PyTorch names the node of a function of one's own after its class, without a number.
  if (isCustom) return `${op}Backward`;
  const paired = before === null ? undefined : pairs[op]?.[before];
  const named =
    composed.get(node) ?? paired ?? names[op] ?? `${op[0]?.toUpperCase()}${op.slice(1)}Backward0`;
  return typeof named === "string" ? named : (named[Math.min(rank, 3)] ?? named[3]);
}
