/** One output of a cell, between our form and nbformat's. Errors keep only what nbformat has room for. */
import type { CellError } from "../../kernel/protocol.ts";
import { isJsonObject, type Json, type Metadata } from "../notebook/document.ts";
import type { CellOutput } from "../notebook/outputs.ts";
import { printStream } from "../notebook/stream.ts";
import { joinBundle, joinLines, splitBundle, splitLines } from "./multiline.ts";

/** An output of a file. In a form we do not know, it is kept as it is. */
export function parseOutput(output: Json): CellOutput {
  if (!isJsonObject(output)) return { kind: "foreign", output };
  return (
    parseStream(output) ?? parseDisplay(output) ?? parseError(output) ?? { kind: "foreign", output }
  );
}

/** The output as nbformat has it: plain JSON, texts split into lines. */
export function printOutput(output: CellOutput): unknown {
  switch (output.kind) {
    case "stream":
      return {
        ...output.foreign,
        output_type: "stream",
        name: output.name,
        text: splitLines(printStream(output)),
      };
    case "display":
      return {
        ...output.foreign,
        output_type: "display_data",
        data: splitBundle(output.data),
        metadata: output.metadata,
      };
    case "result":
      return {
        ...output.foreign,
        output_type: "execute_result",
        data: splitBundle(output.data),
        metadata: output.metadata,
        execution_count: output.executionCount,
      };
    case "error":
      return {
        ...output.foreign,
        output_type: "error",
        ename: output.error.name,
        evalue: output.error.message,
        traceback: output.traceback ?? traceback(output.error),
      };
    case "omitted":
      return {
        output_type: "stream",
        name: "stderr",
        text: [`[... ${output.count.toLocaleString("en-US")} outputs left out ...]\n`],
      };
    case "foreign":
      return output.output;
    default:
      return output satisfies never;
  }
}

function parseStream(output: Metadata): CellOutput | null {
  const { output_type, name, text, ...rest } = output;
  const joined = joinLines(text);
  if (output_type !== "stream" || joined === null) return null;
  if (name !== "stdout" && name !== "stderr") return null;
  return { kind: "stream", name, text: joined, ...foreign(rest) };
}

function parseDisplay(output: Metadata): CellOutput | null {
  // `transient` names a display of a kernel long gone: it is never saved.
  const { output_type, data, metadata = {}, transient: _, execution_count, ...rest } = output;
  if (!isJsonObject(data) || !isJsonObject(metadata)) return null;
  if (output_type === "display_data") {
    const count: Metadata = execution_count === undefined ? {} : { execution_count };
    return {
      kind: "display",
      data: joinBundle(data),
      metadata,
      ...foreign({ ...rest, ...count }),
    };
  }
  if (output_type !== "execute_result") return null;
  const executionCount = typeof execution_count === "number" ? execution_count : null;
  return { kind: "result", data: joinBundle(data), metadata, executionCount, ...foreign(rest) };
}

function parseError(output: Metadata): CellOutput | null {
  const { output_type, ename, evalue, traceback: lines, ...rest } = output;
  if (output_type !== "error" || typeof ename !== "string" || typeof evalue !== "string") {
    return null;
  }
  if (!Array.isArray(lines) || !lines.every((line) => typeof line === "string")) return null;
  const error: CellError = {
    kind: ename === "SyntaxError" ? "syntax" : "runtime",
    name: ename,
    message: evalue,
    frames: [],
    causes: [],
  };
  return { kind: "error", error, traceback: lines, ...foreign(rest) };
}

function traceback(error: CellError): string[] {
  return [
    `${error.name}: ${error.message}`,
    ...(error.hint === undefined ? [] : [error.hint]),
    ...error.frames.map(({ function: name, cell, line, column }) => {
      const place = `cell ${cell}:${line}:${column}`;
      return name === null ? `    at ${place}` : `    at ${name} (${place})`;
    }),
    ...error.causes.map((cause) => `Caused by ${cause.name}: ${cause.message}`),
  ];
}

function foreign(rest: Metadata): { readonly foreign?: Metadata } {
  return Object.keys(rest).length > 0 ? { foreign: rest } : {};
}
