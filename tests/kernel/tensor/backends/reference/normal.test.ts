import { describe, expect, test } from "vitest";
import { erf, normalBelow } from "../../../../../kernel/tensor/backends/reference/normal.ts";

/** From a 40-digit evaluation. */
const erfs: readonly (readonly [number, number])[] = [
  [1e-300, 1.1283791670955126e-300],
  [1e-9, 1.1283791670955127e-9],
  [0.1, 0.1124629160182849],
  [0.5, 0.5204998778130465],
  [0.999, 0.8422852702064969],
  [1, 0.8427007929497149],
  [1.001, 0.8431154854780762],
  [1.5, 0.9661051464753108],
  [2, 0.9953222650189527],
  [3, 0.9999779095030014],
  [4.5, 0.9999999998033839],
  [5.9, 0.9999999999999999],
];

const shares: readonly (readonly [number, number])[] = [
  [-30, 4.906713927148187e-198],
  [-20, 2.7536241186062337e-89],
  [-8, 6.220960574271784e-16],
  [-5, 2.866515718791939e-7],
  [-3, 0.0013498980316300946],
  [-1.5, 0.06680720126885807],
  [-1.3, 0.09680048458561033],
  [-1, 0.15865525393145705],
  [-0.1, 0.460172162722971],
  [0, 0.5],
  [0.3, 0.6179114221889527],
  [1.4, 0.9192433407662289],
  [1.5, 0.9331927987311419],
  [2.5, 0.9937903346742238],
  [6, 0.9999999990134123],
];

describe("erf()", () => {
  test.each(erfs)("erf(%d) is right to 15 digits", (x, wanted) => {
    expect(Math.abs(erf(x) - wanted)).toBeLessThanOrEqual(1e-15 * Math.abs(wanted));
    expect(erf(-x)).toBe(-erf(x));
  });

  test("its ends are 1 and -1, and NaN comes through", () => {
    expect([erf(Infinity), erf(-Infinity), erf(Number.NaN)]).toEqual([1, -1, Number.NaN]);
    expect(erf(-0)).toBe(-0);
  });
});

describe("normalBelow()", () => {
  test.each(shares)("the share below %d is right to 13 digits, however small", (x, wanted) => {
    expect(Math.abs(normalBelow(x) - wanted)).toBeLessThanOrEqual(1e-13 * wanted);
  });

  test("its ends are 0 and 1, and NaN comes through", () => {
    const ends = [normalBelow(-Infinity), normalBelow(Infinity), normalBelow(Number.NaN)];
    expect(ends).toEqual([0, 1, Number.NaN]);
  });
});
