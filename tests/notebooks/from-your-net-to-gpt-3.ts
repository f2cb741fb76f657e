/** Lesson 16: what it claims, and answers that learners wrote. */
import { expect } from "vitest";
import { soaking } from "../counts.ts";
import type { Answer } from "./answer.ts";
import type { Claims } from "./claims.ts";

export const claims: Claims = {
  file: "16-from-your-net-to-gpt-3.ts",
  async check({ ask }) {
    const number = async (expression: string) => Number(await ask(expression));
    // Tables that count: the losses of section 5 of the notes, and by heart with five letters.
    const unread = (await ask("unread")) as number[];
    [3.14, 2.5, 2.09, 1.82, 1.73, 1.77].forEach((reference, letters) =>
      expect(Math.abs((unread[letters] ?? 0) - reference), `${letters} letters`).toBeLessThan(0.1),
    );
    expect(await number("best")).toBe(4);
    expect(await number("unread[5] - read[5]"), "known by heart").toBeGreaterThan(0.5);
    expect(await ask("train.documents.filter((each) => test.documents.includes(each))")).toEqual(
      [],
    );
    // A look by hand is what the engine does, and nobody looks to the right.
    const looked = "looksOf(asks, offers).matmul(tells)";
    const engine = "F.scaledDotProductAttention(asks, offers, tells, { isCausal: true })";
    expect(
      await number(
        `((asks, offers, tells) => ${looked}.sub(${engine}).abs().max().item())` +
          "(...[1, 2, 3].map(() => randn([2, 3, 7, 4])))",
      ),
    ).toBeLessThan(1e-5);
    expect(await number("looksOf(rows, rows).triu(1).abs().max().item()")).toBe(0);
    const scored = (last: number) => `gpt(tensor([[1, 2, 3, ${last}]]))`;
    const moved = `${scored(4)}.sub(${scored(9)}).abs()`;
    expect(await number(`${moved}.at(0, [0, 3]).max().item()`), "the past stays").toBe(0);
    expect(await number(`${moved}.at(0, 3).max().item()`)).toBeGreaterThan(0);
    // F4: counted, exactly.
    expect(await number("gpt.summary().total - knobsIn(yours)")).toBe(0);
    expect(await number("gpt.summary().total / symbols ** 3"), "a table of two").toBeLessThan(1);
    expect(await number("knobsIn(gpt2)")).toBe(124_439_808);
    expect(await number("knobsIn(gpt3)")).toBe(174_604_259_328);
    expect(await ask('countsOf(gpt3)["percent in blocks"]')).toBe(99.6);
    expect(await number("times"), "twice the width").toBeCloseTo(4, 1);
    // C1: what it weighs, and what this machine can do. C2: what training it takes, and costs.
    expect(await number("gigabytes(gpt3, 4)")).toBeCloseTo(698.4, 1);
    expect(await number("gigabytes(gpt3, 16)")).toBeCloseTo(2793.7, 1);
    expect(await number("speed / 1e9"), "of any machine").toBeGreaterThan(0.2);
    expect((await number("cost")) / 3.14e23).toBeCloseTo(1, 2);
    expect(await number("years")).toBeGreaterThan(1000);
    expect(await number("dollars(knobsIn(gpt3)) / 1e6")).toBeCloseTo(4.66, 1);
    // The law: larger is better, on the same text.
    const losses = (await ask("losses")) as number[];
    expect(losses, "larger is better").toEqual(losses.toSorted((a, b) => b - a));
    if (!soaking) return; // what follows needs the long training
    expect(await number("byGpt"), "below the table of two letters").toBeLessThan(unread[2] ?? 0);
    expect(await number("peeker.loss"), "without the mask").toBeLessThan(0.5);
    const before = "looksIn(gpt, tokens, 0).diagonal(-1, 1, 2).mean(1).max().item()";
    expect(await number(before), "a head that looks at the letter before").toBeGreaterThan(0.5);
  },
};

const inBlock = (body: string) => `function knobsOfBlock(width: number) { ${body} }`;
const inGpt = (body: string) =>
  `function knobsOfGpt({ blocks, width, words, reach }: Shape) { ${body} }`;
const near = (body: string) => `function nearLooks(fits: Tensor, most: number): Tensor { ${body} }`;
const weighs = (body: string) => `function gigabytesOf(knobs: number, bits: number) { ${body} }`;
const tries = (settings: string) =>
  `const mine: Try = ${settings}; const tested = { ...mine, ...trainedWith(mine) };`;
const missing = /undefined is what a function without return gives/;

const dear: Answer = {
  exercise: "ex-beat",
  source: tries("{ width: 128, blocks: 1, steps: 40, lr: 0.01 }"),
  told: /spend less/,
};

export const answers: readonly Answer[] = [
  { exercise: "ex-block", source: inBlock(""), told: missing },
  { exercise: "ex-block", source: inBlock("return 12704;"), told: /as the block itself counts/ },
  {
    exercise: "ex-block",
    source: inBlock("return 12 * width ** 2;"),
    told: /a bias for each of its outputs/,
  },
  {
    exercise: "ex-block",
    source: inBlock("return 12 * width ** 2 + 9 * width;"),
    told: /a scale and a shift for every number/,
  },
  {
    exercise: "ex-block",
    source: inBlock("return 4 * width * (width + 1);"),
    told: /add the thinking, and the norms/,
  },
  { exercise: "ex-block", source: inBlock("return width * (12 * width + 13);") },
  { exercise: "ex-gpt", source: inGpt(""), told: missing },
  { exercise: "ex-gpt", source: inGpt("return 124439808;"), told: /rows for words and places/ },
  {
    exercise: "ex-gpt",
    source: inGpt("return (words + reach) * width + blocks * inBlock(width);"),
    told: /one more norm/,
  },
  {
    exercise: "ex-gpt",
    source: inGpt("return words * width + blocks * inBlock(width) + 2 * width;"),
    told: /each place has a row/,
  },
  {
    exercise: "ex-gpt",
    source: inGpt("return (2 * words + reach) * width + blocks * inBlock(width) + 2 * width;"),
    told: /the rows of the words again: one table/,
  },
  { exercise: "ex-gpt", source: inGpt("return knobsIn({ blocks, width, words, reach });") },
  { exercise: "ex-window", source: near(""), told: missing },
  { exercise: "ex-window", source: near("return fits.softmax(-1);"), told: /looks ahead/ },
  {
    exercise: "ex-window",
    source: near("return fits.tril().triu(-most).softmax(-1);"),
    told: /only minus infinity gets none/,
  },
  {
    exercise: "ex-window",
    source: near("return fits.softmax(-1).tril().triu(-most);"),
    told: /mask before the softmax/,
  },
  {
    exercise: "ex-window",
    source: near(
      "return fits.maskedFill(onesLike(fits).tril().triu(1 - most).eq(0), -Infinity).softmax(-1);",
    ),
    told: /one letter too few/,
  },
  {
    exercise: "ex-window",
    source: near(
      "return fits.maskedFill(onesLike(fits).tril().triu(-most).eq(0), -Infinity).softmax(-1);",
    ),
  },
  { exercise: "ex-fits", source: weighs(""), told: missing },
  { exercise: "ex-fits", source: weighs("return 14;"), told: /in billions/ },
  { exercise: "ex-fits", source: weighs("return knobs * bits / 8;"), told: /these are bytes/ },
  {
    exercise: "ex-fits",
    source: weighs("return knobs * bits / 1e9;"),
    told: /eight bits are a byte/,
  },
  {
    exercise: "ex-fits",
    source: weighs("return knobs * bits / 8 / 2 ** 30;"),
    told: /gibibytes/,
  },
  { exercise: "ex-fits", source: weighs("return knobs * (bits / 8) * 1e-9;") },
  {
    exercise: "ex-beat",
    source: tries("{ width: 16, blocks: 1, steps: 20, lr: 0.02 }"),
    told: /it has read very little/,
  },
  {
    exercise: "ex-beat",
    source: tries("{ width: 16, blocks: 1, steps: 20, lr: 0.2 }"),
    told: /the rate is too high/,
  },
  {
    exercise: "ex-beat",
    source: tries("{ width: 8, blocks: 1, steps: 20, lr: 0 }"),
    told: /it hardly moves/,
  },
  { exercise: "ex-beat", source: tries("{ width: 24, blocks: 1, steps: 500, lr: 0.02 }") },
  // It has to spend too much before it is told so.
  ...(soaking ? [dear] : []),
];
