/** Numbers that others published, computed by this engine from the same data and definitions. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { data, nn, type Tensor, tensor } from "../../../kernel/tensor/index.ts";

beforeAll(() => {
  const file = new URL("../../../notebooks/data/names.txt.gz", import.meta.url);
  data.provide("names", gunzipSync(readFileSync(file)));
});

test("the expression of micrograd's README has its value and slopes", () => {
  const leaf = (value: number) => tensor(value, { dtype: "f64", requiresGrad: true });
  const [a, b] = [leaf(-4), leaf(2)];
  let c = a.add(b);
  let d = a.mul(b).add(b.pow(3));
  c = c.add(c.add(1));
  c = c.add(c.add(1).sub(a));
  d = d.add(d.mul(2)).add(b.add(a).relu());
  d = d.add(d.mul(3)).add(b.sub(a).relu());
  const f = c.sub(d).pow(2);
  const g = f.div(2).add(f.reciprocal().mul(10));
  g.backward();
  const shown = [g, a.grad, b.grad].map((each) => each?.item().toFixed(4));
  expect(shown).toEqual(["24.7041", "138.8338", "645.5773"]);
});

test("a table of letter pairs has makemore's loss over all names", () => {
  const { letters, words } = data.load("names");
  const numbers = new Map(letters.map((letter, number) => [letter, number]));
  const pairs = words.flatMap((word) => {
    const row = [0, ...[...word].map((letter) => numbers.get(letter) ?? 0), 0];
    return row.slice(1).map((next, i) => [row[i] ?? 0, next] as const);
  });
  const at = tensor(Int32Array.from(pairs, ([from, to]) => from * 27 + to));
  const table = at.bincount({ minlength: 27 * 27 }).reshape(27, 27);
  const probabilities = table.div(table.sum(1, { keepdim: true }));
  const loss = probabilities.reshape(-1).takeRows(at).to("f64").log().mean().neg().item();
  // The lecture has 2.454, over a list that was drawn from the same registry.
  expect(loss).toBeCloseTo(2.454, 3);
});

const sizeOf = (net: nn.Module): number =>
  net.parameters().reduce((sum: number, each: Tensor) => sum + each.numel(), 0);

test("makemore's MLP has 11,897 parameters, and 12,097 with batch normalisation", () => {
  const plain = nn.Sequential(
    nn.Embedding(27, 10),
    nn.Flatten(),
    nn.Linear(30, 200),
    nn.Tanh(),
    nn.Linear(200, 27),
  );
  const normal = nn.Sequential(
    nn.Embedding(27, 10),
    nn.Flatten(),
    nn.Linear(30, 200, { bias: false }),
    nn.BatchNorm1d(200),
    nn.Tanh(),
    nn.Linear(200, 27),
  );
  expect([sizeOf(plain), sizeOf(normal)]).toEqual([11_897, 12_097]);
});
