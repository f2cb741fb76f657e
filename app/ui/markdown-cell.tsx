/** A text cell: set prose, or the Markdown behind it in a plain text field that grows with it. */
import type { Cell } from "../notebook/document.ts";
import { GrowingField } from "./growing-field.tsx";
import { useNotebook, useSession } from "./session-context.ts";
import { useProse } from "./prose.ts";

export function MarkdownText({ cell, label }: { readonly cell: Cell; readonly label: string }) {
  const editing = useNotebook((state) => state.selected === cell.id && state.mode === "edit");
  const readOnly = useNotebook((state) => state.readOnly);
  if (editing && !readOnly) return <GrowingField cell={cell} label={label} />;
  return cell.type === "raw" ? <pre className="raw">{cell.source}</pre> : <Prose cell={cell} />;
}

function Prose({ cell }: { readonly cell: Cell }) {
  const session = useSession();
  const ref = useProse<HTMLDivElement>(cell);
  const isEmpty = cell.source.trim() === "";
  return (
    <div
      className="prose"
      onPointerDown={() => session.focused(cell.id, "command")}
      onDoubleClick={() => session.focused(cell.id, "edit")}
    >
      {isEmpty && <p className="empty">Empty text cell: double-click, or press Enter, to write.</p>}
      <div ref={ref} />
    </div>
  );
}
