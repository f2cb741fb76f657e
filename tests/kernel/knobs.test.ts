import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  fitted,
  fromSlot,
  type KnobId,
  type KnobView,
  parseKnobView,
  TEXT_UNITS,
  toSlot,
} from "../../kernel/knobs.ts";
import { propertyRuns } from "../counts.ts";

const named = { id: "c/w" as KnobId, slot: 0, label: "w" };
const slider: KnobView = {
  ...named,
  kind: "slider",
  min: 0,
  max: 1,
  step: 0.1,
  log: false,
  value: 0.5,
};
const number: KnobView = { ...named, kind: "number", min: null, max: 9, step: 1, value: 3 };
const toggle: KnobView = { ...named, kind: "toggle", value: true };
const select: KnobView = { ...named, kind: "select", options: ["SGD", "Adam"], value: "Adam" };
const text: KnobView = { ...named, kind: "text", placeholder: "", value: "an" };
const button: KnobView = { ...named, kind: "button", answers: false, value: 2 };
const all = [slider, number, toggle, select, text, button];

describe("parseKnobView()", () => {
  test("takes what a kernel makes, and no field more", () => {
    for (const view of all) expect(parseKnobView({ ...view, more: "<b>" })).toEqual(view);
  });

  test.each([
    [null],
    [{ ...slider, max: "1" }],
    [{ ...slider, min: 2 }],
    [{ ...slider, log: true }],
    [{ ...slider, step: 0 }],
    [{ ...slider, value: Number.NaN }],
    [{ ...slider, label: undefined }],
    [{ ...slider, slot: -1 }],
    [{ ...number, min: Infinity }],
    [{ ...number, min: 10 }],
    [{ ...number, step: 0 }],
    [{ ...number, value: "3" }],
    [{ ...toggle, value: 1 }],
    [{ ...select, value: "RMSprop" }],
    [{ ...select, options: "SGD" }],
    [{ ...text, value: "x".repeat(TEXT_UNITS + 1) }],
    [{ ...text, placeholder: null }],
    [{ ...button, answers: "yes" }],
    [{ ...button, value: 0.5 }],
    [{ ...button, kind: "lever" }],
  ])("refuses %o", (view) => {
    expect(parseKnobView(view)).toBeNull();
  });
});

describe("a slot's number", () => {
  test("gives back the value it stands for", () => {
    for (const view of [slider, number, toggle, select, button]) {
      const stored = toSlot(view, view.value);
      expect(stored === null ? null : fromSlot(view, stored)).toBe(view.value);
    }
  });

  test("stays in the range, and is none for a value that the knob cannot have", () => {
    expect(toSlot(slider, 7)).toBe(1);
    expect(toSlot(number, -1e9)).toBe(-1e9);
    expect(toSlot(number, -Infinity)).toBeNull();
    expect(toSlot(slider, Number.NaN)).toBeNull();
    expect(toSlot(slider, "0.5")).toBeNull();
    expect(toSlot(toggle, 1)).toBeNull();
    expect(toSlot(select, "RMSprop")).toBeNull();
    expect(toSlot(button, -1)).toBeNull();
    expect(toSlot(text, "an")).toBeNull();
  });

  test("is never more than a number, whatever the page sends", () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.anything(), (view, value) => {
        const stored = toSlot(view, value as never);
        expect(stored === null || Number.isFinite(stored)).toBe(true);
      }),
      propertyRuns(5, 500),
    );
  });
});

test("fitted() brings what a knob was given before into its bounds, and forgets what cannot be", () => {
  expect([fitted(slider, 8), fitted(slider, -1), fitted(slider, 0.25)]).toEqual([1, 0, 0.25]);
  expect([fitted(number, 12), fitted(number, -1e9)]).toEqual([9, -1e9]);
  expect([fitted(select, "SGD"), fitted(select, "Lion"), fitted(select, 1)]).toEqual([
    "SGD",
    null,
    null,
  ]);
  expect([fitted(text, "an"), fitted(text, 3), fitted(toggle, false), fitted(toggle, 0)]).toEqual([
    "an",
    null,
    false,
    null,
  ]);
});
