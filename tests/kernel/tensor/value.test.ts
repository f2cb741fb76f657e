/** The readable scalar: published slopes, finite differences, and the tensor engine as its judge. */
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { inspect } from "../../../kernel/run/inspect.ts";
import { type Tensor, tensor, Value } from "../../../kernel/tensor/index.ts";

/** One step of a random expression: an op on earlier results, by number. */
interface Step {
  readonly op: (typeof ops)[number];
  readonly left: number;
  readonly right: number;
}

const ops = [
  "add",
  "sub",
  "mul",
  "div",
  "neg",
  "tanh",
  "sigmoid",
  "relu",
  "exp",
  "log",
  "pow",
] as const;

const steps = fc.array(
  fc.record({ op: fc.constantFrom(...ops), left: fc.nat(30), right: fc.nat(30) }),
  { minLength: 1, maxLength: 25 },
);
const inputs = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), {
  minLength: 2,
  maxLength: 4,
});

/** What an expression needs of its numbers: both engines have it. */
interface Scalar<T> {
  add(other: T | number): T;
  sub(other: T | number): T;
  mul(other: T | number): T;
  div(other: T | number): T;
  pow(exponent: number): T;
  neg(): T;
  exp(): T;
  log(): T;
  tanh(): T;
  sigmoid(): T;
  relu(): T;
}

/** The same expression in either engine. What might overflow or leave a domain is kept from it. */
function build<T extends Scalar<T>>(numbers: readonly T[], expression: readonly Step[]): T {
  const all = [...numbers];
  const pick = (index: number): T => all[index % all.length] as T; // never empty
  for (const { op, left, right } of expression) {
    const [a, b] = [pick(left), pick(right)];
    switch (op) {
      case "div":
        all.push(a.div(b.mul(b).add(1)));
        break;
      case "exp":
        all.push(a.tanh().exp());
        break;
      case "log":
        all.push(a.mul(a).add(0.5).log());
        break;
      case "pow":
        all.push(a.tanh().add(2).pow(1.5));
        break;
      case "neg":
      case "tanh":
      case "sigmoid":
      case "relu":
        all.push(a[op]());
        break;
      default:
        // Damped: products of products leave the range in which differences can be taken.
        all.push(a[op](b).tanh().add(a));
    }
  }
  return all.reduce((sum, each) => sum.add(each.mul(0.1)));
}

describe("Value", () => {
  test("gives micrograd's published numbers", () => {
    const [a, b] = [new Value(-4), new Value(2)];
    let c = a.add(b);
    let d = a.mul(b).add(b.pow(3));
    c = c.add(c.add(1));
    c = c.add(new Value(1).add(c).add(a.neg()));
    d = d.add(d.mul(2).add(b.add(a).relu()));
    d = d.add(d.mul(3).add(b.sub(a).relu()));
    const e = c.sub(d);
    const f = e.pow(2);
    const g = f.div(2).add(new Value(10).div(f));
    g.backward();
    expect(g.data.toFixed(4)).toBe("24.7041");
    expect(a.grad.toFixed(4)).toBe("138.8338");
    expect(b.grad.toFixed(4)).toBe("645.5773");
  });

  test("agrees with the tensor engine on random expressions", () => {
    fc.assert(
      fc.property(inputs, steps, (numbers, expression) => {
        const values = numbers.map((each) => new Value(each));
        const tensors = numbers.map((each) => tensor(each, { dtype: "f64", requiresGrad: true }));
        const [value, result] = [build(values, expression), build<Tensor>(tensors, expression)];
        value.backward();
        result.backward();
        expect(value.data).toBeCloseTo(result.item(), 9);
        values.forEach(({ grad }, i) => expect(grad).toBeCloseTo(tensors[i]?.grad?.item() ?? 0, 7));
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  test("has the slopes of finite differences", () => {
    const smooth = steps.map((expression) => expression.filter(({ op }) => op !== "relu"));
    fc.assert(
      fc.property(inputs, smooth, (numbers, expression) => {
        const at = (moved: readonly number[]) =>
          build(
            moved.map((each) => new Value(each)),
            expression,
          );
        const values = numbers.map((each) => new Value(each));
        build(values, expression).backward();
        values.forEach(({ grad }, i) => {
          const move = (by: number) =>
            at(numbers.map((each, j) => (i === j ? each + by : each))).data;
          const measured = (move(1e-5) - move(-1e-5)) / 2e-5;
          expect(Math.abs(grad - measured)).toBeLessThan(1e-5 * (1 + Math.abs(measured)));
        });
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  test("adds up slopes over calls in the numbers one started with, and only there", () => {
    const a = new Value(3);
    const doubled = a.mul(2);
    const result = doubled.mul(doubled);
    result.backward();
    result.backward();
    expect([a.grad, doubled.grad]).toEqual([48, 12]);
  });

  test("keeps op, label, children and slopes, so that its graph can be drawn", () => {
    const [a, b] = [new Value(1, "a"), new Value(2, "b")];
    const sum = a.add(b);
    sum.label = "c";
    expect([sum.op, sum.label, sum.children.map(({ label }) => label)]).toEqual([
      "+",
      "c",
      ["a", "b"],
    ]);
    expect([a.mul(b).slopes, a.sub(b).slopes, a.slopes]).toEqual([[2, 1], [1, -1], []]);
    expect([a.pow(2).op, a.tanh().op, a.children]).toEqual(["**2", "tanh", []]);
  });

  test("walks a sum of 20,000 numbers", () => {
    const a = new Value(1);
    let sum = a;
    for (let i = 0; i < 20_000; i++) sum = sum.add(a);
    sum.backward();
    expect(a.grad).toBe(20_001);
  });

  test("prints its number and slope", () => {
    expect(`${new Value(2)}`).toBe("Value(data=2, grad=0)");
    expect(inspect({ a: new Value(2) })).toBe("{ a: Value(data=2, grad=0) }");
  });

  test.each<[string, () => unknown, string]>([
    ["text", () => new Value("2" as never), "Value: a string - wanted a number"],
    [
      "an operand that is no number",
      () => new Value(1).add(undefined as never),
      "Value: undefined - wanted a number",
    ],
    [
      "an exponent that is a Value",
      () => new Value(1).pow(new Value(2) as never),
      "pow: an object - wanted a number",
    ],
    [
      "JavaScript's operators",
      () => (new Value(1) as never as number) + 1,
      "operator: a Value - JavaScript's +, -, * and / take numbers",
    ],
  ])("refuses %s", (_, act, message) => {
    expect(act).toThrow(message);
  });

  test("stays short enough to be read in a lesson", () => {
    const source = readFileSync(
      new URL("../../../kernel/tensor/value.ts", import.meta.url),
      "utf8",
    );
    expect(source.trimEnd().split("\n").length).toBeLessThan(120);
  });
});
