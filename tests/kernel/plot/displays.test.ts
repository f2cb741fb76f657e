/** What the engine's values show as a cell's result, in a kernel. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { installDisplays } from "../../../kernel/plot/displays.ts";
import { parseTable, TABLE_MIME } from "../../../kernel/plot/table-view.ts";
import { parseGlance, TENSOR_MIME } from "../../../kernel/plot/tensor-glance.ts";
import type { MimeBundle } from "../../../kernel/protocol.ts";
import { arange, data, rand, tensor, zeros } from "../../../kernel/tensor/index.ts";

const file = (name: string): Uint8Array =>
  gunzipSync(readFileSync(new URL(`../../../notebooks/data/${name}.gz`, import.meta.url)));

beforeAll(() => {
  installDisplays();
  for (const name of ["digits", "iris", "valence", "devil", "names"] as const)
    data.provide(name, file(data.catalogue[name].file));
});

function shown(value: object): MimeBundle {
  const method: unknown = Reflect.get(value, Symbol.for("Jupyter.display"));
  return (method as () => MimeBundle).call(value);
}
const table = (value: object) => parseTable(shown(value)[TABLE_MIME]);
const kinds = (value: object) => table(value)?.columns.map(({ name, kind }) => `${name} ${kind}`);

describe("a tensor", () => {
  test("tells how its numbers are spread, counted", () => {
    const values = tensor([...Array.from({ length: 31 }, (_, i) => i), 32]);
    const bundle = shown(values);
    expect(bundle["text/plain"]).toBe(String(values));
    const glance = parseGlance(bundle[TENSOR_MIME]);
    expect(glance).toMatchObject({ shape: [32], dtype: "f32", low: 0, high: 32, odd: 0 });
    expect(glance?.mean).toBeCloseTo((30 * 31) / 2 / 32 + 1, 3);
    // Every whole number but 31 is in the bin that it begins; the last bin holds its end.
    expect(glance?.counts).toEqual([...Array.from({ length: 31 }, () => 1), 1]);
  });

  test("says how many of its numbers are not finite", () => {
    const values = zeros([30]);
    values.data.set([Number.NaN, Infinity, 4], 0);
    expect(parseGlance(shown(values)[TENSOR_MIME])).toMatchObject({ low: 0, high: 4, odd: 2 });
  });

  test("of few numbers, of truths, or of nothing finite is its text", () => {
    for (const value of [tensor(1), arange(19), rand([30]).gt(0.5), zeros([30]).div(0)])
      expect(Object.keys(shown(value))).toEqual(["text/plain"]);
  });

  test("a glance that is none is not read", () => {
    const good = shown(arange(100))[TENSOR_MIME] as Record<string, unknown>;
    expect(parseGlance(good)).not.toBeNull();
    for (const wrong of [
      null,
      { ...good, counts: [] },
      { ...good, mean: "x" },
      { ...good, shape: 3 },
    ])
      expect(parseGlance(wrong)).toBeNull();
  });
});

describe("a data set", () => {
  test("shows its card and its first rows, pictures as pictures", () => {
    const digits = data.load("digits");
    const view = table(digits);
    expect(view).toMatchObject({ title: "Handwritten digits", rows: 50, of: 1797, pageSize: 5 });
    expect(Object.fromEntries(view?.card ?? [])).toMatchObject({
      rows: "1,797",
      x: "[1797, 64] f32",
      y: "10 classes: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9",
      licence: "CC BY 4.0",
      "made by": "E. Alpaydin and C. Kaynak",
    });
    expect(kinds(digits)).toEqual(["picture picture", "class text"]);
    const [picture] = view?.columns ?? [];
    const first = digits.x.at(0).data;
    // Black is the smallest number, which is -1, and white the largest.
    expect(picture?.kind === "picture" ? [...picture.images.pixels.subarray(0, 64)] : []).toEqual(
      Array.from(first, (value) => Math.floor((value + 1) * 127.5)),
    );
  });

  test("names its columns and classes", () => {
    const iris = data.load("iris");
    expect(kinds(iris)).toEqual([
      ...(iris.features ?? []).map((name) => `${name} number`),
      "class text",
    ]);
    expect(shown(iris)["text/plain"]).toMatch(/^Dataset\(150 examples.*\n {2}rows +150\n/);
    expect(shown(iris)["text/plain"]).toContain("CC BY 4.0");
  });

  test("of one's own has no licence, and values to predict", () => {
    const own = new data.Dataset(rand([3, 2]), rand([3]));
    expect(table(own)).toMatchObject({ title: null, rows: 3, of: 3 });
    expect(kinds(own)).toEqual(["x0 number", "x1 number", "y number"]);
    expect(kinds(new data.Dataset(rand([2, 3, 4, 5]), rand([2, 2])))).toEqual([
      "picture picture",
      "y text",
    ]);
    expect(kinds(new data.Dataset(rand([2, 5, 4, 5]), rand([2])))).toEqual(["x text", "y number"]);
    expect(table(new data.Dataset(zeros([0, 2]), zeros([0])))?.rows).toBe(0);
  });

  test("of names, texts or words shows these", () => {
    expect(kinds(data.load("names"))).toEqual(["letters before text", "class text"]);
    expect(kinds(data.load("devil"))).toEqual(["document text", "symbols number"]);
    expect(kinds(data.load("valence"))).toEqual(["word text", "value number"]);
  });
});
