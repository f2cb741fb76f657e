// ---
// title: Where parameters start
// question: Why do knobs start as random numbers, and how large should these be?
// minutes: 30
// order: 6
// needs: [3]
// ---

// %% [markdown] id="opening"
// # Where do knobs start?
//
// Training turns knobs, a little at a time. So before its first step each of them must stand somewhere. Here is a network that nobody has trained. Each column is one of its four hidden neurons, with its knobs as colours and numbers; on the right is what the network says everywhere on a map. **Drag the size of the start down to zero, and watch the four columns.**

// %% id="setup" tags=["setup"] title="a small network, its task, and a pen for both"
import { accuracy, data, expect, F, linspace, manualSeed, nn, noGrad, optim } from "descent";
import { ones, plot, progress, rand, randn, stack, tensor, ui, zeros } from "descent";
import type { Tensor } from "descent";

const ink = { text: "#24231f", quiet: "#67635a", rule: "#b9b3a5", paper: "#fdfcf9" };
const signed = (value: number) => (value < 0 ? "#c9620a" : "#1f6fb5"); // orange, blue
const short = (value: number) => String(Number(value.toPrecision(3))).replace("-", "−");
/** Orange, paper, blue: from far below zero to far above. */
const aroundZero = [
  [0, "#a24a00"],
  [0.25, "#e8a466"],
  [0.5, "#f3f1ea"],
  [0.75, "#74a9d4"],
  [1, "#17548f"],
];

/** Words above a figure, at a share of its width. */
const above = (text: string, x = 0, xanchor = "left") => ({
  text,
  xref: "paper",
  yref: "paper",
  x,
  y: 1,
  xanchor,
  yanchor: "bottom",
  yshift: 4,
  showarrow: false,
});

/** Points of two kinds, and what is wanted for them: 1 or 0. */
interface Task {
  readonly x: Tensor;
  readonly y: Tensor;
}
const taskOf = ({ x, y }: data.Dataset): Task => ({ x, y: y.to("f32").reshape([-1, 1]) });

// Exclusive or: yes where exactly one of the two inputs is 1.
const corners = taskOf(data.load("xor"));

/** Two inputs, some neurons that bend them, and one that listens to those. */
const network = (neurons = 4) =>
  nn.Sequential(nn.Linear(2, neurons), nn.Tanh(), nn.Linear(neurons, 1));
type Network = ReturnType<typeof network>;

/** How little a network believes what is true of the four corners. */
const lossOf = (net: Network) => F.bceWithLogits(net(corners.x), corners.y);
/** How many of a task's points a model gets right. */
const rightIn = (model: (x: Tensor) => Tensor, { x, y }: Task) =>
  noGrad(() => model(x))
    .gt(0)
    .eq(y.gt(0.5))
    .to("f32")
    .sum()
    .item();

/** The knobs of each hidden neuron: two weights, its bias, and the weight with which it is heard. */
function neuronsOf(net: Network): number[][] {
  const [weights, biases, heard] = net.parameters();
  return Array.from({ length: biases.numel() }, (_, i) => [
    ...Array.from(weights.at(i).data),
    biases.at(i).item(),
    heard.at(0, i).item(),
  ]);
}

/** How many of its neurons differ, by more than a thousandth in some knob. */
function differentIn(net: Network) {
  const told = neuronsOf(net).map((knobs) => knobs.map((knob) => Math.round(1000 * knob)).join());
  return new Set(told).size;
}

/** What a model says everywhere on a square, and the points of its task on it. */
function mapOf(model: (x: Tensor) => Tensor, { x, y }: Task, ends: readonly [number, number]) {
  const line = Array.from(linspace(ends[0], ends[1], 33).data);
  const places = tensor(line.flatMap((up) => line.map((across) => [across, up])));
  const sure = Array.from(noGrad(() => model(places).sigmoid()).data);
  const z = line.map((_, row) => sure.slice(row * line.length, (row + 1) * line.length));
  const rows = Array.from(y.data, (label, row) => ({ label, row }));
  const dots = [0, 1].map((label) => {
    const own = rows.filter((each) => each.label === label).map(({ row }) => row);
    const [across, up] = [0, 1].map((column) => own.map((row) => x.at(row, column).item()));
    return {
      type: "scatter",
      mode: "markers",
      name: label === 1 ? "yes" : "no",
      x: across,
      y: up,
      marker: {
        size: rows.length > 10 ? 5 : 12,
        symbol: label === 1 ? "diamond" : "circle",
        color: signed(label - 0.5),
        line: { width: 1, color: ink.paper },
      },
    };
  });
  return [
    {
      type: "heatmap",
      x: line,
      y: line,
      z,
      zmin: -0.2,
      zmax: 1.2,
      zsmooth: "best",
      colorscale: aroundZero,
      showscale: false,
      hoverinfo: "skip",
    },
    ...dots,
  ];
}

/** Axes of a map in a share of the figure's width. */
const bare = { showgrid: false, zeroline: false, showticklabels: false, ticks: "" };
const squareIn = (
  domain: readonly [number, number],
  ends: readonly [number, number],
  y: string,
) => ({
  xaxis: { ...bare, domain, range: ends, anchor: y },
  yaxis: { ...bare, range: ends },
});

/** Draws the neurons of a network as columns, and beside them what it says on the map. */
function drawNet(net: Network, title: () => string) {
  return plot.drawing(() => {
    const neurons = neuronsOf(net);
    const names = ["heard", "bias", "weight 2", "weight 1"];
    const z = [3, 2, 1, 0].map((knob) => neurons.map((knobs) => knobs[knob]));
    const strips = {
      type: "heatmap",
      x: neurons.map((_, i) => String(i + 1)),
      y: names,
      z,
      zmin: -3,
      zmax: 3,
      xgap: 6,
      colorscale: aroundZero,
      showscale: false,
      text: z.map((row) => row.map((knob) => knob.toFixed(2).replace("-", "−"))),
      texttemplate: "%{text}",
      hoverinfo: "skip",
    };
    const ends = [-0.4, 1.4] as const;
    const map = mapOf(net, corners, ends).map((trace) => ({ ...trace, xaxis: "x2", yaxis: "y2" }));
    const square = squareIn([0.66, 1], ends, "y2");
    return {
      data: [strips, ...map],
      layout: {
        title: { text: title() },
        xaxis: {
          domain: [0, 0.6],
          type: "category",
          title: { text: "neuron", standoff: 4 },
          showgrid: false,
          ticks: "",
        },
        yaxis: { type: "category", showgrid: false, ticks: "" },
        xaxis2: square.xaxis,
        yaxis2: { ...square.yaxis, anchor: "x2" },
        margin: { l: 62, r: 8, t: 36, b: 38 },
        height: 230,
      },
      words: `${neurons.length} neurons of which ${differentIn(net)} differ, and a map; ${title()}`,
    };
  });
}

/** A copy of a network with each knob times a factor. */
function timesOf(net: Network, factor: number) {
  const copy = network();
  noGrad(() => copy.parameters().forEach((knob, i) => knob.copy_(net.parameters()[i].mul(factor))));
  return copy;
}

/** Counts steps under the cell's bar. */
const count = (steps: number) => progress(Array.from({ length: steps }, (_, at) => at));

manualSeed(42);
const thrown = network();
const size = ui.slider("size of the start", { min: 0, max: 3, value: 1, step: 0.05 });

// %% id="start" tags=["auto"]
const untrained = timesOf(thrown, size.value); // random knobs, all times the size
drawNet(untrained, () => `${differentIn(untrained)} different neurons`);

// %% [markdown] id="start-words"
// At zero the four neurons are one and the same, and the map has a single colour. Above zero each of them looks at the map in its own way.
//
// The task is the one of lesson 4: *one or the other, not both*. It says yes at the two blue corners and no at the two orange ones. Zero would be the tidy start: nothing is claimed before anything was learned. And training turns every knob anyway, does it not?
//
// **Before you run it.** All knobs start at zero and are trained for 300 steps. How many of the seventeen will have moved?

// %% id="moved-guess" tags=["predict"]
const movedGuess: number | "?" = "?"; // from 17

// %% id="zeros" title="Train from zero"
const empty = network();
for (const knob of empty.parameters()) nn.init.zeros_(knob); // the tidy start
const opt = optim.Adam(empty.parameters(), { lr: 0.05 });
const flat = plot.live({ y: "loss" });
for (const step of count(300)) {
  const loss = lossOf(empty); // how little it believes what is true
  opt.zeroGrad(); // forget the slopes of the step before
  loss.backward(); // which way is downhill, for every knob?
  opt.step(); // turn each a little that way
  flat.push({ loss });
}

// %% id="moved"
const moved = empty.parameters().map((knob) => knob.countNonzero().item());
const movedInAll = moved.reduce((sum, some) => sum + some, 0);
console.log(`${movedInAll} have moved; you said ${movedGuess}.`);
console.log(`The loss stands at ${lossOf(empty).item().toFixed(4)},`);
console.log(`which is ln 2 = ${Math.log(2).toFixed(4)}: "I cannot tell".`);

// %% [markdown] id="zeros-words"
// Not one. The loop ran, the optimiser turned, and it is a guitar with no strings. No error is raised, and only the curve tells.
//
// Why? Lesson 5 found the rule for the slope of a weight: *what came in, times what is wanted*. Go through the network with it.
//
// - The **last** weights: what comes in is the answer of the hidden neurons, tanh of zero, which is zero. So their slopes are zero.
// - The **first** weights: what is wanted of a neuron comes back through the weight with which it is heard, which is zero. So their slopes are zero too.
// - The **bias** of the answer is asked by two corners to rise, and by two to fall. That makes zero.
//
// Each layer waits for the other to begin.
//
// ## Then any other number
//
// So not zero. Let us take one half for every knob: now something comes in everywhere, and something is wanted everywhere.
//
// **Before you run it.** After 1,000 steps, how many different neurons will there be among the four?

// %% id="different-guess" tags=["predict"]
const differentGuess: number | "?" = "?"; // from 4

// %% id="half-setup" tags=["setup"] title="the loop from above, as a function"
/** Trains a network on the corners, and shows each step to `seen`. */
function train(net: Network, steps: number, seen = () => {}) {
  const opt = optim.Adam(net.parameters(), { lr: 0.05 });
  for (const step of count(steps)) {
    const loss = lossOf(net);
    opt.zeroGrad();
    loss.backward();
    opt.step();
    seen();
  }
}

/** A network's loss, and how many corners are right. */
const stateOf = (net: Network) =>
  `loss ${lossOf(net).item().toFixed(3)}, ${rightIn(net, corners)} of 4 right`;

// %% id="half" title="Train from one half"
const alike = network();
for (const knob of alike.parameters()) nn.init.constant_(knob, 0.5);
const columns = drawNet(alike, () => stateOf(alike));
train(alike, 1000, () => columns.update());
console.log(`${differentIn(alike)} different; you said ${differentGuess}.`);

// %% [markdown] id="half-words"
// All knobs have moved, and the loss has fallen, but the four columns stayed alike to the last digit. The network has four neurons and the brains of one, and one neuron cannot do this task: three corners at best.
//
// They are **twins**. Twins hear the same, so they answer the same; they are heard equally, so the same is wanted of them; so their slopes are the same, and after the step they are twins again. This is called *symmetry*, and no step of training can break it. Here are the slopes of the four, for their weight from input 1. **Push one knob of the first neuron to the side.**

// %% id="twins-setup" tags=["setup"] title="a knob that pushes the first neuron"
const push = ui.slider("push neuron 1 by", { min: -1, max: 1, value: 0, step: 0.02 });

// %% id="twins" tags=["auto"]
const four = network();
for (const knob of four.parameters()) nn.init.constant_(knob, 0.5);
const [weights] = four.parameters();
noGrad(() => weights.set([0, 0], 0.5 + push.value)); // neuron 1, input 1
lossOf(four).backward();
const slopes = weights.grad.at([0, 4], 0);
const labels = ["neuron 1", "neuron 2", "neuron 3", "neuron 4"];
plot.bars(slopes, { labels, y: "slope of weight 1", range: [-0.1, 0.1] });

// %% [markdown] id="twins-words"
// At zero there are four equal bars. Pushed by a hair, the first neuron gets a slope of its own, and from then on goes its own way. **That is all the random numbers are for: no two neurons may begin alike.** There is nothing clever in them; they only have to differ.
//
// Throw some yourself. While it runs, *same start* puts every knob back where it was, and *new start* throws again. The table keeps every run.

// %% id="throw-setup" tags=["setup"] title="knobs for the throw, two buttons, and a table of your runs"
const spread = ui.slider("size of the throw", { min: 0.001, max: 10, value: 1, log: true });
const rate = ui.slider("learning rate", { min: 0.01, max: 2, value: 0.3, log: true });

/** Throws the knobs of a network, as PyTorch does it, times the size. */
function throwInto(net: Network, seed: number) {
  manualSeed(seed);
  const fresh = timesOf(network(), spread.value);
  noGrad(() => net.parameters().forEach((knob, i) => knob.copy_(fresh.parameters()[i])));
}

/** Draws a network in training, under two buttons that begin anew. */
function watchThrow(net: Network) {
  let seed = 42;
  const again = (by: number) => () => {
    throwInto(net, (seed += by));
    picture.update();
  };
  ui.button("same start", again(0));
  ui.button("new start", again(1));
  throwInto(net, seed);
  const picture = drawNet(net, () => stateOf(net));
  return {
    update: () => picture.update(),
    note() {
      const loss = lossOf(net).item().toFixed(3);
      const run = { seed, size: short(spread.value), rate: short(rate.value), loss };
      tried.push({ ...run, neurons: differentIn(net), right: rightIn(net, corners) });
      console.table(tried);
    },
  };
}
const tried: Record<string, string | number>[] = [];

// %% id="throw" title="Throw, and train"
const net = network();
const watch = watchThrow(net); // throws the knobs, and draws them
const sgd = optim.SGD(net.parameters(), { lr: rate }); // follows your hand
for (const step of count(4000)) {
  const loss = lossOf(net);
  sgd.zeroGrad();
  loss.backward();
  sgd.step();
  watch.update();
}
watch.note(); // a row of the table for each run

// %% [markdown] id="throw-words"
// Did you find a start that gets stuck? Then the walkers of lesson 3 come to mind: *where you start decides where you end.* How much of it is luck can be counted. A network with only **two** hidden neurons can do this task too: somewhere there are knobs for it.
//
// **Before you run it.** Fifty networks with two neurons each start at fifty random places. From how many of them will training arrive?

// %% id="luck-guess" tags=["predict"]
const luckGuess: number | "?" = "?"; // of fifty, from 25

// %% id="luck-setup" tags=["setup"] title="many networks side by side, trained together"
/** Networks of one form: each knob is stacked into a tensor whose first dimension counts networks. */
function crowdOf(nets: readonly nn.Sequential[]) {
  const all = nets.map((net) => net.parameters());
  const knobs = all[0].map((_, which) => {
    const side = stack(all.map((knobs) => knobs[which])).detach();
    side.requiresGrad = true;
    return side;
  });
  const layers = knobs.length / 2;
  /** `[rows, inputs]` to `[networks, rows, 1]`. */
  const answers = (x: Tensor) => {
    let flow = x;
    for (let layer = 0; layer < layers; layer++) {
      const [weights, biases] = [knobs[2 * layer], knobs[2 * layer + 1]];
      flow = flow.matmul(weights.transpose(1, 2)).add(biases.unsqueeze(1));
      if (layer < layers - 1) flow = flow.tanh();
    }
    return flow;
  };
  return { size: nets.length, knobs, answers };
}
type Crowd = ReturnType<typeof crowdOf>;

/** The loss of each network, `[networks]`. */
function lossesOf({ size, answers }: Crowd, { x, y }: Task): Tensor {
  const wanted = y.broadcastTo([size, y.shape[0], 1]);
  const each = F.bceWithLogits(answers(x), wanted, { reduction: "none" });
  return each.mean([1, 2]);
}

/** The share of a task's points that each network gets right, in percent. */
function percentsOf({ answers }: Crowd, { x, y }: Task): number[] {
  const right = noGrad(() => answers(x))
    .gt(0)
    .eq(y.gt(0.5));
  return Array.from(right.to("f32").mean([1, 2]).mul(100).data);
}

/** Trains all networks at once: the sum of their losses has for each its own slopes. */
function trainAll(crowd: Crowd, task: Task, { steps = 1000, lr = 0.05 } = {}) {
  const opt = optim.Adam(crowd.knobs, { lr });
  for (const step of count(steps)) {
    const total = lossesOf(crowd, task).sum();
    opt.zeroGrad();
    total.backward();
    opt.step();
  }
}

/** The losses that are left after training so many networks of so many neurons, lowest first. */
function lossesFrom(starts: number, neurons: number): number[] {
  const crowd = crowdOf(Array.from({ length: starts }, () => network(neurons)));
  trainAll(crowd, corners);
  return Array.from(noGrad(() => lossesOf(crowd, corners)).data).toSorted((a, b) => a - b);
}

// %% id="luck" title="Fifty starts at once"
manualSeed(42);
const left = { "two neurons": lossesFrom(50, 2), "four neurons": lossesFrom(50, 4) };
plot.line(left, { x: "starts, best first", y: "loss that is left", log: true });
const arrived = left["two neurons"].filter((loss) => loss < 0.05).length;
const arrivedOfFour = left["four neurons"].filter((loss) => loss < 0.05).length;
console.log(`${arrived} of fifty with two neurons; you said ${luckGuess}.`);
console.log(`${arrivedOfFour} of fifty with four.`);

// %% [markdown] id="luck-words"
// With two neurons everything hangs on the throw; those that get stuck stand in a valley that is not the deepest. With four there are more ways down, and hardly a start that finds none. This is one reason why networks are made larger than they need to be, and why nobody who is careful reports a single run.
//
// ## What may start at zero
//
// Is zero forbidden, then? No: *twins* are. Wherever something else already tells two knobs apart, zero is a good start. **Biases**, for instance: if the weights differ, the neurons differ.

// %% id="biases"
manualSeed(42);
const unbiased = network();
const [, hiddenBiases, , lastBias] = unbiased.parameters();
for (const bias of [hiddenBiases, lastBias]) nn.init.zeros_(bias);
train(unbiased, 1000);
console.log(`${stateOf(unbiased)}, ${differentIn(unbiased)} different neurons`);

// %% [markdown] id="single-words"
// And here is a model all of whose knobs start at zero: a single layer, from four measurements of an iris to three scores, one for each species. **Before you run it**: of a hundred irises, how many will it tell apart in the end? (Somebody who guesses gets 33.)

// %% id="single-guess" tags=["predict"]
const singleGuess: number | "?" = "?"; // of a hundred, from 50

// %% id="single"
const irises = data.load("iris").standardize();
const single = nn.Linear(4, 3);
for (const knob of single.parameters()) nn.init.zeros_(knob); // all fifteen
const adam = optim.Adam(single.parameters(), { lr: 0.05 });
for (const step of count(300)) {
  const loss = F.crossEntropy(single(irises.x), irises.y);
  adam.zeroGrad();
  loss.backward();
  adam.step();
}
const told = (100 * accuracy(single, irises)).toFixed(1);
console.log(`${told} of a hundred; you said ${singleGuess}.`);

// %% [markdown] id="single-after"
// No layer waits for another here: flowers come in. And the three outputs are no twins, because of each something else is wanted: its own species. Only *hidden* neurons, of which nobody wants anything in particular, must be told apart by chance.
//
// ## How large?
//
// Random, then. But numbers around a thousandth are random, and numbers around a thousand are too. In a deep network this matters more than anything else. Here two hundred rows of a hundred random numbers go through six layers of a hundred neurons. Each panel counts the answers of one layer, and says how far they **spread**. **Find a size at which all six panels look alike. Then change the bend.**

// %% id="deep-setup" tags=["setup"] title="six layers of random weights, a pen that counts, and two knobs"
manualSeed(42);
const WIDTH = 100;
const rows = randn([200, WIDTH]);
const sixLayers = Array.from({ length: 6 }, () => randn([WIDTH, WIDTH]));

/** How far numbers spread: one standard deviation. */
const spreadOf = (numbers: Tensor) => numbers.std().item();
/** The share of numbers that stand at the ends of tanh, where it is flat. */
const flatShare = (numbers: Tensor) => numbers.abs().gt(0.97).to("f32").mean().item();

/** Counts numbers in bins from -2 to 2; what lies outside goes into the last bin on its side. */
function countsOf(numbers: Tensor) {
  const bins = Array.from({ length: 41 }, () => 0);
  for (const value of numbers.data)
    bins[Math.round(Math.min(2, Math.max(-2, value)) * 10) + 20] += 1 / numbers.numel();
  return bins;
}

/** Draws the answers of each layer as bars: how many there are of each size. */
function drawLayers(layers: readonly Tensor[]) {
  const at = countsOf(layers[0]).map((_, i) => (i - 20) / 10);
  const place = (i: number) => ({ across: i % 3, down: Math.floor(i / 3) });
  const axis = (name: string, i: number) => (i === 0 ? name : `${name}${i + 1}`);
  const panels = layers.map((layer, i) => {
    const { across, down } = place(i);
    const left = across * 0.345;
    const low = down === 0 ? 0.58 : 0;
    return {
      trace: {
        type: "bar",
        x: at,
        y: countsOf(layer),
        marker: { color: signed(1) },
        hoverinfo: "skip",
        xaxis: axis("x", i),
        yaxis: axis("y", i),
      },
      axes: {
        [axis("xaxis", i)]: {
          range: [-2.1, 2.1],
          domain: [left, left + 0.31],
          anchor: axis("y", i),
          tickvals: [-1, 0, 1],
          showgrid: false,
        },
        [axis("yaxis", i)]: {
          ...bare,
          domain: [low, low + 0.34],
          range: [0, 0.3],
          anchor: axis("x", i),
        },
      },
      words: {
        ...above(`layer ${i + 1}: <b>${short(spreadOf(layer))}</b>`, left),
        y: low + 0.34,
        yshift: 2,
      },
    };
  });
  return plot.drawing(() => ({
    data: panels.map(({ trace }) => trace),
    layout: {
      ...Object.assign({}, ...panels.map(({ axes }) => axes)),
      annotations: panels.map(({ words }) => words),
      bargap: 0,
      margin: { l: 8, r: 8, t: 24, b: 24 },
      height: 270,
    },
    words: `spread of six layers: ${layers.map((layer) => short(spreadOf(layer))).join(", ")}`,
  }));
}

const bends = {
  tanh: (sum: Tensor) => sum.tanh(),
  ReLU: (sum: Tensor) => sum.relu(),
};
const weightSize = ui.slider("size of the weights", { min: 0.003, max: 3, value: 1, log: true });
const bend = ui.select("bend", bends);

// %% id="deep" tags=["auto"]
function answersOf(size: number, bend: (sum: Tensor) => Tensor) {
  const answers: Tensor[] = [];
  let flow = rows; // [200, 100]
  for (const weights of sixLayers) {
    flow = bend(flow.matmul(weights.mul(size))); // mix, and bend
    answers.push(flow);
  }
  return answers;
}
drawLayers(answersOf(weightSize.value, bend.value));

// %% [markdown] id="deep-words"
// Too small, and each layer whispers more softly than the one before; the last says the same to every row. Too large, and tanh is pushed to its ends, where it is flat; with ReLU, which has no ends, the numbers grow until they leave the picture.
//
// **Before you run the next cell**: weights of a size of 0.01 look harmless. How far do the answers of layer six spread?

// %% id="whisper-guess" tags=["predict"]
const whisperGuess: number | "?" = "?"; // from 0.01

// %% id="whisper-setup" tags=["setup"] title="spreads layer by layer, and a pen for them"
/** How far the answers of each layer spread. */
const spreads = (size: number, bend: (sum: Tensor) => Tensor) =>
  answersOf(size, bend).map(spreadOf);
/** What something is for each of three sizes, by name. */
const bySize = (of: (size: number) => number[]) =>
  Object.fromEntries([0.01, 0.1, 1].map((size) => [`size ${size}`, of(size)]));
/** Draws a line over the six layers for each name. */
const drawByLayer = (lines: Record<string, number[]>, y: string) =>
  plot.line([1, 2, 3, 4, 5, 6], lines, { x: "layer", y, log: true });

// %% id="whisper"
const tanhAt = (size: number) => spreads(size, bends.tanh);
drawByLayer(bySize(tanhAt), "spread");
const whispered = tanhAt(0.01)[5]; // layer six
console.log(`Layer six: ${whispered.toExponential(1)}; you said ${whisperGuess}.`);
const atEnds = 100 * flatShare(answersOf(1, bends.tanh)[5]);
console.log(`At size 1, ${atEnds.toFixed(0)} % of them stand where tanh is flat.`);

// %% [markdown] id="back-words"
// What goes forward badly comes back badly. These are the slopes of the same weights, layer by layer, for a loss at the end. Too small, and hardly a slope is left for anyone; too large, and the first layers are pulled about far more than the last, so that no learning rate suits all.

// %% id="back"
function slopesOf(size: number) {
  const knobs = sixLayers.map((weights) => weights.mul(size));
  for (const knob of knobs) knob.requiresGrad = true;
  const last = knobs.reduce((flow, knob) => flow.matmul(knob).tanh(), rows);
  last.sum().backward();
  return knobs.map((knob) => knob.grad.norm().item());
}
drawByLayer(bySize(slopesOf), "slopes");

// %% [markdown] id="rule-words"
// ## The rule
//
// A neuron adds up $n$ products, each of a weight and an input. If they are independent and each has mean zero, their *variances* add up: the sum spreads $\sqrt n$ times as far as one product. To give out what came in, weights must spread
//
// $$\frac{1}{\sqrt n}$$
//
// That is **Xavier's** start, for tanh. ReLU silences half of the sums, and with them half of the variance. To make up for it, **He's** start for ReLU is larger by $\sqrt 2$:
//
// $$\sqrt{\frac{2}{n}}$$
//
// So the size depends on one thing: how many inputs a neuron has. (X. Glorot and Y. Bengio, 2010; K. He and others, 2015.)

// %% id="rule"
const [xavier, he] = [1 / Math.sqrt(WIDTH), Math.sqrt(2 / WIDTH)];
const rules = {
  "tanh, Xavier": spreads(xavier, bends.tanh),
  "ReLU, Xavier": spreads(xavier, bends.ReLU),
  "ReLU, He": spreads(he, bends.ReLU),
  "ReLU, half": spreads(0.5, bends.ReLU),
};
drawByLayer(rules, "spread");

// %% [markdown] id="layers-words"
// You rarely write this yourself: layers start by such a rule as soon as they are made, and `nn.init` has others. Here are the weights of a layer with a hundred inputs, by three rules.

// %% id="layers"
const made = {
  "as nn.Linear makes them": nn.Linear(WIDTH, WIDTH).weight,
  xavierNormal_: nn.init.xavierNormal_(nn.Linear(WIDTH, WIDTH).weight),
  "kaimingNormal_ (He)": nn.init.kaimingNormal_(nn.Linear(WIDTH, WIDTH).weight),
};
for (const [rule, weights] of Object.entries(made))
  console.log(`${rule.padEnd(24)} spread ${short(spreadOf(weights))}`);

// %% [markdown] id="first-words"
// ## The first loss tells
//
// There is a test of a start that takes one line. A network that knows nothing should say so: the same to each of $k$ classes, $1/k$. The loss is minus the logarithm of what it believed of the truth, so the first loss should be
//
// $$-\ln \tfrac{1}{k} = \ln k$$
//
// Here is a network for ten digits, untrained. The bars are what it believes of one digit. **Make its last layer louder, and watch the loss.**

// %% id="first-setup" tags=["setup"] title="digits, a hidden layer that nobody trained, and a knob for the last one"
manualSeed(42);
const digits = data.load("digits");
const mixed = noGrad(() => nn.Linear(64, 32)(digits.x).relu());
const lastWeights = nn.Linear(32, 10).weight.detach().T;
const loudness = ui.slider("last layer, times", { min: 0, max: 40, value: 20, step: 0.5 });

// %% id="first" tags=["auto"]
const scores = mixed.matmul(lastWeights.mul(loudness.value));
const firstLoss = F.crossEntropy(scores, digits.y).item();
const first = firstLoss.toFixed(2);
const title = `first loss ${first}; ln 10 is ${Math.log(10).toFixed(2)}`;
const believed = scores.at(0).softmax(0);
plot.bars(believed, { title, x: "digit", y: "believed", range: [0, 1] });

// %% [markdown] id="first-after"
// A network with a loud last layer is sure of itself before it has seen anything, and mostly wrong. Its first hundred steps go into unlearning that. If a first loss lies far above $\ln k$, look at the start.
//
// ## On two spirals
//
// At last all of it at once: a network of two hidden layers with sixteen neurons each, two spirals to tell apart, and three starts. **Before you run it**: how many percent will the network get right whose knobs all start at one half?

// %% id="spiral-guess" tags=["predict"]
const spiralGuess: number | "?" = "?"; // percent, from 50

// %% id="spiral-setup" tags=["setup"] title="two spirals, a deeper network, and three maps side by side"
const spiral = taskOf(data.load("spiral", { n: 200 }));
const deep = () =>
  nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 16), nn.Tanh(), nn.Linear(16, 1));
type Deep = ReturnType<typeof deep>;
const percentOf = (net: Deep) => (100 * rightIn(net, spiral)) / spiral.x.shape[0];

/** A deep network whose knobs all stand at a number. */
function constant(value: number) {
  const net = deep();
  for (const knob of net.parameters()) nn.init.constant_(knob, value);
  return net;
}

/** Draws what three networks say of the spirals, side by side. */
function drawMaps(nets: readonly Deep[]) {
  const names = ["zero", "one half", "random"];
  const ends = [-6, 6] as const;
  return plot.drawing(() => {
    const titles = nets.map((net, i) => `${names[i]}: ${percentOf(net).toFixed(0)} %`);
    const axes = nets.map((_, i) => {
      const name = i === 0 ? "" : String(i + 1);
      const left = i * 0.345;
      return { name, left, square: squareIn([left, left + 0.31], ends, `y${name}`) };
    });
    return {
      data: nets.flatMap((net, i) =>
        mapOf(net, spiral, ends).map((trace) => ({
          ...trace,
          xaxis: `x${axes[i].name}`,
          yaxis: `y${axes[i].name}`,
        })),
      ),
      layout: {
        ...Object.fromEntries(
          axes.flatMap(({ name, square }) => [
            [`xaxis${name}`, square.xaxis],
            [`yaxis${name}`, { ...square.yaxis, anchor: `x${name}` }],
          ]),
        ),
        annotations: titles.map((title, i) => above(title, axes[i].left)),
        margin: { l: 8, r: 8, t: 28, b: 8 },
        height: 270,
      },
      words: `maps of two spirals, and what is right: ${titles.join("; ")}`,
    };
  });
}

// %% id="spiral" title="Three starts on two spirals"
manualSeed(42);
const three = [constant(0), constant(0.5), deep()];
const knobs = three.flatMap((net) => net.parameters());
const solver = optim.Adam(knobs, { lr: 0.02 });
const maps = drawMaps(three);
for (const step of count(400)) {
  const losses = three.map((net) => F.bceWithLogits(net(spiral.x), spiral.y));
  solver.zeroGrad();
  losses[0].add(losses[1]).add(losses[2]).backward(); // each has its own slopes
  solver.step();
  maps.update();
}

// %% id="spiral-answer"
const ofHalf = percentOf(three[1]).toFixed(0);
console.log(`From one half ${ofHalf} percent; you said ${spiralGuess}.`);

// %% [markdown] id="answer-words"
// From zero, nothing. From one half, sixteen neurons that are one can draw a single straight line. From random numbers, the spirals.
//
// And the size? Thirteen networks with the same random directions, but all weights times a factor. In the middle, at 1, is Xavier's rule.

// %% id="answer-setup" tags=["setup"] title="networks that differ in nothing but the size of their start"
/** A network that starts by Xavier's rule with biases of zero, its weights times a factor. */
function startedAt(factor: number) {
  manualSeed(42); // the same throw for each
  const net = deep();
  for (const knob of net.parameters())
    if (knob.ndim === 2) nn.init.xavierNormal_(knob, { gain: factor });
    else nn.init.zeros_(knob);
  return net;
}

// %% id="answer" title="The same throw in thirteen sizes"
const factors = Array.from({ length: 13 }, (_, i) => 10 ** ((i - 6) / 3));
const crowd = crowdOf(factors.map(startedAt));
trainAll(crowd, spiral, { steps: 300, lr: 0.02 });
const percents = percentsOf(crowd, spiral);
plot.line(factors, percents, {
  x: "size of the start, times Xavier's",
  y: "percent right after 300 steps",
  log: "x",
  marks: [{ x: 1, label: "1/√n" }],
});

// %% [markdown] id="answer-after"
// The answer to the question at the top. *Why random?* So that no two neurons begin as twins. *How large?* So large that each layer passes on what it hears, neither whispering nor shouting: about one over the square root of the inputs.

// %% [markdown] id="exercises"
// ## Your turn
//
// Four exercises. Each has a check that says what is not right yet, three hints and a solution.

// %% id="ex-setup" tags=["setup"] title="what the exercises use: a training from given weights, and other layers"
/** A network whose hidden weights are given and whose other knobs are one half, trained. */
function trainedFrom(given: readonly (readonly number[])[]) {
  const net = network();
  for (const knob of net.parameters()) nn.init.constant_(knob, 0.5);
  noGrad(() => net.parameters()[0].copy_(tensor(given.map((row) => [...row]))));
  train(net, 1000);
  return net;
}

/** How far the answers of a sixth ReLU layer spread, with other random weights of a size. */
function sixthSpread(size: number) {
  let flow = randn([200, WIDTH]);
  for (let layer = 0; layer < 6; layer++)
    flow = flow.matmul(randn([WIDTH, WIDTH]).mul(size)).relu();
  return spreadOf(flow);
}

// %% [exercise] id="ex-twins" title="Break the symmetry"
// The weights of four neurons. Change two numbers at most: get all corners right.
const given = [
  [0.5, 0.5],
  [0.5, 0.5],
  [0.5, 0.5],
  [0.5, 0.5],
];
const broken = trainedFrom(given);
drawNet(broken, () => stateOf(broken));

// %% id="ex-twins-check" tags=["check"] for="ex-twins"
expect(given).shape([4, 2], "four neurons, each with two weights");
const changed = given.flat().filter((weight) => weight !== 0.5).length;
expect(changed).below(3, "so many numbers are changed: two are enough");
const trained = trainedFrom(given);
const kinds = differentIn(trained);
const twins = "different neurons: give one of them a weight that no other has";
expect(kinds).above(1, twins);
const stuck =
  "corners right: this start gets stuck - push one weight of two neurons far from one half";
expect(rightIn(trained, corners)).above(3, stuck);

// %% [markdown] id="ex-twins-hint-1" tags=["hint"] for="ex-twins" title="where to look"
// Look at the columns of the picture. As long as all four are alike, they are one neuron. Which number would make one column different?

// %% [markdown] id="ex-twins-hint-2" tags=["hint"] for="ex-twins" title="the rule"
// Any number in one row that the other rows do not have breaks the symmetry. To do different work, neurons should also look different ways: change one weight in each of *two* rows, and go below zero.

// %% [markdown] id="ex-twins-hint-3" tags=["hint"] for="ex-twins" title="the line, with a blank"
// The first row: `[-0.5, 0.5],` and the second: `[0.5, ____],`

// %% id="ex-twins-solution" tags=["solution"] for="ex-twins"
// One neuron turns away from the first input, one from the second: no twins are left of them.
const given = [
  [-0.5, 0.5],
  [0.5, -0.5],
  [0.5, 0.5],
  [0.5, 0.5],
];
const broken = trainedFrom(given);
drawNet(broken, () => stateOf(broken));

// %% [exercise] id="ex-size" title="The size for ReLU"
// Six layers of a hundred ReLU neurons: the sixth should spread like the first.
const mySize = 1;
drawLayers(answersOf(mySize, bends.ReLU));

// %% id="ex-size-check" tags=["check"] for="ex-size"
const silent = "a size of zero says nothing at all";
expect(Math.abs(mySize)).above(0, silent);
const draws = [1, 2, 3].map(() => sixthSpread(mySize));
const middle = draws.toSorted((a, b) => a - b)[1];
const isXavier = Math.abs(mySize - 0.1) < 0.005;
const half = "layer six whispers: ReLU silences half of the sums, and that must be made up for";
const whispers = "layer six whispers, with other random weights: larger";
expect(middle).above(0.3, isXavier ? half : whispers);
expect(middle).below(1.3, "layer six shouts, with other random weights: smaller");

// %% [markdown] id="ex-size-hint-1" tags=["hint"] for="ex-size" title="where to look"
// Look at the spread written above the six panels. Does it grow from layer to layer, or shrink? You can also turn the knobs above *How large?*

// %% [markdown] id="ex-size-hint-2" tags=["hint"] for="ex-size" title="the rule"
// For ReLU it is He's rule: the square root of two over the inputs of a neuron.

// %% [markdown] id="ex-size-hint-3" tags=["hint"] for="ex-size" title="the line, with a blank"
// `const mySize = Math.sqrt(____ / 100);`

// %% id="ex-size-solution" tags=["solution"] for="ex-size"
const mySize = Math.sqrt(2 / WIDTH); // two, because ReLU silences half
drawLayers(answersOf(mySize, bends.ReLU));

// %% [exercise] id="ex-first" title="What should the first loss be?"
// The first loss of a network that knows nothing, for so many classes.
const firstLossOf = (classes: number) => 1 / classes;
firstLossOf(27);

// %% id="ex-first-check" tags=["check"] for="ex-first"
expect.each([2, 10, 27, 50257], (classes) => {
  const ignorant = tensor([Array.from({ length: classes }, () => 0)]);
  const truth = F.crossEntropy(ignorant, tensor([1], { dtype: "i32" })).item();
  expect(firstLossOf(classes))
    .mistake(1 / classes, "this is what it believes: the loss is minus the logarithm of that")
    .mistake(-truth, "the logarithm of a share is below zero: a minus is missing")
    .mistake(Math.log2(classes), "the natural logarithm: Math.log, not Math.log2")
    .mistake(Math.log10(classes), "the natural logarithm: Math.log, not Math.log10")
    .close(truth, { rtol: 1e-4 }, "minus the logarithm of what it believes of the truth");
});

// %% [markdown] id="ex-first-hint-1" tags=["hint"] for="ex-first" title="where to look"
// The formula stands under *The first loss tells*. The starter has the share that each class gets; what does the loss make of it?

// %% [markdown] id="ex-first-hint-2" tags=["hint"] for="ex-first" title="the rule"
// Minus the natural logarithm of one over the number of classes. `Math.log` is the natural logarithm.

// %% [markdown] id="ex-first-hint-3" tags=["hint"] for="ex-first" title="the line, with a blank"
// `const firstLossOf = (classes: number) => -Math.log(____);`

// %% id="ex-first-solution" tags=["solution"] for="ex-first"
const firstLossOf = (classes: number) => -Math.log(1 / classes); // the same as Math.log(classes)
firstLossOf(27);

// %% [exercise] id="ex-he" title="Write He's start"
// Random weights for ReLU, [outputs, inputs] as the engine keeps them.
function heStart(inputs: number, outputs: number): Tensor {
  return randn([outputs, inputs]);
}
short(spreadOf(heStart(200, 50)));

// %% id="ex-he-check" tags=["check"] for="ex-he"
const forms = [
  [50, 400],
  [200, 120],
  [800, 60],
];
expect.each(forms, ([inputs, outputs]) => {
  const weights = heStart(inputs, outputs);
  expect(weights).shape([outputs, inputs], "one row for each output");
  const wanted = Math.sqrt(2 / inputs);
  const [mean, spread] = [weights.mean().item(), spreadOf(weights)];
  const known: readonly (readonly [number, string])[] = [
    [1, "the spread is not scaled yet: multiply"],
    [0, "all weights are alike: twins"],
    [2 / inputs, "this is the variance: the spread is its square root"],
    [1 / Math.sqrt(inputs), "this is Xavier's: ReLU silences half"],
    [1 / inputs, "the square root is missing"],
    [Math.sqrt(2 / outputs), "count the inputs of a neuron, not the outputs"],
    [wanted / Math.sqrt(12), "rand() is uniform and above zero: take randn()"],
  ];
  const why = known.find(([each]) => Math.abs(spread - each) < 0.03 * each + 1e-9)?.[1];
  expect(spread).close(wanted, { rtol: 0.04 }, why ?? "the square root of two over the inputs");
  expect(mean).close(0, { atol: wanted / 20 }, "as many above zero as below: the mean is off");
});

// %% [markdown] id="ex-he-hint-1" tags=["hint"] for="ex-he" title="where to look"
// `randn` spreads by one, whatever the shape. Multiply what it gives by the size that you want.

// %% [markdown] id="ex-he-hint-2" tags=["hint"] for="ex-he" title="the rule"
// The size is the square root of two over the inputs. `tensor.mul(number)` multiplies every number of a tensor.

// %% [markdown] id="ex-he-hint-3" tags=["hint"] for="ex-he" title="the line, with a blank"
// `return randn([outputs, inputs]).mul(Math.sqrt(2 / ____));`

// %% id="ex-he-solution" tags=["solution"] for="ex-he"
function heStart(inputs: number, outputs: number): Tensor {
  return randn([outputs, inputs]).mul(Math.sqrt(2 / inputs)); // as many inputs, so much smaller
}
short(spreadOf(heStart(200, 50)));

// %% [markdown] id="recap"
// ## What you take along
//
// - Neurons that start alike stay alike: they are **twins**, and training cannot part them. Random weights **break the symmetry**.
// - The **size** of a start decides what deep layers hear: about $1/\sqrt n$ for tanh (Xavier), $\sqrt{2/n}$ for ReLU (He).
// - The **first loss** of $k$ classes should be $\ln k$. And another seed is another start: never trust a single run.

// %% [markdown] id="quiz" tags=["quiz"]
// ### Two questions
//
// A colleague starts all weights at `0.01`, since small numbers are good. What happens?
//
// - [ ] It trains well, only slowly at first: small was right. All the *same* is what spoils it.
// - [x] It trains as if each hidden layer had a single neuron: it is not the size that breaks symmetry but the difference: small *random* numbers would do.
// - [ ] Nothing moves at all: that is what zeros do. Here the twins move, all of them alike.
//
// You double the inputs of each neuron, and keep the spread of the weights. What changes?
//
// - [ ] Nothing, as the weights are the same: each sum has twice as many of them.
// - [ ] Each sum spreads half as far: more terms spread a sum further, not less.
// - [x] Each sum spreads $\sqrt 2$ times as far, in every layer again: a few layers on, tanh is flat, or the numbers of ReLU have grown large. Divide the spread by $\sqrt 2$.

// %% [markdown] id="simplified"
// ### What the article simplifies
//
// *Usually with small random values or specific constants. This randomness breaks symmetry: if all weights started at zero, neurons couldn't learn to differentiate.* True, and you have seen three things more. From zero they do not merely fail to differentiate: here not one knob moved. Constants are fine where something else tells knobs apart, as for biases or the last layer, and they are no help for hidden weights. And *small* is not enough of a rule: how small depends on how many inputs a neuron has.

// %% [markdown] id="next"
// **Next: [lesson 7](?lesson=07).** The size of a start, the learning rate, the number of neurons: you have been choosing numbers all along that no training ever turns. They have a name.
