/** What people call a cell where an error or a pause speaks of it. */
import type { CellId } from "../../kernel/protocol.ts";
import { cellTitle } from "../notebook/roles.ts";
import { cellOf, type NotebookState, runOf } from "./store.ts";

/** Its title, else its `[n]`, else its place; null if the notebook has no such cell. */
export function titleForCell(state: NotebookState, id: CellId): string | null {
  const cell = cellOf(state, id);
  if (!cell) return null;
  const title = cellTitle(cell);
  if (title !== null) return `“${title}”`;
  const { executionCount } = runOf(state, id);
  if (executionCount !== null) return `[${executionCount}]`;
  return `cell ${state.notebook.cells.indexOf(cell) + 1}`;
}
