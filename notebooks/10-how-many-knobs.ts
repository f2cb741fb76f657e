// ---
// title: How many knobs?
// question: How many parameters should a model have?
// minutes: 35
// order: 10
// needs: [9]
// ---

// %% [markdown] id="opening"
// # How many knobs?
//
// Twenty points, measured with some noise. The curve through them is a sum of simple bends, each with a knob that says how much of it there is; all knobs stand where the points are met best. **Drag the number of knobs.** The first number above the figure is the miss at the points, the second the miss between them, where nobody looked.

// %% id="setup" tags=["setup"] title="twenty points, curves with any number of knobs, and a pen"
import { accuracy, data, expect, eye, F, linalg, linspace, manualSeed, nn, optim } from "descent";
import { cat, plot, rand, randn, tensor, ui, type Tensor } from "descent";

const short = (value: number) =>
  Math.abs(value) < 1e-6 ? "0" : String(Number(value.toPrecision(3)));

manualSeed(42);
const truth = (x: number) => Math.sin(4 * x) / 1.5;
const places = Array.from(
  { length: 20 },
  (_, i) => -1 + (2 * (i + 0.2 + 0.6 * rand([]).item())) / 20,
);
const measured = places.map((x) => truth(x) + 0.12 * randn([]).item());
const between = Array.from(linspace(places[0], places[19], 200).data);

/** Bends of growing wildness at some places (Legendre's polynomials): `[places, knobs]`. */
function bendsAt(xs: readonly number[], knobs: number): Tensor {
  const rows = xs.map((x) => {
    const row = [1, x];
    for (let n = 1; row.length < knobs; n++)
      row.push(((2 * n + 1) * x * row[n] - n * row[n - 1]) / (n + 1));
    return row.slice(0, knobs);
  });
  return tensor(rows, { dtype: "f64" });
}

/** Where the knobs stand that meet the points best; of several such places the one with the smallest knobs. */
function fit(knobs: number): Tensor {
  const { U, S, Vh } = linalg.svd(bendsAt(places, knobs));
  const heights = tensor(measured, { dtype: "f64" });
  return U.T.matmul(heights).div(S).matmul(Vh);
}
/** The curve of some knobs, at any places. */
const curveOf = (knobs: Tensor, xs: readonly number[]) =>
  Array.from(bendsAt(xs, knobs.numel()).matmul(knobs).data);
/** The root of the mean square of the misses. */
const miss = (own: readonly number[], wanted: readonly number[]) =>
  Math.sqrt(own.reduce((sum, y, i) => sum + (y - wanted[i]) ** 2, 0) / own.length);

/** Both misses of the curve with so many knobs: at the points, and between them. */
function missesWith(count: number) {
  const knobs = fit(count);
  return {
    known: miss(curveOf(knobs, places), measured),
    unknown: miss(curveOf(knobs, between), between.map(truth)),
  };
}

/** Draws the points and the curve with so many knobs. */
function drawCurve(count: number) {
  const knobs = fit(count);
  const { known, unknown } = missesWith(count);
  const title = `${count} knobs: miss ${short(known)} at the points, ${short(unknown)} between`;
  plot.drawing(() => ({
    data: [
      {
        type: "scatter",
        mode: "lines",
        x: between,
        y: between.map(truth),
        line: { color: "#b9b3a5", width: 2 },
        hoverinfo: "skip",
      },
      {
        type: "scatter",
        mode: "lines",
        x: between,
        y: curveOf(knobs, between),
        line: { color: "#c9620a", width: 2.5 },
        hoverinfo: "skip",
      },
      {
        type: "scatter",
        mode: "markers",
        x: places,
        y: measured,
        marker: { size: 8, color: "#1f6fb5" },
        hoverinfo: "skip",
      },
    ],
    layout: {
      title: { text: title },
      xaxis: { range: [-1.05, 1.05], zeroline: false },
      yaxis: { range: [-1.6, 1.6], zeroline: false },
      margin: { l: 36, r: 8, t: 36, b: 28 },
      height: 300,
    },
    words: title,
  }));
}
/** Axes for something that depends on the number of knobs. */
const roadOf = (y: string) =>
  ({ x: "knobs", y, log: "xy", marks: [{ x: 20, label: "20 points" }] }) as const;
const knobCount = ui.slider("knobs", { min: 1, max: 20, value: 3, step: 1 });

// %% id="curve" tags=["auto"]
drawCurve(knobCount.value);

// %% [markdown] id="curve-words"
// With two or three knobs the curve is too stiff for the data (it **underfits**). With six or so it follows them. With twenty it meets every point exactly, and between the points it leaps as it likes: as many knobs as points, and the noise is learned by heart.
//
// So there is a right number, and beyond it things get worse. That is what textbooks said for decades, and what the article says. **Before you run it**: what happens with a *hundred* knobs, five times as many as there are points? How large will the miss between the points be?

// %% id="hundred-guess" tags=["predict"]
const hundredGuess: number | "?" = "?"; // from 1

// %% id="hundred"
const first = Array.from({ length: 30 }, (_, i) => i + 1);
const counts = [...first, 35, 40, 50, 60, 80, 100];
const misses = counts.map(missesWith);
const known = misses.map((each) => Math.max(each.known, 0.001));
const unknown = misses.map((each) => each.unknown);
const lines = { train: known, validation: unknown };
plot.line(counts, lines, { ...roadOf("miss"), range: [0.001, 100] });
console.log(`With 100: ${short(missesWith(100).unknown)}; you said ${hundredGuess}.`);

// %% [markdown] id="hundred-after"
// It gets *better* again. Worst of all is the place where knobs and points are equally many. **Look at the curve with a hundred.**

// %% id="more-setup" tags=["setup"] title="a knob that goes on"
const manyKnobs = ui.slider("even more knobs", { min: 15, max: 100, value: 100, step: 1 });

// %% id="more" tags=["auto"]
drawCurve(manyKnobs.value);

// %% [markdown] id="why-words"
// Why? With exactly as many knobs as points there is *one* curve through all of them, however wild. With more knobs there are countless curves through all points, and one may choose. Ours is chosen with the smallest knobs: the calmest of all that fit. The more there are to choose from, the calmer the calmest one is. Here is how large the knobs are.

// %% id="why"
const lengths = counts.map((count) => fit(count).norm().item());
plot.line(counts, lengths, roadOf("size of all knobs"));

// %% [markdown] id="net-words"
// ## Does a network do it too?
//
// A curve through twenty points is a toy. Take 200 digits, and a network whose hidden neurons are random and stay so (lesson 6 made such layers). Only the last layer learns, and for it the best place can be computed at once, without walking: a system of equations. So we can try any number of neurons in no time. **Turn the number of neurons, up to where both parts meet best. Then go on.**

// %% id="net-setup" tags=["setup"] title="200 digits, random neurons, and the best last layer"
const N = 200;
manualSeed(42);
const { train: open, test: apart } = data.load("digits").split(0.7);
const rowsOf = (set: data.Dataset, from: number, to: number) =>
  set.subset(Array.from({ length: to - from }, (_, i) => from + i));
const learning = rowsOf(open, 0, N);
const fresh = rowsOf(apart, 0, 400);

/** The same digits, of which a share is called by another name. */
function mislabelled(set: data.Dataset, share: number) {
  const labels = Array.from(set.y.data, (label, row) =>
    row < share * set.length ? (label + 1 + Math.floor(9 * rand([]).item())) % 10 : label,
  );
  return new data.Dataset(set.x, tensor(Int32Array.from(labels)), set);
}

/** How alike digits are to so many random neurons: of the known ones, and of new ones to those. */
interface Likeness {
  readonly known: Tensor;
  readonly unknown: Tensor;
}
function likenessOf(neurons: number, seed: number): Likeness {
  manualSeed(seed);
  // In f32 the sums would be too coarse for a system that can hardly be solved.
  const weights = randn([64, neurons]).div(8).to("f64");
  const answers = ({ x }: data.Dataset) =>
    x
      .to("f64")
      .matmul(weights)
      .relu()
      .mul(Math.sqrt(1 / neurons));
  const [known, unknown] = [learning, fresh].map(answers);
  return { known: known.matmul(known.T), unknown: unknown.matmul(known.T) };
}

/** The percentage read wrongly, of known and of new digits, by the best last layer; `ridge` holds its knobs small. */
function wrongWith({ known, unknown }: Likeness, ridge = 1e-8, labels = learning.y) {
  const wanted = F.oneHot(labels, 10).to("f64").mul(2).sub(1);
  const held = known.add(eye(N, { dtype: "f64" }).mul(ridge));
  const shares = linalg.solve(held, wanted);
  const wrong = (likeness: Tensor, truth: Tensor) =>
    100 * (1 - accuracy(likeness.matmul(shares), truth));
  return { known: wrong(known, labels), unknown: wrong(unknown, fresh.y) };
}
const neurons = ui.slider("neurons", { min: 10, max: 1200, value: 20, log: true });

// %% id="net" tags=["auto"]
const count = Math.round(neurons.value);
const wrong = wrongWith(likenessOf(count, 42));
const bars = { "the 200 it knows": wrong.known, "new ones": wrong.unknown };
plot.bars(bars, { y: "percent wrong", range: [0, 100], title: `${count} neurons` });

// %% [markdown] id="peak-words"
// **Before you run it**: at how many neurons are most of the *new* digits read wrongly? (There are 200 known ones.)

// %% id="peak-guess" tags=["predict"]
const peakGuess: number | "?" = "?"; // from 100

// %% id="peak-setup" tags=["setup"] title="sizes to try, from three throws each"
const sizes = [10, 20, 40, 70, 100, 140, 180, 200, 220, 280, 400, 700, 1200];
/** The likeness by each size, from one throw of the random neurons. */
const throwOf = (seed: number, of: readonly number[] = sizes) =>
  of.map((size) => likenessOf(size, seed));
const here = [{ x: N, label: "200 digits" }];
const throws: Likeness[][] = [];
/** Rows of percents read wrongly among new digits, one for each throw. */
const wrongRows = (ridge?: number, labels?: Tensor) =>
  throws.map((likenesses) => likenesses.map((each) => wrongWith(each, ridge, labels).unknown));
const meanOf = (rows: readonly (readonly number[])[]) =>
  rows[0].map((_, i) => rows.reduce((sum, row) => sum + row[i], 0) / rows.length);
const axes = { x: "neurons", y: "percent wrong", log: "x", range: [0, 100] } as const;

// %% id="peak"
throws.splice(0, 3, throwOf(1), throwOf(2), throwOf(3)); // random, three times
const rows = wrongRows();
plot.line(sizes, { "new digits": rows }, { ...axes, marks: here });
const means = meanOf(rows);
const worst = sizes[means.indexOf(Math.max(...means))];
console.log(`Worst at ${worst} neurons; you said ${peakGuess}.`);

// %% [markdown] id="peak-after"
// First it falls, as the textbooks say, then it rises, as they say too. And then, beyond the peak, it falls again, **below** where it was before. This is called *double descent* (M. Belkin and others, 2019). The peak stands where knobs and examples are equally many.
//
// ## Take the peak away
//
// Is it the number of knobs that does the harm? Let us keep the knobs small while they fit: for a large knob a fee is due. (It is lesson 9's weight decay; with a computed solution it is called *ridge*.) **Raise the fee.**

// %% id="ridge-setup" tags=["setup"] title="a knob for the fee, and seven sizes that answer at once"
const few = [20, 70, 140, 200, 280, 400, 700];
const thrown = throwOf(1, few);
/** The percents by these sizes, with a fee. */
const wrongAt = (ridge: number) => thrown.map((each) => wrongWith(each, ridge).unknown);
const noFee = wrongAt(1e-8);
const fee = ui.slider("fee", { min: 1e-8, max: 10, value: 1e-3, log: true });

// %% id="ridge" tags=["auto"]
const both = { "no fee": noFee, "with this fee": wrongAt(fee.value) };
plot.line(few, both, { ...axes, marks: here });

// %% [markdown] id="ridge-after"
// The peak melts, at the same number of knobs. So it was never the *number* that was dangerous, but knobs that must stand at enormous values to fit everything exactly. Too large a fee spoils the rest; in between lies a broad valley, and there more neurons never hurt.
//
// What if some labels are wrong? **Before you run it**: one label in five is wrong. Will the peak be higher or lower?

// %% id="noise-guess" tags=["predict"]
const noiseGuess = "?"; // "higher" or "lower"

// %% id="noise"
manualSeed(42);
const wrongLabels = mislabelled(learning, 0.2).y;
const noisyRows = wrongRows(1e-8, wrongLabels);
plot.line(sizes, { "right labels": rows, "one in five wrong": noisyRows }, axes);
const peaks = [rows, noisyRows].map((each) => Math.max(...meanOf(each)));
const isHigher = peaks[1] > peaks[0];
console.log(`${isHigher ? "higher" : "lower"}; you said ${noiseGuess}.`);

// %% [markdown] id="small-words"
// ## The smallest that does the job
//
// Larger need not be worse, then. But every knob costs: it must be stored, moved and multiplied, at each answer anew. So the practical question is another: what is the *smallest* network that does the job? Seven networks, now trained as usual. **Before you run it**: with how many hidden neurons is one within two points of the best?

// %% id="small-guess" tags=["predict"]
const smallGuess: number | "?" = "?"; // from 16

// %% id="small-setup" tags=["setup"] title="a training for any number of hidden neurons"
/** A trained network with so many hidden neurons, by its knobs and what it reads of new digits. */
function trainedWith(hidden: number, set: data.Dataset = open, seed = 42, steps = 500) {
  manualSeed(seed);
  const net = nn.Sequential(nn.Linear(64, hidden), nn.ReLU(), nn.Linear(hidden, 10));
  const opt = optim.Adam(net.parameters(), { lr: 0.01 });
  for (const { x, y } of set.batches(64, { steps })) {
    const loss = F.crossEntropy(net(x), y);
    opt.zeroGrad();
    loss.backward();
    opt.step();
  }
  return { hidden, knobs: net.summary().total, right: 100 * accuracy(net, apart), net };
}
type Trained = Pick<ReturnType<typeof trainedWith>, "hidden" | "knobs" | "right">;

// %% id="small" title="Seven sizes"
const tried = [1, 2, 4, 8, 16, 32, 64].map((hidden) => trainedWith(hidden));
const best = Math.max(...tried.map(({ right }) => right));
const [enough] = tried.filter(({ right }) => right >= best - 2);
const read = tried.map(({ right }) => right);
const label = `${enough.hidden} neurons, ${enough.knobs} knobs`;
const chosen = [{ x: enough.knobs, y: enough.right, label }];
const knobs = tried.map((each) => each.knobs);
plot.line(knobs, read, { x: "knobs", y: "percent read", log: "x", marks: chosen });
console.log(`${enough.hidden} hidden neurons; you said ${smallGuess}.`);

// %% [markdown] id="data-words"
// Beyond it every doubling costs twice as much and brings next to nothing.
//
// ## Larger, or better fed?
//
// And if the choice is between more knobs and more data? A small network that has seen a thousand digits, against one with many times its knobs that has seen a hundred.

// %% id="data"
const small = trainedWith(16, open);
const largeHungry = trainedWith(512, rowsOf(open, 0, 100));
const fed = {
  [`small, ${open.length} digits`]: small.right,
  "large, 100 digits": largeHungry.right,
};
const knobsOfBoth = `${small.knobs} knobs and ${largeHungry.knobs} knobs`;
plot.bars(fed, { y: "percent read", range: [0, 100], title: knobsOfBoth });

// %% [markdown] id="published-words"
// The same has been measured with the largest models there are. *Chinchilla* was trained on more text than *Gopher*, for the same price, and beat it nearly everywhere (J. Hoffmann and others, 2022). And people preferred the answers of an *InstructGPT*, which others had taught by examples and by judging what it wrote, to those of GPT-3 (L. Ouyang and others, 2022). We cannot repeat that on this page; but the kind of it you have just seen. Their knobs, in billions:

// %% id="published"
console.table([
  { better: "Chinchilla", knobs: 70, than: "Gopher", "with knobs": 280 },
  { better: "InstructGPT", knobs: 1.3, than: "GPT-3", "with knobs": 175 },
]);

// %% [markdown] id="answer-words"
// ## The answer
//
// How many parameters should a model have? Here is the whole road once more, with a small fee and without.

// %% id="answer"
const calm = meanOf(wrongRows(0.03));
const road = { "no fee": means, "a small fee": calm };
const signs = [
  { x: 30, label: "too few" },
  { x: N, label: "just enough" },
];
plot.line(sizes, road, { ...axes, marks: signs });

// %% [markdown] id="answer-after"
// Enough to follow what is in the data. Not *just enough to learn all of it by heart*: that is the worst place. Beyond it, as many as you like, if something keeps them calm, a fee, an early stop, or the way training walks; and as few as do the job if you have to pay for them.

// %% [markdown] id="exercises"
// ## Your turn
//
// Four exercises. Each has a check that says what is not right yet, three hints and a solution.

// %% id="ex-setup" tags=["setup"] title="what the checks use: other numbers of digits"
/** The percentage of new digits read wrongly after so many known ones, with so many random neurons. */
function wrongAfter(digits: number, neurons: number, ridge = 1e-8) {
  manualSeed(7);
  const weights = randn([64, neurons]).div(8).to("f64");
  const answers = (x: Tensor) =>
    x
      .to("f64")
      .matmul(weights)
      .relu()
      .mul(Math.sqrt(1 / neurons));
  const set = rowsOf(open, 0, digits);
  const [known, unknown] = [answers(set.x), answers(fresh.x)];
  const wanted = F.oneHot(set.y, 10).to("f64").mul(2).sub(1);
  const held = known.matmul(known.T).add(eye(digits, { dtype: "f64" }).mul(ridge));
  const shares = linalg.solve(held, wanted);
  return 100 * (1 - accuracy(unknown.matmul(known.T).matmul(shares), fresh.y));
}

// %% [exercise] id="ex-peak" title="Find the worst place"
// 90 digits are known. With how many neurons is reading worst?
const worstCount = 500;
wrongAfter(90, worstCount).toFixed(0);

// %% id="ex-peak-check" tags=["check"] for="ex-peak"
expect(worstCount).holds((each: number) => Number.isInteger(each), "a whole number of neurons");
const [atMine, atMore, atLess] = [1, 1.25, 0.8].map((by) =>
  wrongAfter(90, Math.round(worstCount * by)),
);
const uphill =
  atMore > atLess ? "with more neurons it gets worse" : "with fewer neurons it gets worse";
expect(worstCount).above(80, `look at the percents: ${uphill}`);
expect(worstCount).below(100, `look at the percents: ${uphill}`);
expect(atMine).above(20, "percent wrong");

// %% [markdown] id="ex-peak-hint-1" tags=["hint"] for="ex-peak" title="where to look"
// Where did the peak stand with 200 known digits? Try some numbers and look at the percents.

// %% [markdown] id="ex-peak-hint-2" tags=["hint"] for="ex-peak" title="the rule"
// It is worst where there are as many knobs for each answer as examples: just enough to know all of them by heart.

// %% [markdown] id="ex-peak-hint-3" tags=["hint"] for="ex-peak" title="the line, with a blank"
// There are 90 digits: `const worstCount = ____;`

// %% id="ex-peak-solution" tags=["solution"] for="ex-peak"
const worstCount = 90; // one neuron for each digit that is known
wrongAfter(90, worstCount).toFixed(0);

// %% [exercise] id="ex-fee" title="Calm the knobs"
// 200 digits, 200 neurons: a fee with which at most 12 percent are read wrongly.
const myFee = 1e-6;
wrongAfter(200, 200, myFee).toFixed(1);

// %% id="ex-fee-check" tags=["check"] for="ex-fee"
expect(myFee).above(0, "a fee is a number above zero");
const byFee = wrongAfter(200, 200, myFee);
const [lessFee, moreFee] = [myFee / 10, myFee * 10].map((each) => wrongAfter(200, 200, each));
const turn =
  moreFee < lessFee ? "a higher fee helps" : "the fee is too high: nothing may be large any more";
expect(byFee).below(12.001, `percent wrong - ${turn}`);

// %% [markdown] id="ex-fee-hint-1" tags=["hint"] for="ex-fee" title="where to look"
// Turn the fee under *Take the peak away* and watch the line at 200 neurons.

// %% [markdown] id="ex-fee-hint-2" tags=["hint"] for="ex-fee" title="the rule"
// Try a fee ten times as high, and again, until it gets worse.

// %% [markdown] id="ex-fee-hint-3" tags=["hint"] for="ex-fee" title="the line, with a blank"
// `const myFee = 0.____;`, with a digit in the second or third place.

// %% id="ex-fee-solution" tags=["solution"] for="ex-fee"
const myFee = 0.05; // calm, and still able to follow
wrongAfter(200, 200, myFee).toFixed(1);

// %% [exercise] id="ex-smallest" title="The smallest that does the job"
// Of networks, [{ knobs, right }], the smallest within so many points of the best.
function smallestWithin(nets: Trained[], points: number) {
  return nets.toSorted((a, b) => b.right - a.right)[0];
}
smallestWithin(tried, 1).knobs;

// %% id="ex-smallest-check" tags=["check"] for="ex-smallest"
const judged = [
  { hidden: 9, knobs: 900, right: 96 },
  { hidden: 2, knobs: 200, right: 80 },
  { hidden: 7, knobs: 700, right: 97 },
  { hidden: 5, knobs: 500, right: 95.5 },
  { hidden: 6, knobs: 600, right: 94 },
];
expect.each([0, 1.5, 3, 50], (points) => {
  const most = Math.max(...judged.map(({ right }) => right));
  const near = judged.filter(({ right }) => right >= most - points);
  const wanted = near.toSorted((a, b) => a.knobs - b.knobs)[0];
  const answer = smallestWithin(judged, points);
  expect(answer).holds(
    (each: Trained) => each !== undefined && "knobs" in each,
    "return one of the networks",
  );
  expect(answer.knobs)
    .mistake(
      near.toSorted((a, b) => b.right - a.right)[0].knobs,
      "this is the best: is there a smaller one near it?",
    )
    .mistake(200, "this is the smallest of all: is it near enough to the best?")
    .mistake(near[0].knobs, "this is the first that is near enough: is it the smallest?")
    .equal(wanted.knobs, "of those near enough to the best, the one with the fewest knobs");
});

// %% [markdown] id="ex-smallest-hint-1" tags=["hint"] for="ex-smallest" title="where to look"
// The cell *Seven sizes* does it for a list that is sorted by size. Here the list comes in any order.

// %% [markdown] id="ex-smallest-hint-2" tags=["hint"] for="ex-smallest" title="the rule"
// First find how much the best reads. Keep the networks that read at least that, less the points. Of these take the one with the fewest knobs.

// %% [markdown] id="ex-smallest-hint-3" tags=["hint"] for="ex-smallest" title="the lines, with a blank"
// `const near = nets.filter(({ right }) => right >= most - points);` and `return near.toSorted((a, b) => a.____ - b.____)[0];`

// %% id="ex-smallest-solution" tags=["solution"] for="ex-smallest"
function smallestWithin(nets: Trained[], points: number) {
  const most = Math.max(...nets.map(({ right }) => right));
  const near = nets.filter(({ right }) => right >= most - points); // good enough
  return near.toSorted((a, b) => a.knobs - b.knobs)[0];
}
smallestWithin(tried, 1).knobs;

// %% [exercise] id="ex-true" title="Which is true?"
// 1: More knobs always overfit.  2: More knobs always help.
// 3: It is worst where knobs just suffice for all examples, unless they are calm.
const statement: number = 1;

// %% id="ex-true-check" tags=["check"] for="ex-true"
expect(statement).holds((each: number) => [1, 2, 3].includes(each), "1, 2 or 3");
expect(statement === 1).equal(
  false,
  "look at the end of the road: far beyond the peak it reads better than before",
);
expect(statement === 2).equal(
  false,
  "look at the peak: more knobs than before it, and far more wrong",
);
expect(statement).equal(3);

// %% [markdown] id="ex-true-hint-1" tags=["hint"] for="ex-true" title="where to look"
// Look at the last figure. Is there a place where more knobs make it worse, and one where they make it better?

// %% [markdown] id="ex-true-hint-2" tags=["hint"] for="ex-true" title="the rule"
// A statement with *always* is refuted by a single case.

// %% [markdown] id="ex-true-hint-3" tags=["hint"] for="ex-true" title="the line, with a blank"
// It is the one without *always*: `const statement = ____;`

// %% id="ex-true-solution" tags=["solution"] for="ex-true"
const statement: number = 3; // the peak, and what melts it

// %% [markdown] id="recap"
// ## What you take along
//
// - **Too few** knobs cannot follow the data. **Just enough** to meet all examples is the worst place. Far **more** can be better again: *double descent*.
// - What does the harm is not the number but **wild values**; a fee, an early stop or the walk of training keeps knobs calm.
// - Knobs cost. Look for the **smallest** model within two points of the best, and give it **good data** before you make it larger.

// %% [markdown] id="quiz" tags=["quiz"]
// ### Two questions
//
// A model has as many parameters as examples and reads badly. Somebody takes a third of the parameters away, and it gets better. What follows?
//
// - [ ] Fewer parameters are better: here they are, since it stood on the peak.
// - [x] It stood on the peak and left it on one side: far more parameters would have led down the other side, and so would a fee.
// - [ ] There were too many examples: more examples move the peak, they do no harm of themselves.
//
// Why do networks with millions of knobs not fail at once on a few thousand pictures?
//
// - [ ] They have not enough knobs to learn them by heart: they have, as thrown labels show.
// - [x] Of all ways to fit the pictures training finds a calm one: it starts with small knobs and stops before they grow large.
// - [ ] Their knobs are not all used: each of them is turned.

// %% [markdown] id="simplified"
// ### What the article simplifies
//
// *More parameters = more capacity to learn, but also more risk of overfitting. It's a trade-off.* It is, up to the peak. Beyond it the trade-off ends, and this is where the models live that everybody talks about. The sentence that follows, *is bigger always better? No*, stands: for a job, a smaller one that was fed well can be the better one.

// %% [markdown] id="next"
// **Next: [lesson 11](?lesson=11).** Neurons, rates, fees, passes: so many settings, and each try costs time. How does one search well, without fooling oneself?
