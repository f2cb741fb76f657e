import { expect, test } from "vitest";
import { argReduceInto } from "../../../../../kernel/tensor/backends/reference/positions.ts";
import { Generator } from "../../../../../kernel/tensor/random.ts";

/** The place of the first NaN, or else of the first extreme. */
function placeIn(lane: readonly number[], largest: boolean): number {
  const nan = lane.findIndex(Number.isNaN);
  return nan >= 0 ? nan : lane.indexOf((largest ? Math.max : Math.min)(...lane));
}

test.each([
  { outer: 3, length: 7, inner: 1 },
  { outer: 3, length: 7, inner: 5 },
  { outer: 1, length: 1, inner: 4 },
])("the first extreme of $outer times $length by $inner elements is found", (fold) => {
  const { outer, length, inner } = fold;
  const random = new Generator(5);
  for (let round = 0; round < 100; round++) {
    // Few different numbers, so that many are equal; a NaN in some.
    const values = Float32Array.from({ length: outer * length * inner }, () =>
      random.below(20) === 0 ? Number.NaN : random.below(4) - 2,
    );
    for (const largest of [true, false]) {
      const out = new Int32Array(outer * inner).fill(-1);
      argReduceInto(values, fold, largest, out);
      const wanted = Array.from(out, (_, k) => {
        const first = Math.floor(k / inner) * length * inner + (k % inner);
        const lane = Array.from({ length }, (_each, r) => values[first + r * inner] ?? 0);
        return placeIn(lane, largest);
      });
      expect([...out]).toEqual(wanted);
    }
  }
});
