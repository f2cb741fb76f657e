import { propertyRuns } from "../../counts.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FormatError } from "../../../app/formats/format-error.ts";
import { parseIpynb, printIpynb } from "../../../app/formats/ipynb.ts";
import type { Cell } from "../../../app/notebook/document.ts";
import type { CellOutput, CellResults } from "../../../app/notebook/outputs.ts";
import type { CellId } from "../../../kernel/protocol.ts";
import { anyNotebook, anySource } from "../notebook/notebooks.arbitrary.ts";
import { expectNbformat } from "./nbformat.ts";

const codeCell = (source: string): Cell => ({
  id: "a" as CellId,
  type: "code",
  source,
  metadata: {},
});
const withOutput = (output: CellOutput): Map<CellId, CellResults> =>
  new Map([["a" as CellId, { executionCount: 1, outputs: [output] }]]);
const printed = (output: CellOutput): unknown => {
  const text = printIpynb({ cells: [codeCell("")], metadata: {} }, withOutput(output));
  expectNbformat(text);
  return (JSON.parse(text) as { cells: { outputs: unknown[] }[] }).cells[0]?.outputs[0];
};
/** A file with these cells, as another program would write it. */
const file = (cells: unknown[], minor = 5, more: object = {}): string =>
  JSON.stringify({ nbformat: 4, nbformat_minor: minor, metadata: {}, cells, ...more });
const code = (more: object): object => ({
  cell_type: "code",
  id: "x",
  metadata: {},
  source: "",
  outputs: [],
  execution_count: null,
  ...more,
});

const anyOutput: fc.Arbitrary<CellOutput> = fc.oneof(
  fc.record({
    kind: fc.constant("stream" as const),
    name: fc.constantFrom("stdout" as const, "stderr" as const),
    text: anySource,
  }),
  fc.record({
    kind: fc.constant("display" as const),
    data: fc.record({
      "text/plain": anySource,
      "application/vnd.plotly.v1+json": fc.constant({ data: [{ y: [1, 2.5, null] }], layout: {} }),
      "image/png": fc.constant("iVBORw0KGgo=\n"),
    }),
    metadata: fc.constant({ "image/png": { width: 3 } }),
  }),
  fc.record({
    kind: fc.constant("result" as const),
    data: fc.record({ "text/html": anySource }),
    metadata: fc.constant({}),
    executionCount: fc.option(fc.nat(), { nil: null }),
  }),
);

describe("printIpynb()", () => {
  test("writes what Jupyter writes, byte for byte", () => {
    const notebook = {
      cells: [
        { ...codeCell("const é = 1;\né"), metadata: { tags: ["setup"] } },
        { id: "b" as CellId, type: "markdown" as const, source: "", metadata: {} },
      ],
      metadata: {
        kernelspec: { name: "deno", display_name: "Deno" },
        language_info: { name: "x" },
      },
    };
    expect(
      printIpynb(
        notebook,
        withOutput({
          kind: "result",
          data: { "text/plain": "1\n2" },
          metadata: {},
          executionCount: 1,
        }),
      ),
    ).toBe(`{
 "cells": [
  {
   "cell_type": "code",
   "execution_count": 1,
   "id": "a",
   "metadata": {
    "tags": [
     "setup"
    ]
   },
   "outputs": [
    {
     "data": {
      "text/plain": [
       "1\\n",
       "2"
      ]
     },
     "execution_count": 1,
     "metadata": {},
     "output_type": "execute_result"
    }
   ],
   "source": [
    "const é = 1;\\n",
    "é"
   ]
  },
  {
   "cell_type": "markdown",
   "id": "b",
   "metadata": {},
   "source": []
  }
 ],
 "metadata": {
  "kernelspec": {
   "display_name": "Deno",
   "name": "deno"
  },
  "language_info": {
   "name": "x"
  }
 },
 "nbformat": 4,
 "nbformat_minor": 5
}
`);
  });

  test("sorts keys by code point, numbers among them as text", () => {
    const metadata = { "10": 0, "9": 0, "\u{1F600}": 0, "\uFF5E": 0, b: 0 };
    const text = printIpynb({ cells: [], metadata });
    const keys = [...text.matchAll(/^  "(.+?)": 0/gm)].map(([, key]) => key);
    expect(keys).toEqual(["10", "9", "b", "\uFF5E", "\u{1F600}"]);
  });

  test("writes numbers as Python does", () => {
    const metadata = { n: [0.1, 1e-4, 0.00001, -1.5e-7, 1e-10, 1e20, 1e21, 0, 3] };
    const text = printIpynb({ cells: [], metadata });
    const numbers = /"n": \[([^\]]*)\]/
      .exec(text)?.[1]
      ?.split(",")
      .map((part) => part.trim());
    expect(numbers).toEqual(
      "0.1 0.0001 1e-05 -1.5e-07 1e-10 100000000000000000000 1e+21 0 3".split(" "),
    );
  });

  test("is valid by the schema and comes back whole, for any notebook", () => {
    fc.assert(
      fc.property(
        anyNotebook,
        fc.array(anyOutput, { maxLength: 4 }),
        fc.nat(),
        (notebook, outputs, executionCount) => {
          const results = new Map(
            notebook.cells
              .filter((cell) => cell.type === "code")
              .map((cell) => [cell.id, { executionCount, outputs }]),
          );
          const text = printIpynb(notebook, results);
          expectNbformat(text);
          const read = parseIpynb(text);
          expect(read.repairs).toEqual([]);
          expect(read.notebook.cells).toEqual(notebook.cells);
          expect(read.notebook.metadata).toMatchObject(notebook.metadata);
          expect(read.outputs).toEqual(results);
          expect(printIpynb(read.notebook, read.outputs)).toBe(text);
        },
      ),
      propertyRuns(20260107, 300),
    );
  });

  test("says TypeScript where the notebook does not say its language", () => {
    const { metadata } = parseIpynb(printIpynb({ cells: [], metadata: {} })).notebook;
    expect(metadata).toMatchObject({ kernelspec: { language: "typescript" } });
    expect(metadata).toMatchObject({
      language_info: { name: "typescript", file_extension: ".ts" },
    });
  });

  test("never writes trust, signatures, display names or pictures of a code cell", () => {
    const cell = { ...codeCell("x"), attachments: { "a.png": {} } };
    const text = printIpynb(
      {
        cells: [{ ...cell, metadata: { trusted: true } }],
        metadata: { signature: "s", orig_nbformat: 3 },
      },
      withOutput({ kind: "display", data: {}, metadata: {}, display: "d1" as never }),
    );
    expectNbformat(text);
    expect(text).not.toMatch(/trusted|signature|orig_nbformat|d1|attachments/);
  });

  test("writes an error with its hint, places in cells and causes as traceback", () => {
    expect(
      printed({
        kind: "error",
        error: {
          kind: "runtime",
          name: "ShapeError",
          message: "matmul: [32, 10] x [20, 5] - inner sizes 10 and 20 must match",
          hint: "Transpose one of them?",
          frames: [
            { function: "forward", cell: "a" as CellId, line: 3, column: 5 },
            { function: null, cell: "b" as CellId, line: 1, column: 1 },
          ],
          causes: [{ name: "Error", message: "inner" }],
        },
      }),
    ).toEqual({
      output_type: "error",
      ename: "ShapeError",
      evalue: "matmul: [32, 10] x [20, 5] - inner sizes 10 and 20 must match",
      traceback: [
        "ShapeError: matmul: [32, 10] x [20, 5] - inner sizes 10 and 20 must match",
        "Transpose one of them?",
        "    at forward (cell a:3:5)",
        "    at cell b:1:1",
        "Caused by Error: inner",
      ],
    });
  });

  test("says where outputs and text were left out", () => {
    expect(printed({ kind: "omitted", count: 2500 })).toMatchObject({
      text: ["[... 2,500 outputs left out ...]\n"],
    });
    const omitted = { at: 2, lines: 7, characters: 99 };
    expect(printed({ kind: "stream", name: "stdout", text: "a\nz", omitted })).toMatchObject({
      text: ["a\n", "[... 7 lines (99 characters) left out ...]\n", "z"],
    });
  });
});

describe("parseIpynb()", () => {
  test("joins split texts and leaves JSON and lists in it alone", () => {
    const output = {
      output_type: "display_data",
      metadata: {},
      data: { "text/plain": ["a\n", "b"], "application/json": ["a", "b"] },
    };
    const { notebook, outputs } = parseIpynb(
      file([code({ source: ["x\n", "y"], outputs: [output] })]),
    );
    expect(notebook.cells[0]?.source).toBe("x\ny");
    expect(outputs.get("x" as CellId)?.outputs).toEqual([
      {
        kind: "display",
        metadata: {},
        data: { "text/plain": "a\nb", "application/json": ["a", "b"] },
      },
    ]);
  });

  test.each([0, 1, 2, 3, 4])(
    "gives the cells of a 4.%i file ids without calling it broken",
    (minor) => {
      const { cell_type, source, metadata } = { cell_type: "raw", source: "", metadata: {} };
      const read = parseIpynb(file([{ cell_type, source, metadata }], minor));
      expect(read.notebook.cells[0]?.id).toMatch(/^[0-9a-f]{8}$/);
      expect(read.repairs).toEqual([]);
      expectNbformat(printIpynb(read.notebook));
    },
  );

  test("repairs missing, malformed and doubled ids and says so", () => {
    const cells = [code({}), code({}), code({ id: "a b" }), code({ id: undefined })];
    const { notebook, repairs } = parseIpynb(file(cells));
    const [a, b, c, d] = notebook.cells.map(({ id }) => id);
    expect(new Set([a, b, c, d]).size).toBe(4);
    expect(a).toBe("x");
    expect(repairs).toEqual([
      `cell 2: doubled id "x", now "${b}"`,
      `cell 3: malformed id "a b", now "${c}"`,
      `cell 4: had no id, now "${d}"`,
    ]);
  });

  test("keeps fields, cells, outputs and minors it does not know", () => {
    const cells = [
      { cell_type: "chat", id: "c", metadata: { m: 1 }, source: "hi", turns: [1, { a: null }] },
      { cell_type: "void", id: "v", metadata: {} },
      code({ future: true, outputs: [{ output_type: "hologram", volts: [1] }] }),
      code({
        id: "y",
        outputs: [{ output_type: "stream", name: "stdout", text: "t", colour: "red" }],
      }),
    ];
    const text = file(cells, 99, { extra: { deep: [] } });
    const read = parseIpynb(text);
    expect(read.repairs).toEqual([]);
    const back = JSON.parse(printIpynb(read.notebook, read.outputs)) as Record<string, unknown>;
    const wanted = JSON.parse(text) as { cells: Record<string, unknown>[] };
    expect(back).toMatchObject({ nbformat_minor: 99, extra: { deep: [] } });
    expect(back["cells"]).toEqual([
      { ...wanted.cells[0], source: ["hi"] },
      wanted.cells[1],
      { ...wanted.cells[2], source: [] },
      {
        ...wanted.cells[3],
        source: [],
        outputs: [{ output_type: "stream", name: "stdout", text: ["t"], colour: "red" }],
      },
    ]);
  });

  test("keeps the traceback of another language as it was", () => {
    const error = {
      output_type: "error",
      ename: "ValueError",
      evalue: "no",
      traceback: ["\u001b[31mValueError\u001b[0m", "line 2"],
    };
    const { notebook, outputs } = parseIpynb(file([code({ outputs: [error] })]));
    expect(JSON.parse(printIpynb(notebook, outputs))).toMatchObject({
      cells: [{ outputs: [error] }],
    });
  });

  test("drops the outputs of a cell that can have none, and says so", () => {
    const cell = { cell_type: "markdown", id: "m", metadata: {}, source: "", outputs: [] };
    const read = parseIpynb(file([cell]));
    expect(read.repairs).toEqual(["cell 1: a markdown cell has no outputs, dropped"]);
    expectNbformat(printIpynb(read.notebook));
  });

  test("reads pictures pasted into Markdown and writes them back", () => {
    const attachments = { "a.png": { "image/png": "aGk=" } };
    const cell = { cell_type: "markdown", id: "m", metadata: {}, source: [], attachments };
    const text = printIpynb(parseIpynb(file([cell])).notebook);
    expectNbformat(text);
    expect(JSON.parse(text)).toMatchObject({ cells: [{ attachments }] });
  });

  test.each([
    ["", "ipynb: not JSON ("],
    ["[]", 'ipynb: the file is a list - wanted an object with "cells"'],
    ['{"nbformat": 3, "worksheets": []}', "ipynb: nbformat is 3 - wanted 4"],
    ['{"cells": []}', "ipynb: nbformat is null - wanted 4"],
    ['{"nbformat": 4}', 'ipynb: "cells" is missing - wanted a list'],
    [file([7]), "ipynb: cell 1 is the number 7 - wanted an object"],
    [file([code({}), code({ source: 42 })]), "ipynb: the source of cell 2 is the number 42"],
    ['{\n<<<<<<< HEAD\n "cells": []', "line 2: ipynb: a merge conflict of git"],
  ])("refuses %j and says why", (text, message) => {
    expect(() => parseIpynb(text)).toThrow(FormatError);
    expect(() => parseIpynb(text)).toThrow(message);
  });
});
