/** Touches only the rows of the words in the batch; indices stay in range. */
import type { Maker } from "../workload.ts";
import { skipgramData } from "./data.ts";

export const skipgram: Maker<"skipgram"> = ({ width, batch, negatives, lr, ...spec }) => {
  const data = skipgramData({ width, batch, negatives, lr, ...spec });
  const { centers, others, truth, inner, outer } = data;
  const candidates = 1 + negatives;
  const count = batch * candidates;
  const slopes = new Float32Array(count);
  const dInner = new Float32Array(batch * width);
  let loss = Number.NaN;
  return {
    step() {
      loss = 0;
      dInner.fill(0);
      for (let i = 0; i < count; i++) {
        const row = Math.floor(i / candidates);
        const [a, b] = [centers[row]! * width, others[i]! * width];
        let z = 0;
        for (let j = 0; j < width; j++) z += inner[a + j]! * outer[b + j]!;
        loss += Math.max(z, 0) - z * truth[i]! + Math.log1p(Math.exp(-Math.abs(z)));
        const slope = (1 / (1 + Math.exp(-z)) - truth[i]!) / count;
        slopes[i] = slope;
        for (let j = 0; j < width; j++) dInner[row * width + j]! += slope * outer[b + j]!;
      }
      // Only now: a word may be in several rows, and all of them see the values before the step.
      for (let i = 0; i < count; i++) {
        const [a, b] = [centers[Math.floor(i / candidates)]! * width, others[i]! * width];
        const size = lr * slopes[i]!;
        for (let j = 0; j < width; j++) outer[b + j]! -= size * inner[a + j]!;
      }
      for (let row = 0; row < batch; row++) {
        const a = centers[row]! * width;
        for (let j = 0; j < width; j++) inner[a + j]! -= lr * dInner[row * width + j]!;
      }
      loss /= count;
    },
    observe: () => [loss],
  };
};
