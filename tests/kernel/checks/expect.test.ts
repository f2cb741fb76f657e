import { describe, expect as expectThat, test } from "vitest";
import { CheckError, expect } from "../../../kernel/checks/expect.ts";
import { tensor, zeros } from "../../../kernel/tensor/index.ts";

/** A mistake among the slopes of a bias. */
const averaged = (answer: unknown) =>
  expect(answer)
    .mistake([1, 2], "add, no mean")
    .mistake([[2, 4]], "drop the row of one");

describe("mistake()", () => {
  const wanted = [2, 4];

  test("names a well-known wrong answer in the reason's place", () => {
    expectThat(() => averaged(tensor([1.0001, 2])).close(wanted, {}, "add up")).toThrow(
      /^value at \[0\] is 1.0001, wanted 2 - add, no mean$/,
    );
    expectThat(() => averaged([[2, 4]]).shape([2], "one for each")).toThrow(
      /^shape is \[1, 2\], wanted \[2\] - drop the row of one$/,
    );
    expectThat(() => averaged([1, 2]).equal(wanted)).toThrow("wanted [2,4] - add, no mean");
  });

  test("leaves other wrong answers their own reason", () => {
    const others = [
      [1.01, 2],
      [1, -2],
      [1, 2, 3],
      [1, Infinity],
      [-1, -2],
      [Number.NaN, 2],
    ];
    for (const answer of others)
      expectThat(() => averaged(answer).close(wanted, {}, "add up")).toThrow(/ - add up$/);
  });

  test("refuses nothing by itself", () => {
    expectThat(String(expect(3).mistake(3, "this would be odd").close(3))).toBe("Right.");
    expectThat(String(averaged([1, 2]))).toBe("Nothing checked yet.");
  });

  test("tells infinities, NaN, texts and functions apart", () => {
    const known = (answer: unknown, mistake: unknown) => () =>
      expect(answer)
        .mistake(mistake, "known")
        .holds(() => false, "unknown");
    expectThat(known([Infinity, Number.NaN], [Infinity, Number.NaN])).toThrow("unknown - known");
    expectThat(known("sum", "sum")).toThrow("unknown - known");
    expectThat(known({ a: [1] }, { a: [1] })).toThrow("unknown - known");
    expectThat(known(Infinity, -Infinity)).toThrow(/^unknown$/);
    expectThat(known("sum", "mean")).toThrow(/^unknown$/);
    expectThat(known(Math.sin, Math.cos)).toThrow(/^unknown$/);
    expectThat(known(undefined, 3)).toThrow(/^unknown \(/);
  });

  test("wants a reason", () => {
    expectThat(() => expect(3).mistake(4, undefined as never)).toThrow(
      "expect: mistake() without a reason - wanted what is wrong with it",
    );
  });
});

describe("expect.each()", () => {
  test("says in how many cases all facts held", () => {
    const pairs = [
      [2, 1],
      [9, 3],
    ] as const;
    expectThat(String(expect.each(pairs, ([a, b]) => expect(a - b).above(0)))).toBe(
      "Right, in all 2 cases.",
    );
    expectThat(String(expect.each(5, (draw) => expect(draw).below(5)))).toBe(
      "Right, in all 5 cases.",
    );
    expectThat(String(expect.each(1, () => expect(1).equal(1)))).toBe("Right.");
  });

  test("does not say right where nothing was checked", () => {
    expectThat(String(expect.each(3, () => {}))).toBe("Nothing checked yet.");
    expectThat(String(expect.each([1], (n) => expect(n)))).toBe("Nothing checked yet.");
  });

  test.each<[string, () => unknown, string]>([
    [
      "numbers",
      () =>
        expect.each(
          [
            [1, 2],
            [3, 1 / 3],
          ],
          ([a, b]) => expect(b).above(a ?? 0, "it grows"),
        ),
      "for [3, 0.33333]: value is 0.33333, wanted more than 3 - it grows",
    ],
    [
      "one number",
      () => expect.each([4], (n) => expect(n).equal(5)),
      "for 4: value is 4, wanted 5",
    ],
    ["a tensor", () => expect.each([tensor([1, 2])], (x) => expect(x).shape([3])), "for [1, 2]: "],
    ["a text", () => expect.each(["a", "b"], (s) => expect(s).equal("a")), 'for "b": value is "b"'],
    [
      "the place where the case is long",
      () => expect.each([zeros([9]), zeros([99])], (x) => expect(x).shape([9])),
      "case 2 of 2: shape is [99], wanted [9]",
    ],
    [
      "the place where the case has no short text",
      () => expect.each([zeros([2, 2]), { a: 1 }, "x".repeat(99)], (_, i) => expect(i).below(1)),
      "case 2 of 3: value is 1, wanted less than 1",
    ],
    ["the draw", () => expect.each(9, (i) => expect(i).below(2)), "draw 3 of 9: value is 2"],
  ])("tells of which case it speaks: %s", (_, check, message) => {
    expectThat(check).toThrow(CheckError);
    expectThat(check).toThrow(message);
  });

  test("leaves the learner's own errors as they are", () => {
    const broken = () => expect.each(2, () => (undefined as unknown as number[]).length);
    expectThat(broken).toThrow(/^Cannot read properties of undefined/);
  });

  test.each<[string, () => unknown, string]>([
    [
      "without a case",
      () => expect.each([], () => {}),
      "each() was given no cases - wanted a list",
    ],
    ["with none", () => expect.each(undefined as never, () => {}), "each() was given no cases"],
    ["without a check", () => expect.each(3, 3 as never), "each() was given no check - wanted a"],
    [
      "with a check that ends later",
      () => expect.each(1, async () => Promise.resolve(1)),
      "each() was given an asynchronous check - wanted one without await",
    ],
  ])("blames the check %s", (_, check, message) => {
    expectThat(check).toThrow(TypeError);
    expectThat(check).toThrow(`expect: ${message}`);
  });
});

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

  test("says where an undefined answer may come from, whatever the fact", () => {
    const told =
      / - it fits \(undefined is what a function without return gives, or a name that is not there\)$/;
    const answer = expect(undefined);
    expectThat(() => answer.shape([2], "it fits")).toThrow(told);
    expectThat(() => answer.close(2, {}, "it fits")).toThrow(told);
    expectThat(() => answer.equal(2, "it fits")).toThrow(told);
    expectThat(() => answer.above(2, "it fits")).toThrow(told);
    expectThat(() => answer.holds(() => false, "so - it fits")).toThrow(told);
    expectThat(() => answer.holds((all: number[]) => all.length > 1, "so - it fits")).toThrow(told);
    expectThat(() => answer.mistake(undefined, "known").equal(2, "it fits")).toThrow(/ - known$/);
    expectThat(() => answer.holds((value: unknown) => value === undefined, "")).not.toThrow();
    expectThat(() => expect(1).equal(2, "it fits")).toThrow(/ - it fits$/);
  });

  test("leaves what a fact throws for other values as it is", () => {
    const fact = (value: number[]) => value.length > 0;
    expectThat(() => expect(null).holds(fact, "why")).toThrow(/^Cannot read properties of null/);
  });

  test("runs a function and goes on with what it returns", () => {
    expectThat(String(expect(() => [1, 2]).runs("it ends"))).toBe("Right.");
    expectThat(() =>
      expect(() => [1, 2])
        .runs("it ends")
        .equal([1]),
    ).toThrow(/^value is \[1,2\], wanted \[1\]$/);
    const broken = () => {
      throw new RangeError("too deep");
    };
    expectThat(() => expect(broken).runs("it must end")).toThrow(CheckError);
    expectThat(() => expect(broken).runs("it must end")).toThrow(
      /^it throws RangeError: too deep - it must end$/,
    );
    expectThat(() => expect(3).runs()).toThrow("expect: runs() of 3 - wanted a function to run");
  });

  test("takes NaN's and infinities for what they are", () => {
    expectThat(() => expect([Infinity]).close([Infinity])).not.toThrow();
    expectThat(() => expect([Infinity]).close([-Infinity])).toThrow("value at [0] is Infinity");
  });

  test("blames the check, not the learner, when it compares with nothing", () => {
    expectThat(() => expect(1).close(undefined as never)).toThrow(TypeError);
  });
});
