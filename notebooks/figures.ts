// ---
// title: Figures, one of each
// question: What can be drawn while a network learns?
// minutes: 10
// order: 103
// ---

// %% [markdown] id="opening"
// # Figures, one of each
//
// Every figure that `plot` can draw, each with the few lines that make it. Run a cell, turn what can be turned, run it again with another number: what you see is what you get in a notebook of your own.

// %% id="setup" tags=["setup"] title="imports, a small network and its data"
import { data, F, manualSeed, nn, optim, plot, rand, stack, tensor, ui } from "descent";

manualSeed(42);
const { train, test } = data.load("digits").split(0.8);

const network = () => nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10));

// %% [markdown] id="curves"
// ## Curves
//
// `plot.live` draws while a loop runs. Under the figure stand its own controls: a running mean, **Pin**, which keeps the curve with the knobs’ values as its name, and **Clear**. Move the knob while the loop runs and the curve is marked. Run the cell again and the curve of before stays behind as a grey ghost.

// %% id="rate"
const lr = ui.slider("learning rate", { min: 1e-3, max: 1, value: 0.1, log: true });

// %% id="live"
manualSeed(42);
const net = network();
const opt = optim.SGD(net.parameters(), { lr, momentum: 0.9 });
const curve = plot.live({ y: "loss", log: true, smooth: 0.9 });
for (const { x, y } of train.batches(64, { epochs: 8 })) {
  const loss = F.crossEntropy(net(x), y);
  opt.zeroGrad();
  loss.backward();
  opt.step();
  curve.push({ train: loss });
}

// %% [markdown] id="several"
// Several seeds make a band: `again()` begins the next run, and the line is the mean of all. Marks say where to look.

// %% id="seeds"
const seeds = plot.live({
  title: "Three seeds of one network, on digits it has not seen",
  y: "loss",
  x: "epoch",
  log: "y",
  marks: [{ y: 0.2, label: "good enough" }],
});
for (const seed of [1, 2, 3]) {
  manualSeed(seed);
  const net = network();
  const opt = optim.Adam(net.parameters(), { lr: 0.01 });
  for (let epoch = 0; epoch < 8; epoch++) {
    seeds.push({ test: F.crossEntropy(net(test.x), test.y) });
    for (const { x, y } of train.batches(128)) {
      const loss = F.crossEntropy(net(x), y);
      opt.zeroGrad();
      loss.backward();
      opt.step();
    }
  }
  seeds.again();
}

// %% [markdown] id="broken"
// A curve that stops being a number ends in a cross, and the figure says where.

// %% id="nan"
const leap = plot.live({ y: "w²", log: true, height: 200 });
let w = 1;
for (let step = 0; step < 300; step++) {
  leap.push({ error: w * w });
  w = w - 2.6 * (2 * w);
}

// %% [markdown] id="lines"
// `plot.line` draws numbers, functions, or rows of numbers as a mean with a band. Both axes may be logarithmic.

// %% id="line"
const x = [1, 10, 100, 1000, 10_000];
const noisy = Array.from({ length: 6 }, () =>
  x.map((n) => (2 / Math.sqrt(n)) * (0.7 + 0.6 * rand([]).item())),
);
plot.line(
  x,
  { measured: noisy, "2 / √n": (n) => 2 / Math.sqrt(n) },
  { log: "xy", x: "examples", y: "error", marks: [{ x: 300, label: "ours" }] },
);

// %% [markdown] id="points"
// ## Points
//
// Classes differ in colour and in shape, so that nobody has to tell two colours apart.

// %% id="scatter"
const flowers = data.load("iris");
const kinds = Array.from(flowers.y.data, (kind) => flowers.classes?.[kind] ?? "");
plot.scatter(flowers.x.narrow(1, 2, 2), {
  x: "petal length",
  y: "petal width",
  color: kinds,
  size: 7,
});

// %% id="bars"
const widths = flowers.x.mean(0);
plot.bars(widths, { labels: flowers.features ?? [], y: "mean, in cm", height: 200 });

// %% [markdown] id="projector-words"
// Rows of many numbers lie in a space that nobody sees. Turn its shadow, have t-SNE or UMAP put neighbours together while you watch, search for a digit, **click on a point for its nearest neighbours**, or measure all of them along the way from one row to another.

// %% id="embedding"
const digit = Array.from(test.y.data, (at) => test.classes?.[at] ?? "");
const seen = plot.embedding(test.x, { labels: digit, color: digit, images: test.x });

// %% [markdown] id="landscapes"
// ## Functions and landscapes
//
// A boundary moves under its points while the network learns. Hollow points are those it does not learn from.

// %% id="landscapes-setup" tags=["setup"] title="two arms of a spiral, and a network that bends"
const arms = data.load("spiral").split(0.5);
manualSeed(42);
const bending = nn.Sequential(
  nn.Linear(2, 24),
  nn.Tanh(),
  nn.Linear(24, 24),
  nn.Tanh(),
  nn.Linear(24, 2),
);
const armsLoss = () => F.crossEntropy(bending(arms.train.x), arms.train.y);

// %% id="boundary"
const bend = optim.Adam(bending.parameters(), { lr: 0.02 });
const regions = plot.boundary(bending, arms.train, { test: arms.test });
const way = plot.trajectory(bending);
for (let step = 0; step < 200; step++) {
  if (step % 5 === 0) way.push();
  bend.zeroGrad();
  armsLoss().backward();
  bend.step();
  regions.update();
}

// %% [markdown] id="landscape-words"
// The way it took lies in a space of 722 directions. Here is the slice in which it went furthest.

// %% id="landscape"
plot.landscape(bending, armsLoss, { path: way, log: true });

// %% [markdown] id="contour-words"
// A function of two numbers, as a map or in space. **Click on the map, or drag its ring**: the walks begin there, because their cell reads `map.start.value` as it would read a knob.

// %% id="contour"
const map = plot.contour((x, y) => x ** 2 / 2 + 4 * y ** 2, {
  range: [
    [-10, 4],
    [-3, 3],
  ],
  start: [-9, 2],
});

// %% id="walks"
for (const momentum of [0, 0.7]) {
  const walk = map.path(`momentum ${momentum}`);
  walk.clear();
  let [x, y] = map.start.value;
  for (let step = 0, dx = 0, dy = 0; step < 60; step++) {
    walk.push(x, y);
    dx = momentum * dx - 0.2 * x;
    dy = momentum * dy - 0.2 * 8 * y;
    [x, y] = [x + dx, y + dy];
  }
}

// %% id="surface"
plot.surface((x, y) => (1 - x) ** 2 + 100 * (y - x ** 2) ** 2, {
  range: [-2, 2],
  log: true,
  title: "Rosenbrock’s valley",
});

// %% [markdown] id="choosing"
// Which rate to begin with, and which settings to keep: a range test, which puts everything back, and a sweep with its seeds.

// %% id="rates"
const untrained = network();
const candidate = optim.SGD(untrained.parameters(), { lr: 0.1 });
const guess = () => F.crossEntropy(untrained(train.x), train.y);
plot.learningRates(candidate, guess, { steps: 60 });

// %% id="sweep-setup" tags=["setup"] title="a short training, and what comes of it"
function lossAfter(name: "SGD" | "Adam", lr: number, seed: number) {
  manualSeed(seed);
  const net = network();
  const opt = optim[name](net.parameters(), { lr });
  for (const { x, y } of train.batches(128, { steps: 20 })) {
    opt.zeroGrad();
    F.crossEntropy(net(x), y).backward();
    opt.step();
  }
  return F.crossEntropy(net(test.x), test.y);
}

// %% id="sweep"
const sweep = plot.sweep({ x: "lr", y: "loss", by: "optimiser", log: "xy" });
for (const lr of [0.001, 0.01, 0.1])
  for (const optimiser of ["SGD", "Adam"] as const)
    for (const seed of [1, 2, 3])
      sweep.push({ lr, optimiser, seed, loss: lossAfter(optimiser, lr, seed) });

// %% [markdown] id="health"
// ## What goes on inside
//
// `plot.watch` looks into a network while it learns, now and then, so that training is not held up: how large its updates are beside the weights, how weights, slopes and activations are spread, how slopes flow from the last layer to the first, which units are dead. The list under the figure changes the view, and a sentence says what to do.

// %% id="watch"
manualSeed(42);
const deep = nn.Sequential(
  nn.Linear(64, 32),
  nn.ReLU(),
  nn.Linear(32, 32),
  nn.Tanh(),
  nn.Linear(32, 10),
);
const steps = optim.Adam(deep.parameters(), { lr: 0.01 });
const health = plot.watch(deep);
for (const { x, y } of train.batches(64, { epochs: 10 })) {
  const loss = F.crossEntropy(deep(x), y);
  steps.zeroGrad();
  loss.backward();
  steps.step();
}

// %% id="watch-activations"
const dying = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10));
const harsh = optim.SGD(dying.parameters(), { lr: 4 });
const harm = plot.watch(dying, { show: "activations" });
for (const { x, y } of train.batches(64, { epochs: 6 })) {
  const loss = F.crossEntropy(dying(x), y);
  harsh.zeroGrad();
  loss.backward();
  harsh.step();
}

// %% [markdown] id="tables"
// ## Tables, pictures and sound
//
// A table is sorted by its heads and filtered by what you type: words, or `"petal length">4`. A heat map has the names of its rows and columns, and nothing is in the middle of its colours.

// %% id="table"
const names = ["sepal length", "sepal width", "petal length", "petal width"];
const columns = names.map((_, i) => flowers.x.select(1, i));
const named = Object.fromEntries(names.map((name, i) => [name, columns[i]]));
plot.table({ ...named, kind: kinds }, { title: "Irises", pageSize: 5 });

// %% id="heatmap"
const scaled = flowers.standardize().x;
plot.heatmap(scaled.T.matmul(scaled).div(flowers.length), {
  title: "How the measurements of irises go together",
  rows: names,
  columns: names,
});

// %% [markdown] id="side-by-side"
// Figures made in a loop stand side by side in a `plot.grid`; axes that are shared make them comparable. All heads of an attention are one figure.

// %% id="grid"
const spreads = plot.grid(
  names.map((title, i) => plot.histogram(columns[i] ?? [], { title, height: 180 })),
  { share: "x" },
);

// %% id="attention"
const tokens = ["the", "cat", "sat", "on", "the", "mat"];
const places = tensor(tokens.map((_, i) => i));
const apart = places.unsqueeze(1).sub(places);
const heads = [0, 1, 2, 3].map((back) => apart.sub(back).square().neg().softmax(-1));
const lookingBack = plot.attention(stack(heads), {
  tokens,
  head: "all",
  title: "Each head looks one token further back",
});

// %% [markdown] id="mistakes"
// Press a count: here are the digits behind it.

// %% id="confusion"
const guessed = net(test.x);
const mistaken = plot.confusion(test.y, guessed, {
  labels: test.classes,
  images: test.x,
});

// %% id="histogram"
const [first, last] = ["0", "2"].map((at) => net.get(at).parameters()[0]);
plot.histogram({ first, last }, { x: "weight of a layer", share: true });

// %% id="treemap"
const areas = plot.treemap(net);

// %% id="guesses"
const [pictures, truth] = [test.x.at([0, 20]), test.y.at([0, 20])];
const scores = net(pictures);
const ink = pictures.add(1).reshape([20, 8, 8]);
plot.image(ink, { truth, guess: scores, columns: 5 });

// %% [markdown] id="heard"
// A sound is silent until you play it. Turn the knob while it plays.

// %% id="pitch"
const hz = ui.slider("pitch in Hz", { min: 110, max: 880, value: 220, log: true });

// %% id="sound"
const wave = Float32Array.from({ length: 32_000 }, (_, i) => {
  const phase = (2 * Math.PI * hz.value * i) / 16_000;
  return 0.3 * Math.sin(phase) + 0.1 * Math.sin(3 * phase);
});
plot.sound(wave, { rate: 16_000 });

// %% [markdown] id="diagrams"
// ## Graphs, networks and trees
//
// `plot.graph` draws what a loss was computed from. Step **Back** through backpropagation and forward again: a sentence says what is multiplied by what. A node leads to its line; a module folds when you press its name.

// %% id="graph"
const knob = tensor(1.5, { requiresGrad: true });
const bias = tensor(-1, { requiresGrad: true });
const miss = knob.mul(2).add(bias).sub(4);
plot.graph(miss.square(), { title: "One student's error" });

// %% id="graph-modules"
const few = nn.Sequential(nn.Linear(64, 8), nn.Tanh(), nn.Linear(8, 10));
const pixels = train.x.at([0, 32]);
plot.graph(F.crossEntropy(few(pixels), train.y.at([0, 32])));

// %% [markdown] id="networks"
// `plot.network` draws the network itself: wide lines are large weights, blue is positive, dashed orange negative. It follows training.

// %% id="network"
manualSeed(1);
const corners = tensor([[0, 0], [0, 1], [1, 0], [1, 1]]); // prettier-ignore
const isOne = tensor([[0], [1], [1], [0]]);
const xor = nn.Sequential(nn.Linear(2, 5), nn.Tanh(), nn.Linear(5, 1));
const learns = optim.Adam(xor.parameters(), { lr: 0.05 });
const wires = plot.network(xor, { example: corners.at(1), inputs: ["one", "other"] });
for (let step = 0; step < 200; step++) {
  learns.zeroGrad();
  F.mse(xor(corners), isOne).backward();
  learns.step();
  wires.update();
}

// %% [markdown] id="trees"
// `plot.tree` draws questions and answers: any nest of `question`, `yes` and `no`.

// %% id="tree"
plot.tree({
  question: "petal length < 2.5 cm?",
  counts: { setosa: 50, versicolor: 50, virginica: 50 },
  yes: { value: "setosa", counts: { setosa: 50 } },
  no: {
    question: "petal width < 1.8 cm?",
    yes: { value: "versicolor", counts: { versicolor: 49, virginica: 5 } },
    no: { value: "virginica", counts: { versicolor: 1, virginica: 45 } },
  },
});

// %% [markdown] id="own-words"
// What none of these draws, `plot.drawing` does: plotly’s own traces and layout, in the colours of the page, with a sentence for who cannot see them.

// %% id="own"
const turns = Array.from({ length: 200 }, (_, i) => (i / 199) * 2 * Math.PI);
const swing = (speed: number) => turns.map((turn) => Math.sin(speed * turn));
const knot = { type: "scatter", mode: "lines", x: swing(3), y: swing(2) };
plot.drawing(() => ({
  data: [knot],
  layout: { height: 220, margin: { t: 14 } },
  words: "a knot of three loops by two",
}));
