/** Brings a fresh clone to where the other commands can run. Imports nothing that npm installs. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

/** Runs a program in the root with our own streams; exits with its code when it fails. */
export function must(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  if (done.error) {
    console.error(`descent: cannot run ${command}: ${done.error.message}`);
    process.exit(1);
  }
  if (done.status !== 0) process.exit(done.status ?? 1);
}

/** Runs a program that a package of ours brings, by its script, so that no shell is needed. */
export function mustNode(script, args = [], options = {}) {
  must(process.execPath, [join(root, "node_modules", script), ...args], options);
}

/** `npm ci`, when the lockfile is not the one that was installed. */
export function install() {
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(
      `descent: Node ${process.versions.node} is too old: Node 20.19 or newer is needed`,
    );
    process.exit(1);
  }
  const stamp = join(root, "node_modules/.descent-lock");
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .update(process.version.split(".")[0] ?? "")
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  console.log("descent: installing packages (once)");
  const npm = process.env.npm_execpath;
  if (npm) must(process.execPath, [npm, "ci", "--loglevel=error"]);
  else must("npm", ["ci", "--loglevel=error"], { shell: process.platform === "win32" });
  writeFileSync(stamp, lock);
}

/** A digest of everything the built page is made of. */
function sourceDigest() {
  const hash = createHash("sha256");
  const visit = (path) => {
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) visit(join(path, name));
    } else {
      hash.update(relative(root, path)).update("\0").update(readFileSync(path));
    }
  };
  for (const part of [
    "app",
    "kernel",
    "notebooks",
    "index.html",
    "vite.config.ts",
    "package-lock.json",
  ]) {
    visit(join(root, part));
  }
  return hash.digest("hex");
}

/** Builds `dist/` unless it already is what these sources make. */
export function build({ force = false } = {}) {
  const stamp = join(root, "dist/.descent-sources");
  const digest = sourceDigest();
  if (!force && existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return;
  console.log("descent: building the page");
  mustNode("vite/bin/vite.js", ["build", "--logLevel", "warn"], {
    // A test runner says "test", which would build React with its checks, and time those.
    env: { ...process.env, NODE_ENV: "production" },
  });
  writeFileSync(stamp, digest);
}
