/** Lesson 7: what it claims, and answers that learners wrote. */
import { expect } from "vitest";
import type { Answer } from "./answer.ts";
import type { Claims } from "./claims.ts";

export const claims: Claims = {
  file: "07-parameters-and-hyperparameters.ts",
  async check({ ask }) {
    const number = async (expression: string) => Number(await ask(expression));
    // T3: after Run, parameters have changed and nothing else. Q1: both are counted.
    expect(await number("parameters"), "(4 + 1) * 8 + (8 + 1) * 3").toBe(67);
    expect(await number("changed.length")).toBe(67);
    expect(await number("settings.length")).toBe(0);
    expect(await number("accuracy(net, validation)"), "it has learned").toBeGreaterThan(0.85);
    // H4: the same settings and start, other data, other parameters.
    expect(await number("apart")).toBeGreaterThan(0.5);
    expect(await ask("trainOn(2, two).every((knob, i) => knob === fromPetals[i])")).toBe(true);
    // H1, H2: settings stay within a run, and decide.
    const runs = (await ask("runs")) as { name: string; lr: number; loss: number }[];
    const lossOf = (name: string) => runs.find((run) => run.name === name)?.loss ?? NaN;
    expect(await ask("winner")).toBe("plain");
    expect(lossOf("patient"), "too low a rate").toBeGreaterThan(2 * lossOf("plain"));
    expect(lossOf("bold"), "too high a rate").toBeGreaterThan(2 * lossOf("plain"));
    // T4: direct and indirect.
    expect(await number("byWeight")).toBeGreaterThan(0.01);
    expect(await number("byRate")).toBe(0);
    // H3: no slope for a setting.
    expect(await ask("lr.grad")).toBe(null);
    expect(await ask("fresh.parameters().includes(lr)")).toBe(false);
    expect(await ask("fresh.parameters().every((knob) => knob.grad !== null)")).toBe(true);
    // Q2: the thresholds of the tree, and that they were tried out.
    expect(await number("best")).toBeCloseTo(2.45, 6);
    const kept = (await ask("thresholdsOf(tree)")) as { feature: number; above: number }[];
    expect(kept.map(({ feature }) => feature)).toEqual([2, 3]);
    expect(kept[0]?.above).toBeCloseTo(2.45, 6);
    expect(kept[1]?.above).toBeCloseTo(1.75, 6);
    expect(await number("percentOf(tree, flowers)")).toBeCloseTo(96, 6);
    expect(await number("searched")).toBeGreaterThan(50);
    const byDepth = (await ask(
      "[1, 2, 3].map((depth) => percentOf(grow(flowers, { depth, least: 1 }), flowers))",
    )) as number[];
    expect(byDepth, "deeper fits better").toEqual(byDepth.toSorted((a, b) => a - b));
    expect(await ask("thresholdsOf(grow(flowers, { depth: 6, least: 40 })).length")).toBe(2);
    // M3: deeper is better by its own flowers, and worse on others.
    const [learned, unseen] = (await ask("[learned, unseen]")) as [number[], number[]];
    expect(learned[11], "wrong labels by heart").toBeGreaterThan(97);
    expect(learned[11]).toBeGreaterThan((learned[2] ?? NaN) + 5);
    expect(Math.max(...unseen) - (unseen[11] ?? NaN)).toBeGreaterThan(5);
    expect(await number("bestDepth")).toBeLessThan(5);
  },
};

const sorted = (machine: readonly string[]) => `
  const theirs = ${JSON.stringify(machine)};
  for (const [name, card] of Object.entries(cards))
    card.value = theirs.includes(name) ? "the machine" : "you";`;
const gini = (body: string) => `function gini(counts: number[]) {
  const all = counts.reduce((sum, count) => sum + count, 0); ${body} }`;
const missing = /undefined is what a function without return gives/;

export const answers: readonly Answer[] = [
  { exercise: "ex-cards", source: "", told: /value is 8, wanted less than 1 - so many cards/ },
  { exercise: "ex-cards", source: sorted([]), told: /gradient descent turns them/ },
  {
    exercise: "ex-cards",
    source: sorted(["weights", "biases", "embeddings", "thresholds", "learning rate"]),
    told: /the loss has no slope with it/,
  },
  {
    exercise: "ex-cards",
    source: sorted(["weights", "biases", "embeddings"]),
    told: /the tree tries every gap/,
  },
  {
    exercise: "ex-cards",
    source: sorted(["weights", "biases", "thresholds", "embeddings", "depth"]),
    told: /one can only train again/,
  },
  { exercise: "ex-cards", source: sorted(["embeddings", "biases", "weights", "thresholds"]) },
  { exercise: "ex-threshold", source: "threshold.value = 7;", told: /turn the threshold down/ },
  { exercise: "ex-threshold", source: "threshold.value = 1.5;", told: /turn it up/ },
  { exercise: "ex-threshold", source: "threshold.value = 4.9;", told: /turn the threshold down/ },
  { exercise: "ex-threshold", source: "threshold.value = 2;" },
  { exercise: "ex-gini", source: gini(""), told: missing },
  { exercise: "ex-gini", source: gini("return 0;"), told: /a pot with several species is mixed/ },
  {
    exercise: "ex-gini",
    source: gini("return 1 - Math.max(...counts) / all;"),
    told: /square each share/,
  },
  {
    exercise: "ex-gini",
    source: gini("return counts.reduce((sum, count) => sum + (count / all) ** 2, 0);"),
    told: /the chance that both are alike: one minus it/,
  },
  {
    exercise: "ex-gini",
    source: gini(
      "let sum = 0; for (const count of counts) sum += count * (all - count); return sum / all ** 2;",
    ),
  },
  { exercise: "ex-depth", source: "const myDepth = undefined;", told: /a whole number, 1 or more/ },
  { exercise: "ex-depth", source: "const myDepth = 1;", told: /compare larger depths/ },
  { exercise: "ex-depth", source: "const myDepth = 11;", told: /compare smaller depths/ },
  { exercise: "ex-depth", source: "const myDepth = 2;" },
  {
    exercise: "ex-depth",
    source: "for (const depth of [1, 2, 3]) openDrawer(depth); const myDepth = 2;",
    told: /so often the drawer was opened/,
  },
  {
    exercise: "ex-depth",
    // What running the set-up again does to the drawer.
    source: "opened.length = 0; const myDepth = 2; openDrawer(myDepth); openDrawer(myDepth);",
  },
];
