/** The committed hashes, and the program that has to give them as a cell of a notebook. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A change to what ops compute, or in which order, changes these; where that was meant,
 * `npx vitest run --project node tests/kernel/tensor/determinism -u` takes the new ones over.
 */
export const golden = JSON.parse(
  readFileSync(join(import.meta.dirname, "golden.json"), "utf8"),
) as Readonly<Record<string, string>>;

const program = readFileSync(join(import.meta.dirname, "program.ts"), "utf8");

/** Prints the hashes of one run of the program as JSON. */
export const cell = [
  'import * as descent from "descent";',
  // Only types come from elsewhere, and nobody checks them in a cell.
  program
    .replaceAll(/^type .*;$/gm, (line) => line.replace(/= .*;/, "= any;"))
    .replaceAll(/^export /gm, ""),
  "descent.deterministic(true);",
  "console.log(JSON.stringify(bitsOf(descent)));",
].join("\n");
