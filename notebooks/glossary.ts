// ---
// title: Glossary
// question: What does that word mean?
// minutes: 15
// order: 201
// ---

// %% [markdown] id="opening"
// # Glossary
//
// The words of the lessons, a line each, and code that shows what the line says. Every cell runs by itself, once the first has: change the numbers and look again.

// %% id="setup" tags=["setup"] title="what the cells below use"
import { data, F, linspace, manualSeed, nn, ones, optim, plot, rand, randn } from "descent";
import { tensor, zeros, type Tensor } from "descent";

// %% [markdown] id="model-words"
// ## The model
//
// What a model is made of.

// %% [markdown] id="model" tags=["term"] also=["models"]
// ### model
//
// A rule with numbers in it: something goes in, the numbers decide what comes out.

// %% id="model-shown"
const model = (x: number) => 3 * x + 5;
model(2);

// %% [markdown] id="parameter" tags=["term"] also=["parameters"]
// ### parameter
//
// A number inside a model that training changes.

// %% id="parameter-shown"
nn.Linear(2, 1).parameters();

// %% [markdown] id="hyperparameter" tags=["term"] also=["hyperparameters"]
// ### hyperparameter
//
// A setting that is chosen before training and that training never changes.

// %% id="hyperparameter-shown"
const chosen = { lr: 0.1, layers: 2, batch: 32 };
chosen;

// %% [markdown] id="weight" tags=["term"] also=["weights"]
// ### weight
//
// A parameter that one number is multiplied by: how strongly it acts on another.

// %% id="weight-shown"
const strength = tensor([2, -1]);
tensor([3, 4]).dot(strength);

// %% [markdown] id="bias" tags=["term"] also=["biases"]
// ### bias
//
// A parameter that is added at the end: what comes out when nothing goes in.

// %% id="bias-shown"
const tilted = nn.Linear(1, 1);
tilted(tensor([0])).item() === tilted.bias.item();

// %% [markdown] id="neuron" tags=["term"] also=["neurons"]
// ### neuron
//
// A sum of weighted inputs and a bias, mostly followed by an activation.

// %% id="neuron-shown"
const neuron = (x: Tensor) =>
  x
    .dot(tensor([0.5, -0.5]))
    .add(0.1)
    .sigmoid();
neuron(tensor([1, 2]));

// %% [markdown] id="layer" tags=["term"] also=["layers"]
// ### layer
//
// Neurons side by side that all look at the same inputs.

// %% id="layer-shown"
const wide = nn.Linear(3, 4); // three numbers in, four out
wide(tensor([1, 2, 3])).shape;

// %% [markdown] id="network" tags=["term"] also=["networks", "neural network", "neural networks"]
// ### network
//
// Layers one behind the other.

// %% id="network-shown"
nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1));

// %% [markdown] id="activation" tags=["term"] also=["activations", "activation function"]
// ### activation
//
// A bent function between two layers: without one, many layers are no more than one.

// %% id="activation-shown"
const across = linspace(-3, 3, 50);
plot.line(across, { tanh: across.tanh(), relu: across.relu() });

// %% [markdown] id="sigmoid" tags=["term"]
// ### sigmoid
//
// The activation that takes any number to one between nothing and all: a soft yes or no.

// %% id="sigmoid-shown"
tensor([-5, 0, 5]).sigmoid();

// %% [markdown] id="relu" tags=["term"]
// ### ReLU
//
// The activation that lets what is positive through and makes the rest zero.

// %% id="relu-shown"
tensor([-2, 0, 3]).relu();

// %% [markdown] id="logit" tags=["term"] also=["logits"]
// ### logit
//
// What a network says of each class before it is turned into chances: any number, higher is surer.

// %% id="logit-shown"
const logits = tensor([2, 0, -1]);
logits.softmax(0);

// %% [markdown] id="softmax" tags=["term"]
// ### softmax
//
// Turns logits into chances: all positive, and together they are all there is.

// %% id="softmax-shown"
const chances = tensor([1, 2, 3]).softmax(0);
chances.sum();

// %% [markdown] id="tensor" tags=["term"] also=["tensors"]
// ### tensor
//
// Numbers in a box with any number of sides: a number, a row, a table, a pile of tables.

// %% id="tensor-shown"
zeros([2, 3, 4]);

// %% [markdown] id="shape" tags=["term"] also=["shapes"]
// ### shape
//
// How long the sides of a tensor are.

// %% id="shape-shown"
tensor([
  [1, 2, 3],
  [4, 5, 6],
]).shape;

// %% [markdown] id="embedding" tags=["term"] also=["embeddings"]
// ### embedding
//
// A table with one row of parameters for each word, letter or thing: the numbers that stand for it.

// %% id="embedding-shown"
const rows = nn.Embedding(26, 2); // a point for each letter
rows(tensor([0, 25], { dtype: "i32" }));

// %% [markdown] id="dot-product" tags=["term"] also=["dot products"]
// ### dot product
//
// Two rows multiplied place by place, and added up: large when they point the same way.

// %% id="dot-product-shown"
tensor([1, 2]).dot(tensor([3, 4]));

// %% [markdown] id="capacity" tags=["term"]
// ### capacity
//
// How many different rules a model could become: more parameters, more of it.

// %% id="capacity-shown"
[4, 64].map((size) =>
  nn
    .Linear(size, size)
    .parameters()
    .reduce((n, p) => n + p.numel(), 0),
);

// %% [markdown] id="learning-words"
// ## Learning
//
// How the parameters find their places.

// %% [markdown] id="training" tags=["term"] also=["train"]
// ### training
//
// Guess, measure the error, turn every parameter a little, again.

// %% id="training-shown"
const knob = tensor(0, { requiresGrad: true });
const turn = optim.SGD([knob], { lr: 0.1 });
for (let step = 0; step < 50; step++) {
  const error = knob.sub(3).square();
  turn.zeroGrad();
  error.backward();
  turn.step();
}
knob;

// %% [markdown] id="loss" tags=["term"] also=["losses"]
// ### loss
//
// One number that says how wrong a model is. Training makes it small.

// %% id="loss-shown"
F.mse(tensor([1, 2]), tensor([1, 4]));

// %% [markdown] id="mean-squared-error" tags=["term"] also=["squared error"]
// ### mean squared error
//
// The mean of the squared misses: a miss twice as far counts four times.

// %% id="mean-squared-error-shown"
const misses = tensor([1, -2]);
misses.square().mean();

// %% [markdown] id="cross-entropy" tags=["term"]
// ### cross-entropy
//
// The loss for classes: how surprised a model is by the right answer.

// %% id="cross-entropy-shown"
const said = tensor([[3, 0, 0]]); // quite sure of the first
[0, 1].map((right) => F.crossEntropy(said, tensor([right], { dtype: "i32" })));

// %% [markdown] id="derivative" tags=["term"] also=["derivatives"]
// ### derivative
//
// How fast one number grows when another does: what a tiny nudge shows.

// %% id="derivative-shown"
const squareOf = (x: number) => x * x;
const nudge = 1e-6;
(squareOf(3 + nudge) - squareOf(3)) / nudge;

// %% [markdown] id="gradient" tags=["term"] also=["gradients"]
// ### gradient
//
// The derivatives of the loss, one for each parameter: the way up, and so the way down.

// %% id="gradient-shown"
const place = tensor([3, 4], { requiresGrad: true });
place.square().sum().backward();
place.grad;

// %% [markdown] id="gradient-descent" tags=["term"]
// ### gradient descent
//
// Small steps against the gradient, again and again.

// %% id="gradient-descent-shown"
let at = 4;
for (let step = 0; step < 20; step++) at -= 0.1 * 2 * at; // the slope of at² is 2 at
at;

// %% [markdown] id="learning-rate" tags=["term"] also=["learning rates"]
// ### learning rate
//
// How far each step goes for a given slope. Too small creeps, too large flies off.

// %% id="learning-rate-shown"
const after = (rate: number) => {
  let at = 1;
  for (let step = 0; step < 20; step++) at -= rate * 2 * at;
  return at;
};
[0.001, 0.1, 1.1].map(after);

// %% [markdown] id="chain-rule" tags=["term"]
// ### chain rule
//
// Slopes along a chain of steps are multiplied; where paths meet, they are added.

// %% id="chain-rule-shown"
const start = tensor(2, { requiresGrad: true });
start.mul(3).square().backward(); // 3, times twice the six
start.grad;

// %% [markdown] id="backpropagation" tags=["term"] also=["backprop"]
// ### backpropagation
//
// The chain rule from the loss back to every parameter, in one sweep.

// %% id="backpropagation-shown"
const net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1));
net(tensor([1, 2]))
  .sum()
  .backward();
net.parameters().map((parameter) => parameter.grad.shape);

// %% [markdown] id="computation-graph" tags=["term"] also=["computation graphs"]
// ### computation graph
//
// What was computed from what: the map that slopes are sent back along.

// %% id="computation-graph-shown"
const base = tensor(2, { requiresGrad: true });
plot.graph(base.square().add(base));

// %% [markdown] id="epoch" tags=["term"] also=["epochs"]
// ### epoch
//
// One pass over all rows of the training set.

// %% id="epoch-shown"
const rowsThere = 1000;
const inBatch = 50;
rowsThere / inBatch; // updates in one epoch

// %% [markdown] id="batch" tags=["term"] also=["batches"]
// ### batch
//
// The rows that one step looks at together.

// %% id="batch-shown"
const flowers = data.load("iris");
for (const { x } of flowers.batches(32, { epochs: 1 })) console.log(x.shape[0]);

// %% [markdown] id="optimizer" tags=["term"] also=["optimizers", "optimiser", "optimisers"]
// ### optimizer
//
// What turns slopes into steps.

// %% id="optimizer-shown"
optim.Adam(nn.Linear(1, 1).parameters(), { lr: 0.01 });

// %% [markdown] id="sgd" tags=["term"] also=["stochastic gradient descent"]
// ### SGD
//
// Gradient descent on a few rows at a time: the plain optimizer.

// %% id="sgd-shown"
const moved = tensor(1, { requiresGrad: true });
const plain = optim.SGD([moved], { lr: 0.1 });
moved.square().backward();
plain.step();
moved;

// %% [markdown] id="momentum" tags=["term"]
// ### momentum
//
// Each step keeps some of the one before, as a heavy ball does.

// %% id="momentum-shown"
let speed = 0;
[1, 1, 1, 1].map((slope) => (speed = 0.9 * speed + slope));

// %% [markdown] id="adam" tags=["term"]
// ### Adam
//
// The optimizer that divides each slope by its usual size: all parameters move at a like pace.

// %% id="adam-shown"
const small = tensor(1, { requiresGrad: true });
const large = tensor(1, { requiresGrad: true });
const adam = optim.Adam([small, large], { lr: 0.1 });
small.mul(0.001).add(large.mul(1000)).backward();
adam.step();
[small, large];

// %% [markdown] id="schedule" tags=["term"] also=["schedules"]
// ### schedule
//
// A plan for the learning rate while training goes on.

// %% id="schedule-shown"
const planned = optim.SGD([tensor(0, { requiresGrad: true })], { lr: 1 });
const falling = optim.StepLR(planned, 1, { gamma: 0.5 });
[0, 1, 2].map(() => {
  falling.step();
  return planned.paramGroups[0].lr;
});

// %% [markdown] id="local-minimum" tags=["term"] also=["local minima"]
// ### local minimum
//
// A place from which every way leads up, though a lower one may lie elsewhere.

// %% id="local-minimum-shown"
const ground = linspace(-2, 2, 80);
plot.line(ground, ground.pow(4).sub(ground.square().mul(3)).add(ground));

// %% [markdown] id="initialisation" tags=["term"] also=["initialization"]
// ### initialisation
//
// Where the parameters start: small and random, so that no two neurons stay the same.

// %% id="initialisation-shown"
manualSeed(1);
nn.Linear(2, 3).weight;

// %% [markdown] id="seed" tags=["term"] also=["seeds"]
// ### seed
//
// The number that random draws begin with: the same seed, the same draws.

// %% id="seed-shown"
const drawn = [7, 7, 8].map((seed) => {
  manualSeed(seed);
  return rand([]).item();
});
drawn;

// %% [markdown] id="vanishing-gradient" tags=["term"] also=["vanishing gradients"]
// ### vanishing gradient
//
// Slopes that shrink at each layer on the way back, until the first layers learn nothing.

// %% id="vanishing-gradient-shown"
const deep = tensor(1, { requiresGrad: true });
let passed = deep;
for (let layer = 0; layer < 8; layer++) passed = passed.sigmoid();
passed.backward();
deep.grad;

// %% [markdown] id="data-words"
// ## Data
//
// What a model learns from, and what it is judged by.

// %% [markdown] id="data-set" tags=["term"] also=["data sets", "dataset"]
// ### data set
//
// Rows of examples, mostly with the answers.

// %% id="data-set-shown"
data.load("wine");

// %% [markdown] id="feature" tags=["term"] also=["features"]
// ### feature
//
// A column of a data set: one thing that is known of every row.

// %% id="feature-shown"
data.load("iris").x.shape[1];

// %% [markdown] id="label" tags=["term"] also=["labels"]
// ### label
//
// The right answer of a row.

// %% id="label-shown"
data.load("iris").y.slice("0:3");

// %% [markdown] id="one-hot" tags=["term"]
// ### one-hot
//
// A class as a row of zeros with a single one.

// %% id="one-hot-shown"
F.oneHot(tensor([2], { dtype: "i32" }), 4);

// %% [markdown] id="standardisation" tags=["term"] also=["standardise", "standardised", "standardize"]
// ### standardisation
//
// Every feature moved and scaled so that its mean is zero and its spread is one.

// %% id="standardisation-shown"
const scaled = data.load("wine").standardize();
scaled.x.mean(0).abs().max();

// %% [markdown] id="training-set" tags=["term"] also=["training data"]
// ### training set
//
// The rows that a model learns from.

// %% id="training-set-shown"
data.load("digits").split(0.8).train;

// %% [markdown] id="validation-set" tags=["term"]
// ### validation set
//
// Rows kept apart to choose settings by. Who chooses by them has used them.

// %% id="validation-set-shown"
const { train: rest, test: judge } = data.load("iris").split(0.8);
const { train: learn, test: choose } = rest.split(0.75);
[learn.length, choose.length, judge.length];

// %% [markdown] id="test-set" tags=["term"] also=["test data"]
// ### test set
//
// Rows that are looked at once, at the end: what a model makes of what it never saw.

// %% id="test-set-shown"
data.load("digits").split(0.8).test;

// %% [markdown] id="accuracy" tags=["term"]
// ### accuracy
//
// The share of rows that a model gets right.

// %% id="accuracy-shown"
const answers = tensor([0, 1, 1]);
const truth = tensor([0, 1, 0]);
answers.eq(truth).mean();

// %% [markdown] id="confusion-matrix" tags=["term"]
// ### confusion matrix
//
// A table of what was taken for what: rows are the truth, columns what the model said.

// %% id="confusion-matrix-shown"
plot.confusion([0, 1, 1, 0], [0, 1, 0, 0]);

// %% [markdown] id="overfitting" tags=["term"] also=["overfit", "overfits"]
// ### overfitting
//
// Learning the rows by heart: better and better on what was seen, worse on what was not.

// %% id="overfitting-shown"
const memory = new Map([["seen", "right"]]);
["seen", "new"].map((row) => memory.get(row) ?? "no idea");

// %% [markdown] id="underfitting" tags=["term"] also=["underfit", "underfits"]
// ### underfitting
//
// A model too simple for its data: wrong even about what it has seen.

// %% id="underfitting-shown"
const curve = [0, 1, 4, 9];
const flat = curve.reduce((sum, y) => sum + y, 0) / curve.length;
curve.map((y) => y - flat);

// %% [markdown] id="regularisation" tags=["term"] also=["regularization"]
// ### regularisation
//
// Anything that keeps a model simple while it learns.

// %% id="regularisation-shown"
const heavy = tensor([3, -4], { requiresGrad: true });
heavy.square().sum().mul(0.01); // added to the loss

// %% [markdown] id="weight-decay" tags=["term"]
// ### weight decay
//
// Every step makes all weights a little smaller, unless the data hold against it.

// %% id="weight-decay-shown"
const idle = tensor(1, { requiresGrad: true });
const decay = optim.SGD([idle], { lr: 0.1, weightDecay: 0.5 });
idle.mul(0).backward(); // no slope from any data
decay.step();
idle;

// %% [markdown] id="dropout" tags=["term"]
// ### dropout
//
// While training, some neurons are switched off at random, so that none can be relied on.

// %% id="dropout-shown"
manualSeed(3);
nn.Dropout(0.5)(ones([8]));

// %% [markdown] id="early-stopping" tags=["term"]
// ### early stopping
//
// Ending the training where the validation loss was lowest.

// %% id="early-stopping-shown"
const losses = [0.9, 0.6, 0.5, 0.55, 0.7];
losses.indexOf(Math.min(...losses));

// %% [markdown] id="decision-tree" tags=["term"] also=["decision trees"]
// ### decision tree
//
// Yes-or-no questions about one feature at a time, one under the other.

// %% id="decision-tree-shown"
const tree = (petal: number) =>
  petal < 2.45 ? "setosa" : petal < 4.75 ? "versicolor" : "virginica";
[1.4, 4.5, 6].map(tree);

// %% [markdown] id="threshold" tags=["term"] also=["thresholds"]
// ### threshold
//
// The number in a tree's question: below it one way, above it the other. It is learned.

// %% id="threshold-shown"
const question = (cm: number, threshold = 2.45) => cm <= threshold;
[2, 3].map((cm) => question(cm));

// %% [markdown] id="grid-search" tags=["term"]
// ### grid search
//
// Trying every combination of a few settings.

// %% id="grid-search-shown"
[0.01, 0.1].flatMap((lr) => [16, 32].map((width) => ({ lr, width })));

// %% [markdown] id="random-search" tags=["term"]
// ### random search
//
// Trying settings drawn by chance: each try shows another value of every setting.

// %% id="random-search-shown"
manualSeed(4);
Array.from({ length: 3 }, () => ({ lr: 10 ** -(1 + 3 * rand([]).item()) }));

// %% [markdown] id="language-words"
// ## Words and machines
//
// What large models are made of, and what they need.

// %% [markdown] id="token" tags=["term"] also=["tokens"]
// ### token
//
// A piece of text that a model takes as one: a letter, a part of a word, a word.

// %% id="token-shown"
const letters = ["", ...new Set("banana")];
[..."banana"].map((letter) => letters.indexOf(letter));

// %% [markdown] id="vocabulary" tags=["term"]
// ### vocabulary
//
// All tokens that a model knows, each with its number.

// %% id="vocabulary-shown"
[...new Set("to be or not to be".split(" "))].map((word, number) => [word, number]);

// %% [markdown] id="bigram" tags=["term"] also=["bigrams"]
// ### bigram
//
// Two tokens in a row; a model of bigrams knows only the one before.

// %% id="bigram-shown"
const word = "banana";
[...word].slice(1).map((letter, i) => word[i] + letter);

// %% [markdown] id="cosine-similarity" tags=["term"] also=["cosine"]
// ### cosine similarity
//
// How much two rows of numbers point the same way, whatever their lengths: the most is one.

// %% id="cosine-similarity-shown"
F.cosineSimilarity(tensor([[1, 1]]), tensor([[5, 5]]));

// %% [markdown] id="attention" tags=["term"]
// ### attention
//
// Each token asks all tokens before it, and takes from each as much as fits its question.

// %% id="attention-shown"
manualSeed(5);
const asked = randn([1, 3, 4]);
F.scaledDotProductAttention(asked, asked, asked, { isCausal: true }).shape;

// %% [markdown] id="transformer" tags=["term"] also=["transformers"]
// ### transformer
//
// A network of layers that attend and layers that think over what they found, many times.

// %% id="transformer-shown"
const attends = nn.MultiheadAttention(8, 2);
const thinks = nn.Sequential(nn.Linear(8, 32), nn.GELU(), nn.Linear(32, 8));
[...attends.parameters(), ...thinks.parameters()].length;

// %% [markdown] id="fine-tuning" tags=["term"] also=["fine-tune", "fine-tuned"]
// ### fine-tuning
//
// Training that starts from parameters which another training has found.

// %% id="fine-tuning-shown"
const learned = nn.Linear(2, 2);
const tuned = nn.Linear(2, 2);
tuned.loadStateDict(learned.stateDict());
tuned.weight.sub(learned.weight).abs().max();

// %% [markdown] id="freezing" tags=["term"] also=["freeze", "frozen"]
// ### freezing
//
// Taking parameters out of training: they stay as they are.

// %% id="freezing-shown"
const kept = nn.Linear(1, 1);
for (const parameter of kept.parameters()) parameter.requiresGrad = false;
kept.parameters().map((parameter) => parameter.requiresGrad);

// %% [markdown] id="catastrophic-forgetting" tags=["term"]
// ### catastrophic forgetting
//
// What was learned is lost because its parameters were turned for something else.

// %% id="catastrophic-forgetting-shown"
let knobAt = 0; // one parameter for two tasks
for (const wanted of [3, 5])
  for (let step = 0; step < 20; step++) knobAt -= 0.4 * (knobAt - wanted);
(knobAt - 3) ** 2; // the loss of the first task

// %% [markdown] id="replay" tags=["term"]
// ### replay
//
// Old examples among the new ones, so that what they taught is not forgotten.

// %% id="replay-shown"
let middle = 0; // the same parameter, shown both tasks in turn
for (let step = 0; step < 40; step++) {
  const wanted = step % 2 === 0 ? 3 : 5;
  middle -= 0.1 * (middle - wanted);
}
[3, 5].map((wanted) => (middle - wanted) ** 2);

// %% [markdown] id="checkpoint" tags=["term"] also=["checkpoints"]
// ### checkpoint
//
// The parameters as they stood at one moment of the training.

// %% id="checkpoint-shown"
const moment = nn.Linear(1, 1).stateDict();
Object.keys(moment);

// %% [markdown] id="quantisation" tags=["term"] also=["quantise", "quantised"]
// ### quantisation
//
// Keeping every weight as one of a few levels: less memory, a little less exact.

// %% id="quantisation-shown"
const fine = tensor([0.11, -0.52, 0.98]);
fine.mul(4).round().div(4);

// %% [markdown] id="flop" tags=["term"] also=["FLOPs"]
// ### FLOP
//
// One multiplication or addition: what the cost of a model is counted in.

// %% id="flop-shown"
const [inputs, outputs, examples] = [64, 32, 100];
2 * inputs * outputs * examples;
