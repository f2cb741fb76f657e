/** Recording, and leaving it. */
import { describe, expect, test } from "vitest";
import { enableGrad, isGradEnabled, noGrad, tensor } from "../../../../kernel/tensor/index.ts";

const leaf = (data: number | number[]) => tensor(data, { requiresGrad: true });

describe("noGrad()", () => {
  test("records nothing inside and goes on after a throw", () => {
    const x = leaf(1);
    expect(noGrad(() => x.mul(2)).requiresGrad).toBe(false);
    expect(() =>
      noGrad(() => {
        throw new RangeError("stop");
      }),
    ).toThrow("stop");
    expect(x.mul(2).requiresGrad).toBe(true);
  });

  test("refuses an asynchronous function", () => {
    expect(() => noGrad(async () => Promise.resolve(1))).toThrow(
      "noGrad: the function returned a promise",
    );
  });
});

describe("enableGrad()", () => {
  test("records inside noGrad, and isGradEnabled() tells", () => {
    const x = leaf(1);
    noGrad(() => {
      expect(isGradEnabled()).toBe(false);
      expect(enableGrad(() => [isGradEnabled(), x.mul(2).requiresGrad])).toEqual([true, true]);
      expect(isGradEnabled()).toBe(false);
    });
    expect(isGradEnabled()).toBe(true);
  });

  test("refuses what is no synchronous function", () => {
    expect(() => enableGrad(async () => Promise.resolve(1))).toThrow(
      "enableGrad: the function returned a promise - wanted a synchronous function",
    );
    expect(() => enableGrad(undefined as never)).toThrow(
      "enableGrad: undefined - wanted a function",
    );
  });
});
