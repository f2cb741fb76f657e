/** Where recipes get their packages: Debian's archive and the npm registry, unpacked into a folder. */
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";

export function run(command, args, cwd) {
  return execFileSync(command, args, {
    cwd,
    maxBuffer: 256 * 1024 * 1024,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** Unpacks a Debian package into `folder`. */
export function debian(folder, name) {
  run("apt-get", ["download", name], folder);
  const archive = readdirSync(folder).find((file) => file.startsWith(`${name}_`));
  if (archive === undefined) throw new Error(`apt-get brought no ${name}`);
  run("dpkg", ["-x", archive, "."], folder);
}

/** Unpacks an npm package, named with its version, into `folder`/package. */
export function npm(folder, name) {
  const archive = run("npm", ["pack", "--silent", name], folder).toString().trim();
  run("tar", ["-xzf", archive], folder);
}
