/** One thing a reader can do to an open notebook. */
import type { CellId } from "../../../kernel/protocol.ts";
import type { Bound, Mode } from "../keys.ts";
import type { NotebookSession } from "../notebook-session.ts";

export interface Command extends Bound {
  readonly title: string;
  /** It changes the notebook: refused where it is read-only. */
  readonly writes: boolean;
  run(session: NotebookSession): void;
}

export const both: readonly Mode[] = ["command", "edit"];
export const inCommand: readonly Mode[] = ["command"];

export function forSelected(act: (session: NotebookSession, cell: CellId) => void): Command["run"] {
  return (session) => {
    const { selected } = session.store.getState();
    if (selected !== null) act(session, selected);
  };
}
