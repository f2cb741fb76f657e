/**
 * Undo and redo of the notebook's structure, unlimited. Text inside a cell has its own history in
 * the editor, so `set-source` never enters. Outputs are kept aside by cell id in the runtime, so a
 * cell that comes back finds them.
 */
import type { Notebook } from "./document.ts";
import { applyEdit, type Edit } from "./edits.ts";

export interface History {
  /** Edits that take back what was done, the latest last. */
  readonly undo: readonly Edit[];
  /** Edits that do again what was taken back, the latest last. */
  readonly redo: readonly Edit[];
}

export const emptyHistory: History = { undo: [], redo: [] };

export interface Step {
  readonly notebook: Notebook;
  readonly history: History;
  /** What was applied, so that a view can follow: select what came back. */
  readonly edit: Edit;
}

/** Applies an edit and remembers how to take it back. What was undone before can no longer be redone. */
export function perform(notebook: Notebook, history: History, edit: Edit): Step {
  const applied = applyEdit(notebook, edit);
  if (edit.kind === "set-source") return { notebook: applied.notebook, history, edit };
  return {
    notebook: applied.notebook,
    history: { undo: [...history.undo, applied.inverse], redo: [] },
    edit,
  };
}

/** Takes back the last structural edit; `null` when there is none. */
export function undo(notebook: Notebook, history: History): Step | null {
  const edit = history.undo.at(-1);
  if (edit === undefined) return null;
  const applied = applyEdit(notebook, edit);
  return {
    notebook: applied.notebook,
    // The inverse is taken from the notebook of now: text typed since returns with redo.
    history: { undo: history.undo.slice(0, -1), redo: [...history.redo, applied.inverse] },
    edit,
  };
}

/** Does again what was last taken back; `null` when there is nothing. */
export function redo(notebook: Notebook, history: History): Step | null {
  const edit = history.redo.at(-1);
  if (edit === undefined) return null;
  const applied = applyEdit(notebook, edit);
  return {
    notebook: applied.notebook,
    history: { undo: [...history.undo, applied.inverse], redo: history.redo.slice(0, -1) },
    edit,
  };
}
