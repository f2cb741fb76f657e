import { expect, test } from "vitest";
import { readNotebook, textOf } from "../../../app/ui/notebook-file.ts";

const file = (name: string, bytes: Uint8Array<ArrayBuffer>) => new File([bytes], name);

test("textOf() refuses bytes that are not UTF-8 rather than replacing them", async () => {
  const latin = file("cours.ts", Uint8Array.of(0x2f, 0x2f, 0x20, 0xe9));
  await expect(textOf(latin)).rejects.toThrow(
    '"cours.ts" is not UTF-8 text, so it cannot be opened here. Save it as UTF-8 first.',
  );
});

test("textOf() reads the UTF-16 that PowerShell writes", async () => {
  const text = "// %%\nconst é = 1\n";
  const units = Uint16Array.from(`\uFEFF${text}`, (unit) => unit.charCodeAt(0));
  expect(await textOf(file("a.ts", new Uint8Array(units.buffer)))).toBe(text);
});

test("readNotebook() titles a notebook by its file where it has no title", () => {
  expect(readNotebook("my.notes.ts", "// %%\n1\n").notebook.metadata["title"]).toBe("my.notes");
  const own = "// ---\n// title: Own\n// ---\n\n// %%\n1\n";
  expect(readNotebook("my.notes.ts", own).notebook.metadata["title"]).toBe("Own");
});

test("readNotebook() goes by the name's ending, and refuses others", () => {
  const [cell] = readNotebook(
    "A.IPYNB",
    '{"cells":[{"cell_type":"code","id":"a","metadata":{},"source":"1","outputs":[],"execution_count":null}],"metadata":{},"nbformat":4,"nbformat_minor":5}',
  ).notebook.cells;
  expect(cell?.source).toBe("1");
  expect(() => readNotebook("a.py", "")).toThrow('"a.py" is neither an .ipynb nor a .ts file');
});
