import { propertyRuns } from "../../counts.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatValue,
  fromTrack,
  parseTyped,
  toTrack,
  track,
} from "../../../app/outputs/knob-scale.ts";

const lr = { min: 1e-4, max: 1, step: 0.01, log: true };
const w = { min: -3, max: 3, step: 0.1, log: false };

describe("a log knob", () => {
  test("has equal factors at equal ways, and exact ends", () => {
    const at = (share: number) => fromTrack(lr, share * track(lr).max);
    expect([0, 0.25, 0.5, 0.75, 1].map(at)).toEqual([1e-4, 0.001, 0.01, 0.1, 1]);
  });

  test("place and value are each other's inverse", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1000 }),
        fc.double({ min: -8, max: 3, noNaN: true }),
        fc.double({ min: 3, max: 8, noNaN: true }),
        (place, low, decades) => {
          const scale = { min: 10 ** low, max: 10 ** (low + decades), step: 1, log: true };
          expect(toTrack(scale, fromTrack(scale, place))).toBeCloseTo(place, -0.5);
          expect(fromTrack(scale, place)).toBeGreaterThanOrEqual(scale.min);
          expect(fromTrack(scale, place)).toBeLessThanOrEqual(scale.max);
        },
      ),
      propertyRuns(2, 500),
    );
  });

  test("writes small values with an exponent and no dust", () => {
    expect([0.01, 1e-4, 0.0316, 1e-7].map((value) => formatValue(lr, value))).toEqual([
      "0.01",
      "0.0001",
      "0.0316",
      "1e-7",
    ]);
  });
});

describe("a linear knob", () => {
  test("stays on its steps, counted from its least value, without dust", () => {
    expect(fromTrack(w, 0.30000000000000004)).toBe(0.3);
    expect(fromTrack(w, 1.26)).toBe(1.3);
    expect(fromTrack({ min: 0.5, max: 9.5, step: 3, log: false }, 4)).toBe(3.5);
    expect(fromTrack(w, 99)).toBe(3);
  });

  test("writes as many digits as its steps have", () => {
    expect([0, 1.2, -3].map((value) => formatValue(w, value))).toEqual(["0.0", "1.2", "-3.0"]);
    expect(formatValue(w, 1.23456)).toBe("1.23456");
  });

  test("takes what is typed as it is, inside the range", () => {
    expect(["0.55", " 1,5 ", "−2", "99", "abc", ""].map((text) => parseTyped(w, text))).toEqual([
      0.55,
      1.5,
      -2,
      3,
      null,
      null,
    ]);
  });

  test("every step of the track is the value it says", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), (index) => {
        const value = fromTrack(w, w.min + index * w.step);
        expect(Number(formatValue(w, value))).toBe(value);
      }),
      { seed: 4 },
    );
  });
});
