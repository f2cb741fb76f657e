import { describe, expect, test } from "vitest";
import type { Cell, Notebook } from "../../../app/notebook/document.ts";
import {
  guessesBefore,
  parsePrediction,
  withGuess,
  withoutGuess,
} from "../../../app/notebook/predictions.ts";
import { openRuntime, transitionAll } from "../../../app/notebook/runtime.ts";
import type { CellId, RunId } from "../../../kernel/protocol.ts";
import { lessonCells } from "./lesson.fixture.ts";

describe("parsePrediction()", () => {
  test("reads options from the comment, and ? as no guess yet", () => {
    expect(parsePrediction('const slowest = "?"; // "low", "high" or "shift"')).toEqual({
      name: "slowest",
      kind: "choice",
      guess: null,
      options: ["low", "high", "shift"],
      unit: "",
      start: 0,
    });
  });

  test("reads a number that nobody has guessed, and where its buttons begin", () => {
    expect(parsePrediction('const many: number | "?" = "?"; // of a hundred, from 50')).toEqual({
      name: "many",
      kind: "number",
      guess: null,
      options: [],
      unit: "of a hundred",
      start: 50,
    });
    expect(parsePrediction('const rate: number | "?" = 0.02; // from 0.01')).toMatchObject({
      guess: 0.02,
      unit: "",
      start: 0.01,
    });
    const range = "a bit from 0 to 31";
    expect(parsePrediction(`const bit: number | "?" = "?"; // ${range}`)).toMatchObject({
      unit: range,
      start: 0,
    });
  });

  test("reads a number and what it counts", () => {
    expect(parsePrediction("const many = 1_500; // of a hundred\n")).toEqual({
      name: "many",
      kind: "number",
      guess: 1500,
      options: [],
      unit: "of a hundred",
      start: 0,
    });
    expect(parsePrediction("const w = -0.5;")).toMatchObject({ guess: -0.5, unit: "" });
    expect(parsePrediction("const rate = 1e-5;")).toMatchObject({ guess: 1e-5 });
  });

  test("reads a text without options", () => {
    expect(parsePrediction('const letter = "e"; // a letter')).toMatchObject({
      kind: "text",
      guess: "e",
      unit: "a letter",
    });
  });

  test.each(["let a = 1;", "const a = f(1);", "const a = 1;\nconst b = 2;", "const a = [1];", ""])(
    "is null for another form: %j",
    (source) => {
      expect(parsePrediction(source)).toBeNull();
    },
  );
});

describe("withGuess()", () => {
  test("changes the value and nothing else", () => {
    const source = 'const slowest = "?"; // "low" or "high"';
    expect(withGuess(source, "high")).toBe('const slowest = "high"; // "low" or "high"');
    expect(withGuess("const n: number = 0; // of ten", 7)).toBe("const n: number = 7; // of ten");
  });

  test("takes a guess away, and tells that a number was wanted", () => {
    const open = 'const n: number | "?" = "?"; // of ten';
    expect(withGuess(withGuess(open, 7), null)).toBe(open);
    expect(withGuess("const n = 7; // of ten", null)).toBe(open);
    expect(withGuess('const w = "up"; // "up" or "down"', null)).toBe(
      'const w = "?"; // "up" or "down"',
    );
  });

  test("what was written is read back", () => {
    for (const guess of [0, -2.5, 1e-7, 12_000]) {
      expect(parsePrediction(withGuess("const n = 0;", guess))?.guess).toBe(guess);
    }
    expect(parsePrediction(withGuess('const t = "?";', 'say "so" \\'))?.guess).toBe('say "so" \\');
  });

  test("refuses a text that is no prediction", () => {
    expect(() => withGuess("let a = 1;", 2)).toThrow('"let a = 1;" - wanted const name = value;');
  });
});

test("withoutGuess() opens a guess, and leaves every other cell as it is", () => {
  const cell = (source: string, tag: string): Cell => ({
    id: "guess" as CellId,
    type: "code",
    source,
    metadata: { tags: [tag] },
  });
  expect(withoutGuess(cell("const n = 7;", "predict")).source).toBe('const n: number | "?" = "?";');
  for (const other of [cell("const n = 7;", "setup"), cell("f(7);", "predict")]) {
    expect(withoutGuess(other)).toBe(other);
  }
});

describe("guessesBefore()", () => {
  const notebook: Notebook = { metadata: {}, cells: lessonCells };
  const [guess, run] = ["guess" as CellId, "run" as CellId];
  const idsFor = (first: CellId, source?: string) => {
    const runtime =
      source === undefined
        ? openRuntime()
        : transitionAll(openRuntime(), [
            {
              kind: "started",
              cell: guess,
              run: 1 as RunId,
              executionCount: 1,
              names: null,
              source,
            },
          ]);
    return guessesBefore(notebook, runtime, first).map(({ id }) => id);
  };

  test("are those above a cell that the kernel does not know as they stand", () => {
    expect(idsFor(run)).toEqual(["guess"]);
    expect(idsFor(run, 'const which = "left"; // "left" or "right"')).toEqual(["guess"]);
    expect(idsFor(run, lessonCells[2]?.source)).toEqual([]);
  });

  test("are none for a cell above them, or one that is not there", () => {
    expect(idsFor("setup" as CellId)).toEqual([]);
    expect(idsFor("gone" as CellId)).toEqual([]);
  });
});
