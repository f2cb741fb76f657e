import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { countInto, edgesBy, equalEdges } from "../../../kernel/plot/bins.ts";
import * as plot from "../../../kernel/plot/index.ts";
import { FIGURE_MIME, type MimeBundle } from "../../../kernel/protocol.ts";
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
    readonly type: string;
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly width: readonly number[];
    readonly text: readonly string[];
  }[];
}
const drawn = () => bundle()[FIGURE_MIME] as Drawn;

/** Fractions that doubles hold exactly, in no order, some of them alike. */
const values = Float64Array.from(
  { length: 200 },
  (_, i) => ((i * i * 37 + 11 * i) % 101) / 8 + ((i * i * 13) % 67) / 4,
);

describe("bins", () => {
  // numpy 1.24: np.histogram(x, bins=rule).
  test.each<[plot.BinRule, readonly number[]]>([
    ["freedman-diaconis", [2, 16, 13, 26, 24, 38, 30, 27, 14, 10]],
    ["scott", [2, 22, 22, 35, 47, 35, 25, 12]],
    ["sturges", [2, 18, 19, 32, 33, 35, 34, 16, 11]],
    ["sqrt", [2, 0, 16, 8, 13, 18, 17, 19, 26, 20, 18, 19, 11, 6, 7]],
    ["auto", [2, 16, 13, 26, 24, 38, 30, 27, 14, 10]],
  ])("by %s are numpy's, and so are their counts", (rule, counts) => {
    const { edges } = edgesBy(rule, values, null);
    expect(edges.length).toBe(counts.length + 1);
    expect(countInto(edges, values)).toEqual({ counts, below: 0, above: 0 });
  });

  test("hold their lower edge, the last one both, and what lies outside is counted apart", () => {
    expect(countInto([0, 1, 2], Float64Array.of(0, 1, 1, 2, -0.5, 2.5, 3))).toEqual({
      counts: [1, 3],
      below: 1,
      above: 2,
    });
  });

  test("agree with counting one by one", () => {
    const edges = equalEdges(-1.5, 23.25, 37);
    const { counts } = countInto(edges, values);
    counts.forEach((count, i) => {
      const [low = 0, high = 0] = edges.slice(i, i + 2);
      const isLast = i === counts.length - 1;
      const inside = [...values].filter((v) => v >= low && (v < high || (isLast && v === high)));
      expect(count).toBe(inside.length);
    });
  });

  test("of whole numbers in a small span are one for each", () => {
    const { edges, chosenBy } = edgesBy("auto", Float64Array.of(3, 1, 1, 5), null);
    expect([edges, chosenBy]).toEqual([
      [0.5, 1.5, 2.5, 3.5, 4.5, 5.5],
      "one for each whole number",
    ]);
  });

  test("are not millions for one value far out", () => {
    const far = Float64Array.from([...values, 1e9]);
    const { edges, chosenBy } = edgesBy("freedman-diaconis", far, null);
    expect([edges.length, chosenBy]).toEqual([513, "Freedman and Diaconis, 512 at most"]);
  });

  test("are one bin where there is nothing, or all is alike", () => {
    expect(edgesBy("sturges", Float64Array.of(), null).edges).toEqual([0, 1]);
    expect(edgesBy("scott", Float64Array.of(0.25, 0.25), null).edges).toEqual([-0.25, 0.75]);
  });
});

describe("plot.histogram", () => {
  test("draws what it counts and names the rule", () => {
    plot.histogram([0, 0.5, 1, 1.5, 2], { bins: 2, x: "weight" });
    expect(drawn().data[0]).toMatchObject({
      type: "bar",
      x: [0.5, 1.5],
      width: [1, 1],
      y: [2, 3],
      text: ["0 to 1", "1 to 2"],
    });
    expect(text()).toBe(
      "<Figure: histogram, 2 bins of width 1 (given number); 5 values, most (3) from 1 to 2>",
    );
    plot.histogram(values);
    expect(text()).toContain("(Freedman and Diaconis); 200 values");
  });

  test("takes a tensor of any shape, and follows it", () => {
    const weights = { shape: [2, 2], data: Float32Array.of(1, 1, 2, 4) };
    const figure = plot.histogram(weights);
    expect(drawn().data[0]?.y).toEqual([2, 1, 0, 1]);
    weights.data[3] = 2;
    figure.update();
    expect(page.displays.at(-1)?.invalidated).toBe(1);
    expect(drawn().data[0]?.y).toEqual([2, 2]);
  });

  test("draws several in the same bins as outlines that differ in dash", () => {
    plot.histogram({ train: [0, 1, 2, 3], test: [3, 3] }, { bins: [0, 2, 4], share: true });
    expect(drawn().data).toMatchObject([
      { name: "train", x: [0, 2, 4], y: [0.5, 0.5, 0], line: { dash: "solid", shape: "hv" } },
      { name: "test", y: [0, 1, 0], line: { dash: "6px,2px" } },
    ]);
  });

  test("counts what is not finite and what lies outside apart", () => {
    plot.histogram([0, 1, Number.NaN, Infinity, 9], { bins: 1, range: [0, 2] });
    expect(drawn().data[0]?.y).toEqual([2]);
    expect(text()).toContain("3 values, most (2) from 0 to 2, 1 above, 2 not finite");
  });

  test.each<[string, plot.HistogramOptions, string]>([
    ["a rule", { bins: "magic" as never }, 'bins "magic" - wanted a number, edges, or one of auto'],
    ["no bins", { bins: 0 }, "0 bins - wanted a number from 1 to 10000"],
    ["edges", { bins: [1, 1] }, "edges 1, 1 - wanted two or more that rise"],
    ["a range", { range: [2, 1] }, "range from 2 to 1 - wanted a rise"],
    ["a height", { height: 3 }, "height is 3 - wanted a number from 120 to 2000"],
    ["an option", { bin: 3 } as never, 'option "bin" - wanted title, height, bins, range'],
  ])("refuses %s that it cannot use", (_, options, message) => {
    expect(() => {
      plot.histogram([1, 2], options);
      drawn();
    }).toThrow(`plot.histogram: ${message}`);
  });

  test("refuses what is no list of numbers", () => {
    plot.histogram({ a: "text" as never });
    expect(drawn).toThrow(
      'plot.histogram: "a" is no list of numbers - wanted an array or a tensor',
    );
  });
});
