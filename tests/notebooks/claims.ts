/**
 * What each notebook promises its reader, as facts about a run from top to bottom: measured with
 * three seeds, because a claim that holds for one is luck.
 */
import { expect } from "vitest";
import type { NotebookRun } from "./run-notebook.ts";

export interface Claims {
  readonly file: string;
  check(run: NotebookRun): Promise<void>;
}

/** The seed that ships, and two that nobody chose. */
export const seeds: readonly number[] = [42, 1, 2];

export const claims: readonly Claims[] = [
  {
    file: "01-turn-the-knobs.ts",
    async check({ ask }) {
      // The least squares line, worked out here and not by training.
      const [hours, songs] = (await ask("[students.x, students.y]")) as [number[], number[]];
      const best = leastSquares(hours, songs);
      const [w, b, error] = (await ask(
        "[...model.parameters().map((knob) => knob.item()), errorOf(lineOf(model))]",
      )) as [number, number, number];
      expect(Math.abs(w - best.w), "w is at its best place").toBeLessThan(0.1);
      expect(Math.abs(b - best.b), "b is at its best place").toBeLessThan(0.1);
      expect(error, "a good hand gets below 5").toBeLessThan(5);
      expect(await ask("F.mse(sound(knobs), target).item()"), "the sound is found").toBeLessThan(
        1e-3,
      );
      const [strung, bare] = (await ask("[strung, bare].map((line) => errorOf(lineOf(line)))")) as [
        number,
        number,
      ];
      expect(strung).toBeLessThan(bare);
      expect(await ask("total"), "(2 + 1) * 4 + (4 + 1) * 1").toBe(17);
      expect(await ask("meanSquare(guessed, songs).item() === F.mse(guessed, songs).item()")).toBe(
        false,
      );
    },
  },
  {
    file: "digits.ts",
    async check({ ask, outcomes }) {
      expect(await ask("accuracy(reader, test)")).toBeGreaterThanOrEqual(0.96);
      expect(await ask("accuracy(net, test)")).toBeGreaterThan(0.94);
      expect(await ask("accuracy(copy, test) === accuracy(net, test)")).toBe(true);
      const figure = outcomes.get("watch")?.outputs.findLast((output) => output.kind === "update");
      const drawn = JSON.stringify(figure?.kind === "update" ? figure.data : null);
      expect(drawn).toContain('"name":"train"');
      expect(drawn).toContain('"name":"validation"');
    },
  },
  {
    file: "names.ts",
    async check({ ask }) {
      expect(await ask("net.parameters().reduce((sum, knob) => sum + knob.numel(), 0)")).toBe(3481);
      const neighbours = (await ask("vowels.map((vowel) => learned.nearest(vowel))")) as string[];
      const alike = neighbours.filter((letter) => "aeiouy".includes(letter));
      expect(alike.length, `nearest to a, e, i, o, u: ${neighbours.join(", ")}`).toBeGreaterThan(3);
      expect(await ask("learned.ratio")).toBeLessThanOrEqual(0.6);
    },
  },
];

function leastSquares(x: readonly number[], y: readonly number[]): { w: number; b: number } {
  const mean = (values: readonly number[]) => values.reduce((a, c) => a + c, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const covariance = mean(x.map((value, i) => (value - mx) * ((y[i] ?? 0) - my)));
  const w = covariance / mean(x.map((value) => (value - mx) ** 2));
  return { w, b: my - w * mx };
}
