/** How a run ended, in one line for who does not see what stands under its cell. */
import type { CellOutput } from "./outputs.ts";
import type { CellRuntime } from "./runtime.ts";

/** Characters that are worth hearing. */
const MOST = 200;

/** "[3] 42", "[4] Error: x is not defined"; null while it runs, or when none has run. */
export function endWords({ ended, executionCount, outputs }: CellRuntime): string | null {
  if (ended === null) return null;
  const line = wordsOf(ended, outputs).split("\n", 1)[0] ?? "";
  const shown = line.length > MOST ? `${line.slice(0, MOST)} …` : line;
  return `[${executionCount ?? " "}] ${shown}`;
}

function wordsOf(
  ended: Exclude<CellRuntime["ended"], null>,
  outputs: readonly CellOutput[],
): string {
  switch (ended) {
    case "ok": {
      const result = outputs.findLast((output) => output.kind === "result");
      const text: unknown = result?.data["text/plain"];
      return typeof text === "string" ? text : "Done";
    }
    case "error": {
      const failed = outputs.findLast((output) => output.kind === "error");
      return failed === undefined ? "Error" : `Error: ${failed.error.message}`;
    }
    case "interrupted":
      return "Stopped";
    case "killed":
      return "Ended with its kernel";
    default:
      return ended satisfies never;
  }
}
