/**
 * `npm run check`: format, lint, types, import boundaries, dead code, size budgets, in that order.
 * Every step runs, so that one call tells everything; any failure fails the whole.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, install, root } from "../app/cli/setup.mjs";
import { checkBoundaries } from "./boundaries.mjs";

/** Kilobytes after gzip. What the reader waits for first is what the page's own text names, then Monaco. */
const budgets = [
  { what: "page, first load", isIn: (name) => firstLoad().includes(name), kilobytes: 240 },
  { what: "Monaco", isIn: (name) => /^editor-.*\.js$/.test(name), kilobytes: 900 },
  { what: "plotly", isIn: (name) => /^(plotly|figure).*\.js$/.test(name), kilobytes: 700 },
  { what: "kernel", isIn: (name) => /^kernel.*\.js$/.test(name), kilobytes: 240 },
];

/** The scripts of the built page that are fetched before anything is drawn. */
function firstLoad() {
  const html = readFileSync(join(root, "dist/index.html"), "utf8");
  return Array.from(html.matchAll(/(?:src|href)="\.\/assets\/([^"]+\.js)"/g), ([, name]) => name);
}

install();
const failures = [];

function step(name, script, args) {
  const path = join(root, "node_modules", script);
  const done = spawnSync(process.execPath, [path, ...args], { cwd: root, stdio: "inherit" });
  console.log(`${done.status === 0 ? "ok  " : "FAIL"} ${name}`);
  if (done.status !== 0) failures.push(name);
}

step("format", "oxfmt/bin/oxfmt", ["--check"]);
step("lint", "oxlint/bin/oxlint", ["--type-aware", "--deny-warnings"]);
for (const part of ["kernel", "app", "tests"]) {
  step(`types of ${part}`, "typescript/bin/tsc", ["-p", part]);
}
if (existsSync(join(root, "tests/bench/node_modules"))) {
  step("types of the benchmark", "typescript/bin/tsc", ["-p", "tests/bench"]);
} else {
  console.log("skip types of the benchmark: its peers come with the first `npm run bench`");
}

const boundaries = checkBoundaries(root);
for (const line of boundaries.violations) console.error(line);
const holds = boundaries.violations.length === 0 && boundaries.modules > 50;
console.log(
  `${holds ? "ok  " : "FAIL"} boundaries: ${boundaries.modules} modules, ` +
    `${boundaries.imports} imports, ${boundaries.violations.length} broken`,
);
if (!holds) failures.push("boundaries");

step("dead code", "knip/bin/knip.js", []);

build();
const assets = ["dist", "dist/assets"]
  .map((folder) => join(root, folder))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((name) => ({ name, path: join(folder, name) })));
for (const budget of budgets) {
  const found = assets.filter(({ name }) => budget.isIn(name));
  const bytes = found.reduce((sum, { path }) => sum + gzipSync(readFileSync(path)).length, 0);
  const kilobytes = Math.round(bytes / 1000);
  const fits = found.length > 0 && kilobytes <= budget.kilobytes;
  console.log(
    `${fits ? "ok  " : "FAIL"} size of ${budget.what}: ${kilobytes} of ${budget.kilobytes} kB gzip`,
  );
  if (!fits) failures.push(`size of ${budget.what}`);
}

if (failures.length > 0) console.error(`\ncheck failed: ${failures.join(", ")}`);
process.exit(failures.length === 0 ? 0 : 1);
