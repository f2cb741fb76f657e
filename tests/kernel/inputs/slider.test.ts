import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as ui from "../../../kernel/inputs/index.ts";
import { roundStep } from "../../../kernel/inputs/slider.ts";
import * as plot from "../../../kernel/plot/index.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";

let page: FakeSurface;
beforeEach(() => {
  page = installFakeSurface();
});
afterEach(() => page.remove());

function turn(value: number): void {
  const knob = page.knobs.at(-1);
  if (knob === undefined) throw new Error("no knob was made");
  knob.value = value;
}

describe("ui.slider", () => {
  test("reads the reader's value at every moment", () => {
    const lr = ui.slider("learning rate", { min: 1e-4, max: 1, value: 0.01, log: true });
    expect(lr.value).toBe(0.01);
    turn(0.5);
    expect(lr.value).toBe(0.5);
    expect(2 * Number(lr)).toBe(1);
    expect(String(lr)).toBe("0.5");
  });

  test("starts in the middle, on its own grid", () => {
    ui.slider("w", { min: -3, max: 3 });
    ui.slider("rate", { min: 0.01, max: 1, log: true });
    ui.slider("n", { min: 1, max: 10, step: 1 });
    expect(page.knobs.map((knob) => knob.value)).toEqual([0, 0.1, 6]);
    expect(page.knobs[0]?.spec).toMatchObject({ step: 0.02 });
  });

  test("stays inside its range, whatever it is given", () => {
    const w = ui.slider("w", { min: 0, max: 1 });
    turn(7);
    expect(w.value).toBe(1);
  });

  test("can be turned by a program, which no live figure takes for the reader's move", () => {
    const w = ui.slider("w", { min: 0, max: 1, value: 0.5, step: 0.1 });
    const curve = plot.live();
    w.value = 0.29;
    curve.push({ loss: w.value });
    expect(w.value).toBe(0.3);
    expect(curve.toJSON().layout["shapes"]).toEqual([]);
  });

  test.each([
    [{ min: 2, max: 1 }, 'ui.slider: "x" needs min below max, both finite, got min 2 and max 1'],
    [{ min: 0, max: Infinity }, "got min 0 and max Infinity"],
    [{ min: 0, max: 1, log: true }, 'so min of "x" must be above 0, got 0'],
    [{ min: 0, max: 1, value: 3 }, 'the value of "x" must lie between min 0 and max 1, got 3'],
    [
      { min: 0, max: 1, step: 0 },
      'the step of "x" must be above 0 and at most max - min, 1, got 0',
    ],
    [undefined as never, "got min undefined and max undefined"],
    [{ min: 0, max: 1, start: 1 } as never, 'ui.slider: option "start" - wanted min, max, step'],
  ])("refuses %o", (options, message) => {
    expect(() => ui.slider("x", options)).toThrow(message);
  });

  test.each([
    [7 as never, "ui.slider: a number for the label - wanted a text"],
    ["", "ui.slider: an empty text for the label"],
  ])("refuses the label %o", (label, message) => {
    expect(() => ui.slider(label, { min: 0, max: 1 })).toThrow(message);
  });

  test("is shown under another cell that displays it", () => {
    const w = ui.slider("w", { min: 0, max: 1 });
    const display: unknown = Reflect.get(w, Symbol.for("Jupyter.display"));
    expect(Reflect.apply(display as () => unknown, w, [])).toEqual({});
    expect(page.knobs[0]?.shown).toBe(1);
  });

  test("a live figure marks where it moved, once a gesture", () => {
    const lr = ui.slider("lr", { min: 0, max: 1, value: 0.5 });
    const curve = plot.live();
    const step = () => curve.push({ loss: Number(lr) });
    step();
    for (const value of [0.6, 0.7, 0.8]) {
      turn(value);
      step();
    }
    step();
    const { shapes, annotations } = curve.toJSON().layout as {
      shapes: { x0: number }[];
      annotations: { text: string }[];
    };
    expect(shapes.map((shape) => shape.x0)).toEqual([3]);
    expect(annotations.map((note) => note.text)).toContain("lr 0.8");
  });

  test("a figure knows nothing of moves before it was made", () => {
    const lr = ui.slider("lr", { min: 0, max: 1 });
    turn(0.9);
    Number(lr);
    const curve = plot.live();
    curve.push({ loss: 1 });
    expect(curve.toJSON().layout["shapes"]).toEqual([]);
  });
});

test("roundStep() gives 1, 2 or 5 times a power of ten", () => {
  expect([0.03, 0.005, 7, 10, 0.999].map(roundStep)).toEqual([0.02, 0.005, 5, 10, 0.5]);
});
