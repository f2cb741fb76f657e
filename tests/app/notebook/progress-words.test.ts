import { expect, it } from "vitest";
import { progressWords } from "../../../app/notebook/progress-words.ts";

it.each([
  [{ done: 137, total: 460, perSecond: 211 }, "137 of 460 · 211 per second · 1.5 s left"],
  [{ done: 1200, total: null, perSecond: 0.254 }, "1,200 · 0.25 per second"],
  [{ done: 0, total: 10, perSecond: 0 }, "0 of 10"],
  [
    { done: 2, total: 9, perSecond: 0.5, inner: { done: 137, total: 460 } },
    "2 of 9 · 0.5 per second · 14 s left · inside, 137 of 460",
  ],
  [{ done: 10, total: 10, perSecond: 3 }, "10 of 10 · 3 per second"],
])("progressWords(%o) is %s", (progress, words) => {
  expect(progressWords(progress)).toBe(words);
});
