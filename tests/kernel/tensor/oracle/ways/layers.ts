/** Layers as functions, and losses. */
import { F, type Shape, type Tensor } from "../../../../../kernel/tensor/index.ts";
import type { One, Ways } from "./way.ts";

type Sizes = number | readonly number[];

interface Filtered extends One {
  readonly weight: Tensor;
  readonly bias?: Tensor;
  readonly stride?: Sizes;
  readonly padding?: Sizes | "same" | "valid";
  readonly dilation?: Sizes;
  readonly groups?: number;
}

interface Pooled extends One {
  readonly kernel: Sizes;
  readonly stride?: Sizes;
  readonly padding?: Sizes;
  readonly ceilMode?: boolean;
}

interface Attended {
  readonly q: Tensor;
  readonly k: Tensor;
  readonly v: Tensor;
  readonly mask?: Tensor;
  readonly causal?: boolean;
}

interface Wrong extends One {
  readonly target: Tensor;
  readonly reduction: "mean" | "sum" | "none";
}

interface Weighted extends Wrong {
  readonly weight?: Tensor;
}

interface Labelled extends Weighted {
  readonly ignoreIndex?: number;
}

export const layers: Ways = {
  linear: ({ x, weight, bias }: One & { weight: Tensor; bias?: Tensor }) =>
    F.linear(x, weight, bias),
  embedding: ({ index, weight }: { index: Tensor; weight: Tensor }) => F.embedding(index, weight),
  oneHot: ({ labels, classes }: { labels: Tensor; classes: number }) => F.oneHot(labels, classes),
  conv1d: ({ x, weight, bias, ...options }: Filtered) => F.conv1d(x, weight, bias, options),
  conv2d: ({ x, weight, bias, ...options }: Filtered) => F.conv2d(x, weight, bias, options),
  maxPool1d: ({ x, kernel, ...options }: Pooled & { dilation?: Sizes }) =>
    F.maxPool1d(x, kernel, options),
  maxPool2d: ({ x, kernel, ...options }: Pooled & { dilation?: Sizes }) =>
    F.maxPool2d(x, kernel, options),
  avgPool1d: ({ x, kernel, ...options }: Pooled & { countIncludePad?: boolean }) =>
    F.avgPool1d(x, kernel, options),
  avgPool2d: ({ x, kernel, ...options }: Pooled & { countIncludePad?: boolean }) =>
    F.avgPool2d(x, kernel, options),
  adaptiveAvgPool2d: ({ x, size }: One & { size: Sizes }) => F.adaptiveAvgPool2d(x, size),
  normalize: ({ x, ...options }: One & { p?: number; dim?: number; eps?: number }) =>
    F.normalize(x, options),
  layerNorm: ({
    x,
    shape,
    ...options
  }: One & { shape: Shape; weight?: Tensor; bias?: Tensor; eps?: number }) =>
    F.layerNorm(x, shape, options),
  batchNorm: ({
    x,
    mean = null,
    variance = null,
    ...options
  }: One & {
    mean?: Tensor | null;
    variance?: Tensor | null;
    weight?: Tensor;
    bias?: Tensor;
    training?: boolean;
    momentum?: number;
  }) => {
    const running = [mean, variance].map((each) => each?.detach().clone() ?? null);
    const [runningMean = null, runningVar = null] = running;
    const made = F.batchNorm(x, runningMean, runningVar, options);
    return [made, ...running.filter((each) => each !== null)];
  },
  scaledDotProductAttention: ({ q, k, v, mask, causal = false }: Attended) =>
    F.scaledDotProductAttention(q, k, v, {
      isCausal: causal,
      ...(mask === undefined ? {} : { attnMask: mask }),
    }),

  mse: ({ x, target, ...options }: Wrong) => F.mse(x, target, options),
  l1: ({ x, target, ...options }: Wrong) => F.l1(x, target, options),
  huber: ({ x, target, ...options }: Wrong & { delta?: number }) => F.huber(x, target, options),
  smoothL1: ({ x, target, ...options }: Wrong & { beta?: number }) =>
    F.smoothL1(x, target, options),
  crossEntropy: ({ x, target, ...options }: Labelled & { labelSmoothing?: number }) =>
    F.crossEntropy(x, target, options),
  nll: ({ x, target, ...options }: Labelled) => F.nll(x, target, options),
  bce: ({ x, target, ...options }: Weighted) => F.bce(x, target, options),
  bceWithLogits: ({ x, target, ...options }: Weighted & { posWeight?: Tensor }) =>
    F.bceWithLogits(x, target, options),
  kl: ({
    x,
    target,
    reduction,
    ...options
  }: One & {
    target: Tensor;
    reduction: "mean" | "sum" | "none" | "batchmean";
    logTarget?: boolean;
  }) => F.kl(x, target, { reduction, ...options }),
  cosineSimilarity: ({ x, other, ...options }: One & { other: Tensor; dim?: number }) =>
    F.cosineSimilarity(x, other, options),
  cosineEmbedding: ({ x, other, target, ...options }: Wrong & { other: Tensor; margin?: number }) =>
    F.cosineEmbedding(x, other, target, options),
};
