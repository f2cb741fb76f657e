/** Answers that learners of lesson 5 wrote, right and wrong, with what the checks say to them. */
import type { Answer } from "./answer.ts";

const missing = /undefined is what a function without return gives/;

const scores = (body: string) => `const scoreSlope = (P: Tensor, right: Tensor) => ${body};`;
const bias = (body: string) => `const biasSlope = (dZ: Tensor) => ${body};`;
const weights = (body: string) => `const weightSlope = (X: Tensor, dZ: Tensor) => ${body};`;
const inputs = (body: string) => `const inputSlope = (dZ: Tensor, W: Tensor) => ${body};`;
const bend = (body: string) => `const tanhSlope = (H: Tensor, dH: Tensor) => ${body};`;
const bill = (body: string) =>
  `function answersFor(inputs: number, hidden: number, outputs: number) { ${body} }`;

export const answers: readonly Answer[] = [
  { exercise: "ex-scores", source: scores("{}"), told: missing },
  { exercise: "ex-scores", source: scores("P.mul(0)"), told: /believed minus true, shared out/ },
  { exercise: "ex-scores", source: scores("P.sub(right)"), told: /the loss is a mean/ },
  {
    exercise: "ex-scores",
    source: scores("right.sub(P).div(P.shape[0])"),
    told: /it leads downhill, a slope up/,
  },
  {
    exercise: "ex-scores",
    source: scores("P.sub(right).div(P.shape[1])"),
    told: /believed minus true, shared out/,
  },
  { exercise: "ex-scores", source: scores("right.neg().add(P).mul(1 / right.shape[0])") },
  { exercise: "ex-bias", source: bias("{}"), told: missing },
  { exercise: "ex-bias", source: bias("dZ.sum()"), told: /used the same bias/ },
  { exercise: "ex-bias", source: bias("dZ.sum(1)"), told: /the rows should go/ },
  { exercise: "ex-bias", source: bias("dZ.mean(0)"), told: /add, no mean/ },
  { exercise: "ex-bias", source: bias("zeros([dZ.shape[1]])"), told: /add up what the rows say/ },
  { exercise: "ex-bias", source: bias("dZ.T.sum(1)") },
  { exercise: "ex-weights", source: weights("{}"), told: missing },
  {
    exercise: "ex-weights",
    source: weights("X.matmul(dZ)"),
    told: /^it throws ShapeError: .* - the rows should stand inside/,
  },
  {
    exercise: "ex-weights",
    source: weights("zeros([X.shape[1], dZ.shape[1]])"),
    told: /what came in, times dZ/,
  },
  {
    exercise: "ex-weights",
    source: weights("X.T.matmul(dZ).div(X.shape[0])"),
    told: /added up over the rows/,
  },
  { exercise: "ex-weights", source: weights("dZ.T.matmul(X).T") },
  { exercise: "ex-inputs", source: inputs("{}"), told: missing },
  {
    exercise: "ex-inputs",
    source: inputs("dZ.matmul(W)"),
    told: /^it throws ShapeError: .* - the outputs should stand inside/,
  },
  { exercise: "ex-inputs", source: inputs("W.matmul(dZ.T)"), told: /the shape of X/ },
  {
    exercise: "ex-inputs",
    source: inputs("zeros([dZ.shape[0], W.shape[0]])"),
    told: /each dZ times its weight/,
  },
  { exercise: "ex-inputs", source: inputs("W.matmul(dZ.T).T") },
  { exercise: "ex-tanh", source: bend("{}"), told: missing },
  { exercise: "ex-tanh", source: bend("dH.matmul(H)"), told: /each number by itself/ },
  { exercise: "ex-tanh", source: bend("dH.mul(0)"), told: /steepness times dH/ },
  {
    exercise: "ex-tanh",
    source: bend("dH.mul(H.neg().add(1))"),
    told: /at h = 1 and h = -1 the curve is flat/,
  },
  {
    exercise: "ex-tanh",
    source: bend("dH.mul(H.tanh().square().neg().add(1))"),
    told: /the curve is flat/,
  },
  { exercise: "ex-tanh", source: bend("dH.sub(dH.mul(H).mul(H))") },
  { exercise: "ex-bill", source: bill(""), told: missing },
  { exercise: "ex-bill", source: bill("return 1211;"), told: /1 to compare with/ },
  {
    exercise: "ex-bill",
    source: bill("return inputs * hidden + hidden + hidden * outputs + outputs;"),
    told: /1 to compare with/,
  },
  {
    exercise: "ex-bill",
    source: bill("return inputs * hidden + hidden * outputs + 3;"),
    told: /this is the network you nudged/,
  },
  {
    exercise: "ex-bill",
    source: bill("return 1 + hidden * (inputs + 1) + outputs * (hidden + 1);"),
  },
];
