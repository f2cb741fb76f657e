import { beforeAll, expect, test } from "vitest";
import { type Checker, createChecker } from "../../types/checker.ts";
import { cellOf } from "../../types/cell.ts";

let checker: Checker;
beforeAll(() => {
  const cells = [...moving, ...followed].map(([, text]) => cellOf(text));
  checker = createChecker(undefined, cells);
  checker.diagnostics(cells[0] ?? "");
}, 120_000);

/** Correct code in which a type holds the shape of another moment. */
const moving: readonly (readonly [name: string, text: string])[] = [
  [
    "a let that takes the next layer's shape",
    `let x = randn([32, 784]); x = x.matmul(randn([784, 10])); x = x.matmul(randn([10, 5])); const y = x.add(ones([5]));`,
  ],
  [
    "a let that grows in a loop",
    `let all = zeros([1, 3]); for (let i = 0; i < 3; i++) all = cat([all, ones([1, 3])]); all.sub(ones([4, 3]));`,
  ],
  [
    "weights of several shapes in a list",
    `const ws = [randn([784, 128]), randn([128, 10])]; randn([2, 784]).matmul(ws[0]).matmul(ws[1]);`,
  ],
  [
    "weights of several shapes in a loop",
    `const w = [randn([4, 4]), randn([4, 3])]; for (const each of w) ones([2, 4]).matmul(each).add(ones([2, 1]));`,
  ],
  [
    "layers folded over an input",
    `const ls = [nn.Linear(4, 8), nn.Linear(8, 2)]; ls.reduce((h, l) => l(h), randn([3, 4])).add(ones([2]));`,
  ],
  [
    "a list that is filled",
    `const hs = [zeros([2])]; hs.push(zeros([3])); hs[1].add(ones([3])); hs.map((h) => h.add(1)).at(-1)?.add(ones([3]));`,
  ],
  [
    "a choice of two shapes",
    `const wide = Math.random() < 2; const x = wide ? zeros([3]) : zeros([2]); x.add(ones([3])); x.add(ones([2]));`,
  ],
  [
    "two names exchanged",
    `let a = zeros([2]); let b = zeros([3]); [a, b] = [b, a]; a.add(ones([3])); b.add(ones([2]));`,
  ],
  [
    "a field that is replaced",
    `class Cell { h = zeros([1, 2]); grow() { this.h = cat([this.h, this.h]); return this.h.sub(ones([2, 1, 3])).add(ones([2, 2])); } } new Cell();`,
  ],
  [
    "a property that is replaced",
    `const state = { x: zeros([2]) }; state.x = zeros([3]); state.x.add(ones([3]));`,
  ],
  [
    "a map of parameters",
    `const p = new Map([["w", zeros([2, 3])]]); p.set("b", zeros([4])); p.get("b")?.add(ones([4]));`,
  ],
  [
    "a chain that is lengthened",
    `const net = nn.Sequential(nn.Linear(2, 3)); net.append(nn.Linear(3, 4)); net(ones([1, 2])).add(ones([4]));`,
  ],
  [
    "a default that is overridden",
    `const f = (x = zeros([2])) => x.add(ones([3])); f(zeros([3]));`,
  ],
  [
    "a constant behind a let",
    `let x = zeros([2]); x = zeros([3]); const y = x.mul(2); const z = y.relu(); z.add(ones([3]));`,
  ],
  [
    "a layer in a let",
    `let l = nn.Linear(2, 3); l = nn.Linear(4, 5); l(ones([1, 4])).add(ones([5]));`,
  ],
];

test.each(moving)("nothing is underlined in %s", (_name, text) => {
  expect(checker.shown(cellOf(text))).toEqual([]);
});

const followed: readonly (readonly [name: string, text: string])[] = [
  ["a let that stays", `let x = randn([5, 10]); x.matmul(randn([20, 5]));`],
  [
    "a constant of constants",
    `const [n, m] = [5, 20]; const x = randn([5, 10]); const y = x.relu(); y.matmul(randn([20, m]));`,
  ],
  ["a function of one expression", `const f = () => randn([5, 10]); f().matmul(randn([20, 5]));`],
  [
    "a function with one return",
    `function f() { return randn([5, 10]); } f().matmul(randn([20, 5]));`,
  ],
  [
    "a promised parameter",
    `function f(x: Tensor<[5, 10]>) { return x.matmul(randn([20, 5])); } f(ones([5, 10]));`,
  ],
  ["a layer's weight", `const l = nn.Linear(10, 5); l.weight.matmul(randn([20, 5]));`],
  ["an object's property", `const made = { x: randn([5, 10]) }; made.x.matmul(randn([20, 5]));`],
];

test.each(followed)("a mistake is followed through %s", (_name, text) => {
  expect(checker.shown(cellOf(text))).toEqual([
    expect.stringContaining("inner sizes 10 and 20 must match"),
  ]);
});

test("sentenceOf() leaves other diagnostics alone", () => {
  expect(checker.shown("const x: number = 'text';")).toEqual([
    "Type 'string' is not assignable to type 'number'.",
  ]);
});
