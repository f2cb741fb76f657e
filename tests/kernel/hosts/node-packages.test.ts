import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importFrom } from "../../../kernel/hosts/node-packages.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "descent-packages-"));
  const parts = {
    ".": { import: "./index.mjs" },
    "./part": { types: "./part.d.ts", import: "./part.mjs" },
    "./shapes/*.js": { import: "./lib/*.mjs" },
    "./types": { types: "./part.d.ts" },
  };
  await put("modern", { version: "2.1.0", exports: parts }, ["index", "part", "lib/round"]);
  await put("plain", { version: "1.0.0", exports: { import: "./index.mjs" } }, ["index"]);
});
afterAll(() => rm(folder, { recursive: true }));

/** A package whose modules export their own name. */
async function put(name: string, manifest: object, modules: readonly string[]): Promise<void> {
  const root = join(folder, "node_modules", name);
  for (const module of modules) {
    await mkdir(dirname(join(root, module)), { recursive: true });
    await writeFile(join(root, `${module}.mjs`), `export const own = "${name}/${module}";`);
  }
  await writeFile(join(root, "package.json"), JSON.stringify({ name, ...manifest }));
}

const ask = (specifier: string) => importFrom(folder)(specifier, () => {});

test.each([
  ["modern", "modern/index"],
  ["npm:modern@2", "modern/index"],
  ["modern/part", "modern/part"],
  ["npm:modern@2.1.0/part", "modern/part"],
  ["modern/shapes/round.js", "modern/lib/round"],
  ["plain", "plain/index"],
])("a package of ES modules only gives %s", async (specifier, own) => {
  expect(await ask(specifier)).toMatchObject({ own });
});

test.each(["modern/types", "modern/lib/round.mjs", "plain/part", "nobody", "nobody/part"])(
  "%s, which is not there for an import, is told with where it was looked for",
  async (specifier) => {
    await expect(ask(specifier)).rejects.toThrow(
      `import: there is no package "${specifier}" for ${folder}: npm install it there`,
    );
  },
);

test("another version than the installed one is told with what would mend it", async () => {
  await expect(ask("npm:modern@3")).rejects.toThrow(
    `import: "npm:modern@3" - modern 2.1.0 is installed for ${folder}: npm install modern@3 there`,
  );
});
