/** A code cell's text under a finger: read as it stands, written in a plain field. */
import type { Cell } from "../notebook/document.ts";
import { GrowingField } from "./growing-field.tsx";
import { useNotebook, useSession } from "./session-context.ts";

export function PlainCode({ cell, label }: { readonly cell: Cell; readonly label: string }) {
  const session = useSession();
  const editing = useNotebook((state) => state.selected === cell.id && state.mode === "edit");
  const readOnly = useNotebook((state) => state.readOnly);
  if (editing && !readOnly) return <GrowingField cell={cell} label={label} />;
  return (
    <div
      className="code"
      onClick={({ clientX, clientY }) => session.enterAt(cell.id, { clientX, clientY })}
    >
      <pre className="code-placeholder">{cell.source}</pre>
    </div>
  );
}
