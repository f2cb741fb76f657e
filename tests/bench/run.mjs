/**
 * `npm run bench`: our engine and its peers side by side, then the figures of the notebook. `-- --only
 * mlp-mnist` measures the workloads whose names begin so, and no figures. Fails, after everything was
 * printed, to say that a row missed. `-- --profile convnet [--threads 2]` tells instead where the time of
 * our engine's step goes.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importBundled } from "../../app/cli/bundled.mjs";
import { install, must, root } from "../../app/cli/setup.mjs";
import { chromiumPath } from "../browser.mjs";

const bench = join(root, "tests/bench");

/** The peers are not among the project's packages: they come with the first run. */
function installPeers() {
  const stamp = join(bench, "node_modules/.descent-lock");
  const lock = createHash("sha256")
    .update(readFileSync(join(bench, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  console.log("descent: installing the benchmark's peers (once, 300 MB)");
  const isWindows = process.platform === "win32";
  must("npm", ["ci", "--ignore-scripts", "--loglevel=error"], { cwd: bench, shell: isWindows });
  writeFileSync(stamp, lock);
}

/** The notebook's own figures, and whether all of them hold. */
function figures() {
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const folder = mkdtempSync(join(tmpdir(), "descent-bench-"));
  const file = join(folder, "figures.json");
  const options = ["run", "--project", "bench", "--disable-console-intercept"];
  const { status } = spawnSync(process.execPath, [vitest, ...options], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, BENCH_FIGURES: file },
  });
  const rows = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
  rmSync(folder, { recursive: true });
  return { rows, hold: status === 0 };
}

install();
installPeers();
/** What stands behind a name on the command line. */
const given = (name) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? "" : (process.argv[at + 1] ?? "");
};
const workload = given("--profile");
if (workload !== "") {
  const { profile } = await importBundled("tests/bench/harness/profile.ts");
  const threads = given("--threads") === "2" ? 2 : 1;
  await profile({ bench, chromium: await chromiumPath(), workload, threads });
  process.exit(0);
}
const only = given("--only");
const { run } = await importBundled("tests/bench/harness/main.ts");
const results = await run({ bench, chromium: await chromiumPath(), only });
const notebook = only === "" ? figures() : { rows: [], hold: true };
const file = join(bench, "results.json");
writeFileSync(file, `${JSON.stringify({ ...results, figures: notebook.rows }, null, 2)}\n`);
const missed = results.rows.filter(({ holds }) => holds === false).length;
console.log(`${results.rows.length} rows, ${missed} missed; ${file}`);
process.exit(missed === 0 && notebook.hold ? 0 : 1);
