/**
 * Jupyter's notebook files. Reads nbformat 4.0 to 4.5 and what newer minors add, writes 4.5 with
 * the bytes that Jupyter itself would write.
 * https://nbformat.readthedocs.io/en/latest/format_description.html
 */
import type { CellId } from "../../kernel/protocol.ts";
import {
  isCellId,
  isJsonObject,
  newCellId,
  type Cell,
  type Json,
  type Metadata,
  type Notebook,
} from "../notebook/document.ts";
import type { CellResults } from "../notebook/outputs.ts";
import { FormatError } from "./format-error.ts";
import { printJson } from "./json.ts";
import { fileMetadata, ownMetadata } from "./lesson-metadata.ts";
import { joinBundle, joinLines, mapAttachments, splitBundle, splitLines } from "./multiline.ts";
import { parseOutput, printOutput } from "./nbformat-outputs.ts";

const MINOR = 5;

/** What a notebook of ours says it is written in, where it does not say otherwise itself. */
const LANGUAGE: Metadata = {
  kernelspec: { name: "descent", display_name: "TypeScript (Descent)", language: "typescript" },
  language_info: {
    name: "typescript",
    mimetype: "text/x.typescript",
    file_extension: ".ts",
    codemirror_mode: "typescript",
    pygments_lexer: "typescript",
    nbconvert_exporter: "script",
  },
};

export interface ParsedIpynb {
  readonly notebook: Notebook;
  /** Of every code cell that has outputs or a count. */
  readonly outputs: Map<CellId, CellResults>;
  /** What was wrong with the file and was put right, a sentence each. */
  readonly repairs: string[];
}

/**
 * Reads an `.ipynb` file. Missing, malformed and doubled cell ids are replaced.
 * @throws FormatError saying why the text is no notebook of version 4
 */
export function parseIpynb(text: string): ParsedIpynb {
  const { nbformat, nbformat_minor, metadata = {}, cells, ...foreign } = parseTop(text);
  if (nbformat !== 4) {
    throw new FormatError(
      `ipynb: nbformat is ${printJson(nbformat ?? null)} - wanted 4. Jupyter can save it as such`,
    );
  }
  if (!Array.isArray(cells)) throw new FormatError(`ipynb: "cells" is missing - wanted a list`);
  if (!isJsonObject(metadata)) {
    throw new FormatError(`ipynb: "metadata" is ${kindOf(metadata)} - wanted an object`);
  }
  const { orig_nbformat: _, orig_nbformat_minor: __, signature: ___, ...kept } = metadata;
  const newer = typeof nbformat_minor === "number" && nbformat_minor > MINOR;
  const unknown = newer ? { ...foreign, nbformat_minor } : foreign;
  const reader: Reader = {
    taken: new Set(),
    hadIds: typeof nbformat_minor === "number" && nbformat_minor >= MINOR,
    outputs: new Map(),
    repairs: [],
  };
  return {
    notebook: {
      cells: cells.map((cell: Json, index) => parseCell(cell, index + 1, reader)),
      metadata: kept,
      ...(Object.keys(unknown).length > 0 ? { foreign: unknown } : {}),
    },
    outputs: reader.outputs,
    repairs: reader.repairs,
  };
}

/** The text of an `.ipynb` file, with the outputs of its code cells. Ends in a line break. */
export function printIpynb(
  notebook: Notebook,
  outputs: ReadonlyMap<CellId, CellResults> = new Map(),
): string {
  const { orig_nbformat: _, orig_nbformat_minor: __, signature: ___, ...kept } = notebook.metadata;
  const file = {
    nbformat: 4,
    nbformat_minor: MINOR,
    ...notebook.foreign,
    metadata: { ...LANGUAGE, ...kept },
    cells: notebook.cells.map((cell) => printCell(cell, outputs.get(cell.id))),
  };
  return `${printJson(file)}\n`;
}

interface Reader {
  readonly taken: Set<CellId>;
  /** Before 4.5 cells had no ids: to give them some is no repair. */
  readonly hadIds: boolean;
  readonly outputs: Map<CellId, CellResults>;
  readonly repairs: string[];
}

function parseTop(text: string): Metadata {
  const conflict = text.split("\n").findIndex((line) => /^(<{7}|>{7}) /.test(line));
  if (conflict >= 0) {
    throw new FormatError("ipynb: a merge conflict of git - settle it first", conflict + 1);
  }
  let file: Json;
  try {
    file = JSON.parse(text.replace(/^\uFEFF/, "")) as Json;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FormatError(`ipynb: not JSON (${reason})`);
  }
  if (!isJsonObject(file)) {
    throw new FormatError(`ipynb: the file is ${kindOf(file)} - wanted an object with "cells"`);
  }
  return file;
}

function parseCell(json: Json, place: number, reader: Reader): Cell {
  if (!isJsonObject(json)) {
    throw new FormatError(`ipynb: cell ${place} is ${kindOf(json)} - wanted an object`);
  }
  const { cell_type, id: fileId, metadata: raw, source, ...more } = json;
  const id = parseId(fileId, place, reader);
  const { trusted: _, ...said } = isJsonObject(raw) ? raw : {};
  const metadata = ownMetadata(said);
  if (!isJsonObject(raw)) reader.repairs.push(`cell ${place}: had no metadata`);

  if (cell_type !== "code" && cell_type !== "markdown" && cell_type !== "raw") {
    const text = joinLines(source);
    const known = text === null ? { source: source ?? null } : text === "" ? { source: "" } : {};
    const foreign = source === undefined ? more : { ...more, ...known };
    return {
      id,
      type: "raw",
      source: text ?? "",
      metadata,
      foreign: { ...foreign, cell_type: cell_type ?? null },
    };
  }

  const { attachments, outputs, execution_count, ...foreign } = more;
  if (cell_type === "code") {
    parseResults(outputs, execution_count, id, place, reader);
  } else if (outputs !== undefined || execution_count !== undefined) {
    reader.repairs.push(`cell ${place}: a ${cell_type} cell has no outputs, dropped`);
  }
  return {
    id,
    type: cell_type,
    source: parseSource(source, place, reader),
    metadata,
    ...(isJsonObject(attachments) ? { attachments: mapAttachments(attachments, joinBundle) } : {}),
    ...(Object.keys(foreign).length > 0 ? { foreign } : {}),
  };
}

function parseId(id: Json | undefined, place: number, { taken, hadIds, repairs }: Reader): CellId {
  let fitting: CellId;
  if (isCellId(id) && !taken.has(id)) {
    fitting = id;
  } else {
    fitting = newCellId(taken);
    if (id !== undefined) {
      const wrong = isCellId(id) ? "doubled" : "malformed";
      repairs.push(`cell ${place}: ${wrong} id ${printJson(id)}, now "${fitting}"`);
    } else if (hadIds) {
      repairs.push(`cell ${place}: had no id, now "${fitting}"`);
    }
  }
  taken.add(fitting);
  return fitting;
}

function parseSource(source: Json | undefined, place: number, { repairs }: Reader): string {
  const text = joinLines(source);
  if (text !== null) return text;
  if (source !== undefined && source !== null) {
    throw new FormatError(`ipynb: the source of cell ${place} is ${kindOf(source)} - wanted text`);
  }
  repairs.push(`cell ${place}: had no source`);
  return "";
}

function parseResults(
  outputs: Json | undefined,
  count: Json | undefined,
  id: CellId,
  place: number,
  reader: Reader,
): void {
  const executionCount = typeof count === "number" ? count : null;
  if (!Array.isArray(outputs)) reader.repairs.push(`cell ${place}: had no list of outputs`);
  const results = Array.isArray(outputs) ? outputs.map(parseOutput) : [];
  if (results.length > 0 || executionCount !== null) {
    reader.outputs.set(id, { executionCount, outputs: results });
  }
}

function printCell(cell: Cell, results: CellResults | undefined): unknown {
  const { trusted: _, ...own } = cell.metadata;
  const metadata = fileMetadata(own);
  const { cell_type: unknown, ...foreign } = cell.foreign ?? {};
  const source = { source: splitLines(cell.source) };
  const shared = { ...foreign, id: cell.id, metadata };
  if (cell.type === "code") {
    return {
      ...shared,
      ...source,
      cell_type: "code",
      execution_count: results?.executionCount ?? null,
      outputs: (results?.outputs ?? []).map(printOutput),
    };
  }
  if (cell.type === "raw" && unknown !== undefined) {
    return { ...(cell.source === "" ? {} : source), ...shared, cell_type: unknown };
  }
  const attachments =
    cell.attachments === undefined
      ? {}
      : { attachments: mapAttachments(cell.attachments, splitBundle) };
  return { ...shared, ...source, ...attachments, cell_type: cell.type };
}

function kindOf(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `the ${typeof value} ${printJson(value)}`;
}
