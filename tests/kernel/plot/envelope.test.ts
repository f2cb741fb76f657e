import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { envelope, MOST_POINTS } from "../../../kernel/plot/envelope.ts";
import { propertyRuns } from "../../counts.ts";

const lineOf = (y: readonly number[]) => ({ x: y.map((_, i) => i), y });

describe("envelope()", () => {
  test("leaves a line alone that a page can draw as it is", () => {
    const line = lineOf(Array.from({ length: MOST_POINTS }, (_, i) => i % 7));
    expect(envelope(line)).toEqual(line);
  });

  test("keeps ends, peaks and order of any long line, at places of its own", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
          minLength: MOST_POINTS + 1,
          maxLength: 3 * MOST_POINTS,
          size: "max",
        }),
        (values) => {
          const { x, y } = envelope(lineOf(values));
          expect(x.length).toBeLessThanOrEqual(MOST_POINTS);
          expect([x[0], x.at(-1)]).toEqual([0, values.length - 1]);
          expect([Math.min(...y), Math.max(...y)]).toEqual([
            Math.min(...values),
            Math.max(...values),
          ]);
          x.forEach((at, i) => {
            expect(values[at]).toBe(y[i]);
            if (i > 0) expect(at).toBeGreaterThan(x[i - 1]!);
          });
        },
      ),
      propertyRuns(12, 10),
    );
  });

  test("finds one peak and one gap among a million points", () => {
    const values = Array.from({ length: 1_000_000 }, (_, i) => Math.sin(i));
    values[654_321] = 9;
    values[123_456] = Number.NaN;
    const { x, y } = envelope(lineOf(values));
    expect(x[y.indexOf(9)]).toBe(654_321);
    expect(x[y.findIndex(Number.isNaN)]).toBe(123_456);
  });
});
