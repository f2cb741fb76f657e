/** What a notebook has for its cells to read, and how a reader adds to it. */
import { cleanFileName } from "../../kernel/file-name.ts";

/** All methods reject with an error whose message is for the reader. */
export interface AttachedFiles {
  list(): Promise<readonly { readonly name: string; readonly sizeBytes: number }[]>;
  write(name: string, bytes: Uint8Array): Promise<void>;
  remove(name: string): Promise<void>;
}

/** Keeps each of these under a plain name; one of the same name is replaced. */
export async function attachAll(to: AttachedFiles, files: readonly File[]): Promise<void> {
  for (const file of files) {
    await to.write(cleanFileName(file.name), new Uint8Array(await file.arrayBuffer()));
  }
}
