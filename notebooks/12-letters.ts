// ---
// title: Letters that find each other
// question: A model can only multiply numbers. How does it get hold of letters, words or pictures?
// minutes: 35
// order: 12
// needs: [5]
// ---

// %% [markdown] id="opening"
// # Letters that find each other
//
// Here are the first names given in the United States in one year. Let a machine learn to write such names: *some letters are written, which comes next?* The simplest way is to count. **Choose a letter**: the bars show how often each other one follows it. A dot stands for the beginning and the end of a name.

// %% id="setup" tags=["setup"] title="names, how often letters follow each other, and pens"
import { accuracy, cdist, data, expect, F, manualSeed, multinomial, nn, noGrad } from "descent";
import { optim, plot, randint, randn, tensor, ui, type Tensor } from "descent";

const short = (value: number) => String(Number(value.toPrecision(3))).replace("-", "−");
const two = (value: number) => value.toFixed(2).replace("-", "−");

const names = data.load("names");
const symbols = names.letters; // ".", "a", ..., "z"
const numberOf = (letter: string) => symbols.indexOf(letter);

/** How often a letter follows another: `[27, 27]`. */
function countsOf({ x, y }: data.Dataset) {
  const pairs = x.at(null, 2).mul(27).add(y); // the letter before, and the one after
  return pairs
    .bincount({ minlength: 27 * 27 })
    .reshape([27, 27])
    .to("f32");
}
const counts = countsOf(names);
const after = ui.select("letter", [".", "a", "e", "h", "n", "q", "u", "y"], { value: "q" });

// %% id="after" tags=["auto"]
const followers = counts.at(numberOf(after.value));
const shares = followers.div(followers.sum());
const title = `after ${after.value}`;
plot.bars(shares, { labels: symbols, title, x: "next", y: "share", range: [0, 1] });

// %% [markdown] id="next-words"
// After *q* comes *u*, in names too. Here are all 27 rows at once. **Find the vowels**: which rows look alike?

// %% id="table"
const chances = counts.div(counts.sum(1, { keepdim: true })); // each row adds up to 1
const axes = { rows: symbols, columns: symbols, x: "next", y: "letter" };
plot.heatmap(chances, { ...axes, values: false, height: 560 });

// %% [markdown] id="loss-words"
// ## How good is it at guessing?
//
// The loss is the one of lesson 6: minus the logarithm of what was believed of the letter that came. Whoever believes the same of all 27 has a loss of $\ln 27$. **Before you run it**: how much will the counts do better? The loss of somebody who always knows is 0.

// %% id="loss-guess" tags=["predict"]
const lossGuess: number | "?" = "?"; // from 1

// %% id="loss"
manualSeed(42);
const { train, test } = names.split(0.9); // no name stands in both
const smooth = countsOf(train).add(1); // lest anything be thought impossible
const scores = smooth.div(smooth.sum(1, { keepdim: true })).log();
const lossOf = (scores: Tensor, { x, y }: data.Dataset) =>
  F.crossEntropy(scores.takeRows(x.at(null, 2)), y).item();
const byCounts = lossOf(scores, test);
const blind = Math.log(27); // of who knows nothing
console.log(`${two(blind)}, counting ${two(byCounts)}; you said ${lossGuess}.`);

// %% [markdown] id="write-words"
// And it can write: throw a die that is loaded by the row of the last letter, until a dot comes.

// %% id="write-setup" tags=["setup"] title="numbers of letters as text"
/** A name from the numbers of its letters, without the dots around it. */
const spell = (numbers: readonly number[]) =>
  numbers.map((each) => (each === 0 ? "" : symbols[each])).join("");

// %% id="write"
function invent(scoresAfter: (written: number[]) => Tensor) {
  const written = [0, 0, 0]; // it begins with dots
  do {
    const chances = scoresAfter(written).softmax(0);
    written.push(multinomial(chances, 1).item());
  } while (written.at(-1) !== 0 && written.length < 18);
  return spell(written);
}
manualSeed(42);
const afterLast = (written: number[]) => scores.at(written[written.length - 1]);
console.log(Array.from({ length: 10 }, () => invent(afterLast)).join(", "));

// %% [markdown] id="learned-words"
// Names from a country that is not on the map. One letter is not much of a memory.
//
// ## The same table, learned
//
// Nothing in this needs counting. Take a table of 27 rows with 27 scores each, all zero, and turn its knobs downhill. **Before you run it**: will its loss end lower than that of the counts, higher, or the same?

// %% id="learned-guess" tags=["predict"]
const learnedGuess = "?"; // "lower", "higher" or "same"

// %% id="learned" title="Learn the table"
manualSeed(42);
const rows = nn.Embedding(27, 27); // a row of scores for each letter
nn.init.zeros_(rows.weight);
const opt = optim.Adam(rows.parameters(), { lr: 0.1 });
const goal = { y: byCounts, label: "counting" };
const curve = plot.live({ y: "loss", smooth: 0.9, marks: [goal] });
for (const { x, y } of train.batches(512, { steps: 400 })) {
  const loss = F.crossEntropy(rows(x.at(null, 2)), y);
  (opt.zeroGrad(), loss.backward(), opt.step());
  curve.push({ loss });
}

// %% id="learned-told"
const byLearning = lossOf(rows.weight.detach(), test);
const difference = byLearning - byCounts;
const is = Math.abs(difference) < 0.02 ? "same" : difference < 0 ? "lower" : "higher";
console.log(`counting ${two(byCounts)}, learning ${two(byLearning)}:`);
console.log(`${is}; you said ${learnedGuess}.`);

// %% [markdown] id="lookup-words"
// Learning has found the counts again, or rather their logarithms, without ever counting. And you have met the thing that this lesson is about. `nn.Embedding` is a **table of knobs with a row for each letter**: a number goes in, its row comes out.
//
// That looks like something new. It is an old friend. Write a letter as 27 numbers, all zero but a single one (it is called *one-hot*) and multiply by the table, as a layer does: all rows are silenced but one.

// %% id="lookup"
const letter = tensor([numberOf("q")]);
const looked = rows(letter); // the row of q
const hot = F.oneHot(letter, 27).to("f32"); // 27 numbers, one of them 1
const multiplied = hot.matmul(rows.weight);
const apart = looked.sub(multiplied).abs().max().item();
console.log(`looked up or multiplied: ${apart} apart`);

// %% [markdown] id="explode-words"
// So slopes go through it as through any layer, and only the row that was looked up learns.
//
// ## A longer memory
//
// To write better names one must look at more than one letter. A row for each pair of letters, then, or for each three? **Drag the memory.**

// %% id="explode-setup" tags=["setup"] title="a knob for the memory, and a count of what is seen"
const memory = ui.slider("letters remembered", { min: 1, max: 6, value: 2, step: 1 });
const seenWith = Array.from({ length: 6 }, (_, i) => {
  const seen = new Set<string>();
  for (const word of names.words) {
    const padded = ".".repeat(i + 1) + word + ".";
    for (let at = 0; at + i + 1 < padded.length; at++) seen.add(padded.slice(at, at + i + 1));
  }
  return seen.size;
});

/** Draws how many rows a table needs, and how many of them names ever use. */
function drawRows(title: string) {
  const lengths = [1, 2, 3, 4, 5, 6];
  const rows = { "rows of the table": (n: number) => 27 ** n, "ever seen": seenWith };
  plot.line(lengths, rows, {
    x: "letters remembered",
    y: "rows",
    log: true,
    title,
    marks: [{ x: memory.value }],
  });
}

// %% id="explode" tags=["auto"]
const needed = 27 ** memory.value;
const seen = seenWith[memory.value - 1];
const share = short((100 * seen) / needed);
drawRows(`${share} % of ${needed.toLocaleString("en")} rows were ever seen`);

// %% [markdown] id="places-words"
// The table explodes, and nearly all of its rows never see a name. What was learned about *ann* says nothing of *enn*, though everybody can see that they are alike. Everybody, because everybody knows that *a* and *e* are somehow the same kind of thing.
//
// So give each **letter** a row, of two numbers only: a place on a map. Three letters make six numbers, and a small network goes from there to 27 scores. If *a* and *e* stand near each other on the map, whatever it learns of one holds for the other. The places are knobs like all others (Y. Bengio and others did it with words, in 2003).
//
// **Before you run it**: which letter will end up nearest to *a*?

// %% id="places-guess" tags=["predict"]
const neighbourOfA = "?"; // "b", "e", "n" or "y"

// %% id="build"
manualSeed(42);
const letters = nn.Embedding(27, 2); // the map
const net = nn.Sequential(
  letters, // three letters become three places
  nn.Flatten(), // six numbers
  nn.Linear(6, 100),
  nn.Tanh(),
  nn.Linear(100, 27), // a score for each letter that may follow
);
const first = F.crossEntropy(net(test.x), test.y).item();
console.log(`${net.summary().total} knobs, first loss ${two(first)}`);

// %% id="map-setup" tags=["setup"] title="colours of letters, and a ruler for maps"
const vowels = [..."aeiou"];
const consonants = [..."bcdfghjklmnpqrstvwxz"]; // y is both, and counts as neither
const kind = (letter: string) =>
  vowels.includes(letter) ? "vowel" : letter === "." ? "end" : letter === "y" ? "y" : "consonant";

/** Distances on a map of letters, `[27, size]`. */
function rulerOf(map: Tensor) {
  const points = map.detach();
  const distance = (p: string, q: string) =>
    points
      .at(numberOf(p))
      .sub(points.at(numberOf(q)))
      .norm()
      .item();
  const nearest = (letter: string) =>
    symbols
      .filter((other) => other !== letter && other !== ".")
      .toSorted((p, q) => distance(letter, p) - distance(letter, q))[0];
  /** The mean over all pairs of two different letters. */
  const mean = (some: readonly string[], others: readonly string[]) => {
    const all = some.flatMap((p) => others.filter((q) => q !== p).map((q) => distance(p, q)));
    return all.reduce((sum, each) => sum + each, 0) / all.length;
  };
  /** 1: vowels are as far from each other as from consonants. */
  const ratio = mean(vowels, vowels) / mean(vowels, consonants);
  return { nearest, ratio };
}

// %% id="train" title="Watch the map" quick={"steps": 1500}
const steps = 3000; // batches of 64
const adam = optim.Adam(net.parameters(), { lr: 0.01 });
const map = plot.embedding(letters.weight, { labels: symbols, color: kind });
const losses = plot.live({ y: "loss", smooth: 0.97, height: 200 });
for (const { x, y } of train.batches(64, { steps })) {
  const loss = F.crossEntropy(net(x), y);
  (adam.zeroGrad(), loss.backward(), adam.step());
  losses.push({ train: loss });
  map.update();
}

// %% [markdown] id="measure-words"
// ## Is it true, or do we want it to be?
//
// Eyes find patterns everywhere, so measure. Who is the nearest neighbour of each vowel? And how far are vowels from each other, for each step between a vowel and a consonant? And because chance makes patterns too: the same on a map that has learned nothing.

// %% id="measure"
manualSeed(42);
const learned = rulerOf(letters.weight);
const thrown = rulerOf(nn.Embedding(27, 2).weight);
console.table(
  vowels.map((vowel) => ({
    vowel,
    "lives by": learned.nearest(vowel),
    "by chance": thrown.nearest(vowel),
  })),
);
console.log(`ratio ${two(learned.ratio)}, by chance ${two(thrown.ratio)}`);
console.log(`Nearest to a is ${learned.nearest("a")}; you said ${neighbourOfA}.`);

// %% [markdown] id="measure-after"
// Nobody told it of vowels, nor of sounds. After *a* and after *e* much the same letters follow, and before them too. Where two letters are used alike, the network saves itself work by putting them in one place.
//
// And was it worth it? The loss on names it has never seen, and new names.

// %% id="compare"
const byPlaces = noGrad(() => F.crossEntropy(net(test.x), test.y)).item();
const left = { nothing: blind, "one letter": byCounts, "three letters": byPlaces };
plot.bars(left, { y: "loss on new names" });
manualSeed(42);
const scoresOf = (written: number[]) => net(tensor([written.slice(-3)])).at(0);
const better = noGrad(() => Array.from({ length: 10 }, () => invent(scoresOf)));
console.log(better.join(", "));

// %% [markdown] id="ask-words"
// Ask it yourself. **Begin a name, and see which letter it expects.** It looks at the last three. The other knob is its *boldness* (the trade says temperature): the scores are divided by it before they become chances. A timid writer always takes the likeliest letter; a bold one hardly looks at the scores.

// %% id="ask-setup" tags=["setup"] title="the beginning of a name, and a knob for boldness"
const begun = ui.text("a name begins", { value: "ann" });
const boldness = ui.slider("boldness", { min: 0.1, max: 5, value: 1, log: true });
/** The numbers of the last three letters, with dots before a short beginning. */
const lastThree = (word: string) =>
  [..."...", ...word.toLowerCase()]
    .map(numberOf)
    .filter((each) => each >= 0)
    .slice(-3);

// %% id="ask"
const expected = noGrad(() => scoresOf(lastThree(begun.value)))
  .div(boldness.value)
  .softmax(0);
const seenAs = { labels: symbols, title: `after “${begun.value}”` };
plot.bars(expected, { ...seenAs, x: "next", y: "chance", range: [0, 1] });

// %% [markdown] id="more-words"
// ## More room
//
// Two numbers are few: they were chosen so that you can look. With more numbers for each letter there is room for more than one kind of likeness. **Before you run it**: a network with ten numbers a letter and more than three times the knobs. By how much will its loss on new names be lower?

// %% id="more-guess" tags=["predict"]
const moreGuess: number | "?" = "?"; // from 0.1

// %% id="more-setup" tags=["setup"] title="a training for any number of numbers a letter"
interface Size {
  readonly numbers: number;
  readonly hidden: number;
  readonly steps: number;
  readonly lr?: number;
}
/** A network with so many numbers for each letter, trained; its loss on new names. */
function lettersWith({ numbers, hidden, steps, lr = 0.005 }: Size) {
  manualSeed(42);
  const net = nn.Sequential(
    nn.Embedding(27, numbers),
    nn.Flatten(),
    nn.Linear(3 * numbers, hidden),
    nn.Tanh(),
    nn.Linear(hidden, 27),
  );
  const opt = optim.Adam(net.parameters(), { lr });
  const schedule = optim.CosineAnnealingLR(opt, steps);
  for (const { x, y } of train.batches(64, { steps })) {
    const loss = F.crossEntropy(net(x), y);
    opt.zeroGrad();
    loss.backward();
    opt.step();
    schedule.step();
  }
  const knobs = net.summary().total;
  return { net, knobs, loss: noGrad(() => F.crossEntropy(net(test.x), test.y)).item() };
}

// %% id="more"
const roomy = lettersWith({ numbers: 10, hidden: 200, steps });
const lower = byPlaces - roomy.loss;
console.log(`${roomy.knobs} knobs: loss ${two(roomy.loss)},`);
console.log(`lower by ${two(lower)}; you said ${moreGuess}.`);

// %% [markdown] id="pictures-words"
// ## Pictures too
//
// Whatever a network makes of its input on the way to an answer is a row of numbers. Here is one that reads digits, and in its middle everything must pass through **two** neurons: it has to give each picture a place on a map. Nobody says where. **Point at the dots to see the pictures.**

// %% id="pictures-setup" tags=["setup"] title="digits, and a network with a narrow middle"
manualSeed(42);
const digits = data.load("digits").split(0.8);
const places = nn.Sequential(nn.Linear(64, 32), nn.Tanh(), nn.Linear(32, 2));
const reader = nn.Sequential(places, nn.Linear(2, 32), nn.Tanh(), nn.Linear(32, 10));

/** The mean distance of two pictures of one digit, and of two pictures of different ones. */
function meanDistances(dots: Tensor, labels: Tensor) {
  const distances = cdist(dots, dots);
  const isSame = labels.unsqueeze(0).eq(labels.unsqueeze(1));
  const meanWhere = (mask: Tensor) => distances.maskedSelect(mask).mean().item();
  return { same: meanWhere(isSame), other: meanWhere(isSame.logicalNot()) };
}

// %% id="pictures" title="Let pictures find their places"
const solver = optim.Adam(reader.parameters(), { lr: 0.01 });
for (const { x, y } of digits.train.batches(64, { epochs: 30 })) {
  const loss = F.crossEntropy(reader(x), y);
  (solver.zeroGrad(), loss.backward(), solver.step());
}
const dots = noGrad(() => places(digits.test.x)); // of pictures it has not seen
const classes = Array.from(digits.test.y.data, String);
plot.embedding(dots, { color: classes, images: digits.test.x.reshape([-1, 8, 8]) });
console.log(`${(100 * accuracy(reader, digits.test)).toFixed(0)} percent read`);

// %% id="pictures-told"
const { same, other } = meanDistances(dots, digits.test.y);
const ratio = same / other;
console.log(`same digit ${two(same)}, another ${two(other)}: ratio ${two(ratio)}`);

// %% [markdown] id="answer-words"
// ## The answer
//
// A model can only multiply numbers. How does it get hold of letters, words or pictures? It gives each of them a row of numbers, a place. Here is the map of the letters once more: press a letter, and see who is near it.

// %% id="answer"
const nearness = two(learned.ratio);
const said = `vowels lie ${nearness} times as far from each other as from others`;
plot.embedding(letters.weight, { labels: symbols, color: kind, title: said });

// %% [markdown] id="answer-after"
// The places start at random and are turned by the slopes of the loss, like all other knobs. In the end things that are used alike stand close together, since whatever is learned of one then holds for its neighbours.

// %% [markdown] id="exercises"
// ## Your turn
//
// Four exercises. Each has a check that says what is not right yet, three hints and a solution.

// %% [exercise] id="ex-surprise" title="How surprising is a name?"
// Minus the mean of the logarithms of what was believed of each letter that came.
function surpriseOf(name: string, scores: Tensor) {
  const text = `.${name}`;
  let sum = 0;
  for (let i = 1; i < text.length; i++)
    sum += scores.at(numberOf(text[i - 1]), numberOf(text[i])).item();
  return sum;
}
two(surpriseOf("anna", scores));

// %% id="ex-surprise-check" tags=["check"] for="ex-surprise"
expect.each(["anna", "quinn", "bo", "x"], (name) => {
  const text = `.${name}.`;
  const believed = Array.from(text.slice(1), (each, i) =>
    scores.at(numberOf(text[i]), numberOf(each)).item(),
  );
  const sum = believed.reduce((a, b) => a + b);
  const open = sum - believed[believed.length - 1];
  const wanted = -sum / believed.length;
  expect(surpriseOf(name, scores))
    .mistake(-wanted, "the logarithm of a share is below zero: a minus is missing")
    .mistake(sum, "this is the sum, and below zero: minus, and divided by how many letters came")
    .mistake(open, "the name ends with a dot, which must be guessed too; then minus, and the mean")
    .mistake(-sum, "this is the sum: divide by how many letters came, the dot included")
    .mistake(-open, "this is the sum, and the dot at the end is missing")
    .mistake(-open / name.length, "the dot at the end must be guessed too")
    .mistake(-sum / name.length, "the dot at the end counts as a letter that came")
    .mistake(-open / believed.length, "the dot at the end is counted, but not added")
    .close(wanted, { rtol: 1e-4 }, "minus the mean of the logarithms");
});

// %% [markdown] id="ex-surprise-hint-1" tags=["hint"] for="ex-surprise" title="where to look"
// Write down the pairs of letters that the loop visits for *bo*. Which guess is missing at the end?

// %% [markdown] id="ex-surprise-hint-2" tags=["hint"] for="ex-surprise" title="the rule"
// Put a dot behind the name too. There is a guess for each letter of the name and one for the dot: divide by their number, and turn the sign.

// %% [markdown] id="ex-surprise-hint-3" tags=["hint"] for="ex-surprise" title="the lines, with a blank"
// ``const text = `.${name}.`;`` and `return -sum / (text.length - ____);`

// %% id="ex-surprise-solution" tags=["solution"] for="ex-surprise"
function surpriseOf(name: string, scores: Tensor) {
  const text = `.${name}.`; // it ends with a dot, too
  let sum = 0;
  for (let i = 1; i < text.length; i++)
    sum += scores.at(numberOf(text[i - 1]), numberOf(text[i])).item();
  return -sum / (text.length - 1);
}
two(surpriseOf("anna", scores));

// %% [exercise] id="ex-lookup" title="Look up by multiplying"
// The rows of some numbers, [n] to [n, size], by a product alone.
function lookUp(table: Tensor, numbers: Tensor): Tensor {
  const hot = F.oneHot(numbers, table.shape[0]).to("f32");
  return hot;
}
lookUp(letters.weight.detach(), tensor([1, 5])).shape;

// %% id="ex-lookup-check" tags=["check"] for="ex-lookup"
expect.each(3, () => {
  const table = randn([7, 3]);
  const numbers = randint(0, 7, [5]);
  const answer = lookUp(table, numbers);
  expect(answer)
    .mistake(
      F.oneHot(numbers, 7).to("f32"),
      "these are the numbers as zeros and ones: multiply them by the table",
    )
    .shape([5, 3], "a row of the table for each number");
  expect(answer).close(
    table.takeRows(numbers),
    { atol: 1e-6 },
    "the rows of these numbers, in their order",
  );
  const knobs = table.clone();
  knobs.requiresGrad = true;
  const back = () =>
    lookUp(knobs, tensor([2, 2]))
      .sum()
      .backward();
  expect(back).runs("no slope reaches the table: multiply the table itself");
  expect(knobs.grad.sum(1)).close(
    [0, 0, 6, 0, 0, 0, 0],
    { atol: 1e-6 },
    "only the row that was looked up learns",
  );
});

// %% [markdown] id="ex-lookup-hint-1" tags=["hint"] for="ex-lookup" title="where to look"
// The shapes tell: `hot` is [n, rows] and the table is [rows, size]. What makes [n, size] of them?

// %% [markdown] id="ex-lookup-hint-2" tags=["hint"] for="ex-lookup" title="the rule"
// A matrix product adds up the rows of the table, each times its number in `hot`. All of these are zero but one.

// %% [markdown] id="ex-lookup-hint-3" tags=["hint"] for="ex-lookup" title="the line, with a blank"
// `return hot.____(table);`

// %% id="ex-lookup-solution" tags=["solution"] for="ex-lookup"
function lookUp(table: Tensor, numbers: Tensor): Tensor {
  const hot = F.oneHot(numbers, table.shape[0]).to("f32");
  return hot.matmul(table); // every row times zero, but one
}
lookUp(letters.weight.detach(), tensor([1, 5])).shape;

// %% [exercise] id="ex-near" title="Who lives next door?"
// The letter nearest to one on a map, [27, size]; neither itself nor the dot.
function neighbourOf(letter: string, map: Tensor) {
  const own = map.at(numberOf(letter));
  const distances = map.sub(own).square().sum(1); // from each row to this one
  return symbols[distances.argmin().item()];
}
neighbourOf("a", letters.weight.detach());

// %% id="ex-near-check" tags=["check"] for="ex-near"
expect.each(4, () => {
  const drawn = randn([27, 2]);
  const ruler = rulerOf(drawn);
  for (const each of ["a", "k", "z"]) {
    const away = drawn
      .sub(drawn.at(numberOf(each)))
      .square()
      .sum(1);
    const farthest = symbols[away.argmax().item()];
    expect(neighbourOf(each, drawn))
      .mistake(each, "nobody is one's own neighbour, though nobody is nearer")
      .mistake(".", "the dot is no letter")
      .mistake(farthest, "this is the farthest")
      .equal(ruler.nearest(each), "the letter at the smallest distance");
  }
});
const close = randn([27, 2]);
close.set([0], close.at(3).add(0.001)); // the dot, next to c
expect(neighbourOf("c", close))
  .mistake(".", "the dot is no letter")
  .equal(rulerOf(close).nearest("c"));

// %% [markdown] id="ex-near-hint-1" tags=["hint"] for="ex-near" title="where to look"
// Run the starter. How far is a letter from itself?

// %% [markdown] id="ex-near-hint-2" tags=["hint"] for="ex-near" title="the rule"
// Make the distances of those who may not win infinite, before you look for the smallest.

// %% [markdown] id="ex-near-hint-3" tags=["hint"] for="ex-near" title="the lines, with a blank"
// `for (const not of [0, ____]) distances.set([not], Infinity);`

// %% id="ex-near-solution" tags=["solution"] for="ex-near"
function neighbourOf(letter: string, map: Tensor) {
  const own = map.at(numberOf(letter));
  const distances = map.sub(own).square().sum(1);
  for (const not of [0, numberOf(letter)]) distances.set([not], Infinity); // may not win
  return symbols[distances.argmin().item()];
}
neighbourOf("a", letters.weight.detach());

// %% [exercise] id="ex-better" title="A better writer"
// A loss below 2.33 on new names, with less than 20 million knobs times steps.
const writer: Size = { numbers: 2, hidden: 20, steps: 500, lr: 0.001 };
const written = lettersWith(writer);
`${written.knobs} knobs, loss ${two(written.loss)}`;

// %% id="ex-better-check" tags=["check"] for="ex-better"
expect(writer.steps * written.knobs).below(20_000_001, "knobs times steps: spend less");
const small = "loss on new names: few knobs - more numbers a letter, or more neurons";
const slow = "loss on new names: it has hardly begun - a higher rate, or more steps";
const again = lettersWith(writer).loss;
expect(again).below(2.33, written.knobs < 3000 ? small : slow);

// %% [markdown] id="ex-better-hint-1" tags=["hint"] for="ex-better" title="where to look"
// The starter has few knobs, few steps and a low rate. Which of them costs nothing?

// %% [markdown] id="ex-better-hint-2" tags=["hint"] for="ex-better" title="the rule"
// Begin with the rate: ten times as high. Then spend what is left on steps and on numbers for each letter.

// %% [markdown] id="ex-better-hint-3" tags=["hint"] for="ex-better" title="the line, with a blank"
// `const writer: Size = { numbers: 6, hidden: 100, steps: 3000, lr: ____ };`

// %% id="ex-better-solution" tags=["solution"] for="ex-better"
const writer: Size = { numbers: 6, hidden: 100, steps: 3000, lr: 0.01 }; // a rate that moves
const written = lettersWith(writer);
`${written.knobs} knobs, loss ${two(written.loss)}`;

// %% [markdown] id="recap"
// ## What you take along
//
// - An **embedding** is a table of knobs with a row for each thing. Looking a row up is multiplying by zeros and a one, so it learns like any layer.
// - Things that are **used alike** end up in places that lie alike: what is learned of one then holds for the other.
// - Eyes find patterns everywhere: **measure**, and compare with what chance does.

// %% [markdown] id="quiz" tags=["quiz"]
// ### Two questions
//
// A table of letters is trained on names. In one batch of names there is no *x*. Which knobs of its row get a slope?
//
// - [ ] All, as all knobs of a network do: this row was multiplied by zero.
// - [x] None: a row that was not looked up has no part in the answer.
// - [ ] Those of its nearest neighbours: rows learn alone, each from where it was used.
//
// Is *vowel* one of the two numbers of a letter?
//
// - [ ] Yes, the first: in another start it may be neither of them.
// - [x] No: from another start the map is turned or mirrored, and the vowels lie elsewhere, but again together.
// - [ ] Yes, though one cannot know which: look at the map, and turn it.

// %% [markdown] id="simplified"
// ### What the article simplifies
//
// *Embeddings convert raw data into dense numerical vectors.* As if there were a machine that converts. There is a table of knobs, at first at random, and a loss. What the vectors then mean depends on the question that was trained: these letters were asked what follows in a name. Asked how they are drawn, *o* and *q* would have found each other.

// %% [markdown] id="next"
// **Next: [lesson 13](?lesson=13).** The same with words: some thousands of them, and a dictionary to read.
