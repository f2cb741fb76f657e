/**
 * The one IndexedDB database of the page: its tables, its versions, its connection. What the
 * records mean is in `notebooks.ts` and `files.ts`.
 */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from "idb";
import type { CellId } from "../../kernel/protocol.ts";
import type { CellResults } from "../notebook/outputs.ts";
import type { LessonProgress } from "../notebook/sections.ts";
import type { TrainingRun } from "../notebook/training-runs.ts";
import { toStorageError } from "./storage-error.ts";

export interface Tables extends DBSchema {
  /** One small row for each notebook: what a list of them shows. */
  headers: {
    key: string;
    value: {
      readonly id: string;
      readonly title: string;
      readonly savedMs: number;
      readonly progress?: LessonProgress;
    };
  };
  /** The document as last saved. Read as unknown: see `notebooks.ts`. */
  documents: { key: string; value: { readonly id: string; readonly [field: string]: unknown } };
  /** Outputs, a row for each cell, so that typing does not write figures again. */
  results: { key: [notebook: string, cell: CellId]; value: CellResults };
  files: { key: [notebook: string, name: string]; value: Uint8Array };
  /** Runs that trained, a row for each. Read as unknown: see `runs.ts`. */
  runs: { key: [notebook: string, number: number]; value: TrainingRun };
}

export type Database = IDBPDatabase<Tables>;
type Migration = (database: Database) => void;

/** Each takes the database from the version of its place to the next. Never changed, only added to. */
const migrations: readonly Migration[] = [
  (database) => {
    database.createObjectStore("headers", { keyPath: "id" });
    database.createObjectStore("documents", { keyPath: "id" });
    database.createObjectStore("results");
    database.createObjectStore("files");
  },
  (database) => void database.createObjectStore("runs"),
];

let connection: Promise<Database> | null = null;

/**
 * Works with the database: opens it at the first call, and again when the browser has closed it.
 * @throws StorageError when the browser refuses
 */
export async function read<T>(work: (database: Database) => Promise<T>): Promise<T> {
  try {
    const database = await connect();
    try {
      return await work(database);
    } catch (error) {
      if (!isName(error, "InvalidStateError")) throw error;
      // The browser has closed it behind our back.
      connection = null;
      return await work(await connect());
    }
  } catch (error) {
    throw toStorageError(error);
  }
}

function connect(): Promise<Database> {
  connection ??= open().catch((error: unknown) => {
    connection = null;
    throw error;
  });
  return connection;
}

/**
 * Runs one transaction over all tables; on disk when this resolves, undone if anything in it fails.
 * @throws StorageError when the browser refuses
 */
export function write(requests: readonly ((tables: Writing) => Promise<unknown>)[]): Promise<void> {
  return read(async (database) => {
    const writing = database.transaction(tableNames, "readwrite", { durability: "strict" });
    const started: Promise<unknown>[] = [writing.done];
    try {
      for (const request of requests) started.push(request(writing));
      // Left to itself it would wait for a page that may be going away.
      writing.commit();
      await Promise.all(started);
    } catch (error) {
      abort(writing);
      await Promise.allSettled(started);
      throw error;
    }
  });
}

const tableNames = ["headers", "documents", "results", "files", "runs"] as const;

export type Writing = IDBPTransaction<Tables, typeof tableNames, "readwrite">;

function abort(writing: Writing): void {
  try {
    writing.abort();
  } catch (error) {
    // Already over: the failure itself ended it.
    if (!isName(error, "InvalidStateError")) throw error;
  }
}

function isName(error: unknown, name: string): boolean {
  return error instanceof DOMException && error.name === name;
}

/**
 * Asks the browser not to throw our data away when space runs low. False: it may. Some browsers
 * ask the reader, so this belongs after an act that says there is work to keep.
 */
export async function askToPersist(): Promise<boolean> {
  // Absent in insecure contexts, despite the type.
  const storage: StorageManager | undefined = navigator.storage;
  try {
    return (await storage?.persist()) ?? false;
  } catch {
    // A browser that will not say is one that may throw away.
    return false;
  }
}

/** Every key of a table that belongs to this notebook. */
export function keysOf(notebook: string): IDBKeyRange {
  // Arrays sort after texts and numbers, so an empty one is behind every name.
  return IDBKeyRange.bound([notebook], [notebook, []]);
}

function forget(): void {
  connection = null;
}

function open(): Promise<Database> {
  return openDB<Tables>("descent", migrations.length, {
    upgrade: (database, from) => {
      for (const migrate of migrations.slice(from)) migrate(database);
    },
    // Another tab has a newer page: it may go on, and our next call opens again or says so.
    blocking: (_current, _blocked, event) => {
      (event.target as IDBDatabase).close();
      forget();
    },
    terminated: forget,
  });
}
