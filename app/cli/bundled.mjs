/** Loads a TypeScript module of ours in Node, which on Node 20 runs none: esbuild bundles it first. */
import { createHash } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./setup.mjs";

/** The module namespace of `path` (from the root); packages stay imports of node_modules. */
export async function importBundled(path) {
  const { build } = await import("esbuild");
  const built = await build({
    entryPoints: [join(root, path)],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    sourcemap: "inline",
  });
  const [output] = built.outputFiles;
  const folder = join(root, "node_modules/.cache/descent");
  mkdirSync(folder, { recursive: true });
  const name = createHash("sha256").update(output.contents).digest("hex").slice(0, 16);
  const file = join(folder, `${name}.mjs`);
  // Renaming is atomic: of several commands that start at once none reads what another half wrote.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, output.contents);
  renameSync(draft, file);
  return import(pathToFileURL(file).href);
}
