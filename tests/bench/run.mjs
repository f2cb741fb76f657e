/** `npm run bench`: figures as ratios measured side by side. Fails only to say that a row missed. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { install, root } from "../../app/cli/setup.mjs";

install();
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const options = [
  "run",
  "--project",
  "bench",
  "--disable-console-intercept",
  ...process.argv.slice(2),
];
const done = spawnSync(process.execPath, [vitest, ...options], { cwd: root, stdio: "inherit" });
process.exit(done.status ?? 1);
