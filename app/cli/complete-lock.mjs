/**
 * `npm run lock`, after a change of packages: adds the platform bindings that npm left out of the
 * lockfile. npm writes only those the registry at hand carries, and then `npm ci` refuses the file
 * everywhere. A binding's platform is in its name; npm fetches only the one it needs.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./setup.mjs";

/** `@scope/binding-linux-x64-gnu` -> what npm's lockfile says of such a package. */
function bindingEntry(name, version, isDev) {
  const [os, cpu, abi = ""] = name.replace(/^@[^/]+\/(binding-)?/, "").split("-");
  const libc = os === "linux" ? { gnu: "glibc", musl: "musl" }[abi] : undefined;
  return {
    version,
    cpu: [cpu],
    ...(isDev ? { dev: true } : {}),
    ...(libc ? { libc: [libc] } : {}),
    optional: true,
    os: [os],
  };
}

/** Bindings that some package of the lock names and the lock does not have. */
export function missingBindings(lock) {
  return Object.values(lock.packages).flatMap((entry) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name, version]) => name.startsWith("@") && /^\d/.test(version))
      .filter(([name]) => !(`node_modules/${name}` in lock.packages))
      .map(([name, version]) => ({ name, version, isDev: entry.dev === true })),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = join(root, "package-lock.json");
  const lock = JSON.parse(readFileSync(file, "utf8"));
  const missing = missingBindings(lock);
  for (const { name, version, isDev } of missing) {
    lock.packages[`node_modules/${name}`] = bindingEntry(name, version, isDev);
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en"));
  lock.packages = Object.fromEntries(sorted);
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`package-lock.json: ${missing.length} bindings added`);
}
