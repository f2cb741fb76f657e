/** What a notebook has for its cells to read, and how a reader adds to it. */
import { cleanFileName } from "../../kernel/file-name.ts";

/** All methods reject with an error whose message is for the reader. */
export interface AttachedFiles {
  list(): Promise<readonly { readonly name: string; readonly sizeBytes: number }[]>;
  write(name: string, bytes: Uint8Array): Promise<void>;
  remove(name: string): Promise<void>;
}

/**
 * Keeps each of these under a plain name; one of the same name is replaced, unless it came with them.
 * @throws Error whose message names a file that cannot be read.
 */
export async function attachAll(to: AttachedFiles, files: readonly File[]): Promise<void> {
  const names = new Set<string>();
  for (const file of files) {
    const plain = cleanFileName(file.name);
    const [, stem = "", ending = ""] = /^(.*?)(\.[^.]*)?$/s.exec(plain) ?? [];
    let name = plain;
    // A long stem gives room for the number.
    for (let copy = 2; names.has(name); copy++) name = `${stem.slice(0, 70)} ${copy}${ending}`;
    names.add(name);
    await to.write(name, await bytesOf(file));
  }
}

async function bytesOf(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    // Browsers have long sentences for it that do not say which.
    throw new Error(`"${file.name}" cannot be read: it may be a folder.`, { cause: error });
  }
}
