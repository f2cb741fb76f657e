import { describe, expect as expectThat, test } from "vitest";
import { CheckError, expect } from "../../../kernel/checks/expect.ts";
import { tensor, zeros } from "../../../kernel/tensor/index.ts";

describe("expect()", () => {
  test("chains facts that hold, and says so", () => {
    const sum = tensor([1, 2]).sum();
    expectThat(String(expect(sum).shape([]).close(3).above(2).below(4))).toBe("Right.");
    expectThat(String(expect([1, [2]]).equal([1, [2]]))).toBe("Right.");
  });

  test("does not say right before anything was checked", () => {
    expectThat(String(expect(1))).toBe("Nothing checked yet.");
  });

  test.each<[string, () => unknown, string]>([
    [
      "a wrong shape",
      () => expect(zeros([32, 10])).shape([10], "each of the 32 rows used the same bias"),
      "shape is [32, 10], wanted [10] - each of the 32 rows used the same bias",
    ],
    [
      "a wrong number, with its place",
      () =>
        expect(
          tensor([
            [1, 2],
            [3, 4],
          ]),
        ).close([
          [1, 2],
          [3.5, 4],
        ]),
      "value at [1, 0] is 3, wanted 3.5",
    ],
    ["other lengths", () => expect([1, 2]).close([1]), "shape is [2], wanted [1]"],
    ["NaN", () => expect(Number.NaN).close(0), "value is NaN, wanted 0"],
    ["no number", () => expect("3").close(3), 'value is "3", wanted numbers'],
    ["ragged rows", () => expect([[1], [1, 2]]).shape([2, 1]), "wanted numbers"],
    ["a missing answer", () => expect(undefined).shape([2]), "value is undefined, wanted numbers"],
    ["another value", () => expect([1, "a"]).equal([1, "b"]), 'value is [1,"a"], wanted [1,"b"]'],
    [
      "too small",
      () => expect(0.5).above(1, "train longer"),
      "value is 0.5, wanted more than 1 - train longer",
    ],
    ["too large", () => expect(tensor(2)).below(1), "value is 2, wanted less than 1"],
    ["an odd limit", () => expect(2).below(1 / 3), "value is 2, wanted less than 0.33333"],
    ["many for one", () => expect([1, 2]).below(1), "shape is [2], wanted one number"],
    [
      "a fact of one's own",
      () => expect(3).holds((n: number) => n % 2 === 0, "it is odd"),
      "it is odd",
    ],
  ])("refuses %s", (_, check, message) => {
    expectThat(check).toThrow(CheckError);
    expectThat(check).toThrow(message);
  });

  test("takes NaN's and infinities for what they are", () => {
    expectThat(() => expect([Infinity]).close([Infinity])).not.toThrow();
    expectThat(() => expect([Infinity]).close([-Infinity])).toThrow("value at [0] is Infinity");
  });

  test("blames the check, not the learner, when it compares with nothing", () => {
    expectThat(() => expect(1).close(undefined as never)).toThrow(TypeError);
  });
});
