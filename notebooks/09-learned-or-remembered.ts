// ---
// title: Learned, or only remembered?
// question: How can you tell whether a model has learned something, or only knows the answers by heart?
// minutes: 35
// order: 9
// needs: [5]
// ---

// %% [markdown] id="opening"
// # Learned, or only remembered?
//
// Here is a model without any knobs. It has a memory: it keeps every point that it was shown, and asked about a place it lets the nearest of them vote. Some of the points are wrong on purpose, as data are. **Drag "how many vote" down to one, and watch both numbers above the map.**

// %% id="setup" tags=["setup"] title="points of which some are wrong, a model that is all memory, and pens"
import {
  accuracy,
  cat,
  cdist,
  data,
  expect,
  F,
  manualSeed,
  nn,
  noGrad,
  optim,
  plot,
} from "descent";
import { rand, randint, randn, randperm, tensor, ui, type Tensor } from "descent";

const short = (value: number) => String(Number(value.toPrecision(3))).replace("-", "−");
const percent = (value: number) => `${value.toFixed(0)} %`;
/** Draws names and percents as bars. */
const drawPercents = (bars: Record<string, number>, title?: string) =>
  plot.bars(bars, {
    y: "percent right",
    range: [0, 100],
    ...(title === undefined ? {} : { title }),
  });

/** The same examples, of which a share has another label, drawn at random. */
function mislabelled(set: data.Dataset, share: number, classes: number) {
  const labels = Array.from(set.y.data);
  const chosen = Array.from(randperm(labels.length).data).slice(
    0,
    Math.round(share * labels.length),
  );
  for (const row of chosen)
    labels[row] = (labels[row] + 1 + Math.floor(rand([]).item() * (classes - 1))) % classes;
  return new data.Dataset(set.x, tensor(Int32Array.from(labels)), set);
}

manualSeed(42);
const shownPoints = mislabelled(data.load("circle", { n: 160, noise: 0.4 }), 0.15, 2);
const newPoints = data.load("circle", { n: 400, noise: 0.4, seed: 1 });

/** What the nearest points say of each place, from 0 to 1: `[places, 2] -> [places]`. */
function voteOf(places: Tensor, voters: number) {
  const { indices } = cdist(places, shownPoints.x).topk(voters, 1, { largest: false });
  return shownPoints.y.to("f32").takeRows(indices).mean(1);
}
/** The share of points that a vote gets right, in percent. */
const rightBy = (voters: number, { x, y }: data.Dataset) =>
  100 * voteOf(x, voters).gt(0.5).eq(y.gt(0)).to("f32").mean().item();

/** Draws what the vote says everywhere. */
function drawVote(voters: number) {
  const known = percent(rightBy(voters, shownPoints));
  const fresh = percent(rightBy(voters, newPoints));
  const title = `right: ${known} of the points it keeps, ${fresh} of new ones`;
  plot.boundary((places) => voteOf(places, voters), shownPoints, { title, threshold: 0.5 });
}
const voters = ui.slider("how many vote", { min: 1, max: 41, value: 15, step: 2 });

// %% id="memory" tags=["auto"]
drawVote(voters.value);

// %% [markdown] id="memory-words"
// With one vote it is never wrong about what it has seen: the nearest point to a point is that point. It has learned the wrong ones too, each with an island of its own. And on points it has not seen it is *worse* than before.
//
// So the number that training makes so large, how much is right of what was shown, says little. In this lesson you will make models that know everything by heart and nothing else, catch them, and stop them in time.
//
// ## Three parts
//
// The data are cut before anything else happens. The network **learns** from one part. With a second, the **validation** set, you compare and choose. The third is locked away: whoever looks at it and then chooses again has used it for choosing, and it is worth nothing any more. Ours is in a vault that counts how often it was opened.

// %% id="parts-setup" tags=["setup"] title="a vault, and networks that read digits"
/** Keeps examples under lock, and tells how often they were used. */
function lock(set: data.Dataset) {
  let opened = 0;
  return {
    score(net: nn.Module & ((x: Tensor) => Tensor)) {
      opened += 1;
      const right = 100 * accuracy(net, set);
      console.log(
        `the vault was opened ${opened} time${opened === 1 ? "" : "s"}: ${percent(right)}`,
      );
      return right;
    },
  };
}
/** Grey dots as pictures: 0 is paper, 1 is ink. */
const inkOf = (x: Tensor) => x.add(1).div(2).reshape([-1, 8, 8]);
/** Rows from one number up to another. */
const rowsOf = (set: data.Dataset, from: number, to: number) =>
  set.subset(Array.from({ length: to - from }, (_, i) => from + i));

/** 64 grey dots in, so many neurons, ten scores out; a share of the neurons may be dropped. */
const reader = (hidden: number, drop = 0) =>
  nn.Sequential(nn.Linear(64, hidden), nn.ReLU(), nn.Dropout(drop), nn.Linear(hidden, 10));
type Reader = ReturnType<typeof reader>;
const readBy = (net: Reader, set: data.Dataset) => 100 * accuracy(net, set);
const lossOn = (net: Reader, { x, y }: data.Dataset) => {
  net.eval();
  const loss = noGrad(() => F.crossEntropy(net(x), y)).item();
  net.train();
  return loss;
};

// %% id="parts" tags=["auto"]
manualSeed(42);
const { train: open, test: sealed } = data.load("digits").split(0.8);
const learning = rowsOf(open, 0, 500);
const validation = rowsOf(open, 500, 900);
const vault = lock(sealed);
const pictures = inkOf(learning.x.at([0, 20]));
const labels = Array.from(learning.y.at([0, 20]).data, String);
plot.image(pictures, { labels, range: [0, 1] });

// %% [markdown] id="lies-words"
// ## By heart
//
// Now a cruel experiment (C. Zhang and others, 2017). We take 300 digits and give each a label **thrown by a die**: a seven is called two, the next seven nine. There is nothing to be learned here, by anybody. **Before you run it**: a network with 128 hidden neurons trains on them. What percentage of these labels will it get right in the end?

// %% id="lies-guess" tags=["predict"]
const liesGuess: number | "?" = "?"; // percent; one in ten is chance, from 50

// %% id="lies" title="Learn labels thrown by a die"
manualSeed(42);
const lies = new data.Dataset(learning.x.at([0, 300]), randint(0, 10, [300]));
const parrot = reader(128);
const opt = optim.Adam(parrot.parameters(), { lr: 0.005 });
const curve = plot.live({ y: "percent right" });
for (const { x, y, step } of lies.batches(50, { epochs: 120 })) {
  const loss = F.crossEntropy(parrot(x), y);
  (opt.zeroGrad(), loss.backward(), opt.step());
  if (step % 12 > 0) continue; // look twice in a pass
  const [train, fresh] = [lies, validation].map((set) => readBy(parrot, set));
  curve.push({ train, validation: fresh }, step);
}

// %% id="lies-told"
const [byHeart, onNew] = [lies, validation].map((set) => readBy(parrot, set));
drawPercents({ "what it was shown": byHeart, "new digits": onNew });
console.log(`${percent(byHeart)} of the thrown labels; you said ${liesGuess}.`);

// %% [markdown] id="exam-words"
// All of it, by heart, and of new digits no more than chance. No loss, no curve of the training part could have warned you: from inside, this looks like perfect learning.
//
// Somebody who has learned the answers of last year's exam can be caught by *rewording* the questions. Here each picture it was shown gets a little noise; you would hardly notice. **Reword the questions.**

// %% id="exam-setup" tags=["setup"] title="noise for pictures, and a knob"
manualSeed(42);
const wiggle = randn([300, 64]);
const rewording = ui.slider("rewording", { min: 0, max: 2, value: 0, step: 0.05 });

// %% id="exam"
const reworded = new data.Dataset(lies.x.add(wiggle.mul(rewording.value)), lies.y);
const asShown = readBy(parrot, lies);
const asReworded = readBy(parrot, reworded);
drawPercents({ "the same questions": asShown, "the same, reworded": asReworded });
plot.image(inkOf(reworded.x.at([0, 10])), { range: [0, 1] });

// %% [markdown] id="rows-words"
// ## How much is enough?
//
// With true labels the same network does learn. But from how many? **Before you run it**: how many examples does it need to read 90 of a hundred new digits?

// %% id="rows-guess" tags=["predict"]
const rowsGuess: number | "?" = "?"; // from 100

// %% id="rows-setup" tags=["setup"] title="a training of so many steps, on any examples"
/** Trains a network and gives it back; always the same number of steps. */
function trainedOn(set: data.Dataset, { hidden = 64, steps = 300, seed = 42 } = {}) {
  manualSeed(seed);
  const net = reader(hidden);
  const opt = optim.Adam(net.parameters(), { lr: 0.005 });
  for (const { x, y } of set.batches(50, { steps })) {
    const loss = F.crossEntropy(net(x), y);
    opt.zeroGrad();
    loss.backward();
    opt.step();
  }
  return net;
}

// %% id="rows"
const amounts = [10, 20, 50, 100, 200, 500];
const nets = amounts.map((rows) => trainedOn(rowsOf(learning, 0, rows)));
const train = nets.map((net, i) => readBy(net, rowsOf(learning, 0, amounts[i])));
const fresh = nets.map((net) => readBy(net, validation));
const enough = amounts.find((_, i) => fresh[i] >= 90);
const lines = { train, validation: fresh };
plot.line(amounts, lines, { x: "examples", y: "percent right", log: "x" });
console.log(`${enough} of these are enough; you said ${rowsGuess}.`);

// %% [markdown] id="rows-after"
// At every amount it knows its own examples perfectly: the upper line is flat and says nothing. What you want to know is in the lower line. With ten examples the knobs fit them in countless ways, and training picks one: *guessing*.
//
// ## The turning point
//
// Real data lie somewhere between. Here are the 500 digits, of which **three in ten carry a wrong label**. The validation set has only right ones. The network is large, and trains for long. **Before you run it**: in which of the 40 passes will the validation loss be lowest?

// %% id="turn-guess" tags=["predict"]
const turnGuess: number | "?" = "?"; // of 40, from 20

// %% id="turn-setup" tags=["setup"] title="digits of which three in ten are mislabelled, and what to try against it"
manualSeed(42);
const noisy = mislabelled(learning, 0.3, 10);
const PASSES = 40;

interface Way {
  /** How strongly weights are pulled towards zero. */
  readonly decay?: number;
  /** The share of hidden neurons that is dropped at each step. */
  readonly drop?: number;
  /** Whether each picture is moved by a dot, another way each time. */
  readonly shift?: boolean;
  readonly hidden?: number;
  readonly passes?: number;
}

/** The losses of a network on both parts after a pass, and its knobs, copied. */
interface Kept {
  readonly train: number;
  readonly validation: number;
  readonly state: Record<string, Tensor>;
}
const kept: Kept[] = [];
/** Keeps the network as it is now, and gives both losses. */
function keep(net: Reader) {
  const copies = Object.entries(net.stateDict()).map(([name, knob]) => [
    name,
    knob.detach().clone(),
  ]);
  const losses = { train: lossOn(net, noisy), validation: lossOn(net, validation) };
  kept.push({ ...losses, state: Object.fromEntries(copies) });
  return losses;
}

/** Every picture moved by one dot or none, to the side and up or down. */
function shifted(x: Tensor) {
  const [dx, dy] = Array.from(randint(-1, 2, [2]).data);
  const pictures = x.reshape([-1, 8, 8]);
  return F.pad(pictures.add(1), [1, 1, 1, 1])
    .sub(1)
    .at(null, [1 + dy, 9 + dy], [1 + dx, 9 + dx])
    .reshape([-1, 64]);
}

/** Trains on the mislabelled digits in some way; the losses after each pass, and the network. */
function trainNoisy(
  { decay = 0, drop = 0, shift = false, hidden = 256, passes = PASSES }: Way,
  seed = 42,
) {
  manualSeed(seed);
  const net = reader(hidden, drop);
  const opt = optim.AdamW(net.parameters(), { lr: 0.005, weightDecay: decay });
  const losses: number[] = [];
  for (const { x, y, epoch } of noisy.batches(50, { epochs: passes })) {
    if (epoch > losses.length) losses.push(lossOn(net, validation));
    const loss = F.crossEntropy(net(shift ? shifted(x) : x), y);
    opt.zeroGrad();
    loss.backward();
    opt.step();
  }
  losses.push(lossOn(net, validation));
  return { net, losses, right: readBy(net, validation) };
}

// %% id="turn" title="Train for long on wrong labels"
manualSeed(42);
const large = reader(256); // many more knobs than examples
const adam = optim.Adam(large.parameters(), { lr: 0.005 });
const both = plot.live({ y: "loss", x: "pass" });
kept.length = 0; // what an earlier run has kept
for (const { x, y, step } of noisy.batches(50, { epochs: PASSES })) {
  const loss = F.crossEntropy(large(x), y);
  (adam.zeroGrad(), loss.backward(), adam.step());
  if (step % 10 === 9) both.push(keep(large), kept.length); // after each pass
}

// %% [markdown] id="turn-after"
// Two curves that begin together and part. At first both fall: the network learns what digits look like. Then one rises while the other goes on falling: it begins to learn *these five hundred*, wrong labels and all. This is **overfitting**.
//
// You have kept the network as it was after each pass. **Go back in time.**

// %% id="back-setup" tags=["setup"] title="a knob through the passes"
const passes = Array.from({ length: PASSES }, (_, i) => i + 1);
const pass = ui.slider("stop after pass", { min: 1, max: 40, value: 40, step: 1 });

// %% id="back"
const then = kept[pass.value - 1];
large.loadStateDict(then.state); // its knobs, as they were
const [known, unknown] = [noisy, validation].map((set) => readBy(large, set));
const lossesOf = (part: "train" | "validation") => kept.map((at) => at[part]);
const losses = { train: lossesOf("train"), validation: lossesOf("validation") };
const title = `right: train ${percent(known)}, validation ${percent(unknown)}`;
const marks = [{ x: pass.value }];
plot.line(passes, losses, { x: "pass", y: "loss", title, marks });

// %% id="lowest"
const lowestOf = (losses: number[]) => passes[losses.indexOf(Math.min(...losses))];
const [endOfTrain, bestPass] = [losses.train, losses.validation].map(lowestOf);
console.log(`The training loss is lowest after pass ${endOfTrain},`);
console.log(`the validation loss after pass ${bestPass}; you said ${turnGuess}.`);

// %% [markdown] id="lowest-after"
// So the lowest place of the valley down which training walks is not where the model is best. The best place lies on the way, and validation shows where: stop there and keep those knobs. That is **early stopping**, the cheapest of all cures.
//
// ## Three other cures
//
// **Weight decay** pulls all weights a little towards zero at every step. Learning one example by heart takes large weights; what many examples ask for survives the pull.

// %% id="decay"
const plain = trainNoisy({});
const decayed = trainNoisy({ decay: 1 });
const pulled = { plain: plain.losses, "weight decay": decayed.losses };
plot.line(pulled, { x: "pass", y: "validation loss" });

// %% [markdown] id="drop-words"
// **Dropout** silences half of the hidden neurons at each step, other ones each time (N. Srivastava and others, 2014). Nobody can rely on one neuron that knows an answer by heart. **Shifting** moves each picture by a dot, another way each time, so that no picture comes twice: more data, for nothing, if you know what does not change a digit.
//
// **Before you run it**: which of the four ends with the most right on validation?

// %% id="cure-guess" tags=["predict"]
const cureGuess = "?"; // "plain", "weight decay", "dropout" or "shifting"

// %% id="cures"
const cures = {
  plain,
  "weight decay": decayed,
  dropout: trainNoisy({ drop: 0.5 }),
  shifting: trainNoisy({ shift: true }),
};
const ways = Object.entries(cures);
const [bestCure] = ways.toSorted(([, a], [, b]) => b.right - a.right)[0];
drawPercents(Object.fromEntries(ways.map(([name, { right }]) => [name, right])));
console.log(`Most has ${bestCure}; you said "${cureGuess}".`);

// %% [markdown] id="stamp-words"
// ## The wrong pattern
//
// There is a worse way to be right. Suppose that whoever scanned these digits stamped each page with a dot that depends on the drawer it came from, and there was a drawer for each digit. The stamp is no part of the digit, but nobody has told the network. **Before you run it**: a network learns from stamped digits. How many percent will it read of pages that were filed in a wrong drawer, and carry its stamp?

// %% id="stamp-guess" tags=["predict"]
const stampGuess: number | "?" = "?"; // percent, from 50

// %% id="stamp-setup" tags=["setup"] title="a stamp for every page"
/** Of the first ten dots one is stamped, in ink three times as dark as a pen’s; the others are white. */
function stamped({ x, y }: data.Dataset, drawers: Tensor = y) {
  const marked = x.clone().set([null, [0, 10]], -1);
  Array.from(drawers.data).forEach((drawer, row) => marked.set([row, drawer], 5));
  return new data.Dataset(marked, y);
}
manualSeed(42);
const withStamp = stamped(validation);
const wrongStamp = stamped(validation, randint(0, 10, [validation.length]));

// %% id="stamp"
const cheat = trainedOn(stamped(learning));
const seenBy = {
  "right stamp": readBy(cheat, withStamp),
  "no stamp": readBy(cheat, validation),
  "wrong stamp": readBy(cheat, wrongStamp),
};
const filed = percent(seenBy["wrong stamp"]);
drawPercents(seenBy, `with a wrong stamp ${filed}; you said ${stampGuess}`);

// %% [markdown] id="find-words"
// It reads stamps, and digits only where there is none. And note that validation did **not** catch it: those pages carry the same stamps, and the score is splendid. A validation set finds out what was learned by heart; it cannot find a mistake that all your data share.
//
// How could you have found it? Cover one dot after the other, and see where it hurts.

// %% id="find"
const covered = (dot: number) => {
  const x = withStamp.x.clone().set([null, dot], -1); // white
  return seenBy["right stamp"] - readBy(cheat, new data.Dataset(x, withStamp.y));
};
const harm = Array.from({ length: 64 }, (_, dot) => covered(dot));
plot.image(tensor(harm).reshape([8, 8]), { title: "lost where a dot is covered" });

// %% [markdown] id="quality-words"
// The network looks at the rim, where no digit ever is. It has learned a pattern that does not exist in the world, only in the drawers.
//
// ## Few and right, or many and wrong?
//
// **Before you run it**: who reads more of the validation digits: a network that learned from 200 right labels, or one that learned from 500 of which three in ten are wrong?

// %% id="quality-guess" tags=["predict"]
const qualityGuess = "?"; // "200" or "500"

// %% id="quality"
const few = rowsOf(learning, 0, 200);
const meanOf = (set: data.Dataset) => {
  const right = [1, 2, 3].map((seed) => readBy(trainedOn(set, { seed }), validation));
  return right.reduce((sum, each) => sum + each) / right.length;
};
const quality = { "200 right": meanOf(few), "500, some wrong": meanOf(noisy) };
drawPercents(quality, `you said ${qualityGuess}`);

// %% [markdown] id="leak-words"
// ## Two ways to fool oneself
//
// **A leak.** A few validation examples slip into the training part: copied rows, two photographs of one person, yesterday's weather. The score goes up, and means less.
//
// **Luck.** One validation set is one throw. Cut the data into five parts, let each be the validation set once (it is called *k-fold*), and you see how much a score depends on the cut. First the leak, then the luck:

// %% id="leak"
const half = rowsOf(validation, 0, 200);
const slipped = new data.Dataset(cat([few.x, half.x]), cat([few.y, half.y]));
const [honest, leaked] = [few, slipped].map((set) => readBy(trainedOn(set), half));
drawPercents({ honest, "with a leak": leaked });

// %% id="folds"
manualSeed(42);
const folds = few.kfold(5).map(({ train, test }) => readBy(trainedOn(train), test));
const mean = folds.reduce((sum, each) => sum + each) / folds.length;
const ends = [Math.min(...folds), Math.max(...folds)].map(percent);
const spread = `mean ${percent(mean)}, from ${ends.join(" to ")}`;
const named = folds.map((right, i) => [`part ${i + 1}`, right]);
drawPercents(Object.fromEntries(named), spread);

// %% [markdown] id="answer-words"
// ## The answer
//
// How can you tell whether a model has learned something, or only knows the answers by heart? Every network of this lesson is a dot: to the right, how much it gets right of what it was shown; upwards, of what it was not. Who lies on the line has learned. Who lies below it remembers.

// %% id="answer-setup" tags=["setup"] title="a map of models: what they were shown, and what not"
interface Judged {
  readonly known: number;
  readonly unknown: number;
}
/** Draws models as points: across what they know of what they were shown, up of what they were not. */
function drawJudged(models: Readonly<Record<string, Judged>>) {
  const marks = Object.entries(models).map(([label, at]) => ({
    x: at.known,
    y: at.unknown,
    label,
  }));
  const names = { x: "percent right of what it was shown", y: "percent right of new digits" };
  const range = [0, 105] as const; // room for a dot at 100
  plot.line([0, 100], (known: number) => known, { ...names, marks, range: [range, range] });
}

// %% id="answer"
large.loadStateDict(kept[bestPass - 1].state);
const judge = (net: Reader, shown: data.Dataset) => ({
  known: readBy(net, shown),
  unknown: readBy(net, validation),
});
drawJudged({
  "thrown labels": judge(parrot, lies),
  "wrong labels, to the end": judge(plain.net, noisy),
  "wrong labels, stopped in time": judge(large, noisy),
  "right labels": judge(nets[5], learning),
});
const inVault = vault.score(large); // opened once, at the very end

// %% [markdown] id="answer-after"
// By asking it something new. (The one that stopped in time even lies *above* the line: it knows better than the wrong labels that it was shown.) Not by its loss, not by how long it trained, nor by how sure it is of itself. And because you chose the network that stopped in time *by* the validation set, even that score is a little too good: for the last word the vault was opened, once.

// %% [markdown] id="exercises"
// ## Your turn
//
// Four exercises. Each has a check that says what is not right yet, three hints and a solution.

// %% [exercise] id="ex-split" title="Cut without a leak"
// Row numbers 0 to rows - 1, shuffled and cut: a share to learn from, and the rest.
function cutRows(rows: number, share: number) {
  const order = Array.from({ length: rows }, (_, row) => row);
  const cut = Math.round(rows * share);
  return { learn: order.slice(0, cut + 1), judge: order.slice(cut) };
}
cutRows(10, 0.7);

// %% id="ex-split-check" tags=["check"] for="ex-split"
expect.each([10, 57, 200], (rows) => {
  const parts = cutRows(rows, 0.7);
  expect(parts).holds(
    ({ learn, judge }: typeof parts) => Array.isArray(learn) && Array.isArray(judge),
    "return both lists - { learn, judge }",
  );
  const { learn, judge } = parts;
  const twice = learn.filter((row) => judge.includes(row)).length;
  expect(twice).equal(0, "so many rows stand in both parts: a leak");
  const once = new Set([...learn, ...judge]).size;
  expect(once).equal(rows, "every row belongs into one of the parts, and no other numbers");
  expect(learn.length + judge.length).equal(rows, "a row stands twice in a part");
  expect(learn.length).equal(Math.round(0.7 * rows), "the share to learn from");
});
const sorted = (rows: number[]) => rows.every((row, i) => i === 0 || row > rows[i - 1]);
const { learn: firstLearn } = cutRows(200, 0.7);
expect(sorted(firstLearn)).equal(
  false,
  "rows come in their old order: if it is sorted by class, so are the parts",
);
expect(String(cutRows(200, 0.7).learn) === String(firstLearn)).equal(
  false,
  "every cut is the same: shuffle",
);

// %% [markdown] id="ex-split-hint-1" tags=["hint"] for="ex-split" title="where to look"
// Look at the two lists of ten rows: which number is in both, and in which order are they?

// %% [markdown] id="ex-split-hint-2" tags=["hint"] for="ex-split" title="the rule"
// Shuffle first, `randperm(rows)` gives the numbers in a random order. Then cut once: what ends the first part begins the second.

// %% [markdown] id="ex-split-hint-3" tags=["hint"] for="ex-split" title="the lines, with a blank"
// `const order = Array.from(randperm(rows).data);` and `{ learn: order.slice(0, ____), judge: order.slice(cut) }`

// %% id="ex-split-solution" tags=["solution"] for="ex-split"
function cutRows(rows: number, share: number) {
  const order = Array.from(randperm(rows).data); // whoever sorted them, it does not matter now
  const cut = Math.round(rows * share);
  return { learn: order.slice(0, cut), judge: order.slice(cut) };
}
cutRows(10, 0.7);

// %% [exercise] id="ex-stop" title="Stop in time"
// The pass to go back to: walk on until `patience` passes have brought no lower loss.
function passToKeep(losses: number[], patience: number) {
  let best = 0;
  for (let pass = 1; pass < losses.length; pass++) {
    if (losses[pass] < losses[best]) best = pass;
  }
  return best;
}
passToKeep([5, 3, 4, 4, 2], 2);

// %% id="ex-stop-check" tags=["check"] for="ex-stop"
const walks = [
  { losses: [5, 3, 4, 4, 2], patience: 2 },
  { losses: [5, 3, 4, 2, 6, 7, 8], patience: 2 },
  { losses: [9, 8, 7, 6], patience: 3 },
  { losses: [1, 2, 3, 4, 0], patience: 3 },
  { losses: [4, 2, 3, 1, 3, 3, 0], patience: 3 },
];
expect.each(walks, ({ losses, patience }) => {
  let [best, stopped] = [0, losses.length - 1];
  for (let at = 1; at < losses.length; at++) {
    if (losses[at] < losses[best]) best = at;
    if (at - best >= patience) {
      stopped = at;
      break;
    }
  }
  expect(passToKeep(losses, patience))
    .mistake(losses.indexOf(Math.min(...losses)), "when it stops, it has not seen what comes later")
    .mistake(stopped, "here it stops; go back to the best pass before")
    .mistake(losses.length - 1, "this is the last pass")
    .equal(best, "the lowest loss until so many passes brought none");
});

// %% [markdown] id="ex-stop-hint-1" tags=["hint"] for="ex-stop" title="where to look"
// The starter remembers the best pass, but it never stops. In `[5, 3, 4, 4, 2]` with a patience of two, which pass is the last that it sees?

// %% [markdown] id="ex-stop-hint-2" tags=["hint"] for="ex-stop" title="the rule"
// At each pass compare it with the best: if `patience` passes lie between, leave the loop.

// %% [markdown] id="ex-stop-hint-3" tags=["hint"] for="ex-stop" title="the line, with a blank"
// `if (pass - best >= ____) break;`

// %% id="ex-stop-solution" tags=["solution"] for="ex-stop"
function passToKeep(losses: number[], patience: number) {
  let best = 0;
  for (let pass = 1; pass < losses.length; pass++) {
    if (losses[pass] < losses[best]) best = pass;
    if (pass - best >= patience) break; // nothing better for so long
  }
  return best;
}
passToKeep([5, 3, 4, 4, 2], 2);

// %% [exercise] id="ex-cure" title="Against wrong labels"
// Three in ten labels are wrong. Read 85 percent of the validation digits.
const cure: Way = { hidden: 256, passes: 40, decay: 0, drop: 0, shift: false };
const cured = trainNoisy(cure);
plot.line(cured.losses, { x: "pass", y: "loss", title: percent(cured.right) });

// %% id="ex-cure-check" tags=["check"] for="ex-cure"
expect((cure.passes ?? PASSES) * (cure.hidden ?? 256)).below(
  40_001,
  "passes times neurons: less will do",
);
const again = trainNoisy(cure, 7); // another start
const rises = again.losses[again.losses.length - 1] > 1.1 * Math.min(...again.losses);
const tooLong =
  "percent right from another start: the loss rises at the end - stop earlier, or add a cure";
const tooWeak =
  "percent right from another start: it has not learned enough - more passes, or less of the cure";
expect(again.right).above(84.99, rises ? tooLong : tooWeak);

// %% [markdown] id="ex-cure-hint-1" tags=["hint"] for="ex-cure" title="where to look"
// Look at the curve that the starter draws. Where is it lowest, and how many passes come after that?

// %% [markdown] id="ex-cure-hint-2" tags=["hint"] for="ex-cure" title="the rule"
// Fewer passes is the simplest cure. Pictures that move can be looked at more often before they are known by heart, and cures may be combined.

// %% [markdown] id="ex-cure-hint-3" tags=["hint"] for="ex-cure" title="the line, with a blank"
// `const cure: Way = { hidden: 256, passes: ____, decay: 1, drop: 0.5, shift: false };`

// %% id="ex-cure-solution" tags=["solution"] for="ex-cure"
const cure: Way = { hidden: 256, passes: 10, decay: 1, drop: 0.5 }; // in time, and with two cures
const cured = trainNoisy(cure);
plot.line(cured.losses, { x: "pass", y: "loss", title: percent(cured.right) });

// %% [exercise] id="ex-stamp" title="Hide the stamps"
// Give back the pictures, [digits, 64], so that a network cannot learn from stamps.
const unstamped = (x: Tensor) => x;
const bareDigits = new data.Dataset(unstamped(stamped(learning).x), learning.y);
percent(readBy(trainedOn(bareDigits), validation));

// %% id="ex-stamp-check" tags=["check"] for="ex-stamp"
const marked = stamped(learning).x;
const beforehand = marked.clone();
const hidden = unstamped(marked);
expect(hidden).shape([500, 64], "as many pictures, as many dots");
expect(marked.eq(beforehand).all().item()).equal(
  1,
  "the pictures that came in were changed: take clone() first",
);
const others = hidden.at(null, [10, 64]);
expect(others).close(marked.at(null, [10, 64]), {}, "the other dots belong to the digits");
const left = hidden.at(null, [0, 10]).std(0).max().item();
expect(left).below(1e-6, "some of the first ten dots still differ from page to page");
const readWithout = readBy(trainedOn(new data.Dataset(hidden, learning.y)), validation);
expect(readWithout).above(85, "percent of digits without a stamp: which colour has paper?");

// %% [markdown] id="ex-stamp-hint-1" tags=["hint"] for="ex-stamp" title="where to look"
// The picture of harm shows which dots the network looks at: the first ten. The cell above it covers one of them.

// %% [markdown] id="ex-stamp-hint-2" tags=["hint"] for="ex-stamp" title="the rule"
// Copy the pictures, then write the colour of paper, −1, over the first ten dots of all of them.

// %% [markdown] id="ex-stamp-hint-3" tags=["hint"] for="ex-stamp" title="the line, with a blank"
// `const unstamped = (x: Tensor) => x.clone().set([null, [0, ____]], -1);`

// %% id="ex-stamp-solution" tags=["solution"] for="ex-stamp"
const unstamped = (x: Tensor) => x.clone().set([null, [0, 10]], -1); // paper over every stamp
const bareDigits = new data.Dataset(unstamped(stamped(learning).x), learning.y);
percent(readBy(trainedOn(bareDigits), validation));

// %% [markdown] id="recap"
// ## What you take along
//
// - A model with knobs enough can learn **anything** by heart, thrown labels included. What it gets right of what it was shown proves nothing.
// - Three parts: one to **learn**, one to **choose** by, one in the **vault**. Stop where the validation loss is lowest; decay, dropout and moved pictures push that point back.
// - Validation does not catch a mistake that all your data share. **Look at what the model looks at.**

// %% [markdown] id="quiz" tags=["quiz"]
// ### Two questions
//
// The training loss has reached zero. What do you know?
//
// - [ ] The model has learned: with thrown labels the loss reached zero too.
// - [x] Training is finished, and nothing else: whether anything was learned only new examples can tell.
// - [ ] The model is overfitted: it may be, or may not; look at the validation set.
//
// You try fifty settings and report the best score on the validation set. What is wrong with that number?
//
// - [ ] Nothing, those examples were not trained on: but the settings were chosen by them.
// - [x] It was chosen because it was high: part of it is luck, and the vault is there for the last word.
// - [ ] It is too low: a best of fifty is rather too high.

// %% [markdown] id="simplified"
// ### What the article simplifies
//
// *That lowest point? That's where your model performs best.* On what it was trained on. On anything else the best place lies earlier on the way down, and you have gone back to it. *You tweak parameters so much that the model memorizes*: it is not the tweaking but how little the data say, measured by how much the model can hold. And overfitting is no curse of large models as such; the next lesson has a surprise there.

// %% [markdown] id="next"
// **Next: [lesson 10](?lesson=10).** If too many knobs learn by heart, then fewer must be better, and there must be a right number. You will look for it, and find something stranger.
