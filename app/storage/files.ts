/** The files of a notebook, kept in this browser: what `save` writes and `load` reads in cells. */
import type { NotebookFiles } from "../../kernel/hosts/host.ts";
import { keysOf, read, write } from "./database.ts";

export interface BrowserFiles extends NotebookFiles {
  /** Names in alphabetical order. */
  list(): Promise<readonly string[]>;
}

/** The files of one notebook. All methods reject with a StorageError. */
export function filesOf(notebook: string): BrowserFiles {
  return {
    read: (name) =>
      read(async (database) => (await database.get("files", [notebook, name])) ?? null),
    write: (name, bytes) =>
      // A copy: a view on a large buffer would take all of it along.
      write([(tables) => tables.objectStore("files").put(bytes.slice(), [notebook, name])]),
    list: () =>
      read(async (database) => {
        const keys = await database.getAllKeys("files", keysOf(notebook));
        return keys.map(([, name]) => name);
      }),
  };
}
