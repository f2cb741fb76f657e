/**
 * The reader's notebooks in this browser: document, outputs and knob values. Whatever comes back
 * from the disk is checked before it is believed.
 */
import { type CellId, isKnobValue, type KnobValue } from "../../kernel/protocol.ts";
import { isCellId, isJsonObject, titleOf, type Notebook } from "../notebook/document.ts";
import { type Learning, parseLearning } from "../notebook/learning.ts";
import type { CellResults } from "../notebook/outputs.ts";
import { parsePermissions, type Permissions } from "../notebook/permissions.ts";
import type { LessonProgress } from "../notebook/sections.ts";
import type { TrainingRun } from "../notebook/training-runs.ts";
import { keysOf, read, write, type Writing } from "./database.ts";
import { readRuns, type SavedRuns, writeRuns } from "./runs.ts";
import { StorageError } from "./storage-error.ts";

export interface SavedNotebook {
  readonly id: string;
  readonly notebook: Notebook;
  readonly results: ReadonlyMap<CellId, CellResults>;
  /** What the reader lets it do. */
  readonly permissions: Permissions;
  /** Values the reader gave to knobs, by knob id. */
  readonly knobs: Readonly<Record<string, KnobValue>>;
  /** Runs that trained. */
  readonly runs: SavedRuns;
  /** How far a learner has come with it. */
  readonly learning: Learning;
}

export interface SavedHeader {
  readonly id: string;
  readonly title: string;
  /** Milliseconds since the epoch. */
  readonly savedMs: number;
  /** Of a notebook that is learned from. */
  readonly progress?: LessonProgress;
}

/** The form of the documents table's rows, so that a later one can tell. */
const FORM = 1;

/** What this page last wrote of each notebook: outputs and runs that are still the same are not written again. */
const written = new Map<string, Written>();

interface Written {
  readonly results: ReadonlyMap<CellId, CellResults>;
  readonly runs: SavedRuns;
}

/** An id for a notebook of this browser. */
export function newNotebookId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** All notebooks, the latest first. @throws StorageError */
export async function listNotebooks(): Promise<readonly SavedHeader[]> {
  const headers = await read((database) => database.getAll("headers"));
  return headers.toSorted((a, b) => b.savedMs - a.savedMs);
}

/**
 * A notebook as it was last saved; `null` when there is none of this id.
 * @throws StorageError: `corrupt`, with its text to download, when the record makes no sense
 */
export async function loadNotebook(id: string): Promise<SavedNotebook | null> {
  const document: unknown = await read((database) => database.get("documents", id));
  if (document === undefined) return null;
  const [keys, values] = await read((database) => {
    const reading = database.transaction("results");
    return Promise.all([
      reading.store.getAllKeys(keysOf(id)),
      reading.store.getAll(keysOf(id)),
      reading.done,
    ]);
  });
  const rows = keys.flatMap(([, cell], index): [CellId, CellResults][] => {
    const row = values[index];
    return row === undefined ? [] : [[cell, row]];
  });
  const saved = parseSaved(id, document, new Map(rows), await readRuns(id));
  written.set(id, saved);
  return saved;
}

/** Saves a notebook; on disk when this resolves. @throws StorageError */
export async function saveNotebook(
  saved: SavedNotebook,
  progress: LessonProgress | null = null,
  nowMs = Date.now(),
): Promise<void> {
  const { id, notebook, results, knobs, permissions, runs, learning } = saved;
  const before = written.get(id) ?? null;
  // Until it is known to be on disk, nothing is.
  written.delete(id);
  const header = {
    id,
    title: titleOf(notebook),
    savedMs: nowMs,
    ...(progress === null ? {} : { progress }),
  };
  await write([
    (tables) => tables.objectStore("headers").put(header),
    (tables) =>
      tables
        .objectStore("documents")
        .put({ id, form: FORM, notebook, knobs, permissions, learning, nextRun: runs.next }),
    ...writeResults(id, results, before?.results ?? null),
    ...writeRuns(id, runs, before?.runs ?? null),
  ]);
  written.set(id, { results, runs });
}

/** Deletes a notebook with its outputs and files. @throws StorageError */
export async function deleteNotebook(id: string): Promise<void> {
  written.delete(id);
  await write([
    (tables) => tables.objectStore("headers").delete(id),
    (tables) => tables.objectStore("documents").delete(id),
    (tables) => tables.objectStore("results").delete(keysOf(id)),
    (tables) => tables.objectStore("files").delete(keysOf(id)),
    (tables) => tables.objectStore("runs").delete(keysOf(id)),
  ]);
}

/** Writes the outputs that changed since `before`; without knowing what was there, all of them. */
function writeResults(
  id: string,
  results: ReadonlyMap<CellId, CellResults>,
  before: ReadonlyMap<CellId, CellResults> | null,
): readonly ((tables: Writing) => Promise<unknown>)[] {
  const gone: readonly (IDBKeyRange | [string, CellId])[] =
    before === null
      ? [keysOf(id)]
      : Array.from(before.keys(), (cell): [string, CellId] => [id, cell]).filter(
          ([, cell]) => !results.has(cell),
        );
  const changed = Array.from(results).filter(([cell, { outputs, executionCount }]) => {
    const old = before?.get(cell);
    return old?.outputs !== outputs || old.executionCount !== executionCount;
  });
  return [
    ...gone.map((keys) => (tables: Writing) => tables.objectStore("results").delete(keys)),
    ...changed.map(
      ([cell, { executionCount, outputs }]) =>
        (tables: Writing) =>
          tables.objectStore("results").put({ executionCount, outputs }, [id, cell]),
    ),
  ];
}

/**
 * Believes a record of the documents table only as far as it looks like a notebook.
 * @throws StorageError `corrupt`
 */
export function parseSaved(
  id: string,
  record: unknown,
  rows: ReadonlyMap<CellId, unknown> = new Map(),
  runs: readonly TrainingRun[] = [],
): SavedNotebook {
  const { form, notebook, knobs, permissions, learning, nextRun } = isJsonObject(record)
    ? record
    : {};
  if (typeof form === "number" && form > FORM) {
    throw new StorageError(
      "newer",
      "This notebook was saved by a newer Descent. Reload the page to get it.",
      salvage(record),
    );
  }
  if (!isNotebook(notebook)) {
    throw new StorageError(
      "corrupt",
      `The saved record of notebook "${id}" cannot be read. What is left of it can be downloaded.`,
      salvage(record),
    );
  }
  const values = Object.entries(isJsonObject(knobs) ? knobs : {}).filter(
    (entry): entry is [string, KnobValue] => isKnobValue(entry[1]),
  );
  const results = Array.from(rows, ([cell, row]): [CellId, CellResults] => [
    cell,
    isResults(row) ? row : unreadable,
  ]);
  return {
    id,
    notebook,
    results: new Map(results),
    knobs: Object.fromEntries(values),
    permissions: parsePermissions(permissions),
    runs: { runs, next: typeof nextRun === "number" && nextRun > 0 ? Math.floor(nextRun) : 1 },
    learning: parseLearning(learning),
  };
}

function isNotebook(value: unknown): value is Notebook {
  if (!isJsonObject(value) || !isJsonObject(value["metadata"])) return false;
  const { cells } = value;
  if (!Array.isArray(cells)) return false;
  const ids = new Set(cells.map((cell: unknown) => isJsonObject(cell) && cell["id"]));
  return ids.size === cells.length && cells.every(isCell);
}

function isCell(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  const { id, type, source, metadata } = value;
  const known = type === "code" || type === "markdown" || type === "raw";
  return isCellId(id) && known && typeof source === "string" && isJsonObject(metadata);
}

const unreadable: CellResults = {
  executionCount: null,
  outputs: [
    { kind: "stream", name: "stderr", text: "The saved outputs of this cell cannot be read.\n" },
  ],
};

function isResults(value: unknown): value is CellResults {
  if (!isJsonObject(value) || !Array.isArray(value["outputs"])) return false;
  return value["outputs"].every((output) => isJsonObject(output) && "kind" in output);
}

function salvage(record: unknown): string {
  return JSON.stringify(record, null, 1) ?? "";
}
