/** Lesson 10: what it claims, and answers that learners wrote. */
import { expect } from "vitest";
import type { Answer } from "./answer.ts";
import type { Claims } from "./claims.ts";

export const claims: Claims = {
  file: "10-how-many-knobs.ts",
  async check({ ask }) {
    const number = async (expression: string) => Number(await ask(expression));
    // F3: too few, enough, just as many as points, and far more.
    const unknown = (count: number) => number(`missesWith(${count}).unknown`);
    expect(await unknown(2)).toBeGreaterThan(0.3);
    expect(await unknown(7)).toBeLessThan(0.2);
    expect(await unknown(20), "as many as points").toBeGreaterThan(2);
    expect(await number("missesWith(20).known"), "through all of them").toBeLessThan(1e-6);
    expect(await unknown(100)).toBeLessThan(0.4);
    expect(await number("Math.max(...lengths) / lengths.at(-1)"), "wild knobs").toBeGreaterThan(3);
    // Double descent on digits: the peak stands where knobs and examples are equally many.
    const means = (await ask("means")) as number[];
    const sizes = (await ask("sizes")) as number[];
    const worst = await number("worst");
    expect(worst).toBeGreaterThanOrEqual(180);
    expect(worst).toBeLessThanOrEqual(220);
    const at = (size: number) => means[sizes.indexOf(size)] ?? NaN;
    expect(at(200) / at(100), "over the valley before it").toBeGreaterThan(2.5);
    expect(at(1200), "beyond it, lower than before").toBeLessThan(Math.min(at(70), at(100)));
    // A fee melts it; wrong labels raise it.
    expect(await number("wrongAt(0.03)[few.indexOf(200)]")).toBeLessThan(15);
    expect(await ask("isHigher")).toBe(true);
    expect(Math.max(...((await ask("calm.slice(3)")) as number[]))).toBeLessThan(20);
    // F10: the smallest that does the job, and data before knobs.
    expect(await number("enough.hidden")).toBeGreaterThanOrEqual(8);
    expect(await number("enough.hidden")).toBeLessThanOrEqual(32);
    expect(await number("tried[0].right")).toBeLessThan(60);
    expect(await number("small.right - largeHungry.right")).toBeGreaterThan(3);
  },
};

const smallestWithin = (body: string) =>
  `function smallestWithin(nets: Trained[], points: number) { ${body} }`;
const missing = /undefined is what a function without return gives/;

export const answers: readonly Answer[] = [
  { exercise: "ex-peak", source: "const worstCount = 0.5;", told: /a whole number/ },
  { exercise: "ex-peak", source: "const worstCount = 20;", told: /with more|with fewer/ },
  {
    exercise: "ex-peak",
    source: "const worstCount = 200;",
    told: /with fewer neurons it gets worse/,
  },
  { exercise: "ex-peak", source: "const worstCount = 92;" },
  { exercise: "ex-fee", source: "const myFee = 0;", told: /above zero/ },
  { exercise: "ex-fee", source: "const myFee = 1e-7;", told: /a higher fee helps/ },
  { exercise: "ex-fee", source: "const myFee = 1000;", told: /the fee is too high/ },
  { exercise: "ex-fee", source: "const myFee = 0.1;" },
  { exercise: "ex-smallest", source: smallestWithin(""), told: missing },
  {
    exercise: "ex-smallest",
    source: smallestWithin("return nets.toSorted((a, b) => a.knobs - b.knobs)[0];"),
    told: /is it near enough to the best/,
  },
  {
    exercise: "ex-smallest",
    source: smallestWithin(
      "const most = Math.max(...nets.map((net) => net.right)); return nets.filter((net) => net.right >= most - points)[0];",
    ),
    told: /is it the smallest|is there a smaller one near it/,
  },
  {
    exercise: "ex-smallest",
    source: smallestWithin(
      "const most = nets.reduce((m, { right }) => Math.max(m, right), 0); let best = nets[0]; for (const net of nets) if (net.right >= most - points && (best.right < most - points || net.knobs < best.knobs)) best = net; return best;",
    ),
  },
  { exercise: "ex-true", source: "const statement: number = 0;", told: /1, 2 or 3/ },
  {
    exercise: "ex-true",
    source: "const statement: number = 1;",
    told: /look at the end of the road/,
  },
  { exercise: "ex-true", source: "const statement: number = 2;", told: /look at the peak/ },
];
