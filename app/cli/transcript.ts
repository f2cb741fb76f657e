/**
 * A run as a terminal shows it: text as it comes, errors with the line they point at. What has changed
 * since it was printed, as curves do that grow, is printed again as it stands when its cell ends.
 */
import type { Notice, Output } from "../../kernel/hosts/notices.ts";
import type { CellError, CellId, DisplayId, MimeBundle } from "../../kernel/protocol.ts";
import type { Notebook } from "../notebook/document.ts";
import { isSilenced } from "../notebook/silenced.ts";
import { printStream } from "../notebook/stream.ts";
import { createProgressLine, type ProgressSink } from "./progress-line.ts";

export interface Transcript {
  tell(notice: Notice): void;
}

/** Prints text and results to `out`; standard error, bars, mistakes, errors and the kernel's end to `err`. */
export function createTranscript(
  notebook: Notebook,
  out: ProgressSink,
  err: ProgressSink,
): Transcript {
  const cells = new Map(notebook.cells.map((cell, index) => [cell.id, { cell, index }]));
  const bar = createProgressLine(err);
  /** What was printed of displays, and what they say now. */
  const printed = new Map<DisplayId, string>();
  const changed = new Map<DisplayId, string>();

  function tellOutput(cell: CellId, output: Output): void {
    if (output.kind !== "progress") bar.clear();
    switch (output.kind) {
      case "stream":
        (output.name === "stdout" ? out : err).write(printStream(output));
        return;
      case "omitted":
        err.write(`[... ${output.count.toLocaleString("en-US")} outputs left out ...]\n`);
        return;
      case "display":
        if (output.display !== undefined) printed.set(output.display, textOf(output.data));
        out.write(`${textOf(output.data)}\n`);
        return;
      case "result":
        out.write(`${textOf(output.data)}\n`);
        return;
      case "update":
        changed.set(output.display, textOf(output.data));
        return;
      case "error":
        err.write(printError(cell, output.error));
        return;
      case "mistake": {
        const { rule, text, fix, frame } = output.mistake;
        if (isSilenced(notebook, rule)) return;
        err.write(`${placeOf(frame?.cell ?? cell, frame?.line)}${text} ${fix} [${rule}]\n`);
        return;
      }
      case "progress":
        bar.tell(placeOf(cell, undefined).replace(/: $/, ""), output);
        return;
      case "clear":
      case "pause":
        // A terminal cannot take back what it has printed.
        return;
      default:
        output satisfies never;
    }
  }

  /** A terminal cannot take back what it has printed. */
  function tellChanged(): void {
    for (const [display, text] of changed) {
      if (printed.get(display) === text) continue;
      out.write(`${text}\n`);
      printed.set(display, text);
    }
    changed.clear();
  }

  function printError(cell: CellId, error: CellError): string {
    const lines = [
      `${placeOf(error.frames[0]?.cell ?? cell, error.frames[0]?.line)}${nameOf(error)}`,
    ];
    const [frame] = error.frames;
    const line = frame && cells.get(frame.cell)?.cell.source.split("\n")[frame.line - 1];
    if (frame !== undefined && line !== undefined) {
      // A tab is as wide below as above.
      const margin = line.slice(0, frame.column - 1).replace(/[^\t]/g, " ");
      lines.push(`  ${line}`, `  ${margin}${"^".repeat(error.length ?? 1)}`);
    }
    if (error.hint !== undefined) lines.push(error.hint);
    for (const cause of error.causes) lines.push(`caused by ${cause.name}: ${cause.message}`);
    for (const { function: of, cell: at, line: number } of error.frames.slice(1)) {
      lines.push(`  called from ${placeOf(at, number)}${of ?? "the cell"}`);
    }
    return `${lines.join("\n")}\n`;
  }

  function placeOf(cell: CellId, line: number | undefined): string {
    const found = cells.get(cell);
    const number = found === undefined ? "" : ` (cell ${found.index + 1})`;
    return `${cell}${number}${line === undefined ? "" : `, line ${line}`}: `;
  }

  return {
    tell(notice) {
      if (notice.kind === "finished") {
        bar.clear();
        tellChanged();
      }
      if (notice.kind === "output") tellOutput(notice.cell, notice.output);
      else if (notice.kind === "kernel" && notice.status === "dead") {
        err.write(`descent run: ${notice.reason ?? "the kernel ended"}\n`);
      }
    },
  };
}

function nameOf({ kind, name, message }: CellError): string {
  return kind === "interrupted" ? message : `${name}: ${message}`;
}

function textOf(bundle: MimeBundle): string {
  const text = bundle["text/plain"];
  return typeof text === "string" ? text : `<${Object.keys(bundle).join(", ")}>`;
}
