// ---
// title: Backprop by hand, and the nudge bill
// question: What does it cost to ask every knob which way to turn?
// minutes: 30
// order: 5
// needs: [4]
// ---

// %% [markdown] id="opening"
// # What does it cost to ask every knob?
//
// A recipe that sounds right: nudge a parameter a little. Did the error shrink? Keep going that way. Did it grow? Turn back. Then the next parameter. Here is a network that reads digits, and you may nudge any of its knobs. **Choose one, and watch which way is down.**

// %% id="setup" tags=["setup"] title="a hundred digits, a network in one row of numbers, and two knobs"
import { accuracy, cat, data, expect, F, manualSeed, plot, progress, ui } from "descent";
import { nn, randint, randn, randperm, tensor, zeros } from "descent";
import type { Tensor } from "descent";

manualSeed(42);
const halves = data.load("digits").split(0.8);
// 0 is paper, 1 is ink: a dot without ink adds nothing.
const inked = (x: Tensor) => x.add(1).div(2);
const x = inked(halves.train.x.at([0, 100])); // [100, 64]
const y = halves.train.y.at([0, 100]); // [100]
const unseen = { x: inked(halves.test.x), y: halves.test.y };

const DOTS = 64;
const HIDDEN = 16;
const SCORES = 10;

/** All parameters of a network in one row; the scale keeps sums of many numbers near 1. */
const startOf = (hidden: number) =>
  cat([
    randn([DOTS * hidden]).div(Math.sqrt(DOTS)),
    zeros([hidden]),
    randn([hidden * SCORES]).div(Math.sqrt(hidden)),
    zeros([SCORES]),
  ]);

/** The row cut into the two matrices and the two biases; they are windows onto it, no copies. */
function cut(knobs: Tensor) {
  const hidden = (knobs.numel() - SCORES) / (DOTS + SCORES + 1);
  const sizes = [DOTS * hidden, hidden, hidden * SCORES, SCORES];
  const [W1, b1, W2, b2] = knobs.split(sizes);
  return { W1: W1.reshape([DOTS, hidden]), b1, W2: W2.reshape([hidden, SCORES]), b2 };
}

/** Ten scores for each row of dots. */
function scoresOf(knobs: Tensor, dots = x) {
  const { W1, b1, W2, b2 } = cut(knobs);
  return dots.matmul(W1).add(b1).tanh().matmul(W2).add(b2);
}

const knobs = startOf(HIDDEN);
let answers = 0; // how often the network was asked

/** The loss on the hundred digits. */
function lossOf(knobs: Tensor) {
  answers += 1;
  return F.crossEntropy(scoresOf(knobs), y);
}

/** A knob's name: where in which matrix it sits. */
function nameOf(knob: number) {
  let rest = knob;
  for (const [name, part] of Object.entries(cut(knobs))) {
    if (rest >= part.numel()) {
      rest -= part.numel();
      continue;
    }
    const width = part.shape.at(-1) ?? 1;
    return part.ndim === 1
      ? `${name}[${rest}]`
      : `${name}[${Math.floor(rest / width)}, ${rest % width}]`;
  }
  return "?";
}

/** The loss with one knob turned, and then turned back. */
function lossTurned(knob: number, by: number) {
  const before = knobs.at(knob).item();
  knobs.set([knob], before + by);
  const loss = lossOf(knobs).item();
  knobs.set([knob], before);
  return loss;
}

/** Draws the loss over a knob, and the straight line that a nudge says it is. */
function drawNudge(knob: number, by: number) {
  const start = lossTurned(knob, 0);
  const slope = (lossTurned(knob, by) - start) / by;
  const way = slope > 0 ? "turn down" : slope < 0 ? "turn up" : "either way";
  const turns = Array.from({ length: 41 }, (_, i) => (i - 20) / 5);
  plot.line(
    turns,
    {
      loss: turns.map((turn) => lossTurned(knob, turn)),
      "what the nudge says": turns.map((turn) => start + slope * turn),
    },
    {
      title: `slope ${slope.toFixed(4)}: ${way}`,
      x: `how far ${nameOf(knob)} is turned`,
      y: "loss",
    },
  );
}

const which = ui.slider("which knob", { min: 0, max: knobs.numel() - 1, step: 1, value: 1203 });
const nudge = ui.slider("nudge", { min: 1e-8, max: 4, value: 0.1, log: true });

// %% id="turn-one" tags=["auto"]
drawNudge(which.value, nudge.value);

// %% [markdown] id="what-a-nudge-says"
// The network takes 64 grey dots, mixes them into 16 numbers and those into 10 scores, one for each digit. Its knobs are two matrices of weights, `W1` and `W2`, and two rows of biases, `b1` and `b2`. The curve is the loss on a hundred digits while *one* of them turns and all others stand still.
//
// A nudge measures how steep the curve is where we stand: change of the loss, divided by the size of the nudge. That is the **slope**. Now drag *nudge*. A large one cuts across the bend of the curve and may even point the wrong way. A very small one drowns: the computer keeps about seven digits of the loss, and a change in the ninth is lost in rounding. Between the two there is a good size.
//
// ## All of them
//
// So the recipe works for one knob. Training needs the slope of every knob, before every step. **Before you run it**: how many times must the network answer all hundred digits until we know them all?

// %% id="count-guess" tags=["predict"]
const countGuess: number | "?" = "?";

// %% id="nudge-all" title="Nudge every knob once"
answers = 0;
const begun = performance.now();
const byNudging: number[] = [];
const before = lossOf(knobs).item(); // the loss as things stand
for (const knob of progress([...Array(knobs.numel()).keys()])) {
  const after = lossTurned(knob, 0.02); // only this knob is turned
  byNudging.push((after - before) / 0.02);
}
const nudgeMs = performance.now() - begun;
const asked = answers;
console.log(`${asked} answers in ${nudgeMs.toFixed(0)} ms; you said ${countGuess}.`);

// %% [markdown] id="one-step-only"
// One for each knob, and one to compare with. It sounds bearable, but it bought a *single* step, and the next step needs all of it again. The bill grows in two ways at once: a network with twice the knobs needs twice the answers, and each answer takes twice as long.
//
// ## Backwards
//
// There is a way to get all slopes from one answer. Lesson 4 did it for single numbers: walk back from the loss, and at each step multiply by the slope of that step. The network works with whole matrices, so we walk back in matrices. First the way forward, with a name for everything on it:

// %% id="forward"
const { W1, b1, W2, b2 } = cut(knobs);
const Z1 = x.matmul(W1).add(b1); // mix 64 dots into 16 numbers
const H = Z1.tanh(); // bend them
const Z2 = H.matmul(W2).add(b2); // mix those into 10 scores
const P = Z2.softmax(1); // scores become probabilities
const right = F.oneHot(y, 10); // 1 at the right digit, 0 elsewhere
const loss = P.log().mul(right).sum().neg().div(100);
const way = { x, W1, b1, Z1, H, W2, b2, Z2, P, right };
for (const [name, value] of Object.entries(way))
  console.log(`${name.padEnd(5)} [${value.shape.join(", ")}]`);
console.log(`loss  ${loss.item().toFixed(4)}`);

// %% [markdown] id="shapes"
// We write $dW$ for the slopes of the loss by all numbers of $W$. It has **the shape of $W$**, one slope for each number. This sounds dull and is your best friend: most mistakes on the way back show in a shape.
//
// The way back has five rules. You will write each in a single line; then seven lines make the whole of backpropagation.
//
// $$ \begin{aligned} x &\xrightarrow{W_1,\,b_1} Z_1 \xrightarrow{\;\tanh\;} H \\ &\xrightarrow{W_2,\,b_2} Z_2 \xrightarrow{\text{softmax}} P \longrightarrow \text{loss} \end{aligned} $$
//
// And back, with the number of the rule on each arrow:
//
// $$ \begin{array}{ll} dZ_1 \xleftarrow{\;\;5\;\;} dH \xleftarrow{\;\;4\;\;} & dZ_2 \xleftarrow{\;\;1\;\;} \text{loss} \\ \;\;\big\downarrow{\scriptstyle 2,\,3} & \;\;\big\downarrow{\scriptstyle 2,\,3} \\ dW_1,\;db_1 & dW_2,\;db_2 \end{array} $$
//
// Rules 2 and 3 lead from a layer down to its biases and its weights.

// %% id="truth" tags=["setup"] title="the engine's own slopes, to draw and to compare with"
/** The slopes of everything on the way, as the engine finds them. */
function engineSlopes(knobs: Tensor, dots: Tensor, digits: Tensor) {
  const row = knobs.clone();
  row.requiresGrad = true;
  const { W1, b1, W2, b2 } = cut(row);
  const Z1 = dots.matmul(W1).add(b1);
  const H = Z1.tanh();
  const Z2 = H.matmul(W2).add(b2);
  const ways = { dZ2: Z2, dW2: W2, db2: b2, dH: H, dZ1: Z1, dW1: W1, db1: b1 };
  for (const value of Object.values(ways)) value.retainGrad();
  F.crossEntropy(Z2, digits).backward();
  const slopes = Object.entries(ways).map(([name, { grad }]) => [name, grad]);
  return { ...Object.fromEntries(slopes), all: row.grad } as Record<string, Tensor>;
}
const engine = engineSlopes(knobs, x, y);

/** A layer with random sizes and numbers, and its true slopes. */
function randomLayer() {
  const [n, inputs, outputs] = Array.from(randperm(7).data, (size) => size + 2); // all different
  const leaf = (...shape: number[]) => {
    const numbers = randn(shape);
    numbers.requiresGrad = true;
    return numbers;
  };
  const [X, W, b, dZ] = [
    leaf(n, inputs),
    leaf(inputs, outputs),
    leaf(outputs),
    randn([n, outputs]),
  ];
  X.matmul(W).add(b).backward({ gradient: dZ });
  const [bent, dH] = [leaf(n, inputs), randn([n, inputs])];
  const H = bent.tanh();
  H.backward({ gradient: dH });
  const slopes = { dX: X.grad!, dW: W.grad!, db: b.grad!, dBent: bent.grad! };
  return { X: X.detach(), W: W.detach(), dZ, H: H.detach(), dH, ...slopes };
}

/** Random scores and labels, with the slopes of their loss. */
function randomScores() {
  const [n, classes] = Array.from(randperm(6).data, (size) => size + 3);
  const Z = randn([n, classes]);
  const labels = randint(0, classes, [n]);
  Z.requiresGrad = true;
  F.crossEntropy(Z, labels).backward();
  return { n, P: Z.detach().softmax(1), right: F.oneHot(labels, classes), dZ: Z.grad! };
}

/** How near a slope must come. */
const near = { rtol: 1e-3, atol: 1e-5 };

// %% [markdown] id="rule-1"
// ### Rule 1: from the loss to the scores
//
// For one digit whose right class is $c$, with scores $z$:
//
// $$ \begin{aligned} L &= -\log p_c = -z_c + \log \sum_j e^{z_j} \\ \frac{\partial L}{\partial z_j} &= p_j - [\,j = c\,] \end{aligned} $$
//
// The slope of a score is *what the network believed, minus what was true*. No logarithm is left. The bars are the ten slopes of one digit. Drag *which digit*: one bar always hangs down. Downhill is against the slope, so that score will be pulled up and the nine others pressed down.

// %% id="scores-setup" tags=["setup"] title="a knob for the digit"
const picked = ui.slider("which digit", { min: 0, max: 99, step: 1, value: 3 });

// %% id="scores-of-one" tags=["auto"]
const oneRow = engine.dZ2.at(picked.value).mul(100); // its share, made whole again
plot.bars(oneRow, {
  title: `this is a ${y.at(picked.value).item()}: believed minus true`,
  x: "digit",
  range: [-1, 1],
});

// %% [markdown] id="rule-1-predict"
// **Predict**: add up the ten bars of one digit. What is the sum?

// %% id="sum-guess" tags=["predict"]
const sumGuess: number | "?" = "?";

// %% id="sum-of-bars"
const sums = engine.dZ2.sum(1); // one sum for each of the hundred digits
const largest = sums.abs().max().item().toFixed(6);
console.log(`At most ${largest} away from zero; you said ${sumGuess}.`);

// %% [markdown] id="rule-1-ask"
// Raise all ten scores alike and no probability changes, so the loss cannot either. Whoever writes this rule has one more thing to remember: our loss is the **mean** over all digits. Each digit has only its share in it.

// %% [exercise] id="ex-scores" title="Rule 1: write the slope of the scores"
// P and right are both [n, classes]; so is the answer.
const scoreSlope = (P: Tensor, right: Tensor) => P;

// %% id="ex-scores-check" tags=["check"] for="ex-scores"
const trial = randomScores();
const mine = scoreSlope(trial.P, trial.right);
expect(mine).shape(trial.P.shape, "one slope for each score");
expect(mine.sum(1)).close(zeros([trial.n]), near, "the slopes of a row must cancel");
expect(mine)
  .mistake(trial.dZ.mul(trial.n), `the loss is a mean: each row has 1/${trial.n} of it`)
  .mistake(trial.dZ.neg(), "this is true minus believed: it leads downhill, a slope up")
  .close(trial.dZ, near, "believed minus true, shared out");

// %% [markdown] id="ex-scores-hint-1" tags=["hint"] for="ex-scores"
// Look at the formula above: both parts of it are already there as tensors, for all rows at once.

// %% [markdown] id="ex-scores-hint-2" tags=["hint"] for="ex-scores"
// Believed minus true, and then the share: divide by the number of rows, which is `P.shape[0]`.

// %% [markdown] id="ex-scores-hint-3" tags=["hint"] for="ex-scores"
// `P.sub(____).div(P.shape[0])`

// %% id="ex-scores-solution" tags=["solution"] for="ex-scores"
// The mean is a sum divided by n, and dividing the loss by n divides every slope by n.
const scoreSlope = (P: Tensor, right: Tensor) => P.sub(right).div(P.shape[0]);

// %% [markdown] id="rule-2"
// ### Rule 2: from a layer to its bias
//
// $Z = XW + b$ adds the same $b$ to every row. A value that is used many times gets a slope from each use, and **the slopes add up**: $db_j = \sum_r dZ_{rj}$.
//
// **Predict**: give the network every digit twice. The loss is still a mean. Does $db$ *double*, *stay*, or *halve*?

// %% id="twice-guess" tags=["predict"]
const twiceGuess = "?"; // "doubles", "stays" or "halves"

// %% id="twice"
const twice = engineSlopes(knobs, cat([x, x]), cat([y, y]));
const ratio = twice.db2.norm().div(engine.db2.norm()).item();
const happens = ratio > 1.5 ? "doubles" : ratio < 0.75 ? "halves" : "stays";
console.log(`db ${happens} (times ${ratio.toFixed(3)}); you said ${twiceGuess}.`);

// %% [markdown] id="rule-2-ask"
// Twice as many slopes are added, and rule 1 made each of them half as large. The sharing out is done there, once; here we only add.

// %% [exercise] id="ex-bias" title="Rule 2: where does a bias learn from?"
// dZ is [n, outputs]; db should be [outputs]. Which axis do we add up, and why?
const biasSlope = (dZ: Tensor) => dZ;

// %% id="ex-bias-check" tags=["check"] for="ex-bias"
const trial = randomLayer();
const mine = biasSlope(trial.dZ);
const count = trial.dZ.shape[0];
expect(mine)
  .mistake(trial.dZ.sum(1), "this is one number for each row: the rows should go")
  .mistake(trial.db.div(count), "add, no mean: rule 1 has shared out already")
  .shape(trial.db.shape, `each of the ${count} rows used the same bias`)
  .close(trial.db, near, "add up what the rows say");

// %% [markdown] id="ex-bias-hint-1" tags=["hint"] for="ex-bias"
// One bias was used by every row. Rows are axis 0.

// %% [markdown] id="ex-bias-hint-2" tags=["hint"] for="ex-bias"
// When a value is used many times, its slopes add.

// %% [markdown] id="ex-bias-hint-3" tags=["hint"] for="ex-bias"
// `dZ.sum(____)`

// %% id="ex-bias-solution" tags=["solution"] for="ex-bias"
// Axis 0 counts the rows: they go, and one slope for each bias stays.
const biasSlope = (dZ: Tensor) => dZ.sum(0);

// %% [markdown] id="broadcast-intro"
// Why does the shape matter so much? Because forgetting the sum raises no error. Here somebody takes a step with the unsummed slopes:

// %% id="broadcast-bug"
const wrongStep = b2.sub(engine.dZ2.mul(0.1)); // forgot the sum over rows
const rightStep = b2.sub(engine.db2.mul(0.1));
console.log("wrong", wrongStep.shape, "right", rightStep.shape);

// %% [markdown] id="rule-3"
// ### Rule 3: from a layer to its weights
//
// Weight $W_{ij}$ carries input $i$ to output $j$, in every row: $Z_{rj} = \sum_i X_{ri} W_{ij}$. Turn it a little, and row $r$ changes by what came in there, $X_{ri}$. So
//
// $$ \begin{aligned} dW_{ij} &= \sum_r X_{ri}\, dZ_{rj} \\ dW &= X^{\mathsf T}\, dZ \end{aligned} $$
//
// *What came in, times what was wanted.* For the first layer this can be seen. Each of the 16 middle numbers has 64 weights, one for each dot, so their slopes are a picture. **Drag the number of digits down to 1** and look what the pictures are made of.

// %% id="stamps-setup" tags=["setup"] title="a knob for the number of digits"
const rows = ui.slider("digits in the batch", { min: 1, max: 100, step: 1, value: 100 });

// %% id="stamps" tags=["auto"]
const some = engineSlopes(knobs, x.at([0, rows.value]), y.at([0, rows.value]));
plot.image(some.dW1.T.reshape([16, 8, 8]), {
  title: `slopes of W1, from ${rows.value} of 100 digits`,
  columns: 8,
});

// %% [markdown] id="rule-3-ask"
// With one digit, every picture is that digit, stamped in blue or orange: where its ink lay, a weight has something to answer for, and where the paper was white it has not. With a hundred digits the stamps lie on top of each other. That pile is all a network ever learns from.

// %% [exercise] id="ex-weights" title="Rule 3: write the slope of the weights"
// X is [n, inputs], dZ is [n, outputs]; dW should be [inputs, outputs], as W is.
const weightSlope = (X: Tensor, dZ: Tensor) => dZ.T.matmul(X);

// %% id="ex-weights-check" tags=["check"] for="ex-weights"
const trial = randomLayer();
expect(() => weightSlope(trial.X, trial.dZ))
  .runs("the rows should stand inside, where a product adds up: turn X")
  .mistake(trial.dW.T, "this is dW transposed: it has the shape of W, inputs first")
  .shape(trial.dW.shape, "dW has the shape of W, inputs first")
  .close(trial.dW, near, "what came in, times dZ, added up over the rows");

// %% [markdown] id="ex-weights-hint-1" tags=["hint"] for="ex-weights"
// The sum in the formula runs over the rows $r$. In a product of matrices the sum runs over the *inner* sizes, so `n` has to stand inside.

// %% [markdown] id="ex-weights-hint-2" tags=["hint"] for="ex-weights"
// `[inputs, n] x [n, outputs]` gives `[inputs, outputs]`. What turns `[n, inputs]` into `[inputs, n]`?

// %% [markdown] id="ex-weights-hint-3" tags=["hint"] for="ex-weights"
// `X.____.matmul(dZ)`

// %% id="ex-weights-solution" tags=["solution"] for="ex-weights"
// The transpose puts the rows inside, where a product of matrices adds up.
const weightSlope = (X: Tensor, dZ: Tensor) => X.T.matmul(dZ);

// %% [markdown] id="rule-4"
// ### Rule 4: from a layer to its input
//
// The error must get past this layer to the one before. Input $X_{ri}$ reached every output $j$, each through its own weight, so its slope is what comes back over all of them:
//
// $$ dX_{ri} = \sum_j dZ_{rj}\, W_{ij} $$
//
// Forward, the weights carry numbers from left to right. Backward, **the same weights carry the slopes from right to left**.

// %% [exercise] id="ex-inputs" title="Rule 4: carry the slopes back"
// dZ is [n, outputs], W is [inputs, outputs]; dX should be [n, inputs].
const inputSlope = (dZ: Tensor, W: Tensor) => dZ;

// %% id="ex-inputs-check" tags=["check"] for="ex-inputs"
const trial = randomLayer();
expect(() => inputSlope(trial.dZ, trial.W))
  .runs("the outputs should stand inside, where a product adds up: turn W")
  .shape(trial.dX.shape, "dX has the shape of X, a slope for each input")
  .close(trial.dX, near, "each dZ times its weight, added up");

// %% [markdown] id="ex-inputs-hint-1" tags=["hint"] for="ex-inputs"
// This time the sum runs over the outputs $j$: they have to stand inside.

// %% [markdown] id="ex-inputs-hint-2" tags=["hint"] for="ex-inputs"
// `[n, outputs] x [outputs, inputs]` gives `[n, inputs]`. One of the two has to be transposed.

// %% [markdown] id="ex-inputs-hint-3" tags=["hint"] for="ex-inputs"
// `dZ.matmul(____)`

// %% id="ex-inputs-solution" tags=["solution"] for="ex-inputs"
// The transposed weights lead from the outputs back to the inputs.
const inputSlope = (dZ: Tensor, W: Tensor) => dZ.matmul(W.T);

// %% [markdown] id="rule-5"
// ### Rule 5: past the bend
//
// `tanh` bends each number by itself. Where its curve is steep the slope passes; where it is flat, next to nothing does. Its steepness can be had from its result: $\tanh'(z) = 1 - \tanh^2(z) = 1 - h^2$. Drag $z$, and see how soon the way back is closed.

// %% id="bend-setup" tags=["setup"] title="a knob for z, and a curve with its steepness"
const z = ui.slider("z", { min: -5, max: 5, value: 0, step: 0.1 });
const zs = Array.from({ length: 101 }, (_, i) => (i - 50) / 10);
const steepness = (at: number) => 1 - Math.tanh(at) ** 2;
const passes = (at: number) => `${(100 * steepness(at)).toFixed(1)} % of the slope passes`;
/** The straight line that touches the curve at a place, as far as it is near. */
const touching = (at: number) => (place: number) => Math.tanh(at) + steepness(at) * (place - at);

// %% id="bend" tags=["auto"]
plot.line(
  zs,
  { h: Math.tanh, "its steepness": steepness, "at z": touching(z.value) },
  { title: passes(z.value), x: "z", range: [-1.5, 1.5] },
);

// %% [exercise] id="ex-tanh" title="Rule 5: let the slope past the bend"
// H is what tanh gave, dH its slope; both are [n, inputs], and so is dZ.
const tanhSlope = (H: Tensor, dH: Tensor) => dH;

// %% id="ex-tanh-check" tags=["check"] for="ex-tanh"
const trial = randomLayer();
const alone = "tanh works on each number by itself";
const mine = expect(() => tanhSlope(trial.H, trial.dH))
  .runs(alone)
  .shape(trial.H.shape, alone);
const flat = tanhSlope(tensor([1, -1]), tensor([1, 1]));
expect(flat).close([0, 0], near, "at h = 1 and h = -1 the curve is flat");
mine.close(trial.dBent, near, "steepness times dH");

// %% [markdown] id="ex-tanh-hint-1" tags=["hint"] for="ex-tanh"
// Compute the steepness $1 - h^2$ for every number of `H`, then multiply `dH` by it.

// %% [markdown] id="ex-tanh-hint-2" tags=["hint"] for="ex-tanh"
// A number minus a tensor is the negative tensor plus that number: `H.square().neg().add(1)`.

// %% [markdown] id="ex-tanh-hint-3" tags=["hint"] for="ex-tanh"
// `dH.mul(H.square().neg().____)`

// %% id="ex-tanh-solution" tags=["solution"] for="ex-tanh"
// Number by number: `mul`, not `matmul`.
const tanhSlope = (H: Tensor, dH: Tensor) => dH.mul(H.square().neg().add(1));

// %% [markdown] id="assemble-intro"
// ## Seven lines
//
// Your five rules, in the order of the way back. Each is handed what the one before it found. The list below says how far each result is from the engine's, and ticks those that agree. When all five checks say *Right*, all seven are ticked.

// %% id="score-setup" tags=["setup"] title="a list that compares your slopes with the engine's"
/** The largest difference of two tensors, measured by the largest number of the second. */
const relativeError = (a: Tensor, b: Tensor) => a.sub(b).abs().max().div(b.abs().max()).item();

/** One line for each slope: how near it is, or what is wrong with its shape. */
function compare(slopes: Record<string, Tensor>) {
  for (const [name, slope] of Object.entries(slopes)) {
    const [shape, wanted] = [slope, engine[name]].map((each) => `[${each.shape.join(", ")}]`);
    const error = shape === wanted ? relativeError(slope, engine[name]) : Infinity;
    const told =
      shape === wanted ? `off by ${Number(error.toPrecision(2))}` : `${shape}, not ${wanted}`;
    console.log(`${error < 1e-3 ? "✓" : "·"} ${name.padEnd(3)} ${told}`);
  }
}

// %% id="assemble"
const dZ2 = scoreSlope(P, right);
const dW2 = weightSlope(H, dZ2);
const db2 = biasSlope(dZ2);
const dH = inputSlope(dZ2, W2);
const dZ1 = tanhSlope(H, dH);
const dW1 = weightSlope(x, dZ1);
const db1 = biasSlope(dZ1);
compare({ dZ2, dW2, db2, dH, dZ1, dW1, db1 });

// %% [markdown] id="which-way-intro"
// ## Do both ways agree?
//
// From here on the lesson uses its own copy of the seven lines, so that it goes on wherever you stand.
//
// Nudging gave a slope for every knob, and so do the seven lines. **Predict**: of a hundred knobs, for how many do both say the same direction?

// %% id="by-hand-setup" tags=["setup"] title="the seven lines, ready (they give the exercises away)"
/** The slopes of all knobs by the five rules, in one row like the knobs. No engine. */
function byHand(knobs: Tensor) {
  const { W1, b1, W2, b2 } = cut(knobs);
  const H = x.matmul(W1).add(b1).tanh();
  const P = H.matmul(W2).add(b2).softmax(1);
  const dZ2 = P.sub(F.oneHot(y, SCORES)).div(x.shape[0]);
  const dW2 = H.T.matmul(dZ2);
  const db2 = dZ2.sum(0);
  const dH = dZ2.matmul(W2.T);
  const dZ1 = dH.mul(H.square().neg().add(1));
  const dW1 = x.T.matmul(dZ1);
  const db1 = dZ1.sum(0);
  return cat([dW1.flatten(), db1, dW2.flatten(), db2]);
}

// %% id="agree-guess" tags=["predict"]
const agreeGuess: number | "?" = "?"; // of a hundred, from 50

// %% id="agree"
const slopes = byHand(knobs);
const nudged = tensor(byNudging);
const same = slopes.sign().eq(nudged.sign()).to("f32").mean().item();
plot.scatter(
  { x: nudged, y: slopes },
  { title: "every dot is a knob", x: "slope by nudging", y: "slope by the rules" },
);
const inHundred = (100 * same).toFixed(1);
console.log(`The same way: ${inHundred} of a hundred; you said ${agreeGuess}.`);

// %% [markdown] id="disagree"
// The dots lie on one line: both methods measure the same thing. The few that disagree about the direction have slopes so near zero that rounding, or the bend of the curve, decides what a nudge sees. So which of them is right? Nudge twenty knobs with more care: numbers with sixteen digits, a smaller nudge, once up and once down.

// %% id="careful-setup" tags=["setup"] title="a careful nudge, in double precision"
const precise = { x: x.to("f64"), knobs: knobs.to("f64") };
/** The slope of one knob: up and down, so that the bend of the curve cancels. */
function carefulSlope(knob: number) {
  const lossAt = (turn: number) => {
    const turned = precise.knobs.clone().set([knob], precise.knobs.at(knob).item() + turn);
    return F.crossEntropy(scoresOf(turned, precise.x), y).item();
  };
  return (lossAt(1e-5) - lossAt(-1e-5)) / 2e-5;
}

// %% id="careful"
const twenty = Array.from(randint(0, knobs.numel(), [20]).data);
const careful = tensor(twenty.map(carefulSlope));
const distance = relativeError(slopes.takeRows(twenty), careful);
const toEngine = relativeError(slopes, engine.all);
console.log(`From careful nudging they are ${distance.toExponential(1)} away,`);
console.log(`from the engine's slopes ${toEngine.toExponential(1)}.`);

// %% [markdown] id="zero-grad-intro"
// ## Slopes add up, also where you do not want it
//
// You have seen it in rule 2: where slopes meet, they are added. The engine does the same when you call `backward()` twice. **Predict**: is the second slope *the same* as the first, or *twice* as large?

// %% id="zero-guess" tags=["predict"]
const zeroGuess = "?"; // "the same" or "twice"

// %% id="zero-grad"
const leaf = knobs.clone();
leaf.requiresGrad = true;
lossOf(leaf).backward();
const first = leaf.grad!.norm().item();
lossOf(leaf).backward(); // nobody emptied leaf.grad in between
const second = leaf.grad!.norm().item();
console.log(`${(second / first).toFixed(2)} times as large; you said ${zeroGuess}.`);

// %% [markdown] id="train-intro"
// That is why every training loop begins with `zeroGrad()`. Our seven lines make fresh slopes each time and need none.
//
// ## Train without an engine
//
// No `backward()`, no optimiser: the five rules and a subtraction. Run it, and drag *size of a step* while it runs.

// %% id="train-setup" tags=["setup"] title="a knob for the size of a step"
const lr = ui.slider("size of a step", { min: 0.01, max: 5, value: 0.5, log: true });
const share = (knobs: Tensor, { x, y }: { x: Tensor; y: Tensor }) =>
  (100 * accuracy((dots: Tensor) => scoresOf(knobs, dots), { x, y })).toFixed(0);

// %% id="train" title="Train by hand"
let trained = knobs;
const curve = plot.live({ y: "loss", log: true });
for (const step of progress(Array.from({ length: 300 }, (_, step) => step))) {
  const slope = byHand(trained); // which way is up, for every knob
  trained = trained.sub(slope.mul(lr.value)); // a little the other way
  curve.push({ train: lossOf(trained) });
}
console.log(`${share(trained, { x, y })} of 100 practised digits read,`);
console.log(`${share(trained, unseen)} of 100 that it never saw.`);

// %% [markdown] id="time-intro"
// ## The bill
//
// Now both methods on the clock, for the same slopes of the same knobs. **Predict**: how many times as long does nudging take?

// %% id="times-guess" tags=["predict"]
const timesGuess: number | "?" = "?";

// %% id="time-setup" tags=["setup"] title="a stopwatch"
/** Milliseconds of the quickest of several calls: whatever disturbs makes a call slower. */
function quickest(work: () => unknown) {
  const times = Array.from({ length: 30 }, () => {
    const start = performance.now();
    for (let i = 0; i < 5; i++) work();
    return (performance.now() - start) / 5;
  });
  return Math.min(...times);
}

// %% id="time"
const answerMs = quickest(() => lossOf(knobs)); // one answer
const rulesMs = quickest(() => byHand(knobs)); // one answer and the way back
const nudgingMs = answerMs * (knobs.numel() + 1);
plot.bars(
  { nudging: nudgingMs, "the five rules": rulesMs },
  { title: "all slopes, once", y: "milliseconds" },
);
const times = (nudgingMs / rulesMs).toFixed(0);
console.log(`Nudging takes ${times} times as long; you said ${timesGuess}.`);
console.log(`The rules take as long as ${(rulesMs / answerMs).toFixed(1)} answers.`);

// %% [exercise] id="ex-bill" title="How many answers does nudging need?"
// A network of two layers with biases, as ours; the sizes are given.
function answersFor(inputs: number, hidden: number, outputs: number) {
  return inputs * hidden;
}

// %% id="ex-bill-check" tags=["check"] for="ex-bill"
expect(answersFor(1, 1, 1)).equal(5, "2 weights, 2 biases, and 1 to compare with");
expect(answersFor(64, 16, 10)).equal(asked, "this is the network you nudged");
const [a, b, c] = Array.from(randint(2, 99, [3]).data);
const sample = nn.Sequential(nn.Linear(a, b), nn.Linear(b, c));
const inSample = sample.parameters().reduce((sum, knob) => sum + knob.numel(), 0);
expect(answersFor(a, b, c)).equal(inSample + 1, `for sizes ${a}, ${b}, ${c}`);

// %% [markdown] id="ex-bill-hint-1" tags=["hint"] for="ex-bill"
// Count the knobs of each layer first: its weights, and one bias for each of its outputs. Lesson 2 did it.

// %% [markdown] id="ex-bill-hint-2" tags=["hint"] for="ex-bill"
// A layer has `(inputs + 1) * outputs` knobs. Nudging needs one answer for each knob, and one more.

// %% [markdown] id="ex-bill-hint-3" tags=["hint"] for="ex-bill"
// `(inputs + 1) * hidden + (hidden + 1) * outputs + ____`

// %% id="ex-bill-solution" tags=["solution"] for="ex-bill"
// The last 1 is the answer before any nudge.
function answersFor(inputs: number, hidden: number, outputs: number) {
  return (inputs + 1) * hidden + (hidden + 1) * outputs + 1;
}

// %% [markdown] id="bill-intro"
// And for larger models? One answer takes time in proportion to the number of knobs. Nudging needs as many answers as there are knobs: twice the knobs, four times the bill. The way back costs as much as a few answers, however large the model is. Drag the size up to the 175 billion knobs the article speaks of. Above the figure stands the bill of one step, nudged or by the rules. The times are this machine's, measured above and carried on in a straight line.

// %% id="bill-setup" tags=["setup"] title="a knob for the size of a model, and times in words"
const size = ui.slider("knobs of a model", { min: 1000, max: 175e9, value: 1e6, log: true });
const perKnob = answerMs / 1000 / knobs.numel(); // seconds
const nudging = (count: number) => perKnob * count * (count + 1);
const rules = (count: number) => (rulesMs / answerMs) * perKnob * count;

/** A time in the unit a person would use. */
function inWords(seconds: number) {
  const units = [
    ["years", 31_557_600],
    ["days", 86_400],
    ["hours", 3600],
    ["minutes", 60],
    ["seconds", 1],
  ] as const;
  const [name, length] = units.find(([, length]) => seconds >= length) ?? ["ms", 0.001];
  const amount = Number((seconds / length).toPrecision(2));
  return `${amount.toLocaleString("en", { notation: "compact", compactDisplay: "long" })} ${name}`;
}

/** What one step costs, by either method. */
const inBoth = (count: number) => `${inWords(nudging(count))} or ${inWords(rules(count))}`;

// %% id="bill" tags=["auto"]
const powers = Array.from({ length: 34 }, (_, i) => 3 + i / 4);
const curves = {
  nudging: powers.map((power) => nudging(10 ** power)),
  "the five rules": powers.map((power) => rules(10 ** power)),
};
plot.line(powers, curves, {
  title: inBoth(size.value),
  x: "knobs, as a power of ten",
  y: "seconds for one step",
  log: true,
});

// %% [markdown] id="recap"
// ## What you take along
//
// - Asking every knob by **nudging** costs one answer for each knob. It is right, and it is far too dear.
// - **Backpropagation** finds the same slopes from one answer: believed minus true, then back through the same weights, adding wherever a value was used more than once.
// - $dW$ has the shape of $W$. When in doubt, look at the **shapes**.

// %% [markdown] id="quiz" tags=["quiz"]
// ### Two questions
//
// Is backpropagation what makes a network learn?
//
// - [ ] Yes, it is another name for learning: it only finds the slopes, and nothing has moved when it is done.
// - [x] Not by itself: it only finds the slopes. Learning is the step taken against them, which was the subtraction in *Train by hand*: gradient descent, lesson 3.
// - [ ] Yes, but only in deep networks: in a single layer it finds slopes just the same, and no more than that.
//
// If nudging is so dear, what is it good for?
//
// - [ ] For nothing, now that there are rules: who tells you that the rules are right?
// - [ ] For training small networks: even there the rules give the same slopes in one run.
// - [x] For checking: it needs no rules, so it cannot share a mistake with them. Twenty careful nudges told us that the five rules are right; `gradcheck` of the engine does just that.

// %% [markdown] id="simplified"
// ### What the article simplifies
//
// The article says that in backpropagation each parameter gets nudged, and goes on or turns back depending on whether the error shrank. As a picture of the *result* that is true: both ways agree on the direction of nearly every knob, and you have counted. As a *method* it is the one thing backpropagation is not. Nothing is tried out and nothing is turned back; the slopes of all knobs are computed from one answer, and that is the only reason why large models can be trained at all.

// %% [markdown] id="next"
// **Next: [lesson 6](?lesson=06).** The slopes say which way to turn, but from where do we start? With all knobs at zero, nothing happens.
