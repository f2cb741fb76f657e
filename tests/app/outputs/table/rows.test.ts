/** Which rows a reader sees, in which order, and what is copied of them. */
import { describe, expect, test } from "vitest";
import { type Cells, cellsOf } from "../../../../app/outputs/table/cells.ts";
import { toCsv } from "../../../../app/outputs/table/csv.ts";
import { parseFilter } from "../../../../app/outputs/table/filter.ts";
import { nextSorting, rowOrder } from "../../../../app/outputs/table/row-order.ts";
import { rawTable, type TableRows, typedColumn } from "../../../../kernel/plot/table-columns.ts";
import { parseCsv } from "../../../../kernel/run/csv.ts";

function cells(rows: TableRows): readonly Cells[] {
  const raw = rawTable(rows, null, "test");
  return raw.columns.map((column) => cellsOf(typedColumn(column, raw.rows)));
}

const birds = cells({
  name: ["tit 10", "Tit 2", "owl", "owl"],
  "wing length": [7.5, Number.NaN, 30, -2],
  seen: [true, false, true, true],
  note: ["a, b", 'say "x"', null, "1"],
});
const shown = (text: string) => [...rowOrder(4, birds, parseFilter(text, birds), null)];
const sorted = (column: number, isDescending: boolean) => [
  ...rowOrder(4, birds, null, { column, isDescending }),
];

describe("sorting", () => {
  test("by number has what is no number last either way", () => {
    expect(sorted(1, false)).toEqual([3, 0, 2, 1]);
    expect(sorted(1, true)).toEqual([2, 0, 3, 1]);
  });

  test("by text counts numbers in it, and rows alike keep their order", () => {
    expect(sorted(0, false)).toEqual([2, 3, 1, 0]);
    expect(sorted(0, true)).toEqual([0, 1, 2, 3]);
    expect(sorted(3, false)).toEqual([3, 0, 1, 2]);
  });

  test("goes from rising over falling to as they came", () => {
    const rising = nextSorting(null, 1);
    const falling = nextSorting(rising, 1);
    expect([rising, falling, nextSorting(falling, 1), nextSorting(falling, 0)]).toEqual([
      { column: 1, isDescending: false },
      { column: 1, isDescending: true },
      null,
      { column: 0, isDescending: false },
    ]);
  });

  test("agrees with a sort one by one", () => {
    const numbers = Array.from({ length: 500 }, (_, i) => (i * 7919) % 101);
    const columns = cells({ numbers });
    const order = rowOrder(500, columns, null, { column: 0, isDescending: false });
    expect(Array.from(order, (row) => numbers[row])).toEqual(numbers.toSorted((a, b) => a - b));
  });
});

describe("the filter", () => {
  test.each<[string, readonly number[]]>([
    ["", [0, 1, 2, 3]],
    ["owl", [2, 3]],
    ["tit 2", [1]],
    ['"tit 1"', [0]],
    ["7.5", [0]],
    ["nan", [1]],
    ['"wing length">0', [0, 2]],
    ['"wing length"<=-2', [3]],
    ["seen=false", [1]],
    ["name=OWL seen=true", [2, 3]],
    ["name!=owl", [0, 1]],
    ["nothing", []],
    ["unknown>3", []],
  ])("%j shows rows %j", (text, rows) => {
    expect(shown(text)).toEqual(rows);
  });
});

describe("CSV", () => {
  test("has quotes where they are needed, nothing for no value, and all rows that are shown", () => {
    expect(toCsv(birds, [3, 1])).toBe(
      'name,wing length,seen,note\r\nowl,-2,true,1\r\nTit 2,,false,"say ""x"""\r\n',
    );
  });

  test("is read back by files.csv as it was", () => {
    const single = Float32Array.of(0.1, 1 / 3, 1e-30);
    const double = [0.1, 1 / 3, 1e300];
    const back = parseCsv("test", toCsv(cells({ single, double }), [0, 1, 2]));
    expect(Float32Array.from(back["single"] as number[])).toEqual(single);
    expect(back["double"]).toEqual(double);
    expect(toCsv(cells({ single }), [0])).toBe("single\r\n0.1\r\n");
  });
});
