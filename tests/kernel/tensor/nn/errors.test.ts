/** What layers and their functions say when they are given what they cannot use. */
import { expect, test } from "vitest";
import * as engine from "../../../../kernel/tensor/index.ts";

const { accuracy, F, nn, ones, tensor, zeros } = engine;

// As cells do, without types.
const layers = nn as unknown as Record<string, (...args: readonly unknown[]) => Callable>;
const functions = F as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
type Callable = (...args: readonly unknown[]) => unknown;

test.each([
  ["Linear", [2, 2, { biass: false }], 'Linear: option "biass" - wanted bias'],
  ["Linear", [2, 2, 3], "Linear: 3 for the options - wanted an object such as { bias: ... }"],
  ["Linear", [2, -1], "Linear: shape [2, -1] - sizes must be whole numbers, 0 or more"],
  ["Embedding", [3, 2, { paddingIdx: 3 }], "Embedding: paddingIdx 3 - 3 rows take indices -3 to 2"],
  [
    "Embedding",
    [3, 2, { paddingIndex: 0 }],
    'Embedding: option "paddingIndex" - wanted paddingIdx',
  ],
  ["Dropout", [1.5], "Dropout: p is 1.5 - wanted a number from 0 to 1"],
  ["Dropout", ["0.5"], "Dropout: p is a string - wanted a number from 0 to 1"],
  ["LayerNorm", [[]], "LayerNorm: shape [] - wanted sizes of 1 or more"],
  ["LayerNorm", [2, { eps: -1 }], "LayerNorm: eps is -1 - wanted a number, 0 or more"],
  ["BatchNorm1d", [2, { momentum: 2 }], "BatchNorm1d: momentum is 2 - wanted a number from 0 to 1"],
  ["RNN", [2, 3, { nonlinearity: "gelu" }], 'RNN: nonlinearity gelu - wanted "tanh" or "relu"'],
  ["LSTM", [2, 0], "LSTM: hidden size 0 in 1 layers - wanted 1 or more of both"],
  [
    "GRU",
    [2, 3, { layers: 2 }],
    'GRU: option "layers" - wanted numLayers, bias, batchFirst, dropout, bidirectional',
  ],
  [
    "MultiheadAttention",
    [6, 4],
    "MultiheadAttention: size 6 in 4 heads - heads must divide the size",
  ],
  ["GELU", [{ approximate: "fast" }], 'GELU: approximate fast - wanted "none" or "tanh"'],
  ["LeakyReLU", [null], "LeakyReLU: slope is null - wanted a number"],
  ["Flatten", ["1"], "Flatten: start is a string - wanted a number"],
  [
    "CrossEntropyLoss",
    [{ weights: [1] }],
    'CrossEntropyLoss: option "weights" - wanted weight, ignoreIndex, labelSmoothing, reduction',
  ],
  ["ModuleList", [3], "ModuleList: a number - wanted an array of modules"],
  ["ModuleList", [[nn.Tanh(), 3]], "ModuleList: entry 1 is a number - wanted a module"],
] as const)("nn.%s is refused when it is made: %#", (name, args, message) => {
  expect(() => layers[name]?.(...args)).toThrow(message);
});

test.each([
  [nn.LayerNorm(3), [ones([2, 4])], "layerNorm: [2, 4] - wanted an input that ends with [3]"],
  [nn.BatchNorm1d(3), [ones([2, 4])], "BatchNorm1d: [2, 4] - wanted [n, 3] or [n, 3, length]"],
  [nn.BatchNorm2d(3), [ones([2, 3])], "BatchNorm2d: [2, 3] - wanted [n, 3, height, width]"],
  [
    nn.BatchNorm1d(3),
    [ones([1, 3])],
    "batchNorm: [1, 3] in training - wanted more than one value for each channel",
  ],
  [nn.LSTM(3, 2), [ones([4, 2])], "LSTM: input [4, 2] - wanted [length, n, 3] or [length, 3]"],
  [
    nn.GRU(3, 2, { batchFirst: true }),
    [ones([3])],
    "GRU: input [3] - wanted [n, length, 3] or [length, 3]",
  ],
  [nn.GRU(3, 2), [ones([0, 1, 3])], "GRU: input [0, 1, 3] - wanted one step or more"],
  [nn.RNN(3, 2), [[1, 2, 3]], "RNN: an array for the input - wanted a tensor"],
  [nn.RNN(3, 2), [ones([4, 1, 3]), ones([2])], "RNN: start state [2] - wanted [1, 1, 2]"],
  [
    nn.LSTM(3, 2),
    [ones([4, 1, 3]), ones([1, 1, 2])],
    "LSTM: an object for the start state - wanted [h, c]",
  ],
  [
    nn.MultiheadAttention(4, 2),
    [ones([3, 4])],
    "MultiheadAttention: undefined for key - wanted a tensor",
  ],
  [
    nn.MultiheadAttention(4, 2),
    [ones([3, 1, 4]), ones([3, 4]), ones([3, 4])],
    "MultiheadAttention: query [3, 1, 4], key [3, 4] and value [3, 4] - wanted three dimensions each",
  ],
  [
    nn.MultiheadAttention(2, 1),
    [ones([3, 2]), ones([3, 2]), ones([3, 2]), { attnMask: ones([2]) }],
    "MultiheadAttention: attnMask [2] - wanted [3, 3]",
  ],
  [nn.Embedding(3, 2), [[0, 3]], "embedding: index 3 at row 1 - 3 rows take indices 0 to 2"],
  [nn.Embedding(3, 2), [tensor([0.5])], "embedding: index 0.5 at row 0 - wanted whole numbers"],
  [nn.Dropout(0.5), [undefined], "dropout: undefined for the input - wanted a tensor"],
] as unknown as [Callable, readonly unknown[], string][])(
  "a layer names what it cannot take: %#",
  (layer, args, message) => {
    expect(() => layer(...args)).toThrow(message);
  },
);

const row = zeros([2, 3]);

test.each([
  ["crossEntropy", [row, [0, 3]], "crossEntropy: label 3 at row 1 - 3 classes take labels 0 to 2"],
  [
    "crossEntropy",
    [row, [0]],
    "crossEntropy: logits [2, 3] and labels [1] - wanted [n, classes] and [n]",
  ],
  ["crossEntropy", [row, [0, 0.5]], "crossEntropy: label 0.5 at row 1 - wanted whole numbers"],
  [
    "crossEntropy",
    [row, "ab"],
    "crossEntropy: a string for label - wanted a tensor or an array of numbers",
  ],
  ["crossEntropy", [[1], [0]], "crossEntropy: an array for the logits - wanted a tensor"],
  [
    "crossEntropy",
    [row, [0, 1], { weight: ones([2]) }],
    "crossEntropy: weight [2] for 3 classes - wanted [3]",
  ],
  [
    "crossEntropy",
    [row, [0, 1], { labelSmoothing: 2 }],
    "crossEntropy: labelSmoothing is 2 - wanted a number from 0 to 1",
  ],
  [
    "crossEntropy",
    [row, [0, 1], { reduction: "avg" }],
    'crossEntropy: reduction avg - wanted "mean", "sum" or "none"',
  ],
  ["nll", [row, [0, -1]], "nll: label -1 at row 1 - 3 classes take labels 0 to 2"],
  [
    "nll",
    [row, [0, 1, 2]],
    "nll: log-probabilities [2, 3] and labels [3] - wanted [n, classes] and [n]",
  ],
  [
    "mse",
    [ones([3]), ones([3, 1])],
    "mse: prediction [3] and target [3, 1] - shapes must be equal",
  ],
  ["l1", [3, ones([3])], "l1: a number for the prediction - wanted a tensor"],
  ["huber", [ones([1]), ones([1]), { delta: 0 }], "huber: delta is 0 - wanted a number"],
  [
    "bce",
    [tensor([2]), tensor([1])],
    "bce: prediction 2 - wanted probabilities from 0 to 1, as sigmoid() gives",
  ],
  ["bceWithLogits", [ones([1]), null], "bceWithLogits: null for the target - wanted a tensor"],
  [
    "kl",
    [zeros([]), zeros([]), { reduction: "batchmean" }],
    'kl: [] with "batchmean" - wanted [n, ...]',
  ],
  [
    "cosineEmbedding",
    [ones([2, 3]), ones([2, 3]), ones([3])],
    "cosineEmbedding: [2, 3] and target [3] - wanted [n, d] and [n]",
  ],
  [
    "cosineSimilarity",
    [ones([2, 3]), 1],
    "cosineSimilarity: a number for the second - wanted a tensor",
  ],
  ["layerNorm", [row, 2], "layerNorm: [2, 3] - wanted an input that ends with [2]"],
  [
    "batchNorm",
    [row, ones([2]), null],
    "batchNorm: [2, 3] and runningMean [2] - wanted [n, channels, ...] and [channels]",
  ],
  ["dropout", [row, 2], "dropout: p is 2 - wanted a number from 0 to 1"],
  ["linear", ["x", row], "linear: a string for the input - wanted a tensor"],
  ["embedding", [[0], [1]], "embedding: an array for the weight - wanted a tensor"],
  ["oneHot", [[3], 3], "oneHot: label 3 at row 0 - 3 classes take labels 0 to 2"],
  ["oneHot", [[0, -1]], "oneHot: label -1 at row 1 - 1 classes take labels 0 to 0"],
  ["oneHot", [[0], 0], "oneHot: label 0 at row 0 - there are no classes"],
  ["oneHot", [[], undefined], "oneHot: no labels - wanted at least one, or the number of classes"],
  ["oneHot", [[0], 1.5], "oneHot: classes 1.5 - wanted a whole number, 0 or more"],
  [
    "scaledDotProductAttention",
    [row, ones([2, 2]), row],
    "scaledDotProductAttention: query [2, 3] and key [2, 2] - wanted [..., queries, size] and [..., keys, size]",
  ],
  [
    "scaledDotProductAttention",
    [row, row, row, { isCausal: true, attnMask: row }],
    "scaledDotProductAttention: a mask and isCausal - wanted one of them",
  ],
] as const)("F.%s names what it cannot use: %#", (name, args, message) => {
  expect(() => functions[name]?.(...args)).toThrow(message);
});

test("a layer made of its input is refused where it happens", () => {
  const made = nn.Tanh as unknown as Callable;
  expect(() => made(zeros([2]))).toThrow(
    "Tanh: a tensor where the layer is made - wanted it where the layer is called",
  );
});

test("accuracy() refuses what are neither labels nor examples", () => {
  const judge = accuracy as unknown as Callable;
  expect(() => judge(nn.Linear(2, 2), 5)).toThrow("accuracy: a number for the truth");
  expect(() => judge(zeros([1, 2]), undefined)).toThrow("accuracy: undefined for the truth");
});
