import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as plot from "../../../kernel/plot/index.ts";
import { colors, diverging, greys, sequential } from "../../../kernel/plot/palette.ts";
import { parseProjection, PROJECTION_MIME } from "../../../kernel/plot/projection-view.ts";
import { FIGURE_MIME, FIGURE_PARTS_MIME, type MimeBundle } from "../../../kernel/protocol.ts";
import {
  data,
  defaultGenerator,
  manualSeed,
  tensor as tensorOf,
} from "../../../kernel/tensor/index.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";

let page: FakeSurface;
beforeEach(() => {
  page = installFakeSurface();
});
afterEach(() => page.remove());

const tensor = (shape: readonly number[], values: readonly number[]) => ({
  shape,
  data: Float32Array.from(values),
});

/** What these tests look at of plotly's JSON. */
interface Trace {
  readonly type: string;
  readonly mode: string;
  readonly name: string;
  readonly opacity: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly z: readonly unknown[];
  readonly text: readonly string[];
  readonly line: { readonly color: string };
  readonly marker: { readonly color: unknown };
}
interface Drawn {
  readonly data: readonly Trace[];
  readonly layout: {
    readonly annotations: readonly { readonly text: string; readonly y: number }[];
    readonly xaxis: unknown;
    readonly yaxis: {
      readonly type: string;
      readonly ticktext: readonly string[];
      readonly scaleanchor: string;
    };
  };
}

/** What the newest display draws now, after a trip through JSON. */
function drawn(): Drawn {
  const bundle = page.displays.at(-1)?.render() as MimeBundle;
  const figure = bundle[FIGURE_MIME];
  const copy = JSON.parse(JSON.stringify(figure)) as Drawn;
  expect(copy, "a figure is plain JSON").toEqual(figure);
  return copy;
}

function text(): unknown {
  return page.displays.at(-1)?.render()["text/plain"];
}

describe("plot.live", () => {
  test("draws training in blue and validation in orange, named at their ends", () => {
    const curve = plot.live({ y: "loss" });
    curve.push({ train: 2, validation: 2.5 });
    curve.push({ train: { item: () => 1 }, validation: 1.5 });
    const { data, layout } = drawn();
    expect(data.map((trace) => [trace.name, trace.line.color, trace.x, trace.y])).toEqual([
      ["train", colors.train, [0, 1], [2, 1]],
      ["validation", colors.validation, [0, 1], [2.5, 1.5]],
    ]);
    const texts = layout.annotations.map((note) => note.text);
    expect(texts).toEqual(["loss", "train<br>1", "validation<br>1.5"]);
    expect(text()).toBe("<Figure: loss: train 1 at step 1, validation 1.5 at step 1>");
  });

  test("asks for a drawing at a push and makes none itself", () => {
    const curve = plot.live();
    for (let i = 0; i < 5; i++) curve.push({ loss: i });
    expect(page.displays.map((display) => display.invalidated)).toEqual([5]);
  });

  test("goes on counting from a given step", () => {
    const curve = plot.live();
    curve.push({ loss: 1 }, 10);
    curve.push({ loss: 2 });
    expect(drawn().data[0]?.x).toEqual([10, 11]);
  });

  test("labels a log axis and gives coordinates of labels as powers", () => {
    const curve = plot.live({ log: true });
    for (const value of [1, 0.1, 0.01]) curve.push({ loss: value });
    const { layout } = drawn();
    expect(layout.yaxis.type).toBe("log");
    expect(layout.yaxis.ticktext).toContain("0.1");
    expect(layout.annotations.at(-1)?.y).toBeCloseTo(-2, 6);
  });

  test("says from which step on a curve is not a number", () => {
    const curve = plot.live();
    curve.push({ loss: 1 });
    curve.push({ loss: Number.NaN });
    const { data, layout } = drawn();
    expect(data[0]?.y).toEqual([1, null]);
    expect(JSON.stringify(layout.annotations)).toContain("loss became NaN at step 1");
  });

  test("refuses what is neither a number nor a 0-d tensor", () => {
    const curve = plot.live();
    const wrong = { item: () => "high" } as unknown as { item(): number };
    expect(() => curve.push({ loss: wrong })).toThrow(
      'plot.live: "loss" must be a number or a 0-d tensor, got string',
    );
    expect(() => curve.push({ fine: 1, loss: [] })).toThrow("is an empty list");
    expect(() => curve.push({ fine: 1, loss: new Float32Array(1001) })).toThrow(
      'plot.live: "loss" is a list of 1001 numbers - wanted one number, or one for each of at most 1000 seeds; plot.line draws a list',
    );
    expect(drawn().data, "nothing of what was refused is drawn").toEqual([]);
  });

  test("draws a running mean in front of faint values", () => {
    const curve = plot.live({ smooth: { value: 0.9 } });
    for (let i = 0; i < 10; i++) curve.push({ loss: i % 2 });
    const { data, layout } = drawn();
    expect(data.map((trace) => trace.opacity)).toEqual([0.3, undefined]);
    expect(layout.annotations.at(-1)?.text).toMatch(/^loss<br>0\.5/);
    expect(data[1]?.y.at(-1)).toBeGreaterThan(0.3);
    expect(data[1]?.y.at(-1)).toBeLessThan(0.7);
  });

  test("is empty and valid before the first push and after clear()", () => {
    const curve = plot.live({ log: true });
    expect(drawn().data).toEqual([]);
    curve.push({ loss: 1 });
    curve.clear();
    expect(drawn().data).toEqual([]);
  });
});

describe("plot.line", () => {
  test("takes y alone, x and y, and several by name", () => {
    plot.line([3, 1, 2]);
    expect(drawn().data[0]).toMatchObject({ x: [0, 1, 2], y: [3, 1, 2] });
    plot.line([5, 6], tensor([2], [1, 2]));
    expect(drawn().data[0]).toMatchObject({ x: [5, 6], y: [1, 2] });
    plot.line({ a: [1, 2], b: [2, 1] }, { y: "height" });
    expect(drawn().data.map((trace) => trace.name)).toEqual(["a", "b"]);
    expect(text()).toBe("<Figure: line of a, b over x, 2 points, a from 1 to 2, b from 2 to 1>");
  });

  test("asks functions of x again at update()", () => {
    let w = 1;
    const figure = plot.line([0, 2], { model: (x) => w * x });
    expect(drawn().data[0]?.y.at(-1)).toBe(2);
    w = 3;
    figure.update();
    expect(page.displays.at(-1)?.invalidated).toBe(1);
    expect(drawn().data[0]?.y.at(-1)).toBe(6);
  });

  test("draws rows of numbers as their mean with a band", () => {
    plot.line({
      seeds: [
        [1, 2],
        [3, 6],
      ],
      one: tensor([2], [5, 5]),
    });
    const [band, ...lines] = drawn().data;
    expect(band).toMatchObject({ x: [0, 1, 1, 0], y: [3, 6, 2, 1] });
    expect(lines.map(({ y }) => y)).toEqual([
      [2, 4],
      [5, 5],
    ]);
    plot.line([10, 100, 1000], tensor([2, 3], [1, 2, 3, 3, 2, 1]), { log: "x" });
    expect(drawn().data[1]).toMatchObject({ x: [10, 100, 1000], y: [2, 2, 2] });
    plot.line([1, 2], [[1, 2, 3]]);
    expect(drawn).toThrow("plot.line: 3 values in a row of y for 2 of x: one for each is wanted");
  });

  test("asks functions evenly along a logarithmic x axis", () => {
    plot.line([1, 10_000], { root: (x) => Math.sqrt(x) }, { log: "x" });
    const { data, layout } = drawn();
    expect(data[0]?.x[80]).toBeCloseTo(100, 2);
    expect(layout.xaxis).toMatchObject({ type: "log", range: [0, 4] });
  });

  test("names lines at a place that lies on the axis as it is written", () => {
    plot.line([10, 1200], { fee: [40, 5], none: [50, 5] }, { log: "x" });
    const { annotations, xaxis } = drawn().layout;
    expect(xaxis).toMatchObject({ range: [1, 3.07918] });
    for (const text of ["fee", "none"]) {
      expect(annotations).toContainEqual(expect.objectContaining({ text, x: 3.07918 }));
    }
  });

  test("has a height, and marks in words", () => {
    plot.line([1, 2, 3], { height: 180, marks: [{ x: 2, label: "best" }], range: [0, 5] });
    expect(drawn().layout).toMatchObject({ height: 180, shapes: [{ x0: 2, x1: 2 }] });
    expect(drawn().layout.annotations.map((note) => note.text)).toEqual(["best"]);
  });

  test("refuses an option that there is not", () => {
    expect(() => plot.line([1, 2], { hight: 3 } as plot.LineOptions)).toThrow(
      'plot.line: option "hight" - wanted title, height, x, y, log, range, marks, band',
    );
  });

  test("refuses x and y of different lengths with both", () => {
    expect(() => {
      plot.line([1, 2, 3], [1, 2]);
      drawn();
    }).toThrow("plot.line: 2 values of y for 3 of x: one for each is wanted");
  });
});

describe("plot.scatter", () => {
  const points = { x: [2, 0, 1], y: [4, 1, 2] };

  test("draws points, a line from left to right and a bar for each error", () => {
    plot.scatter(points, { line: (x) => 2 * x, residuals: true });
    const [bars, dots, line] = drawn().data;
    expect(bars).toMatchObject({
      x: [2, 2, null, 0, 0, null, 1, 1, null],
      y: [4, 4, null, 1, 0, null, 2, 2, null],
    });
    expect(dots).toMatchObject({ mode: "markers", x: [2, 0, 1], y: [4, 1, 2] });
    expect(line?.x[0]).toBe(0);
    expect(line?.y.at(-1)).toBe(4);
  });

  test("tells how many points there are and where they lie", () => {
    plot.scatter(points, { x: "hours", y: "songs", line: (x) => x });
    expect(text()).toBe(
      "<Figure: 3 points, songs from 1 to 4 over hours from 0 to 2, a line over them>",
    );
  });

  test("sorts a line given as numbers by x", () => {
    plot.scatter(points, { line: [40, 10, 20] });
    expect(drawn().data[1]).toMatchObject({ x: [0, 1, 2], y: [10, 20, 40] });
  });

  test("keeps the axes where the points are, whatever the line does", () => {
    let w = 1;
    const figure = plot.scatter(points, { line: (x) => w * x });
    const before = drawn().layout.yaxis;
    w = 1000;
    figure.update();
    expect(drawn().layout.yaxis).toEqual(before);
  });

  test("takes sizes, shapes, logarithmic axes and marks", () => {
    const options = {
      size: [4, 8, 12],
      symbol: "star",
      log: "xy",
      marks: [{ x: 1, y: 2 }],
    } as const;
    plot.scatter({ x: [1, 10, 100], y: [1, 2, 3] }, options);
    const { data, layout } = drawn();
    expect(data[0]?.marker).toMatchObject({ size: [4, 8, 12], symbol: "star" });
    expect(data[1]).toMatchObject({ x: [1], y: [2] });
    expect([layout.xaxis, layout.yaxis]).toMatchObject([{ type: "log" }, { type: "log" }]);
  });

  test("classes differ in shape, and the legend shows which is whose", () => {
    plot.scatter(points, { color: ["a", "b", "a"] });
    expect(drawn().data.map(({ marker }) => marker)).toMatchObject([
      { symbol: "circle" },
      { symbol: "square" },
    ]);
    expect(JSON.stringify(drawn().layout.annotations)).toMatch(/● a.*■ b/);
  });

  test("refuses sizes and shapes that no point has", () => {
    plot.scatter(points, { size: [1, 2] });
    expect(drawn).toThrow("plot.scatter: 2 sizes for 3 points: one for each is wanted");
    plot.scatter(points, { size: -1 });
    expect(drawn).toThrow("plot.scatter: size -1 - wanted a diameter in px, 0 or more");
    plot.scatter(points, { symbol: "heart" as plot.PointSymbol });
    expect(drawn).toThrow('plot.scatter: symbol "heart" - wanted one of circle, square, triangle');
  });

  test("reads rows of two and groups by class", () => {
    plot.scatter(tensor([3, 2], [0, 1, 2, 3, 4, 5]), { color: ["a", "b", "a"] });
    expect(drawn().data.map((trace) => [trace.name, trace.x])).toEqual([
      ["a", [0, 4]],
      ["b", [2]],
    ]);
    expect(() => plot.scatter(tensor([2, 3], [0, 1, 2, 3, 4, 5]))).not.toThrow();
    expect(drawn).toThrow("plot.scatter: two numbers a point are wanted, got 3");
  });
});

describe("plot.embedding", () => {
  const letters = tensor([3, 2], [0, 1, 2, 3, 4, 5]);

  test("draws rows of two numbers as they are, in colours by class", () => {
    const vowel = (letter: string) => ("aeiou".includes(letter) ? "vowel" : "consonant");
    plot.embedding(letters, { labels: ["a", "b", "e"], color: vowel });
    const { data, layout } = drawn();
    expect(data.map((trace) => [trace.name, trace.x, trace.y, trace.text])).toEqual([
      ["vowel", [0, 4], [1, 5], ["a", "e"]],
      ["consonant", [2], [3], ["b"]],
    ]);
    expect(layout.yaxis.scaleanchor).toBe("x");
    expect(text()).toBe(
      "<Figure: 3 rows of 2 numbers as points in 2 dimensions, labelled a, b, e>",
    );
  });

  test("follows the matrix at update() without turning it", () => {
    const matrix = tensor([4, 3], [3, 0, 0, -3, 0, 0, 0, 1, 0, 0, -1, 0.1]);
    const map = plot.embedding(matrix);
    const [before] = drawn().data;
    matrix.data[0] = 2.9;
    map.update();
    const [after] = drawn().data;
    for (const axis of ["x", "y"] as const) {
      before?.[axis].forEach((value, i) => {
        expect(Math.abs((after?.[axis][i] ?? Number.NaN) - value)).toBeLessThan(0.2);
      });
    }
  });

  test("draws in space", () => {
    plot.embedding(tensor([2, 4], [1, 2, 3, 4, 5, 6, 7, 9]), { dims: 3 });
    expect(drawn().data[0]).toMatchObject({ type: "scatter3d", z: [0, expect.anything()] });
  });

  test("refuses fewer columns than dims, and labels that do not match", () => {
    expect(() => plot.embedding(letters, { dims: 3 })).toThrow(
      "plot.embedding: 3 dims need rows of at least 3 numbers, got a matrix of [3, 2]",
    );
    expect(() => plot.embedding(undefined as never)).toThrow(
      "plot.embedding: a matrix is wanted, rows of numbers or a 2-d tensor, got undefined",
    );
    expect(() => plot.embedding(letters, { labels: ["a"] })).toThrow(
      "plot.embedding: 1 labels for 3 rows: one for each is wanted",
    );
  });

  test("sends its rows, classes and pictures beside the still picture", () => {
    const images = [
      [0, 1, 2, 3],
      [0, 0, 0, 3],
      [3, 0, 0, 0],
    ];
    plot.embedding(letters, { labels: ["a", "b", "c"], color: [2, 0, 2], images, method: "umap" });
    const bundle = page.displays.at(-1)?.render() ?? {};
    const view = parseProjection(bundle[PROJECTION_MIME]);
    expect(view).toMatchObject({
      rows: 3,
      columns: 2,
      of: 3,
      method: "umap",
      labels: ["a", "b", "c"],
      colors: { kind: "classes", names: ["0", "2"], of: Uint16Array.of(1, 0, 1) },
      images: { height: 2, width: 2, channels: 1 },
    });
    expect([...(view?.vectors ?? [])]).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...(view?.images?.pixels ?? [])].slice(0, 4)).toEqual([0, 85, 170, 255]);
    expect(JSON.stringify(drawn().layout)).toContain("principal components");
  });

  test("draws nothing from the notebook's generator, and is seeded by it", () => {
    const seedAfter = (seed: number) => {
      manualSeed(seed);
      plot.embedding(letters);
      const bundle = page.displays.at(-1)?.render() ?? {};
      return [parseProjection(bundle[PROJECTION_MIME])?.seed, defaultGenerator.bits()];
    };
    expect(seedAfter(1)).toEqual(seedAfter(1));
    expect(seedAfter(1)[0]).not.toBe(seedAfter(2)[0]);
    manualSeed(1);
    expect(seedAfter(1)[1]).toBe(manualSeed(1).bits());
  });

  test("measures from one row to another, by label or number", () => {
    const matrix = tensor([3, 3], [0, 0, 0, 4, 0, 0, 3, 1, 0]);
    plot.embedding(matrix, { labels: ["a", "b", "c"], direction: ["a", 1] });
    expect(drawn().data[0]?.x).toEqual([-1, 1, 0.5]);
  });

  test.each<[string, plot.EmbeddingOptions, string]>([
    ["a method", { method: "magic" as never }, 'method "magic" - wanted "pca", "tsne", "umap"'],
    ["dims", { dims: 4 as never }, "dims is 4 - wanted 2 or 3"],
    ["a name", { direction: ["a", "z"], labels: ["a", "b", "c"] }, 'no row is labelled "z"'],
    ["a row", { direction: [0, 3] }, "row 3 as a direction's end - there are 3 rows"],
    [
      "a direction",
      { direction: [0, 1], method: "pca" },
      'a direction needs the method "direction", got "pca"',
    ],
    ["a perplexity", { perplexity: 1 }, "perplexity is 1 - wanted a number from 2 to 100"],
    ["an option", { colour: [1] } as never, 'option "colour" - wanted labels, color, images'],
    ["images", { images: [[1], [2]] }, "2 images for 3 rows: one for each is wanted"],
    [
      "images that are not square",
      { images: tensor([3, 2], [1, 2, 3, 4, 5, 6]) },
      "images of 2 numbers a row are no squares - wanted a tensor of [rows, height, width]",
    ],
    [
      "images of other channels",
      { images: tensor([3, 2, 1, 1], [1, 2, 3, 4, 5, 6]) },
      "images of [3, 2, 1, 1] - wanted [rows, height, width], or 1 or 3 channels before the height",
    ],
  ])("refuses %s that it cannot use", (_, options, message) => {
    expect(() => plot.embedding(letters, options)).toThrow(`plot.embedding: ${message}`);
  });

  test("thins a long matrix out and says so", () => {
    plot.embedding(
      tensor(
        [5000, 2],
        Array.from({ length: 10_000 }, (_, i) => i),
      ),
    );
    expect(drawn().data[0]?.x.length).toBe(2000);
    expect(JSON.stringify(drawn().layout)).toContain("2000 of 5000 rows");
  });

  test("survives weights that are not numbers and goes on after them", () => {
    const matrix = tensor([2, 3], [1, 2, 3, 4, 5, 7]);
    plot.embedding(matrix);
    matrix.data[1] = Number.NaN;
    expect(drawn().data[0]?.y[0]).toBeNull();
    matrix.data[1] = 2;
    expect(drawn().data[0]?.y).not.toContain(null);
  });
});

describe("plot.bars and plot.image", () => {
  test("bars wear the colour of their sign", () => {
    plot.bars({ up: 1, down: -2 });
    expect(drawn().data[0]).toMatchObject({
      x: ["up", "down"],
      y: [1, -2],
      marker: { color: [colors.positive, colors.negative] },
    });
  });

  test("bars name each of themselves unless they are very many", () => {
    plot.bars(Array.from({ length: 27 }, (_, letter) => letter));
    expect(drawn().layout).toMatchObject({ xaxis: { type: "category", dtick: 1 } });
    plot.bars(Array.from({ length: 64 }, (_, pixel) => pixel));
    expect(drawn().layout).not.toHaveProperty("xaxis.dtick");
  });

  test("a data set's pictures are ink on paper, under the names of what they show", () => {
    const classes = ["ring", "bar"];
    const pixels = tensorOf([-1, 0, 1, -1, 0, 0, 0, 1]).reshape([2, 2, 2]);
    const set = new data.Dataset(pixels, tensorOf([1, 0], { dtype: "i32" }), { classes });
    plot.image(set);
    expect(drawn().data[0]).toMatchObject({ zmin: -1, zmax: 1, colorscale: greys });
    expect(drawn().layout.annotations.map((note) => note.text)).toEqual(["bar", "ring"]);
    plot.image(set, { guess: [1, 1], colors: "signed" });
    expect(drawn().data[0]).toMatchObject({ zmin: -1, zmax: 1, colorscale: diverging });
    expect(drawn().layout.annotations.map((note) => note.text)).toEqual([
      "✓ bar",
      "✗ bar, not ring",
    ]);
    plot.image(set, { labels: ["a", "b"] });
    expect(drawn().layout.annotations.map((note) => note.text)).toEqual(["a", "b"]);
    const flat = new data.Dataset(tensorOf([[1, 2, 3]]), tensorOf([0]));
    expect(() => plot.image(flat)).toThrow(
      "plot.image: a data set with rows of [3], which are no pictures - wanted pictures, or x.reshape",
    );
  });

  test("pictures have the colours that they are told", () => {
    const both = tensor([1, 1, 2], [-1, 3]);
    plot.image(both, { colors: "grey" });
    expect(drawn().data[0]).toMatchObject({ zmin: -1, zmax: 3, colorscale: greys });
    plot.image(both, { colors: "blue" });
    expect(drawn().data[0]).toMatchObject({ zmin: -1, zmax: 3, colorscale: sequential });
    plot.image(both);
    expect(drawn().data[0]).toMatchObject({ zmin: -3, zmax: 3, colorscale: diverging });
    plot.image(tensor([1, 1, 2], [1, 3]), { colors: "signed" });
    expect(drawn().data[0]).toMatchObject({ zmin: -3, zmax: 3, colorscale: diverging });
    expect(() => plot.image(both, { colors: "red" as plot.ImageColors })).toThrow(
      'plot.image: colors "red" - wanted "grey", "blue" or "signed"',
    );
  });

  test("pictures stand side by side with a gap between them", () => {
    plot.image(tensor([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]));
    expect(drawn().data[0]?.z).toEqual([
      [null, null, null, null, null],
      [1, 2, null, 5, 6],
      [3, 4, null, 7, 8],
    ]);
    expect(text()).toBe("<Figure: 2 pictures of 2 x 2>");
  });

  test("pictures with long captions stand fewer in a row", () => {
    const pixels = tensor(
      [12, 1, 1],
      Array.from({ length: 12 }, () => 1),
    );
    const across = () =>
      ((drawn().data[0]?.z[2] ?? []) as unknown[]).filter((v) => v !== null).length;
    plot.image(pixels, { labels: Array.from({ length: 12 }, () => "7") });
    expect(across()).toBe(10);
    plot.image(pixels, { labels: Array.from({ length: 12 }, () => "7, not 5") });
    expect(across()).toBe(5);
  });
});

describe("plot.image", () => {
  const pixels = (count: number) =>
    tensor(
      [count, 1, 1],
      Array.from({ length: count }, (_, i) => i),
    );
  const captions = () => drawn().layout.annotations.map((note) => note.text);
  const shown = () => (drawn().data[0]?.z.flat() ?? []).filter((value) => value !== null);

  test("says of each picture what it was taken for, and whether that is right", () => {
    const classes = ["cat", "dog"];
    plot.image(pixels(3), { truth: [0, 1, 1], guess: [0, 0, 1], classes });
    expect(captions()).toEqual(["✓ cat", "✗ cat, not dog", "✓ dog"]);
    expect(JSON.stringify(drawn().layout.annotations)).toMatch(
      new RegExp(`${colors.positive}.*${colors.negative}.*${colors.positive}`),
    );
    expect(text()).toContain("3 pictures of 1 x 1, 2 of 3 guesses right: ✓ cat");
    plot.image(pixels(2), { truth: [3, 4] });
    expect(captions()).toEqual(["3", "4"]);
    plot.image(pixels(1), { truth: [1], guess: tensor([1, 2], [0.1, 0.9]) });
    expect(captions()).toEqual(["✓ 1"]);
  });

  test("takes batches with a channel, of grey or of colours from black to bright", () => {
    plot.image(tensor([2, 1, 1, 1], [3, 4]));
    expect(shown()).toEqual([3, 4]);
    plot.image(tensor([1, 3, 1, 2], [0, 1, 0.5, 0, 0, 1]));
    const { type, z } = drawn().data[0] ?? {};
    expect([type, z?.at(-1)]).toEqual([
      "image",
      [
        [0, 128, 0, 255],
        [255, 0, 255, 255],
      ],
    ]);
    expect(text()).toBe("<Figure: 1 picture of 1 x 2>");
    plot.image(tensor([2, 3, 1, 1], [0, 0, 0, 2, 2, 2]), { range: [0, 4] });
    expect(drawn().data[0]?.z.at(-1)).toEqual([
      [0, 0, 0, 255],
      [0, 0, 0, 0],
      [128, 128, 128, 255],
    ]);
    expect(() => plot.image(tensor([1, 2, 1, 1], [1, 2]))).toThrow(
      "plot.image: pictures of [1, 2, 1, 1] - wanted [pictures, height, width], or 1 or 3 channels",
    );
  });

  test("shows very many a page at a time, on one scale, and keeps them for later pages", () => {
    let open = "1 to 50";
    const before = page.place;
    page.place = (kind) => ({
      ...before(kind),
      control: (spec) => ({
        read: () => open,
        peek: () => open,
        view: () => ({ ...spec, id: "p", slot: 0 }) as never,
      }),
    });
    const many = pixels(120);
    plot.image(many, { truth: Array.from({ length: 120 }, (_, i) => i) });
    many.data.fill(-1);
    expect([shown().length, shown()[0], captions().length]).toEqual([50, 0, 50]);
    open = "101 to 120";
    expect([shown().length, shown()[0], captions()[0]]).toEqual([20, 100, "100"]);
    expect(drawn().data[0]).toMatchObject({ zmin: 0, zmax: 119 });
    const bundle = page.displays.at(-1)?.render() ?? {};
    expect(bundle[FIGURE_PARTS_MIME]).toMatchObject({
      controls: [{ label: "Pictures", options: ["1 to 50", "51 to 100", "101 to 120"] }],
      notes: ["120 pictures in all."],
    });
    plot.image(pixels(4), { pageSize: 3 });
    expect(text()).toBe("<Figure: 4 pictures of 1 x 1, 1 to 3>");
  });

  test.each<[string, plot.ImageOptions, string]>([
    ["labels", { labels: ["a"] }, "1 labels for 2 pictures: one for each is wanted"],
    ["guesses", { truth: [0, 1], guess: [0] }, "1 guesses for 2 pictures: one for each is wanted"],
    ["a lone guess", { guess: [0, 1] }, "a guess without the truth - wanted both"],
    [
      "both",
      { labels: ["a", "b"], truth: [0, 1] },
      "labels beside a truth or a guess - wanted one",
    ],
    ["a page", { pageSize: 0 }, "pageSize is 0 - wanted a number from 1 to 1000"],
    ["an option", { rows: 3 } as never, 'option "rows" - wanted title, labels, truth, guess'],
  ])("refuses %s that it cannot draw", (_, options, message) => {
    expect(() => plot.image(pixels(2), options)).toThrow(`plot.image: ${message}`);
  });
});

describe("plot.bars", () => {
  test("have a height, and refuse what is no option", () => {
    plot.bars([1, 2], { height: 180 });
    expect(drawn().layout).toMatchObject({ height: 180 });
    expect(() => plot.bars([1], { height: 20 })).toThrow(
      "plot.bars: height is 20 - wanted a number from 120 to 2000",
    );
    expect(() => plot.bars([1], { colour: 1 } as never)).toThrow(
      'plot.bars: option "colour" - wanted title, height, x, y, labels, range',
    );
  });
});

test("a figure is shown once, where it was made", () => {
  const curve = plot.live();
  expect(page.displays.length).toBe(1);
  const method: unknown = Reflect.get(curve, Symbol.for("Jupyter.display"));
  expect((method as () => unknown).call(curve)).toEqual({});
});
