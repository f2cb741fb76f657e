// ---
// title: King, queen, car
// question: How can a machine that has only read know that king lies near queen, and far from car?
// minutes: 35
// order: 13
// needs: [8]
// ---

// %% [markdown] id="opening"
// # King, queen, car
//
// Which two of *king*, *queen* and *car* belong together? You need no time for that. A machine has seen neither a throne nor an engine, only letters. Yet here is a table that knows: every word in it is a row of a hundred numbers, and for each word it says which others are near. **Choose a word, or write one of your own.**

// %% id="setup" tags=["setup"] title="a table of words that somebody else trained, a ruler for it, and a pen"
import { data, expect, F, manualSeed, nn, noGrad, optim, plot, rand } from "descent";
import { randint, randn, stack, tensor, ui, type Tensor } from "descent";

const short = (value: number) => String(Number(value.toPrecision(3))).replace("-", "−");
const two = (value: number) =>
  value
    .toFixed(2)
    .replace(/^-0\.00$/, "0.00")
    .replace("-", "−");

/** Words with an arrow for each; arrows are compared by where they point. */
function tableOf(words: readonly string[], values: Tensor) {
  const unit = F.normalize(values.detach()); // every arrow as long as 1
  const rows = new Map(words.map((word, row) => [word, row]));
  const has = (word: string) => rows.has(word);
  /** The row of a word, or the whole table's complaint. */
  const rowOf = (word: string) => {
    const row = rows.get(word);
    if (row === undefined) throw new RangeError(`"${word}" is none of the ${words.length} words`);
    return row;
  };
  const arrowOf = (word: string) => values.detach().at(rowOf(word));
  /** The cosine of the angle between the arrows of two words. */
  const closeness = (one: string, other: string) =>
    unit
      .at(rowOf(one))
      .dot(unit.at(rowOf(other)))
      .item();
  /** The words whose arrows point most nearly where this one points. */
  const nearest = (arrow: Tensor, count: number, without: readonly string[] = []) => {
    const all = unit.matmul(arrow.div(arrow.norm()));
    const { values, indices } = all.topk(count + without.length);
    const places = Array.from(indices.data, (row) => words[row]);
    return places
      .map((word, i) => ({ word, closeness: values.at(i).item() }))
      .filter(({ word }) => !without.includes(word))
      .slice(0, count);
  };
  return { words, values: values.detach(), has, arrowOf, closeness, nearest };
}
type Words = ReturnType<typeof tableOf>;

/** Draws how near some things are: a bar across for each. */
function drawBars(
  bars: readonly { word: string; closeness: number }[],
  title: string,
  axis = "closeness",
) {
  const shown = bars.toReversed(); // plotly begins at the bottom
  plot.drawing(() => ({
    data: [
      {
        type: "bar",
        orientation: "h",
        x: shown.map((bar) => bar.closeness),
        y: shown.map(({ word }) => word),
        marker: { color: shown.map((bar) => (bar.closeness < 0 ? "#c9620a" : "#1f6fb5")) },
        text: shown.map((bar) => two(bar.closeness)),
        textposition: "auto",
        hoverinfo: "skip",
      },
    ],
    layout: {
      title: { text: title },
      xaxis: {
        range: [Math.min(0, ...bars.map((bar) => bar.closeness)), 1],
        title: { text: axis },
      },
      yaxis: { type: "category", dtick: 1, automargin: true, ticks: "", showgrid: false },
      margin: { l: 8, r: 12, t: 36, b: 40 },
      height: 80 + 24 * bars.length,
      bargap: 0.2,
    },
    words: `${title}: ${bars.map((bar) => `${bar.word} ${two(bar.closeness)}`).join(", ")}`,
  }));
}

/** Draws the words nearest to one, or says that it is not in the table. */
function drawNear(table: Words, chosen: string, written: string) {
  const word = written.trim().toLowerCase() || chosen;
  if (!table.has(word))
    return drawBars([], `"${word}" is not among the ${table.words.length} words`);
  drawBars(table.nearest(table.arrowOf(word), 8, [word]), `nearest to ${word}`);
}

const asked = ui.select("word", ["king", "car", "cat", "guitar", "paris", "hot"]);
const own = ui.text("or your own", { placeholder: "any English word" });

// %% id="table" tags=["auto"]
const glove = data.load("glove"); // 5,004 words, 100 numbers for each
const library = tableOf(glove.words, glove.values);
drawNear(library, asked.value, own.value);

// %% [markdown] id="table-words"
// Nobody told the table what a king is. A program read a very large amount of text, and turned knobs. (It is called GloVe: J. Pennington, R. Socher and C. Manning, 2014.) How can reading alone do that? You will find out by doing it: first with thirty words, then with the definitions of a dictionary.
//
// **Before you go on.** Six pairs: *king queen*, *king car*, *cat dog*, *cat car*, *truck car*, *hot cold*. Which of them will lie closest together in such a table? We come back to it at the end.

// %% id="pairs-guess" tags=["predict"]
const pairGuess = "?"; // "king queen", "cat dog", "truck car" or "hot cold"

// %% [markdown] id="closeness-words"
// ## How near is near?
//
// A row of numbers is an arrow. In two dimensions it can be drawn. Two arrows are close if they point the same way, however long they are: we measure the **cosine** of the angle between them. It is 1 for the same direction, 0 for a right angle, and −1 for opposite directions. **Turn the second arrow, and make it longer.**

// %% id="closeness-setup" tags=["setup"] title="two arrows, and knobs for one of them"
const angle = ui.slider("angle", { min: 0, max: 180, value: 35, step: 1 });
const size = ui.slider("length", { min: 0.2, max: 2, value: 1, step: 0.05 });

/** Draws two arrows from one place. */
function drawArrows(arrows: readonly (readonly number[])[], title: string) {
  const tints = ["#1f6fb5", "#c9620a"];
  plot.drawing(() => ({
    data: arrows.map(([x, y], i) => ({
      type: "scatter",
      mode: "lines+markers",
      x: [0, x],
      y: [0, y],
      line: { width: 3, color: tints[i] },
      marker: { size: [0, 12], symbol: "diamond", color: tints[i] },
      hoverinfo: "skip",
    })),
    layout: {
      title: { text: title },
      xaxis: { range: [-2.1, 2.1], zeroline: true, showticklabels: false },
      yaxis: { range: [-0.2, 2.1], scaleanchor: "x", showticklabels: false },
      margin: { l: 8, r: 8, t: 36, b: 8 },
      height: 260,
    },
    words: title,
  }));
}

// %% id="closeness" tags=["auto"]
const turned = (angle.value * Math.PI) / 180;
const first = tensor([1, 0]);
const second = tensor([Math.cos(turned), Math.sin(turned)]).mul(size.value);
const product = first.dot(second).item(); // number by number, added up
const cosine = product / (first.norm().item() * second.norm().item());
const arrows = [first, second].map((arrow) => Array.from(arrow.data));
drawArrows(arrows, `product ${two(product)}, closeness ${two(cosine)}`);

// %% [markdown] id="windows-words"
// The product of two arrows (multiply number by number, add up) grows with their lengths. Divided by both lengths it is the closeness.
//
// ## You are the company you keep
//
// Now the idea, much older than computers: words that stand in the same company mean similar things. (The linguist J. Firth said it in 1957.) You have never met a *gloop*, but "the gloop purred and licked its paw" tells you something.
//
// So let a machine look at one word at a time, with the few words on each side: its **window**. Every square is a pair of a word and a neighbour. **Widen the window.**

// %% id="windows-setup" tags=["setup"] title="a knob for the window"
const width = ui.slider("window", { min: 1, max: 6, value: 2, step: 1 });

// %% id="windows" tags=["auto"]
const sentence = "old king wears golden crown beside young queen".split(" ");
const isPair = (i: number, j: number) => i !== j && Math.abs(i - j) <= width.value;
const seen = sentence.map((_, i) => sentence.map((_, j) => Number(isPair(i, j))));
const count = seen.flat().filter(Boolean).length;
plot.heatmap(seen, {
  rows: sentence,
  columns: sentence,
  values: false,
  title: `${count} pairs of a word and a neighbour`,
});

// %% [markdown] id="game-words"
// ## A game for two tables
//
// The machine plays a game. It is shown a word and another one, and must say: *did these two stand together, or were they thrown together?* To answer, it has two tables of arrows: one for words as themselves, one for words as somebody's neighbour. Its answer is the product of the two arrows, large for yes.
//
// True pairs come from the windows. For the others we draw **strangers** from the text at random. Nothing else is trained: only the numbers in the two tables. This is called *skip-gram with negative sampling* (T. Mikolov and others, 2013).

// %% id="tables"
interface Reading {
  words: nn.Embedding; // a row for each word, as itself
  sides: nn.Embedding; // a row for each word, as a neighbour
  text: Tensor; // the numbers of all words read, in order
}

// %% id="game"
function lossOf({ words, sides, text }: Reading, { x, y }: data.Batch, perPair = 5) {
  const arrows = words(x); // [pairs, size]
  const together = arrows.mul(sides(y)).sum(1); // a product for each true pair
  const drawn = text.takeRows(randint(0, text.numel(), [20]));
  const thrown = arrows.matmul(sides(drawn).T); // [pairs, 20], with strangers
  const [yes, no] = [F.bceWithLogits(together, 1), F.bceWithLogits(thrown, 0)];
  return yes.add(no.mul(perPair)); // so many strangers for each true pair
}

// %% [markdown] id="toy-words"
// ## Thirty words
//
// Begin with a toy, so small that two numbers a word are enough and every arrow can be seen. Its text is made up by a rule: four who rule, four that drive and four that purr or bark, each in sentences of three words. The machine is not told of groups; the colours are only for you.

// %% id="toy-setup" tags=["setup"] title="a tiny language, and a machine that reads it"
const groups: Record<string, { who: string[]; does: string[][] }> = {
  ruler: {
    who: ["king", "queen", "prince", "princess"],
    does: [
      ["wears", "crown"],
      ["rules", "land"],
      ["lives", "castle"],
    ],
  },
  vehicle: {
    who: ["car", "truck", "bus", "van"],
    does: [
      ["takes", "road"],
      ["burns", "fuel"],
      ["needs", "garage"],
    ],
  },
  pet: {
    who: ["cat", "dog", "kitten", "puppy"],
    does: [
      ["chases", "ball"],
      ["licks", "paw"],
      ["sleeps", "basket"],
    ],
  },
};
const anybody = [
  ["is", "old"],
  ["is", "new"],
];
const toySentences = Object.values(groups).flatMap(({ who, does }) =>
  who.flatMap((one) => [...does, ...anybody].map((rest) => [one, ...rest])),
);
const toyWords = [...new Set(toySentences.flat())];
const groupOf = (word: string) =>
  Object.keys(groups).find((name) => {
    const { who, does } = groups[name];
    return [...who, ...does.flat()].includes(word);
  }) ?? "anybody";

/** Pairs of numbers from sentences of numbers: each with its neighbours in a window. */
function pairsIn(sentences: readonly (readonly number[])[], width: number): data.Dataset {
  const [words, sides]: number[][] = [[], []];
  for (const sentence of sentences)
    for (let i = 0; i < sentence.length; i++)
      for (let j = Math.max(0, i - width); j <= Math.min(sentence.length - 1, i + width); j++)
        if (i !== j) {
          words.push(sentence[i]);
          sides.push(sentence[j]);
        }
  return new data.Dataset(tensor(Int32Array.from(words)), tensor(Int32Array.from(sides)));
}

const toyNumbers = toySentences.map((sentence) => sentence.map((word) => toyWords.indexOf(word)));
const toyPairs = pairsIn(toyNumbers, 2);
const toyText = tensor(Int32Array.from(toyNumbers.flat()));

/** Two tables with small random arrows, for so many words. */
function blankTables(count: number, size: number) {
  const [words, sides] = [nn.Embedding(count, size), nn.Embedding(count, size)];
  for (const table of [words, sides]) nn.init.normal_(table.weight, 0, 0.1);
  return { words, sides };
}

/** Reads the toy's text from a start of its own. */
function readToy({ seed = 42, size = 2, strangers = 1 } = {}) {
  manualSeed(seed);
  const toy = { ...blankTables(toyWords.length, size), text: toyText };
  const opt = optim.Adam([toy.words.weight, toy.sides.weight], { lr: 0.05 });
  for (const batch of toyPairs.batches(toyPairs.length, { steps: 150 })) {
    const loss = lossOf(toy, batch, strangers);
    opt.zeroGrad();
    loss.backward();
    opt.step();
  }
  return tableOf(toyWords, toy.words.weight);
}
/** The mean closeness of who rule, drive and purr: within their groups, and between them. */
function meansOf(table: Words) {
  const all = Object.values(groups).flatMap(({ who }) => who);
  const pairs = all.flatMap((one, i) => all.slice(i + 1).map((other) => ({ one, other })));
  const mean = (isSame: boolean) => {
    const chosen = pairs.filter(({ one, other }) => (groupOf(one) === groupOf(other)) === isSame);
    return (
      chosen.reduce((sum, { one, other }) => sum + table.closeness(one, other), 0) / chosen.length
    );
  };
  return { within: mean(true), between: mean(false) };
}
const strangersKnob = ui.slider("strangers count", { min: 0, max: 3, value: 1, step: 0.25 });

// %% id="toy" title="Read the toy"
manualSeed(42);
const toy = { ...blankTables(toyWords.length, 2), text: toyText };
const opt = optim.Adam([toy.words.weight, toy.sides.weight], { lr: 0.01 });
const map = plot.embedding(toy.words.weight, { labels: toyWords, color: groupOf });
for (const batch of toyPairs.batches(64, { steps: 600 })) {
  const loss = lossOf(toy, batch, strangersKnob.value);
  opt.zeroGrad(); // forget the slopes of the step before
  loss.backward(); // how should each arrow turn?
  opt.step(); // turn them a little
  map.update();
}

// %% [markdown] id="toy-after"
// Words of a group end in one direction. Nobody moved *king* towards *queen*: no sentence has both. Each was pulled towards the arrows of *crown*, *rules* and *castle*, and pushed away from those of strangers.
//
// Is the pushing needed? Without strangers the machine sees only pairs to which the answer is yes. **Before you run it**: how close will words of *different* groups come then, in the mean?

// %% id="collapse-guess" tags=["predict"]
const collapseGuess: number | "?" = "?"; // from −1 to 1

// %% id="collapse"
const [pushed, pulled] = [1, 0].map((strangers) => meansOf(readToy({ strangers })));
drawBars(
  [
    { word: "one group", closeness: pushed.within },
    { word: "two groups", closeness: pushed.between },
    { word: "one group, no strangers", closeness: pulled.within },
    { word: "two groups, no strangers", closeness: pulled.between },
  ],
  `two groups, no strangers: you said ${collapseGuess}`,
);

// %% [markdown] id="collapse-after"
// Without strangers everything runs to one place: *yes* to all is the right answer to every question that was asked. The loss is splendid and the map is worthless. Turn **strangers count** to zero above, run the toy again, and watch it happen.
//
// ## What the numbers mean
//
// The article says that a word becomes a row such as [0.2, 0.5, −0.1, 0.8]. Here are four numbers for *cat*, from three starts that differ in nothing but chance. **Predict**: what will agree, the four numbers or the three nearest neighbours?

// %% id="seeds-guess" tags=["predict"]
const seedsGuess = "?"; // "numbers", "neighbours", "both" or "none"

// %% id="seeds"
const starts = [1, 2, 3].map((seed) => readToy({ seed, size: 4 }));
const rowOf = (table: Words) => Array.from(table.arrowOf("cat").data, two).join(" ");
const besideCat = (table: Words) =>
  table.nearest(table.arrowOf("cat"), 3, ["cat"]).map(({ word }) => word);
const rows = starts.map((table) => ({
  cat: rowOf(table),
  "beside it": besideCat(table).join(" "),
}));
console.table(rows);
console.log(`You said "${seedsGuess}".`);

// %% [markdown] id="seeds-after"
// The rows have nothing in common. What agrees is how they lie to each other. No single number of a row means anything: turn all arrows together, and every answer stays as it was.
//
// ## A dictionary
//
// Now to real language: a quarter of the nouns of WordNet, a dictionary that was made for machines (G. Miller, 1995), each with its definition. It was not written to teach anybody what a king is; it only uses the word.

// %% id="glosses"
const glosses = data.load("glosses");
const lines = glosses.documents;
const withWord = (word: string) => lines.filter((line) => line.includes(` ${word} `));
const shortest = (some: string[]) => some.toSorted((a, b) => a.length - b.length)[0];
for (const word of ["king", "queen", "car"]) console.log(shortest(withWord(word)));
console.log(`${lines.length} lines`);

// %% [markdown] id="vocabulary-words"
// Little words such as *the*, *of* and *who* stand beside everything and say nothing: they are left out. So are words that come up too seldom to learn from. The rest is numbered, and cut into pairs.

// %% id="vocabulary-setup" tags=["setup"] title="words from lines, little words, and words to look at"
const little = new Set(
  (
    "a an the of and in or to that for with by is who on as from which any one at was are were he it his her she they " +
    "be into some between being has have having had can its not other than their but when this these those whose where " +
    "such also more most very so if no s t up out about over under after before during through only all each both " +
    "been do does did used usually especially often made make you your we our i him them there what how"
  ).split(" "),
);
/** The words of a line that say something. */
const wordsOf = (line: string) =>
  (line.toLowerCase().match(/[a-z]+/g) ?? []).filter((word) => !little.has(word));

/** Words that come up at least so often, the commonest first. */
function commonIn(sentences: readonly (readonly string[])[], least: number): string[] {
  const counts = new Map<string, number>();
  for (const sentence of sentences)
    for (const word of sentence) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= least)
    .sort(([, a], [, b]) => b - a)
    .map(([word]) => word);
}

const topics: Record<string, string[]> = {
  rulers: "king queen prince emperor throne royal duke".split(" "),
  vehicles: "car truck bus train wheels engine motor".split(" "),
  animals: "cat dog horse cow wolf sheep pig".split(" "),
  food: "bread milk cheese sugar butter sauce soup".split(" "),
  music: "music song opera piano instrument musical singing".split(" "),
  water: "river lake sea ocean coast island bay".split(" "),
};
const shownWords = Object.values(topics).flat();
const topicOf = (word: string) =>
  Object.keys(topics).find((topic) => topics[topic].includes(word)) ?? "other";

/** The rows of some words, read anew whenever a figure asks. */
function rowsSeen(table: nn.Embedding, words: readonly string[], of: readonly string[]) {
  const rows = of.map((word) => words.indexOf(word));
  return {
    shape: [of.length, table.weight.shape[1]],
    get data() {
      return noGrad(() => table.weight.takeRows(rows)).data;
    },
  };
}

// %% id="vocabulary"
const sentences = lines.map(wordsOf);
const vocabulary = commonIn(sentences, 8); // at least eight times
const numberOf = new Map(vocabulary.map((word, number) => [word, number]));
const numbers = (words: string[]) => words.flatMap((one) => numberOf.get(one) ?? []);
const known = sentences.map(numbers);
const text = tensor(Int32Array.from(known.flat()));
const pairs = pairsIn(known, 5); // five words to each side
console.log(`${vocabulary.length} words, ${pairs.length} pairs`);

// %% [markdown] id="read-words"
// ## Read it
//
// The same game, the same loss; only the tables are larger, with 32 numbers a word. Some forty words are shown on a map. It looks at their 32 dimensions from the side from which they differ most (it is called *PCA*), so it turns while they move. Watch *cat*, *dog* and *truck*: how long until you can see who belongs to whom?

// %% id="read" title="Read the dictionary" quick={"steps": 800}
const steps = 3200; // of 1,024 pairs each
manualSeed(42);
const reading = { ...blankTables(vocabulary.length, 32), text };
const adam = optim.Adam([reading.words.weight, reading.sides.weight], { lr: 0.01 });
const view = rowsSeen(reading.words, vocabulary, shownWords);
const sky = plot.embedding(view, { labels: shownWords, color: topicOf });
const curve = plot.live({ y: "loss", height: 200, smooth: 0.95 });
for (const batch of pairs.batches(1024, { steps })) {
  const loss = lossOf(reading, batch);
  (adam.zeroGrad(), loss.backward(), adam.step());
  (curve.push({ loss }), sky.update());
}

// %% [markdown] id="raw-words"
// The topics have parted. Now measure, with the ruler from above.

// %% id="raw-setup" tags=["setup"] title="the six pairs, and a pen for them"
const six = ["king queen", "king car", "cat dog", "cat car", "truck car", "hot cold"];
/** How close the two words of a pair are. */
function between(table: Words, pair: string) {
  const [one, other] = pair.split(" ");
  return table.closeness(one, other);
}
const drawSix = (table: Words, title: string) =>
  drawBars(
    six.map((pair) => ({ word: pair, closeness: between(table, pair) })),
    title,
  );
/** The closest of the six. */
const closestOf = (table: Words) =>
  six.toSorted((p, q) => between(table, q) - between(table, p))[0];

// %% id="raw"
const raw = tableOf(vocabulary, reading.words.weight);
drawSix(raw, "as it comes out of training");

// %% [markdown] id="random-words"
// The order is right. But look at the pairs that should have nothing to do with each other. **Before you run it**: take a thousand pairs of words at random. What is their mean closeness?

// %% id="random-guess" tags=["predict"]
const randomGuess: number | "?" = "?"; // from 0.1

// %% id="random-setup" tags=["setup"] title="a thousand pairs by chance"
/** The mean closeness of so many pairs that are thrown together. */
function byChance({ values }: Words, pairs = 1000) {
  const draw = () => F.normalize(values.takeRows(randint(0, values.shape[0], [pairs])));
  return draw().mul(draw()).sum(1).mean().item();
}

// %% id="random"
manualSeed(42);
const centre = raw.values.mean(0); // the mean of all arrows
const centred = tableOf(vocabulary, raw.values.sub(centre));
console.log(`by chance ${two(byChance(raw))}; you said ${randomGuess}.`);
console.log(`with the mean arrow taken away: ${two(byChance(centred))}`);
drawSix(centred, "the mean arrow taken away");

// %% [markdown] id="random-after"
// All arrows share a direction: it carries what all words have in common, and it lifts every closeness. Take the mean of all arrows away from each, and what is left is what makes a word differ from others.

// %% [markdown] id="near-words"
// ## Neighbours, the odd ones too
//
// Ask your own table. **Try king first, and look closely.**

// %% id="near-setup" tags=["setup"] title="words to ask for"
const askedHere = ui.select("word here", ["king", "car", "cat", "music", "river", "war", "red"]);
const ownHere = ui.text("or your own word", { placeholder: "any word of the dictionary" });

// %% id="near"
drawNear(centred, askedHere.value, ownHere.value);

// %% [markdown] id="near-after"
// Some neighbours are odd. A dictionary speaks of kings mostly as history: numbers, wars, other kings. It learned *how the word is used in what it read*, and nothing else. A model of language knows its library, not the world.
//
// ## Arithmetic with words
//
// A famous trick: take the arrow of *king*, take away *man*, add *woman*. Where does it point? We ask the large table. **Before you run it**: which word is nearest of all?

// %% id="analogy-guess" tags=["predict"]
const analogyGuess = "?"; // "queen", "king", "princess" or "woman"

// %% id="analogy-setup" tags=["setup"] title="twenty riddles: a is to b as c is to d"
const riddles = [
  "man king woman queen",
  "man prince woman princess",
  "brother sister father mother",
  "boy girl husband wife",
  "france paris italy rome",
  "france paris germany berlin",
  "france paris spain madrid",
  "france paris japan tokyo",
  "france paris russia moscow",
  "france french italy italian",
  "france french china chinese",
  "good better bad worse",
  "big bigger small smaller",
  "old older young younger",
  "high higher low lower",
  "dog dogs cat cats",
  "car cars truck trucks",
  "child children man men",
  "go went see saw",
  "win won lose lost",
].map((riddle) => riddle.split(" "));

/** The arrow for what is to c as b is to a. */
const riddleArrow = (table: Words, [a, b, c]: readonly string[]) =>
  table.arrowOf(b).sub(table.arrowOf(a)).add(table.arrowOf(c));

// %% id="analogy"
const [king, man, woman] = ["king", "man", "woman"].map(library.arrowOf);
const there = king.sub(man).add(woman);
drawBars(library.nearest(there, 5), `king − man + woman; you said ${analogyGuess}`);

// %% id="riddles"
const solved = (mayNot: (riddle: string[]) => string[]) =>
  riddles.filter((riddle) => {
    const pointed = riddleArrow(library, riddle);
    const [best] = library.nearest(pointed, 1, mayNot(riddle));
    return best.word === riddle[3];
  }).length;
const freely = solved(() => []); // any word may be the answer
const fenced = solved((riddle) => riddle.slice(0, 3)); // not the three given ones
console.log(`of ${riddles.length} riddles, any word allowed: ${freely} solved;`);
console.log(`the three words of the riddle left out: ${fenced}.`);

// %% [markdown] id="riddles-after"
// The nearest to *king − man + woman* is *king*: the step from man to woman is small, and one stays where one was. The trick works if the three given words are left out, as it is mostly shown without saying so. There is truth in it, a direction for *woman instead of man*, but less than the story tells.
//
// ## Close is not the same
//
// *Hot* and *cold* are opposites, and you have seen how close they lie. Of course: they stand in the same company, of water, weather and meals. Closeness means *used alike*.
//
// Is the difference between *good* and *bad* in the table at all? Ask it. Ten people have rated how pleasant each of some thousands of words is (C. Hutto and E. Gilbert, 2014). Take a single neuron, a hundred weights and a bias, and let it learn from four fifths of these words to tell pleasant from unpleasant. **Before you run it**: how many of a hundred words that it never saw will it get right?

// %% id="probe-guess" tags=["predict"]
const probeGuess: number | "?" = "?"; // from 50

// %% id="probe-setup" tags=["setup"] title="words with a feeling, and a neuron that reads it"
manualSeed(42);
const valence = data.load("valence");
const rated = valence.words.filter(
  (word) => glove.has(word) && Math.abs(valence.of(word).item()) >= 1,
);
const arrowsOf = (words: readonly string[]) => stack(words.map((word) => glove.of(word)));
const feelings = new data.Dataset(
  arrowsOf(rated),
  tensor(rated.map((word) => Number(valence.of(word).item() > 0))),
);
const { train: toLearn, test: unseen } = feelings.split(0.8);
const pleasant = 100 * unseen.y.to("f32").mean().item();
const commonest = Math.max(pleasant, 100 - pleasant); // by saying always the same
/** A neuron that has learned with a rate, so many passes through its words. */
function probeWith({ lr, passes }: { lr: number; passes: number }) {
  manualSeed(42);
  const neuron = nn.Linear(100, 1);
  const opt = optim.Adam(neuron.parameters(), { lr });
  for (const { x, y } of toLearn.batches(64, { epochs: passes })) {
    const loss = F.bceWithLogits(neuron(x).squeeze(1), y.to("f32"));
    opt.zeroGrad();
    loss.backward();
    opt.step();
  }
  return neuron;
}
/** The share of words whose feeling a neuron gets right, in percent. */
const rightBy = (neuron: (x: Tensor) => Tensor, { x, y }: data.Dataset) =>
  100 *
  noGrad(() => neuron(x))
    .squeeze(1)
    .gt(0)
    .eq(y.gt(0))
    .to("f32")
    .mean()
    .item();

// %% id="probe"
manualSeed(42);
const probe = nn.Linear(100, 1);
const solver = optim.Adam(probe.parameters(), { lr: 0.01 });
for (const { x, y } of toLearn.batches(64, { epochs: 20 })) {
  const loss = F.bceWithLogits(probe(x).squeeze(1), y.to("f32"));
  (solver.zeroGrad(), loss.backward(), solver.step());
}
const right = rightBy(probe, unseen);
const shares = { "always the commonest": commonest, "one neuron": right };
plot.bars(shares, { y: "percent right", range: [0, 100] });
console.log(`${right.toFixed(0)} of a hundred; you said ${probeGuess}.`);

// %% [markdown] id="probe-after"
// It is in there: a direction, found with 101 knobs, along which words get more pleasant. Nobody put it there. It is one of a hundred and more, and *hot* and *cold* may differ along one of them while they agree in all others.

// %% id="feel-setup" tags=["setup"] title="a word to ask the neuron about"
const felt = ui.text("how pleasant is", { value: "friend" });

// %% id="feel"
const feelingOf = (word: string) =>
  noGrad(() => probe(glove.of(word)))
    .sigmoid()
    .item();
const word = felt.value.trim().toLowerCase();
const asked5 = [word, "joy", "hot", "cold", "war"].filter(library.has);
drawBars(
  asked5.map((word) => ({ word, closeness: feelingOf(word) })),
  "how pleasant",
  "from 0 to 1",
);

// %% [markdown] id="answer-words"
// ## The answer
//
// How can a machine that has only read know that *king* lies near *queen*, and far from *car*? Here are the six pairs once more: in the dictionary that you let it read, and in the table of the large library.

// %% id="answer"
const sources = { "your dictionary": centred, "the library": library };
const tables = Object.values(sources);
const told = six.map((pair) => tables.map((table) => between(table, pair)));
plot.heatmap(told, {
  rows: six,
  columns: Object.keys(sources),
  range: [-1, 1],
  title: `closest: ${tables.map(closestOf).join(", and ")}; you said ${pairGuess}`,
});

// %% [markdown] id="answer-after"
// It counted company. Each word was pulled towards the words beside it and pushed from strangers; words in the same company were pulled to the same place. That is an embedding: a table of knobs like all others, turned by the slopes of a loss, until rows that are used alike lie alike.

// %% [markdown] id="exercises"
// ## Your turn
//
// Five exercises. Each has a check that says what is not right yet, three hints and a solution.

// %% id="ex-setup" tags=["setup"] title="what the checks use: random arrows, and a sorted list of pairs"
const arrowsDrawn = (count: number, size: number) =>
  Array.from({ length: count }, () => Array.from(randn([size]).data));
/** Pairs as texts in one order, to be compared whatever their own. */
const listed = (pairs: readonly (readonly string[])[]) =>
  pairs.map((pair) => pair.join(" ")).toSorted();

// %% [exercise] id="ex-closeness" title="Write the closeness"
// The cosine of the angle between two arrows, given as lists of numbers.
function closenessOf(a: number[], b: number[]) {
  const product = a.reduce((sum, each, i) => sum + each * b[i], 0);
  return product;
}
two(closenessOf([1, 2], [2, 4]));

// %% id="ex-closeness-check" tags=["check"] for="ex-closeness"
expect.each(5, () => {
  const [a, b] = arrowsDrawn(2, 4);
  const product = tensor(a).dot(tensor(b)).item();
  const [m, n] = [Math.hypot(...a), Math.hypot(...b)];
  expect(closenessOf(a, b))
    .mistake(product, "long arrows give large products: divide by both lengths")
    .mistake(product / (m * m * n * n), "a length is the root of the sum of squares")
    .mistake(product / (m + n), "divide by the product of the lengths, not by their sum")
    .mistake(product / m, "divide by the other length too")
    .mistake(product / n, "divide by the other length too")
    .mistake(Math.acos(product / (m * n)), "this is the angle: its cosine is wanted")
    .close(product / (m * n), { rtol: 1e-4, atol: 1e-6 }, "the product, divided by both lengths");
});

// %% [markdown] id="ex-closeness-hint-1" tags=["hint"] for="ex-closeness" title="where to look"
// The cell under *How near is near?* does it with tensors. The starter has the product; what is it divided by?

// %% [markdown] id="ex-closeness-hint-2" tags=["hint"] for="ex-closeness" title="the rule"
// Divide the product by the length of a and by the length of b. A length is the root of the sum of the squares; `Math.hypot(3, 4)` is 5.

// %% [markdown] id="ex-closeness-hint-3" tags=["hint"] for="ex-closeness" title="the line, with a blank"
// `return product / (Math.hypot(...a) * ____);`

// %% id="ex-closeness-solution" tags=["solution"] for="ex-closeness"
function closenessOf(a: number[], b: number[]) {
  const product = a.reduce((sum, each, i) => sum + each * b[i], 0);
  return product / (Math.hypot(...a) * Math.hypot(...b)); // only the direction counts
}
two(closenessOf([1, 2], [2, 4]));

// %% [exercise] id="ex-pairs" title="Cut a text into pairs"
// Each word with every neighbour at most `width` places away, on both sides.
function pairsWithin(text: string[], width: number) {
  const pairs: [string, string][] = [];
  text.forEach((word, i) => {
    for (let j = i + 1; j <= i + width; j++) pairs.push([word, text[j]]);
  });
  return pairs;
}
listed(pairsWithin(["king", "wears", "crown"], 1));

// %% id="ex-pairs-check" tags=["check"] for="ex-pairs"
const texts = [["king", "wears", "crown"], ["a", "b", "c", "d", "e"], ["alone"]];
for (const words of texts)
  for (const width of [1, 2, 3]) {
    const given = pairsWithin(words, width);
    expect(given).holds((all: unknown) => Array.isArray(all), "return the list of pairs");
    const isMissing = given.some((pair) => pair.includes(undefined as never));
    expect(isMissing).equal(false, "a text has a beginning and an end: no neighbours beyond them");
    const isOwn = given.some(([one, other]) => one === other);
    expect(isOwn).equal(false, "a word is no neighbour of itself");
    const wanted = words.flatMap((one, i) =>
      words.filter((_, j) => i !== j && Math.abs(i - j) <= width).map((other) => [one, other]),
    );
    const right = wanted.filter(([one, other]) => words.indexOf(one) < words.indexOf(other));
    const left = wanted.filter(([one, other]) => words.indexOf(one) > words.indexOf(other));
    expect(listed(given))
      .mistake(listed(right), "these are the neighbours to the right: there are some to the left")
      .mistake(listed(left), "these are the neighbours to the left: there are some to the right")
      .equal(listed(wanted), "every neighbour at most so many places away, once");
  }

// %% [markdown] id="ex-pairs-hint-1" tags=["hint"] for="ex-pairs" title="where to look"
// Look at the list that the starter gives. Who is missing on the left, and what is `undefined`? At which places does j begin and end?

// %% [markdown] id="ex-pairs-hint-2" tags=["hint"] for="ex-pairs" title="the rule"
// Let j go from `i - width` to `i + width`. Pass by i itself, and every place where there is no word.

// %% [markdown] id="ex-pairs-hint-3" tags=["hint"] for="ex-pairs" title="the lines, with a blank"
// `for (let j = i - width; j <= i + width; j++)` and in it `if (j !== i && text[j] !== ____) pairs.push([word, text[j]]);`

// %% id="ex-pairs-solution" tags=["solution"] for="ex-pairs"
function pairsWithin(text: string[], width: number) {
  const pairs: [string, string][] = [];
  text.forEach((word, i) => {
    for (let j = i - width; j <= i + width; j++)
      if (j !== i && text[j] !== undefined) pairs.push([word, text[j]]); // inside the text
  });
  return pairs;
}
listed(pairsWithin(["king", "wears", "crown"], 1));

// %% [exercise] id="ex-centre" title="Take the common share away"
// The same arrows, [words, size], without what all of them share.
const withoutMean = (arrows: Tensor) => arrows.sub(arrows.mean());
const cleaned = tableOf(vocabulary, withoutMean(raw.values));
two(cleaned.closeness("king", "queen") - cleaned.closeness("king", "car"));

// %% id="ex-centre-check" tags=["check"] for="ex-centre"
expect.each(3, () => {
  const drawn = rand([6, 4]);
  expect(withoutMean(drawn))
    .mistake(drawn, "this is what came in")
    .mistake(
      drawn.sub(drawn.mean()),
      "one number for the whole table: every column has its own mean",
    )
    .mistake(
      drawn.sub(drawn.mean(1, { keepdim: true })),
      "this is the mean of each row: of each column it is wanted",
    )
    .mistake(
      drawn.sub(drawn.mean(0)).div(drawn.std(0)),
      "no need to scale: take the mean away, and no more",
    )
    .close(drawn.sub(drawn.mean(0)), { atol: 1e-5 }, "the mean arrow taken away from each");
});
const mine = tableOf(vocabulary, withoutMean(raw.values));
const margin = mine.closeness("king", "queen") - mine.closeness("king", "car");
expect(margin).above(0.4, "by so much queen is closer to king than car: was the dictionary read?");

// %% [markdown] id="ex-centre-hint-1" tags=["hint"] for="ex-centre" title="where to look"
// `arrows.mean()` is a single number. The mean arrow has as many numbers as each arrow has.

// %% [markdown] id="ex-centre-hint-2" tags=["hint"] for="ex-centre" title="the rule"
// Give `mean` the dimension that is to fall away. Words are dimension 0, and over the words we want the mean.

// %% [markdown] id="ex-centre-hint-3" tags=["hint"] for="ex-centre" title="the line, with a blank"
// `const withoutMean = (arrows: Tensor) => arrows.sub(arrows.mean(____));`

// %% id="ex-centre-solution" tags=["solution"] for="ex-centre"
const withoutMean = (arrows: Tensor) => arrows.sub(arrows.mean(0)); // one mean for each column
const cleaned = tableOf(vocabulary, withoutMean(raw.values));
two(cleaned.closeness("king", "queen") - cleaned.closeness("king", "car"));

// %% [exercise] id="ex-opposites" title="Where the table is blind"
// Two words of opposite feeling that lie closer than 0.6 in the library.
const opposites = ["love", "car"];
two(library.closeness(opposites[0], opposites[1]));

// %% id="ex-opposites-check" tags=["check"] for="ex-opposites"
expect(opposites.length).equal(2, "two words");
for (const each of opposites) {
  expect(library.has(each)).equal(
    true,
    `"${each}" is not in the library: write it in small letters`,
  );
  expect(valence.has(each)).equal(true, `nobody rated the feeling of "${each}"`);
}
const ratings = opposites.map((each) => valence.of(each).item());
const rating = `rated ${ratings.map(short).join(" and ")}, from −4 to 4`;
expect(Math.max(...ratings)).above(0, `none of them is pleasant: ${rating}`);
expect(Math.min(...ratings)).below(0, `none of them is unpleasant: ${rating}`);
const near = library.closeness(opposites[0], opposites[1]);
expect(near).above(
  0.6,
  "opposite they are, but not close: look for words with the same neighbours",
);

// %% [markdown] id="ex-opposites-hint-1" tags=["hint"] for="ex-opposites" title="where to look"
// Ask the table at the very top for the neighbours of a word with a feeling, such as *good*. Is its opposite among them?

// %% [markdown] id="ex-opposites-hint-2" tags=["hint"] for="ex-opposites" title="the rule"
// Look for words that can stand in the same place of a sentence: *a ... film*, *they ... the game*.

// %% [markdown] id="ex-opposites-hint-3" tags=["hint"] for="ex-opposites" title="the line, with a blank"
// `const opposites = ["good", "____"];`

// %% id="ex-opposites-solution" tags=["solution"] for="ex-opposites"
const opposites = ["good", "bad"]; // they stand in the same sentences
two(library.closeness(opposites[0], opposites[1]));

// %% [exercise] id="ex-probe" title="Find the feeling"
// Train the neuron so that it gets 87 percent of unseen words right.
const probing = { lr: 0.0001, passes: 2 };
const neuron = probeWith(probing);
rightBy(neuron, unseen).toFixed(1);

// %% id="ex-probe-check" tags=["check"] for="ex-probe"
expect(probing.passes).below(101, "passes: a hundred are enough");
const learned = rightBy(probeWith(probing), toLearn);
const percent = rightBy(probeWith(probing), unseen);
const early = "percent of unseen words: it has hardly begun - a higher rate, or more passes";
const wild =
  "percent of unseen words: it knows its own words better than these - fewer passes, or a lower rate";
expect(percent).above(86.999, learned > percent + 8 ? wild : early);

// %% [markdown] id="ex-probe-hint-1" tags=["hint"] for="ex-probe" title="where to look"
// The cell above trained such a neuron. Compare its rate and its passes with those of the starter.

// %% [markdown] id="ex-probe-hint-2" tags=["hint"] for="ex-probe" title="the rule"
// With Adam the rate says how far each weight moves in a step. A hundred weights that start near zero have some way to go.

// %% [markdown] id="ex-probe-hint-3" tags=["hint"] for="ex-probe" title="the line, with a blank"
// `const probing = { lr: ____, passes: 20 };`

// %% id="ex-probe-solution" tags=["solution"] for="ex-probe"
const probing = { lr: 0.01, passes: 20 }; // far enough, and no further
const neuron = probeWith(probing);
rightBy(neuron, unseen).toFixed(1);

// %% [markdown] id="recap"
// ## What you take along
//
// - An **embedding** is a table of knobs, a row for each word, turned by the slopes of a loss like all other knobs.
// - Rows are pulled towards the company that words keep, and pushed from **strangers**. Without the pushing everything falls into one place.
// - **Closeness** is the cosine of an angle, and means *used alike*, not *the same*. Single numbers of a row mean nothing.

// %% [markdown] id="quiz" tags=["quiz"]
// ### Two questions
//
// Two teams train word tables on the same text. In the table of one, the third number is large for all animals. What is the third number of animals in the other?
//
// - [ ] Large as well, since the text is the same: each start leads to a table that is turned another way.
// - [x] Nobody knows: what agrees is who lies near whom, as you have seen with *cat*.
// - [ ] Small, since it is another number there: it may be anything.
//
// A table says that *doctor* is closer to *he* than to *she*. What has it learned?
//
// - [ ] Something about doctors: it has never met one.
// - [x] Something about texts on doctors: it counted company in what it was given, prejudices included, and whoever uses it builds on them.
// - [ ] Nothing, closeness has no meaning: it has one, being used alike.

// %% [markdown] id="simplified"
// ### What the article simplifies
//
// *A vector like [0.2, 0.5, −0.1, 0.8] that captures its meaning.* The row itself captures nothing: another start gives another row. Meaning, as far as there is any, lies in how rows lie to each other. And *embeddings preserve relationships*: they make one, likeness of use, out of how words are used. So *hot* is close to *cold*, the arithmetic of kings and queens works only if one looks away in the right place, and what a library says wrongly its table says too.

// %% [markdown] id="next"
// **Next: [lesson 14](?lesson=14).** You have now turned knobs of lines, of neurons and of words. Where do they all live, and what is in the file when somebody sends you "a model"?
