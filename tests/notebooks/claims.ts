/**
 * What each notebook promises its reader, as facts about a run from top to bottom: measured with
 * three seeds, because a claim that holds for one is luck.
 */
import { expect } from "vitest";

/** A notebook that has run from top to bottom, in Node or on the page. */
export interface Finished {
  /** The value of an expression over the notebook's names, through JSON. */
  ask(expression: string): Promise<unknown>;
  /** The last state of the figure a cell shows, as plotly's JSON. */
  drawn(cell: string): Promise<string>;
}

export interface Claims {
  readonly file: string;
  check(run: Finished): Promise<void>;
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
    async check({ ask, drawn }) {
      expect(await ask("accuracy(reader, test)")).toBeGreaterThanOrEqual(0.96);
      expect(await ask("accuracy(net, test)")).toBeGreaterThanOrEqual(0.96);
      expect(await ask("accuracy(copy, test) === accuracy(net, test)")).toBe(true);
      const curves = await drawn("watch");
      expect(curves).toContain('"name":"train"');
      expect(curves).toContain('"name":"validation"');
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
