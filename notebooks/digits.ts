// ---
// title: Read handwritten digits
// question: Can a few thousand numbers learn to read?
// minutes: 8
// order: 101
// ---

// %% [markdown] id="opening"
// # Read handwritten digits
//
// Thirteen people wrote digits on paper, somebody scanned them and shrank each to eight by eight grey dots. A program that reads them would have to say what a 4 is: where the strokes run, how far they may lean. Nobody writes such programs any more. We take a box with a few thousand knobs and show it examples.

// %% id="setup" tags=["setup"] title="imports, and the loss on unseen digits"
import { accuracy, data, F, load, manualSeed, nn, noGrad, optim, plot, save } from "descent";
import type { Tensor } from "descent";

/** The loss of a network on all rows of a set, without learning from them. */
const lossOn = (net: (x: Tensor) => Tensor, { x, y }: data.Dataset) =>
  noGrad(() => F.crossEntropy(net(x), y));

// %% id="look"
const digits = data.load("digits");
console.log(`${digits.length} digits of ${digits.x.shape[1]} grey dots each`);
plot.image(digits.x.at([0, 20]).add(1).reshape([20, 8, 8]), {
  labels: Array.from(digits.y.at([0, 20]).data, String),
});

// %% [markdown] id="plan"
// A fifth of the digits goes into a drawer: the **test set**, which training never sees. On the others we train a network of two layers. It takes the 64 dots, mixes them into 32 numbers, drops the negative ones (`ReLU`) and mixes what is left into ten scores, one for each digit. The highest score is its answer.
//
// **Before you run it**: how many of a hundred unseen digits will it read after a second or two of training? Then watch the loss fall.

// %% id="guess" tags=["predict"]
const guess: number | "?" = "?"; // of a hundred, from 50

// %% id="train" title="An MLP, live"
manualSeed(42);
const { train, test } = data.load("digits").split(0.8);
const net = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10));
const opt = optim.Adam(net.parameters(), { lr: 0.01 });
const curve = plot.live({ y: "loss", log: true });
for (const { x, y } of train.batches(64, { epochs: 20 })) {
  const loss = F.crossEntropy(net(x), y);
  opt.zeroGrad();
  loss.backward();
  opt.step();
  curve.push({ train: loss });
}
accuracy(net, test);

// %% [markdown] id="line-by-line"
// Every line has one job:
//
// - `batches(64, { epochs: 20 })` deals the training digits in shuffled hands of 64, and goes through all of them twenty times.
// - `net(x)` is the guess: ten scores for each digit of the hand. `crossEntropy` says how little the right one stood out: the **loss**.
// - `zeroGrad()` wipes the slopes of the step before. Without it they would add up.
// - `backward()` finds for every knob how the loss changes when the knob turns. `step()` turns each of them a little downhill.
// - `accuracy` opens the drawer: the share of unseen digits that it reads correctly.

// %% id="count"
const knobs = net.parameters().reduce((sum, knob) => sum + knob.numel(), 0);
const read = (100 * accuracy(net, test)).toFixed(1);
console.log(`${knobs} knobs read ${read} digits of a hundred; you said ${guess}.`);

// %% [markdown] id="watch-intro"
// ## Does it understand, or does it remember?
//
// The curve above shows the loss on digits the network trains on. It could fall just because they are learned by heart. So we put a part of the training digits aside, the **validation set**, and look at both curves. Blue is what the network practises on, orange what it only gets asked.
//
// **Predict**: will the two curves stay together to the end?

// %% id="watch" title="Two curves: practised and asked"
manualSeed(42);
const { train: practised, test: asked } = train.split(0.9);
const reader = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10));
const adam = optim.Adam(reader.parameters(), { lr: 0.01 });
const both = plot.live({ y: "loss", log: true, smooth: 0.9 });
for (const { x, y } of practised.batches(64, { epochs: 30 })) {
  const loss = F.crossEntropy(reader(x), y);
  adam.zeroGrad();
  loss.backward();
  adam.step();
  both.push({ train: loss, validation: lossOn(reader, asked) });
}

// %% [markdown] id="gap"
// They part. First both fall, because what helps on one digit helps on its likes. Then blue goes on falling while orange stays where it is: from there on the network learns its own digits better without reading others better. The gap is called *overfitting*, and lesson 9 is about it.

// %% id="score"
accuracy(reader, test);

// %% [markdown] id="misread-intro"
// ## What it gets wrong
//
// The test digits it misreads, with its answer and the truth. Some would give you pause as well.

// %% id="misread"
const answers = Array.from(reader(test.x).argmax(1).data);
const truth = Array.from(test.y.data);
const wrong = truth.flatMap((digit, row) => (digit === answers[row] ? [] : [row]));
plot.image(test.subset(wrong).x.add(1).reshape([-1, 8, 8]), {
  labels: wrong.map((row) => `${answers[row]}, not ${truth[row]}`),
});

// %% [markdown] id="keep-intro"
// ## Keep it
//
// What was learned is a few thousand numbers, and saving a model means saving those. The file stays with this notebook and can be downloaded; PyTorch opens it too.

// %% id="keep"
await save("digits.safetensors", net, { optimizer: opt, note: "20 epochs, lr 0.01" });
const copy = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10));
await load("digits.safetensors", copy);
accuracy(copy, test) === accuracy(net, test);

// %% [markdown] id="try"
// ## Try
//
// - In *An MLP, live*, make the middle smaller: 32 becomes 8, in both places. Then 2. When does it stop reading?
// - Set `lr` to `1`, then to `0.0001`. Which of the two ways of failing is quicker to notice?
// - Change the seed. The digits in the drawer change and so does the score: that is how far one score can be trusted.
//
// The digits were collected by E. Alpaydin and C. Kaynak (UCI Machine Learning Repository, 1998, CC BY 4.0).
