/** Errors of cells as a reader sees them, at the right line. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browsers, type Reader, run, shows } from "./readers.ts";

interface Case {
  readonly source: string;
  readonly says: readonly (string | RegExp)[];
  /** What of the line is marked; left out where engines differ. */
  readonly marked?: string;
  /** The line that the card points at; null: none. Left out where it depends on where the stack ends. */
  readonly line?: number | null;
}

/** `broken` is defined by the cell above. */
const failing: Readonly<Record<string, Case>> = {
  "an error of the text": {
    source: "const fine = 1;\nlet b = fine +;",
    says: ["Syntax", "Unexpected"],
    line: 2,
  },
  "an error below types and comments": {
    source:
      "interface Point {\n  x: number;\n}\n/* a\n comment */\nconst p = null as unknown as Point;\nconst é = p.x;",
    says: ["TypeError", "null"],
    line: 7,
  },
  "a name that nobody defines": {
    source: "const learningRate = 1;\nlearningRat * 2",
    says: ["learningRat is not defined", "Did you mean learningRate?"],
    marked: "learningRat",
    line: 2,
  },
  "an error of another cell's function": {
    source: "\n\nbroken(2)",
    says: ["too far: 2", /Called from 1 place/],
    line: 2,
  },
  "an error after an await": {
    source:
      'await null;\nawait new Promise((go) => setTimeout(go, 1));\nthrow new RangeError("after");',
    says: ["RangeError", "after"],
    line: 3,
  },
  "an error of an async function, awaited": {
    source:
      'async function load() {\n  await null;\n  throw new Error("inside");\n}\nawait load();',
    says: ["inside"],
    line: 3,
  },
  "an error in a callback": {
    source: '[3, 1].sort(() => {\n  throw new Error("in the callback");\n});',
    says: ["in the callback"],
    line: 2,
  },
  "an error in a class": {
    source:
      'class Net {\n  forward() {\n    throw new Error("no weights");\n  }\n}\nnew Net().forward();',
    says: ["no weights"],
    line: 3,
  },
  "a text that is thrown": { source: 'throw "just words";', says: ["just words"], line: null },
  "an object that is thrown": { source: "throw { code: 7 };", says: ["{ code: 7 }"], line: null },
  "nothing that is thrown": { source: "throw undefined;", says: ["undefined"], line: null },
  "an error with causes": {
    source:
      'try {\n  JSON.parse("{");\n} catch (cause) {\n  throw new Error("the settings are broken", { cause });\n}',
    says: ["the settings are broken", /Caused by SyntaxError: /],
    line: 4,
  },
  "a recursion without end": {
    source: "function down(n: number): number {\n  return down(n + 1) + 1;\n}\ndown(0);",
    says: ["A function calls itself and never reaches an end."],
  },
  "a file that is not there": {
    source: 'import { files } from "descent";\n\nawait files.text("gone.csv");',
    says: ["gone.csv"],
    line: 3,
  },
  "a pattern that goes too deep": {
    source: '/(?:a|b)*c/.test("ab".repeat(1e7))',
    says: ["Something here nests deeper than there is room for"],
    line: 1,
  },
};

describe.each(browsers)("in $name", ({ path, isWhole, open }) => {
  describe.skipIf(!path || !isWhole)("(Firefox in a soak, where it is installed)", () => {
    let reader: Reader;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ reader, close } = await open());
    });
    afterAll(() => close());

    async function check(name: string, { says, line, marked }: Case): Promise<void> {
      for (const part of says) await shows(reader, 1, part);
      const at = await reader.text(".error-card .error-line .error-link");
      if (line !== undefined) expect(at, name).toBe(line === null ? null : String(line));
      if (marked !== undefined) expect(await reader.text(".error-line mark"), name).toBe(marked);
      const shown = await reader.output(1);
      expect(shown, name).not.toMatch(/kernel\.js|\$cell|\$k\b|\.v\b/);
    }

    it("every error stands in its cell, at its line, in the cell's own words", async () => {
      await reader.openNew();
      await reader.write(
        0,
        "function broken(n: number): never {\n  throw new RangeError(`too far: ${n}`);\n}",
      );
      await reader.start(0);
      await reader.ended(0, "ok");
      await reader.insertBelow(0);
      for (const [name, each] of Object.entries(failing)) {
        await reader.write(1, each.source);
        await reader.start(1);
        await shows(reader, 1, each.says[0] ?? "");
        await reader.ended(1, "error");
        await check(name, each);
      }
      expect(reader.takeErrors()).toEqual([]);
    });

    it("an error that a cell catches has the cell's own words, and lines", async () => {
      await reader.openNew();
      const shown = await run(
        reader,
        0,
        "interface Gone {\n  x: 1;\n}\nconst o: any = {};\nconst told = (e: any) => console.log(e.message, e.stack, e);\n" +
          "function broken() {\n  o.b();\n}\ntry {\n  broken();\n} catch (e) {\n  told(e);\n}\n" +
          "await (async () => broken())().catch(told);\n" +
          "try {\n  await (async () => broken())();\n} catch ({ message }) {\n  console.log(message);\n}",
      );
      expect(shown.match(/o\.b is not a function/g)?.length).toBeGreaterThanOrEqual(5);
      expect(shown).toMatch(/broken.*line 7, column \d/);
      expect(shown).toMatch(/line 10, column \d/);
      expect(shown).not.toMatch(/\$|kernel|cell:|data:/);
      expect(reader.takeErrors()).toEqual([]);
    });
  });
});
