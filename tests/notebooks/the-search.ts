/** Lesson 11: what it claims, and answers that learners wrote. */
import { expect } from "vitest";
import type { Answer } from "./answer.ts";
import type { Claims } from "./claims.ts";

export const claims: Claims = {
  file: "11-the-search.ts",
  async check({ ask }) {
    const number = async (expression: string) => Number(await ask(expression));
    // Nine throws see nine rates, a grid of nine three of them.
    expect(await number("new Set(grid.map(({ lr }) => lr)).size")).toBe(3);
    expect(await number("new Set(thrown.map(({ lr }) => lr)).size")).toBe(9);
    expect(await number("beaten / many"), "searches that beat the grid").toBeGreaterThan(0.6);
    // The die that is fair between lengths hardly ever throws small rates.
    const lowThrows = (name: string) =>
      number(
        `Array.from({ length: 1000 }, () => ${name}(0.0001, 0.1)).filter((lr) => lr < 0.01).length`,
      );
    expect(await lowThrows("byLength")).toBeLessThan(150);
    expect(await lowThrows("byFactors")).toBeGreaterThan(600);
    // O1: stopping the hopeless early finds what is good, for less.
    expect(await number("spent"), "27 + 2 * 9 + 6 * 3").toBe(63);
    expect(await number("survivor.right - bestOfGrid")).toBeGreaterThan(0);
    expect(await number("survivor.right")).toBeGreaterThan(93);
    // One and the same setting scores differently, and the best of many is too good.
    expect(await number("range")).toBeGreaterThan(1);
    expect(await number("range")).toBeLessThan(8);
    expect(await number("gained")).toBeGreaterThan(1);
    expect(await number("Number.parseFloat(sealedScore)")).toBeGreaterThan(90);
    expect(await ask("vault.open(trained({ lr: 1, hidden: 2 })) === sealedScore")).toBe(true);
    // O2: great on one data set, useless on another.
    expect(await number("bestOf(onWines).right")).toBeGreaterThan(90);
    expect(await number("bestOf(onDigits).right - bombs")).toBeGreaterThan(20);
  },
};

const throwBetween = (body: string) =>
  `const throwBetween = (low: number, high: number) => ${body};`;
const roundsOf = (body: string) => `function roundsOf(tries: number) { ${body} }`;
const reported = (body: string) =>
  `function reported(tries: { validation: number; test: number }[]) { ${body} }`;
const missing = /undefined is what a function without return gives/;

export const answers: readonly Answer[] = [
  { exercise: "ex-die", source: throwBetween("{}"), told: missing },
  { exercise: "ex-die", source: throwBetween("low"), told: /throw each time/ },
  {
    exercise: "ex-die",
    source: throwBetween("high * (low / high) ** (rand([]).item() ** 3)"),
    told: /most throws fall high/,
  },
  {
    exercise: "ex-die",
    source: throwBetween("low * high ** rand([]).item()"),
    told: /below the lowest number/,
  },
  {
    exercise: "ex-die",
    source: throwBetween(
      "Math.exp(Math.log(low) + (Math.log(high) - Math.log(low)) * rand([]).item())",
    ),
  },
  { exercise: "ex-rounds", source: roundsOf(""), told: missing },
  { exercise: "ex-rounds", source: roundsOf("return [];"), told: /all begin, with one pass/ },
  {
    exercise: "ex-rounds",
    source: roundsOf(
      "const all = []; for (let left = tries; left >= 1; left /= 3) all.push([left, 1]); return all;",
    ),
    told: /three times the passes/,
  },
  {
    exercise: "ex-rounds",
    source: roundsOf(
      "const all = []; for (let [left, passes] = [tries, 1]; left > 1; left /= 3, passes *= 3) all.push([left, passes]); return all.length > 0 ? all : [[tries, 1]];",
    ),
    told: /trains a round alone/,
  },
  {
    exercise: "ex-rounds",
    source: roundsOf(
      "return tries < 1 ? [] : [[tries, 1], ...(tries < 3 ? [] : roundsOf(tries / 3).map(([left, passes]) => [left, 3 * passes]))];",
    ),
  },
  { exercise: "ex-report", source: reported(""), told: missing },
  { exercise: "ex-report", source: reported("return 95;"), told: /that validation chose/ },
  {
    exercise: "ex-report",
    source: reported("return Math.max(...tries.map(({ validation }) => validation));"),
    told: /what it was chosen by/,
  },
  {
    exercise: "ex-report",
    source: reported(
      "let best = tries[0]; for (const each of tries) if (each.validation > best.validation) best = each; return best.test;",
    ),
  },
  { exercise: "ex-nine", source: "const myPlan: Config[] = [];", told: /a list with a try/ },
  {
    exercise: "ex-nine",
    source:
      "const myPlan: Config[] = Array.from({ length: 20 }, () => ({ lr: 0.01, hidden: 64 }));",
    told: /nine are allowed/,
  },
  {
    exercise: "ex-nine",
    source: "const myPlan: Config[] = [{ lr: 0.1, hidden: 32 }];",
    told: /a lower rate would be better/,
  },
  {
    exercise: "ex-nine",
    source: "const myPlan: Config[] = [{ lr: 0.02, hidden: 60 }, { lr: 0.03, hidden: 60 }];",
  },
];
