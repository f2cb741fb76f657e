/**
 * Correct code as PyTorch's tutorials teach it, written anew in our words: nothing here may be
 * underlined. Names of "descent" are in scope; every piece also runs.
 */
export const idioms: Readonly<Record<string, string>> = {
  // ------------------------------------------------------------ tensors, as in the 60 minute blitz
  "a tensor of nested numbers": `
const x = tensor([[1, 2], [3, 4]]);
const like = onesLike(x).add(randLike(x));
x.add(like).sum().item();`,
  "a shape kept in a constant": `
const shape = [2, 3];
const a = rand(shape);
const b = ones([2, 3]).add(a).mul(zeros(shape));
b.matmul(a.T);`,
  "a shape of computed sizes": `
const n = 4;
const rows = Math.ceil(n / 3);
let columns = 5;
columns += 1;
randn([rows, columns]).matmul(randn([columns, n])).add(ones([n]));`,
  "joining along both dimensions": `
const t = ones([4, 4]);
const wide = cat([t, t, t], 1);
const tall = cat([wide, wide]);
tall.matmul(wide.T).reshape([8, 4]);`,
  "products spelled in two ways": `
const t = rand([3, 4]);
const y1 = t.matmul(t.T);
const y2 = t.matmul(t.transpose(0, 1));
const z = t.mul(t);
y1.sub(y2).abs().max().item() + z.sum().item();`,
  "one number as a number": `
const agg = ones([3, 3]).sum();
const value: number = agg.item();
value.toFixed(2);`,
  "writing in place": `
const t = zeros([3, 3]);
t.add_(5);
t.fill_(1).mul_(ones([3]));
t.set([null, 1], 0);`,
  "indexing rows and columns": `
const t = ones([4, 4]);
const first = t.at(0);
const column = t.at(null, 0);
const last = t.at("...", -1);
const part = t.at([1, 3], [0, null, 2]);
first.add(column).add(last).sum().item() + part.numel();`,
  "one batch through a small model": `
const image = rand([1, 3, 8, 8]);
const model = nn.Sequential(nn.Flatten(), nn.Linear(192, 10));
const prediction = model(image);
prediction.sub(rand([1, 10])).sum().backward();`,

  // ------------------------------------------------------------ autograd
  "two leaves and the slope of a vector": `
const a = tensor([2, 3], { requiresGrad: true });
const b = tensor([6, 4], { requiresGrad: true });
const q = a.pow(3).mul(3).sub(b.square());
q.backward({ gradient: tensor([1, 1]) });
a.grad.eq(a.square().mul(9)).all().item();
b.grad.eq(b.mul(-2)).all().item();`,
  "freezing leaves": `
const x = rand([5, 5]);
const z = rand([5, 5], { requiresGrad: true });
x.add(x).requiresGrad || x.add(z).requiresGrad;`,
  "a logistic unit by hand": `
const x = ones([5]);
const y = zeros([3]);
const w = randn([5, 3], { requiresGrad: true });
const b = randn([3], { requiresGrad: true });
const z = x.matmul(w).add(b);
const loss = F.bceWithLogits(z, y);
loss.backward();
w.grad.sum(0).add(b.grad);`,
  "slopes of slopes": `
const x = tensor(3, { requiresGrad: true });
const [first] = grad(x.pow(3), [x], { createGraph: true });
const [second] = grad(first, [x]);
second.item();`,
  "no recording, and cutting loose": `
const w = ones([2, 2], { requiresGrad: true });
const y = noGrad(() => w.mul(2));
const z = w.mul(3).detach();
y.add(z).matmul(w);`,
  "an update by hand": `
const w = randn([3, 1], { requiresGrad: true });
const x = randn([10, 3]);
const y = randn([10, 1]);
for (let i = 0; i < 3; i++) {
  const loss = x.matmul(w).sub(y).square().mean();
  loss.backward();
  noGrad(() => w.sub_(w.grad.mul(0.1)));
  w.grad = null;
}`,
  "penalty on the size of the slope": `
const x = randn([4, 2], { requiresGrad: true });
const d = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1));
const [slope] = grad(d(x).sum(), [x], { createGraph: true });
slope.norm(2, 1).sub(1).square().mean().backward();`,

  // ------------------------------------------------------------ learning from examples
  "sine by a third-degree polynomial": `
const x = linspace(-Math.PI, Math.PI, 200);
const y = x.sin();
const p = tensor([1, 2, 3]);
const xx = x.unsqueeze(-1).pow(p);
const model = nn.Sequential(nn.Linear(3, 1), nn.Flatten(0, 1));
const opt = optim.RMSprop(model.parameters(), { lr: 1e-3 });
for (let t = 0; t < 3; t++) {
  const loss = F.mse(model(xx), y, { reduction: "sum" });
  model.zeroGrad();
  loss.backward();
  opt.step();
}`,
  "two layers by hand": `
const [N, D_in, H, D_out] = [8, 10, 6, 2];
const x = randn([N, D_in]);
const y = randn([N, D_out]);
const w1 = randn([D_in, H]);
const w2 = randn([H, D_out]);
const h = x.matmul(w1);
const hRelu = h.clamp({ min: 0 });
const yPred = hRelu.matmul(w2);
const gradY = yPred.sub(y).mul(2);
const gradW2 = hRelu.T.matmul(gradY);
const gradH = gradY.matmul(w2.T).mul(h.gt(0));
const gradW1 = x.T.matmul(gradH);
w1.sub_(gradW1.mul(1e-3));
w2.sub_(gradW2.mul(1e-3));`,
  "a module with a list of layers": `
class Net extends nn.Module {
  input = nn.Linear(10, 6);
  middle = nn.Linear(6, 6);
  output = nn.Linear(6, 1);
  forward(x: Tensor) {
    let h = this.input(x).relu();
    for (let i = 0; i < 3; i++) h = this.middle(h).relu();
    return this.output(h);
  }
}
const net = new Net();
F.mse(net(randn([4, 10])), randn([4, 1])).backward();`,
  "weights in a dictionary": `
const weights: Record<string, Tensor> = {};
weights.first = randn([4, 3]);
weights.second = randn([3, 2]);
randn([5, 4]).matmul(weights.first).relu().matmul(weights.second).shape;`,
  "weights in a list of several shapes": `
const layers: Tensor[] = [randn([4, 8]), randn([8, 3])];
let h: Tensor = randn([2, 4]);
for (const w of layers) h = h.matmul(w).tanh();
h.add(ones([3]));`,
  "layers made by a function": `
const sizes = [4, 8, 8, 2];
const layers = sizes.slice(1).map((out, i) => nn.Linear(sizes[i], out));
const net = nn.Sequential(...layers);
net(randn([3, 4])).sum().backward();`,
  "a block made by a function": `
function block(inputs: number, outputs: number) {
  return nn.Sequential(nn.Linear(inputs, outputs), nn.ReLU());
}
const net = nn.Sequential(block(4, 8), block(8, 8), nn.Linear(8, 2));
net(randn([3, 4])).argmax(1);`,
  "training and test loops": `
const x = randn([12, 4]);
const y = randint(0, 3, [12]);
const model = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Dropout(0.2), nn.Linear(16, 3));
const opt = optim.SGD(model.parameters(), { lr: 0.1, momentum: 0.9 });
model.train();
for (let start = 0; start < 12; start += 4) {
  const loss = F.crossEntropy(model(x.at([start, start + 4])), y.at([start, start + 4]));
  opt.zeroGrad();
  loss.backward();
  opt.step();
}
model.eval();
noGrad(() => model(x).argmax(1).eq(y).to("f32").sum().item());`,
  "data sets in batches": `
const examples = new data.Dataset(randn([20, 2]), randint(0, 2, [20]));
const { train, test } = examples.split(0.75);
const net = nn.Linear(2, 2);
const losses: number[] = [];
for (const { x, y } of train.batches(5, { epochs: 2 })) {
  losses.push(F.crossEntropy(net(x), y).item());
}
accuracy(net, test);`,
  "a schedule and clipping": `
const net = nn.Linear(3, 3);
const opt = optim.AdamW(net.parameters(), { lr: 0.1 });
const schedule = optim.StepLR(opt, 2);
F.mse(net(ones([2, 3])), zeros([2, 3])).backward();
opt.step();
schedule.step();`,
  "initialising by kind of layer": `
const net = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 2));
for (const [, module] of net.namedModules()) {
  if (module instanceof nn.Linear) {
    nn.init.xavierUniform_(module.weight);
    nn.init.zeros_(module.bias);
  }
}`,
  "new head on a frozen body": `
const body = nn.Sequential(nn.Linear(4, 8), nn.ReLU());
for (const p of body.parameters()) p.requiresGrad = false;
const head = nn.Linear(8, 2);
const whole = nn.Sequential(body, head);
const opt = optim.Adam(head.parameters(), { lr: 1e-3 });
F.crossEntropy(whole(randn([6, 4])), [0, 1, 1, 0, 0, 1]).backward();
opt.step();`,
  "saving and loading state": `
const a = nn.Linear(3, 2);
const b = nn.Linear(3, 2);
b.loadStateDict(a.stateDict());
b.weight.eq(a.weight).all().item();`,
  "a loss that is a module": `
const criterion = nn.CrossEntropyLoss();
const logits = randn([3, 5], { requiresGrad: true });
const loss = criterion(logits, tensor([1, 0, 4], { dtype: "i32" }));
loss.backward();`,
  "losses one by one, then weighted": `
const losses = F.crossEntropy(randn([4, 3]), [0, 1, 2, 0], { reduction: "none" });
const weights = tensor([1, 2, 1, 1]);
losses.mul(weights).sum().div(weights.sum());`,

  // ------------------------------------------------------------ sequences of letters and words
  "bigrams counted": `
const N = zeros([27, 27]);
for (const [a, b] of [[0, 5], [5, 13], [13, 0]]) N.set([a, b], N.at(a, b).add(1));
const P = N.add(1).div(N.add(1).sum(1, { keepdim: true }));
const p = P.at(0);
multinomial(p, 1, { replacement: true }).item();`,
  "bigrams learned": `
const xs = tensor([0, 5, 13], { dtype: "i32" });
const ys = tensor([5, 13, 0], { dtype: "i32" });
const W = randn([27, 27], { requiresGrad: true });
const logits = F.oneHot(xs, 27).matmul(W);
const counts = logits.exp();
const probs = counts.div(counts.sum(1, { keepdim: true }));
const nll = probs.at(arange(3), ys).log().mean().neg();
nll.add(W.square().mean().mul(0.01)).backward();`,
  "three letters predict the fourth": `
const X = randint(0, 27, [32, 3]);
const Y = randint(0, 27, [32]);
const C = randn([27, 10]);
const W1 = randn([30, 64]);
const b1 = randn([64]);
const W2 = randn([64, 27]);
const b2 = randn([27]);
const emb = C.at(X);
const h = emb.reshape([-1, 30]).matmul(W1).add(b1).tanh();
const logits = h.matmul(W2).add(b2);
F.crossEntropy(logits, Y).item();`,
  "minibatches by random rows": `
const X = randint(0, 27, [100, 3]);
const Y = randint(0, 27, [100]);
const ix = randint(0, X.shape[0], [32]);
const C = nn.Embedding(27, 2);
const out = nn.Linear(6, 27);
F.crossEntropy(out(C(X.at(ix)).flatten(1)), Y.at(ix)).backward();`,
  "batch normalisation by hand": `
const h = randn([32, 64]);
const gain = ones([1, 64]);
const shift = zeros([1, 64]);
const mean = h.mean(0, { keepdim: true });
const std = h.std(0, { keepdim: true });
const scaled = gain.mul(h.sub(mean)).div(std.add(1e-5)).add(shift);
const running = zeros([1, 64]);
noGrad(() => running.mul_(0.999).add_(mean.mul(0.001)));
scaled.tanh();`,
  "backpropagation of a softmax by hand": `
const logits = randn([4, 3]);
const max = logits.max(1, { keepdim: true });
const counts = logits.sub(max).exp();
const total = counts.sum(1, { keepdim: true });
const probs = counts.div(total);
const dprobs = zeros([4, 3]).sub(probs.reciprocal());
const dtotal = counts.mul(total.pow(-2).neg()).mul(dprobs).sum(1, { keepdim: true });
const dcounts = dprobs.div(total).add(onesLike(counts).mul(dtotal));
const dbias = dcounts.mul(counts).sum(0);
dbias.add(tensor([1, 2, 3]));`,
  "a recurrent cell by hand": `
class Rnn extends nn.Module {
  i2h = nn.Linear(4 + 8, 8);
  h2o = nn.Linear(8, 3);
  forward(input: Tensor, hidden: Tensor) {
    const next = this.i2h(cat([input, hidden], 1)).tanh();
    return [this.h2o(next).logSoftmax(1), next] as const;
  }
  start() {
    return zeros([1, 8]);
  }
}
const rnn = new Rnn();
let hidden: Tensor = rnn.start();
let output: Tensor = zeros([1, 3]);
for (let i = 0; i < 3; i++) [output, hidden] = rnn(randn([1, 4]), hidden);
F.nll(output, [2]).backward();`,
  "a state that keeps its shape in a let": `
const cell = nn.Linear(6, 4);
let h = zeros([2, 4]);
for (const x of [randn([2, 2]), randn([2, 2])]) h = cell(cat([x, h], 1)).tanh();
h.sum(1).add(ones([2]));`,
  "sampling letters one by one": `
const table = nn.Embedding(5, 5);
const out: number[] = [];
let ix = 0;
do {
  const probs = table([ix]).softmax(1);
  ix = multinomial(probs, 1, { replacement: true }).item();
  out.push(ix);
} while (ix !== 0 && out.length < 10);`,
  "encoder and attending decoder": `
class Attention extends nn.Module {
  Wa = nn.Linear(8, 8);
  Ua = nn.Linear(8, 8);
  Va = nn.Linear(8, 1);
  forward(query: Tensor, keys: Tensor) {
    const scores = this.Va(this.Wa(query).add(this.Ua(keys)).tanh()).squeeze(2).unsqueeze(1);
    const weights = scores.softmax(-1);
    return { context: weights.matmul(keys), weights };
  }
}
const attend = new Attention();
const { context, weights } = attend(randn([2, 1, 8]), randn([2, 5, 8]));
cat([context, randn([2, 1, 8])], 2).shape[2] + weights.shape[2];`,
  "teacher forcing": `
const step = nn.Linear(3, 3);
const target = randn([4, 3]);
let input: Tensor = zeros([3]);
const outputs: Tensor[] = [];
for (let t = 0; t < 4; t++) {
  const out = step(input);
  outputs.push(out);
  input = t % 2 === 0 ? target.at(t) : out.detach();
}
F.mse(stack(outputs), target).backward();`,
  "bag of words": `
const bag = zeros([1, 10]);
for (const word of [1, 4, 4]) bag.set([0, word], bag.at(0, word).item() + 1);
nn.Linear(10, 2)(bag).logSoftmax(1).exp().sum();`,
  "nearest words by cosine": `
const vectors = randn([20, 6]);
const unit = vectors.div(vectors.norm(2, 1, { keepdim: true }));
const { values, indices } = unit.matmul(unit.at(3)).topk(5);
values.mul(2).sum().item() + indices.at(0).item();`,

  // ------------------------------------------------------------ attention and transformers
  "self-attention in one head": `
const [B, T, C] = [2, 5, 8];
const x = randn([B, T, C]);
const key = nn.Linear(8, 4, { bias: false });
const query = nn.Linear(8, 4, { bias: false });
const value = nn.Linear(8, 4, { bias: false });
const k = key(x);
const q = query(x);
const wei = q.matmul(k.transpose(-2, -1)).mul(C ** -0.5);
const tril = ones([T, T]).tril();
const masked = wei.maskedFill(tril.eq(0), -Infinity).softmax(-1);
masked.matmul(value(x));`,
  "heads by reshaping": `
const [B, T, C, H] = [2, 4, 8, 2];
const x = randn([B, T, C]);
const heads = x.reshape([B, T, H, C / H]).transpose(1, 2);
const att = heads.matmul(heads.transpose(-2, -1)).softmax(-1);
const y = att.matmul(heads).transpose(1, 2).reshape([B, T, C]);
y.add(x);`,
  "heads of sizes read from the tensor": `
class Attention extends nn.Module {
  all = nn.Linear(8, 24);
  out = nn.Linear(8, 8);
  forward(x: Tensor) {
    const [B, T, C] = x.shape;
    const [q, k, v] = this.all(x).split(8, 2).map((t) => t.reshape([B, T, 2, C / 2]).transpose(1, 2));
    const mask = ones([T, T]).tril().reshape([1, 1, T, T]);
    const att = q.matmul(k.transpose(-2, -1)).maskedFill(mask.eq(0), -Infinity).softmax(3);
    return this.out(att.matmul(v).transpose(1, 2).reshape([B, T, C]));
  }
}
new Attention()(randn([2, 3, 8])).sum().backward();`,
  "a transformer block": `
class Block extends nn.Module {
  ln1 = nn.LayerNorm(8);
  ln2 = nn.LayerNorm(8);
  mix = nn.Linear(8, 8);
  mlp = nn.Sequential(nn.Linear(8, 32), nn.GELU(), nn.Linear(32, 8), nn.Dropout(0.1));
  forward(x: Tensor) {
    x = x.add(this.mix(this.ln1(x)));
    x = x.add(this.mlp(this.ln2(x)));
    return x;
  }
}
const blocks = nn.Sequential(new Block(), new Block(), nn.LayerNorm(8));
blocks(randn([2, 3, 8])).mean().backward();`,
  "words and places": `
const [T, V] = [4, 11];
const tokens = randint(0, V, [2, T]);
const word = nn.Embedding(11, 8);
const place = nn.Embedding(4, 8);
const x = word(tokens).add(place(arange(T)));
const logits = nn.Linear(8, 11)(x);
F.crossEntropy(logits.reshape([-1, V]), tokens.reshape([-1])).backward();`,
  "waves for places": `
const position = arange(10).unsqueeze(1);
const rate = arange(0, 8, 2).mul(-Math.log(10000) / 8).exp();
const angles = position.mul(rate);
const pe = stack([angles.sin(), angles.cos()], 2).flatten(1);
randn([3, 10, 8]).add(pe);`,
  "the last place of the context": `
const logits = randn([2, 6, 11]);
const last = logits.at(null, -1, null);
const { values } = last.topk(3);
const cut = last.where(last.ge(values.at(null, [-1, null])), -Infinity);
cut.softmax(-1).argmax(-1);`,

  // ------------------------------------------------------------ images
  "a small convolutional net": `
class Net extends nn.Module {
  conv1 = nn.Conv2d(3, 6, 5);
  pool = nn.MaxPool2d(2);
  conv2 = nn.Conv2d(6, 16, 5);
  fc1 = nn.Linear(16 * 5 * 5, 120);
  fc2 = nn.Linear(120, 10);
  forward(x: Tensor) {
    x = this.pool(F.relu(this.conv1(x)));
    x = this.pool(F.relu(this.conv2(x)));
    x = x.flatten(1);
    return this.fc2(F.relu(this.fc1(x)));
  }
}
new Net()(randn([2, 3, 32, 32])).argmax(1).shape;`,
  "a convolutional chain": `
const net = nn.Sequential(
  nn.Conv2d(1, 4, 3, { padding: 1 }), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(64, 10),
);
F.crossEntropy(net(randn([2, 1, 8, 8])), [3, 9]).backward();`,
  "sizes found by a trial run": `
const body = nn.Sequential(nn.Conv2d(1, 4, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten());
const width = body(zeros([1, 1, 12, 12])).shape[1];
const net = nn.Sequential(body, nn.Linear(width, 10));
F.crossEntropy(net(randn([2, 1, 12, 12])), [3, 9]).backward();`,
  "channels in a list": `
const channels = [3, 4, 8];
const layers = channels.slice(1).flatMap((out, i) => [
  nn.Conv2d(channels[i], out, 3, { padding: 1 }), nn.BatchNorm2d(out), nn.ReLU(), nn.MaxPool2d(2),
]);
const net = nn.Sequential(...layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 10));
net(randn([2, 3, 8, 8])).argmax(1).add(zeros([2]));`,
  "a block with a shortcut": `
class Block extends nn.Module {
  conv1: nn.Conv2d;
  conv2: nn.Conv2d;
  shortcut: nn.Conv2d | nn.Identity;
  constructor(inputs: number, outputs: number, stride = 1) {
    super();
    this.conv1 = nn.Conv2d(inputs, outputs, 3, { stride, padding: 1, bias: false });
    this.conv2 = nn.Conv2d(outputs, outputs, 3, { padding: 1, bias: false });
    this.shortcut = stride !== 1 || inputs !== outputs ? nn.Conv2d(inputs, outputs, 1, { stride }) : nn.Identity();
  }
  forward(x: Tensor) {
    return this.conv2(this.conv1(x).relu()).add(this.shortcut(x)).relu();
  }
}
const net = nn.Sequential(nn.Conv2d(3, 4, 3, { padding: 1 }), new Block(4, 4), new Block(4, 8, 2));
net(randn([2, 3, 8, 8])).mean([2, 3]).add(zeros([2, 8]));`,
  "edges by a filter written out": `
const image = rand([1, 1, 6, 6]);
const sobel = tensor([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]);
const filter = stack([sobel, sobel.T]).unsqueeze(1);
const edges = F.conv2d(image, filter, null, { padding: 1 });
edges.square().sum(1).sqrt().add(image.squeeze(1));`,
  "patches into words": `
const patches = nn.Conv2d(3, 12, 4, { stride: 4 });
const words = patches(randn([2, 3, 8, 8])).flatten(2).transpose(1, 2);
const start = zeros([2, 1, 12]);
cat([start, words], 1).add(randn([1, 5, 12]));`,
  "channels last and back": `
const image = rand([4, 6, 3]);
const batch = image.permute(2, 0, 1).unsqueeze(0);
const back = nn.Conv2d(3, 3, 1)(batch).squeeze(0).permute([1, 2, 0]);
image.sub(back).abs().max().item();`,
  "a sound wave through lines of filters": `
const net = nn.Sequential(
  nn.Conv1d(1, 4, 9, { stride: 4 }), nn.BatchNorm1d(4), nn.ReLU(), nn.MaxPool1d(4),
  nn.Conv1d(4, 8, 3, { padding: "same" }), nn.ReLU(), nn.AvgPool1d(2),
);
const x = net(randn([2, 1, 100]));
x.mean(-1).add(zeros([2, 8]));`,
  "numbers out and in again": `
const x = randn([2, 3]);
const again = tensor(x.toArray());
again.sub(x).abs().max().item();
const kept = JSON.parse(JSON.stringify(x.toArray()));
tensor(kept).add(ones([3]));`,
  "dims in a variable": `
function spread(x: Tensor, dim: number | number[], keepdim = true) {
  return x.sub(x.mean(dim, { keepdim })).square().sum(dim, { keepdim });
}
spread(randn([2, 3]), 1).add(spread(randn([2, 3]), [0, 1]));
const dims: number | number[] = Math.random() < 2 ? [0] : 1;
ones([2, 3]).sum(dims).add(ones([3]));`,
  "images standardised by channel": `
const images = rand([4, 3, 6, 6]);
const mean = tensor([0.5, 0.4, 0.3]).reshape([3, 1, 1]);
const std = tensor([0.2, 0.2, 0.2]).reshape([3, 1, 1]);
images.sub(mean).div(std).mean([0, 2, 3]).sub(zeros([3]));`,
  "pictures from noise": `
const G = nn.Sequential(nn.Linear(8, 16), nn.LeakyReLU(0.2), nn.Linear(16, 9), nn.Tanh());
const D = nn.Sequential(nn.Linear(9, 16), nn.LeakyReLU(0.2), nn.Linear(16, 1), nn.Sigmoid());
const real = randn([4, 9]);
const label = full([4], 1);
const errReal = F.bce(D(real).reshape([-1]), label);
errReal.backward();
const fake = G(randn([4, 8]));
label.fill_(0);
const errFake = F.bce(D(fake.detach()).reshape([-1]), label);
errFake.backward();
errReal.add(errFake).item();`,
  "a variational autoencoder": `
class Vae extends nn.Module {
  fc1 = nn.Linear(9, 16);
  mu = nn.Linear(16, 2);
  logvar = nn.Linear(16, 2);
  back = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 9));
  forward(x: Tensor) {
    const h = this.fc1(x.reshape([-1, 9])).relu();
    const [mu, logvar] = [this.mu(h), this.logvar(h)];
    const z = mu.add(randnLike(mu).mul(logvar.mul(0.5).exp()));
    return { out: this.back(z), mu, logvar };
  }
}
const x = rand([4, 3, 3]);
const { out, mu, logvar } = new Vae()(x);
const bce = F.bceWithLogits(out, x.reshape([-1, 9]), { reduction: "sum" });
bce.sub(logvar.add(1).sub(mu.square()).sub(logvar.exp()).sum().mul(0.5)).backward();`,
  "the direction that fools": `
const image = rand([1, 9], { requiresGrad: true });
const model = nn.Sequential(nn.Linear(9, 4), nn.ReLU(), nn.Linear(4, 2));
F.crossEntropy(model(image), [1]).backward();
const fooled = image.detach().add(image.grad.sign().mul(0.1)).clamp({ min: 0, max: 1 });
model(fooled).max(1, { keepdim: true });`,
  "an image that is learned": `
const target = rand([3, 4, 4]);
const gram = (f: Tensor) => f.reshape([3, 16]).matmul(f.reshape([3, 16]).T).div(48);
const image = rand([3, 4, 4], { requiresGrad: true });
F.mse(gram(image), gram(target)).backward();`,

  // ------------------------------------------------------------ broadcasting and looser forms
  "all distances at once": `
const a = randn([5, 2]);
const b = randn([7, 2]);
const d = a.unsqueeze(1).sub(b.unsqueeze(0)).square().sum(-1).sqrt();
d.argmin(1).add(zeros([5]));`,
  "an outer product by broadcasting": `
const r = arange(3).reshape([3, 1]);
const c = arange(4);
const table = r.mul(c);
table.add(tensor([[1], [2], [3]])).sum(0).add(ones([4]));`,
  "clusters moved to their means": `
const points = randn([20, 2]);
let centres = points.at([0, 3]);
for (let i = 0; i < 3; i++) {
  const owner = points.unsqueeze(1).sub(centres).square().sum(2).argmin(1);
  const mine = F.oneHot(owner, 3).T;
  centres = mine.matmul(points).div(mine.sum(1, { keepdim: true }).clamp({ min: 1 }));
}`,
  "powers and scale": `
const x = linspace(-1, 1, 50).unsqueeze(1);
const X = cat([onesLike(x), x, x.square()], 1);
const w = zeros([3, 1]);
X.matmul(w).sub(x).square().mean().item();`,
  "principal directions": `
const X = randn([30, 4]);
const centred = X.sub(X.mean(0));
const { Vh } = linalg.svd(centred);
centred.matmul(Vh.T.at(null, [0, 2])).std(0);`,
  "a module that takes options": `
interface Options { hidden?: number; depth?: number }
class Mlp extends nn.Module {
  layers: nn.Sequential;
  constructor({ hidden = 8, depth = 2 }: Options = {}) {
    super();
    const middle = Array.from({ length: depth }, () => nn.Sequential(nn.Linear(hidden, hidden), nn.ReLU()));
    this.layers = nn.Sequential(nn.Linear(2, hidden), ...middle, nn.Linear(hidden, 1));
  }
  forward(x: Tensor) {
    return this.layers(x).squeeze(1);
  }
}
F.mse(new Mlp({ depth: 3 })(randn([5, 2])), randn([5])).backward();`,
  "a function of any shape": `
const standard = (x: Tensor, dim = 0) => x.sub(x.mean(dim)).div(x.std(dim));
standard(randn([5, 3])).add(ones([3]));
standard(randn([5]));`,
  "a function that keeps the shape it is given": `
function twice<S extends readonly number[]>(x: Tensor<S>): Tensor<S> {
  return x.transpose(0, 1).T.add(x).mul(ones([3])).sub(x);
}
twice(randn([3, 3])).matmul(zeros([3, 2]));`,
  "a choice of layers": `
const nonlinear = true;
const act = nonlinear ? nn.ReLU() : nn.Identity();
const net = nn.Sequential(nn.Linear(2, 4), act, nn.Linear(4, 1));
net(randn([3, 2]));`,
  "a residual that may be projected": `
class Res extends nn.Module {
  a = nn.Linear(4, 6);
  skip: nn.Linear | null = nn.Linear(4, 6);
  forward(x: Tensor) {
    const side = this.skip ? this.skip(x) : x;
    return this.a(x).relu().add(side);
  }
}
new Res()(randn([2, 4]));`,
  "pieces of a batch": `
const x = randn([6, 4]);
const [left, right] = x.chunk(2, 1);
const rows = x.unbind(0);
left.matmul(right.T).add(rows.length);`,
  "a mask of what counts": `
const scores = randn([3, 5]);
const real = tensor([[true, true, false, false, false], [true, true, true, true, true], [true, false, false, false, false]]);
const masked = scores.maskedFill(real.logicalNot(), -Infinity).softmax(1);
masked.sum(1).sub(ones([3])).abs().max().item();
scores.at(real).mean();`,
  "counting what is right": `
const predicted = randn([10, 3]).argmax(1);
const truth = randint(0, 3, [10]);
const matrix = zeros([3, 3]);
for (let i = 0; i < 10; i++) matrix.set([truth.at(i).item(), predicted.at(i).item()], 1);
matrix.div(matrix.sum(1, { keepdim: true }).add(1e-9)).diag();`,

  // ------------------------------------------------------------ what is known only when it runs
  "dims that are one or several": `
function standardize(x: Tensor, dim: number | number[] = 0) {
  return x.sub(x.mean(dim, { keepdim: true })).div(x.std(dim, { keepdim: true }));
}
standardize(randn([8, 3]), [0, 1]).add(standardize(randn([8, 3])));
const all = randn([8, 3]).shape[0] > 4;
const dims = all ? [0, 1] : 0;
const sums = randn([8, 3]).sum(dims).add(ones([8]));
sums.max(all ? undefined : 0).item();`,
  "modules of any kind in a list": `
const layers: nn.Module[] = [nn.Linear(4, 8)];
layers.push(nn.ReLU(), nn.Linear(8, 2));
nn.Sequential(...layers)(randn([3, 4])).add(ones([2]));
let h = randn([3, 4]);
for (const layer of layers) h = layer(h);
h.argmax(1).toArray();`,
  "a module made by its name": `
function make(kind: string): nn.Module {
  switch (kind) {
    case "linear":
      return nn.Linear(2, 6);
    case "gru":
      return nn.GRU(2, 6);
    default:
      return nn.Identity();
  }
}
const y = make("linear")(randn([3, 2])).relu();
const [outputs, last] = make("gru")(randn([5, 3, 2]));
y.add(outputs.at(-1)).add(last);`,
  "a block around any module": `
class Residual<M extends nn.Module> extends nn.Module {
  body: M;
  constructor(body: M) {
    super();
    this.body = body;
  }
  forward(x: Tensor): Tensor {
    const inside: nn.Module = this.body;
    return inside(x).add(x);
  }
}
new Residual(nn.Linear(4, 4))(randn([2, 4])).add(ones([2, 4]));`,
  "windows of a series": `
const s = linspace(0, 6, 30).sin();
const inputs: Tensor[] = [];
const targets: Tensor[] = [];
for (let i = 0; i + 8 < 30; i++) {
  inputs.push(s.at([i, i + 8]));
  targets.push(s.at(i + 8));
}
F.mse(nn.Linear(8, 1)(stack(inputs)), stack(targets).unsqueeze(1)).backward();`,
  "an average of all weights so far": `
const net = nn.Linear(3, 3);
const average: Record<string, Tensor> = {};
for (const [name, value] of Object.entries(net.stateDict())) average[name] = value.clone();
for (const [name, weight] of net.namedParameters())
  average[name] = average[name].mul(0.9).add(weight.detach().mul(0.1));
net.loadStateDict(average);`,

  // ------------------------------------------------------------ layers that read sequences
  "a network that reads names": `
class Reader extends nn.Module {
  letters = nn.Embedding(27, 8);
  lstm = nn.LSTM(8, 16, { batchFirst: true });
  out = nn.Linear(16, 3);
  forward(x: Tensor) {
    const [outputs] = this.lstm(this.letters(x));
    return this.out(outputs.at(null, -1));
  }
}
F.crossEntropy(new Reader()(randint(0, 27, [4, 6])), [0, 1, 2, 0]).backward();`,
  "a state handed from chunk to chunk": `
const gru = nn.GRU(3, 5, { numLayers: 2 });
let h: Tensor | null = null;
for (const chunk of randn([12, 2, 3]).split(4)) {
  const [outputs, next] = gru(chunk, h);
  h = next.detach();
  outputs.add(zeros([4, 2, 5]));
}
let [, state] = nn.LSTM(3, 5)(randn([4, 2, 3]));
[, state] = nn.LSTM(3, 5)(randn([6, 2, 3]), state);
state[0].add(state[1]).add(zeros([1, 2, 5]));`,
  "both directions joined": `
const [outputs, [h, c]] = nn.LSTM(3, 4, { bidirectional: true })(randn([7, 2, 3]));
const [ahead, back] = h.unbind(0);
cat([ahead, back], 1).add(outputs.at(-1)).add(zeros([2, 8]));
c.add(zeros([2, 2, 4]));`,
  "a layer of any size in a let": `
let rnn = nn.LSTM(3, 5);
rnn = nn.LSTM(4, 6, { bidirectional: true });
let norm = nn.LayerNorm(4);
norm = nn.LayerNorm([2, 3]);
let batch = nn.BatchNorm1d(3);
batch = nn.BatchNorm1d(5);
let loss = nn.MSELoss();
loss = nn.MSELoss({ reduction: "none" });
let attention = nn.MultiheadAttention(8, 2);
attention = nn.MultiheadAttention(6, 3, { kdim: 4, batchFirst: true });
const all: nn.Module[] = [rnn, norm, batch, loss, attention];
all.length;`,
  "attention with a mask and its picture": `
const x = randn([2, 5, 8]);
const attend = nn.MultiheadAttention(8, 2, { batchFirst: true });
const mask = ones([5, 5]).triu(1).eq(1);
const [y, weights] = attend(x, x, x, { attnMask: mask });
y.add(x).add(zeros([2, 5, 8]));
weights.at(0).add(zeros([5, 5]));
const [, heads] = attend(x, x, x, { averageAttnWeights: false });
heads.add(zeros([2, 2, 5, 5]));
const [z, none] = attend(x, x, x, { needWeights: false });
z.sum().backward();
none === null;`,
  "queries of one sequence, keys of another": `
const attend = nn.MultiheadAttention(8, 4, { kdim: 6, vdim: 3 });
const [y, weights] = attend(randn([5, 2, 8]), randn([7, 2, 6]), randn([7, 2, 3]));
y.add(zeros([5, 2, 8]));
weights?.add(zeros([2, 5, 7]));`,
  "losses chosen by name": `
const losses: Record<string, nn.Module> = { mse: nn.MSELoss(), l1: nn.L1Loss() };
for (const name of Object.keys(losses)) losses[name](randn([3]), randn([3])).item();
const pick = (robust: boolean) => (robust ? nn.HuberLoss() : nn.MSELoss());
pick(true)(randn([3, 1]), randn([3, 1])).add(1).item();
const apart = nn.CrossEntropyLoss({ reduction: "none" })(randn([3, 4]), [0, 1, 2]);
apart.mul(ones([3])).sum().item();`,
  "normalised by what the data say": `
const size: number = randn([4, 6]).shape[1];
const net = nn.Sequential(nn.Linear(size, 5), nn.BatchNorm1d(5), nn.LayerNorm(5), nn.Linear(5, 2));
net(randn([4, 6])).add(zeros([4, 2]));
nn.Sequential(nn.Linear(6, 5), nn.BatchNorm1d(7))(randn([4, 7, 6])).add(zeros([4, 7, 5]));`,

  // ------------------------------------------------------------ products by letters
  "sums written as letters": `
const a = randn([2, 3]);
const b = randn([3, 4]);
einsum("ij,jk->ik", a, b).sub(a.matmul(b)).abs().max().item();
einsum("ij->ji", a).add(a.T);
einsum("ii->", a.matmul(a.T)).item();
einsum("i,j", ones([2]), ones([5])).add(zeros([2, 5]));
einsum("ba", a).add(zeros([3, 2]));
einsum("...ij,...jk->...ik", randn([5, 2, 3]), b).add(zeros([5, 2, 4]));
einsum("ij,ij->ij", a, ones([1, 3])).add(a);`,
  "attention in letters": `
const [q, k, v] = [randn([2, 5, 4, 8]), randn([2, 7, 4, 8]), randn([2, 7, 4, 8])];
const scores = einsum("nqhd,nkhd->nhqk", q, k).softmax(-1);
einsum("nhql,nlhd->nqhd", scores, v).reshape([2, 5, 32]).add(zeros([32]));`,
  "letters chosen when it runs": `
const letters = ["ij,jk->ik", "ij,kj->ik"];
for (const [i, equation] of letters.entries())
  einsum(equation, randn([2, 3]), i === 0 ? randn([3, 4]) : randn([4, 3])).add(zeros([2, 4]));
const both = Math.random() < 2 ? "ij->i" : "ij->j";
einsum(both, ones([2, 3])).add(zeros([2]));
const list = [ones([2, 3]), ones([3, 4])];
einsum("ij,jk->ik", ...list).add(zeros([2, 4]));`,
  "vectors multiplied": `
const u = arange(3);
const n: number = 3;
u.dot(ones([n])).add(u.outer(ones([4])).sum()).item();
u.outer(arange(4)).add(zeros([3, 4]));
const p: Tensor = randn([3]);
p.dot(u).item();`,
  "stretched without copies": `
const row = randn([1, 3]);
row.expand([5, 3]).add(zeros([5, 3]));
row.expand(5, -1).add(zeros([5, 3]));
randn([3]).expand([2, 4, 3]).sum(0).add(zeros([4, 3]));
const size = [4, 3];
row.expand(size).broadcastTo([2, ...size]).add(zeros([2, 4, 3]));
tensor(1).expand([2, 2]).matmul(ones([2, 3]));`,
};
