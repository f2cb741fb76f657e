import { expect, test } from "vitest";
import { stretches } from "../../../../app/outputs/sound/wave.ts";

test("a wave tells the lowest, the highest and the loudness of each stretch", () => {
  const samples = Float32Array.of(0.5, -0.5, 1, 0, -1, 0);
  expect(stretches({ rate: 2, channels: 1, samples }, 3)).toEqual([
    { from: 0, to: 1, low: -0.5, high: 0.5, loudness: 0.5 },
    { from: 1, to: 2, low: 0, high: 1, loudness: Math.SQRT1_2 },
    { from: 2, to: 3, low: -1, high: 0, loudness: Math.SQRT1_2 },
  ]);
});

test("a wave of two channels keeps them together, and no sound has no stretch", () => {
  const samples = Float32Array.of(0.5, -0.25, 0, 0);
  expect(stretches({ rate: 1, channels: 2, samples }, 10)).toMatchObject([
    { from: 0, to: 1, low: -0.25, high: 0.5 },
    { from: 1, to: 2, low: 0, high: 0 },
  ]);
  expect(stretches({ rate: 1, channels: 1, samples: new Float32Array() }, 5)).toEqual([]);
});
