/**
 * What has to come out the same on every machine: numbers drawn, functions, reductions and small nets
 * trained, each as a hash of all its bits. It takes the engine as an argument and imports nothing, so
 * that a cell of a notebook can be made of this text.
 */
type Engine = typeof import("../../../../kernel/tensor/index.ts");
type Tensor = import("../../../../kernel/tensor/index.ts").Tensor;
type Optimizer = import("../../../../kernel/tensor/index.ts").optim.Optimizer;

/** A hash for each case, of eight hexadecimal digits. */
export function bitsOf(engine: Engine): Record<string, string> {
  const { F, nn, optim } = engine;
  const { arange, linspace, manualSeed, noGrad, ones, rand, randint, randn, tensor } = engine;

  /** FNV-1a over the bytes. */
  const hash = (...tensors: readonly Tensor[]): string => {
    let state = 0x811c9dc5;
    for (const each of tensors) {
      const { buffer, byteOffset, byteLength } = each.detach().contiguous().data;
      for (const byte of new Uint8Array(buffer, byteOffset, byteLength))
        state = Math.imul(state ^ byte, 0x01000193);
    }
    return (state >>> 0).toString(16).padStart(8, "0");
  };

  /** Numbers around 0, both signs, of many sizes. */
  const spread = (dtype: "f32" | "f64"): Tensor =>
    engine
      .cat([linspace(-9, 9, 3001), linspace(-300, 300, 601)])
      .add(0.01)
      .to(dtype);
  const above = (x: Tensor): Tensor => x.abs().add(1e-3);
  const within = (x: Tensor): Tensor => x.div(301);

  const functions = (x: Tensor): Tensor[] =>
    [
      [x.clamp({ max: 80 }).exp(), x.clamp({ max: 80 }).expm1(), above(x).log(), above(x).log1p()],
      [above(x).log2(), above(x).log10(), above(x).sqrt(), above(x).rsqrt()],
      [x.sin(), x.cos(), x.tan(), within(x).asin(), within(x).acos(), x.atan(), x.tanh(), x.erf()],
      [within(x).sinh(), within(x).cosh(), x.sigmoid(), x.reciprocal(), x.atan2(x.flip(0))],
      [above(x).pow(0.3), above(x).pow(within(x)), F.gelu(x), F.gelu(x, { approximate: "tanh" })],
      [F.silu(x), F.elu(x), F.softplus(x), F.logSigmoid(x), x.softmax(0), x.logSoftmax(0)],
    ].flat();

  const slopes = (x: Tensor): Tensor[] => {
    const leaf = tensor(x, { requiresGrad: true, dtype: x.dtype });
    const bent = [leaf.tanh(), leaf.sigmoid(), F.gelu(leaf), F.gelu(leaf, { approximate: "tanh" })];
    const more = [F.silu(leaf), F.elu(leaf), F.softplus(leaf), F.logSigmoid(leaf), leaf.sin()];
    for (const y of [...bent, ...more]) y.mul(arange(y.numel()).to(x.dtype)).sum().backward();
    return [leaf.grad];
  };

  const learned = (module: { parameters(): readonly Tensor[] }): string =>
    hash(...module.parameters());

  /** A net of two layers with dropout, after 25 steps. */
  const perceptron = (
    optimizer: (parameters: readonly Tensor[]) => Optimizer,
    schedule: (opt: Optimizer) => { step(): unknown } | null = () => null,
  ): string => {
    manualSeed(3);
    const [x, y] = [randn([40, 7]), randn([40, 3])];
    const net = nn.Sequential(nn.Linear(7, 33), nn.Tanh(), nn.Dropout(0.2), nn.Linear(33, 3));
    const opt = optimizer(net.parameters());
    const plan = schedule(opt);
    for (let step = 0; step < 25; step++) {
      const loss = F.mse(net(x), y);
      opt.zeroGrad();
      loss.backward();
      nn.clipGradNorm_(net.parameters(), 2);
      opt.step();
      plan?.step();
    }
    return learned(net);
  };

  /** Steps of a classifier. */
  const classifier = (
    net: { (x: Tensor): Tensor; parameters(): Tensor[] },
    x: Tensor,
    classes: number,
    steps: number,
  ): string => {
    const y = randint(0, classes, [x.shape[0] ?? 0]);
    const opt = optim.AdamW(net.parameters(), { lr: 0.01, weightDecay: 0.02 });
    for (let step = 0; step < steps; step++) {
      const loss = F.crossEntropy(net(x), y);
      opt.zeroGrad();
      loss.backward();
      opt.step();
    }
    return learned(net);
  };

  const convolutions = (): string => {
    manualSeed(4);
    const net = nn.Sequential(
      nn.Conv2d(2, 6, 3, { padding: 1 }),
      nn.BatchNorm2d(6),
      nn.ReLU(),
      nn.MaxPool2d(2),
      nn.Conv2d(6, 9, 3, { stride: 2 }),
      nn.GELU(),
      nn.AvgPool2d(2),
      nn.Flatten(),
      nn.Linear(9, 5),
    );
    return classifier(net, randn([8, 2, 12, 11]), 5, 6);
  };

  class Block extends nn.Module {
    embedding = nn.Embedding(17, 24);
    before = nn.LayerNorm(24);
    attention = nn.MultiheadAttention(24, 3, { batchFirst: true });
    after = nn.LayerNorm(24);
    wide = nn.Linear(24, 50);
    narrow = nn.Linear(50, 24);
    out = nn.Linear(24, 17);
    forward(x: Tensor): Tensor {
      const words = this.embedding(x);
      const h = this.before(words);
      const seen = words.add(this.attention(h, h, h, { needWeights: false })[0]);
      const y = seen.add(this.narrow(F.gelu(this.wide(this.after(seen)))));
      return this.out(y.mean(1));
    }
  }

  const attention = (): string => {
    manualSeed(5);
    const net = new Block();
    return classifier(net, randint(0, 17, [6, 19]), 17, 6);
  };

  class Reader extends nn.Module {
    lstm = nn.LSTM(5, 20, { batchFirst: true });
    gru = nn.GRU(20, 18, { batchFirst: true });
    rnn = nn.RNN(18, 16, { batchFirst: true });
    out = nn.Linear(16, 4);
    forward(x: Tensor): Tensor {
      const [a] = this.lstm(x);
      const [b] = this.gru(a);
      const [c] = this.rnn(b);
      return this.out(c.select(1, -1));
    }
  }

  const recurrent = (): string => {
    manualSeed(6);
    const net = new Reader();
    return classifier(net, randn([5, 8, 5]), 4, 5);
  };

  const drawn = (): string => {
    manualSeed(7);
    return hash(
      randn([1001]),
      randn([5]),
      randn([100], { dtype: "f64" }),
      engine.normal([50], 2, 3),
      engine.rand([70]).uniform_(-2, 5),
      engine.bernoulli(rand([300])),
      engine.multinomial(rand([20]), 500, { replacement: true }),
      engine.randperm(99),
      F.dropout(ones([400]), 0.3),
      nn.init.truncNormal_(engine.zeros([64])),
      nn.init.orthogonal_(engine.zeros([12, 12])),
      nn.init.kaimingNormal_(engine.zeros([30, 20])),
    );
  };

  const reductions = (): string => {
    manualSeed(8);
    const x = randn([301, 157]);
    const parts = [0, 1].flatMap((dim) => {
      const spreads = [x.var(dim), x.std(dim), x.logsumexp(dim), x.norm(2, dim), x.norm(3, dim)];
      return [x.sum(dim), x.mean(dim), x.prod(dim), x.max(dim), x.cumsum(dim), ...spreads];
    });
    return hash(...parts, x.sum(), x.norm(), x.select(1, 3).sum());
  };

  const products = (): string => {
    manualSeed(9);
    const [a, b] = [randn([131, 203]), randn([203, 77])];
    const batch = randn([3, 20, 31]);
    return hash(
      a.matmul(b),
      b.T.matmul(a.T),
      a.T.matmul(a),
      a.matmul(b.select(1, 0)),
      batch.matmul(batch.transpose(1, 2)),
    );
  };

  const decompositions = (): string => {
    manualSeed(10);
    const a = randn([9, 9], { dtype: "f64" });
    const { linalg } = engine;
    const symmetric = a.matmul(a.T).add(engine.eye(9).to("f64"));
    const [values, vectors] = Object.values(linalg.eigh(symmetric)) as Tensor[];
    return hash(
      ...Object.values(linalg.svd(a) as unknown as Record<string, Tensor>),
      linalg.inv(a),
      linalg.det(a),
      linalg.cholesky(symmetric),
      ...[values, vectors].flatMap((each) => (each === undefined ? [] : [each])),
    );
  };

  const sets = (): string => {
    const all = [
      engine.data.load("spiral"),
      engine.data.load("circle"),
      engine.data.load("wave", { noise: 0.1 }),
    ];
    return hash(...all.flatMap(({ x, y }) => [x, y]), engine.logspace(-3, 3, 50));
  };

  const small = tensor([-2.5, -0.3, 0.01, 0.7, 3]);
  return noGrad(() => ({
    numbers: drawn(),
    sets: sets(),
    reductions: reductions(),
    products: products(),
    decompositions: decompositions(),
    "functions f32": hash(...functions(spread("f32"))),
    "functions f64": hash(...functions(spread("f64"))),
    "functions of few": hash(...functions(small)),
    ...engine.enableGrad(() => ({
      slopes: hash(...slopes(spread("f32")), ...slopes(spread("f64")), ...slopes(small)),
      sgd: perceptron((p) => optim.SGD(p, { lr: 0.1 })),
      momentum: perceptron((p) => optim.SGD(p, { lr: 0.05, momentum: 0.9, nesterov: true })),
      adam: perceptron((p) => optim.Adam(p, { lr: 0.02 })),
      amsgrad: perceptron((p) => optim.Adam(p, { lr: 0.02, amsgrad: true, weightDecay: 0.01 })),
      adamw: perceptron((p) => optim.AdamW(p, { lr: 0.02 })),
      rmsprop: perceptron((p) => optim.RMSprop(p, { lr: 0.01, momentum: 0.5, centered: true })),
      adagrad: perceptron((p) => optim.Adagrad(p, { lr: 0.05, lrDecay: 0.01 })),
      cosine: perceptron(
        (p) => optim.SGD(p, { lr: 0.1 }),
        (opt) => optim.CosineAnnealingLR(opt, 20),
      ),
      cycle: perceptron(
        (p) => optim.Adam(p, { lr: 0.01 }),
        (opt) => optim.OneCycleLR(opt, 0.05, { totalSteps: 26 }),
      ),
      steps: perceptron(
        (p) => optim.SGD(p, { lr: 0.1 }),
        (opt) => optim.StepLR(opt, 4, { gamma: 0.7 }),
      ),
      convolutions: convolutions(),
      attention: attention(),
      recurrent: recurrent(),
    })),
  }));
}
