import { expect, test } from "vitest";
import {
  isNewest,
  nextPace,
  placeOfStep,
  recordedWords,
  stepNear,
} from "../../../app/ui/recorded-steps.ts";

test("nextPace() goes from full speed to one step a second, and back", () => {
  const down = [null, 30, 10, 3, 1];
  down.forEach((pace, i) => {
    expect(nextPace(pace, "slower")).toBe(down[Math.min(i + 1, 4)]);
    expect(nextPace(pace, "faster")).toBe(down[Math.max(i - 1, 0)]);
  });
});

test("recorded steps are where the reader looks, the newest unless told", () => {
  const steps = [0, 5, 1_000];
  expect(placeOfStep({ steps, shown: null })).toBe(2);
  expect(isNewest({ steps, shown: null })).toBe(true);
  expect(isNewest({ steps, shown: 5 })).toBe(false);
  expect(recordedWords({ steps, shown: 5 })).toBe("step 5 of 1,000");
  // One that was thinned away meanwhile.
  expect(placeOfStep({ steps, shown: 3 })).toBe(2);
});

test("stepNear() stays within what was recorded", () => {
  const recorded = { steps: [0, 5, 9], shown: 5 };
  expect(stepNear(recorded, -1)).toBe(0);
  expect(stepNear(recorded, 1)).toBe(9);
  expect(stepNear({ ...recorded, shown: null }, 1)).toBeNull();
});
