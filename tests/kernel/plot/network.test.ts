/** `plot.network`: the numbers it sends, against the network's own. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { DIAGRAM_MIME, type NetworkView } from "../../../kernel/plot/diagram.ts";
import * as plot from "../../../kernel/plot/index.ts";
import { manualSeed, nn, randn, type Tensor } from "../../../kernel/tensor/index.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";

let page: FakeSurface;
beforeEach(() => {
  page = installFakeSurface();
  manualSeed(1);
});
afterEach(() => page.remove());

const view = () => page.displays.at(-1)?.render()[DIAGRAM_MIME] as NetworkView;
const small = () => nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1));

test("plot.network() sends every weight and bias of a small network", () => {
  const net = small();
  plot.network(net);
  const { columns, layers } = view();
  expect(columns.map(({ name, after, size }) => [name, after, size])).toEqual([
    ["input", "", 2],
    ["Linear 0", "Tanh", 3],
    ["Linear 2", "", 1],
  ]);
  layers.forEach(({ weights }, i) => {
    const layer = net.at(2 * i) as nn.Linear;
    const wanted = Array.from(layer.weight.data);
    weights.forEach((weight, k) => expect(weight).toBeCloseTo(wanted[k] ?? NaN, 5));
    expect(weights).toHaveLength(wanted.length);
    columns[i + 1]?.biases?.forEach((bias, k) =>
      expect(bias).toBeCloseTo(layer.bias.data[k] ?? NaN, 5),
    );
  });
});

test("plot.network() draws some units of a large layer, and says how many", () => {
  const net = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10));
  plot.network(net, { units: { value: 4 } });
  const { columns, layers, notes } = view();
  expect(columns[0]?.units).toEqual([0, 1, 62, 63]);
  const weight = (net.at(0) as nn.Linear).weight;
  // The third of the drawn units is 30, the fourth of the drawn inputs 63.
  expect(layers[0]?.weights[2 * 4 + 3]).toBeCloseTo(weight.at(30, 63).item(), 5);
  expect(notes[0]).toBe(
    "Not every unit is drawn: 4 of 64 in input, 4 of 32 in Linear 0, 4 of 10 in Linear 2.",
  );
});

test("plot.network() shows what an example becomes, and leaves mode and graph alone", () => {
  const net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Dropout(0.5), nn.Linear(3, 1));
  net.train();
  const x = randn([2]);
  plot.network(net, { example: x });
  const hidden = ((net.at(0) as nn.Linear)(x) as Tensor).tanh();
  const { columns } = view();
  columns[0]?.values?.forEach((value, i) => expect(value).toBeCloseTo(x.data[i] ?? NaN, 5));
  columns[1]?.values?.forEach((value, i) => expect(value).toBeCloseTo(hidden.data[i] ?? NaN, 5));
  net.eval();
  expect(columns[2]?.values?.[0]).toBeCloseTo((net(x) as Tensor).item(), 5);
  net.train();
  view();
  expect(net.training).toBe(true);
  expect(net.parameters().every(({ grad }) => grad === null)).toBe(true);
});

test("update() draws the weights of now", () => {
  const net = small();
  const figure = plot.network(net);
  const before = view().layers[0]?.weights[0] ?? NaN;
  const [weight] = net.parameters();
  weight?.detach().add_(1);
  figure.update();
  expect(page.displays[0]?.invalidated).toBe(1);
  expect(view().layers[0]?.weights[0]).toBeCloseTo(before + 1, 5);
});

test("plot.network() begins anew where units are laid out anew between layers", () => {
  class Speaker extends nn.Module {
    letters = nn.Embedding(5, 2);
    out = nn.Linear(6, 5);
    forward(x: Tensor) {
      return this.out(this.letters(x).reshape([-1, 6]));
    }
  }
  const net = new Speaker();
  plot.network(net);
  const { columns, layers } = view();
  expect(columns.map(({ name, size }) => [name, size])).toEqual([
    ["input", 5],
    ["letters", 2],
    ["into out", 6],
    ["out", 5],
  ]);
  expect(layers.map(({ from, to }) => [from, to])).toEqual([
    [0, 1],
    [2, 3],
  ]);
  // To the second number of a vector, from the fourth letter.
  expect(layers[0]?.weights[5 + 3]).toBeCloseTo(net.letters.weight.at(3, 1).item(), 5);
});

test("plot.network() calls inputs and outputs by the names they are given", () => {
  const figure = plot.network(small(), {
    inputs: ["hours", "age"],
    outputs: ["songs"],
    title: "Songs",
  });
  expect(view().columns.map(({ labels }) => labels)).toEqual([["hours", "age"], [], ["songs"]]);
  expect(String(figure)).toMatch(
    /^<Figure: Songs: input 2, Linear 0 3, Linear 2 1 units; weights input to/,
  );
});

test.each<[string, () => unknown, string]>([
  [
    "what is no network",
    () => plot.network(3 as never),
    "plot.network: a number - wanted a network",
  ],
  [
    "a network without such layers",
    () => plot.network(nn.Tanh()),
    "plot.network: Tanh has no Linear and no Embedding",
  ],
  [
    "an example that is none",
    () => plot.network(small(), { example: [1, 2] as never }),
    "plot.network: an array for the example - wanted a tensor",
  ],
])("plot.network() refuses %s", (_, make, message) => {
  expect(make).toThrow(message);
});
