import { describe, expect, test } from "vitest";
import { createNotebook, type TestNotebook } from "./notebook.ts";

function notebook(): TestNotebook {
  return createNotebook({
    modules: {
      descent: { zeros: (n: number) => Array<number>(n).fill(0), nn: { Linear: "linear" } },
      "descent/nn": { Linear: "linear" },
      d3: { default: "d3 itself", scale: (x: number) => x * 2, "odd name": 1 },
      side: {},
    },
  });
}

describe("imports", () => {
  test("named, renamed, default and namespace imports serve later cells", async () => {
    const n = notebook();
    await n.run(
      'import { zeros, nn as layers } from "descent"; import d, * as all from "d3"; import { scale } from "d3";',
    );
    expect(await n.run("[zeros(2), layers.Linear, d, all.scale(1), scale(2)]")).toEqual([
      [0, 0],
      "linear",
      "d3 itself",
      2,
      4,
    ]);
  });

  test("an import the cell itself does not use is kept", async () => {
    const n = notebook();
    await n.run('import * as d3 from "d3";');
    expect(await n.run("typeof d3")).toBe("object");
  });

  test("type imports vanish", async () => {
    const n = notebook();
    await n.run('import type { T } from "nowhere"; import { zeros, type Tensor } from "descent";');
    expect(await n.run("[typeof Tensor, typeof T, typeof zeros]")).toEqual([
      "undefined",
      "undefined",
      "function",
    ]);
  });

  test("an import below its first use is hoisted, in order", async () => {
    const n = notebook();
    expect(await n.run('const r = scale(4);\nimport { scale } from "d3";\nimport "side";\nr')).toBe(
      8,
    );
    const { code } = await n.compile('1;\nimport "a";\nimport "b";');
    expect(code.indexOf('"a"')).toBeLessThan(code.indexOf('"b"'));
    expect(code.indexOf('"b"')).toBeLessThan(code.indexOf("1;"));
  });

  test("a dynamic import goes the same way", async () => {
    expect(await notebook().run('(await import("d3")).scale(3)')).toBe(6);
  });

  test("an import may be redefined", async () => {
    const n = notebook();
    await n.run('import { zeros } from "descent";');
    await n.run("const zeros = 5;");
    expect(await n.run("zeros")).toBe(5);
  });

  test("a missing export is refused with both names", async () => {
    await expect(notebook().run('import { one } from "descent"')).rejects.toThrow(
      '"descent" has no one',
    );
  });

  test("a string export name is imported", async () => {
    const n = notebook();
    expect(await n.run('import { "odd name" as odd } from "d3"; odd')).toBe(1);
  });

  test("packages are the specifiers that are not built in, in order", async () => {
    const { packages } = await notebook().compile(
      'import "side"; import d from "d3"; import { x } from "descent"; import "descent/nn"; await import("late"); export * from "d3"; import type { T } from "types";',
    );
    expect(packages).toEqual(["side", "d3", "late"]);
  });

  test("assigning to an import of the same cell is refused", async () => {
    await expect(notebook().run('import { zeros } from "descent"; zeros = 1')).rejects.toThrow(
      "zeros = ...: zeros is imported and keeps its value",
    );
  });
});

describe("exports", () => {
  test("the word is ignored in front of declarations", async () => {
    const n = notebook();
    await n.run(
      "export const a = 1; export function f() { return a } export class C {} export { a as b };",
    );
    expect(await n.run("[a, f(), typeof C, typeof b]")).toEqual([1, 1, "function", "undefined"]);
  });

  test("a default expression is the cell's result", async () => {
    expect(await notebook().run("export default 2 + 3;")).toBe(5);
  });

  test("a default function keeps its name", async () => {
    const n = notebook();
    await n.run("export default function f() { return 4 }");
    expect(await n.run("f()")).toBe(4);
  });

  test("default declarations without a name do nothing", async () => {
    const n = notebook();
    expect(await n.run("export default function () {}")).toBe(undefined);
    expect(await n.run("export default class {}")).toBe(undefined);
  });

  test("a re-export only loads its module", async () => {
    expect(
      await notebook().run('export { scale } from "d3"; export * as all from "side"; typeof scale'),
    ).toBe("undefined");
  });
});
