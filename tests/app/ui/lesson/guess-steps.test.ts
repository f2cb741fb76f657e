import { expect, it } from "vitest";
import { stepOf } from "../../../../app/ui/lesson/guess-steps.ts";

it.each([
  [0, 1, 1],
  [0, -1, -1],
  [19, 1, 20],
  [20, 1, 30],
  [20, -1, 19],
  [200, 1, 300],
  [200, -1, 190],
  [12_000, 1, 13_000],
  [-20, -1, -30],
  [-20, 1, -19],
  [0.01, 1, 0.02],
  [0.01, -1, 0.009],
  [0.5, 1, 0.6],
  [2.5, 1, 2.6],
])("from %d a press of %d leads to %d", (value, direction, next) => {
  expect(stepOf(value, direction > 0 ? 1 : -1)).toBe(next);
});
