/** The files of a notebook, kept in this browser: what `save` writes and `load` reads in cells. */
import type { NotebookFiles } from "../../kernel/hosts/host.ts";
import { connect, keysOf, write } from "./database.ts";
import { toStorageError } from "./storage-error.ts";

export interface BrowserFiles extends NotebookFiles {
  /** Names in alphabetical order. */
  list(): Promise<readonly string[]>;
}

/** The files of one notebook. All methods reject with a StorageError. */
export function filesOf(notebook: string): BrowserFiles {
  return {
    async read(name) {
      const database = await connect();
      try {
        return (await database.get("files", [notebook, name])) ?? null;
      } catch (error) {
        throw toStorageError(error);
      }
    },
    async write(name, bytes) {
      // A copy: a view on a large buffer would take all of it along.
      await write((tables) => [tables.objectStore("files").put(bytes.slice(), [notebook, name])]);
    },
    async list() {
      const database = await connect();
      try {
        return (await database.getAllKeys("files", keysOf(notebook))).map(([, name]) => name);
      } catch (error) {
        throw toStorageError(error);
      }
    },
  };
}
