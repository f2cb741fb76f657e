// ---
// title: From your net to GPT-3
// question: How far is it from your network to GPT-3?
// minutes: 50
// order: 16
// needs: [12]
// ---

// %% [markdown] id="opening"
// # From your net to GPT-3
//
// Your network of lesson 12 asked one question: *some letters are written, which comes next?* GPT-3, of the family from which ChatGPT comes, has 175 billion knobs, and asks the same. How far is it from one to the other?
//
// Here is the plainest machine for that question. It has read *The Devil's Dictionary* and counted what follows each row of letters. **Drag how many letters it remembers**, and read what it writes.

// %% id="setup" tags=["setup"] title="a book, tables that have counted it, and a die"
import { data, expect, F, manualSeed, nn, noGrad, onesLike, optim, plot } from "descent";
import { rand, randn, tensor, ui, type Tensor } from "descent";

const two = (value: number) => value.toFixed(2).replace("-", "−");
const counted = (value: number) => value.toLocaleString("en");

manualSeed(42);
const book = data.load("devil");
// Where the print broke a line says nothing: an entry is one long line here.
const oneLine = book.documents.map((entry) => entry.replaceAll(/\s+/g, " ").trim());
// One entry is printed twice: it must not stand on both sides.
const entries = new data.Corpus([...new Set(oneLine)], undefined, book.card);
const { train, test } = entries.split(0.9); // between entries, not within them
const symbols = entries.symbols.length;
const [known, unknown] = [train, test].map(({ text }) => Array.from(entries.encode(text).data));
const letters = Int32Array.from([known, unknown].flat());

/** Places in the order of their keys; those of one key stay in the order given. */
function sorted(keys: Int32Array, most: number, order: Int32Array): Int32Array {
  const starts = new Int32Array(most + 1);
  for (const at of order) starts[keys[at] + 1] += 1;
  for (let key = 0; key < most; key++) starts[key + 1] += starts[key];
  const places = new Int32Array(order.length);
  for (const at of order) places[starts[keys[at]]++] = at;
  return places;
}
const inOrder = letters.map((_, at) => at);
/** Numbers for pairs of a row and a letter: the same where both are the same. */
function pairsOf(rows: Int32Array, most: number, letters: Int32Array) {
  const order = sorted(rows, most, sorted(letters, symbols, inOrder));
  const pairs = new Int32Array(order.length);
  let count = 0;
  let last = order[0];
  for (const at of order) {
    if (rows[at] !== rows[last] || letters[at] !== letters[last]) count += 1;
    pairs[at] = count;
    last = at;
  }
  return { pairs, count: count + 1 };
}

const memories = [0, 1, 2, 3, 4, 5];
/**
 * A table for each memory: the number of the row of letters before each place, the known places by
 * row, and what was believed of the letter that came. What a row does not know it asks the next
 * shorter one, the more so the more different letters follow it (I. Witten and T. Bell, 1991).
 */
function countAll() {
  let rows = new Int32Array(letters.length); // with no memory all rows are one
  let count = 1;
  let shorter = new Float64Array(letters.length).fill(1 / symbols);
  const read = inOrder.slice(0, known.length);
  return memories.map((memory) => {
    const { pairs, count: kinds } = pairsOf(rows, count, letters);
    const often = new Int32Array(kinds); // a row with the letter after it
    const seen = new Int32Array(count);
    const different = new Int32Array(count); // letters after a row
    for (const at of read) {
      seen[rows[at]] += 1;
      if (often[pairs[at]] === 0) different[rows[at]] += 1;
      often[pairs[at]] += 1;
    }
    const believed = shorter.slice();
    for (const at of inOrder) {
      const row = rows[at];
      if (seen[row] === 0) continue;
      const all = seen[row] + different[row];
      believed[at] = (often[pairs[at]] + different[row] * shorter[at]) / all;
    }
    const starts = new Int32Array(count + 1);
    seen.forEach((all, row) => (starts[row + 1] = starts[row] + all));
    const table = { rows, starts, places: sorted(rows, count, read), believed };
    const before = letters.map((_, at) => letters[Math.max(0, at - memory - 1)]);
    const longer = pairsOf(rows, count, before);
    shorter = believed;
    rows = longer.pairs;
    count = longer.count;
    return table;
  });
}
const tables = countAll();
/** The mean loss of each table from one place to another. */
const lossesOf = (from: number, to: number) =>
  tables.map(({ believed }) => {
    const some = believed.subarray(from, to);
    return some.reduce((sum, share) => sum - Math.log(share), 0) / some.length;
  });

/** Throws of a die with endless sides: the same for all who write. */
const throws = Array.from(rand([300]).data);
/** Lines that fit a page. */
const inLines = (text: string) =>
  text
    .replaceAll(/\n+/g, "\n")
    .replaceAll(/(.{1,72})(?: +|$)/g, "$1\n")
    .trim();
/** A text from a table: each throw picks one of the places before which the same letters stand. */
function writeFrom(memory: number): string {
  const { rows, starts, places } = tables[memory];
  let at = train.text.indexOf("\n\n") + 2; // where the second entry begins
  const written = throws.map((thrown) => {
    const [from, to] = [starts[rows[at]], starts[rows[at] + 1]];
    const like = places[from + Math.floor(thrown * (to - from))];
    at = (like + 1) % known.length;
    return letters[like];
  });
  return inLines(entries.decode(written));
}

// %% id="remember" tags=["auto"]
const memory = ui.slider("letters remembered", { min: 0, max: 5, value: 1, step: 1 });
console.log(writeFrom(memory.value));

// %% [markdown] id="memory-words"
// With no memory it is soup. With two letters one can nearly pronounce it, with five it could be Bierce.
//
// So a long memory is better? Lesson 12 measured guesses by their loss. Ask the tables about entries that they have *not* read. **Before you run it**: with how many letters remembered is the loss lowest there?

// %% id="memory-guess" tags=["predict"]
const memoryGuess: number | "?" = "?"; // letters, from 3

// %% id="memory-loss"
const read = lossesOf(0, unknown.length); // as much of what it has read
const unread = lossesOf(known.length, letters.length); // and what it has not
const axes = { x: "letters remembered", y: "loss" };
plot.line(memories, { train: read, validation: unread }, axes);
const best = memories[unread.indexOf(Math.min(...unread))];
console.log(`Lowest on new entries with ${best}; you said ${memoryGuess}.`);

// %% [markdown] id="memory-after"
// With five letters it has half learned the book by heart (the blue line), and writes what stands in it. New entries it guesses worse from some point on: their rows of letters are mostly new to it. Here is the book. A tenth of the entries was kept apart, before anything was counted.

// %% id="book"
entries;

// %% [markdown] id="look-words"
// ## Look back
//
// A table knows a row of letters or it does not. A network gives letters places (lesson 12), so that alike means near. But ours looked at three letters, always the same three. What is needed is something that looks back as far as it likes, and decides *where* to look.
//
// That is **attention**. Each letter asks a question, and each letter offers an answer to be found by; both are rows of numbers. How well they fit is their dot product, and `softmax` makes shares of it. Here everybody asks *who is like me?* **Write a word, and drag how keen the question is.**

// %% id="look" tags=["auto"]
function looksOf(asks: Tensor, offers: Tensor): Tensor {
  const size = asks.shape[asks.ndim - 1];
  const fits = asks.matmul(offers.transpose(-2, -1)).div(Math.sqrt(size));
  const later = onesLike(fits).triu(1).gt(0); // what comes after me
  return fits.maskedFill(later, -Infinity).softmax(-1); // gets no share of my looks
}

// %% id="toy-setup" tags=["setup"] title="a word, and rows of numbers for its letters"
const word = ui.text("a word", { value: "abracadabra" });
const keen = ui.slider("how keen", { min: 0, max: 8, value: 3, step: 0.1 });
/** Of a text what the book has letters for, at most so many. */
const readable = (text: string, most: number) =>
  [...text].filter((letter) => entries.symbols.includes(letter)).slice(0, most);
/** A row for each letter, with a single number that is not zero. */
const rowsOf = (letters: readonly string[]) =>
  F.oneHot(entries.encode(letters.join("")), symbols)
    .to("f32")
    .mul(Math.sqrt(Math.sqrt(symbols)));

// %% id="toy" tags=["auto"]
const spelled = readable(word.value || "abracadabra", 20);
const rows = rowsOf(spelled);
plot.attention(looksOf(rows.mul(keen.value), rows), { tokens: spelled });

// %% [markdown] id="mask-words"
// A row says where its letter looks, and adds up to one. Nobody looks to the right: the last two lines of `looksOf`, the **mask**, forbid it.
//
// ## A block
//
// What a letter hears is a mixture: each letter also *tells* something, and it is added up by the shares of the look. Asking, offering and telling are three tables of knobs, and looking has none. Four looks of different kinds go on side by side (*heads*). `F.scaledDotProductAttention` is `looksOf(asks, offers).matmul(tells)` in one go.

// %% id="mix-setup" tags=["setup"] title="heads, and how far back one can look"
const heads = 4;
const reach = 32; // letters
/** Three times a number for each head, in every letter's row: `[n, 3 * heads, letters, size]`. */
const inHeads = (x: Tensor) => x.unflatten(-1, [3 * heads, -1]).transpose(1, 2);

// %% id="mix"
class Mix extends nn.Module {
  isMasked = true;
  forward(x: Tensor) {
    const [asks, offers, tells] = inHeads(x).chunk(3, 1); // each letter's three rows
    const how = { isCausal: this.isMasked }; // whether nobody may look to the right
    const heard = F.scaledDotProductAttention(asks, offers, tells, how);
    return heard.transpose(1, 2).flatten(2); // heads side by side again
  }
}

// %% [markdown] id="block-words"
// Then each letter thinks about what it heard, alone, with a network such as you have built since lesson 5. Both times the outcome is *added* to what was there, so nothing is lost on the way, and a norm before it keeps the numbers at one size. Looking and thinking: that is a block of a **transformer** (A. Vaswani and others, 2017), all of it.

// %% id="block"
class Plus extends nn.Sequential {
  forward(x: Tensor) {
    return x.add(super.forward(x)); // what was there, and what is new
  }
}
const block = (w: number) =>
  nn.Sequential(
    new Plus(nn.LayerNorm(w), nn.Linear(w, 3 * w), new Mix(), nn.Linear(w, w)),
    new Plus(nn.LayerNorm(w), nn.Linear(w, 4 * w), nn.GELU(), nn.Linear(4 * w, w)),
  );
block(32).summary();

// %% [markdown] id="gpt-words"
// A GPT is a row for each letter, a row for each place in the text, some blocks, and at the end a score for each letter that may follow: how well the result fits that letter's own row.

// %% id="gpt"
function gptOf({ width, blocks }: { width: number; blocks: number }) {
  return new (class Gpt extends nn.Module {
    letters = nn.Embedding(symbols, width);
    places = nn.Embedding(reach, width);
    blocks = nn.Sequential(...Array.from({ length: blocks }, () => block(width)));
    last = nn.LayerNorm(width);
    forward(x: Tensor) {
      const rows = this.letters(x).add(this.places.weight.narrow(0, 0, x.shape[1]));
      return this.last(this.blocks(rows)).matmul(this.letters.weight.T);
    }
  })();
}

// %% [markdown] id="train-words"
// **Before you run it**: this network reads the book less than twice, and has fewer knobs than a table of two letters has numbers. How many letters must a table remember to guess as well?

// %% id="train-guess" tags=["predict"]
const trainGuess: number | "?" = "?"; // letters, from 2

// %% id="train-setup" tags=["setup"] title="how a GPT begins, and its loss on new entries"
/** Smaller rows at first than `nn.Embedding` has: else it begins far too sure (lesson 6). */
function begun<G extends ReturnType<typeof gptOf>>(gpt: G): G {
  for (const { weight } of [gpt.letters, gpt.places]) nn.init.normal_(weight, 0, 0.3);
  return gpt;
}
/** The mean loss on pieces of the new entries: on all of them unless told. */
function lossOn(gpt: nn.Module, pieces = Math.floor((unknown.length - 1) / reach)): number {
  const all = tensor(Int32Array.from(unknown)).narrow(0, 0, pieces * reach + 1);
  const x = all.narrow(0, 0, pieces * reach).reshape([pieces, reach]);
  const y = all.narrow(0, 1, pieces * reach);
  return noGrad(() => F.crossEntropy(gpt(x).flatten(0, 1), y).item());
}
const aims = lossesOf(known.length, letters.length);
const goals = [0, 1, 2].map((n) => ({ y: aims[n], label: `table, ${n} remembered` }));

// %% id="train" title="Train a GPT" quick={"steps": 25}
const steps = 2000; // batches of 8 pieces
manualSeed(42);
const gpt = begun(gptOf({ width: 48, blocks: 2 }));
const opt = optim.AdamW(gpt.parameters(), { lr: 0.008 });
const schedule = optim.CosineAnnealingLR(opt, steps);
const curve = plot.live({ y: "loss", smooth: 0.9, marks: goals });
for (const { x, y } of train.batches(8, { length: reach, steps })) {
  const loss = F.crossEntropy(gpt(x).flatten(0, 1), y.flatten());
  (opt.zeroGrad(), loss.backward(), opt.step(), schedule.step());
  curve.push({ train: loss });
}

// %% id="train-told"
const byGpt = lossOn(gpt);
const line = { y: byGpt, label: "this GPT" };
plot.line(memories, { tables: unread }, { ...axes, marks: [line] });
const needed = memories.find((n) => unread[n] <= byGpt) ?? "more than any";
const own = counted(gpt.summary().total);
console.log(`${own} knobs: loss ${two(byGpt)} on new entries;`);
console.log(`a table needs ${needed} letters; you said ${trainGuess}.`);

// %% [markdown] id="write-words"
// Now let it write, with the same throws of the die. Its scores are divided by a **temperature** before they become chances: a cold writer takes what is likeliest, a hot one takes anything. **Drag the temperature.** Where would you leave it?

// %% id="write-setup" tags=["setup"] title="a hand that writes what a GPT believes"
/** A text: each throw decides among the chances of what may follow. */
function write(gpt: nn.Module, chancesOf: (scores: Tensor) => Tensor, length: number): string {
  const written = Array.from(entries.encode("\n\n").data); // an entry begins
  for (const thrown of throws.slice(0, length)) {
    const scores = noGrad(() => gpt(tensor([written.slice(-reach)])).at(0, -1));
    let left = thrown;
    const next = Array.from(chancesOf(scores).data).findIndex((chance) => (left -= chance) < 0);
    written.push(Math.max(0, next));
  }
  return inLines(entries.decode(written.slice(2)));
}

// %% id="write"
const heat = ui.slider("temperature", { min: 0.1, max: 2, value: 0.7, step: 0.1 });
const chances = (scores: Tensor) => scores.div(heat.value).softmax(0);
console.log(write(gpt, chances, 150));

// %% [markdown] id="heads-words"
// And where does it look? Each of the four pictures is one head. **Write a text, and choose the block.** One of the first block will be looking at the letter before, and at hardly anything else: nobody told it to.

// %% id="heads-setup" tags=["setup"] title="a text, a block, and a way to see its looks"
const phrase = ui.text("a text", { value: "LOVE, n. A temporary insanity" });
const which = ui.select("block", [1, 2]);
/** Where each letter of a text looks in a block: `[heads, letters, letters]`. */
function looksIn(gpt: nn.Module, letters: readonly string[], at: number): Tensor {
  const mixes: Mix[] = [];
  gpt.apply((module) => {
    if (module instanceof Mix) mixes.push(module);
  });
  const inputs: Tensor[] = [];
  const handle = mixes[at].registerForwardPreHook((_, [x]) => {
    inputs.push(x);
  });
  noGrad(() => gpt(entries.encode(letters.join("")).unsqueeze(0)));
  handle.remove();
  const [asks, offers] = inHeads(inputs[0]).chunk(3, 1);
  return looksOf(asks, offers).at(0);
}

// %% id="heads"
const tokens = readable(phrase.value || "LOVE", 30);
plot.attention(looksIn(gpt, tokens, which.value - 1), { tokens, head: "all" });

// %% [markdown] id="peek-words"
// ## Too good to be true
//
// What if somebody forgets the mask? Then each letter may look at the one that it has to guess. **Before you run it**: the loss of a smaller one that was trained so?

// %% id="peek-guess" tags=["predict"]
const peekGuess = "?"; // "higher", "the same", "a little lower" or "nearly 0"

// %% id="peek-setup" tags=["setup"] title="a training for a GPT of any size"
interface Try {
  readonly width: number;
  readonly blocks: number;
  readonly steps: number;
  readonly lr?: number;
  readonly isMasked?: boolean;
}
/** New entries that such a one is tried on: a part, as it goes quicker. */
const tried = 300 * reach;
const tablesThere = lossesOf(known.length, known.length + tried);
/** A GPT that was trained with so many batches of 8 pieces, and its loss on new entries. */
function trainedWith({ width, blocks, steps, lr = 0.02, isMasked = true }: Try) {
  manualSeed(42);
  const gpt = begun(gptOf({ width, blocks }));
  gpt.apply((module) => {
    if (module instanceof Mix) module.isMasked = isMasked;
  });
  const opt = optim.AdamW(gpt.parameters(), { lr });
  const schedule = optim.CosineAnnealingLR(opt, steps);
  for (const { x, y } of train.batches(8, { length: reach, steps })) {
    const loss = F.crossEntropy(gpt(x).flatten(0, 1), y.flatten());
    opt.zeroGrad();
    loss.backward();
    opt.step();
    schedule.step();
  }
  const knobs = gpt.summary().total;
  const loss = lossOn(gpt, tried / reach);
  return { gpt, knobs, cost: knobs * steps * 8 * reach, loss };
}

// %% id="peek" title="Train without the mask" quick={"peekSteps": 20}
const peekSteps = 300;
const small = { width: 32, blocks: 1, steps: peekSteps, lr: 0.01 };
const peeker = trainedWith({ ...small, isMasked: false });
const is = peeker.loss < 0.5 ? "nearly 0" : "not 0";
console.log(`${is}, ${two(peeker.loss)}; you said ${peekGuess}.`);
console.log(write(peeker.gpt, (scores) => scores.softmax(0), 150));

// %% [markdown] id="peek-after"
// Hardly any loss, and it writes rubbish: when it writes, there is nothing to the right to copy from. A loss far below what anybody reaches is a reason to look for the leak, not to celebrate (lesson 9).
//
// ## Count it
//
// Now the knobs. Here they are, table in table: the area is the count. **Press a block to look into it.**

// %% id="parts"
plot.treemap(gpt);

// %% [markdown] id="count-words"
// The same parts make every GPT, so a few numbers say how many knobs it has. Find the formula for a block: you know how many a layer has (lesson 2).

// %% [exercise] id="ex-block" title="The knobs of a block"
// Of a block of this width: looking, thinking, and the norms before them.
function knobsOfBlock(width: number) {
  const looking = 3 * width * width + width * width;
  return looking;
}
counted(knobsOfBlock(32));

// %% id="ex-block-check" tags=["check"] for="ex-block"
expect.each([4, 32, 60], (w) => {
  const square = w * w;
  expect(knobsOfBlock(w))
    .mistake(4 * square, "that is looking, without biases: add the thinking")
    .mistake(4 * square + 4 * w, "that is looking: add the thinking, and the norms")
    .mistake(12 * square, "each layer has a bias for each of its outputs, and norms have knobs too")
    .mistake(12 * square + 9 * w, "the norms: each has a scale and a shift for every number")
    .mistake(12 * square + 11 * w, "there are two norms, and each has a scale and a shift")
    .equal(block(w).summary().total, "as the block itself counts");
});

// %% [markdown] id="ex-block-hint-1" tags=["hint"] for="ex-block" title="where to look"
// The summary below *A block* lists its layers with their counts. Which of them has the starter?

// %% [markdown] id="ex-block-hint-2" tags=["hint"] for="ex-block" title="the rule"
// A layer from `a` to `b` numbers has `(a + 1) * b` knobs. There are four: to three times the width, back to the width; to four times the width, and back. Each of the two norms has two knobs for every number.

// %% [markdown] id="ex-block-hint-3" tags=["hint"] for="ex-block" title="the lines, with a blank"
// `const looking = (width + 1) * 3 * width + (width + 1) * width;` and `const thinking = (width + 1) * 4 * width + (4 * width + 1) * ____;` and `4 * width` for the norms.

// %% id="ex-block-solution" tags=["solution"] for="ex-block"
function knobsOfBlock(width: number) {
  const looking = (width + 1) * 3 * width + (width + 1) * width;
  const thinking = (width + 1) * 4 * width + (4 * width + 1) * width;
  return looking + thinking + 2 * 2 * width; // and two norms
}
counted(knobsOfBlock(32));

// %% id="count-setup" tags=["setup"] title="the count of a block, and of any GPT"
interface Shape {
  readonly blocks: number;
  readonly width: number;
  /** Different letters, or pieces of words. */
  readonly words: number;
  /** Places in a text. */
  readonly reach: number;
}
const inBlock = (width: number) => 12 * width ** 2 + 13 * width;
/** The parts of a GPT, with the knobs in them. */
function partsOf({ blocks, width, words, reach }: Shape) {
  const looking = blocks * (4 * width ** 2 + 4 * width);
  const thinking = blocks * (8 * width ** 2 + 5 * width);
  const norms = blocks * 4 * width + 2 * width;
  return { looking, thinking, words: words * width, places: reach * width, norms };
}
const knobsIn = (shape: Shape) => Object.values(partsOf(shape)).reduce((sum, each) => sum + each);
/** All knobs, and how many of a hundred are in the blocks. */
function countsOf(shape: Shape) {
  const knobs = knobsIn(shape);
  const share = (100 * shape.blocks * inBlock(shape.width)) / knobs;
  return { knobs: counted(knobs), "percent in blocks": Number(share.toFixed(1)) };
}

// %% [markdown] id="wide-words"
// **Before you go on**: make a block twice as wide. How many times as many knobs has it?

// %% id="wide-guess" tags=["predict"]
const wideGuess: number | "?" = "?"; // times, from 2

// %% id="wide"
const times = inBlock(2 * 768) / inBlock(768);
console.log(`${times.toFixed(1)} times as many; you said ${wideGuess}.`);

// %% [markdown] id="giant-words"
// Depth multiplies, width squares. GPT-2 and GPT-3 read pieces of words, 50,257 different ones, and GPT-3 has 2,048 places to look back to. **Drag until you hold 175 billion.** There is a place where both sliders end.

// %% id="giant-setup" tags=["setup"] title="a knob for the width, and one for the depth"
const widthKnob = ui.slider("width", { min: 48, max: 12_288, value: 48, step: 48 });
const blocksKnob = ui.slider("blocks", { min: 1, max: 96, value: 2, step: 1 });

// %% id="giant" tags=["auto"]
const size = { width: widthKnob.value, blocks: blocksKnob.value };
const shape = { ...size, words: 50_257, reach: 2048 };
plot.treemap(partsOf(shape), { title: `${counted(knobsIn(shape))} knobs` });

// %% [markdown] id="sizes-words"
// So GPT-3 is your network with more of it. Its sizes and those of GPT-2 were published (A. Radford and others, 2019; T. Brown and others, 2020). Does our count give what their names promise? And does it give your own network's?

// %% id="sizes"
const yours = { blocks: 2, width: 48, words: symbols, reach };
const gpt2 = { blocks: 12, width: 768, words: 50_257, reach: 1024 };
const gpt3 = { blocks: 96, width: 12_288, words: 50_257, reach: 2048 };
console.table([
  { name: "yours", ...countsOf(yours) },
  { name: "GPT-2, the smallest", ...countsOf(gpt2) },
  { name: "GPT-3", ...countsOf(gpt3) },
]);
console.log(`yours, as it counts itself: ${own}`);
console.log(`GPT-3, in billions: ${(knobsIn(gpt3) / 1e9).toFixed(0)}`);

// %% [exercise] id="ex-gpt" title="The knobs of a GPT"
// A block has inBlock(width). What else has a GPT? The cell below A block says it.
function knobsOfGpt({ blocks, width, words, reach }: Shape) {
  return blocks * inBlock(width);
}
counted(knobsOfGpt(gpt2));

// %% id="ex-gpt-check" tags=["check"] for="ex-gpt"
expect.each([gpt2, gpt3, { blocks: 3, width: 40, words: 99, reach: 7 }], (each) => {
  const { blocks, width, words, reach } = each;
  const inBlocks = blocks * inBlock(width);
  const rows = (words + reach) * width;
  expect(knobsOfGpt(each))
    .mistake(inBlocks, "these are the blocks: there are rows for words and for places, and a norm")
    .mistake(inBlocks + words * width + 2 * width, "each place has a row, too")
    .mistake(inBlocks + words * width, "each place has a row, too, and there is a norm at the end")
    .mistake(inBlocks + rows, "after the blocks comes one more norm")
    .mistake(
      inBlocks + rows + words * width + 2 * width,
      "the scores use the rows of the words again: one table",
    )
    .mistake(
      inBlocks + rows + words * width,
      "the scores use the rows of the words again, and a norm is missing",
    )
    .equal(knobsIn(each), "rows for words and places, blocks, and a norm");
});

// %% [markdown] id="ex-gpt-hint-1" tags=["hint"] for="ex-gpt" title="where to look"
// Four fields of the class `Gpt` have knobs. The starter counts one of them.

// %% [markdown] id="ex-gpt-hint-2" tags=["hint"] for="ex-gpt" title="the rule"
// A row of the width for each word and for each place; a norm has a scale and a shift. The scores need no table of their own: they use the rows of the words.

// %% [markdown] id="ex-gpt-hint-3" tags=["hint"] for="ex-gpt" title="the line, with a blank"
// `return (words + ____) * width + blocks * inBlock(width) + 2 * width;`

// %% id="ex-gpt-solution" tags=["solution"] for="ex-gpt"
function knobsOfGpt({ blocks, width, words, reach }: Shape) {
  const rows = (words + reach) * width;
  return rows + blocks * inBlock(width) + 2 * width; // and the last norm
}
counted(knobsOfGpt(gpt2));

// %% [markdown] id="weight-words"
// ## What it weighs
//
// A knob takes four bytes (lesson 14). While it is trained it has a slope, and Adam keeps two more numbers for it: sixteen bytes. **Before you run it**: how many gigabytes is GPT-3?

// %% id="weight-guess" tags=["predict"]
const weightGuess: number | "?" = "?"; // gigabytes, from 100

// %% id="weight-setup" tags=["setup"] title="bytes for a knob"
const kinds = { "in training": 16, "four bytes": 4, "two bytes": 2, "a byte": 1 };
const bytesKnob = ui.select("each knob", kinds, { value: "four bytes" });

// %% id="weight"
const gigabytes = (shape: Shape, bytes: number) => (knobsIn(shape) * bytes) / 1e9;
const [heavy, light] = [gpt3, gpt2].map((each) => gigabytes(each, bytesKnob.value));
const cards = Math.ceil(heavy / 80); // NVIDIA's A100 holds 80 (2020)
const weights = { "GPT-3": heavy, "GPT-2": light, "one card": 80 };
const needs = `GPT-3: ${heavy.toFixed(0)} gigabytes, ${cards} cards of 80`;
plot.bars(weights, { y: "gigabytes", title: needs });
const plain = gigabytes(gpt3, 4).toFixed(0);
console.log(`With four bytes a knob ${plain}; you said ${weightGuess}.`);

// %% [markdown] id="speed-words"
// Hardly a computer at home holds that, and training needs four times as much. But suppose it fitted: how long would it take here? First, what this machine can do: how many multiplications and additions in a second, in the product of two matrices, which is what networks mostly do.

// %% id="speed"
const [a, b] = [randn([512, 512]), randn([512, 512])];
const seconds = Array.from({ length: 20 }, () => {
  const begun = performance.now();
  a.matmul(b).at(0, 0).item(); // each of the numbers is 512 products, added up
  return (performance.now() - begun) / 1000;
});
const speed = (2 * 512 ** 3) / Math.min(...seconds); // of the quickest
console.log(`${(speed / 1e9).toFixed(0)} billion a second`);

// %% [markdown] id="years-words"
// For each piece of text every knob is multiplied once and added once, and on the way back twice as much (lesson 5): six in all. GPT-3 read 300 billion pieces of words (T. Brown and others, 2020). **Before you run it**: how many years would this machine work?

// %% id="years-guess" tags=["predict"]
const yearsGuess: number | "?" = "?"; // years, from 10

// %% id="years-setup" tags=["setup"] title="times in words"
const year = 365.25 * 24 * 3600; // seconds
/** A time in the unit a person would use. */
function inWords(seconds: number) {
  const units = [
    ["years", year],
    ["days", 86_400],
    ["hours", 3600],
    ["minutes", 60],
    ["seconds", 1],
  ] as const;
  const [name, length] = units.find(([, length]) => seconds >= length) ?? ["ms", 0.001];
  const amount = Number((seconds / length).toPrecision(2));
  return `${amount.toLocaleString("en", { notation: "compact", compactDisplay: "long" })} ${name}`;
}

// %% id="years"
const costOf = (knobs: number, pieces: number) => 6 * knobs * pieces;
const cost = costOf(knobsIn(gpt3), 300e9);
const years = cost / speed / year;
console.log(`${cost.toExponential(2)} multiplications and additions:`);
console.log(`${inWords(cost / speed)} here; you said ${yearsGuess}.`);

// %% [markdown] id="price-words"
// ## What it costs
//
// So one takes many machines, made for it. GPT-3 was trained on NVIDIA's V100 (T. Brown and others, 2020), which does at most 125 million million a second (NVIDIA, V100 data sheet). Nobody gets all of it, since the cards wait for numbers. **Set the price of an hour and how much of a card one gets.** Where does a training cost less than a million?

// %% id="price-setup" tags=["setup"] title="knobs for the price"
const hourKnob = ui.slider("dollars an hour", { min: 0.2, max: 5, value: 2, step: 0.1 });
const usedKnob = ui.slider("percent of a card used", { min: 5, max: 100, value: 30, step: 5 });
const cardSpeed = 125e12;
/** Draws what a training costs by the number of knobs, all on as much text as GPT-3's. */
function drawPrice(dollars: (knobs: number) => number) {
  const knobs = knobsIn({ blocks: 96, width: 12_288, words: 50_257, reach: 2048 });
  const sizes = Array.from({ length: 17 }, (_, i) => 10 ** (8 + i / 4));
  const marks = [
    { x: knobs, y: dollars(knobs), label: "GPT-3" },
    { y: 1e6, label: "a million" },
  ];
  plot.line(sizes, sizes.map(dollars), {
    ...{ x: "knobs", y: "dollars for one training", log: "xy", range: [100, 1e9], marks },
    title: `GPT-3, trained once: ${(dollars(knobs) / 1e6).toFixed(1)} million dollars`,
  });
}

// %% id="price" tags=["auto"]
const hour = 3600 * cardSpeed * (usedKnob.value / 100); // what a card does in it
const dollars = (knobs: number) => ((6 * knobs * 300e9) / hour) * hourKnob.value;
drawPrice(dollars);

// %% [markdown] id="law-words"
// ## Why so large?
//
// Who would pay that? Somebody who has drawn the following line. Four networks of your kind, each about three times as large as the one before, read the same text. **Before you run it**: what will the loss do?

// %% id="law-guess" tags=["predict"]
const lawGuess = "?"; // "fall each time", "fall and rise" or "stay"

// %% id="law" title="Four sizes" quick={"lawSteps": 25}
const lawSteps = 200;
const widths = [4, 8, 16, 32];
const sized = widths.map(
  (width) => trainedWith({ width, blocks: 1, steps: lawSteps }), // all read the same
);
const losses = sized.map(({ loss }) => loss);
const sizes = sized.map(({ knobs }) => knobs);
plot.line(sizes, losses, { x: "knobs", y: "loss on new entries", log: "x" });
const falls = losses.every((loss, i) => i === 0 || loss < losses[i - 1]);
console.log(`${falls ? "fall each time" : "fall and rise"}; you said ${lawGuess}.`);

// %% [markdown] id="law-after"
// Each time larger, each time a little better: J. Kaplan and others (2020) found such lines to go on as far as they could pay. The line says what the next size will be worth before it is built, and that is how GPT-3 was decided on. It holds while there is text to learn from: with more knobs one needs more text, and for the same cost a smaller one that has read more is often better (lesson 10, *Chinchilla*).

// %% [markdown] id="answer-words"
// ## The answer
//
// How far is it from your network to GPT-3? Here are the ones that you have trained, and GPT-3, by their knobs and by how long this machine needs. **How many such machines do you need to have it within a year?**

// %% id="answer-setup" tags=["setup"] title="a knob for many machines"
const machines = ui.slider("machines like this", { min: 1, max: 1e7, value: 1, log: true });
/** Draws networks by their knobs and the seconds that their training takes. */
function drawDistance(dots: readonly { label: string; x: number; y: number }[]) {
  const [knobs, times] = [dots.map(({ x }) => x), dots.map(({ y }) => y)];
  const marks = [...dots, { y: year, label: "a year" }, { y: 60, label: "a minute" }];
  const last = dots[dots.length - 1];
  const many = Math.round(machines.value);
  const who = many === 1 ? "this machine" : `${counted(many)} such machines`;
  plot.line(knobs, times, {
    ...{ x: "knobs", y: "seconds", log: "xy", marks, height: 420 },
    range: [
      [1000, 1e12],
      [1e-6, 1e15],
    ],
    title: `${last.label} on ${who}: ${inWords(last.y)}`,
  });
}

// %% id="answer"
const trainings = [
  { label: "digits", x: 2410, pieces: 14_370 }, // lesson 14
  { label: "names", x: 11_897, pieces: 192_000 }, // lesson 12
  { label: "your GPT", x: gpt.summary().total, pieces: steps * 8 * reach },
  { label: "GPT-3", x: knobsIn(gpt3), pieces: 300e9 },
];
const rate = speed * machines.value; // multiplications and additions a second
const secondsFor = (x: number, pieces: number) => costOf(x, pieces) / rate;
drawDistance(trainings.map((one) => ({ ...one, y: secondsFor(one.x, one.pieces) })));

// %% [markdown] id="answer-after"
// There is nothing in GPT-3 that you have not built: rows for letters, looks, layers, norms, and one question, asked again and again, with knobs that are turned against their slopes. It is the same, with a million times the knobs and a million times the text. That is far; but it is a distance, and not another country.

// %% [markdown] id="exercises"
// ## Your turn
//
// Two you have met above. Three more; each has a check that says what is not right yet, three hints and a solution.

// %% [exercise] id="ex-window" title="Look back, but not too far"
// Shares of looks of `fits`, [n, n], at oneself and the `most` letters before.
function nearLooks(fits: Tensor, most: number): Tensor {
  const later = onesLike(fits).triu(1);
  return fits.maskedFill(later.gt(0), -Infinity).softmax(-1);
}
nearLooks(randn([5, 5]), 1);

// %% id="ex-window-check" tags=["check"] for="ex-window"
const allowed = (n: number, most: number) => {
  const whole = tensor(
    Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => i - j)),
  );
  return whole.ge(0).logicalAnd(whole.le(most));
};
expect.each(
  [
    [5, 1],
    [6, 2],
    [4, 0],
    [7, 6],
  ],
  ([n, most]) => {
    const fits = randn([n, n]);
    const may = allowed(n, most);
    const cut = (value: number) => fits.maskedFill(may.logicalNot(), value).softmax(-1);
    const answer = nearLooks(fits, most);
    const causal = fits.maskedFill(onesLike(fits).triu(1).gt(0), -Infinity).softmax(-1);
    const short = fits
      .maskedFill(allowed(n, Math.max(0, most - 1)).logicalNot(), -Infinity)
      .softmax(-1);
    expect(answer)
      .mistake(causal, "nobody looks ahead, but some look too far back")
      .mistake(fits.softmax(-1), "somebody looks ahead")
      .mistake(
        fits.softmax(-1).mul(may.to("f32")),
        "a row must add up to 1: mask before the softmax",
      )
      .mistake(causal.mul(may.to("f32")), "a row must add up to 1: mask before the softmax")
      .mistake(cut(0), "a fit of 0 still gets a share: only minus infinity gets none")
      .mistake(short, "one letter too few: `most` of them before oneself")
      .close(cut(-Infinity), { atol: 1e-5 }, "shares of oneself and of the letters just before");
    const future = fits.clone();
    future.set([null, n - 1], 9); // something else comes last
    expect(nearLooks(future, most).at([0, n - 1])).close(
      answer.at([0, n - 1]),
      { atol: 1e-5 },
      "what comes later must change nothing before it",
    );
  },
);

// %% [markdown] id="ex-window-hint-1" tags=["hint"] for="ex-window" title="where to look"
// The starter forbids what is to the right of the diagonal. Which corner of the square is still open?

// %% [markdown] id="ex-window-hint-2" tags=["hint"] for="ex-window" title="the rule"
// `triu(k)` keeps what is on the k-th line above the diagonal and beyond; `tril(-k)` the same below it. Both corners together are forbidden, before the softmax.

// %% [markdown] id="ex-window-hint-3" tags=["hint"] for="ex-window" title="the line, with a blank"
// `const far = onesLike(fits).tril(____);` and `later.add(far).gt(0)`. With `most` at 1, what is two below is too far.

// %% id="ex-window-solution" tags=["solution"] for="ex-window"
function nearLooks(fits: Tensor, most: number): Tensor {
  const later = onesLike(fits).triu(1);
  const far = onesLike(fits).tril(-most - 1); // too long ago
  return fits.maskedFill(later.add(far).gt(0), -Infinity).softmax(-1);
}
nearLooks(randn([5, 5]), 1);

// %% [exercise] id="ex-fits" title="Does it fit?"
// Gigabytes of a model with so many knobs, each of so many bits. A byte has 8.
function gigabytesOf(knobs: number, bits: number) {
  return knobs * bits;
}
gigabytesOf(7e9, 16);

// %% id="ex-fits-check" tags=["check"] for="ex-fits"
expect.each(
  [
    [7e9, 16],
    [70e9, 4],
    [174_604_259_328, 32],
  ],
  ([knobs, bits]) => {
    expect(gigabytesOf(knobs, bits))
      .mistake(knobs * bits, "these are bits: eight of them are a byte")
      .mistake((knobs * bits) / 8, "these are bytes: a gigabyte is a billion of them")
      .mistake((knobs * bits) / 1e9, "eight bits are a byte")
      .mistake((knobs * bits * 8) / 1e9, "eight bits are one byte: divide")
      .mistake(knobs / 1e9, "each knob takes bits / 8 bytes")
      .mistake(
        (knobs * bits) / 8 / 2 ** 30,
        "a gigabyte is a billion bytes; the others are called gibibytes",
      )
      .close((knobs * bits) / 8e9, { rtol: 1e-6 }, "knobs, times bytes for each, in billions");
  },
);

// %% [markdown] id="ex-fits-hint-1" tags=["hint"] for="ex-fits" title="where to look"
// The starter gives bits. How many bytes are they, and how many bytes are a gigabyte?

// %% [markdown] id="ex-fits-hint-2" tags=["hint"] for="ex-fits" title="the rule"
// Divide by 8 for bytes, and by a billion for gigabytes.

// %% [markdown] id="ex-fits-hint-3" tags=["hint"] for="ex-fits" title="the line, with a blank"
// `return (knobs * bits) / 8 / ____;`

// %% id="ex-fits-solution" tags=["solution"] for="ex-fits"
function gigabytesOf(knobs: number, bits: number) {
  return (knobs * bits) / 8 / 1e9; // bits, bytes, gigabytes
}
gigabytesOf(7e9, 16);

// %% [exercise] id="ex-beat" title="Beat the table of one letter"
// With at most 2 billion for knobs times letters read.
const mine: Try = { width: 8, blocks: 1, steps: 30, lr: 0.001 };
const tested = { ...mine, ...trainedWith(mine) };
`loss ${two(tested.loss)}, the table ${two(tablesThere[1])}; ${counted(tested.cost)}`;

// %% id="ex-beat-check" tags=["check"] for="ex-beat"
expect(tested.cost).below(2e9 + 1, "knobs times letters: spend less, on width or on steps");
const chosen = tested.lr ?? 0.02;
const advice =
  chosen < 0.005
    ? "the rate is so low that it hardly moves"
    : chosen > 0.05
      ? "the rate is too high: it jumps about"
      : tested.steps < 200
        ? "it has read very little - more steps, and less width"
        : "it has read a lot and has few knobs - more width, and fewer steps";
expect(tested.loss).below(tablesThere[1], advice);

// %% [markdown] id="ex-beat-hint-1" tags=["hint"] for="ex-beat" title="where to look"
// The starter has a low rate, few knobs and few steps. Which of them costs nothing?

// %% [markdown] id="ex-beat-hint-2" tags=["hint"] for="ex-beat" title="the rule"
// First the rate, twenty times as high. Then more steps while the cost allows it. Then share the cost otherwise: more width and fewer steps, or the other way round.

// %% [markdown] id="ex-beat-hint-3" tags=["hint"] for="ex-beat" title="the line, with a blank"
// `const mine: Try = { width: 28, blocks: 1, steps: 500, lr: 0.0____ };`

// %% id="ex-beat-solution" tags=["solution"] for="ex-beat"
const mine: Try = { width: 28, blocks: 1, steps: 500, lr: 0.02 }; // a rate that moves
const tested = { ...mine, ...trainedWith(mine) };
`loss ${two(tested.loss)}, the table ${two(tablesThere[1])}; ${counted(tested.cost)}`;

// %% [markdown] id="recap"
// ## What you take along
//
// - **Attention**: each letter asks, each offers, and shares of a look say who is heard. A **mask** forbids to look ahead.
// - A **block** is looking and thinking, added to what was there. Blocks, rows of words and rows of places: that is GPT, at every size, and its knobs can be **counted** on paper.
// - Training costs **six times knobs times pieces of text**. Size costs memory and money; the loss falls on a line that one can draw beforehand.

// %% [markdown] id="quiz" tags=["quiz"]
// ### Two questions
//
// A GPT is made twice as wide and half as deep. What happens to the knobs in its blocks?
//
// - [ ] They stay as many, since twice a half is one: width counts twice, once for each side of a table.
// - [x] They double: each block has four times as many, and there are half as many blocks.
// - [ ] They become four times as many: each block does, but half of the blocks are gone.
//
// Somebody tells you that a model has a hundred billion knobs. What do you know of how good it is?
//
// - [ ] That it is better than one of ten billion: not if that one has read more, or better texts.
// - [x] Little, only what it weighs and what an answer costs: how good it is depends on what it has read, and must be measured on what it has not.
// - [ ] Nothing at all, not even what it costs: bytes and multiplications follow from the count.

// %% [markdown] id="simplified"
// ### What the article simplifies
//
// *ChatGPT has 175 billion parameters.* That number was published for GPT-3 (T. Brown and others, 2020). ChatGPT was made from models that came after it, and how many knobs these have was never told. *Costs millions to train just once*: so says your slider, for the electricity and the cards of the run that went well. The tries before it, the people and the texts are not in it, and each answer costs again.

// %% [markdown] id="next"
// **This was the last lesson.** You have turned knobs by hand, by slopes and by the million. The [glossary](?lesson=glossary#transformer) has all the words; an empty notebook is waiting for a question of your own.
