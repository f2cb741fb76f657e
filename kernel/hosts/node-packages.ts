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
    const file = await resolve(require, folder, name, path);
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
  name: string,
  path: string,
): Promise<string> {
  try {
    return require.resolve(name + path);
  } catch {
    // A package of ES modules only has no entry for `require`.
    const entry = await moduleEntry(folder, name, path);
    if (entry !== null) return entry;
    throw missing(name + path, folder);
  }
}

function missing(specifier: string, folder: string): Error {
  return new Error(
    `import: there is no package "${specifier}" for ${folder}: npm install it there`,
  );
}

async function moduleEntry(folder: string, name: string, path: string): Promise<string | null> {
  const found = await manifestOf(folder, name);
  if (found === null) return null;
  const { root, manifest } = found;
  const own = path === "" ? (manifest.module ?? manifest.main ?? "index.js") : null;
  const entry = exportedAs(manifest.exports, `.${path}`) ?? own;
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

/** The file that `exports` gives to `import` of `key`: "." is the package itself, "./path" a part of it. */
function exportedAs(exports: unknown, key: string): string | null {
  const hasPaths = isObject(exports) && Object.keys(exports).some((each) => each.startsWith("."));
  if (!hasPaths) return key === "." ? importTarget(exports) : null;
  if (key in exports) return importTarget(exports[key]);
  for (const [pattern, target] of Object.entries(exports)) {
    const [before = "", after] = pattern.split("*");
    if (after === undefined || !key.startsWith(before) || !key.endsWith(after)) continue;
    const star = key.slice(before.length, key.length - after.length);
    return importTarget(target)?.replaceAll("*", star) ?? null;
  }
  return null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** The file for `import` among those for other uses. */
function importTarget(exports: unknown): string | null {
  if (typeof exports === "string") return exports;
  if (!isObject(exports)) return null;
  for (const condition of ["node", "import", "module", "default"]) {
    const target = importTarget(exports[condition]);
    if (target !== null) return target;
  }
  return null;
}
