/**
 * What each notebook promises its reader, as facts about a run from top to bottom: measured with
 * three seeds in a soak, because a claim that holds for one is luck.
 */
import { expect } from "vitest";
import { soaking } from "../counts.ts";

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

/** The seed that ships; in a soak two more, which nobody chose. */
export const seeds: readonly number[] = soaking ? [42, 1, 2] : [42];

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
    file: "04-the-chain-rule.ts",
    async check({ ask }) {
      // The path from the error back to w, against a nudge and against the sweep.
      expect(await ask("multiplied")).toBeCloseTo(-8, 6);
      expect(await ask("Math.abs(nudged - multiplied) < 1e-4")).toBe(true);
      expect(await ask("above + below"), "3a² + 2ab at a = 2, b = 1").toBeCloseTo(16, 9);
      expect(await ask("[twice.grad, wrong.grad]"), "a + a, with += and with =").toEqual([2, 1]);
      expect(await ask("curve.toJSON().data[0].y.at(-1)"), "it has learned").toBeLessThan(0.05);
      // Three ways to every slope; the sweep needs one run, nudging one more than there are knobs.
      const [own, byNudge, byEngine] = (await ask("[own, byNudge, byEngine]")) as number[][];
      expect(own).toHaveLength(33);
      expect(await ask("runs")).toBe(34);
      const most = Math.max(...(own ?? []).map(Math.abs));
      own?.forEach((slope, i) => {
        expect(slope, "every knob has a slope").not.toBe(0);
        expect(byEngine?.[i]).toBeCloseTo(slope, 9);
        expect(Math.abs((byNudge?.[i] ?? NaN) - slope) / most).toBeLessThan(1e-3);
      });
    },
  },
  {
    file: "14-parameters-live-in-tensors.ts",
    async check({ ask }) {
      // F8: four bytes a number, and a transpose that moves none of them.
      expect(await ask("[table.numel(), table.data.byteLength]")).toEqual([12, 48]);
      expect(await ask("[isShared, table.strides, turned.strides]")).toEqual([
        true,
        [4, 1],
        [1, 4],
      ]);
      // F7: what is looked for is found, what is out of sight is not.
      expect(await ask("[new Layer(), new TwoLayers()].map((b) => b.parameters().length)")).toEqual(
        [2, 0],
      );
      expect(
        await ask("[new Forgetful(), new Complete()].map((each) => each.summary().total)"),
      ).toEqual([12, 17]);
      // F9: the file is a header and four bytes a number, and gives the same model in every bit.
      expect(await ask("file.length - 4 * numbers - headerBytes")).toBe(8);
      expect(await ask("numbers")).toBe(2410);
      expect(await ask("difference")).toBe(0);
      expect(await ask("refusal")).toContain('"0.weight" is [32, 64] - wanted [16, 64]');
      // One bit: the top of the exponent is the worst, and most of them do no harm.
      expect(await ask("worst"), "the top bit of the exponent").toBe(30);
      expect(await ask("harm[30]")).toBeGreaterThan(2);
      expect(await ask("harm.filter((lost) => Math.abs(lost) < 1).length")).toBeGreaterThan(24);
      expect(await ask("enough"), "bits within a point").toBeLessThanOrEqual(6);
      expect(await ask("byBits[1]"), "read with three bits").toBeGreaterThan(70);
      // A stranger's parameters answer at once.
      const sentences = {
        deu: "Wo ist denn hier der Bahnhof?",
        eng: "Where is the nearest station, please?",
        fra: "Je voudrais un verre d'eau, s'il vous plaît.",
        rus: "Где здесь ближайший вокзал?",
      };
      const told = await ask(
        `${JSON.stringify(Object.values(sentences))}.map((text) => ` +
          "foreign.languages[detector(foreign.features(text)).argmax().item()])",
      );
      expect(told).toEqual(Object.keys(sentences));
      // F1: the lower the loss of a file, the better it reads.
      const replay = (await ask("replay")) as { loss: number; read: number }[];
      const byLoss = replay.toSorted((a, b) => b.loss - a.loss).map(({ read }) => read);
      expect(byLoss, "better parameters, better answers").toEqual(byLoss.toSorted((a, b) => a - b));
      expect(byLoss[0]).toBeLessThan(30);
      expect(byLoss.at(-1)).toBeGreaterThan(93);
    },
  },
  {
    file: "05-the-nudge-bill.ts",
    async check({ ask }) {
      const number = async (expression: string) => Number(await ask(expression));
      // K2: what nudging costs, and that it points where the rules do.
      expect(await number("asked"), "64 * 16 + 16 + 16 * 10 + 10 knobs, and one more").toBe(1211);
      expect(await number("same"), "knobs with one direction").toBeGreaterThanOrEqual(0.99);
      // K1: every knob has a slope, and careful nudging measures the same.
      expect(await number("engine.all.numel()")).toBe(1210);
      expect(await number("distance"), "rules and careful nudges").toBeLessThan(1e-3);
      // N1: each slope by hand is the engine's.
      const errors =
        "Object.entries(cut(slopes)).map(([n, s]) => relativeError(s, engine[`d${n}`]))";
      expect(await ask(`${errors}.map((error) => error < 1e-3)`)).toEqual([true, true, true, true]);
      // Rules 1 and 2, and what the engine does with slopes that nobody emptied.
      expect(await number("Number(largest)"), "the slopes of a row cancel").toBeLessThan(1e-5);
      expect(await ask("happens"), "db of the batch given twice").toBe("stays");
      expect(await ask("wrongStep.shape"), "a forgotten sum broadcasts").toEqual([100, 10]);
      expect(await number("second / first")).toBeCloseTo(2, 5);
      // One digit's slopes are that digit, stamped: nothing where the paper is white.
      const stamped = "engineSlopes(knobs, x.at([0, 1]), y.at([0, 1])).dW1.abs().sum(1)";
      expect(await ask(`${stamped}.gt(0).eq(x.at(0).gt(0)).all().item()`)).toBe(1);
      expect(await number("accuracy((dots) => scoresOf(trained, dots), { x, y })")).toBe(1);
      expect(await number("nudging(175e9) / rules(175e9)"), "the bill").toBeGreaterThan(1e9);
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
