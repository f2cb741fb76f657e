/** Lesson 6: what it claims, and answers that learners wrote. */
import { expect } from "vitest";
import type { Answer } from "./answer.ts";
import type { Claims } from "./claims.ts";

export const claims: Claims = {
  file: "06-where-parameters-start.ts",
  async check({ ask }) {
    const number = async (expression: string) => Number(await ask(expression));
    // F6: from zero no knob moves, from one half four neurons stay one, from chance all differ.
    expect(await number("movedInAll")).toBe(0);
    expect(await number("lossOf(empty).item()")).toBeCloseTo(Math.LN2, 4);
    expect(await number("differentIn(empty)")).toBe(1);
    expect(await number("differentIn(alike)")).toBe(1);
    expect(await number("rightIn(alike, corners)"), "three corners at best").toBe(3);
    const half = await number("lossOf(alike).item()");
    expect(half, "one neuron learns something").toBeLessThan(0.6);
    expect(half, "and not the task").toBeGreaterThan(0.4);
    expect(await number("differentIn(net)"), "thrown neurons differ").toBe(4);
    // The slopes of twins are equal to the last bit, and nothing breaks that.
    const slopes = (await ask("Array.from(slopes.data)")) as number[];
    expect(new Set(slopes).size).toBe(1);
    expect(slopes[0]).not.toBe(0);
    // K4: luck, counted.
    const arrived = await number("arrived");
    expect(arrived, "of fifty with two neurons").toBeGreaterThanOrEqual(15);
    expect(arrived).toBeLessThanOrEqual(32);
    expect(await number("arrivedOfFour")).toBeGreaterThanOrEqual(43);
    // Zero is a good start where something else tells knobs apart.
    expect(await number("lossOf(unbiased).item()")).toBeLessThan(0.05);
    expect(await number("accuracy(single, irises)")).toBeGreaterThanOrEqual(0.967);
    // F5: what comes out of the sixth layer.
    const sixth = (size: number, bend: string) => number(`spreads(${size}, bends.${bend})[5]`);
    expect(await sixth(0.01, "tanh")).toBeLessThan(1e-5);
    expect(await sixth(0.1, "tanh")).toBeGreaterThan(0.25);
    expect(await sixth(0.1, "tanh")).toBeLessThan(0.4);
    expect(await number("flatShare(answersOf(1, bends.tanh)[5])")).toBeGreaterThan(0.7);
    expect(await sixth(Math.sqrt(2 / 100), "ReLU")).toBeGreaterThan(0.5);
    expect(await sixth(Math.sqrt(2 / 100), "ReLU")).toBeLessThan(1.1);
    expect(await sixth(0.5, "ReLU")).toBeGreaterThan(1000);
    const backwards = (size: number) => ask(`slopesOf(${size})`) as Promise<number[]>;
    const [quiet, right] = [await backwards(0.01), await backwards(0.1)];
    expect((right[0] ?? 0) / (quiet[0] ?? 1), "slopes that reach the first layer").toBeGreaterThan(
      1000,
    );
    // The first loss of ten classes.
    const silent = "F.crossEntropy(mixed.matmul(lastWeights.mul(0)), digits.y).item()";
    expect(await number(silent)).toBeCloseTo(Math.log(10), 4);
    expect(await number("firstLoss")).toBeGreaterThan(3);
    // Spirals: from zero, from one half, from chance; and the right size is in the middle.
    const [zero = 0, alike = 0, random = 0] = (await ask("three.map(percentOf)")) as number[];
    expect(zero).toBe(50);
    expect(alike, "one neuron draws one line").toBeLessThan(75);
    expect(random).toBeGreaterThan(95);
    const percents = (await ask("percents")) as number[];
    expect(percents[0], "far too small").toBeLessThan((percents[6] ?? 0) - 20);
    expect(percents[6], "the size of the rule").toBeGreaterThan(95);
    expect(percents[12], "far too large").toBeLessThan((percents[6] ?? 0) - 15);
  },
};

const given = (...rows: readonly string[]) =>
  `const given = [${Array.from({ length: 4 }, (_, i) => rows[i] ?? "[0.5, 0.5]").join(", ")}];`;
const firstLossOf = (body: string) => `const firstLossOf = (classes: number) => ${body};`;
const heStart = (body: string) =>
  `function heStart(inputs: number, outputs: number): Tensor { ${body} }`;
const missing = /undefined is what a function without return gives/;

export const answers: readonly Answer[] = [
  {
    exercise: "ex-twins",
    source: "const given = [];",
    told: /four neurons, each with two weights/,
  },
  {
    exercise: "ex-twins",
    source: given("[0, 0]", "[0, 0]", "[0, 0]", "[0, 0]"),
    told: /value is 8, wanted less than 3 - so many numbers are changed/,
  },
  {
    exercise: "ex-twins",
    source: given("[-0.5, 0.5]", "[-0.5, 0.5]", "[-0.5, 0.5]", "[-0.5, 0.5]"),
    told: /value is 4, wanted less than 3 - so many numbers are changed/,
  },
  {
    exercise: "ex-twins",
    source: given("[-1, 0.5]"),
    told: /corners right: this start gets stuck/,
  },
  { exercise: "ex-twins", source: given("[-1, -1]") },
  { exercise: "ex-twins", source: given("[2, 0.5]", "[0.5, 2]") },
  { exercise: "ex-size", source: "const mySize = 0;", told: /says nothing at all/ },
  { exercise: "ex-size", source: "const mySize = 0.01;", told: /layer six whispers, with other/ },
  { exercise: "ex-size", source: "const mySize = 0.1;", told: /ReLU silences half of the sums/ },
  { exercise: "ex-size", source: "const mySize = 0.5;", told: /layer six shouts/ },
  { exercise: "ex-size", source: "const mySize = 0.14;" },
  { exercise: "ex-first", source: firstLossOf("{}"), told: missing },
  { exercise: "ex-first", source: firstLossOf("0"), told: /minus the logarithm of what/ },
  {
    exercise: "ex-first",
    source: firstLossOf("Math.log(1 / classes)"),
    told: /a minus is missing/,
  },
  { exercise: "ex-first", source: firstLossOf("Math.log2(classes)"), told: /not Math.log2/ },
  { exercise: "ex-first", source: firstLossOf("Math.log(classes)") },
  { exercise: "ex-he", source: heStart(""), told: missing },
  {
    exercise: "ex-he",
    source: heStart("return randn([inputs, outputs]).mul(Math.sqrt(2 / inputs));"),
    told: /one row for each output/,
  },
  {
    exercise: "ex-he",
    source: heStart("return zeros([outputs, inputs]);"),
    told: /all weights are alike: twins/,
  },
  {
    exercise: "ex-he",
    source: heStart("return randn([outputs, inputs]).mul(2 / inputs);"),
    told: /this is the variance/,
  },
  {
    exercise: "ex-he",
    source: heStart("return randn([outputs, inputs]).div(Math.sqrt(inputs));"),
    told: /this is Xavier's/,
  },
  {
    exercise: "ex-he",
    source: heStart("return randn([outputs, inputs]).mul(Math.sqrt(2 / outputs));"),
    told: /count the inputs/,
  },
  {
    exercise: "ex-he",
    source: heStart("return randn([outputs, inputs]).mul(Math.sqrt(2 / inputs)).add(0.1);"),
    told: /the mean is off/,
  },
  {
    exercise: "ex-he",
    source: heStart("return nn.init.kaimingNormal_(nn.Linear(inputs, outputs).weight).detach();"),
  },
];
