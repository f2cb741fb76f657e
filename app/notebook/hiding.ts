/**
 * Text and outputs that are put away, kept in the file under the names that Jupyter gives them:
 * `jupyter.source_hidden`, `jupyter.outputs_hidden`, and `collapsed` of older files.
 */
import type { CellId } from "../../kernel/protocol.ts";
import { type Cell, isJsonObject, type Metadata, type Notebook } from "./document.ts";
import type { Edit } from "./edits.ts";

/** What can be put away of a cell. */
export type Part = "source" | "outputs";

export function isHidden({ type, metadata }: Cell, part: Part): boolean {
  const { jupyter, collapsed } = metadata;
  const said = isJsonObject(jupyter) ? jupyter[`${part}_hidden`] : undefined;
  if (part === "source") return said === true;
  return type === "code" && (typeof said === "boolean" ? said : collapsed === true);
}

/** Puts a part of cells away, or shows it again. `null`: all are so already. */
export function setHidden(
  { cells }: Notebook,
  ids: readonly CellId[],
  part: Part,
  hides: boolean,
): Edit | null {
  const wanted = new Set(ids);
  const edits = cells
    .filter((cell) => wanted.has(cell.id) && isHidden(cell, part) !== hides)
    .filter((cell) => part === "source" || cell.type === "code")
    .map((cell): Edit => ({
      kind: "set-metadata",
      cell: cell.id,
      metadata: withHidden(cell.metadata, part, hides),
    }));
  const [first] = edits;
  return edits.length > 1 ? { kind: "together", edits } : (first ?? null);
}

/** Puts a part of cells away if any of them shows it, else shows it of all. */
export function toggleHidden(notebook: Notebook, ids: readonly CellId[], part: Part): Edit | null {
  return setHidden(notebook, ids, part, true) ?? setHidden(notebook, ids, part, false);
}

function withHidden(metadata: Metadata, part: Part, hides: boolean): Metadata {
  const { jupyter: before, collapsed: _, ...rest } = metadata;
  const { [`${part}_hidden`]: __, ...others } = isJsonObject(before) ? before : {};
  const jupyter = hides ? { ...others, [`${part}_hidden`]: true } : others;
  const collapsed = part === "outputs" ? hides : metadata["collapsed"] === true;
  return {
    ...rest,
    ...(Object.keys(jupyter).length > 0 ? { jupyter } : {}),
    ...(collapsed ? { collapsed } : {}),
  };
}

/** The words in the place of a hidden text: its first line, and how many there are. */
export function hiddenWords({ type, source }: Cell): string {
  const lines = source.trim().split("\n");
  const first = lines[0]?.replace(/^(\/\/|#+)\s*/, "").slice(0, 60) ?? "";
  const kind = type === "code" ? "Code" : "Text";
  return `${kind}, ${lines.length === 1 ? "1 line" : `${lines.length} lines`}${first && `: ${first}`}`;
}
