import { describe, expect, test } from "vitest";
import type { CompileRequest } from "../../../kernel/compile/compiler.ts";
import { createCompiler } from "../../../kernel/compile/index.ts";
import type { Transform } from "../../../kernel/compile/strip-types.ts";
import type { CellId, RunId } from "../../../kernel/protocol.ts";
import { createNotebook, transformOnce } from "./notebook.ts";

function counting(): { transform: Transform; count: () => number } {
  let count = 0;
  return {
    transform: (text, options) => {
      count += 1;
      return transformOnce(text, options);
    },
    count: () => count,
  };
}

function request(source: string, rest: Partial<CompileRequest> = {}): CompileRequest {
  return { cell: "a" as CellId, run: 1 as RunId, source, guard: "plain", ...rest };
}

describe("createCompiler()", () => {
  test("strips the types of one source once, whichever cell and run it is for", async () => {
    const { transform, count } = counting();
    const compiler = createCompiler(transform);
    await compiler.compile(request("let x: number = 1"));
    const again = await compiler.compile(
      request("let x: number = 1", { cell: "b" as CellId, run: 2 as RunId }),
    );
    expect(count()).toBe(1);
    expect(again).toMatchObject({
      ok: true,
      cell: {
        names: { defines: ["x"] },
        code: expect.stringMatching(/\n\/\/# sourceURL=cell:\/\/b#2$/) as string,
      },
    });
  });

  test("keeps the code of guards apart", async () => {
    const compiler = createCompiler(transformOnce);
    const plain = await compiler.compile(request("for (;;) {}"));
    const atomic = await compiler.compile(request("for (;;) {}", { guard: "atomic" }));
    expect(plain.ok && plain.cell.code).not.toContain("Atomics");
    expect(atomic.ok && atomic.cell.code).toContain("Atomics.load");
  });

  test("compiles again what reads a built-in that has been redefined", async () => {
    const compiler = createCompiler(transformOnce);
    const source = "Math.abs(-1)";
    const before = await compiler.compile(request(source));
    await compiler.compile(request("const Math = { abs: () => 'mine' }"));
    const after = await compiler.compile(request(source));
    expect(before).toMatchObject({ cell: { names: { uses: [] } } });
    expect(after).toMatchObject({ cell: { names: { uses: ["Math"] } } });
  });

  test("carries the map and the cell's own text for developer tools", async () => {
    const source = 'const é: string = "日本";';
    const result = await createCompiler(transformOnce).compile(request(source));
    if (!result.ok) throw new Error(result.error.message);
    const data = /sourceMappingURL=data:application\/json;base64,(\S+)/.exec(result.cell.code)?.[1];
    const text = Buffer.from(data ?? "", "base64").toString("utf8");
    expect(text).toBe(result.cell.map);
    expect(JSON.parse(text)).toMatchObject({
      version: 3,
      sources: ["cell://a"],
      sourcesContent: [source],
    });
  });

  test("compiles many cells at once", async () => {
    const compiler = createCompiler(transformOnce);
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, i) => compiler.compile(request(`const x${i}: number = ${i}`))),
    );
    expect(results.map((result) => result.ok && result.cell.names.defines[0])).toEqual(
      Array.from({ length: 20 }, (_, i) => `x${i}`),
    );
  });

  test("rejects when esbuild itself fails, and recovers", async () => {
    let fails = true;
    const compiler = createCompiler((text, options) =>
      fails ? Promise.reject(new Error("the service was stopped")) : transformOnce(text, options),
    );
    await expect(compiler.compile(request("1"))).rejects.toThrow("the service was stopped");
    fails = false;
    expect(await compiler.compile(request("1"))).toMatchObject({ ok: true });
  });
});

test("a cell may begin as a script for a shell does", async () => {
  expect(await createNotebook().run("#!/usr/bin/env node\n6 * 7")).toBe(42);
});
