import { propertyRuns } from "../../counts.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { spread } from "../../../kernel/plot/labels.ts";

describe("spread()", () => {
  test("leaves labels alone that do not touch", () => {
    expect(spread([10, 100, 50], 16, 200)).toEqual([10 + 0, 100, 50]);
  });

  test("moves two that meet apart by the same way", () => {
    expect(spread([100, 104], 16, 200)).toEqual([94, 110]);
  });

  test("keeps order, distance and bounds of whatever fits", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { minLength: 1, maxLength: 12 }),
        (wanted) => {
          const places = spread(wanted, 16, 200);
          const order = wanted
            .map((_, i) => i)
            .toSorted((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
          order.forEach((index, rank) => {
            const place = places[index]!;
            expect(place).toBeGreaterThanOrEqual(-1e-6);
            expect(place).toBeLessThanOrEqual(200 + 1e-6);
            if (rank === 0) return;
            const below = places[order[rank - 1]!]!;
            expect(place - below).toBeGreaterThanOrEqual(16 - 1e-6);
          });
        },
      ),
      propertyRuns(5, 400),
    );
  });
});
