// ---
// title: Parameters and hyperparameters
// question: Which numbers does a model learn, and which does somebody have to choose?
// minutes: 30
// order: 7
// needs: [3]
// ---

// %% [markdown] id="opening"
// # Which knobs are yours?
//
// Here is a model that tells three kinds of iris apart. It is a **decision tree**: it asks one question after another, each of the form *longer than so many centimetres?*, and colours the map by its answers. *Depth* says how many questions in a row it may ask, and *at least* how many flowers every answer must rest on. **Drag the depth up from 0, and watch the borders.**

// %% id="setup" tags=["setup"] title="150 irises, a tree that grows, and two knobs"
import { accuracy, data, expect, F, manualSeed, nn, noGrad, optim, plot } from "descent";
import { progress, randperm, rand, tensor, ui, type Tensor } from "descent";

const short = (value: number) => String(Number(value.toPrecision(3))).replace("-", "−");
const irises = data.load("iris");
const species = irises.classes ?? [];
const measured = irises.features ?? [];
const [PETAL_LENGTH, PETAL_WIDTH] = ["petal length", "petal width"].map((name) =>
  measured.indexOf(name),
);

/** A flower: four measurements in cm, and its species by number. */
interface Flower {
  readonly cm: readonly number[];
  readonly kind: number;
}
const flowersOf = ({ x, y }: data.Dataset): Flower[] =>
  Array.from(y.data, (kind, row) => ({ cm: Array.from(x.at(row).data), kind }));
const flowers = flowersOf(irises);

/** A question: is this measurement above so many cm? */
interface Question {
  readonly feature: number;
  readonly above: number;
}
/** An answer, or a question with a tree for either answer. */
interface Leaf {
  readonly kind: number;
}
interface Fork extends Question {
  readonly no: Tree;
  readonly yes: Tree;
}
type Tree = Leaf | Fork;

/** What you choose before a tree grows. */
interface Limits {
  readonly depth: number;
  readonly least: number;
}

/** How many there are of each species. */
function countsOf(flowers: readonly Flower[]) {
  const counts = species.map(() => 0);
  for (const { kind } of flowers) counts[kind]++;
  return counts;
}

/** The chance that two flowers of a pot are of different species, by how many there are of each. */
function impurity(counts: readonly number[]) {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return 1 - counts.reduce((sum, count) => sum + (count / all) ** 2, 0);
}

/** Every question about one measurement, and how mixed its two pots are, in the mean over flowers. */
function questionsAbout(feature: number, flowers: readonly Flower[], least: number) {
  const inOrder = flowers.toSorted((a, b) => a.cm[feature] - b.cm[feature]);
  const [no, yes] = [species.map(() => 0), countsOf(flowers)];
  const all: (Question & { readonly mixed: number })[] = [];
  inOrder.slice(0, -1).forEach(({ cm, kind }, i) => {
    no[kind]++;
    yes[kind]--;
    const [below, next] = [i + 1, inOrder[i + 1].cm[feature]];
    if (cm[feature] === next || Math.min(below, inOrder.length - below) < least) return;
    const mixed =
      (below * impurity(no) + (inOrder.length - below) * impurity(yes)) / inOrder.length;
    all.push({ feature, above: (cm[feature] + next) / 2, mixed });
  });
  return all;
}

let asked = 0; // how many thresholds were tried since this was last set to zero

/** Grows a tree: at each place the question that leaves the pots least mixed. */
function grow(flowers: readonly Flower[], { depth, least }: Limits): Tree {
  const counts = countsOf(flowers);
  const leaf = { kind: counts.indexOf(Math.max(...counts)) };
  if (depth === 0 || impurity(counts) === 0) return leaf;
  const questions = flowers[0].cm.flatMap((_, at) => questionsAbout(at, flowers, least));
  asked += questions.length;
  if (questions.length === 0) return leaf;
  const best = questions.reduce((best, next) => (next.mixed < best.mixed ? next : best));
  const isYes = ({ cm }: Flower) => cm[best.feature] > best.above;
  const side = (some: Flower[]) => grow(some, { depth: depth - 1, least });
  const [no, yes] = [side(flowers.filter((each) => !isYes(each))), side(flowers.filter(isYes))];
  return { feature: best.feature, above: best.above, no, yes };
}

/** What a tree answers. */
function ask(tree: Tree, cm: readonly number[]): number {
  if ("kind" in tree) return tree.kind;
  return ask(cm[tree.feature] > tree.above ? tree.yes : tree.no, cm);
}
/** The share of flowers that a tree gets right, in percent. */
const percentOf = (tree: Tree, flowers: readonly Flower[]) =>
  (100 * flowers.filter(({ cm, kind }) => ask(tree, cm) === kind).length) / flowers.length;
/** All thresholds of a tree, from its root down. */
const thresholdsOf = (tree: Tree): Question[] =>
  "kind" in tree ? [] : [tree, ...thresholdsOf(tree.no), ...thresholdsOf(tree.yes)];

// The map has two sides, so the tree of the map hears of petals only.
const petals = { x: irises.x.narrow(1, PETAL_LENGTH, 2).contiguous(), y: irises.y };
const ofPetals = flowers.map(({ cm, kind }) => ({ cm: cm.slice(PETAL_LENGTH), kind }));

/** Draws what a tree answers everywhere on the map of petals. */
function drawAnswers(tree: Tree) {
  const scores = (places: Tensor) => {
    const both = Array.from(places.data);
    const rows = Array.from({ length: places.shape[0] }, (_, i) => {
      const kind = ask(tree, [both[2 * i], both[2 * i + 1]]);
      return species.map((_, each) => (each === kind ? 3 : 0));
    });
    return tensor(rows);
  };
  const right = percentOf(tree, ofPetals).toFixed(1);
  const title = `thresholds: ${thresholdsOf(tree).length}, ${right} % right`;
  const names = { x: "petal length in cm", y: "petal width in cm" };
  plot.boundary(scores, { ...petals, classes: species }, { title, ...names, height: 240 });
}

/** Counts steps under the cell's bar. */
const count = (steps: number) => progress(Array.from({ length: steps }, (_, at) => at));

const depth = ui.slider("depth", { min: 0, max: 6, step: 1, value: 1 });
const least = ui.slider("at least", { min: 1, max: 40, step: 1, value: 1 });

// %% id="grown" tags=["auto"]
const grown = grow(ofPetals, { depth: depth.value, least: least.value });
drawAnswers(grown);

// %% [markdown] id="grown-words"
// You said how *many* questions. Nobody asked you *where* the borders should run. At every depth they simply stood there: the machine had looked at the flowers and found them. So this model has two kinds of numbers.
//
// - **Parameters** are found by the machine, from data. Here they are the thresholds. In a network they are weights and biases.
// - **Hyperparameters** are set before the machine begins, and it never turns them. Here they are the depth and the least number of flowers. In a network they are the number of layers and neurons, the learning rate, the size of a batch.
//
// The one is the recipe; the other is the cook, who tastes and adjusts while cooking. They are easily confused, since both are numbers and both change the result.
//
// **Before you go on.** Weights, learning rate, split thresholds, batch size, biases, depth, embeddings, minimum samples: of these eight, how many does a machine learn from data? The first exercise will tell.

// %% id="cards-guess" tags=["predict"]
const cardsGuess: number | "?" = "?"; // of eight

// %% [markdown] id="net-words"
// ## In a network
//
// The same irises, and a network. On the left of training stands what you choose, on its right what will be found. Here are both, side by side.

// %% id="net-setup" tags=["setup"] title="irises in three parts, and two inspectors"
/** What you choose before a network is trained. */
interface Config {
  readonly hidden: number;
  readonly lr: number;
  readonly batch: number;
  readonly epochs: number;
}

manualSeed(42);
const inParts = irises.split(0.6);
const rest = inParts.test.split(0.5);
const train = inParts.train.standardize();
const [validation, test] = [rest.train, rest.test].map((part) => part.standardize(inParts.train));
console.log(
  `${train.length} to learn from, ${validation.length} to compare, ${test.length} apart.`,
);

/** Some measurements go in, three scores come out. */
const build = ({ hidden }: Config, inputs = 4) =>
  nn.Sequential(nn.Linear(inputs, hidden), nn.Tanh(), nn.Linear(hidden, 3));
type Net = ReturnType<typeof build>;

/** Every parameter by name, with its shape and its first number. */
const inspect = (net: Net) =>
  net.namedParameters().map(([name, knob]) => ({
    parameter: name,
    shape: knob.shape.join(" x "),
    numbers: knob.numel(),
    "the first of them": short(knob.data[0]),
  }));

/** Every number there is: settings by name, and each single parameter. */
function listOf(config: Config, net: Net): Map<string, number> {
  const knobs = net
    .namedParameters()
    .flatMap(([name, knob]) =>
      Array.from(knob.data, (value, i) => [`${name}[${i}]`, value] as const),
    );
  return new Map([...Object.entries(config), ...knobs]);
}
const told = (list: Map<string, number>, name: string) => short(list.get(name) ?? NaN);

// %% id="inspect"
manualSeed(42);
const config: Config = { hidden: 8, lr: 0.02, batch: 16, epochs: 30 };
const net = build(config);
console.table([config]); // yours
console.table(inspect(net)); // the machine's, at random so far
const parameters = net.summary().total;

// %% [markdown] id="audit-words"
// **Before you run it.** We write down every number, train, and compare: all parameters and the four settings. How many of these numbers will have changed?

// %% id="audit-guess" tags=["predict"]
const auditGuess: number | "?" = "?";

// %% id="audit" title="Train, and see who turned what"
const before = listOf(config, net);
const opt = optim.Adam(net.parameters(), { lr: config.lr });
const curve = plot.live({ y: "loss" });
for (const { x, y } of train.batches(config.batch, { epochs: config.epochs })) {
  const loss = F.crossEntropy(net(x), y); // how little it believes what is true
  opt.zeroGrad(); // forget the slopes of the step before
  loss.backward(); // which way is downhill, for every parameter?
  opt.step(); // turn each a little that way
  curve.push({ loss });
}

// %% id="audit-log"
const after = [...listOf(config, net)];
const changed = after.filter(([name, now]) => now !== before.get(name));
const settings = changed.filter(([name]) => name in config);
const log = changed.map(([parameter, now]) => {
  return { parameter, before: told(before, parameter), after: short(now) };
});
console.table(log.slice(0, 4)); // the first four of the list
console.log(`${changed.length} changed, of them ${settings.length} settings;`);
console.log(`you said ${auditGuess}. There are ${parameters} parameters.`);

// %% [markdown] id="other-words"
// Parameters, and nothing else. The settings stand in the code of the loop, and no line of the loop writes to them.
//
// So what does a parameter depend on? On the settings, on the start, and above all on **the data**. Two networks with the same settings and the same random start: one sees the sepals of the irises, the other the petals of the same flowers. Each dot is a parameter, placed by what it became here and there.

// %% id="other-setup" tags=["setup"] title="a training from a fixed start, on any two columns"
const two: Config = { hidden: 8, lr: 0.02, batch: 16, epochs: 30 };
/** Trains on two columns of the irises, always from the same start and with the same shuffles. */
function trainOn(column: number, config: Config) {
  manualSeed(42);
  const net = build(config, 2);
  const opt = optim.Adam(net.parameters(), { lr: config.lr });
  for (const { x, y } of train.batches(config.batch, { epochs: config.epochs })) {
    const loss = F.crossEntropy(net(x.narrow(1, column, 2)), y);
    opt.zeroGrad();
    loss.backward();
    opt.step();
  }
  return net.parameters().flatMap((knob) => Array.from(knob.data));
}

// %% id="other"
const fromSepals = trainOn(0, two);
const fromPetals = trainOn(2, two);
const dots = { x: fromSepals, y: fromPetals };
const names = { x: "after sepals", y: "after petals" };
plot.scatter(dots, { ...names, line: { "the same": (at) => at } });
const apart = Math.max(...dots.x.map((knob, i) => Math.abs(knob - dots.y[i])));
console.log(`Up to ${short(apart)} apart, with the same settings.`);

// %% [markdown] id="bet-words"
// If the data did not matter, every dot would lie on the line: the settings and the start are the same. The data decide.
//
// ## Train with these settings, and see what happens
//
// This is how hyperparameters are found: somebody chooses, trains, looks, and chooses again. To look, we keep a part of the flowers away from training, the **validation** set. Here are four candidates.
//
// **Before you run it**: which of them will end with the lowest loss on the validation flowers?

// %% id="bet" tags=["predict"]
const bet = "?"; // "patient", "plain", "narrow" or "bold"

// %% id="race-setup" tags=["setup"] title="a training from settings, and a table of all runs"
interface Run extends Config {
  readonly name: string;
  readonly loss: number;
  readonly right: number;
}
const runs: Run[] = [];

/** Trains with these settings, notes the run, and gives the losses on the validation set. */
function run(name: string, config: Config): number[] {
  manualSeed(42); // another number here, another start for all
  const net = build(config);
  const opt = optim.Adam(net.parameters(), { lr: config.lr });
  const judge = () => noGrad(() => F.crossEntropy(net(validation.x), validation.y)).item();
  const losses = [judge()];
  for (const { x, y, epoch } of train.batches(config.batch, { epochs: config.epochs })) {
    if (epoch === losses.length) losses.push(judge());
    const loss = F.crossEntropy(net(x), y);
    opt.zeroGrad();
    loss.backward();
    opt.step();
  }
  losses.push(judge());
  const right = Number((100 * accuracy(net, validation)).toFixed(1));
  runs.push({ name, ...config, loss: Number(short(losses.at(-1) ?? NaN)), right });
  return losses;
}

/** Runs some settings by name, and draws their losses over the table of all runs. */
function drawRuns(all: Readonly<Record<string, Config>>) {
  const curves = Object.entries(all).map(([name, config]) => [name, run(name, config)]);
  const names = { x: "epoch", y: "validation loss", log: true };
  plot.line(Object.fromEntries(curves), names);
  console.table(runs);
}

// %% id="race" title="Four candidates"
const candidates = {
  patient: { hidden: 8, lr: 0.0002, batch: 16, epochs: 30 },
  plain: { hidden: 8, lr: 0.02, batch: 16, epochs: 30 },
  narrow: { hidden: 1, lr: 0.02, batch: 16, epochs: 30 },
  bold: { hidden: 8, lr: 3, batch: 16, epochs: 30 },
};
drawRuns(candidates);
const lowest = Math.min(...runs.map(({ loss }) => loss));
const winner = runs.find(({ loss }) => loss === lowest)?.name;
console.log(`"${winner}" has the lowest loss; you said "${bet}".`);

// %% [markdown] id="own-words"
// Look at the columns of the table: within a run no setting ever changes; from run to run you change them, and everything must be trained anew. **Choose settings of your own, and run the cell as often as you like.** The table keeps every run.

// %% id="own-setup" tags=["setup"] title="four knobs for settings"
const mine = {
  hidden: ui.slider("neurons", { min: 1, max: 32, step: 1, value: 4 }),
  lr: ui.slider("learning rate", { min: 0.0001, max: 3, value: 0.005, log: true }),
  batch: ui.slider("batch size", { min: 1, max: 90, step: 1, value: 30 }),
  epochs: ui.slider("epochs", { min: 1, max: 60, step: 1, value: 20 }),
};

// %% id="own" title="Your settings"
const chosen = {
  hidden: mine.hidden.value,
  lr: mine.lr.value,
  batch: mine.batch.value,
  epochs: mine.epochs.value,
};
drawRuns({ yours: chosen });

// %% [markdown] id="push-words"
// ## Direct and indirect
//
// Back to the trained network. It looks at the iris that it is least sure of, and the bars are what it believes. One slider pushes a single weight to the side. The other is the learning rate: not a copy of it, but the very number that the optimiser reads at each step.
//
// **Before you drag**: which of the two sliders will move the bars? *Weight*, *rate*, *both* or *neither*?

// %% id="push-guess" tags=["predict"]
const pushGuess = "?"; // "weight", "rate", "both" or "neither"

// %% id="push-setup" tags=["setup"] title="one iris, a knob that pushes a weight, and the optimiser's learning rate"
const pushed = ui.slider("push one weight by", { min: -3, max: 3, value: 0, step: 0.1 });
const rateNow = ui.slider("learning rate of the optimiser", {
  min: 0.0001,
  max: 3,
  value: 0.02,
  log: true,
});

/** What the network believes of each iris to compare. */
const beliefs = () =>
  noGrad(() => net(validation.x))
    .softmax(1)
    .toArray() as number[][];
/** Of these irises, the one that it was least sure of when training ended. */
function mostDoubtful() {
  const sureness = beliefs().map((shares) => Math.max(...shares));
  return sureness.indexOf(Math.min(...sureness));
}

/** What it believes of an iris with one of its weights pushed aside; afterwards all is as it was. */
function believedOf(iris: number, push = 0) {
  const [, , weights] = net.parameters();
  const was = weights.at(1, 0).item();
  return noGrad(() => {
    weights.set([1, 0], was + push);
    const answer = beliefs()[iris];
    weights.set([1, 0], was);
    return answer;
  });
}

// %% id="push"
const reads = optim.Adam(net.parameters(), { lr: rateNow }); // at each step it takes
const shares = believedOf(mostDoubtful(), pushed.value);
const title = `weight ${short(pushed.value)}, rate ${short(rateNow.value)}`;
plot.bars(shares, { labels: [...species], y: "believed", range: [0, 1], title });

// %% id="push-told"
const iris = mostDoubtful();
const farthest = (one: number[], other: number[]) =>
  Math.max(...one.map((value, i) => Math.abs(value - other[i])));
const was = believedOf(iris);
const byWeight = farthest(believedOf(iris, 3), was);
optim.Adam(net.parameters(), { lr: 3 }); // a rate far too high, and no step
const byRate = farthest(believedOf(iris), was);
console.log(`the weight moves a bar by ${short(byWeight)}, the rate by ${byRate};`);
console.log(`you said ${pushGuess}.`);

// %% [markdown] id="slope-words"
// A parameter is what an answer is *made of*: push it, and the answer moves. A hyperparameter had its say while the parameters were found, and has none any more. It acts only through them: that is what *indirect* means.
//
// ## Why the machine does not find them too
//
// Gradient descent turns every number that has a slope. So let us ask for the slope of the learning rate, as we would for a weight.

// %% id="slope"
const lr = tensor(0.02, { requiresGrad: true }); // may it be turned?
const fresh = build(config);
F.crossEntropy(fresh(train.x), train.y).backward();
const [firstWeights] = fresh.parameters();
console.log("slope of a weight:", short(firstWeights.grad.at(0, 0).item()));
console.log("slope of the rate:", lr.grad);

// %% [markdown] id="stairs-words"
// There is none: the loss was computed from the flowers and the parameters, and the rate does not occur in it. Nor does the number of neurons; and that is not even a number one could turn a little. Between two neurons and three there is nothing. All one can do is train again, for each:

// %% id="stairs" title="Train again for each number of neurons"
const sizes = [1, 2, 3, 4, 6, 8, 12, 16];
const all = sizes.map((hidden) => run("stairs", { ...config, hidden }));
const stairs = { x: sizes, y: all.map((losses) => losses[config.epochs]) };
plot.scatter(stairs, { x: "neurons", y: "validation loss", range: [0, 1.2] });

// %% [markdown] id="tree-words"
// Each dot cost a whole training. That is why searching for settings is dear, and why lesson 11 is about doing it well.
//
// ## How a tree finds its thresholds
//
// Does *learned* mean *by gradient descent*? Look at the tree again. Here are all irises by the length and width of their petals. **Drag the threshold until it parts one species from both others.**

// %% id="hand-setup" tags=["setup"] title="a knob for a threshold"
const threshold = ui.slider("threshold", { min: 1, max: 7, value: 5, step: 0.05 });
const lengths = flowers.map(({ cm }) => cm[PETAL_LENGTH]);
const widths = flowers.map(({ cm }) => cm[PETAL_WIDTH]);
const kindOf = (_: string, i: number) => species[flowers[i].kind];

/** How many of the first species, setosa, lie above a threshold, and of the others below it. */
const wrongAt = (above: number) =>
  flowers.filter(({ cm, kind }) => cm[PETAL_LENGTH] > above === (kind === 0)).length;

// %% id="hand" tags=["auto"]
const wrong = wrongAt(threshold.value);
plot.scatter(
  { x: lengths, y: widths },
  {
    ...{ x: "petal length in cm", y: "petal width in cm", color: kindOf },
    marks: [{ x: threshold, label: `${wrong} on the wrong side` }],
  },
);

// %% [markdown] id="hand-predict"
// There is much room between them. **Before you run it**: the machine chooses one place. Which?

// %% id="threshold-guess" tags=["predict"]
const thresholdGuess: number | "?" = "?"; // in cm, from 1

// %% id="found"
const questions = questionsAbout(PETAL_LENGTH, flowers, 1); // one for every gap
const tried = questions.map(({ above }) => above);
const mixed = questions.map(({ mixed }) => mixed); // how mixed both pots are left
const best = tried[mixed.indexOf(Math.min(...mixed))];
const mark = { x: best, label: `${best.toFixed(2)} cm` };
plot.line(tried, mixed, { x: "threshold in cm", y: "how mixed", marks: [mark] });
console.log(`${tried.length} tried; ${mark.label}; you said ${thresholdGuess}.`);

// %% [markdown] id="found-words"
// It tries **every** gap between two neighbouring flowers, puts the flowers into two pots, and measures how mixed these are: the chance that two flowers from one pot are of different species, called *Gini impurity*. The lowest wins, in the middle of its gap. Then it does the same in each pot, down to the depth that you allowed.
//
// So *learned* means **found from data, without you**. Gradient descent is one way to find. A threshold has no useful slope, since moving it a little moves no flower; with one number at a time trying all of them is cheap.

// %% id="picture-setup" tags=["setup"] title="a tree as the figure takes it"
/** A tree with how many flowers of each species come to each of its places. */
function counted(tree: Tree, some: readonly Flower[]): plot.TreeNode {
  const counts = Object.fromEntries(species.map((name, kind) => [name, countsOf(some)[kind]]));
  if ("kind" in tree) return { value: species[tree.kind], counts };
  const side = (answer: boolean) =>
    some.filter(({ cm }) => cm[tree.feature] > tree.above === answer);
  return {
    question: `${measured[tree.feature]} > ${tree.above.toFixed(2)} cm?`,
    yes: counted(tree.yes, side(true)),
    no: counted(tree.no, side(false)),
    counts,
  };
}

// %% id="picture"
asked = 0;
const tree = grow(flowers, { depth: 2, least: 1 });
plot.tree(counted(tree, flowers));
const searched = asked;
console.log(`${searched} thresholds tried, ${thresholdsOf(tree).length} kept;`);
console.log(`${percentOf(tree, flowers).toFixed(1)} percent of all flowers right.`);

// %% [markdown] id="noise-words"
// ## Who should choose the depth?
//
// If a machine may try every threshold, why not every depth, and keep the best? Let us do it, with flowers as they come in life: fifteen of a hundred labels are wrong, because somebody was tired. The tree learns from these. We judge it twice: by the flowers and labels it **learned** from, and by others, whose labels are right.
//
// **Before you run it**: of the depths 1 to 12, which will do best on the others?

// %% id="depth-guess" tags=["predict"]
const depthGuess: number | "?" = "?"; // from 6

// %% id="noise-setup" tags=["setup"] title="flowers with wrong labels, and trees of all depths"
/** The flowers shuffled, and the labels of some of those to learn from replaced by another species. */
function tired(share: number, parts: readonly number[]) {
  const order = Array.from(randperm(flowers.length).data, (row) => flowers[row]);
  const luck = rand([flowers.length, 2]);
  const spoiled = order.slice(0, parts[0]).map(({ cm, kind }, i) => {
    const [slip, which] = luck.at(i).data;
    return { cm, kind: slip < share ? (kind + 1 + Math.floor(2 * which)) % 3 : kind };
  });
  return { spoiled, others: order.slice(parts[0], parts[1]), drawer: order.slice(parts[1]) };
}

/** The mean of several lists, place by place. */
const meanOf = (lists: readonly (readonly number[])[]) =>
  lists[0].map((_, i) => lists.reduce((sum, list) => sum + list[i], 0) / lists.length);

// %% id="noise" title="All depths, twenty times"
manualSeed(42);
const depths = Array.from({ length: 12 }, (_, i) => i + 1);
const rounds = Array.from({ length: 20 }, () => {
  const { spoiled, others } = tired(0.15, [100, 150]);
  const trees = depths.map((depth) => grow(spoiled, { depth, least: 1 }));
  return [spoiled, others].map((some) => trees.map((tree) => percentOf(tree, some)));
});
const learned = meanOf(rounds.map(([learned]) => learned));
const unseen = meanOf(rounds.map(([, unseen]) => unseen));

// %% id="noise-drawn"
const both = { "those it learned from": learned, "other flowers": unseen };
plot.line(depths, both, { x: "depth", y: "percent right", range: [50, 102] });
const bestDepth = depths[unseen.indexOf(Math.max(...unseen))];
console.log(`Depth ${bestDepth} does best on others; you said ${depthGuess}.`);
const ownBest = depths[learned.indexOf(Math.max(...learned))];
console.log(`On those it learned from, depth ${ownBest} does.`);

// %% [markdown] id="noise-after"
// By its own flowers, the tree would always ask for more depth: with enough questions it can learn every wrong label by heart. On other flowers it gets worse from some depth on. **The one who learns cannot choose how much it may learn**, as long as it is judged by what it learned from. That takes somebody outside, who looks at flowers that were kept apart. It may be you, or a program of yours: then there are simply two machines, one inside the other.
//
// ## The table of the article
//
// Four questions, and what your cells found to each.

// %% id="table"
const steps = config.epochs * Math.ceil(train.length / config.batch);
const found = `${steps} steps downhill, or ${searched} thresholds tried`;
const ofYou = Object.keys(config).length;
console.table([
  { ask: "how many?", parameters, hyperparameters: ofYou },
  { ask: "found how?", parameters: found, hyperparameters: `${runs.length} runs` },
  { ask: "changed?", parameters: changed.length, hyperparameters: settings.length },
  { ask: "a push moves", parameters: short(byWeight), hyperparameters: byRate },
]);

// %% [markdown] id="loops-words"
// And in one picture. Inside, the machine: it guesses, measures and adjusts, thousands of times, and only parameters move. Outside, you: choose the settings, let the inside run, look at the validation set, choose again.

// %% id="loops-setup" tags=["setup"] title="a picture of two loops"
/** Draws the two loops, one inside the other, with words in each. */
function drawLoops(
  outer: readonly string[],
  inner: readonly string[],
  between: readonly string[] = [],
) {
  const box = (x0: number, y0: number, x1: number, y1: number, color: string) => ({
    type: "rect",
    x0,
    y0,
    x1,
    y1,
    line: { color, width: 2.5 },
  });
  const lines = (all: readonly string[], x: number, y: number, yanchor: string, color: string) => ({
    text: all.join("<br>"),
    x,
    y,
    xanchor: "center",
    yanchor,
    showarrow: false,
    font: { color },
  });
  const [blue, orange] = ["#1f6fb5", "#c9620a"];
  return plot.drawing(() => ({
    data: [
      {
        type: "scatter",
        mode: "markers",
        x: [0.5],
        y: [0.5],
        marker: { opacity: 0 },
        hoverinfo: "skip",
      },
    ],
    layout: {
      xaxis: { visible: false, range: [0, 1], fixedrange: true },
      yaxis: { visible: false, range: [0, 1], fixedrange: true },
      shapes: [box(0.02, 0.02, 0.98, 0.98, orange), box(0.14, 0.06, 0.86, 0.52, blue)],
      annotations: [
        lines(["<b>You</b>", ...outer], 0.5, 0.96, "top", orange),
        lines(["<b>The machine</b>", ...inner], 0.5, 0.5, "top", blue),
        ...(between.length > 0
          ? [{ ...lines(["not sorted yet:", ...between], 0.5, 0, "top", "#67635a"), yref: "paper" }]
          : []),
      ],
      margin: { t: 4, r: 4, b: 4 + 18 * (between.length > 0 ? between.length + 1 : 0), l: 4 },
      height: 300 + 18 * (between.length > 0 ? between.length + 1 : 0),
    },
    words: `two loops: outside, you: ${outer.join(", ")}; inside, the machine: ${inner.join(", ")}`,
  }));
}

// %% id="loops"
drawLoops(
  ["choose settings, train, look, choose again", `${runs.length} times so far`],
  ["guess, measure, adjust", `${steps} times in each of them`],
);

// %% [markdown] id="loops-after"
// The answer to the question at the top: **a model learns whatever the inner loop turns; whatever stands outside it, somebody has to choose.**

// %% [markdown] id="exercises"
// ## Your turn
//
// Four exercises. Each has a check that says what is not right yet, three hints and a solution.

// %% id="ex-cards-setup" tags=["setup"] title="eight cards to sort"
const places = ["?", "you", "the machine"] as const;
const card = (name: string) => ui.select(name, places);
const cards = {
  weights: card("weights"),
  "learning rate": card("learning rate"),
  thresholds: card("split thresholds of a tree"),
  "batch size": card("batch size"),
  biases: card("biases"),
  depth: card("depth of a tree, layers of a network"),
  embeddings: card("embeddings: the numbers that stand for a word"),
  "minimum samples": card("minimum samples of an answer"),
};
/** The cards that lie in a place. */
const cardsIn = (place: string) =>
  Object.entries(cards).flatMap(([name, { value }]) => (value === place ? [name] : []));
const learnedByMachine = ["weights", "thresholds", "biases", "embeddings"];

// %% [exercise] id="ex-cards" title="Sort the cards"
// Who finds each of the eight? Choose with the lists above, and run this cell.
drawLoops(cardsIn("you"), cardsIn("the machine"), cardsIn("?"));

// %% id="ex-cards-check" tags=["check"] for="ex-cards"
expect(cardsIn("?").length).below(1, "so many cards are not sorted yet");
const reasons: Record<string, string> = {
  weights: "gradient descent turns them, at every step",
  "learning rate": "the loss has no slope with it: it was chosen before the first step",
  thresholds: "the tree tries every gap and keeps the best",
  "batch size": "it says how many rows a step looks at, and no step changes it",
  biases: "they have slopes as weights have, and are turned with them",
  depth: "between two and three there is nothing to turn: one can only train again",
  embeddings: "they are rows of weights, and training moves them (lesson 12)",
  "minimum samples": "it limits the tree before the first question is asked",
};
for (const [name, { value }] of Object.entries(cards)) {
  const wanted = learnedByMachine.includes(name) ? "the machine" : "you";
  expect(`${name}: ${value}`).equal(`${name}: ${wanted}`, reasons[name]);
}

// %% [markdown] id="ex-cards-hint-1" tags=["hint"] for="ex-cards" title="where to look"
// For each card ask: does it change *while* the machine looks at data, or did it stand before?

// %% [markdown] id="ex-cards-hint-2" tags=["hint"] for="ex-cards" title="the rule"
// What a prediction is made of is found by the machine. What says how to look for it is chosen by you.

// %% [markdown] id="ex-cards-hint-3" tags=["hint"] for="ex-cards" title="the answer, with a blank"
// The machine finds the weights, the biases, the thresholds and the ____. The other four are yours.

// %% id="ex-cards-solution" tags=["solution"] for="ex-cards"
// Four of eight: whatever a prediction is made of.
for (const [name, card] of Object.entries(cards))
  card.value = learnedByMachine.includes(name) ? "the machine" : "you";
drawLoops(cardsIn("you"), cardsIn("the machine"));
console.log(`${learnedByMachine.length} of eight; you said ${cardsGuess}.`);

// %% [exercise] id="ex-threshold" title="A threshold by hand"
// Turn the threshold above the irises until no setosa is on the wrong side.
wrongAt(threshold.value);

// %% id="ex-threshold-check" tags=["check"] for="ex-threshold"
const setosas = flowers.filter(({ kind }) => kind === 0);
const onLeft = Math.max(...setosas.map(({ cm }) => cm[PETAL_LENGTH]));
const isLow = threshold.value < onLeft;
const low = "the threshold cuts through the setosas, the short ones: turn it up";
const high = "others lie on the side of the setosas: turn the threshold down";
expect(wrongAt(threshold.value)).below(1, isLow ? low : high);

// %% [markdown] id="ex-threshold-hint-1" tags=["hint"] for="ex-threshold" title="where to look"
// The setosas are the cloud on the left, by itself. The slider is above the picture with all irises.

// %% [markdown] id="ex-threshold-hint-2" tags=["hint"] for="ex-threshold" title="the rule"
// The dashed line must stand in the gap, with all of the left cloud on its left and nothing else there.

// %% [markdown] id="ex-threshold-hint-3" tags=["hint"] for="ex-threshold" title="the place, with a blank"
// Between two and ____ centimetres. The machine took the middle of the gap: look at its curve.

// %% id="ex-threshold-solution" tags=["solution"] for="ex-threshold"
threshold.value = best; // any place in the gap is as good for these flowers
wrongAt(threshold.value);

// %% [exercise] id="ex-gini" title="How mixed is a pot?"
// So many flowers of each species: [10, 0, 0] is pure, [5, 5, 0] is mixed.
// The chance that two flowers, drawn one after the other and put back, differ.
function gini(counts: number[]) {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return Math.max(...counts) / all;
}

// %% id="ex-gini-check" tags=["check"] for="ex-gini"
const pots = [[6, 3, 1], [10, 0, 0], [5, 5, 0], [50, 50, 50], [1, 2, 3, 4], [7]];
const toldOf = "one minus the chance that both are alike: the sum of the squared shares";
expect.each(pots, (pot) => {
  const all = pot.reduce((sum, count) => sum + count, 0);
  const alike = pot.reduce((sum, count) => sum + (count / all) ** 2, 0);
  const kept = [...pot];
  expect(gini(pot))
    .mistake(Math.max(...pot) / all, "this is the share of the commonest species")
    .mistake(
      1 - Math.max(...pot) / all,
      "this is the share of all but the commonest: square each share",
    )
    .mistake(alike, "this is the chance that both are alike: one minus it")
    .mistake(0, "a pot with several species is mixed")
    .close(1 - alike, { atol: 1e-9 }, toldOf);
  expect(pot).equal(kept, "the counts are changed: only read them");
});

// %% [markdown] id="ex-gini-hint-1" tags=["hint"] for="ex-gini" title="where to look"
// The share of a species is its count divided by `all`. What is the chance that *both* flowers are of that species?

// %% [markdown] id="ex-gini-hint-2" tags=["hint"] for="ex-gini" title="the rule"
// The share times itself. Add that up over the species: it is the chance that both are alike. What is asked for is the chance that they are not.

// %% [markdown] id="ex-gini-hint-3" tags=["hint"] for="ex-gini" title="the line, with a blank"
// `return 1 - counts.reduce((sum, count) => sum + ____, 0);`

// %% id="ex-gini-solution" tags=["solution"] for="ex-gini"
function gini(counts: number[]) {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return 1 - counts.reduce((sum, count) => sum + (count / all) ** 2, 0); // not both alike
}

// %% id="ex-depth-setup" tags=["setup"] title="tired labels, flowers to compare, and a drawer that counts"
manualSeed(42);
const parts = tired(0.15, [60, 105]);
const treeOf = (depth: number) => grow(parts.spoiled, { depth, least: 1 });
/** What a depth gets right of the flowers to compare with, in percent. */
const compare = (depth: number) => percentOf(treeOf(depth), parts.others);
const opened: number[] = []; // the depths for which the drawer was opened
/** What a depth gets right of the flowers in the drawer, which is written down. */
function openDrawer(depth: number) {
  opened.push(depth);
  return percentOf(treeOf(depth), parts.drawer);
}

// %% [exercise] id="ex-depth" title="Choose a depth, and open the drawer once"
// Compare as often as you like. The drawer is for the end: one depth, one look.
const compared = [12, 11, 10].map((depth) => ({ depth, right: compare(depth) }));
console.table(compared);
const myDepth = 12;

// %% id="ex-depth-check" tags=["check"] for="ex-depth"
const isDepth = (depth: unknown) => Number.isInteger(depth) && Number(depth) >= 1;
expect(myDepth).holds(isDepth, "a depth is a whole number, 1 or more");
expect(new Set(opened).size).below(
  2,
  "so often the drawer was opened: run the set-up again, and choose first",
);
const heights = Array.from({ length: 12 }, (_, i) => compare(i + 1));
const most = Math.max(...heights);
const deep = "a deep tree learns wrong labels by heart: compare smaller depths";
const flat = "with so few questions three species cannot be told apart: compare larger depths";
const bestOf = 1 + heights.indexOf(most);
expect(compare(myDepth)).above(most - 3, myDepth > bestOf ? deep : flat);
expect(percentOf(treeOf(myDepth), parts.drawer)).above(85, "percent right in the drawer");

// %% [markdown] id="ex-depth-hint-1" tags=["hint"] for="ex-depth" title="where to look"
// The starter compares three deep trees. Look at the last figure with depths: where did other flowers come off best?

// %% [markdown] id="ex-depth-hint-2" tags=["hint"] for="ex-depth" title="the rule"
// Compare all depths from one upwards, and take the smallest of those that do best. `openDrawer` is for the end, with that one depth.

// %% [markdown] id="ex-depth-hint-3" tags=["hint"] for="ex-depth" title="the line, with a blank"
// `const compared = [1, 2, 3, 4, 5].map(...)`, and then `const myDepth = ____;`

// %% id="ex-depth-solution" tags=["solution"] for="ex-depth"
const compared = [1, 2, 3, 4, 5, 6].map((depth) => ({ depth, right: compare(depth) }));
console.table(compared);
const highest = Math.max(...compared.map(({ right }) => right));
const myDepth = compared.find(({ right }) => right === highest)?.depth ?? 1;
console.log(`depth ${myDepth}: ${openDrawer(myDepth).toFixed(0)} % in the drawer`);

// %% [markdown] id="recap"
// ## What you take along
//
// - **Parameters** are found from data, by the inner loop; answers are made of them. **Hyperparameters** are chosen outside, and act only through the parameters.
// - A setting has no slope in the loss. To know what it does, one must **train again** and look.
// - Look at data that were **not** trained on. By its own data, a model would always choose to memorise.

// %% [markdown] id="quiz" tags=["quiz"]
// ### Two questions
//
// After training you set the learning rate to a tenth. What happens to the model's answers?
//
// - [ ] They become more careful: the steps would, if there were any more of them.
// - [x] Nothing, as long as you do not train on: the rate is not part of the model; it says how the parameters are looked for.
// - [ ] They change by a tenth: no answer is computed with it.
//
// You compare twenty settings on the validation set, take the best, and report what it got right there. What is wrong with that?
//
// - [ ] Nothing, as no flower of it was trained on: no step has seen them. Your choice has.
// - [x] The best of twenty is also the luckiest of twenty: you have chosen *by* these flowers, so they are no longer strangers. That is what the drawer is for, opened once.
// - [ ] Twenty settings are too few: more of them would make it worse: the luckiest of many is luckier still.

// %% [markdown] id="simplified"
// ### What the article simplifies
//
// It says that parameters are found by *gradient descent* and lists the thresholds of trees among them; those, you have seen, are found by trying. It says that *you* set the hyperparameters; often a program does, in a loop of its own (lesson 11), and then the settings of that program are yours. And the line between the two is drawn by the loop, not by nature. There is research in which the learning rate does get a slope, by way of the whole training: then it has moved inside, and something else is outside.

// %% [markdown] id="next"
// **Next: [lesson 8](?lesson=08).** Of all the settings one decides most, and you have met it in every lesson: the learning rate.
