/** Errors that no line of a cell threw: its kernel ended, or could not begin. */
import type { CellError } from "../protocol.ts";

const forgotten = "What earlier cells defined is gone: run them again";

export const stoppedByForce: CellError = {
  kind: "interrupted",
  name: "Interrupted",
  message: "Stopped by ending the kernel: the cell did not hear the stop.",
  hint: forgotten,
  frames: [],
  causes: [],
};

/** Memory ran out, or the kernel's realm ended some other way. */
export function kernelEnded(reason: string): CellError {
  const message = `${reason[0]?.toUpperCase() ?? ""}${reason.slice(1)}`;
  return { kind: "runtime", name: "KernelEnded", message, hint: forgotten, frames: [], causes: [] };
}

export function internalError(name: string, message: string): CellError {
  return { kind: "internal", name, message, frames: [], causes: [] };
}

/** A data set did not come: the cell that loads it has not begun. */
export function dataMissing(name: string, reason: string): CellError {
  return {
    kind: "runtime",
    name: "No data",
    message: `The data set "${name}" could not be fetched: ${reason.replace(/\.$/, "")}.`,
    hint: "The cell has not begun: check the connection, and run it again",
    frames: [],
    causes: [],
  };
}

/** What to say of whatever was thrown on this side. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
