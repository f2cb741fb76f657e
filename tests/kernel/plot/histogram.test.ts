import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SignedHistograms, SizeHistograms } from "../../../kernel/plot/histogram.ts";
import { propertyRuns } from "../../counts.ts";

/** What lies in each bin, counted value by value. */
function countedByHand(values: readonly number[], edges: readonly number[]): number[] {
  return edges
    .slice(1)
    .map((edge, i) => values.filter((value) => value >= edges[i]! && value < edge).length);
}

describe("SignedHistograms", () => {
  test("counts every value in its bin", () => {
    const histograms = new SignedHistograms();
    const values = [-1, -0.99, 0, 0, 0.01, 0.5, 1.7];
    histograms.look(0, values);
    expect(histograms.edges[0]).toBe(-2);
    expect(histograms.edges.at(-1)).toBe(2);
    expect([...histograms.looks[0]!.bins]).toEqual(countedByHand(values, histograms.edges));
    expect(histograms.looks[0]?.total).toBe(7);
  });

  test("joins bins when larger values come, in earlier looks too, and loses none", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.array(fc.float({ min: -1e6, max: 1e6, noNaN: true }), {
            minLength: 1,
            maxLength: 40,
          }),
          { minLength: 1, maxLength: 6 },
        ),
        (looks) => {
          const histograms = new SignedHistograms();
          looks.forEach((values, step) => histograms.look(step, values));
          histograms.looks.forEach(({ bins, total }, i) => {
            expect([...bins]).toEqual(countedByHand(looks[i] ?? [], histograms.edges));
            expect(total).toBe(looks[i]?.length);
          });
        },
      ),
      propertyRuns(3, 100),
    );
  });

  test("leaves out what is no number, and takes nothing but zeros", () => {
    const histograms = new SignedHistograms();
    histograms.look(0, [0, 0]);
    histograms.look(1, [Number.NaN, Infinity, 3]);
    expect(histograms.looks.map(({ total }) => total)).toEqual([2, 1]);
    expect([...histograms.looks[0]!.bins]).toEqual(countedByHand([0, 0], histograms.edges));
  });

  test("thin() keeps every second look", () => {
    const histograms = new SignedHistograms();
    for (let step = 0; step < 5; step++) histograms.look(step, [step]);
    histograms.thin();
    expect(histograms.looks.map(({ step }) => step)).toEqual([0, 2, 4]);
  });
});

describe("SizeHistograms", () => {
  test("counts sizes in bins of equal factors, and zeros apart", () => {
    const histograms = new SizeHistograms();
    // Away from edges, which are powers of 10^(1/4).
    const values = [0, 0, 2e-3, -2e-3, 3, 1e-30, 1e30, Number.NaN];
    histograms.look(7, values);
    const [look] = histograms.looks;
    expect([look?.step, look?.total, look?.zeros]).toEqual([7, 7, 2]);
    const powers = values.map((value) => Math.log10(Math.abs(value)));
    const { edges } = histograms;
    const wanted = countedByHand(powers, edges);
    // What is beyond both ends is in the outermost bins.
    wanted[0]! += 1;
    wanted[wanted.length - 1]! += 1;
    expect([...look!.bins]).toEqual(wanted);
  });
});
