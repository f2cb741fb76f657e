import { describe, expect, test } from "vitest";
import { mapFrames, parseFrames } from "../../../kernel/compile/frames.ts";
import { plainMessage } from "../../../kernel/compile/woven.ts";
import type { CellId, RunId } from "../../../kernel/protocol.ts";
import { createNotebook } from "./notebook.ts";

/** What a failing run says: the mapped frames as `function line:column`, and the message. */
async function failure(...cells: string[]): Promise<{ frames: string[]; message: string }> {
  const notebook = createNotebook({ modules: { there: {} } });
  for (const cell of cells) {
    try {
      await notebook.run(cell);
    } catch (error) {
      if (!(error instanceof Error) || error.stack === undefined) throw error;
      const frames = mapFrames(parseFrames(error.stack), (_cell, run) => notebook.maps.get(run));
      return {
        frames: frames.map(
          ({ function: name, cell: id, line, column }) => `${name ?? "-"} ${id} ${line}:${column}`,
        ),
        message: plainMessage(error.message),
      };
    }
  }
  throw new Error("nothing failed");
}

describe("a run-time error points into the cell's own text", () => {
  test("through erased types and comments", async () => {
    const source = `interface P { x: number }
type Q = P | null;

const boom = (p: Q): number => {
  const y: number = 1;
  // here
  return p!.x + y;
};
function wrap(p: Q): number { return boom(p); }
wrap(null);`;
    expect(await failure(source)).toEqual({
      frames: ["boom cell-1 7:13", "wrap cell-1 9:38", "- cell-1 10:1"],
      message: "Cannot read properties of null (reading 'x')",
    });
  });

  test("across cells", async () => {
    const { frames } = await failure(
      'type T = 1;\nexport function fail(): never {\n  throw new Error("no");\n}',
      "const x: number = 1;\nfail();",
    );
    expect(frames).toEqual(["fail cell-1 3:9", "- cell-2 2:1"]);
  });

  test("in a listener without a name, which V8 calls by the class of its target", async () => {
    const { frames } = await failure(`let thrown: unknown;
const thing = new (class Thing { run(f: () => void) { try { f.call(this); } catch (e) { thrown = e; } } })();
thing.run(function () { throw new Error("no"); });
throw thrown;`);
    expect(frames).toEqual(["- cell-1 3:31", "Thing.run cell-1 2:63", "- cell-1 3:7"]);
  });

  test("in a field and in a static block, which have no name of their own", async () => {
    const field = await failure("class A {\n  v = (null as any).x;\n}\nnew A();");
    expect(field.frames.at(0)).toBe("- cell-1 2:21");
    const block = await failure('class A {\n  static { throw new Error("no"); }\n}');
    expect(block.frames.at(0)).toBe("- cell-1 2:18");
  });

  test("after an await", async () => {
    const { frames } = await failure(
      'async function later(): Promise<void> {\n  await null;\n  throw new Error("late");\n}\nawait later();',
    );
    expect(frames).toEqual(["later cell-1 3:9", "- cell-1 5:1"]);
  });

  test("in constructors, methods, callbacks and getters", async () => {
    const { frames } = await failure(`class A<T> {
  constructor(private t: T) { if (!t) throw new Error("bad"); }
  static make() { return [1].map((x: number) => new A<number>(0)); }
  get g(): unknown { return A.make(); }
}
new A(1).g;`);
    expect(frames).toEqual([
      "new A cell-1 2:45",
      "- cell-1 3:49",
      "A.make cell-1 3:30",
      "get g cell-1 4:31",
      "- cell-1 6:10",
    ]);
  });

  test("after text beyond ASCII, in UTF-16 columns", async () => {
    const { frames } = await failure('const s = "日本語𝒳", t: any = null; t.é');
    expect(frames).toEqual(["- cell-1 1:37"]);
  });

  test("in a loop with guards", async () => {
    const { frames } = await failure(
      "for (const v of [1, 2]) {\n  const w: number = v;\n  throw new TypeError(`t${w}`);\n}",
    );
    expect(frames).toEqual(["- cell-1 3:9"]);
  });

  test("at an import that fails, hoisted or not", async () => {
    const { frames } = await failure('const q = 1;\nimport { zz } from "there";\nq');
    expect(frames).toEqual(["- cell-1 2:1"]);
  });

  test("in the cell's result, also as Firefox says it: where its statement begins", async () => {
    const { frames } = await failure("const rate = 1;\nrat * 2");
    expect(frames).toEqual(["- cell-1 2:1"]);
    const notebook = createNotebook();
    await notebook.run("const rate = 1;\nrate * 2");
    const raw = { function: null, cell: "cell-1" as CellId, run: 1 as RunId, line: 2, column: 1 };
    const [frame] = mapFrames([raw], (_, run) => notebook.maps.get(run));
    expect(frame).toMatchObject({ line: 2, column: 1 });
  });

  test("in a cell that is an object", async () => {
    const { frames } = await failure("{ a: 1, b: (null as any).c }");
    expect(frames).toEqual(["- cell-1 1:26"]);
  });

  test("in JSX", async () => {
    const { frames } = await failure("const h = 1, el: any = {};\n  <b x={el.a.b} />;");
    expect(frames).toEqual(["- cell-1 2:14"]);
  });
});

describe("parseFrames()", () => {
  test("reads V8 and leaves frames of others out", () => {
    const stack = `TypeError: cell://fake
    at undefinedName (/kernel/scope.ts:74:19)
    at boom (cell://cell-7#3:4:12)
    at Object.wrap [as v] (cell://cell-7#3:6:22)
    at new Foo (cell://cell-8#4:6:2)
    at Array.map (<anonymous>)
    at cell://cell-8#4:7:1
    at async $cell (cell://cell-8#4:8:21)
    at eval (cell://cell-8#4:9:3)`;
    expect(parseFrames(stack).map((f) => [f.function, f.cell, f.run, f.line, f.column])).toEqual([
      ["boom", "cell-7", 3, 4, 12],
      ["wrap", "cell-7", 3, 6, 22],
      ["new Foo", "cell-8", 4, 6, 2],
      [null, "cell-8", 4, 7, 1],
      [null, "cell-8", 4, 8, 21],
      [null, "cell-8", 4, 9, 3],
    ]);
  });

  test("reads Firefox and leaves frames of others out", () => {
    const stack = `boom@cell://cell-7#3:3:3
$cell/make/<@cell://cell-7#3:8:62
$cell/outer/inner@cell://cell-7#3:8:16
get g@cell://cell-7#3:2:9
@cell://cell-7#3:1:1
async*$cell@cell://cell-8#4:6:28
run@data:text/javascript,kernel:5:27
`;
    expect(parseFrames(stack).map((f) => [f.function, f.cell, f.run, f.line, f.column])).toEqual([
      ["boom", "cell-7", 3, 3, 3],
      [null, "cell-7", 3, 8, 62],
      ["inner", "cell-7", 3, 8, 16],
      ["get g", "cell-7", 3, 2, 9],
      [null, "cell-7", 3, 1, 1],
      [null, "cell-8", 4, 6, 28],
    ]);
  });

  test("both formats lead to the same line of the cell", async () => {
    const notebook = createNotebook();
    const source = "type A = 1;\n\nfunction f(a: any): A {\n  return a.b.c;\n}\nf({});";
    const error = await notebook.run(source).catch((reason: unknown) => reason);
    const frames = parseFrames((error as Error).stack ?? "");
    const firefox = frames
      .map(
        ({ function: name, cell, run, line, column }) =>
          `${name ?? "$cell"}@cell://${cell}#${run}:${line}:${column}`,
      )
      .join("\n");
    expect(parseFrames(firefox)).toEqual(frames);
    const mapped = mapFrames(parseFrames(firefox), (_cell, run) => notebook.maps.get(run));
    expect(mapped.map(({ line, column }) => [line, column])).toEqual([
      [4, 14],
      [6, 1],
    ]);
  });

  test("finds nothing in text that is no stack", () => {
    expect(parseFrames("")).toEqual([]);
    expect(parseFrames("Error: at cell://x")).toEqual([]);
  });
});

describe("mapFrames()", () => {
  test("leaves out runs it has no map of", () => {
    const frames = parseFrames("    at f (cell://gone#9:1:1)");
    expect(frames).toHaveLength(1);
    expect(mapFrames(frames, () => undefined)).toEqual([]);
  });
});

test("what was waited for is spelled as the cell has it, at its place", async () => {
  expect(await failure("const one = 1;\n(await null)();")).toEqual({
    frames: ["- cell-1 2:8"],
    message: "await (...) is not a function",
  });
});

describe("plainMessage()", () => {
  test.each([
    ["(0 , $f$.v) is not a function", "f is not a function"],
    ["(0, $f$.v) is not a function", "f is not a function"],
    ["$x$.v.foo is not a function", "x.foo is not a function"],
    [
      'can\'t access property "bar", $x$.v.foo is undefined',
      'can\'t access property "bar", x.foo is undefined',
    ],
    [
      "Cannot destructure property 'a' of '$o$.v' as it is undefined.",
      "Cannot destructure property 'a' of 'o' as it is undefined.",
    ],
    ["$été$.v is not iterable", "été is not iterable"],
    ["it costs $5.v", "it costs $5.v"],
    [
      'can\'t access property "x", (void 0) is undefined',
      'can\'t access property "x", undefined is undefined',
    ],
    ["(void 0) is not iterable", "undefined is not iterable"],
    ["$k.back(...) is not a function", "await (...) is not a function"],
    ["() => ($f[0]!==0&&$k.slow(),1) could not be cloned.", "A function could not be cloned."],
  ])("turns %s into %s", (message, plain) => {
    expect(plainMessage(message)).toBe(plain);
  });

  test("is what a learner sees of a call that fails", async () => {
    expect((await failure("let x: any = 5; x();")).message).toBe("x is not a function");
    expect((await failure("let o: any; const { a } = o;")).message).not.toContain("$");
    expect((await failure("let o: any = 1; new o();")).message).toBe("o is not a constructor");
  });
});
