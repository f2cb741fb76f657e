// ---
// title: Turn the knobs yourself
// question: What is a parameter, and who turns it?
// minutes: 10
// order: 1
// ---

// %% [markdown] id="opening"
// # Turn the knobs yourself
//
// A synthesizer is a box with knobs: turn one and it sounds different. A model is such a box too, and its knobs are called **parameters**. Here is one with two of them. Drag **w** and **b** until the line runs through the points.

// %% id="setup" tags=["setup"] title="thirty guitar students, and two knobs"
import { expect, F, linspace, manualSeed, nn, optim, plot } from "descent";
import { progress, rand, randn, tensor, ui } from "descent";
import type { Tensor } from "descent";

// Made up: hours of practice a day, songs a student can play, and chance.
manualSeed(42);
const hours = linspace(0, 4, 30).reshape([30, 1]);
const songs = hours
  .mul(3)
  .add(5)
  .add(randn([30, 1]).mul(1.5));
const students = { x: Array.from(hours.data), y: Array.from(songs.data) };
const axes = { x: "hours of practice a day", y: "songs", range: [0, 25] } as const;

type Line = (hour: number) => number;

/** How far a line misses, squared, in the mean over all students. */
function errorOf(line: Line) {
  const misses = students.x.map((hour, i) => line(hour) - students.y[i]);
  return misses.reduce((sum, miss) => sum + miss ** 2, 0) / misses.length;
}

/** Draws lines by name over the students, bars for the errors of a single one. */
function figureOf(lines: Record<string, Line>) {
  const all = Object.entries(lines);
  const errors = () => all.map(([name, line]) => `${name} ${errorOf(line).toFixed(2)}`.trim());
  const title = () => (all.length > 1 ? "error: " : "error ") + errors().join(", ");
  const options = { ...axes, line: lines, residuals: all.length === 1 };
  const figure = plot.scatter(students, { ...options, title: title() });
  return { again: () => figure.update({ title: title() }) };
}

/** Draws a line, or several by name. */
function draw(line: Line | Record<string, Line>) {
  figureOf(typeof line === "function" ? { "": line } : line);
}

/** The line of a model that has one weight and one bias. */
function lineOf(model: nn.Linear): Line {
  const [weight, bias] = model.parameters();
  return (hour) => weight.item() * hour + bias.item();
}

/** Draws a line that training moves, under knobs that nobody holds. */
function watchLine(model: nn.Linear) {
  const [weight, bias] = model.parameters();
  const w = ui.slider("the machine's w", { min: -5, max: 10, step: 0.01, value: weight.item() });
  const b = ui.slider("the machine's b", { min: -10, max: 20, step: 0.01, value: bias.item() });
  const figure = figureOf({ "": lineOf(model) });
  return () => {
    w.value = weight.item();
    b.value = bias.item();
    figure.again();
  };
}

/** Draws an answer of the line among the students. */
function drawAnswer(line: Line, hour: number) {
  const points = { x: [...students.x, hour], y: [...students.y, line(hour)] };
  const color = (_: string, i: number) => (i < students.x.length ? "students" : "the answer");
  plot.scatter(points, { ...axes, line, color, title: `${line(hour).toFixed(1)} songs` });
}

/** Counts steps under the cell's bar. */
const count = (steps: number) => progress(Array.from({ length: steps }, (_, at) => at));

/** The same in some seconds, slowly enough to watch. */
async function* slowly(steps: number) {
  for (const step of count(steps)) {
    yield step;
    await new Promise((resolve) => setTimeout(resolve, 3500 / steps));
  }
}

const w = ui.slider("w", { min: -5, max: 10, value: -1, step: 0.1 });
const b = ui.slider("b", { min: -10, max: 20, value: 15, step: 0.1 });

// %% id="fit-by-hand" tags=["auto"]
const line = (hour: number) => w.value * hour + b.value;
draw(line);

// %% [markdown] id="what-you-turned"
// Each point is a guitar student. The line is the model's answer to one question: so many hours of practice a day, how many songs? It computes `songs = w * hours + b`, and that is all it does:
//
// - **w** says how many songs one more hour brings: the slope.
// - **b** says how many songs somebody knows who never practises: where the line starts.
//
// The bars are the mistakes. Square each of them, take the mean, and you have the **error** in the title, also called the *loss*. You just did what training does: turn the knobs until the error is small.

// %% [markdown] id="predict-lowest"
// **Before you go on.** How small can the error get if the knobs stand perfectly? Write your guess here. Nobody marks it; you will see it beside the answer.

// %% id="lowest-guess" tags=["predict"]
const lowestGuess: number | "?" = "?";

// %% [markdown] id="train-intro"
// ## Now let go
//
// The same box, with nobody at the knobs. They start at random. Then, a hundred times over: guess, measure the error, ask of each knob which way is downhill, and turn every knob a little that way. Run the cell, with the triangle beside it or with Shift-Enter, and watch.
//
// Below its bar you find **Pause**: hold it, take one **Step** at a time, go on, or let **Finish** end it early. And you still have one knob in your hand, the size of each turn. Drag it while the machine works.

// %% id="train-setup" tags=["setup"] title="a knob for the size of a turn"
const size = ui.slider("size of a turn", { min: 0.001, max: 0.15, value: 0.1, log: true });

// %% id="train" title="Train"
manualSeed(42); // another number here, another random start
const model = nn.Linear(1, 1); // one w, one b
const sgd = optim.SGD(model.parameters(), { lr: size }); // follows your hand
const watch = watchLine(model);
for await (const step of slowly(100)) {
  const error = F.mse(model(hours), songs); // guess, and measure how wrong it was
  sgd.zeroGrad(); // forget the slopes of the step before
  error.backward(); // a slope for each knob: which way is downhill?
  sgd.step(); // turn every knob a little that way
  watch();
}

// %% [markdown] id="who-turned"
// Nobody told the machine what a guitar is. It had thirty points, an error and two knobs, and that was enough. How steep is downhill, and how does `backward()` know? That is lesson 3. Here it is enough to see *that* the knobs turn, and *what* turns them: the error.
//
// Who came closer? Go back and turn your own knobs: this figure follows.

// %% id="compare"
draw({ yours: line, machine: lineOf(model) });
const lowest = errorOf(lineOf(model)).toFixed(2);
console.log(`You guessed ${lowestGuess}. The machine got down to ${lowest}.`);

// %% [markdown] id="why-not-zero"
// The best error is not zero. Two students who practise alike do not know equally many songs, and a straight line cannot pass through both. What is left is chance, and no knob can turn chance away.
//
// A trained model is worth having because it answers questions nobody has asked before. **Change the number and run the cell.**

// %% id="use-it"
const practice = 2.5; // hours a day
drawAnswer(lineOf(model), practice);

// %% [markdown] id="synth-intro"
// ## The synthesizer
//
// A line is a modest instrument. Here is one with three knobs: it adds two waves, a **low** tone and a **high** one, and **shift** slides the high one along. Somewhere in here is the sound called *target*. Find it.

// %% id="synth-setup" tags=["setup"] title="a synthesizer, a hidden sound, and three knobs"
type Knobs = Record<"low" | "high" | "shift", number | Tensor>;
const time = linspace(0, 2 * Math.PI, 200);
const sound = ({ low, high, shift }: Knobs) =>
  time.sin().mul(low).add(time.mul(3).add(shift).sin().mul(high));
const target = sound({ low: 0.9, high: 0.6, shift: 1.1 });

const drawSound = (yours: Tensor) => {
  const title = `error ${F.mse(yours, target).item().toFixed(3)}`;
  plot.line(time, { target, yours }, { title, range: [-2, 2] });
};

/** Draws a sound that training changes, under knobs that nobody holds. */
function watchSound(knobs: Record<keyof Knobs, Tensor>) {
  const sliders = Object.entries(knobs).map(([name, knob]) =>
    ui.slider(`the machine's ${name}`, { min: -3, max: 3, step: 0.01, value: knob.item() }),
  );
  const now = () => ({ target, machine: sound(knobs).detach() });
  const wave = plot.line(time, now(), { range: [-2, 2] });
  const seen: [string, number][][] = [];
  return {
    update() {
      const places = Object.entries(knobs).map(([name, knob]): [string, number] => [
        name,
        knob.item(),
      ]);
      places.forEach(([, place], i) => (sliders[i].value = place));
      seen.push(places);
      wave.update(now());
    },
    /** The knob that was the last to come within 0.01 of where it ended. */
    lastToSettle() {
      const end = new Map(seen.at(-1));
      const away = ([name, value]: [string, number]) =>
        Math.abs(value - (end.get(name) ?? value)) > 0.01;
      return seen.findLast((knobs) => knobs.some(away))?.find(away)?.[0];
    },
  };
}

const low = ui.slider("low", { min: -1.5, max: 1.5, value: 0.3, step: 0.05 });
const high = ui.slider("high", { min: -1.5, max: 1.5, value: 0.3, step: 0.05 });
const shift = ui.slider("shift", { min: -3, max: 3, value: -1, step: 0.05 });

// %% id="synth-by-hand" tags=["auto"]
const yours = sound({ low: low.value, high: high.value, shift: shift.value });
drawSound(yours);

// %% [markdown] id="synth-predict"
// Harder? Three knobs are already enough to lose one's way, because each of them changes what the others should be. **Before you run the next cell**: which of the three knobs will the machine find last?

// %% id="synth-guess" tags=["predict"]
const slowestGuess = "?"; // "low", "high" or "shift"

// %% id="synth-train" title="Train the synthesizer"
const knob = (start: number) => tensor(start, { requiresGrad: true });
const knobs = { low: knob(0.3), high: knob(0.3), shift: knob(-1) };
const adam = optim.Adam(Object.values(knobs), { lr: 0.05 });
const scope = watchSound(knobs);
for await (const step of slowly(150)) {
  const error = F.mse(sound(knobs), target); // guess, and measure
  adam.zeroGrad(); // forget
  error.backward(); // ask
  adam.step(); // turn
  scope.update();
}

// %% id="synth-answer"
console.log(scope.lastToSettle(), "was the last; you said", slowestGuess);

// %% [markdown] id="synth-same-loop"
// Look at the loop: it is the loop from above, line for line. Guess, measure, ask, turn. It does not care whether the knobs belong to a line or a synthesizer, nor whether there are three of them or three billion. That is the whole trick, and the other lessons look into its four steps.
//
// Did the machine's knobs end elsewhere than yours, with the same sound? Both are right: a high tone turned upside down and slid by half its wave is the tone you had. Models have many good settings, and nobody can say in advance which one training will find.

// %% [markdown] id="strings-intro"
// ## A guitar with no strings
//
// And without parameters? Take two lines, each with a random start. One keeps its strings; on the other we cut them: its numbers are still there, but none of them may turn. Both train on the same points.

// %% id="strings"
const [strung, bare] = [nn.Linear(1, 1), nn.Linear(1, 1)];
for (const knob of bare.parameters()) knob.requiresGrad = false; // cut
const opt = optim.SGD([...strung.parameters(), ...bare.parameters()], { lr: 0.1 });
const miss = (line: nn.Linear) => F.mse(line(hours), songs);
const curve = plot.live({ y: "error", log: true });
for (const step of count(200)) {
  const errors = { strung: miss(strung), bare: miss(bare) };
  opt.zeroGrad();
  errors.strung.add(errors.bare).backward();
  opt.step();
  curve.push(errors);
}

// %% [markdown] id="strings-after"
// The bare one stays exactly as wrong as it was on the first step, for ever. All that a model can learn, it learns by turning parameters. A model that cannot turn any is a guitar that only looks good.

// %% [markdown] id="list-intro"
// ## Where the knobs are
//
// In a neural network the knobs have two names. A **weight** says how strongly one number acts on another, as `w` did. A **bias** is added on top, as `b` was. Here is a small network: two numbers go in, four in the middle, one comes out. Every arrow carries a weight and every number after the first two has a bias. How many knobs is that? Count on paper, write it down, then run both cells.

// %% id="list-guess" tags=["predict"]
const knobsGuess: number | "?" = "?";

// %% id="list"
const net = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1));
let total = 0;
for (const [name, knob] of net.namedParameters()) {
  console.log(`${name}: ${knob.shape.join(" x ")} = ${knob.numel()}`);
  total += knob.numel();
}
console.log(`${total} in all; you said ${knobsGuess}.`);

// %% [markdown] id="exercises"
// ## Your turn
//
// Three exercises. Each has a check that says what is not right yet, three hints and a solution.

// %% [exercise] id="ex-by-hand" title="By hand, below 5"
// Turn w and b at the top until this says true.
// Drag first and think later; then the other way round.
errorOf(line) < 5;

// %% id="ex-by-hand-check" tags=["check"] for="ex-by-hand"
const [left, right] = [0, 20].map((from) => {
  const some = students.x.slice(from, from + 10);
  return some.reduce((sum, hour, i) => sum + line(hour) - students.y[from + i], 0) / some.length;
});
const side = Math.abs(left) > Math.abs(right) ? "left" : "right";
const far = side === "left" ? left : right;
const place = far > 0 ? "too high" : "too low";
const own = errorOf(line);
expect(own).below(5, `on the ${side} the line runs ${place}`);

// %% [markdown] id="ex-by-hand-hint" tags=["hint"] for="ex-by-hand" title="where to look"
// Look at the left end of the line: where would a student stand who never practises? Then look at the right end.

// %% [markdown] id="ex-by-hand-hint-2" tags=["hint"] for="ex-by-hand" title="the rule"
// Turn **b** first, until the line starts where the points on the left are. Then turn **w** until it ends where the points on the right are.

// %% [markdown] id="ex-by-hand-hint-3" tags=["hint"] for="ex-by-hand" title="the place, with a blank"
// Put **b** at 5. The line should rise by about three songs with every hour: **w** at ____.

// %% id="ex-by-hand-solution" tags=["solution"] for="ex-by-hand"
// The numbers that made the students, in the folded cell at the top.
w.value = 3;
b.value = 5;
draw(line);

// %% [exercise] id="ex-mse" title="Write the error yourself"
// The mean of the squared misses: both numbers should be the same.
const meanSquare = (guess: Tensor, truth: Tensor) => guess.sub(truth).mean();
const guessed = hours.mul(3).add(5);
console.log("yours", meanSquare(guessed, songs).item().toFixed(3));
console.log("wanted", F.mse(guessed, songs).item().toFixed(3));

// %% id="ex-mse-check" tags=["check"] for="ex-mse"
const near = { rtol: 1e-5, atol: 1e-6 };
expect.each(5, () => {
  const [guess, truth] = [rand([8]).mul(6), rand([8]).mul(9)];
  const misses = guess.sub(truth);
  expect(meanSquare(guess, truth))
    .mistake(misses.mean(), "misses above and below cancel out: square each before the mean")
    .mistake(misses.mean().square(), "square each miss first, then take the mean")
    .mistake(misses.abs().mean(), "this is the mean size of a miss: square each instead")
    .mistake(misses.square().sum(), "this is the sum: take the mean")
    .mistake(misses.square().mean().sqrt(), "this is the root of it: leave the mean as it is")
    .mistake(misses.square(), "these are the squares, one by one: take their mean")
    .close(misses.square().mean(), near, "the mean of the squared misses");
});
expect(meanSquare(tensor([1, 2]), tensor([1, 2]))).close(0, near, "no misses, no error");

// %% [markdown] id="ex-mse-hint" tags=["hint"] for="ex-mse" title="where to look"
// Compare the two numbers that the cell prints. One is far too small: misses above and below the line cancel out in a mean.

// %% [markdown] id="ex-mse-hint-2" tags=["hint"] for="ex-mse" title="the rule"
// What makes all misses positive, and large ones count more? Square each, before the mean is taken. There is a method called `square()`.

// %% [markdown] id="ex-mse-hint-3" tags=["hint"] for="ex-mse" title="the line, with a blank"
// `guess.sub(truth).____.mean()`

// %% id="ex-mse-solution" tags=["solution"] for="ex-mse"
// A square is never negative, and a miss twice as far counts four times.
const meanSquare = (guess: Tensor, truth: Tensor) => guess.sub(truth).square().mean();

// %% [exercise] id="ex-count" title="How many knobs?"
const knobsOf = {
  line: 0, // y = w x + b
  parabola: 0, // y = a x x + w x + b
  synthesizer: 0, // the one above
};

// %% id="ex-count-check" tags=["check"] for="ex-count"
const isCounted = (wanted: number) => (knobs: number) => knobs === wanted;
expect(knobsOf.line)
  .mistake(3, "the line has fewer - x is no knob: it comes from the data")
  .mistake(1, "the line has more - one letter turns it, and which one lifts it?")
  .holds(isCounted(2), "not the line's - how many letters of it may training change?");
expect(knobsOf.parabola)
  .mistake(4, "the parabola has fewer - x is no knob: it comes from the data")
  .mistake(6, "the parabola has fewer - x is no knob, however often it is written")
  .mistake(2, "the parabola has more - what bends it?")
  .holds(isCounted(3), "not the parabola's - how many letters of it may training change?");
expect(knobsOf.synthesizer)
  .mistake(2, "the synthesizer has more - the second wave can be slid along, too")
  .mistake(4, "the synthesizer has fewer - time is no knob: it runs by itself")
  .holds(isCounted(3), "not the synthesizer's - which knobs did you hold?");

// %% [markdown] id="ex-count-hint" tags=["hint"] for="ex-count" title="where to look"
// Look at the formula behind each name, and at the knobs that you held.

// %% [markdown] id="ex-count-hint-2" tags=["hint"] for="ex-count" title="the rule"
// Count the letters that training may change. `x` is not one of them: it comes from the data.

// %% [markdown] id="ex-count-hint-3" tags=["hint"] for="ex-count" title="the answer, with a blank"
// A line has two, `w` and `b`. A parabola has `a` besides: ____. The synthesizer has *low*, *high* and ____.

// %% id="ex-count-solution" tags=["solution"] for="ex-count"
const knobsOf = { line: 2, parabola: 3, synthesizer: 3 };

// %% [markdown] id="recap"
// ## What you take along
//
// - A **parameter** is a number inside a model that decides what it answers: a knob.
// - **Training** turns the knobs: guess, measure the error, ask which way is down, turn a little, again.
// - In networks the knobs are called **weights** and **biases**. With nothing to turn, nothing is learned.

// %% [markdown] id="quiz" tags=["quiz"]
// ### Two questions
//
// In the Train cell you held `lr`, the size of each turn. Is `lr` a parameter of the model?
//
// - [ ] Yes, it decides where the line ends: it decides how fast the line gets there. No turn of the training changes it.
// - [x] No, training never changes it: you do. Such settings are called *hyperparameters*, and lesson 7 is about them.
// - [ ] Only while the cell runs: it is in your hand then, and still not in the machine's.
//
// You run Train with another seed. The knobs start elsewhere. Where do they end?
//
// - [x] At the same place, as near as you can see: for a line there is one best position, and every way leads down to it. Bigger models have many good positions, and lesson 6 shows what the start then decides.
// - [ ] Elsewhere, as they started elsewhere: try it. For a line there is one best position, and every way leads down to it.
// - [ ] At the same place, but with a larger error: the same place has the same error: it is made of the line and the points alone.

// %% [markdown] id="simplified"
// ### What the article simplifies
//
// The article this lesson grew from says that a model learns to turn its knobs *all by itself*. Nearly. The model holds the knobs; turning them is the work of a second thing, the *optimizer* (`sgd` and `adam` above), and people decided what counts as an error, how large each turn is and when to stop. And our thirty students were made up, in the folded cell at the top, so that you could check the answer: there you find the knobs that made them.

// %% [markdown] id="next"
// **Next: [lesson 2](?lesson=02).** A weight and a bias: what does each of them do, and what is lost without one?
