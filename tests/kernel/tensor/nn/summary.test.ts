import { expect, test } from "vitest";
import { defaultGenerator, nn, ones, type Tensor } from "../../../../kernel/tensor/index.ts";

class Net extends nn.Module {
  layers = [nn.Linear(4, 1000), nn.Dropout(0.5)];
  head = nn.Linear(1000, 2, { bias: false });
  unused = nn.Tanh();
  forward(x: Tensor) {
    return this.head(this.layers.reduce((value, layer) => layer(value), x));
  }
}

test("summary() without an input counts parameters", () => {
  expect(String(new Net().freeze("head").summary())).toBe(
    `Layer           Parameters
--------------------------
Net                      -
    0: Linear        5,000
    1: Dropout           -
  head: Linear       2,000
  unused: Tanh           -
--------------------------
Parameters: 7,000
Trainable: 5,000
Frozen: 2,000`,
  );
});

test("summary() with an input's shape also tells what comes out of each layer", () => {
  const { rows } = new Net().summary([3, 4]);
  expect(rows.map(({ name, output }) => [name, output])).toEqual([
    ["", [3, 2]],
    ["layers.0", [3, 1000]],
    ["layers.1", [3, 1000]],
    ["head", [3, 2]],
    ["unused", null],
  ]);
});

test("summary() leaves modes, hooks, statistics and the generator as they were", () => {
  const net = nn.Sequential(nn.Linear(4, 3), nn.BatchNorm1d(3), nn.Dropout());
  net.get("2").eval();
  const before = {
    state: String(net.stateDict()["1.running_mean"]),
    draws: defaultGenerator.getState(),
  };
  net.summary(ones([5, 4]));
  expect(net.namedModules().map(([, { training }]) => training)).toEqual([true, true, true, false]);
  expect(String(net.stateDict()["1.running_mean"])).toBe(before.state);
  expect(defaultGenerator.getState()).toEqual(before.draws);
});

test("summary() counts the results of layers that give several", () => {
  expect(nn.LSTM(2, 3).summary([4, 1, 2]).rows[0]?.output).toEqual([4, 1, 3]);
});

test("a summary is shown as a table", () => {
  const bundle = Reflect.get(nn.Linear(2, 1).summary([5, 2]), Symbol.for("Jupyter.display")) as (
    this: unknown,
  ) => Record<string, string>;
  const shown = bundle.call(nn.Linear(2, 1).summary([5, 2]));
  expect(Object.keys(shown)).toEqual(["text/plain", "text/html"]);
  expect(shown["text/html"]).toContain("<table><thead><tr><th");
  expect(shown["text/html"]).toContain("[5, 1]");
});

test("a network is shown as the table of its layers with the shapes of their parameters", () => {
  const shownBy = (module: nn.Module) =>
    (
      Reflect.get(module, Symbol.for("Jupyter.display")) as (
        this: unknown,
      ) => Record<string, string>
    ).call(module);
  const net = nn.Sequential(nn.Linear(64, 32), nn.ReLU());
  const { "text/plain": text, "text/html": html = "" } = shownBy(net);
  expect(text).toBe(String(net));
  const cells = Array.from(html.matchAll(/<t[hd] [^>]*>([^<]*)</g), ([, cell]) => cell);
  const rows = [0, 3, 6, 9].map((from) => cells.slice(from, from + 3));
  expect(rows).toEqual([
    ["Layer", "Shapes", "Parameters"],
    ["Sequential", "-", "-"],
    ["  0: Linear", "weight [32, 64], bias [32]", "2,080"],
    ["  1: ReLU", "-", "-"],
  ]);
  expect(cells).toHaveLength(12);
  expect(html).toContain("Parameters: 2,080<br>Trainable: 2,080");
  // A layer without parameters has nothing to count.
  expect(shownBy(nn.ReLU())).toEqual({ "text/plain": "ReLU()" });
});

test("summary() refuses an input that is neither tensor nor shape", () => {
  expect(() => nn.Tanh().summary("x" as never)).toThrow(
    "summary: a string for an input - wanted a tensor or a shape",
  );
});
