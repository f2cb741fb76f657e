/** Every notebook passes TypeScript under the options of cells, shapes included. */
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { parsePercent } from "../../app/formats/percent.ts";
import { runsWithAll } from "../../app/notebook/roles.ts";
import { createChecker } from "../types/checker.ts";
import { readNotebook } from "./run-notebook.ts";

const files = readdirSync(new URL("../../notebooks/", import.meta.url)).filter((file) =>
  file.endsWith(".ts"),
);

/**
 * One module of all cells that run: the imports first, then each cell in a block inside the one
 * before, so that a name of a later cell hides the earlier one of that name.
 */
function moduleOf(file: string): string {
  const imported = new Set<string>();
  const blocks = parsePercent(readNotebook(file))
    .notebook.cells.filter(runsWithAll)
    .map(({ source }) =>
      source.replaceAll(/^import (type )?\{([^}]*)\} from "descent";$/gm, (_, type, names) => {
        for (const name of String(names).split(","))
          if (name.trim() !== "")
            imported.add(type === undefined ? name.trim() : `type ${name.trim()}`);
        return "";
      }),
    );
  const head = `import { ${[...imported].join(", ")} } from "descent";`;
  return `${head}\n{\n${blocks.join("\n{\n")}\n${"}".repeat(blocks.length)}`;
}

const texts = new Map(files.map((file) => [file, moduleOf(file)]));
const checker = createChecker(undefined, [...texts.values()]);

test.each([...texts])("%s has nothing to underline", (_, text) => {
  expect(checker.diagnostics(text)).toEqual([]);
});

test("a wrong shape in a later cell is found", () => {
  const [text = ""] = texts.values();
  const wrong = text.replace(/\}+$/, (ends) => `F.mse(lineOf(model), "two");\n${ends}`);
  expect(checker.diagnostics(wrong)).toHaveLength(1);
});
