// ---
// title: Parameters live in tensors
// question: Where does a model keep what it has learned?
// minutes: 25
// order: 14
// needs: [5]
// ---

// %% [markdown] id="opening"
// # Where does a model keep what it has learned?
//
// You have trained models and watched them get better. Close the page, and where does that go? Somebody sends you "a model": what do you hold in your hand, and what is missing before it does anything?
//
// In this lesson you look at one number in memory, write the method that finds all of them, open a saved file byte by byte, break a single bit of it, and bring to life a model that a stranger trained. At the end five files answer the question.

// %% id="setup" tags=["setup"] title="imports, a small reader of digits, and pens to draw with"
import { accuracy, data, decodeModel, encodeModel, encodeTensors, expect, F } from "descent";
import { linspace, load, manualSeed, nn, noGrad, optim, plot, randint, randn } from "descent";
import { save, Tensor, ui, zeros } from "descent";

/** The architecture of this lesson: 64 grey dots in, 32 in the middle, ten scores out. */
const reader = () => nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10));

/** How many of a hundred digits a network reads. */
const readBy = (net: (x: Tensor) => Tensor, digits: data.Dataset) =>
  (100 * accuracy(net, digits)).toFixed(1);

/** Draws a table above the run of memory that holds it; one number is orange in both. */
function drawMemory(table: Tensor, row: number, column: number) {
  const [rows = 0, columns = 0] = table.shape;
  const [down = 0, right = 0] = table.strides;
  const place = row * down + column * right;
  const size = table.numel();
  const cells = table.toArray() as number[][];
  const empty = Array.from({ length: size }, () => Number.NaN);
  const line = (values: number[], marked: boolean, at: number) =>
    empty.map((none, i) => (marked && i === at ? -size : (values[i] ?? none)));
  const memory = empty.map((_, at) => at + 1);
  const lines = cells.map((values, i) => line(values, i === row, column));
  plot.image([...lines, empty, line(memory, true, place)], {
    range: [-size, size],
    title: `[${row}, ${column}] of ${rows} x ${columns}: place ${place}, bytes ${4 * place} to ${4 * place + 3}`,
  });
}

/** Bytes of a file, four in a line, with the number that they spell. */
function hexOf(file: Uint8Array, start: number, numbers: number): string {
  const view = new DataView(file.buffer, file.byteOffset);
  const lines = Array.from({ length: numbers }, (_, i) => {
    const at = start + 4 * i;
    const number = Number(view.getFloat32(at, true).toPrecision(4));
    const bytes = Array.from(file.subarray(at, at + 4), (byte) =>
      byte.toString(16).padStart(2, "0"),
    );
    return `${String(at).padStart(5)}:  ${bytes.join(" ")}  =  ${number}`;
  });
  return lines.join("\n");
}

/** Where the numbers of a tensor begin in a .safetensors file. */
function startOf(file: Uint8Array, name: string): number {
  const headerBytes = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + headerBytes)));
  return 8 + headerBytes + header[name].data_offsets[0];
}

/** Draws the five likeliest languages. */
function drawLanguages(scores: Tensor, languages: readonly string[]) {
  const { values, indices } = scores.softmax(0).topk(5);
  const labels = Array.from(indices.data, (at) => languages[at] ?? "?");
  plot.bars(Array.from(values.data), { labels, y: "probability", range: [0, 1] });
}

/** Draws what eight units of the first layer look for, as pictures of 8 x 8 weights. */
const drawUnits = (net: nn.Module, title: string) =>
  plot.image(net.stateDict()["0.weight"].at([0, 8]).reshape([8, 8, 8]), { title, columns: 8 });

/** Draws some digits, each under its answer and a question mark if that is wrong. */
function drawDigits(digits: data.Dataset, title: string, answers = digits.y) {
  const some = digits.subset([...Array(12).keys()]);
  const labels = Array.from(some.y.data, (digit, i) =>
    digit === answers.data[i] ? `${digit}` : `${answers.data[i]}?`,
  );
  plot.image(some.x.add(1).reshape([12, 8, 8]), { labels, title, columns: 6 });
}

// %% [markdown] id="tensor-intro"
// ## One number, and where it lies
//
// A parameter is a number, and numbers live in **tensors**: tables with any number of directions. Memory has only one direction, so a tensor is two things: a run of numbers, and a rule that says where in the run each of them lies. Here are twelve numbers in three rows.

// %% id="inspect" tags=["auto"]
const table = linspace(1, 12, 12).reshape([3, 4]);
console.log(`shape ${table.shape}, strides ${table.strides}, dtype ${table.dtype}`);
console.log(`${table.numel()} numbers in ${table.data.byteLength} bytes`);
table;

// %% [markdown] id="strides"
// The rule is the pair of **strides** $s$: one row down is $s_0$ places further, one column to the right is $s_1$ places further.
//
// $$\text{place}(i, j) = i \cdot s_0 + j \cdot s_1$$
//
// And `f32` says that a number takes 32 bits, which is four bytes. Drag the two knobs: above is the table, below the memory, and the same number is orange in both. Where must you drag to move along the memory by one?

// %% id="place" tags=["auto"]
const row = ui.slider("row", { min: 0, max: 2, step: 1, value: 1 });
const column = ui.slider("column", { min: 0, max: 3, step: 1, value: 2 });
drawMemory(table, row.value, column.value);

// %% [markdown] id="turn-predict"
// `table.T` turns rows into columns: three rows of four become four rows of three. **Before you run it**: how many of the twelve numbers does it move in memory?

// %% id="turn-guess" tags=["predict"]
const movedGuess: number | "?" = "?"; // from 12

// %% id="turn"
const turned = table.T;
const isShared = turned.storage === table.storage;
console.log(`strides ${turned.strides}; the same memory: ${isShared}`);
console.log(`you said that ${movedGuess} numbers move`);
drawMemory(turned, 2, 1);

// %% [markdown] id="turn-after"
// None of them. The two strides changed places, and the same run of memory reads as another table. That is why transposing a matrix of a billion parameters takes no time, and why two tensors can be two views of one memory: change a number through the one and the other shows it.

// %% [markdown] id="module-intro"
// ## Who knows all the parameters?
//
// An optimiser wants a list of all parameters. Nobody writes that list by hand: a model is an object whose fields hold tensors, and a method looks through the fields. Here is the whole idea, in a class of our own.

// %% id="box"
class Box {
  parameters(): Tensor[] {
    const fields = Object.values(this); // whatever hangs on this object
    return fields.filter((field) => field instanceof Tensor && field.requiresGrad);
  }
}
class Layer extends Box {
  weight = randn([4, 2], { requiresGrad: true }); // training may turn these
  bias = zeros([4], { requiresGrad: true });
  scale = zeros([1]); // a tensor, and no parameter
}
console.log(new Layer().parameters().map(({ shape }) => shape.join(" x ")));

// %% [markdown] id="nested-predict"
// Networks are made of layers, which are made of tensors. Put two such layers into one box: how many parameters does `parameters()` find in the outer one?

// %% id="nested-guess" tags=["predict"]
const nestedGuess: number | "?" = "?"; // from 4

// %% id="nested"
class TwoLayers extends Box {
  first = new Layer();
  last = new Layer();
}
const foundInTwo = new TwoLayers().parameters().length;
console.log(`${foundInTwo} parameters found; you said ${nestedGuess}`);

// %% [markdown] id="nested-after"
// The fields of the outer box are layers, not tensors, and our method looks at tensors only. An optimiser that got this list would have nothing to turn: a guitar with no strings, and no error message either. Mend it.

// %% [exercise] id="ex-collect" title="Find them all"
// collect() should also find the knobs inside of fields, however deep.
function collect(box: object): Tensor[] {
  return Object.values(box).flatMap((field) => {
    if (field instanceof Tensor) return field.requiresGrad ? [field] : [];
    return []; // what if the field is an object or an array?
  });
}

// %% id="ex-collect-check" tags=["check"] for="ex-collect"
const knob = () => randn([2, 3], { requiresGrad: true });
const [near, far, deep, bare] = [knob(), knob(), knob(), knob()];
const fixed = randn([2]);
const box = { near, fixed, inner: { far, list: [{ deep }, bare] } };
const found = expect(() => collect(box)).runs("it should look into fields");
found.holds((all: unknown) => Array.isArray(all), "return a list - of tensors");
found.holds((all: Tensor[]) => !all.includes(fixed), "not all are knobs - fixed is not trained");
const finds = (knob: Tensor, why: string) =>
  found.holds((all: Tensor[]) => all.includes(knob), `one is missing - ${why}`);
finds(near, "the tensor in a field");
finds(far, "the tensor in an object in a field");
finds(deep, "the tensor in an object in an array");
finds(bare, "the tensor that is itself an entry of an array");
found.holds((all: Tensor[]) => all.length === 4, "four knobs were in there - each counts once");
const plain = "texts and numbers have nothing inside";
expect(() => collect({ note: "text", size: 3 }))
  .runs(plain)
  .equal([], plain);
const empty = `typeof null is "object", and nothing is inside`;
expect(() => collect({ later: null }))
  .runs(empty)
  .equal([], empty);

// %% [markdown] id="ex-collect-hint-1" tags=["hint"] for="ex-collect" title="where to look"
// The last line gives up on every field that is no tensor. A layer is such a field, and it has fields of its own.

// %% [markdown] id="ex-collect-hint-2" tags=["hint"] for="ex-collect" title="the rule"
// What you want to know about the inner object is what `collect` tells about the outer one. A function may call itself. Texts and numbers have nothing inside, and `typeof null` is `"object"` too.

// %% [markdown] id="ex-collect-hint-3" tags=["hint"] for="ex-collect" title="the line, with a blank"
// `return typeof field === "object" && field !== null ? ____(field) : [];`

// %% id="ex-collect-solution" tags=["solution"] for="ex-collect"
// Object.values of an array are its entries, so arrays need no line of their own.
function collect(box: object): Tensor[] {
  return Object.values(box).flatMap((field) => {
    if (field instanceof Tensor) return field.requiresGrad ? [field] : [];
    return typeof field === "object" && field !== null ? collect(field) : [];
  });
}

// %% [markdown] id="forgotten-intro"
// `nn.Module` works like that: it walks through fields, layers in fields and arrays of layers, and makes a name of the way it took. What it cannot see, it forgets. This network keeps one layer in a field and one in a `Map`, where nobody looks. How many of its numbers will be trained?

// %% id="forgotten"
class Forgetful extends nn.Module {
  hidden = nn.Linear(2, 4);
  others = new Map([["out", nn.Linear(4, 1)]]); // out of sight
}
class Complete extends nn.Module {
  hidden = nn.Linear(2, 4);
  out = nn.Linear(4, 1);
}
for (const net of [new Forgetful(), new Complete()])
  console.log(net.summary().total, "in", Object.keys(net.stateDict()).join(", "));

// %% [markdown] id="forgotten-after"
// The forgotten layer would stay at its random start for ever while the rest learns around it: the loss falls, only not far enough. Easy to write, and hard to see afterwards. In PyTorch a plain Python list hides layers, in Keras it is a lambda. So: **count the parameters before you train.**
//
// ### The same network elsewhere
//
// You say which layers there are; the framework makes their tensors, finds them, moves them and saves them. This is the network of the next section in the three frameworks that people name first. Look for what is *not* there: in none of them do you write down a single parameter.
//
// <details><summary>PyTorch</summary>
//
// ```python
// net = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
// sum(p.numel() for p in net.parameters())
// torch.save(net.state_dict(), "reader.pt")
// ```
//
// </details>
//
// <details><summary>Keras</summary>
//
// ```python
// net = keras.Sequential([keras.Input((64,)), layers.Dense(32, "relu"), layers.Dense(10)])
// net.count_params()
// net.save_weights("reader.weights.h5")
// ```
//
// </details>
//
// <details><summary>TensorFlow, without Keras's layers</summary>
//
// ```python
// class Dense(tf.Module):
//     def __init__(self, inputs, outputs):
//         super().__init__()
//         self.w = tf.Variable(tf.random.normal([inputs, outputs]) / inputs**0.5)
//         self.b = tf.Variable(tf.zeros([outputs]))
// net = [Dense(64, 32), Dense(32, 10)]  # each has trainable_variables; the list has not
// ```
//
// </details>
//
// One difference will bite later: PyTorch keeps a weight as `[outputs, inputs]`, and so do we; Keras and TensorFlow keep `[inputs, outputs]`.

// %% [markdown] id="train-intro"
// ## A model worth keeping
//
// A reader of digits, as in lesson 5. While it trains we save it now and then. Such files are called **checkpoints**; we need them at the end.

// %% id="look"
manualSeed(42);
const { train, test } = data.load("digits").split(0.8);
console.log(data.catalogue.digits.contents);
drawDigits(test, "some that it will never see");

// %% id="train" title="Train, and keep checkpoints"
manualSeed(42);
const net = reader();
const opt = optim.Adam(net.parameters(), { lr: 0.003 });
const curve = plot.live({ y: "loss", log: true });
for (const { x, y, step } of train.batches(64, { epochs: 10 })) {
  if ([0, 10, 30, 80].includes(step)) await save(`step-${step}.safetensors`, net);
  const loss = F.crossEntropy(net(x), y);
  opt.zeroGrad();
  loss.backward();
  opt.step();
  curve.push({ train: loss });
}

// %% id="save"
await save("reader.safetensors", net, { note: "ten passes over the digits" });

// %% [markdown] id="state-intro"
// What was saved is the **state dict**: the tensors by name, and nothing else. No code, no data, no idea what a digit is.

// %% id="state"
for (const [name, { shape }] of Object.entries(net.stateDict()))
  console.log(name.padEnd(10), shape.join(" x "));
const numbers = net.summary().total;
console.log(`${numbers} numbers`);

// %% [markdown] id="size-predict"
// **Before you go on**: how many bytes is the file? You know how many numbers there are and what one of them takes.

// %% id="size-guess" tags=["predict"]
const bytesGuess: number | "?" = "?";

// %% id="size"
const file = encodeModel(net, { note: "ten passes over the digits" }); // as save did
const sizes = Object.entries(net.stateDict()).map(([n, w]) => [n, 4 * w.numel()]);
const header = file.length - 4 * numbers; // the rest
plot.bars({ header, ...Object.fromEntries(sizes) }, { y: "bytes" });
console.log(`${file.length} bytes, ${4 * numbers} of them numbers`);
console.log(`you said ${bytesGuess}`);

// %% [markdown] id="header-intro"
// Nearly all of it is numbers. The rest is the **header**: first eight bytes that say how long the header is, then a text that says which tensor lies where. You can read it.

// %% id="header"
const headerBytes = Number(new DataView(file.buffer).getBigUint64(0, true));
JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + headerBytes)));

// %% [markdown] id="hex-intro"
// And these are the first weights, as they lie in the file: its byte number, four bytes written in base sixteen, and the number that they spell. Below them the same weights from the network that you trained.

// %% id="hex"
console.log(hexOf(file, startOf(file, "0.weight"), 6));
net.stateDict()["0.weight"].at(0, [0, 6]);

// %% [exercise] id="ex-size" title="Say the size of any file"
// Bytes of a file, from the number of parameters and the length of the header's text.
const fileSize = (parameters: number, headerText: number) => 4 * parameters;

// %% id="ex-size-check" tags=["check"] for="ex-size"
expect.each(5, () => {
  const [rows, columns] = Array.from(randint(1, 50, [2]).data);
  const tensors = { w: zeros([rows, columns]) };
  const bytes = encodeTensors({ tensors, metadata: {} });
  const text = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const why = "a file is a length, a text, and four bytes for each number";
  expect(fileSize(rows * columns, text))
    .mistake(bytes.length - 8, "the eight bytes that say how long the header is")
    .equal(bytes.length, why);
});

// %% [markdown] id="ex-size-hint-1" tags=["hint"] for="ex-size" title="where to look"
// The numbers are counted. What else is in the file? The bars above begin with it.

// %% [markdown] id="ex-size-hint-2" tags=["hint"] for="ex-size" title="the rule"
// A file is three things in a row: the length of the header, the header, the numbers. The length always takes as many bytes as the text above says.

// %% [markdown] id="ex-size-hint-3" tags=["hint"] for="ex-size" title="the line, with a blank"
// `____ + headerText + 4 * parameters`

// %% id="ex-size-solution" tags=["solution"] for="ex-size"
// A reader must know where the text ends before it can read it: hence the eight bytes.
const fileSize = (parameters: number, headerText: number) => 8 + headerText + 4 * parameters;

// %% [markdown] id="reload-intro"
// ## The same model again
//
// A fresh network has the same layers and random numbers in them. Then we load the file. **Predict**: after loading, how many of a hundred unseen digits does the copy read, compared with the original: fewer, about as many, exactly as many?

// %% id="reload-guess" tags=["predict"]
const copyGuess = "?"; // "fewer", "about as many" or "exactly as many"

// %% id="reload"
const copy = reader();
console.log(`fresh: reads ${readBy(copy, test)} of a hundred`);
const { note } = await load("reader.safetensors", copy);
console.log(`loaded ("${note}"): reads ${readBy(copy, test)}; you said ${copyGuess}`);
const difference = copy(test.x).sub(net(test.x)).abs().max().item();
console.log(`largest difference between any two scores: ${difference}`);

// %% [markdown] id="reload-after"
// Not nearly: exactly. The copy is equal in every bit, because there is nothing else to it. The network that read like somebody who guesses and the one that reads nearly everything differ in those numbers alone.
//
// ### A file of another model
//
// The names and shapes must fit. Otherwise nothing is loaded at all, and you are told why.

// %% id="mismatch"
const smaller = nn.Sequential(nn.Linear(64, 16), nn.ReLU(), nn.Linear(16, 10));
const refusal = await load("reader.safetensors", smaller).catch(String);
console.log(refusal);

// %% [markdown] id="flip-intro"
// ## One bit
//
// So everything hangs on bits. What if one of them falls over, in one weight, on a bad disk? A number in `f32` has a sign (bit 31), an exponent that says how large it is (bits 30 to 23) and digits (bits 22 to 0). Take the largest weight of the last layer and turn over one bit. **Which of them would you rather not lose?** Write down a bit, then drag.

// %% id="flip-guess" tags=["predict"]
const worstGuess: number | "?" = "?"; // a bit from 0 to 31

// %% id="flip"
const bit = ui.slider("bit", { min: 0, max: 31, step: 1, value: 22 });
const largest = net.stateDict()["2.weight"].argmax().item();
const at = startOf(file, "2.weight") + 4 * largest; // its byte in the file
const broken = file.slice();
broken[at + (bit.value >> 3)] ^= 1 << (bit.value & 7); // the low byte comes first
decodeModel(broken, copy); // as load does, from bytes
console.log(hexOf(file, at, 1), "\n" + hexOf(broken, at, 1));
const [intact, damaged] = [net, copy].map((each) => Number(readBy(each, test)));
const title = `bit ${bit.value}: reads ${damaged} of a hundred`;
plot.bars({ intact, damaged }, { range: [0, 100], y: "read, of a hundred", title });

// %% id="all-bits" title="All bits, one after the other"
const harm = [...Array(32).keys()].map((bit) => {
  const broken = file.slice();
  broken[at + (bit >> 3)] ^= 1 << (bit & 7);
  decodeModel(broken, copy);
  return 100 * (accuracy(net, test) - accuracy(copy, test));
});
plot.bars(harm, { x: "bit", y: "digits lost, of a hundred" });
const worst = harm.indexOf(Math.max(...harm));
console.log(`bit ${worst} costs ${harm[worst].toFixed(1)}; you said ${worstGuess}`);

// %% [markdown] id="flip-after"
// Almost every bit can fall over and nobody notices; the top bit of the exponent makes this weight so large that its digit is the answer to nearly everything. A network does not hang on any one number, as long as none becomes absurd. Which gives an idea: if the digits of a weight matter so little, why store so many of them?

// %% [markdown] id="round-intro"
// ## Fewer bits
//
// Round every weight to a few levels, the same distance apart, from minus the largest weight to the largest. With $b$ bits there are $2^b - 1$ levels:
//
// $$\Delta = \frac{\max |w|}{2^{b-1} - 1}$$
//
// $$w \approx \Delta \cdot \operatorname{round}(w / \Delta)$$
//
// **Predict**: how many bits a number does this network need to read within one of a hundred as well as with 32?

// %% id="round-guess" tags=["predict"]
const bitsGuess: number | "?" = "?"; // from 16

// %% id="rounding"
function rounded(w: Tensor, bits: number): Tensor {
  const levels = 2 ** (bits - 1) - 1; // above zero, and as many below
  const delta = w.abs().max().div(levels);
  return w.div(delta).round().mul(delta);
}
function roundInto(target: nn.Module, bits: number) {
  const weights = Object.entries(net.stateDict());
  const rough = weights.map(([name, w]) => [name, rounded(w, bits)]);
  target.loadStateDict(Object.fromEntries(rough));
}

// %% id="round"
const bits = ui.slider("bits a number", { min: 2, max: 8, step: 1, value: 3 });
roundInto(copy, bits.value);
const bytes = Math.ceil((numbers * bits.value) / 8);
drawUnits(copy, `${bytes} bytes read ${readBy(copy, test)} of a hundred`);

// %% id="round-all"
const byBits = [2, 3, 4, 5, 6, 7, 8].map((bits) => {
  roundInto(copy, bits);
  return 100 * accuracy(copy, test);
});
plot.bars(byBits, { labels: [..."2345678"], x: "bits", y: "read, of a hundred" });
const enough = 2 + byBits.findIndex((read) => read > 100 * accuracy(net, test) - 1);
console.log(`${enough} bits are enough here; you said ${bitsGuess}`);

// %% [markdown] id="round-after"
// The pictures are what eight units of the first layer look for: blue counts for, orange against. At three bits they look like posters, and still they read. This is called **quantisation**, and it is how models of billions of parameters fit into a phone. Eight bits are the usual choice: a byte a number, a quarter of the file. Your turn.

// %% [exercise] id="ex-bytes" title="A byte a number"
// A weight as bytes from 1 to 255, 128 for zero, and the distance of two levels.
function squeeze(w: Tensor): { codes: Tensor; delta: number } {
  const delta = 1;
  return { codes: w.to("u8"), delta };
}
const restore = (codes: Tensor, delta: number) => codes.to("f32").sub(128).mul(delta);

// %% id="ex-bytes-check" tags=["check"] for="ex-bytes"
const w = randn([20, 30]).mul(Math.random() + 0.1);
const hasBoth = ({ codes, delta }: ReturnType<typeof squeeze>) =>
  codes instanceof Tensor && delta !== undefined;
expect(squeeze(w)).holds(hasBoth, "return both - { codes, delta }");
const { codes, delta } = squeeze(w);
expect(codes.dtype).equal("u8", "a number should take one byte");
expect(codes).shape([20, 30], "a byte for each weight");
const zero = squeeze(linspace(-1, 1, 3))
  .codes.at(1)
  .item();
expect(zero).equal(128, "the byte of a weight of zero: restore() takes 128 away");
const atMost = w.abs().max().item() / 127 / 2; // half the way to the next level
const off = restore(codes, delta).sub(w).abs().max().item();
expect(off).below(1.01 * atMost, "a weight may move by half a level and no more");
const inBytes = reader(); // another one: cells below go on with the copy
for (const [name, tensor] of Object.entries(net.stateDict())) {
  const small = squeeze(tensor);
  inBytes.stateDict()[name].copy_(restore(small.codes, small.delta));
}
const least = accuracy(net, test) - 0.01;
expect(accuracy(inBytes, test)).above(least, "it reads worse by a point");

// %% [markdown] id="ex-bytes-hint-1" tags=["hint"] for="ex-bytes" title="where to look"
// Two things are missing: `delta` must depend on the weights, and the weights must become whole numbers from 1 to 255 before they become bytes.

// %% [markdown] id="ex-bytes-hint-2" tags=["hint"] for="ex-bytes" title="the rule"
// The largest weight should come to 127 levels above zero, so the distance is the 127th part of it. Divide by the distance, round, and move up by 128, since a byte knows no minus.

// %% [markdown] id="ex-bytes-hint-3" tags=["hint"] for="ex-bytes" title="the lines, with a blank"
// `const delta = w.abs().max().item() / 127;` and `codes: w.div(delta).____().add(128).to("u8")`

// %% id="ex-bytes-solution" tags=["solution"] for="ex-bytes"
// Rounding is at most half a level off. Cutting, which to("u8") does by itself, is a whole one off.
function squeeze(w: Tensor): { codes: Tensor; delta: number } {
  const delta = w.abs().max().item() / 127;
  return { codes: w.div(delta).round().add(128).to("u8"), delta };
}

// %% [markdown] id="foreign-intro"
// ## A stranger's model
//
// Some years ago somebody trained a network to tell languages apart. It counts groups of one to four letters and gives a score to each language that it knows. What it learned was published: the numbers, a byte each, as you just did it. We know the layers, so we build them, and load.

// %% id="foreign"
const foreign = data.load("languages");
console.log(data.catalogue.languages.contents);
const detector = nn.Sequential(nn.Linear(620, 120), nn.ReLU(), nn.Linear(120, 50));
detector.loadStateDict(foreign.parameters);
detector.summary([1, 620]);

// %% [markdown] id="sentence-intro"
// We have not trained it for a single step, and yet it can do something that nobody here has taught it. The codes are those of ISO 639-3: `deu` is German, `nld` Dutch, `eng` English. **Write your own sentence.** How short may it be? Two languages in one? Which one does it take for yours?

// %% id="sentence"
const sentence = "Wo ist denn hier der Bahnhof?";
drawLanguages(detector(foreign.features(sentence)), foreign.languages);

// %% [markdown] id="rename-intro"
// Strangers have other habits. Here is your reader as somebody would hand it to you who uses Keras: the same numbers under other names, and, as you saw above, with the sides of each weight exchanged.

// %% id="rename-setup" tags=["setup"] title="your reader, as Keras would keep it"
const theirs = {
  "dense/kernel": net.stateDict()["0.weight"].T.clone(),
  "dense/bias": net.stateDict()["0.bias"],
  "dense_1/kernel": net.stateDict()["2.weight"].T.clone(),
  "dense_1/bias": net.stateDict()["2.bias"],
};
for (const [name, tensor] of Object.entries(theirs)) console.log(name, tensor.shape.join(" x "));

// %% [exercise] id="ex-rename" title="Translate"
// Our names, their numbers, in a shape that loads.
const translated: Record<string, Tensor> = {
  "0.weight": theirs["dense/kernel"],
};

// %% id="ex-rename-check" tags=["check"] for="ex-rename"
const ours = net.stateDict();
const names = Object.keys(translated).toSorted();
expect(names).equal(Object.keys(ours).toSorted(), "our names are in stateDict()");
for (const [name, { shape }] of Object.entries(ours))
  expect(translated[name]).shape(shape, `"${name}" should be [outputs, inputs]`);
const revived = reader();
revived.loadStateDict(translated);
const some = randn([5, 64]);
expect(revived(some)).close(net(some), { atol: 1e-5 }, "the numbers are mixed up");

// %% [markdown] id="ex-rename-hint-1" tags=["hint"] for="ex-rename" title="where to look"
// The cell with the state dict lists our four names and shapes; the folded cell above lists theirs. The second layer of ours has the number 2, because the ReLU between is number 1.

// %% [markdown] id="ex-rename-hint-2" tags=["hint"] for="ex-rename" title="the rule"
// A kernel is `[inputs, outputs]` and should become `[outputs, inputs]`: the first thing in this lesson that moved no number. A bias has one side only.

// %% [markdown] id="ex-rename-hint-3" tags=["hint"] for="ex-rename" title="the line, with a blank"
// `"0.weight": theirs["dense/kernel"].____,` and so on for the other three.

// %% id="ex-rename-solution" tags=["solution"] for="ex-rename"
// Two of four: the kernels are turned, the biases are what they are.
const translated: Record<string, Tensor> = {
  "0.weight": theirs["dense/kernel"].T,
  "0.bias": theirs["dense/bias"],
  "2.weight": theirs["dense_1/kernel"].T,
  "2.bias": theirs["dense_1/bias"],
};

// %% [markdown] id="replay-predict"
// ## Five files
//
// Back to the question. You hold five files: the start, three from the way, the end. One network loads them in turn; its code does not change. **Predict**: does the file with the lower loss always read better?

// %% id="replay-guess" tags=["predict"]
const orderGuess = "?"; // "always", "mostly" or "no"

// %% id="replay"
const files = [...[0, 10, 30, 80].map((step) => `step-${step}`), "reader"];
const replay: { name: string; loss: number; read: number }[] = [];
for (const name of files) {
  await load(`${name}.safetensors`, copy);
  const loss = noGrad(() => F.crossEntropy(copy(test.x), test.y)).item();
  replay.push({ name, loss, read: 100 * accuracy(copy, test) });
}
for (const { name, loss, read } of replay)
  console.log(`${name.padEnd(8)} loss ${loss.toFixed(3)}, reads ${read.toFixed(1)}`);
console.log(`you said: ${orderGuess}`);

// %% [markdown] id="replay-after"
// Here better parameters are better answers, file by file. Drag through the five. The pictures are digits that were in no training; above each is the answer, with a question mark if it is wrong.

// %% id="answer" title="Five files, one network"
const which = ui.slider("file", { min: 0, max: 4, step: 1, value: 0 });
await load(`${files[which.value]}.safetensors`, copy);
const reads = `${files[which.value]} reads ${readBy(copy, test)} of a hundred`;
drawDigits(test, reads, copy(test.x).argmax(1));

// %% [markdown] id="answer-after"
// That is where a model keeps what it has learned: in these numbers, all of it and nowhere else. The code says how numbers flow, the file says which numbers, and neither can do anything without the other.

// %% [markdown] id="recap"
// ## What you take along
//
// - A **tensor** is a run of numbers in memory, and strides that lay a shape over it.
// - A **module** finds its parameters by looking through its fields. What it cannot see is not trained and not saved: count.
// - A **saved model** is a header and its parameters. Equal numbers in equal layers are the same model, whoever trained it.

// %% [markdown] id="quiz" tags=["quiz"]
// ### Two questions
//
// A friend sends you `model.safetensors` and nothing else. Can you run it?
//
// - [ ] Yes, all that was learned is in it: it is. What to do with it is not.
// - [x] Not yet: the header gives the names and shapes of all tensors, from which you can often guess the layers. But whether a ReLU or a tanh stands between them is in no number: that is code, and you need it too.
// - [ ] No, the numbers are of use only on the machine that made them: they are the same bytes everywhere: that is what the format is for.
//
// You save a model, train on for an hour, and load the file. What is lost?
//
// - [x] The hour: every parameter is back at its old value. If you want to go on training as if nothing had happened, the optimiser's own numbers must be kept as well; `save` takes it as an option, `{ optimizer: opt }`.
// - [ ] Nothing, as the model goes on from where it is: loading writes over where it is.
// - [ ] The names of the tensors: they are in the file, and in the model.

// %% [markdown] id="simplified"
// ### What the article simplifies
//
// *When you save a model, you are really saving these parameter values.* Yes, and two things more matter in practice. Some layers carry numbers that are not learned by gradients and still belong to the model, such as the running means of batch normalisation: they are called **buffers** and travel in the same file. And to go on training, the optimiser's memory is needed too. It also says that frameworks manage the parameters *automatically*; you have seen the place where that ends.
//
// ### What comes next
//
// If learned numbers can be loaded, they can be a start instead of an end. [Lesson 15](?lesson=15) takes a model that knows first names and teaches it towns.
//
// The digits: E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, 1998, CC BY 4.0. The language detector: *lande* by Fabio Spampinato, MIT, trained on sentences of Tatoeba's contributors, CC BY 2.0 FR.
