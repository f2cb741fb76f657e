/** Lesson 15: what it claims, and answers that learners wrote. */
import { expect } from "vitest";
import type { Answer } from "./answer.ts";
import type { Claims } from "./claims.ts";

export const claims: Claims = {
  file: "15-a-learned-start.ts",
  async check({ ask }) {
    const number = async (expression: string) => Number(await ask(expression));
    // The file: good at names, and halfway to towns that it has never seen.
    const onNames = await number("onNames");
    const untuned = await number("untuned");
    expect(onNames).toBeCloseTo(2.25, 0);
    expect(Math.abs(untuned - 2.77), "measured with 2,533 towns").toBeLessThan(0.1);
    expect(await number("order.filter((town) => isName.has(town)).length"), "no news").toBe(0);
    // O1: fifty towns from either start. Alone they do not even reach the file.
    const [thrown, tuned] = [await number("thrown.lowest"), await number("tuned.lowest")];
    expect(Math.abs(thrown - 2.88)).toBeLessThan(0.15);
    expect(Math.abs(tuned - 2.61)).toBeLessThan(0.12);
    expect(thrown - untuned, "behind the file").toBeGreaterThan(0);
    expect(await number("gap")).toBeGreaterThan(0.15);
    expect(await ask("is"), "ten times the rate").toBe("higher");
    // Forgetting, halfway back, and replay.
    expect(await number("afterwards"), "names, after 600 steps on 25 towns").toBeGreaterThan(4);
    const [names = [], towns = []] = (await ask("[mixedNames, mixedTowns]")) as number[][];
    expect((towns.at(-1) ?? 0) - Math.min(...towns), "the end is too far").toBeGreaterThan(0.03);
    expect((names.at(-1) ?? 0) - (names[5] ?? 0), "names, halfway back").toBeGreaterThan(0.15);
    expect(await number("lastOf('names')[0]"), "forgotten").toBeGreaterThan(onNames + 0.25);
    expect(await number("lastOf('names')[1]"), "kept").toBeLessThan(onNames + 0.12);
    expect(await number("lastOf('towns')[1]")).toBeLessThan(untuned - 0.06);
    expect(await ask("verdict")).toBe("lower");
    expect(await number("lastOf('towns')[0] - Math.min(...lastOf('towns'))")).toBeGreaterThan(0.02);
    // Frozen numbers are equal in every bit, and few that turn are enough.
    expect(await ask("same")).toEqual(["letters.weight", "hidden.weight", "hidden.bias"]);
    expect(await ask("[onlyLetters.knobs, onlyOut.knobs]")).toEqual([270, 5427]);
    expect(await number("onlyLetters.lowest")).toBeLessThan(untuned - 0.05);
    expect((await number("onlyOut.lowest")) - tuned).toBeLessThan(0.05);
    // Where it does not help: letters that mean something else, and a layer made for other pictures.
    expect(await ask("helps")).toBe("not at all");
    expect(
      await number("byLearned.reduce((gain, each, i) => gain + each - byThrown[i], 0)"),
      "in four sizes",
    ).toBeLessThan(4);
    const foundations =
      "Object.values(frozen).map((rows) => meanOf(rows).reduce((sum, each) => sum + each))";
    const [random = NaN, learned = NaN] = (await ask(foundations)) as number[];
    expect(random - learned, "random numbers are a better foundation").toBeGreaterThan(0);
    // F10: a small one for this job. F1: what a learned start is worth, by towns that chose nothing.
    expect(await number("focused")).toBeLessThan(untuned - 0.08);
    const [alone = [], helped = []] = (await ask("[alone, helped].map(meanOf)")) as number[][];
    alone.slice(0, 3).forEach((loss, i) => expect(helped[i]).toBeLessThan(loss - 0.05));
    expect(await number("worthOf(50).match(/[0-9]+/)[0]"), "towns alone").toBeGreaterThan(90);
  },
};

const taught = (body: string) => `function taught() { ${body} }`;
const lastLayer = (body: string) => `function lastLayerOnly(net: Writer) { ${body} }`;
const mix = (share: number, lr: number) => `const mix = { share: ${share}, lr: ${lr} };`;
const lost = (key: string) => `const lost: keyof typeof gains = "${key}" as keyof typeof gains;`;
const missing = /undefined is what a function without return gives/;

export const answers: readonly Answer[] = [
  { exercise: "ex-start", source: taught(""), told: missing },
  {
    exercise: "ex-start",
    source: taught("return { lowest: 2.5 } as never;"),
    told: /return what learn\(\) gives/,
  },
  {
    exercise: "ex-start",
    source: taught("return learn(new Writer(), fifty.batches(64, { steps: 100 }), 0.001);"),
    told: /the start is thrown/,
  },
  {
    exercise: "ex-start",
    source: taught("return learn(from(learned), fifty.batches(64, { steps: 40 }), 0.03);"),
    told: /overrun what was learned/,
  },
  {
    exercise: "ex-start",
    source: taught("return learn(from(learned), fifty.batches(64, { steps: 20 }), 0.00001);"),
    told: /hardly moved/,
  },
  {
    exercise: "ex-start",
    source: taught("return learn(from(learned), newTowns.batches(64, { steps: 400 }), 0.003);"),
    told: /too good to be true/,
  },
  {
    exercise: "ex-start",
    source: taught(
      "const net = new Writer(); decodeModel(encodeModel(from(learned)), net); return learn(net, fifty.batches(32, { steps: 200 }), 0.0007);",
    ).replace(/^/, 'import { decodeModel, encodeModel } from "descent";\n'),
  },
  { exercise: "ex-both", source: mix(0, 0.001), told: /a share of names, above zero/ },
  { exercise: "ex-both", source: mix(0.1, 0.001), told: /more names in each batch/ },
  { exercise: "ex-both", source: mix(0.25, 0.01), told: /forgotten - smaller steps/ },
  { exercise: "ex-both", source: mix(0.95, 0.0002), told: /hardly learned/ },
  { exercise: "ex-both", source: mix(0.75, 0.0008) },
  { exercise: "ex-freeze", source: lastLayer(""), told: missing },
  {
    exercise: "ex-freeze",
    source: lastLayer('net.freeze("out"); return optim.SGD(net.parameters(), { lr: 0.1 });'),
    told: /"out.weight" stands still/,
  },
  {
    exercise: "ex-freeze",
    source: lastLayer("return optim.SGD([net.out.weight], { lr: 0.1 });"),
    told: /"out.bias" stands still/,
  },
  {
    exercise: "ex-freeze",
    source: lastLayer('net.freeze("letters"); return optim.SGD(net.parameters(), { lr: 0.1 });'),
    told: /"hidden.weight" has moved/,
  },
  {
    exercise: "ex-freeze",
    source: lastLayer("net.freeze(); return optim.SGD(net.parameters(), { lr: 0.1 });"),
    told: /no slope reaches any knob/,
  },
  {
    exercise: "ex-freeze",
    source: lastLayer(
      "for (const [name, knob] of net.namedParameters()) knob.requiresGrad = name.startsWith('out'); return optim.Adam(net.parameters(), { lr: 0.01, weightDecay: 0.1 });",
    ),
  },
  { exercise: "ex-lost", source: lost("none"), told: /one of 25 towns, / },
  { exercise: "ex-lost", source: lost("200 towns"), told: /with fewer towns more/ },
  { exercise: "ex-lost", source: lost("800 towns"), told: /but with 800 still something/ },
  { exercise: "ex-lost", source: lost("200 pictures") },
];
