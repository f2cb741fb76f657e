// ---
// title: How large a step?
// question: How large should a step be, and can the optimiser find out by itself?
// minutes: 35
// order: 8
// needs: [3]
// ---

// %% [markdown] id="opening"
// # How large a step?
//
// In lesson 3 you walked down a narrow valley, and one learning rate had to do for both directions. Here is such a valley again, and three ways down. *SGD* is the one you know. **Choose each of the three, and look for the rate with which it needs the fewest steps. Then make the valley narrower.**

// %% id="setup" tags=["setup"] title="a valley of any narrowness, a walker, and three knobs"
import { accuracy, data, detectAnomaly, expect, F, manualSeed, nn, optim } from "descent";
import { plot, rand, silence, tensor, ui, type Tensor } from "descent";

const short = (value: number) => String(Number(value.toPrecision(3))).replace("-", "−");
type Place = readonly [number, number];

/** A country of errors over two knobs, for a walker and for a map. */
interface Land {
  readonly start: Place;
  readonly error: (place: Tensor) => Tensor;
  readonly height: (x: number, y: number) => number;
}

/** A valley whose walls are so many times as steep as its floor, turned by so many degrees. */
function valley(narrowness: number, degrees = 0): Land {
  const turn = (degrees * Math.PI) / 180;
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  // The start lies on the same place of the valley, however it is turned.
  const start = [10 * c - s, 10 * s + c] as const;
  const [xx, xy, yy] = [
    c * c + narrowness * s * s,
    c * s * (1 - narrowness),
    s * s + narrowness * c * c,
  ];
  const bends = tensor([
    [xx, xy],
    [xy, yy],
  ]);
  return {
    start,
    error: (place) => place.matmul(bends).mul(place).sum().div(2),
    height: (x, y) => (xx * x * x + 2 * xy * x * y + yy * y * y) / 2,
  };
}

/** What turns the slopes of knobs into steps. */
type Way = (knobs: Tensor[]) => { zeroGrad(): void; step(): void };

/** Walks until the error is below a thousandth, or has taken so many steps, or is lost. */
function walk(way: Way, { start, error }: Land, most = 5000): Place[] {
  const place = tensor([...start], { requiresGrad: true });
  const opt = way([place]);
  const places: Place[] = [start];
  for (let step = 0; step < most; step++) {
    const now = error(place);
    if (now.item() < 0.001 || !Number.isFinite(now.item())) break;
    opt.zeroGrad();
    now.backward();
    opt.step();
    const [x, y] = place.data;
    places.push([x, y]);
  }
  return places;
}

/** The three ways, each with its rate; what momentum keeps is the reader's. */
const ways = {
  SGD: (rate: number) => (knobs: Tensor[]) => optim.SGD(knobs, { lr: rate }),
  momentum:
    (rate: number, kept = 0.9) =>
    (knobs: Tensor[]) =>
      optim.SGD(knobs, { lr: rate, momentum: kept }),
  Adam: (rate: number) => (knobs: Tensor[]) => optim.Adam(knobs, { lr: rate }),
};
type Name = keyof typeof ways;
const names: readonly Name[] = ["SGD", "momentum", "Adam"];

/** How a walk ended, in words. */
function endOf(places: readonly Place[], { height }: Land) {
  const [x, y] = places[places.length - 1];
  const error = height(x, y);
  if (error < 0.001) return `arrived after ${places.length - 1} steps`;
  return error < 1e4 ? `error ${short(error)} after ${places.length - 1} steps` : "lost";
}

/** Draws a walk on the map of a country: wide and flat unless told. */
function drawWalk(
  name: string,
  places: readonly Place[],
  land: Land,
  options: plot.FieldOptions = {},
) {
  const wide = {
    range: [
      [-11, 11],
      [-2.5, 2.5],
    ],
    height: 260,
  } as const;
  const title = endOf(places, land);
  const map = plot.contour(land.height, {
    ...wide,
    log: true,
    heights: [0.001, 500],
    title,
    ...options,
  });
  for (const place of places) map.path(name).push(place);
}

const narrow = ui.slider("narrowness", { min: 1, max: 100, step: 1, value: 20 });
const rate = ui.slider("learning rate", { min: 0.001, max: 2, value: 0.02, log: true });
const by = ui.select("way down", ["SGD", "momentum", "Adam"] as const);

// %% id="walk" tags=["auto"]
const land = valley(narrow.value);
const places = walk(ways[by.value](rate.value), land, 300);
drawWalk(by.value, places, land);

// %% [markdown] id="walk-words"
// With *SGD* the steep walls set the limit, and along the floor it creeps. *Momentum* gathers speed along the floor. And *Adam* seems not to notice the walls at all. How do they do it?
//
// Begin with how bad it gets. The number of steps that SGD needs grows with the narrowness, even at the best rate there is, which for a valley like this one can be worked out: 2 divided by the sum of its two bends.
//
// **Before you run it.** Three valleys, 10, 100 and 1,000 times as steep across as along; SGD and momentum with the best settings that theory knows, Adam with a rate found by trying. In the narrowest, how many steps will SGD take for each step of Adam?

// %% id="race-guess" tags=["predict"]
const raceGuess: number | "?" = "?"; // from 1

// %% id="race" title="Three valleys, three ways down"
const race = [10, 100, 1000].map((narrowness) => {
  const land = valley(narrowness);
  const root = Math.sqrt(narrowness);
  const kept = ((root - 1) / (root + 1)) ** 2; // the best that momentum can keep
  return {
    narrowness,
    SGD: walk(ways.SGD(2 / (1 + narrowness)), land).length - 1,
    momentum: walk(ways.momentum((2 / (root + 1)) ** 2, kept), land).length - 1,
    Adam: walk(ways.Adam(0.3), land).length - 1,
  };
});

// %% id="race-told"
console.table(race);
const stepsBy = (name: Name) => race.map((row) => row[name]);
const lines = Object.fromEntries(names.map((name) => [name, stepsBy(name)]));
plot.line([10, 100, 1000], lines, { x: "narrowness", y: "steps", log: "xy" });
console.log(`${short(race[2].SGD / race[2].Adam)} for each; you said ${raceGuess}.`);

// %% [markdown] id="momentum-words"
// SGD pays for the narrowness itself, momentum for its square root, and Adam hardly at all.
//
// ## Momentum
//
// A walker on foot forgets where it came from. A ball does not. **Momentum** keeps a velocity $v$ for each knob: a share of the one before, plus the slope of now.
//
// $$ \begin{aligned} v &\leftarrow \text{kept} \cdot v + \text{slope} \\ \text{knob} &\leftarrow \text{knob} - \text{rate} \cdot v \end{aligned} $$
//
// Across the valley slopes point to and fro, and in the sum they cancel. Along the floor they all point the same way, and add up. **Drag what is kept**: at 0 it is SGD, near 1 a ball that nothing stops.

// %% id="momentum-setup" tags=["setup"] title="a knob for what momentum keeps"
const kept = ui.slider("kept", { min: 0, max: 0.99, value: 0, step: 0.01 });

// %% id="momentum" tags=["auto"]
const steep = valley(50);
const rolled = walk(ways.momentum(0.02, kept.value), steep, 300);
drawWalk("momentum", rolled, steep);

// %% [markdown] id="adam-words"
// ## Adam
//
// Momentum still has one rate for all knobs. **Adam** (D. Kingma and J. Ba, 2015) gives each knob its own: it keeps a running mean $m$ of its slopes, and a running mean $s$ of their squares, and divides.
//
// $$ \begin{aligned} m &\leftarrow 0.9\, m + 0.1\, \text{slope} \\ s &\leftarrow 0.999\, s + 0.001\, \text{slope}^2 \\ \text{knob} &\leftarrow \text{knob} - \text{rate} \cdot \frac{m}{\sqrt s} \end{aligned} $$
//
// If a knob's slopes are a hundred times as large, $m$ and $\sqrt s$ both are, and the step is the same. So the rate says, roughly, how far a knob *moves*, not by what its slope is multiplied. Here is by how much Adam multiplies the slopes of the two knobs, in the narrowest valley:

// %% id="effective-setup" tags=["setup"] title="Adam in plain numbers, with a look inside"
/** Adam's step for a row of slopes, and by what it multiplies them. */
function adamOf(rate: number, isCorrected = true) {
  const [means, squares] = [
    [0, 0],
    [0, 0],
  ];
  let step = 0;
  return (slopes: readonly number[]) => {
    step += 1;
    return slopes.map((slope, i) => {
      means[i] = 0.9 * means[i] + 0.1 * slope;
      squares[i] = 0.999 * squares[i] + 0.001 * slope ** 2;
      const m = isCorrected ? means[i] / (1 - 0.9 ** step) : means[i];
      const s = isCorrected ? squares[i] / (1 - 0.999 ** step) : squares[i];
      return { turn: (-rate * m) / (Math.sqrt(s) + 1e-8), factor: rate / (Math.sqrt(s) + 1e-8) };
    });
  };
}

// %% id="effective"
const factors: number[][] = [[], []]; // along the floor, and across it
const next = adamOf(0.3);
let at = [10, 1];
for (let step = 0; step < 100; step++) {
  const turns = next([at[0], 1000 * at[1]]); // the slopes of the valley
  turns.forEach(({ factor }, i) => factors[i].push(factor));
  at = at.map((knob, i) => knob + turns[i].turn);
}
const [along, acrossIt] = factors;
const own = { "along the floor": along, "across it": acrossIt };
plot.line(own, { x: "step", y: "rate", log: true });

// %% [markdown] id="effective-words"
// Two knobs, two rates, and the one across the valley is far the smaller: by as much as its slopes are larger. That is what *adapting the learning rate* means. The 0.3 in front of it was still chosen by hand.
//
// ## A small correction
//
// Both means begin at zero, so at first they are far too small, and that of the squares stays so much longer. Adam therefore divides each by the share that it has filled so far: $1 - 0.9^t$ and $1 - 0.999^t$ after $t$ steps. **Predict**: without this correction, would the first steps be too *small* or too *large*?

// %% id="correction-guess" tags=["predict"]
const correctionGuess = "?"; // "small" or "large"

// %% id="correction"
const stepsOf = (isCorrected: boolean) => {
  const next = adamOf(0.1, isCorrected);
  return Array.from({ length: 60 }, () => -next([1, 1])[0].turn); // slope: always 1
};
const sizes = { corrected: stepsOf(true), "as it comes": stepsOf(false) };
plot.line(sizes, { x: "step", y: "size of the step", range: [0, 0.8] });
const isLarge = sizes["as it comes"][0] > sizes.corrected[0];
console.log(`too ${isLarge ? "large" : "small"}; you said ${correctionGuess}.`);

// %% [markdown] id="turn-words"
// Both means are too small, but the one that divides is so by more. With the correction, the steps are what you asked for from the first.
//
// ## Turn the valley
//
// Adam gives each *knob* its own rate. In this valley one knob runs along the floor and the other across it. In a valley that lies askew, both knobs do both. **Turn it by 45 degrees. Before you do**: from the table above you know how many steps Adam takes straight. How many times as many askew, at a narrowness of 1,000?

// %% id="turn-guess" tags=["predict"]
const turnGuess: number | "?" = "?"; // from 1

// %% id="turn-setup" tags=["setup"] title="a knob that turns the valley"
const degrees = ui.slider("turned by", { min: 0, max: 45, value: 0, step: 1 });

// %% id="turn" tags=["auto"]
const askew = valley(100, degrees.value);
const led = walk(ways.Adam(0.3), askew, 300);
drawWalk("Adam", led, askew, { range: [-11, 11], height: 320 });

// %% id="turned"
const straight = walk(ways.Adam(0.3), valley(1000)).length - 1;
const slanted = walk(ways.Adam(0.3), valley(1000, 45)).length - 1;
const sgdSlanted = walk(ways.SGD(2 / 1001), valley(1000, 45)).length - 1;
console.log(`Adam: ${straight} steps straight, ${slanted} askew,`);
console.log(`${short(slanted / straight)} times as many; you said ${turnGuess}.`);
console.log(`SGD: ${race[2].SGD} straight, ${sgdSlanted} askew.`);

// %% [markdown] id="turned-words"
// SGD does not care how the valley lies. Adam does: a rate for each knob helps where the trouble lies along the knobs. In networks it often does, since layers and inputs differ much in size; but it is no law.
//
// ## A crooked valley
//
// The last map: a valley shaped like a banana, which H. Rosenbrock drew in 1960 to try out searches on. The lowest place is marked. **Choose a way and a rate that arrive.**

// %% id="banana-setup" tags=["setup"] title="Rosenbrock's valley, and two knobs"
const banana: Land = {
  start: [-1.5, 1.5],
  error: (place) => {
    const [x, y] = [place.at(0), place.at(1)];
    return x.neg().add(1).square().add(y.sub(x.square()).square().mul(100));
  },
  height: (x, y) => (1 - x) ** 2 + 100 * (y - x * x) ** 2,
};
const bananaRate = ui.slider("rate in the banana", {
  min: 0.0001,
  max: 1,
  value: 0.001,
  log: true,
});
const bananaBy = ui.select("way through the banana", ["SGD", "momentum", "Adam"] as const);

// %% id="banana"
const through = walk(ways[bananaBy.value](bananaRate.value), banana, 1000);
const seenOf = {
  range: [
    [-2, 2],
    [-1, 3],
  ],
  heights: [0.001, 3000],
} as const;
const marks = [{ x: 1, y: 1, label: "lowest" }];
drawWalk(bananaBy.value, through, banana, { ...seenOf, marks, height: 320 });

// %% [markdown] id="sweep-words"
// ## On digits
//
// Enough of maps. A network that reads digits, with three ways to train it and eight rates each: five passes through the data, and then we count what it reads of the digits that were kept apart.
//
// **Before you run it.** Three things may differ: the best result, the best rate, and how *wide* the range of good rates is. For which of the three does one of the ways stand out?

// %% id="sweep-guess" tags=["predict"]
const sweepGuess = "?"; // "result", "rate" or "width"

// %% id="sweep-setup" tags=["setup"] title="digits in two parts, and a training by each way"
manualSeed(42);
const { train: digits, test: apart } = data.load("digits").split(0.8);
const reader = () => nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10));

/** What is read of the digits kept apart, in percent, after so many passes with a way and a rate. */
function readWith(way: Name, rate: number, { epochs = 5, batch = 64 } = {}) {
  manualSeed(42); // the same start and the same batches for all
  const net = reader();
  const opt = ways[way](rate)(net.parameters());
  for (const { x, y } of digits.batches(batch, { epochs })) {
    const loss = F.crossEntropy(net(x), y);
    opt.zeroGrad();
    loss.backward();
    opt.step();
  }
  return 100 * accuracy(net, apart);
}

const rates = [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1];
type Swept = Record<Name, number[]>;
/** Draws what was read at each rate, with places to look at. */
function drawSweep(swept: Swept, marks: plot.Mark[] = []) {
  const axes = { x: "learning rate", y: "percent read", log: "x", range: [0, 100] } as const;
  plot.line(rates, swept, { ...axes, marks });
}

// %% id="sweep" title="Three ways, eight rates each"
const allRates = (way: Name) => rates.map((rate) => readWith(way, rate));
const swept = Object.fromEntries(names.map((way) => [way, allRates(way)])) as Swept;
drawSweep(swept);

// %% id="sweep-told"
const goodRates = (way: Name) => rates.filter((_, i) => swept[way][i] >= 90);
const rows = names.map((way) => ({
  way,
  "best result": Math.max(...swept[way]).toFixed(1),
  "at rate": rates[swept[way].indexOf(Math.max(...swept[way]))],
  "rates above 90": goodRates(way).length,
}));
console.table(rows);
console.log(`You said "${sweepGuess}".`);

// %% [markdown] id="sweep-after"
// All three can read digits well. They differ in *where* their good rates lie, and none of them comes without a rate: too low and too high are failures of each. Between the two lies a hill with a broad back, and finding it is half the battle.
//
// ## Find a rate in one short run
//
// Must one always train twenty-four networks? There is a trick (L. Smith, 2015). Train *one*, and raise the rate a little at every step, from far too low to far too high. As long as it is too low, the loss hardly moves; where it is right, it falls; where it is too high, it leaps up. Choose a rate from the middle of the fall, well before the lowest place.
//
// **Before you run it**: SGD again. Look at the sweep, and write down which rate you would take.

// %% id="finder-guess" tags=["predict"]
const finderGuess: number | "?" = "?"; // from 0.01

// %% id="finder-setup" tags=["setup"] title="a running mean"
/** The running mean of some numbers, corrected for its start at zero. */
function smoothed(numbers: readonly number[], kept = 0.9) {
  let mean = 0;
  return numbers.map((number, i) => {
    mean = kept * mean + (1 - kept) * number;
    return mean / (1 - kept ** (i + 1));
  });
}

// %% id="finder" title="One run through all rates"
manualSeed(42);
const probe = reader();
const rising = { value: 0.0001 }; // read anew at every step
const sgd = optim.SGD(probe.parameters(), { lr: rising });
const [seen, losses]: number[][] = [[], []];
for (const { x, y } of digits.batches(64, { steps: 160 })) {
  const loss = F.crossEntropy(probe(x), y);
  seen.push(rising.value);
  losses.push(loss.item());
  (sgd.zeroGrad(), loss.backward(), sgd.step());
  rising.value *= 1.06; // six percent more each time
}

// %% id="finder-told"
const mean = smoothed(losses);
const lowest = seen[mean.indexOf(Math.min(...mean))];
const pick = lowest / 4; // well before the lowest place
const where = { x: pick, label: `${short(pick)}` };
const axes = { x: "rate", y: "loss", log: "x", range: [0, 3] } as const;
plot.line(seen, mean, { ...axes, marks: [where] });
const bestOfSweep = rates[swept.SGD.indexOf(Math.max(...swept.SGD))];
console.log(`Found ${short(pick)}, the sweep ${bestOfSweep}, you ${finderGuess}.`);

// %% [markdown] id="lost-words"
// ## When it is lost
//
// What happens beyond? Here is a line, fitted with a rate far above its limit. Every step overshoots by more than the one before, until a number is too large to be written. `detectAnomaly` looks at every result on the way and tells **the first** that went wrong, instead of the last.

// %% id="lost-setup" tags=["setup"] title="a line to fit, and who saw the first wrong number"
silence("nan-loss", "unscaled-input"); // both happen here on purpose
const weeks = tensor([[1], [4], [6], [9]]);
const heights = tensor([[7], [16], [22], [31]]);

/** Takes steps until a number is no number any more, and tells which and when. */
function firstWrong(step: () => void) {
  for (let taken = 0; ; taken++)
    try {
      detectAnomaly(step);
    } catch (error) {
      return `after ${taken} steps: ${error instanceof Error ? error.message : String(error)}`;
    }
}

// %% id="lost"
manualSeed(42);
const line = nn.Linear(1, 1);
const wild = optim.SGD(line.parameters(), { lr: 1 }); // far above the limit
const report = firstWrong(() => {
  const loss = F.mse(line(weeks), heights);
  wild.zeroGrad();
  loss.backward();
  wild.step();
});
console.log(report);

// %% [markdown] id="wine-words"
// ## Good here, useless there
//
// A setting that is great for one data set can fail on another. Adam with a rate of 0.01 has just read digits well. Here are wines from three growers, with thirteen measurements each: one of them is a hue around one, another is a count in the hundreds.
//
// **Before you run it**: with the same rate and the same network, how many of a hundred wines will be told apart? (Somebody who always says the commonest gets 40.)

// %% id="wine-guess" tags=["predict"]
const wineGuess: number | "?" = "?"; // of a hundred, from 50

// %% id="wine-setup" tags=["setup"] title="wines as they come, and the same at one scale"
manualSeed(42);
const cellar = data.load("wine").split(0.7);
const raw = { learn: cellar.train, judge: cellar.test };
const scaled = { learn: cellar.train.standardize(), judge: cellar.test.standardize(cellar.train) };

/** What is told apart of the wines to judge, in percent, after training on those to learn from. */
function wineWith({ learn, judge }: typeof raw, rate = 0.01) {
  manualSeed(42);
  const net = nn.Sequential(nn.Linear(13, 16), nn.Tanh(), nn.Linear(16, 3));
  const opt = optim.Adam(net.parameters(), { lr: rate });
  for (const { x, y } of learn.batches(32, { epochs: 40 })) {
    const loss = F.crossEntropy(net(x), y);
    opt.zeroGrad();
    loss.backward();
    opt.step();
  }
  return 100 * accuracy(net, judge);
}

// %% id="wine"
const asTheyCome = wineWith(raw);
const atOneScale = wineWith(scaled);
const both = { "as they come": asTheyCome, "at one scale": atOneScale };
plot.bars(both, { y: "percent told apart", range: [0, 100] });
console.log(`${asTheyCome.toFixed(0)} of a hundred; you said ${wineGuess}.`);

// %% [markdown] id="wine-after"
// Nothing broke and no number was lost; the network just learned little. A count in the hundreds pushes every neuron to the flat end of its tanh, and there slopes are zero. The cure is no better rate but a better **scale**: subtract from each measurement its mean, divide by its deviation, and all thirteen are of one kind. (Mean and deviation are taken from the wines to learn from; the others must not have a say in it.)
//
// ## Smaller towards the end
//
// One more thing a single rate cannot do. Early on, large steps save time; late, they keep the walker from settling, since each batch pulls it elsewhere. A **schedule** lowers the rate as training goes on. Here are two runs that differ in nothing else: one keeps its rate, the other follows half a cosine down to zero.
//
// **Before you run it**: whose training loss will be lower in the end: that of the run with the *constant* rate, or with the *falling* one?

// %% id="schedule-guess" tags=["predict"]
const scheduleGuess = "?"; // "constant" or "falling"

// %% id="schedule-setup" tags=["setup"] title="a training with a rate that may fall"
const STEPS = 600;
/** The losses of a training with momentum, in small batches; `shape` says how the rate goes. */
function trainedWith(shape: "constant" | "falling") {
  manualSeed(42);
  const net = reader();
  const opt = optim.SGD(net.parameters(), { lr: 0.1, momentum: 0.9 });
  const schedule = optim.CosineAnnealingLR(opt, STEPS);
  const losses: number[] = [];
  for (const { x, y } of digits.batches(16, { steps: STEPS })) {
    const loss = F.crossEntropy(net(x), y);
    opt.zeroGrad();
    loss.backward();
    opt.step();
    if (shape === "falling") schedule.step(); // a little lower
    losses.push(loss.item());
  }
  return smoothed(losses, 0.97);
}

// %% id="schedule" title="A rate that falls"
const [constant, falling] = [trainedWith("constant"), trainedWith("falling")];
plot.line({ constant, falling }, { x: "step", y: "loss, smoothed", log: true });
const ends = [constant[STEPS - 1], falling[STEPS - 1]];
const lower = ends[1] < ends[0] ? "falling" : "constant";
console.log(`${lower}: ${ends.map(short).join(" and ")}; you said ${scheduleGuess}.`);

// %% [markdown] id="batch-words"
// The falling rate ends lower. With large steps the walker crosses the valley early, and with small ones it comes to rest where the other is still being pushed about.
//
// ## How many at once
//
// Whoever chooses a rate has chosen it for one **batch size**: for how many digits are heard before each step. A large batch gives a truer slope, but fewer steps in each pass. Here is SGD again, five passes each, with three batch sizes and all eight rates.
//
// **Before you run it**: somewhere on the way up, a rate is high enough to read half of the digits. From the smallest batches to the largest, does that rate get *lower*, stay the *same*, or get *higher*?

// %% id="batch-guess" tags=["predict"]
const batchGuess = "?"; // "lower", "same" or "higher"

// %% id="batch" title="Three batch sizes, eight rates each"
const sizes = [16, 64, 256];
const readAt = (batch: number) => rates.map((lr) => readWith("SGD", lr, { batch }));
const bySize = sizes.map(readAt);
const sides = { rows: sizes.map(String), columns: rates.map(String) };
plot.heatmap(bySize, { ...sides, x: "learning rate", y: "batch size" });
const halfAt = bySize.map((read) => rates[read.findIndex((percent) => percent > 50)]);
const [ofSmall, , ofLarge] = halfAt;
const goes = ofLarge > ofSmall ? "higher" : ofLarge < ofSmall ? "lower" : "same";
console.log(`half from ${halfAt.join(", ")}: ${goes}; you said ${batchGuess}.`);

// %% [markdown] id="own-words"
// The good rates lie askew. Large batches take few steps in a pass, so each must be larger to get as far; and since their slope is truer, it may be. The two numbers are chosen together: a rate that somebody else has found is worth little without the size of their batches.
//
// **Now everything is yours**: the way, the rate, the batch, and how many passes. Run the cell as often as you like. The table keeps every run, the best on top; *steps* is the work that it took.

// %% id="own-setup" tags=["setup"] title="four knobs, and a table of your runs"
const mine = {
  way: ui.select("train by", names, { value: "momentum" }),
  rate: ui.slider("with a rate of", { min: 0.0003, max: 1, value: 0.01, log: true }),
  batch: ui.slider("in batches of", { min: 4, max: 512, value: 64, step: 4 }),
  passes: ui.slider("for passes", { min: 1, max: 10, value: 5, step: 1 }),
};
interface Tried {
  readonly way: Name;
  readonly rate: number;
  readonly batch: number;
  readonly epochs: number;
  readonly steps: number;
  readonly percent: number;
}
const myRuns: Tried[] = [];

// %% id="own" title="Your run"
const settings = {
  way: mine.way.value,
  rate: mine.rate.value,
  batch: mine.batch.value,
  epochs: mine.passes.value,
};
const percent = Number(readWith(settings.way, settings.rate, settings).toFixed(1));
const steps = Math.ceil(digits.length / settings.batch) * settings.epochs;
myRuns.push({ ...settings, steps, percent });
console.table(myRuns.toSorted((p, q) => q.percent - p.percent));

// %% [markdown] id="answer-words"
// ## The answer
//
// How large a step? Here is the sweep once more, with the rate that one short run has found for SGD.

// %% id="answer"
drawSweep(swept, [{ x: pick, label: `found for SGD: ${short(pick)}` }]);

// %% [markdown] id="answer-after"
// So large that the loss falls fast, and not so large that it leaps: between a rate at which nothing happens and one at which all is lost lies a broad hill. And *can the optimiser find out by itself?* In part. Adam finds how the rates of the knobs should stand **to each other**, which no hand could set for thousands of them. How large all of them should be together is still yours to choose.

// %% [markdown] id="exercises"
// ## Your turn
//
// Five exercises. Each has a check that says what is not right yet, three hints and a solution.

// %% id="ex-setup" tags=["setup"] title="what the checks use: the engine's steps for random slopes"
/** Where the engine's optimiser leads some knobs, for one row of slopes after another. */
function enginePath(way: Way, start: readonly number[], slopes: readonly (readonly number[])[]) {
  const knobs = tensor([...start], { requiresGrad: true, dtype: "f64" });
  const opt = way([knobs]);
  return slopes.map((row) => {
    opt.zeroGrad();
    knobs
      .mul(tensor([...row], { dtype: "f64" }))
      .sum()
      .backward(); // its slopes are the row
    opt.step();
    return Array.from(knobs.data);
  });
}
/** Random numbers from -2 to 2, in rows. */
const randomRows = (rows: number, numbers: number) =>
  Array.from({ length: rows }, () => Array.from(rand([numbers]).mul(4).sub(2).data));

// %% [exercise] id="ex-momentum" title="Write momentum"
// New velocities and knobs, as lists; each old velocity counts by the share `kept`.
function momentumStep(
  knobs: number[],
  slopes: number[],
  velocity: number[],
  rate = 0.1,
  kept = 0.9,
) {
  const next = slopes.map((slope, i) => slope);
  return { velocity: next, knobs: knobs.map((knob, i) => knob - rate * next[i]) };
}

// %% id="ex-momentum-check" tags=["check"] for="ex-momentum"
const drawn = randomRows(5, 3);
const start = [0.5, -1, 2];
const byEngine = enginePath(ways.momentum(0.1, 0.9), start, drawn);
const plain = enginePath(ways.SGD(0.1), start, drawn);
let state = { knobs: start, velocity: [0, 0, 0] };
drawn.forEach((slopes, step) => {
  const kept = JSON.stringify(state);
  const before = state;
  const answer = momentumStep(before.knobs, slopes, before.velocity, 0.1, 0.9);
  expect(answer).holds(
    ({ knobs, velocity }: typeof state) => Array.isArray(knobs) && Array.isArray(velocity),
    "return both lists - { velocity, knobs }",
  );
  expect(JSON.stringify(before)).equal(kept, "the old lists are changed: make new ones");
  const averaged = before.knobs.map(
    (knob, i) => knob - 0.1 * (0.9 * before.velocity[i] + 0.1 * slopes[i]),
  );
  expect(answer.knobs)
    .mistake(plain[step], "this is SGD: the old velocity is missing")
    .mistake(averaged, "the slope is added whole, not a tenth of it")
    .close(byEngine[step], { rtol: 1e-6, atol: 1e-9 }, "velocity = kept * velocity + slope");
  state = answer;
});

// %% [markdown] id="ex-momentum-hint-1" tags=["hint"] for="ex-momentum" title="where to look"
// Compare the starter with the formula under *Momentum*. Its second line is there already; in the first, something old is missing.

// %% [markdown] id="ex-momentum-hint-2" tags=["hint"] for="ex-momentum" title="the rule"
// The new velocity of a knob is `kept` times its old velocity, plus its slope.

// %% [markdown] id="ex-momentum-hint-3" tags=["hint"] for="ex-momentum" title="the line, with a blank"
// `const next = slopes.map((slope, i) => kept * ____ + slope);`

// %% id="ex-momentum-solution" tags=["solution"] for="ex-momentum"
function momentumStep(
  knobs: number[],
  slopes: number[],
  velocity: number[],
  rate = 0.1,
  kept = 0.9,
) {
  const next = slopes.map((slope, i) => kept * velocity[i] + slope); // some of the old way
  return { velocity: next, knobs: knobs.map((knob, i) => knob - rate * next[i]) };
}

// %% [exercise] id="ex-adam" title="Write Adam"
// The turn of one knob at its step t = 1, 2, ...; both means know this slope already.
function adamTurn(m: number, s: number, t: number, rate: number) {
  return -rate * m;
}

// %% id="ex-adam-check" tags=["check"] for="ex-adam"
const slopeRows = randomRows(6, 1);
const truth = enginePath(ways.Adam(0.1), [1], slopeRows);
let [m, s] = [0, 0];
slopeRows.forEach(([slope], i) => {
  m = 0.9 * m + 0.1 * slope;
  s = 0.999 * s + 0.001 * slope ** 2;
  const t = i + 1;
  const [whole, squares] = [m / (1 - 0.9 ** t), s / (1 - 0.999 ** t)];
  const wanted = truth[i][0] - (i === 0 ? 1 : truth[i - 1][0]);
  expect(adamTurn(m, s, t, 0.1))
    .mistake(-wanted, "this turns the wrong way: against the slope")
    .mistake(-0.1 * m, "divide by the root of the mean square")
    .mistake((-0.1 * m) / s, "the square root is missing")
    .mistake((-0.1 * m) / Math.sqrt(s), "both means begin at zero: correct them first")
    .mistake((-0.1 * whole) / Math.sqrt(s), "the mean of the squares must be corrected too")
    .mistake((-0.1 * m) / Math.sqrt(squares), "the mean of the slopes must be corrected too")
    .close(wanted, { rtol: 1e-5, atol: 1e-9 }, "-rate * m / sqrt(s), both means corrected");
});

// %% [markdown] id="ex-adam-hint-1" tags=["hint"] for="ex-adam" title="where to look"
// The formula is under *Adam*, and what is divided away at first under *A small correction*. You are given both means; the two corrections and the division are yours.

// %% [markdown] id="ex-adam-hint-2" tags=["hint"] for="ex-adam" title="the rule"
// Divide `m` by `1 - 0.9 ** t` and `s` by `1 - 0.999 ** t`. Then the turn is minus the rate times the first, divided by the square root of the second.

// %% [markdown] id="ex-adam-hint-3" tags=["hint"] for="ex-adam" title="the lines, with a blank"
// `const whole = m / (1 - 0.9 ** t);`, `const squares = ____;`, and `return (-rate * whole) / (Math.sqrt(squares) + 1e-8);`

// %% id="ex-adam-solution" tags=["solution"] for="ex-adam"
function adamTurn(m: number, s: number, t: number, rate: number) {
  const whole = m / (1 - 0.9 ** t); // as if it had not begun at zero
  const squares = s / (1 - 0.999 ** t);
  return (-rate * whole) / (Math.sqrt(squares) + 1e-8); // so small a number, lest one divide by 0
}

// %% [exercise] id="ex-rate" title="The best rate for a narrow valley"
// SGD in a valley of narrowness 100: arrive in less than 320 steps.
const myRate = 0.01;
endOf(walk(ways.SGD(myRate), valley(100)), valley(100));

// %% id="ex-rate-check" tags=["check"] for="ex-rate"
expect(myRate).above(0, "a rate of zero stands still, and one below it climbs");
const walked = walk(ways.SGD(myRate), valley(100), 1000);
const [x, y] = walked[walked.length - 1];
const creeps = "steps: it creeps along the floor, so a higher rate";
const zigzags = "steps: it zigzags, so a lower rate";
const isLost = !(Math.abs(y) <= 1);
expect(isLost).equal(false, "it climbs the wall: the limit is 2 divided by the steepest bend");
expect(walked.length - 1).below(320, Math.abs(y) > Math.abs(x) ? zigzags : creeps);

// %% [markdown] id="ex-rate-hint-1" tags=["hint"] for="ex-rate" title="where to look"
// The bends of this valley are 1 along the floor and 100 across. How high may the rate be before it climbs? (Lesson 3: 2 divided by the bend.)

// %% [markdown] id="ex-rate-hint-2" tags=["hint"] for="ex-rate" title="the rule"
// The best rate lies just below the limit, where the floor and the walls are walked down equally fast. It is 2 divided by the sum of both bends.

// %% [markdown] id="ex-rate-hint-3" tags=["hint"] for="ex-rate" title="the line, with a blank"
// `const myRate = 2 / (1 + ____);`

// %% id="ex-rate-solution" tags=["solution"] for="ex-rate"
const myRate = 2 / (1 + 100); // both directions shrink equally fast
endOf(walk(ways.SGD(myRate), valley(100)), valley(100));

// %% [exercise] id="ex-finder" title="Read a rate from the curve"
// From the rates and mean losses of one rising run, choose a rate to train with.
function pickRate(rates: readonly number[], losses: readonly number[]) {
  return rates[losses.indexOf(Math.min(...losses))];
}
pickRate(seen, mean);

// %% id="ex-finder-check" tags=["check"] for="ex-finder"
const hills = [0.02, 0.5, 6].map((best) => {
  const rates = Array.from({ length: 120 }, (_, i) => best * 10 ** ((i - 80) / 20));
  // Falls around `best`, is lowest at five times as much, and leaps up beyond.
  const losses = rates.map((rate) => {
    const far = rate / best;
    return 2.3 / (1 + far ** 1.5) + (far / 12) ** 4;
  });
  return { best, rates, losses };
});
expect.each(hills, ({ best, rates, losses }) => {
  const answer = pickRate(rates, losses);
  expect(answer)
    .mistake(
      rates[losses.indexOf(Math.min(...losses))],
      "at the lowest place it is about to leap: well before it",
    )
    .mistake(rates.at(-1), "this is where all is lost")
    .mistake(rates[0], "here it has hardly begun to move")
    .above(best / 4, "here the loss hardly falls yet: go nearer to the lowest place")
    .below(3 * best, "too near to the leap: a fraction of the lowest place");
});
expect(pickRate(seen, mean)).above(bestOfSweep / 3.2, "less than a third of the best of the sweep");
expect(pickRate(seen, mean)).below(
  bestOfSweep * 3.2,
  "more than three times the best of the sweep",
);

// %% [markdown] id="ex-finder-hint-1" tags=["hint"] for="ex-finder" title="where to look"
// Look at the curve of *One run through all rates*. The starter takes the rate at its lowest place; where does the cell above take it?

// %% [markdown] id="ex-finder-hint-2" tags=["hint"] for="ex-finder" title="the rule"
// Take a quarter or so of the rate at the lowest place: there the loss was still falling, and there is room to the leap.

// %% [markdown] id="ex-finder-hint-3" tags=["hint"] for="ex-finder" title="the line, with a blank"
// `return rates[losses.indexOf(Math.min(...losses))] / ____;`

// %% id="ex-finder-solution" tags=["solution"] for="ex-finder"
function pickRate(rates: readonly number[], losses: readonly number[]) {
  return rates[losses.indexOf(Math.min(...losses))] / 4; // room to the leap
}
pickRate(seen, mean);

// %% [exercise] id="ex-wine" title="Make the wines train"
// Give back both sets so that the network learns. Each has x [wines, 13] and y.
const ready = (learn: data.Dataset, judge: data.Dataset) => ({ learn, judge });
wineWith(ready(raw.learn, raw.judge)).toFixed(1);

// %% id="ex-wine-check" tags=["check"] for="ex-wine"
const given = ready(raw.learn, raw.judge);
expect(given).holds(
  ({ learn, judge }: typeof raw) => learn instanceof data.Dataset && judge instanceof data.Dataset,
  "return both sets - { learn, judge }",
);
expect(given.learn.y).close(raw.learn.y, {}, "the wines to learn from are others now");
expect(given.judge.y).close(raw.judge.y, {}, "the wines to judge are others now");
const apart13 = "some measurements still spread hundreds of times as far as others";
expect(given.learn.x.std(0).max().item()).below(5, apart13);
expect(given.judge.x)
  .mistake(raw.judge.x, "the wines to judge are still as they came")
  .mistake(raw.judge.standardize().x, "they have a scale of their own: use that of the others")
  .close(
    raw.judge.standardize(raw.learn).x,
    { atol: 1e-3 },
    "by mean and deviation of the wines to learn from",
  );
expect(wineWith(given)).above(90, "percent told apart");

// %% [markdown] id="ex-wine-hint-1" tags=["hint"] for="ex-wine" title="where to look"
// The set-up above the wines made `scaled` out of `cellar`. What did it call?

// %% [markdown] id="ex-wine-hint-2" tags=["hint"] for="ex-wine" title="the rule"
// `set.standardize()` gives a set at one scale. With another set in brackets it takes mean and deviation from that one.

// %% [markdown] id="ex-wine-hint-3" tags=["hint"] for="ex-wine" title="the line, with a blank"
// `({ learn: learn.standardize(), judge: judge.standardize(____) })`

// %% id="ex-wine-solution" tags=["solution"] for="ex-wine"
// Both by the wines to learn from: the others are strangers, and must not have a say.
const ready = (learn: data.Dataset, judge: data.Dataset) => ({
  learn: learn.standardize(),
  judge: judge.standardize(learn),
});
wineWith(ready(raw.learn, raw.judge)).toFixed(1);

// %% [markdown] id="recap"
// ## What you take along
//
// - The **learning rate** decides most. Too low creeps, too high is lost; between them lies a broad hill, and one short run with a rising rate finds its side.
// - **Momentum** remembers where it was going. **Adam** gives each knob a rate of its own. Neither chooses the rate for you.
// - Before you blame the rate, look at the **scale** of what goes in.

// %% [markdown] id="quiz" tags=["quiz"]
// ### Two questions
//
// "I use Adam, so I need no learning rate." True?
//
// - [ ] True, as it finds the rate by itself: it sets how the rates of the knobs stand to each other. In the sweep it failed at both ends like the others.
// - [x] No, the number in front of all of them is yours: Adam sets how the rates of the knobs stand to each other. In the sweep it failed at both ends like the others.
// - [ ] True after the first steps: the correction fades after them. The rate in front stays.
//
// All slopes of a model become ten times as large (say, the loss is written in other units). Which of the three must have another rate?
//
// - [ ] All three: Adam divides by the size of the slopes, and takes the same steps as before.
// - [ ] Adam alone: it is the one that divides by the size of the slopes.
// - [x] SGD and momentum: their steps grow ten times as large, so the rate should be a tenth. Adam divides by the size of the slopes, and takes the same steps as before.

// %% [markdown] id="simplified"
// ### What the article simplifies
//
// *Rather than manually adjusting the learning rate, frameworks use smart optimizers like Adam and SGD ... adapting the learning rate as they go.* Two corrections. **SGD adapts nothing**: it is the plain rule of lesson 3, with the rate you gave it. And Adam adapts the rates of the knobs *relative to each other*; the rate in front is still chosen by hand, or lowered by a schedule that somebody chose. A navigator, to use its picture, needs to be told how fast to drive. And where the valley lies askew, it is not even a good one: you have turned it.

// %% [markdown] id="next"
// **Next: [lesson 9](?lesson=09).** All these rates were judged by digits that were kept apart. Why not by those the network learned from? Because a large network can learn anything by heart, and it does.
