/** `plot.graph`: what it says of a tape and of numbers, against the engine. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DIAGRAM_MIME, type GraphView } from "../../../kernel/plot/diagram.ts";
import * as plot from "../../../kernel/plot/index.ts";
import { beginOrigins, origins } from "../../../kernel/tensor/autograd/origin.ts";
import {
  F,
  manualSeed,
  nn,
  ones,
  randn,
  type Tensor,
  tensor,
  Value,
} from "../../../kernel/tensor/index.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";

let page: FakeSurface;
beforeEach(() => {
  page = installFakeSurface();
  manualSeed(1);
  beginOrigins(true);
});
afterEach(() => page.remove());

const view = () => page.displays.at(-1)?.render()[DIAGRAM_MIME] as GraphView;
const leaf = (data: number) => tensor(data, { requiresGrad: true });
const named = (name: string) => view().nodes.findIndex((node) => node.name === name);
/** The last slope that a node has, as text. */
const slopeOf = (name: string) =>
  view()
    .steps.flatMap(({ slopes }) => slopes)
    .findLast(({ node }) => node === named(name))?.text;

describe("plot.graph of a tape", () => {
  test("has a node for every number, with values and the slopes of single steps", () => {
    const [w, x] = [leaf(1.5), tensor(2)];
    const p = w.mul(x);
    const loss = p.sub(4).square();
    plot.graph(loss, { names: { w, x, p, loss } });
    const { nodes, edges } = view();
    expect(nodes.map(({ kind, name, op, value }) => [kind, name, op, value])).toEqual([
      ["parameter", "w", "", "1.5"],
      ["constant", "x", "", "2"],
      ["op", "p", "mul", "3"],
      ["constant", "", "", "4"],
      ["op", "", "sub", "−1"],
      ["op", "loss", "square", "1"],
    ]);
    expect(edges.map(({ from, to, local }) => [from, to, local])).toEqual([
      [0, 2, "2"],
      [1, 2, ""],
      [2, 4, "1"],
      [3, 4, ""],
      [4, 5, "−2"],
    ]);
  });

  test("says what is multiplied by what, newest first", () => {
    const w = leaf(1.5);
    const loss = w.mul(2).sub(4).square();
    plot.graph(loss, { names: { w, loss } });
    expect(view().steps.map(({ says }) => says)).toEqual([
      "The walk back begins at its end: loss grows as much as itself, so its slope is 1.",
      "loss passes its slope 1 back: to sub, 1 × −2 = −2.",
      "sub passes its slope −2 back: to mul, −2 × 1 = −2.",
      "mul passes its slope −2 back: to w, −2 × 2 = −4.",
    ]);
    expect(slopeOf("w")).toBe("−4");
  });

  test("adds up where a number is used twice, and says so", () => {
    const a = leaf(3);
    plot.graph(a.mul(a), { names: { a } });
    expect(view().steps.at(-1)?.says).toBe(
      "mul passes its slope 1 back: to a, 1 × 3 = 3; to a, 1 × 3 = 3, and with the 3 from before 6.",
    );
    expect(slopeOf("a")).toBe("6");
  });

  test("shows shapes of tables, and the size of their slopes", () => {
    const w = tensor(
      [
        [1, 2],
        [3, 4],
      ],
      { requiresGrad: true },
    );
    const x = ones([3, 2]);
    const loss = x.matmul(w).sum();
    plot.graph(loss, { names: { w, x } });
    expect(view().nodes.map(({ value }) => value)).toEqual(["[3, 2]", "[2, 2]", "[3, 2]", "30"]);
    loss.backward();
    expect(slopeOf("w")).toBe("3");
    expect(view().steps.at(-1)?.says).toBe(
      "matmul passes its slopes [3, 2] back: to w [2, 2], xᵀ × slopes.",
    );
  });

  test("touches no slope, and leaves the graph to backward()", () => {
    const w = leaf(2);
    const loss = w.square();
    plot.graph(loss);
    expect(w.grad).toBeNull();
    loss.backward();
    expect(w.grad.item()).toBe(4);
    expect(view().nodes).toHaveLength(2);
  });

  test("folds by the calls of modules, and names parameters as the network does", () => {
    class Net extends nn.Module {
      hidden = nn.Linear(2, 3);
      out = nn.Linear(3, 1);
      forward(x: Tensor) {
        return this.out(
          this.out(this.hidden(x).tanh().mul(0).add(1))
            .mul(ones([3]))
            .tanh(),
        );
      }
    }
    const net = new Net();
    const loss = net(randn([4, 2]))
      .square()
      .mean();
    plot.graph(loss, { names: { net } });
    const { groups, nodes } = view();
    expect(groups).toEqual([
      { name: "net", kind: "Net", parent: -1 },
      { name: "hidden", kind: "Linear", parent: 0 },
      { name: "out", kind: "Linear", parent: 0 },
      { name: "out", kind: "Linear", parent: 0 },
    ]);
    const groupOf = (name: string) => nodes[named(name)]?.group;
    expect(groupOf("net.hidden.weight")).toBe(1);
    // Used by two calls: outside of both, and inside of the network.
    expect(groupOf("net.out.weight")).toBe(0);
    expect(nodes.find(({ op }) => op === "square")?.group).toBe(-1);
    expect(nodes.filter(({ op }) => op === "tanh").map(({ group }) => group)).toEqual([0, 0]);
  });

  test("finds modules by their parameters where calls were not seen", () => {
    origins.left = 0;
    const net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1));
    const loss = net(randn([4, 2]))
      .square()
      .mean();
    plot.graph(loss, { names: { net } });
    expect(view().groups.map(({ name }) => name)).toEqual(["net", "0", "2"]);
    expect(view().nodes.find(({ op }) => op === "tanh")?.group).toBe(-1);
  });

  test("ends where slopes() of the engine end, for a network", () => {
    const net = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2));
    const loss = F.crossEntropy(net(randn([6, 3])) as Tensor, [0, 1, 0, 1, 1, 0]);
    plot.graph(loss, { names: { net } });
    loss.backward();
    for (const [name, parameter] of net.namedParameters()) {
      const size = Math.sqrt(parameter.grad.square().mean().item());
      const told = Number(slopeOf(`net.${name}`));
      expect(Math.abs(told - size) / size, name).toBeLessThan(0.006);
    }
  });

  test("draws the earliest of very many steps as one, and says so", () => {
    const a = leaf(1);
    let sum = a;
    for (let i = 0; i < 1000; i++) sum = sum.add(1);
    plot.graph(sum);
    expect(view().nodes.filter(({ kind }) => kind === "op")).toHaveLength(300);
    expect(view().nodes.find(({ kind }) => kind === "more")?.name).toBe("700 earlier steps");
    expect(view().notes[0]).toMatch(/^The 700 earliest of 1,000 steps are drawn as one/);
  });

  test("tells the whole in one sentence", () => {
    const w = leaf(2);
    const figure = plot.graph(w.square(), { names: { w } });
    expect(String(figure)).toBe(
      "<Figure: how a number was computed, the result first: square 4, slope 1; w 2, slope 4>",
    );
  });
});

describe("plot.graph of numbers", () => {
  const neuron = () => {
    const [a, b] = [new Value(2, "a"), new Value(-3, "b")];
    return { a, b, result: a.mul(b).add(a.pow(2)).tanh() };
  };

  test("walks back to the slopes of Value.backward()", () => {
    const { a, b, result } = neuron();
    plot.graph(result);
    expect(a.grad).toBe(0);
    result.backward();
    for (const [name, { grad }] of Object.entries({ a, b }))
      expect(Math.abs(Number(slopeOf(name)?.replace("−", "-")) / grad - 1)).toBeLessThan(0.005);
  });

  test("passes nothing on before all have been heard that use a number", () => {
    const { result } = neuron();
    plot.graph(result);
    const { steps, edges } = view();
    const order = steps.slice(1).map(({ node }) => node);
    for (const { from, to } of edges)
      if (order.includes(from)) expect(order.indexOf(to)).toBeLessThan(order.indexOf(from));
  });

  test("draws the slopes that numbers have, where it is asked to", () => {
    const { a, result } = neuron();
    a.grad = 7;
    plot.graph(result, { slopes: "kept" });
    expect(view().steps).toEqual([]);
    expect(view().nodes[named("a")]?.slope).toEqual({ text: "7", isSize: false, sign: 1 });
    plot.graph(result, { slopes: false });
    expect(view().nodes[named("a")]?.slope).toBeNull();
  });

  test("takes numbers of one's own, and follows a chain of any depth", () => {
    let sum = { data: 1, name: "x", children: [] as object[], slopes: [] as number[] };
    for (let i = 0; i < 399; i++) sum = { data: i, name: "", children: [sum], slopes: [1] };
    plot.graph(sum as Parameters<typeof plot.graph>[0]);
    expect(view().nodes).toHaveLength(400);
    const one = { data: 1, name: "", children: [sum], slopes: [1] };
    expect(() => plot.graph(one as Parameters<typeof plot.graph>[0])).toThrow(
      "plot.graph: 401 numbers behind this one - wanted at most 400, such as a neuron or one example",
    );
  });

  test.each<[unknown, object, string]>([
    [3, {}, "plot.graph: a number - wanted a tensor or a Value"],
    [leaf(1).square(), { slopes: "kept" }, 'plot.graph: slopes "kept" of a tensor'],
    [
      leaf(1).square(),
      { slopes: "all" },
      'plot.graph: slopes "all" - wanted true, false or "kept"',
    ],
  ])("refuses %s with %s", (result, options, message) => {
    expect(() => plot.graph(result as Tensor, options)).toThrow(message);
  });
});
