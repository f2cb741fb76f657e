/** Lesson 12: what it claims, and answers that learners wrote. */
import { expect } from "vitest";
import type { Answer } from "./answer.ts";
import type { Claims } from "./claims.ts";

export const claims: Claims = {
  file: "12-letters.ts",
  async check({ ask }) {
    const number = async (expression: string) => Number(await ask(expression));
    // Counting pairs, and finding the counts by going downhill.
    expect(await number("byCounts")).toBeCloseTo(2.454, 1);
    expect(Math.abs(await number("byLearning - byCounts"))).toBeLessThan(0.03);
    expect(await ask("is")).toBe("same");
    // E1: looking up is multiplying by zeros and a one.
    expect(await number("apart")).toBe(0);
    expect(await number("first"), "it begins knowing nothing").toBeCloseTo(Math.log(27), 0);
    // A longer memory: better on new names, and never seen rows.
    expect(await number("net.summary().total")).toBe(3481);
    expect(await number("roomy.knobs")).toBe(11_897);
    expect(await number("byCounts - byPlaces")).toBeGreaterThan(0.02);
    expect(await number("byPlaces - roomy.loss")).toBeGreaterThan(0.05);
    expect(await number("seenWith[5] / 27 ** 6")).toBeLessThan(0.001);
    // What it expects after "ann": an end, or a vowel.
    expect([".", "a", "e", "i"]).toContain(await ask("symbols[expected.argmax().item()]"));
    // E4: vowels find each other.
    const neighbours = (await ask("vowels.map((vowel) => learned.nearest(vowel))")) as string[];
    const alike = neighbours.filter((letter) => "aeiouy".includes(letter));
    expect(alike.length, `nearest to a, e, i, o, u: ${neighbours.join(", ")}`).toBeGreaterThan(3);
    expect(await number("learned.ratio")).toBeLessThan(0.65);
    expect(await number("thrown.ratio - learned.ratio")).toBeGreaterThan(0.2);
    // E5: pictures of one digit lie together.
    expect(await number("same / other")).toBeLessThan(0.6);
    expect(await number("accuracy(reader, digits.test)")).toBeGreaterThan(0.8);
  },
};

const surpriseOf = (body: string) =>
  `function surpriseOf(name: string, scores: Tensor) { ${body} }`;
const summed = (text: string) =>
  `const text = ${text}; let sum = 0;
  for (let i = 1; i < text.length; i++) sum += scores.at(numberOf(text[i - 1]), numberOf(text[i])).item();`;
const lookUp = (body: string) =>
  `function lookUp(table: Tensor, numbers: Tensor): Tensor { ${body} }`;
const neighbourOf = (body: string) =>
  `function neighbourOf(letter: string, map: Tensor) { ${body} }`;
const missing = /undefined is what a function without return gives/;

export const answers: readonly Answer[] = [
  { exercise: "ex-surprise", source: surpriseOf(""), told: missing },
  { exercise: "ex-surprise", source: surpriseOf("return 3.3;"), told: /minus the mean/ },
  {
    exercise: "ex-surprise",
    source: surpriseOf(`${summed("`.${name}.`")} return sum / (text.length - 1);`),
    told: /a minus is missing/,
  },
  {
    exercise: "ex-surprise",
    source: surpriseOf(`${summed("`.${name}`")} return -sum / name.length;`),
    told: /the dot at the end must be guessed too/,
  },
  {
    exercise: "ex-surprise",
    source: surpriseOf(`${summed("`.${name}.`")} return -sum / name.length;`),
    told: /counts as a letter that came/,
  },
  {
    exercise: "ex-surprise",
    source: surpriseOf(
      "const at = [0, ...Array.from(name, numberOf), 0]; return -at.slice(1).reduce((sum, to, i) => sum + scores.at(at[i], to).item(), 0) / (name.length + 1);",
    ),
  },
  { exercise: "ex-lookup", source: lookUp(""), told: missing },
  {
    exercise: "ex-lookup",
    source: lookUp("return table;"),
    told: /a row of the table for each number/,
  },
  {
    exercise: "ex-lookup",
    source: lookUp("return F.oneHot(numbers, table.shape[0]).to('f32').matmul(table.detach());"),
    told: /no slope reaches the table/,
  },
  {
    exercise: "ex-lookup",
    source: lookUp("return table.T.matmul(F.oneHot(numbers, table.shape[0]).to('f32').T).T;"),
  },
  { exercise: "ex-near", source: neighbourOf(""), told: missing },
  { exercise: "ex-near", source: neighbourOf("return letter;"), told: /one's own neighbour/ },
  {
    exercise: "ex-near",
    source: neighbourOf(
      "const d = map.sub(map.at(numberOf(letter))).square().sum(1); d.set([numberOf(letter)], Infinity); return symbols[d.argmin().item()];",
    ),
    told: /the dot is no letter/,
  },
  {
    exercise: "ex-near",
    source: neighbourOf(
      "const d = Array.from(map.sub(map.at(numberOf(letter))).square().sum(1).data); return symbols.filter((s) => s !== '.' && s !== letter).sort((p, q) => d[numberOf(p)] - d[numberOf(q)])[0];",
    ),
  },
  {
    exercise: "ex-better",
    source:
      "const writer: Size = { numbers: 2, hidden: 20, steps: 4000, lr: 0.01 }; const written = lettersWith(writer);",
    told: /few knobs/,
  },
  {
    exercise: "ex-better",
    source:
      "const writer: Size = { numbers: 10, hidden: 300, steps: 10, lr: 0.01 }; const written = lettersWith(writer);",
    told: /it has hardly begun/,
  },
  {
    exercise: "ex-better",
    source:
      "const writer: Size = { numbers: 6, hidden: 100, steps: 20, lr: 0 }; const written = lettersWith(writer);",
    told: /a higher rate/,
  },
  {
    exercise: "ex-better",
    source:
      "const writer: Size = { numbers: 5, hidden: 80, steps: 4000, lr: 0.01 }; const written = lettersWith(writer);",
  },
];
