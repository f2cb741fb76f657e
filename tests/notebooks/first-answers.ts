/** Answers that learners of lessons 1 to 3 wrote, right and wrong, with what the checks say to them. */
import type { Answer } from "./answer.ts";

const missing = /undefined is what a function without return gives/;

const meanSquare = (body: string) =>
  `const meanSquare = (guess: Tensor, truth: Tensor) => ${body};`;
const knobs = (line: number, parabola: number, synthesizer: number) =>
  `const knobsOf = { line: ${line}, parabola: ${parabola}, synthesizer: ${synthesizer} };`;

/** Lesson 1. */
export const turnTheKnobs: readonly Answer[] = [
  { exercise: "ex-by-hand", source: "w.value = 2.8; b.value = 5.5;" },
  {
    exercise: "ex-by-hand",
    source: "w.value = 3; b.value = 15;",
    told: /wanted less than 5 - on the (left|right) the line runs too high/,
  },
  {
    exercise: "ex-by-hand",
    source: "w.value = 0; b.value = 5;",
    told: /on the right the line runs too low/,
  },
  {
    exercise: "ex-by-hand",
    source: "w.value = 3; b.value = -5;",
    told: /the line runs too low/,
  },
  { exercise: "ex-mse", source: meanSquare("{}"), told: missing },
  {
    exercise: "ex-mse",
    source: meanSquare("guess.sub(truth).mean().square()"),
    told: /square each miss first/,
  },
  {
    exercise: "ex-mse",
    source: meanSquare("guess.sub(truth).abs().mean()"),
    told: /the mean size of a miss/,
  },
  {
    exercise: "ex-mse",
    source: meanSquare("guess.sub(truth).square().sum()"),
    told: /this is the sum/,
  },
  { exercise: "ex-mse", source: meanSquare("tensor(0)"), told: /the mean of the squared misses/ },
  { exercise: "ex-mse", source: meanSquare("truth.sub(guess).pow(2).mean()") },
  { exercise: "ex-count", source: knobs(3, 4, 4), told: /x is no knob/ },
  { exercise: "ex-count", source: knobs(2, 6, 3), told: /however often it is written/ },
  { exercise: "ex-count", source: knobs(2, 3, 2), told: /can be slid along/ },
];

const neuronOf = (body: string) =>
  `function neuronOf(x: number[], w: number[], b: number) { ${body} }`;
const weighed = "x.reduce((sum, each, i) => sum + each * w[i], 0)";
const knobsIn = (body: string) => `function knobsIn(sizes: number[]) { ${body} }`;
const layers = (of: string) =>
  knobsIn(`return sizes.slice(1).reduce((sum, out, i) => sum + ${of}, 0);`);

/** Lesson 2. */
export const oneNeuron: readonly Answer[] = [
  { exercise: "ex-neuron", source: neuronOf(""), told: missing },
  {
    exercise: "ex-neuron",
    source: neuronOf("return 0.5;"),
    told: /weigh each input, add the bias/,
  },
  { exercise: "ex-neuron", source: neuronOf(`return ${weighed} + b;`), told: /bend it with/ },
  {
    exercise: "ex-neuron",
    source: neuronOf(`return sigmoid(${weighed});`),
    told: /the bias is missing/,
  },
  {
    exercise: "ex-neuron",
    source: neuronOf(`return sigmoid(${weighed}) + b;`),
    told: /into the sum, before it is bent/,
  },
  {
    exercise: "ex-neuron",
    source: neuronOf(
      "let sum = 0; for (const i in x) sum += w[i] * x[i] + b; return sigmoid(sum);",
    ),
    told: /added once, after the loop/,
  },
  { exercise: "ex-neuron", source: neuronOf(`return 1 / (1 + Math.exp(-b - ${weighed}));`) },
  { exercise: "ex-centre", source: "const biasAtThree = 6;", told: /look at the sign of the bias/ },
  { exercise: "ex-centre", source: "const biasAtThree = -3;", told: /the weight doubles x/ },
  { exercise: "ex-centre", source: "const biasAtThree = -1.5;", told: /do not divide/ },
  { exercise: "ex-centre", source: "const biasAtThree = -6;" },
  {
    exercise: "ex-birds",
    source: "hand.length.value = -5; hand.depth.value = 2; hand.bias.value = 2;",
    told: /the wrong way round/,
  },
  {
    exercise: "ex-birds",
    source: "hand.length.value = 0; hand.depth.value = 0; hand.bias.value = -1;",
    told: /it says the same of every bird/,
  },
  {
    exercise: "ex-birds",
    source: "hand.length.value = 0; hand.depth.value = -2; hand.bias.value = 0;",
    told: /which birds lie on the wrong side/,
  },
  { exercise: "ex-birds", source: "hand.length.value = 4; hand.depth.value = -1;" },
  { exercise: "ex-count", source: knobsIn(""), told: missing },
  { exercise: "ex-count", source: knobsIn("return 13;"), told: /added up/ },
  { exercise: "ex-count", source: layers("sizes[i] * out"), told: /each neuron has a bias too/ },
  { exercise: "ex-count", source: layers("sizes[i] * (out + 1)"), told: /not for each input/ },
  { exercise: "ex-count", source: layers("sizes[i] * out + out") },
];

const stepDown = (body: string) =>
  `function stepDown(knobs: number[], slopes: number[], rate: number) { ${body} }`;
const each = (of: string) => stepDown(`return knobs.map((knob, i) => ${of});`);
const limitOf = (body: string) => `const limitOf = (a: number) => ${body};`;
const updatesOf = (body: string) =>
  `function updatesOf(rows: number, batch: number, epochs: number) { ${body} }`;

/** Lesson 3. */
export const guessMeasureAdjust: readonly Answer[] = [
  { exercise: "ex-step", source: stepDown(""), told: missing },
  { exercise: "ex-step", source: each("knob"), told: /new = old - rate \* slope/ },
  { exercise: "ex-step", source: each("knob + rate * slopes[i]"), told: /this walks uphill/ },
  { exercise: "ex-step", source: each("knob - slopes[i]"), told: /the rate is missing/ },
  {
    exercise: "ex-step",
    source: each("knob - rate * Math.sign(slopes[i])"),
    told: /a steep slope deserves a larger turn/,
  },
  { exercise: "ex-step", source: each("-rate * slopes[i]"), told: /this is the turn/ },
  {
    exercise: "ex-step",
    source: stepDown("knobs.forEach((_, i) => (knobs[i] -= rate * slopes[i])); return knobs;"),
    told: /give back a new list/,
  },
  {
    exercise: "ex-step",
    source: stepDown(
      "const to: number[] = []; for (const i in knobs) to.push(knobs[i] - slopes[i] * rate); return to;",
    ),
  },
  { exercise: "ex-rate", source: "const myRate = 0;", told: /a rate of zero stands still/ },
  { exercise: "ex-rate", source: "const myRate = -0.01;", told: /walks uphill/ },
  { exercise: "ex-rate", source: "const myRate = 0.005;", told: /it still creeps/ },
  { exercise: "ex-rate", source: "const myRate = 0.1;", told: /above the limit/ },
  { exercise: "ex-rate", source: "const myRate = 10;", told: /above the limit/ },
  { exercise: "ex-limit", source: limitOf("{}"), told: missing },
  { exercise: "ex-limit", source: limitOf("1 / (2 * a)"), told: /twice as far/ },
  { exercise: "ex-limit", source: limitOf("a"), told: /the smaller the steps/ },
  { exercise: "ex-limit", source: limitOf("1"), told: /2 divided by the bend/ },
  { exercise: "ex-limit", source: limitOf("1 / a") },
  { exercise: "ex-updates", source: updatesOf(""), told: missing },
  {
    exercise: "ex-updates",
    source: updatesOf("return epochs * Math.floor(rows / batch);"),
    told: /the rows that are left/,
  },
  {
    exercise: "ex-updates",
    source: updatesOf("return (epochs * rows) / batch;"),
    told: /no part of an update/,
  },
  {
    exercise: "ex-updates",
    source: updatesOf("return Math.ceil((epochs * rows) / batch);"),
    told: /each pass begins anew/,
  },
  {
    exercise: "ex-updates",
    source: updatesOf(
      "let n = 0; for (let e = 0; e < epochs; e++) for (let r = 0; r < rows; r += batch) n++; return n;",
    ),
  },
];
