/** The last step: a rewritten body becomes the function that the kernel evaluates. */
import type { MagicString } from "magic-string";
import type { CellId, RunId } from "../protocol.ts";
import type { Parameters } from "./guards.ts";

/** What stack frames of a cell's top level are called: never shown. */
export const CELL_FUNCTION = "$cell";

/** The prologue shares the body's first line, so that no line moves. */
export function wrapBody(text: MagicString, prologue: string, parameters: Parameters): void {
  const { kernel, flags } = parameters;
  text.prepend(`(async function ${CELL_FUNCTION}(${kernel},${flags}){"use strict";${prologue}`);
  text.append("\n})");
}

/** Where engines say an error was, and where developer tools find the cell's own text. */
export function addressComments(cell: CellId, run: RunId, map: string): string {
  const data = base64(new TextEncoder().encode(map));
  return (
    `\n//# sourceMappingURL=data:application/json;base64,${data}` +
    `\n//# sourceURL=cell://${cell}#${run}`
  );
}

function base64(bytes: Uint8Array): string {
  let binary = "";
  const step = 0x2000;
  for (let start = 0; start < bytes.length; start += step) {
    binary += String.fromCharCode(...bytes.subarray(start, start + step));
  }
  return btoa(binary);
}
