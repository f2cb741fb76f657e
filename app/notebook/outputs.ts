/** The outputs of one cell, and how each new one changes them. Plain data; pure functions. */
import type { Output } from "../../kernel/hosts/notices.ts";
import type { CellError, DisplayId, MimeBundle } from "../../kernel/protocol.ts";
import type { Json, Metadata } from "./document.ts";
import { appendText, type StreamOutput } from "./stream.ts";

/** `foreign`: fields a file had beside these, kept for the way out. */
export type CellOutput =
  | StreamOutput
  | {
      readonly kind: "display";
      readonly data: MimeBundle;
      readonly metadata: MimeBundle;
      /** While the kernel that showed it lives, it can be redrawn under this name. */
      readonly display?: DisplayId;
      readonly foreign?: Metadata;
    }
  | {
      readonly kind: "result";
      readonly data: MimeBundle;
      readonly metadata: MimeBundle;
      readonly executionCount: number | null;
      readonly foreign?: Metadata;
    }
  | {
      readonly kind: "error";
      readonly error: CellError;
      /** As a file had it, ANSI colours and all; ours are made from the error when written. */
      readonly traceback?: readonly string[];
      readonly foreign?: Metadata;
    }
  /** Stands where this many outputs of a very long list were left out. */
  | { readonly kind: "omitted"; readonly count: number }
  /** An output of a file in a form we do not know, as it was. */
  | { readonly kind: "foreign"; readonly output: Json };

/** What is kept of a cell's results: in storage, in files. */
export interface CellResults {
  readonly executionCount: number | null;
  readonly outputs: readonly CellOutput[];
}

/** A cell keeps this many outputs from its first and as many from its last. */
const KEEP = 250;

/** What a cell shows in its list of outputs; the others change something else. */
export type OwnOutput = Exclude<
  Output,
  { kind: "update" | "progress" | "pause" | "clear" | "mistake" }
>;

/** The outputs with more at the end: text joins the stream before it, a long list loses its middle. */
export function appendOutputs(
  outputs: readonly CellOutput[],
  added: readonly OwnOutput[],
  executionCount: number | null,
): readonly CellOutput[] {
  const all = [...outputs];
  for (const output of added) {
    const last = all.at(-1);
    if (output.kind === "stream") {
      const { name, text, omitted } = output;
      const joins = last?.kind === "stream" && last.name === name;
      const stream = joins ? last : ({ kind: "stream", name, text: "" } as const);
      if (joins) all.pop();
      all.push(appendText(stream, text, omitted));
    } else all.push(output.kind === "result" ? { ...output, executionCount } : output);
  }
  return shorten(all);
}

/** Whether a cell shows an output in its list. */
export function isOwnOutput(output: Output): output is OwnOutput {
  switch (output.kind) {
    case "update":
    case "progress":
    case "pause":
    case "clear":
    case "mistake":
      return false;
    default:
      return true;
  }
}

/** The outputs with every display of this name redrawn; the same array if there is none. */
export function updateDisplay(
  outputs: readonly CellOutput[],
  { display, data, metadata }: Output & { kind: "update" },
): readonly CellOutput[] {
  const shows = (output: CellOutput): boolean =>
    output.kind === "display" && output.display === display;
  if (!outputs.some(shows)) return outputs;
  return outputs.map((output) =>
    shows(output) ? { kind: "display", data, metadata, display } : output,
  );
}

/** The outputs without display names: the kernel that knew them is gone. */
export function forgetDisplays(outputs: readonly CellOutput[]): readonly CellOutput[] {
  if (!outputs.some((output) => output.kind === "display" && output.display !== undefined)) {
    return outputs;
  }
  return outputs.map((output) => {
    if (output.kind !== "display") return output;
    const { display: _, ...rest } = output;
    return rest;
  });
}

/** A list that grows too long loses its middle; a gap in it takes with it what has come since. */
function shorten(outputs: readonly CellOutput[]): readonly CellOutput[] {
  const gap = outputs.findIndex(({ kind }) => kind === "omitted");
  const headEnd = gap < 0 ? KEEP : Math.min(KEEP, gap);
  const last = outputs.findLastIndex(({ kind }) => kind === "omitted");
  const tailStart = Math.max(last + 1, outputs.length - KEEP);
  // With no gap, one more output takes no more room than the word that it is missing.
  if (gap < 0 ? outputs.length <= 2 * KEEP + 1 : gap === last && tailStart === gap + 1)
    return outputs;
  const count = outputs
    .slice(headEnd, tailStart)
    .reduce((sum, output) => sum + (output.kind === "omitted" ? output.count : 1), 0);
  return [...outputs.slice(0, headEnd), { kind: "omitted", count }, ...outputs.slice(tailStart)];
}
