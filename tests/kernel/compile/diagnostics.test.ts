import { describe, expect, test } from "vitest";
import { utf16Column } from "../../../kernel/compile/diagnostics.ts";
import type { CellError } from "../../../kernel/protocol.ts";
import { createNotebook, Refused } from "./notebook.ts";

async function refusal(source: string): Promise<CellError> {
  try {
    await createNotebook().compile(source);
  } catch (error) {
    if (error instanceof Refused) return error.error;
    throw error;
  }
  throw new Error(`compiled: ${source}`);
}

type Row = readonly [source: string, message: string, place: string, culprit: string];

const rows: readonly Row[] = [
  ["let a = 1;\nlet b = a +;", 'Unexpected ";"', "2:12", ";"],
  ['let é = "ü"; let b = a +;', 'Unexpected ";"', "1:25", ";"],
  ['let s = "日本語𝒳"; let bé = * 2', 'Unexpected "*"', "1:27", "*"],
  ["let a = 1 let b = 2", 'Expected ";" but found "let"', "1:11", "let"],
  ["f(1, 2", 'Expected ")" but found end of the cell', "1:7", ""],
  ["if (x) {\n  y\n", "Unexpected end of the cell", "3:1", ""],
  ["const été = 1;\nconst été = 2;", 'The symbol "été" has already been declared', "2:7", "été"],
  ["function f() {} function f() {}", 'The symbol "f" has already been declared', "1:26", "f"],
  ["const s = 'open", "Unterminated string literal", "1:16", ""],
  ["/* open", 'Expected "*/" to terminate multi-line comment', "1:8", ""],
  ["with (a) {}", "With statements cannot be used in a cell", "1:1", "with"],
  [
    "let n: number = 5;\n  return n;",
    "return: a cell is not a function, so there is nothing to return from",
    "2:3",
    "return",
  ],
  [
    "for (const x of [1]) { if (x) return }",
    "return: a cell is not a function, so there is nothing to return from",
    "1:31",
    "return",
  ],
  [
    "type T = 1;\nconst u: T = import.meta.url",
    "import.meta: a cell is not a file, so it has no address of its own",
    "2:14",
    "import.meta",
  ],
  ["const k: number = 1;\n/* é */ k = 2;", "k = ...: k is a const and keeps its value", "2:9", "k"],
  ["const k = 1; function f() { k++ }", "k = ...: k is a const and keeps its value", "1:29", "k"],
  ["const k = 1; [k] = [2]", "k = ...: k is a const and keeps its value", "1:15", "k"],
  ["const k = 1; for (k of [2]) ;", "k = ...: k is a const and keeps its value", "1:19", "k"],
  ["const r: RegExp = /(/;", "Invalid regular expression: /(/: Unterminated group", "1:19", ""],
  ["/a/zz", 'Unexpected "z"', "1:4", ""],
  ["break", 'Cannot use "break" here', "1:1", ""],
  ["await = 1", 'Unexpected "="', "1:7", "="],
  [
    "function f() { await g() }",
    '"await" can only be used inside an "async" function',
    "1:16",
    "await",
  ],
  [
    "const d = <div a={x}>hi</p>;",
    'Unexpected closing "p" tag does not match opening "div" tag',
    "1:26",
    "p",
  ],
];

describe("a cell that does not compile", () => {
  test.each(rows)("%s", async (source, message, place, culprit) => {
    const error = await refusal(source);
    const [frame] = error.frames;
    expect(error).toMatchObject({ kind: "syntax", name: "SyntaxError", message });
    expect(`${frame?.line}:${frame?.column}`).toBe(place);
    const line = source.split("\n")[(frame?.line ?? 0) - 1] ?? "";
    const start = (frame?.column ?? 1) - 1;
    expect(line.slice(start, start + (error.length ?? 0))).toBe(culprit);
  });

  test.each([
    ["f(1, 2", "Something before this is unfinished: a bracket, brace or quote, or an operator"],
    [
      "const a = 1;\n\nlet a = 2;",
      "a is declared in line 1: leave out one of them, or assign with a = ...",
    ],
    ["const k = 1; k = 2", "Write let k where it is defined to assign it again"],
    ["function f() { await g() }", "Write async before the function; a cell itself may await"],
    ["return 5", "End the cell with the value itself to show it"],
    ["let x = 1 let y = 2", "A line break, an operator or a semicolon is missing before this"],
    ["f(“hello”)", "Use straight quotes: \" or '"],
    ["const s = 'open", "Close it with the same mark it opens with"],
    ["{ a: 1, b: 2 };", "To show an object, put it in parentheses: ({ a: 1 })"],
  ])("%s: %s", async (source, hint) => {
    expect((await refusal(source)).hint).toBe(hint);
  });

  test("because it nests too deeply says so", async () => {
    const chain = `1${"+1".repeat(30_000)}`;
    expect((await refusal(chain)).message).toBe(
      "Brackets or operators nest too deeply to be compiled",
    );
  });

  test("leaves the next one alone", async () => {
    const notebook = createNotebook();
    await expect(notebook.run("let = ;")).rejects.toThrow(Refused);
    expect(await notebook.run("1 + 1")).toBe(2);
  });
});

describe("utf16Column()", () => {
  test.each([
    ["abc", 2, 2],
    ["é = 1", 2, 1],
    ["日本", 3, 1],
    ["𝒳y", 4, 2],
    ["ab", 9, 2],
  ])("of %s at byte %i is %i", (line, bytes, column) => {
    expect(utf16Column(line, bytes)).toBe(column);
  });
});
