import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { data, manualSeed, nn, rand } from "../../../../kernel/tensor/index.ts";

const file = (name: string): Uint8Array =>
  gunzipSync(readFileSync(new URL(`../../../../notebooks/data/${name}.gz`, import.meta.url)));

describe("data.load()", () => {
  test("says which names there are", () => {
    expect(() => data.load("mnist" as "digits")).toThrow(
      'data.load: no data set "mnist" - there are "digits", "fashion", "iris"',
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

  test("a data set has its card, and so have its parts", () => {
    const digits = data.load("digits");
    expect(digits.card).toBe(data.catalogue.digits);
    expect(digits.split(0.5).test.subset([1, 0]).standardize().card?.licence).toBe("CC BY 4.0");
    expect(data.load("names").split(0.5).train.card?.title).toContain("First names");
    expect(data.load("devil").split(0.5).train.card?.authors).toBe("Ambrose Bierce");
    expect(data.load("valence").card).toBe(data.catalogue.valence);
    expect(data.load("spiral", { n: 10 }).card?.title).toBe("Two spirals");
    expect(new data.Dataset(rand([2, 2]), rand([2])).card).toBeNull();
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

  test.each([
    ["iris", [150, 4], 3],
    ["penguins", [342, 4], 3],
    ["wine", [178, 13], 3],
    ["cancer", [569, 30], 2],
    ["fashion", [7000, 196], 10],
  ] as const)("%s has rows %j in %i classes, each of which occurs", (name, shape, classes) => {
    const set = data.load(name);
    expect(set.x.shape).toEqual(shape);
    expect(set.classes).toHaveLength(classes);
    expect(new Set(set.y.data).size).toBe(classes);
    expect(Number.isFinite(set.x.sum().item())).toBe(true);
  });

  test("the first iris and its columns are Fisher's", () => {
    const { x, features, classes } = data.load("iris");
    expect(x.at(0).toArray()).toEqual(Array.from(Float32Array.of(5.1, 3.5, 1.4, 0.2)));
    expect(features).toEqual(["sepal length", "sepal width", "petal length", "petal width"]);
    expect(classes).toEqual(["setosa", "versicolor", "virginica"]);
  });

  test("diabetes has values to predict, not classes", () => {
    const { x, y, classes } = data.load("diabetes");
    expect([x.shape, y.dtype, y.at(0).item(), classes]).toEqual([[442, 10], "f32", 151, null]);
  });

  test("fashion lies between -1 and 1, both ends reached", () => {
    const { x } = data.load("fashion");
    expect([x.min().item(), x.max().item()]).toEqual([-1, 1]);
  });

  test("towns are words, spelled as names are", () => {
    const towns = data.load("towns");
    expect(towns.words).toHaveLength(1996);
    expect(towns.words).toContain("anchorage");
    expect(towns.letters).toEqual(data.load("names").letters);
  });

  test("the dictionary has its entries and encodes its own text", () => {
    const devil = data.load("devil");
    expect(devil.documents).toHaveLength(999);
    expect(devil.documents[0]).toMatch(/^ABASEMENT, n\./);
    expect(devil.decode(devil.encode("LOVE, n."))).toBe("LOVE, n.");
  });

  test("glosses are a line each", () => {
    const { documents } = data.load("glosses");
    expect(documents).toHaveLength(20_422);
    expect(documents.every((line) => line.includes(" : "))).toBe(true);
  });

  test("in glove, king is closer to queen than to car", () => {
    const glove = data.load("glove");
    const cosine = (a: string, b: string) => {
      const [u, v] = [glove.of(a), glove.of(b)];
      return u.mul(v).sum().item() / Math.sqrt(u.square().sum().item() * v.square().sum().item());
    };
    expect(glove.values.shape).toEqual([5004, 100]);
    expect(cosine("king", "queen")).toBeCloseTo(0.75, 2);
    expect(cosine("king", "car")).toBeCloseTo(0.28, 2);
    expect(() => glove.of("Descartes")).toThrow('row: "Descartes" - it is none of the 5004 words');
  });

  test("valence rates words from bad to good", () => {
    const valence = data.load("valence");
    expect([valence.of("good").item(), valence.of("horrible").item()].map(Math.sign)).toEqual([
      1, -1,
    ]);
    expect(valence.values.abs().max().item()).toBeLessThanOrEqual(4);
  });

  test.each([
    ["The quick brown fox jumps over the lazy dog near the river bank", "eng"],
    ["Der schnelle braune Fuchs springt über den faulen Hund am Fluss", "deu"],
    ["Быстрая коричневая лиса прыгает через ленивую собаку у реки", "rus"],
  ])("the language detector reads %j as %s", (text, code) => {
    const model = data.load("languages");
    const { parameters, languages, groups } = model;
    const net = nn.Sequential(nn.Linear(620, 120), nn.ReLU(), nn.Linear(120, 50));
    net.loadStateDict(parameters);
    expect(groups).toHaveLength(620);
    expect(languages[net(model.features(text)).argmax().item()]).toBe(code);
  });

  test("a second load gives the same set without parsing again", () => {
    expect(data.load("names")).toBe(data.load("names"));
  });
});

describe("broken files are refused with the line", () => {
  test.each([
    ["digits", "1,2,3\n", "digits: line 1 has 3 numbers - wanted 65"],
    ["towns", "york\nNew York\n", 'towns: line 2 begins with "New York" - wanted letters a to z'],
    ["iris", "a,b,kind\n1,2,x\n1,,y\n", 'iris: line 3 is "1,,y" - wanted 3 fields'],
    ["valence", "good|1.9\nbad\n", 'valence: line 2 is "bad" - wanted word|rating'],
    ["names", "emma|3\nOlivia|2\n", 'names: line 2 begins with "Olivia" - wanted letters a to z'],
  ] as const)("%s", (name, text, message) => {
    data.provide(name, new TextEncoder().encode(text));
    expect(() => data.load(name)).toThrow(message);
  });
});

describe("generated sets", () => {
  test("xor is alike on opposite corners", () => {
    const { x, y } = data.load("xor");
    expect(x.toArray()).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ]);
    expect(y.toArray()).toEqual([0, 1, 1, 0]);
  });

  test("wave repeats itself after half of its length", () => {
    const { y } = data.load("wave", { n: 100 });
    expect(
      y
        .at([0, 50])
        .sub(y.at([50, 100]))
        .abs()
        .max()
        .item(),
    ).toBeLessThan(1e-5);
  });

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
