/** Lesson 8: what it claims, and answers that learners wrote. */
import { expect } from "vitest";
import type { Answer } from "./answer.ts";
import type { Claims } from "./claims.ts";

/** Within five percent. */
function expectNear(value: number | undefined, wanted: number, what: string): void {
  expect(Math.abs((value ?? NaN) - wanted) / wanted, what).toBeLessThan(0.05);
}

interface Race {
  readonly SGD: number;
  readonly momentum: number;
  readonly Adam: number;
}

export const claims: Claims = {
  file: "08-how-large-a-step.ts",
  async check({ ask }) {
    const number = async (expression: string) => Number(await ask(expression));
    // A2, V2: steps down three valleys, by three ways.
    const race = (await ask("race")) as Race[];
    expectNear(race[0]?.SGD, 28, "SGD, 10");
    expectNear(race[1]?.SGD, 288, "SGD, 100");
    expectNear(race[2]?.SGD, 3305, "SGD, 1,000");
    expectNear(race[1]?.momentum, 50, "momentum, 100");
    expectNear(race[2]?.momentum, 198, "momentum, 1,000");
    expectNear(race[1]?.Adam, 92, "Adam, 100");
    expectNear(race[2]?.Adam, 93, "Adam, 1,000");
    // A3: a rate for each knob, and none for a direction between the knobs.
    expect(await number("along[0] / acrossIt[0]")).toBeCloseTo(100, 3);
    expect(await ask("isLarge"), "first steps without the correction").toBe(true);
    expectNear(await number("slanted"), 933, "Adam, askew");
    expect(await number("sgdSlanted / race[2].SGD")).toBeCloseTo(1, 2);
    // The banana: Adam arrives, and SGD only with a low rate.
    const banana = (way: string, rate: number) =>
      ask(`endOf(walk(ways.${way}(${rate}), banana), banana)`);
    expect(await banana("Adam", 0.1)).toMatch(/^arrived after \d+ steps$/);
    expect(await banana("SGD", 0.01)).toBe("lost");
    // A1, R3: all of them read, at rates of their own; no way without a rate.
    const [rates, swept] = (await ask("[rates, swept]")) as [number[], Record<string, number[]>];
    for (const [way, read] of Object.entries(swept)) {
      const best = Math.max(...read);
      expect(best, way).toBeGreaterThan(88);
      expect(read[0], `${way}, too low`).toBeLessThan(best - 15);
      expect(read.at(-1) ?? NaN, `${way}, too high`).toBeLessThan(best - 1);
    }
    const bestRate = (way: string) =>
      rates[(swept[way] ?? []).indexOf(Math.max(...(swept[way] ?? [])))];
    expect(bestRate("Adam"), "Adam's rates lie lower").toBeLessThan(bestRate("SGD") ?? NaN);
    expect(await number("goodRates('Adam').length")).toBeGreaterThanOrEqual(
      await number("goodRates('SGD').length"),
    );
    const share = (await number("pick")) / (await number("bestOfSweep"));
    expect(share, "found in one run").toBeGreaterThan(1 / 3.2);
    expect(share).toBeLessThan(3.2);
    // R1: where it was lost first. O2: the same rate on another data set.
    expect(await ask("report")).toMatch(/after \d+ steps: \w+: .*(Infinity|NaN)/);
    expect(await number("asTheyCome"), "wines as they come").toBeLessThan(80);
    expect(await number("atOneScale")).toBeGreaterThan(92);
    expect(await ask("lower")).toBe("falling");
    // H1: the rate and the batch size are chosen together; the reader's runs are kept.
    expect(await ask("goes"), "the rate that reads half, from small batches to large").toBe(
      "higher",
    );
    const bySize = (await ask("bySize")) as number[][];
    for (const read of bySize) expect(Math.max(...read)).toBeGreaterThan(80);
    expect(await ask("myRuns.map(({ steps }) => steps)")).toEqual([115]);
  },
};

const momentumStep = (next: string) => `
  function momentumStep(knobs: number[], slopes: number[], velocity: number[], rate = 0.1, kept = 0.9) {
    const next = slopes.map((slope, i) => ${next});
    return { velocity: next, knobs: knobs.map((knob, i) => knob - rate * next[i]) };
  }`;
const adamTurn = (body: string) =>
  `function adamTurn(m: number, s: number, t: number, rate: number) { ${body} }`;
const pickRate = (body: string) =>
  `function pickRate(rates: readonly number[], losses: readonly number[]) { ${body} }`;
const ready = (body: string) =>
  `const ready = (learn: data.Dataset, judge: data.Dataset) => (${body});`;
const missing = /undefined is what a function without return gives/;

export const answers: readonly Answer[] = [
  { exercise: "ex-momentum", source: "function momentumStep() {}", told: missing },
  { exercise: "ex-momentum", source: momentumStep("0"), told: /velocity = kept \* velocity/ },
  {
    exercise: "ex-momentum",
    source: momentumStep("kept * velocity[i] + (1 - kept) * slope"),
    told: /the slope is added whole/,
  },
  {
    exercise: "ex-momentum",
    source: `function momentumStep(knobs: number[], slopes: number[], velocity: number[], rate = 0.1, kept = 0.9) {
      slopes.forEach((slope, i) => { velocity[i] = kept * velocity[i] + slope; knobs[i] -= rate * velocity[i]; });
      return { velocity, knobs };
    }`,
    told: /the old lists are changed/,
  },
  { exercise: "ex-momentum", source: momentumStep("slope + velocity[i] * kept") },
  { exercise: "ex-adam", source: adamTurn(""), told: missing },
  { exercise: "ex-adam", source: adamTurn("return 0;"), told: /both means corrected/ },
  {
    exercise: "ex-adam",
    source: adamTurn("return (-rate * m) / Math.sqrt(s);"),
    told: /both means begin at zero/,
  },
  {
    exercise: "ex-adam",
    source: adamTurn("return (rate * m) / (1 - 0.9 ** t) / Math.sqrt(s / (1 - 0.999 ** t));"),
    told: /the wrong way/,
  },
  {
    exercise: "ex-adam",
    source: adamTurn(
      "return (-rate * m * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t) / Math.sqrt(s);",
    ),
  },
  { exercise: "ex-rate", source: "const myRate = 0;", told: /a rate of zero stands still/ },
  { exercise: "ex-rate", source: "const myRate = 0.001;", told: /so a higher rate/ },
  { exercise: "ex-rate", source: "const myRate = 0.0204;", told: /it climbs the wall/ },
  { exercise: "ex-rate", source: "const myRate = 0.01999;", told: /so a lower rate/ },
  { exercise: "ex-rate", source: "const myRate = 0.0197;" },
  { exercise: "ex-finder", source: pickRate(""), told: missing },
  { exercise: "ex-finder", source: pickRate("return 0.01;"), told: /hardly|the loss hardly falls/ },
  { exercise: "ex-finder", source: pickRate("return rates.at(-1);"), told: /where all is lost/ },
  {
    exercise: "ex-finder",
    source: pickRate(
      "const low = losses.indexOf(Math.min(...losses)); return rates[Math.max(0, low)] / 5;",
    ),
  },
  { exercise: "ex-wine", source: ready("undefined"), told: /return both sets/ },
  {
    exercise: "ex-wine",
    source: ready("{ learn: learn.standardize(), judge }"),
    told: /the wines to judge are still as they came/,
  },
  {
    exercise: "ex-wine",
    source: ready("{ learn: learn.standardize(), judge: judge.standardize() }"),
    told: /a scale of their own/,
  },
];
