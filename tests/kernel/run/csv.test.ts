import fc from "fast-check";
import { expect, test } from "vitest";
import { parseCsv } from "../../../kernel/run/csv.ts";
import { propertyRuns } from "../../counts.ts";

const what = 'files.csv: "t.csv"';
const parse = (text: string, options?: Parameters<typeof parseCsv>[2]) => ({
  ...parseCsv(what, text, options),
});

test("parseCsv() gives columns by name: numbers where all are, else text", () => {
  expect(parse("size,kind\n1,cat\n2.5e1,dog\n")).toEqual({ size: [1, 25], kind: ["cat", "dog"] });
  expect(parse("a\r\n1\r\n\r\n3")).toEqual({ a: [1, Number.NaN, 3] });
  expect(parse("a,b\n,x\n2,\n")).toEqual({ a: [Number.NaN, 2], b: ["x", ""] });
});

test("parseCsv() takes separators, quotes and line breaks within quotes", () => {
  expect(parse('a;b\n"x;1";"say ""hi""\nthere"\n', { separator: ";" })).toEqual({
    a: ["x;1"],
    b: ['say "hi"\nthere'],
  });
});

test("parseCsv() numbers the columns of a table without a line of names", () => {
  expect(parse("1,2\n3,4", { header: false })).toEqual({ 1: [1, 3], 2: [2, 4] });
});

test("parseCsv() passes empty lines by", () => {
  expect(parse("\na,b\n\n1,2\n\n")).toEqual({ a: [1], b: [2] });
});

test.each([
  ["", `${what} is empty - wanted a line of names`],
  ["a,b\n1,2\n3\n", `${what} has 1 fields in line 3 - wanted 2, as in the first`],
  ['a,b\n"1\n2",2\n3\n', `${what} has 1 fields in line 4 - wanted 2, as in the first`],
  ['a\n"1', `${what} opens a quote in line 2 that nothing closes`],
  ['a,b\n"1"x,2', `${what} goes on behind a closed quote in line 2`],
  ["a,a\n1,2", `${what} has two columns named "a"`],
])("parseCsv() of %j says what is wrong", (text, message) => {
  expect(() => parse(text)).toThrow(message);
});

test("parseCsv() refuses options it does not have", () => {
  expect(() => parse("a\n1", { separator: ", " })).toThrow('separator ", " - wanted one character');
  expect(() => parse("a\n1", { delimiter: ";" } as object)).toThrow('option "delimiter"');
});

test("parseCsv() reads back what was printed by the rules", () => {
  const cell = fc.string({
    unit: fc.constantFrom("a", '"', ",", "\n", " ", "é"),
    minLength: 1,
    maxLength: 6,
  });
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }), (rows) => {
      const text = ["x,y", ...rows.map((row) => row.map(quoted).join(","))].join("\n");
      const { x, y } = parse(text);
      const isText = (column: unknown[] | undefined) =>
        column?.every((each) => typeof each === "string");
      if (isText(x) && isText(y)) expect(rows).toEqual(x?.map((each, i) => [each, y?.[i]]));
    }),
    propertyRuns(20_261_124, 500),
  );
});
