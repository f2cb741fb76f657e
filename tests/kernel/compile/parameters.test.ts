import { describe, expect, test } from "vitest";
import { parametersOf, withParameters } from "../../../kernel/compile/parameters.ts";

const cell = `// The settings.
const lr: number = 1e-2, epochs = 20; // how long
let name = "digits" as const
type T = { lr: number };
const sizes: Map<string, number> = new Map([["lr", 3]]), on: boolean = true;
var deep = { lr: [1, 2] }
function f(lr = 7) { const epochs = lr; return epochs; }
for (const i of [1, 2]) { let name = i; }
const g = (x: number): number => x;
let later, last = \`\${lr} \${"}"}\`;
`;
const replaced = (values: Record<string, string>) =>
  withParameters(cell, new Map(Object.entries(values)));

describe("parametersOf()", () => {
  test("finds what a cell declares at its top level with a value, and where the value stands", () => {
    const found = parametersOf(cell).map(({ name, start, end }) => [name, cell.slice(start, end)]);
    expect(found).toEqual([
      ["lr", "1e-2"],
      ["epochs", "20"],
      ["name", '"digits"'],
      ["sizes", 'new Map([["lr", 3]])'],
      ["on", "true"],
      ["deep", "{ lr: [1, 2] }"],
      ["last", '`${lr} ${"}"}`'],
    ]);
  });
});

describe("withParameters()", () => {
  test("replaces values and nothing else", () => {
    expect(replaced({ lr: "0.5", epochs: "3", name: "fashion", on: "false" })).toBe(
      cell
        .replace("1e-2", "0.5")
        .replace("= 20", "= 3")
        .replace('"digits"', '"fashion"')
        .replace("boolean = true", "boolean = false"),
    );
  });

  test("keeps a text a text, and takes JSON for anything else", () => {
    expect(replaced({ name: "42" })).toContain('let name = "42" as const');
    expect(replaced({ deep: '{"lr": [9]}' })).toContain('var deep = {"lr": [9]}\n');
    expect(replaced({ deep: "none" })).toContain('var deep = "none"\n');
    expect(replaced({ lr: "-.5e3" })).toContain("lr: number = -.5e3,");
    expect(replaced({ epochs: "1_000" })).toContain("epochs = 1_000;");
  });

  test("replaces a name that stands as a value, and keeps a bigint one", () => {
    const source = "const rate = DEFAULT, none = undefined;\nlet big = 1_0n;";
    const values = { rate: "0.5", none: "[1]", big: "20" };
    expect(withParameters(source, new Map(Object.entries(values)))).toBe(
      "const rate = 0.5, none = [1];\nlet big = 20n;",
    );
    expect(withParameters(source, new Map([["big", "-7n"]]))).toContain("big = -7n;");
    expect(() => withParameters(source, new Map([["big", "1.5"]]))).toThrow(
      '"big" is 1_0n - wanted a bigint, got "1.5"',
    );
  });

  test("names what there is, or what was probably meant", () => {
    expect(() => replaced({ epoch: "1" })).toThrow(
      'there is no parameter "epoch" - did you mean epochs?',
    );
    expect(() => withParameters("const a = 1; let b = 2;", new Map([["zzz", "1"]]))).toThrow(
      'there is no parameter "zzz" - there are a, b',
    );
    expect(() => withParameters("f();", new Map([["x", "1"]]))).toThrow("there are none");
  });

  test("refuses a value of another kind", () => {
    expect(() => replaced({ lr: "fast" })).toThrow('"lr" is 1e-2 - wanted a number, got "fast"');
    expect(() => replaced({ on: "1" })).toThrow('"on" is true - wanted a boolean, got "1"');
  });
});
