import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { noteKnobChange } from "../../../kernel/inputs/changes.ts";
import * as plot from "../../../kernel/plot/index.ts";
import { colors } from "../../../kernel/plot/palette.ts";
import { FIGURE_MIME, FIGURE_PARTS_MIME, type FigureParts } from "../../../kernel/protocol.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";

let page: FakeSurface;
beforeEach(() => {
  page = installFakeSurface();
});
afterEach(() => page.remove());

interface Drawn {
  readonly data: readonly {
    readonly name?: string;
    readonly x: readonly number[];
    readonly y: readonly (number | null)[];
    readonly fill?: string;
    readonly opacity?: number;
    readonly line?: { readonly color: string; readonly dash?: string };
    readonly marker?: { readonly symbol: string };
  }[];
  readonly layout: {
    readonly height?: number;
    readonly xaxis: { readonly type?: string; readonly range: readonly number[] };
    readonly yaxis: { readonly type?: string; readonly range: readonly number[] };
    readonly annotations: readonly {
      readonly text: string;
      readonly x: number;
      readonly xanchor: string;
      readonly yshift: number;
    }[];
    readonly shapes: readonly { readonly x0: number; readonly y0: number }[];
  };
}

const bundle = () => page.displays.at(-1)?.render() ?? {};
const drawn = () => bundle()[FIGURE_MIME] as Drawn;
const parts = () => bundle()[FIGURE_PARTS_MIME] as FigureParts;
const named = (name: string) => drawn().data.filter((trace) => trace.name === name);
const texts = () => drawn().layout.annotations.map(({ text }) => text);

describe("plot.live, what it draws", () => {
  test("a million pushes leave at most 1,600 points for the page", () => {
    const curve = plot.live();
    for (let i = 0; i < 1_000_000; i++) curve.push({ loss: i === 123_456 ? 7 : Math.sin(i) });
    const [line] = named("loss");
    expect(line?.x.length).toBeLessThanOrEqual(1600);
    expect(line?.x[line.y.indexOf(7)]).toBe(123_456);
  });

  test("many curves share the points that a page draws in one go", () => {
    const curve = plot.live();
    const values = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`c${i}`, i]));
    for (let i = 0; i < 5000; i++) curve.push(values);
    const points = drawn().data.reduce((sum, { x }) => sum + x.length, 0);
    expect(points).toBeLessThanOrEqual(3200);
  });

  test.each([
    [true, undefined, "log"],
    ["y", undefined, "log"],
    ["x", "log", undefined],
    ["xy", "log", "log"],
    [false, undefined, undefined],
  ] as const)("log: %s", (log, x, y) => {
    const curve = plot.live({ log });
    for (let i = 0; i < 50; i++) curve.push({ loss: 1 / (1 + i) });
    expect([drawn().layout.xaxis.type, drawn().layout.yaxis.type]).toEqual([x, y]);
    const end = drawn().layout.annotations.at(-1);
    expect(end?.x).toBeCloseTo(x === "log" ? Math.log10(49) : 49, 5);
  });

  test("has the height it is given, and shares it among its labels", () => {
    const curve = plot.live({ height: 150 });
    curve.push(Object.fromEntries([..."abcde"].map((name) => [name, 1])));
    expect(drawn().layout.height).toBe(150);
    const shifts = drawn().layout.annotations.map(({ yshift }) => yshift);
    expect(Math.max(...shifts) - Math.min(...shifts)).toBeLessThanOrEqual(150 - 14 - 40);
    expect(() => plot.live({ height: 20 })).toThrow(
      "plot.live: height is 20 - wanted a number from 120 to 2000",
    );
  });

  test("refuses an option that there is not, by name", () => {
    const options = { smoth: 0.9 } as plot.LiveOptions;
    expect(() => plot.live(options)).toThrow('plot.live: option "smoth" - wanted title, height');
  });

  test("breaks long names of curves into lines, so that a phone has room for the drawing", () => {
    const curve = plot.live();
    curve.push({ "validation loss of the second network": 1 });
    expect(texts().at(-1)).toBe("validation<br>loss of the<br>second network<br>1");
  });

  test("tells series apart by stroke too", () => {
    const curve = plot.live();
    curve.push({ train: 1, validation: 2, third: 3 });
    const strokes = drawn().data.map(({ line }) => line?.dash);
    expect(new Set(strokes).size).toBe(3);
    expect(strokes[0]).toBe("solid");
  });

  test("marks places of the author's: a line across, an upright one, a point", () => {
    const curve = plot.live({
      marks: [{ y: 0.5, label: "goal" }, { x: { value: 3 } }, { x: 2, y: 1, label: "here" }],
    });
    for (let i = 0; i < 5; i++) curve.push({ loss: 1 / (1 + i) });
    expect(drawn().layout.shapes).toMatchObject([{ y0: 0.5 }, { x0: 3 }]);
    expect(named("here")).toMatchObject([{ x: [2], y: [1] }]);
    expect(texts()).toEqual(expect.arrayContaining(["goal", "here"]));
    plot.live({ marks: [{ label: "nowhere" }] });
    expect(drawn).toThrow("plot.live: a mark has neither x nor y - wanted one of them, or both");
  });

  test("mark() notes a word at the newest step", () => {
    const curve = plot.live();
    for (let i = 0; i < 5; i++) curve.push({ loss: i });
    curve.mark("unfrozen");
    expect(drawn().layout.shapes).toMatchObject([{ x0: 4 }]);
    expect(texts()).toContain("unfrozen");
    expect(String(curve)).toContain("unfrozen from step 4");
  });
});

test("plot.live marks a knob that moves during the curve, not one that was moved before it", () => {
  const curve = plot.live();
  noteKnobChange("lr", 0.02);
  curve.push({ loss: 2 });
  expect(drawn().layout.shapes).toEqual([]);
  curve.push({ loss: 1 });
  noteKnobChange("lr", 0.5);
  curve.push({ loss: 1 });
  expect(drawn().layout.shapes).toMatchObject([{ x0: 2 }]);
  expect(texts()).toContain("lr 0.5");
});

describe("plot.live, a curve that breaks off", () => {
  test("ends in a cross at its last number, and says so in the figure and in words", () => {
    const curve = plot.live();
    for (const loss of [3, 2, Infinity, Number.NaN]) curve.push({ loss });
    expect(named("loss: ∞")).toMatchObject([{ x: [1], y: [2], marker: { symbol: "x" } }]);
    expect(texts()).toContain("loss became ∞ at step 2");
    expect(texts()).toContain("loss<br>NaN");
    expect(String(curve)).toBe(
      "<Figure: live curves: loss NaN at step 3, lowest 2; loss became ∞ at step 2>",
    );
  });

  test("needs no number before it", () => {
    const curve = plot.live({ log: true });
    curve.push({ loss: Number.NaN });
    expect(texts()).toEqual(["loss became NaN at step 0", "no numbers to draw"]);
  });
});

describe("plot.live, several seeds", () => {
  test("side by side: a row of numbers is drawn as its mean with a band", () => {
    const curve = plot.live();
    curve.push({ loss: [1, 3, 5] });
    curve.push({ loss: Float32Array.of(0, 2, 4) });
    expect(named("loss")).toMatchObject([{ x: [0, 1], y: [3, 2] }]);
    const band = drawn().data.find(({ fill }) => fill === "toself");
    expect(band).toMatchObject({ x: [0, 1, 1, 0], y: [5, 4, 0, 1] });
    expect(texts().at(-1)).toBe("loss<br>2");
    expect(String(curve)).toContain("3 runs");
    expect(() => curve.push({ loss: [] })).toThrow(
      'plot.live: "loss" is an empty list - wanted a number for each seed',
    );
  });

  test("one after the other: again() begins the next run at step 0", () => {
    const curve = plot.live();
    for (const loss of [4, 2, 1]) curve.push({ loss });
    curve.again();
    curve.push({ loss: 2 });
    // The run under way is behind: it is drawn by itself, and the mean is of those that are over.
    expect(named("loss").map(({ x, y }) => [x, y])).toEqual([
      [[0], [2]],
      [
        [0, 1, 2],
        [4, 2, 1],
      ],
    ]);
    curve.push({ loss: 2 });
    curve.push({ loss: 3 });
    expect(named("loss").map(({ y }) => y)).toEqual([[3, 2, 2]]);
  });
});

describe("plot.live, controls and earlier runs", () => {
  /** A place that remembers, as a cell's does when it runs again. */
  function remembering(settings = new Map<string, number>()) {
    const held = new Map<string, object>();
    const values = new Map<string, number>();
    const standing = page.place("plot.live");
    page.place = () => ({
      ...standing,
      memory<T extends object>(first: () => T): T {
        const known = (held.get("memory") ?? first()) as T;
        held.set("memory", known);
        return known;
      },
      control(spec) {
        const now = () => values.get(spec.label) ?? spec.value;
        return {
          read: now,
          peek: now,
          view: () => ({ ...spec, id: spec.label, slot: 0, value: now() }) as never,
        };
      },
      settings: () => settings,
      pins: [],
      runNumber: null,
      record: () => ({ changed: () => {} }),
      knob: (spec) => ({ read: () => spec.value, peek: () => spec.value, view: () => null }),
      keep: (work) => ({ read: work, forget: () => {} }),
    });
    const press = (label: string) => values.set(label, (values.get(label) ?? 0) + 1);
    return { values, press };
  }

  test("offers smoothing, pin and clear", () => {
    plot.live({ smooth: 0.5 });
    expect(parts().controls.map(({ kind, label, value }) => [kind, label, value])).toEqual([
      ["slider", "Smooth", 0.5],
      ["button", "Pin", 0],
      ["button", "Clear", 0],
    ]);
    plot.live({ smooth: { value: 0.5 } });
    expect(
      parts().controls.map(({ label }) => label),
      "a knob of the author's",
    ).toEqual(["Pin", "Clear"]);
  });

  test("smooths as its slider says", () => {
    const { values } = remembering();
    const curve = plot.live();
    for (let i = 0; i < 20; i++) curve.push({ loss: i % 2 });
    expect(named("loss")).toHaveLength(1);
    values.set("Smooth", 0.9);
    expect(named("loss").map(({ opacity }) => opacity)).toEqual([0.3, undefined]);
  });

  test("keeps the curves of the run before as a grey ghost until cleared", () => {
    const { press } = remembering();
    const first = plot.live();
    for (const loss of [5, 4, 3]) first.push({ loss });
    drawn();
    const second = plot.live();
    expect(named("last run")).toMatchObject([
      { x: [0, 1, 2], y: [5, 4, 3], line: { color: colors.faint } },
    ]);
    second.push({ loss: 9 });
    expect(texts()).toContain("last run");
    press("Clear");
    expect(named("last run")).toEqual([]);
    expect(named("loss")).toHaveLength(1);
  });

  test("smooths what it keeps as what it draws, and a pin stays as it was", () => {
    const { values } = remembering();
    const curve = plot.live();
    for (let i = 0; i < 20; i++) curve.push({ loss: i % 2 });
    curve.pin("mine");
    curve.push({ loss: 9 });
    expect(named("mine")[0]?.y.at(-1)).toBe(1);
    values.set("Smooth", 0.9);
    expect(named("mine")[0]?.y.at(-1)).toBeGreaterThan(0.3);
    expect(named("mine")[0]?.y.at(-1)).toBeLessThan(0.7);
  });

  test("a run that pushed nothing leaves the ghost of the one before", () => {
    remembering();
    const first = plot.live();
    for (const loss of [5, 4]) first.push({ loss });
    plot.live();
    plot.live();
    expect(named("last run")).toHaveLength(1);
  });

  test("pins with the knobs' values as the label, and keeps pins over runs", () => {
    const settings = new Map([
      ["lr", 0.1],
      ["width", 32],
    ]);
    const { press } = remembering(settings);
    const first = plot.live();
    for (const loss of [5, 4]) first.push({ loss });
    press("Pin");
    expect(named("lr 0.1, width 32")).toMatchObject([{ y: [5, 4] }]);
    plot.live();
    const second = plot.live();
    second.push({ loss: 1 });
    second.push({ loss: 2 });
    expect(named("lr 0.1, width 32")).toHaveLength(1);
    second.pin("mine");
    expect(named("mine")).toMatchObject([{ y: [1, 2] }]);
    expect(String(second)).toContain("pinned: lr 0.1, width 32; mine");
    second.clear();
    expect(drawn().data).toEqual([]);
  });

  test("names a pin by its run where no knob was read, and replaces one of the same name", () => {
    remembering();
    const curve = plot.live();
    curve.push({ loss: 1 });
    curve.pin();
    curve.push({ loss: 2 });
    curve.pin();
    expect(named("run 1")).toMatchObject([{ x: [0, 1] }]);
  });

  test("a ghost that went through the roof does not flatten the curve of now", () => {
    remembering();
    const first = plot.live();
    for (const loss of [1, 1e9, 1e30]) first.push({ loss });
    const second = plot.live();
    for (const loss of [2, 1]) second.push({ loss });
    const [low = 0, high = 0] = drawn().layout.yaxis.range;
    expect(high).toBeLessThan(10);
    expect(low).toBeLessThan(1);
  });
});
