import { afterEach, beforeEach, describe, expect, expectTypeOf, test } from "vitest";
import * as ui from "../../../kernel/inputs/index.ts";
import { lastKnobChange } from "../../../kernel/inputs/changes.ts";
import * as plot from "../../../kernel/plot/index.ts";
import { nn, ones, optim } from "../../../kernel/tensor/index.ts";
import type { KnobValue } from "../../../kernel/protocol.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";

let page: FakeSurface;
beforeEach(() => {
  page = installFakeSurface();
});
afterEach(() => page.remove());

function turn(value: KnobValue): void {
  const knob = page.knobs.at(-1);
  if (knob === undefined) throw new Error("no knob was made");
  knob.value = value;
}

describe("ui.number", () => {
  test("reads the reader's value, and starts at the bound nearest to 0", () => {
    const size = ui.number("batch size", { min: 1 });
    expect(size.value).toBe(1);
    turn(64);
    expect(size.value).toBe(64);
    expect(ui.number("x").value).toBe(0);
    expect(ui.number("y", { max: -3 }).value).toBe(-3);
  });

  test("is turned by a program to its nearest step", () => {
    const size = ui.number("n", { value: 1, min: 1, step: 2 });
    size.value = 7.9;
    expect(size.value).toBe(7);
    const free = ui.number("f", { value: 1 });
    free.value = 0.1 + 0.2;
    expect(free.value).toBe(0.1 + 0.2);
  });

  test.each([
    [{ min: 2, max: 1 }, 'ui.number: "n" needs min at most max, got min 2 and max 1'],
    [{ step: 0 }, 'ui.number: the step of "n" must be above 0, got 0'],
    [
      { value: 3, max: 1 },
      'ui.number: the value of "n" must be a finite number from -Infinity to 1, got 3',
    ],
    [{ value: NaN }, 'ui.number: the value of "n" must be a finite number, got NaN'],
    [{ valeu: 3 } as never, 'ui.number: option "valeu" - wanted value, min, max, step'],
    [5 as never, "ui.number: 5 for the options - wanted an object"],
  ])("refuses %o", (options, message) => {
    expect(() => ui.number("n", options)).toThrow(message);
  });
});

describe("ui.toggle", () => {
  test("is off until told, and reads the reader's choice", () => {
    const shift = ui.toggle("shift");
    expect(shift.value).toBe(false);
    turn(true);
    expect(shift.value).toBe(true);
    expect(String(shift)).toBe("true");
    expect(ui.toggle("on", { value: true }).value).toBe(true);
  });

  test("refuses what is neither on nor off", () => {
    expect(() => ui.toggle("t", { value: 1 as never })).toThrow(
      'ui.toggle: the value of "t" must be true or false, got 1',
    );
  });
});

describe("ui.text", () => {
  test("reads what the reader has written", () => {
    const start = ui.text("begin with", { value: "an", placeholder: "letters" });
    expect(start.value).toBe("an");
    turn("quo");
    expect(`${start.value}!`).toBe("quo!");
    start.value = "x";
    expect(page.knobs[0]?.value).toBe("x");
  });

  test.each([
    [{ value: 3 as never }, 'ui.text: the value of "t" must be a text, got 3'],
    [{ placeholder: null as never }, 'ui.text: the placeholder of "t" must be a text, got null'],
    [
      { value: "x".repeat(2001) },
      'ui.text: the value of "t" has 2,001 characters, 2,000 at most fit',
    ],
  ])("refuses %o", (options, message) => {
    expect(() => ui.text("t", options)).toThrow(message);
  });
});

describe("ui.select", () => {
  test("gives the option itself, in its own type", () => {
    const name = ui.select("optimiser", ["SGD", "Adam"]);
    expectTypeOf(name.value).toEqualTypeOf<"SGD" | "Adam">();
    expect(name.value).toBe("SGD");
    turn("Adam");
    expect(name.value).toBe("Adam");
    const size = ui.select("batch", [16, 64, 256] as const, { value: 64 });
    expectTypeOf(size.value).toEqualTypeOf<16 | 64 | 256>();
    expect(size.value).toBe(64);
    turn("256");
    expect(size.value).toBe(256);
  });

  test("gives what stands behind a name", () => {
    const act = ui.select(
      "activation",
      { tanh: Math.tanh, none: (x: number) => x },
      { value: "none" },
    );
    expect(act.value(3)).toBe(3);
    act.value = Math.tanh;
    expect(page.knobs[0]?.value).toBe("tanh");
  });

  test("refuses a program's choice that is no option", () => {
    const name = ui.select("optimiser", ["SGD", "Adam"]);
    expect(() => (name.value = "RMSprop" as never)).toThrow(
      'ui.select: RMSprop is none of the options of "optimiser": SGD, Adam',
    );
  });

  test.each([
    [[], {}, 'ui.select: "s" has no options to choose from'],
    [["a", "a"], {}, 'ui.select: "a" stands twice among the options of "s"'],
    [["a"], { value: "b" }, 'ui.select: "b" is none of the options of "s": a'],
    ["a" as never, {}, 'ui.select: a string for the options of "s" - wanted an array'],
    [["a"], { start: "a" }, 'ui.select: option "start" - wanted value'],
  ])("refuses %o with %o", (options, settings, message) => {
    expect(() => ui.select("s", options, settings as never)).toThrow(message);
  });
});

describe("ui.button", () => {
  test("counts, calls its function, and is marked in live figures", () => {
    let pressed = 0;
    const again = ui.button("again", () => (pressed += 1));
    expect(page.knobs[0]?.spec).toMatchObject({ answers: true, value: 0 });
    page.knobs[0]?.pressed?.();
    expect(pressed).toBe(1);
    expect(lastKnobChange()).toMatchObject({ label: "again", value: "pressed" });
    turn(3);
    expect(again.presses).toBe(3);
    expect(page.knobs[0]?.spec).not.toMatchObject({ answers: false });
  });

  test("refuses what cannot be called", () => {
    expect(() => ui.button("b", 3 as never)).toThrow(
      'ui.button: a number for what "b" does - wanted a function, or nothing',
    );
  });
});

test("an optimiser follows knobs of every kind that gives a number", () => {
  const net = nn.Linear(1, 1, { bias: false });
  const lr = ui.number("lr", { value: 0.5 });
  const momentum = ui.select("momentum", [0, 0.9]);
  const opt = optim.SGD(net.parameters(), { lr, momentum });
  const move = () => {
    const before = net.weight.item();
    opt.zeroGrad();
    net(ones([1, 1]))
      .sum()
      .backward();
    opt.step();
    return before - net.weight.item();
  };
  expect(move()).toBeCloseTo(0.5, 6);
  lr.value = 0.25;
  expect(move()).toBeCloseTo(0.25, 6);
});

test("a live figure names toggles and choices where they moved", () => {
  const name = ui.select("optimiser", ["SGD", "Adam"]);
  const curve = plot.live();
  const step = () => curve.push({ loss: name.value === "SGD" ? 1 : 2 });
  step();
  turn("Adam");
  step();
  const { annotations } = curve.toJSON().layout as { annotations: { text: string }[] };
  expect(annotations.map((note) => note.text)).toContain("optimiser Adam");
});
