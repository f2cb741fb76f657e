/** Lesson 9: what it claims, and answers that learners wrote. */
import { expect } from "vitest";
import type { Answer } from "./answer.ts";
import type { Claims } from "./claims.ts";

export const claims: Claims = {
  file: "09-learned-or-remembered.ts",
  async check({ ask }) {
    const number = async (expression: string) => Number(await ask(expression));
    // A memory is never wrong about what it has seen, and worse on what it has not.
    expect(await number("rightBy(1, shownPoints)")).toBe(100);
    expect(await number("rightBy(15, newPoints) - rightBy(1, newPoints)")).toBeGreaterThan(4);
    // D3: labels thrown by a die are learned by heart.
    expect(await number("byHeart")).toBeGreaterThan(99);
    expect(await number("onNew"), "chance is ten").toBeLessThan(25);
    // M2: reworded questions.
    const reworded = "new data.Dataset(lies.x.add(wiggle.mul(1.5)), lies.y)";
    expect(await number(`byHeart - readBy(parrot, ${reworded})`)).toBeGreaterThan(20);
    // D1: more rows, more right.
    const fresh = (await ask("fresh")) as number[];
    expect(fresh[0], "ten rows").toBeLessThan(65);
    expect((fresh[2] ?? 0) - (fresh[0] ?? 0)).toBeGreaterThan(10);
    expect(fresh.at(-1)).toBeGreaterThan(92);
    expect(await ask("train.every((right) => right > 99)")).toBe(true);
    // V3, M1: the lowest training loss is not where the model is best.
    const best = await number("bestPass");
    expect(best).toBeLessThan(25);
    expect(await number("endOfTrain")).toBeGreaterThan(35);
    const rise = "losses.validation.at(-1) / Math.min(...losses.validation)";
    expect(await number(rise), "the validation loss rises").toBeGreaterThan(1.2);
    expect(await number("judge(plain.net, noisy).known")).toBeGreaterThan(94);
    const stopped = await number("judge(large, noisy).unknown");
    expect(stopped - (await number("plain.right")), "stopped in time").toBeGreaterThan(5);
    for (const cure of ["decayed", "cures.dropout", "cures.shifting"])
      expect(await number(`${cure}.right - plain.right`), cure).toBeGreaterThan(3);
    // D2: a pattern that is not there.
    const seen = (await ask("seenBy")) as Record<string, number>;
    expect(seen["right stamp"]).toBeGreaterThan(98);
    expect((seen["right stamp"] ?? 0) - (seen["no stamp"] ?? 0)).toBeGreaterThan(8);
    expect(seen["wrong stamp"]).toBeLessThan(45);
    const [most = 0] = (await ask("[harm.indexOf(Math.max(...harm))]")) as number[];
    expect(most, "the rim is where it looks").toBeLessThan(10);
    // F11: few and right, many and wrong.
    expect(await number("quality['200 right'] - quality['500, some wrong']")).toBeGreaterThan(4);
    expect(await number("leaked - honest")).toBeGreaterThan(3);
    expect(await number("inVault")).toBeGreaterThan(80);
  },
};

const cutRows = (body: string) => `function cutRows(rows: number, share: number) { ${body} }`;
const order =
  "const order = Array.from(randperm(rows).data); const cut = Math.round(rows * share);";
const passToKeep = (body: string) =>
  `function passToKeep(losses: number[], patience: number) { ${body} }`;
const cure = (settings: string) => `const cure: Way = { hidden: 256, ${settings} };`;
const unstamped = (body: string) => `const unstamped = (x: Tensor) => ${body};`;
const missing = /undefined is what a function without return gives/;

export const answers: readonly Answer[] = [
  { exercise: "ex-split", source: cutRows(""), told: missing },
  {
    exercise: "ex-split",
    source: cutRows(`${order} return { learn: order, judge: order.slice(cut) };`),
    told: /a leak/,
  },
  {
    exercise: "ex-split",
    source: cutRows(`${order} return { learn: order.slice(0, cut), judge: order.slice(cut + 1) };`),
    told: /every row belongs/,
  },
  {
    exercise: "ex-split",
    source: cutRows(
      `const order = Array.from({ length: rows }, (_, i) => i); const cut = Math.round(rows * share);
      return { learn: order.slice(0, cut), judge: order.slice(cut) };`,
    ),
    told: /in their old order/,
  },
  {
    exercise: "ex-split",
    source: cutRows(
      `manualSeed(1); ${order} return { learn: order.slice(0, cut), judge: order.slice(cut) };`,
    ),
    told: /every cut is the same/,
  },
  {
    exercise: "ex-split",
    source: cutRows(`${order} return { judge: order.slice(cut), learn: order.slice(0, cut) };`),
  },
  { exercise: "ex-stop", source: passToKeep(""), told: missing },
  {
    exercise: "ex-stop",
    source: passToKeep("return losses.length - 1;"),
    told: /it has not seen what comes later/,
  },
  {
    exercise: "ex-stop",
    source: passToKeep(
      "let best = 0; for (let at = 1; at < losses.length; at++) { if (losses[at] < losses[best]) best = at; if (at - best >= patience) return at; } return best;",
    ),
    told: /go back to the best pass before/,
  },
  {
    exercise: "ex-stop",
    source: passToKeep(
      "let best = 0; let waited = 0; for (let at = 1; at < losses.length && waited < patience; at++) if (losses[at] < losses[best]) { best = at; waited = 0; } else waited++; return best;",
    ),
  },
  { exercise: "ex-cure", source: cure("passes: 0"), told: /it has not learned enough/ },
  { exercise: "ex-cure", source: cure("passes: 100"), told: /the loss rises at the end/ },
  { exercise: "ex-cure", source: cure("passes: 1000"), told: /less will do/ },
  { exercise: "ex-cure", source: cure("passes: 40, shift: true") },
  { exercise: "ex-stamp", source: unstamped("undefined as never"), told: /undefined/ },
  { exercise: "ex-stamp", source: unstamped("x.mul(0)"), told: /belong to the digits/ },
  {
    exercise: "ex-stamp",
    source: unstamped("x.set([null, [0, 10]], -1)"),
    told: /take clone\(\) first/,
  },
  {
    exercise: "ex-stamp",
    source: unstamped("x.clone().set([null, [0, 5]], -1)"),
    told: /still differ from page to page/,
  },
  {
    exercise: "ex-stamp",
    source: unstamped("cat([x.at(null, [0, 10]).mul(0).sub(1), x.at(null, [10, 64])], 1)"),
  },
];
