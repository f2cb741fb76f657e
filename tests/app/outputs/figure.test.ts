import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { filterFigure } from "../../../app/outputs/figure-filter.ts";
import { tableOf } from "../../../app/outputs/figure-table.ts";
import { heightOf, houseTemplate, inTheme } from "../../../app/outputs/figure-theme.ts";
import {
  classHues,
  colors,
  hues,
  sequential,
  sequentialDark,
} from "../../../kernel/plot/palette.ts";

const evil = "https://evil.example/x.png";

describe("filterFigure()", () => {
  test("removes whatever would be fetched, at any depth", () => {
    const figure = filterFigure({
      data: [
        { type: "image", source: evil, name: `<a href="${evil}">name</a>` },
        { type: "scatter", x: [1], marker: { colorbar: { title: { text: "t", href: evil } } } },
      ],
      layout: {
        images: [{ source: evil }],
        template: { layout: { images: [{ source: evil }] } },
        annotations: [
          { text: `<a href="${evil}">x</a><span style="background:url(${evil})">y</span>` },
        ],
      },
      config: { plotlyServerURL: evil },
    });
    expect(JSON.stringify(figure)).not.toContain("evil");
    expect(figure.data[0]).toEqual({ type: "image", name: "name" });
  });

  test.each([
    `<<a>a href="${evil}">x</a>`,
    `<span style="font-family:'x';fill:url(${evil})">x</span>`,
    `<span style='font-family:"x";cursor:url(${evil})'>x</span>`,
    `<span style=cursor:url(${evil})>x</span>`,
    `<span style="mask:u\\72l(${evil})">x</span>`,
  ])("leaves no way to an address in %j", (text) => {
    const { data } = filterFigure({ data: [{ text }] });
    expect(JSON.stringify(data)).not.toMatch(/evil|href|style/);
    expect(JSON.stringify(data)).toContain("x");
  });

  test("takes a text of a million tags for plain text, at once", () => {
    const { data } = filterFigure({ data: [{ text: "<a ".repeat(1_000_000) }] });
    expect(JSON.stringify(data)).not.toContain("<");
  });

  test("keeps pictures that come with the figure, colours and numbers", () => {
    const png = "data:image/png;base64,AAAA";
    const figure = {
      data: [
        { type: "image", source: png },
        {
          x: Array.from({ length: 40 }, (_, i) => i),
          text: ['<span style="color:#123456">a</span>'],
        },
      ],
      layout: { title: { text: "a < b" } },
    };
    expect(filterFigure(figure)).toEqual(figure);
  });

  test("says why a figure cannot be drawn", () => {
    expect(() => filterFigure(null)).toThrow("This figure has no list of traces");
    expect(() => filterFigure({ data: [{ type: "scattergl" }] })).toThrow(
      'This figure has a trace of type "scattergl"; here can be drawn: scatter, bar,',
    );
  });
});

describe("themes", () => {
  test("swap each meaningful colour for its dark twin, also inside texts and scales", () => {
    const figure = {
      line: { color: colors.train },
      text: `<span style="color:${classHues[1]?.light}">b</span>`,
      colorscale: sequential,
      x: [1, 2, 3],
      other: "#010203",
    };
    expect(inTheme(figure, "dark")).toEqual({
      line: { color: hues.train.dark },
      text: `<span style="color:${classHues[1]?.dark}">b</span>`,
      colorscale: sequentialDark,
      x: [1, 2, 3],
      other: "#010203",
    });
    expect(inTheme(figure, "light")).toBe(figure);
  });

  test("swap a colour with a share of opacity, and keep the share", () => {
    expect(inTheme({ fillcolor: `${colors.train}2e` }, "dark")).toEqual({
      fillcolor: `${hues.train.dark}2e`,
    });
  });

  test("the template names no colour of the other theme", () => {
    const dark = JSON.stringify(houseTemplate("dark", { sans: "x" }, 700));
    for (const { light } of [...Object.values(hues), ...classHues])
      expect(dark).not.toContain(light);
  });

  test("figures and page wear the same colours", () => {
    const css = readFileSync(new URL("../../../app/ui/theme.css", import.meta.url), "utf8");
    const [light = "", dark = ""] = css.split('[data-theme="dark"]');
    for (const name of ["train", "validation", "ink", "muted", "faint", "rule", "paper"] as const) {
      expect(light).toContain(`--${name}: ${hues[name].light};`);
      expect(dark).toContain(`--${name}: ${hues[name].dark};`);
    }
    for (const [index, hue] of classHues.slice(0, 7).entries()) {
      expect(light).toContain(`--class-${index + 1}: ${hue.light};`);
      expect(dark).toContain(`--class-${index + 1}: ${hue.dark};`);
    }
  });
});

describe("tableOf()", () => {
  test("has one row a point, and a series column when there are several", () => {
    const data = [
      { name: "train", x: [0, 1], y: [2, -1] },
      { name: "validation", x: [1], y: [3] },
    ];
    expect(tableOf({ data, layout: {} })).toEqual({
      head: ["series", "x", "y"],
      rows: [
        ["train", "0", "2"],
        ["train", "1", "−1"],
        ["validation", "1", "3"],
      ],
      more: 0,
    });
  });

  test("reads a matrix cell by cell, leaves gaps out and counts what it left", () => {
    const z = Array.from({ length: 20 }, () =>
      Array.from({ length: 20 }, (_, j) => (j === 0 ? null : 1)),
    );
    const { head, rows, more } = tableOf({ data: [{ type: "heatmap", z }], layout: {} });
    expect([head, rows.length, more]).toEqual([["x", "y", "z"], 200, 180]);
  });
});

test("tableOf() names the places of a matrix by its columns and rows", () => {
  const trace = { type: "heatmap", x: [0, 4], y: [0.5], z: [[0.25, 1]] };
  expect(tableOf({ data: [trace], layout: {} }).rows).toEqual([
    ["0", "0.5", "0.25"],
    ["4", "0.5", "1"],
  ]);
});

describe("heightOf()", () => {
  const z = Array.from({ length: 20 }, () => Array.from({ length: 50 }, () => 0));
  const picture = {
    data: [{ type: "heatmap", z }],
    layout: { height: 308, yaxis: { scaleanchor: "x" }, margin: { l: 0, r: 0, t: 4, b: 4 } },
  };

  test("is what the figure asks for where its pixels have room", () => {
    expect(heightOf(picture, 750)).toBe(308);
    expect(heightOf({ data: [], layout: {} }, 330)).toBe(300);
  });

  test("leaves nothing empty below a picture in a narrow column", () => {
    expect(heightOf(picture, 300)).toBe(20 * 6 + 8);
  });

  test("keeps the height of figures that are no pictures", () => {
    const { layout } = picture;
    expect(heightOf({ data: [{ type: "scatter" }], layout }, 300)).toBe(308);
    expect(heightOf({ data: [{ z }], layout: { height: 308 } }, 300)).toBe(308);
  });
});

test("tableOf() gives names as their author wrote them, and calls cells what a hand reads", () => {
  const trace = {
    type: "heatmap",
    x: ["&lt;s&gt;", "a\u200b"],
    y: ["50 &#37; &amp; more"],
    z: [[1, 2]],
  };
  expect(tableOf({ data: [trace], layout: {} }).rows).toEqual([
    ["<s>", "50 % & more", "1"],
    ["a", "50 % & more", "2"],
  ]);
  const heads = {
    type: "heatmap",
    z: [[0.5, null]],
    hovertext: [["head 0: the at &lt;s&gt;", ""]],
  };
  expect(tableOf({ data: [heads], layout: {} })).toMatchObject({
    head: ["label", "z"],
    rows: [["head 0: the at <s>", "0.5"]],
  });
});
