/** Answers that learners wrote, by lesson: right ones are accepted however written, wrong ones told what is wrong. */
import { answers as aLearnedStart } from "./a-learned-start.ts";
import type { Answer } from "./answer.ts";
import { guessMeasureAdjust, oneNeuron, turnTheKnobs } from "./first-answers.ts";
import { answers as fromYourNetToGpt3 } from "./from-your-net-to-gpt-3.ts";
import { answers as howLargeAStep } from "./how-large-a-step.ts";
import { answers as howManyKnobs } from "./how-many-knobs.ts";
import { answers as kingQueenCar } from "./king-queen-car.ts";
import { answers as learnedOrRemembered } from "./learned-or-remembered.ts";
import { answers as letters } from "./letters.ts";
import { answers as parametersAndHyperparameters } from "./parameters-and-hyperparameters.ts";
import { answers as theNudgeBill } from "./the-nudge-bill.ts";
import { answers as theSearch } from "./the-search.ts";
import { answers as whereParametersStart } from "./where-parameters-start.ts";

const missing = /undefined is what a function without return gives/;

const slopes = (
  body: string,
) => `function slopesByHand(w: number, b: number, x: number, y: number) {
  const guess = Math.tanh(w * x + b);
  ${body}
}`;
const divide = (body: string) => `const divide: Two = (a, b) => ${body};`;
const repaired = (first: string, takes: string) => `function repaired(result: Value) {
  const order = newestFirst(result);
  ${first}
  result.grad = 1;
  for (const value of order)
    value.children.forEach((child, i) => (child.grad ${takes} value.grad * value.slopes[i]));
}`;
const orderOf = (body: string) => `function orderOf(result: Value): Value[] { ${body} }`;
const everyWay = `
  const order: Value[] = [];
  const visit = (value: Value) => { order.push(value); value.children.forEach(visit); };
  visit(result);`;
const collect = (otherwise: string) => `function collect(box: object): Tensor[] {
  return Object.values(box).flatMap((field) => {
    if (field instanceof Tensor) return field.requiresGrad ? [field] : [];
    ${otherwise}
  });
}`;
const size = (body: string) =>
  `const fileSize = (parameters: number, headerText: number) => ${body};`;
const translated = (turned: string) => `const translated: Record<string, Tensor> = {
  "0.weight": theirs["dense/kernel"]${turned}, "0.bias": theirs["dense/bias"],
  "2.weight": theirs["dense_1/kernel"]${turned}, "2.bias": theirs["dense_1/bias"],
};`;
const squeeze = (body: string) => `
  const restore = (codes: Tensor, delta: number) => codes.to("f32").sub(128).mul(delta);
  function squeeze(w: Tensor) {
    const delta = w.abs().max().item() / 127;
    ${body}
  }`;

const chainRule: readonly Answer[] = [
  { exercise: "ex-formulas", source: "function slopesByHand() {}", told: missing },
  { exercise: "ex-formulas", source: slopes("return [0, 0];"), told: /back to b it is two steps/ },
  {
    exercise: "ex-formulas",
    source: slopes(`const db = (guess - y) * (1 - guess ** 2); return [db * x, db];`),
    told: /half of it/,
  },
  {
    exercise: "ex-formulas",
    source: slopes(`const db = 2 * (guess - y) * (1 - guess ** 2); return [db, db];`),
    told: /w comes in as w times x/,
  },
  {
    exercise: "ex-formulas",
    source: slopes(
      `const back = 2 * (guess - y) / Math.cosh(w * x + b) ** 2; return [x * back, back];`,
    ),
  },
  {
    exercise: "ex-divide",
    source: `const inverse = (b: Value) => new Value(1 / b.data, "1/", [b], [-1 / b.data ** 2]);
      ${divide("mul(a, inverse(b))")}`,
  },
  {
    exercise: "ex-divide",
    source: divide(`new Value(a.data / b.data, "/", [b, a], [-a.data / b.data ** 2, 1 / b.data])`),
  },
  { exercise: "ex-divide", source: divide("{}"), told: missing },
  { exercise: "ex-divide", source: divide("a.data / b.data"), told: /return a Value/ },
  {
    exercise: "ex-divide",
    source: divide(`new Value(a.data / b.data, "/", [a, b], [1 / b.data, -1 / b.data ** 2])`),
    told: /that is how 1 \/ b grows; a \/ b is a times as much/,
  },
  {
    exercise: "ex-divide",
    source: divide(
      `new Value(a.data / b.data, "/", [a, b], [1 / b.data, -a.data / Math.abs(b.data * b.data * b.data) * b.data])`,
    ),
    told: /value at \[1\] is 0.75, wanted -0.75 - b may be negative/,
  },
  {
    exercise: "ex-repair",
    source: `function repaired(result: Value) {
      const order = newestFirst(result);
      result.grad = 1;
      for (const value of order) value.grad = 0;
      for (const value of order)
        value.children.forEach((child, i) => (child.grad += value.grad * value.slopes[i]));
    }`,
    told: /nothing arrives: is the result's grad 1/,
  },
  { exercise: "ex-repair", source: "function repaired(result: Value) {}", told: /nothing arrives/ },
  {
    exercise: "ex-repair",
    source: repaired("", "+="),
    told: /a second sweep found what the first had left/,
  },
  {
    exercise: "ex-repair",
    source: repaired("for (const value of order) value.grad = 0;", "="),
    told: /uses a twice: what arrives must add up/,
  },
  { exercise: "ex-order", source: orderOf(""), told: missing },
  {
    exercise: "ex-order",
    source: orderOf(`${everyWay} return order.toReversed();`),
    told: /somebody else comes first/,
  },
  {
    exercise: "ex-order",
    source: orderOf(`${everyWay} return order;`),
    told: /value is \d+, wanted \d+ - nobody may pass on twice/,
  },
  {
    exercise: "ex-order",
    source: orderOf(`const order = new Set<Value>([result]);
      for (const value of order)
        for (const child of value.children) { order.delete(child); order.add(child); }
      return [...order];`),
  },
  {
    exercise: "ex-train",
    source: "const settings = { neurons: 8, rate: 0, steps: 20 };",
    told: /so many of five new starts did/,
  },
  {
    exercise: "ex-train",
    source: "const settings = { neurons: 1, rate: 0.05, steps: 150 };",
    told: /so many of five new starts did/,
  },
  {
    exercise: "ex-train",
    source: "const settings = { neurons: 50, rate: 0.05, steps: 200 };",
    told: /less will do, and you wait less/,
  },
  {
    exercise: "ex-train",
    source: "const settings = { neurons: 8, rate: 0.1, steps: 150 };",
    told: /some burst: turn the knobs less at a time/,
  },
  { exercise: "ex-train", source: "const settings = { neurons: 6, rate: 0.02, steps: 300 };" },
];

const parameters: readonly Answer[] = [
  { exercise: "ex-collect", source: "function collect(box: object) {}", told: missing },
  {
    exercise: "ex-collect",
    source: collect(`return typeof field === "object" ? collect(field) : [];`),
    told: /^it throws TypeError: .* - typeof null is "object", and nothing is inside$/,
  },
  {
    exercise: "ex-collect",
    source: collect("return field ? collect(field) : [];"),
    told: /^it throws RangeError: .* - texts and numbers have nothing inside$/,
  },
  {
    exercise: "ex-collect",
    source: collect(`if (Array.isArray(field)) return field.flatMap(collect);
      return typeof field === "object" && field !== null ? collect(field) : [];`),
    told: /one is missing - the tensor that is itself an entry of an array/,
  },
  {
    exercise: "ex-collect",
    source: collect(
      `return typeof field === "object" && field !== null ? collect(field) : [];`,
    ).replace("field.requiresGrad ? [field] : []", "[field]"),
    told: /fixed is not trained/,
  },
  {
    exercise: "ex-collect",
    source: `function collect(box: unknown): Tensor[] {
      const all: Tensor[] = [];
      const open = [box];
      for (const each of open)
        if (each instanceof Tensor) { if (each.requiresGrad) all.push(each); }
        else if (typeof each === "object") open.push(...Object.values(each ?? {}));
      return all;
    }`,
  },
  { exercise: "ex-size", source: "const fileSize = () => {};", told: missing },
  { exercise: "ex-size", source: size("headerText + 4 * parameters"), told: /the eight bytes/ },
  {
    exercise: "ex-size",
    source: size("8 + headerText + parameters"),
    told: /four bytes for each number/,
  },
  { exercise: "ex-size", source: size("headerText + 4 * (parameters + 2)") },
  { exercise: "ex-bytes", source: squeeze(""), told: missing },
  { exercise: "ex-bytes", source: squeeze(`return w.to("u8");`), told: /return both/ },
  {
    exercise: "ex-bytes",
    source: squeeze("return { codes: w.div(delta).round().add(128), delta };"),
    told: /a number should take one byte/,
  },
  {
    exercise: "ex-bytes",
    source: squeeze(`return { codes: w.div(delta).round().abs().to("u8"), delta };`),
    told: /^value is 0, wanted 128 - the byte of a weight of zero/,
  },
  {
    exercise: "ex-bytes",
    source: squeeze(`return { codes: w.div(delta).add(128).to("u8"), delta };`),
    told: /a weight may move by half a level/,
  },
  {
    exercise: "ex-bytes",
    source: squeeze(`return { codes: w.div(delta).add(128.5).to("u8"), delta };`),
  },
  {
    exercise: "ex-rename",
    source: "const translated: Record<string, Tensor> = {};",
    told: /our names are in stateDict/,
  },
  { exercise: "ex-rename", source: translated(""), told: /should be \[outputs, inputs\]/ },
  {
    exercise: "ex-rename",
    source: `${translated("")}
      for (const name of ["0.weight", "2.weight"])
        translated[name] = translated[name].reshape(translated[name].shape.toReversed());`,
    told: /the numbers are mixed up/,
  },
  { exercise: "ex-rename", source: translated(".T") },
];

/** The answers to the exercises of each file of `notebooks/`. */
export const answers: ReadonlyMap<string, readonly Answer[]> = new Map([
  ["01-turn-the-knobs.ts", turnTheKnobs],
  ["02-one-neuron.ts", oneNeuron],
  ["03-guess-measure-adjust.ts", guessMeasureAdjust],
  ["04-the-chain-rule.ts", chainRule],
  ["05-the-nudge-bill.ts", theNudgeBill],
  ["06-where-parameters-start.ts", whereParametersStart],
  ["07-parameters-and-hyperparameters.ts", parametersAndHyperparameters],
  ["08-how-large-a-step.ts", howLargeAStep],
  ["09-learned-or-remembered.ts", learnedOrRemembered],
  ["10-how-many-knobs.ts", howManyKnobs],
  ["11-the-search.ts", theSearch],
  ["12-letters.ts", letters],
  ["13-king-queen-car.ts", kingQueenCar],
  ["14-parameters-live-in-tensors.ts", parameters],
  ["15-a-learned-start.ts", aLearnedStart],
  ["16-from-your-net-to-gpt-3.ts", fromYourNetToGpt3],
]);
