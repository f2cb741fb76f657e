/**
 * `npm test`: installs what is missing, finds or installs a browser, builds the page, runs all
 * tests. Arguments go to Vitest: `npm test -- tests/kernel/compile`.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { build, install, root } from "../app/cli/setup.mjs";
import { chromiumPath, firefoxPath } from "./browser.mjs";

install();
const chromium = await chromiumPath();
build();
const done = spawnSync(
  process.execPath,
  [
    join(root, "node_modules/vitest/vitest.mjs"),
    "run",
    "--project=node",
    "--project=e2e",
    "--reporter=default",
    `--reporter=${join(root, "tests/closing-line.mjs")}`,
    ...process.argv.slice(2),
  ],
  {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, CHROMIUM_PATH: chromium, FIREFOX_PATH: firefoxPath() ?? "" },
  },
);
process.exit(done.status ?? 1);
