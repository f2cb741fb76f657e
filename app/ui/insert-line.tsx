/** Between two cells: a line that offers a new cell, seen on hover, focus and touch. */
import type { CellId } from "../../kernel/protocol.ts";
import { Icon } from "./icons.tsx";
import { useNotebook, useSession } from "./session-context.ts";

/** `after` null: at the top of the notebook, or in an empty one. */
export function InsertLine({ after }: { readonly after: CellId | null }) {
  const session = useSession();
  const readOnly = useNotebook((state) => state.readOnly);
  if (readOnly) return null;
  return (
    <div className="insert">
      <button type="button" tabIndex={-1} onClick={() => session.insertAfter(after, "code")}>
        <Icon name="plus" /> Code
      </button>
      <button type="button" tabIndex={-1} onClick={() => session.insertAfter(after, "markdown")}>
        <Icon name="plus" /> Text
      </button>
    </div>
  );
}
