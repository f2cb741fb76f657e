/** Errors that a cell's own code catches and prints: in its words, with no frame of ours. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type NotebookKernel, startNotebookKernel } from "./notebook-kernel.ts";

let kernel: NotebookKernel;
beforeAll(async () => {
  kernel = await startNotebookKernel();
});
afterAll(() => kernel[Symbol.asyncDispose]());

const wrong = "const o: any = {};\nconst f: any = 1;\n";

test.each([
  ["catch", "try { o.b() } catch (e) { console.log(e.message) }"],
  ["catch that takes the message", "try { o.b() } catch ({ message }) { console.log(message) }"],
  [
    "catch that takes parts by default",
    "try { o.b() } catch ({ message: [first], message = first }) { console.log(message) }",
  ],
  ["a failed await", "try { await (async () => o.b())() } catch (e) { console.log(e.message) }"],
  ["a callback of catch", "await (async () => o.b())().catch((e) => console.log(e.message))"],
  [
    "a callback of catch that is no function of the cell",
    "await (async () => o.b())().catch(console.log)",
  ],
  [
    "a second callback of then",
    "await (async () => o.b())().then(null, ({ message }) => console.log(message))",
  ],
  [
    "allSettled",
    "for (const r of await Promise.allSettled([(async () => o.b())()])) console.log(r.reason.message)",
  ],
  ["String(error)", "try { o.b() } catch (e) { console.log(String(e)) }"],
  ["an error printed whole", "try { o.b() } catch (e) { console.log(e) }"],
  ["an error shown", "try { o.b() } catch (e) { display(e) }"],
  [
    "a cause",
    "try { try { o.b() } catch (cause) { throw new Error('x', { cause }) } } catch (e) { console.log(e) }",
  ],
])("%s names what the cell names", async (_name, source) => {
  const { text, outputs, status } = await kernel.run(wrong + source);
  expect(status).toBe("ok");
  const shown = text + JSON.stringify(outputs);
  expect(shown).toContain("o.b is not a function");
  expect(shown).not.toContain("$");
});

test("what stands behind an error is named as the cell names it too", async () => {
  const { error } = await kernel.run(
    `${wrong}await Promise.any([(async () => o.b())(), (async () => f())()])`,
  );
  const said = (error?.causes ?? []).map(({ message }) => message);
  expect(said).toEqual(["o.b is not a function", "f is not a function"]);
});

test("error.stack has the cell's lines, as they are written, and none of ours", async () => {
  const { text } = await kernel.run(
    "interface Gone {\n  here: 1;\n}\nfunction thrower() {\n  throw new TypeError('told');\n}\n" +
      "try {\n  [1].map(() => thrower());\n} catch (e) {\n  console.log(e.stack);\n}",
    "here",
  );
  expect(text.split("\n")).toEqual([
    "TypeError: told",
    "    at thrower (line 5, column 9)",
    "    at line 8, column 17",
    "    at Array.map (<anonymous>)",
    "    at line 8, column 7",
    "",
  ]);
});

test("an error of another cell's function says that in its stack", async () => {
  await kernel.run("function far() {\n  throw new Error('far');\n}", "first");
  const { text } = await kernel.run("try { far() } catch (e) { console.log(e.stack) }", "second");
  expect(text).toBe(
    "Error: far\n    at far (another cell, line 2, column 9)\n    at line 1, column 7\n",
  );
});

test("what is thrown keeps its identity, its kind and its own words", async () => {
  const { result } = await kernel.run(`
    const own = Object.freeze(new Error("it costs $5.v"));
    const words = { message: "$o$.v" };
    const asked: string[] = [];
    class Lazy extends Error { get message() { asked.push("message"); return "$o$.v"; } }
    const refuses = new Proxy(new Error("$o$.v"), { getPrototypeOf() { throw 1; } });
    const same: unknown[] = [];
    for (const thrown of [own, words, "$o$.v", null, undefined, 7n, new Lazy(), refuses]) {
      try { throw thrown } catch (e) { same.push(e === thrown) }
      await Promise.reject(thrown).catch((e) => same.push(e === thrown));
    }
    [same.every(Boolean), same.length, own.message, words.message, asked.length].join()`);
  expect(result).toBe('"true,16,it costs $5.v,$o$.v,0"');
});

test("a promise's own method passes for the platform's", async () => {
  const { result } = await kernel.run(
    "[String(Promise.prototype.then).includes('[native code]'), Promise.prototype.then.length, Promise.prototype.then.name].join()",
  );
  expect(result).toBe('"true,2,then"');
});
