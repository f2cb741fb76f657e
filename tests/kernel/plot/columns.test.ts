/** What figures take for numbers, and what they say of the rest. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readColumn, readTable, type Table } from "../../../kernel/plot/columns.ts";
import * as plot from "../../../kernel/plot/index.ts";
import { tensor } from "../../../kernel/tensor/index.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";
import { figureOf } from "./figure-of.ts";

let page: FakeSurface;
beforeEach(() => {
  page = installFakeSurface();
});
afterEach(() => page.remove());

describe("readColumn()", () => {
  test("takes a list of losses as they are, as tensors of one number", () => {
    expect(readColumn([tensor(0.5), 1, tensor([2])], "plot.line")).toEqual([0.5, 1, 2]);
  });

  test("takes what is missing as a gap, and truths and big integers as numbers", () => {
    expect(readColumn([null, undefined, true, 7n, "3.5"] as never, "plot.line")).toEqual([
      Number.NaN,
      Number.NaN,
      1,
      7,
      3.5,
    ]);
  });

  test.each([
    [["cat"], '"cat" at place 0 of a list - wanted a number'],
    [[1, {}], "an object at place 1 of a list - wanted a number"],
    [[[1, 2]], "a list at place 0 of a list - wanted a number"],
    [[tensor([1, 2])], "a tensor of [2] at place 0 of a list - wanted a number"],
  ])("refuses %j", (column, message) => {
    expect(() => readColumn(column as never, "plot.line")).toThrow(`plot.line: ${message}`);
  });
});

describe("readTable()", () => {
  test("takes rows that are tensors", () => {
    const { rows, columns, data } = readTable([tensor([1, 2]), [3, 4]], "plot.heatmap");
    expect([rows, columns, [...data]]).toEqual([2, 2, [1, 2, 3, 4]]);
  });

  test.each([
    [[1, 2, 3], "row 0 is a number - wanted rows of numbers, or a 2-d tensor"],
    [[[1], null], "row 1 is null - wanted rows of numbers, or a 2-d tensor"],
    [[[1, 2], [3]], "rows must be of one length, row 0 has 2 numbers and row 1 has 1"],
    ["abc", "a matrix is wanted, rows of numbers or a 2-d tensor, got abc"],
  ])("refuses %j", (table, message) => {
    expect(() => readTable(table as unknown as Table, "plot.heatmap")).toThrow(
      `plot.heatmap: ${message}`,
    );
  });
});

describe("plot.line", () => {
  test("draws a list of 0-d tensors as one curve", () => {
    plot.line([tensor(3), tensor(1), tensor(2)]);
    expect(figureOf(page).data.map(({ y }) => y)).toEqual([[3, 1, 2]]);
  });

  test("draws a point that has no neighbours as a dot, since no stroke ends there", () => {
    const sizes = () => {
      const { mode, marker } = figureOf(page).data[0] ?? {};
      return [mode, (marker as { size?: unknown } | undefined)?.size];
    };
    plot.line([7]);
    expect(sizes()).toEqual(["lines+markers", [6]]);
    plot.line([1, Number.NaN, 3, 4]);
    expect(sizes()).toEqual(["lines+markers", [6, 0, 0, 0]]);
    plot.line([1, 2]);
    expect(sizes()).toEqual(["lines", undefined]);
    plot.live().push({ loss: 1 });
    expect(sizes()).toEqual(["lines+markers", [6]]);
  });

  test("keeps the order of a Map, which an object does not where names are whole numbers", () => {
    plot.line(
      new Map<string | number, number[]>([
        ["lr", [1]],
        [10, [2]],
        [2, [3]],
      ]),
    );
    expect(figureOf(page).data.map(({ name }) => name)).toEqual(["lr", "10", "2"]);
  });

  test.each([
    [undefined, "undefined - wanted numbers, a tensor or a function of x"],
    ["abc", "a string - wanted numbers, a tensor or a function of x"],
  ])("refuses %j", (curves, message) => {
    plot.line(curves as never);
    expect(() => figureOf(page)).toThrow(`plot.line: ${message}`);
  });

  test("names the curve that is none", () => {
    plot.line([0, 1], { loss: [1, 2], best: "abc" } as never);
    expect(() => figureOf(page)).toThrow(
      'plot.line: a string for "best" - wanted numbers, a tensor or a function of x',
    );
  });
});

test("plot.scatter takes its classes from a tensor", () => {
  plot.scatter({ x: [1, 2, 3], y: [1, 2, 3] }, { color: tensor([1, 0, 1]) });
  expect(figureOf(page).data.map(({ name, x }) => [name, x])).toEqual([
    ["0", [2]],
    ["1", [1, 3]],
  ]);
});

describe("plot.bars", () => {
  test("takes 0-d tensors by name", () => {
    plot.bars({ cat: tensor(0.75), dog: 0.25 });
    expect(figureOf(page).data[0]?.y).toEqual([0.75, 0.25]);
  });

  test("keeps bars of one name apart, and long names that begin alike", () => {
    const long = "a name that is far too long";
    plot.bars([1, 2, 3, 4], { labels: ["a", "a", `${long} 1`, `${long} 2`] });
    expect(new Set(figureOf(page).data[0]?.x).size).toBe(4);
    expect(figureOf(page).data[0]?.text).toEqual(["a", "a", `${long} 1`, `${long} 2`]);
  });

  test("refuses what is neither a column nor values by name", () => {
    plot.bars(3 as never);
    expect(() => figureOf(page)).toThrow(
      "plot.bars: a number - wanted a column, or values by name",
    );
    plot.bars({ cat: "many" } as never);
    expect(() => figureOf(page)).toThrow(
      'plot.bars: "cat" must be a number or a 0-d tensor, got string',
    );
  });
});

test("plot.live says what to push instead of a loss alone", () => {
  const curve = plot.live();
  for (const loss of [tensor(0.5), 0.5, [1, 2], undefined])
    expect(() => curve.push(loss as never)).toThrow(
      /^plot\.live: .* to push - wanted values by name, such as \{ loss \}$/,
    );
});
