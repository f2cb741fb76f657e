import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { broken, checkBoundaries, importsOf } from "./boundaries.mjs";

describe("the import boundaries", () => {
  it("hold in the whole tree, of which more than 50 modules were seen", () => {
    const result = checkBoundaries(join(import.meta.dirname, ".."));
    expect(result.violations).toEqual([]);
    expect(result.modules).toBeGreaterThan(50);
  });

  it.each([
    ["kernel/tensor/tensor.ts", "../run/display.ts"],
    ["kernel/tensor/tensor.ts", "acorn"],
    ["kernel/run/session.ts", "../../app/notebook/document.ts"],
    ["app/notebook/edits.ts", "../ui/store.ts"],
    ["app/outputs/figure.ts", "../editor/monaco.ts"],
    ["app/ui/cell.tsx", "monaco-editor/editor"],
    ["app/storage/autosave.ts", "../session/compiler.ts"],
    ["kernel/plot/live.ts", "../run/session.ts"],
    ["kernel/run/kernel.ts", "@jax-js/jax"],
  ])("%s must not import %s", (from, specifier) => {
    expect(broken(from, specifier)).toMatch(/./);
  });

  it.each([
    ["kernel/tensor/ops/matmul.ts", "../shape.ts"],
    ["kernel/plot/live.ts", "../run/surface.ts"],
    ["app/notebook/runtime.ts", "../../kernel/hosts/notices.ts"],
    ["app/editor/monaco.ts", "monaco-editor/editor"],
    ["app/main.tsx", "./ui/store.ts"],
  ])("%s may import %s", (from, specifier) => {
    expect(broken(from, specifier)).toBeNull();
  });

  it("sees static, re-exporting, dynamic and type imports", () => {
    const text = `import a from "./a.ts"; export * from "./b.ts"; await import("./c.ts"); type D = import("./d.ts").D;`;
    expect(importsOf(text)).toEqual(["./a.ts", "./b.ts", "./c.ts", "./d.ts"]);
  });
});
