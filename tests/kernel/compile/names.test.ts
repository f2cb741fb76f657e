import { describe, expect, test } from "vitest";
import { createNotebook } from "./notebook.ts";

async function last(...cells: string[]): Promise<unknown> {
  const notebook = createNotebook();
  let value: unknown;
  for (const cell of cells) value = await notebook.run(cell);
  return value;
}

describe("names across cells", () => {
  test("a const is read by a later cell", async () => {
    expect(await last("const x: number = 41", "x + 1")).toBe(42);
  });

  test("a const may be redefined by another cell, with another type", async () => {
    expect(await last("const x = 1", "const x = 'one'", "x")).toBe("one");
  });

  test("a cell may be run again", async () => {
    expect(await last("let n = 0; class A {}", "n++", "let n = 0; class A {}", "n")).toBe(0);
  });

  test("a let is assigned by another cell", async () => {
    expect(await last("let x = 1", "x += 2; x *= 3", "x")).toBe(9);
  });

  test("a const of another cell may be assigned: any cell may redefine it", async () => {
    expect(await last("const x = 1", "x = 2", "x")).toBe(2);
  });

  test("functions see a later redefinition of what they read", async () => {
    expect(
      await last("let k = 2; const twice = (n: number) => n * k", "let k = 3", "twice(5)"),
    ).toBe(15);
  });

  test("functions see a later redefinition of a function they call", async () => {
    expect(
      await last(
        "function a() { return b() } function b() { return 1 }",
        "function b() { return 2 }",
        "a()",
      ),
    ).toBe(2);
  });

  test("a name nobody defined is refused by name", async () => {
    await expect(last("nothing + 1")).rejects.toThrow(
      "nothing is not defined (run the cell that defines it first)",
    );
  });

  test("assigning a name nobody defined is refused", async () => {
    await expect(last("totl = 1")).rejects.toThrow("totl is not defined");
  });

  test("typeof of a name nobody defined is undefined", async () => {
    expect(await last("typeof nothing")).toBe("undefined");
    expect(await last("const x = 1", "typeof x")).toBe("number");
  });

  test("globals are read where no cell defines the name", async () => {
    expect(await last("typeof setTimeout + typeof globalThis")).toBe("functionobject");
  });

  test("a built-in that a cell redefines is the cell's in later cells", async () => {
    expect(await last("Math.max(1, 2)", "const Math = { max: () => 7 }", "Math.max(1, 2)")).toBe(7);
  });
});
