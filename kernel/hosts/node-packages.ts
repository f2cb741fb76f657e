/** Packages that cells import, from the `node_modules` beside the notebook. */
import { readFile } from "node:fs/promises";
import { createRequire, isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ImportPackage } from "../run/modules.ts";

export function importFrom(folder: string): ImportPackage {
  const require = createRequire(join(folder, "notebook.js"));
  return async (specifier) => {
    const file = await resolve(require, folder, specifier);
    return (await import(pathToFileURL(file).href)) as object;
  };
}

async function resolve(
  require: NodeJS.Require,
  folder: string,
  specifier: string,
): Promise<string> {
  if (isBuiltin(specifier)) {
    throw new Error(
      `import: "${specifier}" belongs to Node, and a notebook's cells run in browsers too - ` +
        'wanted "descent" or a package; for files there are save and load',
    );
  }
  try {
    return require.resolve(specifier);
  } catch {
    // A package of ES modules only has no entry for `require`.
    const entry = await moduleEntry(folder, specifier);
    if (entry !== null) return entry;
    throw missing(specifier, folder);
  }
}

function missing(specifier: string, folder: string): Error {
  return new Error(
    `import: there is no package "${specifier}" for ${folder}: npm install it there`,
  );
}

async function moduleEntry(folder: string, name: string): Promise<string | null> {
  for (let at = folder; ; at = dirname(at)) {
    const root = join(at, "node_modules", name);
    const text = await readFile(join(root, "package.json"), "utf8").catch(() => null);
    if (text !== null) {
      const manifest = JSON.parse(text) as Record<string, unknown>;
      const entry =
        importTarget(manifest.exports) ?? manifest.module ?? manifest.main ?? "index.js";
      return typeof entry === "string" ? join(root, entry) : null;
    }
    if (dirname(at) === at) return null;
  }
}

/** The file that `exports` gives to `import` of the package itself. */
function importTarget(exports: unknown): string | null {
  if (typeof exports === "string") return exports;
  if (typeof exports !== "object" || exports === null) return null;
  for (const condition of [".", "node", "import", "module", "default"]) {
    if (condition in exports) {
      const target = importTarget((exports as Record<string, unknown>)[condition]);
      if (target !== null) return target;
    }
  }
  return null;
}
