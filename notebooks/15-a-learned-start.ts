// ---
// title: A learned start
// question: Fifty examples are too few to learn from. What if the model has learned something else before?
// minutes: 35
// order: 15
// needs: [12, 14]
// ---

// %% [markdown] id="opening"
// # A learned start
//
// A machine is to invent names of towns, letter by letter. It has **fifty** towns to learn from, which is next to nothing. But there are thousands of first names, and lesson 12 has taught a network to write those. Are towns anything like them? **Choose a letter**: blue is what follows it in first names, orange what follows it in towns.

// %% id="setup" tags=["setup"] title="names and towns, a network that writes, and pens"
import { accuracy, cat, data, expect, F, load, manualSeed, multinomial, nn, noGrad } from "descent";
import { optim, plot, progress, randperm, save, tensor, ui, type Tensor } from "descent";

const two = (value: number) => value.toFixed(2).replace("-", "−");

const people = data.load("names");
const towns = data.load("towns");
const symbols = people.letters; // ".", "a", ..., "z"

/** The examples of those words of a set that are wanted. */
function examplesOf(set: data.Names, wanted: ReadonlySet<string>): data.Dataset {
  const kept = set.words.flatMap((word) =>
    Array.from({ length: word.length + 1 }, () => wanted.has(word)),
  );
  return set.subset(kept.flatMap((isKept, row) => (isKept ? [row] : [])));
}

/** How often each symbol follows a letter, as shares. */
function followersOf({ x, y }: data.Dataset, letter: string): Tensor {
  const after = y.maskedSelect(x.at(null, 2).eq(symbols.indexOf(letter)));
  return after.bincount({ minlength: 27 }).to("f32").div(after.numel());
}

/** Draws two rows of shares side by side, a pair of bars for each symbol. */
function drawPairs(pairs: Readonly<Record<string, Tensor>>, title: string) {
  const tints = ["#1f6fb5", "#c9620a"];
  plot.drawing(() => ({
    data: Object.entries(pairs).map(([name, shares], i) => ({
      type: "bar",
      name,
      x: symbols,
      y: Array.from(shares.data),
      marker: { color: tints[i] },
      hovertemplate: `${name}: %{x} %{y:.0%}<extra></extra>`,
    })),
    layout: {
      title: { text: title },
      xaxis: { type: "category", dtick: 1 },
      yaxis: { rangemode: "tozero", tickformat: ".0%" },
      barmode: "group",
      bargap: 0.2,
      margin: { l: 44, r: 8, t: 36, b: 32 },
      legend: { orientation: "h", x: 1, xanchor: "right", y: 1 },
      height: 280,
    },
    words: title,
  }));
}
/** The mean surprise of a network at each letter of some words. */
const lossOf = (net: (x: Tensor) => Tensor, { x, y }: data.Dataset) =>
  noGrad(() => F.crossEntropy(net(x), y)).item();

manualSeed(42);
const known = people.split(0.9);
const newNames = known.test.subset(Array.from({ length: 600 }, (_, row) => row)); // some of them
// A town that is a first name too, as jackson, is no news to who knows names.
const isName = new Set(people.words);
const shuffled = Array.from(randperm(towns.words.length).data, (row) => towns.words[row]);
const order = shuffled.filter((word) => !isName.has(word));
const part = (low: number, high: number) => examplesOf(towns, new Set(order.slice(low, high)));
const newTowns = part(0, 150); // they say where to stop
const sealed = part(150, 600); // judged by at the end alone
const townsOf = (count: number) => part(600, 600 + count);
const fifty = townsOf(50);
const letter = ui.select("letter", [".", "a", "b", "d", "k", "q", "t", "v"], { value: "d" });

// %% id="alike" tags=["auto"]
const after = (set: data.Dataset) => followersOf(set, letter.value);
drawPairs({ names: after(people), towns: after(towns) }, `after ${letter.value}`);

// %% [markdown] id="alike-words"
// After *q* comes *u* in both. After *d* a name goes on, with a vowel, and a town most often ends. Whoever knows names is no beginner with towns, and no master of them either.
//
// ## A file from another life
//
// So begin with names. Three letters are given, ten numbers stand for each of them, two hundred neurons look at them, and each of 27 symbols gets a score: the larger network of lesson 12.

// %% id="writer"
class Writer extends nn.Module {
  letters = nn.Embedding(27, 10);
  hidden = nn.Linear(30, 200);
  out = nn.Linear(200, 27);
  forward(x: Tensor) {
    const places = this.letters(x).flatten(1); // three letters, thirty numbers
    return this.out(this.hidden(places).tanh());
  }
}
new Writer().summary();

// %% id="names-train" title="Learn names" quick={"steps": 1200}
const steps = 6000; // batches of 64
manualSeed(42);
const namer = new Writer();
const opt = optim.Adam(namer.parameters(), { lr: 0.005 });
const schedule = optim.CosineAnnealingLR(opt, steps);
const curve = plot.live({ y: "loss on names", smooth: 0.97, height: 220 });
for (const { x, y } of known.train.batches(64, { steps })) {
  const loss = F.crossEntropy(namer(x), y);
  (opt.zeroGrad(), loss.backward(), opt.step(), schedule.step());
  curve.push({ loss });
}

// %% id="keep"
await save("names.safetensors", namer, { note: "first names" });
const learned = await load("names.safetensors"); // tensors by name
const onNames = lossOf(namer, newNames);
console.log(`${Object.keys(learned).join(", ")}: loss on new names ${two(onNames)}`);

// %% [markdown] id="untuned-words"
// That file is all that is left of the training (lesson 14). It has never seen a town. (Some towns are called like people, as *jackson* is. They would be no news to it, so they take no part in this lesson.)
//
// **Before you run it**: somebody who knows nothing has a loss of $\ln 27$. How large will the loss of this network be on *towns*?

// %% id="untuned-guess" tags=["predict"]
const untunedGuess: number | "?" = "?"; // from 3.3

// %% id="untuned"
const untuned = lossOf(namer, newTowns);
const blind = Math.log(27);
const bars = { "who knows nothing": blind, towns: untuned, names: onNames };
plot.bars(bars, { y: "loss" });
console.log(`On towns ${two(untuned)}; you said ${untunedGuess}.`);

// %% [markdown] id="scratch-words"
// Half of the way, without a single town. Keep that number in mind.
//
// ## Fifty towns, and a thrown start
//
// Now the usual way: random numbers, and the fifty towns. On the way we look at the loss on these fifty, and on towns that are new to it.

// %% id="learn-setup" tags=["setup"] title="the loop of above as a function, which looks up every twenty steps"
type Net = nn.Module & ((x: Tensor) => Tensor);
type State = Readonly<Record<string, Tensor>>;
/** A writer that begins with the numbers of a file. */
function from(state: State): Writer {
  const net = new Writer();
  net.loadStateDict(state);
  return net;
}
/** What a network knows now, as nobody will change it. */
const copyOf = (net: nn.Module): State =>
  Object.fromEntries(Object.entries(net.stateDict()).map(([name, each]) => [name, each.clone()]));

/** Trains on batches and looks up on the way; remembers where the loss on `towns` was lowest. */
function learn(
  net: Net,
  batches: Iterable<{ readonly x: Tensor; readonly y: Tensor }>,
  lr: number,
  judges: Readonly<Record<string, data.Dataset>> = { names: newNames, towns: newTowns },
) {
  const opt = optim.Adam(
    net.parameters().filter(({ requiresGrad }) => requiresGrad),
    { lr },
  );
  const at: number[] = [];
  const losses: Record<string, number[]> = {};
  const moments: State[] = [];
  let step = 0;
  const lookUp = () => {
    for (const [name, set] of Object.entries(judges)) (losses[name] ??= []).push(lossOf(net, set));
    at.push(step);
    moments.push(copyOf(net));
  };
  for (const { x, y } of batches) {
    if (step % 20 === 0) lookUp();
    const loss = F.crossEntropy(net(x), y);
    opt.zeroGrad();
    loss.backward();
    opt.step();
    step++;
  }
  lookUp();
  const lowest = Math.min(...losses.towns);
  return { at, losses, moments, lowest, best: moments[losses.towns.indexOf(lowest)] };
}

// %% id="scratch"
manualSeed(42);
const fiftyBatches = () => fifty.batches(64, { steps: 200 });
const judges = { "the fifty": fifty, towns: newTowns };
const thrown = learn(new Writer(), fiftyBatches(), 0.001, judges);
const marks = [{ y: untuned, label: "untuned" }];
plot.line(thrown.at, thrown.losses, { x: "step", y: "loss", marks });
console.log(`At best ${two(thrown.lowest)} on new towns.`);

// %% [markdown] id="scratch-after"
// It goes on learning the fifty by heart, and new towns gain nothing from that (lesson 9). At its best it is *still* behind the file that has never seen a town.
//
// ## Fifty towns, and a learned start
//
// Now the same loop with the same towns. Only the numbers it starts from are others. **Before you run it**: how much lower will the lowest loss on new towns be?

// %% id="gap-guess" tags=["predict"]
const gapGuess: number | "?" = "?"; // from 0

// %% id="tuned"
manualSeed(42);
const heir = new Writer();
heir.loadStateDict(learned); // the only new line
const tuned = learn(heir, fiftyBatches(), 0.001);
const [byThrow, byFile] = [thrown, tuned].map(({ losses }) => losses.towns);
const starts = { "thrown start": byThrow, "learned start": byFile };
plot.line(tuned.at, starts, { x: "step", y: "loss on new towns", marks });
const gap = thrown.lowest - tuned.lowest;
console.log(`Lower by ${two(gap)}; you said ${gapGuess}.`);

// %% [markdown] id="tuned-after"
// That is **fine-tuning**: training that starts from parameters which another training has found. No new method, no other loss, one line. What names and towns share is there already, so the fifty towns are spent on what is different.
//
// See what they write. Each row throws the same dice.

// %% id="write-setup" tags=["setup"] title="words from a writer"
/** The word of some numbers, without the dots around it. */
const spell = (numbers: readonly number[]) =>
  numbers.map((each) => (each === 0 ? "" : symbols[each])).join("");
const scoresAfter = (net: Net, written: readonly number[]) =>
  noGrad(() => net(tensor([written.slice(-3)])).at(0));
/** Goes on until a dot comes: with dice that are loaded by the scores, or with what is likeliest. */
function write(net: Net, start: string, next: (scores: Tensor) => number): string {
  const written = [0, 0, 0, ...Array.from(start, (each) => symbols.indexOf(each))];
  do written.push(next(scoresAfter(net, written)));
  while (written[written.length - 1] !== 0 && written.length < 18);
  return spell(written);
}
const byDice = (scores: Tensor) => multinomial(scores.softmax(0), 1).item();
const likeliest = (scores: Tensor) => scores.argmax().item();
/** Some words by dice, the same throws for whoever writes. */
function wordsOf(net: Net, count = 8): string {
  manualSeed(42);
  return Array.from({ length: count }, () => write(net, "", byDice)).join(", ");
}

// %% id="samples"
const writers = { "fifty towns": thrown.best, names: learned, both: tuned.best };
for (const [knows, state] of Object.entries(writers))
  console.log(`${knows}: ${wordsOf(from(state))}`);

// %% [markdown] id="rates-words"
// ## Small steps
//
// A learned start is something one can lose. All the trainings above took a rate of 0.001. **Before you run it**: with ten times that, will the loss on new towns after twenty steps be lower or higher than before the first?

// %% id="rates-guess" tags=["predict"]
const rateGuess = "?"; // "lower" or "higher"

// %% id="rates"
const rates = [0.0003, 0.001, 0.003, 0.01];
const walks = rates.map((lr) => {
  manualSeed(42);
  const batches = fifty.batches(64, { steps: 60 });
  return learn(from(learned), batches, lr, { towns: newTowns });
});
const byRate = Object.fromEntries(rates.map((lr, i) => [lr, walks[i].losses.towns]));
plot.line(walks[0].at, byRate, { x: "step", y: "loss on new towns", marks });
const is = byRate[0.01][1] < untuned ? "lower" : "higher";
console.log(`With 0.01: ${is}; you said ${rateGuess}.`);

// %% [markdown] id="rates-after"
// The fastest overruns what was learned before it has learned anything else, and the next one soon does. Who starts from random numbers has nothing to lose; who starts from a file takes small steps, and few of them.
//
// ## What it forgets
//
// And the names? Nobody has shown it one since. **Before you run it**: 600 steps on 25 towns. The loss on new names was that of the bar above. How large will it be afterwards?

// %% id="forget-guess" tags=["predict"]
const forgetGuess: number | "?" = "?"; // from 2.2

// %% id="forget" title="Keep at it for too long"
manualSeed(42);
const far = learn(from(learned), townsOf(25).batches(64, { steps: 600 }), 0.001);
plot.line(far.at, far.losses, { x: "step", y: "loss" });
const afterwards = far.losses.names[far.at.length - 1];
console.log(`${two(onNames)} became ${two(afterwards)}; you said ${forgetGuess}.`);

// %% [markdown] id="drift-words"
// Worse than somebody who knows nothing, and with towns that it has not seen it fares no better: it is *sure* of the wrong letters. The numbers that knew names are the same numbers that now know 25 towns by heart; there is only one set of them. It is called *catastrophic forgetting*. **Drag through the steps.** Above the bars are the words that it thinks likeliest after *ma*, *jo*, *bri* and *wi*.

// %% id="drift-setup" tags=["setup"] title="a knob for the step to look at"
const moment = ui.slider("step", { min: 0, max: 600, step: 20, value: 300 });
const beginnings = ["ma", "jo", "bri", "wi"];

// %% id="drift"
const then = from(far.moments[far.at.indexOf(moment.value)]);
const words = beginnings.map((start) => write(then, start, likeliest));
const now = { names: lossOf(then, newNames), towns: lossOf(then, newTowns) };
plot.bars(now, { y: "loss", range: [0, 5], title: words.join(", ") });

// %% [markdown] id="back-words"
// ## Halfway back
//
// Forgetting has a cure that costs nothing. The numbers walked from the file to where they are now. Put each of them somewhere **between** the two (M. Wortsman and others, 2022). Here is the way of the training with fifty towns, from the file on the left to its end on the right. **Find the best place for towns. Is it the end?**

// %% id="back-setup" tags=["setup"] title="a knob for the way, and a mixture of two states"
const way = ui.slider("of the way", { min: 0, max: 1, step: 0.1, value: 1 });
/** Each number at this share of the way from one state to another. */
const between = (one: State, other: State, share: number): State =>
  Object.fromEntries(
    Object.entries(one).map(([name, each]) => [name, each.lerp(other[name], share)]),
  );

// %% id="way"
const end = tuned.moments[tuned.moments.length - 1];
const parts = Array.from({ length: 11 }, (_, i) => i / 10);
const mixtures = parts.map((part) => from(between(learned, end, part)));
const mixedNames = mixtures.map((net) => lossOf(net, newNames));
const mixedTowns = mixtures.map((net) => lossOf(net, newTowns));

// %% id="back"
const stop = Math.round(10 * way.value);
const here = `names ${two(mixedNames[stop])}, towns ${two(mixedTowns[stop])}`;
const onTheWay = { names: mixedNames, towns: mixedTowns };
const marked = { title: here, marks: [{ x: way.value }] };
plot.line(parts, onTheWay, { x: "of the way", y: "loss", ...marked });

// %% [markdown] id="back-after"
// Somewhere in the middle it is better at towns than at the end of the training, and has kept most of its names. The walk has gone too far; going back undoes first what was learned by heart.
//
// ## A few of the old
//
// The other cure is to go on showing what should not be forgotten. Of each batch, a share is names. That is *replay* (A. Robins, 1995). **Before you run it**: with three names for each town, will the lowest loss on new towns be lower than that of the untuned file, or higher?

// %% id="replay-guess" tags=["predict"]
const replayGuess = "?"; // "lower" or "higher"

// %% id="replay"
function* withOld(share: number, steps = 200) {
  const old = Math.round(64 * share); // names in a batch of 64
  const names = [...known.train.batches(old, { steps })];
  for (const { x, y, step } of fifty.batches(64 - old, { steps }))
    yield { x: cat([x, names[step].x]), y: cat([y, names[step].y]) };
}
manualSeed(42);
const replayed = learn(from(learned), withOld(0.75), 0.001);
plot.line(replayed.at, replayed.losses, { x: "step", y: "loss", range: [2, 3.5] });
const verdict = replayed.lowest < untuned ? "lower" : "higher";
console.log(`${two(replayed.lowest)}: ${verdict}; you said ${replayGuess}.`);

// %% [markdown] id="shares-words"
// Both lines stay low now, to the end. How much of the old is right? Each dot is the end of a training with another share of names: the further to the right, the more names are forgotten; the lower, the better the towns.

// %% id="shares" title="Four shares of the old"
const runs: Record<string, typeof tuned> = { "0 % names": tuned, "75 %": replayed };
for (const share of [0.25, 0.9]) {
  manualSeed(42);
  runs[`${100 * share} %`] = learn(from(learned), withOld(share), 0.001);
}
const lastOf = (which: string) =>
  Object.values(runs).map(({ losses }) => losses[which][losses[which].length - 1]);
const dots = { x: lastOf("names"), y: lastOf("towns") };
const labels = Object.keys(runs);
const names = { x: "loss on names", y: "loss on towns" };
plot.scatter(dots, { ...names, color: labels, size: 12 });

// %% [markdown] id="freeze-words"
// With none of the old, names are lost; with hardly anything else, towns are not learned. In between even the *towns* are better than without names: what must still be known cannot be pushed aside for learning fifty words by heart.
//
// ## Let some numbers stand
//
// Nothing is forgotten by a number that is not turned. A **frozen** parameter gets no slope and stays as it is. So turn only one layer of three. **Before you run it**: the places of the letters are the smallest layer by far. Trained alone, how low can they bring the loss on new towns? (Remember the file, untuned, and all of it, tuned.)

// %% id="freeze-guess" tags=["predict"]
const freezeGuess: number | "?" = "?"; // from 2.8

// %% id="freeze"
function tunedOnly(layer: string, lr: number) {
  manualSeed(42);
  const net = from(learned).freeze().unfreeze(layer);
  const turned = net.parameters().filter(({ requiresGrad }) => requiresGrad);
  const knobs = turned.reduce((sum, each) => sum + each.numel(), 0);
  return { net, knobs, ...learn(net, fiftyBatches(), lr) };
}
const onlyLetters = tunedOnly("letters", 0.01); // few knobs, larger steps
const onlyOut = tunedOnly("out", 0.001);
console.log(`Letters alone: ${two(onlyLetters.lowest)}; you said ${freezeGuess}.`);

// %% id="frozen"
const lowest = {
  "none turned": untuned,
  [`letters: ${onlyLetters.knobs}`]: onlyLetters.lowest,
  [`out: ${onlyOut.knobs}`]: onlyOut.lowest,
  [`all: ${namer.summary().total}`]: tuned.lowest,
};
plot.bars(lowest, { x: "knobs turned", y: "loss on towns, from 2", range: [2, 3] });
const state = onlyOut.net.stateDict();
const stands = (name: string) => state[name].eq(learned[name]).all().item() === 1;
const same = Object.keys(learned).filter(stands);
console.log(`Equal in every bit: ${same.join(", ")}.`);

// %% [markdown] id="freeze-after"
// The few knobs of the letters do a good part of the work, and the last layer alone nearly as much as all of them. That is why one large model can serve many: each has a few knobs of their own, and the frozen rest is shared. With one common file and a small one for names and one for towns, nothing is forgotten at all.
//
// ## When it does not help
//
// Is it the *numbers* that help, or that the network was trained at all? Here is the file of somebody who learned names in a secret code, each letter with the part of another: the same skill, the same size of numbers. **Before you run it**: as a start for towns, does it help as much as the file did, half as much, or not at all?

// %% id="code-guess" tags=["predict"]
const codeGuess = "?"; // "as much", "half" or "not at all"

// %% id="code"
manualSeed(42);
const code = cat([tensor([0]), randperm(26).add(1)]); // the dot stays a dot
const spy = { ...learned };
for (const name of ["letters.weight", "out.weight", "out.bias"])
  spy[name] = learned[name].takeRows(code);
const coded = learn(from(spy), fiftyBatches(), 0.001);
const lines = { ...starts, "in secret code": coded.losses.towns };
plot.line(coded.at, lines, { x: "step", y: "loss on new towns", marks });
const gained = (thrown.lowest - coded.lowest) / gap; // 1: what the file gained
const helps = gained > 0.75 ? "as much" : gained > 0.25 ? "half" : "not at all";
console.log(`${two(coded.lowest)}: ${helps}; you said ${codeGuess}.`);

// %% [markdown] id="pictures-words"
// What was learned of *e* holds for no other letter. A start helps as far as the old task and the new one share their meaning, and a start of another meaning is none, or worse.
//
// And there is a quieter way to fail. A network has learned to tell the digits 0 to 4 from some hundreds of pictures. It is to learn 5 to 9, from few. Surely strokes are strokes? **Before you run it**: with fifty pictures, how many percent *more* will it read than a network with a thrown start?

// %% id="pictures-guess" tags=["predict"]
const moreGuess: number | "?" = "?"; // percent, from 0

// %% id="pictures-setup" tags=["setup"] title="digits of two halves, and trainings on the second"
manualSeed(42);
const digits = data.load("digits").split(0.6);
const ofClasses = (set: data.Dataset, low: number, high: number) =>
  set.subset(
    Array.from(set.y.data).flatMap((each, row) => (each >= low && each <= high ? [row] : [])),
  );
const [firstHalf, lateHalf] = [ofClasses(digits.train, 0, 4), ofClasses(digits.train, 5, 9)];
const newPictures = ofClasses(digits.test, 5, 9);
const reader = () => nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10));
type Reader = ReturnType<typeof reader>;
function practise(net: Reader, set: data.Dataset, steps: number) {
  const knobs = net.parameters().filter(({ requiresGrad }) => requiresGrad);
  const opt = optim.Adam(knobs, { lr: 0.01 });
  for (const { x, y } of set.batches(32, { steps })) {
    const loss = F.crossEntropy(net(x), y);
    opt.zeroGrad();
    loss.backward();
    opt.step();
  }
  return net;
}
const halfReader = practise(reader(), firstHalf, 400);
const pictureCounts = [25, 50, 100, 200];
/** Percent read of new pictures, a row for each throw, by how many pictures were practised with. */
function readRows(throws: number, start: (net: Reader) => Reader): number[][] {
  return Array.from({ length: throws }, (_, seed) =>
    pictureCounts.map((count) => {
      manualSeed(seed);
      const some = lateHalf.subset(randperm(lateHalf.length).at([0, count]));
      return 100 * accuracy(practise(start(reader()), some, 200), newPictures);
    }),
  );
}
/** Takes over what the reader of 0 to 4 sees in pictures; what it answers stays as thrown. */
function inherit(net: Reader): Reader {
  const { "0.weight": weight, "0.bias": bias } = halfReader.stateDict();
  net.loadStateDict({ "0.weight": weight, "0.bias": bias }, { strict: false });
  return net;
}
const meanOf = (rows: readonly (readonly number[])[]) =>
  rows[0].map((_, i) => rows.reduce((sum, row) => sum + row[i], 0) / rows.length);

// %% id="pictures" title="5 to 9, after 0 to 4" quick={"throws": 1}
const throws = 3;
const read = {
  "thrown start": readRows(throws, (net) => net),
  "0 to 4 first": readRows(throws, inherit),
};
const percents = { x: "pictures", y: "percent read", log: "x" } as const;
plot.line(pictureCounts, read, percents);
const [byThrown, byLearned] = Object.values(read).map(meanOf);
const more = two(byLearned[1] - byThrown[1]);
console.log(`${more} percent more; you said ${moreGuess}.`);

// %% [markdown] id="foundation-words"
// Nothing gained. To see why, freeze the first layer and let only the answers learn: then all hangs on what the first layer shows them. Is the layer that was learned from 0 to 4 a better foundation than one that was never trained at all?

// %% id="foundation"
const frozen = {
  "thrown, frozen": readRows(throws, (net) => net.freeze("0")),
  "0 to 4, frozen": readRows(throws, (net) => inherit(net).freeze("0")),
};
plot.line(pictureCounts, frozen, percents);

// %% [markdown] id="foundation-after"
// A layer of random numbers shows a little of everything. The one that learned 0 to 4 has kept what tells *these* apart and thrown away the rest, right above the dots. Large networks of many layers, shown a thousand kinds of things, do learn early layers that serve nearly every picture (J. Yosinski and others, 2014). Ours is small and saw five kinds.
//
// ## Small and trained for it
//
// And if there were more towns? Here is the small network of lesson 12, less than a third of the knobs, that has seen towns only, against the large one that has seen many thousand names and no town.

// %% id="focused"
manualSeed(42);
const small = nn.Sequential(
  nn.Embedding(27, 2),
  nn.Flatten(),
  nn.Linear(6, 100),
  nn.Tanh(),
  nn.Linear(100, 27),
);
const focused = learn(small, townsOf(800).batches(64, { steps: 400 }), 0.01).lowest;
const [few, many] = [small, namer].map((net) => `${net.summary().total} knobs`);
const rivals = { [`${many}, names`]: untuned, [`${few}, towns`]: focused };
plot.bars(rivals, { y: "loss on towns, from 2", range: [2, 3] });

// %% [markdown] id="sizes-words"
// For one job, a small model that was made for it can beat a larger one that was not.
//
// ## The answer
//
// Back to the question. What is a learned start *worth*? Train with more and more towns, from either start, and judge at the end by towns that took no part in any choice so far.

// %% id="sizes-setup" tags=["setup"] title="one training, judged by the sealed towns"
/** The loss on sealed towns of a writer with this start, where new towns said to stop. */
function sealedLoss(set: data.Dataset, start: State | null, steps: number): number {
  const net = start === null ? new Writer() : from(start);
  const { best } = learn(net, set.batches(64, { steps }), 0.002, { towns: newTowns });
  return lossOf(from(best), sealed);
}

// %% id="sizes" title="Six sizes, two starts" quick={"tries": 1, "long": 120, "sizes": [25, 50, 200, 800]}
const tries = 3; // throws of the start and of the batches
const long = 400; // steps of each training
const sizes = [25, 50, 100, 200, 400, 800];
const [alone, helped]: number[][][] = [[], []]; // a row for each try
for (const seed of progress(Array.from({ length: tries }, (_, i) => i))) {
  manualSeed(seed);
  alone.push(sizes.map((size) => sealedLoss(townsOf(size), null, long)));
  helped.push(sizes.map((size) => sealedLoss(townsOf(size), learned, long)));
}

// %% id="answer-setup" tags=["setup"] title="a knob for the number of towns, and what they are worth"
const count = ui.select("towns", [25, 50, 100, 200], { value: 50 });
const sizeAxes = { x: "towns", y: "loss on sealed towns", log: "x" } as const;
/** How many towns a thrown start needs for what a learned one does with so many. */
function worthOf(towns: number): string {
  const [slow, fast] = [alone, helped].map(meanOf);
  const goal = fast[sizes.indexOf(towns)];
  const i = slow.findIndex((loss) => loss <= goal);
  if (i < 0) return `more than ${sizes[sizes.length - 1]}`;
  if (i === 0) return `fewer than ${sizes[0]}`;
  const part = (slow[i - 1] - goal) / (slow[i - 1] - slow[i]);
  const needed = sizes[i - 1] * (sizes[i] / sizes[i - 1]) ** part;
  return `about ${Number(needed.toPrecision(2))}`;
}

// %% id="answer"
const worth = `what ${worthOf(count.value)} do alone`;
const said = `${count.value} towns after names do ${worth}`;
const road = { "thrown start": alone, "learned start": helped };
const untunedHere = { y: lossOf(namer, sealed), label: "untuned" };
const signs = [untunedHere, { x: count.value }];
plot.line(sizes, road, { ...sizeAxes, title: said, marks: signs });

// %% [markdown] id="answer-after"
// Then the examples need to teach only what is new. The fewer there are, the more a learned start is worth, and the lines draw near to each other where there is enough of the real thing. It helps as far as the two tasks share their meaning, and what is learned last is paid for with what was learned first, unless you go in small steps, show some of the old, or let some of the numbers stand.

// %% [markdown] id="exercises"
// ## Your turn
//
// Four exercises. Each has a check that says what is not right yet, three hints and a solution.

// %% [exercise] id="ex-start" title="Give it a start"
// A loss on new towns at least 0.1 below that of the file, from the fifty towns.
function taught() {
  const net = new Writer();
  return learn(net, fifty.batches(64, { steps: 100 }), 0.01);
}
two(taught().lowest);

// %% id="ex-start-check" tags=["check"] for="ex-start"
const mine = taught();
const hasTrack = (each: ReturnType<typeof learn> | undefined) => each?.best !== undefined;
expect(mine).holds(hasTrack, "return what learn() gives");
const begun = mine.losses.towns[0];
expect(begun).below(
  untuned + 0.5,
  "loss before the first step: the start is thrown - give the network the numbers of the file",
);
const atBest = lossOf(from(mine.best), newTowns);
expect(atBest).above(
  untuned - 0.35,
  "too good to be true: does it learn from the towns by which it is judged?",
);
expect(atBest).below(
  untuned - 0.001,
  "never below the file: the first steps overrun what was learned - a smaller rate",
);
expect(atBest).below(untuned - 0.1, "it has hardly moved: more steps, or a larger rate");

// %% [markdown] id="ex-start-hint-1" tags=["hint"] for="ex-start" title="where to look"
// Compare with the cell in which the learned start was tuned. Two things are different here.

// %% [markdown] id="ex-start-hint-2" tags=["hint"] for="ex-start" title="the rule"
// A new `Writer` has random numbers: load those of the file into it *before* it learns. And who has something to lose takes small steps.

// %% [markdown] id="ex-start-hint-3" tags=["hint"] for="ex-start" title="the lines, with a blank"
// `net.loadStateDict(____);`, and a rate of `0.001`

// %% id="ex-start-solution" tags=["solution"] for="ex-start"
function taught() {
  const net = new Writer();
  net.loadStateDict(learned); // the start
  return learn(net, fifty.batches(64, { steps: 100 }), 0.001); // small steps
}
two(taught().lowest);

// %% [exercise] id="ex-both" title="Towns, and still names"
// At the end: at least 0.1 better at towns than the file, at most 0.1 worse at names.
const mix = { share: 0.1, lr: 0.005 };
const mixture = learn(from(learned), withOld(mix.share), mix.lr).losses;
[mixture.names, mixture.towns].map((all) => two(all[all.length - 1]));

// %% id="ex-both-check" tags=["check"] for="ex-both"
expect(mix.share).above(0.02, "a share of names, above zero").below(0.98, "and below one");
manualSeed(42);
const tried = learn(from(learned), withOld(mix.share), mix.lr).losses;
const [endOfNames, endOfTowns] = [tried.names, tried.towns].map((all) => all[all.length - 1]);
const least = Math.min(...tried.towns);
expect(endOfNames).below(
  onNames + 0.1,
  mix.lr > 0.002
    ? "loss on names: forgotten - smaller steps"
    : "loss on names: forgotten - more names in each batch",
);
expect(endOfTowns).below(
  untuned - 0.1,
  least < untuned - 0.1
    ? "loss on towns: it was lower on the way - smaller steps"
    : "loss on towns: hardly learned - fewer names, or larger steps",
);

// %% [markdown] id="ex-both-hint-1" tags=["hint"] for="ex-both" title="where to look"
// Look at the dots under *Four shares of the old*, and at the curves of the four rates.

// %% [markdown] id="ex-both-hint-2" tags=["hint"] for="ex-both" title="the rule"
// More names in a batch hold the names; smaller steps hold everything. Begin with the rate of the lesson.

// %% [markdown] id="ex-both-hint-3" tags=["hint"] for="ex-both" title="the line, with a blank"
// `const mix = { share: 0.____, lr: 0.001 };`, with more names than towns

// %% id="ex-both-solution" tags=["solution"] for="ex-both"
const mix = { share: 0.7, lr: 0.001 }; // two names or so for each town
const mixture = learn(from(learned), withOld(mix.share), mix.lr).losses;
[mixture.names, mixture.towns].map((all) => two(all[all.length - 1]));

// %% [exercise] id="ex-freeze" title="Let the rest stand"
// An optimiser for a writer, whose steps turn the last layer and nothing else.
function lastLayerOnly(net: Writer) {
  return optim.SGD(net.parameters(), { lr: 0.1 });
}

// %% id="ex-freeze-check" tags=["check"] for="ex-freeze"
expect.each(2, () => {
  const net = from(learned);
  const before = copyOf(net);
  const turner = lastLayerOnly(net);
  expect(turner).holds((each: unknown) => each instanceof optim.Optimizer, "return the optimiser");
  for (const { x, y } of fifty.batches(32, { steps: 3 })) {
    const loss = F.crossEntropy(net(x), y);
    turner.zeroGrad();
    expect(() => loss.backward()).runs("no slope reaches any knob: something has to learn");
    turner.step();
  }
  const stands = (name: string) => net.stateDict()[name].eq(before[name]).all().item() === 1;
  for (const name of ["out.weight", "out.bias"])
    expect(stands(name)).equal(false, `"${name}" stands still: the last layer should learn`);
  for (const name of ["letters.weight", "hidden.weight", "hidden.bias"])
    expect(stands(name)).equal(true, `"${name}" has moved: only the last layer may`);
});

// %% [markdown] id="ex-freeze-hint-1" tags=["hint"] for="ex-freeze" title="where to look"
// An optimiser turns what it is given. Which parameters has `net.out`?

// %% [markdown] id="ex-freeze-hint-2" tags=["hint"] for="ex-freeze" title="the rule"
// Either freeze the other layers before the slopes are computed, or give the optimiser the parameters of the last layer only.

// %% [markdown] id="ex-freeze-hint-3" tags=["hint"] for="ex-freeze" title="the line, with a blank"
// `return optim.SGD(net.____.parameters(), { lr: 0.1 });`

// %% id="ex-freeze-solution" tags=["solution"] for="ex-freeze"
function lastLayerOnly(net: Writer) {
  return optim.SGD(net.out.parameters(), { lr: 0.1 }); // it knows of no others
}

// %% id="ex-freeze-frozen" tags=["solution"] for="ex-freeze"
function lastLayerOnly(net: Writer) {
  net.freeze().unfreeze("out"); // no slopes for the rest, which also saves their cost
  return optim.SGD(net.out.parameters(), { lr: 0.1 });
}

// %% id="gains" title="What the learned start gained, in loss or in percent read"
const gainAt = (size: number) => {
  const [slow, fast] = [alone, helped].map(meanOf);
  return slow[sizes.indexOf(size)] - fast[sizes.indexOf(size)];
};
const gains = {
  "25 towns": gainAt(25),
  "200 towns": gainAt(200),
  "800 towns": gainAt(800),
  "secret code": thrown.lowest - coded.lowest,
  "200 pictures": byLearned[3] - byThrown[3],
};

// %% [exercise] id="ex-lost" title="When did it not pay?"
// A key of `gains`: an experiment in which the learned start was no better.
const lost: keyof typeof gains = "25 towns";

// %% id="ex-lost-check" tags=["check"] for="ex-lost"
const keys = Object.keys(gains).join(", ");
expect(lost).holds((each: string) => each in gains, `one of ${keys}`);
const isTowns = lost.endsWith("towns");
expect(gains[lost]).below(
  isTowns ? 0.01 : 1,
  "gained by the learned start: with fewer towns more, but with 800 still something",
);

// %% [markdown] id="ex-lost-hint-1" tags=["hint"] for="ex-lost" title="where to look"
// In the last figure the line of the learned start lies below the other everywhere. Look at the section before it.

// %% [markdown] id="ex-lost-hint-2" tags=["hint"] for="ex-lost" title="the rule"
// A start helps as far as what was learned means the same in the new task.

// %% [markdown] id="ex-lost-hint-3" tags=["hint"] for="ex-lost" title="the line, with a blank"
// `const lost: keyof typeof gains = "secret ____";`, and there is a second answer.

// %% id="ex-lost-solution" tags=["solution"] for="ex-lost"
const lost: keyof typeof gains = "secret code"; // the same skill, and no letter means the same

// %% id="ex-lost-pictures" tags=["solution"] for="ex-lost"
const lost: keyof typeof gains = "200 pictures"; // strokes that tell 0 to 4 apart

// %% [markdown] id="recap"
// ## What you take along
//
// - **Fine-tuning** is training from learned parameters instead of random ones. The fewer examples there are, the more it is worth.
// - What is learned last **overwrites** what was learned first: small steps, some of the old in each batch, part of the way back, or frozen layers.
// - A start helps as far as the tasks **share their meaning**. Compare with a thrown start before you believe in it.

// %% [markdown] id="quiz" tags=["quiz"]
// ### Two questions
//
// A model could write letters and do sums. You fine-tune it on forty of your letters. Now it writes like you, and its sums are wrong. What happened?
//
// - [ ] Forty letters are too few to learn sums from: it was never to learn them from letters, it knew them before.
// - [x] The numbers that did the sums have been turned for letters, and nobody objected: sums took no part in the loss. Mix some in, or turn fewer numbers.
// - [ ] It was frozen: then nothing would have changed.
//
// Somebody freezes all of a network but its last layer and trains that one for an hour. What can be said for certain?
//
// - [x] Each number of the other layers is what it was, in every bit: no slope, no step.
// - [ ] It has forgotten nothing: the old layers are whole, but the last one answers otherwise now. Keep the old last layer, and you have both.
// - [ ] It will be worse than one that is trained as a whole: with few examples it is often as good.

// %% [markdown] id="simplified"
// ### What the article simplifies
//
// *After initial training, you can refine parameters even more by testing different configurations.* Here two things share a name. Going on with the training of **parameters**, with other data, is fine-tuning in the sense of this lesson. Trying other **settings** is the search of lesson 11, and each try there begins anew. And *a smaller, focused model* can be the better one, as it says: you have seen one. It helps to know that it had more of the right data, too.

// %% [markdown] id="next"
// **Next: [lesson 16](?lesson=16).** From a few thousand knobs to billions: how they are counted, what they cost, and what changes when there are so many.
//
// The names: US Social Security Administration, for 2018. The towns: *Airports*, US Federal Aviation Administration. The digits: E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, 1998, CC BY 4.0.
