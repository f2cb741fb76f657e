import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as plot from "../../../kernel/plot/index.ts";
import { pack, unpack } from "../../../kernel/plot/packed.ts";
import { parseTable, TABLE_MIME, type TableView } from "../../../kernel/plot/table-view.ts";
import type { MimeBundle } from "../../../kernel/protocol.ts";
import { ones, tensor } from "../../../kernel/tensor/index.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";

let page: FakeSurface;
beforeEach(() => {
  page = installFakeSurface();
});
afterEach(() => page.remove());

const bundle = (): MimeBundle => page.displays.at(-1)?.render() ?? {};
/** What a page reads of the newest table, after a trip through JSON. */
function sent(): TableView {
  const view = parseTable(JSON.parse(JSON.stringify(bundle()[TABLE_MIME])));
  if (view === null) throw new Error("no table");
  return view;
}
const kinds = () => sent().columns.map(({ name, kind }) => [name, kind]);
function values(at: number): readonly unknown[] {
  const column = sent().columns[at];
  if (column === undefined || column.kind === "picture") throw new Error("no values");
  return column.kind === "text"
    ? Array.from(column.of, (place) => column.texts[place])
    : [...column.values];
}

describe("plot.table", () => {
  test("types the columns of records, and says which values are missing", () => {
    plot.table([
      { name: "hidden", loss: 0.5, done: true, at: new Date(0) },
      { name: "out", loss: tensor(0.25), done: false, at: new Date(5) },
      { name: "hidden", loss: null, extra: 3n },
    ]);
    expect(kinds()).toEqual([
      ["name", "text"],
      ["loss", "number"],
      ["done", "boolean"],
      ["at", "date"],
      ["extra", "text"],
    ]);
    expect(values(0)).toEqual(["hidden", "out", "hidden"]);
    expect(values(1)).toEqual([0.5, 0.25, 0]);
    expect(sent().columns.map(({ missing }) => missing && [...missing])).toEqual([
      null,
      [2],
      [2],
      [2],
      [0, 1],
    ]);
  });

  test("takes columns by name, tensors among them, and pictures", () => {
    plot.table({
      epoch: [0, 1],
      loss: Float32Array.of(2.5, 1.25),
      weight: tensor([3, 4]),
      image: tensor([[[0, 1]], [[2, 3]]]),
    });
    expect(kinds().map(([, kind]) => kind)).toEqual(["number", "number", "number", "picture"]);
    expect([values(1), values(2)]).toEqual([
      [2.5, 1.25],
      [3, 4],
    ]);
    const pictures = sent().columns[3];
    expect(pictures).toMatchObject({ images: { height: 1, width: 2, channels: 1 } });
    expect(pictures?.kind === "picture" ? [...pictures.images.pixels] : null).toEqual([
      0, 85, 170, 255,
    ]);
  });

  test("takes tensors of one or two axes, rows of values, and plain lists", () => {
    plot.table(
      tensor([
        [1, 2],
        [3, 4],
      ]),
      { columns: ["a", "b"] },
    );
    expect([kinds(), values(1)]).toEqual([
      [
        ["a", "number"],
        ["b", "number"],
      ],
      [2, 4],
    ]);
    plot.table(tensor([5, 6]));
    expect([kinds(), values(0)]).toEqual([[["value", "number"]], [5, 6]]);
    plot.table([[1, "x"], [2]]);
    expect([values(0), values(1), [...(sent().columns[1]?.missing ?? [])]]).toEqual([
      [1, 2],
      ["x", ""],
      [1],
    ]);
    plot.table([3, 1, 2]);
    expect(values(0)).toEqual([3, 1, 2]);
  });

  test("keeps what it was given, whatever becomes of it", () => {
    const loss = [1, 2];
    plot.table({ loss });
    loss[0] = 9;
    expect(values(0)).toEqual([1, 2]);
  });

  test("holds every number exactly", () => {
    const odd = [0.1, -0, Number.NaN, Infinity, 2 ** 53, 1e-320];
    plot.table({ odd });
    expect(values(0)).toEqual(odd);
  });

  test("says its rows in text, numbers to the right", () => {
    plot.table({ layer: ["hidden", "out"], loss: [0.5, 12] }, { title: "Losses" });
    expect(bundle()["text/plain"]).toBe(
      `<Figure: Losses: table of 2 rows, 2 columns: layer (text), loss (number)>
layer   loss
hidden   0.5
out       12`,
    );
    plot.table({ n: Array.from({ length: 30 }, (_, i) => i) });
    expect(bundle()["text/plain"]).toMatch(/\n9\n\.\.\. 20 more rows$/);
  });

  test("is plain HTML for other notebooks, in which texts are no markup", () => {
    plot.table({ "<b>": ["<script>"] });
    expect(bundle()["text/html"]).toBe(
      "<table><thead><tr><th>&lt;b></th></tr></thead><tbody><tr><td>&lt;script></td></tr></tbody></table>",
    );
  });

  test("begins sorted by a column, falling with a minus", () => {
    const rows = { a: [1], "-b": [2] };
    plot.table(rows, { sort: "-a" });
    expect(sent().sort).toEqual({ column: 0, isDescending: true });
    plot.table(rows, { sort: "-b" });
    expect(sent().sort).toEqual({ column: 1, isDescending: false });
  });

  test("shows the first rows of very many and says so", () => {
    plot.table(new Float32Array(300_000));
    expect([sent().rows, sent().of]).toEqual([250_000, 300_000]);
    expect(bundle()["text/plain"]).toContain("table of 250000 rows, the first 250000 of 300000");
  });

  test("replaces its rows at update(), or reads them anew", () => {
    const a = [1];
    const figure = plot.table({ a });
    a[0] = 7;
    figure.update();
    expect(values(0)).toEqual([7]);
    figure.update({ a: [2, 3] });
    expect([page.displays.at(-1)?.invalidated, values(0)]).toEqual([2, [2, 3]]);
  });

  test.each<[string, () => unknown, string]>([
    ["no table", () => plot.table(3 as never), "a number - wanted rows, columns by name"],
    ["three axes", () => plot.table(tensor([[[1]]])), "a tensor of [1, 1, 1] - wanted one or two"],
    [
      "mixed rows",
      () => plot.table([[1], { a: 1 }] as never),
      "row 1 is an object, row 0 an array",
    ],
    [
      "lengths",
      () => plot.table({ a: [1], b: [1, 2] }),
      'column "b" has 2 rows and "a" 1 - wanted as',
    ],
    ["no list", () => plot.table({ a: 3 } as never), 'column "a" is a number - wanted a list'],
    ["a wide column", () => plot.table({ a: ones([2, 2]) }), 'column "a" is a tensor of [2, 2]'],
    ["names", () => plot.table(tensor([1]), { columns: [] }), "0 names for 1 columns"],
    ["a name", () => plot.table({ a: [1] }, { columns: ["b"] }), 'no column "b" - there are a'],
    [
      "an order",
      () => plot.table({ a: [1] }, { sort: "c" }),
      'no column "c" to sort by - there are a',
    ],
    [
      "a page",
      () => plot.table({ a: [1] }, { pageSize: 0 }),
      "pageSize is 0 - wanted a number from 1",
    ],
    ["an option", () => plot.table([], { size: 1 } as never), 'option "size" - wanted columns'],
  ])("refuses %s that it cannot show", (_, make, message) => {
    expect(make).toThrow(`plot.table: ${message}`);
  });
});

describe("a bundle that is no table", () => {
  test("is not read", () => {
    plot.table({ a: ["x", "y"], b: [1, null] });
    const good = bundle()[TABLE_MIME] as Record<string, unknown>;
    const [texts, numbers] = good["columns"] as Record<string, unknown>[];
    const with_ = (column: unknown) => ({ ...good, columns: [column] });
    expect(parseTable(good)).not.toBeNull();
    for (const wrong of [
      null,
      { ...good, rows: 1e9 },
      { ...good, pageSize: 0 },
      { ...good, sort: { column: 7, isDescending: true } },
      { ...good, card: ["x"] },
      with_({ ...texts, count: 1e9 }),
      with_({ ...texts, texts: "x" }),
      with_({ ...texts, of: pack([0, 5]) }),
      with_({ ...numbers, values: pack([1]) }),
      with_({ ...numbers, missing: { count: 1, rows: pack([9]) } }),
      with_({ ...numbers, kind: "magic" }),
    ])
      expect(parseTable(wrong)).toBeNull();
  });
});

describe("packed numbers", () => {
  test.each<[string, readonly number[]]>([
    ["u8", [0, 255]],
    ["i16", [-1, 300]],
    ["u16", [65_535]],
    ["i32", [-70_000]],
    ["u32", [4_000_000_000]],
    ["f32", [0.5, -0, Number.NaN]],
    ["f64", [0.1]],
  ])("take %s where that holds them all exactly", (type, numbers) => {
    const packed = pack(numbers);
    expect(packed.type).toBe(type);
    expect([...(unpack(packed, numbers.length) ?? [])]).toEqual(numbers);
  });

  test("of another length are not read", () => {
    expect(unpack(pack([1, 2]), 3)).toBeNull();
    expect(unpack({ type: "u8", base64: "A".repeat(1000) }, 1)).toBeNull();
  });
});
