import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { data, manualSeed, rand } from "../../../../kernel/tensor/index.ts";

const file = (name: string): Uint8Array =>
  gunzipSync(readFileSync(new URL(`../../../../notebooks/data/${name}.gz`, import.meta.url)));

describe("data.load()", () => {
  test("says which names there are", () => {
    expect(() => data.load("mnist" as "digits")).toThrow(
      'data.load: no data set "mnist" - there are "digits", "names", "spiral", "circle", "line"',
    );
    expect(() => data.provide("mnist", new Uint8Array())).toThrow(RangeError);
  });

  test("says that a file has not arrived", () => {
    expect(() => data.load("digits")).toThrow('data.load: the file of "digits" has not arrived');
  });
});

describe("with the files of the repository", () => {
  beforeAll(() => {
    for (const [name, { file: path }] of Object.entries(data.catalogue))
      if (path !== null) data.provide(name, file(path));
  });

  test("digits are 1,797 rows of 64 values from -1 to 1 and a label", () => {
    const { x, y, classes } = data.load("digits");
    expect([x.shape, y.shape, y.dtype]).toEqual([[1797, 64], [1797], "i32"]);
    expect([x.min().item(), x.max().item(), y.min().item(), y.max().item()]).toEqual([-1, 1, 0, 9]);
    expect(x.at(0, [0, 6]).toArray()).toEqual([-1, -1, -3 / 8, 5 / 8, 1 / 8, -7 / 8]);
    expect(classes).toHaveLength(10);
  });

  test("names are three letters and the one that follows", () => {
    const names = data.load("names");
    expect(names.letters).toHaveLength(27);
    expect(names.words.slice(0, 2)).toEqual(["liam", "emma"]);
    expect(names.length).toBe(names.words.reduce((sum, word) => sum + word.length + 1, 0));
    const spelled = (row: number) =>
      [...Array.from(names.x.at(row).data), names.y.at(row).item()]
        .map((at) => names.letters[at])
        .join("");
    expect([0, 1, 2, 3, 4, 5].map(spelled)).toEqual([
      "...l",
      "..li",
      ".lia",
      "liam",
      "iam.",
      "...e",
    ]);
  });

  test("names are split between words, so that none is in both parts", () => {
    manualSeed(0);
    const { train, test: held } = data.load("names").split(0.9);
    expect(train.words.length + held.words.length).toBe(29_693);
    const known = new Set(train.words);
    expect(held.words.filter((word) => known.has(word))).toEqual([]);
  });

  test("a second load gives the same set without parsing again", () => {
    expect(data.load("names")).toBe(data.load("names"));
  });
});

describe("broken files are refused with the line", () => {
  test.each([
    ["digits", "1,2,3\n", "digits: line 1 has 3 numbers - wanted 65"],
    ["names", "emma|3\nOlivia|2\n", 'names: line 2 begins with "Olivia" - wanted letters a to z'],
  ] as const)("%s", (name, text, message) => {
    data.provide(name, new TextEncoder().encode(text));
    expect(() => data.load(name)).toThrow(message);
  });
});

describe("generated sets", () => {
  test.each(["spiral", "circle"] as const)(
    "%s has two classes of equal size in the plane",
    (name) => {
      const { x, y } = data.load(name);
      expect(x.shape).toEqual([400, 2]);
      expect(y.sum().item()).toBe(200);
    },
  );

  test("are the same whatever the default generator did, and leave it alone", () => {
    manualSeed(1);
    const first = data.load("spiral").x.toArray();
    const after = rand([2]).toArray();
    manualSeed(1);
    expect(rand([2]).toArray()).toEqual(after);
    expect(data.load("spiral").x.toArray()).toEqual(first);
    expect(data.load("spiral", { seed: 5 }).x.toArray()).not.toEqual(first);
  });

  test("line lies near y = 3x + 4", () => {
    const { x, y } = data.load("line", { n: 500, noise: 1 });
    expect(y.sub(x.mul(3)).mean().item()).toBeCloseTo(4, 0);
    expect(x.shape).toEqual([500, 1]);
  });
});

test("every data set has a card with authors, licence and origin", () => {
  for (const card of Object.values(data.catalogue))
    for (const text of [card.title, card.contents, card.authors, card.licence, card.origin])
      expect(text).not.toBe("");
});
