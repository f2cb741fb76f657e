// ---
// title: The search for good settings
// question: How does one find good settings, and not fool oneself on the way?
// minutes: 35
// order: 11
// needs: [8, 9]
// ---

// %% [markdown] id="opening"
// # The search for good settings
//
// Learning rate, neurons, passes, decay: no training turns them (lesson 7), so somebody has to. Here is a network that is trained anew whenever you move a knob, and judged by digits that it has not seen. Each try leaves a dot; two are there already, from somebody who tried both ends. **Find the highest place you can.**

// %% id="setup" tags=["setup"] title="digits in three parts, a training from settings, and a map of your tries"
import {
  accuracy,
  data,
  expect,
  F,
  manualSeed,
  nn,
  optim,
  plot,
  progress,
  rand,
  ui,
} from "descent";

const short = (value: number) => String(Number(value.toPrecision(3)));
const percent = (value: number) => `${value.toFixed(1)} %`;

/** What is chosen before training. */
interface Config {
  readonly lr: number;
  readonly hidden: number;
  readonly passes?: number;
}
/** A try: settings, and what they were worth on validation. */
interface Try extends Config {
  readonly right: number;
}

manualSeed(42);
const { train: known, test: sealed } = data.load("digits").split(0.6);
const rowsOf = (set: data.Dataset, from: number, to: number) =>
  set.subset(Array.from({ length: to - from }, (_, i) => from + i));
const learning = rowsOf(known, 0, 600);
const validation = rowsOf(known, 600, 1000);

const build = ({ hidden }: Config, inputs = 64, classes = 10) =>
  nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, classes));
type Net = ReturnType<typeof build>;

/** Some passes of training; an optimiser can be given back to, to go on. */
function pass(net: Net, opt: optim.Optimizer, passes: number, set = learning) {
  for (const { x, y } of set.batches(40, { epochs: passes })) {
    const loss = F.crossEntropy(net(x), y);
    opt.zeroGrad();
    loss.backward();
    opt.step();
  }
}
/** Trains a network with settings, from a start and with shuffles of its own. */
function trained(config: Config, seed = 42) {
  manualSeed(seed);
  const net = build(config);
  pass(net, optim.Adam(net.parameters(), { lr: config.lr }), config.passes ?? 5);
  return net;
}
const score = (net: Net, set = validation) => 100 * accuracy(net, set);
const attempt = (config: Config, seed = 42): Try => ({
  ...config,
  right: Number(score(trained(config, seed)).toFixed(2)),
});
const bestOf = <T extends { right: number }>(tries: readonly T[]) =>
  tries.reduce((best, next) => (next.right > best.right ? next : best));

/** Draws tries by their learning rate and what they are worth; several sets by name. */
function drawTries(sets: Readonly<Record<string, readonly Try[]>>, title: string) {
  const all = Object.entries(sets).flatMap(([name, tries]) =>
    tries.map((each) => ({ ...each, name })),
  );
  plot.scatter(
    { x: all.map(({ lr }) => lr), y: all.map(({ right }) => right) },
    {
      x: "learning rate",
      y: "percent right",
      log: "x",
      range: [0, 100],
      title,
      color: all.map(({ name }) => name),
    },
  );
}

/** What somebody has tried before you: both ends of the knob. */
const before = [1e-4, 0.1].map((lr) => attempt({ lr, hidden: 8 }));
const tries: Try[] = [...before];
const knobs = {
  lr: ui.slider("learning rate", { min: 1e-4, max: 0.1, value: 0.0005, log: true }),
  hidden: ui.slider("neurons", { min: 2, max: 64, value: 8, step: 1 }),
};
ui.button("forget my tries", () => (tries.length = before.length));

// %% id="hand" tags=["auto"]
const mine = attempt({ lr: knobs.lr.value, hidden: knobs.hidden.value });
tries.push(mine); // every try is kept
const best = bestOf(tries);
const so = `this one ${percent(mine.right)}, best of ${tries.length}`;
drawTries({ "your tries": tries }, `${so}: ${percent(best.right)}`);

// %% [markdown] id="hand-words"
// You are a search method: you try, look, and guess where to go next. It works for two knobs, and while a try takes no time. With ten knobs and an hour for each try one needs a plan. **Before you go on**: how much do you think you could still gain over your best, with all the time in the world?

// %% id="hand-guess" tags=["predict"]
const gainGuess: number | "?" = "?"; // percent more right

// %% [markdown] id="grid-words"
// ## A grid
//
// The tidy plan: three values for each of two settings, every one with every other. Nine tries. Here are three learning rates with three numbers of neurons.

// %% id="grid"
const grid: Try[] = [];
for (const lr of [0.0001, 0.003, 0.1])
  for (const hidden of [16, 32, 64]) grid.push(attempt({ lr, hidden }));
console.table(grid.toSorted((a, b) => b.right - a.right));
const bestOfGrid = bestOf(grid).right;
drawTries({ grid }, `best of nine on a grid: ${percent(bestOfGrid)}`);

// %% [markdown] id="random-words"
// Look at the dots: nine tries, but only **three** learning rates were ever seen, and between them all is dark. The number of neurons mattered much less, and on it we spent two thirds of the work.
//
// ## Throw a die
//
// The untidy plan (J. Bergstra and Y. Bengio, 2012): throw a die for each setting. Nine tries then see *nine* learning rates. The die must be fair between factors, though: as often between 0.001 and 0.01 as between 0.01 and 0.1. **Switch the die**, and look where a thousand throws fall.

// %% id="die-setup" tags=["setup"] title="two kinds of dice"
/** As often between 0.001 and 0.01 as between 0.01 and 0.1. */
const byFactors = (low: number, high: number) => low * (high / low) ** rand([]).item();
/** As often in every stretch of the same length. */
const byLength = (low: number, high: number) => low + (high - low) * rand([]).item();
const die = ui.select("die", { "by length": byLength, "by factors": byFactors });

// %% id="die" tags=["auto"]
manualSeed(42);
const throws = Array.from({ length: 1000 }, () => die.value(0.0001, 0.1));
const low = throws.filter((lr) => lr < 0.01).length;
plot.histogram(throws.map(Math.log10), {
  x: "learning rate, as a power of ten",
  title: `${low} of a thousand below 0.01`,
});

// %% id="random"
manualSeed(42);
const throwConfig = (): Config => ({
  lr: byFactors(0.0001, 0.1),
  hidden: Math.round(byFactors(16, 64)),
});
const nine = Array.from({ length: 9 }, throwConfig); // all throws first
const thrown = nine.map((config) => attempt(config));
const bestOfThrown = bestOf(thrown).right;
drawTries({ grid, thrown }, `best of nine thrown: ${percent(bestOfThrown)}`);

// %% [markdown] id="ten-words"
// One throw of nine may be lucky. **Before you run it**: we repeat the whole search twenty times, nine throws each. How many of the twenty will beat the grid?

// %% id="ten-guess" tags=["predict"]
const beatGuess: number | "?" = "?"; // of twenty, from 10

// %% id="ten-setup" tags=["setup"] title="a pen for many searches"
/** Draws the best of each search, the worst of them first, beside the best of the grid. */
function drawBests(bests: readonly number[]) {
  const marks = [{ y: bestOfGrid, label: "grid" }];
  const sorted = bests.toSorted((a, b) => a - b);
  plot.line(sorted, { y: "best of nine", x: "searches, worst first", marks });
}

// %% id="ten" title="Twenty searches" quick={"many": 8}
const many = 20; // searches, of nine throws each
manualSeed(42);
const plans = Array.from({ length: many }, () => nine.map(throwConfig));
const bests: number[] = [];
for (const plan of progress(plans)) {
  const tried = plan.map((config) => attempt(config));
  bests.push(bestOf(tried).right);
}
const beaten = bests.filter((right) => right > bestOfGrid).length;
drawBests(bests);
console.log(`${beaten} of ${many} beat the grid; you said ${beatGuess}.`);

// %% [markdown] id="halving-words"
// ## Stop the hopeless early
//
// Most tries are hopeless, and one can see it after a single pass. So begin with many, train all a little, throw away the worse two thirds, train the rest three times as long, and so on. It is called *successive halving* (K. Jamieson and A. Talwalkar, 2016), or here, thirding.
//
// **Before you run it**: 27 tries begin. How many passes will all of them need together? (Nine full tries of nine passes need 81.)

// %% id="halving-guess" tags=["predict"]
const passesGuess: number | "?" = "?"; // from 81

// %% id="halving-setup" tags=["setup"] title="tries that can go on"
/** A network in training, with its optimiser. */
interface Runner extends Try {
  readonly net: Net;
  readonly opt: optim.Optimizer;
}
function starter(config: Config): Runner {
  const net = build(config);
  return { ...config, net, opt: optim.Adam(net.parameters(), { lr: config.lr }), right: 0 };
}

// %% id="halving"
manualSeed(42);
let field = Array.from({ length: 27 }, throwConfig).map(starter);
const rounds: Record<string, Try[]> = {};
let spent = 0;
for (const passes of [1, 2, 6]) {
  for (const { net, opt } of field) pass(net, opt, passes);
  spent += passes * field.length;
  field = field.map((each) => ({ ...each, right: score(each.net) }));
  rounds[`after ${passes} more`] = field;
  field = field.toSorted((a, b) => b.right - a.right).slice(0, field.length / 3);
}

// %% id="halving-told"
const survivor = bestOf(Object.values(rounds).flat());
drawTries(rounds, `best ${percent(survivor.right)}, after ${spent} passes in all`);
console.log(`${spent} passes for 27 tries; you said ${passesGuess}.`);
const above = (survivor.right - best.right).toFixed(1);
console.log(`${above} points above your own best; you said ${gainGuess}.`);

// %% [markdown] id="noise-words"
// ## How sure is a score?
//
// The survivor scored a little more than the best of nine. Is it better? The same settings, trained from another start, score differently. **Before you run it**: one and the same settings, from twenty starts. How many points lie between the best and the worst?

// %% id="noise-guess" tags=["predict"]
const spreadGuess: number | "?" = "?";

// %% id="noise"
const { lr, hidden } = survivor;
const seeds = Array.from({ length: 20 }, (_, seed) => seed);
const repeats = seeds.map((seed) => attempt({ lr, hidden }, seed).right);
const ends = [Math.min(...repeats), Math.max(...repeats)];
const range = ends[1] - ends[0];
const band = ends.map(percent).join(" to ");
plot.histogram(repeats, { x: "percent right", title: `from ${band}` });
console.log(`${range.toFixed(1)} points between them; you said ${spreadGuess}.`);

// %% [markdown] id="noise-after"
// Differences smaller than this are weather. Whoever compares two settings by one run each, and finds half a point, has found nothing.
//
// ## The best of many is too good
//
// And it gets worse. Suppose that the validation set is small, a hundred digits, and that you try *the same* settings again and again, and keep the best. Nothing can be gained: all tries are equally good. **Before you run it**: the best of fifty such tries, how many points does it stand above the mean of all fifty?

// %% id="luck-guess" tags=["predict"]
const luckGuess: number | "?" = "?"; // points

// %% id="luck-setup" tags=["setup"] title="fifty networks that are equally good"
const hundred = rowsOf(validation, 0, 100);
/** The best so far, at every place of a list. */
const bestSoFar = (values: readonly number[]) => {
  let best = -Infinity;
  return values.map((value) => (best = Math.max(best, value)));
};

// %% id="luck" title="Fifty tries of the same settings"
const again = { lr: 0.01, hidden: 32 };
const equals = Array.from({ length: 50 }, (_, seed) => trained(again, seed));
const small = equals.map((net) => score(net, hundred));
const meanSmall = small.reduce((sum, each) => sum + each) / small.length;
const gained = Math.max(...small) - meanSmall;
const named = { "best so far": bestSoFar(small), "each try": small };
const axes = { x: "tries", y: "percent right", range: [88, 100] } as const;
const worth = { y: meanSmall, label: "what they are worth" };
plot.line(named, { ...axes, marks: [worth] });
console.log(`${gained.toFixed(1)} points too good; you said ${luckGuess}.`);

// %% [markdown] id="vault-words"
// The curve only climbs, and nothing has improved. A validation set is used up a little by every choice that is made with it. So the last word belongs to digits that took no part in any choice, and it is spoken **once**.

// %% id="vault-setup" tags=["setup"] title="a vault that opens once"
const vault = {
  said: null as string | null,
  /** Judges a network by the sealed digits. The second time it only repeats what it said. */
  open(net: Net): string {
    this.said ??= percent(score(net, sealed));
    return this.said;
  },
};

// %% id="vault"
const final = trained({ lr: survivor.lr, hidden: survivor.hidden, passes: 9 });
const sealedScore = vault.open(final);
console.log(`validation ${percent(score(final))}, in the vault ${sealedScore}`);

// %% [markdown] id="transfer-words"
// ## Good here, good there?
//
// Here are wines with thirteen measurements each, read by such a network with one rate after another. We take the highest rate that still suits the wines. **Before you run it**: how many percent of the digits will a network read that is trained with this rate?

// %% id="transfer-guess" tags=["predict"]
const transferGuess: number | "?" = "?"; // percent, from 50

// %% id="transfer-setup" tags=["setup"] title="wines at one scale, and a training on them"
manualSeed(42);
const cellar = data.load("wine").split(0.5);
const wines = { learn: cellar.train.standardize(), judge: cellar.test.standardize(cellar.train) };
function attemptWine(config: Config): Try {
  manualSeed(42);
  const net = build(config, 13, 3);
  pass(net, optim.Adam(net.parameters(), { lr: config.lr }), config.passes ?? 5, wines.learn);
  return { ...config, right: score(net, wines.judge) };
}

// %% id="transfer"
const rates = [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3];
const onDigits = rates.map((lr) => attempt({ lr, hidden: 16 }));
const onWines = rates.map((lr) => attemptWine({ lr, hidden: 16 }));
drawTries({ digits: onDigits, wines: onWines }, "the same settings on two data sets");
const goodForWines = onWines.filter(({ right }) => right > bestOf(onWines).right - 4);
const boldest = goodForWines[goodForWines.length - 1].lr;
const bombs = onDigits[rates.indexOf(boldest)].right;
console.log(`${boldest}: ${percent(bombs)} of digits; you said ${transferGuess}.`);

// %% [markdown] id="answer-words"
// ## The answer
//
// How does one find good settings, and not fool oneself on the way? Here is every try of this lesson, and the band within which one and the same settings lie by chance.

// %% id="answer"
const everything = { grid, thrown, thirding: Object.values(rounds).flat() };
drawTries(everything, `by chance ${band}, in the vault ${sealedScore}`);

// %% [markdown] id="answer-after"
// Throw dice that are fair between factors. Stop the hopeless early. Repeat before you believe a difference. Choose by one set, and let another, which took no part, have the last word.

// %% [markdown] id="exercises"
// ## Your turn
//
// Four exercises. Each has a check that says what is not right yet, three hints and a solution.

// %% [exercise] id="ex-die" title="A die that is fair between factors"
// A number from low to high, as often in each stretch of the same factor.
function throwBetween(low: number, high: number) {
  return low + (high - low) * rand([]).item();
}
throwBetween(0.0001, 0.1);

// %% id="ex-die-check" tags=["check"] for="ex-die"
const ranges = [
  [0.0001, 0.1],
  [2, 64],
];
expect.each(ranges, ([low, high]) => {
  const drawn = Array.from({ length: 1000 }, () => throwBetween(low, high));
  expect(drawn[0]).holds((each: number) => typeof each === "number", "return one number");
  expect(Math.min(...drawn)).above(low * 0.999, "below the lowest number");
  expect(Math.max(...drawn)).below(high * 1.001, "above the highest number");
  expect(new Set(drawn).size).above(500, "so few different numbers: throw each time");
  const middle = Math.sqrt(low * high); // half of the factors lie below
  const below = drawn.filter((each) => each < middle).length / 10;
  const long =
    "percent below the middle factor: most throws fall high, this die is fair between lengths";
  const short = "percent below the middle factor: most throws fall low";
  expect(below).above(42, long).below(58, short);
  const quarter = drawn.filter((each) => each < low * (high / low) ** 0.25).length / 10;
  expect(quarter)
    .above(19, "percent in the lowest quarter of factors: wanted 25")
    .below(31, "percent in the lowest quarter of factors: wanted 25");
});

// %% [markdown] id="ex-die-hint-1" tags=["hint"] for="ex-die" title="where to look"
// Two dice are made above the cell with a thousand throws. What does the one do with `low` and `high` that the other does not?

// %% [markdown] id="ex-die-hint-2" tags=["hint"] for="ex-die" title="the rule"
// Begin at low and multiply by the whole factor, `high / low`, to a random power between 0 and 1.

// %% [markdown] id="ex-die-hint-3" tags=["hint"] for="ex-die" title="the line, with a blank"
// `low * (high / low) ** ____`

// %% id="ex-die-solution" tags=["solution"] for="ex-die"
function throwBetween(low: number, high: number) {
  return low * (high / low) ** rand([]).item(); // a share of the whole factor
}
throwBetween(0.0001, 0.1);

// %% [exercise] id="ex-rounds" title="A plan for thirding"
// [tries, passes] of each round: a third go on, with three times the passes.
function roundsOf(tries: number) {
  const rounds: [number, number][] = [[tries, 1]];
  return rounds;
}
roundsOf(27);

// %% id="ex-rounds-check" tags=["check"] for="ex-rounds"
expect.each([27, 9, 3, 81, 1], (tries) => {
  const wanted: number[][] = [];
  for (let [left, passes] = [tries, 1]; left >= 1; left = Math.floor(left / 3), passes *= 3)
    wanted.push([left, passes]);
  const plan = roundsOf(tries);
  expect(plan).holds((all: unknown) => Array.isArray(all), "return the list of rounds");
  expect(plan[0]).equal([tries, 1], "all begin, with one pass");
  expect(plan)
    .mistake(wanted.slice(0, -1), "the last one trains a round alone")
    .mistake(
      wanted.map(([left]) => [left, 1]),
      "each round has three times the passes of the one before",
    )
    .mistake(
      wanted.map(([left], i) => [left, i + 1]),
      "three times the passes, not one more",
    )
    .equal(wanted, "a third of the tries, three times the passes, until one is left");
});

// %% [markdown] id="ex-rounds-hint-1" tags=["hint"] for="ex-rounds" title="where to look"
// Write the plan for 9 tries on paper: nine with one pass, then how many with how many?

// %% [markdown] id="ex-rounds-hint-2" tags=["hint"] for="ex-rounds" title="the rule"
// As long as more than one try is left, add a round with a third of them and three times the passes.

// %% [markdown] id="ex-rounds-hint-3" tags=["hint"] for="ex-rounds" title="the line, with a blank"
// `for (let [left, passes] = [tries / 3, 3]; left >= 1; left /= 3, passes *= ____) rounds.push([left, passes]);`

// %% id="ex-rounds-solution" tags=["solution"] for="ex-rounds"
function roundsOf(tries: number) {
  const rounds: [number, number][] = [[tries, 1]];
  for (let [left, passes] = [tries / 3, 3]; left >= 1; left /= 3, passes *= 3)
    rounds.push([left, passes]); // fewer, for longer
  return rounds;
}
roundsOf(27);

// %% [exercise] id="ex-report" title="Report it honestly"
// Of tries, [{ validation, test }], the number that may be reported.
function reported(tries: { validation: number; test: number }[]) {
  return Math.max(...tries.map(({ test }) => test));
}
reported([
  { validation: 95, test: 93 },
  { validation: 94, test: 96 },
]);

// %% id="ex-report-check" tags=["check"] for="ex-report"
expect.each(5, () => {
  const drawn = Array.from({ length: 6 }, () => ({
    validation: 80 + 20 * rand([]).item(),
    test: 80 + 20 * rand([]).item(),
  }));
  const chosen = drawn.reduce((best, next) => (next.validation > best.validation ? next : best));
  const most = Math.max(...drawn.map(({ test }) => test));
  const mean = drawn.reduce((sum, { test }) => sum + test, 0) / drawn.length;
  if (most === chosen.test) return;
  expect(reported(drawn))
    .mistake(most, "this chose by the test set, which may have no say")
    .mistake(
      chosen.validation,
      "this is what it was chosen by, and too good: what does the test say of it?",
    )
    .mistake(mean, "the mean of all: one try was chosen")
    .close(chosen.test, { rtol: 1e-9 }, "the test score of the try that validation chose");
});

// %% [markdown] id="ex-report-hint-1" tags=["hint"] for="ex-report" title="where to look"
// Which of the two tries would you have chosen, if you could not see the test scores?

// %% [markdown] id="ex-report-hint-2" tags=["hint"] for="ex-report" title="the rule"
// Choose by validation alone. Then look up the test score of the one that was chosen, whatever it is.

// %% [markdown] id="ex-report-hint-3" tags=["hint"] for="ex-report" title="the lines, with a blank"
// `const chosen = tries.toSorted((a, b) => b.validation - a.validation)[0];` and `return chosen.____;`

// %% id="ex-report-solution" tags=["solution"] for="ex-report"
function reported(tries: { validation: number; test: number }[]) {
  const chosen = tries.toSorted((a, b) => b.validation - a.validation)[0]; // without a look at test
  return chosen.test;
}
reported([
  { validation: 95, test: 93 },
  { validation: 94, test: 96 },
]);

// %% [exercise] id="ex-nine" title="Nine tries"
// At most nine settings, of which one reads 95 percent of the validation digits.
const myPlan: Config[] = [{ lr: 0.0005, hidden: 8 }];
percent(bestOf(myPlan.map((config) => attempt(config))).right);

// %% id="ex-nine-check" tags=["check"] for="ex-nine"
expect(myPlan).holds(
  (all: unknown) => Array.isArray(all) && all.length > 0,
  "a list with a try at least",
);
expect(myPlan.length).below(10, "tries: nine are allowed");
expect(Math.max(...myPlan.map(({ passes = 5 }) => passes))).below(
  11,
  "passes: ten are enough for anybody",
);
const mineBest = bestOf(myPlan.map((config) => attempt(config)));
const [down, up] = [mineBest.lr / 3, mineBest.lr * 3].map(
  (lr) => attempt({ ...mineBest, lr }).right,
);
const where = up > down ? "higher" : "lower";
expect(mineBest.right).above(94.99, `the best of yours: a ${where} rate would be better`);

// %% [markdown] id="ex-nine-hint-1" tags=["hint"] for="ex-nine" title="where to look"
// Look at the last figure: between which learning rates do the highest dots lie?

// %% [markdown] id="ex-nine-hint-2" tags=["hint"] for="ex-nine" title="the rule"
// Spread your tries by factors: 0.001, 0.003, 0.01 and so on. Give it neurons enough.

// %% [markdown] id="ex-nine-hint-3" tags=["hint"] for="ex-nine" title="the line, with a blank"
// `const myPlan: Config[] = [0.001, 0.003, ____, 0.03].map((lr) => ({ lr, hidden: 32 }));`

// %% id="ex-nine-solution" tags=["solution"] for="ex-nine"
const myPlan: Config[] = [0.001, 0.003, 0.01, 0.03].map((lr) => ({ lr, hidden: 32 }));
percent(bestOf(myPlan.map((config) => attempt(config))).right);

// %% [markdown] id="recap"
// ## What you take along
//
// - **Random** throws see more values of what matters than a grid; throw by **factors**. **Stop the hopeless early.**
// - One and the same setting scores differently from each start: a difference smaller than that is **weather**.
// - The best of many is **too good**. Choose by validation, and report, once, what the vault says.

// %% [markdown] id="quiz" tags=["quiz"]
// ### Two questions
//
// Why are settings not chosen by the loss on the training part? There is so much more of it.
//
// - [ ] It takes too long: it is there already after each training.
// - [x] It would choose whatever learns by heart best: the largest network, and the most passes.
// - [ ] It is too noisy: it is less noisy than the validation loss.
//
// Somebody compares a new method with an old one. The new one was given a hundred tries, the old one its usual settings. What do you say?
//
// - [ ] That is fair, the old one is well known: its settings may be good for other data.
// - [x] Give the old one a hundred tries too: most of what is measured here may be the search.
// - [ ] One try for each would be fair: then it is luck that is measured.

// %% [markdown] id="simplified"
// ### What the article simplifies
//
// *After initial training, you can refine parameters even more by testing different configurations.* Two things are mixed there. Testing configurations is a search over **hyper**parameters: every try trains its parameters from the start, and those of the try before are thrown away, as you have done here. Refining the parameters that one has is something else, called fine-tuning. That settings can *work great for one dataset but bomb on another* you have seen, here and in lesson 8.

// %% [markdown] id="next"
// **Next: [lesson 12](?lesson=12).** So far all inputs were numbers: lengths, grey dots, measurements. Letters and words are none.
