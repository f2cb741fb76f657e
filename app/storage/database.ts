/**
 * The one IndexedDB database of the page: its tables, its versions, its connection. What the
 * records mean is in `notebooks.ts` and `files.ts`.
 */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from "idb";
import type { CellId } from "../../kernel/protocol.ts";
import type { CellResults } from "../notebook/outputs.ts";
import { toStorageError } from "./storage-error.ts";

export interface Tables extends DBSchema {
  /** One small row for each notebook: what a list of them shows. */
  headers: {
    key: string;
    value: { readonly id: string; readonly title: string; readonly savedMs: number };
  };
  /** The document as last saved. Read as unknown: see `notebooks.ts`. */
  documents: { key: string; value: { readonly id: string; readonly [field: string]: unknown } };
  /** Outputs, a row for each cell, so that typing does not write figures again. */
  results: { key: [notebook: string, cell: CellId]; value: CellResults };
  files: { key: [notebook: string, name: string]; value: Uint8Array };
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
];

let connection: Promise<Database> | null = null;

/**
 * The open database; opens it at the first call and after the browser has closed it.
 * @throws StorageError when the browser refuses
 */
export async function connect(): Promise<Database> {
  connection ??= open();
  try {
    return await connection;
  } catch (error) {
    connection = null;
    throw toStorageError(error);
  }
}

/**
 * Runs one transaction over all tables; on disk when this resolves, undone if anything in it fails.
 * `work` starts its requests at once and answers with them: a transaction does not wait.
 * @throws StorageError when the browser refuses
 */
export async function write(work: (tables: Writing) => readonly Promise<unknown>[]): Promise<void> {
  const database = await connect();
  try {
    const writing = database.transaction(tableNames, "readwrite", { durability: "strict" });
    // Said here as well, because an exception below leaves nobody else to hear it.
    writing.done.catch(() => {});
    try {
      await Promise.all([...work(writing), writing.done]);
    } catch (error) {
      abort(writing);
      throw error;
    }
  } catch (error) {
    throw toStorageError(error);
  }
}

const tableNames = ["headers", "documents", "results", "files"] as const;

export type Writing = IDBPTransaction<Tables, typeof tableNames, "readwrite">;

function abort(writing: Writing): void {
  try {
    writing.abort();
  } catch (error) {
    // Already over: the failure itself ended it.
    if (!(error instanceof DOMException && error.name === "InvalidStateError")) throw error;
  }
}

/** Asks the browser not to throw our data away when space runs low. False: it may. */
export function askToPersist(): Promise<boolean> {
  // Absent in insecure contexts, despite the type.
  const storage: StorageManager | undefined = navigator.storage;
  return storage === undefined ? Promise.resolve(false) : storage.persist();
}

/** Every key of a table that belongs to this notebook. */
export function keysOf(notebook: string): IDBKeyRange {
  // Arrays sort after texts, so an empty one is behind every name.
  return IDBKeyRange.bound([notebook], [notebook, []]);
}

function open(): Promise<Database> {
  const forget = (): void => {
    connection = null;
  };
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
