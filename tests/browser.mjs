/** Finds a Chromium for the tests, or installs one; never skips. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { must, mustNode } from "../app/cli/setup.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const macPaths = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there or not ours to run: either way not a candidate.
    return false;
  }
};

/** The first executable of these names on PATH; an Ubuntu snap stub of a few lines is no browser. */
export function onPath(candidates) {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of candidates) {
      const path = join(folder, name);
      if (!isExecutable(path)) continue;
      const probe = spawnSync(path, ["--version"], { encoding: "utf8" });
      if (probe.status === 0) return path;
    }
  }
  return null;
}

async function playwrightBrowser() {
  const { chromium } = await import("playwright-core");
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : null;
}

async function find() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (isExecutable(named)) return named;
    console.error(`descent: CHROMIUM_PATH is "${named}", which cannot be run`);
    process.exit(1);
  }
  return (await playwrightBrowser()) ?? onPath(names) ?? macPaths.find(isExecutable) ?? null;
}

function isDebian() {
  return (
    existsSync("/etc/os-release") && /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"))
  );
}

/** The path of a Chromium that runs; installs one first when there is none. */
export async function chromiumPath() {
  const found = await find();
  if (found) return found;
  if (isDebian() && process.getuid?.() === 0) {
    console.log("descent: installing Debian's chromium for the browser tests");
    must("apt-get", ["update", "-qq"]);
    must("apt-get", ["install", "-y", "-qq", "chromium"]);
  } else {
    console.log("descent: installing Playwright's chromium for the browser tests");
    mustNode("playwright-core/cli.js", ["install", "--with-deps", "chromium"]);
  }
  const installed = await find();
  if (installed) return installed;
  console.error(
    "descent: no Chromium to test with. Install one (Debian: apt-get install chromium;\n" +
      "elsewhere: npx playwright install --with-deps chromium) or set CHROMIUM_PATH.",
  );
  process.exit(1);
}

/** Firefox ESR's path, or null: the tests that use it say loudly that they were skipped. */
export function firefoxPath() {
  return process.env.FIREFOX_PATH ?? onPath(["firefox-esr", "firefox"]);
}
