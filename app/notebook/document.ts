/**
 * A notebook as people edit it: cells in order, each with text and metadata. Plain, immutable,
 * JSON. Outputs are not part of it (they live in `runtime.ts`), nor is anything of the view.
 */
import type { CellId } from "../../kernel/protocol.ts";

export type CellType = "code" | "markdown" | "raw";

/** JSON as nbformat allows it in metadata. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };
export type Metadata = { readonly [key: string]: Json };

export interface Cell {
  readonly id: CellId;
  readonly type: CellType;
  readonly source: string;
  /** nbformat's cell metadata: `tags`, `collapsed`, ... Unknown keys are kept. */
  readonly metadata: Metadata;
  /**
   * Pictures pasted into the text of a Markdown or raw cell, by file name. A cell turned into code
   * keeps them for the way back; files are written without them.
   */
  readonly attachments?: Metadata;
  /**
   * What a file said of this cell in fields we do not know, kept for the way out. With a
   * `cell_type` here the cell is of a kind we do not know: it is shown as raw text.
   */
  readonly foreign?: Metadata;
}

export interface Notebook {
  readonly cells: readonly Cell[];
  /** nbformat's notebook metadata; ours is under `descent`. Unknown keys are kept. */
  readonly metadata: Metadata;
  /** Top-level fields of the file we do not know, kept for the way out. */
  readonly foreign?: Metadata;
}

const ID = /^[a-zA-Z0-9\-_]{1,64}$/;

/** Whether a text may be a cell's id: 1 to 64 letters, digits, `-` and `_`, as nbformat 4.5 says. */
export function isCellId(text: unknown): text is CellId {
  return typeof text === "string" && ID.test(text);
}

/** A new random id of 8 hexadecimal digits that is not `taken`. */
export function newCellId(taken: { has(id: CellId): boolean } = new Set<CellId>()): CellId {
  for (;;) {
    const bytes = crypto.getRandomValues(new Uint8Array(4));
    const id = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("") as CellId;
    if (!taken.has(id)) return id;
  }
}

/** A cell with a new id. */
export function newCell(type: CellType, source = "", metadata: Metadata = {}): Cell {
  return { id: newCellId(), type, source, metadata };
}

/** A notebook with one empty code cell, ready to type into. */
export function newNotebook(title?: string): Notebook {
  return { cells: [newCell("code")], metadata: title === undefined ? {} : { title } };
}

/** The cell with this id, if the notebook has it. */
export function cellById(notebook: Notebook, id: CellId): Cell | undefined {
  return notebook.cells.find((cell) => cell.id === id);
}

/** The tags of a cell; none if the metadata holds something else under that name. */
export function tagsOf(cell: Cell): readonly string[] {
  const { tags } = cell.metadata;
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string") : [];
}

/** The same cell with exactly these tags. Without any, the key is gone, as Jupyter writes it. */
export function withTags(cell: Cell, tags: readonly string[]): Cell {
  const { tags: _, ...rest } = cell.metadata;
  return { ...cell, metadata: tags.length === 0 ? rest : { ...rest, tags } };
}

/** The notebook's title as its metadata says it, or `fallback`. */
export function titleOf(notebook: Notebook, fallback = "Untitled"): string {
  const { title } = notebook.metadata;
  return typeof title === "string" && title.trim() !== "" ? title : fallback;
}

/** Whether a JSON value is an object with keys. */
export function isJsonObject(value: unknown): value is Metadata {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
