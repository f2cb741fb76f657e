/** The walk back that only looks, against the walk that counts. */
import { describe, expect, test } from "vitest";
import { activity } from "../../../../kernel/tensor/activity.ts";
import { type TracedStep, traceBack } from "../../../../kernel/tensor/autograd/trace.ts";
import {
  customOp,
  F,
  grad,
  manualSeed,
  nn,
  randn,
  type Tensor,
  tensor,
} from "../../../../kernel/tensor/index.ts";

const leaf = (data: number) => tensor(data, { requiresGrad: true, dtype: "f64" });
const stepsOf = (root: Tensor): readonly TracedStep[] => traceBack("test", root, 1000).steps;

/** micrograd's neuron and a good many other steps, with numbers used twice. */
function tangle() {
  const [a, b, c] = [leaf(-1.5), leaf(0.7), leaf(2.2)];
  const p = a.mul(b);
  const q = p.add(c).tanh();
  const r = q.mul(q).add(a.sub(c).square()).sqrt();
  const s = r.div(b.exp()).add(c.log()).sub(p.sigmoid());
  return { leaves: [a, b, c], results: [p, q, r, s], root: s.mul(r).neg() };
}

describe("traceBack()", () => {
  test("goes in the order in which backward() passes slopes on", () => {
    const { root } = tangle();
    const steps = stepsOf(root);
    const order: number[] = [];
    steps.forEach(({ output }, i) => output.registerHook(() => void order.push(i)));
    root.backward();
    expect(order).toEqual(steps.map((_, i) => i));
    expect(steps[0]?.output).toBe(root);
  });

  test("finds the slopes that backward() finds", () => {
    const { root, leaves, results } = tangle();
    const steps = stepsOf(root);
    const found = new Map(steps.map(({ output, slope }) => [output, slope.item()]));
    const sums = new Map<Tensor, number>();
    for (const { inputs } of steps)
      for (const { tensor: to, sent } of inputs)
        if (sent !== null) sums.set(to, (sums.get(to) ?? 0) + sent.item());
    for (const result of results) result.retainGrad();
    root.backward();
    for (const result of results)
      expect(found.get(result)).toBeCloseTo(result.grad?.item() ?? NaN, 12);
    for (const each of leaves) expect(sums.get(each)).toBeCloseTo(each.grad?.item() ?? NaN, 12);
  });

  test("tells how much each result grows with each number, as nudging does", () => {
    const { root } = tangle();
    for (const { node, output, slope, inputs } of stepsOf(root)) {
      const wanted = inputs.flatMap(({ tensor: input }) => (input.requiresGrad ? [input] : []));
      const byEngine = grad(output, [...new Set(wanted)], { retainGraph: true });
      const told = new Map<Tensor, number>();
      for (const { tensor: input, local, sent } of inputs) {
        if (!input.requiresGrad) {
          expect(local).toBeNull();
          continue;
        }
        expect(sent?.item()).toBeCloseTo(slope.item() * (local ?? NaN), 12);
        told.set(input, (told.get(input) ?? 0) + (local ?? NaN));
      }
      [...new Set(wanted)].forEach((input, i) => {
        // What the inputs have in common grows with both: only direct ways count.
        if (wanted.every(({ node: before }) => before === null))
          expect(told.get(input), node.op).toBeCloseTo(byEngine[i]?.item() ?? NaN, 12);
      });
    }
  });

  test("tells slopes of single steps even where the slope of the result is 0", () => {
    const a = leaf(3);
    const dead = a.mul(2);
    const root = dead.mul(0).add(a);
    const step = stepsOf(root).find(({ output }) => output === dead);
    expect(step?.slope.item()).toBe(0);
    expect(step?.inputs[0]?.local).toBe(2);
  });

  test("changes nothing: no grad, no hook, no count of training, and the graph stays", () => {
    const { root, leaves, results } = tangle();
    let calls = 0;
    for (const each of [...leaves, ...results]) each.registerHook(() => void (calls += 1));
    for (const result of results) result.retainGrad();
    const before = activity.backwards;
    stepsOf(root);
    stepsOf(root);
    expect(activity.backwards).toBe(before);
    expect(calls).toBe(0);
    expect([...leaves, ...results].map(({ grad: slope }) => slope)).toEqual(
      [...leaves, ...results].map(() => null),
    );
    root.backward();
    expect(calls).toBe(leaves.length + results.length);
  });

  test("calls an op of a cell's once, and divides", () => {
    let calls = 0;
    const twice = customOp({
      name: "twice",
      forward: (_, x: Tensor) => x.mul(2),
      backward: (_, g: Tensor) => {
        calls += 1;
        return g.mul(2);
      },
    });
    const a = leaf(3);
    const steps = stepsOf(twice(a).mul(5));
    expect(calls).toBe(1);
    expect(steps[1]?.inputs[0]?.local).toBe(2);
  });

  test("keeps slopes of layers, which the engine would have let go", () => {
    manualSeed(1);
    const net = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 3));
    const loss = F.crossEntropy(net(randn([5, 4])) as Tensor, [0, 1, 2, 0, 1]);
    const sent = new Map(
      stepsOf(loss).flatMap(({ inputs }) =>
        inputs.map(({ tensor: to, sent: slope }) => [to, slope]),
      ),
    );
    loss.backward();
    for (const parameter of net.parameters())
      expect(sent.get(parameter)?.toArray()).toEqual(parameter.grad.toArray());
  });

  test("counts the steps that it leaves out", () => {
    const a = leaf(1);
    let sum = a;
    for (let i = 0; i < 50; i++) sum = sum.add(a);
    const { steps, left } = traceBack("test", sum, 20);
    expect([steps.length, left]).toEqual([20, 30]);
  });

  test.each<[string, () => Tensor, RegExp]>([
    [
      "a tensor that came from nothing",
      () => leaf(1),
      /^test: a tensor without a history - wanted/,
    ],
    [
      "a graph that backward() has freed",
      () => {
        const root = leaf(1).square();
        root.backward();
        return root;
      },
      /^test: the graph behind this square was walked and freed - wanted/,
    ],
    [
      "several numbers",
      () => tensor([1, 2], { requiresGrad: true }).square(),
      /wanted a single number/,
    ],
    ["no tensor", () => 3 as unknown as Tensor, /^test: a number - wanted a tensor/],
  ])("refuses %s", (_, make, message) => {
    expect(() => stepsOf(make())).toThrow(message);
  });
});
