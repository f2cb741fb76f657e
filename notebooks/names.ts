// ---
// title: Names, letter by letter
// question: Can a machine discover vowels when nobody tells it that there are any?
// minutes: 8
// order: 102
// ---

// %% [markdown] id="opening"
// # Names, letter by letter
//
// Here are the first names that were given in the United States in 2018. We will train a small network on one question: *three letters of a name are written, which comes next?* Nobody tells it what a letter sounds like, nor that some of them are vowels. Each letter is a point on a map, put there at random, and may be moved if that helps to answer.
//
// Watch where the points go.

// %% id="setup" tags=["setup"] title="imports, and a ruler for maps"
import { data, F, manualSeed, nn, noGrad, optim, plot, rand, tensor } from "descent";
import type { Tensor } from "descent";

const vowels = ["a", "e", "i", "o", "u"];
const consonants = [..."bcdfghjklmnpqrstvwxz"]; // y is both, and counts as neither

const kind = (letter: string) =>
  vowels.includes(letter) ? "vowel" : letter === "." ? "end" : letter === "y" ? "y" : "consonant";

/** Distances on a map of letters, `[27, 2]`; "." is the first row and marks where names begin and end. */
function ruler(map: Tensor) {
  const points = map.toArray() as number[][];
  const at = (letter: string) => points[letter.charCodeAt(0) - 96] as number[];
  const distance = (p: string, q: string) => Math.hypot(...at(p).map((v, axis) => v - at(q)[axis]));
  const nearest = (letter: string) =>
    [...vowels, ...consonants, "y"]
      .filter((other) => other !== letter)
      .sort((p, q) => distance(letter, p) - distance(letter, q))[0] as string;
  /** The mean over all pairs of two different letters. */
  const mean = (some: string[], others: string[]) => {
    const pairs = some.flatMap((p) => others.filter((q) => q !== p).map((q) => distance(p, q)));
    return pairs.reduce((sum, d) => sum + d, 0) / pairs.length;
  };
  /** 1: vowels are as far from each other as from consonants. */
  const ratio = mean(vowels, vowels) / mean(vowels, consonants);
  return { nearest, ratio };
}

/** Numbers of letters as text, "." standing for 0. */
const spell = (numbers: Tensor) =>
  Array.from(numbers.data, (at) => String.fromCharCode(at === 0 ? 46 : 96 + at)).join("");

/** Throws a loaded die: a number by these probabilities. */
function throwDie(chances: Tensor) {
  let left = rand([1]).item();
  return Math.max(
    0,
    Array.from(chances.data).findIndex((chance) => (left -= chance) < 0),
  );
}

// %% id="look"
const names = data.load("names");
console.log(`${names.words.length} names ask ${names.length} questions, such as`);
for (let row = 0; row < 6; row++) {
  console.log(spell(names.x.at(row)), "->", spell(names.y.at(row)));
}

// %% [markdown] id="plan"
// A dot stands for the beginning and the end of a name. The network looks each letter up in a table of 27 rows with two numbers each, its place on the map: an **embedding**. Six numbers for three letters; a hundred in the middle; 27 scores come out.
//
// **Before you run it**: which letters will end up as neighbours? Write down the one you expect closest to *a*.

// %% id="guess" tags=["predict"]
const neighbourOfA = "?";

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
const opt = optim.Adam(net.parameters(), { lr: 0.01 });
const knobs = net.parameters().reduce((sum, knob) => sum + knob.numel(), 0);
console.log(knobs, "knobs");

// %% id="train" title="Watch the map"
const map = plot.embedding(letters.weight, { labels: names.letters, color: kind });
const curve = plot.live({ y: "loss", smooth: 0.95 });
for (const { x, y } of names.batches(64, { steps: 2000 })) {
  const loss = F.crossEntropy(net(x), y);
  opt.zeroGrad();
  loss.backward();
  opt.step();
  curve.push({ train: loss });
  map.update(); // cheap to call every step: drawn at most once a frame
}

// %% [markdown] id="measure-intro"
// ## Is it true, or do we want it to be?
//
// Eyes find patterns everywhere, so measure. For each vowel: who is its nearest neighbour? And are vowels closer to each other than to consonants? A ratio of 1 would mean that there is no difference.

// %% id="measure"
const learned = ruler(letters.weight);
for (const vowel of vowels) console.log(vowel, "lives by", learned.nearest(vowel));
console.log(`You expected ${neighbourOfA} by a.`);
console.log(`The ratio is ${learned.ratio.toFixed(2)}.`);

// %% [markdown] id="control-intro"
// And by chance? The same ruler on a map that has learned nothing:

// %% id="control"
manualSeed(42);
const random = ruler(nn.Embedding(27, 2).weight);
for (const vowel of vowels) console.log(vowel, "lives by", random.nearest(vowel));
console.log(`The ratio is ${random.ratio.toFixed(2)}.`);

// %% [markdown] id="why"
// Why did it happen? After *a* and after *e* much the same letters follow, and before them too. Where two letters behave alike, the network saves itself work by putting them in one place: what it learns about one then holds for the other. Meaning, for a network, is *being used alike*. That is how words find each other in large models, too; [lesson 12](?lesson=12) takes this network apart, and [lesson 13](?lesson=13) goes on with words.

// %% [markdown] id="sample-intro"
// ## New names
//
// The network can also write: start with dots, let it throw its dice for the next letter, go on until it says *end*. It knows three letters at a time and was trained for seconds, so be kind.

// %% id="sample"
function invent() {
  const written = [0, 0, 0];
  do {
    const scores = net(tensor([written.slice(-3)], { dtype: "i32" }));
    written.push(throwDie(scores.softmax(1)));
  } while (written.at(-1) !== 0 && written.length < 18);
  return spell(tensor(written)).replaceAll(".", "");
}
manualSeed(42);
console.log(noGrad(() => Array.from({ length: 12 }, invent)).join(", "));

// %% [markdown] id="try"
// ## Try
//
// - Run the training cell again, without building the network anew: it goes on where it stopped. Do the points settle?
// - Give each letter three numbers: `nn.Embedding(27, 3)`, `nn.Linear(9, 100)`, and `dims: 3` for the map. Turn it with the mouse.
// - Stop after `200` steps instead of 2000. Which letters have moved already? Why these?
// - Change the seed. The places change; do the vowels still find each other?
//
// The names are those of the US Social Security Administration for 2018.
