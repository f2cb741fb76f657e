/** A live figure in words, for who cannot see it. */
import { formatNumber } from "./numbers.ts";
import type { SeededCurve } from "./seeds.ts";

type Curves = ReadonlyMap<string, SeededCurve>;

/** What each curve has come to: `train 0.31 at step 460, lowest 0.29`. */
export function reachedWords(curves: Curves): readonly string[] {
  return Array.from(curves, ([name, { last, all }]) => {
    const low = Math.min(...all.map(({ lowest: least }) => least));
    const lowest = low === Infinity || low === last.y ? "" : `, lowest ${formatNumber(low)}`;
    return `${name} ${formatNumber(last.y)} at step ${formatNumber(last.x, 7)}${lowest}`;
  });
}

/** Where curves broke off: `loss became NaN at step 37`. */
export function brokenWords(curves: Curves): readonly string[] {
  return Array.from(curves).flatMap(([name, { gap }]) =>
    gap === null ? [] : [`${name} became ${formatNumber(gap.y)} at step ${gap.x}`],
  );
}

/** `3 runs`, where there were several. */
export function seedsWords(curves: Curves): string {
  const seeds = Math.max(0, ...Array.from(curves.values(), (curve) => curve.all.length));
  return seeds > 1 ? `${seeds} runs` : "";
}
