/** Figures of matrices: heat maps, attention, confusion. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CONFUSION_MIME, parseConfusion } from "../../../kernel/plot/confusion-view.ts";
import * as plot from "../../../kernel/plot/index.ts";
import { diverging, sequential } from "../../../kernel/plot/palette.ts";
import { FIGURE_MIME, FIGURE_PARTS_MIME, type MimeBundle } from "../../../kernel/protocol.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";

let page: FakeSurface;
beforeEach(() => {
  page = installFakeSurface();
});
afterEach(() => page.remove());

const bundle = (): MimeBundle => page.displays.at(-1)?.render() ?? {};
const text = () => bundle()["text/plain"];
interface Drawn {
  readonly data: readonly {
    readonly x: readonly string[];
    readonly y: readonly string[];
    readonly z: readonly (readonly number[])[];
    readonly text: readonly (readonly string[])[];
    readonly colorscale: unknown;
  }[];
  readonly layout: unknown;
}
const drawn = () => bundle()[FIGURE_MIME] as Drawn;
const trace = () => drawn().data[0];
const tensor = (shape: readonly number[], values: readonly number[]) => ({
  shape,
  data: Float32Array.from(values),
});

describe("plot.heatmap", () => {
  test("draws numbers with the names of rows and columns, the first row on top", () => {
    plot.heatmap(tensor([2, 2], [1, 2, 3, 4.25]), {
      rows: ["a", "b"],
      columns: ["x", "y"],
      y: "unit",
    });
    expect(trace()).toMatchObject({
      x: ["x", "y"],
      y: ["a", "b"],
      z: [
        [1, 2],
        [3, 4.25],
      ],
      text: [
        ["1", "2"],
        ["3", "4.3"],
      ],
      zmin: 1,
      zmax: 4.25,
      colorscale: sequential,
      hovertemplate: "unit %{y}, column %{x}: %{z}<extra></extra>",
    });
    expect(drawn().layout).toMatchObject({ yaxis: { autorange: "reversed" } });
    expect(text()).toBe("<Figure: heat map of 2 x 2, from 1 (a, x) to 4.25 (b, y)>");
  });

  test("has nothing in the middle of its colours where there are both signs", () => {
    plot.heatmap([[-1, 3, Number.NaN]]);
    expect(trace()).toMatchObject({ zmin: -3, zmax: 3, colorscale: diverging });
    expect(trace()?.z).toEqual([[-1, 3, null]]);
    expect(text()).toContain("1 not finite");
    plot.heatmap([[-1, 3]], { range: [0, 1], values: false });
    expect(trace()).toMatchObject({ zmin: 0, zmax: 1, colorscale: sequential });
    expect(trace()).not.toHaveProperty("text");
  });

  test("keeps columns of one name apart", () => {
    plot.heatmap([[1, 2, 3]], { columns: ["the", "cat", "the"] });
    expect(new Set(trace()?.x).size).toBe(3);
    expect(trace()?.x.map((name) => name.replaceAll("\u200b", ""))).toEqual(["the", "cat", "the"]);
  });

  test("draws what a tensor holds later at update()", () => {
    const matrix = tensor([1, 1], [1]);
    const figure = plot.heatmap(matrix);
    matrix.data[0] = 7;
    figure.update();
    expect(trace()?.z).toEqual([[7]]);
  });

  test("refuses names that do not match, and what is no list of them", () => {
    plot.heatmap([[1, 2]], { columns: ["a"] });
    expect(drawn).toThrow("plot.heatmap: 1 names of columns for 2 columns: one for each is wanted");
    plot.heatmap([[1]], { rows: "a" as never });
    expect(drawn).toThrow("plot.heatmap: rows is no list - wanted a list of names");
    expect(() => plot.heatmap([[1]], { row: ["a"] } as never)).toThrow('option "row"');
  });
});

describe("plot.attention", () => {
  const tokens = ["the", "cat", "the"];
  const heads = tensor(
    [2, 3, 3],
    [1, 0, 0, 0.5, 0.5, 0, 0.25, 0.5, 0.25, 0, 0, 1, 0, 1, 0, 1, 0, 0],
  );

  test("draws one head and offers the others and their mean", () => {
    plot.attention(heads, { tokens, head: 1 });
    expect(trace()?.z[0]).toEqual([0, 0, 1]);
    expect(bundle()[FIGURE_PARTS_MIME]).toMatchObject({
      controls: [
        {
          kind: "select",
          options: ["head 0", "head 1", "mean of all", "all side by side"],
          value: "head 1",
        },
      ],
      notes: [],
    });
    expect(text()).toContain(
      "attention, head 1 of 2, each token looks most the at the (1), cat at cat (1), the at the (1)",
    );
  });

  test("draws the mean of all heads", () => {
    const before = page.place;
    page.place = (kind) => ({
      ...before(kind),
      control: (spec) => ({
        read: () => "mean of all",
        peek: () => "mean of all",
        view: () => ({ ...spec, id: "h", slot: 0 }) as never,
      }),
    });
    plot.attention(heads, { tokens });
    expect(trace()?.z).toEqual([
      [0.5, 0, 0.5],
      [0.25, 0.75, 0],
      [0.625, 0.25, 0.125],
    ]);
  });

  test("draws all heads side by side, with the words of each weight", () => {
    const tokens = ["<s>", "cat"];
    const weights = tensor([3, 2, 2], [1, 0, 0.5, 0.5, 0, 1, 0.2, 0.8, 0.9, 0.1, 0, 1]);
    plot.attention(weights, { tokens, head: "all" });
    const { z, hovertext } = drawn().data[0] as unknown as {
      readonly z: readonly (readonly (number | null)[])[];
      readonly hovertext: readonly (readonly string[])[];
    };
    const told = z.flatMap((row, i) =>
      row.flatMap((value, j) => (value === null ? [] : [`${hovertext[i]?.[j]}: ${value}`])),
    );
    expect(told).toHaveLength(12);
    expect(told).toContain("head 1: cat at &lt;s&gt;: 0.2");
    expect(told).toContain("head 2: &lt;s&gt; at &lt;s&gt;: 0.9");
    expect(trace()).toMatchObject({ zmin: 0, zmax: 1 });
    expect(text()).toBe(
      "<Figure: attention of 3 heads side by side, the strongest look of each: head 0: <s> at <s> (1); head 1: <s> at cat (1); head 2: cat at cat (1)>",
    );
  });

  test("copies its weights: the list of heads is asked later", () => {
    const weights = tensor([1, 2], [1, 0]);
    plot.attention(weights, { queries: ["q"], keys: ["a", "b"] });
    weights.data.fill(9);
    expect(trace()?.z).toEqual([[1, 0]]);
  });

  test("says when rows are no shares", () => {
    plot.attention([[2, 3]], { queries: ["q"], keys: ["a", "b"] });
    expect(bundle()[FIGURE_PARTS_MIME]).toMatchObject({
      notes: ["Rows do not add up to 1: attention weights come after softmax."],
    });
  });

  test("refuses other shapes, other counts of tokens, and heads that there are not", () => {
    expect(() => plot.attention(tensor([2, 2, 3, 3], []))).toThrow(
      "plot.attention: weights of [2, 2, 3, 3] - wanted [queries, keys] or [heads, queries, keys]",
    );
    expect(() => plot.attention(heads, { tokens: ["a"] })).toThrow(
      "plot.attention: 1 names of queries for 3 queries: one for each is wanted",
    );
    expect(() => plot.attention(heads, { head: 2 })).toThrow(
      "plot.attention: head 2 - there are 2",
    );
  });
});

describe("plot.confusion", () => {
  const truth = [0, 0, 0, 1, 1, 2];
  const guess = [0, 1, 1, 1, 1, 0];
  const view = () => parseConfusion(bundle()[CONFUSION_MIME]);

  test("counts a row for each true class and a column for each guess", () => {
    plot.confusion(truth, guess, { labels: ["cat", "dog", "fish"] });
    expect([...(view()?.counts ?? [])]).toEqual([1, 2, 0, 0, 2, 0, 1, 0, 0]);
    expect(trace()?.z).toEqual([
      [1, 2, 0],
      [0, 2, 0],
      [1, 0, 0],
    ]);
    expect(text()).toBe(
      "<Figure: confusion of 3 classes, 3 of 6 right (50 %); most often cat taken for dog 2 times (67 %), fish taken for cat 1 times (100 %)>",
    );
  });

  test("takes the class of the highest score", () => {
    plot.confusion(tensor([2], [1, 0]), tensor([2, 2], [0.1, 0.9, 0.2, 0.8]), { labels: null });
    expect([...(view()?.counts ?? [])]).toEqual([0, 1, 0, 1]);
  });

  test("lists the examples of each cell with their pictures", () => {
    plot.confusion([0, 1, 0], [1, 1, 1], { images: tensor([3, 1, 2], [0, 1, 2, 3, 4, 5]) });
    const { cells, rows, images } = view() ?? {};
    expect([[...(cells ?? [])], [...(rows ?? [])]]).toEqual([
      [1, 1, 3],
      [0, 2, 1],
    ]);
    expect([...(images?.pixels ?? [])]).toEqual([0, 51, 204, 255, 102, 153]);
  });

  test("lists no more than sixty examples of a cell and counts them all", () => {
    const many = Array.from({ length: 100 }, () => 0);
    plot.confusion(many, many);
    expect([view()?.counts[0], view()?.rows.length]).toEqual([100, 60]);
  });

  test("counts anew at update()", () => {
    const figure = plot.confusion(truth, guess, { labels: ["a", "b", "c"] });
    figure.update(truth, truth);
    expect([...(view()?.counts ?? [])]).toEqual([3, 0, 0, 0, 2, 0, 0, 0, 1]);
  });

  test.each<[string, () => unknown, string]>([
    ["lengths", () => plot.confusion([0, 1], [0]), "1 guesses for 2 examples"],
    ["classes", () => plot.confusion([0.5], [0]), "0.5 in the truth - wanted class numbers 0, 1"],
    ["labels", () => plot.confusion([0, 2], [0, 1], { labels: ["a"] }), "class 2 with 1 labels"],
    [
      "no list",
      () => plot.confusion("a" as never, [0]),
      "a string for the truth - wanted one class",
    ],
    ["too many", () => plot.confusion([100], [0]), "101 classes - wanted 100 at most"],
  ])("refuses %s that it cannot count", (_, make, message) => {
    expect(make).toThrow(`plot.confusion: ${message}`);
  });

  test("a bundle that is none is not read", () => {
    plot.confusion(truth, guess);
    const sent = bundle()[CONFUSION_MIME] as Record<string, unknown>;
    for (const wrong of [
      null,
      { ...sent, labels: ["a"] },
      { ...sent, listed: 99 },
      { ...sent, counts: { type: "u8", base64: "!" } },
      { ...sent, images: 3 },
    ])
      expect(parseConfusion(wrong)).toBeNull();
  });
});
