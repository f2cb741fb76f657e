#!/usr/bin/env node
/**
 * The command line. Plain JavaScript: it bundles the TypeScript behind it, and the kernel's
 * threads, and runs them, because Node 20 runs no TypeScript itself.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { install, root } from "./setup.mjs";

if (!existsSync(join(root, "node_modules/esbuild"))) install();
const { importBundled } = await import("./bundled.mjs");
const { nodeKernelFiles } = await import("../../kernel/hosts/bundle.mjs");
const [{ main }, kernelFiles] = await Promise.all([
  importBundled("app/cli/command-line.ts"),
  nodeKernelFiles(),
]);
process.exitCode = await main(process.argv.slice(2), {
  ...kernelFiles,
  dataFolder: join(root, "notebooks/data"),
});
