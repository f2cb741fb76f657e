import { describe, expect, test } from "vitest";
import { excerptOf, printError, viewError } from "../../../app/outputs/error-view.ts";
import type { CellError, CellId } from "../../../kernel/protocol.ts";

const cell = "c1" as CellId;
const cells = {
  sourceOf: (id: CellId) => (id === cell ? "const x = 1;\n  const y = x.matmul(w.T);\n" : null),
  nameOf: (id: CellId) => (id === cell ? "[3]" : null),
};

const error: CellError = {
  kind: "runtime",
  name: "ShapeError",
  message: "matmul: [32, 10] x [20, 5] - inner sizes 10 and 20 must match",
  hint: "Did you mean w?",
  frames: [
    { cell, line: 2, column: 15, function: null },
    { cell: "gone" as CellId, line: 7, column: 1, function: "loss" },
  ],
  causes: [{ name: "Error", message: "deeper" }],
};

describe("viewError()", () => {
  test("says the sentence, the line with its culprit, the hint and the way there", () => {
    expect(viewError(error, cells)).toEqual({
      isStop: false,
      isVerdict: false,
      title: "ShapeError",
      sentence: error.message,
      excerpt: { line: 2, before: "const y = x.", culprit: "matmul", after: "(w.T);" },
      hint: "Did you mean w?",
      causes: ["Error: deeper"],
      frames: [
        { cell, line: 2, column: 15, text: "cell [3], line 2" },
        { cell: "gone", line: 7, column: 1, text: "in loss, a deleted cell, line 7" },
      ],
    });
  });

  test("says of a check only its reason: its line would give the answer away", () => {
    const refused = { ...error, name: "CheckError", message: "value is 0, wanted 1 - add b" };
    expect(viewError(refused, cells)).toMatchObject({
      isVerdict: true,
      title: "Not right yet",
      sentence: "value is 0, wanted 1 - add b",
      excerpt: null,
      frames: [],
    });
  });

  test("prints the card as text with the culprit marked", () => {
    expect(printError(viewError(error, cells))).toBe(
      [
        `ShapeError: ${error.message}`,
        "2 | const y = x.matmul(w.T);",
        "  |             ^^^^^^",
        "Hint: Did you mean w?",
        "Caused by Error: deeper",
        "  cell [3], line 2",
        "  in loss, a deleted cell, line 7",
      ].join("\n"),
    );
  });

  test("a line beyond the text is none", () => {
    const [first] = error.frames;
    const beyond = { ...error, frames: first ? [{ ...first, line: 9 }] : [] };
    expect(viewError(beyond, cells).excerpt).toBeNull();
  });

  test("shows the line as it ran, where the cell says something else by now", () => {
    const old = { ...error, text: "const y = x.matmul(V);" };
    expect(viewError(old, cells).excerpt).toMatchObject({ before: "const y = x.ma", line: 2 });
  });

  test("an interrupt is no mistake", () => {
    const stopped = { ...error, kind: "interrupted" as const, message: "" };
    const view = viewError(stopped, cells);
    expect([view.isStop, view.sentence]).toEqual([true, "Stopped at line 2."]);
  });

  test("an error without frames or words still says something", () => {
    const bare = viewError({ ...error, frames: [], message: "" }, cells);
    expect([bare.excerpt, bare.sentence]).toEqual([null, "It was thrown without a message."]);
  });
});

describe("excerptOf()", () => {
  const frame = (line: number, column: number) => ({ cell, line, column, function: null });

  test("underlines a given length, a dotted path, or one character", () => {
    const source = "new nn.Linear(2) + 😀";
    expect(excerptOf(source, frame(1, 1), 3).culprit).toBe("new");
    expect(excerptOf(source, frame(1, 1), null).culprit).toBe("new nn.Linear");
    expect(excerptOf(source, frame(1, 14), null).culprit).toBe("(");
  });

  test("a column beyond the line marks its end", () => {
    expect(excerptOf("ab", frame(1, 9), null)).toMatchObject({ before: "ab", culprit: "" });
  });
});
