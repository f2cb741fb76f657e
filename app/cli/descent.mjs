#!/usr/bin/env node
/**
 * The command line. Plain JavaScript: it bundles the TypeScript behind it, and the kernel's worker
 * thread, and runs them, because Node 20 runs no TypeScript itself.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { install, root } from "./setup.mjs";

if (!existsSync(join(root, "node_modules/esbuild"))) install();
const { importBundled } = await import("./bundled.mjs");
const { nodeWorkerFile } = await import("../../kernel/hosts/bundle.mjs");
const [{ main }, workerFile] = await Promise.all([
  importBundled("app/cli/command-line.ts"),
  nodeWorkerFile(),
]);
process.exitCode = await main(process.argv.slice(2), {
  workerFile,
  dataFolder: join(root, "notebooks/data"),
});
