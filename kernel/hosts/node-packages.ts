/** Packages that cells import, from the `node_modules` beside the notebook. */
import { readFile } from "node:fs/promises";
import { createRequire, isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ImportPackage } from "../run/modules.ts";
import { parsePackageName, satisfies } from "../run/package-name.ts";

export function importFrom(folder: string): ImportPackage {
  const require = createRequire(join(folder, "notebook.js"));
  return async (specifier) => {
    refuseOthers(specifier);
    const { name, version, path } = parsePackageName(specifier);
    const file = await resolve(require, folder, name + path);
    if (version !== null) await refuseOtherVersions(folder, specifier, name, version);
    return (await import(pathToFileURL(file).href)) as object;
  };
}

function refuseOthers(specifier: string): void {
  if (isBuiltin(specifier)) {
    throw new Error(
      `import: "${specifier}" belongs to Node, and a notebook's cells run in browsers too - ` +
        'wanted "descent" or a package; for files there are save, load and files',
    );
  }
  if (/^https?:/.test(specifier)) {
    throw new Error(
      `import: "${specifier}" - Node imports no modules from the web: npm install the package beside the notebook and import it by name`,
    );
  }
}

/** @throws Error when the installed package is not of the version that the cell names */
async function refuseOtherVersions(
  folder: string,
  specifier: string,
  name: string,
  wanted: string,
): Promise<void> {
  const found = (await manifestOf(folder, name))?.manifest.version;
  if (typeof found !== "string" || satisfies(found, wanted)) return;
  throw new Error(
    `import: "${specifier}" - ${name} ${found} is installed for ${folder}: npm install ${name}@${wanted} there`,
  );
}

async function resolve(
  require: NodeJS.Require,
  folder: string,
  specifier: string,
): Promise<string> {
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
  const found = await manifestOf(folder, name);
  if (found === null) return null;
  const { root, manifest } = found;
  const entry = importTarget(manifest.exports) ?? manifest.module ?? manifest.main ?? "index.js";
  return typeof entry === "string" ? join(root, entry) : null;
}

interface Manifest {
  readonly root: string;
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** The nearest package of this name, as Node looks for it. */
async function manifestOf(folder: string, name: string): Promise<Manifest | null> {
  for (let at = folder; ; at = dirname(at)) {
    const root = join(at, "node_modules", name);
    const text = await readFile(join(root, "package.json"), "utf8").catch(() => null);
    if (text !== null) return { root, manifest: JSON.parse(text) as Manifest["manifest"] };
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
