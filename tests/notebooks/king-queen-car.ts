/** Lesson 13: what it claims, and answers that learners wrote. */
import { expect } from "vitest";
import type { Answer } from "./answer.ts";
import type { Claims } from "./claims.ts";

export const claims: Claims = {
  file: "13-king-queen-car.ts",
  async check({ ask }) {
    const number = async (expression: string) => Number(await ask(expression));
    // E3, in a table that somebody else trained, and in the toy.
    expect(await number("library.closeness('king', 'queen')")).toBeCloseTo(0.75, 1);
    expect(await number("library.closeness('king', 'car')")).toBeCloseTo(0.28, 1);
    const [pushed, pulled] = (await ask("[pushed, pulled]")) as Record<string, number>[];
    expect(pushed?.["within"], "the toy's groups").toBeGreaterThan(0.9);
    expect(pushed?.["between"]).toBeLessThan(0.2);
    expect(pulled?.["between"], "without strangers all is one").toBeGreaterThan(0.6);
    // E2: the numbers of a row are a matter of chance, its neighbours are not.
    const rows = (await ask("rows.map(({ cat }) => cat)")) as string[];
    expect(new Set(rows).size).toBe(3);
    const beside = (await ask("starts.map(besideCat)")) as string[][];
    for (const words of beside)
      expect(words.filter((word) => ["dog", "kitten", "puppy"].includes(word)).length).toBe(3);
    // E3, learned by reading a dictionary.
    const margin = "centred.closeness('king', 'queen') - centred.closeness('king', 'car')";
    expect(await number(margin)).toBeGreaterThan(0.4);
    expect(await number("byChance(raw)"), "all arrows share a direction").toBeGreaterThan(0.1);
    expect(Math.abs(await number("byChance(centred)"))).toBeLessThan(0.1);
    // Analogies, without and with the three given words.
    expect(await ask("library.nearest(there, 1)[0].word")).toBe("king");
    expect(await ask("library.nearest(there, 1, ['king', 'man', 'woman'])[0].word")).toBe("queen");
    expect(await number("fenced")).toBeGreaterThan(await number("freely"));
    // Opposites are close, and yet a neuron finds the difference.
    expect(await number("library.closeness('hot', 'cold')")).toBeGreaterThan(0.6);
    expect(await number("right"), "words it never saw").toBeGreaterThan(86);
    expect(await number("right - commonest")).toBeGreaterThan(20);
  },
};

const closeness = (body: string) => `function closenessOf(a: number[], b: number[]) { ${body} }`;
const product = "const product = a.reduce((sum, each, i) => sum + each * b[i], 0);";
const pairs = (body: string) => `function pairsWithin(text: string[], width: number) {
  const pairs: [string, string][] = [];
  ${body}
  return pairs;
}`;
const withoutMean = (body: string) => `const withoutMean = (arrows: Tensor) => ${body};`;
const opposites = (...words: readonly string[]) =>
  `const opposites: string[] = ${JSON.stringify(words)};`;
const missing = /undefined is what a function without return gives/;

export const answers: readonly Answer[] = [
  { exercise: "ex-closeness", source: closeness(""), told: missing },
  {
    exercise: "ex-closeness",
    source: closeness("return 1;"),
    told: /the product, divided by both lengths/,
  },
  {
    exercise: "ex-closeness",
    source: closeness(`${product} return product / (Math.hypot(...a) + Math.hypot(...b));`),
    told: /not by their sum/,
  },
  {
    exercise: "ex-closeness",
    source: closeness(`${product} return product / Math.hypot(...a);`),
    told: /the other length too/,
  },
  {
    exercise: "ex-closeness",
    source: closeness(
      `${product} const square = (x: number[]) => x.reduce((sum, each) => sum + each ** 2, 0);
      return product / (square(a) * square(b));`,
    ),
    told: /the root of the sum of squares/,
  },
  {
    exercise: "ex-closeness",
    source: closeness("return F.cosineSimilarity(tensor([a]), tensor([b])).item();"),
  },
  { exercise: "ex-pairs", source: "function pairsWithin() {}", told: missing },
  { exercise: "ex-pairs", source: pairs(""), told: /every neighbour/ },
  {
    exercise: "ex-pairs",
    source: pairs(
      "for (const [i, one] of text.entries()) for (const [j, other] of text.entries()) if (Math.abs(i - j) <= width) pairs.push([one, other]);",
    ),
    told: /no neighbour of itself/,
  },
  {
    exercise: "ex-pairs",
    source: pairs(
      "for (let i = 0; i < text.length; i++) for (let j = i + 1; j <= i + width && j < text.length; j++) pairs.push([text[i], text[j]]);",
    ),
    told: /neighbours to the right/,
  },
  {
    exercise: "ex-pairs",
    source: pairs(
      "for (let i = 0; i < text.length; i++) for (let j = i + 1; j <= i + width && j < text.length; j++) pairs.push([text[i], text[j]], [text[j], text[i]]);",
    ),
  },
  { exercise: "ex-centre", source: withoutMean("undefined as never"), told: /undefined/ },
  { exercise: "ex-centre", source: withoutMean("arrows"), told: /this is what came in/ },
  {
    exercise: "ex-centre",
    source: withoutMean("arrows.sub(arrows.mean(1, { keepdim: true }))"),
    told: /the mean of each row/,
  },
  {
    exercise: "ex-centre",
    source: withoutMean("arrows.sub(arrows.mean(0)).div(arrows.std(0))"),
    told: /no need to scale/,
  },
  {
    exercise: "ex-centre",
    source: withoutMean("arrows.add(arrows.sum(0).div(-arrows.shape[0]))"),
  },
  { exercise: "ex-opposites", source: opposites(), told: /two words/ },
  { exercise: "ex-opposites", source: opposites("Good", "bad"), told: /in small letters/ },
  {
    exercise: "ex-opposites",
    source: opposites("good", "great"),
    told: /none of them is unpleasant/,
  },
  { exercise: "ex-opposites", source: opposites("love", "war"), told: /but not close/ },
  { exercise: "ex-opposites", source: opposites("positive", "negative") },
  { exercise: "ex-probe", source: "const probing = { lr: 0, passes: 20 };", told: /hardly begun/ },
  {
    exercise: "ex-probe",
    source: "const probing = { lr: 0.01, passes: 5000 };",
    told: /a hundred are enough/,
  },
  {
    exercise: "ex-probe",
    source: "const probing = { lr: 0.0005, passes: 3 };",
    told: /hardly begun/,
  },
  { exercise: "ex-probe", source: "const probing = { lr: 0.02, passes: 15 };" },
];
