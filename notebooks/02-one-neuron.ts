// ---
// title: One neuron, and its two kinds of knobs
// question: What does a weight do, what does a bias do, and what is lost without one?
// minutes: 25
// order: 2
// needs: [1]
// ---

// %% [markdown] id="opening"
// # One neuron
//
// Every network is made of one small part, many times over: the **neuron**. It listens to a few numbers and answers with one, and it has two kinds of knobs. **Drag the first weight down to zero, and on below zero; then drag the bias.** What does each of them do?

// %% id="setup" tags=["setup"] title="a pen for neurons, two tones, and three knobs"
import { data, expect, F, linspace, manualSeed, nn, noGrad, optim, plot } from "descent";
import { progress, rand, randn, tensor, ui, type Tensor } from "descent";

const ink = { text: "#24231f", quiet: "#67635a", rule: "#b9b3a5", paper: "#fdfcf9" };
const signed = (value: number) => (value < 0 ? "#c9620a" : "#1f6fb5"); // orange, blue
const short = (value: number) => String(Number(value.toPrecision(3))).replace("-", "−");

/** A neuron: a line for each input, as thick as its weight is large. Blue adds, orange takes away. */
function pictureOf(weights: Record<string, number>, bias: number): plot.DrawingParts {
  const inputs = [...Object.entries(weights), ["always 1", bias] as const];
  const row = (i: number) => (inputs.length - 1) / 2 - i;
  const bare = { visible: false, fixedrange: true };
  const box = (text: string, x: number, y: number) => ({
    x,
    y,
    text,
    showarrow: false,
    bgcolor: ink.paper,
    bordercolor: ink.rule,
    borderwidth: 1.5,
    borderpad: 4,
  });
  const strength = (weight: number, i: number) => ({
    x: 0.5,
    y: row(i) / 2,
    text: `<b>${short(weight)}</b>`,
    showarrow: false,
    bgcolor: ink.paper,
    font: { color: weight === 0 ? ink.quiet : signed(weight) },
  });
  return {
    data: inputs.map(([name, weight], i) => ({
      type: "scatter",
      mode: "lines",
      hoverinfo: "skip",
      name,
      x: [0, 1],
      y: [row(i), 0],
      line: {
        color: weight === 0 ? ink.rule : signed(weight),
        width: Math.min(16, 1 + 3 * Math.abs(weight)),
        dash: weight === 0 ? "dot" : "solid",
      },
    })),
    layout: {
      xaxis: { ...bare, range: [-0.3, 1.3] },
      yaxis: { ...bare, range: [-0.5 - row(0), 0.5 + row(0)] },
      annotations: [
        ...inputs.map(([, weight], i) => strength(weight, i)),
        ...inputs.map(([name], i) => box(name, 0, row(i))),
        box("sum", 1, 0),
      ],
      margin: { t: 0, r: 0, b: 0, l: 0 },
      height: 36 * inputs.length,
    },
    words: `a neuron with ${inputs.map(([name, weight]) => `${short(weight)} times ${name}`).join(", ")}`,
  };
}

/** Draws a neuron. */
const drawNeuron = (weights: Record<string, number>, bias: number) =>
  plot.drawing(() => pictureOf(weights, bias));

/** Counts steps under the cell's bar. */
const count = (steps: number) => progress(Array.from({ length: steps }, (_, at) => at));

const lowTone = (time: number) => Math.sin(time);
const highTone = (time: number) => 0.6 * Math.sin(5 * time + 1);
const time = linspace(0, 2 * Math.PI, 200);

const mixer = {
  first: ui.slider("first weight", { min: -2, max: 2, value: 1, step: 0.1 }),
  second: ui.slider("second weight", { min: -2, max: 2, value: 0.5, step: 0.1 }),
  bias: ui.slider("bias", { min: -2, max: 2, value: 0, step: 0.1 }),
};

/** Draws two tones, and what becomes of them. */
function drawMix(mix: (low: number, high: number) => number) {
  const sum = (at: number) => mix(lowTone(at), highTone(at));
  const times = Array.from(time.data);
  const tones = [
    { name: "low tone", of: lowTone, line: { color: "#008a64", width: 1.5, dash: "dash" } },
    { name: "high tone", of: highTone, line: { color: "#b4558f", width: 1.5, dash: "dot" } },
    { name: "sum", of: sum, line: { color: "#1f6fb5", width: 3 } },
  ];
  const names = tones.map(({ name, line }) => `<span style="color:${line.color}">${name}</span>`);
  return plot.drawing(() => ({
    data: tones.map(({ name, of, line }) => ({
      type: "scatter",
      mode: "lines",
      name,
      x: times,
      y: times.map(of),
      line,
    })),
    layout: {
      xaxis: { range: [0, 2 * Math.PI], showticklabels: false, ticks: "" },
      yaxis: { range: [-3.6, 3.6] },
      annotations: [words(names.join("&nbsp;&nbsp; "), 1, "right")],
      margin: { t: 24, b: 8 },
      height: 215,
    },
    words: `two tones and their sum, which is ${short(sum(0))} at first`,
  }));
}

/** Words above a figure, from its left edge or to its right one. */
const words = (text: string, x: number, xanchor = "left") => ({
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

// %% id="mix" tags=["auto"]
const [w1, w2, b] = [mixer.first.value, mixer.second.value, mixer.bias.value];
drawMix((low, high) => w1 * low + w2 * high + b);

// %% [markdown] id="mix-words"
// Two tones come in, one sum goes out: `w1 * low + w2 * high + b`. This is all that a neuron computes before it answers.
//
// - A **weight** says how loudly one input is heard. It is a volume knob. At zero its input falls silent; below zero it is heard upside down.
// - The **bias** is added to the sum whatever comes in. It lifts the whole sum or lowers it.
//
// This is how neurons are drawn. Every line is a knob, as thick as the knob is far from zero: blue adds, orange takes away. The bias is drawn as the weight of an input that is always 1. Turn the knobs above once more: the drawing follows.

// %% id="drawn" tags=["auto"]
drawNeuron({ "low tone": w1, "high tone": w2 }, b);

// %% [markdown] id="mix-predict"
// **Before you go on.** At one moment the low tone stands at 0.8 and the high one at 0.3. With a first weight of −1, a second of 0 and a bias of 0.5, where does the sum stand?

// %% id="mix-guess" tags=["predict"]
const mixGuess: number | "?" = "?";

// %% id="mix-answer"
const sumThen = -1 * 0.8 + 0 * 0.3 + 0.5;
console.log(`The sum stands at ${short(sumThen)}; you said ${mixGuess}.`);

// %% [markdown] id="sigmoid-words"
// ## A soft yes or no
//
// A sum can be any number. A neuron that is to say *yes* or *no* bends it into the space between 0 and 1, with a curve called **sigmoid**: a sum far below zero becomes nearly 0, one far above nearly 1, and a sum of exactly zero one half, which means *I cannot tell*.
//
// $$\sigma(s) = \frac{1}{1 + e^{-s}}$$
//
// Here is a neuron with one input **x**. The dot marks where it cannot tell. **Drag the bias, and watch the dot; then the weight.**

// %% id="sigmoid-setup" tags=["setup"] title="two knobs, and a pen that marks one half"
const soft = {
  weight: ui.slider("weight", { min: -5, max: 5, value: 1, step: 0.1 }),
  bias: ui.slider("bias of the curve", { min: -6, max: 6, value: 2, step: 0.1 }),
};

/** Draws an answer for each x, and a dot at one half; nowhere, where the curve is flat. */
function drawAnswer(answer: (x: number) => number, middle: number) {
  const xs = Array.from({ length: 161 }, (_, i) => -8 + i / 10);
  const isSeen = Math.abs(middle) <= 8;
  const where = Number.isFinite(middle)
    ? `one half at x = ${short(middle)}`
    : "the same for every x";
  return plot.drawing(() => ({
    data: [
      { x: xs, y: xs.map(answer), mode: "lines", name: "answer", line: { color: signed(1) } },
      {
        x: isSeen ? [middle, middle] : [],
        y: [0, 0.5],
        mode: "lines",
        hoverinfo: "skip",
        line: { color: ink.rule, dash: "dot" },
      },
      {
        x: isSeen ? [middle] : [],
        y: [0.5],
        mode: "markers",
        name: "one half",
        marker: { size: 12, color: signed(-1) },
      },
    ],
    layout: {
      title: { text: where },
      xaxis: { range: [-8, 8], title: { text: "x" } },
      yaxis: { range: [-0.05, 1.05] },
    },
    words: `the answer over x, ${where}`,
  }));
}

// %% id="sigmoid" tags=["auto"]
const sigmoid = (sum: number) => 1 / (1 + Math.exp(-sum));
const [weight, bias] = [soft.weight.value, soft.bias.value];
drawAnswer((x) => sigmoid(weight * x + bias), -bias / weight);

// %% [markdown] id="sigmoid-after"
// The **bias** slides the curve to the left or to the right, and leaves its form alone. The **weight** makes it steep or gentle, and a negative one turns it round: now small x mean *yes*. The dot sits where the sum is zero: $wx + b = 0$, and so $x = -\frac{b}{w}$.
//
// **Before you go on.** Somebody doubles the weight and does not touch the bias. Does the dot *stay*, go *half* as far from zero, or *double*?

// %% id="dot-guess" tags=["predict"]
const dotGuess = "?"; // "stay", "half" or "double"

// %% id="dot"
const dotOf = (weight: number, bias: number) => -bias / weight;
const [dot, moved] = [dotOf(1.5, 3), dotOf(3, 3)];
const became = { 0.5: "half", 1: "stay", 2: "double" }[moved / dot];
console.log(`${short(dot)} to ${short(moved)} is ${became}; you said ${dotGuess}.`);

// %% [markdown] id="bound-words"
// ## Take the bias away
//
// Without a bias, a sum of nothing is nothing: where the input is 0, so is the answer. A line without one must go through the corner where both axes are zero. Here is a sunflower that was 40 cm tall on the day it was bought, and is measured for ten weeks. **Drag the growth until the line fits as well as it can.**

// %% id="bound-setup" tags=["setup"] title="a sunflower, and a knob for its growth"
// Made up: it grows 3 cm a week, and nobody measures exactly.
manualSeed(42);
const weeks = linspace(0, 10, 30).reshape([30, 1]);
const heights = weeks
  .mul(3)
  .add(40)
  .add(randn([30, 1]).mul(2));
const flower = { x: Array.from(weeks.data), y: Array.from(heights.data) };
const growth = ui.slider("growth a week", { min: 0, max: 20, value: 3, step: 0.1 });

type Line = (week: number) => number;

/** The mean of the squared misses of a line. */
function errorOf(line: Line) {
  const misses = flower.x.map((week, i) => line(week) - flower.y[i]);
  return misses.reduce((sum, miss) => sum + miss ** 2, 0) / misses.length;
}

/** Draws lines over the sunflower; a single one with its misses. */
function drawFlower(line: Line | Record<string, Line>) {
  const axes = { x: "weeks", y: "cm", range: [0, 100] } as const;
  const title = typeof line === "function" ? `error ${errorOf(line).toFixed(1)}` : undefined;
  const options = { ...axes, line, residuals: title !== undefined };
  plot.scatter(flower, title === undefined ? options : { ...options, title });
}

/** The line of a model with one input. */
function lineOf(model: nn.Linear): Line {
  const [weight = 0, bias = 0] = model.parameters().map((knob) => knob.item());
  return (week) => weight * week + bias;
}

const miss = (model: nn.Linear) => F.mse(model(weeks), heights);

// %% id="bound" tags=["auto"]
const grown = (week: number) => growth.value * week; // no bias: 0 at week 0
drawFlower(grown);

// %% [markdown] id="bound-predict"
// Whatever you do, it starts at zero and the flower does not. So it grows far too fast, to make up for it. Now a machine turns the knobs: of a line that is **bound** to the corner, and of one that is **free** to start where it likes, because it has a bias.
//
// **Before you run it.** You have seen how low the bound line gets in your hand. How low does it get in the machine's?

// %% id="bound-guess" tags=["predict"]
const boundGuess: number | "?" = "?";

// %% id="bound-train" title="Train both lines"
manualSeed(42); // another number here, another random start
const bound = nn.Linear(1, 1, { bias: false }); // w * week
const free = nn.Linear(1, 1); // w * week + b
const sgd = optim.SGD([...bound.parameters(), ...free.parameters()], { lr: 0.02 });
const race = plot.live({ y: "error", log: true });
for (const step of count(1500)) {
  const errors = { bound: miss(bound), free: miss(free) }; // how wrong is each?
  sgd.zeroGrad(); // forget the slopes of the step before
  errors.bound.add(errors.free).backward(); // which way is downhill, for each?
  sgd.step(); // turn each a little that way
  race.push(errors);
}

// %% id="bound-compare"
drawFlower({ bound: lineOf(bound), free: lineOf(free) });
const lowest = errorOf(lineOf(bound)).toFixed(0);
console.log(`You guessed ${boundGuess}. The bound line got down to ${lowest},`);
console.log(`the free one to ${errorOf(lineOf(free)).toFixed(1)}.`);

// %% [markdown] id="bound-after"
// A hundred times as many steps would not help the bound line. It has found the best place that it can reach; the good place is out of its reach. That is what one missing number does.
//
// ## A neuron that tells penguins apart
//
// Now a neuron with work to do. Adélie and chinstrap penguins live on the same islands. Each dot below is a bird, placed by the length and the depth of its bill. The neuron adds up both, each with its weight, adds its bias, and bends the sum: nearly 1 means *chinstrap*, nearly 0 means *Adélie*. On the line between the colours it cannot tell.
//
// **Turn the three knobs until the line parts the two.** A weight turns the line, the bias pushes it.

// %% id="penguin-setup" tags=["setup"] title="two species of penguins, a map, and three knobs"
/** Birds of two species: bills in mm, and the same as deviations from the mean. */
interface Birds {
  readonly mm: Tensor;
  readonly x: Tensor;
  /** 1 for a chinstrap, 0 for an Adélie. */
  readonly y: Tensor;
}

manualSeed(42);
const everyBird = data.load("penguins");
const species = ["Adelie", "Chinstrap"].map((name) => everyBird.classes?.indexOf(name) ?? -1);
const kinds = Array.from(everyBird.y.data);
const two = everyBird.subset(kinds.flatMap((kind, row) => (species.includes(kind) ? [row] : [])));
const halves = two.split(0.8);

// Bills are scaled by the birds that are learned from: 0 is the mean, 1 is one deviation above.
const bills = halves.train.x.narrow(1, 0, 2);
const [centre, spread] = [bills.mean(0), bills.std(0)];
const scaled = (mm: Tensor) => mm.sub(centre).div(spread);
function birdsOf({ x, y }: data.Dataset): Birds {
  const mm = x.narrow(1, 0, 2).contiguous();
  return { mm, x: scaled(mm), y: y.eq(species[1]).to("f32").reshape([-1, 1]) };
}
const birds = birdsOf(halves.train);
const unseen = birdsOf(halves.test);
const numbers = [two, halves.train, halves.test].map(({ length }) => length);
console.log(`${numbers[0]} birds: ${numbers[1]} to learn from, ${numbers[2]} in a drawer.`);

/** How sure a model is of *yes*, from 0 to 1, for each row. */
type Belief = (x: Tensor) => Tensor;

/** The share of rows, in percent, where the belief is on the right side of one half. */
const percentRight = (belief: Belief, { x, y }: { x: Tensor; y: Tensor }) =>
  100 *
  noGrad(() => belief(x))
    .gt(0.5)
    .eq(y.gt(0.5))
    .to("f32")
    .mean()
    .item();

/** Ends of an axis that leave room around the points. */
function extent(points: Tensor, column: number): [number, number] {
  const values = Array.from(points.narrow(1, column, 1).contiguous().data);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return [low - (high - low) / 20, high + (high - low) / 20];
}

/** Orange, paper, blue: from a sure no to a sure yes. */
const sureness = [
  [0, "#a24a00"],
  [0.25, "#e8a466"],
  [0.5, "#f3f1ea"],
  [0.75, "#74a9d4"],
  [1, "#17548f"],
];

/** Draws maps of points, on the axes of these names: the points over the belief about every place. */
function mapOf(points: Tensor, y: Tensor, axes: { xaxis: string; yaxis: string }) {
  const ends = [extent(points, 0), extent(points, 1)];
  const [xs, ys] = ends.map(([low, high], i) => Array.from(linspace(low, high, 37 - 8 * i).data));
  const places = tensor(ys.flatMap((at) => xs.map((x) => [x, at])));
  const kind = (which: number, symbol: string, name: string) => {
    const rows = Array.from(y.data).flatMap((label, row) => (label === which ? [row] : []));
    const [x, at] = [0, 1].map((column) =>
      Array.from(points.takeRows(rows).narrow(1, column, 1).contiguous().data),
    );
    const line = { width: 1, color: ink.paper };
    const marker = { size: 8, symbol, color: signed(which - 0.5), line };
    return { ...axes, type: "scatter", mode: "markers", name, x, y: at, marker };
  };
  const kinds = [kind(0, "circle", "no"), kind(1, "diamond", "yes")];
  const field = { ...axes, x: xs, y: ys, showscale: false, hoverinfo: "skip" };
  const heat = {
    ...field,
    type: "heatmap",
    zsmooth: "best",
    zmin: -0.5,
    zmax: 1.5,
    colorscale: sureness,
  };
  const contours = { start: 0.5, end: 0.5, size: 1, coloring: "none" };
  const border = { ...field, type: "contour", contours, line: { color: ink.text, width: 2 } };
  return (belief: Belief) => {
    const sure = Array.from(noGrad(() => belief(places)).data);
    const z = ys.map((_, row) => sure.slice(row * xs.length, (row + 1) * xs.length));
    return [{ ...heat, z }, { ...border, z }, ...kinds];
  };
}

/** The two kinds by mark and colour. */
const legend = (no: string, yes: string) =>
  words(
    `<span style="color:${signed(-1)}">● ${no}</span>&nbsp;&nbsp; <span style="color:${signed(1)}">◆ ${yes}</span>`,
    1,
    "right",
  );

/** Draws the birds over what a neuron believes of every bill. */
function drawBirds(belief: Belief) {
  const map = mapOf(birds.mm, birds.y, { xaxis: "x", yaxis: "y" });
  return plot.drawing(() => {
    const title = `${percentRight(belief, birds).toFixed(1)} % right`;
    return {
      data: map((mm) => belief(scaled(mm))),
      layout: {
        title: { text: title },
        xaxis: { title: { text: "length of the bill in mm" }, range: extent(birds.mm, 0) },
        yaxis: { range: extent(birds.mm, 1) },
        annotations: [legend("Adélie", "chinstrap"), words("depth in mm", 0)],
        margin: { t: 56 },
      },
      words: `${birds.y.shape[0]} penguins by length and depth of their bills, ${title}`,
    };
  });
}

const turn = { min: -6, max: 6, step: 0.1 };
const hand = {
  length: ui.slider("weight of the length", { ...turn, value: 0.5 }),
  depth: ui.slider("weight of the depth", { ...turn, value: 2 }),
  bias: ui.slider("bias of the neuron", { ...turn, value: 1 }),
};
const hands = () => tensor([[hand.length.value], [hand.depth.value]]);

// %% id="penguins" tags=["auto"]
const believed = (x: Tensor) => x.matmul(hands()).add(hand.bias.value).sigmoid();
drawNeuron({ length: hand.length.value, depth: hand.depth.value }, hand.bias.value);
drawBirds(believed);

// %% [markdown] id="penguins-words"
// Length and depth are measured as *deviations*: 0 for a bill like the mean, 1 for one that is a usual difference longer. So both weights speak of the same kind of number, and the larger one really is the louder one.
//
// The birds are from the Palmer penguins, collected by K. Gorman at Palmer Station, Antarctica, and made public by A. Horst, A. Hill and K. Gorman (*palmerpenguins*, 2020, CC0 1.0). Some of them lie in a drawer, and neither you nor the machine sees them until the end.
//
// ## The machine at the same knobs
//
// The loop is the one of lesson 1. Only the error is another: for a yes or no it is not the distance that counts but *how little the neuron believed what was true*. While it runs, **drag the size of a turn**; hold it with **Pause**, take one **Step**, and let **Finish** end it early. *Same start* and *new start* put the knobs back while the loop goes on.

// %% id="penguin-train-setup" tags=["setup"] title="a knob for the size of a turn, and a watch on the neuron"
const size = ui.slider("size of a turn", { min: 0.001, max: 10, value: 0.002, log: true });

/** Puts random numbers into the knobs of a neuron: the same for the same seed. */
function start(neuron: nn.Linear, seed: number) {
  manualSeed(seed);
  const fresh = nn.Linear(2, 1).parameters();
  noGrad(() => neuron.parameters().forEach((knob, i) => knob.copy_(fresh[i].mul(4))));
}

/** The weights and the bias of a neuron, by name. */
function knobsOf(neuron: nn.Linear) {
  const [weights, bias] = neuron.parameters();
  const [length, depth] = weights.data;
  return { length, depth, bias: bias.item() };
}

/** Draws a neuron that is trained, under two buttons that begin anew. */
function watchNeuron(neuron: nn.Linear) {
  let seed = 42;
  const again = (by: number) => () => {
    start(neuron, (seed += by));
    redraw();
  };
  ui.button("same start", again(0));
  ui.button("new start", again(1));
  const now = () => knobsOf(neuron);
  const edges = plot.drawing(() => {
    const { bias, ...weights } = now();
    return pictureOf(weights, bias);
  });
  const map = drawBirds((x) => neuron(x).sigmoid());
  function redraw() {
    edges.update();
    map.update();
  }
  return redraw;
}

// %% id="penguin-train" title="Train the neuron"
const neuron = nn.Linear(2, 1); // two weights and a bias
start(neuron, 42);
const opt = optim.SGD(neuron.parameters(), { lr: size }); // follows your hand
const watch = watchNeuron(neuron);
for (const step of count(30_000)) {
  const loss = F.bceWithLogits(neuron(birds.x), birds.y); // how little it believed
  opt.zeroGrad(); // forget the slopes of the step before
  loss.backward(); // which way is downhill, for all three?
  opt.step(); // a turn that way, of the size you hold
  watch();
}

// %% [markdown] id="ablate-predict"
// ## How much does a knob matter?
//
// Turn a trained knob to zero, leave the others, and count what the neuron still gets right. **Before you run it**: of the two weights and the bias, which one can it spare the least?

// %% id="ablate-guess" tags=["predict"]
const neededMost = "?"; // "length", "depth" or "bias"

// %% id="ablate-setup" tags=["setup"] title="a neuron with one knob at zero"
/** What is right, in percent, with these knobs. */
function rightWith({ length, depth, bias }: ReturnType<typeof knobsOf>) {
  const weights = tensor([[length], [depth]]);
  return percentRight((x) => x.matmul(weights).add(bias).sigmoid(), birds);
}

// %% id="ablate"
const trained = knobsOf(neuron);
const right = {
  "all knobs": rightWith(trained),
  "no length": rightWith({ ...trained, length: 0 }),
  "no depth": rightWith({ ...trained, depth: 0 }),
  "no bias": rightWith({ ...trained, bias: 0 }),
};
plot.bars(right, { y: "percent right", range: [0, 100] });
console.log(`You said it cannot spare the ${neededMost}.`);

// %% [markdown] id="ablate-words"
// The thickest line was the one that mattered most. This is what a weight is: the strength of a connection. (It can only be read so simply because both inputs are measured in the same kind of unit.)
//
// And the drawer? The birds in it were not used to turn anything.

// %% id="drawer"
const seen = percentRight((x) => neuron(x).sigmoid(), birds).toFixed(0);
const inDrawer = percentRight((x) => neuron(x).sigmoid(), unseen).toFixed(0);
console.log(`${seen} of 100 birds that it learned from are right,`);
console.log(`${inDrawer} of 100 that it never saw.`);

// %% [markdown] id="count-words"
// ## Count the knobs
//
// Now put neurons side by side: a **layer**. Every neuron of a layer listens to all its inputs, each through a weight of its own, and has one bias. So a layer has `(inputs + 1) * outputs` knobs. **Before you run it**: two numbers go in, three neurons bend them, one neuron listens to the three. How many knobs?

// %% id="count-guess" tags=["predict"]
const countGuess: number | "?" = "?";

// %% id="count"
const small = (bias: boolean) =>
  nn.Sequential(nn.Linear(2, 3, { bias }), nn.Tanh(), nn.Linear(3, 1, { bias }));
let total = 0;
for (const [name, knob] of small(true).namedParameters()) {
  console.log(`${name}: ${knob.shape.join(" x ")} = ${knob.numel()}`);
  total += knob.numel();
}
console.log(`${total} in all; you said ${countGuess}.`);

// %% [markdown] id="rigid-words"
// ## A rigid rule and a flexible one
//
// This little network can do what no single neuron can: its boundary may bend. Its task is a disc inside a ring. We train it twice, with its biases and without them.
//
// **Before you run it.** Without biases it still has nine of its knobs. How many of a hundred points will it get right? (Somebody who throws a coin gets half of them.)

// %% id="rigid-guess" tags=["predict"]
const rigidGuess: number | "?" = "?"; // of a hundred, from 50

// %% id="rigid-setup" tags=["setup"] title="a disc in a ring, and two maps side by side"
const circle = data.load("circle", { n: 200 });
const ring = { x: circle.x, y: circle.y.to("f32").reshape([-1, 1]) };

const belief = (net: nn.Sequential) => (x: Tensor) => net(x).sigmoid();
const lossOf = (net: nn.Sequential) => F.bceWithLogits(net(ring.x), ring.y);

/** Draws what two networks believe of every place, one beside the other. */
function drawPair(nets: Record<string, Belief>) {
  const ends = { range: [-5.6, 5.6], showgrid: false };
  const axes = [
    { xaxis: "x", yaxis: "y" },
    { xaxis: "x2", yaxis: "y2" },
  ];
  const maps = axes.map((names) => mapOf(ring.x, ring.y, names));
  return plot.drawing(() => {
    const both = Object.entries(nets);
    const titles = both.map(
      ([name, belief]) => `${name}: ${percentRight(belief, ring).toFixed(0)} %`,
    );
    return {
      data: both.flatMap(([, belief], i) => maps[i](belief)),
      layout: {
        xaxis: { ...ends, domain: [0, 0.48] },
        yaxis: ends,
        xaxis2: { ...ends, domain: [0.52, 1] },
        yaxis2: { ...ends, anchor: "x2", showticklabels: false },
        annotations: titles.map((title, i) => words(title, i * 0.52)),
        margin: { t: 28, r: 8 },
        height: 360,
      },
      words: `two maps of a disc in a ring, and what is right: ${titles.join("; ")}`,
    };
  });
}

// %% id="rigid-train" title="Train both networks"
manualSeed(42);
const [flexible, rigid] = [small(true), small(false)]; // with biases, without
const both = [...flexible.parameters(), ...rigid.parameters()];
const adam = optim.Adam(both, { lr: 0.05 });
const maps = drawPair({ "with biases": belief(flexible), without: belief(rigid) });
for (const step of count(800)) {
  const losses = [flexible, rigid].map(lossOf); // how little each believed
  adam.zeroGrad(); // forget the slopes of the step before
  losses[0].add(losses[1]).backward(); // which way is downhill, for every knob?
  adam.step(); // turn each a little that way
  maps.update();
}

// %% id="rigid-answer"
const fraction = percentRight(belief(rigid), ring).toFixed(0);
console.log(`Without biases ${fraction} of a hundred; you said ${rigidGuess}.`);
const opposite = rigid(ring.x).add(rigid(ring.x.neg()));
console.log(`Sums of opposite points add up to ${opposite.abs().max().item()}.`);

// %% [markdown] id="rigid-after"
// Look at the right map, and then at the last line. Without biases, whatever the network says at one place, it must say the *opposite* at the place across: turn both inputs round, and each weighted sum turns round with them, and so does tanh. The ring has the same colour at both ends. **No setting of nine weights can paint it**, however long you train: that is a rigid rule. Four more numbers make it flexible.
//
// That is the answer to the question at the top. A **weight** decides how strongly something is heard, a **bias** where things begin. Without weights nothing is heard. Without biases everything hangs on the corner where all inputs are zero.

// %% [markdown] id="exercises"
// ## Your turn
//
// Four exercises. Each has a check that says what is not right yet, three hints and a solution.

// %% [exercise] id="ex-neuron" title="Write a neuron"
// x and w are equally long. Weigh the inputs, add the bias, bend the sum.
function neuronOf(x: number[], w: number[], b: number) {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i];
  return sum;
}

// %% id="ex-neuron-check" tags=["check"] for="ex-neuron"
const draws = Array.from({ length: 5 }, (_, i) =>
  [i + 1, i + 1, 1].map((numbers) => Array.from(rand([numbers]).mul(2).sub(1).data)),
);
const bend = (sum: number) => 1 / (1 + Math.exp(-sum));
expect.each(draws, ([x, w, [b]]) => {
  const dot = x.reduce((sum, each, i) => sum + each * w[i], 0);
  const all = x.reduce((sum, each) => sum + each, 0);
  expect(neuronOf(x, w, b))
    .mistake(all, "each input goes in as it is: multiply it by its weight")
    .mistake(dot + b, "this is the sum: bend it with the sigmoid")
    .mistake(bend(dot), "the bias is missing: add b to the sum")
    .mistake(bend(dot + b * x.length), "the bias is added once, after the loop")
    .mistake(bend(dot) + b, "the bias belongs into the sum, before it is bent")
    .mistake(bend(all + b), "each input goes in as it is: multiply it by its weight")
    .close(bend(dot + b), { rtol: 1e-6 }, "weigh each input, add the bias, bend the sum");
});
expect(neuronOf([1, 2], [0, 0], 0)).close(0.5, {}, "a sum of zero is one half");

// %% [markdown] id="ex-neuron-hint-1" tags=["hint"] for="ex-neuron" title="where to look"
// Three things are missing: what each input is multiplied by, what is added, and what the sum goes through at the end.

// %% [markdown] id="ex-neuron-hint-2" tags=["hint"] for="ex-neuron" title="the rule"
// The sum begins at `b` instead of 0, each turn of the loop adds `w[i] * x[i]`, and `sigmoid` of this lesson bends the sum.

// %% [markdown] id="ex-neuron-hint-3" tags=["hint"] for="ex-neuron" title="the lines, with a blank"
// `let sum = b;`, then `sum += ____;` in the loop, and `return sigmoid(sum);`

// %% id="ex-neuron-solution" tags=["solution"] for="ex-neuron"
function neuronOf(x: number[], w: number[], b: number) {
  let sum = b; // where it begins
  for (let i = 0; i < x.length; i++) sum += w[i] * x[i]; // how loudly each is heard
  return sigmoid(sum); // between 0 and 1
}

// %% [exercise] id="ex-centre" title="Put the curve where you want it"
// A weight of 2 is given. Which bias puts one half at x = 3?
const biasAtThree = 0;

// %% id="ex-centre-check" tags=["check"] for="ex-centre"
// Told is the sum at x = 3, not the bias: that would be the answer.
expect(2 * 3 + biasAtThree)
  .mistake(12, "this is the sum at x = 3: look at the sign of the bias")
  .mistake(3, "one half is at x = 1.5 now: the weight doubles x")
  .mistake(4.5, "the sum at x = 3 is 2 * 3 + b: multiply, do not divide")
  .close(0, {}, "so large is the sum at x = 3, and one half is where it is zero");

// %% [markdown] id="ex-centre-hint-1" tags=["hint"] for="ex-centre" title="where to look"
// Where the answer is one half, the sum is zero. Write down the sum at x = 3. You can also try it out with the knobs of *A soft yes or no*.

// %% [markdown] id="ex-centre-hint-2" tags=["hint"] for="ex-centre" title="the rule"
// The sum is `2 * 3 + b`, and the bias must bring it to zero.

// %% [markdown] id="ex-centre-hint-3" tags=["hint"] for="ex-centre" title="the line, with a blank"
// `const biasAtThree = -(2 * ____);`

// %% id="ex-centre-solution" tags=["solution"] for="ex-centre"
const biasAtThree = -(2 * 3); // then 2 * 3 + b is 0

// %% [exercise] id="ex-birds" title="Part the penguins by hand"
// Turn the three knobs above the penguins until this says more than 90.
Math.round(percentRight(believed, birds));

// %% id="ex-birds-check" tags=["check"] for="ex-birds"
const parted = percentRight(believed, birds);
const turned = percentRight((x) => believed(x).neg().add(1), birds);
const swapped =
  turned >= 90 ? "the colours are the wrong way round: turn the signs of all three" : "";
const asleep = hand.length.value === 0 && hand.depth.value === 0;
const deaf = asleep ? "both weights are zero, so it says the same of every bird" : "";
expect(parted).above(90, swapped || deaf || "which birds lie on the wrong side of the line?");

// %% [markdown] id="ex-birds-hint-1" tags=["hint"] for="ex-birds" title="where to look"
// Look at the dots only. Which of the two measures parts the kinds better? Its weight should be large.

// %% [markdown] id="ex-birds-hint-2" tags=["hint"] for="ex-birds" title="the rule"
// Chinstraps have longer bills: a large positive weight for the length. Then push the line with the bias, and tilt it a little with a *negative* weight of the depth.

// %% [markdown] id="ex-birds-hint-3" tags=["hint"] for="ex-birds" title="the lines, with a blank"
// Length `5`, depth `-2`, and a bias of about `____`. The trained neuron has found numbers like these: look at its drawing.

// %% id="ex-birds-solution" tags=["solution"] for="ex-birds"
// Long bills say chinstrap, deep ones Adélie; the bias, because there are fewer chinstraps.
hand.length.value = 5;
hand.depth.value = -2;
hand.bias.value = -2;
drawBirds(believed);

// %% [exercise] id="ex-count" title="How many knobs has a network?"
// sizes says how many numbers stand in each row of the network: [2, 3, 1] for ours.
function knobsIn(sizes: number[]) {
  let knobs = 0;
  for (let i = 1; i < sizes.length; i++) knobs += sizes[i];
  return knobs;
}

// %% id="ex-count-check" tags=["check"] for="ex-count"
const examples = [
  [2, 3, 1],
  [4, 8, 3],
  [5, 2],
  [3, 7, 7, 2],
];
expect.each(examples, (sizes) => {
  const pairs = sizes.slice(1).map((outputs, i) => [sizes[i], outputs]);
  const add = (of: (inputs: number, outputs: number) => number) =>
    pairs.reduce((sum, [inputs, outputs]) => sum + of(inputs, outputs), 0);
  const model = nn.Sequential(...pairs.map(([inputs, outputs]) => nn.Linear(inputs, outputs)));
  const truth = model.parameters().reduce((sum, knob) => sum + knob.numel(), 0);
  expect(knobsIn(sizes))
    .mistake(
      add((_, outputs) => outputs),
      "these are the biases: where are the weights?",
    )
    .mistake(
      add((inputs, outputs) => inputs * outputs),
      "weights alone: each neuron has a bias too",
    )
    .mistake(
      add((inputs, outputs) => inputs * (outputs + 1)),
      "one bias for each neuron, not for each input",
    )
    .mistake(truth + sizes[0], "the numbers that go in have no bias")
    .equal(truth, "(inputs + 1) * outputs for each layer, added up");
});

// %% [markdown] id="ex-count-hint-1" tags=["hint"] for="ex-count" title="where to look"
// The starter counts one bias for each neuron. What else does every neuron have, and how many of them?

// %% [markdown] id="ex-count-hint-2" tags=["hint"] for="ex-count" title="the rule"
// A neuron in row `i` listens to all `sizes[i - 1]` numbers of the row before: so many weights, and one bias.

// %% [markdown] id="ex-count-hint-3" tags=["hint"] for="ex-count" title="the line, with a blank"
// `knobs += (sizes[i - 1] + ____) * sizes[i];`

// %% id="ex-count-solution" tags=["solution"] for="ex-count"
function knobsIn(sizes: number[]) {
  let knobs = 0;
  for (let i = 1; i < sizes.length; i++) knobs += (sizes[i - 1] + 1) * sizes[i];
  return knobs; // a weight for each input, and a bias, for every neuron
}

// %% [markdown] id="recap"
// ## What you take along
//
// - A neuron weighs its inputs, adds its bias and bends the sum: `sigmoid(w1 * x1 + w2 * x2 + b)`.
// - A **weight** is the strength of a connection, a volume knob: zero mutes, negative turns round. A **bias** shifts where the answer changes, to $x = -\frac{b}{w}$.
// - A layer has `(inputs + 1) * outputs` knobs. Take its biases away, and it is tied to the corner where everything is zero.

// %% [markdown] id="quiz" tags=["quiz"]
// ### Two questions
//
// A weight is `-4`, another `0.1`. Which connection is the stronger one?
//
// - [x] The first: strength is the size of a weight without its sign, if both inputs are measured in the same kind of unit: the sign only says in which direction it pulls.
// - [ ] The second, since it is the larger number: the sign only says in which direction a weight pulls. Strength is its size.
// - [ ] Neither, since a negative weight switches its input off: a weight of zero does. A negative one lets its input pull the other way.
//
// All weights of a neuron are zero, and its bias is `3`. What does it answer?
//
// - [ ] Nothing, or zero: the inputs are silenced, and the bias is not. It is added all the same.
// - [ ] It depends on what comes in: whatever comes in is multiplied by zero.
// - [x] The same whatever comes in, and quite sure of it: nearly one. Drag the weight in *A soft yes or no* to zero and see: it hears nothing, and the bias speaks alone.

// %% [markdown] id="simplified"
// ### What the article simplifies
//
// The article says that without biases all predictions pass through zero. For a line they do, and the sunflower showed it. A neuron that ends in a sigmoid does not say zero there but *one half*, and our rigid network did not pass through a point: it was forced into opposites. What they share is that the place where all inputs are zero can no longer be chosen. And biases are called sidekicks, but try to spare one: among the penguins you have counted what it is worth.

// %% [markdown] id="next"
// **Next: [lesson 3](?lesson=03).** The knobs have turned by themselves three times now. How does each of them find out which way, and how far?
