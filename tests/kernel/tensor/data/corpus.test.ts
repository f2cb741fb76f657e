import { describe, expect, test } from "vitest";
import { data, manualSeed } from "../../../../kernel/tensor/index.ts";

const corpus = () => new data.Corpus(["abba", "cab", "bee", "add"]);

describe("a corpus", () => {
  test("numbers the symbols of its documents, sorted, with the gap between two", () => {
    expect(corpus().symbols).toEqual(["\n", "a", "b", "c", "d", "e"]);
    expect(corpus().encode("cab").toArray()).toEqual([3, 1, 2]);
    expect(corpus().decode([3, 1, 2])).toBe("cab");
  });

  test("keeps a symbol of two code units whole", () => {
    const faces = new data.Corpus(["a😀b"]);
    expect([faces.length, faces.symbols.length]).toEqual([3, 3]);
    expect(faces.decode(faces.encode("😀a"))).toBe("😀a");
  });

  test("splits between documents, both parts with all symbols", () => {
    manualSeed(1);
    const { train, test: held } = corpus().split(0.5);
    expect([...train.documents, ...held.documents].toSorted()).toEqual([
      "abba",
      "add",
      "bee",
      "cab",
    ]);
    expect([train.symbols, held.symbols]).toEqual([corpus().symbols, corpus().symbols]);
  });

  test("gives windows whose targets lie one symbol later", () => {
    manualSeed(2);
    const all = corpus();
    const batches = [...all.batches(3, { length: 4, steps: 5 })];
    expect(batches).toHaveLength(5);
    for (const { x, y } of batches) {
      expect([x.shape, y.shape, x.dtype]).toEqual([[3, 4], [3, 4], "i32"]);
      expect(x.at(null, [1, null]).toArray()).toEqual(y.at(null, [0, -1]).toArray());
      expect(all.text).toContain(all.decode(x.at(0)));
    }
  });

  test("draws the same windows after the same seed", () => {
    const first = () => {
      manualSeed(4);
      return [...corpus().batches(2, { length: 3, steps: 2 })].map(({ x }) => x.toArray());
    };
    expect(first()).toEqual(first());
  });

  test.each<[() => unknown, string]>([
    [() => corpus().encode("abz"), 'encode: "z" - wanted one of the corpus\' 6 symbols'],
    [() => corpus().decode([1, 6]), "decode: 6 - wanted 0 to 5"],
    [
      () => corpus().batches(0, { length: 2, steps: 1 }),
      "batches: size 0 - wanted a whole number, 1 or more",
    ],
    [() => corpus().batches(1, undefined as never), "batches: steps undefined - wanted a whole"],
    [
      () => corpus().batches(1, { length: 100, steps: 1 }),
      "batches: length 100 in a text of 19 symbols - wanted a shorter window",
    ],
  ])("refuses what it cannot do (%#)", (act, message) => {
    expect(act).toThrow(message);
  });
});
