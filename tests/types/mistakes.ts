/** Mistakes in shapes: what is underlined, and thrown when it runs, each with its one sentence. */

export const mistakes: readonly (readonly [text: string, sentence: string])[] = [
  // products
  [
    `randn([32, 10]).matmul(randn([20, 5]));`,
    "matmul: [32, 10] x [20, 5] - inner sizes 10 and 20 must match",
  ],
  [
    `const x = randn([8, 3, 4]); x.matmul(x);`,
    "matmul: [8, 3, 4] x [8, 3, 4] - inner sizes 4 and 3 must match",
  ],
  [`randn([3]).matmul(randn([4, 2]));`, "matmul: [3] x [4, 2] - inner sizes 3 and 4 must match"],
  [`randn([2, 3]).matmul(ones([2]));`, "matmul: [2, 3] x [2] - inner sizes 3 and 2 must match"],
  [`ones([3]).matmul(ones([4]));`, "matmul: [3] x [4] - inner sizes 3 and 4 must match"],
  [
    `ones([5, 2, 3]).matmul(ones([4, 3, 2]));`,
    "matmul: [5, 2, 3] x [4, 3, 2] - leading sizes 5 and 4 must be equal, or one of them 1",
  ],
  [
    `ones([2, 2]).matmul(ones([2, 2]).sum());`,
    "matmul: [2, 2] x [] - both need at least one dimension",
  ],
  [
    `const w = randn([10, 20]); const x = randn([5, 20]); x.matmul(w);`,
    "matmul: [5, 20] x [10, 20] - inner sizes 20 and 10 must match",
  ],
  [
    `randn([6, 4]).T.matmul(randn([4, 2]));`,
    "matmul: [4, 6] x [4, 2] - inner sizes 6 and 4 must match",
  ],
  // broadcasting
  [
    `ones([32, 64]).add(ones([7]));`,
    "add: [32, 64] and [7] cannot be broadcast - sizes 64 and 7 must be equal, or one of them 1",
  ],
  [
    `ones([2, 3]).sub(ones([3, 2]));`,
    "sub: [2, 3] and [3, 2] cannot be broadcast - sizes 3 and 2 must be equal, or one of them 1",
  ],
  [
    `ones([4, 1, 3]).mul(ones([2, 2]));`,
    "mul: [4, 1, 3] and [2, 2] cannot be broadcast - sizes 3 and 2 must be equal, or one of them 1",
  ],
  [
    `const x = ones([5, 3]); x.div(x.sum(1));`,
    "div: [5, 3] and [5] cannot be broadcast - sizes 3 and 5 must be equal, or one of them 1",
  ],
  [
    `const x = randn([8, 4]); x.sub(x.mean(0, { keepdim: true })).pow(arange(8));`,
    "pow: [8, 4] and [8] cannot be broadcast - sizes 4 and 8 must be equal, or one of them 1",
  ],
  [
    `arange(3).eq(arange(4));`,
    "eq: [3] and [4] cannot be broadcast - sizes 3 and 4 must be equal, or one of them 1",
  ],
  [
    `eye(3).maximum(eye(2));`,
    "maximum: [3, 3] and [2, 2] cannot be broadcast - sizes 3 and 2 must be equal, or one of them 1",
  ],
  [
    `tensor([[1, 2], [3, 4]]).add(tensor([1, 2, 3]));`,
    "add: [2, 2] and [3] cannot be broadcast - sizes 2 and 3 must be equal, or one of them 1",
  ],
  [
    `where(tensor([true, false]), ones([2]), ones([3]));`,
    "where: [2] and [3] cannot be broadcast - sizes 2 and 3 must be equal, or one of them 1",
  ],
  // dimensions
  [`ones([2, 3]).sum(2);`, "sum: dim 2 of [2, 3] - wanted an integer from -2 to 1"],
  [`ones([2, 3]).mean(-3);`, "mean: dim -3 of [2, 3] - wanted an integer from -2 to 1"],
  [`ones([4]).argmax(1);`, "argmax: dim 1 of [4] - wanted an integer from -1 to 0"],
  [`ones([4]).max().min(1);`, "min: dim 1 of [] - wanted 0 or -1"],
  [`ones([2, 3, 4]).softmax(3);`, "softmax: dim 3 of [2, 3, 4] - wanted an integer from -3 to 2"],
  [
    `ones([2, 3, 4]).std(5, { keepdim: true });`,
    "std: dim 5 of [2, 3, 4] - wanted an integer from -3 to 2",
  ],
  [`ones([2, 3]).transpose(1, 2);`, "transpose: dim 2 of [2, 3] - wanted an integer from -2 to 1"],
  [`ones([2, 3]).cumsum(2);`, "cumsum: dim 2 of [2, 3] - wanted an integer from -2 to 1"],
  [`ones([1, 3]).squeeze(2);`, "squeeze: dim 2 of [1, 3] - wanted an integer from -2 to 1"],
  [`ones([6]).flatten(1);`, "flatten: dim 1 of [6] - wanted an integer from -1 to 0"],
  [`ones([6]).select(1, 0);`, "select: dim 1 of [6] - wanted an integer from -1 to 0"],
  [`ones([2, 3]).unsqueeze(3);`, "unsqueeze: dim 3 of [2, 3, 1] - wanted an integer from -3 to 2"],
  [
    `ones([2, 3, 4]).permute([2, 0, 3]);`,
    "permute: dim 3 of [2, 3, 4] - wanted an integer from -3 to 2",
  ],
  [
    `ones([2, 3, 4]).permute(2, 0);`,
    "permute: order [2, 0] of [2, 3, 4] - each dim must be named once",
  ],
  [
    `ones([2, 3]).permute(1, -1);`,
    "permute: order [1, -1] of [2, 3] - each dim must be named once",
  ],
  [`F.logSoftmax(ones([5]), 1);`, "logSoftmax: dim 1 of [5] - wanted an integer from -1 to 0"],
  // counts of elements and of indices
  [`ones([2, 3]).reshape([4, 2]);`, "reshape: [2, 3] to [4, 2] - 6 elements cannot fill 8"],
  [`ones([2, 3]).view(4, 2);`, "view: [2, 3] to [4, 2] - 6 elements cannot fill 8"],
  [`arange(10).reshape(3, 3);`, "reshape: [10] to [3, 3] - 10 elements cannot fill 9"],
  [
    `randn([64, 28, 28]).reshape([64, 748]);`,
    "reshape: [64, 28, 28] to [64, 748] - 50176 elements cannot fill 47872",
  ],
  [`ones([2, 3]).at(0, 1, 2);`, "at: 3 indices for [2, 3] - it has 2 dimensions"],
  // joining
  [
    `cat([ones([2, 3]), ones([2, 4])]);`,
    "cat: [2, 3] and [2, 4] - all sizes except that of dim 0 must be equal",
  ],
  [
    `cat([ones([2, 3]), ones([4, 3])], 1);`,
    "cat: [2, 3] and [4, 3] - all sizes except that of dim 1 must be equal",
  ],
  [`stack([ones([2]), ones([2]), ones([3])]);`, "stack: [2] and [3] - all shapes must be equal"],
  // layers
  [
    `nn.Linear(128, 10)(randn([32, 64]));`,
    "linear: [32, 64] x weight [10, 128] - the last size of the input must be 128",
  ],
  [
    `const net = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)); net(randn([5, 63]));`,
    "linear: [5, 63] x weight [32, 64] - the last size of the input must be 64",
  ],
  [
    `nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(31, 10));`,
    "Sequential: layer 0 gives 32 values and layer 2 takes 31 - both must be equal",
  ],
  [
    `const net = nn.Sequential(nn.Flatten(), nn.Linear(748, 10)); net(randn([2, 28, 28]));`,
    "linear: [2, 784] x weight [10, 748] - the last size of the input must be 748",
  ],
  [
    `const net = nn.Sequential(nn.Embedding(27, 8), nn.Flatten(), nn.Linear(32, 27)); net(randint(0, 27, [4, 3]));`,
    "linear: [4, 24] x weight [27, 32] - the last size of the input must be 32",
  ],
  [
    `F.linear(ones([2, 3]), ones([3, 4]));`,
    "linear: [2, 3] x weight [3, 4] - the last size of the input must be 4",
  ],
  // convolutions
  [
    `nn.Conv2d(3, 8, 3)(randn([2, 1, 28, 28]));`,
    "conv2d: [2, 1, 28, 28] by filter [8, 3, 3, 3] - channels 1 and 3 must match",
  ],
  [
    `const conv = nn.Conv1d(4, 8, 5, { padding: "same" }); conv(randn([3, 20]));`,
    "conv1d: [1, 3, 20] by filter [8, 4, 5] - channels 3 and 4 must match",
  ],
  [
    `F.conv2d(randn([2, 3, 9, 9]), randn([8, 1, 3, 3]), null, { stride: 2 });`,
    "conv2d: [2, 3, 9, 9] by filter [8, 1, 3, 3] - channels 3 and 1 must match",
  ],
  [
    `nn.Sequential(nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 5));`,
    "Sequential: layer 0 gives 6 channels and layer 3 takes 8 - both must be equal",
  ],
  [
    `const net = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(784, 10)); net(rand([2, 1, 28, 28]));`,
    "linear: [2, 676] x weight [10, 784] - the last size of the input must be 784",
  ],
  [
    `const net = nn.Sequential(nn.Conv2d(3, 6, 5, { stride: 2, padding: 1 }), nn.AdaptiveAvgPool2d([2, 1]), nn.Flatten(), nn.Linear(6, 2)); net(rand([4, 3, 17, 17]));`,
    "linear: [4, 12] x weight [2, 6] - the last size of the input must be 6",
  ],
  // losses
  [
    `F.mse(randn([32, 1]), randn([32]));`,
    "mse: prediction [32, 1] and target [32] - shapes must be equal",
  ],
  [
    `F.bceWithLogits(nn.Linear(4, 1)(randn([8, 4])), rand([8]));`,
    "bceWithLogits: prediction [8, 1] and target [8] - shapes must be equal",
  ],
  [
    `F.crossEntropy(randn([32, 10]), arange(31));`,
    "crossEntropy: logits [32, 10] and labels [31] - wanted [n, classes] and [n]",
  ],
  [
    `F.nll(randn([4, 3]).logSoftmax(1), arange(3));`,
    "nll: log-probabilities [4, 3] and labels [3] - wanted [n, classes] and [n]",
  ],
  // losses that are modules
  [
    `nn.MSELoss()(randn([32, 1]), randn([32]));`,
    "mse: prediction [32, 1] and target [32] - shapes must be equal",
  ],
  [
    `const criterion = nn.BCEWithLogitsLoss({ reduction: "sum" }); criterion(nn.Linear(4, 1)(randn([8, 4])), rand([8]));`,
    "bceWithLogits: prediction [8, 1] and target [8] - shapes must be equal",
  ],
  [
    `nn.CrossEntropyLoss({ labelSmoothing: 0.1 })(randn([32, 10]), arange(31));`,
    "crossEntropy: logits [32, 10] and labels [31] - wanted [n, classes] and [n]",
  ],
  [
    `nn.NLLLoss()(randn([4, 3]).logSoftmax(1), arange(3));`,
    "nll: log-probabilities [4, 3] and labels [3] - wanted [n, classes] and [n]",
  ],
  [
    `nn.KLDivLoss({ reduction: "batchmean" })(ones([2, 3]).log(), ones([3]));`,
    "kl: prediction [2, 3] and target [3] - shapes must be equal",
  ],
  [
    `nn.CosineEmbeddingLoss()(ones([2, 3]), ones([2, 4]), ones([2]));`,
    "cosineEmbedding: prediction [2, 3] and target [2, 4] - shapes must be equal",
  ],
  // sequences
  [
    `nn.GRU(3, 5)(randn([7, 2, 4]));`,
    "GRU: input [7, 2, 4] - wanted [length, n, 3] or [length, 3]",
  ],
  [
    `const lstm = nn.LSTM(3, 5, { batchFirst: true }); lstm(randn([4]));`,
    "LSTM: input [4] - wanted [n, length, 3] or [length, 3]",
  ],
  [
    `nn.LSTM(3, 5, { bidirectional: true })(randn([7, 2, 3]), [zeros([2, 2, 5]), zeros([1, 2, 5])]);`,
    "LSTM: start state [1, 2, 5] - wanted [2, 2, 5]",
  ],
  [`nn.RNN(3, 5)(randn([7, 2, 3]), zeros([2, 5]));`, "RNN: start state [2, 5] - wanted [1, 2, 5]"],
  [
    `const [outputs] = nn.GRU(3, 5, { bidirectional: true })(randn([7, 2, 3])); nn.Linear(5, 2)(outputs);`,
    "linear: [7, 2, 10] x weight [2, 5] - the last size of the input must be 5",
  ],
  // attention
  [
    `const x = randn([5, 3, 6]); nn.MultiheadAttention(8, 2)(x, x, x);`,
    "MultiheadAttention: query [5, 3, 6] - its last size must be 8",
  ],
  [
    `nn.MultiheadAttention(8, 2, { kdim: 4 })(randn([5, 8]), randn([7, 8]), randn([7, 8]));`,
    "MultiheadAttention: key [7, 8] - its last size must be 4",
  ],
  [
    `nn.MultiheadAttention(8, 2)(randn([5, 3, 8]), randn([7, 3, 8]), randn([5, 3, 8]));`,
    "MultiheadAttention: key [7, 3, 8] and value [5, 3, 8] - all sizes but the last must be equal",
  ],
  [
    `const kv = randn([7, 3, 8]); nn.MultiheadAttention(8, 2, { batchFirst: true })(randn([1, 4, 8]), kv, kv);`,
    "MultiheadAttention: query [1, 4, 8] and key [7, 3, 8] - batches of 1 and 7 must be equal",
  ],
  // normalisation
  [`nn.LayerNorm(8)(randn([3, 7]));`, "layerNorm: [3, 7] - wanted an input that ends with [8]"],
  [`nn.LayerNorm([3, 8])(randn([8]));`, "layerNorm: [8] - wanted an input that ends with [3, 8]"],
  [`nn.BatchNorm1d(8)(randn([4, 5]));`, "BatchNorm1d: [4, 5] - wanted [n, 8] or [n, 8, length]"],
  [
    `nn.BatchNorm2d(8)(nn.Conv2d(1, 6, 3)(randn([2, 1, 9, 9])));`,
    "BatchNorm2d: [2, 6, 7, 7] - wanted [n, 8, height, width]",
  ],
  [
    `nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.LayerNorm(9));`,
    "Sequential: layer 0 gives 8 values and layer 2 takes 9 - both must be equal",
  ],
  [
    `nn.Sequential(nn.Conv2d(1, 6, 3), nn.BatchNorm2d(8), nn.ReLU());`,
    "Sequential: layer 0 gives 6 channels and layer 1 takes 8 - both must be equal",
  ],
  [
    `nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Linear(9, 2));`,
    "Sequential: layer 0 gives 8 values and layer 2 takes 9 - both must be equal",
  ],
  // products named by letters, vectors, stretching
  [
    `einsum("ij,jk->ik", randn([2, 3]), randn([4, 5]));`,
    'einsum: "ij,jk->ik" of [2, 3] and [4, 5] - sizes 3 and 4 of j must match',
  ],
  [`einsum("ii", ones([1, 3]));`, 'einsum: "ii" of [1, 3] - sizes 1 and 3 of i must match'],
  [
    `einsum("ij,j->i", randn([2, 3]));`,
    'einsum: "ij,j->i" of 1 tensors - wanted 2, one for each term',
  ],
  [
    `const x = randn([2, 3, 4]); einsum("b i, b i -> b", x.sum(1), x);`,
    'einsum: "b i, b i -> b" has the term "bi" for a tensor of 3 dimensions - wanted 2',
  ],
  [
    `const scores = einsum("bqd,bkd->bqk", randn([2, 3, 8]), randn([2, 5, 8])); scores.matmul(randn([2, 3, 8]));`,
    "matmul: [2, 3, 5] x [2, 3, 8] - inner sizes 5 and 3 must match",
  ],
  [`ones([3]).dot(ones([4]));`, "dot: [3] . [4] - sizes 3 and 4 must match"],
  [`ones([3]).dot(ones([3, 1]));`, "dot: [3] . [3, 1] - wanted two vectors"],
  [`ones([3, 1]).outer(ones([4]));`, "outer: [3, 1] x [4] - wanted two vectors"],
  [`ones([2, 3]).expand([4, 3]);`, "expand: [2, 3] to [4, 3] - only sizes of 1 can be stretched"],
  [`ones([1, 3]).broadcastTo(3);`, "broadcastTo: [1, 3] to [3] - only sizes of 1 can be stretched"],
  [`ones([3]).expand(-1, 3);`, "expand: [3] to [-1, 3] - only sizes of 1 can be stretched"],
];
