import { beforeAll, describe, expect, test } from "vitest";
import { cellOf } from "./cell.ts";
import { type Checker, createChecker, emittedDeclarations } from "./checker.ts";

let checker: Checker;
beforeAll(() => {
  const hovered = shapes.map(([expression]) => resultOf(expression));
  const cells = [...unknownShapes, ...otherShapes].map((text) => cellOf(text));
  checker = createChecker(emittedDeclarations(), [...hovered, ...cells]);
  checker.diagnostics(cells[0] ?? "");
}, 120_000);

/** A cell in which an expression has a name. */
const resultOf = (expression: string): string => cellOf(`const result = ${expression};`);

/** What its name says when hovered over. */
function typeOf(expression: string): string {
  return checker.hover(resultOf(expression), "result").replace("const result: ", "");
}

const shapes: readonly (readonly [expression: string, shown: string])[] = [
  ["zeros([32, 10])", "Tensor<[32, 10]>"],
  ["tensor([[1, 2, 3], [4, 5, 6]])", "Tensor<[2, 3]>"],
  ["tensor(5)", "Tensor<[]>"],
  ["tensor(new Float32Array(3))", "Tensor<[number]>"],
  ["arange(5)", "Tensor<[5]>"],
  ["arange(2.5)", "Tensor<[number]>"],
  ["eye(3)", "Tensor<[3, 3]>"],
  ["zeros([32, 10]).add(ones([32, 1]))", "Tensor<[32, 10]>"],
  ["zeros([32, 10]).add(1)", "Tensor<[32, 10]>"],
  ["zeros([4, 1]).mul(zeros([3]))", "Tensor<[4, 3]>"],
  ["zeros([5, 2, 3]).matmul(zeros([3, 4]))", "Tensor<[5, 2, 4]>"],
  ["zeros([2, 3]).matmul(zeros([3]))", "Tensor<[2]>"],
  ["zeros([2, 3]).sum()", "Tensor<[]>"],
  ["zeros([2, 3]).sum(-1)", "Tensor<[2]>"],
  ["zeros([2, 3, 4]).mean([0, 2])", "Tensor<[3]>"],
  ["zeros([2, 3]).max(1, { keepdim: true })", "Tensor<[2, 1]>"],
  ["zeros([2, 3, 4]).T", "Tensor<[4, 3, 2]>"],
  ["zeros([2, 3, 4]).transpose(0, -1)", "Tensor<[4, 3, 2]>"],
  ["zeros([2, 3, 4]).permute(2, 0, 1)", "Tensor<[4, 2, 3]>"],
  ["zeros([2, 3, 4]).reshape([6, 4])", "Tensor<[6, 4]>"],
  ["zeros([2, 3, 4]).reshape(-1)", "Tensor<[24]>"],
  ["zeros([2, 3, 4]).reshape([2, -1])", "Tensor<[2, number]>"],
  ["zeros([64, 28, 28]).flatten(1)", "Tensor<[64, 784]>"],
  ["zeros([2, 1, 3]).squeeze(1)", "Tensor<[2, 3]>"],
  ["zeros([2, 1, 3]).squeeze()", "Tensor<[2, 3]>"],
  ["zeros([2, 3]).unsqueeze(-1)", "Tensor<[2, 3, 1]>"],
  ["zeros([1, 3]).expand([5, 3])", "Tensor<[5, 3]>"],
  ["zeros([2, 3]).at(0)", "Tensor<[3]>"],
  ["zeros([2, 3, 4]).at([0, 1], null, 2)", "Tensor<[number, 3]>"],
  ["zeros([2, 3]).at(tensor([0, 1], { dtype: 'i32' }))", "Tensor<any>"],
  ["zeros([2, 3]).select(1, 0)", "Tensor<[2]>"],
  ["cat([zeros([2, 3]), ones([38, 3])])", "Tensor<[40, 3]>"],
  ["stack([zeros([3]), ones([3])], 1)", "Tensor<[3, 2]>"],
  ["where(zeros([2, 1]), 1, ones([3]))", "Tensor<[2, 3]>"],
  ["zeros([2, 3]).softmax(1).relu().to('f64').clone()", "Tensor<[2, 3]>"],
  ["nn.Linear(64, 32)", "Linear<64, 32>"],
  ["nn.Linear(64, 32)(zeros([5, 64]))", "Tensor<[5, 32]>"],
  ["nn.Linear(64, 32).weight", "Tensor<[32, 64]>"],
  ["nn.Embedding(27, 8)(zeros([4, 3]))", "Tensor<[4, 3, 8]>"],
  [
    "nn.Sequential(nn.Flatten(), nn.Linear(784, 10), nn.ReLU())(zeros([5, 28, 28]))",
    "Tensor<[5, 10]>",
  ],
  ["nn.Conv2d(3, 8, 5)(zeros([4, 3, 32, 28]))", "Tensor<[4, 8, 28, 24]>"],
  ["nn.Conv2d(3, 8, 3, { padding: 'same' })(zeros([3, 32, 28]))", "Tensor<[8, 32, 28]>"],
  [
    "nn.Conv2d(3, 8, [5, 3], { stride: [2, 1], dilation: 2 })(zeros([4, 3, 32, 28]))",
    "Tensor<[4, 8, 12, 24]>",
  ],
  ["nn.Conv2d(3, 8, 16, { stride: 16 })(zeros([1, 3, 224, 224]))", "Tensor<[1, 8, 14, 14]>"],
  ["nn.Conv1d(3, 6, 3, { stride: 2 })(zeros([4, 3, 100]))", "Tensor<[4, 6, 49]>"],
  ["nn.Conv2d(1, 2, 9)(zeros([1, 1, 5, 5]))", "Tensor<[1, 2, number, number]>"],
  ["new nn.Conv2d(3, 8, 3)(zeros([4, 3, 9, 9]))", "Tensor<[4, 8, number, number]>"],
  ["nn.MaxPool2d(3, { stride: 2, padding: 1 })(zeros([4, 3, 112, 7]))", "Tensor<[4, 3, 56, 4]>"],
  ["nn.MaxPool2d(2, { ceilMode: true })(zeros([4, 3, 9, 9]))", "Tensor<[4, 3, number, number]>"],
  ["nn.AvgPool1d(2)(zeros([3, 9]))", "Tensor<[3, 4]>"],
  ["nn.AdaptiveAvgPool2d([2, null])(zeros([4, 3, 7, 9]))", "Tensor<[4, 3, 2, 9]>"],
  ["F.maxPool2d(zeros([1, 3, 8, 9]), 2)", "Tensor<[1, 3, 4, 4]>"],
  ["F.avgPool2d(zeros([1, 3, 8, 8]), 2, { stride: 1 })", "Tensor<[1, 3, 7, 7]>"],
  [
    "F.conv2d(zeros([1, 3, 8, 8]), zeros([4, 3, 3, 3]), null, { padding: 1 })",
    "Tensor<[1, 4, 8, 8]>",
  ],
  ["tensor(zeros([2, 3]).toArray())", "Tensor<any>"],
  ["F.crossEntropy(zeros([5, 3]), [0, 1, 2, 0, 1])", "Tensor<[]>"],
  ["F.crossEntropy(zeros([2, 3]), [0, 1], { reduction: 'none' })", "Tensor<any>"],
  ["F.relu(zeros([2, 3]))", "Tensor<[2, 3]>"],
  ["F.oneHot(zeros([4]), 10)", "Tensor<[4, 10]>"],
  ["nn.MSELoss()", 'MSELoss<"mean">'],
  ["zeros([3]).dot(ones([3]))", "Tensor<[]>"],
  ["zeros([3]).outer(ones([4]))", "Tensor<[3, 4]>"],
  ["zeros([3, 1]).expand([2, -1, 4])", "Tensor<[2, 3, 4]>"],
  ["einsum('ij,jk->ik', zeros([2, 3]), zeros([3, 4]))", "Tensor<[2, 4]>"],
  ["einsum('ij, kj', zeros([2, 3]), zeros([4, 3]))", "Tensor<[2, 4]>"],
  ["einsum('bB->', zeros([2, 3]))", "Tensor<[]>"],
  ["einsum('i,i->i', zeros([1]), zeros([4]))", "Tensor<[4]>"],
  ["einsum('...i->...', zeros([2, 3]))", "Tensor<any>"],
  ["nn.MSELoss()(zeros([3]), ones([3]))", "Tensor<[]>"],
  ["nn.CrossEntropyLoss({ reduction: 'none' })(zeros([2, 3]), [0, 1])", "Tensor<any>"],
  ["nn.RNN(3, 5)(zeros([7, 2, 3]))", "[output: Tensor<[7, 2, 5]>, h: Tensor<[1, 2, 5]>]"],
  [
    "nn.LSTM(3, 5, { numLayers: 2, bidirectional: true, batchFirst: true })(zeros([2, 7, 3]))",
    "[output: Tensor<[2, 7, 10]>, state: [h: Tensor<[4, 2, 5]>, c: Tensor<[4, 2, 5]>]]",
  ],
  ["nn.GRU(3, 5)(zeros([7, 3]))", "[output: Tensor<[7, 5]>, h: Tensor<[1, 5]>]"],
  [
    "nn.MultiheadAttention(8, 2)(zeros([5, 3, 8]), zeros([7, 3, 8]), zeros([7, 3, 8]))",
    "[output: Tensor<[5, 3, 8]>, weights: Tensor<[3, 5, 7]>]",
  ],
  ["nn.LayerNorm(8)(zeros([3, 8]))", "Tensor<[3, 8]>"],
  ["nn.BatchNorm2d(8)(zeros([3, 8, 4, 4]))", "Tensor<[3, 8, 4, 4]>"],
];

describe("hovering shows a plain shape", () => {
  test.each(shapes)("of %s", (expression, shown) => {
    expect(typeOf(expression)).toBe(shown);
  });
});

const unknownShapes: readonly string[] = [
  "const x: any = 0; zeros([2, 1]).add(x).matmul(ones([7, 2]));",
  "const x: Tensor = zeros([3]); x.matmul(ones([4, 2])).add(ones([5]));",
  "const n: number = 3; zeros([n, 4]).matmul(ones([4, n])).add(ones([7]));",
  "const shape: number[] = [2, 3]; zeros(shape).add(ones([9])).sum(5);",
  "const dim: number = 7; zeros([2, 3]).sum(dim).add(ones([9]));",
  "declare const m: 2 | 3; zeros([m, 4]).add(ones([2, 4])).add(ones([3, 4]));",
  "declare const d: 0 | 1; zeros([2, 3]).sum(d).add(ones([2]));",
  "declare const u: Tensor<[2]> | Tensor<[3]>; ones([3]).add(u); F.mse(ones([2]), u);",
  "declare const s: [2] | [3]; zeros(s).add(ones([3])); zeros(s).add(ones([2]));",
  "zeros([2, 3]).at('...', 0, 1).add(ones([7]));",
  "zeros([2, 3]).at(zeros([2, 3]).gt(0)).add(ones([7]));",
  "cat([zeros([0]), ones([2, 3])]).add(ones([2, 3]));",
  "declare const k: number; nn.Conv2d(k, k, k)(zeros([2, 3, 9, 9])).add(ones([1, 1, 7, 8]));",
  "const o = { stride: 2 }; nn.Conv2d(1, 2, 3, o)(zeros([1, 1, 9, 9])).add(ones([7, 8]));",
  "declare const g: number; F.conv2d(zeros([1, 4, 9, 9]), ones([4, 1, 3, 3]), null, { groups: g });",
  "declare const d: 0 | 1; zeros([2, 3]).permute(d, 1).unsqueeze(d).add(ones([7]));",
  "class Flat extends nn.Conv2d { forward(x: Tensor) { return super.forward(x).flatten(1); } } F.mse(new Flat(1, 2, 3)(zeros([1, 1, 5, 5])), zeros([1, 18]));",
  "class Row extends nn.Linear { forward(x: Tensor) { return super.forward(x).flatten(); } } F.mse(new Row(2, 3)(zeros([4, 2])), zeros([12]));",
  "class Half extends nn.MaxPool1d { forward(x: Tensor) { return super.forward(x).sum(); } } F.mse(nn.Sequential(new Half(2))(zeros([1, 1, 4])), zeros([1]));",
  "class Wide extends nn.BatchNorm1d { forward(x: Tensor) { return super.forward(x.T); } } F.mse(new Wide(3)(zeros([3, 4])), zeros([4, 3]));",
  "class Column extends nn.MSELoss { forward(a: Tensor, b: Tensor) { return super.forward(a, b.unsqueeze(1)); } } new Column()(ones([3, 1]), ones([3]));",
  "class Last extends nn.LSTM {} const [y] = new Last(3, 4)(zeros([5, 2, 3])); y.add(ones([7]));",
  "declare const b: boolean; nn.GRU(3, 4, { batchFirst: b, bidirectional: b })(zeros([5, 2, 3]))[1].add(ones([2, 2, 4]));",
  "declare const o: { needWeights?: boolean }; const x = zeros([5, 2, 4]); nn.MultiheadAttention(4, 2)(x, x, x, o)[1]?.add(ones([7]));",
  "const order = [1, 0]; zeros([2, 3]).permute(order); zeros([2, 3]).permute(...order);",
  "nn.Sequential()(zeros([2, 3])).add(ones([2, 3]));",
  "nn.Sequential((x: Tensor) => x.T, nn.Linear(2, 4))(zeros([2, 3])).add(ones([3, 4]));",
];

describe("an unknown shape always fits", () => {
  test.each(unknownShapes)("%s", (text) => {
    expect(checker.diagnostics(cellOf(text))).toEqual([]);
  });
});

const otherShapes: readonly string[] = [
  "let x = zeros([2]); x = zeros([3]); x = x.sum();",
  "let layer = nn.Linear(2, 3); layer = nn.Linear(3, 4);",
  "let net = nn.Sequential(nn.Linear(2, 3)); net = nn.Sequential(nn.ReLU(), nn.Linear(3, 4));",
  "let conv = nn.Conv2d(1, 2, 3); conv = nn.Conv2d(3, 4, 5, { stride: 2, groups: 1 });",
  "let pool = nn.MaxPool2d(2); pool = nn.MaxPool2d([3, 2], { padding: 1 });",
  "let table = nn.Embedding(2, 3); table = nn.Embedding(3, 4);",
  "const xs = [zeros([2])]; xs.push(zeros([3, 4]));",
  "function f(x: Tensor<[2]>) { return x; } f(zeros([3]));",
  "const layers: nn.Linear[] = [nn.Linear(2, 3), nn.Linear(3, 4)]; layers.map((l) => l.weight);",
  "const made: (x: Tensor) => Tensor = nn.Linear(2, 3); const any: nn.Module = nn.Linear(2, 3);",
];

describe("a name may be given another shape", () => {
  test.each(otherShapes)("%s", (text) => {
    expect(checker.diagnostics(cellOf(text))).toEqual([]);
  });
});

// Without the boundary, a figure that is not there yet.
test("the five cells of the design have no diagnostic", () => {
  const once =
    'import { accuracy, data, F, forever, load, manualSeed, nn, optim, plot, save, type Tensor, ui } from "descent";';
  for (const cells of fiveCells)
    expect(checker.diagnostics(`${once}\n${cells}`), cells).toEqual([]);
});

const mlp = `
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
accuracy(net, test)`;

/** Cells 1 with 5, 2, and 3 with 4; each in a module of its own, as they name things alike. */
const fiveCells: readonly string[] = [
  `${mlp}
await save("digits.safetensors", net, { optimizer: opt, note: "20 epochs, lr 0.01" });
const copy = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10));
await load("digits.safetensors", copy);
accuracy(copy, test) === accuracy(net, test)`,
  `manualSeed(42);
const names = data.load("names");
const letters = nn.Embedding(27, 8);
const net = nn.Sequential(letters, nn.Flatten(), nn.Linear(24, 64), nn.Tanh(), nn.Linear(64, 27));
const opt = optim.Adam(net.parameters(), { lr: 0.003 });
const vowel = (letter: string) => ("aeiou".includes(letter) ? "vowel" : "consonant");
const map = plot.embedding(letters.weight, { labels: names.letters, color: vowel });
for (const { x, y } of names.batches(64, { steps: 3000 })) {
  const loss = F.crossEntropy(net(x), y);
  opt.zeroGrad(); loss.backward(); opt.step();
  map.update();
}`,
  `const lr = ui.slider("learning rate", { min: 1e-4, max: 1, value: 0.01, log: true });
class Net extends nn.Module {
  hidden = nn.Linear(2, 16);
  out = nn.Linear(16, 2);
  forward(x: Tensor) { return this.out(this.hidden(x).tanh()); }
}
const { train, test } = data.load("spiral").split(0.5);
const net = new Net();
const opt = optim.SGD(net.parameters(), { lr, momentum: 0.9 });
const curve = plot.live({ log: true });
for (const step of forever()) {
  const loss = F.crossEntropy(net(train.x), train.y);
  opt.zeroGrad(); loss.backward(); opt.step();
  curve.push({ loss });
}`,
];

/** A cell of seven ops on shapes of `n` rows. */
const sevenOps = (n: number) => `{
  const x = randn([${n}, 10]);
  const h = x.matmul(randn([10, ${n}])).add(ones([${n}])).relu();
  const y = h.T.reshape([${n}, ${n}]).sum(1, { keepdim: true });
}`;

/** Types instantiated for 40 cells beyond those of an empty one. */
function cost(rows: (cell: number) => number): number {
  const cells = Array.from({ length: 40 }, (_, i) => sevenOps(rows(i)));
  const empty = checker.instantiations(cellOf(""));
  return checker.instantiations(cellOf(cells.join("\n"))) - empty;
}

test("40 cells on four shapes instantiate at most 30,000 types", () => {
  expect(cost((cell) => 20 + (cell % 4))).toBeLessThan(30_000);
});

test("40 cells of shapes that all differ instantiate at most 120,000 types", () => {
  expect(cost((cell) => 20 + cell)).toBeLessThan(120_000);
});
