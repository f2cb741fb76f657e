/** A file that a reader opens as a notebook: read by what its name says, refused with a sentence. */
import { decodeText } from "../../kernel/text-encoding.ts";
import { parseIpynb } from "../formats/ipynb.ts";
import { parsePercent } from "../formats/percent.ts";
import type { Notebook } from "../notebook/document.ts";
import type { SavedNotebook } from "../storage/notebooks.ts";

export interface NotebookFile {
  /** Titled by the file's name where it has no title of its own. */
  readonly notebook: Notebook;
  readonly results: SavedNotebook["results"];
}

/** @throws Error for a file that is no text: what cannot be read would be saved as question marks. */
export async function textOf(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    return decodeText(bytes);
  } catch (error) {
    throw new Error(
      `"${file.name}" is not UTF-8 text, so it cannot be opened here. Save it as UTF-8 first.`,
      { cause: error },
    );
  }
}

/** @throws FormatError whose message says what is wrong with the file */
export function readNotebook(name: string, text: string): NotebookFile {
  const { notebook, outputs = new Map() } = parse(name, text);
  return { notebook: titled(notebook, name.replace(/\.[^.]*$/, "")), results: outputs };
}

function parse(
  name: string,
  text: string,
): { readonly notebook: Notebook; readonly outputs?: SavedNotebook["results"] } {
  if (/\.ipynb$/i.test(name)) return parseIpynb(text);
  if (/\.ts$/i.test(name)) return parsePercent(text);
  throw new Error(`"${name}" is neither an .ipynb nor a .ts file, so it cannot be opened here.`);
}

function titled(notebook: Notebook, name: string): Notebook {
  const { title } = notebook.metadata;
  if (typeof title === "string" && title !== "") return notebook;
  return { ...notebook, metadata: { ...notebook.metadata, title: name } };
}
