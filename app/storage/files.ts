/**
 * The files of a notebook, kept in this browser: what readers attach, what `save` writes and `load`
 * and `files` read in cells. Where the browser keeps nothing they live as long as the page.
 */
import type { NotebookFiles } from "../../kernel/hosts/host.ts";
import { keysOf, read, write } from "./database.ts";
import { StorageError } from "./storage-error.ts";

export interface FileEntry {
  readonly name: string;
  readonly sizeBytes: number;
}

export interface BrowserFiles extends NotebookFiles {
  /** In alphabetical order. */
  list(): Promise<readonly FileEntry[]>;
  remove(name: string): Promise<void>;
}

/** By notebook and name, where the browser refuses. */
const unkept = new Map<string, Map<string, Uint8Array>>();

/** The files of one notebook. All methods reject with a StorageError. */
export function filesOf(notebook: string): BrowserFiles {
  const memory = unkept.get(notebook) ?? new Map<string, Uint8Array>();
  unkept.set(notebook, memory);
  return {
    async read(name) {
      const held = memory.get(name);
      if (held !== undefined) return held;
      const kept = () => read((database) => database.get("files", [notebook, name]));
      return (await unlessUnavailable(kept)) ?? null;
    },
    async write(name, bytes) {
      // A copy: a view on a large buffer would take all of it along.
      const copy = bytes.slice();
      try {
        await write([(tables) => tables.objectStore("files").put(copy, [notebook, name])]);
        memory.delete(name);
      } catch (error) {
        if (!isUnavailable(error)) throw error;
        memory.set(name, copy);
      }
    },
    async remove(name) {
      memory.delete(name);
      await unlessUnavailable(() =>
        write([(tables) => tables.objectStore("files").delete([notebook, name])]),
      );
    },
    async list() {
      const sizes = new Map(Array.from(memory, ([name, bytes]) => [name, bytes.byteLength]));
      await unlessUnavailable(() =>
        read(async (database) => {
          // One after the other: all at once might not fit into memory.
          const reading = database.transaction("files").store.iterate(keysOf(notebook));
          for await (const { key, value } of reading) sizes.set(key[1], value.byteLength);
        }),
      );
      const entries = Array.from(sizes, ([name, sizeBytes]) => ({ name, sizeBytes }));
      return entries.toSorted((a, b) => a.name.localeCompare(b.name));
    },
  };
}

function isUnavailable(error: unknown): boolean {
  return error instanceof StorageError && error.reason === "unavailable";
}

async function unlessUnavailable<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (isUnavailable(error)) return undefined;
    throw error;
  }
}
