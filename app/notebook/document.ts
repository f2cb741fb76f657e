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
  /** Markdown and raw cells only: pictures pasted into the text, by file name. */
  readonly attachments?: Metadata;
}

export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: Metadata;
}
